/* A decider, and the columns that it decides. */
#ifndef STILE_RUNTIME_API_DECIDE_H
#define STILE_RUNTIME_API_DECIDE_H

#include "runtime/api.h"
#include "runtime/columns.h"

struct StileDecider {
  Owner owner;
  const StilePolicy *policy;
  Packed packed;
  Image *image;              /* what `packed` is completed with, and … */
  Columns *columns;          /* … these: made by the first call that needs
                                them */
};

/* Makes what is needed for more than deciding; STILE_OK or STILE_NO_MEMORY. */
StileStatus api_complete(StileDecider *decider);

#endif

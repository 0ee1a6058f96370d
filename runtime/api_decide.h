/* A decider, and the columns that it decides. */
#ifndef STILE_RUNTIME_API_DECIDE_H
#define STILE_RUNTIME_API_DECIDE_H

#include "runtime/api.h"
#include "runtime/columns.h"

struct StileDecider {
  Owner owner;
  const StilePolicy *policy;
  Packed packed;
  Columns *columns;          /* made by the first call that needs them */
};

#endif

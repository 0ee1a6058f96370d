/* Where a duty stands: surely, and where the guidance is to go ahead. */
#ifndef STILE_AUDIT_STANDINGS_H
#define STILE_AUDIT_STANDINGS_H

#include "audit/chart.h"

typedef struct Standings {
  Boxes always, ahead;
  bool too_many; /* not all of it */
} Standings;

/* Of the duties with this tag, review rules apart.  The chart is whole. */
void standings_make(const Chart *chart, Text tag, Standings *stands);

#endif

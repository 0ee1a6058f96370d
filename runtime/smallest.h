/* Smallest: every smallest set of levers that makes a point of the answer so.
 *
 * A set is smallest if nothing can be left out of it.  What makes a point so
 * goes on doing it when more levers may be turned, so the smallest sets are
 * those that meet every complement of a largest set that does not do it (the
 * two kinds are each other's smallest transversals: Berge 1989).  A candidate
 * meets all complements known so far; if it does not do it, it is grown to a
 * largest set that does not, which gives one complement more.
 */
#ifndef STILE_RUNTIME_SMALLEST_H
#define STILE_RUNTIME_SMALLEST_H

#include "runtime/reach.h"

typedef struct SmallestSet {
  LeverSet levers;
  Ways ways; /* each way to turn them, or those that are nearest */
} SmallestSet;

typedef struct Smallest {
  Vec(SmallestSet) sets; /* by their number of levers, then as declared */
  bool complete;         /* nothing is missing */
} Smallest;

/* Finds them for what `reach` aims at, with all ways or the nearest ones.  They
 * live in reach's arena. */
void smallest_find(Reach *reach, bool nearest, Smallest *smallest);

#endif

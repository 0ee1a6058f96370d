/* Records: which totals and counts some real record could have together.
 *
 * The totals and counts of one record over several windows are variables of the
 * grid that hang together: a longer window has no smaller total, no event means
 * total 0, and `total of R with F` is the total plus F's value.  A set of cells
 * is feasible if some list of dated events, and some value of F, lies in it.
 *
 * The ends of the windows cut time into segments.  What happened up to each end
 * is a node; every window, segment and value bounds the difference of two
 * nodes.  Such a system has a solution, and then one in whole numbers, unless
 * its graph has a cycle of negative length (Bellman 1958; here by the
 * Floyd-Warshall closure, as the graphs are tiny).  Totals and counts make one
 * graph each; they meet in that a segment with a total has an event.
 */
#ifndef STILE_RUNTIME_RECORDS_H
#define STILE_RUNTIME_RECORDS_H

#include "runtime/grid.h"

typedef struct RecordLine RecordLine;
typedef struct RecordChoice RecordChoice;

typedef struct Records {
  const Grid *grid;
  const Situation *situation;
  uint8_t *coupled;   /* for each variable: 1 if it hangs together with
                         others */
  bool any;           /* whether any does; if not, everything is feasible */
  bool unsure;        /* set if a system had too many forms to try them all */
  RecordLine *lines;
  uint32_t line_count, group_count;
  RecordChoice *choices; /* workspace */
  int64_t *graph;        /* workspace */
} Records;

/* Finds what hangs together.  The result lives in `arena` and borrows the grid
 * and the situation. */
void records_make(Arena *arena, const Grid *grid, const Situation *situation,
                  Records *records);

/* Could some completion lie in these cells?  With `second`, could two
 * completions, one in `first` and one in `second`, that differ in the value of
 * `fact` alone?  Takes no memory. */
bool records_feasible(Records *records, const Cells *first,
                      const Cells *second, uint32_t fact);

#endif

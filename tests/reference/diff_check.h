/* What a comparison says against brute force over every kind of situation. */
#ifndef STILE_TESTS_REFERENCE_DIFF_CHECK_H
#define STILE_TESTS_REFERENCE_DIFF_CHECK_H

#include "audit/diff.h"
#include "tests/reference/pairs.h"

typedef struct DiffTally {
  uint64_t boundaries, skipped; /* compared; too large to */
  uint64_t same, points, tried;
  uint64_t changes, regions, witnesses, not_whole, asked;
  uint64_t harm, duties, emergencies, between;
} DiffTally;

typedef struct DiffCheck {
  Arena *arena;
  const Diff *diff;
  const BoundaryDiff *one;
  const Pairs *pairs;
  bool modest; /* little work was allowed: not all need be found, but nothing
                  that is not so */
  DiffTally *tally;
  Buffer *report;
} DiffCheck;

void check_boundary_diff(DiffCheck *check);
/* Of the whole comparison: each boundary's pairs, NULL where too many. */
void check_whole_diff(DiffCheck *check, Pairs *const *all);

#endif

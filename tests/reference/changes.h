/* What would change a settled verdict, by trying. */
#ifndef STILE_TESTS_REFERENCE_CHANGES_H
#define STILE_TESTS_REFERENCE_CHANGES_H

#include "tests/reference/completions.h"

#define REF_CHANGES_MOST 10

/* One fact moved to one of its cells. */
typedef struct RefMove {
  uint32_t fact;
  Given given;      /* what is given after the move */
  int direction;    /* ordered facts: -1 down, +1 up; else 0 */
  uint32_t distance;
  RefValue value;   /* a value of the new cell; sets: the new members */
} RefMove;

typedef Vec(RefMove) RefMoves;

typedef struct RefChange {
  Verdict verdict;
  RefMove steps[2];
  uint32_t step_count;
} RefChange;

typedef Vec(RefChange) RefChanges;

/* Every move that may be tried, by fact as declared, then by distance. */
void ref_moves(Arena *arena, const RefUniverse *universe, const Given *givens,
               RefMoves *moves);

/* The verdict that the moves settle. */
RefSettled ref_moved(Arena *arena, const RefUniverse *universe,
                     const Given *givens, const RefMove *moves, uint32_t count,
                     Verdict *verdict);

/* The single changes, all of them; or, if there is none, every pair.  False if
 * there are too many completions to know. */
bool ref_changes(Arena *arena, const RefUniverse *universe,
                 const Given *givens, Verdict verdict, RefChanges *changes);

#endif

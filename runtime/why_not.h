/* Why not: what stands between a situation and a rule being in force.
 *
 * The smallest sets of facts that would have to stand otherwise, so that the
 * rule is in force whatever is still not known.  This explains; it does not
 * say what to do, so facts count that nobody can change.  Only support cannot
 * be taken back.  Members of a set count each for itself.
 */
#ifndef STILE_RUNTIME_WHY_NOT_H
#define STILE_RUNTIME_WHY_NOT_H

#include "runtime/smallest.h"

typedef enum WhyNotState {
  WHY_NOT_FACTS,      /* facts stand in between: `smallest` has them */
  WHY_NOT_APPLIES,    /* nothing: it is in force */
  WHY_NOT_DATES,      /* the day asked about is outside its dates */
  WHY_NOT_ELSEWHERE,  /* it belongs to another boundary */
  WHY_NOT_REVIEW,     /* it speaks only of what has happened */
  WHY_NOT_DONE,       /* only support that has been drawn on already */
  WHY_NOT_IMPOSSIBLE, /* it can never be in force on this day */
  WHY_NOT_STATE_COUNT
} WhyNotState;

/* A test that would come out otherwise; or one that is open and stays so, where
 * only several together turn out. */
typedef struct WhyNotTest {
  uint32_t rule, node;
  Three now, then;
} WhyNotTest;

/* One lever of a set: how it could be turned, and the tests that then come out
 * otherwise. */
typedef struct WhyNotStep {
  uint32_t lever;
  Text *to;       /* each turn that occurs in some way, neighbouring amounts
                     as one; none of a record */
  uint32_t to_count;
  Text one;       /* that of the first way; none of a record */
  WhyNotTest *tests;
  uint32_t test_count;
} WhyNotStep;

typedef struct WhyNotSet {
  WhyNotStep *steps;
  uint32_t step_count;
  bool every_mix; /* any turn of one goes with any turn of the others */
} WhyNotSet;

typedef struct WhyNot {
  WhyNotState state;
  Levers levers;
  WhyNotSet *sets; /* the fewest steps first */
  uint32_t set_count;
  bool complete;   /* no set is missing */
  uint64_t work;
} WhyNot;

/* The most evaluations for this and for every_change, if the host does not
 * say. */
#define WHY_NOT_BUDGET 1000000

/* Finds out about a rule of the image.  Lives in `arena`; `budget` 0 is
 * WHY_NOT_BUDGET. */
void why_not_make(Arena *arena, const Image *image, const Situation *situation,
                  uint32_t rule, uint64_t budget, WhyNot *why_not);

#endif

/* Representative values: for each fact a few concrete values such that every
 * completion behaves like one of them.
 *
 * Why they are enough.  Conditions see a fact only through tests.
 *
 * - Levels, choices, yes/no and sets: all values are taken.
 * - Amounts and dates: a test changes its truth only at a constant c (or at a
 *   day reckoned from the day asked about), so any value has the same truths as
 *   one of c - step, c, c + step or an end of what may be.
 * - Records: windows are unions of the segments between the windows' edges, so
 *   only each segment's number of events n and total x matter, and an event may
 *   be of amount 0: n is anything from 0, and x is 0 where n is 0, else
 *   anything from 0.  Let m be the largest constant that totals are compared
 *   with.  A segment's x above m + 1 may be lowered to m + 1: each window that
 *   holds the segment still totals above every constant.  So 0 to m + 1 is
 *   exhaustive, and likewise for n.  Where m is large and every window ends on
 *   the day asked about, windows are nested, and every way to lie in the cells
 *   is met by the least solution, whose window totals are lower ends of cells:
 *   0, c and c + 1. The segments' totals are differences of those.
 * - A fact added to a total (`with`): where its range is small every value of
 *   it is taken.  Where it is large, its own tests, v + T against c and T
 *   against b are difference constraints between v, T and 0; a cell combination
 *   that has a solution has one at sums of constants along a path, here v = a
 *   or c - b (T in turn being b or c - v), each moved by at most two steps by
 *   strict tests.
 *
 * Two values of a fact are the same if every test of it, with every
 * representative of the fact that the test adds, gives the same; one of them is
 * kept.  `sufficient` is false where the reasoning does not reach.
 */
#ifndef STILE_TESTS_REFERENCE_DOMAIN_H
#define STILE_TESTS_REFERENCE_DOMAIN_H

#include "tests/reference/interpret.h"

typedef Vec(RefValue) RefValues;
typedef Vec(const RefCondition *) RefTests;

/* For one policy, boundary, day and tense. */
typedef struct RefUniverse {
  const RefPolicy *policy;
  uint32_t boundary;
  Day as_of;
  bool happened;
  RefTests *own;     /* for each fact: the tests of it, in scope */
  RefTests *with;    /* for each fact: the tests that add it to a total */
  RefTests *cuts;    /* for each fact: the tests of it in the whole policy */
  RefValues *values; /* for each fact: its representatives, rising */
  bool sufficient;
} RefUniverse;

/* `givens` has one for each fact; what is given adds representatives. */
void ref_universe_make(Arena *arena, const RefPolicy *policy,
                       const Situation *situation, RefUniverse *universe);

/* The representatives that fit what is given for the fact, one of each kind. */
void ref_domain(Arena *arena, const RefUniverse *universe, uint32_t fact,
                const Given *given, RefValues *domain);

/* The one value of a fact that is given exactly, or of a support fact. */
RefValue ref_exact_value(const Given *given);

/* Are they in one cell: do no tests of the fact in the whole policy (but those
 * that add it, or to which it adds another) tell them apart? */
bool ref_same_cell(Arena *arena, const RefUniverse *universe, uint32_t fact,
                   const RefValue *a, const RefValue *b);

#endif

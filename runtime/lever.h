/* Levers: what of a situation could be otherwise, one thing at a time.
 *
 * A lever is a fact, or one member of a set: talking with one more person is a
 * step of its own.  Support can only be added to.  A lever has turns, the ways
 * in which it could stand: the cells of its fact.  Where a fact is added to a
 * total, a cell may be too wide to settle anything; single values then stand
 * beside the cells, one for each way in which the sums could come out.
 */
#ifndef STILE_RUNTIME_LEVER_H
#define STILE_RUNTIME_LEVER_H

#include "runtime/outcome.h"

#define LEVERS_MOST 256u

/* Which levers there are. */
typedef enum LeverKind {
  LEVERS_IN_REACH, /* given facts that a practitioner could see to: nothing
                      fixed, no excuse, no impact, no record, no day gone by */
  LEVERS_ALL       /* every fact that bears, known or not */
} LeverKind;

/* One way in which a lever could stand. */
typedef struct Turn {
  Given given;     /* members of a set: only `members`, the bit alone */
  uint32_t cell;   /* of the one variable: the first of its run */
  bool whole;      /* the whole run of cells; else one value of it */
  Text to;         /* "above £50", "with supervisor" */
  int direction;   /* of an ordered fact that is known: -1 or 1; else 0 */
  uint64_t rank;   /* in that direction: nearer first */
} Turn;

typedef struct Lever {
  uint32_t fact;
  uint32_t member;   /* of a set: which value; else NONE */
  uint32_t variable; /* its only one; NONE: several or none (see below) */
  bool support;      /* its one turn is to be done */
  bool added;        /* its value is added to a total */
  Turn *turns;       /* none of a record: it could be anything */
  uint32_t turn_count;
} Lever;

typedef struct Levers {
  Lever *at;
  uint32_t count;
  bool cut; /* there are more than LEVERS_MOST */
} Levers;

/* A set of levers. */
typedef struct LeverSet {
  uint64_t words[LEVERS_MOST / 64];
} LeverSet;

static inline bool lever_set_has(const LeverSet *set, uint32_t lever) {
  return set->words[lever / 64] >> (lever % 64) & 1;
}
static inline void lever_set_add(LeverSet *set, uint32_t lever) {
  set->words[lever / 64] |= UINT64_C(1) << (lever % 64);
}
static inline void lever_set_drop(LeverSet *set, uint32_t lever) {
  set->words[lever / 64] &= ~(UINT64_C(1) << (lever % 64));
}
/* Is every lever of `small` in `large`? */
bool lever_set_within(const LeverSet *small, const LeverSet *large);
bool lever_set_meets(const LeverSet *one, const LeverSet *other);
uint32_t lever_set_count(const LeverSet *set);

/* What the levers are for: the point of an outcome that is to be otherwise. */
typedef struct LeverQuery {
  const Inquiry *inquiry;
  const Situation *situation;
  const uint8_t *counts; /* findings as they count */
  uint32_t point;
  LeverKind kind;
} LeverQuery;

/* Finds the levers on which the point rests, as declared.  They live in
 * `arena`. */
void levers_find(Arena *arena, const LeverQuery *query, Levers *levers);

/* For each rule of the image, whether the point rests on it. */
void levers_bearing(Arena *arena, const LeverQuery *query, uint8_t *rules);

#endif

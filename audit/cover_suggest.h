/* How situations are suggested: for the files of that part.
 *
 *   cover_try.c      situations to be tried, and what makes them
 *   cover_limit.c    those that limits need
 *   cover_way.c      which of them show what, by the evaluator's answer
 *   cover_drop.c     which can be spared; which come first
 *   cover_leave.c    which facts can be left out
 *   cover_suggest.c  the order of all this, and the result
 */
#ifndef STILE_AUDIT_COVER_SUGGEST_H
#define STILE_AUDIT_COVER_SUGGEST_H

#include "audit/cover_beside.h"

/* A way to show a goal: two tries; second NONE if the first does alone. */
typedef struct Shown {
  uint32_t first, second;
  uint32_t wanted;
  bool gone;     /* one of them was dropped */
} Shown;

typedef Vec(uint32_t) Numbers;

/* What two situations are compared by. */
typedef struct Seen {
  uint8_t guidance[3]; /* masks: the verdict, harm, an emergency */
  uint32_t *in_force;  /* rules */
  uint32_t count;
  uint64_t *not_met;   /* rules, as bits, whose condition is not met */
} Seen;

typedef struct Try {
  AxisCell *point;
  uint32_t next;      /* try of the same hash; NONE */
  int64_t *exact;     /* for each axis the value to give; NULL: none */
  uint8_t *has_exact;
  Seen seen;
  Numbers ways;       /* of which it is part */
  Numbers goals;      /* wanted: that it is chosen for */
  uint32_t rank;      /* in the order of what tells most */
  Asked *asked;       /* NULL until it is needed as a whole */
  bool dropped;
} Try;

typedef struct Wanted {
  Goal *goal;
  uint32_t next;  /* of the same rule, or of no rule; NONE */
  uint32_t ways;  /* that are not gone */
  uint32_t way;   /* the one that counts: closed first; NONE */
  bool shown;     /* while tries are gathered */
} Wanted;

typedef struct Suggester {
  Cover *cover;
  CoverUnit *unit;
  Beside *beside;
  Vec(Try) tries;
  Vec(Wanted) wanted;
  Vec(Shown) ways;
  uint32_t *of_rule;  /* for each rule the first wanted; the last: of none */
  uint32_t *slots, slot_count; /* tries by hash */
  uint32_t *order, kept;       /* tries that are not dropped, by rank */
  uint32_t *gains;             /* for each of these: goals closed by it */
} Suggester;

static inline Arena *suggester_arena(const Suggester *suggester) {
  return suggester->cover->audit->arena;
}

/* Is it to end?  What was found by then is kept. */
static inline bool suggester_stops(const Suggester *suggester) {
  return audit_has_to_stop(suggester->cover->audit);
}

static inline bool goal_is_limit(const Goal *goal) {
  return goal->kind == GOAL_CELL || goal->kind == GOAL_EDGE;
}

/* The number of the try of a point, made if there is none. */
uint32_t tries_add(Suggester *suggester, const AxisCell *point);
/* The first of a point, NONE; Try.next leads to others, maybe of others. */
uint32_t tries_find(const Suggester *suggester, const AxisCell *point);
/* Another try of the same point, with values of its own. */
uint32_t tries_add_again(Suggester *suggester, uint32_t number);
bool tries_same(const Suggester *suggester, uint32_t number,
                const AxisCell *point);

void tries_for_pairs(Suggester *suggester);
void tries_for_singles(Suggester *suggester);
void tries_for_limits(Suggester *suggester);

/* Finds all ways in which the tries show what is wanted. */
void ways_find(Suggester *suggester);
/* The situation of a try; false if there is none. */
bool try_situation(Arena *arena, const Suggester *suggester, const Try *one,
                   Situation *situation);
/* The same, asked about; made once. */
Asked *try_asked(Suggester *suggester, uint32_t number);

void tries_drop(Suggester *suggester);
/* Those that show most that is not shown yet come first; and each goal counts
 * for those that close it first. */
void tries_order(Suggester *suggester);

/* Leaves facts out of the first `count` of the order that matter to nothing
 * they show.  False if it had to end before. */
bool tries_leave_facts_out(Suggester *suggester, uint32_t count);

#endif

/* Bearing: which rules a point of an outcome rests on. */
#ifndef STILE_RUNTIME_BEARING_H
#define STILE_RUNTIME_BEARING_H

#include "runtime/outcome.h"

/* How a point rests on a rule's own condition: not at all, or the sooner its
 * condition should be looked into. */
enum { NOT_MARKED, MARK_FIRST, MARK_NEXT, MARK_LATER, MARK_COUNT };

typedef struct Point {
  uint32_t point;
  uint8_t wanted;         /* the one value looked for, as a mask; 0: none */
  const Workspace *space; /* what is known; NULL: nothing, every rule counts */
} Point;

/* The rule that a standing, condition or duty belongs to. */
uint32_t point_rule(const Inquiry *inquiry, uint32_t point);

/* All that the marks for a point hang on, but for the policy and the findings
 * as they count: where two are the same, so are the marks. */
typedef struct Bearing {
  uint32_t point;
  uint8_t wanted;
  Verdict floor;  /* findings up to this one add nothing … */
  bool otherwise; /* … but for an otherwise above it that may speak */
} Bearing;

static inline bool bearing_same(const Bearing *one, const Bearing *other) {
  return one->point == other->point && one->wanted == other->wanted &&
         one->floor == other->floor && one->otherwise == other->otherwise;
}

Bearing bearing_of(const Inquiry *inquiry, const uint8_t *counts,
                   const Point *point);

/* Marks, for each rule in scope, whether the point rests on it: the rules that
 * bear on it, exceptions to marked rules, and what marked exceptions name. */
void bearing_mark(const Inquiry *inquiry, const uint8_t *counts,
                  const Bearing *bearing, uint8_t *marks);

/* Marks the rules on which any of the points rests, whatever is known.  The
 * marks tell no more than that. */
void bearing_mark_any(const Inquiry *inquiry, const uint8_t *counts,
                      const uint32_t *points, uint32_t count, uint8_t *marks);

#endif

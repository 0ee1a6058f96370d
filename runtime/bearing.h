/* Bearing: which rules a point of an outcome rests on. */
#ifndef STILE_RUNTIME_BEARING_H
#define STILE_RUNTIME_BEARING_H

#include "runtime/outcome.h"

/* How a point rests on a rule's own condition: not at all, or the sooner its
 * condition should be looked into. */
enum { NOT_MARKED, MARK_FIRST, MARK_NEXT, MARK_LATER };

typedef struct Point {
  uint32_t point;
  uint8_t wanted;         /* the one value looked for, as a mask; 0: none */
  const Workspace *space; /* what is known; NULL: nothing, every rule counts */
} Point;

/* The rule that a standing, condition or duty belongs to. */
uint32_t point_rule(const Inquiry *inquiry, uint32_t point);

/* Marks, for each rule in scope, whether the point rests on it: the rules that
 * bear on it, exceptions to marked rules, and what marked exceptions name. */
void bearing_mark(const Inquiry *inquiry, const uint8_t *counts,
                  const Point *point, uint8_t *marks);

#endif

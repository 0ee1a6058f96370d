/* Parts: what one point of an outcome rests on, and nothing else.
 *
 * Whether a rule's condition is met, or a rule is in force, rests on that rule
 * and on those that exceptions link it to, however many rules a policy has.  A
 * part is an inquiry into these alone: to evaluate it takes the time that they
 * take.
 */
#ifndef STILE_RUNTIME_PART_H
#define STILE_RUNTIME_PART_H

#include "runtime/outcome.h"

typedef struct Parts {
  const Inquiry *whole;
  uint32_t *leader;    /* for each rule: towards the one that names its part */
  uint32_t *head, *tail, *next; /* the rules of a part, as in whole->rules */
  uint32_t *stamp;     /* for each register: when it was last found */
  uint32_t *rules, *instructions, *registers; /* of the part found last */
  uint32_t found;      /* its leader; NONE: none yet */
  uint32_t time;       /* how many parts were found so far */
  Inquiry part;
} Parts;

void parts_make(Arena *arena, const Inquiry *whole, Parts *parts);

/* The inquiry by which `point` may be evaluated; the whole one where it rests
 * on more than one part.  It lasts until the next call.  Of an outcome that is
 * evaluated by a part only the point counts. */
const Inquiry *parts_find(Parts *parts, uint32_t point);

#endif

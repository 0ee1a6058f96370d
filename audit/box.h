/* Boxes: for each of a few axes a set of cells, all other axes free.
 *
 * A condition is a list of boxes: it is true at the points of each of them.
 * Taking one list from another follows the disjoint sharp operation of
 * two-level logic minimisation (Hong, Cain and Ostapko 1974).
 */
#ifndef STILE_AUDIT_BOX_H
#define STILE_AUDIT_BOX_H

#include "audit/space.h"

#define BOX_SIDES_MOST 64
#define BOXES_MOST 4096 /* of one list that is made from others */

typedef struct Box {
  const uint32_t *sides; /* by rising axis; never none and never all cells */
  uint32_t count;        /* 0: every point */
} Box;

typedef struct Boxes {
  Box *at;
  uint32_t count, room;
  struct BoxIndex *index; /* see boxes_index; NULL: none */
  bool too_many; /* more than are looked at: the list is not whole */
} Boxes;

/* Rows as boxes. */
void boxes_from_rows(Space *space, const RowList *rows, Boxes *boxes);

void boxes_add(Space *space, Boxes *boxes, Box box);
void boxes_add_all(Space *space, Boxes *to, const Boxes *from);

/* Those of `from` that share a point with the box. */
void boxes_add_meeting(Space *space, const Boxes *from, const Box *box,
                       Boxes *to);

/* For lists of which it is asked often which boxes meet some box: for each cell
 * of each axis, which boxes have it, as bits.  Until a box is added. */
typedef struct BoxIndex {
  uint64_t *has;   /* rows of `words` */
  uint32_t *first; /* for each axis, the row of its first cell */
  uint32_t words;
} BoxIndex;
void boxes_index(Space *space, Boxes *list);
/* Which boxes of an indexed list meet the box, into `bits`. */
void boxes_meeting(const Space *space, const Boxes *list, const Box *box,
                   uint64_t *bits);

/* The box of one side. */
Box box_of_side(Space *space, uint32_t side);
/* The points of both; false if there are none. */
bool box_both(Space *space, const Box *a, const Box *b, Box *both);
bool box_meets(const Space *space, const Box *a, const Box *b);
/* Does `outer` hold all points of `inner`? */
bool box_within(const Space *space, const Box *inner, const Box *outer);
bool side_within(const Space *space, uint32_t inner, uint32_t outer);
bool box_equal(const Box *a, const Box *b);

/* The points of a list that are in none of another, as boxes of which each
 * lies within one of `from`. */
void boxes_without(Space *space, const Boxes *from, const Boxes *less,
                   Boxes *rest);
/* The same as boxes that may meet, larger ones and often fewer. */
void boxes_except(Space *space, const Boxes *from, const Boxes *less,
                  Boxes *rest);
/* The points of both lists. */
void boxes_both(Space *space, const Boxes *a, const Boxes *b, Boxes *both);
/* The points of no box of the list. */
void boxes_outside(Space *space, const Boxes *list, Boxes *rest);
/* The same points as at most `most` boxes of which no two meet. */
void boxes_set_apart(Space *space, const Boxes *from, uint32_t most,
                     Boxes *apart);
/* Leaves out boxes that lie within another. */
void boxes_simplify(const Space *space, Boxes *list);

/* The side of the box on an axis; SIDE_ALL if it is free there. */
uint32_t box_side(const Space *space, const Box *box, uint32_t axis);

#endif

/* Counting the points outside a list of boxes, exactly, and finding one.
 *
 * Top-down, as in model counters: choose the axis on which most depends, count
 * what is left in each class of its cells, multiply parts that share no axis,
 * and remember the counts of what was left before (Bayardo and Pehoushek 2000;
 * Sang, Bacchus, Beame, Kautz and Pitassi 2004), here with many-valued axes.
 * What is left is known by a 128-bit sum of hashes of its boxes' sides.  The
 * memory of counts has a fixed size and forgets, so only time can grow; the
 * number of steps is bounded, and where it does not suffice, nothing is
 * claimed.
 */
#ifndef STILE_AUDIT_COUNT_H
#define STILE_AUDIT_COUNT_H

#include "audit/residual.h"

/* Counts into `to` (space->limbs).  False if the search had to stop. */
bool count_outside(OutsideSearch *search, const Boxes *list, Limb *to);

/* Counts those within `box` only. */
bool count_outside_within(OutsideSearch *search, const Boxes *list,
                          const Box *box, Limb *to);

/* Proves that the count of those within `box` is at least *low and at most
 * *high, in at most so many steps; they are the same where that sufficed.  Of a
 * list that is not whole nothing is known, so it is none to all of the box. */
void count_between(OutsideSearch *search, const Boxes *list, const Box *box,
                   uint64_t steps, Limb *low, Limb *high);

/* Counts the points in one box of `list` at least that are in none of
 * `without`. */
bool count_inside(OutsideSearch *search, const Boxes *list,
                  const Boxes *without, Limb *to);

/* One cell for each axis. */
typedef uint32_t AxisCell;

/* Looks for a point of `box` outside the list.  `point` has a cell for each
 * axis; where the axis does not matter, the first that the box has. */
typedef enum PointFound { POINT_FOUND, POINT_NONE, POINT_UNKNOWN } PointFound;
PointFound find_outside(OutsideSearch *search, const Boxes *list,
                        const Box *box, AxisCell *point);

bool point_within(const Space *space, const AxisCell *point, const Box *box);
bool point_within_any(const Space *space, const AxisCell *point,
                      const Boxes *list);

#endif

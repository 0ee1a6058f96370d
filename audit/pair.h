/* Pairs: two charts of one space, and where they find different things.
 *
 * The two are two policies, or one policy seen at two cells of an axis.  Boxes
 * that both have with the same finding cannot make a difference, so only what
 * differs is looked into.
 */
#ifndef STILE_AUDIT_PAIR_H
#define STILE_AUDIT_PAIR_H

#include "audit/chart.h"

typedef struct Pair {
  const Chart *charts[2];
  Boxes differ;       /* where some difference may lie: outside of these boxes
                         both find the same */
  uint8_t **changed[2]; /* for each part and box: 1 if the other has it not */
  bool same_otherwise; /* their scenes are the same */
  Boxes pieces;        /* `differ` as boxes that do not meet; one box of
                          everything where they would be too many */
} Pair;

void pair_make(const Chart *before, const Chart *after, Pair *pair);

/* The boxes that have the cell, without their side on the axis. */
void boxes_at_cell(Space *space, const Boxes *from, uint32_t axis,
                   uint32_t cell, Boxes *to);
/* The chart with the axis fixed to a cell: boxes without it are left out, the
 * others lose their side on it. */
void chart_at_cell(const Chart *chart, uint32_t axis, uint32_t cell, Chart *at);

/* Looks for a point at which the charts find these two different verdicts, of
 * `box` and outside `list`. */
PointFound pair_find(const Pair *pair, OutsideSearch *search, const Box *box,
                     const Boxes *list, Verdict before, Verdict after,
                     AxisCell *point);

/* Looks for a point at which after finds less than before (looser), or more;
 * neither is silent there.  Of the least that the milder one finds. */
PointFound pair_find_turn(const Pair *pair, OutsideSearch *search, bool looser,
                          AxisCell *point);

/* The same for ways that were made before; *x and *y are those of the point. */
PointFound pair_find_ways(const Pair *pair, OutsideSearch *search,
                          const Ways ways[2], const Box *box,
                          const Boxes *list, const Way **x, const Way **y,
                          AxisCell *point);

/* counts[x * VERDICT_COUNT + y]: the points where before finds x and after y,
 * for x other than y; where both find the same the count is set to 0.  False if
 * it was not counted. */
bool pair_count_changes(const Pair *pair, OutsideSearch *search,
                        Limb **counts);

/* Points where after finds less than before, or more, silence being the least;
 * and those of them where one is silent. */
typedef struct Turns {
  Limb *looser, *to_silence;
  Limb *stricter, *from_silence;
} Turns;

/* False if they were not counted. */
bool pair_count_turns(const Pair *pair, OutsideSearch *search, Turns *turns);

#endif

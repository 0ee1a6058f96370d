/* The space: every kind of situation that some rules can tell apart.
 *
 * An axis is a variable of the grid that the rules read, its cells joined where
 * no rule tells them apart.  Variables that hang together (the totals and
 * counts of one record, and facts that are added to them) share one axis, whose
 * cells are the combinations that some real record has.  So every point of the
 * space, one cell on each axis, is a kind of situation that can occur, and
 * counting them is exact.
 *
 * A side of a box is a set of cells of one axis.  Sides are kept once each and
 * known by number, so that equal sides have equal numbers.
 */
#ifndef STILE_AUDIT_SPACE_H
#define STILE_AUDIT_SPACE_H

#include "base/natural.h"
#include "runtime/records.h"
#include "runtime/rows.h"

#define SPACE_CELLS_MOST 4096 /* of one axis */
#define SPACE_AXES_MOST 4096

typedef struct Axis {
  uint32_t *variables; /* of the grid; more than one only if coupled */
  uint32_t count;
  uint32_t cells, words;
  uint32_t *parts;     /* of cell c, variable i, at c * count + i: where its
                          class starts in classes[i]; see space_class */
  uint64_t **classes;  /* for each variable, class by class, the grid's cells
                          as words */
  uint32_t *class_count;
} Axis;

/* A set of cells of one axis. */
typedef struct CellSet {
  const uint64_t *mask;
  uint32_t axis;
  uint64_t hash[2]; /* of axis and cells: see count.c */
} CellSet;

typedef struct Space {
  Arena *kept;  /* axes and sides */
  Arena *arena; /* for what is made of them; the same, if its owner gives no
                   other */
  const Grid *grid;
  Axis *axes;
  uint32_t axis_count;
  uint32_t *axis_of;   /* for each variable; NONE if no rule reads it */
  uint32_t *place_of;  /* for each variable: its place within its axis */
  Vec(CellSet) sides;
  uint32_t *slots;     /* a table of sides by hash: number + 1 */
  uint32_t slot_count; /* a power of 2 */
  uint32_t limbs;      /* for counts of points */
  Limb *points;        /* how many there are */
  bool too_large;      /* more axes or cells than are looked at: nothing else
                          may be asked */
} Space;

typedef Vec(const RowList *) RowLists;

/* The space of what the rows read, and of the single variables listed. */
void space_make(Arena *arena, const Grid *grid, const RowLists *lists,
                const uint32_t *variables, uint32_t variable_count,
                Space *space);

/* The fact of an axis; of the first variable if they are coupled. */
static inline uint32_t space_fact(const Space *space, uint32_t axis) {
  return space->grid->image->variables.at[space->axes[axis].variables[0]].fact;
}

/* What is made of sides after a mark is given up when going back to it; if the
 * space's owner gave no arena for that, it is kept. */
ArenaMark space_mark(const Space *space);
void space_back(Space *space, ArenaMark mark);

#define SIDE_NONE UINT32_MAX /* no cell */
#define SIDE_ALL (UINT32_MAX - 1)

/* The number of a set of cells; its words are copied. */
uint32_t space_side(Space *space, uint32_t axis, const uint64_t *mask);
uint32_t space_side_both(Space *space, uint32_t a, uint32_t b);
/* a without b; a and b are of one axis. */
uint32_t space_side_without(Space *space, uint32_t a, uint32_t b);
/* The cells of its axis that it does not have. */
uint32_t space_side_other(Space *space, uint32_t a);
uint32_t space_side_one(Space *space, uint32_t axis, uint32_t cell);
/* The cells of the axis for which the variable lies within `mask` of the
 * grid. */
uint32_t space_side_of_variable(Space *space, uint32_t variable,
                                const uint64_t *mask);

static inline bool side_has(const CellSet *side, uint32_t cell) {
  return side->mask[cell / 64] >> (cell % 64) & 1;
}
uint32_t side_cells(const Space *space, uint32_t side);

/* The grid's cells that a cell of an axis stands for, for the axis's i-th
 * variable. */
const uint64_t *space_class(const Axis *axis, uint32_t cell, uint32_t i);

#endif

/* Lattices: the values low, low + step, … high that an amount may have, and
 * the places between them.
 */
#ifndef STILE_COMPILER_LATTICE_H
#define STILE_COMPILER_LATTICE_H

#include "compiler/checked.h"

typedef struct Lattice {
  int64_t low, high, step; /* step is above 0 and leads from low to high */
} Lattice;

/* The ends of the range, and the places below and above a value. */
#define EDGE_END ((Edge){.open = true})
#define EDGE_BELOW(amount) ((Edge){.side = 0, .value = (amount)})
#define EDGE_ABOVE(amount) ((Edge){.side = 1, .value = (amount)})

/* How many values the lattice has. */
int64_t lattice_count(const Lattice *lattice);

/* How many values lie below the edge, which has CUT_VALUE as its base: two
 * edges with the same number are the same place. */
int64_t lattice_place(const Lattice *lattice, Edge edge);

/* Stretches in rising order, being built. */
typedef struct Stretches {
  const Lattice *lattice;
  Stretch *at; /* room for all that will be added */
  uint32_t count;
  int64_t last; /* place of the end of the last one */
  bool all;     /* they cover the whole lattice */
} Stretches;

/* Adds the values from one edge to another; nothing if there are none, and
 * joins it to the last stretch if they touch. */
void stretches_add(Stretches *all, Edge from, Edge to);

#endif

/* The grid of a policy: its variables, and where its tests cut them.
 *
 * What the runtime calls the grid (runtime/grid.h) is this one, read from the
 * image and bound to a day.
 */
#ifndef STILE_COMPILER_CUT_GRID_H
#define STILE_COMPILER_CUT_GRID_H

#include "compiler/checked.h"
#include "compiler/lattice.h"

typedef struct GridCut {
  Edge edge;       /* as first written */
  int64_t place;   /* two edges of one base and place are the same cut */
  uint32_t number; /* in the order of writing */
} GridCut;

/* A different edge that tests have. */
typedef struct GridEdge {
  Edge edge;
  uint32_t cut; /* which of the variable's it is, once they are sorted */
} GridEdge;

typedef struct CutVariable {
  VariableKey key;
  uint32_t member; /* sets */
  Lattice lattice;
  Vec(GridCut) cuts; /* rising by base, then place */
  uint32_t first;    /* the number of its first cut among all */
  bool whole;        /* cut between all values, whatever tests say: no edges */
  Vec(GridEdge) edges; /* in the order of writing */
  uint32_t *slots;     /* of edges, by their hash: numbers from 1; or 0 */
  uint32_t room;       /* of the slots: a power of two, or 0 */
} CutVariable;

typedef struct CutGrid {
  Arena *arena;
  const Checked *checked;
  Vec(CutVariable) variables; /* by fact, in order */
  Range *of_facts;            /* the variables of each fact */
  Table records;              /* record variables by their key's words */
} CutGrid;

/* Makes the grid of a policy without errors; a variable with too many cells is
 * reported. */
void cut_grid_make(Arena *arena, const Checked *checked,
                   Diagnostics *diagnostics, CutGrid *grid);

/* The variable that a test is about. */
uint32_t cut_grid_variable(const CutGrid *grid, const VariableKey *key);
/* The variable of a member of a set. */
uint32_t cut_grid_member(const CutGrid *grid, uint32_t fact,
                         uint32_t member);
/* The number of a cut among all cuts; NONE for the end of the range. */
uint32_t cut_grid_cut(const CutGrid *grid, uint32_t variable, Edge edge);

/* Prints it, a variable and its cuts a line, for `stile dump --stage grid`. */
void cut_grid_print(Buffer *out, const CutGrid *grid);

#endif

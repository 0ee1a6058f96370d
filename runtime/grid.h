/* The grid: the one place where values become cells.
 *
 * Every test of a policy compares a fact with constants, so the constants cut
 * each variable's range into a few cells that the policy can tell apart.  A
 * situation is, for each variable, the set of cells that it may be in.  A test
 * is true when that set lies within the test's cells, false when it has none of
 * them, and open otherwise.
 *
 * A Grid is an image bound to the day asked about: only then is "2 years ago" a
 * day, and can the cuts of dates be put in order.
 */
#ifndef STILE_RUNTIME_GRID_H
#define STILE_RUNTIME_GRID_H

#include "runtime/situation.h"

/* The largest total or count of a record that is told apart. */
#define RECORD_MOST INT64_C(100000000000000000)

typedef struct GridVariable {
  int64_t low, high, step; /* the lattice of values */
  int64_t *starts;         /* the first value of each cell, rising */
  uint32_t *cut_cells;     /* for each cut of the image: the cell it starts */
  uint32_t cells;          /* how many; at least 1 */
  uint32_t word, words;    /* where its cells stand in a set of cells */
  uint8_t *told;           /* for each cell, 1 if an answer can tell it from
                              the one before; NULL: all of them */
  Day first, last;         /* records: the days of the window */
} GridVariable;

typedef struct Grid {
  const Image *image;
  Day today;
  GridVariable *variables; /* one for each of the image */
  uint32_t words;          /* the size of a set of cells for all variables */
  uint64_t *masks;         /* the cells of each test, */
  uint32_t *mask_at;       /* from this word on */
} Grid;

/* A set of cells for every variable: `grid->words` words, bit c of variable v
 * at word `variables[v].word + c / 64`. */
typedef uint64_t Cells;

/* Binds an image to a day.  The grid lives in `arena` and borrows `image`. */
void grid_bind(Arena *arena, const Image *image, Day today, Grid *grid);

/* Which cells of its variable a test has.  On a given day a test of dates may
 * have all of them, or none. */
typedef enum TestCells { CELLS_NONE, CELLS_SOME, CELLS_EVERY } TestCells;
TestCells grid_test_cells(const Grid *grid, uint32_t test);

/* Puts a situation on the grid: sets every variable's cells. */
void grid_locate(const Grid *grid, const Situation *situation, Cells *cells);

/* The cells of one fact only; the others stay. */
void grid_locate_fact(const Grid *grid, const Situation *situation,
                      uint32_t fact, Cells *cells);

/* The first and last value of a cell. */
int64_t grid_cell_low(const GridVariable *variable, uint32_t cell);
int64_t grid_cell_high(const GridVariable *variable, uint32_t cell);
/* The cell that holds `value`, which is put on the lattice downwards; values
 * past the ends count as the ends. */
uint32_t grid_cell_of(const GridVariable *variable, int64_t value);

/* A run is cells side by side that no answer can tell apart: only what is
 * promised or assumed does.  The first cell of the run that holds `cell`, and
 * the first one after it. */
uint32_t grid_run_first(const GridVariable *variable, uint32_t cell);
uint32_t grid_run_end(const GridVariable *variable, uint32_t cell);

static inline bool cells_has(const Cells *cells, const GridVariable *variable,
                             uint32_t cell) {
  return cells[variable->word + cell / 64] >> (cell % 64) & 1;
}

/* Makes `variable` have this one cell, or all of its cells. */
void cells_set_one(Cells *cells, const GridVariable *variable, uint32_t cell);
void cells_set_all(Cells *cells, const GridVariable *variable);
void cells_add(Cells *cells, const GridVariable *variable, uint32_t cell);
void cells_clear(Cells *cells, const GridVariable *variable);
uint32_t cells_count(const Cells *cells, const GridVariable *variable);
/* The first cell at or after `cell`; `variable->cells` if there is none. */
uint32_t cells_next(const Cells *cells, const GridVariable *variable,
                    uint32_t cell);

/* Is this variable the sum of a record and another fact's value? */
bool grid_is_sum(const Grid *grid, uint32_t variable);
/* Does this variable's cell rest on the value of the fact? */
bool grid_follows(const Grid *grid, uint32_t variable, uint32_t fact);

#endif

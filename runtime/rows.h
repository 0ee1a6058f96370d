/* Rows: conditions as lists of conjunctions.
 *
 * A row is a set of cells for each of a few variables; it is true where every
 * one of its variables lies in its set.  A condition is true where one of its
 * rows is: its disjunctive normal form.  Three-valued logic gives a condition
 * and its rows the same value, or the rows a sharper one where they join two
 * tests of one variable.
 */
#ifndef STILE_RUNTIME_ROWS_H
#define STILE_RUNTIME_ROWS_H

#include "runtime/grid.h"

#define ROWS_MOST 64 /* for the index: past this a condition stays code */

typedef struct RowLiteral {
  uint32_t variable;
  const uint64_t *mask; /* the variable's cells, never none and never all */
} RowLiteral;

typedef struct Row {
  RowLiteral *literals; /* by rising variable */
  uint32_t count;       /* 0: always true */
} Row;

typedef struct RowList {
  Row *rows;
  uint32_t count;  /* 0: never true */
  bool too_many;   /* then `rows` says nothing */
} RowList;

typedef struct RowTable {
  RowList *holds;  /* for each register: where it is true */
  RowList *fails;  /* and where it is false */
  uint32_t *slots; /* NULL; or of each register where its lists are, as only
                      some registers have them */
} RowTable;

/* Expands every register to at most `most` rows.  Lives in `arena`. */
void rows_make(Arena *arena, const Grid *grid, uint32_t most,
               RowTable *table);

/* The same of the registers that `wanted` marks: where they hold, and nothing
 * else. */
void rows_make_some(Arena *arena, const Grid *grid, uint32_t most,
                    const uint8_t *wanted, RowTable *table);

/* Where a register is true. */
static inline RowList rows_hold(const RowTable *table, uint32_t reg) {
  return table->holds[table->slots ? table->slots[reg] : reg];
}

#endif

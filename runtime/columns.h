/* Columns of facts as blocks of situations: what stile_decide_columns does. */
#ifndef STILE_RUNTIME_COLUMNS_H
#define STILE_RUNTIME_COLUMNS_H

#include "include/stile.h"
#include "runtime/sliced.h"

/* Room for a call; made once for a decider. */
typedef struct Columns {
  Packed *packed;
  bool can_slice;  /* no condition stays code */
  Sliced sliced;
  const StileColumn **of_fact; /* NULL where there is none */
  int64_t *values; /* of one situation, where it cannot */
  uint64_t *known;
} Columns;

void columns_make(Arena *arena, Arena *scratch, Packed *packed,
                  Columns *columns);

/* Notes which column is for which fact; false if one fits none, or two the
 * same. */
bool columns_take(Columns *all, const StileColumn *columns, uint32_t count);

/* Decides as many of the rows as there is room for. */
size_t columns_decide(Columns *all, size_t rows,
                      const StileColumnAnswers *answers);

#endif

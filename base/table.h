/* A table from names to numbers, in an arena: open addressing, seeded.
 *
 * It has no order and cannot be walked, so nothing that is printed can depend
 * on the seed.
 */
#ifndef STILE_BASE_TABLE_H
#define STILE_BASE_TABLE_H

#include "base/text.h"

typedef struct TableSlot {
  Text name; /* none: the slot is free */
  uint32_t value;
  uint32_t hash;
} TableSlot;

typedef struct Table {
  Arena *arena;
  TableSlot *slots;
  uint32_t count, room; /* room is 0 or a power of two */
  uint64_t seed;
} Table;

/* Prepares an empty table.  A seed that others cannot guess keeps chosen names
 * from making it slow. */
void table_init(Table *table, Arena *arena, uint64_t seed);
/* False, and *value left alone, if the name is not there. */
bool table_find(const Table *table, Text name, uint32_t *value);
/* Where the name is known, sets *value to its number and returns false; else
 * adds it, whose bytes are borrowed, with *value. */
bool table_enter(Table *table, Text name, uint32_t *value);
/* As table_enter, but keeps a copy of the bytes that it adds. */
bool table_enter_copy(Table *table, Text name, uint32_t *value);
/* Adds a name, whose bytes are borrowed.  False, and nothing changes, if it is
 * there already. */
bool table_put(Table *table, Text name, uint32_t value);

#endif

/* A table from names to numbers, in an arena: open addressing, seeded.
 *
 * It has no order and cannot be walked, so nothing that is printed can depend
 * on the seed.
 */
#ifndef STILE_BASE_TABLE_H
#define STILE_BASE_TABLE_H

#include "base/text.h"

/* Entries and slots are small, since they are looked for all over the table. */
typedef struct TableEntry {
  const char *at; /* of its name */
  uint32_t length;
  uint32_t value;
} TableEntry;

typedef struct TableSlot {
  uint32_t hash;
  uint32_t entry; /* its number, from 1; 0: the slot is free */
} TableSlot;

#define TABLE_KEYS 8

typedef struct Table {
  Arena *arena;
  TableSlot *slots;
  uint32_t room; /* 0 or a power of two */
  Vec(TableEntry) entries;
  uint64_t keys[TABLE_KEYS]; /* made of the seed */
} Table;

/* Prepares an empty table.  A seed that others cannot guess keeps chosen names
 * from making it slow. */
void table_init(Table *table, Arena *arena, uint64_t seed);
/* Says that about so many names come next: room for them is made at once. */
void table_expect(Table *table, uint32_t count);
/* False, and *value left alone, if the name is not there. */
bool table_find(const Table *table, Text name, uint32_t *value);
/* Where the name is known, sets *value to its number and returns false; else
 * adds it, whose bytes are borrowed, with *value. */
bool table_enter(Table *table, Text name, uint32_t *value);
/* The hash of a name, for table_enter_hashed a little later: meanwhile the
 * place where it belongs is fetched. */
uint32_t table_hash(const Table *table, Text name);
/* As table_enter. */
bool table_enter_hashed(Table *table, Text name, uint32_t hash,
                        uint32_t *value);
/* As table_enter, but keeps a copy of the bytes that it adds, and no NUL. */
bool table_enter_copy(Table *table, Text name, uint32_t *value);
/* Adds a name, whose bytes are borrowed.  False, and nothing changes, if it is
 * there already. */
bool table_put(Table *table, Text name, uint32_t value);

#endif

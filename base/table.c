#include "base/table.h"

#include <sodium/crypto_shorthash.h>

#define ROOM_LEAST 16

void table_init(Table *table, Arena *arena, uint64_t seed) {
  *table = (Table){.arena = arena, .seed = seed};
}

/* SipHash under the table's seed. */
static uint32_t name_hash(const Table *table, Text name) {
  unsigned char key[crypto_shorthash_KEYBYTES] = {0};
  unsigned char hash[crypto_shorthash_BYTES];
  uint32_t result = 0;

  for (int i = 0; i < 8; i++)
    key[i] = (unsigned char)(table->seed >> (8 * i) & 0xFF);
  crypto_shorthash(hash, (const unsigned char *)name.at, name.length, key);
  for (int i = 0; i < 4; i++) result |= (uint32_t)hash[i] << (8 * i);
  return result;
}

/* The slot that holds `name`, or the free one where it belongs.  The table has
 * a free slot. */
static TableSlot *slot_find(const Table *table, Text name, uint32_t hash) {
  uint32_t i = hash & (table->room - 1);

  while (!text_is_none(table->slots[i].name)) {
    if (table->slots[i].hash == hash
        && text_equal(table->slots[i].name, name))
      break;
    i = (i + 1) & (table->room - 1);
  }
  return &table->slots[i];
}

static void table_grow(Table *table) {
  Table grown = *table;

  if (table->room > UINT32_MAX / 2) arena_escape(table->arena);
  grown.room = table->room ? table->room * 2 : ROOM_LEAST;
  grown.slots = ARENA_ARRAY(table->arena, grown.room, TableSlot);
  for (uint32_t i = 0; i < table->room; i++) {
    TableSlot slot = table->slots[i];

    if (text_is_none(slot.name)) continue;
    *slot_find(&grown, slot.name, slot.hash) = slot;
  }
  *table = grown;
}

/* None is stored as the empty text, so that a taken slot never looks free. */
static Text name_of(Text name) {
  return text_is_none(name) ? TEXT("") : name;
}

bool table_find(const Table *table, Text name, uint32_t *value) {
  const TableSlot *slot;

  if (!table->room) return false;
  name = name_of(name);
  slot = slot_find(table, name, name_hash(table, name));
  if (text_is_none(slot->name)) return false;
  *value = slot->value;
  return true;
}

bool table_enter(Table *table, Text name, uint32_t *value) {
  TableSlot *slot;
  uint32_t hash;

  name = name_of(name);
  if (table->count >= table->room / 4 * 3) table_grow(table);
  hash = name_hash(table, name);
  slot = slot_find(table, name, hash);
  if (!text_is_none(slot->name)) {
    *value = slot->value;
    return false;
  }
  *slot = (TableSlot){name, *value, hash};
  table->count++;
  return true;
}

bool table_put(Table *table, Text name, uint32_t value) {
  return table_enter(table, name, &value);
}

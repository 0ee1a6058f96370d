#include "base/table.h"

#include <string.h>

#define ROOM_LEAST 16
#define GROWTH 4 /* entering again what is in it is what growing costs */
#define GROWTH_LARGE 2 /* but so does memory that is not used */
#define ROOM_LARGE 16384

/* A bijection that mixes well: the last step of SplitMix64. */
static uint64_t mix(uint64_t number) {
  number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
  return number ^ number >> 31;
}

void table_init(Table *table, Arena *arena, uint64_t seed) {
  *table = (Table){.arena = arena};
  for (uint32_t i = 0; i < TABLE_KEYS; i++)
    table->keys[i] = mix(seed + (i + 1) * UINT64_C(0x9E3779B97F4A7C15));
}

static uint64_t word_at(const char *at) {
  uint64_t word;

  memcpy(&word, at, sizeof word);
  return word;
}

/* Up to eight bytes as a number, in whatever order. */
static uint64_t short_word(Text name) {
  const char *at = name.at;
  uint32_t length = name.length, first, last;

  if (length == sizeof(uint64_t)) return word_at(at);
  if (length >= sizeof first) {
    memcpy(&first, at, sizeof first);
    memcpy(&last, at + length - sizeof last, sizeof last);
    return first | (uint64_t)last << 32;
  }
  if (!length) return 0;
  return (unsigned char)at[0] | (uint32_t)(unsigned char)at[length / 2] << 8
         | (uint32_t)(unsigned char)at[length - 1] << 16;
}

/* Both halves, a secret added to each, multiplied. */
static uint64_t product(uint64_t word, uint64_t key) {
  uint32_t low = (uint32_t)word + (uint32_t)key;
  uint32_t high = (uint32_t)(word >> 32) + (uint32_t)(key >> 32);

  return (uint64_t)low * high;
}

/* NH, as in UMAC, of words of eight bytes, the last of which may overlap the
 * one before: the chance that two names fall together is the same whatever
 * they are, so ones that all do cannot be made up without the keys. */
static uint32_t name_hash(const Table *table, Text name) {
  const uint64_t *keys = table->keys;
  uint32_t length = name.length, at = 0, word = 0;
  uint64_t sum = length, last;

  for (; length - at > 8; at += 8) {
    sum += product(word_at(name.at + at), keys[word]);
    word = (word + 1) % TABLE_KEYS;
    if (!word) sum = mix(sum);
  }
  last = at ? word_at(name.at + length - 8) : short_word(name);
  sum += product(last, keys[word]);
  return (uint32_t)(sum * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

static Text entry_name(const TableEntry *entry) {
  return (Text){entry->at, entry->length};
}

static const TableEntry *entry_at(const Table *table, TableSlot slot) {
  return &table->entries.at[slot.entry - 1];
}

/* The slot that holds `name`, or the free one where it belongs.  The table has
 * a free slot. */
static TableSlot *slot_find(const Table *table, Text name, uint32_t hash) {
  uint32_t i = hash & (table->room - 1);

  while (table->slots[i].entry) {
    if (table->slots[i].hash == hash
        && text_equal(entry_name(entry_at(table, table->slots[i])), name))
      break;
    i = (i + 1) & (table->room - 1);
  }
  return &table->slots[i];
}

/* Gives the table `room` slots, a power of two. */
static void make_slots(Table *table, uint32_t room) {
  TableSlot *old = table->slots;
  uint32_t count = table->room;

  table->room = room;
  table->slots = ARENA_ARRAY(table->arena, table->room, TableSlot);
  for (TableSlot *slot = old; slot < old + count; slot++) {
    uint32_t i = slot->hash & (table->room - 1);

    if (!slot->entry) continue;
    while (table->slots[i].entry) i = (i + 1) & (table->room - 1);
    table->slots[i] = *slot;
  }
}

static void table_grow(Table *table) {
  uint32_t room = table->room;

  if (room > UINT32_MAX / GROWTH) arena_escape(table->arena);
  if (!room)
    make_slots(table, ROOM_LEAST);
  else
    make_slots(table, room * (room < ROOM_LARGE ? GROWTH : GROWTH_LARGE));
}

static bool is_full(const Table *table) {
  return table->entries.count >= table->room / 4 * 3;
}

void table_expect(Table *table, uint32_t count) {
  uint32_t room = table->room ? table->room : ROOM_LEAST;

  if (count > UINT32_MAX / GROWTH - table->entries.count)
    arena_escape(table->arena);
  count += table->entries.count;
  while (count > room / 4 * 3) room *= 2;
  if (room > table->room) make_slots(table, room);
  VEC_RESERVE(table->arena, &table->entries, count);
}

bool table_find(const Table *table, Text name, uint32_t *value) {
  const TableSlot *slot;

  if (!table->room) return false;
  slot = slot_find(table, name, name_hash(table, name));
  if (!slot->entry) return false;
  *value = entry_at(table, *slot)->value;
  return true;
}

static const char *copy_bytes(Arena *arena, Text name) {
  char *copy = arena_make(arena, name.length);

  if (name.length) memcpy(copy, name.at, name.length);
  return copy;
}

static bool enter(Table *table, Text name, uint32_t hash, bool copy,
                  uint32_t *value) {
  TableSlot *slot;

  if (is_full(table)) table_grow(table);
  slot = slot_find(table, name, hash);
  if (slot->entry) {
    *value = entry_at(table, *slot)->value;
    return false;
  }
  if (copy) name.at = copy_bytes(table->arena, name);
  VEC_PUSH(table->arena, &table->entries,
           ((TableEntry){name.at, name.length, *value}));
  *slot = (TableSlot){hash, table->entries.count};
  return true;
}

bool table_enter(Table *table, Text name, uint32_t *value) {
  return enter(table, name, name_hash(table, name), false, value);
}

uint32_t table_hash(const Table *table, Text name) {
  uint32_t hash = name_hash(table, name);

  if (table->room)
    __builtin_prefetch(&table->slots[hash & (table->room - 1)]);
  return hash;
}

bool table_enter_hashed(Table *table, Text name, uint32_t hash,
                        uint32_t *value) {
  return enter(table, name, hash, false, value);
}

bool table_enter_copy(Table *table, Text name, uint32_t *value) {
  return enter(table, name, name_hash(table, name), true, value);
}

bool table_put(Table *table, Text name, uint32_t value) {
  return table_enter(table, name, &value);
}

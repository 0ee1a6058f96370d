#include "base/table.h"

#include <string.h>

#define ROOM_LEAST 16
#define GROWTH 4 /* entering again what is in it is what growing costs */
#define GROWTH_LARGE 2 /* but so does memory that is not used */
#define ROOM_LARGE 16384

void table_init(Table *table, Arena *arena, uint64_t seed) {
  *table = (Table){.arena = arena, .seed = seed};
}

/* The state of SipHash. */
typedef struct Sip {
  uint64_t a, b, c, d;
} Sip;

static uint64_t turn(uint64_t word, int bits) {
  return word << bits | word >> (64 - bits);
}

static inline void sip_round(Sip *sip) {
  sip->a += sip->b;
  sip->b = turn(sip->b, 13) ^ sip->a;
  sip->a = turn(sip->a, 32);
  sip->c += sip->d;
  sip->d = turn(sip->d, 16) ^ sip->c;
  sip->a += sip->d;
  sip->d = turn(sip->d, 21) ^ sip->a;
  sip->c += sip->b;
  sip->b = turn(sip->b, 17) ^ sip->c;
  sip->c = turn(sip->c, 32);
}

static inline void sip_add(Sip *sip, uint64_t word) {
  sip->d ^= word;
  sip_round(sip);
  sip->a ^= word;
}

/* Fewer than eight bytes as a number; what their order is does not matter. */
static inline uint64_t last_bytes(const char *at, uint32_t count) {
  uint64_t number = 0;
  uint32_t four;
  uint16_t two;

  if (count & 1) number = (unsigned char)*at++;
  if (count & 2) {
    memcpy(&two, at, sizeof two);
    number = number << 16 | two;
    at += sizeof two;
  }
  if (!(count & 4)) return number;
  memcpy(&four, at, sizeof four);
  return number << 32 | four;
}

/* SipHash-1-3 under the table's seed: names that all fall together cannot be
 * made up without it. */
static uint32_t name_hash(const Table *table, Text name) {
  uint64_t seed = table->seed, word, last = (uint64_t)name.length << 56;
  uint32_t at = 0;
  Sip sip = {seed ^ UINT64_C(0x736f6d6570736575), UINT64_C(0x646f72616e646f6d),
             seed ^ UINT64_C(0x6c7967656e657261), UINT64_C(0x7465646279746573)};

  if (text_is_none(name)) name = TEXT("");
  for (; name.length - at >= sizeof word; at += sizeof word) {
    memcpy(&word, name.at + at, sizeof word);
    sip_add(&sip, word);
  }
  sip_add(&sip, last | last_bytes(name.at + at, name.length - at));
  sip.c ^= 0xff;
  for (int i = 0; i < 3; i++) sip_round(&sip);
  word = sip.a ^ sip.b ^ sip.c ^ sip.d;
  return (uint32_t)(word ^ word >> 32);
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

static bool enter(Table *table, Text name, bool copy, uint32_t *value) {
  TableSlot *slot;
  uint32_t hash;

  if (is_full(table)) table_grow(table);
  hash = name_hash(table, name);
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
  return enter(table, name, false, value);
}

bool table_enter_copy(Table *table, Text name, uint32_t *value) {
  return enter(table, name, true, value);
}

bool table_put(Table *table, Text name, uint32_t value) {
  return table_enter(table, name, &value);
}

/* Bit-sliced decisions, through columns, against packed ones. */
#include <string.h>

#include "runtime/columns.h"
#include "tests/reference/compare.h"

enum { ROWS = SLICE + 77, ROOM = ROWS * 64 };

typedef struct Table {
  Arena *arena;
  const Image *image;
  uint32_t facts, words;
  int64_t *values;  /* by row */
  uint64_t *known;
  StileColumn *columns;
  StileColumnAnswers answers;
} Table;

static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* Rows that go out from one situation, with other values here and there: on
 * both sides of the next cut, outside the range, or none. */
static void fill_row(Table *table, const int64_t *values,
                     const uint64_t *known, uint32_t row, uint64_t *chance) {
  int64_t *to = table->values + (size_t)row * table->facts;
  uint64_t *bits = table->known + (size_t)row * table->words;
  memcpy(to, values, table->facts * sizeof *to);
  memcpy(bits, known, table->words * sizeof *bits);
  for (uint32_t i = 0; i < table->facts; i++) {
    uint64_t draw = next_random(chance), bit = UINT64_C(1) << (i % 64);
    uint32_t type = table->image->facts.at[i].type;
    const Range *values_of = &table->image->facts.at[i].values;
    if (type == TYPE_RECORD) bits[i / 64] &= ~bit;
    if (row == 0 || draw % 4 || type == TYPE_RECORD) continue;
    draw >>= 8;
    bits[i / 64] |= bit;
    if (draw % 16 == 0) bits[i / 64] &= ~bit;
    draw >>= 4;
    if (type <= TYPE_CHOICE)
      to[i] = (int64_t)(draw % (values_of->count + 1));
    else if (type == TYPE_SET)
      to[i] = (int64_t)(draw & 0xff);
    else
      to[i] += (int64_t)(draw % 3) - 1;
  }
}

static void fill_column(Table *table, uint32_t fact) {
  int64_t *values = ARENA_ARRAY(table->arena, ROWS + 5, int64_t);
  uint8_t *validity = ARENA_ARRAY(table->arena, ROWS / 8 + 2, uint8_t);
  for (uint32_t row = 0; row < ROWS; row++) {
    const uint64_t *bits = table->known + (size_t)row * table->words;
    values[row + 5] = table->values[(size_t)row * table->facts + fact];
    if (bits[fact / 64] >> (fact % 64) & 1)
      validity[(row + 5) / 8] |= (uint8_t)(1u << ((row + 5) % 8));
  }
  table->columns[fact] = (StileColumn){.fact = fact, .width = STILE_INT64,
                                       .values = values,
                                       .validity = validity, .offset = 5};
}

static void make_answers(Table *table) {
  Arena *arena = table->arena;
  table->answers = (StileColumnAnswers){
    .low = ARENA_ARRAY(arena, ROWS, uint8_t),
    .high = ARENA_ARRAY(arena, ROWS, uint8_t),
    .may_harm = ARENA_ARRAY(arena, ROWS, uint8_t),
    .tension = ARENA_ARRAY(arena, ROWS, uint8_t),
    .emergency = ARENA_ARRAY(arena, ROWS, uint8_t),
    .open = ARENA_ARRAY(arena, ROWS, uint8_t),
    .rule_offsets = ARENA_ARRAY(arena, ROWS + 1, int32_t),
    .rules = ARENA_ARRAY(arena, ROOM, uint32_t),
    .rule_room = ROOM};
}

static uint8_t state_of(uint8_t three) {
  return three ? three : (uint8_t)STILE_NO;
}

static bool same_findings(const StileColumnAnswers *given, size_t row,
                          const Decision *packed) {
  unsigned verdict = packed->verdict;
  unsigned low = verdict ? (unsigned)__builtin_ctz(verdict) : 0;
  unsigned high = verdict ? 31u - (unsigned)__builtin_clz(verdict) : 0;
  return given->low[row] == low && given->high[row] == high &&
         given->may_harm[row] == state_of(packed->may_harm) &&
         given->tension[row] == state_of(packed->tension) &&
         given->emergency[row] == state_of(packed->emergency);
}

static bool same_rules(const StileColumnAnswers *given, size_t row,
                       const Decision *packed) {
  size_t first = (size_t)given->rule_offsets[row];
  size_t end = (size_t)given->rule_offsets[row + 1];
  bool open = packed->open_count > 0 ||
              (packed->verdict & (packed->verdict - 1)) ||
              packed->may_harm == THREE_OPEN ||
              packed->tension == THREE_OPEN ||
              packed->emergency == THREE_OPEN;
  if (end - first != packed->in_force_count || given->open[row] != open)
    return false;
  for (size_t i = first; i < end; i++) {
    bool found = false;
    for (uint32_t k = 0; k < packed->in_force_count; k++)
      found |= packed->in_force[k] == given->rules[i];
    if (!found || (i > first && given->rules[i] <= given->rules[i - 1]))
      return false;
  }
  return true;
}

/* Compares the rows that were decided. */
static bool check_rows(Table *table, Packed *packed, size_t done, bool rules,
                       int form, Buffer *report) {
  for (size_t row = 0; row < done; row++) {
    Decision decision;
    packed_decide(packed, table->values + row * table->facts,
                  table->known + row * table->words, &decision);
    if (same_findings(&table->answers, row, &decision) &&
        (!rules || same_rules(&table->answers, row, &decision)))
      continue;
    buffer_format(report, "sliced: form %d says otherwise of row %u%s\n",
                  form, (unsigned)row, rules ? ", with rules" : "");
    return false;
  }
  return true;
}

static bool compare_forms(Table *table, Packed *packed, Columns *columns,
                          Buffer *report) {
  bool same = true;
  for (int form = 0; sliced_form(form); form++) {
    columns->sliced.form = sliced_form(form);
    size_t done = columns_decide(columns, ROWS, &table->answers);
    same &= check_rows(table, packed, done, true, form, report);
    StileColumnAnswers bare = table->answers;
    bare.rules = NULL;
    bare.rule_offsets = NULL;
    done = columns_decide(columns, ROWS, &bare);
    if (done != ROWS) buffer_put_c(report, "sliced: not all rows\n");
    same &= done == ROWS &&
            check_rows(table, packed, done, false, form, report);
  }
  return same;
}

bool compare_sliced(Arena *arena, const Image *image, Packed *packed,
                    const int64_t *values, const uint64_t *known,
                    Buffer *report) {
  Table table = {.arena = arena, .image = image,
                 .facts = image->facts.count,
                 .words = image->facts.count / 64 + 1};
  Columns columns;
  uint64_t chance = 88172645463325252u + (uint64_t)image->code.count;
  table.values = ARENA_ARRAY(arena, (size_t)ROWS * (table.facts + 1), int64_t);
  table.known = ARENA_ARRAY(arena, (size_t)ROWS * table.words, uint64_t);
  table.columns = ARENA_ARRAY(arena, table.facts + 1, StileColumn);
  for (uint32_t row = 0; row < ROWS; row++)
    fill_row(&table, values, known, row, &chance);
  for (uint32_t i = 0; i < table.facts; i++) fill_column(&table, i);
  make_answers(&table);
  columns_make(arena, arena, packed, &columns);
  if (!columns_take(&columns, table.columns, table.facts)) return false;
  return compare_forms(&table, packed, &columns, report);
}

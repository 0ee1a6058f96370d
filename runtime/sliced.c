#include "runtime/sliced.h"

#include <string.h>

/* What is needed while it is made. */
typedef struct Maker {
  Arena *arena, *scratch;
  const Packed *packed;
  const Index *index;
  Sliced *sliced;
  Vec(uint32_t) pair_rows, pair_literals; /* which literals a row has */
  Vec(SliceLiteral) literals;
  Vec(uint32_t) thresholds;
  uint32_t *row_first, *row_literals; /* the pairs by row */
} Maker;

/* ------------------------------------------------------------------ sources */

static uint32_t slot_of(Maker *maker, uint32_t fact) {
  Sliced *sliced = maker->sliced;
  if (sliced->slots[fact] == NONE) {
    sliced->slots[fact] = sliced->slot_count;
    sliced->facts[sliced->slot_count++] = fact;
  }
  return sliced->slots[fact];
}

static SliceWay way_of(const Packed *packed, uint32_t locator) {
  if (locator < packed->levels)
    return SLICE_LEVEL;
  locator -= packed->levels;
  if (locator < packed->members)
    return SLICE_MEMBER;
  return locator - packed->members < packed->amounts ? SLICE_AMOUNT
                                                     : SLICE_RECORD;
}

/* The locator of a variable of the index: they share their bitmaps. */
static uint32_t find_locator(const Packed *packed,
                             const IndexVariable *variable) {
  const uint64_t *maps = packed->index.maps + variable->maps;
  uint32_t i = 0;
  while (packed->locators[i].maps != maps)
    i++;
  return i;
}

static void make_source(Maker *maker, const IndexVariable *variable,
                        SliceSource *source) {
  const Packed *packed = maker->packed;
  uint32_t locator = find_locator(packed, variable);
  SliceWay way = way_of(packed, locator);
  uint32_t cells = packed->inquiry.grid.variables[variable->variable].cells;
  *source = (SliceSource){.way = (uint8_t)way, .cells = cells,
                          .threshold = maker->sliced->thresholds};
  maker->sliced->thresholds += cells - 1;
  if (way == SLICE_RECORD)
    return;
  source->locator = &packed->locators[locator];
  source->slot = slot_of(maker, source->locator->fact);
  while ((cells - 1) >> source->planes)
    source->planes++;
}

static void make_sources(Maker *maker) {
  Sliced *sliced = maker->sliced;
  const Index *index = maker->index;
  const Image *image = index->inquiry->image;
  uint32_t facts = image->facts.count;
  sliced->sources =
      ARENA_ARRAY(maker->arena, index->variable_count + 1, SliceSource);
  sliced->facts = ARENA_ARRAY(maker->arena, facts + 1, uint32_t);
  sliced->slots = ARENA_ARRAY(maker->arena, facts + 1, uint32_t);
  for (uint32_t i = 0; i < facts; i++)
    sliced->slots[i] = NONE;
  sliced->thresholds = 1;
  sliced->source_count = index->variable_count;
  for (uint32_t i = 0; i < index->variable_count; i++)
    make_source(maker, &index->variables[i], &sliced->sources[i]);
  for (uint32_t i = 0; i < maker->packed->support_count; i++)
    slot_of(maker, maker->packed->support[i]);
}

/* ----------------------------------------------------------------- literals */

/* For each row that mentions a variable: the cells where its bit changes. */
typedef struct Changes {
  uint32_t *first; /* for each row, and past the last */
  uint32_t *cells;
} Changes;

static inline bool bit_of(const uint64_t *map, uint32_t row) {
  return map[row / 64] >> (row % 64) & 1;
}

/* Calls for each row whose bit is not the same in two maps; the map before cell
 * 0 has no rows. */
/* The rows whose bit at a cell is not that at the cell before, in word `w`;
 * before cell 0 no bit is set. */
static uint64_t changes_at(const Index *index, const IndexVariable *variable,
                           uint32_t cell, uint32_t w) {
  size_t words = index->words;
  const uint64_t *maps = index->maps + variable->maps;
  uint64_t before = cell ? maps[(cell - 1) * words + w] : 0;
  uint64_t mentions = ~index->maps[variable->none + w];
  return (maps[cell * words + w] ^ before) & mentions & index->all[w];
}

static void count_changes(const Index *index, const IndexVariable *variable,
                          uint32_t cells, uint32_t *counts) {
  for (uint32_t cell = 0; cell < cells; cell++)
    for (uint32_t w = 0; w < index->words; w++)
      for (uint64_t word = changes_at(index, variable, cell, w); word;
           word &= word - 1)
        counts[w * 64 + (uint32_t)__builtin_ctzll(word)]++;
}

static void list_changes(const Index *index, const IndexVariable *variable,
                         uint32_t cells, uint32_t *next, uint32_t *list) {
  for (uint32_t cell = 0; cell < cells; cell++)
    for (uint32_t w = 0; w < index->words; w++)
      for (uint64_t word = changes_at(index, variable, cell, w); word;
           word &= word - 1)
        list[next[w * 64 + (uint32_t)__builtin_ctzll(word)]++] = cell;
}

static void find_changes(Maker *maker, const IndexVariable *variable,
                         uint32_t cells, Changes *changes) {
  const Index *index = maker->index;
  uint32_t rows = index->rows;
  uint32_t *next = ARENA_ARRAY(maker->scratch, rows + 2, uint32_t);
  changes->first = ARENA_ARRAY(maker->scratch, rows + 2, uint32_t);
  count_changes(index, variable, cells, changes->first + 1);
  for (uint32_t row = 0; row < rows; row++) {
    changes->first[row + 1] += changes->first[row];
    next[row] = changes->first[row];
  }
  changes->cells =
      ARENA_ARRAY(maker->scratch, changes->first[rows] + 1, uint32_t);
  list_changes(index, variable, cells, next, changes->cells);
}

static uint32_t hash_of(const uint32_t *cells, uint32_t count) {
  uint32_t hash = count;
  for (uint32_t i = 0; i < count; i++)
    hash = (hash ^ cells[i]) * 2654435761u;
  return hash ^ hash >> 15;
}

/* The thresholds whose exclusive OR is true where the bit is set. */
static void add_literal(Maker *maker, uint32_t source, const uint32_t *cells,
                        uint32_t count) {
  uint32_t first = maker->sliced->sources[source].threshold;
  SliceLiteral literal = {source, maker->thresholds.count, count};
  for (uint32_t i = 0; i < count; i++)
    VEC_PUSH(maker->scratch, &maker->thresholds,
             cells[i] ? first + cells[i] - 1 : 0);
  VEC_PUSH(maker->scratch, &maker->literals, literal);
}

static bool same_literal(const Maker *maker, const SliceLiteral *literal,
                         const uint32_t *cells, uint32_t count) {
  uint32_t first = maker->sliced->sources[literal->source].threshold;
  if (literal->count != count)
    return false;
  for (uint32_t i = 0; i < count; i++)
    if (maker->thresholds.at[literal->first + i] !=
        (cells[i] ? first + cells[i] - 1 : 0))
      return false;
  return true;
}

/* Each row that mentions the variable gets a literal, equal ones the same. */
static void name_literals(Maker *maker, const IndexVariable *variable,
                          uint32_t source, const Changes *changes) {
  const Index *index = maker->index;
  uint32_t size = 64;
  while (size < 2 * index->rows)
    size *= 2;
  uint32_t *table = ARENA_ARRAY(maker->scratch, size, uint32_t);
  for (uint32_t row = 0; row < index->rows; row++) {
    if (bit_of(index->maps + variable->none, row))
      continue;
    const uint32_t *cells = changes->cells + changes->first[row];
    uint32_t count = changes->first[row + 1] - changes->first[row];
    uint32_t at = hash_of(cells, count) % size;
    while (table[at] && !same_literal(maker, &maker->literals.at[table[at] - 1],
                                      cells, count))
      at = (at + 1) % size;
    if (!table[at]) {
      add_literal(maker, source, cells, count);
      table[at] = maker->literals.count;
    }
    VEC_PUSH(maker->scratch, &maker->pair_rows, row);
    VEC_PUSH(maker->scratch, &maker->pair_literals, table[at] - 1);
  }
}

static void sort_pairs(Maker *maker) {
  uint32_t rows = maker->index->rows, pairs = maker->pair_rows.count;
  uint32_t *next = ARENA_ARRAY(maker->scratch, rows + 2, uint32_t);
  maker->row_first = ARENA_ARRAY(maker->scratch, rows + 2, uint32_t);
  maker->row_literals = ARENA_ARRAY(maker->scratch, pairs + 1, uint32_t);
  for (uint32_t i = 0; i < pairs; i++)
    maker->row_first[maker->pair_rows.at[i] + 1]++;
  for (uint32_t row = 0; row < rows; row++) {
    maker->row_first[row + 1] += maker->row_first[row];
    next[row] = maker->row_first[row];
  }
  for (uint32_t i = 0; i < pairs; i++)
    maker->row_literals[next[maker->pair_rows.at[i]]++] =
        maker->pair_literals.at[i];
}

static void make_literals(Maker *maker) {
  const Index *index = maker->index;
  Sliced *sliced = maker->sliced;
  for (uint32_t i = 0; i < index->variable_count; i++) {
    Changes changes;
    find_changes(maker, &index->variables[i], sliced->sources[i].cells,
                 &changes);
    name_literals(maker, &index->variables[i], i, &changes);
  }
  sort_pairs(maker);
  uint32_t count = sliced->literal_count = maker->literals.count;
  uint32_t parts = maker->thresholds.count;
  sliced->literals = ARENA_ARRAY(maker->arena, count + 1, SliceLiteral);
  sliced->literal_thresholds =
      ARENA_ARRAY(maker->arena, parts + 1, uint32_t);
  if (count)
    memcpy(sliced->literals, maker->literals.at, count * sizeof(SliceLiteral));
  if (parts)
    memcpy(sliced->literal_thresholds, maker->thresholds.at,
           parts * sizeof(uint32_t));
}

/* ----------------------------------------------------------------- segments */

static uint32_t width_of(const Maker *maker, uint32_t row) {
  return maker->row_first[row + 1] - maker->row_first[row];
}

/* By the number of literals, so that each run of rows has the same. */
static void sort_rows(const Maker *maker, uint32_t *rows, uint32_t count) {
  for (uint32_t gap = count / 2; gap; gap /= 2)
    for (uint32_t i = gap; i < count; i++) {
      uint32_t row = rows[i], at = i;
      uint32_t width = width_of(maker, row);
      for (; at >= gap && width_of(maker, rows[at - gap]) > width; at -= gap)
        rows[at] = rows[at - gap];
      rows[at] = row;
    }
}

static uint32_t put_rows(const Maker *maker, const uint32_t *rows,
                         uint32_t count, uint32_t *runs) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < count;) {
    uint32_t width = width_of(maker, rows[i]), same = 0;
    while (i + same < count && width_of(maker, rows[i + same]) == width)
      same++;
    runs[at++] = width;
    runs[at++] = same;
    for (uint32_t k = 0; k < same; k++)
      for (uint32_t n = 0; n < width; n++)
        runs[at++] = maker->row_literals[maker->row_first[rows[i + k]] + n] *
                     SLICE_WORDS;
    i += same;
  }
  return at;
}

static void add_segment(Maker *maker, uint32_t *rows, uint32_t count,
                        uint32_t *used, SliceSegments *to) {
  SliceSegment *segment = &to->at[to->count++];
  uint32_t rule = maker->index->row_rule[rows[0]];
  sort_rows(maker, rows, count);
  segment->first = *used;
  *used += put_rows(maker, rows, count, to->runs + *used);
  segment->end = *used;
  segment->rule = rule;
  segment->effects = maker->index->effects[rule];
}

static void start_segments(Maker *maker, SliceSegments *to) {
  uint32_t rows = maker->index->rows;
  to->at = ARENA_ARRAY(maker->arena, rows + 1, SliceSegment);
  to->runs = ARENA_ARRAY(maker->arena, 2 * (size_t)rows + 1 +
                                           maker->pair_rows.count,
                         uint32_t);
}

static void segment_by_rule(Maker *maker) {
  const Index *index = maker->index;
  Sliced *sliced = maker->sliced;
  uint32_t used = 0;
  uint32_t *rows = ARENA_ARRAY(maker->scratch, index->rows + 1, uint32_t);
  start_segments(maker, &sliced->by_rule);
  for (uint32_t row = 0; row < index->rows;) {
    uint32_t count = 0, rule = index->row_rule[row];
    while (row < index->rows && index->row_rule[row] == rule)
      rows[count++] = row++;
    sliced->rule_slots[rule] = sliced->by_rule.count;
    add_segment(maker, rows, count, &used, &sliced->by_rule);
  }
}

/* The rows from `row` on that have the same effects; those of a rule that asks
 * for support, which may be met or not, stand alone. */
static uint32_t take_alike(const Index *index, uint32_t row, uint8_t *done,
                           uint32_t *rows) {
  uint32_t count = 0, rule = index->row_rule[row];
  unsigned effects = index->effects[rule];
  for (uint32_t i = row; i < index->rows; i++) {
    uint32_t other = index->row_rule[i];
    if ((effects & EFFECT_ASKS) && other != rule)
      break;
    if (done[i] || index->effects[other] != effects)
      continue;
    done[i] = 1;
    rows[count++] = i;
  }
  return count;
}

static void segment_by_effects(Maker *maker) {
  const Index *index = maker->index;
  uint32_t used = 0;
  uint32_t *rows = ARENA_ARRAY(maker->scratch, index->rows + 1, uint32_t);
  uint8_t *done = ARENA_ARRAY(maker->scratch, index->rows + 1, uint8_t);
  start_segments(maker, &maker->sliced->grouped);
  for (uint32_t row = 0; row < index->rows; row++) {
    if (done[row])
      continue;
    uint32_t count = take_alike(index, row, done, rows);
    add_segment(maker, rows, count, &used, &maker->sliced->grouped);
  }
}

/* --------------------------------------------------------------- exceptions */

static void order_exceptions(Maker *maker) {
  const Index *index = maker->index;
  const Inquiry *inquiry = index->inquiry;
  Sliced *sliced = maker->sliced;
  sliced->exceptions =
      ARENA_ARRAY(maker->arena, inquiry->rule_count + 1, uint32_t);
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    if (inquiry->image->rules.at[rule].kind == RULE_EXCEPTION &&
        sliced->rule_slots[rule] != NONE)
      sliced->exceptions[sliced->exception_count++] = rule;
  }
}

/* ------------------------------------------------------------------ support */

static uint32_t find_member(const Sliced *sliced, uint32_t slot, int shift) {
  for (uint32_t i = 0; i < sliced->member_count; i++)
    if (sliced->members[i].slot == slot && sliced->members[i].shift == shift)
      return i;
  return NONE;
}

/* The different people that findings ask for, each a plane. */
static void make_members(Maker *maker) {
  Sliced *sliced = maker->sliced;
  const Image *image = maker->index->inquiry->image;
  uint32_t count = image->members.count;
  sliced->members = ARENA_ARRAY(maker->arena, count + 1, SliceMember);
  sliced->member_planes = ARENA_ARRAY(maker->arena, count + 1, uint32_t);
  for (uint32_t i = 0; i < count; i++) {
    const Member *member = &image->members.at[i];
    uint32_t slot = sliced->slots[member->fact];
    bool set = image->facts.at[member->fact].type == TYPE_SET;
    int shift = set ? (int)member->value : -1;
    uint32_t found = find_member(sliced, slot, shift);
    if (found == NONE) {
      found = sliced->member_count++;
      sliced->members[found] = (SliceMember){slot, shift};
    }
    sliced->member_planes[i] = found;
  }
}

/* --------------------------------------------------------------------- room */

static uint64_t *planes(Maker *maker, size_t count) {
  return ARENA_ARRAY(maker->arena, (count + 1) * SLICE_WORDS, uint64_t);
}

static void make_room(Maker *maker) {
  Sliced *sliced = maker->sliced;
  size_t slots = sliced->slot_count + 1;
  sliced->block.values = ARENA_ARRAY(maker->arena, slots * SLICE, int64_t);
  sliced->block.raw = ARENA_ARRAY(maker->arena, slots, const void *);
  sliced->block.raw_size = ARENA_ARRAY(maker->arena, slots, uint8_t);
  sliced->block.unknown = ARENA_ARRAY(maker->arena, slots * SLICE, uint8_t);
  sliced->block.any_unknown = ARENA_ARRAY(maker->arena, slots, uint8_t);
  sliced->planes = planes(maker, sliced->thresholds);
  sliced->unknown = planes(maker, sliced->source_count);
  sliced->surely = planes(maker, sliced->literal_count);
  sliced->possibly = planes(maker, sliced->literal_count);
  for (int i = 0; i < 2; i++) {
    sliced->rules[i] = planes(maker, sliced->by_rule.count);
    sliced->displaced[i] = planes(maker, sliced->by_rule.count);
  }
  sliced->support = planes(maker, sliced->member_count);
  sliced->otherwise = planes(maker, maker->index->otherwise_count);
}

/* ----------------------------------------------------------- rules in force */

static void list_rule(Sliced *sliced, uint32_t rule, const uint64_t *plane) {
  uint32_t at = sliced->listed_count++;
  for (; at > 0 && sliced->listed[at - 1].rule > rule; at--)
    sliced->listed[at] = sliced->listed[at - 1];
  sliced->listed[at] = (SliceRule){rule, plane};
}

static void list_planes(Maker *maker) {
  Sliced *sliced = maker->sliced;
  const Index *index = maker->index;
  sliced->listed =
      ARENA_ARRAY(maker->arena,
                  sliced->by_rule.count + index->otherwise_count + 1,
                  SliceRule);
  for (uint32_t i = 0; i < sliced->by_rule.count; i++)
    list_rule(sliced, sliced->by_rule.at[i].rule,
              sliced->rules[0] + (size_t)i * SLICE_WORDS);
  for (uint32_t i = 0; i < index->otherwise_count; i++)
    list_rule(sliced, index->otherwise[i],
              sliced->otherwise + (size_t)i * SLICE_WORDS);
}

/* The situation of a bit of a plane: see planes_of in sliced_body.h. */
static inline uint32_t situation_of(uint32_t word, uint64_t bits) {
  uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(bits);
  return 64 * (at % 8) + at / 8;
}

void sliced_count_rules(const Sliced *sliced, uint32_t *counts) {
  for (uint32_t i = 0; i < sliced->listed_count; i++)
    for (uint32_t w = 0; w < SLICE_WORDS; w++)
      for (uint64_t bits = sliced->listed[i].in_force[w]; bits;
           bits &= bits - 1)
        counts[situation_of(w, bits)]++;
}

void sliced_list_rules(const Sliced *sliced, uint32_t situations,
                       uint32_t *next, uint32_t *rules) {
  for (uint32_t i = 0; i < sliced->listed_count; i++)
    for (uint32_t w = 0; w < SLICE_WORDS; w++)
      for (uint64_t bits = sliced->listed[i].in_force[w]; bits;
           bits &= bits - 1) {
        uint32_t situation = situation_of(w, bits);
        if (situation < situations)
          rules[next[situation]++] = sliced->listed[i].rule;
      }
}

bool sliced_make(Arena *arena, Arena *scratch, const Packed *packed,
                 Sliced *sliced) {
  Maker maker = {.arena = arena, .scratch = scratch, .packed = packed,
                 .index = &packed->index, .sliced = sliced};
  uint32_t rules = packed->inquiry.image->rules.count;
  *sliced = (Sliced){.packed = packed};
  if (packed->index.coded_count)
    return false;
  sliced->rule_slots = ARENA_ARRAY(arena, rules + 1, uint32_t);
  for (uint32_t i = 0; i < rules; i++)
    sliced->rule_slots[i] = NONE;
  make_sources(&maker);
  make_literals(&maker);
  segment_by_rule(&maker);
  segment_by_effects(&maker);
  order_exceptions(&maker);
  make_members(&maker);
  make_room(&maker);
  list_planes(&maker);
  for (int number = 0; sliced_form(number); number++)
    sliced->form = sliced_form(number);
  return true;
}

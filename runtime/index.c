#include "runtime/index.h"

#include <string.h>

#include "runtime/rows.h"

/* ------------------------------------------------------------------- making */

/* The rules whose applying may matter, in rising order. */
static bool is_indexed(const Inquiry *inquiry, uint32_t rule) {
  return inquiry->in_scope[rule] &&
         inquiry->dates[rule] == STANDING_IN_FORCE &&
         inquiry->image->rules.at[rule].kind != RULE_OTHERWISE;
}

static RowList rule_rows(const Inquiry *inquiry, const RowTable *table,
                         uint32_t rule) {
  static Row always;
  uint32_t condition = inquiry->image->rules.at[rule].condition;
  if (condition == NONE)
    return (RowList){&always, 1, false};
  return table->holds[inquiry->image->nodes.at[condition].reg];
}

static void count_rows(const Inquiry *inquiry, const RowTable *table,
                       Index *index) {
  for (uint32_t i = 0; i < inquiry->image->rules.count; i++) {
    if (!is_indexed(inquiry, i))
      continue;
    RowList list = rule_rows(inquiry, table, i);
    index->rows += list.too_many ? 0 : list.count;
    index->coded_count += list.too_many;
    index->has_exceptions |=
        inquiry->image->rules.at[i].kind == RULE_EXCEPTION;
  }
  /* Past one lane, as many as the widest vectors take at once. */
  index->words = index->rows <= 256 ? 4 : (index->rows + 511) / 512 * 8;
}

/* Gives each mentioned variable its bitmaps, which are filled in later. */
static void make_maps(Arena *arena, const Grid *grid, const uint8_t *mentioned,
                      Index *index) {
  uint32_t maps = 0, count = grid->image->variables.count;
  index->variables = ARENA_ARRAY(arena, count + 1, IndexVariable);
  for (uint32_t i = 0; i < count; i++) {
    if (!mentioned[i])
      continue;
    index->variables[index->variable_count++] = (IndexVariable){
        i, maps * index->words,
        (maps + grid->variables[i].cells) * index->words};
    maps += grid->variables[i].cells + 1;
  }
  index->map_count = maps;
  index->maps = ARENA_ARRAY(arena, (size_t)maps * index->words + 1, uint64_t);
  index->all = ARENA_ARRAY(arena, index->words + 1, uint64_t);
  for (uint32_t row = 0; row < index->rows; row++)
    index->all[row / 64] |= UINT64_C(1) << (row % 64);
}

/* The bitmaps are made a word at a time, which is 64 rows.  Of those, `turns`
 * has for each bitmap the rows that differ there from the bitmap before it: a
 * literal of many cells mostly has two turns. */
typedef struct Filler {
  Index *index;
  const uint32_t *slots; /* of each variable of the image */
  uint64_t *turns;
  uint32_t next;         /* the row that comes next */
} Filler;

static void put_literal(Filler *filler, const RowLiteral *literal) {
  const Index *index = filler->index;
  const IndexVariable *variable =
      &index->variables[filler->slots[literal->variable]];
  const GridVariable *grid =
      &index->inquiry->grid.variables[literal->variable];
  uint64_t *turns = filler->turns + variable->maps / index->words;
  uint64_t row = UINT64_C(1) << (filler->next % 64), before = 1;
  for (uint32_t i = 0; i < grid->words; i++) {
    uint64_t mask = literal->mask[i];
    uint64_t turned = mask ^ (mask << 1 | before);
    before = mask >> 63;
    for (; turned; turned &= turned - 1) {
      uint32_t cell = 64 * i + (uint32_t)__builtin_ctzll(turned);
      if (cell < grid->cells)
        turns[cell] ^= row;
    }
  }
  turns[grid->cells] |= row;
}

/* Writes the word that is complete; rows that a variable is not mentioned in
 * are refuted by none of its cells. */
static void put_word(Filler *filler, uint32_t word) {
  Index *index = filler->index;
  for (uint32_t i = 0; i < index->variable_count; i++) {
    const IndexVariable *variable = &index->variables[i];
    uint32_t cells = index->inquiry->grid.variables[variable->variable].cells;
    uint64_t *turns = filler->turns + variable->maps / index->words;
    uint64_t *map = index->maps + variable->maps + word, rows = UINT64_MAX;
    for (uint32_t cell = 0; cell < cells; cell++, map += index->words) {
      rows ^= turns[cell];
      *map = rows;
    }
    *map = ~turns[cells];
    memset(turns, 0, (cells + 1) * sizeof *turns);
  }
}

static void index_rule(Filler *filler, const RowList *list, uint32_t rule) {
  for (uint32_t i = 0; i < list->count; i++) {
    const Row *row = &list->rows[i];
    for (uint32_t k = 0; k < row->count; k++)
      put_literal(filler, &row->literals[k]);
    filler->index->row_rule[filler->next++] = rule;
    if (filler->next % 64 == 0)
      put_word(filler, filler->next / 64 - 1);
  }
}

static void mark_mentioned(const RowList *list, uint8_t *mentioned) {
  for (uint32_t i = 0; i < list->count; i++)
    for (uint32_t k = 0; k < list->rows[i].count; k++)
      mentioned[list->rows[i].literals[k].variable] = 1;
}

static void index_rules(Filler *filler, const RowTable *table,
                        uint8_t *wanted) {
  Index *index = filler->index;
  const Inquiry *inquiry = index->inquiry;
  uint32_t coded = 0;
  for (uint32_t i = 0; i < inquiry->image->rules.count; i++) {
    if (!is_indexed(inquiry, i))
      continue;
    RowList list = rule_rows(inquiry, table, i);
    if (!list.too_many) {
      index_rule(filler, &list, i);
      continue;
    }
    uint32_t condition = inquiry->image->rules.at[i].condition;
    wanted[inquiry->image->nodes.at[condition].reg] = 1;
    index->coded_rules[coded++] = i;
  }
  for (uint32_t word = filler->next / 64; word < index->words; word++)
    put_word(filler, word);
}

static uint16_t rule_effects(const Rule *rule) {
  unsigned asks = rule->who.count ? (unsigned)EFFECT_ASKS : 0u;
  if (rule->kind == RULE_HOLDING_BACK)
    return EFFECT_HARM;
  if (rule->kind == RULE_EMERGENCY)
    return EFFECT_EMERGENCY;
  if (rule->kind == RULE_OTHERWISE)
    return (uint16_t)(1u << rule->finding | asks);
  if (!rule_gives_finding(rule))
    return 0;
  unsigned layer = (unsigned)EFFECT_LAYER << rule->layer;
  return (uint16_t)(1u << rule->finding | layer | asks);
}

/* What a decision needs of each rule, and where each stands in the order. */
static void describe_rules(Arena *arena, Index *index) {
  const Inquiry *inquiry = index->inquiry;
  uint32_t count = inquiry->image->rules.count;
  index->effects = ARENA_ARRAY(arena, count + 1, uint16_t);
  index->ranks = ARENA_ARRAY(arena, count + 1, uint32_t);
  index->otherwise = ARENA_ARRAY(arena, count + 1, uint32_t);
  for (uint32_t i = 0; i < inquiry->rule_count; i++)
    index->ranks[inquiry->rules[i]] = i;
  for (uint32_t i = 0; i < count; i++) {
    const Rule *rule = &inquiry->image->rules.at[i];
    index->effects[i] = rule_effects(rule);
    if (rule->kind == RULE_OTHERWISE && inquiry->in_scope[i])
      index->otherwise[index->otherwise_count++] = i;
  }
}

void index_make(Arena *arena, Arena *scratch, const Inquiry *inquiry,
                Index *index) {
  const Image *image = inquiry->image;
  RowTable table;
  uint8_t *conditions =
      ARENA_ARRAY(scratch, image->policy.at[0].registers + 1, uint8_t);
  *index = (Index){.inquiry = inquiry};
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (is_indexed(inquiry, i) && image->rules.at[i].condition != NONE)
      conditions[image->nodes.at[image->rules.at[i].condition].reg] = 1;
  rows_make(scratch, &inquiry->grid, ROWS_MOST, conditions, &table);
  count_rows(inquiry, &table, index);
  uint8_t *mentioned =
      ARENA_ARRAY(scratch, image->variables.count + 1, uint8_t);
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (is_indexed(inquiry, i)) {
      RowList list = rule_rows(inquiry, &table, i);
      mark_mentioned(&list, mentioned);
    }
  make_maps(arena, &inquiry->grid, mentioned, index);
  index->row_rule = ARENA_ARRAY(arena, index->rows + 1, uint32_t);
  index->coded_rules = ARENA_ARRAY(arena, index->coded_count + 1, uint32_t);
  uint32_t *slots = ARENA_ARRAY(scratch, image->variables.count + 1, uint32_t);
  for (uint32_t i = 0; i < index->variable_count; i++)
    slots[index->variables[i].variable] = i;
  uint8_t *wanted =
      ARENA_ARRAY(scratch, image->policy.at[0].registers + 1, uint8_t);
  Filler filler = {index, slots, NULL, 0};
  filler.turns = ARENA_ARRAY(scratch, index->map_count + 1, uint64_t);
  index_rules(&filler, &table, wanted);
  if (index->coded_count)
    program_make(arena, image, wanted, &index->coded);
  describe_rules(arena, index);
}

void index_codes(const Grid *grid, const Cells *cells, uint16_t *codes) {
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    const GridVariable *variable = &grid->variables[i];
    uint32_t count = cells_count(cells, variable);
    codes[i] = count == 1 ? (uint16_t)cells_next(cells, variable, 0)
               : count == variable->cells ? CELL_ANY
                                          : CELL_SEVERAL;
  }
}

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

/* Gives each mentioned variable its bitmaps: every row refuted by no cell. */
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
  size_t words = (size_t)maps * index->words;
  index->maps = ARENA_ARRAY(arena, words + 1, uint64_t);
  memset(index->maps, 0xff, words * sizeof *index->maps);
  index->all = ARENA_ARRAY(arena, index->words + 1, uint64_t);
  for (uint32_t row = 0; row < index->rows; row++)
    index->all[row / 64] |= UINT64_C(1) << (row % 64);
}

static void refute(Index *index, uint32_t map, uint32_t row) {
  index->maps[map + row / 64] &= ~(UINT64_C(1) << (row % 64));
}

static void index_literal(Index *index, const RowLiteral *literal,
                          const IndexVariable *variable, uint32_t row) {
  const GridVariable *grid =
      &index->inquiry->grid.variables[literal->variable];
  for (uint32_t cell = 0; cell < grid->cells; cell++)
    if (!(literal->mask[cell / 64] >> (cell % 64) & 1))
      refute(index, variable->maps + cell * index->words, row);
  refute(index, variable->none, row);
}

static void index_rule(Index *index, const RowList *list, uint32_t rule,
                       const uint32_t *slots, uint32_t *next) {
  for (uint32_t i = 0; i < list->count; i++) {
    const Row *row = &list->rows[i];
    for (uint32_t k = 0; k < row->count; k++)
      index_literal(index, &row->literals[k],
                    &index->variables[slots[row->literals[k].variable]],
                    *next);
    index->row_rule[(*next)++] = rule;
  }
}

static void mark_mentioned(const RowList *list, uint8_t *mentioned) {
  for (uint32_t i = 0; i < list->count; i++)
    for (uint32_t k = 0; k < list->rows[i].count; k++)
      mentioned[list->rows[i].literals[k].variable] = 1;
}

static void index_rules(Index *index, const RowTable *table,
                        const uint32_t *slots, uint8_t *wanted) {
  const Inquiry *inquiry = index->inquiry;
  uint32_t next = 0, coded = 0;
  for (uint32_t i = 0; i < inquiry->image->rules.count; i++) {
    if (!is_indexed(inquiry, i))
      continue;
    RowList list = rule_rows(inquiry, table, i);
    if (!list.too_many) {
      index_rule(index, &list, i, slots, &next);
      continue;
    }
    uint32_t condition = inquiry->image->rules.at[i].condition;
    wanted[inquiry->image->nodes.at[condition].reg] = 1;
    index->coded_rules[coded++] = i;
  }
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
  *index = (Index){.inquiry = inquiry};
  rows_make(scratch, &inquiry->grid, ROWS_MOST, &table);
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
  index_rules(index, &table, slots, wanted);
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

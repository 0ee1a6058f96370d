#include "runtime/rows.h"

#include <string.h>

#include "runtime/machine.h"
#include "runtime/opcode.h"

#define OPERANDS_MOST 14 /* of a count that is expanded */
#define SINGLE_MOST 64   /* literals that are put in order one by one */

typedef struct Maker {
  Arena *arena;
  const Grid *grid;
  RowTable *table;
  uint32_t most; /* rows of one list */
} Maker;

static const RowList too_many = {NULL, 0, true};

static RowList always(Maker *maker) {
  return (RowList){ARENA_NEW(maker->arena, Row), 1, false};
}

/* ----------------------------------------------------------------- literals */

/* A mask with those cells of `a` that are in `b`; NULL if none are. */
static const uint64_t *both_masks(Maker *maker, uint32_t variable,
                                  const uint64_t *a, const uint64_t *b) {
  uint32_t words = maker->grid->variables[variable].words;
  uint64_t *mask = ARENA_ARRAY(maker->arena, words, uint64_t), any = 0;
  for (uint32_t i = 0; i < words; i++)
    any |= mask[i] = a[i] & b[i];
  return any ? mask : NULL;
}

static const uint64_t *other_cells(Maker *maker, uint32_t variable,
                                   const uint64_t *mask) {
  const GridVariable *one = &maker->grid->variables[variable];
  uint64_t *other = ARENA_ARRAY(maker->arena, one->words, uint64_t), any = 0;
  for (uint32_t i = 0; i < one->words; i++)
    other[i] = ~mask[i];
  if (one->cells % 64)
    other[one->words - 1] &= (UINT64_C(1) << (one->cells % 64)) - 1;
  for (uint32_t i = 0; i < one->words; i++)
    any |= other[i];
  return any ? other : NULL;
}

static bool some_cells(const uint64_t *mask, uint32_t words) {
  uint64_t any = 0;
  for (uint32_t i = 0; i < words; i++)
    any |= mask[i];
  return any != 0;
}

/* One row of one literal; none if the mask is empty. */
static RowList one_literal(Maker *maker, uint32_t variable,
                           const uint64_t *mask) {
  if (!mask)
    return (RowList){0};
  RowList list = always(maker);
  list.rows[0].literals = ARENA_NEW(maker->arena, RowLiteral);
  list.rows[0].literals[0] = (RowLiteral){variable, mask};
  list.rows[0].count = 1;
  return list;
}

static void expand_test(Maker *maker, uint32_t test, RowList *holds,
                        RowList *fails) {
  const Grid *grid = maker->grid;
  uint32_t variable = grid->image->tests.at[test].variable;
  const uint64_t *mask = grid->masks + grid->mask_at[test];
  const uint64_t *other = other_cells(maker, variable, mask);
  bool some = some_cells(mask, grid->variables[variable].words);
  /* On a given day a test of dates may be true or false of every day. */
  *holds = other ? one_literal(maker, variable, some ? mask : NULL)
                 : always(maker);
  *fails = some ? one_literal(maker, variable, other) : always(maker);
}

/* --------------------------------------------------------- joining of lists */

/* The row that is true where a and b both are; false if there is none. */
static bool join_rows(Maker *maker, const Row *a, const Row *b, Row *row) {
  row->literals =
      ARENA_ARRAY(maker->arena, a->count + b->count + 1, RowLiteral);
  row->count = 0;
  uint32_t i = 0, j = 0;
  while (i < a->count || j < b->count) {
    RowLiteral next;
    if (j == b->count || (i < a->count && a->literals[i].variable <
                                              b->literals[j].variable))
      next = a->literals[i++];
    else if (i == a->count ||
             b->literals[j].variable < a->literals[i].variable)
      next = b->literals[j++];
    else {
      next = a->literals[i];
      next.mask = both_masks(maker, next.variable, a->literals[i++].mask,
                             b->literals[j++].mask);
    }
    if (!next.mask)
      return false;
    row->literals[row->count++] = next;
  }
  return true;
}

static RowList all_of(Maker *maker, const RowList *a, const RowList *b) {
  RowList list = {0};
  if (a->too_many || b->too_many)
    return too_many;
  if (a->count == 1 && a->rows[0].count == 0)
    return *b;
  uint32_t most = a->count * b->count;
  list.rows = ARENA_ARRAY(maker->arena, most < maker->most ? most : maker->most,
                          Row);
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t j = 0; j < b->count; j++) {
      if (list.count == maker->most)
        return too_many;
      list.count += join_rows(maker, &a->rows[i], &b->rows[j],
                              &list.rows[list.count]);
    }
  return list;
}

static RowList any_of(Maker *maker, const RowList *a, const RowList *b) {
  if (a->too_many || b->too_many || a->count + b->count > maker->most)
    return too_many;
  if (!a->count)
    return *b;
  RowList list = {ARENA_ARRAY(maker->arena, a->count + b->count, Row),
                  a->count + b->count, false};
  memcpy(list.rows, a->rows, a->count * sizeof(Row));
  if (b->count)
    memcpy(list.rows + a->count, b->rows, b->count * sizeof(Row));
  return list;
}

/* All of them where each is one row of one literal, each of another variable;
 * false otherwise. */
static bool join_single(Maker *maker, const uint32_t *at, const RowList *from,
                        RowList *list) {
  uint32_t count = at[2];
  for (uint32_t i = 0; i < count; i++) {
    const RowList *one = &from[at[3 + i]];
    if (one->too_many || one->count != 1 || one->rows[0].count != 1)
      return false;
  }
  RowLiteral *literals = ARENA_ARRAY(maker->arena, count + 1, RowLiteral);
  for (uint32_t i = 0; i < count; i++) {
    RowLiteral next = from[at[3 + i]].rows[0].literals[0];
    uint32_t to = i;
    for (; to > 0 && literals[to - 1].variable >= next.variable; to--) {
      if (literals[to - 1].variable == next.variable)
        return false;
      literals[to] = literals[to - 1];
    }
    literals[to] = next;
  }
  *list = always(maker);
  list->rows[0] = (Row){literals, count};
  return true;
}

/* All, or any, of the listed registers' rows in `from`. */
static RowList join_all(Maker *maker, const uint32_t *at, const RowList *from) {
  RowList list;
  if (at[2] <= SINGLE_MOST && join_single(maker, at, from, &list))
    return list;
  list = always(maker);
  for (uint32_t i = 0; i < at[2]; i++)
    list = all_of(maker, &list, &from[at[3 + i]]);
  return list;
}

static RowList join_any(Maker *maker, const uint32_t *at, const RowList *from) {
  RowList list = {0};
  for (uint32_t i = 0; i < at[2]; i++)
    list = any_of(maker, &list, &from[at[3 + i]]);
  return list;
}

/* ------------------------------------------------------------------- counts */

static uint64_t weight_of(const uint32_t *at, uint32_t chosen) {
  uint64_t weight = 0;
  for (uint32_t i = 0; i < at[4]; i++)
    weight += chosen >> i & 1 ? at[6 + 2 * i] : 0;
  return weight;
}

/* Does the choice reach `least`, and no smaller one? */
static bool is_minimal(const uint32_t *at, uint32_t chosen, uint64_t least) {
  if (weight_of(at, chosen) < least)
    return false;
  for (uint32_t i = 0; i < at[4]; i++)
    if (chosen >> i & 1 && weight_of(at, chosen & ~(1u << i)) >= least)
      return false;
  return true;
}

/* Where the operands whose rows are in `from` weigh `least` or more. */
static RowList reach(Maker *maker, const uint32_t *at, const RowList *from,
                     uint64_t least) {
  RowList list = {0};
  if (at[4] > OPERANDS_MOST)
    return too_many;
  for (uint32_t chosen = 0; chosen < 1u << at[4]; chosen++) {
    if (!is_minimal(at, chosen, least))
      continue;
    RowList one = always(maker);
    for (uint32_t i = 0; i < at[4]; i++)
      if (chosen >> i & 1)
        one = all_of(maker, &one, &from[at[5 + 2 * i]]);
    list = any_of(maker, &list, &one);
  }
  return list;
}

/* From at[2] to at[3]: at least the one is true, and so much is false that no
 * more than the other can be. */
static void expand_count(Maker *maker, const uint32_t *at, RowList *holds,
                         RowList *fails) {
  const RowTable *table = maker->table;
  if (at[4] > OPERANDS_MOST) {
    *holds = *fails = too_many;
    return;
  }
  uint64_t all = weight_of(at, (1u << at[4]) - 1);
  uint64_t spare = all > at[3] ? all - at[3] : 0;
  RowList enough = reach(maker, at, table->holds, at[2]);
  RowList few = reach(maker, at, table->fails, spare);
  uint64_t lacks = all + 1 > at[2] ? all + 1 - at[2] : 0;
  RowList too_few = reach(maker, at, table->fails, lacks);
  RowList too_much = reach(maker, at, table->holds, (uint64_t)at[3] + 1);
  *holds = all_of(maker, &enough, &few);
  *fails = any_of(maker, &too_few, &too_much);
}

/* ------------------------------------------------------------------- making */

/* What is wanted of a register. */
enum { WANT_HOLDS = 1, WANT_FAILS = 2, WANT_BOTH = 3 };

static void expand(Maker *maker, const uint32_t *at, unsigned want) {
  RowTable *table = maker->table;
  RowList *holds = &table->holds[at[1]], *fails = &table->fails[at[1]];
  switch ((Opcode)at[0]) {
  case OP_TEST:
    expand_test(maker, at[2], holds, fails);
    break;
  case OP_NOT:
    *holds = table->fails[at[2]];
    *fails = table->holds[at[2]];
    break;
  case OP_ALL:
    if (want & WANT_HOLDS)
      *holds = join_all(maker, at, table->holds);
    if (want & WANT_FAILS)
      *fails = join_any(maker, at, table->fails);
    break;
  case OP_ANY:
    if (want & WANT_HOLDS)
      *holds = join_any(maker, at, table->holds);
    if (want & WANT_FAILS)
      *fails = join_all(maker, at, table->fails);
    break;
  case OP_COUNT:
    expand_count(maker, at, holds, fails);
    break;
  }
}

/* Wants of an instruction's operands what it rests on. */
static void want_operands(const uint32_t *at, uint8_t *wants) {
  uint8_t want = wants[at[1]];
  if (at[0] == OP_NOT)
    wants[at[2]] |= (uint8_t)((want & 1) << 1 | want >> 1);
  if (at[0] == OP_ALL || at[0] == OP_ANY)
    for (uint32_t i = 0; i < at[2]; i++)
      wants[at[3 + i]] |= want;
  if (at[0] == OP_COUNT)
    for (uint32_t i = 0; want && i < at[4]; i++)
      wants[at[5 + 2 * i]] |= WANT_BOTH;
}

void rows_make(Arena *arena, const Grid *grid, uint32_t most,
               const uint8_t *wanted, RowTable *table) {
  Maker maker = {arena, grid, table, most};
  uint32_t registers = grid->image->policy.at[0].registers, count = 0;
  const uint32_t *code = grid->image->code.at;
  uint32_t *starts = ARENA_ARRAY(arena, registers + 1, uint32_t);
  uint8_t *wants = ARENA_ARRAY(arena, registers + 1, uint8_t);
  table->holds = ARENA_ARRAY(arena, registers + 1, RowList);
  table->fails = ARENA_ARRAY(arena, registers + 1, RowList);
  for (uint32_t i = 0; i < registers; i++)
    wants[i] = !wanted ? WANT_BOTH : wanted[i] ? WANT_HOLDS : 0;
  /* Each instruction writes one register, and rests on earlier ones. */
  for (uint32_t at = 0; at < grid->image->code.count;
       at += instruction_length(code + at))
    starts[count++] = at;
  for (uint32_t i = count; i-- > 0;)
    want_operands(code + starts[i], wants);
  for (uint32_t i = 0; i < count; i++)
    if (wants[code[starts[i] + 1]])
      expand(&maker, code + starts[i], wants[code[starts[i] + 1]]);
}

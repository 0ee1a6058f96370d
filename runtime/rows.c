#include "runtime/rows.h"

#include <string.h>

#include "runtime/machine.h"
#include "runtime/opcode.h"

#define SHORT_MOST 8     /* literals of a row that is short */
#define LONG_LIST 64     /* rows of a list that is worth to be made shorter */

typedef struct Maker {
  Arena *arena;
  const Grid *grid;
  RowTable *table;
  uint32_t most; /* rows of one list */
} Maker;

/* What is wanted of a register. */
enum { WANT_HOLDS = 1, WANT_FAILS = 2, WANT_BOTH = 3 };

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
  uint64_t *other = ARENA_ARRAY(maker->arena, one->words, uint64_t);
  for (uint32_t i = 0; i < one->words; i++)
    other[i] = ~mask[i];
  if (one->cells % 64)
    other[one->words - 1] &= (UINT64_C(1) << (one->cells % 64)) - 1;
  return other;
}

/* One row of one literal. */
static RowList one_literal(Maker *maker, uint32_t variable,
                           const uint64_t *mask) {
  typedef struct Single {
    Row row;
    RowLiteral literal;
  } Single;
  Single *one = ARENA_NEW(maker->arena, Single);
  one->literal = (RowLiteral){variable, mask};
  one->row = (Row){&one->literal, 1};
  return (RowList){&one->row, 1, false};
}

/* Where a test holds, or where it fails. */
static RowList test_rows(Maker *maker, uint32_t test, bool holds) {
  const Grid *grid = maker->grid;
  uint32_t variable = grid->image->tests.at[test].variable;
  const uint64_t *mask = grid->masks + grid->mask_at[test];
  TestCells cells = grid_test_cells(grid, test);
  if (cells != CELLS_SOME)
    return holds == (cells == CELLS_EVERY) ? always(maker) : (RowList){0};
  return one_literal(maker, variable,
                     holds ? mask : other_cells(maker, variable, mask));
}

static uint32_t slot_of(const RowTable *table, uint32_t reg) {
  return table->slots ? table->slots[reg] : reg;
}

/* Where a register holds, or where it fails. */
static const RowList *rows_of(const Maker *maker, uint32_t reg, bool holds) {
  const RowTable *table = maker->table;
  return &(holds ? table->holds : table->fails)[slot_of(table, reg)];
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

/* ------------------------------------------------------- shorter lists */

/* Is `outer` true wherever `inner` is?  Then each of its literals has one of
 * the same variable within it. */
static bool row_within(const Grid *grid, const Row *inner, const Row *outer) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < outer->count; i++) {
    const RowLiteral *wide = &outer->literals[i];
    while (at < inner->count && inner->literals[at].variable < wide->variable)
      at++;
    if (at == inner->count || inner->literals[at].variable != wide->variable)
      return false;
    const uint64_t *mask = inner->literals[at].mask;
    for (uint32_t w = 0; w < grid->variables[wide->variable].words; w++)
      if (mask[w] & ~wide->mask[w]) return false;
  }
  return true;
}

/* Which variables a row has, as bits that some may share. */
static uint64_t row_variables(const Row *row) {
  uint64_t bits = 0;
  for (uint32_t i = 0; i < row->count; i++)
    bits |= UINT64_C(1) << (row->literals[i].variable % 64);
  return bits;
}

/* Leaves out rows that lie within another.  Of most pairs the variables tell
 * that they do not. */
static void absorb(const Maker *maker, RowList *list) {
  ArenaMark mark = arena_mark(maker->arena);
  uint64_t *has = ARENA_ARRAY(maker->arena, list->count + 1, uint64_t);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    const Row one = list->rows[i];
    uint64_t own = row_variables(&one);
    uint32_t still = 0;
    bool within = false;
    for (uint32_t k = 0; k < kept && !within; k++)
      within = !(has[k] & ~own) &&
               row_within(maker->grid, &one, &list->rows[k]);
    if (within) continue;
    for (uint32_t k = 0; k < kept; k++) {
      if (!(own & ~has[k]) &&
          row_within(maker->grid, &list->rows[k], &one))
        continue;
      has[still] = has[k];
      list->rows[still++] = list->rows[k];
    }
    has[still] = own;
    list->rows[still++] = one;
    kept = still;
  }
  list->count = kept;
  arena_back(maker->arena, mark);
}

/* Makes room in a list that is full; false if there is little. */
static bool make_room(const Maker *maker, RowList *list) {
  if (maker->most <= LONG_LIST) return false;
  absorb(maker, list);
  return list->count <= maker->most / 2;
}

static RowList shorter(const Maker *maker, RowList list) {
  if (list.count > LONG_LIST) absorb(maker, &list);
  return list;
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
      if (list.count == maker->most && !make_room(maker, &list))
        return too_many;
      list.count += join_rows(maker, &a->rows[i], &b->rows[j],
                              &list.rows[list.count]);
    }
  return a->count > 1 && b->count > 1 ? shorter(maker, list) : list;
}

/* How many rows a list of so many has room for. */
static size_t room_for(uint32_t count) {
  size_t room = 1;
  while (room < count) room *= 2;
  return count ? room : 0;
}

/* Adds the rows of `more` to a list that only this adds to. */
static void add_rows(Maker *maker, RowList *list, const RowList *more) {
  bool fits = list->count + more->count <= maker->most ||
              (make_room(maker, list) &&
               list->count + more->count <= maker->most);
  if (list->too_many || more->too_many || !fits) {
    *list = too_many;
    return;
  }
  size_t room = room_for(list->count), wanted = room_for(list->count +
                                                         more->count);
  if (wanted > room)
    list->rows = arena_grow(maker->arena, list->rows, room * sizeof(Row),
                            wanted * sizeof(Row));
  if (more->count)
    memcpy(list->rows + list->count, more->rows, more->count * sizeof(Row));
  list->count += more->count;
}

/* Adds a literal to a row that has room for it; false if nothing is left. */
static bool add_literal(Maker *maker, Row *row, RowLiteral next) {
  uint32_t at = row->count;
  for (; at > 0 && row->literals[at - 1].variable > next.variable; at--) {}
  RowLiteral *same = at > 0 ? &row->literals[at - 1] : NULL;
  if (same && same->variable == next.variable) {
    same->mask = both_masks(maker, next.variable, same->mask, next.mask);
    return same->mask != NULL;
  }
  memmove(row->literals + at + 1, row->literals + at,
          (row->count - at) * sizeof next);
  row->literals[at] = next;
  row->count++;
  return true;
}

/* Is it one row, and so short that literals are put in order one by one? */
static bool is_short(const RowList *list) {
  return list->count == 1 && list->rows[0].count <= SHORT_MOST;
}

/* The row of all those that are one short row each: most conditions are all of
 * some tests.  NULL if it is never true. */
static Row *join_short(Maker *maker, const uint32_t *at, bool holds) {
  uint32_t room = 0;
  for (uint32_t i = 0; i < at[2]; i++) {
    const RowList *list = rows_of(maker, at[3 + i], holds);
    room += is_short(list) ? list->rows[0].count : 0;
  }
  Row *row = ARENA_NEW(maker->arena, Row);
  row->literals = ARENA_ARRAY(maker->arena, room + 1, RowLiteral);
  for (uint32_t i = 0; i < at[2]; i++) {
    const RowList *list = rows_of(maker, at[3 + i], holds);
    for (uint32_t k = 0; is_short(list) && k < list->rows[0].count; k++)
      if (!add_literal(maker, row, list->rows[0].literals[k])) return NULL;
  }
  return row;
}

/* Where all, or any, of the listed registers hold, or fail. */
static RowList join_all(Maker *maker, const uint32_t *at, bool holds) {
  for (uint32_t i = 0; i < at[2]; i++)
    if (rows_of(maker, at[3 + i], holds)->too_many) return too_many;
  RowList list = {join_short(maker, at, holds), 1, false};
  if (!list.rows) return (RowList){0};
  for (uint32_t i = 0; i < at[2]; i++) {
    const RowList *next = rows_of(maker, at[3 + i], holds);
    if (!is_short(next)) list = all_of(maker, &list, next);
  }
  return list;
}

static RowList join_any(Maker *maker, const uint32_t *at, bool holds) {
  RowList list = {0};
  for (uint32_t i = 0; i < at[2]; i++)
    add_rows(maker, &list, rows_of(maker, at[3 + i], holds));
  return shorter(maker, list);
}

/* ------------------------------------------------------------------- counts */

/* The operands of a count, the weightiest first. */
typedef struct Operands {
  uint32_t *regs;
  uint64_t *weights, *rest; /* what each and those after it weigh */
  uint32_t count;
} Operands;

static void operands_make(Maker *maker, const uint32_t *at, Operands *made) {
  uint32_t count = at[4];
  *made = (Operands){ARENA_ARRAY(maker->arena, count + 1, uint32_t),
                     ARENA_ARRAY(maker->arena, count + 1, uint64_t),
                     ARENA_ARRAY(maker->arena, count + 1, uint64_t), count};
  for (uint32_t i = 0; i < count; i++) {
    uint64_t weight = at[6 + 2 * i];
    uint32_t to = i;
    for (; to > 0 && made->weights[to - 1] < weight; to--) {
      made->weights[to] = made->weights[to - 1];
      made->regs[to] = made->regs[to - 1];
    }
    made->weights[to] = weight;
    made->regs[to] = at[5 + 2 * i];
  }
  for (uint32_t i = count; i-- > 0;)
    made->rest[i] = made->rest[i + 1] + made->weights[i];
}

/* Where the operands that hold, or fail, weigh `least` or more: all choices
 * that do and of which each operand is needed.  As a choice takes the
 * weightier ones first and ends where it suffices, none could be left out. */
static RowList reach(Maker *maker, const Operands *all, bool holds,
                     uint64_t least) {
  uint32_t *chosen = ARENA_ARRAY(maker->arena, all->count + 1, uint32_t);
  RowList *where = ARENA_ARRAY(maker->arena, all->count + 1, RowList);
  RowList list = {0};
  uint32_t depth = 0, next = 0;
  uint64_t weight = 0;
  where[0] = always(maker);
  if (least == 0) return where[0];
  while (!list.too_many) {
    if (next < all->count && weight + all->rest[next] >= least) {
      RowList one = all_of(maker, &where[depth],
                           rows_of(maker, all->regs[next], holds));
      if (weight + all->weights[next] >= least) {
        add_rows(maker, &list, &one);
      } else if (one.count || one.too_many) {
        chosen[depth++] = next;
        where[depth] = one;
        weight += all->weights[next];
      }
      next++;
    } else if (depth) {
      next = chosen[--depth];
      weight -= all->weights[next++];
    } else {
      break;
    }
  }
  return shorter(maker, list);
}

/* From at[2] to at[3]: at least the one is true, and so much is false that no
 * more than the other can be. */
static void expand_count(Maker *maker, const uint32_t *at, RowList *holds,
                         RowList *fails) {
  Operands all;
  operands_make(maker, at, &all);
  uint64_t weight = all.rest[0];
  uint64_t spare = weight > at[3] ? weight - at[3] : 0;
  RowList enough = reach(maker, &all, true, at[2]);
  RowList few = reach(maker, &all, false, spare);
  uint64_t lacks = weight + 1 > at[2] ? weight + 1 - at[2] : 0;
  RowList too_few = reach(maker, &all, false, lacks);
  RowList too_much = reach(maker, &all, true, (uint64_t)at[3] + 1);
  *holds = all_of(maker, &enough, &few);
  add_rows(maker, &too_few, &too_much);
  *fails = shorter(maker, too_few);
}

/* ------------------------------------------------------------------- making */

static void expand(Maker *maker, const uint32_t *at, unsigned want) {
  RowTable *table = maker->table;
  RowList *holds = &table->holds[slot_of(table, at[1])];
  RowList *fails = &table->fails[slot_of(table, at[1])];
  switch ((Opcode)at[0]) {
  case OP_TEST:
    if (want & WANT_HOLDS)
      *holds = test_rows(maker, at[2], true);
    if (want & WANT_FAILS)
      *fails = test_rows(maker, at[2], false);
    break;
  case OP_NOT:
    if (want & WANT_HOLDS)
      *holds = *rows_of(maker, at[2], false);
    if (want & WANT_FAILS)
      *fails = *rows_of(maker, at[2], true);
    break;
  case OP_ALL:
    if (want & WANT_HOLDS)
      *holds = join_all(maker, at, true);
    if (want & WANT_FAILS)
      *fails = join_any(maker, at, false);
    break;
  case OP_ANY:
    if (want & WANT_HOLDS)
      *holds = join_any(maker, at, true);
    if (want & WANT_FAILS)
      *fails = join_all(maker, at, false);
    break;
  case OP_COUNT:
    expand_count(maker, at, holds, fails);
    break;
  }
}

/* Expands what `wants` says of each register; each instruction writes one, and
 * rests on earlier ones. */
static void expand_wanted(Maker *maker, const uint8_t *wants) {
  const Image *image = maker->grid->image;
  const uint32_t *code = image->code.at;
  for (uint32_t at = 0; at < image->code.count;
       at += instruction_length(code + at))
    if (wants[code[at + 1]]) expand(maker, code + at, wants[code[at + 1]]);
}

void rows_make(Arena *arena, const Grid *grid, uint32_t most,
               RowTable *table) {
  Maker maker = {arena, grid, table, most};
  uint32_t registers = grid->image->policy.at[0].registers;
  uint8_t *wants = ARENA_ARRAY(arena, registers + 1, uint8_t);
  memset(wants, WANT_BOTH, registers);
  table->holds = ARENA_ARRAY(arena, registers + 1, RowList);
  table->fails = ARENA_ARRAY(arena, registers + 1, RowList);
  table->slots = NULL;
  expand_wanted(&maker, wants);
}

/* ------------------------------------------------------- making only some */

/* Wants of an instruction's operands what it rests on. */
static void want_operands(const uint32_t *at, uint8_t *wants) {
  uint8_t want = wants[at[1]];
  if (at[0] == OP_NOT)
    wants[at[2]] |= (uint8_t)((want & 1) << 1 | want >> 1);
  if (at[0] == OP_ALL || at[0] == OP_ANY)
    for (uint32_t i = 0; i < at[2]; i++)
      wants[at[3 + i]] |= want;
  if (at[0] == OP_COUNT)
    for (uint32_t i = 0; i < at[4]; i++)
      wants[at[5 + 2 * i]] |= WANT_BOTH;
}

/* Wants of each register what those that are wanted rest on. */
static void want_all(Arena *arena, const Image *image, uint8_t *wants) {
  const uint32_t *code = image->code.at;
  uint32_t count = 0, *starts =
      ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint32_t);
  for (uint32_t at = 0; at < image->code.count;
       at += instruction_length(code + at))
    starts[count++] = at;
  for (uint32_t i = count; i-- > 0;)
    if (wants[code[starts[i] + 1]])
      want_operands(code + starts[i], wants);
}

void rows_make_some(Arena *arena, const Grid *grid, uint32_t most,
                    const uint8_t *wanted, RowTable *table) {
  Maker maker = {arena, grid, table, most};
  uint32_t registers = grid->image->policy.at[0].registers, count = 0;
  uint8_t *wants = ARENA_ARRAY(arena, registers + 1, uint8_t);
  for (uint32_t i = 0; i < registers; i++)
    wants[i] = wanted[i] ? WANT_HOLDS : 0;
  want_all(arena, grid->image, wants);
  table->slots = ARENA_ARRAY(arena, registers + 1, uint32_t);
  for (uint32_t i = 0; i < registers; i++)
    table->slots[i] = wants[i] ? count++ : NONE;
  table->holds = ARENA_ARRAY(arena, count + 1, RowList);
  table->fails = ARENA_ARRAY(arena, count + 1, RowList);
  expand_wanted(&maker, wants);
}

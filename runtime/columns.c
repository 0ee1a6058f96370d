#include "runtime/columns.h"

#include <string.h>

void columns_make(Arena *arena, Arena *scratch, Packed *packed,
                  Columns *columns) {
  uint32_t facts = packed->inquiry.image->facts.count;
  *columns = (Columns){.packed = packed};
  columns->of_fact = ARENA_ARRAY(arena, facts + 1, const StileColumn *);
  columns->values = ARENA_ARRAY(arena, facts + 1, int64_t);
  columns->known = ARENA_ARRAY(arena, facts / 64 + 1, uint64_t);
  columns->can_slice = sliced_make(arena, scratch, packed, &columns->sliced);
}

bool columns_take(Columns *all, const StileColumn *columns, uint32_t count) {
  uint32_t facts = all->packed->inquiry.image->facts.count;
  for (uint32_t i = 0; i < facts; i++)
    all->of_fact[i] = NULL;
  for (uint32_t i = 0; i < count; i++) {
    if (columns[i].fact >= facts || all->of_fact[columns[i].fact])
      return false;
    all->of_fact[columns[i].fact] = &columns[i];
  }
  return true;
}

/* ------------------------------------------------------------------- values */

static inline bool bit_at(const void *bits, size_t at) {
  return ((const uint8_t *)bits)[at / 8] >> (at % 8) & 1;
}

static bool is_known(const StileColumn *column, size_t row) {
  return !column->validity || bit_at(column->validity, column->offset + row);
}

#define COPY_AS(Type)                                          \
  do {                                                         \
    const Type *from = (const Type *)column->values + first;   \
    if (count == SLICE)                                        \
      for (size_t i = 0; i < SLICE; i++)                       \
        to[i] = from[i];                                       \
    else                                                       \
      for (size_t i = 0; i < count; i++)                       \
        to[i] = from[i];                                       \
  } while (0)

/* The numbers as they stand in the column. */
static void copy_numbers(const StileColumn *column, size_t row, size_t count,
                         int64_t *to) {
  size_t first = column->offset + row;
  switch (column->width) {
  case STILE_BITS:
    for (size_t i = 0; i < count; i++)
      to[i] = bit_at(column->values, first + i);
    break;
  case STILE_INT8:
    COPY_AS(int8_t);
    break;
  case STILE_INT16:
    COPY_AS(int16_t);
    break;
  case STILE_INT32:
    COPY_AS(int32_t);
    break;
  case STILE_INT64:
    memcpy(to, (const int64_t *)column->values + first, count * sizeof *to);
    break;
  }
}

/* Brings a number to the value that it stands for; false if that is too large. */
static bool bring(const StileColumn *column, int64_t *value) {
  int64_t times = column->times ? column->times : 1;
  return !__builtin_mul_overflow(*value, times, value) &&
         !__builtin_add_overflow(*value, column->add, value);
}

/* ------------------------------------------------------------------- blocks */

/* Marks what is not known; support that is not known was not drawn on. */
static void mark(SliceBlock *block, uint32_t slot, size_t i, bool support) {
  if (support) {
    block->values[slot * SLICE + i] = 0;
    return;
  }
  block->unknown[slot * SLICE + i] = 0x80;
  block->any_unknown[slot] = 1;
}

/* Are all of these rows known?  By whole bytes where it can be. */
static bool all_known(const StileColumn *column, size_t row, size_t count) {
  size_t at = column->offset + row, end = at + count;
  if (!column->validity)
    return true;
  for (; at < end; at++) {
    if (at % 8 == 0)
      while (end - at >= 8 && column->validity[at / 8] == 0xff)
        at += 8;
    if (at < end && !bit_at(column->validity, at))
      return false;
  }
  return true;
}

static void fill_slot(Columns *all, uint32_t slot, size_t row, size_t count) {
  Sliced *sliced = &all->sliced;
  SliceBlock *block = &sliced->block;
  uint32_t fact = sliced->facts[slot];
  const StileColumn *column = all->of_fact[fact];
  bool support =
      all->packed->inquiry.image->facts.at[fact].dimension == SUPPORT;
  int64_t *values = block->values + slot * SLICE;
  if (block->any_unknown[slot])
    memset(block->unknown + slot * SLICE, 0, SLICE);
  block->any_unknown[slot] = 0;
  if (column)
    copy_numbers(column, row, count, values);
  for (size_t i = 0; !column && i < count; i++)
    mark(block, slot, i, support);
  if (!column)
    return;
  if (!all_known(column, row, count))
    for (size_t i = 0; i < count; i++)
      if (!is_known(column, row + i))
        mark(block, slot, i, support);
  if (column->times > 1 || column->times < 0 || column->add)
    for (size_t i = 0; i < count; i++)
      if (is_known(column, row + i) && !bring(column, &values[i]))
        mark(block, slot, i, support);
}

/* --------------------------------------------------------- one at a time */

/* For policies with conditions that stay code. */
static void decide_one(Columns *all, size_t row, Decision *decision) {
  uint32_t facts = all->packed->inquiry.image->facts.count;
  memset(all->known, 0, (facts / 64 + 1) * sizeof *all->known);
  for (uint32_t i = 0; i < facts; i++) {
    const StileColumn *column = all->of_fact[i];
    if (!column || !is_known(column, row))
      continue;
    copy_numbers(column, row, 1, &all->values[i]);
    if (bring(column, &all->values[i]))
      all->known[i / 64] |= UINT64_C(1) << (i % 64);
  }
  packed_decide(all->packed, all->values, all->known, decision);
}

static void set_rule(uint64_t *in_force, uint32_t rule) {
  in_force[rule / 64] |= UINT64_C(1) << (rule % 64);
}

/* Fills the answer of a block as slicing does. */
static void decide_singly(Columns *all, size_t row, size_t count,
                          SliceAnswer *answer) {
  uint32_t words = all->sliced.rule_words;
  for (size_t i = 0; i < count; i++) {
    Decision one;
    decide_one(all, row + i, &one);
    answer->verdict[i] = one.verdict;
    answer->findings[i] =
        (uint8_t)(one.may_harm | one.tension << 2 | one.emergency << 4 |
                  (one.open_count ? 0x40 : 0));
    uint64_t *in_force = answer->in_force + i * words;
    memset(in_force, 0, words * sizeof *in_force);
    for (uint32_t k = 0; k < one.in_force_count; k++)
      set_rule(in_force, one.in_force[k]);
  }
}

static void decide_block(Columns *all, size_t row, size_t count,
                         bool with_rules) {
  Sliced *sliced = &all->sliced;
  if (!all->can_slice) {
    decide_singly(all, row, count, &sliced->answer);
    return;
  }
  for (uint32_t slot = 0; slot < sliced->slot_count; slot++)
    fill_slot(all, slot, row, count);
  sliced_decide(sliced, with_rules);
}

/* ------------------------------------------------------------------ answers */

static uint8_t state(uint8_t findings, unsigned shift) {
  uint8_t three = findings >> shift & 3;
  return three ? three : STILE_NO;
}

static bool is_open(uint8_t verdict, uint8_t findings, bool with_rules) {
  return (verdict & (verdict - 1)) || (findings & 0x03) == THREE_OPEN ||
         (findings >> 2 & 3) == THREE_OPEN ||
         (findings >> 4 & 3) == THREE_OPEN ||
         (with_rules && (findings & 0x40));
}

static void give_row(const SliceAnswer *from, size_t i, size_t row,
                     const StileColumnAnswers *to) {
  unsigned verdict = from->verdict[i];
  uint8_t findings = from->findings[i];
  if (to->low)
    to->low[row] = (uint8_t)(verdict ? __builtin_ctz(verdict) : SILENT);
  if (to->high)
    to->high[row] = (uint8_t)(verdict ? 31 - __builtin_clz(verdict) : SILENT);
  if (to->may_harm)
    to->may_harm[row] = state(findings, 0);
  if (to->tension)
    to->tension[row] = state(findings, 2);
  if (to->emergency)
    to->emergency[row] = state(findings, 4);
  if (to->open)
    to->open[row] =
        is_open((uint8_t)verdict, findings, to->rules != NULL);
}

/* Lists the rules of a row after those of the row before; false if there is no
 * more room. */
static bool give_rules(const uint64_t *in_force, uint32_t words, size_t row,
                       const StileColumnAnswers *to) {
  size_t at = (size_t)to->rule_offsets[row], count = 0;
  for (uint32_t w = 0; w < words; w++)
    count += (size_t)__builtin_popcountll(in_force[w]);
  if (count > to->rule_room - at || at + count > INT32_MAX)
    return false;
  for (uint32_t w = 0; w < words; w++)
    for (uint64_t word = in_force[w]; word; word &= word - 1)
      to->rules[at++] = w * 64 + (uint32_t)__builtin_ctzll(word);
  to->rule_offsets[row + 1] = (int32_t)at;
  return true;
}

size_t columns_decide(Columns *all, size_t rows,
                      const StileColumnAnswers *answers) {
  const SliceAnswer *answer = &all->sliced.answer;
  uint32_t words = all->sliced.rule_words;
  bool with_rules = answers->rules && answers->rule_offsets;
  if (with_rules)
    answers->rule_offsets[0] = 0;
  for (size_t row = 0; row < rows; row += SLICE) {
    size_t count = rows - row < SLICE ? rows - row : SLICE;
    decide_block(all, row, count, with_rules);
    for (size_t i = 0; i < count; i++) {
      if (with_rules &&
          !give_rules(answer->in_force + i * words, words, row + i, answers))
        return row + i;
      give_row(answer, i, row + i, answers);
    }
  }
  return rows;
}

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

/* Brings a number to the value that it stands for; false if that is too
 * large. */
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

static uint8_t size_of(StileWidth width) {
  switch (width) {
  case STILE_BITS:
  case STILE_INT64:
    return 0;
  case STILE_INT8:
    return 1;
  case STILE_INT16:
    return 2;
  case STILE_INT32:
    return 4;
  }
  return 0;
}

/* Leaves the numbers where they are, if they can be taken from there. */
static bool leave(SliceBlock *block, uint32_t slot, const StileColumn *column,
                  size_t first) {
  uint8_t size = size_of(column->width);
  if (!size || column->add || (column->times != 0 && column->times != 1))
    return false;
  block->raw[slot] = (const char *)column->values + first * size;
  block->raw_size[slot] = size;
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
  block->raw_size[slot] = 0;
  bool known = column && all_known(column, row, count);
  if (known && count == SLICE &&
      leave(block, slot, column, column->offset + row))
    return;
  if (column)
    copy_numbers(column, row, count, values);
  for (size_t i = 0; !column && i < count; i++)
    mark(block, slot, i, support);
  if (!column)
    return;
  if (!known)
    for (size_t i = 0; i < count; i++)
      if (!is_known(column, row + i))
        mark(block, slot, i, support);
  if (column->times > 1 || column->times < 0 || column->add)
    for (size_t i = 0; i < count; i++)
      if (is_known(column, row + i) && !bring(column, &values[i]))
        mark(block, slot, i, support);
}

/* ------------------------------------------------------------------ answers */

static uint8_t state(uint8_t findings, unsigned shift) {
  uint8_t three = findings >> shift & 3;
  return three ? three : STILE_NO;
}

static bool is_open(unsigned verdict, uint8_t findings, bool with_rules) {
  return (verdict & (verdict - 1)) || (findings & 0x03) == THREE_OPEN ||
         (findings >> 2 & 3) == THREE_OPEN ||
         (findings >> 4 & 3) == THREE_OPEN ||
         (with_rules && (findings & 0x40));
}

static void give_row(unsigned verdict, uint8_t findings, size_t row,
                     const StileColumnAnswers *to) {
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
        is_open(verdict, findings, to->rules != NULL);
}

/* How many of the next rows have room for their rules; sets their offsets. */
static size_t fit_rules(const uint32_t *counts, size_t row, size_t count,
                        const StileColumnAnswers *to) {
  size_t at = (size_t)to->rule_offsets[row];
  for (size_t i = 0; i < count; i++) {
    at += counts[i];
    if (at > to->rule_room || at > INT32_MAX)
      return i;
    to->rule_offsets[row + i + 1] = (int32_t)at;
  }
  return count;
}

static size_t decide_block(Columns *all, size_t row, size_t count,
                           const StileColumnAnswers *to) {
  Sliced *sliced = &all->sliced;
  for (uint32_t slot = 0; slot < sliced->slot_count; slot++)
    fill_slot(all, slot, row, count);
  sliced_decide(sliced, to->rules != NULL);
  if (to->rules) {
    uint32_t counts[SLICE] = {0}, next[SLICE];
    sliced_count_rules(sliced, counts);
    count = fit_rules(counts, row, count, to);
    for (size_t i = 0; i < count; i++)
      next[i] = (uint32_t)to->rule_offsets[row + i];
    sliced_list_rules(sliced, (uint32_t)count, next, to->rules);
  }
  for (size_t i = 0; i < count; i++)
    give_row(sliced->answer.verdict[i], sliced->answer.findings[i], row + i,
             to);
  return count;
}

/* ------------------------------------------------------------ one at a time */

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

/* The rules of otherwise come last in a decision; here in their place. */
static void put_rising(const Decision *one, uint32_t *rules) {
  for (uint32_t i = 0; i < one->in_force_count; i++) {
    uint32_t at = i;
    for (; at > 0 && rules[at - 1] > one->in_force[i]; at--)
      rules[at] = rules[at - 1];
    rules[at] = one->in_force[i];
  }
}

static bool decide_row(Columns *all, size_t row,
                       const StileColumnAnswers *to) {
  Decision one;
  decide_one(all, row, &one);
  if (to->rules) {
    if (!fit_rules(&one.in_force_count, row, 1, to))
      return false;
    put_rising(&one, to->rules + to->rule_offsets[row]);
  }
  give_row(one.verdict,
           (uint8_t)(one.may_harm | one.tension << 2 | one.emergency << 4 |
                     (one.open_count ? 0x40 : 0)),
           row, to);
  return true;
}

size_t columns_decide(Columns *all, size_t rows,
                      const StileColumnAnswers *answers) {
  size_t row = 0;
  if (answers->rules)
    answers->rule_offsets[0] = 0;
  while (row < rows) {
    size_t count = rows - row < SLICE ? rows - row : SLICE;
    if (!all->can_slice)
      count = 1;
    size_t done = all->can_slice ? decide_block(all, row, count, answers)
                                 : decide_row(all, row, answers);
    row += done;
    if (done < count)
      break;
  }
  return row;
}

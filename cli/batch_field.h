/* One field of a case as a packed value. */
#ifndef STILE_CLI_BATCH_FIELD_H
#define STILE_CLI_BATCH_FIELD_H

#include "base/number.h"
#include "cli/batch_quick.h"
#include "cli/batch_read.h"

/* Sets how a column that is a fact is read. */
void batch_field_describe(Arena *arena, const Image *image, uint32_t fact,
                          Column *column);

/* False, and nothing said, if the text is wrong or more than one value.
 * QUICK_ROOM bytes can be read from its start on. */
bool batch_field_read(Arena *arena, const BatchReader *reader, Column *column,
                      Text text, ReadCase *one);

static inline void field_give(ReadCase *one, uint32_t fact, uint64_t known,
                              int64_t value)
{
  one->values[fact] = value;
  one->known[fact / 64] |= known;
}

/* Where a text of 1 to LETTERS_MOST bytes that was read before is. */
static inline ReadBefore *field_place(const Column *column, const char *at,
                                      uint32_t length)
{
  const uint64_t *masks = quick_masks[length < 16 ? length : 16];
  uint64_t second = quick_load(at + 8) & masks[1];
  uint64_t mixed = (quick_load(at) & masks[0]) + length;
  mixed ^= second << 29 | second >> 35;
  if (length > 16) mixed ^= quick_load(at + length - 8);
  return &column->before[mixed * column->salt >> 58];
}

/* A text that was read before. */
static inline bool field_known(const Column *column, const char *at,
                               uint32_t length, ReadCase *one)
{
  if (!length) return false;
  const ReadBefore *before = field_place(column, at, length);
  const char *letters = before->letters;
  if (before->length != length || !quick_equal(at, letters, before->bits))
    return false;
  if (length > 16 && !quick_equal(at + length - 16, letters + length - 16,
                                  before->bits))
    return false;
  field_give(one, column->fact, before->known, before->value);
  return true;
}

static inline bool field_fits(const Fact *fact, int64_t value)
{
  return value >= fact->low && value <= fact->high &&
         (fact->step <= 1 || (value - fact->low) % fact->step == 0);
}

/* Digits, and the unit that was read before if there must be one. */
static inline bool field_amount(const Column *column, const char *at,
                                uint32_t length, ReadCase *one)
{
  uint64_t word = quick_load(at);
  uint32_t digits = quick_digits(word);
  const CellUnit *unit = &column->unit;
  if (!digits || !unit->each ||
      length != digits + (unit->length ? unit->length + 1 : 0))
    return false;
  const char *name = at + digits;
  if (unit->length &&
      (*name != ' ' || !quick_equal(name + 1, unit->word, unit->bits)))
    return false;
  int64_t value = quick_number(word, digits) * unit->each;
  if (!field_fits(column->about, value)) return false;
  field_give(one, column->fact, column->known, value);
  return true;
}

/* The value of a text that is nothing out of the ordinary, and of at most
 * LETTERS_MOST bytes.  False, and nothing said, if it may be. */
static inline bool field_quickly(const Column *column, const char *at,
                                 uint32_t length, ReadCase *one)
{
  if (column->way == WAY_WORD) return field_known(column, at, length, one);
  return column->way == WAY_AMOUNT && field_amount(column, at, length, one);
}

#endif

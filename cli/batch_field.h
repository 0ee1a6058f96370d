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

static inline void field_give(ReadCase *one, uint32_t fact, bool known,
                              int64_t value)
{
  one->values[fact] = value;
  one->known[fact / 64] |= (uint64_t)known << (fact % 64);
}

/* With the length they say the whole text, if it has LETTERS_MOST bytes or
 * fewer. */
static inline Letters field_letters(const char *at, uint32_t length)
{
  Letters letters = {quick_load(at) & quick_mask(length),
                     quick_load(at + 8) &
                         quick_mask(length > 8 ? length - 8 : 0), 0};
  if (length > 16) letters.last = quick_load(at + length - 8);
  return letters;
}

static inline ReadBefore *field_place(const Column *column,
                                      const Letters *letters, uint32_t length)
{
  uint64_t mixed = letters->first + length;
  mixed ^= letters->second << 29 | letters->second >> 35;
  return &column->before[(mixed ^ letters->last) * column->salt >> 58];
}

/* A text that was read before. */
static inline bool field_known(const Column *column, const char *at,
                               uint32_t length, ReadCase *one)
{
  Letters letters = field_letters(at, length);
  const ReadBefore *before = field_place(column, &letters, length);
  if ((before->letters.first ^ letters.first) |
      (before->letters.second ^ letters.second) |
      (before->letters.last ^ letters.last) | (before->length ^ length) |
      !length)
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
  if (unit->length) {
    const char *name = at + digits;
    uint64_t other = (quick_load(name + 1) ^ quick_load(unit->word)) &
                     quick_mask(unit->length);
    if (unit->length > 8)
      other |= (quick_load(name + 9) ^ quick_load(unit->word + 8)) &
               quick_mask(unit->length - 8);
    if (other || *name != ' ') return false;
  }
  int64_t value = quick_number(word, digits) * unit->each;
  if (!field_fits(column->about, value)) return false;
  field_give(one, column->fact, true, value);
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

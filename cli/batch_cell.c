#include "cli/batch_cell.h"

#include <string.h>

#include "base/number.h"

/* Whole numbers of up to 12 digits at the start; returns how many digits. */
static uint32_t take_whole(Text text, int64_t *number)
{
  int64_t sum = 0;
  uint32_t i = 0;
  for (; i < text.length; i++) {
    unsigned digit = (unsigned char)text.at[i] - (unsigned)'0';
    if (digit > 9) break;
    if (i == 12) return 0;
    sum = sum * 10 + digit;
  }
  *number = sum;
  return i;
}

static bool read_whole(Text text, int64_t *number)
{
  return text.length && take_whole(text, number) == text.length;
}

static bool in_bounds(const Fact *fact, int64_t value)
{
  return value >= fact->low && value <= fact->high &&
         (fact->step <= 1 || (value - fact->low) % fact->step == 0);
}

static bool read_number(Text text, int64_t *millionths)
{
  int64_t whole;
  if (!read_whole(text, &whole))
    return number_read(text, millionths) == NUMBER_FINE;
  *millionths = whole * NUMBER_ONE;
  return true;
}

static Text without_sign(const Fact *fact, Text text)
{
  static const char *const signs[CURRENCY_COUNT] = {
    [GBP] = "£", [EUR] = "€", [USD] = "$",
  };
  const char *sign = signs[fact->currency];
  uint32_t length = sign ? (uint32_t)strlen(sign) : 0;
  if (length && text.length > length && memcmp(text.at, sign, length) == 0)
    return (Text){text.at + length, text.length - length};
  return text;
}

static bool read_money(const Fact *fact, Text text, int64_t *value)
{
  int64_t millionths;
  return read_number(without_sign(fact, text), &millionths) &&
         money_from_number(millionths, value);
}

/* Is it the unit that was read before, or another that fits the fact? */
static bool find_unit(const Fact *fact, Text word, CellUnit *unit)
{
  if (word.length == unit->length &&
      memcmp(word.at, unit->word, word.length) == 0)
    return true;
  Unit found = unit_find(word);
  if (found == UNIT_NONE || word.length > sizeof unit->word ||
      unit_family(found) != unit_family((Unit)fact->unit) ||
      !duration_make(NUMBER_ONE, found, &unit->each))
    return false;
  memcpy(unit->word, word.at, word.length);
  unit->length = word.length;
  unit->bits = quick_bits(word.length);
  return true;
}

static bool read_duration(const Fact *fact, Text text, CellUnit *unit,
                          int64_t *value)
{
  int64_t count;
  uint32_t digits = take_whole(text, &count);
  if (!digits || digits + 1 >= text.length || text.at[digits] != ' ')
    return false;
  Text word = {text.at + digits + 1, text.length - digits - 1};
  if (!find_unit(fact, word, unit)) return false;
  *value = count * unit->each;
  return true;
}

static bool read_date(const Fact *fact, Day as_of, Text text, int64_t *value)
{
  Day day;
  if (!day_read(text, &day)) return false;
  *value = day;
  return day <= as_of || fact->may_be_ahead;
}

bool cell_amount(const Fact *fact, Day as_of, Text text, CellUnit *unit,
                 int64_t *value)
{
  if (!text.length) return false;
  switch (fact->type) {
  case TYPE_NUMBER:
    return read_number(text, value) && in_bounds(fact, *value);
  case TYPE_MONEY:
    return read_money(fact, text, value) && in_bounds(fact, *value);
  case TYPE_DURATION:
    return read_duration(fact, text, unit, value) && in_bounds(fact, *value);
  case TYPE_DATE: return read_date(fact, as_of, text, value);
  default: return false;
  }
}

#include "cli/batch_cell.h"

#include <string.h>

#include "base/number.h"

/* Whole numbers of up to 12 digits; false for all else. */
static bool read_whole(Text text, int64_t *number)
{
  int64_t sum = 0;
  if (!text.length || text.length > 12) return false;
  for (uint32_t i = 0; i < text.length; i++) {
    unsigned digit = (unsigned char)text.at[i] - (unsigned)'0';
    if (digit > 9) return false;
    sum = sum * 10 + digit;
  }
  *number = sum;
  return true;
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

static bool read_duration(const Fact *fact, Text text, int64_t *value)
{
  int64_t count;
  const char *space = memchr(text.at, ' ', text.length);
  if (!space) return false;
  uint32_t length = (uint32_t)(space - text.at);
  Unit unit = unit_find((Text){space + 1, text.length - length - 1});
  return unit != UNIT_NONE &&
         unit_family(unit) == unit_family((Unit)fact->unit) &&
         read_whole((Text){text.at, length}, &count) &&
         duration_make(count * NUMBER_ONE, unit, value);
}

static bool read_date(const Fact *fact, Day as_of, Text text, int64_t *value)
{
  Day day;
  if (!day_read(text, &day)) return false;
  *value = day;
  return day <= as_of || fact->may_be_ahead;
}

bool cell_amount(const Fact *fact, Day as_of, Text text, int64_t *value)
{
  if (!text.length) return false;
  switch (fact->type) {
  case TYPE_NUMBER:
    return read_number(text, value) && in_bounds(fact, *value);
  case TYPE_MONEY:
    return read_money(fact, text, value) && in_bounds(fact, *value);
  case TYPE_DURATION:
    return read_duration(fact, text, value) && in_bounds(fact, *value);
  case TYPE_DATE: return read_date(fact, as_of, text, value);
  default: return false;
  }
}

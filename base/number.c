#include "base/number.h"

#define PLACES 6
#define WHOLE_MOST (NUMBER_MOST / NUMBER_ONE)
#define MINOR_UNITS 100

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* The end of the digits from `offset` on. */
static uint32_t digits_end(Text text, uint32_t offset) {
  while (offset < text.length && is_digit(text.at[offset])) offset++;
  return offset;
}

/* The digits in [start, end) as a number; WHOLE_MOST + 1 if more than that. */
static int64_t read_whole(Text text, uint32_t start, uint32_t end) {
  int64_t whole = 0;

  for (uint32_t i = start; i < end; i++) {
    whole = whole * 10 + (text.at[i] - '0');
    if (whole > WHOLE_MOST) return WHOLE_MOST + 1;
  }
  return whole;
}

/* The places in [start, end) as millionths; false if there are more than six
 * that are not 0. */
static bool read_places(Text text, uint32_t start, uint32_t end,
                        int64_t *millionths) {
  int64_t unit = NUMBER_ONE;

  *millionths = 0;
  for (uint32_t i = start; i < end; i++) {
    unit /= 10;
    if (!unit && text.at[i] != '0') return false;
    *millionths += unit * (text.at[i] - '0');
  }
  return true;
}

NumberFault number_read(Text text, int64_t *millionths) {
  uint32_t start = text.length && text.at[0] == '-' ? 1 : 0;
  uint32_t point = digits_end(text, start), end = point;
  int64_t whole, places;

  if (point == start) return NUMBER_MALFORMED;
  if (point < text.length && text.at[point] == '.') {
    end = digits_end(text, point + 1);
    if (end == point + 1) return NUMBER_MALFORMED;
  }
  if (end < text.length) return NUMBER_MALFORMED;
  whole = read_whole(text, start, point);
  if (whole > WHOLE_MOST) return NUMBER_TOO_LARGE;
  if (!read_places(text, point < end ? point + 1 : end, end, &places))
    return NUMBER_TOO_FINE;
  if (whole == WHOLE_MOST && places) return NUMBER_TOO_LARGE;
  whole = whole * NUMBER_ONE + places;
  *millionths = start ? -whole : whole;
  return NUMBER_FINE;
}

/* How far `value` is from 0; right for INT64_MIN too. */
static uint64_t magnitude(int64_t value) {
  return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

static void print_whole(Buffer *out, uint64_t value) {
  char digits[20];
  uint32_t start = sizeof digits;

  do {
    digits[--start] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  buffer_put(out, (Text){digits + start, (uint32_t)sizeof digits - start});
}

void number_print(Buffer *out, int64_t millionths) {
  uint64_t value = magnitude(millionths);
  uint64_t places = value % NUMBER_ONE;

  if (millionths < 0) buffer_put_char(out, '-');
  print_whole(out, value / NUMBER_ONE);
  if (!places) return;
  buffer_put_char(out, '.');
  for (uint64_t unit = NUMBER_ONE / 10; places; unit /= 10) {
    buffer_put_char(out, (char)('0' + places / unit));
    places %= unit;
  }
}

bool number_add(int64_t a, int64_t b, int64_t *result) {
  int64_t sum;

  if (__builtin_add_overflow(a, b, &sum)) return false;
  *result = sum;
  return true;
}

bool number_subtract(int64_t a, int64_t b, int64_t *result) {
  int64_t difference;

  if (__builtin_sub_overflow(a, b, &difference)) return false;
  *result = difference;
  return true;
}

bool number_multiply(int64_t a, int64_t b, int64_t *result) {
  int64_t product;

  if (__builtin_mul_overflow(a, b, &product)) return false;
  *result = product;
  return true;
}

static const struct {
  const char *name, *sign;
} currencies[CURRENCY_COUNT] = {
  [CURRENCY_NONE] = {"", ""},
  [GBP] = {"GBP", "£"},
  [EUR] = {"EUR", "€"},
  [USD] = {"USD", "$"},
};

bool money_from_number(int64_t millionths, int64_t *minor) {
  const int64_t unit = NUMBER_ONE / MINOR_UNITS;

  if (millionths % unit) return false;
  *minor = millionths / unit;
  return true;
}

void money_print(Buffer *out, int64_t minor, Currency currency) {
  uint64_t value = magnitude(minor);
  uint64_t pence = value % MINOR_UNITS;

  if (minor < 0) buffer_put_char(out, '-');
  buffer_put_c(out, currencies[currency].sign);
  print_whole(out, value / MINOR_UNITS);
  if (!pence) return;
  buffer_put_char(out, '.');
  buffer_put_char(out, (char)('0' + pence / 10));
  buffer_put_char(out, (char)('0' + pence % 10));
}

const char *currency_name(Currency currency) {
  return currencies[currency].name;
}

Currency currency_find(Text name) {
  for (Currency one = GBP; one < CURRENCY_COUNT; one++)
    if (text_equal(name, text_of(currencies[one].name))) return one;
  return CURRENCY_NONE;
}

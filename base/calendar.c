#include "base/calendar.h"

#define YEAR_LAST 9999
#define MONTH_LAST (YEAR_LAST * INT64_C(12) - 1) /* 9999-12, from 0 = 0001-01 */

static bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* How many days come before 1 January of `year`. */
static int days_before(int year) {
  int past = year - 1;

  return past * 365 + past / 4 - past / 100 + past / 400;
}

bool day_make(int year, int month, int day, Day *result) {
  int count;

  if (year < 1 || year > YEAR_LAST || month < 1 || month > 12) return false;
  if (day < 1 || day > month_days(year, month)) return false;
  count = days_before(year) + day;
  for (int past = 1; past < month; past++) count += month_days(year, past);
  *result = count;
  return true;
}

/* The year that holds `day`: a guess that is never late by more than one. */
static int day_year(Day day) {
  int year = (int)((day - 1) * INT64_C(400) / 146097) + 1;

  while (year < YEAR_LAST && days_before(year + 1) < day) year++;
  while (year > 1 && days_before(year) >= day) year--;
  return year;
}

Date day_date(Day day) {
  Date date;

  if (day < DAY_FIRST) day = DAY_FIRST;
  if (day > DAY_LAST) day = DAY_LAST;
  date.year = day_year(day);
  date.month = 1;
  date.day = day - days_before(date.year);
  while (date.day > month_days(date.year, date.month))
    date.day -= month_days(date.year, date.month++);
  return date;
}

/* `count` digits from `at` on; -1 if one is no digit. */
static int read_digits(const char *at, int count) {
  int value = 0;

  for (int i = 0; i < count; i++) {
    if (at[i] < '0' || at[i] > '9') return -1;
    value = value * 10 + (at[i] - '0');
  }
  return value;
}

bool day_read(Text text, Day *result) {
  if (text.length != 10 || text.at[4] != '-' || text.at[7] != '-')
    return false;
  return day_make(read_digits(text.at, 4), read_digits(text.at + 5, 2),
                  read_digits(text.at + 8, 2), result);
}

void day_print(Buffer *out, Day day) {
  Date date = day_date(day);

  buffer_format(out, "%04d-%02d-%02d", date.year, date.month, date.day);
}

Day day_add_months(Day day, int64_t months) {
  Date date = day_date(day);
  int64_t month = (date.year - 1) * INT64_C(12) + (date.month - 1);
  int last;

  if (!number_add(month, months, &month))
    return months < 0 ? DAY_FIRST : DAY_LAST;
  if (month < 0) return DAY_FIRST;
  if (month > MONTH_LAST) return DAY_LAST;
  date.year = (int)(month / 12) + 1;
  date.month = (int)(month % 12) + 1;
  last = month_days(date.year, date.month);
  if (date.day > last) date.day = last;
  day_make(date.year, date.month, date.day, &day);
  return day;
}

Day day_add_days(Day day, int64_t days) {
  int64_t sum;

  if (!number_add(day, days, &sum)) return days < 0 ? DAY_FIRST : DAY_LAST;
  if (sum < DAY_FIRST) return DAY_FIRST;
  return sum > DAY_LAST ? DAY_LAST : (Day)sum;
}

Day day_month_start(Day day) {
  return day_add_days(day, 1 - day_date(day).day);
}

/* Durations. */

static const struct {
  const char *one, *many;
  Family family;
  int64_t size;
} units[UNIT_COUNT] = {
  [UNIT_NONE] = {"", "", FAMILY_NONE, 0},
  [UNIT_MINUTES] = {"minute", "minutes", FAMILY_MINUTES, 1},
  [UNIT_HOURS] = {"hour", "hours", FAMILY_MINUTES, 60},
  [UNIT_DAYS] = {"day", "days", FAMILY_MINUTES, 1440},
  [UNIT_WEEKS] = {"week", "weeks", FAMILY_MINUTES, 10080},
  [UNIT_MONTHS] = {"month", "months", FAMILY_MONTHS, 1},
  [UNIT_YEARS] = {"year", "years", FAMILY_MONTHS, 12},
};

Unit unit_find(Text word) {
  for (Unit unit = UNIT_MINUTES; unit < UNIT_COUNT; unit++)
    if (text_equal(word, text_of(units[unit].one))
        || text_equal(word, text_of(units[unit].many)))
      return unit;
  return UNIT_NONE;
}

const char *unit_name(Unit unit, bool plural) {
  return plural ? units[unit].many : units[unit].one;
}

Family unit_family(Unit unit) {
  return units[unit].family;
}

int64_t unit_size(Unit unit) {
  return units[unit].size;
}

bool duration_make(int64_t millionths, Unit unit, int64_t *amount) {
  int64_t part = millionths % NUMBER_ONE * units[unit].size;
  int64_t whole;

  if (part % NUMBER_ONE) return false;
  if (!number_multiply(millionths / NUMBER_ONE, units[unit].size, &whole))
    return false;
  return number_add(whole, part / NUMBER_ONE, amount);
}

Unit duration_unit(int64_t amount, Unit unit) {
  Family family = units[unit].family;
  Unit best = family == FAMILY_MONTHS ? UNIT_MONTHS : UNIT_MINUTES;
  Unit last = unit == UNIT_MINUTES || unit == UNIT_HOURS ? UNIT_HOURS
                                                         : UNIT_YEARS;

  for (Unit one = best; amount && one <= last; one++)
    if (units[one].family == family && amount % units[one].size == 0)
      best = one;
  return best;
}

void duration_print(Buffer *out, int64_t amount, Unit unit) {
  Unit whole = duration_unit(amount, unit);
  int64_t count = amount / units[whole].size;

  buffer_format(out, "%lld %s", (long long)count,
                unit_name(whole, count != 1 && count != -1));
}

/* Days, months and durations by the proleptic Gregorian calendar. */
#ifndef STILE_BASE_CALENDAR_H
#define STILE_BASE_CALENDAR_H

#include "base/number.h"

/* A day, counted from 0001-01-01, which is day 1.  0 means "no day". */
typedef int32_t Day;
#define DAY_NONE 0
#define DAY_FIRST 1
#define DAY_LAST 3652059 /* 9999-12-31 */

typedef struct Date {
  int year, month, day; /* 1-9999, 1-12, 1-31 */
} Date;

/* False if there is no such date. */
bool day_make(int year, int month, int day, Day *result);
Date day_date(Day day); /* clamps */
/* Reads exactly YYYY-MM-DD; false for anything else and for 2026-02-30. */
bool day_read(Text text, Day *result);
void day_print(Buffer *out, Day day); /* "2026-11-23" */

/* The same day of the month, `months` later (earlier if negative); the last
 * day of the month where there is no such day.  Clamps to DAY_FIRST/LAST. */
Day day_add_months(Day day, int64_t months);
Day day_add_days(Day day, int64_t days); /* clamps */
Day day_month_start(Day day);            /* the first day of its month */

typedef enum Unit {
  UNIT_NONE, UNIT_MINUTES, UNIT_HOURS, UNIT_DAYS, UNIT_WEEKS, UNIT_MONTHS,
  UNIT_YEARS, UNIT_COUNT
} Unit;

/* Durations come in two families that do not mix: minutes, hours, days and
 * weeks count minutes; months and years count months. */
typedef enum Family { FAMILY_NONE, FAMILY_MINUTES, FAMILY_MONTHS } Family;

Unit unit_find(Text word); /* "day" or "days"; UNIT_NONE if unknown */
const char *unit_name(Unit unit, bool plural);
Family unit_family(Unit unit);
int64_t unit_size(Unit unit); /* minutes or months in one */
/* `millionths` of `unit` in whole minutes or months; false if not whole or too
 * large. */
bool duration_make(int64_t millionths, Unit unit, int64_t *amount);
/* The largest unit that is whole, for an amount that people give in `unit`:
 * what is given in minutes or hours is never told in days, for "1 day" would
 * be read as a day of work.  The smallest for 0. */
Unit duration_unit(int64_t amount, Unit unit);
/* In that unit: "18 months", "2 years", "1.5 hours" is "90 minutes"; 0 is
 * "0 minutes" or "0 months". */
void duration_print(Buffer *out, int64_t amount, Unit unit);

#endif

#include "base/calendar.h"
#include "base_suites.h"

/* The day of a written date, which must be one. */
static Day on(const char *date) {
  Day day = DAY_NONE;

  ck_assert_msg(day_read(text_of(date), &day), "%s is not read", date);
  return day;
}

/* Fails unless `day` is printed as `expected`. */
static void is_day(Day day, const char *expected) {
  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  day_print(&buffer, day);
  TEST_TEXT(buffer_text(&buffer), expected);
  TEST_END(arena);
}

START_TEST(day_counts_from_the_first) {
  ck_assert_int_eq(on("0001-01-01"), DAY_FIRST);
  ck_assert_int_eq(on("0001-12-31"), 365);
  ck_assert_int_eq(on("0004-12-31"), 1461);
  ck_assert_int_eq(on("1970-01-01"), 719163);
  ck_assert_int_eq(on("2000-01-01"), 730120);
  ck_assert_int_eq(on("9999-12-31"), DAY_LAST);
}
END_TEST

START_TEST(day_reads_only_whole_dates) {
  static const char *const forms[] = {
    "", "2026", "2026-1-5", "2026-01-5", "2026-1-05", "26-01-05",
    "2026-01-05 ", " 2026-01-05", "2026/01/05", "2026-01-05T", "20260105",
    "2026-01/05", "+026-01-05", "-026-01-05", "2026-0a-05", "2026-01-0\n",
    "2026--1-05", "12026-01-05", "2026-01- 5", "٢٠٢٦-01-05",
  };
  Day day = 7;

  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    ck_assert_msg(!day_read(text_of(forms[i]), &day), "[%s]", forms[i]);
  ck_assert(!day_read(TEXT_NONE, &day));
  ck_assert_int_eq(day, 7);
}
END_TEST

START_TEST(day_refuses_days_that_are_not) {
  static const char *const dates[] = {
    "2026-02-30", "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31",
    "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "0000-01-01",
    "2026-99-99",
  };
  Day day = 7;

  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
    ck_assert_msg(!day_read(text_of(dates[i]), &day), "[%s]", dates[i]);
  ck_assert_int_eq(day, 7);
}
END_TEST

START_TEST(day_knows_leap_days) {
  is_day(on("2024-02-29"), "2024-02-29");
  is_day(on("2000-02-29"), "2000-02-29");
  is_day(on("0004-02-29"), "0004-02-29");
  is_day(on("2024-02-29") + 1, "2024-03-01");
  is_day(on("2023-02-28") + 1, "2023-03-01");
  is_day(on("1900-02-28") + 1, "1900-03-01");
}
END_TEST

START_TEST(day_make_checks_each_part) {
  Day day = 7;

  ck_assert(!day_make(0, 1, 1, &day));
  ck_assert(!day_make(10000, 1, 1, &day));
  ck_assert(!day_make(-1, 1, 1, &day));
  ck_assert(!day_make(INT32_MAX, 1, 1, &day));
  ck_assert(!day_make(INT32_MIN, 1, 1, &day));
  ck_assert(!day_make(2026, 0, 1, &day));
  ck_assert(!day_make(2026, 13, 1, &day));
  ck_assert(!day_make(2026, INT32_MIN, 1, &day));
  ck_assert(!day_make(2026, 1, 0, &day));
  ck_assert(!day_make(2026, 1, 32, &day));
  ck_assert(!day_make(2026, 1, INT32_MAX, &day));
  ck_assert_int_eq(day, 7);
  ck_assert(day_make(2026, 11, 23, &day));
  is_day(day, "2026-11-23");
}
END_TEST

START_TEST(day_date_clamps) {
  is_day(DAY_FIRST, "0001-01-01");
  is_day(DAY_LAST, "9999-12-31");
  is_day(DAY_NONE, "0001-01-01");
  is_day(INT32_MIN, "0001-01-01");
  is_day(INT32_MAX, "9999-12-31");
}
END_TEST

START_TEST(day_adds_months) {
  is_day(day_add_months(on("2026-11-23"), 0), "2026-11-23");
  is_day(day_add_months(on("2026-11-23"), 1), "2026-12-23");
  is_day(day_add_months(on("2026-11-23"), 2), "2027-01-23");
  is_day(day_add_months(on("2026-11-23"), -11), "2025-12-23");
  is_day(day_add_months(on("2026-02-28"), -24), "2024-02-28");
  is_day(day_add_months(on("2026-12-31"), 12), "2027-12-31");
}
END_TEST

START_TEST(day_adds_months_to_the_last_of_a_month) {
  is_day(day_add_months(on("2024-02-29"), -12), "2023-02-28");
  is_day(day_add_months(on("2024-02-29"), -48), "2020-02-29");
  is_day(day_add_months(on("2024-02-29"), 12), "2025-02-28");
  is_day(day_add_months(on("2026-03-31"), -1), "2026-02-28");
  is_day(day_add_months(on("2024-03-31"), -1), "2024-02-29");
  is_day(day_add_months(on("2026-03-30"), -1), "2026-02-28");
  is_day(day_add_months(on("2026-05-31"), -1), "2026-04-30");
  is_day(day_add_months(on("2026-01-31"), 1), "2026-02-28");
  is_day(day_add_months(on("1900-01-31"), 1), "1900-02-28");
  is_day(day_add_months(on("2000-01-31"), 1), "2000-02-29");
}
END_TEST

START_TEST(day_add_months_clamps) {
  is_day(day_add_months(on("0001-01-01"), -1), "0001-01-01");
  is_day(day_add_months(on("0001-02-15"), -1), "0001-01-15");
  is_day(day_add_months(on("0001-02-15"), -2), "0001-01-01");
  is_day(day_add_months(on("9999-12-31"), 1), "9999-12-31");
  is_day(day_add_months(on("9999-11-30"), 1), "9999-12-30");
  is_day(day_add_months(on("9999-11-30"), 2), "9999-12-31");
  is_day(day_add_months(on("0001-01-01"), 119987), "9999-12-01");
  is_day(day_add_months(on("9999-12-31"), -119987), "0001-01-31");
  is_day(day_add_months(on("2026-11-23"), INT64_MAX), "9999-12-31");
  is_day(day_add_months(on("2026-11-23"), INT64_MIN), "0001-01-01");
}
END_TEST

START_TEST(day_adds_days) {
  is_day(day_add_days(on("2026-11-23"), 2), "2026-11-25");
  is_day(day_add_days(on("2026-12-31"), 1), "2027-01-01");
  is_day(day_add_days(on("2024-03-01"), -1), "2024-02-29");
  is_day(day_add_days(on("0001-01-01"), -1), "0001-01-01");
  is_day(day_add_days(on("9999-12-31"), 1), "9999-12-31");
  is_day(day_add_days(on("0001-01-01"), DAY_LAST - 1), "9999-12-31");
  is_day(day_add_days(on("2026-11-23"), INT64_MAX), "9999-12-31");
  is_day(day_add_days(on("2026-11-23"), INT64_MIN), "0001-01-01");
}
END_TEST

START_TEST(day_month_starts) {
  is_day(day_month_start(on("2026-11-23")), "2026-11-01");
  is_day(day_month_start(on("2026-11-01")), "2026-11-01");
  is_day(day_month_start(on("2024-02-29")), "2024-02-01");
  is_day(day_month_start(DAY_FIRST), "0001-01-01");
  is_day(day_month_start(DAY_LAST), "9999-12-01");
}
END_TEST

START_TEST(units_have_names) {
  ck_assert_int_eq(unit_find(TEXT("day")), UNIT_DAYS);
  ck_assert_int_eq(unit_find(TEXT("days")), UNIT_DAYS);
  ck_assert_int_eq(unit_find(TEXT("Day")), UNIT_NONE);
  ck_assert_int_eq(unit_find(TEXT("dayss")), UNIT_NONE);
  ck_assert_int_eq(unit_find(TEXT("")), UNIT_NONE);
  ck_assert_int_eq(unit_find(TEXT("seconds")), UNIT_NONE);
  for (Unit unit = UNIT_MINUTES; unit < UNIT_COUNT; unit++) {
    ck_assert_int_eq(unit_find(text_of(unit_name(unit, false))), unit);
    ck_assert_int_eq(unit_find(text_of(unit_name(unit, true))), unit);
    ck_assert_int_ne(unit_family(unit), FAMILY_NONE);
    ck_assert_int_gt(unit_size(unit), 0);
  }
  ck_assert_int_eq(unit_family(UNIT_WEEKS), FAMILY_MINUTES);
  ck_assert_int_eq(unit_family(UNIT_MONTHS), FAMILY_MONTHS);
  ck_assert_int_eq(unit_family(UNIT_NONE), FAMILY_NONE);
  ck_assert_int_eq(unit_size(UNIT_YEARS), 12);
}
END_TEST

/* Fails unless `millionths` of `unit` are `expected`; -1: not whole. */
static void lasts(int64_t millionths, Unit unit, int64_t expected) {
  int64_t amount = -1;

  ck_assert(duration_make(millionths, unit, &amount) == (expected != -1));
  ck_assert_msg(amount == expected, "%lld instead of %lld",
                (long long)amount, (long long)expected);
}

START_TEST(duration_is_whole_minutes_or_months) {
  lasts(NUMBER_ONE, UNIT_YEARS, 12);
  lasts(1500000, UNIT_HOURS, 90);
  lasts(1500000, UNIT_YEARS, 18);
  lasts(500000, UNIT_WEEKS, 5040);
  lasts(500000, UNIT_MONTHS, -1);
  lasts(500000, UNIT_MINUTES, -1);
  lasts(100000, UNIT_YEARS, -1);
  lasts(333333, UNIT_HOURS, -1);
  lasts(1, UNIT_WEEKS, -1);
  lasts(0, UNIT_DAYS, 0);
  lasts(-1500000, UNIT_HOURS, -90);
}
END_TEST

START_TEST(duration_at_the_limits) {
  lasts(NUMBER_MOST, UNIT_WEEKS, INT64_C(10080000000000000));
  lasts(NUMBER_MOST, UNIT_YEARS, INT64_C(12000000000000));
  lasts(-NUMBER_MOST, UNIT_DAYS, -INT64_C(1440000000000000));
  lasts(INT64_MAX, UNIT_WEEKS, -1);
  lasts(INT64_MIN, UNIT_MINUTES, -1);
}
END_TEST

static void says(int64_t amount, Unit unit, const char *expected) {
  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  duration_print(&buffer, amount, unit);
  TEST_TEXT(buffer_text(&buffer), expected);
  TEST_END(arena);
}

START_TEST(duration_prints_the_largest_whole_unit) {
  says(18, UNIT_MONTHS, "18 months");
  says(24, UNIT_MONTHS, "2 years");
  says(12, UNIT_MONTHS, "1 year");
  says(1, UNIT_MONTHS, "1 month");
  says(0, UNIT_MONTHS, "0 months");
  says(0, UNIT_DAYS, "0 minutes");
  says(1, UNIT_DAYS, "1 minute");
  says(90, UNIT_DAYS, "90 minutes");
  says(60, UNIT_DAYS, "1 hour");
  says(2880, UNIT_DAYS, "2 days");
  says(10080, UNIT_DAYS, "1 week");
  says(60480, UNIT_DAYS, "6 weeks");
  says(365 * 1440, UNIT_DAYS, "365 days");
  says(-60, UNIT_DAYS, "-1 hour");
  says(2880, UNIT_HOURS, "48 hours");
  says(10080, UNIT_MINUTES, "168 hours");
  says(INT64_MAX, UNIT_MONTHS, "9223372036854775807 months");
  says(INT64_MIN, UNIT_DAYS, "-9223372036854775808 minutes");
}
END_TEST

Suite *suite_calendar(void) {
  const TTest *tests[] = {
    day_counts_from_the_first,
    day_reads_only_whole_dates,
    day_refuses_days_that_are_not,
    day_knows_leap_days,
    day_make_checks_each_part,
    day_date_clamps,
    day_adds_months,
    day_adds_months_to_the_last_of_a_month,
    day_add_months_clamps,
    day_adds_days,
    day_month_starts,
    units_have_names,
    duration_is_whole_minutes_or_months,
    duration_at_the_limits,
    duration_prints_the_largest_whole_unit,
  };

  return TEST_SUITE("calendar", tests);
}

/* The calendar against one that counts day by day and month by month. */
#include "base/calendar.h"
#include "base_suites.h"
#include "random.h"

static int naive_month_days(Date date) {
  bool leap = date.year % 400 == 0
              || (date.year % 4 == 0 && date.year % 100 != 0);

  switch (date.month) {
    case 2: return leap ? 29 : 28;
    case 4: case 6: case 9: case 11: return 30;
    default: return 31;
  }
}

static Date naive_next(Date date) {
  if (++date.day <= naive_month_days(date)) return date;
  date.day = 1;
  if (++date.month <= 12) return date;
  date.month = 1;
  date.year++;
  return date;
}

static bool same_date(Date a, Date b) {
  return a.year == b.year && a.month == b.month && a.day == b.day;
}

START_TEST(calendar_agrees_on_every_day) {
  Date date = {1, 1, 1};
  Day counted = 0, made;

  while (date.year < 10000) {
    counted++;
    TEST_THAT(same_date(day_date(counted), date));
    TEST_THAT(day_make(date.year, date.month, date.day, &made));
    TEST_THAT(made == counted);
    TEST_THAT(day_month_start(counted) == counted - date.day + 1);
    date = naive_next(date);
  }
  TEST_THAT(counted == DAY_LAST);
}
END_TEST

START_TEST(calendar_refuses_every_other_date) {
  Day made = 7;

  for (int year = -3; year < 10003; year++)
    for (int month = -1; month < 15; month++)
      for (int day = -1; day < 34; day++) {
        bool real = year >= 1 && year <= 9999 && month >= 1 && month <= 12
                    && day >= 1
                    && day <= naive_month_days((Date){year, month, 1});

        if (day_make(year, month, day, &made) != real)
          ck_abort_msg("%d-%d-%d", year, month, day);
      }
}
END_TEST

/* One month on or back, the day of the month not yet cut. */
static bool naive_step(Date *date, bool back) {
  date->month += back ? -1 : 1;
  if (date->month < 1) {
    date->month = 12;
    date->year--;
  }
  if (date->month > 12) {
    date->month = 1;
    date->year++;
  }
  return date->year >= 1 && date->year <= 9999;
}

static Day naive_add_months(Day day, int months) {
  Date date = day_date(day);
  int last;

  for (int step = 0; step < (months < 0 ? -months : months); step++)
    if (!naive_step(&date, months < 0))
      return months < 0 ? DAY_FIRST : DAY_LAST;
  last = naive_month_days(date);
  if (date.day > last) date.day = last;
  day_make(date.year, date.month, date.day, &day);
  return day;
}

START_TEST(calendar_agrees_on_months) {
  Random random = {1};

  for (int i = 0; i < 50000; i++) {
    Day day = (Day)random_below(&random, DAY_LAST) + 1;
    int months = (int)random_below(&random, 600) - 300;

    if (i % 5 == 0) day = (Day)random_below(&random, 1000) + 1;
    if (i % 5 == 1) day = DAY_LAST - (Day)random_below(&random, 1000);
    TEST_THAT_MSG(
        day_add_months(day, months) == naive_add_months(day, months),
        "%d and %d months", day, months);
  }
}
END_TEST

START_TEST(calendar_months_keep_their_order) {
  Random random = {2};

  for (int i = 0; i < 200000; i++) {
    Day day = (Day)random_below(&random, DAY_LAST - 1) + 1;
    int64_t months = random_edgy(&random) >> random_below(&random, 50);

    TEST_THAT(day_add_months(day, months) <= day_add_months(day + 1, months));
    if (months < INT64_MAX)
      TEST_THAT(day_add_months(day, months)
                <= day_add_months(day, months + 1));
  }
}
END_TEST

START_TEST(calendar_days_clamp_at_both_ends) {
  Random random = {3};

  for (int i = 0; i < 200000; i++) {
    Day day = (Day)random_below(&random, DAY_LAST) + 1;
    int64_t days = random_edgy(&random);
    Day sum = day_add_days(day, days);

    if (days > DAY_LAST - day)
      TEST_THAT(sum == DAY_LAST);
    else if (days < DAY_FIRST - day)
      TEST_THAT(sum == DAY_FIRST);
    else
      TEST_THAT(sum == day + days);
  }
}
END_TEST

START_TEST(calendar_reads_what_it_prints) {
  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  for (Day day = DAY_FIRST, read; day <= DAY_LAST; day += 7) {
    buffer.length = 0;
    day_print(&buffer, day);
    if (!day_read(buffer_text(&buffer), &read) || read != day)
      ck_abort_msg("%.*s", TEXT_ARG(buffer_text(&buffer)));
  }
  TEST_END(arena);
}
END_TEST

Suite *suite_calendar_naive(void) {
  const TTest *tests[] = {
    calendar_agrees_on_every_day,    calendar_refuses_every_other_date,
    calendar_agrees_on_months,       calendar_months_keep_their_order,
    calendar_days_clamp_at_both_ends, calendar_reads_what_it_prints,
  };

  return TEST_SUITE("calendar_naive", tests);
}

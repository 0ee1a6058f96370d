/* Numbers against arithmetic in 128 bits. */
#include <string.h>
#include "base/calendar.h"
#include "base_suites.h"
#include "random.h"

__extension__ typedef __int128 Wide;

#define ROUNDS 300000

static bool fits(Wide wide) {
  return wide >= INT64_MIN && wide <= INT64_MAX;
}

typedef bool Operation(int64_t a, int64_t b, int64_t *result);

/* Fails unless `operation` on a and b does what `wide` says. */
static void agrees(Operation *operation, int64_t a, int64_t b, Wide wide) {
  int64_t got = 7;
  bool fine = operation(a, b, &got);

  TEST_THAT_MSG(fine == fits(wide) && got == (fine ? (int64_t)wide : 7),
                "%lld and %lld", (long long)a, (long long)b);
}

START_TEST(number_arithmetic_agrees) {
  Random random = {4};

  for (int i = 0; i < ROUNDS; i++) {
    int64_t a = random_edgy(&random), b = random_edgy(&random);

    agrees(number_add, a, b, (Wide)a + b);
    agrees(number_subtract, a, b, (Wide)a - b);
    agrees(number_multiply, a, b, (Wide)a * b);
  }
}
END_TEST

START_TEST(number_durations_agree) {
  Random random = {5};

  for (int i = 0; i < ROUNDS; i++) {
    Unit unit = (Unit)(UNIT_MINUTES + random_below(&random, 6));
    int64_t millionths = random_edgy(&random), got = 7;
    Wide wide;
    bool fine;

    if (i % 2) millionths = millionths / 100000 * 100000;
    wide = (Wide)millionths * unit_size(unit);
    fine = wide % NUMBER_ONE == 0 && fits(wide / NUMBER_ONE);
    TEST_THAT(duration_make(millionths, unit, &got) == fine);
    TEST_THAT(got == (fine ? (int64_t)(wide / NUMBER_ONE) : 7));
  }
}
END_TEST

START_TEST(number_reads_what_it_prints) {
  Random random = {6};

  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  for (int i = 0; i < ROUNDS; i++) {
    int64_t number = random_edgy(&random), read = 7;
    NumberFault fault;

    buffer.length = 0;
    number_print(&buffer, number);
    fault = number_read(buffer_text(&buffer), &read);
    if (number >= -NUMBER_MOST && number <= NUMBER_MOST)
      TEST_THAT(fault == NUMBER_FINE && read == number);
    else
      TEST_THAT(fault == NUMBER_TOO_LARGE && read == 7);
  }
  TEST_END(arena);
}
END_TEST

/* Reads by the rule, at leisure: first the form, then the value in units of
 * 10^-12, for texts of up to 20 digits before the point and 12 behind. */
static NumberFault naive_read(const char *text, int64_t *millionths) {
  const char *at = text + (*text == '-');
  Wide value = 0;
  int whole = 0, places = 0;

  for (; *at >= '0' && *at <= '9'; at++, whole++)
    value = value * 10 + *at - '0';
  if (!whole) return NUMBER_MALFORMED;
  if (*at == '.') {
    for (at++; *at >= '0' && *at <= '9'; at++, places++)
      value = value * 10 + *at - '0';
    if (!places) return NUMBER_MALFORMED;
  }
  if (*at) return NUMBER_MALFORMED;
  for (; places < 12; places++) value *= 10;
  if (value / NUMBER_ONE >= (Wide)NUMBER_MOST + NUMBER_ONE)
    return NUMBER_TOO_LARGE;
  if (value % NUMBER_ONE) return NUMBER_TOO_FINE;
  if (value / NUMBER_ONE > NUMBER_MOST) return NUMBER_TOO_LARGE;
  *millionths = (int64_t)(value / NUMBER_ONE) * (*text == '-' ? -1 : 1);
  return NUMBER_FINE;
}

/* How many digits follow the first point. */
static size_t count_places(const char *text) {
  const char *point = strchr(text, '.');

  return point ? strspn(point + 1, "0123456789") : 0;
}

/* A text that is often nearly a number. */
static void make_text(Random *random, char *text) {
  uint32_t whole = random_below(random, 16), places = random_below(random, 13);
  uint32_t at = 0;

  if (random_below(random, 4) == 0) text[at++] = '-';
  for (; whole; whole--)
    text[at++] = "0123456789000001"[random_below(random, 16)];
  if (random_below(random, 3)) text[at++] = '.';
  for (; places; places--)
    text[at++] = "0000000000000012"[random_below(random, 16)];
  if (random_below(random, 8) == 0)
    text[at++] = "-+. e,x1"[random_below(random, 8)];
  text[at] = 0;
  if (at && random_below(random, 8) == 0)
    text[random_below(random, at)] = "-+. e,x1"[random_below(random, 8)];
}

START_TEST(number_reading_agrees) {
  Random random = {7};
  uint32_t faults[4] = {0};

  for (int i = 0; i < ROUNDS; i++) {
    char text[40];
    int64_t got = 7, naive = 7;
    NumberFault fault;

    make_text(&random, text);
    if (strspn(text + (*text == '-'), "0123456789") > 20) continue;
    if (count_places(text) > 12) continue;
    fault = number_read(text_of(text), &got);
    TEST_THAT_MSG(fault == naive_read(text, &naive), "[%s]", text);
    TEST_THAT_MSG(got == naive, "[%s]", text);
    faults[fault]++;
  }
  for (int i = 0; i < 4; i++) ck_assert_uint_gt(faults[i], ROUNDS / 100);
}
END_TEST

Suite *suite_number_naive(void) {
  const TTest *tests[] = {number_arithmetic_agrees, number_durations_agree,
                          number_reads_what_it_prints, number_reading_agrees};

  return TEST_SUITE("number_naive", tests);
}

#include "base/number.h"
#include "base_suites.h"

/* Fails unless `text` reads as `expected` millionths. */
static void reads(Text text, int64_t expected) {
  int64_t got = 12345;
  NumberFault fault = number_read(text, &got);

  ck_assert_msg(fault == NUMBER_FINE, "[%.*s] is not read", TEXT_ARG(text));
  ck_assert_msg(got == expected, "[%.*s] reads %lld", TEXT_ARG(text),
                (long long)got);
}

/* Fails unless `text` is refused for `expected`, and nothing written. */
static void refused(Text text, NumberFault expected) {
  int64_t got = 12345;
  NumberFault fault = number_read(text, &got);

  ck_assert_msg(fault == expected, "[%.*s] gives %d", TEXT_ARG(text),
                (int)fault);
  ck_assert(got == 12345);
}

START_TEST(number_reads_whole_numbers) {
  reads(TEXT("0"), 0);
  reads(TEXT("12"), 12 * NUMBER_ONE);
  reads(TEXT("-3"), -3 * NUMBER_ONE);
  reads(TEXT("-0"), 0);
  reads(TEXT("007"), 7 * NUMBER_ONE);
}
END_TEST

START_TEST(number_reads_six_places) {
  reads(TEXT("1.5"), 1500000);
  reads(TEXT("-1.5"), -1500000);
  reads(TEXT("0.000001"), 1);
  reads(TEXT("-0.000001"), -1);
  reads(TEXT("0.123456"), 123456);
  reads(TEXT("1.50"), 1500000);
  reads(TEXT("1.500000000000000000000000000"), 1500000);
  reads(TEXT("2.0"), 2 * NUMBER_ONE);
}
END_TEST

START_TEST(number_refuses_finer_places) {
  refused(TEXT("0.0000001"), NUMBER_TOO_FINE);
  refused(TEXT("0.1234567"), NUMBER_TOO_FINE);
  refused(TEXT("1.00000000000000000000000000001"), NUMBER_TOO_FINE);
}
END_TEST

START_TEST(number_refuses_malformed) {
  static const char *const forms[] = {
    "", "-", "+1", "--1", ".", "1.", ".5", "-.5", "-1.", "1e3", "1E3", "1 ",
    " 1", "1,000", "1_000", "1.2.3", "0x10", "1-", "12a", "a", "1.5a", "1.a",
    "£5", "٣", "1..2", "-", "- 1", "1\n", "NaN", "inf",
  };

  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    refused(text_of(forms[i]), NUMBER_MALFORMED);
  refused(TEXT_NONE, NUMBER_MALFORMED);
  refused(TEXT("1\0"), NUMBER_MALFORMED);
}
END_TEST

START_TEST(number_malformed_comes_before_size) {
  refused(TEXT("99999999999999999999999999x"), NUMBER_MALFORMED);
  refused(TEXT("0.00000000000000000001x"), NUMBER_MALFORMED);
}
END_TEST

START_TEST(number_keeps_to_its_limits) {
  reads(TEXT("1000000000000"), NUMBER_MOST);
  reads(TEXT("-1000000000000"), -NUMBER_MOST);
  reads(TEXT("1000000000000.000000"), NUMBER_MOST);
  reads(TEXT("999999999999.999999"), NUMBER_MOST - 1);
  reads(TEXT("0000000000000000000000000001"), NUMBER_ONE);
  refused(TEXT("1000000000000.000001"), NUMBER_TOO_LARGE);
  refused(TEXT("-1000000000000.000001"), NUMBER_TOO_LARGE);
  refused(TEXT("1000000000001"), NUMBER_TOO_LARGE);
  refused(TEXT("9223372036854775807"), NUMBER_TOO_LARGE);
  refused(TEXT("9223372036854775808"), NUMBER_TOO_LARGE);
  refused(TEXT("-9223372036854775808"), NUMBER_TOO_LARGE);
  refused(TEXT("18446744073709551616"), NUMBER_TOO_LARGE);
  refused(TEXT("99999999999999999999999999999999999"), NUMBER_TOO_LARGE);
}
END_TEST

static void prints(int64_t millionths, const char *expected) {
  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  number_print(&buffer, millionths);
  TEST_TEXT(buffer_text(&buffer), expected);
  TEST_END(arena);
}

START_TEST(number_prints_no_more_than_needed) {
  prints(0, "0");
  prints(1, "0.000001");
  prints(-1, "-0.000001");
  prints(1500000, "1.5");
  prints(-1500000, "-1.5");
  prints(10 * NUMBER_ONE, "10");
  prints(1000010, "1.00001");
  prints(123456, "0.123456");
  prints(NUMBER_MOST, "1000000000000");
  prints(-NUMBER_MOST, "-1000000000000");
  prints(INT64_MAX, "9223372036854.775807");
  prints(INT64_MIN, "-9223372036854.775808");
}
END_TEST

START_TEST(number_adds_within_64_bits) {
  int64_t sum = 7;

  ck_assert(number_add(2, 3, &sum) && sum == 5);
  ck_assert(number_add(INT64_MAX, 0, &sum) && sum == INT64_MAX);
  ck_assert(number_add(INT64_MAX, INT64_MIN, &sum) && sum == -1);
  sum = 7;
  ck_assert(!number_add(INT64_MAX, 1, &sum) && sum == 7);
  ck_assert(!number_add(INT64_MIN, -1, &sum) && sum == 7);
}
END_TEST

START_TEST(number_subtracts_within_64_bits) {
  int64_t rest = 7;

  ck_assert(number_subtract(2, 3, &rest) && rest == -1);
  ck_assert(number_subtract(INT64_MIN, 0, &rest) && rest == INT64_MIN);
  ck_assert(number_subtract(-1, INT64_MIN, &rest) && rest == INT64_MAX);
  rest = 7;
  ck_assert(!number_subtract(INT64_MIN, 1, &rest) && rest == 7);
  ck_assert(!number_subtract(0, INT64_MIN, &rest) && rest == 7);
}
END_TEST

START_TEST(number_multiplies_within_64_bits) {
  int64_t product = 7;

  ck_assert(number_multiply(-2, 3, &product) && product == -6);
  ck_assert(number_multiply(INT64_MIN, 1, &product) && product == INT64_MIN);
  product = 7;
  ck_assert(!number_multiply(INT64_MIN, -1, &product) && product == 7);
  ck_assert(!number_multiply(INT64_MAX, 2, &product) && product == 7);
  ck_assert(!number_multiply(INT64_C(1) << 32, INT64_C(1) << 31, &product));
  ck_assert(number_multiply(INT64_C(1) << 32, INT64_C(1) << 30, &product));
}
END_TEST

START_TEST(number_results_may_be_operands) {
  int64_t total = 5;

  ck_assert(number_add(total, total, &total) && total == 10);
  ck_assert(number_multiply(total, total, &total) && total == 100);
  ck_assert(number_subtract(total, total, &total) && total == 0);
}
END_TEST

START_TEST(money_is_whole_minor_units) {
  int64_t minor = 7;

  ck_assert(money_from_number(12500000, &minor) && minor == 1250);
  ck_assert(money_from_number(10000, &minor) && minor == 1);
  ck_assert(money_from_number(0, &minor) && minor == 0);
  ck_assert(money_from_number(-10000, &minor) && minor == -1);
  ck_assert(money_from_number(NUMBER_MOST, &minor)
            && minor == INT64_C(100000000000000));
  minor = 7;
  ck_assert(!money_from_number(5000, &minor) && minor == 7);
  ck_assert(!money_from_number(1, &minor) && minor == 7);
  ck_assert(!money_from_number(-1, &minor) && minor == 7);
  ck_assert(!money_from_number(INT64_MIN, &minor) && minor == 7);
}
END_TEST

static void pays(int64_t minor, Currency currency, const char *expected) {
  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  money_print(&buffer, minor, currency);
  TEST_TEXT(buffer_text(&buffer), expected);
  TEST_END(arena);
}

START_TEST(money_prints_as_people_write_it) {
  pays(1250, GBP, "£12.50");
  pays(800, GBP, "£8");
  pays(500, EUR, "€5");
  pays(500, USD, "$5");
  pays(5, GBP, "£0.05");
  pays(99, USD, "$0.99");
  pays(0, EUR, "€0");
  pays(-1250, GBP, "-£12.50");
  pays(1000000, GBP, "£10000");
  pays(150, CURRENCY_NONE, "1.50");
  pays(INT64_MAX, GBP, "£92233720368547758.07");
  pays(INT64_MIN, GBP, "-£92233720368547758.08");
}
END_TEST

START_TEST(currencies_have_names) {
  ck_assert_str_eq(currency_name(GBP), "GBP");
  ck_assert_str_eq(currency_name(EUR), "EUR");
  ck_assert_str_eq(currency_name(USD), "USD");
  for (Currency one = GBP; one < CURRENCY_COUNT; one++)
    ck_assert_int_eq(currency_find(text_of(currency_name(one))), one);
  ck_assert_int_eq(currency_find(TEXT("gbp")), CURRENCY_NONE);
  ck_assert_int_eq(currency_find(TEXT("")), CURRENCY_NONE);
  ck_assert_int_eq(currency_find(TEXT("GBPX")), CURRENCY_NONE);
}
END_TEST

Suite *suite_number(void) {
  const TTest *tests[] = {
    number_reads_whole_numbers,
    number_reads_six_places,
    number_refuses_finer_places,
    number_refuses_malformed,
    number_malformed_comes_before_size,
    number_keeps_to_its_limits,
    number_prints_no_more_than_needed,
    number_adds_within_64_bits,
    number_subtracts_within_64_bits,
    number_multiplies_within_64_bits,
    number_results_may_be_operands,
    money_is_whole_minor_units,
    money_prints_as_people_write_it,
    currencies_have_names,
  };

  return TEST_SUITE("number", tests);
}

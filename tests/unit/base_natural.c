#include "base/natural.h"
#include "base_suites.h"
#include "random.h"

__extension__ typedef unsigned __int128 Wide;

enum { LIMBS = 3, ROUNDS = 20000 };

static void put(Limb *to, Wide value) {
  natural_set(to, (uint64_t)value, LIMBS);
  to[1] = (Limb)(value >> 64);
}

static bool is(const Limb *a, Wide value) {
  return a[0] == (Limb)value && a[1] == (Limb)(value >> 64) && a[2] == 0;
}

/* Of any length up to `bits`, the small and the round ones often. */
static Wide some(Random *state, unsigned bits) {
  unsigned length = (unsigned)(random_next(state) % (bits + 1));
  Wide value = (Wide)random_next(state) << 64 | random_next(state);
  if (random_next(state) % 8 == 0) value = ~(Wide)0;
  value = length == 0 ? 0 : value >> (128 - length);
  return random_next(state) % 8 == 0 && value ? value - 1 : value;
}

/* --------------------------------------------------------------- reckoning */

START_TEST(natural_has_a_limb_to_spare) {
  ck_assert(natural_limbs(0) == 2);
  ck_assert(natural_limbs(63) == 2);
  ck_assert(natural_limbs(64) == 3);
  ck_assert(natural_limbs(127) == 3);
  ck_assert(natural_limbs(128) == 4);
}
END_TEST

START_TEST(natural_adds_and_subtracts_as_128_bits) {
  Random state = {1};
  for (uint32_t i = 0; i < ROUNDS; i++) {
    Wide x = some(&state, 127), y = some(&state, 127);
    Limb a[LIMBS], b[LIMBS];
    put(a, x);
    put(b, y);
    TEST_THAT(natural_compare(a, b, LIMBS) == (x > y) - (x < y));
    TEST_THAT(natural_is_zero(a, LIMBS) == (x == 0));
    natural_add(a, b, LIMBS);
    TEST_THAT(is(a, x + y));
    natural_subtract(a, b, LIMBS);
    TEST_THAT(is(a, x));
    natural_copy(b, a, LIMBS);
    natural_subtract(a, b, LIMBS);
    TEST_THAT(natural_is_zero(a, LIMBS));
  }
}
END_TEST

START_TEST(natural_multiplies_and_divides_as_128_bits) {
  Random state = {2};
  for (uint32_t i = 0; i < ROUNDS; i++) {
    Wide x = some(&state, 64), y = some(&state, 64);
    Limb a[LIMBS], b[LIMBS], space[LIMBS];
    put(a, x);
    put(b, y);
    natural_multiply(a, b, space, LIMBS);
    TEST_THAT(is(a, x * y));
    TEST_THAT(is(b, y));
    if (y) TEST_THAT(natural_divide_small(a, (uint64_t)y, LIMBS) == 0);
    if (y) TEST_THAT(is(a, x));
    put(a, x);
    natural_multiply_small(a, (uint64_t)y, LIMBS);
    TEST_THAT(is(a, x * y));
    Wide whole = some(&state, 128);
    put(a, whole);
    if (y) TEST_THAT(natural_divide_small(a, (uint64_t)y, LIMBS) == whole % y);
    if (y) TEST_THAT(is(a, whole / y));
  }
}
END_TEST

/* ---------------------------------------------------------------- printing */

static Text printed(Arena *arena, const Limb *a, uint32_t limbs, bool plain) {
  Buffer out = {.arena = arena};
  Limb *space = ARENA_ARRAY(arena, limbs, Limb);
  if (plain)
    natural_print_plain(&out, a, space, limbs);
  else
    natural_print(&out, a, space, limbs);
  return buffer_text(&out);
}

START_TEST(natural_prints_groups_of_three) {
  static const struct { uint64_t value; const char *text, *plain; } rows[] = {
    {0, "0", "0"}, {7, "7", "7"}, {999, "999", "999"},
    {1000, "1,000", "1000"}, {1001, "1,001", "1001"},
    {12345, "12,345", "12345"}, {1000000, "1,000,000", "1000000"},
    {1002003, "1,002,003", "1002003"},
    {UINT64_MAX, "18,446,744,073,709,551,615", "18446744073709551615"},
  };
  TEST_ARENA(arena);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Limb a[LIMBS];
    natural_set(a, rows[i].value, LIMBS);
    TEST_TEXT(printed(&arena, a, LIMBS, false), rows[i].text);
    TEST_TEXT(printed(&arena, a, LIMBS, true), rows[i].plain);
    ck_assert(a[0] == rows[i].value);
  }
  TEST_END(arena);
}
END_TEST

/* 2^200 and 3^200, as bc has them. */
START_TEST(natural_is_of_any_size) {
  TEST_ARENA(arena);
  uint32_t limbs = natural_limbs(320);
  Limb *two = ARENA_ARRAY(&arena, limbs, Limb);
  Limb *three = ARENA_ARRAY(&arena, limbs, Limb);
  Limb *square = ARENA_ARRAY(&arena, limbs, Limb);
  Limb *space = ARENA_ARRAY(&arena, limbs, Limb);
  natural_set(two, 1, limbs);
  natural_set(three, 1, limbs);
  natural_set(square, 1, limbs);
  for (int i = 0; i < 200; i++) natural_multiply_small(two, 2, limbs);
  for (int i = 0; i < 200; i++) natural_multiply_small(three, 3, limbs);
  for (int i = 0; i < 100; i++) natural_multiply_small(square, 3, limbs);
  TEST_TEXT(printed(&arena, two, limbs, true),
            "1606938044258990275541962092341162602522202993782792835301376");
  TEST_TEXT(printed(&arena, three, limbs, false),
            "265,613,988,875,874,769,338,781,322,035,779,626,829,233,452,653,"
            "394,495,974,574,961,739,092,490,901,302,182,994,384,699,044,001");
  natural_copy(space, square, limbs);
  Limb *room = ARENA_ARRAY(&arena, limbs, Limb);
  natural_multiply(square, space, room, limbs);
  ck_assert(natural_compare(square, three, limbs) == 0);
  ck_assert(natural_compare(two, three, limbs) < 0);
  for (int i = 0; i < 200; i++)
    TEST_THAT(natural_divide_small(three, 3, limbs) == 0);
  TEST_TEXT(printed(&arena, three, limbs, true), "1");
  TEST_END(arena);
}
END_TEST

/* ------------------------------------------------------------------ shares */

static Text percent(Arena *arena, uint64_t part, uint64_t whole) {
  Buffer out = {.arena = arena};
  Limb a[LIMBS], all[LIMBS];
  natural_set(a, part, LIMBS);
  natural_set(all, whole, LIMBS);
  natural_print_percent(&out, a, all, LIMBS);
  return buffer_text(&out);
}

START_TEST(natural_prints_percentages) {
  static const struct { uint64_t a, all; const char *text; } rows[] = {
    {0, 1, "0 %"}, {1, 1, "100 %"}, {1, 2, "50 %"}, {1, 8, "12.5 %"},
    {1, 3, "33.33 %"}, {2, 3, "66.67 %"}, {1, 210, "0.48 %"},
    {1, 100, "1 %"}, {1, 1000, "0.1 %"}, {1, 10000, "0.01 %"},
    {105, 10000, "1.05 %"}, {1, 20000, "0.01 %"},
    {1, 20001, "less than 0.01 %"}, {1, UINT64_MAX, "less than 0.01 %"},
    {9999, 10000, "99.99 %"}, {19999, 20000, "over 99.99 %"},
    {199989, 200000, "99.99 %"}, {199990, 200000, "over 99.99 %"},
    {UINT64_MAX - 1, UINT64_MAX, "over 99.99 %"},
    {UINT64_MAX, UINT64_MAX, "100 %"},
  };
  TEST_ARENA(arena);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    TEST_TEXT(percent(&arena, rows[i].a, rows[i].all), rows[i].text);
  TEST_END(arena);
}
END_TEST

/* Every share of small numbers: as reckoned in hundredths of a percent. */
START_TEST(natural_never_rounds_to_nothing_or_to_all) {
  TEST_ARENA(arena);
  for (uint64_t all = 1; all < 30; all++)
    for (uint64_t a = 0; a <= all * 997; a += 1 + a / 17) {
      uint64_t whole = all * 997, hundredths = (a * 20000 + whole) / 2 / whole;
      Text text = percent(&arena, a, whole);
      Text expected =
          text_format(&arena, "%u%s%.*s %%", (unsigned)(hundredths / 100),
                      hundredths % 100 ? "." : "",
                      hundredths % 100 == 0  ? 0
                      : hundredths % 10 == 0 ? 1
                                             : 2,
                      text_format(&arena, "%02u",
                                  (unsigned)(hundredths % 100)).at);
      if (hundredths == 0 && a) expected = TEXT("less than 0.01 %");
      if (hundredths == 10000 && a < whole) expected = TEXT("over 99.99 %");
      TEST_THAT_MSG(text_equal(text, expected), "%u of %u: %.*s, not %.*s",
                    (unsigned)a, (unsigned)whole, TEXT_ARG(text),
                    TEXT_ARG(expected));
    }
  TEST_END(arena);
}
END_TEST

START_TEST(natural_shares_as_128_bits) {
  Random state = {3};
  TEST_ARENA(arena);
  for (uint32_t i = 0; i < ROUNDS; i++) {
    Wide all = some(&state, 100) + 1, part = some(&state, 100) % (all + 1);
    Limb a[LIMBS], b[LIMBS];
    put(a, part);
    put(b, all);
    TEST_THAT(natural_share(&arena, a, b, LIMBS) == part * 1000000 / all);
    TEST_THAT(is(a, part));
  }
  TEST_END(arena);
}
END_TEST

Suite *suite_natural(void) {
  const TTest *tests[] = {
    natural_has_a_limb_to_spare,
    natural_adds_and_subtracts_as_128_bits,
    natural_multiplies_and_divides_as_128_bits,
    natural_prints_groups_of_three,
    natural_is_of_any_size,
    natural_prints_percentages,
    natural_never_rounds_to_nothing_or_to_all,
    natural_shares_as_128_bits,
  };

  return TEST_SUITE("natural", tests);
}

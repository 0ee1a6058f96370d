#include "base/diagnostic.h"
#include "base_suites.h"

START_TEST(diagnostic_tells_one_mistake_once) {
  TEST_ARENA(arena);
  Diagnostics all = {.arena = &arena};
  Span place = {1, 5, 8}, other = {1, 6, 8};

  diagnostic_error(&all, 103, place, "One.");
  diagnostic_help(&all, diagnostic_error(&all, 103, place, "Two."), "Never.");
  diagnostic_error(&all, 104, place, "Three.");
  diagnostic_error(&all, 103, other, "Four.");
  diagnostic_warning(&all, 103, place, "Five.");
  diagnostic_error(&all, 103, other, "Six.");
  diagnostic_warning(&all, 103, place, "Seven.");
  ck_assert_uint_eq(all.errors, 3);
  ck_assert_uint_eq(all.warnings, 1);
  ck_assert_uint_eq(all.list.count, 4);
  TEST_TEXT(all.list.at[0].message, "One.");
  ck_assert(text_is_none(all.list.at[0].help));
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_knows_mistakes_in_any_order) {
  TEST_ARENA(arena);
  Diagnostics all = {.arena = &arena};
  const Span places[] = {{2, 5, 8}, {1, 9, 12}, {2, 3, 4}, {1, 0, 2},
                         {3, 0, 1}, {2, 9, 10}};

  for (int again = 0; again < 2; again++)
    for (int i = 0; i < 6; i++)
      diagnostic_error(&all, 103, places[again ? 5 - i : i], "Wrong.");
  ck_assert_uint_eq(all.errors, 6);
  ck_assert_uint_eq(all.list.count, 6);
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_without_a_place_differs_by_its_words) {
  TEST_ARENA(arena);
  Diagnostics all = {.arena = &arena};

  diagnostic_error(&all, 603, (Span){0}, "One.");
  diagnostic_error(&all, 603, (Span){0}, "Two.");
  diagnostic_error(&all, 603, (Span){0}, "One.");
  ck_assert_uint_eq(all.errors, 2);
  TEST_END(arena);
}
END_TEST

/* Adds `count` of each severity, each with help and a related place. */
static void add_many(Diagnostics *all, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    Span place = {1, i, i + 1};
    Diagnostic *one = diagnostic_error(all, 103, place, "Wrong %u.", i);

    TEST_THAT(one);
    diagnostic_help(all, one, "Help %u.", i);
    diagnostic_relate(all, one, place, "See %u.", i);
    TEST_THAT(diagnostic_warning(all, 7, place, "Odd %u.", i));
  }
}

START_TEST(diagnostic_keeps_no_more_than_asked) {
  TEST_ARENA(arena);
  Diagnostics few = {.arena = &arena, .most = 3}, all = {.arena = &arena};

  add_many(&few, 250);
  ck_assert_uint_eq(few.errors, 250);
  ck_assert_uint_eq(few.warnings, 250);
  ck_assert_uint_eq(few.list.count, 6);
  TEST_TEXT(few.list.at[4].help, "Help 2.");
  TEST_TEXT(few.list.at[4].related->message, "See 2.");
  add_many(&all, 250);
  ck_assert_uint_eq(all.errors, 250);
  ck_assert_uint_eq(all.list.count, 200);
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_sorts_by_place) {
  static const char *const order[] = {"no place", "first", "error",
                                      "warning",  "later", "equal",
                                      "file two"};

  TEST_ARENA(arena);
  Diagnostics all = {.arena = &arena};

  diagnostic_error(&all, 1, (Span){2, 0, 1}, "file two");
  diagnostic_warning(&all, 2, (Span){1, 5, 6}, "warning");
  diagnostic_error(&all, 3, (Span){1, 9, 10}, "later");
  diagnostic_error(&all, 3, (Span){1, 5, 6}, "error");
  diagnostic_error(&all, 2, (Span){1, 9, 10}, "equal");
  diagnostic_warning(&all, 1, (Span){1, 0, 1}, "first");
  diagnostic_error(&all, 1, (Span){0}, "no place");
  diagnostic_sort(&all);
  for (uint32_t i = 0; i < 7; i++)
    TEST_TEXT(all.list.at[i].message, order[i]);
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_has_a_kind) {
  Diagnostic one = {.severity = SEVERITY_ERROR};

  ck_assert_str_eq(diagnostic_kind(&one), "error");
  one.severity = SEVERITY_WARNING;
  ck_assert_str_eq(diagnostic_kind(&one), "warning");
}
END_TEST

static void report(Arena *arena, void *context) {
  Sources sources = {0};
  Diagnostics all = {.arena = arena};
  Buffer out = {.arena = arena};

  (void)context;
  source_add(arena, &sources, TEXT("a.stile"), TEXT("a\x1b rule\none\n"));
  add_many(&all, 11);
  diagnostic_sort(&all);
  for (uint32_t i = 0; i < all.list.count; i++)
    diagnostic_print(&out, &sources, &all.list.at[i], true);
  ck_assert_uint_gt(out.length, 1000);
}

START_TEST(diagnostic_survives_the_end_of_memory) {
  ck_assert_uint_gt(test_scarce(report, NULL), 100);
}
END_TEST

Suite *suite_diagnostic(void) {
  const TTest *tests[] = {
    diagnostic_tells_one_mistake_once,
    diagnostic_knows_mistakes_in_any_order,
    diagnostic_without_a_place_differs_by_its_words,
    diagnostic_keeps_no_more_than_asked,
    diagnostic_sorts_by_place,
    diagnostic_has_a_kind,
    diagnostic_survives_the_end_of_memory,
  };

  return TEST_SUITE("diagnostic", tests);
}

#include <string.h>
#include "base_suites.h"

START_TEST(text_none_is_not_empty) {
  ck_assert(text_is_none(TEXT_NONE));
  ck_assert(!text_is_none(TEXT("")));
  ck_assert(text_is_none(text_of(NULL)));
  ck_assert(!text_is_none(text_of("")));
  ck_assert(text_equal(TEXT_NONE, TEXT("")));
}
END_TEST

START_TEST(text_compares_bytes) {
  ck_assert(text_equal(TEXT("gift"), TEXT("gift")));
  ck_assert(!text_equal(TEXT("gift"), TEXT("gifts")));
  ck_assert(!text_equal(TEXT("gift"), TEXT("gift\0")));
  ck_assert_int_lt(text_compare(TEXT("a"), TEXT("b")), 0);
  ck_assert_int_gt(text_compare(TEXT("b"), TEXT("a")), 0);
  ck_assert_int_lt(text_compare(TEXT("a"), TEXT("aa")), 0);
  ck_assert_int_gt(text_compare(TEXT("aa"), TEXT("a")), 0);
  ck_assert_int_eq(text_compare(TEXT("aa"), TEXT("aa")), 0);
  ck_assert_int_eq(text_compare(TEXT_NONE, TEXT("")), 0);
  ck_assert_int_lt(text_compare(TEXT("z"), TEXT("é")), 0);
}
END_TEST

START_TEST(text_starts_with_its_prefixes) {
  ck_assert(text_starts(TEXT("gifts"), TEXT("gift")));
  ck_assert(text_starts(TEXT("gifts"), TEXT("gifts")));
  ck_assert(text_starts(TEXT("gifts"), TEXT("")));
  ck_assert(text_starts(TEXT_NONE, TEXT_NONE));
  ck_assert(!text_starts(TEXT("gift"), TEXT("gifts")));
  ck_assert(!text_starts(TEXT("gift"), TEXT("a")));
}
END_TEST

START_TEST(text_copies_end_with_nul) {
  char bytes[] = "gift";
  Text copy;

  TEST_ARENA(arena);
  copy = text_copy(&arena, (Text){bytes, 4});
  bytes[0] = 'x';
  TEST_TEXT(copy, "gift");
  ck_assert_int_eq(copy.at[4], 0);
  ck_assert(text_is_none(text_copy(&arena, TEXT_NONE)));
  ck_assert(!text_is_none(text_copy(&arena, TEXT(""))));
  ck_assert_uint_eq(text_copy(&arena, TEXT("a\0b")).length, 3);
  TEST_END(arena);
}
END_TEST

START_TEST(text_formats) {
  TEST_ARENA(arena);
  TEST_TEXT(text_format(&arena, "%d %s", 5, "gifts"), "5 gifts");
  TEST_TEXT(text_format(&arena, "%.*s", TEXT_ARG(TEXT_NONE)), "");
  TEST_TEXT(text_format(&arena, "`%.*s`", TEXT_ARG(TEXT("gift"))), "`gift`");
  ck_assert_uint_eq(text_format(&arena, "%*d", 5000, 1).length, 5000);
  TEST_END(arena);
}
END_TEST

START_TEST(text_distance_counts_steps) {
  ck_assert_uint_eq(text_distance(TEXT(""), TEXT(""), 9), 0);
  ck_assert_uint_eq(text_distance(TEXT("gift"), TEXT("gift"), 9), 0);
  ck_assert_uint_eq(text_distance(TEXT("gift"), TEXT(""), 9), 4);
  ck_assert_uint_eq(text_distance(TEXT(""), TEXT("gift"), 9), 4);
  ck_assert_uint_eq(text_distance(TEXT("gift"), TEXT("gifts"), 9), 1);
  ck_assert_uint_eq(text_distance(TEXT("gift"), TEXT("gft"), 9), 1);
  ck_assert_uint_eq(text_distance(TEXT("gift"), TEXT("gaft"), 9), 1);
  ck_assert_uint_eq(text_distance(TEXT("kitten"), TEXT("sitting"), 9), 3);
}
END_TEST

START_TEST(text_distance_swaps_neighbours) {
  ck_assert_uint_eq(text_distance(TEXT("gift"), TEXT("gfit"), 9), 1);
  ck_assert_uint_eq(text_distance(TEXT("ab"), TEXT("ba"), 9), 1);
  ck_assert_uint_eq(text_distance(TEXT("ca"), TEXT("abc"), 9), 3);
  ck_assert_uint_eq(text_distance(TEXT("abcd"), TEXT("badc"), 9), 2);
}
END_TEST

START_TEST(text_distance_counts_code_points) {
  ck_assert_uint_eq(text_distance(TEXT("é"), TEXT("e"), 9), 1);
  ck_assert_uint_eq(text_distance(TEXT("é"), TEXT("è"), 9), 1);
  ck_assert_uint_eq(text_distance(TEXT("é"), TEXT("ĩ"), 9), 1);
  ck_assert_uint_eq(text_distance(TEXT("手紙"), TEXT("紙手"), 9), 1);
}
END_TEST

START_TEST(text_distance_stops) {
  ck_assert_uint_eq(text_distance(TEXT("abcdef"), TEXT("uvwxyz"), 6), 6);
  ck_assert_uint_eq(text_distance(TEXT("abcdef"), TEXT("uvwxyz"), 2), 3);
  ck_assert_uint_eq(text_distance(TEXT("abcdef"), TEXT("uvwxyz"), 0), 1);
  ck_assert_uint_eq(text_distance(TEXT("abc"), TEXT("abc"), 0), 0);
  ck_assert_uint_eq(text_distance(TEXT("ab"), TEXT("ba"), UINT32_MAX), 1);
}
END_TEST

START_TEST(text_distance_of_long_texts) {
  char a[400], b[400];

  memset(a, 'a', sizeof a);
  memset(b, 'a', sizeof b);
  b[200] = 'b';
  ck_assert_uint_eq(text_distance((Text){a, 400}, (Text){b, 400}, 3), 1);
  memset(b, 'b', sizeof b);
  ck_assert_uint_eq(text_distance((Text){a, 400}, (Text){b, 400}, 3), 4);
}
END_TEST

START_TEST(text_nearest_finds_slips) {
  const Text names[] = {TEXT("token"), TEXT("handmade"), TEXT("money"),
                        TEXT("no")};

  ck_assert_int_eq(text_nearest(TEXT("toekn"), names, 4), 0);
  ck_assert_int_eq(text_nearest(TEXT("handmaid"), names, 4), 1);
  ck_assert_int_eq(text_nearest(TEXT("mony"), names, 4), 2);
  ck_assert_int_eq(text_nearest(TEXT("no"), names, 4), 3);
}
END_TEST

START_TEST(text_nearest_does_not_guess_wildly) {
  const Text names[] = {TEXT("token"), TEXT("no"), TEXT("a-very-long-name")};

  ck_assert_int_eq(text_nearest(TEXT("gift"), names, 3), -1);
  ck_assert_int_eq(text_nearest(TEXT("nu"), names, 3), -1);
  ck_assert_int_eq(text_nearest(TEXT(""), names, 3), -1);
  ck_assert_int_eq(text_nearest(TEXT("tkn"), names, 3), -1);
  ck_assert_int_eq(text_nearest(TEXT("a-vary-lung-nome"), names, 3), 2);
  ck_assert_int_eq(text_nearest(TEXT("e-vary-lung-nome"), names, 3), -1);
  ck_assert_int_eq(text_nearest(TEXT("token"), names, 0), -1);
}
END_TEST

START_TEST(text_nearest_takes_the_first_of_equals) {
  const Text names[] = {TEXT("gate"), TEXT("gabe"), TEXT("gave")};

  ck_assert_int_eq(text_nearest(TEXT("gaxe"), names, 3), 0);
  ck_assert_int_eq(text_nearest(TEXT("gabe"), names, 3), 1);
}
END_TEST

START_TEST(buffer_builds_texts) {
  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  TEST_TEXT(buffer_text(&buffer), "");
  ck_assert(!text_is_none(buffer_text(&buffer)));
  buffer_put(&buffer, TEXT("a gift"));
  buffer_put(&buffer, TEXT_NONE);
  buffer_put_c(&buffer, " of ");
  buffer_put_char(&buffer, '$');
  buffer_format(&buffer, "%d%s", 5, "");
  buffer_format(&buffer, "%s", "");
  TEST_TEXT(buffer_text(&buffer), "a gift of $5");
  TEST_END(arena);
}
END_TEST

START_TEST(buffer_grows) {
  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  for (int i = 0; i < 20000; i++) {
    if (i % 1000 == 0) arena_make(&arena, 1);
    buffer_format(&buffer, "%05d,", i);
  }
  ck_assert_uint_eq(buffer.length, 120000);
  ck_assert_mem_eq(buffer.at + 6 * 12345, "12345,", 6);
  TEST_END(arena);
}
END_TEST

START_TEST(buffer_takes_from_itself) {
  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  buffer_put(&buffer, TEXT("ab"));
  for (int i = 0; i < 10; i++) buffer_put(&buffer, buffer_text(&buffer));
  ck_assert_uint_eq(buffer.length, 2048);
  for (uint32_t i = 0; i < 2048; i++)
    TEST_THAT(buffer.at[i] == "ab"[i % 2]);
  TEST_END(arena);
}
END_TEST

START_TEST(buffer_refuses_more_than_it_can_count) {
  Buffer buffer = {.length = UINT32_MAX - 2, .room = UINT32_MAX - 1};
  Arena arena;
  jmp_buf escape;

  arena_init(&arena, &memory_default, 0, &escape);
  buffer.arena = &arena;
  if (!setjmp(escape)) {
    buffer_put(&buffer, TEXT("four"));
    ck_abort_msg("should not come here");
  }
  arena_clear(&arena);
}
END_TEST

static void build(Arena *arena, void *context) {
  Buffer buffer = {.arena = arena};

  (void)context;
  for (int i = 0; i < 100; i++) {
    Text text = text_format(arena, "%d, ", i);

    buffer_put(&buffer, text_copy(arena, text));
  }
  ck_assert_uint_eq(buffer.length, 390);
}

START_TEST(text_survives_the_end_of_memory) {
  ck_assert_uint_gt(test_scarce(build, NULL), 100);
}
END_TEST

Suite *suite_text(void) {
  const TTest *tests[] = {
    text_none_is_not_empty,
    text_compares_bytes,
    text_starts_with_its_prefixes,
    text_copies_end_with_nul,
    text_formats,
    text_distance_counts_steps,
    text_distance_swaps_neighbours,
    text_distance_counts_code_points,
    text_distance_stops,
    text_distance_of_long_texts,
    text_nearest_finds_slips,
    text_nearest_does_not_guess_wildly,
    text_nearest_takes_the_first_of_equals,
    buffer_builds_texts,
    buffer_grows,
    buffer_takes_from_itself,
    buffer_refuses_more_than_it_can_count,
    text_survives_the_end_of_memory,
  };

  return TEST_SUITE("text", tests);
}

#include "base/source.h"
#include "base/wrap.h"
#include "base_suites.h"

static const Source *add(Arena *arena, Sources *sources, Text text) {
  uint32_t file = source_add(arena, sources, TEXT("gifts.stile"), text);

  ck_assert_uint_eq(file, sources->files.count);
  return source_get(sources, file);
}

static void stands_at(const Source *source, uint32_t offset, uint32_t line,
                      uint32_t column) {
  Position position = source_position(source, offset);

  ck_assert_uint_eq(position.line, line);
  ck_assert_uint_eq(position.column, column);
}

START_TEST(source_numbers_files_from_one) {
  TEST_ARENA(arena);
  Sources sources = {0};

  ck_assert_uint_eq(source_add(&arena, &sources, TEXT("a"), TEXT("")), 1);
  ck_assert_uint_eq(source_add(&arena, &sources, TEXT("b"), TEXT("")), 2);
  TEST_TEXT(source_get(&sources, 1)->name, "a");
  TEST_TEXT(source_get(&sources, 2)->name, "b");
  ck_assert_ptr_null(source_get(&sources, 0));
  ck_assert_ptr_null(source_get(&sources, 3));
  ck_assert_ptr_null(source_get(&sources, UINT32_MAX));
  TEST_END(arena);
}
END_TEST

START_TEST(source_finds_lines) {
  TEST_ARENA(arena);
  Sources sources = {0};
  const Source *source = add(&arena, &sources, TEXT("one\ntwo\r\n\nfour"));

  ck_assert_uint_eq(source->line_count, 4);
  TEST_TEXT(source_line(source, 1), "one");
  TEST_TEXT(source_line(source, 2), "two");
  TEST_TEXT(source_line(source, 3), "");
  TEST_TEXT(source_line(source, 4), "four");
  TEST_TEXT(source_line(source, 5), "");
  TEST_TEXT(source_line(source, 0), "");
  TEST_END(arena);
}
END_TEST

START_TEST(source_line_after_the_last_end_is_empty) {
  TEST_ARENA(arena);
  Sources sources = {0};
  const Source *source = add(&arena, &sources, TEXT("one\r\n"));

  TEST_TEXT(source_line(source, 1), "one");
  TEST_TEXT(source_line(source, 2), "");
  stands_at(source, 5, 2, 1);
  TEST_END(arena);
}
END_TEST

START_TEST(source_keeps_a_lone_carriage_return) {
  TEST_ARENA(arena);
  Sources sources = {0};
  const Source *source = add(&arena, &sources, TEXT("a\rb\nc\r"));

  TEST_TEXT(source_line(source, 1), "a\rb");
  TEST_TEXT(source_line(source, 2), "c\r");
  TEST_END(arena);
}
END_TEST

START_TEST(source_positions_count_code_points) {
  TEST_ARENA(arena);
  Sources sources = {0};
  const Source *source = add(&arena, &sources, TEXT("£5 is\n手紙x"));

  stands_at(source, 0, 1, 1);
  stands_at(source, 2, 1, 2);
  stands_at(source, 6, 1, 6);
  stands_at(source, 7, 2, 1);
  stands_at(source, 10, 2, 2);
  stands_at(source, 13, 2, 3);
  stands_at(source, 14, 2, 4);
  stands_at(source, 5000, 2, 4);
  TEST_END(arena);
}
END_TEST

/* Whatever line it is looked for from; lines of many lengths, some empty. */
START_TEST(source_line_is_found_from_anywhere) {
  TEST_ARENA(arena);
  Sources sources = {0};
  Buffer text = {.arena = &arena};

  for (uint32_t i = 0; i < 40; i++)
    for (uint32_t j = i * 7 % 5; j < 6; j++)
      buffer_put_char(&text, j == 5 ? '\n' : 'x');
  const Source *source = add(&arena, &sources, buffer_text(&text));

  for (uint32_t offset = 0; offset <= source->text.length + 2; offset++) {
    uint32_t line = source_position(source, offset).line;

    for (uint32_t near = 0; near <= source->line_count + 2; near++)
      TEST_THAT(source_line_at(source, offset, near) == line);
  }
  ck_assert_uint_eq(source->line_count, 41);
  TEST_END(arena);
}
END_TEST

START_TEST(source_may_be_empty) {
  TEST_ARENA(arena);
  Sources sources = {0};
  const Source *source = add(&arena, &sources, TEXT_NONE);

  stands_at(source, 0, 1, 1);
  stands_at(source, 9, 1, 1);
  TEST_TEXT(source_line(source, 1), "");
  TEST_END(arena);
}
END_TEST

START_TEST(span_join_takes_in_both) {
  Span joined = span_join((Span){1, 5, 8}, (Span){1, 10, 12});

  ck_assert(joined.file == 1 && joined.start == 5 && joined.end == 12);
  joined = span_join((Span){1, 10, 12}, (Span){1, 5, 8});
  ck_assert(joined.file == 1 && joined.start == 5 && joined.end == 12);
  joined = span_join((Span){0}, (Span){1, 5, 8});
  ck_assert(joined.file == 1 && joined.start == 5 && joined.end == 8);
  joined = span_join((Span){1, 5, 8}, (Span){0});
  ck_assert(joined.file == 1 && joined.start == 5 && joined.end == 8);
  joined = span_join((Span){1, 5, 8}, (Span){2, 1, 20});
  ck_assert(joined.file == 1 && joined.start == 5 && joined.end == 8);
}
END_TEST

Suite *suite_source(void) {
  const TTest *tests[] = {
    source_numbers_files_from_one,
    source_finds_lines,
    source_line_after_the_last_end_is_empty,
    source_keeps_a_lone_carriage_return,
    source_positions_count_code_points,
    source_line_is_found_from_anywhere,
    source_may_be_empty,
    span_join_takes_in_both,
  };

  return TEST_SUITE("source", tests);
}

/* Fails unless the text, set in 20 columns from `column` on, is `expected`. */
static void sets(Text text, uint32_t column, const char *expected) {
  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  wrap_put(&buffer, text, column, 2, 20);
  TEST_TEXT(buffer_text(&buffer), expected);
  TEST_END(arena);
}

START_TEST(wrap_breaks_between_words) {
  sets(TEXT(""), 0, "");
  sets(TEXT("a gift"), 0, "a gift");
  sets(TEXT("a gift of twenty col"), 0, "a gift of twenty col");
  sets(TEXT("a gift of twenty cols"), 0, "a gift of twenty\n  cols");
  sets(TEXT("a gift of twenty cols"), 5, "a gift of\n  twenty cols");
}
END_TEST

START_TEST(wrap_puts_one_space_between_words) {
  sets(TEXT("  a   gift  "), 0, "a gift");
  sets(TEXT(" "), 0, "");
}
END_TEST

START_TEST(wrap_keeps_line_feeds) {
  sets(TEXT("a\ngift"), 0, "a\n  gift");
  sets(TEXT("a\n\n gift\n"), 0, "a\n  gift");
}
END_TEST

START_TEST(wrap_gives_long_words_a_line) {
  sets(TEXT("a gift-of-more-than-twenty-columns b"), 0,
       "a\n  gift-of-more-than-twenty-columns\n  b");
  sets(TEXT("gift-of-more-than-twenty-columns"), 9,
       "gift-of-more-than-twenty-columns");
}
END_TEST

START_TEST(wrap_keeps_quoted_words_together) {
  sets(TEXT("see the `context gift` fact"), 0,
       "see the\n  `context gift`\n  fact");
  sets(TEXT("a `very long name that is quoted` b"), 0,
       "a `very long name\n  that is quoted` b");
  sets(TEXT("ab `sixteen columns.` b"), 0, "ab\n  `sixteen columns.`\n  b");
  sets(TEXT("a `seventeen columns` b"), 0, "a `seventeen\n  columns` b");
  sets(TEXT("a lone ` is no harm at all"), 0, "a lone ` is no harm\n  at all");
  sets(TEXT("a lone ` is no harm"), 5, "a lone ` is no\n  harm");
}
END_TEST

START_TEST(wrap_keeps_percent_with_its_number) {
  sets(TEXT("there are these 16.67 % here"), 0,
       "there are these\n  16.67 % here");
  sets(TEXT("a number, 16.67  % here"), 0, "a number, 16.67 %\n  here");
  sets(TEXT("%  % of it"), 0, "% % of it");
  sets(TEXT("1234567890123456789 % it"), 0, "1234567890123456789\n  % it");
}
END_TEST

START_TEST(wrap_counts_columns) {
  sets(TEXT("手紙手紙手紙手紙手 紙"), 0, "手紙手紙手紙手紙手\n  紙");
  sets(TEXT("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 is ten"),
       0, "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 is ten");
}
END_TEST

START_TEST(wrap_ends_in_any_width) {
  TEST_ARENA(arena);
  for (uint32_t width = 0; width < 40; width++)
    for (uint32_t indent = 0; indent < 40; indent += 3) {
      Buffer buffer = {.arena = &arena};

      wrap_put(&buffer, TEXT("one `two three` four"), width, indent, width);
      ck_assert_uint_ge(buffer.length, 20);
    }
  TEST_END(arena);
}
END_TEST

Suite *suite_wrap(void) {
  const TTest *tests[] = {
    wrap_breaks_between_words,    wrap_puts_one_space_between_words,
    wrap_keeps_line_feeds,        wrap_gives_long_words_a_line,
    wrap_keeps_quoted_words_together,
    wrap_keeps_percent_with_its_number, wrap_counts_columns,
    wrap_ends_in_any_width,
  };

  return TEST_SUITE("wrap", tests);
}

#include <string.h>
#include "base/diagnostic.h"
#include "base/utf8.h"
#include "base_suites.h"

/* The place of `part` in file 1. */
static Span find(const Sources *sources, const char *part) {
  Text text = source_get(sources, 1)->text;
  const char *at = memmem(text.at, text.length, part, strlen(part));

  ck_assert_ptr_nonnull(at);
  return (Span){1, (uint32_t)(at - text.at),
                (uint32_t)(at - text.at + (ptrdiff_t)strlen(part))};
}

/* What is printed for E0103 at `part` of a file with this text. */
static Text shown(Arena *arena, Text text, const char *part) {
  Sources sources = {0};
  Buffer out = {.arena = arena};
  Diagnostic one = {.code = 103, .message = TEXT("There is no such fact.")};

  source_add(arena, &sources, TEXT("gifts.stile"), text);
  one.span = find(&sources, part);
  diagnostic_print(&out, &sources, &one, false);
  return buffer_text(&out);
}

#define HEAD "error E0103: There is no such fact.\n"

START_TEST(diagnostic_prints_as_in_the_header) {
  TEST_ARENA(arena);
  Sources sources = {0};
  Diagnostics all = {.arena = &arena};
  Buffer out = {.arena = &arena};
  Diagnostic *one;

  source_add(&arena, &sources, TEXT("gifts.stile"),
             TEXT("\n\n\n\n\n\n\n\n\n\n\n  when context gfit is token\n"));
  one = diagnostic_error(&all, 103, find(&sources, "context gfit"),
                         "There is no fact called `%s`.", "context gfit");
  diagnostic_help(&all, one, "did you mean `%s`?", "context gift");
  diagnostic_print(&out, &sources, one, false);
  TEST_TEXT(buffer_text(&out),
            "error E0103: There is no fact called `context gfit`.\n"
            "  gifts.stile:12:8\n"
            "   12 | when context gfit is token\n"
            "      |      ^^^^^^^^^^^^\n"
            "  Help: did you mean `context gift`?\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_without_a_place) {
  TEST_ARENA(arena);
  Sources sources = {0};
  Diagnostics all = {.arena = &arena};
  Buffer out = {.arena = &arena};

  diagnostic_print(&out, &sources,
                   diagnostic_warning(&all, 7, (Span){0}, "Take care."), false);
  diagnostic_print(&out, &sources,
                   diagnostic_error(&all, 12345, (Span){9, 1, 2}, "Gone."),
                   false);
  TEST_TEXT(buffer_text(&out),
            "warning W0007: Take care.\nerror E12345: Gone.\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_marks_columns_not_bytes) {
  TEST_ARENA(arena);
  TEST_TEXT(shown(&arena, TEXT("£手 é e\u0301 gfit 紙手 x"), "gfit"),
            HEAD
            "  gifts.stile:1:9\n"
            "    1 | £手 é e\u0301 gfit 紙手 x\n"
            "      |         ^^^^\n");
  TEST_TEXT(shown(&arena, TEXT("a 紙手 x"), "紙手"),
            HEAD
            "  gifts.stile:1:3\n"
            "    1 | a 紙手 x\n"
            "      |   ^^^^\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_marks_a_lone_combining_mark) {
  TEST_ARENA(arena);
  TEST_TEXT(shown(&arena, TEXT("e\u0301"), "\u0301"),
            HEAD
            "  gifts.stile:1:2\n"
            "    1 | e\u0301\n"
            "      |  ^\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_takes_off_the_indent) {
  TEST_ARENA(arena);
  TEST_TEXT(shown(&arena, TEXT(" \t  a\tgfit\r\n"), "gfit"),
            HEAD
            "  gifts.stile:1:7\n"
            "    1 | a gfit\n"
            "      |   ^^^^\n");
  TEST_TEXT(shown(&arena, TEXT("    a"), "  a"),
            HEAD
            "  gifts.stile:1:3\n"
            "    1 |   a\n"
            "      | ^^^\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_shows_unsafe_text_safely) {
  TEST_ARENA(arena);
  TEST_TEXT(shown(&arena, TEXT("a\x1b[1m \xFF gfit\x9b"), "gfit"),
            HEAD
            "  gifts.stile:1:9\n"
            "    1 | a\\u{1B}[1m \\u{FF} gfit\\u{9B}\n"
            "      |                   ^^^^\n");
  TEST_TEXT(shown(&arena, TEXT("a \x1b b"), "\x1b"),
            HEAD
            "  gifts.stile:1:3\n"
            "    1 | a \\u{1B} b\n"
            "      |   ^^^^^^\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_makes_names_and_words_safe) {
  TEST_ARENA(arena);
  Sources sources = {0};
  Diagnostics all = {.arena = &arena};
  Buffer out = {.arena = &arena};
  Diagnostic *one;

  source_add(&arena, &sources, TEXT("a\x1b[1m\n.stile"), TEXT("x"));
  one = diagnostic_error(&all, 1, (Span){1, 0, 1}, "No `%s`.", "\x1b]0;\n");
  diagnostic_help(&all, one, "Not \xFF.");
  diagnostic_relate(&all, one, (Span){0}, "Nor \r.");
  diagnostic_print(&out, &sources, one, false);
  TEST_TEXT(buffer_text(&out),
            "error E0001: No `\\u{1B}]0;\\u{0A}`.\n"
            "  a\\u{1B}[1m\\u{0A}.stile:1:1\n"
            "    1 | x\n"
            "      | ^\n"
            "  Nor \\u{0D}.\n"
            "  Help: Not \\u{FF}.\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_underlines_the_first_line) {
  TEST_ARENA(arena);
  TEST_TEXT(shown(&arena, TEXT("a rule\r\nwith more\r\n"), "rule\r\nwith"),
            HEAD
            "  gifts.stile:1:3\n"
            "    1 | a rule\n"
            "      |   ^^^^\n");
  TEST_TEXT(shown(&arena, TEXT("a rule\nwith more\n"), "\nwith"),
            HEAD
            "  gifts.stile:1:7\n"
            "    1 | a rule\n"
            "      |       ^\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_at_the_end_of_a_file) {
  TEST_ARENA(arena);
  Sources sources = {0};
  Buffer out = {.arena = &arena};
  Diagnostic one = {.code = 103, .message = TEXT("There is no such fact."),
                    .span = {1, 2, 2}};

  source_add(&arena, &sources, TEXT("a.stile"), TEXT("a\n"));
  diagnostic_print(&out, &sources, &one, false);
  one.span = (Span){1, 1, 1};
  diagnostic_print(&out, &sources, &one, false);
  one.span = (Span){1, 900, 800};
  diagnostic_print(&out, &sources, &one, false);
  TEST_TEXT(buffer_text(&out),
            HEAD
            "  a.stile:2:1\n"
            HEAD
            "  a.stile:1:2\n"
            "    1 | a\n"
            "      |  ^\n"
            HEAD
            "  a.stile:2:1\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_with_four_digit_lines) {
  TEST_ARENA(arena);
  Buffer text = {.arena = &arena};

  for (int i = 0; i < 1233; i++) buffer_put_char(&text, '\n');
  buffer_put(&text, TEXT("gfit"));
  TEST_TEXT(shown(&arena, buffer_text(&text), "gfit"),
            HEAD
            "  gifts.stile:1234:1\n"
            "  1234 | gfit\n"
            "       | ^^^^\n");
  TEST_END(arena);
}
END_TEST

#define TEN "123456789 "
#define FIFTY TEN TEN TEN TEN TEN

START_TEST(diagnostic_keeps_a_line_that_just_fits) {
  TEST_ARENA(arena);
  TEST_TEXT(shown(&arena, TEXT(FIFTY TEN TEN "ab"), "ab"),
            HEAD
            "  gifts.stile:1:71\n"
            "    1 | " FIFTY TEN TEN "ab\n"
            "      | " "                                        "
            "                              ^^\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_cuts_long_lines) {
  TEST_ARENA(arena);
  TEST_TEXT(shown(&arena, TEXT("gfit " FIFTY FIFTY), "gfit"),
            HEAD
            "  gifts.stile:1:1\n"
            "    1 | gfit " FIFTY TEN "123456…\n"
            "      | ^^^^\n");
  TEST_TEXT(shown(&arena, TEXT(FIFTY FIFTY "gfit"), "gfit"),
            HEAD
            "  gifts.stile:1:101\n"
            "    1 | …456789 " FIFTY TEN "gfit\n"
            "      | " "                                        "
            "                            ^^^^\n");
  TEST_TEXT(shown(&arena, TEXT(FIFTY FIFTY "gfit" FIFTY FIFTY), "gfit"),
            HEAD
            "  gifts.stile:1:101\n"
            "    1 | …89 " TEN TEN TEN "gfit" TEN TEN TEN "123…\n"
            "      |                                   ^^^^\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_cuts_long_spans) {
  TEST_ARENA(arena);
  TEST_TEXT(shown(&arena, TEXT("ab cd " FIFTY FIFTY "x"), FIFTY FIFTY),
            HEAD
            "  gifts.stile:1:7\n"
            "    1 | …" FIFTY TEN TEN "…\n"
            "      |  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
            "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n");
  TEST_END(arena);
}
END_TEST

/* The columns of the widest line. */
static uint32_t widest(Text text) {
  uint32_t most = 0, start = 0;

  for (uint32_t i = 0; i < text.length; i++) {
    uint32_t columns;

    if (text.at[i] != '\n') continue;
    columns = utf8_columns((Text){text.at + start, i - start});
    if (columns > most) most = columns;
    start = i + 1;
  }
  return most;
}

/* Any span of a long line of wide, narrow, combining and unsafe letters. */
START_TEST(diagnostic_never_passes_80_columns) {
  TEST_ARENA(arena);
  Buffer line = {.arena = &arena};
  Sources sources = {0};
  Diagnostic one = {.code = 103, .message = TEXT("There is no such fact.")};

  for (int i = 0; i < 60; i++)
    buffer_put(&line, TEXT("手e\u0301 \x1b" "x\xE2\x82" "a\u0302\u0323"));
  source_add(&arena, &sources, TEXT("gifts.stile"), buffer_text(&line));
  for (uint32_t start = 0; start < line.length; start += 3)
    for (uint32_t end = start; end < line.length; end += 7) {
      Buffer out = {.arena = &arena};

      one.span = (Span){1, start, end};
      diagnostic_print(&out, &sources, &one, false);
      TEST_THAT(widest(buffer_text(&out)) <= 80);
      TEST_THAT(memchr(out.at, '^', out.length));
    }
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_looks_at_little_of_a_huge_line) {
  TEST_ARENA(arena);
  uint32_t length = 8000000;
  char *line = arena_make(&arena, length);
  Sources sources = {0};
  Buffer out = {.arena = &arena};
  Diagnostic one = {.code = 103, .message = TEXT("There is no such fact."),
                    .span = {1, 4000000, 6000000}};
  size_t before;

  memset(line, 0x1b, length);
  source_add(&arena, &sources, TEXT("gifts.stile"), (Text){line, length});
  before = arena.total;
  diagnostic_print(&out, &sources, &one, false);
  ck_assert_uint_le(widest(buffer_text(&out)), 80);
  ck_assert_uint_lt(arena.total, before + 2000000);
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_splits_no_letter_of_a_huge_line) {
  TEST_ARENA(arena);
  for (uint32_t shift = 0; shift < 3; shift++) {
    Buffer line = {.arena = &arena}, out = {.arena = &arena};
    Sources sources = {0};
    Diagnostic one = {.code = 103, .message = TEXT("There is no such fact."),
                      .span = {1, 3000 + shift, 6000 + shift}};

    buffer_put(&line, (Text){"xx", shift});
    for (int i = 0; i < 3000; i++) buffer_put(&line, TEXT("手"));
    source_add(&arena, &sources, TEXT("gifts.stile"), buffer_text(&line));
    for (one.span.end = one.span.start + 3; one.span.end < 7000;
         one.span.end += 3000) {
      diagnostic_print(&out, &sources, &one, false);
      ck_assert_ptr_null(memmem(out.at, out.length, "\\u", 2));
    }
  }
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_splits_no_mark_of_a_huge_letter) {
  TEST_ARENA(arena);
  for (int shift = 0; shift < 2; shift++) {
    Buffer line = {.arena = &arena};

    buffer_put_c(&line, "xe");
    for (int i = 0; i < 1000; i++) buffer_put_c(&line, "\u0301");
    buffer_put_c(&line, shift ? "gfite" : ".gfitxe");
    for (int i = 0; i < 1000; i++) buffer_put_c(&line, "\u0301");
    ck_assert_ptr_null(strstr(shown(&arena, buffer_text(&line), "gfit").at,
                              "\\u"));
  }
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_wraps_words) {
  TEST_ARENA(arena);
  Sources sources = {0};
  Diagnostics all = {.arena = &arena};
  Buffer out = {.arena = &arena};
  Diagnostic *one = diagnostic_warning(
      &all, 301, (Span){0},
      "The rule `small` has no reason, and people who are asked to keep to a "
      "rule should be told what it is for.");

  diagnostic_help(&all, one,
                  "Add a line such as `because \"It changes what the "
                  "relationship is.\"` under the rule.");
  diagnostic_print(&out, &sources, one, false);
  TEST_TEXT(buffer_text(&out),
            "warning W0301: The rule `small` has no reason, and people who are "
            "asked to keep\n"
            "    to a rule should be told what it is for.\n"
            "  Help: Add a line such as `because \"It changes what the "
            "relationship is.\"`\n"
            "  under the rule.\n");
  TEST_END(arena);
}
END_TEST

START_TEST(diagnostic_shows_related_places) {
  TEST_ARENA(arena);
  Sources sources = {0};
  Diagnostics all = {.arena = &arena};
  Buffer out = {.arena = &arena};
  Diagnostic *one;

  source_add(&arena, &sources, TEXT("a.stile"), TEXT("rule one\nrule two\n"));
  source_add(&arena, &sources, TEXT("b.stile"), TEXT("  rule one\n"));
  one = diagnostic_error(&all, 301, (Span){2, 7, 10}, "Two rules `one`.");
  diagnostic_relate(&all, one, (Span){1, 5, 8}, "The first is here:");
  diagnostic_relate(&all, one, (Span){1, 14, 17}, "Near this:");
  diagnostic_help(&all, one, "Give one of them another name.");
  diagnostic_print(&out, &sources, one, false);
  TEST_TEXT(buffer_text(&out),
            "error E0301: Two rules `one`.\n"
            "  b.stile:1:8\n"
            "    1 | rule one\n"
            "      |      ^^^\n"
            "  The first is here:\n"
            "  a.stile:1:6\n"
            "    1 | rule one\n"
            "      |      ^^^\n"
            "  Near this:\n"
            "  a.stile:2:6\n"
            "    2 | rule two\n"
            "      |      ^^^\n"
            "  Help: Give one of them another name.\n");
  TEST_END(arena);
}
END_TEST

/* Takes the escape sequences off. */
static Text without_color(Arena *arena, Text text) {
  Buffer plain = {.arena = arena};

  for (uint32_t i = 0; i < text.length; i++) {
    if (text.at[i] == 0x1b) {
      while (text.at[i] != 'm') i++;
      continue;
    }
    buffer_put_char(&plain, text.at[i]);
  }
  return buffer_text(&plain);
}

START_TEST(diagnostic_color_says_nothing_more) {
  TEST_ARENA(arena);
  Sources sources = {0};
  Diagnostics all = {.arena = &arena};
  Buffer plain = {.arena = &arena}, color = {.arena = &arena};

  source_add(&arena, &sources, TEXT("a.stile"), TEXT("rule one\n"));
  for (int i = 0; i < 2; i++) {
    Diagnostic *one =
        i ? diagnostic_error(&all, 1, (Span){1, 5, 8}, "Wrong.")
          : diagnostic_warning(&all, 1, (Span){1, 5, 8}, "Odd.");

    diagnostic_help(&all, one, "Mend it.");
    diagnostic_print(&plain, &sources, one, false);
    diagnostic_print(&color, &sources, one, true);
  }
  ck_assert(!memchr(plain.at, 0x1b, plain.length));
  ck_assert(memchr(color.at, 0x1b, color.length));
  ck_assert(text_equal(without_color(&arena, buffer_text(&color)),
                       buffer_text(&plain)));
  TEST_END(arena);
}
END_TEST

Suite *suite_diagnostic_print(void) {
  const TTest *tests[] = {
    diagnostic_prints_as_in_the_header,
    diagnostic_without_a_place,
    diagnostic_marks_columns_not_bytes,
    diagnostic_marks_a_lone_combining_mark,
    diagnostic_takes_off_the_indent,
    diagnostic_shows_unsafe_text_safely,
    diagnostic_makes_names_and_words_safe,
    diagnostic_underlines_the_first_line,
    diagnostic_at_the_end_of_a_file,
    diagnostic_with_four_digit_lines,
    diagnostic_keeps_a_line_that_just_fits,
    diagnostic_cuts_long_lines,
    diagnostic_cuts_long_spans,
    diagnostic_never_passes_80_columns,
    diagnostic_looks_at_little_of_a_huge_line,
    diagnostic_splits_no_letter_of_a_huge_line,
    diagnostic_splits_no_mark_of_a_huge_letter,
    diagnostic_wraps_words,
    diagnostic_shows_related_places,
    diagnostic_color_says_nothing_more,
  };

  return TEST_SUITE("diagnostic_print", tests);
}

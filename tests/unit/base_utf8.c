#include <string.h>

#include "base/utf8.h"
#include "base_suites.h"

/* Fails unless checking finds `fault` at `offset`. */
static void fault_at(Text text, Utf8Fault fault, uint32_t offset) {
  uint32_t got = UINT32_MAX;
  Utf8Fault found = utf8_check(text, &got);

  ck_assert_msg(found == fault, "fault %d in [%.*s]", (int)found,
                TEXT_ARG(text));
  if (fault != UTF8_FINE) ck_assert_uint_eq(got, offset);
}

START_TEST(utf8_takes_texts) {
  fault_at(TEXT_NONE, UTF8_FINE, 0);
  fault_at(TEXT(""), UTF8_FINE, 0);
  fault_at(TEXT("a gift\tof £5\n"), UTF8_FINE, 0);
  fault_at(TEXT("a\r\nb\r\n"), UTF8_FINE, 0);
  fault_at(TEXT("Rhodd £5 – ŵyr 手紙 🎁 e\u0301"), UTF8_FINE, 0);
}
END_TEST

/* Plain bytes are looked at many at a time: of any length, and with a fault at
 * any place, or behind the end. */
START_TEST(utf8_checks_texts_of_any_length) {
  char bytes[70];

  for (uint32_t length = 0; length < sizeof bytes; length++) {
    memset(bytes, 'a', sizeof bytes);
    if (length > 20) bytes[length / 2] = '\n';
    bytes[length] = '\x1B';
    fault_at((Text){bytes, length}, UTF8_FINE, 0);
    ck_assert_uint_eq(utf8_length((Text){bytes, length}), length);
    for (uint32_t at = 0; at < length; at++) {
      char kept = bytes[at];

      bytes[at] = '\x7F';
      fault_at((Text){bytes, length}, UTF8_CONTROL, at);
      bytes[at] = kept;
    }
  }
}
END_TEST

START_TEST(utf8_takes_the_ends_of_each_length) {
  fault_at(TEXT("\x7E\xC2\xA0\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF"), UTF8_FINE, 0);
  fault_at(TEXT("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"), UTF8_FINE, 0);
  fault_at(TEXT("\xED\x9F\xBF\xEE\x80\x80"), UTF8_FINE, 0);
}
END_TEST

START_TEST(utf8_refuses_broken_bytes) {
  fault_at(TEXT("a\x80"), UTF8_BROKEN, 1);
  fault_at(TEXT("\xBF"), UTF8_BROKEN, 0);
  fault_at(TEXT("ab\xFE"), UTF8_BROKEN, 2);
  fault_at(TEXT("ab\xFF"), UTF8_BROKEN, 2);
  fault_at(TEXT("\xC3("), UTF8_BROKEN, 0);
  fault_at(TEXT("\xE2\x82("), UTF8_BROKEN, 0);
  fault_at(TEXT("\xF0\x9F\x8E("), UTF8_BROKEN, 0);
}
END_TEST

START_TEST(utf8_refuses_cut_off_ends) {
  fault_at(TEXT("a\xC3"), UTF8_BROKEN, 1);
  fault_at(TEXT("a\xE2\x82"), UTF8_BROKEN, 1);
  fault_at(TEXT("a\xF0\x9F\x8E"), UTF8_BROKEN, 1);
  fault_at((Text){"\xC2\xA3", 1}, UTF8_BROKEN, 0);
}
END_TEST

START_TEST(utf8_refuses_overlong_forms) {
  fault_at(TEXT("\xC0\x80"), UTF8_BROKEN, 0);
  fault_at(TEXT("\xC1\xBF"), UTF8_BROKEN, 0);
  fault_at(TEXT("\xE0\x80\xAF"), UTF8_BROKEN, 0);
  fault_at(TEXT("\xE0\x9F\xBF"), UTF8_BROKEN, 0);
  fault_at(TEXT("\xF0\x8F\xBF\xBF"), UTF8_BROKEN, 0);
}
END_TEST

START_TEST(utf8_refuses_surrogates_and_beyond) {
  fault_at(TEXT("\xED\xA0\x80"), UTF8_BROKEN, 0);
  fault_at(TEXT("\xED\xBF\xBF"), UTF8_BROKEN, 0);
  fault_at(TEXT("\xF4\x90\x80\x80"), UTF8_BROKEN, 0);
  fault_at(TEXT("\xF5\x80\x80\x80"), UTF8_BROKEN, 0);
  fault_at(TEXT("\xF8\x88\x80\x80\x80"), UTF8_BROKEN, 0);
}
END_TEST

START_TEST(utf8_refuses_controls) {
  fault_at(TEXT("a\0b"), UTF8_NUL, 1);
  fault_at(TEXT("a\x1b[1m"), UTF8_CONTROL, 1);
  fault_at(TEXT("a\x7F"), UTF8_CONTROL, 1);
  fault_at(TEXT("a\xC2\x80"), UTF8_CONTROL, 1);
  fault_at(TEXT("a\xC2\x9F"), UTF8_CONTROL, 1);
  fault_at(TEXT("a\x0B"), UTF8_CONTROL, 1);
  fault_at(TEXT("a\x08"), UTF8_CONTROL, 1);
}
END_TEST

START_TEST(utf8_refuses_a_lone_carriage_return) {
  fault_at(TEXT("a\r"), UTF8_CONTROL, 1);
  fault_at(TEXT("a\rb"), UTF8_CONTROL, 1);
  fault_at(TEXT("a\r\r\n"), UTF8_CONTROL, 1);
}
END_TEST

START_TEST(utf8_refuses_every_bidi_control) {
  static const uint32_t codes[] = {
    0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E,
    0x2066, 0x2067, 0x2068, 0x2069,
  };

  fault_at(TEXT("a\xD8\x9C"), UTF8_BIDI, 1);
  for (size_t i = 1; i < sizeof codes / sizeof *codes; i++) {
    char bytes[4] = {'a', '\xE2', (char)(0x80 | (codes[i] >> 6 & 0x3F)),
                     (char)(0x80 | (codes[i] & 0x3F))};

    fault_at((Text){bytes, 4}, UTF8_BIDI, 1);
  }
  fault_at(TEXT("\u200D\u2029\u202F\u2065\u206A\u061B"), UTF8_FINE, 0);
}
END_TEST

START_TEST(utf8_tells_the_first_fault) {
  fault_at(TEXT("ab\x1b\xFF"), UTF8_CONTROL, 2);
  fault_at(TEXT("ab\xFF\x1b"), UTF8_BROKEN, 2);
}
END_TEST

START_TEST(utf8_steps_by_code_point) {
  Text text = TEXT("a£手🎁");
  uint32_t offset = 0;

  ck_assert_uint_eq(utf8_next(text, &offset), 'a');
  ck_assert_uint_eq(utf8_next(text, &offset), 0xA3);
  ck_assert_uint_eq(utf8_next(text, &offset), 0x624B);
  ck_assert_uint_eq(utf8_next(text, &offset), 0x1F381);
  ck_assert_uint_eq(offset, text.length);
  ck_assert_uint_eq(utf8_length(text), 4);
}
END_TEST

START_TEST(utf8_steps_over_broken_bytes) {
  Text text = TEXT("\xE2\x82" "a\xF0");
  uint32_t offset = 0;

  ck_assert_uint_eq(utf8_next(text, &offset), 0xFFFD);
  ck_assert_uint_eq(utf8_next(text, &offset), 0xFFFD);
  ck_assert_uint_eq(utf8_next(text, &offset), 'a');
  ck_assert_uint_eq(utf8_next(text, &offset), 0xFFFD);
  ck_assert_uint_eq(offset, text.length);
}
END_TEST

START_TEST(utf8_counts_columns) {
  ck_assert_uint_eq(utf8_columns(TEXT("")), 0);
  ck_assert_uint_eq(utf8_columns(TEXT("gift")), 4);
  ck_assert_uint_eq(utf8_columns(TEXT("é")), 1);
  ck_assert_uint_eq(utf8_columns(TEXT("e\u0301")), 1);
  ck_assert_uint_eq(utf8_columns(TEXT("手紙")), 4);
  ck_assert_uint_eq(utf8_columns(TEXT("£5")), 2);
  ck_assert_uint_eq(utf8_columns(TEXT("\u0301\u0302")), 0);
}
END_TEST

static void nfc_is(Text text, const char *expected) {
  TEST_ARENA(arena);
  TEST_TEXT(utf8_nfc(&arena, text), expected);
  TEST_END(arena);
}

START_TEST(utf8_composes) {
  nfc_is(TEXT("e\u0301"), "é");
  nfc_is(TEXT("w\u0302"), "ŵ");
  nfc_is(TEXT("a\u0323\u0302"), "\u1EAD");
  nfc_is(TEXT("a\u0302\u0323"), "\u1EAD");
  nfc_is(TEXT("\u212B"), "\u00C5");
  nfc_is(TEXT("\u1100\u1161\u11A8"), "\uAC01");
  nfc_is(TEXT("\uF900"), "\u8C48");
  nfc_is(TEXT("q\u0301"), "q\u0301");
}
END_TEST

/* U+1D160 becomes three code points: the most that NFC adds. */
START_TEST(utf8_composes_into_longer_texts) {
  nfc_is(TEXT("\U0001D160"), "\U0001D158\U0001D165\U0001D16E");
  nfc_is(TEXT("\u0390\u1FD3"), "\u0390\u0390");
  nfc_is(TEXT("\uFB2C"), "\u05E9\u05BC\u05C1");
}
END_TEST

START_TEST(utf8_leaves_nfc_alone) {
  const Text texts[] = {TEXT(""), TEXT("gift"), TEXT("£5 é ŵ"),
                        TEXT("手紙 🎁"), TEXT("q\u0301")};

  TEST_ARENA(arena);
  for (int i = 0; i < 5; i++)
    ck_assert_ptr_eq(utf8_nfc(&arena, texts[i]).at, texts[i].at);
  ck_assert(text_is_none(utf8_nfc(&arena, TEXT_NONE)));
  TEST_END(arena);
}
END_TEST

/* More marks than the library sorts without memory of its own. */
START_TEST(utf8_composes_many_marks) {
  TEST_ARENA(arena);
  Buffer marks = {.arena = &arena}, sorted = {.arena = &arena};

  buffer_put(&marks, TEXT("a"));
  for (int i = 0; i < 1000; i++) buffer_put(&marks, TEXT("\u0302\u0323"));
  buffer_put(&sorted, TEXT("\u1EAD"));
  for (int i = 1; i < 1000; i++) buffer_put(&sorted, TEXT("\u0323"));
  for (int i = 1; i < 1000; i++) buffer_put(&sorted, TEXT("\u0302"));
  ck_assert(text_equal(utf8_nfc(&arena, buffer_text(&marks)),
                       buffer_text(&sorted)));
  TEST_END(arena);
}
END_TEST

START_TEST(utf8_knows_letters) {
  static const uint32_t letters[] = {'a', 'Z', 0xE9, 0x175, 0x624B, 0x5D0,
                                     0x301, 0x915, 0x93F, 0x1E900};
  static const uint32_t others[] = {
    0, '0', '-', '_', ' ', 0xA3, 0xA0, 0x2019, 0x1F381, 0x200D, 0x200B,
    0xFE0F, 0x34F, 0x3164, 0x115F, 0xFEFF, 0xE0041, 0xFFFD, 0x10FFFF, 0xD800,
    0x110000,
  };

  for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
    ck_assert_msg(utf8_is_letter(letters[i]), "U+%04X", letters[i]);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    ck_assert_msg(!utf8_is_letter(others[i]), "U+%04X", others[i]);
}
END_TEST

static void safe_is(Text text, bool lines, const char *expected) {
  TEST_ARENA(arena);
  TEST_TEXT(utf8_safe(&arena, text, lines), expected);
  TEST_END(arena);
}

START_TEST(utf8_safe_shows_controls) {
  safe_is(TEXT("a\x1b[1mb"), false, "a\\u{1B}[1mb");
  safe_is(TEXT("a\0b"), false, "a\\u{00}b");
  safe_is(TEXT("\x7F\xC2\x9B"), false, "\\u{7F}\\u{9B}");
  safe_is(TEXT("a\u202Eb\u061C"), false, "a\\u{202E}b\\u{61C}");
  safe_is(TEXT("a\xFF\xE2\x82"), false, "a\\u{FF}\\u{E2}\\u{82}");
  safe_is(TEXT("a\tb"), false, "a b");
}
END_TEST

START_TEST(utf8_safe_keeps_lines_if_asked) {
  safe_is(TEXT("a\nb\r\nc\rd\n"), true, "a\nb\nc\\u{0D}d\n");
  safe_is(TEXT("a\nb\r\n"), false, "a\\u{0A}b\\u{0D}\\u{0A}");
}
END_TEST

START_TEST(utf8_safe_leaves_safe_texts_alone) {
  const Text text = TEXT("Rhodd £5 – ŵyr 手紙 🎁");

  TEST_ARENA(arena);
  ck_assert_ptr_eq(utf8_safe(&arena, text, false).at, text.at);
  ck_assert(text_is_none(utf8_safe(&arena, TEXT_NONE, false)));
  ck_assert_uint_eq(arena.total, 0);
  TEST_END(arena);
}
END_TEST

static void change(Arena *arena, void *context) {
  (void)context;
  TEST_TEXT(utf8_nfc(arena, TEXT("e\u0301")), "é");
  TEST_TEXT(utf8_safe(arena, TEXT("\x1b"), false), "\\u{1B}");
}

START_TEST(utf8_survives_the_end_of_memory) {
  ck_assert_uint_gt(test_scarce(change, NULL), 1);
}
END_TEST

Suite *suite_utf8(void) {
  const TTest *tests[] = {
    utf8_takes_texts,
    utf8_checks_texts_of_any_length,
    utf8_takes_the_ends_of_each_length,
    utf8_refuses_broken_bytes,
    utf8_refuses_cut_off_ends,
    utf8_refuses_overlong_forms,
    utf8_refuses_surrogates_and_beyond,
    utf8_refuses_controls,
    utf8_refuses_a_lone_carriage_return,
    utf8_refuses_every_bidi_control,
    utf8_tells_the_first_fault,
    utf8_steps_by_code_point,
    utf8_steps_over_broken_bytes,
    utf8_counts_columns,
    utf8_composes,
    utf8_composes_into_longer_texts,
    utf8_leaves_nfc_alone,
    utf8_composes_many_marks,
    utf8_knows_letters,
    utf8_safe_shows_controls,
    utf8_safe_keeps_lines_if_asked,
    utf8_safe_leaves_safe_texts_alone,
    utf8_survives_the_end_of_memory,
  };

  return TEST_SUITE("utf8", tests);
}

/* Texts, UTF-8, places, tables and arenas against the plainest ways. */
#include <string.h>
#include "base/source.h"
#include "base/table.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "base_suites.h"
#include "random.h"

/* Table 3-7 of the Unicode standard: well-formed byte sequences. */
static const struct {
  unsigned char first[2], second[2];
  uint32_t length;
} forms[] = {
  {{0x00, 0x7F}, {0, 0}, 1},       {{0xC2, 0xDF}, {0x80, 0xBF}, 2},
  {{0xE0, 0xE0}, {0xA0, 0xBF}, 3}, {{0xE1, 0xEC}, {0x80, 0xBF}, 3},
  {{0xED, 0xED}, {0x80, 0x9F}, 3}, {{0xEE, 0xEF}, {0x80, 0xBF}, 3},
  {{0xF0, 0xF0}, {0x90, 0xBF}, 4}, {{0xF1, 0xF3}, {0x80, 0xBF}, 4},
  {{0xF4, 0xF4}, {0x80, 0x8F}, 4},
};

/* The length of the sequence at `at`; 0 if it is not well-formed. */
static uint32_t naive_length(const unsigned char *at, uint32_t left) {
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    uint32_t length = forms[i].length;

    if (at[0] < forms[i].first[0] || at[0] > forms[i].first[1]) continue;
    if (length > left) return 0;
    if (length > 1
        && (at[1] < forms[i].second[0] || at[1] > forms[i].second[1]))
      return 0;
    for (uint32_t j = 2; j < length; j++)
      if (at[j] < 0x80 || at[j] > 0xBF) return 0;
    return length;
  }
  return 0;
}

static bool in_list(const unsigned char *at, uint32_t length,
                    const char *const *list) {
  for (; *list; list++)
    if (strlen(*list) == length && !memcmp(at, *list, length)) return true;
  return false;
}

static Utf8Fault naive_fault(const unsigned char *at, uint32_t left) {
  static const char *const bidi[] = {
    "\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D",
    "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", NULL,
  };
  uint32_t length = naive_length(at, left);

  if (!length) return UTF8_BROKEN;
  if (at[0] == 0) return UTF8_NUL;
  if (in_list(at, length, bidi)) return UTF8_BIDI;
  if (at[0] == 0xC2 && at[1] < 0xA0) return UTF8_CONTROL;
  if (at[0] == '\r') return left > 1 && at[1] == '\n' ? UTF8_FINE
                                                      : UTF8_CONTROL;
  if (at[0] == '\t' || at[0] == '\n') return UTF8_FINE;
  return at[0] < 0x20 || at[0] == 0x7F ? UTF8_CONTROL : UTF8_FINE;
}

static Utf8Fault naive_check(Text text, uint32_t *offset) {
  const unsigned char *at = (const unsigned char *)text.at;

  for (*offset = 0; *offset < text.length;) {
    uint32_t left = text.length - *offset;
    Utf8Fault fault = naive_fault(at + *offset, left);

    if (fault != UTF8_FINE) return fault;
    *offset += naive_length(at + *offset, left);
  }
  return UTF8_FINE;
}

/* Bytes that are often nearly well-formed. */
static Text make_bytes(Random *random, char *bytes, uint32_t most) {
  static const unsigned char edges[] = {
    0x00, 0x09, 0x0A, 0x0D, 0x0D, 0x1B, 0x1F, 0x20, 0x41, 0x7E, 0x7F, 0x80,
    0x8E, 0x8F, 0x90, 0x9C, 0x9F, 0xA0, 0xA6, 0xAA, 0xAE, 0xBF, 0xC0, 0xC1,
    0xC2, 0xCC, 0xD8, 0xDF, 0xE0, 0xE1, 0xE2, 0xE2, 0xEC, 0xED, 0xEF, 0xF0,
    0xF1, 0xF3, 0xF4, 0xF5, 0xFF, 0x0A,
  };
  uint32_t length = random_below(random, most + 1);

  for (uint32_t i = 0; i < length; i++)
    bytes[i] = random_below(random, 8)
                   ? (char)edges[random_below(random, sizeof edges)]
                   : (char)random_below(random, 256);
  return (Text){bytes, length};
}

START_TEST(utf8_check_agrees) {
  Random random = {8};
  uint32_t faults[5] = {0};

  for (int i = 0; i < 1000000; i++) {
    char bytes[8];
    Text text = make_bytes(&random, bytes, sizeof bytes);
    uint32_t got = text.length, naive;
    Utf8Fault fault = utf8_check(text, &got);

    TEST_THAT(fault == naive_check(text, &naive));
    TEST_THAT(got == naive);
    faults[fault]++;
  }
  for (int i = 0; i < 5; i++) ck_assert_uint_gt(faults[i], 100);
}
END_TEST

/* Every byte at every place of a run of plain ones. */
START_TEST(utf8_check_agrees_in_plain_runs) {
  char bytes[24];
  const Text text = {bytes, sizeof bytes};

  for (uint32_t place = 0; place < sizeof bytes; place++)
    for (uint32_t byte = 0; byte < 256 * 3; byte++) {
      uint32_t got = sizeof bytes, naive;

      memset(bytes, " ~A"[byte / 256], sizeof bytes);
      bytes[place] = (char)byte;
      TEST_THAT(utf8_check(text, &got) == naive_check(text, &naive));
      TEST_THAT(got == naive);
    }
}
END_TEST

/* The UTF-8 of a code point, surrogates too. */
static Text encode(uint32_t code, char bytes[4]) {
  uint32_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  static const uint32_t marks[] = {0, 0, 0xC0, 0xE0, 0xF0};

  for (uint32_t i = length - 1; i; i--, code >>= 6)
    bytes[i] = (char)(0x80 | (code & 0x3F));
  bytes[0] = (char)(marks[length] | code);
  return (Text){bytes, length};
}

START_TEST(utf8_reads_every_code_point) {
  for (uint32_t code = 0; code <= 0x10FFFF; code++) {
    bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    char bytes[4];
    Text text = encode(code, bytes);
    uint32_t offset = 0, naive;

    TEST_THAT(utf8_check(text, &naive) == naive_check(text, &naive));
    TEST_THAT(utf8_next(text, &offset) == (surrogate ? 0xFFFD : code));
    TEST_THAT(offset == (surrogate ? 1 : text.length));
  }
}
END_TEST

START_TEST(utf8_safe_is_safe) {
  Random random = {9};

  TEST_ARENA(arena);
  for (int i = 0; i < 20000; i++) {
    char bytes[60];
    Text text = make_bytes(&random, bytes, sizeof bytes);
    uint32_t offset;

    for (int lines = 0; lines < 2; lines++) {
      Text safe = utf8_safe(&arena, text, lines);

      TEST_THAT(utf8_check(safe, &offset) == UTF8_FINE);
      TEST_THAT(lines || !memchr(safe.at, '\n', safe.length));
      TEST_THAT(!memchr(safe.at, '\t', safe.length));
      TEST_THAT(text_equal(utf8_safe(&arena, safe, lines), safe));
    }
    arena_clear(&arena);
  }
  TEST_END(arena);
}
END_TEST

/* NFC keeps to its form, fits the room kept for it, and is UTF-8. */
START_TEST(utf8_nfc_of_every_code_point) {
  TEST_ARENA(arena);
  for (uint32_t code = 1; code <= 0x10FFFF; code++) {
    char bytes[8];
    Text text = encode(code, bytes), once, twice;

    if (code >= 0xD800 && code <= 0xDFFF) continue;
    if (code % 0x100 == 0) arena_clear(&arena);
    once = utf8_nfc(&arena, text);
    twice = utf8_nfc(&arena, once);
    TEST_THAT(once.at == twice.at);
    TEST_THAT(once.length <= 3 * text.length);
  }
  TEST_END(arena);
}
END_TEST

/* The whole table, with nothing cut off. */
static uint32_t naive_distance(const char *a, const char *b) {
  uint32_t rows[12][12];

  for (uint32_t i = 0; i <= strlen(a); i++)
    for (uint32_t j = 0; j <= strlen(b); j++) {
      uint32_t best = i + j;

      if (i && rows[i - 1][j] + 1 < best) best = rows[i - 1][j] + 1;
      if (j && rows[i][j - 1] + 1 < best) best = rows[i][j - 1] + 1;
      if (i && j && rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]) < best)
        best = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
          && rows[i - 2][j - 2] + 1 < best)
        best = rows[i - 2][j - 2] + 1;
      rows[i][j] = best;
    }
  return rows[strlen(a)][strlen(b)];
}

static void make_word(Random *random, char *word, uint32_t most) {
  uint32_t length = random_below(random, most + 1);

  for (uint32_t i = 0; i < length; i++)
    word[i] = "abc"[random_below(random, 3)];
  word[length] = 0;
}

START_TEST(text_distance_agrees) {
  Random random = {10};

  for (int i = 0; i < 300000; i++) {
    char a[12], b[12];
    uint32_t most = random_below(&random, 12), expected;

    make_word(&random, a, 10);
    make_word(&random, b, 10);
    expected = naive_distance(a, b);
    if (expected > most) expected = most + 1;
    TEST_THAT_MSG(text_distance(text_of(a), text_of(b), most) == expected,
                  "%s, %s", a, b);
  }
}
END_TEST

static Position naive_position(Text text, uint32_t offset) {
  Position position = {1, 1};

  for (uint32_t i = 0; i < offset && i < text.length; i++) {
    if (text.at[i] == '\n') {
      position.line++;
      position.column = 1;
    } else if (((unsigned char)text.at[i] & 0xC0) != 0x80) {
      position.column++;
    }
  }
  return position;
}

START_TEST(source_positions_agree) {
  Random random = {11};

  TEST_ARENA(arena);
  for (int i = 0; i < 3000; i++) {
    char bytes[40];
    Text text = make_bytes(&random, bytes, sizeof bytes);
    Sources sources = {0};
    const Source *source;

    source_add(&arena, &sources, TEXT("a"), text);
    source = source_get(&sources, 1);
    for (uint32_t offset = 0; offset < text.length + 2; offset++) {
      Position got = source_position(source, offset);
      Position naive = naive_position(text, offset);

      TEST_THAT(got.line == naive.line && got.column == naive.column);
      TEST_THAT(!memchr(source_line(source, got.line).at, '\n',
                        source_line(source, got.line).length));
    }
    arena_clear(&arena);
  }
  TEST_END(arena);
}
END_TEST

#define NAMES 400

START_TEST(table_agrees_with_a_list) {
  Random random = {12};
  uint32_t values[NAMES];

  TEST_ARENA(arena);
  for (uint64_t seed = 0; seed < 50; seed++) {
    Table table;

    memset(values, 0xFF, sizeof values);
    table_init(&table, &arena, seed);
    for (uint32_t i = 0; i < 3 * NAMES; i++) {
      uint32_t name = random_below(&random, NAMES), got = UINT32_MAX;
      Text text = text_format(&arena, "%x", name);

      TEST_THAT(table_find(&table, text, &got)
                == (values[name] != UINT32_MAX));
      TEST_THAT(got == values[name]);
      if (table_put(&table, text, i)) values[name] = i;
    }
  }
  TEST_END(arena);
}
END_TEST

/* The text without blanks. */
static Text without_blanks(Arena *arena, Text text) {
  Buffer out = {.arena = arena};

  for (uint32_t i = 0; i < text.length; i++)
    if (text.at[i] != ' ' && text.at[i] != '\n')
      buffer_put_char(&out, text.at[i]);
  return buffer_text(&out);
}

/* Fails if a line of more than one word is too wide, or ends in a blank. */
static void lines_keep_to(Text text, uint32_t indent, uint32_t width) {
  for (uint32_t start = 0, i = 0; i <= text.length; i++) {
    if (i < text.length && text.at[i] != '\n') continue;
    TEST_THAT(i == start || text.at[i - 1] != ' ');
    if (i - start > width)
      TEST_THAT_MSG(!memchr(text.at + start + indent, ' ',
                            i - start - indent),
                    "[%.*s]", TEXT_ARG(text));
    start = i + 1;
  }
}

START_TEST(wrap_loses_nothing) {
  Random random = {13};

  TEST_ARENA(arena);
  for (int i = 0; i < 20000; i++) {
    uint32_t width = random_below(&random, 30) + 2;
    char bytes[80];
    Text text = {bytes, random_below(&random, sizeof bytes)};
    Buffer out = {.arena = &arena};

    for (uint32_t j = 0; j < text.length; j++)
      bytes[j] = "abcdef`  \n"[random_below(&random, 10)];
    wrap_put(&out, text, 0, 0, width);
    TEST_THAT(text_equal(without_blanks(&arena, text),
                         without_blanks(&arena, buffer_text(&out))));
    lines_keep_to(buffer_text(&out), 0, width);
    arena_clear(&arena);
  }
  TEST_END(arena);
}
END_TEST

#define PIECES 64

typedef struct Piece {
  unsigned char *at;
  size_t size;
  unsigned char mark;
} Piece;

static void check_piece(const Piece *piece) {
  for (size_t i = 0; i < piece->size; i++)
    if (piece->at[i] != piece->mark) ck_abort_msg("a piece was written over");
}

/* Makes or grows a piece; the new bytes must be zero. */
static void change_piece(Arena *arena, Random *random, Piece *piece) {
  size_t more = random_below(random, 200), size = piece->size + more;

  if (random_below(random, 50) == 0) size += 50000;
  piece->at = arena_grow(arena, piece->at, piece->size, size);
  for (size_t i = piece->size; i < size; i++)
    if (piece->at[i]) ck_abort_msg("a new byte was not zero");
  piece->size = size;
  piece->mark = (unsigned char)(random_next(random) >> 56);
  memset(piece->at, piece->mark, size);
}

START_TEST(arena_pieces_stay_apart) {
  Random random = {14};

  TEST_ARENA(arena);
  for (int round = 0; round < 30; round++) {
    Piece pieces[PIECES] = {{0}};

    for (int i = 0; i < 600; i++) {
      Piece *piece = &pieces[random_below(&random, PIECES)];

      check_piece(piece);
      if (random_below(&random, 4) == 0) *piece = (Piece){0};
      change_piece(&arena, &random, piece);
    }
    for (int i = 0; i < PIECES; i++) check_piece(&pieces[i]);
    arena_clear(&arena);
  }
  TEST_END(arena);
}
END_TEST

Suite *suite_text_naive(void) {
  const TTest *tests[] = {
    utf8_check_agrees,       utf8_check_agrees_in_plain_runs,
    utf8_reads_every_code_point,
    utf8_safe_is_safe,       utf8_nfc_of_every_code_point,
    text_distance_agrees,    source_positions_agree,
    table_agrees_with_a_list, wrap_loses_nothing,
    arena_pieces_stay_apart,
  };

  return TEST_SUITE("text_naive", tests);
}

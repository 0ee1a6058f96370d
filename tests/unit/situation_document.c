/* Documents: the shape of YAML and JSON, and what is refused. */
#include <string.h>

#include "runtime/document.h"
#include "situation_suites.h"

static void put_piece(Buffer *out, const Piece *piece)
{
  if (piece->kind == PIECE_TEXT) {
    buffer_put_char(out, piece->quoted ? '"' : '\'');
    buffer_put(out, piece->text);
    buffer_put_char(out, piece->quoted ? '"' : '\'');
    return;
  }
  bool map = piece->kind == PIECE_MAP;
  buffer_put_char(out, map ? '{' : '[');
  for (const Piece *part = piece->first; part; part = part->next) {
    if (part != piece->first) buffer_put_char(out, ' ');
    if (map) buffer_put(out, part->key);
    if (map) buffer_put_char(out, ':');
    put_piece(out, part);
  }
  buffer_put_char(out, map ? '}' : ']');
}

/* What a text is read as; and what was told of it. */
static Text read_as(Arena *arena, const char *name, Text text, Text *told)
{
  Sources sources = {{0}};
  Diagnostics wrong = {.arena = arena};
  Documents documents;
  Buffer out = {.arena = arena};
  uint32_t file = source_add(arena, &sources, text_of(name), text);
  bool fine = document_read(arena, &sources, file, &wrong, &documents);
  ck_assert(fine == (wrong.errors == 0));
  for (const Piece *one = documents.first; one; one = one->next) {
    if (one != documents.first) buffer_put_c(&out, " | ");
    put_piece(&out, one);
  }
  *told = told_lines(arena, &sources, &wrong);
  return out.length ? buffer_text(&out) : TEXT("");
}

typedef struct Reading {
  const char *name, *text, *expected, *told;
} Reading;

static const Reading readings[] = {
  {"a.yaml", "a: 1\nb: [x, 'y']\n", "{a:'1' b:['x' \"y\"]}", ""},
  {"a.yaml", "a:\n  b: no\n  c:\n", "{a:{b:'no' c:''}}", ""},
  {"a.yaml", "a: 012\n---\nb: 1e3\n", "{a:'012'} | {b:'1e3'}", ""},
  {"a.yaml", "\xEF\xBB\xBF" "a: \xC2\xA3" "5\n", "{a:'\xC2\xA3" "5'}", ""},
  {"a.yaml", "a: 1\r\nb: 2\r\n", "{a:'1' b:'2'}", ""},
  {"a.yaml", "{a: 1}", "{a:'1'}", ""},
  {"a.yaml", "n: |\n  one\n  two\n", "{n:\"one\ntwo\n\"}", ""},
  {"a.yaml", "", "", ""},
  {"a.yaml", "# only a comment\n", "", ""},
  {"a.yaml", "a: 1\na: 2\n", "{a:'1' a:'2'}", "E0503 2:1"},
  {"a.yaml", "a: &x 1\nb: *x\n", "{a:'1' b:''}", "E0502 1:4; E0502 2:4"},
  {"a.yaml", "a: !!int 1\n", "{a:'1'}", "E0502 1:4"},
  {"a.yaml", "<<: {a: 1}\n", "{<<:{a:'1'}}", "E0502 1:1"},
  {"a.yaml", "%YAML 1.1\n---\na: 1\n", "{a:'1'}", "E0502 1:1"},
  {"a.yaml", "a: b: c\n", "{a:'b'}", "E0501 1:5"},
  {"a.yaml", "a:\n\t- b\n", "{}", "E0501 2:1"},
  {"a.yaml", "a: \"x\n", "{}", "E0501 1:4"},
  {"a.yaml", "a: [1, 2\n", "{a:['1' '2']}", "E0501 2:1"},
  {"a.yaml", "[a]: 1\n", "{}", "E0501 1:1"},
  {"a.yaml", "a: \"x\\0y\"\n", "{a:\"x\"}", "E0504 1:4"},
  {"a.yaml", "a: \"\\e[1m\"\n", "{a:\"\x1b[1m\"}", "E0504 1:4"},
  {"a.yaml", "a: \xFF\n", "", "E0504 1:4"},
  {"a.yaml", "a: x\x07\n", "", "E0504 1:5"},
  {"a.yaml", "a: \xE2\x80\xAEx\n", "", "E0504 1:4"},
  {"a.json", "{\"a\": 1.50, \"b\": [true, null]}",
   "{a:'1.50' b:['true' 'null']}", ""},
  {"-", " {\"a\": \"\\ud83d\\ude00 \\u00a3\\n\\/\"}",
   "{a:\"\xF0\x9F\x98\x80 \xC2\xA3\n/\"}", ""},
  {"a.json", "", "", ""},
  {"a.json", "[1]", "", "E0501 1:1"},
  {"a.json", "{\"a\": 1} x", "", "E0501 1:10"},
  {"a.json", "{\"a\": 1} {\"b\": 2}", "", "E0501 1:10"},
  {"a.json", "{\"a\": 1,}", "", "E0501 1:9"},
  {"a.json", "{\"a\" 1}", "", "E0501 1:6"},
  {"a.json", "{a: 1}", "", "E0501 1:2"},
  {"a.json", "{\"a\": token}", "", "E0501 1:7"},
  {"a.json", "{\"a\": 01}", "", "E0501 1:8"},
  {"a.json", "{\"a\": +1}", "", "E0501 1:7"},
  {"a.json", "{\"a\": \"\\ud83d\"}", "", "E0501 1:14"},
  {"a.json", "{\"a\": \"\\x\"}", "", "E0501 1:9"},
  {"a.json", "{\"a\": \"x\ny\"}", "", "E0501 1:9"},
  {"a.json", "{\"a\": [1 2]}", "", "E0501 1:10"},
  {"a.json", "{\"a\": \"\\u0000\"}", "{a:\"\"}", "E0504 1:7"},
  {"a.json", "{\"a\": 1, \"a\": 2}", "{a:'1' a:'2'}", "E0503 1:10"},
  {"a.json", "// no\n{}", "", "E0501 1:1"},
};

START_TEST(document_reads_as_written)
{
  TEST_ARENA(arena);
  const Reading *one = &readings[_i];
  Text told;
  Text got = read_as(&arena, one->name, text_of(one->text), &told);
  TEST_TEXT(told, one->told);
  if (memchr(got.at, 0, got.length)) got.length = (uint32_t)strlen(got.at);
  if (strstr(one->told, "E0504") == NULL) TEST_TEXT(got, one->expected);
  TEST_END(arena);
}
END_TEST

/* `count` times `part`, then `end`. */
static Text repeated(Arena *arena, const char *start, const char *part,
                     uint32_t count, const char *end)
{
  Buffer out = {.arena = arena};
  buffer_put_c(&out, start);
  for (uint32_t i = 0; i < count; i++) buffer_put_c(&out, part);
  buffer_put_c(&out, end);
  return buffer_text(&out);
}

START_TEST(document_has_limits)
{
  TEST_ARENA(arena);
  Text told;
  read_as(&arena, "a.yaml", repeated(&arena, "a: ", "[", 1000000, ""), &told);
  TEST_TEXT(told, "E0505 1:67");
  read_as(&arena, "a.json", repeated(&arena, "{\"a\":", "[", 1000000, ""),
          &told);
  TEST_TEXT(told, "E0505 1:69");
  read_as(&arena, "a.yaml", repeated(&arena, "a: ", "x", 65537, ""), &told);
  TEST_TEXT(told, "E0505 1:4");
  read_as(&arena, "a.yaml", repeated(&arena, "a: ", "x", 65536, ""), &told);
  TEST_TEXT(told, "");
  read_as(&arena, "a.yaml", repeated(&arena, "a: [", "1,", 100000, "1]"),
          &told);
  TEST_TEXT(told, "E0505 1:200001");
  read_as(&arena, "a.yaml", repeated(&arena, "", "# long\n", 1300000, ""),
          &told);
  TEST_TEXT(told, "E0505 1:1");
  TEST_END(arena);
}
END_TEST

static void read_step(Arena *arena, void *context)
{
  Text told;
  (void)context;
  read_as(arena, "a.yaml", TEXT("a: {b: [1, 2], c: \"x\"}\nd: &y 1\n"),
          &told);
  read_as(arena, "a.json", TEXT("{\"a\": [1, {\"b\": \"x\"}]}"), &told);
}

START_TEST(document_survives_without_memory)
{
  ck_assert_uint_gt(test_scarce(read_step, NULL), 3);
}
END_TEST

Suite *suite_document(void)
{
  const TTest *tests[] = {document_has_limits,
                          document_survives_without_memory};
  Suite *suite = TEST_SUITE("document", tests);
  TCase *each = tcase_create("each");
  tcase_add_loop_test(each, document_reads_as_written, 0,
                      (int)(sizeof readings / sizeof *readings));
  suite_add_tcase(suite, each);
  return suite;
}

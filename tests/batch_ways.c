/* The quick ways of reading cases against the careful ones.
 *
 *     batch_ways POLICY [SEED [COUNT]]
 *
 * Makes random lines of JSON and rows of CSV for the policy, about half of them
 * with a byte or more changed.  Whatever a quick way reads, the careful one
 * must read the same; the looks at many bytes at once must say what one at a
 * time does.  Exit status 1 on a difference, and where the quick ways are not
 * taken.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch_field.h"
#include "cli/batch_line.h"
#include "cli/command.h"
#include "cli/policy_load.h"
#include "runtime/settle.h"
#include "runtime/terms.h"
#include "tests/unit/random.h"

enum { ROW_MOST = 8192 };

typedef struct Run {
  Random random;
  const Image *image;
  Arena *arena; /* cleared after each case */
  BatchReader reader, lines_reader;
  LineReader lines;
  ReadCase quick, careful;
  uint32_t *order;
  uint64_t taken[2], left[2], differences;
} Run;

static uint32_t some(Run *run, uint32_t end) {
  return random_below(&run->random, end);
}

static bool often(Run *run, uint32_t percent) {
  return some(run, 100) < percent;
}

static Text pick(Run *run, const char *const *words, uint32_t count) {
  return text_of(words[some(run, count)]);
}

#define PICK(run, words) pick(run, words, sizeof(words) / sizeof *(words))

/* ------------------------------------------------------------------- values */

static Text value_name(Run *run, const Fact *fact) {
  return image_text(run->image,
                    run->image->values.at[fact->values.first +
                                          some(run, fact->values.count)].name);
}

static Text amount(Run *run, uint32_t type) {
  static const char *const units[] = {"minutes", "hour",   "days", "weeks",
                                      "months",  "years", "minuten", "  days"};
  static const char *const numbers[] = {
    "0", "1", "7", "12", "12.5", "-3", "007", "1234", "12345678", "123456789",
    "1.", ".5", "1e3", "1,000", "2 ", "0.000001", "5000"};
  static const char *const signs[] = {"", "", "\xC2\xA3", "$"};
  Text number = often(run, 85) ? text_format(run->arena, "%u", some(run, 20))
                               : PICK(run, numbers);
  if (type == TYPE_DURATION)
    return text_format(run->arena, "%.*s %.*s", TEXT_ARG(number),
                       TEXT_ARG(text_of(units[often(run, 90) ? 4
                                              : some(run, 8)])));
  if (type == TYPE_MONEY)
    return text_format(run->arena, "%.*s%.*s", TEXT_ARG(PICK(run, signs)),
                       TEXT_ARG(number));
  return number;
}

/* As a person writes it, mostly so that it fits. */
static Text value_of(Run *run, const Fact *fact) {
  static const char *const yes_no[] = {"yes", "no", "true", "false"};
  static const char *const days[] = {"2025-03-04", "2025-11-23", "2024-11-24",
                                     "2027-01-01", "2020-02-29", "2019-01-01"};
  static const char *const records[] = {"none", "5 on 2026-02-01"};
  if (often(run, 1))
    return often(run, 50) ? TEXT("unknown") : TEXT("no such thing");
  switch (fact->type) {
  case TYPE_YES_NO: return PICK(run, yes_no);
  case TYPE_DATE: return PICK(run, days);
  case TYPE_RECORD: return PICK(run, records);
  case TYPE_SCALE: case TYPE_CHOICE: case TYPE_SET:
    if (!often(run, 2)) return value_name(run, fact);
    return text_format(run->arena, "%.*s, %.*s",
                       TEXT_ARG(value_name(run, fact)),
                       TEXT_ARG(value_name(run, fact)));
  default: return amount(run, fact->type);
  }
}

/* ---------------------------------------------------------------- the bytes */

static void put_space(Run *run, Buffer *out) {
  if (often(run, 1)) buffer_put_c(out, often(run, 50) ? " " : "\t");
}

static void put_member(Run *run, Buffer *out, Text key, Text value) {
  static const char *const words[] = {"true", "false", "null", "0", "12", "-1",
                                      "1.5", "01", "1e2", "[]", "none"};
  bool bare = often(run, 2);
  if (bare) value = PICK(run, words);
  char last = out->length ? out->at[out->length - 1] : '{';
  if (last != '{') buffer_put_char(out, ',');
  put_space(run, out);
  buffer_format(out, "\"%.*s\"", TEXT_ARG(key));
  put_space(run, out);
  buffer_put_char(out, ':');
  put_space(run, out);
  buffer_format(out, bare ? "%.*s" : "\"%.*s\"", TEXT_ARG(value));
  put_space(run, out);
}

static void put_frame(Run *run, Buffer *out) {
  static const char *const days[] = {"2026-11-20", "2026-11-23", "2024-01-01"};
  static const char *const tenses[] = {"proposed", "happened", "under-way"};
  const Image *image = run->image;
  uint32_t boundary = some(run, image->boundaries.count);
  if (often(run, 50))
    put_member(run, out, TEXT("boundary"),
               image_text(image, image->boundaries.at[boundary].name));
  if (often(run, 30)) put_member(run, out, TEXT("as-of"), PICK(run, days));
  if (often(run, 20)) put_member(run, out, TEXT("tense"), PICK(run, tenses));
  if (often(run, 20)) put_member(run, out, TEXT("notes"), TEXT("a, b"));
}

static void shuffle(Run *run) {
  uint32_t count = run->image->facts.count;
  for (uint32_t i = 0; i < count; i++) run->order[i] = i;
  if (often(run, 50)) return;
  for (uint32_t i = count; i-- > 1;) {
    uint32_t other = some(run, i + 1), kept = run->order[i];
    run->order[i] = run->order[other];
    run->order[other] = kept;
  }
}

/* The facts of a dimension, as an object or at the top. */
static void put_dimension(Run *run, Buffer *out, Dimension dimension,
                          bool flat) {
  const Image *image = run->image;
  const char *name = term_dimension(dimension);
  if (!flat)
    buffer_format(out, "%s\"%s\":{",
                  out->at[out->length - 1] == '{' ? "" : ",", name);
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Fact *fact = &image->facts.at[run->order[i]];
    if (fact->dimension != (uint32_t)dimension || often(run, 20)) continue;
    Text own = image_text(image, fact->name);
    if (flat) own = text_format(run->arena, "%s.%.*s", name, TEXT_ARG(own));
    put_member(run, out, own, value_of(run, fact));
  }
  if (!flat) buffer_put_char(out, '}');
}

static Text make_line(Run *run) {
  Buffer out = {.arena = run->arena};
  bool late = often(run, 20);
  uint32_t first = some(run, DIMENSION_COUNT);
  shuffle(run);
  buffer_put_char(&out, '{');
  if (!late) put_frame(run, &out);
  for (uint32_t i = 0; i < DIMENSION_COUNT; i++)
    put_dimension(run, &out, (Dimension)((first + i) % DIMENSION_COUNT),
                  often(run, 20));
  if (late) put_frame(run, &out);
  buffer_put_char(&out, '}');
  return buffer_text(&out);
}

static Text make_row(Run *run) {
  static const char *const days[] = {"", "2026-11-20", "2026-11-22",
                                     "2024-01-01", "soon"};
  const Image *image = run->image;
  Buffer out = {.arena = run->arena};
  uint32_t boundary = some(run, image->boundaries.count);
  buffer_format(&out, "%u,%.*s,%.*s", some(run, 100),
                TEXT_ARG(image_text(image,
                                    image->boundaries.at[boundary].name)),
                TEXT_ARG(PICK(run, days)));
  for (uint32_t i = 0; i < image->facts.count; i++) {
    Text value = value_of(run, &image->facts.at[i]);
    buffer_put_char(&out, ',');
    if (!often(run, 20) && !memchr(value.at, ',', value.length))
      buffer_put(&out, value);
  }
  return buffer_text(&out);
}

/* Changes, drops or doubles a few bytes of half of them. */
static Text damage(Run *run, Text whole) {
  static const char bytes[] = "\",\\{}[]:0a -.eu\x01\x7f\xC3\xA9\t\r";
  Buffer out = {.arena = run->arena};
  if (often(run, 50) || !whole.length) return whole;
  uint32_t at = some(run, whole.length);
  uint32_t most = whole.length - at, count = some(run, 4);
  if (count > most) count = most;
  uint32_t doubled = often(run, 30) ? some(run, most) : 0;
  buffer_put(&out, (Text){whole.at, at + doubled});
  if (often(run, 60)) buffer_put_char(&out, bytes[some(run, sizeof bytes)]);
  if (often(run, 2)) return buffer_text(&out);
  at += count;
  buffer_put(&out, (Text){whole.at + at, whole.length - at});
  return buffer_text(&out);
}

/* Puts it where a block would have it: over what stood there before. */
static Text in_block(Text text) {
  static char block[ROW_MOST + QUICK_ROOM];
  if (text.length > ROW_MOST) text.length = ROW_MOST;
  memcpy(block, text.at, text.length);
  return (Text){block, text.length};
}

/* ---------------------------------------------------------------- comparing */

static bool same_case(const Run *run, uint32_t kept) {
  const ReadCase *a = &run->quick, *b = &run->careful;
  if (b->wide || a->boundary != b->boundary || a->as_of != b->as_of ||
      a->tense != b->tense)
    return false;
  for (uint32_t i = 0; i < run->image->facts.count; i++) {
    uint64_t bit = UINT64_C(1) << (i % 64);
    if ((a->known[i / 64] ^ b->known[i / 64]) & bit) return false;
    if (a->known[i / 64] & bit && a->values[i] != b->values[i]) return false;
  }
  for (uint32_t i = 0; i < kept; i++)
    if (!text_equal(a->kept[i], b->kept[i])) return false;
  return true;
}

static void judge(Run *run, uint32_t which, bool taken, Text whole,
                  Text problem) {
  ++*(taken ? &run->taken[which] : &run->left[which]);
  uint32_t kept = which ? run->reader.kept_count : 0;
  if (!taken || (text_is_none(problem) && same_case(run, kept))) return;
  if (run->differences++ < 5)
    printf("quickly read, and carefully: %.*s\n  %.*s\n", TEXT_ARG(problem),
           TEXT_ARG(whole));
}

static void forget(const BatchReader *reader, ReadCase *one) {
  batch_start_case(reader, one);
  for (uint32_t i = 0; i < reader->kept_count; i++) one->kept[i] = TEXT("");
}

static void try_line(Run *run) {
  Text line = in_block(damage(run, make_line(run)));
  Text problem = TEXT_NONE;
  forget(&run->lines_reader, &run->quick);
  bool taken = line_read_quickly(run->arena, &run->lines, line, &run->quick);
  if (!taken) batch_read_line(run->arena, &run->lines, line, &run->quick);
  forget(&run->lines_reader, &run->careful);
  if (taken)
    problem =
        line_read_slowly(run->arena, &run->lines, line, &run->careful);
  judge(run, 0, taken, line, problem);
}

static void try_row(Run *run) {
  static Text fields[CASE_FIELDS_MOST];
  Text row = in_block(damage(run, make_row(run))), problem = TEXT_NONE;
  CaseBlock block = {.bytes = (char *)(uintptr_t)row.at};
  CaseRow place = {.end = row.length, .kind = CASE_ROW};
  if (memchr(row.at, '"', row.length)) return;
  bool taken = batch_read_row(run->arena, &run->reader, row, &run->quick);
  uint32_t count = case_fields(&block, &place, fields, CASE_FIELDS_MOST);
  if (taken)
    problem = batch_read_fields(run->arena, &run->reader, fields, count,
                                &run->careful);
  judge(run, 1, taken, row, problem);
}

/* ------------------------------------------------------- many bytes at once */

static uint32_t same_slowly(const char *one, const char *other) {
  uint32_t same = 0;
  for (uint32_t i = 0; i < 16; i++) same |= (uint32_t)(one[i] == other[i]) << i;
  return same;
}

static bool try_bytes(Run *run) {
  static const char few[] = "\",0129:/\x00\x80\xff\xb0";
  char a[16], b[16];
  for (int i = 0; i < 16; i++) {
    a[i] = few[some(run, sizeof few - 1)];
    b[i] = often(run, 60) ? a[i] : few[some(run, sizeof few - 1)];
  }
  uint32_t digits = 0, comma = 0;
  int64_t number = 0;
  while (digits < 8 && a[digits] >= '0' && a[digits] <= '9')
    number = number * 10 + a[digits++] - '0';
  while (comma < 16 && a[comma] != ',') comma++;
  return quick_same(a, b) == same_slowly(a, b) &&
         quick_same_plain(a, b) == same_slowly(a, b) &&
         quick_digits(quick_load(a)) == digits &&
         (!digits || quick_number(quick_load(a), digits) == number) &&
         quick_find(a, QUICK_COMMAS) == comma;
}

/* ------------------------------------------------------------------ the run */

static bool add_columns(Arena *arena, Run *run, Mapping *mapping) {
  static const char *kept[] = {"id"};
  Words words = {kept, 1}, none = {0};
  Sources sources = {0};
  Diagnostics diagnostics = {.arena = arena};
  BatchReader *reader = &run->reader;
  mapping_add_words(arena, &none, &words, mapping);
  reader->mapping = mapping;
  bool fine = batch_add_column(arena, TEXT("id"), &sources, &diagnostics,
                               reader) &&
              batch_add_column(arena, TEXT("boundary"), &sources, &diagnostics,
                               reader) &&
              batch_add_column(arena, TEXT("as-of"), &sources, &diagnostics,
                               reader);
  for (uint32_t i = 0; fine && i < run->image->facts.count; i++)
    fine = batch_add_column(arena, fact_name(arena, run->image, i), &sources,
                            &diagnostics, reader);
  return fine;
}

static bool prepare(Arena *arena, Run *run, Mapping *mapping) {
  run->reader = (BatchReader){.image = run->image, .boundary = 0};
  day_read(TEXT("2026-11-23"), &run->reader.as_of);
  run->lines_reader = run->reader;
  run->order = ARENA_ARRAY(arena, run->image->facts.count + 1, uint32_t);
  if (!add_columns(arena, run, mapping)) return false;
  line_reader_make(arena, &run->lines_reader, &run->lines);
  read_case_make(arena, &run->reader, &run->quick);
  read_case_make(arena, &run->reader, &run->careful);
  return true;
}

static int tell(const Run *run) {
  static const char *const names[] = {"lines", "rows"};
  bool fine = !run->differences;
  for (int i = 0; i < 2; i++) {
    printf("%s: %llu quickly, %llu left to the careful way\n", names[i],
           (unsigned long long)run->taken[i], (unsigned long long)run->left[i]);
    fine &= run->taken[i] * 20 > run->left[i] && run->left[i] > 0;
  }
  printf("%llu differences\n", (unsigned long long)run->differences);
  return !fine;
}

/* Not a part of main, whose setjmp would hang over all its variables. */
__attribute__((noinline)) static int
compare(Arena *arena, const char *path, uint64_t seed, uint32_t count) {
  LoadOptions options = {.today = DAY_NONE};
  LoadedPolicy *policy = ARENA_NEW(arena, LoadedPolicy);
  Arena own;
  Mapping mapping = {0};
  Run run = {.random = {seed * 2 + 1}, .arena = &own};
  if (policy_load(arena, path, &options, policy) != EXIT_DONE) return 2;
  run.image = &policy->image;
  arena_init(&own, &memory_default, 0, arena->escape);
  if (!prepare(arena, &run, &mapping)) return 2;
  for (uint32_t i = 0; i < count; i++) {
    try_line(&run);
    try_row(&run);
    run.differences += !try_bytes(&run);
    arena_clear(&own);
  }
  return tell(&run);
}

int main(int count, char **words) {
  Arena arena;
  jmp_buf escape;
  if (count < 2) return 2;
  arena_init(&arena, &memory_default, 0, &escape);
  if (setjmp(escape) != 0) return 4;
  uint64_t seed = count > 2 ? strtoull(words[2], NULL, 10) : 1;
  uint32_t cases = count > 3 ? (uint32_t)strtoul(words[3], NULL, 10) : 20000;
  int status = compare(&arena, words[1], seed, cases);
  arena_clear(&arena);
  return status;
}

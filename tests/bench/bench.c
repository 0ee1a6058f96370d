/* Times evaluating and compiling on made-up policies:
 *
 *   bench time           prints the times
 *   bench policy COUNT   prints the policy of COUNT rules
 *   bench situation      prints a situation for it
 *   bench decide RULES TIMES
 *                        decides so often, and prints a sum of the verdicts
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "compiler/compile.h"
#include "runtime/image_file.h"
#include "runtime/packed.h"
#include "runtime/situation_read.h"

#define SITUATIONS 64

static const char day[] = "2026-11-23";

/* The same numbers on every machine (a 32-bit xorshift). */
static uint32_t some(uint32_t *state, uint32_t most)
{
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state % most;
}

/* ----------------------------------------------------------- the policy */

static const char facts[] =
    "policy bench \"Made up\"\n  if unsure \"Ask.\"\n"
    "need isolation \"?\" is one of none < some < high\n"
    "need belonging \"?\" is yes or no\n"
    "capability experience \"?\" is one of new < settled < expert\n"
    "context gift \"?\" is one of token, handmade, cash, voucher\n"
    "context value \"?\" is money in GBP up to 10000\n"
    "context before \"?\" is a record of money in GBP\n"
    "context together \"?\" is a duration in months up to 20 years\n"
    "context ended \"?\" is a date\n"
    "risk exploitation \"?\" is one of none < possible < likely\n"
    "support consulted \"?\" is any of supervisor, colleague\n"
    "boundary gifts \"Accepting a gift\" or \"Saying no\"\n";

static void put_test(Buffer *out, uint32_t *state)
{
  static const char *const gifts[] = {"token", "handmade", "cash", "voucher"};
  static const char *const levels[] = {"none", "possible", "likely"};
  switch (some(state, 7)) {
  case 0:
    buffer_format(out, "context gift is %s", gifts[some(state, 4)]);
    break;
  case 1:
    buffer_format(out, "context value is above £%u", some(state, 200) + 1);
    break;
  case 2:
    buffer_format(out, "risk exploitation is at least %s",
                  levels[1 + some(state, 2)]);
    break;
  case 3:
    buffer_format(out, "total of context before in 12 months is above £%u",
                  some(state, 300) + 1);
    break;
  case 4:
    buffer_format(out, "context together is at least %u months",
                  some(state, 60) + 1);
    break;
  case 5:
    buffer_format(out, "context ended is within %u years", some(state, 5) + 1);
    break;
  default: buffer_put_c(out, "need belonging"); break;
  }
}

static void put_rule(Buffer *out, uint32_t number, uint32_t *state)
{
  static const char *const findings[] = {
      "proceed", "proceed with care", "consult supervisor", "hold"};
  buffer_format(out, "  rule r%u \"Rule %u\"\n    when ", number, number);
  for (uint32_t i = 0, parts = 1 + some(state, 3); i <= parts; i++) {
    if (i) buffer_put_c(out, "\n     and ");
    put_test(out, state);
  }
  buffer_format(out, "\n    then %s\n    because \"It is so.\"\n"
                     "    must record \"Write it down.\" within 2 days\n",
                findings[some(state, 4)]);
}

static Text make_policy(Arena *arena, uint32_t rules)
{
  Buffer out = {.arena = arena};
  uint32_t state = 2463534242u;
  buffer_put_c(&out, facts);
  for (uint32_t i = 1; i <= rules; i++) put_rule(&out, i, &state);
  return buffer_text(&out);
}

/* Each fact is left out one time in four. */
static Text make_situation(Arena *arena, uint32_t *state)
{
  static const char *const gifts[] = {"token", "handmade", "cash", "voucher"};
  static const char *const levels[] = {"none", "possible", "likely"};
  Buffer out = {.arena = arena};
  buffer_format(&out, "as-of: %s\nneed:\n  belonging: %s\ncontext:\n", day,
                some(state, 2) ? "yes" : "no");
  if (some(state, 4))
    buffer_format(&out, "  gift: %s\n", gifts[some(state, 4)]);
  if (some(state, 4))
    buffer_format(&out, "  value: £%u\n", some(state, 300));
  if (some(state, 4))
    buffer_format(&out, "  before: [{date: 2026-03-01, amount: £%u}]\n",
                  some(state, 300));
  if (some(state, 4))
    buffer_format(&out, "  together: %u months\n", some(state, 80));
  if (some(state, 4)) buffer_put_c(&out, "  ended: 2024-05-01\n");
  buffer_format(&out, "risk:\n  exploitation: %s\n", levels[some(state, 3)]);
  return buffer_text(&out);
}

/* -------------------------------------------------------------- compiling */

static bool give_main(void *context, Arena *arena, Text path, Text *bytes,
                      Text *reason)
{
  (void)arena;
  (void)path;
  *reason = TEXT("it is not there");
  *bytes = *(const Text *)context;
  return true;
}

/* From text to a verified image, as every command does it. */
static void compile_policy(Arena *arena, Text text, Image *image)
{
  Image made = {0};
  Sources sources = {0};
  Diagnostics diagnostics = {.arena = arena};
  FileReader files = {give_main, &text};
  CompileInput input = {.main_path = TEXT("bench.stile"), .files = &files};
  ImageFault fault;
  Buffer out = {.arena = arena};
  if (!compile(arena, &input, &sources, &diagnostics, &made)) {
    Buffer told = {.arena = arena};
    diagnostic_print(&told, &sources, &diagnostics.list.at[0], false);
    fprintf(stderr, "%.*s", TEXT_ARG(buffer_text(&told)));
    exit(1);
  }
  image_write(&out, &made);
  if (!image_read(arena, buffer_text(&out), image, &fault)) exit(1);
}

/* ----------------------------------------------------------------- timing */

static uint64_t now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void print_time(const char *what, uint64_t nanoseconds, uint64_t count)
{
  uint64_t each = nanoseconds / count;
  if (each < 10000)
    printf("%-46s %8u ns\n", what, (unsigned)each);
  else if (each < 10000000)
    printf("%-46s %8u us\n", what, (unsigned)(each / 1000));
  else
    printf("%-46s %8u ms\n", what, (unsigned)(each / 1000000));
}

static uint32_t make_situations(Arena *arena, const Image *image,
                                Situation *situations)
{
  uint32_t state = 88675123u;
  Day today;
  day_read(text_of(day), &today);
  for (uint32_t i = 0; i < SITUATIONS; i++) {
    Sources sources = {0};
    Diagnostics diagnostics = {.arena = arena};
    Cases cases = {0};
    uint32_t file = source_add(arena, &sources, TEXT("situation"),
                               make_situation(arena, &state));
    if (!situation_read(arena, image, &sources, file, today, false,
                        &diagnostics, &cases))
      exit(1);
    situations[i] = cases.at[0].situation;
  }
  return SITUATIONS;
}

static void time_quick(Arena *arena, const Image *image,
                       const Situation *situations)
{
  enum { ROUNDS = 2000 };
  Inquiry inquiry;
  Workspace space;
  inquiry_make(arena, image, &situations[0], &inquiry);
  workspace_make(arena, &inquiry, &space);
  Cells *cells = ARENA_ARRAY(arena, inquiry.grid.words, Cells);
  uint8_t *outcome = ARENA_ARRAY(arena, inquiry.points, uint8_t);
  uint8_t *counts = ARENA_ARRAY(arena, image->rules.count, uint8_t);
  uint8_t *agreed = ARENA_ARRAY(arena, image->rules.count, uint8_t);
  findings_count(&inquiry, &situations[0], counts, agreed);
  uint64_t start = now();
  for (uint32_t i = 0; i < ROUNDS * SITUATIONS; i++) {
    grid_locate(&inquiry.grid, &situations[i % SITUATIONS], cells);
    outcome_evaluate(&inquiry, counts, cells, &space, outcome);
  }
  print_time("one quick evaluation, 40 rules", now() - start,
             (uint64_t)ROUNDS * SITUATIONS);
}

static void time_answers(const Image *image, const Situation *situations)
{
  enum { ROUNDS = 4 };
  uint64_t start = now();
  for (uint32_t i = 0; i < ROUNDS * SITUATIONS; i++) {
    Arena arena;
    jmp_buf escape;
    Answer answer;
    arena_init(&arena, &memory_default, 0, &escape);
    if (setjmp(escape) != 0) exit(4);
    answer_make(&arena, image, &situations[i % SITUATIONS], 0, &answer);
    arena_clear(&arena);
  }
  print_time("one whole answer, with questions and changes", now() - start,
             (uint64_t)ROUNDS * SITUATIONS);
}

static void time_compiling(Arena *arena, uint32_t rules, const char *what)
{
  Image image;
  Text text = make_policy(arena, rules);
  uint64_t start = now();
  compile_policy(arena, text, &image);
  print_time(what, now() - start, 1);
}

static void time_all(Arena *arena)
{
  Image image;
  Situation situations[SITUATIONS];
  compile_policy(arena, make_policy(arena, 40), &image);
  make_situations(arena, &image, situations);
  time_quick(arena, &image, situations);
  time_answers(&image, situations);
  time_compiling(arena, 40, "compiling 40 rules");
  time_compiling(arena, 10000, "compiling 10,000 rules");
}

/* ---------------------------------------------------------------- deciding */

/* A value of each fact but the record, which packed values cannot hold. */
static void make_values(uint32_t *state, int64_t *values)
{
  Day ended = DAY_NONE;
  day_read(TEXT("2020-01-01"), &ended);
  values[0] = some(state, 3);
  values[1] = some(state, 2);
  values[2] = some(state, 3);
  values[3] = some(state, 4);
  values[4] = some(state, 30000);
  values[6] = some(state, 80);
  values[7] = ended + (Day)some(state, 2500);
  values[8] = some(state, 3);
}

static void decide_often(Arena *arena, uint32_t rules, uint32_t times)
{
  enum { FACTS = 10, KINDS = 256 };
  static int64_t values[KINDS][FACTS];
  Image image;
  Packed packed;
  Day today;
  uint32_t state = 88675123u;
  uint64_t sum = 0;
  day_read(text_of(day), &today);
  compile_policy(arena, make_policy(arena, rules), &image);
  packed_make(arena, arena, &image, 0, today, &packed);
  for (uint32_t i = 0; i < KINDS; i++) make_values(&state, values[i]);
  for (uint32_t i = 0; i < times; i++) {
    Decision decision;
    packed_decide(&packed, values[i % KINDS], NULL, &decision);
    sum += decision.verdict + decision.in_force_count;
  }
  printf("%llu\n", (unsigned long long)sum);
}

int main(int argc, char **argv)
{
  Arena arena;
  jmp_buf escape;
  uint32_t state = 88675123u;
  arena_init(&arena, &memory_default, 0, &escape);
  if (setjmp(escape) != 0) return 4;
  if (argc == 3 && strcmp(argv[1], "policy") == 0)
    printf("%.*s", TEXT_ARG(make_policy(
                       &arena, (uint32_t)strtoul(argv[2], NULL, 10))));
  else if (argc == 2 && strcmp(argv[1], "situation") == 0)
    printf("%.*s", TEXT_ARG(make_situation(&arena, &state)));
  else if (argc == 4 && strcmp(argv[1], "decide") == 0)
    decide_often(&arena, (uint32_t)strtoul(argv[2], NULL, 10),
                 (uint32_t)strtoul(argv[3], NULL, 10));
  else if (argc == 2 && strcmp(argv[1], "time") == 0)
    time_all(&arena);
  else
    return 2;
  arena_clear(&arena);
  return 0;
}

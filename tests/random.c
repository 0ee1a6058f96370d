/* Random policies and situations: the evaluator must agree with the reference
 * interpreter over all completions.
 *
 *     random [--seed N] [--policies N] [--situations N] [--show N] [--verbose]
 *
 * The same seed gives the same comparisons.  Exit status 1 on a difference.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/reference/shrink.h"

typedef struct Options {
  uint64_t seed;
  uint32_t policies, situations, show;
  bool verbose;
} Options;

typedef struct Run {
  Options options;
  Tally tally;
  uint32_t refused;     /* generated policies that do not compile */
  uint32_t large;       /* of the policies, how many were large */
  uint32_t differences;
} Run;

static void print(Text text) {
  fwrite(text.at ? text.at : "", 1, text.length, stdout);
}

static void report_refusal(Arena *arena, const Run *run,
                           const Generated *files, const Subject *subject,
                           uint64_t seed) {
  Buffer out = {.arena = arena};
  if (!run->options.verbose) return;
  buffer_format(&out, "== seed %llu: %.*s\n", (unsigned long long)seed,
                TEXT_ARG(subject->problem));
  for (uint32_t i = 0; i < subject->diagnostics.list.count; i++)
    if (subject->diagnostics.list.at[i].severity == SEVERITY_ERROR)
      diagnostic_print(&out, &subject->sources,
                       &subject->diagnostics.list.at[i], false);
  if (subject->diagnostics.errors == 0)
    for (uint32_t i = 0; i < files->count; i++)
      buffer_put(&out, files->texts[i]);
  print(buffer_text(&out));
}

static void report_difference(Arena *arena, Run *run, const Generated *files,
                              const Subject *subject,
                              const Situation *situation, uint64_t budget,
                              Text report, uint64_t seed) {
  Buffer out = {.arena = arena};
  Disagreement one = {.files = *files,
                      .policy = subject->policy,
                      .situation = *situation,
                      .budget = budget,
                      .report = report};
  if (run->differences++ >= run->options.show) return;
  shrink(arena, &one);
  buffer_format(&out, "== seed %llu\n", (unsigned long long)seed);
  disagreement_show(&out, &one);
  print(buffer_text(&out));
}

static void try_situation(Arena *arena, Run *run, Random *random,
                          const Generated *files, const Subject *subject,
                          bool large, uint64_t seed) {
  Situation situation;
  Buffer report = {.arena = arena};
  bool complete = large || random_chance(random, 20);
  uint64_t budget =
      random_chance(random, 20) ? 1 + random_below(random, 60) : 0;
  generate_situation(arena, random, &subject->policy, complete, &situation);
  bool same = large ? compare_complete(arena, subject, &situation, &run->tally,
                                       &report)
                    : compare_answers(arena, subject, &situation, budget,
                                      &run->tally, &report);
  if (!large && budget == 0)
    same &= compare_smallest(arena, subject, &situation, &run->tally, &report);
  same &= compare_index(arena, subject, &situation, complete, &report);
  same &= compare_reading(arena, subject, &situation, &report);
  if (!same)
    report_difference(arena, run, files, subject, &situation, budget,
                      buffer_text(&report), seed);
}

static void try_policy(Arena *arena, Run *run, uint64_t seed) {
  Random random = {seed};
  Generated files;
  Subject subject;
  bool large = random_chance(&random, 15);
  generate_policy(arena, &random, large, &files);
  if (!subject_make(arena, &files, &subject)) {
    run->refused++;
    report_refusal(arena, run, &files, &subject, seed);
    return;
  }
  run->large += large;
  for (uint32_t i = 0; i < run->options.situations; i++)
    try_situation(arena, run, &random, &files, &subject, large, seed);
}

static void try_policies(Run *run, jmp_buf *escape) {
  for (uint32_t i = 0; i < run->options.policies; i++) {
    Arena arena;
    arena_init(&arena, &memory_default, 0, escape);
    try_policy(&arena, run, run->options.seed + i);
    arena_clear(&arena);
  }
}

static void summary(const Run *run) {
  printf(
      "%u policies (%u large, %u refused by the compiler): "
      "%llu partial situations against %llu completions, "
      "%llu complete ones, %llu with little work, %llu skipped; "
      "%llu why-nots and %llu verdicts to change to (%llu not complete); "
      "%u differences\n",
      (unsigned)run->options.policies, (unsigned)run->large,
      (unsigned)run->refused, (unsigned long long)run->tally.partial,
      (unsigned long long)run->tally.completions,
      (unsigned long long)run->tally.complete,
      (unsigned long long)run->tally.exhausted,
      (unsigned long long)run->tally.skipped,
      (unsigned long long)run->tally.why_nots,
      (unsigned long long)run->tally.every_changes,
      (unsigned long long)run->tally.incomplete, (unsigned)run->differences);
}

static bool read_options(int count, char **words, Options *options) {
  for (int i = 1; i < count; i++) {
    unsigned long long value =
        i + 1 < count ? strtoull(words[i + 1], NULL, 10) : 0;
    if (strcmp(words[i], "--verbose") == 0) {
      options->verbose = true;
      continue;
    }
    if (strcmp(words[i], "--seed") == 0)
      options->seed = value;
    else if (strcmp(words[i], "--policies") == 0)
      options->policies = (uint32_t)value;
    else if (strcmp(words[i], "--situations") == 0)
      options->situations = (uint32_t)value;
    else if (strcmp(words[i], "--show") == 0)
      options->show = (uint32_t)value;
    else
      return false;
    i++;
  }
  return true;
}

int main(int count, char **words) {
  static Run run = {.options = {1, 250, 10, 3, false}};
  jmp_buf escape;
  if (!read_options(count, words, &run.options)) {
    fputs("usage: random [--seed N] [--policies N] [--situations N] "
          "[--show N] [--verbose]\n", stderr);
    return 2;
  }
  if (setjmp(escape)) {
    fputs("random: no memory\n", stderr);
    return 4;
  }
  try_policies(&run, &escape);
  summary(&run);
  return run.differences ? 1 : 0;
}

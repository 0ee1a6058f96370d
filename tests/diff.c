/* Pairs of random small policies: what a comparison finds against brute force
 * over every kind of situation.
 *
 *     diff [--seed N] [--policies N] [--show N] [--verbose]
 *
 * The same seed gives the same comparisons.  Exit status 1 on a difference.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/reference/diff_check.h"
#include "tests/reference/diff_subject.h"

typedef struct Run {
  uint64_t seed;
  uint32_t policies, show;
  bool verbose;
  DiffTally tally;
  uint32_t refused, unchanged, differences;
} Run;

static void print(Text text) {
  fwrite(text.at ? text.at : "", 1, text.length, stdout);
}

static void report_difference(Arena *arena, Run *run,
                              const DiffSubject *subject, Text report,
                              uint64_t seed) {
  Buffer out = {.arena = arena};
  if (run->differences++ >= run->show) return;
  buffer_format(&out, "== seed %llu%s\n%.*s", (unsigned long long)seed,
                subject->modest ? ", with little work" : "", TEXT_ARG(report));
  if (run->verbose) diff_subject_show(&out, subject);
  print(buffer_text(&out));
}

/* ---------------------------------------------------------------- comparing */

static bool make_pairs(Arena *arena, Run *run, const DiffSubject *subject,
                       const Diff *diff, uint32_t boundary, Pairs **pairs,
                       Buffer *report) {
  const BoundaryDiff *one = &diff->boundaries[boundary];
  Compared compared = {{subject->subjects[OLD], subject->subjects[NEW]},
                       &diff->joined, &one->space,
                       {one->of[OLD], one->of[NEW]}, subject->today};
  Pairs *made = ARENA_NEW(arena, Pairs);
  PairsMade how = pairs_make(arena, &compared, made, report);
  run->tally.skipped += how == PAIRS_TOO_MANY || how == PAIRS_NOTHING;
  *pairs = how == PAIRS_MADE ? made : NULL;
  return how != PAIRS_DIFFER;
}

static void check_pair(Arena *arena, Run *run, const DiffSubject *subject,
                       const Diff *diff, Buffer *report) {
  Pairs **all = ARENA_ARRAY(arena, diff->boundary_count + 1, Pairs *);
  DiffCheck check = {.arena = arena, .diff = diff, .modest = subject->modest,
                     .tally = &run->tally, .report = report};
  for (uint32_t b = 0; b < diff->boundary_count; b++) {
    if (!make_pairs(arena, run, subject, diff, b, &all[b], report)) return;
    if (!all[b]) continue;
    check.pairs = all[b];
    check.one = &diff->boundaries[b];
    check.modest |= !check.one->charts[OLD].whole ||
                    !check.one->charts[NEW].whole;
    check_boundary_diff(&check);
  }
  check_whole_diff(&check, all);
  if (subject->identical && !subject->modest && diff_has(diff, DIFF_CHANGED))
    buffer_put_c(report, "  a policy is said to differ from itself\n");
}

static void check_mirrored(const BoundaryDiff *one, const BoundaryDiff *other,
                           Buffer *report) {
  bool same = one->same == other->same;
  if (!one->counted || !other->counted) return;
  for (uint32_t x = 0; x < VERDICT_COUNT; x++)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++)
      same &= natural_compare(one->counts[x * VERDICT_COUNT + y],
                              other->counts[y * VERDICT_COUNT + x],
                              one->space.limbs) == 0;
  if (!same) buffer_put_c(report, "  the other way round it is not mirrored\n");
}

/* New to old says the same as old to new, mirrored. */
static void check_swapped(Arena *arena, const DiffSubject *subject,
                          const AuditOptions *options, const Diff *diff,
                          Buffer *report) {
  Diff swapped;
  diff_make(arena, subject->images[NEW], subject->images[OLD], options,
            &swapped);
  for (uint32_t a = 0; a < diff->boundary_count; a++)
    for (uint32_t b = 0; b < swapped.boundary_count; b++)
      if (diff->boundaries[a].of[OLD] == swapped.boundaries[b].of[NEW])
        check_mirrored(&diff->boundaries[a], &swapped.boundaries[b], report);
}

static void try_pair(Arena *arena, Run *run, uint64_t seed) {
  DiffSubject subject;
  Diff diff;
  Buffer report = {.arena = arena};
  if (!diff_subject_make(arena, seed, &subject)) {
    run->refused++;
    return;
  }
  run->unchanged += subject.identical;
  AuditOptions options = {.today = subject.today, .boundary = NONE,
                          .steps_most = subject.steps_most};
  diff_make(arena, subject.images[OLD], subject.images[NEW], &options, &diff);
  check_pair(arena, run, &subject, &diff, &report);
  if (!subject.modest && seed % 4 == 0)
    check_swapped(arena, &subject, &options, &diff, &report);
  if (report.length)
    report_difference(arena, run, &subject, buffer_text(&report), seed);
}

static void try_pairs(Run *run, jmp_buf *escape) {
  for (uint32_t i = 0; i < run->policies; i++) {
    Arena arena;
    arena_init(&arena, &memory_default, 0, escape);
    try_pair(&arena, run, run->seed + i);
    arena_clear(&arena);
  }
}

/* ------------------------------------------------------------------ the run */

static void summary(const Run *run) {
  const DiffTally *tally = &run->tally;
  printf("%u pairs (%u refused, %u of the same policy), %llu boundaries "
         "(%llu the same, and %llu too large): %llu situations on %llu kinds; "
         "%llu changes, %llu regions, %llu witnesses (%llu asked again, "
         "%llu without their events), %llu of holding back, %llu duties, "
         "%llu emergencies; "
         "%u differences\n",
         (unsigned)run->policies, (unsigned)run->refused,
         (unsigned)run->unchanged, (unsigned long long)tally->boundaries,
         (unsigned long long)tally->same, (unsigned long long)tally->skipped,
         (unsigned long long)tally->tried, (unsigned long long)tally->points,
         (unsigned long long)tally->changes,
         (unsigned long long)tally->regions,
         (unsigned long long)tally->witnesses,
         (unsigned long long)tally->asked,
         (unsigned long long)tally->not_whole, (unsigned long long)tally->harm,
         (unsigned long long)tally->duties,
         (unsigned long long)tally->emergencies, (unsigned)run->differences);
}

static bool read_options(int count, char **words, Run *run) {
  for (int i = 1; i < count; i++) {
    unsigned long long value =
        i + 1 < count ? strtoull(words[i + 1], NULL, 10) : 0;
    if (strcmp(words[i], "--verbose") == 0) {
      run->verbose = true;
      continue;
    }
    if (strcmp(words[i], "--seed") == 0)
      run->seed = value;
    else if (strcmp(words[i], "--policies") == 0)
      run->policies = (uint32_t)value;
    else if (strcmp(words[i], "--show") == 0)
      run->show = (uint32_t)value;
    else
      return false;
    i++;
  }
  return true;
}

int main(int count, char **words) {
  static Run run = {.seed = 1, .policies = 200, .show = 3};
  jmp_buf escape;
  if (!read_options(count, words, &run)) {
    fputs("usage: diff [--seed N] [--policies N] [--show N] [--verbose]\n",
          stderr);
    return 2;
  }
  if (setjmp(escape)) {
    fputs("diff: no memory\n", stderr);
    return 4;
  }
  try_pairs(&run, &escape);
  summary(&run);
  return run.differences ? 1 : 0;
}

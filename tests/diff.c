/* Pairs of random small policies: what a comparison finds against brute force
 * over every kind of situation.
 */
#include <stdio.h>

#include "tests/campaign.h"
#include "tests/reference/diff_check.h"
#include "tests/reference/diff_subject.h"

typedef struct Run {
  Campaign campaign;
  DiffTally tally;
  uint32_t unchanged;
} Run;

static void report_difference(Arena *arena, Run *run,
                              const DiffSubject *subject, Text report,
                              uint64_t seed) {
  Buffer out = {.arena = arena};
  if (!campaign_differs(&run->campaign)) return;
  buffer_format(&out, "== seed %llu%s\n%.*s", (unsigned long long)seed,
                subject->modest ? ", with little work" : "", TEXT_ARG(report));
  if (run->campaign.verbose) diff_subject_show(&out, subject);
  campaign_print(buffer_text(&out));
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
      same &= (x == y && (!one->unchanged_counted ||
                          !other->unchanged_counted)) ||
              natural_compare(one->counts[x * VERDICT_COUNT + y],
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

static void try_pair(Campaign *campaign, Arena *arena, uint64_t seed) {
  Run *run = (Run *)campaign;
  DiffSubject subject;
  Diff diff;
  Buffer report = {.arena = arena};
  if (!diff_subject_make(arena, seed, &subject)) {
    campaign->refused++;
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

/* ------------------------------------------------------------------ the run */

static void summary(const Campaign *campaign) {
  const Run *run = (const Run *)campaign;
  const DiffTally *tally = &run->tally;
  printf("%u pairs (%u refused, %u of the same policy), %llu boundaries "
         "(%llu the same, and %llu too large): %llu situations on %llu kinds; "
         "%llu changes, %llu regions, %llu witnesses (%llu asked again, "
         "%llu without their events), %llu of holding back, %llu duties, "
         "%llu emergencies, %llu between two numbers; "
         "%u differences\n",
         (unsigned)campaign->policies, (unsigned)campaign->refused,
         (unsigned)run->unchanged, (unsigned long long)tally->boundaries,
         (unsigned long long)tally->same, (unsigned long long)tally->skipped,
         (unsigned long long)tally->tried, (unsigned long long)tally->points,
         (unsigned long long)tally->changes,
         (unsigned long long)tally->regions,
         (unsigned long long)tally->witnesses,
         (unsigned long long)tally->asked,
         (unsigned long long)tally->not_whole, (unsigned long long)tally->harm,
         (unsigned long long)tally->duties,
         (unsigned long long)tally->emergencies,
         (unsigned long long)tally->between,
         (unsigned)campaign->differences);
}

int main(int count, char **words) {
  static Run run = {.campaign = {.name = "diff", .seed = 1, .policies = 200,
                                 .show = 3, .try_policy = try_pair,
                                 .summary = summary}};
  return campaign_run(&run.campaign, count, words);
}

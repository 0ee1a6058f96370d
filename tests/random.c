/* Random policies and situations: the evaluator must agree with the reference
 * interpreter over all completions.
 */
#include <stdio.h>

#include "tests/campaign.h"
#include "tests/reference/shrink.h"

typedef struct Run {
  Campaign campaign;
  Tally tally;
  uint32_t large; /* of the policies, how many were large */
} Run;

static void report_refusal(Arena *arena, const Run *run,
                           const Generated *files, const Subject *subject,
                           uint64_t seed) {
  Buffer out = {.arena = arena};
  if (!run->campaign.verbose) return;
  buffer_format(&out, "== seed %llu: %.*s\n", (unsigned long long)seed,
                TEXT_ARG(subject->problem));
  for (uint32_t i = 0; i < subject->diagnostics.list.count; i++)
    if (subject->diagnostics.list.at[i].severity == SEVERITY_ERROR)
      diagnostic_print(&out, &subject->sources,
                       &subject->diagnostics.list.at[i], false);
  if (subject->diagnostics.errors == 0)
    for (uint32_t i = 0; i < files->count; i++)
      buffer_put(&out, files->texts[i]);
  campaign_print(buffer_text(&out));
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
  if (!campaign_differs(&run->campaign)) return;
  shrink(arena, &one);
  buffer_format(&out, "== seed %llu\n", (unsigned long long)seed);
  disagreement_show(&out, &one);
  campaign_print(buffer_text(&out));
}

static void try_situation(Arena *arena, Run *run, Random *random,
                          const Generated *files, const Subject *subject,
                          bool large, uint64_t seed) {
  Situation situation;
  Random changes = {seed};
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
  same &= compare_update(arena, subject, &situation, &changes, &report);
  if (!same)
    report_difference(arena, run, files, subject, &situation, budget,
                      buffer_text(&report), seed);
}

static void try_policy(Campaign *campaign, Arena *arena, uint64_t seed) {
  Run *run = (Run *)campaign;
  Random random = {seed};
  Generated files;
  Subject subject;
  bool large = random_chance(&random, 15);
  generate_policy(arena, &random, large, &files);
  if (!subject_make(arena, &files, &subject)) {
    campaign->refused++;
    report_refusal(arena, run, &files, &subject, seed);
    return;
  }
  run->large += large;
  for (uint32_t i = 0; i < campaign->situations; i++)
    try_situation(arena, run, &random, &files, &subject, large, seed);
}

static void summary(const Campaign *campaign) {
  const Run *run = (const Run *)campaign;
  printf(
      "%u policies (%u large, %u refused by the compiler): "
      "%llu partial situations against %llu completions, "
      "%llu complete ones, %llu with little work, %llu skipped; "
      "%llu why-nots and %llu verdicts to change to (%llu not complete); "
      "%u differences\n",
      (unsigned)campaign->policies, (unsigned)run->large,
      (unsigned)campaign->refused, (unsigned long long)run->tally.partial,
      (unsigned long long)run->tally.completions,
      (unsigned long long)run->tally.complete,
      (unsigned long long)run->tally.exhausted,
      (unsigned long long)run->tally.skipped,
      (unsigned long long)run->tally.why_nots,
      (unsigned long long)run->tally.every_changes,
      (unsigned long long)run->tally.incomplete,
      (unsigned)campaign->differences);
}

int main(int count, char **words) {
  static Run run = {.campaign = {.name = "random", .seed = 1, .policies = 250,
                                 .situations = 10, .show = 3,
                                 .try_policy = try_policy,
                                 .summary = summary}};
  return campaign_run(&run.campaign, count, words);
}

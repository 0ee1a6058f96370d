/* Random small policies: what the audit finds against brute force over every
 * kind of situation.
 */
#include <stdio.h>

#include "tests/campaign.h"
#include "tests/reference/audit_check.h"
#include "tests/reference/audit_subject.h"

typedef struct Run {
  Campaign campaign;
  AuditTally tally;
} Run;

static void report_difference(Arena *arena, Run *run,
                              const AuditSubject *subject, Text report,
                              uint64_t seed) {
  Buffer out = {.arena = arena};
  if (!campaign_differs(&run->campaign)) return;
  buffer_format(&out, "== seed %llu\n", (unsigned long long)seed);
  buffer_put(&out, report);
  if (run->campaign.verbose) audit_subject_show(&out, subject);
  campaign_print(buffer_text(&out));
}

/* ------------------------------------------------------------- one audit */

static void run_audit(Arena *arena, Arena *scratch,
                      const AuditSubject *subject, uint64_t steps_most,
                      Audit *audit) {
  AuditOptions options = {.today = subject->today,
                          .boundary = NONE,
                          .scratch = scratch,
                          .steps_most = steps_most};
  audit_make(arena, subject->image, &options, audit);
}

/* Forgets nearly all counts, knows what is left by other hashes, and takes
 * fewer boxes as few. */
static void change_search(Random *random, Audit *audit) {
  for (uint32_t b = 0; b < audit->boundary_count; b++) {
    BoundaryAudit *one = &audit->boundaries[b];
    if (one->space.too_large) continue;
    for (uint32_t i = 0; i < one->space.sides.count; i++)
      one->space.sides.at[i].hash[1] = random_next(random);
    one->search.cache = NULL;
    one->search.few = NULL;
    one->search.few_most =
        random_below(random, 2) ? 64 : random_below(random, 9);
    one->search.cache_bits = 1 + random_below(random, 3);
    Box whole = {0};
    one->counted &= chart_count_verdicts(&one->chart, &one->search, &whole,
                                         one->counts, one->all);
  }
}

typedef struct All {
  Kinds *kinds;   /* one for each boundary of the audit */
  bool *made;
  bool every;
} All;

static bool make_kinds(Arena *arena, Run *run, const AuditSubject *subject,
                       const Audit *audit, All *all, Buffer *report) {
  all->kinds = ARENA_ARRAY(arena, audit->boundary_count + 1, Kinds);
  all->made = ARENA_ARRAY(arena, audit->boundary_count + 1, bool);
  all->every = true;
  for (uint32_t b = 0; b < audit->boundary_count; b++) {
    const BoundaryAudit *one = &audit->boundaries[b];
    KindsMade made =
        one->space.too_large
            ? KINDS_TOO_MANY
            : kinds_make(arena, subject->subject, &one->space, one->boundary,
                         subject->today, &all->kinds[b], report);
    all->made[b] = made == KINDS_MADE;
    all->every &= all->made[b];
    run->tally.skipped += made == KINDS_TOO_MANY;
  }
  return report->length == 0;
}

static void check_all(Arena *arena, Run *run, Audit *audit, const All *all,
                      void (*how)(AuditCheck *), Buffer *report) {
  for (uint32_t b = 0; b < audit->boundary_count; b++) {
    AuditCheck check = {.arena = arena,
                        .audit = audit,
                        .one = &audit->boundaries[b],
                        .kinds = &all->kinds[b],
                        .all = all->every ? all->kinds : NULL,
                        .all_count = audit->boundary_count,
                        .first = b == 0,
                        .tally = &run->tally,
                        .report = report};
    if (!check.one->chart.whole) how = check_modest;
    if (all->made[b]) how(&check);
  }
}

static void compare(Arena *arena, Arena *scratch, Run *run, uint64_t seed) {
  Random random = {seed};
  AuditSubject subject;
  Audit audit;
  All all;
  Buffer report = {.arena = arena};
  if (!audit_subject_make(arena, &random, &subject)) {
    run->campaign.refused++;
    return;
  }
  uint32_t way = random_below(&random, 4);
  run_audit(arena, scratch, &subject,
            way == 0 ? 1 + random_below(&random, 60) : 0, &audit);
  if (way == 1) change_search(&random, &audit);
  audit_run(&audit);
  if (make_kinds(arena, run, &subject, &audit, &all, &report))
    check_all(arena, run, &audit, &all,
              way == 0 ? check_modest : check_boundary, &report);
  if (report.length)
    report_difference(arena, run, &subject, buffer_text(&report), seed);
}

static void try_policy(Campaign *campaign, Arena *arena, uint64_t seed) {
  Arena scratch;
  arena_init(&scratch, &memory_default, 0, arena->escape);
  compare(arena, &scratch, (Run *)campaign, seed);
  arena_clear(&scratch);
}

/* ------------------------------------------------------------------ the run */

static void summary(const Campaign *campaign) {
  static const char *const forms[PROMISE_KIND_COUNT] = {
      [PROMISE_EXACTLY] = "exactly", [PROMISE_AT_LEAST] = "at least",
      [PROMISE_AT_MOST] = "at most", [PROMISE_NOWHERE] = "nowhere",
      [PROMISE_MAY_HARM] = "may harm", [PROMISE_MUST] = "must"};
  const AuditTally *tally = &((const Run *)campaign)->tally;
  printf("%u policies (%u refused by the compiler), %llu boundaries, "
         "%llu more with little work (and %llu too large): "
         "%llu situations on %llu kinds; %llu counts, "
         "%llu witnesses (%llu without their events)",
         (unsigned)campaign->policies, (unsigned)campaign->refused,
         (unsigned long long)tally->boundaries,
         (unsigned long long)tally->modest,
         (unsigned long long)tally->skipped,
         (unsigned long long)tally->situations,
         (unsigned long long)tally->points, (unsigned long long)tally->counts,
         (unsigned long long)tally->witnesses,
         (unsigned long long)tally->not_whole);
  for (int kind = 0; kind < FINDING_COUNT; kind++) {
    Text id = finding_id((FindingKind)kind);
    if (tally->findings[kind])
      printf(", %llu %.*s", (unsigned long long)tally->findings[kind],
             TEXT_ARG(id));
  }
  fputs("; promises:", stdout);
  for (int form = 0; form < PROMISE_KIND_COUNT; form++)
    printf(" %llu %s%s", (unsigned long long)tally->promises[form],
           forms[form], form + 1 < PROMISE_KIND_COUNT ? "," : "");
  printf("; %u differences\n", (unsigned)campaign->differences);
}

int main(int count, char **words) {
  static Run run = {.campaign = {.name = "audit", .seed = 1, .policies = 200,
                                 .show = 3, .try_policy = try_policy,
                                 .summary = summary}};
  return campaign_run(&run.campaign, count, words);
}

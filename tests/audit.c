/* Random small policies: what the audit finds against brute force over every
 * kind of situation.
 *
 *     audit [--seed N] [--policies N] [--show N] [--verbose]
 *
 * The same seed gives the same comparisons.  Exit status 1 on a difference.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/reference/audit_check.h"
#include "tests/reference/audit_subject.h"

typedef struct Run {
  uint64_t seed;
  uint32_t policies, show;
  bool verbose;
  AuditTally tally;
  uint32_t refused, differences;
} Run;

static void print(Text text) {
  fwrite(text.at ? text.at : "", 1, text.length, stdout);
}

static void report_difference(Arena *arena, Run *run,
                              const AuditSubject *subject, Text report,
                              uint64_t seed) {
  Buffer out = {.arena = arena};
  if (run->differences++ >= run->show) return;
  buffer_format(&out, "== seed %llu\n", (unsigned long long)seed);
  buffer_put(&out, report);
  if (run->verbose) audit_subject_show(&out, subject);
  print(buffer_text(&out));
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

/* Forgets nearly all counts, and knows what is left by other hashes. */
static void change_search(Random *random, Audit *audit) {
  for (uint32_t b = 0; b < audit->boundary_count; b++) {
    BoundaryAudit *one = &audit->boundaries[b];
    if (one->space.too_large) continue;
    for (uint32_t i = 0; i < one->space.sides.count; i++)
      one->space.sides.at[i].hash[1] = random_next(random);
    one->search.cache = NULL;
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
    if (all->made[b]) how(&check);
  }
}

static void try_policy(Arena *arena, Arena *scratch, Run *run, uint64_t seed) {
  Random random = {seed};
  AuditSubject subject;
  Audit audit;
  All all;
  Buffer report = {.arena = arena};
  if (!audit_subject_make(arena, &random, &subject)) {
    run->refused++;
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

static void try_policies(Run *run, jmp_buf *escape) {
  for (uint32_t i = 0; i < run->policies; i++) {
    Arena arena, scratch;
    arena_init(&arena, &memory_default, 0, escape);
    arena_init(&scratch, &memory_default, 0, escape);
    try_policy(&arena, &scratch, run, run->seed + i);
    arena_clear(&scratch);
    arena_clear(&arena);
  }
}

/* ------------------------------------------------------------------ the run */

static void summary(const Run *run) {
  const AuditTally *tally = &run->tally;
  printf("%u policies (%u refused by the compiler), %llu boundaries, "
         "%llu more with little work (and %llu too large): "
         "%llu situations on %llu kinds; %llu counts, "
         "%llu witnesses (%llu without their events)",
         (unsigned)run->policies, (unsigned)run->refused,
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
  printf("; %u differences\n", (unsigned)run->differences);
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
    fputs("usage: audit [--seed N] [--policies N] [--show N] [--verbose]\n",
          stderr);
    return 2;
  }
  if (setjmp(escape)) {
    fputs("audit: no memory\n", stderr);
    return 4;
  }
  try_policies(&run, &escape);
  summary(&run);
  return run.differences ? 1 : 0;
}

/* A situation written as YAML and read again must be the same situation. */
#include <string.h>

#include "runtime/situation_read.h"
#include "tests/reference/compare.h"
#include "tests/reference/show.h"

/* Amounts that a person's number may not be as large as. */
#define WRITTEN_MOST INT64_C(100000000000000)

static bool can_be_written(const Given *given) {
  for (uint32_t i = 0; i < given->span_count; i++)
    if (given->spans[i].high > WRITTEN_MOST) return false;
  return true;
}

static bool same_events(const Given *a, const Given *b) {
  if (a->event_count != b->event_count) return false;
  for (uint32_t i = 0; i < a->event_count; i++) {
    uint32_t in_a = 0, in_b = 0;
    for (uint32_t k = 0; k < a->event_count; k++) {
      in_a += a->events[k].day == a->events[i].day &&
              a->events[k].amount == a->events[i].amount;
      in_b += b->events[k].day == a->events[i].day &&
              b->events[k].amount == a->events[i].amount;
    }
    if (in_a != in_b) return false;
  }
  return true;
}

static bool same_given(const Given *a, const Given *b) {
  if (a->given != b->given || a->members != b->members ||
      a->span_count != b->span_count)
    return false;
  for (uint32_t i = 0; i < a->span_count; i++)
    if (a->spans[i].low != b->spans[i].low ||
        a->spans[i].high != b->spans[i].high)
      return false;
  return same_events(a, b);
}

static void compare_read(const Subject *subject, const Situation *written,
                         const Situation *read, Buffer *report) {
  for (uint32_t i = 0; i < subject->policy.facts.count; i++) {
    const RefFact *fact = &subject->policy.facts.at[i];
    const Given *given = &read->facts[subject->facts[i]];
    if (same_given(&written->facts[i], given)) continue;
    buffer_format(report, "  reading %.*s: ", TEXT_ARG(fact->name));
    show_given(report, fact, &written->facts[i]);
    buffer_put_c(report, " is read as ");
    show_given(report, fact, given);
    buffer_put_char(report, '\n');
  }
  if (read->as_of != written->as_of || read->tense != written->tense ||
      (written->boundary != REF_NONE &&
       read->boundary != subject->boundaries[written->boundary]))
    buffer_put_c(report, "  reading: another day, tense or boundary\n");
}

bool compare_reading(Arena *arena, const Subject *subject,
                     const Situation *situation, Buffer *report) {
  Buffer yaml = {.arena = arena};
  Sources sources = {0};
  Diagnostics diagnostics = {.arena = arena};
  Cases cases = {0};
  uint32_t before = report->length;
  for (uint32_t i = 0; i < subject->policy.facts.count; i++)
    if (!can_be_written(&situation->facts[i])) return true;
  show_situation(&yaml, &subject->policy, situation);
  uint32_t file =
      source_add(arena, &sources, TEXT("case.yaml"), buffer_text(&yaml));
  if (situation_read(arena, &subject->image, &sources, file, situation->as_of,
                     false, &diagnostics, &cases) &&
      cases.count == 1) {
    compare_read(subject, situation, &cases.at[0].situation, report);
    return report->length == before;
  }
  buffer_put_c(report, "  reading: refused\n");
  for (uint32_t i = 0; i < diagnostics.list.count; i++)
    diagnostic_print(report, &sources, &diagnostics.list.at[i], false);
  return false;
}

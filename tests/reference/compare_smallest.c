/* Why a rule is not in force, and every change: against all that can be
 * tried. */
#include <string.h>

#include "runtime/every_change.h"
#include "tests/reference/compare.h"
#include "tests/reference/smallest.h"

#define RULES_MOST 4 /* of one situation */

typedef struct Check {
  Arena *arena;
  const Subject *subject;
  const Situation *situation, *mapped;
  RefUniverse universe;
  RefTable table;
  EveryChange every;
  RefWish wish;
  Tally *tally;
  Buffer *report;
  uint32_t differences;
} Check;

#define DIFFER(check, ...)                          \
  ((check)->differences++,                          \
   buffer_format((check)->report, "  "__VA_ARGS__), \
   buffer_put_char((check)->report, '\n'))

static uint32_t find_unit(const Check *check, uint32_t image_fact,
                          uint32_t member) {
  for (uint32_t i = 0; i < check->table.unit_count; i++)
    if (check->subject->facts[check->table.units[i].fact] == image_fact &&
        check->table.units[i].member == member)
      return i;
  return REF_NONE;
}

static Text set_name(const Check *check, uint32_t set) {
  Buffer out = {.arena = check->arena};
  for (uint32_t i = 0; i < check->table.unit_count; i++) {
    const RefUnit *unit = &check->table.units[i];
    const RefFact *fact = &check->universe.policy->facts.at[unit->fact];
    if (!(set >> i & 1)) continue;
    buffer_format(&out, " %.*s", TEXT_ARG(fact->name));
    if (unit->member != REF_NONE)
      buffer_format(&out, "+%.*s",
                    TEXT_ARG(ref_value_name(fact, unit->member)));
  }
  return buffer_text(&out);
}

static bool has_set(const RefSets *sets, uint32_t set) {
  for (uint32_t i = 0; i < sets->count; i++)
    if (sets->at[i] == set) return true;
  return false;
}

static void compare_sets(Check *check, Text what, const RefSets *reference,
                         const RefSets *says, bool complete) {
  for (uint32_t i = 0; i < says->count; i++)
    if (!has_set(reference, says->at[i]))
      DIFFER(check, "%.*s: {%.*s } is no smallest set", TEXT_ARG(what),
             TEXT_ARG(set_name(check, says->at[i])));
  for (uint32_t i = 0; complete && i < reference->count; i++)
    if (!has_set(says, reference->at[i]))
      DIFFER(check, "%.*s: the smallest set {%.*s } is missing",
             TEXT_ARG(what), TEXT_ARG(set_name(check, reference->at[i])));
}

/* ---------------------------------------------------------------- why not */

static uint32_t set_of(Check *check, const WhyNot *why_not,
                       const WhyNotSet *from) {
  uint32_t set = 0;
  for (uint32_t i = 0; i < from->step_count; i++) {
    const Lever *lever = &why_not->levers.at[from->steps[i].lever];
    uint32_t unit = find_unit(check, lever->fact,
                              lever->member == NONE ? REF_NONE : lever->member);
    if (unit == REF_NONE)
      DIFFER(check, "why not: a fact that cannot matter is named");
    else
      set |= 1u << unit;
    if (why_not->complete && !from->steps[i].test_count)
      DIFFER(check, "why not: no test is cited for a fact");
  }
  return set;
}

/* The sets that belong to a state without sets. */
static void check_state(Check *check, Text name, const WhyNot *why_not,
                        const RefSets *reference) {
  WhyNotState state = why_not->state;
  bool applies = reference->count == 1 && reference->at[0] == 0;
  if ((state == WHY_NOT_APPLIES) != applies && why_not->complete)
    DIFFER(check, "why not %.*s: applies: reference %d, answer %d",
           TEXT_ARG(name), applies, state == WHY_NOT_APPLIES);
  if (state != WHY_NOT_FACTS && state != WHY_NOT_APPLIES && reference->count)
    DIFFER(check, "why not %.*s: state %d, but the reference has %u sets",
           TEXT_ARG(name), (int)state, (unsigned)reference->count);
}

static void check_impossible(Check *check, uint32_t rule, WhyNotState state) {
  uint64_t ever = 0;
  for (uint32_t i = 0; i < check->table.size; i++)
    ever |= check->table.in_force[i] >> rule & 1;
  if (ever && state == WHY_NOT_IMPOSSIBLE)
    DIFFER(check, "why not: a rule that can be in force is called impossible");
}

static void check_why_not(Check *check, uint32_t rule) {
  Text name = check->subject->policy.rules.at[rule].full_name;
  RefWish wish = {true, rule};
  RefSets reference = {0}, says = {0};
  WhyNot why_not;
  if (!ref_smallest(check->arena, &check->table, &wish, &reference)) return;
  why_not_make(check->arena, &check->subject->image, check->mapped,
               check->subject->rules[rule], 0, &why_not);
  check->tally->why_nots++;
  check->tally->incomplete += !why_not.complete;
  check_state(check, name, &why_not, &reference);
  check_impossible(check, rule, why_not.state);
  if (why_not.state != WHY_NOT_FACTS) return;
  for (uint32_t i = 0; i < why_not.set_count; i++)
    VEC_PUSH(check->arena, &says, set_of(check, &why_not, &why_not.sets[i]));
  compare_sets(check, name, &reference, &says, why_not.complete);
}

/* ---------------------------------------------------------------- changes */

/* The reference's number of an image's fact. */
static uint32_t ref_fact(const Check *check, uint32_t image_fact) {
  for (uint32_t i = 0; i < check->universe.policy->facts.count; i++)
    if (check->subject->facts[i] == image_fact) return i;
  return REF_NONE;
}

/* What a step of a set adds or takes away. */
static uint32_t step_member(const RefFact *fact, Text to) {
  uint32_t skip = text_starts(to, TEXT("without ")) ? 8 : 5;
  return ref_value_find(fact, (Text){to.at + skip, to.length - skip});
}

/* The values that a step leads to. */
static ValueSpan step_span(const Check *check, const RefFact *fact,
                           const Step *step) {
  ValueSpan span = {INT64_MIN, INT64_MAX};
  if (fact->value_count > 0 || fact->type == TYPE_YES_NO) {
    for (uint32_t i = 0; i < 2 || i < fact->value_count; i++)
      if (text_equal(ref_value_name(fact, i), step->to))
        return (ValueSpan){i, i};
    return span;
  }
  (void)check;
  cell_words_read(fact, step->to, &span);
  return span;
}

static uint32_t change_set(Check *check, const Change *change) {
  uint32_t set = 0;
  for (uint32_t i = 0; i < change->step_count; i++) {
    uint32_t fact = ref_fact(check, change->steps[i].fact);
    const RefFact *one = &check->universe.policy->facts.at[fact];
    uint32_t member = one->type == TYPE_SET
                          ? step_member(one, change->steps[i].to) : REF_NONE;
    uint32_t unit = find_unit(check, change->steps[i].fact, member);
    if (unit == REF_NONE)
      DIFFER(check, "changes: `%.*s` is not within reach",
             TEXT_ARG(change->steps[i].to));
    else
      set |= 1u << unit;
  }
  return set;
}

static void take_steps(const Check *check, const Change *change,
                       Given *givens) {
  for (uint32_t i = 0; i < change->step_count; i++) {
    uint32_t fact = ref_fact(check, change->steps[i].fact);
    const RefFact *one = &check->universe.policy->facts.at[fact];
    givens[fact].given = true;
    if (one->type == TYPE_SET) {
      givens[fact].members ^= UINT64_C(1)
                              << step_member(one, change->steps[i].to);
      continue;
    }
    givens[fact].spans = ARENA_NEW(check->arena, ValueSpan);
    givens[fact].spans[0] = step_span(check, one, &change->steps[i]);
    givens[fact].span_count = 1;
  }
}

/* A listed change settles what it says. */
static void check_settles(Check *check, const Change *change) {
  uint32_t facts = check->universe.policy->facts.count;
  Given *moved = ARENA_ARRAY(check->arena, facts, Given);
  memcpy(moved, check->situation->facts, facts * sizeof *moved);
  take_steps(check, change, moved);
  Verdict verdict = SILENT;
  RefSettled settled =
      ref_settled(check->arena, &check->universe, moved, &verdict);
  if (settled == REF_OPEN ||
      (settled == REF_SETTLED && verdict != change->verdict))
    DIFFER(check, "changes: `%.*s` and %u more do not settle it",
           TEXT_ARG(change->steps[0].to), (unsigned)change->step_count - 1);
}

/* Does a listed change go no farther than these values, step by step? */
static bool goes_no_farther(const Check *check, const Change *change,
                            const RefValue *values) {
  for (uint32_t i = 0; i < change->step_count; i++) {
    uint32_t fact = ref_fact(check, change->steps[i].fact);
    const RefFact *one = &check->universe.policy->facts.at[fact];
    if (one->type == TYPE_SET) continue; /* its unit says it */
    ValueSpan span = step_span(check, one, &change->steps[i]);
    int64_t now = ref_exact_value(&check->situation->facts[fact]).amount;
    int64_t to = values[fact].amount;
    bool ordered = one->type != TYPE_YES_NO && one->type != TYPE_CHOICE;
    if (!ordered ? span.low != to
                 : to > now ? span.low > to || span.high <= now
                            : span.high < to || span.low >= now)
      return false;
  }
  return true;
}

/* Every way that the reference knows has a listed change that is no farther. */
static void see_way(void *context, const RefValue *values) {
  Check *check = context;
  bool found = false;
  for (uint32_t i = 0; i < check->every.change_count; i++) {
    const Change *change = &check->every.changes[i];
    if (change->verdict == check->wish.number)
      found |= goes_no_farther(check, change, values);
  }
  if (!found) DIFFER(check, "changes: a nearer way is missing");
}

static void check_verdict(Check *check, Verdict verdict) {
  const EveryChange *every = &check->every;
  RefSets reference = {0}, says = {0};
  bool complete = every->complete >> verdict & 1;
  check->wish = (RefWish){false, verdict};
  if (!ref_smallest(check->arena, &check->table, &check->wish, &reference))
    return;
  check->tally->every_changes++;
  check->tally->incomplete += !complete;
  for (uint32_t i = 0; i < every->change_count; i++) {
    if (every->changes[i].verdict != verdict) continue;
    check_settles(check, &every->changes[i]);
    VEC_PUSH(check->arena, &says, change_set(check, &every->changes[i]));
  }
  compare_sets(check, text_of("changes"), &reference, &says, complete);
  RefWayVisitor visitor = {see_way, check};
  for (uint32_t i = 0; complete && !check->differences && i < reference.count;
       i++)
    ref_ways(check->arena, &check->table, &check->wish, reference.at[i],
             &visitor);
}

/* -------------------------------------------------------------------- all */

static void check_changes(Check *check) {
  EveryChange *every = &check->every;
  if (check->situation->boundary == REF_NONE || !ref_units(&check->table, true))
    return;
  every_change_make(check->arena, &check->subject->image, check->mapped, 0,
                    every);
  for (int v = 0; every->settled && v < VERDICT_COUNT; v++)
    if (v != (int)every->verdict) check_verdict(check, (Verdict)v);
}

bool compare_smallest(Arena *arena, const Subject *subject,
                      const Situation *situation, Tally *tally,
                      Buffer *report) {
  Check check = {.arena = arena, .subject = subject, .situation = situation,
                 .tally = tally, .report = report};
  Situation mapped = subject_situation(arena, subject, situation);
  check.mapped = &mapped;
  ref_universe_make(arena, &subject->policy, situation, &check.universe);
  if (!ref_table_make(arena, &check.universe, situation->facts, &check.table))
    return true;
  check_changes(&check);
  if (!ref_units(&check.table, false)) return check.differences == 0;
  for (uint32_t i = 0; i < subject->policy.rules.count && i < RULES_MOST; i++)
    check_why_not(&check, i);
  return check.differences == 0;
}

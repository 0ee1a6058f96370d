#include "tests/reference/compare.h"

#include <string.h>

#include "runtime/telling.h"

/* One comparison under way. */
typedef struct Check {
  Arena *arena;
  const Subject *subject;
  const Situation *situation; /* in the reference's numbers */
  RefUniverse universe;
  RefSpread spread;
  Answer answer;
  bool exact; /* else: only soundness */
  Buffer *report;
  uint32_t differences;
} Check;

static const char *const verdict_names[VERDICT_COUNT] = {
    "silent", "proceed", "care", "consult", "hold", "never"};
static const char *const standing_names[STANDING_COUNT] = {
    "in-force", "displaced", "not-met", "not-yet", "ended", "open",
    "elsewhere"};
static const char *const three_names[4] = {"nothing", "yes", "no", "open"};

#define DIFFER(check, ...)                          \
  ((check)->differences++,                          \
   buffer_format((check)->report, "  "__VA_ARGS__), \
   buffer_put_char((check)->report, '\n'))

/* Does the answer say exactly this, or, where only soundness counts, no more
 * than this? */
static bool three_agrees(const Check *check, uint8_t reference,
                         uint8_t answer) {
  return answer == reference ||
         (!check->exact && (answer & reference) == reference);
}

static void check_three(Check *check, const char *what, uint8_t reference,
                        uint8_t answer) {
  if (!three_agrees(check, reference, answer))
    DIFFER(check, "%s: reference %s, answer %s", what, three_names[reference],
           three_names[answer & 3]);
}

/* ------------------------------------------------------------- findings */

static Verdict lowest_of(uint32_t verdicts) {
  return (Verdict)__builtin_ctz(verdicts);
}

static Verdict highest_of(uint32_t verdicts) {
  return (Verdict)(31 - __builtin_clz(verdicts));
}

static void check_findings(Check *check) {
  const RefSpread *spread = &check->spread;
  const Answer *answer = &check->answer;
  Verdict low = lowest_of(spread->verdicts);
  Verdict high = highest_of(spread->verdicts);
  bool right = check->exact ? answer->low == low && answer->high == high
                            : answer->low <= low && answer->high >= high;
  if (!right || answer->settled != (answer->low == answer->high))
    DIFFER(check, "verdict: reference %s to %s, answer %s to %s%s",
           verdict_names[low], verdict_names[high], verdict_names[answer->low],
           verdict_names[answer->high], answer->settled ? ", settled" : "");
  check_three(check, "holding back", spread->may_harm,
              (uint8_t)answer->may_harm);
  check_three(check, "tension", spread->tension, (uint8_t)answer->tension);
}

/* ---------------------------------------------------------------- rules */

static Standing standing_of(uint8_t set) {
  return (set & (set - 1)) ? STANDING_OPEN : (Standing)__builtin_ctz(set);
}

static void check_rule(Check *check, uint32_t index) {
  const RefRule *rule = &check->subject->policy.rules.at[index];
  const RefRuleResult *last = &check->spread.last[index];
  const RuleAnswer *answer =
      &check->answer.rules[check->subject->rules[index]];
  Standing standing = standing_of(check->spread.standings[index]);
  bool open = !check->exact && answer->standing == STANDING_OPEN;
  if (answer->standing != standing && !(open && last->in_scope))
    DIFFER(check, "standing of %.*s (%s): reference %s, answer %s",
           TEXT_ARG(rule->full_name), rule->layer == LAYER_TEAM ? "team" : "-",
           standing_names[standing], standing_names[answer->standing]);
  if (!last->in_scope) return;
  if (!three_agrees(check, check->spread.conditions[index],
                    answer->condition) &&
      rule->kind != RULE_OTHERWISE)
    DIFFER(check, "condition of %.*s: reference %s, answer %s",
           TEXT_ARG(rule->full_name),
           three_names[check->spread.conditions[index]],
           three_names[answer->condition & 3]);
  if (rule->finding != SILENT &&
      (answer->counts != last->counts || answer->agreed != last->agreed))
    DIFFER(check, "finding of %.*s: reference %s, answer %s",
           TEXT_ARG(rule->full_name), verdict_names[last->counts],
           verdict_names[answer->counts]);
}

static void check_duties(Check *check, uint32_t index) {
  const RefRule *rule = &check->subject->policy.rules.at[index];
  for (uint32_t d = 0; d < rule->duty_count; d++) {
    uint8_t reference = check->spread.duties[rule->first_duty + d];
    uint8_t answer =
        check->answer.duties[subject_duty(check->subject, index, d)];
    if (!three_agrees(check, reference, answer))
      DIFFER(check, "duty %u of %.*s: reference %s, answer %s", (unsigned)d,
             TEXT_ARG(rule->full_name), three_names[reference],
             three_names[answer & 3]);
  }
}

static bool listed(const uint32_t *list, uint32_t count, uint32_t item) {
  for (uint32_t i = 0; i < count; i++)
    if (list[i] == item) return true;
  return false;
}

/* Those surely in force whose finding is the settled verdict. */
static bool decides(const Check *check, uint32_t index) {
  const RefRule *rule = &check->subject->policy.rules.at[index];
  const RefRuleResult *last = &check->spread.last[index];
  Verdict verdict = lowest_of(check->spread.verdicts);
  if (verdict != highest_of(check->spread.verdicts) || verdict == SILENT)
    return false;
  return rule->kind != RULE_HOLDING_BACK && rule->kind != RULE_EMERGENCY &&
         rule->kind != RULE_REVIEW && last->counts == verdict &&
         standing_of(check->spread.standings[index]) == STANDING_IN_FORCE;
}

static void check_deciding(Check *check) {
  const Answer *answer = &check->answer;
  for (uint32_t i = 0; i < check->subject->policy.rules.count; i++) {
    bool reference = decides(check, i);
    bool says = listed(answer->deciding, answer->deciding_count,
                       check->subject->rules[i]);
    if (says != reference && (check->exact || says))
      DIFFER(check, "deciding %.*s: reference %s, answer %s",
             TEXT_ARG(check->subject->policy.rules.at[i].full_name),
             reference ? "yes" : "no", says ? "yes" : "no");
  }
}

/* ------------------------------------------------------------ questions */

static uint32_t matters_in_answer(const Check *check, uint32_t fact) {
  for (uint32_t i = 0; i < check->answer.question_count; i++)
    if (check->answer.questions[i].fact == check->subject->facts[fact])
      return check->answer.questions[i].matters;
  return 0;
}

static bool in_order(const Question *a, const Question *b) {
  int first = __builtin_ctz(a->matters), second = __builtin_ctz(b->matters);
  return first < second || (first == second && a->fact < b->fact);
}

static void check_questions(Check *check) {
  const Answer *answer = &check->answer;
  for (uint32_t i = 0; i < check->subject->policy.facts.count; i++) {
    uint32_t reference = check->spread.matters[i];
    uint32_t says = matters_in_answer(check, i);
    if (reference != says)
      DIFFER(check, "question %.*s: matters in reference %x, in answer %x",
             TEXT_ARG(check->subject->policy.facts.at[i].name),
             (unsigned)reference, (unsigned)says);
  }
  for (uint32_t i = 1; i < answer->question_count; i++)
    if (!in_order(&answer->questions[i - 1], &answer->questions[i]))
      DIFFER(check, "questions %u and %u stand in the wrong order",
             (unsigned)i - 1, (unsigned)i);
}

/* The interview asks nothing that cannot change the answer, and ends only when
 * nothing can. */
static void check_telling(Check *check, const Situation *mapped) {
  Telling telling;
  uint32_t facts = check->subject->policy.facts.count, left = 0, asked = NONE;
  bool *passed = ARENA_ARRAY(check->arena, facts + 1, bool);
  telling_next(check->arena, &check->subject->image, mapped, passed, 0,
               &telling);
  for (uint32_t i = 0; i < facts; i++) {
    left += check->spread.matters[i] != 0;
    if (check->subject->facts[i] == telling.fact) asked = i;
  }
  if (telling.fact == NONE || telling.is_support) {
    if (left) DIFFER(check, "the interview ends too early");
  } else if (!check->spread.matters[asked]) {
    DIFFER(check, "the interview asks what cannot matter: %.*s",
           TEXT_ARG(check->subject->policy.facts.at[asked].name));
  }
}

/* -------------------------------------------------------------- reasons */

static Text full_fact_name(Check *check, uint32_t image_fact) {
  static const char *const names[DIMENSION_COUNT] = {
      "need", "capability", "context", "risk", "support", "impact"};
  const Image *image = &check->subject->image;
  const Fact *fact = &image->facts.at[image_fact];
  return text_format(check->arena, "%s.%.*s", names[fact->dimension],
                     TEXT_ARG(image_text(image, fact->name)));
}

static void check_orders(Check *check) {
  const Answer *answer = &check->answer;
  for (uint32_t i = 1; i < answer->reason_count; i++) {
    Text before = full_fact_name(check, answer->reasons[i - 1]);
    Text after = full_fact_name(check, answer->reasons[i]);
    if (text_compare(before, after) >= 0)
      DIFFER(check, "reasons %.*s and %.*s stand in the wrong order",
             TEXT_ARG(before), TEXT_ARG(after));
  }
  for (uint32_t i = 1; i < answer->change_count; i++)
    if (answer->changes[i - 1].steps[0].fact > answer->changes[i].steps[0].fact)
      DIFFER(check, "changes %u and %u stand in the wrong order",
             (unsigned)i - 1, (unsigned)i);
}

static void check_reasons_exactly(Check *check) {
  const Answer *answer = &check->answer;
  uint32_t count = check->subject->policy.facts.count;
  bool *reasons = ARENA_ARRAY(check->arena, count, bool);
  if (!ref_reasons(check->arena, &check->universe, check->situation->facts,
                   answer->low, reasons))
    return;
  for (uint32_t i = 0; i < count; i++) {
    bool says = listed(answer->reasons, answer->reason_count,
                       check->subject->facts[i]);
    if (reasons[i] != says)
      DIFFER(check, "reason %.*s: reference %s, answer %s",
             TEXT_ARG(check->subject->policy.facts.at[i].name),
             reasons[i] ? "yes" : "no", says ? "yes" : "no");
  }
}

/* The reasons alone must settle the verdict. */
static void check_reasons_suffice(Check *check) {
  const Answer *answer = &check->answer;
  uint32_t count = check->subject->policy.facts.count;
  Given *kept = ARENA_ARRAY(check->arena, count, Given);
  Verdict verdict = answer->low;
  for (uint32_t i = 0; i < count; i++)
    if (listed(answer->reasons, answer->reason_count,
               check->subject->facts[i]))
      kept[i] = check->situation->facts[i];
  RefSettled settled =
      ref_settled(check->arena, &check->universe, kept, &verdict);
  if (settled == REF_OPEN ||
      (settled == REF_SETTLED && verdict != answer->low))
    DIFFER(check, "the reasons given do not settle the verdict");
}

/* -------------------------------------------------------------- changes */

static const RefMove *move_of_step(Check *check, const RefMoves *moves,
                                   const Step *step) {
  for (uint32_t i = 0; i < moves->count; i++) {
    const RefMove *move = &moves->at[i];
    uint64_t before = check->situation->facts[move->fact].members;
    if (check->subject->facts[move->fact] == step->fact &&
        step_names_move(&check->universe, step->to, move, before))
      return move;
  }
  return NULL;
}

/* Every listed change settles what it says; marks single ones in `found`. */
static void check_change(Check *check, const RefMoves *moves,
                         const Change *change, const RefChanges *changes,
                         bool *found) {
  RefMove steps[2];
  for (uint32_t i = 0; i < change->step_count; i++) {
    const RefMove *move = move_of_step(check, moves, &change->steps[i]);
    if (!move) {
      DIFFER(check, "change to `%.*s`: no such cell",
             TEXT_ARG(change->steps[i].to));
      return;
    }
    steps[i] = *move;
  }
  Verdict verdict = SILENT;
  RefSettled settled =
      ref_moved(check->arena, &check->universe, check->situation->facts, steps,
                change->step_count, &verdict);
  if (settled == REF_TOO_MANY) return;
  if (settled == REF_OPEN || verdict != change->verdict)
    DIFFER(check, "change to `%.*s`%s settles %s, answer %s",
           TEXT_ARG(change->steps[0].to),
           change->step_count > 1 ? " and another" : "",
           settled == REF_OPEN ? "nothing" : verdict_names[verdict],
           verdict_names[change->verdict]);
  for (uint32_t i = 0; i < changes->count; i++)
    if (changes->at[i].step_count == change->step_count &&
        changes->at[i].verdict == change->verdict &&
        changes->at[i].steps[0].fact == steps[0].fact &&
        memcmp(&changes->at[i].steps[0].value, &steps[0].value,
               sizeof steps[0].value) == 0)
      found[i] = true;
}

static void check_missing_changes(Check *check, const RefChanges *changes,
                                  const bool *found) {
  const Answer *answer = &check->answer;
  if (answer->change_count == REF_CHANGES_MOST || changes->count == 0) return;
  bool singles = changes->at[0].step_count == 1;
  if (!singles && answer->change_count > 0) return;
  for (uint32_t i = 0; i < changes->count; i++)
    if (!found[i]) {
      uint32_t fact = changes->at[i].steps[0].fact;
      DIFFER(check, "a change of %.*s (%u steps) to %s is not listed",
             TEXT_ARG(check->subject->policy.facts.at[fact].name),
             (unsigned)changes->at[i].step_count,
             verdict_names[changes->at[i].verdict]);
    }
}

static void check_changes(Check *check) {
  const Answer *answer = &check->answer;
  RefMoves moves = {0};
  RefChanges changes = {0};
  ref_moves(check->arena, &check->universe, check->situation->facts, &moves);
  bool known = ref_changes(check->arena, &check->universe,
                           check->situation->facts, answer->low, &changes);
  bool *found = ARENA_ARRAY(check->arena, changes.count + 1, bool);
  for (uint32_t i = 0; i < answer->change_count; i++)
    check_change(check, &moves, &answer->changes[i], &changes, found);
  if (!known || !check->exact) return;
  check_missing_changes(check, &changes, found);
  if (changes.count > 0 && changes.at[0].step_count == 1)
    for (uint32_t i = 0; i < answer->change_count; i++)
      if (answer->changes[i].step_count != 1)
        DIFFER(check, "a pair is listed where single changes would do");
  if (changes.count < answer->change_count)
    DIFFER(check, "%u changes are listed, the reference knows %u",
           (unsigned)answer->change_count, (unsigned)changes.count);
}

/* ------------------------------------------------------------------- all */

static void check_settled(Check *check) {
  const Answer *answer = &check->answer;
  if (!answer->settled ||
      lowest_of(check->spread.verdicts) != highest_of(check->spread.verdicts))
    return;
  if (check->exact) check_reasons_exactly(check);
  check_reasons_suffice(check);
  check_changes(check);
  check_orders(check);
}

static void check_all(Check *check) {
  const Subject *subject = check->subject;
  check_three(check, "emergency", check->spread.emergency,
              (uint8_t)check->answer.emergency);
  for (uint32_t i = 0; i < subject->policy.rules.count; i++) {
    check_rule(check, i);
    if (check->situation->boundary != REF_NONE) check_duties(check, i);
  }
  if (check->exact) check_questions(check);
  if (check->situation->boundary == REF_NONE) return;
  check_findings(check);
  check_deciding(check);
  if (check->differences == 0) check_settled(check);
}

bool compare_answers(Arena *arena, const Subject *subject,
                     const Situation *situation, uint64_t budget,
                     Tally *tally, Buffer *report) {
  Check check = {.arena = arena,
                 .subject = subject,
                 .situation = situation,
                 .report = report};
  Situation mapped = subject_situation(arena, subject, situation);
  ref_universe_make(arena, &subject->policy, situation, &check.universe);
  ref_spread(arena, &check.universe, situation->facts, &check.spread);
  if (!check.spread.complete) {
    tally->skipped++;
    return true;
  }
  answer_make(arena, &subject->image, &mapped, budget, &check.answer);
  check.exact = !check.answer.exhausted;
  tally->partial += check.exact;
  tally->exhausted += !check.exact;
  tally->completions += check.spread.number;
  check_all(&check);
  if (check.exact && situation->boundary != REF_NONE)
    check_telling(&check, &mapped);
  return check.differences == 0;
}

/* The interpreter's result as a spread of one completion. */
static void spread_one(Arena *arena, const Subject *subject,
                       const Situation *situation, RefSpread *spread) {
  const RefPolicy *policy = &subject->policy;
  uint32_t facts = policy->facts.count, rules = policy->rules.count;
  RefValue *values = ARENA_ARRAY(arena, facts, RefValue);
  for (uint32_t i = 0; i < facts; i++)
    values[i] = ref_exact_value(&situation->facts[i]);
  RefCase one = {policy, situation->boundary, situation->as_of,
                 situation->tense == TENSE_HAPPENED, values};
  RefResult result = {
      .rules = ARENA_ARRAY(arena, rules, RefRuleResult),
      .duties = ARENA_ARRAY(arena, policy->duty_count, bool)};
  ref_interpret(&one, &result);
  *spread = (RefSpread){
      .complete = true,
      .number = 1,
      .verdicts = 1u << result.verdict,
      .may_harm = result.may_harm ? THREE_YES : THREE_NO,
      .tension = result.tension ? THREE_YES : THREE_NO,
      .emergency = result.emergency ? THREE_YES : THREE_NO,
      .standings = ARENA_ARRAY(arena, rules, uint8_t),
      .conditions = ARENA_ARRAY(arena, rules, uint8_t),
      .duties = ARENA_ARRAY(arena, policy->duty_count, uint8_t),
      .matters = ARENA_ARRAY(arena, facts, uint32_t),
      .last = result.rules};
  for (uint32_t i = 0; i < rules; i++) {
    spread->standings[i] = (uint8_t)(1u << result.rules[i].standing);
    spread->conditions[i] = result.rules[i].condition ? THREE_YES : THREE_NO;
  }
  for (uint32_t i = 0; i < policy->duty_count; i++)
    spread->duties[i] = result.duties[i] ? THREE_YES : THREE_NO;
}

bool compare_complete(Arena *arena, const Subject *subject,
                      const Situation *situation, Tally *tally,
                      Buffer *report) {
  Check check = {.arena = arena,
                 .subject = subject,
                 .situation = situation,
                 .report = report};
  Situation mapped = subject_situation(arena, subject, situation);
  spread_one(arena, subject, situation, &check.spread);
  answer_make(arena, &subject->image, &mapped, 0, &check.answer);
  check.exact = true;
  tally->complete++;
  check_three(&check, "emergency", check.spread.emergency,
              (uint8_t)check.answer.emergency);
  for (uint32_t i = 0; i < subject->policy.rules.count; i++) {
    check_rule(&check, i);
    if (situation->boundary != REF_NONE) check_duties(&check, i);
  }
  check_questions(&check);
  if (situation->boundary != REF_NONE) {
    check_findings(&check);
    check_deciding(&check);
  }
  return check.differences == 0;
}

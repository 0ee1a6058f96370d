#include "tests/reference/completions.h"

#include <string.h>

/* What two completions are compared by, for questions. */
typedef struct Outcome {
  uint64_t duties;
  uint32_t emergencies;
  uint8_t verdict;
  bool may_harm;
} Outcome;

/* An odometer over the domains of all facts. */
typedef struct Completions {
  const RefUniverse *universe;
  RefValues *domains;
  uint32_t *digits;
  RefValue *facts;
  uint64_t number;
  RefCase one;
  RefResult result;
} Completions;

/* ------------------------------------------------------------- odometer */

static bool completions_init(Arena *arena, const RefUniverse *universe,
                             const Given *givens, Completions *all) {
  const RefPolicy *policy = universe->policy;
  uint32_t count = policy->facts.count;
  *all = (Completions){.universe = universe, .number = 1};
  all->domains = ARENA_ARRAY(arena, count, RefValues);
  all->digits = ARENA_ARRAY(arena, count, uint32_t);
  all->facts = ARENA_ARRAY(arena, count, RefValue);
  all->one = (RefCase){policy, universe->boundary, universe->as_of,
                       universe->happened, all->facts};
  all->result.rules = ARENA_ARRAY(arena, policy->rules.count, RefRuleResult);
  all->result.duties = ARENA_ARRAY(arena, policy->duty_count, bool);
  for (uint32_t i = 0; i < count; i++) {
    ref_domain(arena, universe, i, &givens[i], &all->domains[i]);
    if (all->domains[i].count == 0) return false;
    all->number *= all->domains[i].count;
    if (all->number > REF_COMPLETIONS_MOST) return false;
    all->facts[i] = all->domains[i].at[0];
  }
  return universe->sufficient;
}

/* The first fact turns fastest. */
static bool completions_next(Completions *all) {
  for (uint32_t i = 0; i < all->universe->policy->facts.count; i++) {
    if (++all->digits[i] == all->domains[i].count) all->digits[i] = 0;
    all->facts[i] = all->domains[i].at[all->digits[i]];
    if (all->digits[i]) return true;
  }
  return false;
}

/* --------------------------------------------------------------- spread */

static uint8_t three(bool value) { return value ? THREE_YES : THREE_NO; }

static Outcome outcome_of(const RefPolicy *policy, const RefResult *result) {
  Outcome outcome = {.verdict = (uint8_t)result->verdict,
                     .may_harm = result->may_harm};
  uint32_t emergencies = 0;
  for (uint32_t i = 0; i < policy->rules.count; i++)
    if (policy->rules.at[i].kind == RULE_EMERGENCY)
      outcome.emergencies |=
          (uint32_t)(result->rules[i].standing == STANDING_IN_FORCE)
          << emergencies++;
  for (uint32_t i = 0; i < policy->duty_count; i++)
    outcome.duties |= (uint64_t)result->duties[i] << i;
  return outcome;
}

static void spread_add(const RefPolicy *policy, const RefResult *result,
                       RefSpread *spread) {
  spread->verdicts |= 1u << result->verdict;
  spread->may_harm |= three(result->may_harm);
  spread->tension |= three(result->tension);
  spread->emergency |= three(result->emergency);
  for (uint32_t i = 0; i < policy->rules.count; i++) {
    spread->standings[i] |= (uint8_t)(1u << result->rules[i].standing);
    spread->conditions[i] |= three(result->rules[i].condition);
  }
  for (uint32_t i = 0; i < policy->duty_count; i++)
    spread->duties[i] |= three(result->duties[i]);
}

static uint32_t difference(const Outcome *a, const Outcome *b) {
  uint32_t matters = 0;
  if (a->emergencies != b->emergencies) matters |= 1u << MATTERS_EMERGENCY;
  if (a->verdict != b->verdict) matters |= 1u << MATTERS_VERDICT;
  if (a->may_harm != b->may_harm) matters |= 1u << MATTERS_HOLDING_BACK;
  if (a->duties != b->duties) matters |= 1u << MATTERS_DUTIES;
  return matters;
}

/* A fact matters if a completion differs from the one that has the fact's
 * first value and is otherwise the same. */
static void find_questions(const Completions *all, const Outcome *outcomes,
                           RefSpread *spread) {
  uint64_t stride = 1;
  for (uint32_t f = 0; f < all->universe->policy->facts.count; f++) {
    uint64_t size = all->domains[f].count;
    for (uint64_t i = 0; i < all->number; i++) {
      uint64_t first = i - i / stride % size * stride;
      spread->matters[f] |= difference(&outcomes[i], &outcomes[first]);
    }
    stride *= size;
  }
}

void ref_spread(Arena *arena, const RefUniverse *universe,
                const Given *givens, RefSpread *spread) {
  const RefPolicy *policy = universe->policy;
  Completions all;
  *spread = (RefSpread){0};
  if (policy->duty_count > 64) return;
  if (!completions_init(arena, universe, givens, &all)) return;
  spread->complete = true;
  spread->number = (uint32_t)all.number;
  spread->standings = ARENA_ARRAY(arena, policy->rules.count, uint8_t);
  spread->conditions = ARENA_ARRAY(arena, policy->rules.count, uint8_t);
  spread->duties = ARENA_ARRAY(arena, policy->duty_count, uint8_t);
  spread->matters = ARENA_ARRAY(arena, policy->facts.count, uint32_t);
  spread->last = all.result.rules;
  Outcome *outcomes = ARENA_ARRAY(arena, (size_t)all.number, Outcome);
  uint64_t i = 0;
  do {
    ref_interpret(&all.one, &all.result);
    spread_add(policy, &all.result, spread);
    outcomes[i++] = outcome_of(policy, &all.result);
  } while (completions_next(&all));
  find_questions(&all, outcomes, spread);
}

/* -------------------------------------------------------------- settled */

RefSettled ref_settled(Arena *arena, const RefUniverse *universe,
                       const Given *givens, Verdict *verdict) {
  Completions all;
  if (!completions_init(arena, universe, givens, &all)) return REF_TOO_MANY;
  ref_interpret(&all.one, &all.result);
  *verdict = all.result.verdict;
  while (completions_next(&all)) {
    ref_interpret(&all.one, &all.result);
    if (all.result.verdict != *verdict) return REF_OPEN;
  }
  return REF_SETTLED;
}

bool ref_reasons(Arena *arena, const RefUniverse *universe,
                 const Given *givens, Verdict verdict, bool *reasons) {
  uint32_t count = universe->policy->facts.count;
  Given *kept = ARENA_ARRAY(arena, count, Given);
  memcpy(kept, givens, count * sizeof *kept);
  for (uint32_t i = count; i-- > 0;) {
    Verdict now = verdict;
    if (!givens[i].given) continue;
    kept[i] = (Given){0};
    RefSettled settled = ref_settled(arena, universe, kept, &now);
    if (settled == REF_TOO_MANY) return false;
    reasons[i] = settled == REF_OPEN || now != verdict;
    if (reasons[i]) kept[i] = givens[i];
  }
  return true;
}

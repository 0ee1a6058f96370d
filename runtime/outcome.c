#include "runtime/outcome.h"

#include "runtime/outcome_steps.h"

#define BIT(n) (uint8_t)(1u << (n))

Side verdict_side(Verdict verdict) {
  if (verdict == SILENT)
    return SIDE_NEITHER;
  return verdict >= HOLD ? SIDE_NOT : SIDE_AHEAD;
}

uint8_t side_mask(Side side) {
  if (side == SIDE_AHEAD)
    return BIT(PROCEED) | BIT(CARE) | BIT(CONSULT);
  return side == SIDE_NOT ? BIT(HOLD) | BIT(NEVER) : BIT(SILENT);
}

/* ----------------------------------------------------------------- inquiry */

static bool rule_in_scope(const Inquiry *inquiry, const Rule *rule) {
  if (rule->kind == RULE_EMERGENCY)
    return true;
  if (inquiry->boundary == NONE)
    return false;
  if (rule->kind == RULE_REVIEW)
    return inquiry->happened;
  return rule->boundary == NONE || rule->boundary == inquiry->boundary;
}

static Standing rule_dates(const Rule *rule, Day today) {
  if (rule->from != DAY_NONE && today < rule->from)
    return STANDING_NOT_YET;
  if (rule->until != DAY_NONE && today > rule->until)
    return STANDING_ENDED;
  return STANDING_IN_FORCE;
}

static void choose_rules(Arena *arena, Inquiry *inquiry) {
  const Image *image = inquiry->image;
  inquiry->rules = ARENA_ARRAY(arena, image->rules.count + 1, uint32_t);
  inquiry->in_scope = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  inquiry->dates = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  for (uint32_t i = 0; i < image->order.count; i++) {
    uint32_t index = image->links.at[image->order.first + i].rule;
    const Rule *rule = &image->rules.at[index];
    if (!rule_in_scope(inquiry, rule))
      continue;
    inquiry->in_scope[index] = 1;
    inquiry->dates[index] = (uint8_t)rule_dates(rule, inquiry->grid.today);
    inquiry->rules[inquiry->rule_count++] = index;
    if (rule->kind != RULE_OTHERWISE)
      continue;
    inquiry->has_otherwise = true;
    VEC_PUSH(arena, &inquiry->otherwise, index);
  }
}

void inquiry_bind(Arena *arena, const Image *image, const Situation *situation,
                  Inquiry *inquiry) {
  *inquiry = (Inquiry){.image = image,
                       .boundary = situation->boundary,
                       .happened = situation->tense == TENSE_HAPPENED};
  grid_bind(arena, image, situation->as_of, &inquiry->grid);
  choose_rules(arena, inquiry);
  inquiry->points =
      POINT_RULES + 2 * image->rules.count + image->duties.count;
}

void inquiry_make(Arena *arena, const Image *image, const Situation *situation,
                  Inquiry *inquiry) {
  inquiry_bind(arena, image, situation, inquiry);
  uint8_t *wanted =
      ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint8_t);
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t condition = image->rules.at[inquiry->rules[i]].condition;
    if (condition != NONE) wanted[image->nodes.at[condition].reg] = 1;
  }
  program_make(arena, image, wanted, &inquiry->program);
}

void workspace_make(Arena *arena, const Inquiry *inquiry, Workspace *space) {
  uint32_t rules = inquiry->image->rules.count + 1;
  uint32_t registers = inquiry->image->policy.at[0].registers + 1;
  space->registers = ARENA_ARRAY(arena, registers, uint8_t);
  space->applies = ARENA_ARRAY(arena, rules, uint8_t);
  space->displaced = ARENA_ARRAY(arena, rules, uint8_t);
  space->in_force = ARENA_ARRAY(arena, rules, uint8_t);
}

/* ------------------------------------------------------------------ support */

static bool member_met(const Inquiry *inquiry, const Situation *situation,
                       const Member *member) {
  const Fact *fact = &inquiry->image->facts.at[member->fact];
  const Given *given = &situation->facts[member->fact];
  if (!given->given)
    return false;
  if (fact->type == TYPE_SET)
    return given->members >> member->value & 1;
  return given->span_count == 1 && given->spans[0].low == 1;
}

static bool who_met(const Inquiry *inquiry, const Situation *situation,
                    const Rule *rule) {
  uint32_t met = 0;
  for (uint32_t i = 0; i < rule->who.count; i++)
    met += member_met(inquiry, situation,
                      &inquiry->image->members.at[rule->who.first + i]);
  uint32_t needed = rule->need == WHO_ALL        ? rule->who.count
                    : rule->need == WHO_AT_LEAST ? rule->need_number
                                                 : 1;
  return rule->who.count > 0 && met >= needed;
}

void findings_count(const Inquiry *inquiry, const Situation *situation,
                    uint8_t *counts, uint8_t *agreed) {
  for (uint32_t i = 0; i < inquiry->image->rules.count; i++) {
    const Rule *rule = &inquiry->image->rules.at[i];
    agreed[i] = who_met(inquiry, situation, rule);
    counts[i] = (uint8_t)(agreed[i] ? CARE : rule->finding);
  }
}

/* ---------------------------------------------------------------- standings */

Three rule_condition(const Inquiry *inquiry, uint32_t index,
                     const Workspace *space) {
  uint32_t condition = inquiry->image->rules.at[index].condition;
  if (condition == NONE)
    return THREE_YES;
  return (Three)space->registers[inquiry->image->nodes.at[condition].reg];
}

/* Whether a rule that an exception names applies. */
static Three named_apply(const Inquiry *inquiry, const Rule *rule,
                         const Workspace *space) {
  Three any = THREE_NO;
  for (uint32_t i = 0; i < rule->displaces.count; i++)
    any = three_or(any, (Three)space->applies[inquiry->image->links
                                      .at[rule->displaces.first + i].rule]);
  return any;
}

Three rule_applies(const Inquiry *inquiry, uint32_t index,
                   const Workspace *space) {
  const Rule *rule = &inquiry->image->rules.at[index];
  if (inquiry->dates[index] != STANDING_IN_FORCE)
    return THREE_NO;
  Three value = rule_condition(inquiry, index, space);
  if (rule->kind == RULE_EXCEPTION)
    value = three_and(value, named_apply(inquiry, rule, space));
  return value;
}

/* Rules before the exceptions to them, so that an exception sees whether what
 * it names applies. */
static void find_applying(const Inquiry *inquiry, Workspace *space,
                          uint8_t *outcome) {
  for (uint32_t i = inquiry->rule_count; i-- > 0;) {
    uint32_t index = inquiry->rules[i];
    outcome[point_condition(index)] =
        (uint8_t)rule_condition(inquiry, index, space);
    space->applies[index] = (uint8_t)rule_applies(inquiry, index, space);
    space->displaced[index] = THREE_NO;
  }
}

static uint8_t standing_mask(Standing dates, Three applies, Three displaced) {
  if (dates != STANDING_IN_FORCE)
    return BIT(dates);
  unsigned mask = applies & THREE_NO ? BIT(STANDING_NOT_MET) : 0u;
  if (applies & THREE_YES) {
    mask |= displaced & THREE_YES ? BIT(STANDING_DISPLACED) : 0u;
    mask |= displaced & THREE_NO ? BIT(STANDING_IN_FORCE) : 0u;
  }
  return (uint8_t)mask;
}

void rule_stands(const Inquiry *inquiry, uint32_t index, Workspace *space,
                 uint8_t *outcome) {
  Three applies = (Three)space->applies[index];
  Three displaced = (Three)space->displaced[index];
  outcome[point_standing(index)] =
      standing_mask((Standing)inquiry->dates[index], applies, displaced);
  space->in_force[index] = (uint8_t)three_and(applies, three_not(displaced));
}

/* Exceptions before what they displace. */
static void find_standings(const Inquiry *inquiry, Workspace *space,
                           uint8_t *outcome) {
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t index = inquiry->rules[i];
    const Rule *rule = &inquiry->image->rules.at[index];
    if (rule->kind == RULE_OTHERWISE)
      continue;
    rule_stands(inquiry, index, space, outcome);
    for (uint32_t k = 0; k < rule->displaces.count; k++) {
      uint32_t named =
          inquiry->image->links.at[rule->displaces.first + k].rule;
      space->displaced[named] =
          (uint8_t)three_or((Three)space->displaced[named],
                            (Three)space->in_force[index]);
    }
  }
}

/* An otherwise speaks when no finding of its own or a more authoritative layer
 * is in force. */
void otherwise_stands(const Inquiry *inquiry, const Three *findings,
                      Workspace *space, uint8_t *outcome) {
  for (uint32_t i = 0; i < inquiry->otherwise.count; i++) {
    uint32_t index = inquiry->otherwise.at[i];
    Three speaks = three_not(findings[inquiry->image->rules.at[index].layer]);
    space->in_force[index] = (uint8_t)speaks;
    outcome[point_standing(index)] =
        standing_mask(STANDING_IN_FORCE, speaks, THREE_NO);
  }
}

static void find_otherwise(const Inquiry *inquiry, Workspace *space,
                           uint8_t *outcome) {
  Three findings[LAYER_COUNT];
  for (int layer = 0; layer < LAYER_COUNT; layer++)
    findings[layer] = THREE_NO;
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    const Rule *rule = &inquiry->image->rules.at[inquiry->rules[i]];
    if (!rule_gives_finding(rule))
      continue;
    Three one = (Three)space->in_force[inquiry->rules[i]];
    for (uint32_t layer = rule->layer; layer < LAYER_COUNT; layer++)
      findings[layer] = three_or(findings[layer], one);
  }
  otherwise_stands(inquiry, findings, space, outcome);
}

/* ----------------------------------------------------------------- findings */

static void find_verdict(const Inquiry *inquiry, const uint8_t *counts,
                         Workspace *space, uint8_t *outcome) {
  unsigned possible = 0, surely = SILENT;
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t index = inquiry->rules[i];
    const Rule *rule = &inquiry->image->rules.at[index];
    if (!rule_gives_finding(rule) && rule->kind != RULE_OTHERWISE)
      continue;
    if (space->in_force[index] & THREE_YES)
      possible |= BIT(counts[index]);
    if (space->in_force[index] == THREE_YES && counts[index] > surely)
      surely = counts[index];
  }
  verdict_stands(inquiry, possible, surely, space, outcome);
}

void verdict_stands(const Inquiry *inquiry, unsigned possible, unsigned surely,
                    Workspace *space, uint8_t *outcome) {
  possible &= 0xffu << surely;
  space->surely = (uint8_t)surely;
  /* With an otherwise, something always speaks. */
  if (surely == SILENT && !inquiry->has_otherwise)
    possible |= BIT(SILENT);
  outcome[POINT_VERDICT] = inquiry->boundary == NONE ? 0 : (uint8_t)possible;
}

static Three any_in_force(const Inquiry *inquiry, RuleKind kind,
                          const Workspace *space) {
  Three any = THREE_NO;
  for (uint32_t i = 0; i < inquiry->rule_count; i++)
    if (inquiry->image->rules.at[inquiry->rules[i]].kind == kind)
      any = three_or(any, (Three)space->in_force[inquiry->rules[i]]);
  return any;
}

/* Whether the verdict is among those of `mask`. */
static Three verdict_among(uint8_t verdict, uint8_t mask) {
  return (Three)(((verdict & mask) ? THREE_YES : 0) |
                 ((verdict & ~mask) ? THREE_NO : 0));
}

void second_stands(const Inquiry *inquiry, Three emergency, Three harm,
                   uint8_t *outcome) {
  outcome[POINT_EMERGENCY] = (uint8_t)emergency;
  if (inquiry->boundary == NONE)
    return;
  Three not_ahead = verdict_among(outcome[POINT_VERDICT], side_mask(SIDE_NOT));
  outcome[POINT_MAY_HARM] = (uint8_t)harm;
  outcome[POINT_TENSION] = (uint8_t)three_and(harm, not_ahead);
}

static void find_second(const Inquiry *inquiry, const Workspace *space,
                        uint8_t *outcome) {
  second_stands(inquiry, any_in_force(inquiry, RULE_EMERGENCY, space),
                any_in_force(inquiry, RULE_HOLDING_BACK, space), outcome);
}

void duties_stand(const Inquiry *inquiry, const uint8_t *counts,
                  uint32_t index, const Workspace *space, uint8_t *outcome) {
  const Rule *rule = &inquiry->image->rules.at[index];
  Three in_force = (Three)space->in_force[index];
  uint8_t side = side_mask(verdict_side((Verdict)counts[index]));
  Three same_side = verdict_among(outcome[POINT_VERDICT], side);
  bool sided = rule->kind != RULE_HOLDING_BACK && rule->kind != RULE_REVIEW;
  for (uint32_t k = 0; k < rule->duties.count; k++) {
    uint32_t duty = rule->duties.first + k;
    bool always = !sided || inquiry->image->duties.at[duty].always;
    Three state = always ? in_force : three_and(in_force, same_side);
    outcome[point_duty(inquiry, duty)] = (uint8_t)state;
  }
}

static void find_duties(const Inquiry *inquiry, const uint8_t *counts,
                        const Workspace *space, uint8_t *outcome) {
  for (uint32_t i = 0; i < inquiry->rule_count; i++)
    if (inquiry->image->rules.at[inquiry->rules[i]].duties.count)
      duties_stand(inquiry, counts, inquiry->rules[i], space, outcome);
}

void outcome_evaluate(const Inquiry *inquiry, const uint8_t *counts,
                      const Cells *cells, Workspace *space, uint8_t *outcome) {
  machine_run(&inquiry->grid, &inquiry->program, cells, space->registers);
  find_applying(inquiry, space, outcome);
  find_standings(inquiry, space, outcome);
  find_otherwise(inquiry, space, outcome);
  find_verdict(inquiry, counts, space, outcome);
  find_second(inquiry, space, outcome);
  find_duties(inquiry, counts, space, outcome);
}

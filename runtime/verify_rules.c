/* Rules: what each kind may have, whom they set aside, and in which order. */
#include "runtime/verify.h"

static bool refuse_rule(const Verifier *verifier, const Rule *rule,
                        uint32_t word, const char *message) {
  uint32_t index = (uint32_t)(rule - verifier->image->rules.at);
  return verify_refuse(verifier, LIST_rules, index, word, message);
}

/* -------------------------------------------------------------------- kinds */

static bool finding_fits(const Rule *rule) {
  switch ((RuleKind)rule->kind) {
    case RULE:
    case RULE_EXCEPTION: return rule->finding <= HOLD;
    case RULE_NEVER: return rule->finding == NEVER;
    case RULE_OTHERWISE:
      return rule->finding >= PROCEED && rule->finding <= HOLD;
    case RULE_HOLDING_BACK:
    case RULE_EMERGENCY:
    case RULE_REVIEW: return rule->finding == SILENT;
    case RULE_KIND_COUNT: break;
  }
  return false;
}

static bool boundary_fits(const Rule *rule) {
  if (rule->kind == RULE_OTHERWISE) return rule->boundary != NONE;
  if (rule->kind == RULE_EMERGENCY || rule->kind == RULE_REVIEW)
    return rule->boundary == NONE;
  return true;
}

static bool condition_fits(const Rule *rule) {
  if (rule->kind == RULE_OTHERWISE) return rule->condition == NONE;
  if (rule->kind == RULE_EMERGENCY) return rule->condition != NONE;
  return true;
}

static bool verify_kind(const Verifier *verifier, const Rule *rule) {
  if (!finding_fits(rule))
    return refuse_rule(verifier, rule, Rule_finding,
                       "A rule of this kind cannot have this finding.");
  if (!boundary_fits(rule))
    return refuse_rule(verifier, rule, Rule_boundary,
                       "A rule of this kind cannot stand here.");
  if (!condition_fits(rule))
    return refuse_rule(verifier, rule, Rule_condition,
                       "An emergency needs a condition; an otherwise has "
                       "none.");
  if (rule->kind == RULE_OTHERWISE &&
      (rule->from != DAY_NONE || rule->until != DAY_NONE))
    return refuse_rule(verifier, rule, Rule_from, "An otherwise has no dates.");
  return true;
}

/* --------------------------------------------------------------------- who */

static bool verify_member(const Verifier *verifier, uint32_t index,
                          bool must_agree) {
  const Member *member = &verifier->image->members.at[index];
  const Fact *fact = &verifier->image->facts.at[member->fact];
  if (fact->dimension != SUPPORT || (must_agree && !fact->who_agree))
    return verify_refuse(verifier, LIST_members, index, Member_fact,
                         "This fact does not say who has been asked.");
  if (fact->type == TYPE_SET ? member->value >= fact->values.count
                             : member->value != 1)
    return verify_refuse(verifier, LIST_members, index, Member_value,
                         "This support fact has no such member.");
  return true;
}

static bool verify_who(const Verifier *verifier, const Rule *rule) {
  bool asks = rule->finding == CONSULT || rule->unless_agreed;
  if (rule->unless_agreed && rule->finding != HOLD)
    return refuse_rule(verifier, rule, Rule_unless_agreed,
                       "Only a hold can say who may agree.");
  if (asks != (rule->who.count > 0))
    return refuse_rule(verifier, rule, Rule_who_count,
                       "A consult or an agreement, and nothing else, names "
                       "people.");
  if (asks && (rule->need_number < 1 || rule->need_number > rule->who.count))
    return refuse_rule(verifier, rule, Rule_need_number,
                       "More people are needed than are named.");
  for (uint32_t i = 0; i < rule->who.count; i++)
    if (!verify_member(verifier, rule->who.first + i, rule->unless_agreed))
      return false;
  return true;
}

/* -------------------------------------------------------------- exceptions */

static bool can_displace(const Rule *rule, const Rule *other) {
  if (other->kind != RULE && other->kind != RULE_EXCEPTION) return false;
  return other->boundary == NONE || other->boundary == rule->boundary;
}

/* Layers count from the most authoritative. */
static bool layers_allow(const Rule *rule, const Rule *other) {
  return other->layer >= rule->layer || other->open_to_exceptions;
}

static bool verify_displaced(const Verifier *verifier, const Rule *rule,
                             uint32_t link) {
  const Image *image = verifier->image;
  const Rule *other = &image->rules.at[image->links.at[link].rule];
  if (!can_displace(rule, other))
    return verify_refuse(verifier, LIST_links, link, 0,
                         "An exception cannot set this rule aside.");
  if (!layers_allow(rule, other))
    return verify_refuse(verifier, LIST_links, link, 0,
                         "An exception of a less authoritative layer cannot "
                         "set this rule aside.");
  return true;
}

static bool verify_displaces(const Verifier *verifier, const Rule *rule) {
  if ((rule->kind == RULE_EXCEPTION) != (rule->displaces.count > 0))
    return refuse_rule(verifier, rule, Rule_displaces_count,
                       "An exception, and nothing else, sets rules aside.");
  for (uint32_t i = 0; i < rule->displaces.count; i++)
    if (!verify_displaced(verifier, rule, rule->displaces.first + i))
      return false;
  return true;
}

/* ----------------------------------------------------------- lines, duties */

static bool verify_lines(const Verifier *verifier, const Rule *rule) {
  for (uint32_t i = 0; i < rule->lines.count; i++) {
    uint32_t index = rule->lines.first + i;
    const Line *line = &verifier->image->lines.at[index];
    if (line->kind == LINE_ACT && rule->kind != RULE_EMERGENCY)
      return verify_refuse(verifier, LIST_lines, index, Line_kind,
                           "Only an emergency says what to do at once.");
    if (line->fact != NONE && line->kind != LINE_WEIGH)
      return verify_refuse(verifier, LIST_lines, index, Line_fact,
                           "Only a factor to weigh is about a fact.");
  }
  return true;
}

static bool verify_duty(const Verifier *verifier, uint32_t rule,
                        uint32_t index) {
  const Duty *duty = &verifier->image->duties.at[index];
  bool timed = duty->when == DUTY_WITHIN || duty->when == DUTY_EVERY;
  int64_t amount = 0;
  if (duty->rule != rule)
    return verify_refuse(verifier, LIST_duties, index, Duty_rule,
                         "This duty belongs to another rule.");
  if (timed != (duty->unit != UNIT_NONE))
    return verify_refuse(verifier, LIST_duties, index, Duty_unit,
                         "A duty within or every some time, and no other, "
                         "has a unit.");
  if (timed ? duty->amount < 1 || duty->amount > NUMBER_MOST ||
                  !duration_make(duty->amount, (Unit)duty->unit, &amount)
            : duty->amount != 0)
    return verify_refuse(verifier, LIST_duties, index, Duty_amount,
                         "This is not a length of time.");
  return true;
}

static bool verify_duties(const Verifier *verifier, const Rule *rule) {
  uint32_t index = (uint32_t)(rule - verifier->image->rules.at);
  for (uint32_t i = 0; i < rule->duties.count; i++)
    if (!verify_duty(verifier, index, rule->duties.first + i)) return false;
  return true;
}

bool verify_rules(const Verifier *verifier) {
  const Image *image = verifier->image;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const Rule *rule = &image->rules.at[i];
    if (!verify_kind(verifier, rule) || !verify_who(verifier, rule) ||
        !verify_displaces(verifier, rule) || !verify_lines(verifier, rule) ||
        !verify_duties(verifier, rule))
      return false;
  }
  return true;
}

/* ------------------------------------------------------------------- order */

/* Each layer may have one otherwise a boundary. */
static bool verify_otherwises(const Verifier *verifier) {
  const Image *image = verifier->image;
  uint8_t *seen = ARENA_ARRAY(verifier->arena, image->boundaries.count,
                              uint8_t);
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const Rule *rule = &image->rules.at[i];
    uint8_t bit = (uint8_t)(1u << rule->layer);
    if (rule->kind != RULE_OTHERWISE) continue;
    if (seen[rule->boundary] & bit)
      return refuse_rule(verifier, rule, Rule_layer,
                         "A layer has only one otherwise in a boundary.");
    seen[rule->boundary] |= bit;
  }
  return true;
}

/* Fills in where each rule stands in the order. */
static bool read_positions(const Verifier *verifier, uint32_t *positions) {
  const Image *image = verifier->image;
  for (uint32_t i = 0; i < image->order.count; i++) {
    uint32_t link = image->order.first + i;
    uint32_t rule = image->links.at[link].rule;
    if (positions[rule] != NONE)
      return verify_refuse(verifier, LIST_links, link, 0,
                           "This rule stands twice in the order.");
    positions[rule] = i;
  }
  return true;
}

/* An exception stands before what it sets aside, so there is no circle. */
bool verify_order(const Verifier *verifier) {
  const Image *image = verifier->image;
  uint32_t *positions =
      ARENA_ARRAY(verifier->arena, image->rules.count, uint32_t);
  for (uint32_t i = 0; i < image->rules.count; i++) positions[i] = NONE;
  if (!read_positions(verifier, positions)) return false;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    Range displaces = image->rules.at[i].displaces;
    for (uint32_t k = 0; k < displaces.count; k++) {
      uint32_t link = displaces.first + k;
      if (positions[i] >= positions[image->links.at[link].rule])
        return verify_refuse(verifier, LIST_links, link, 0,
                             "An exception must stand before the rule that "
                             "it sets aside.");
    }
  }
  return verify_otherwises(verifier);
}

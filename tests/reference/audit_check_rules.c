/* Dead rules, contradictions and duties. */
#include "tests/reference/audit_check.h"

static bool has(uint64_t bits, uint32_t rule) {
  return bits >> rule & 1;
}

/* What holds of a rule somewhere: an everywhere rule is looked at in every
 * boundary.  False if that is not known. */
static bool somewhere(const AuditCheck *check, uint32_t rule, Kind *any) {
  *any = check->kinds->any;
  if (check->kinds->rules[rule].boundary != NONE) return true;
  if (!check->all) return false;
  for (uint32_t i = 0; i < check->all_count; i++) {
    any->holds |= check->all[i].any.holds;
    any->applies |= check->all[i].any.applies;
    any->in_force |= check->all[i].any.in_force;
    any->decides |= check->all[i].any.decides;
  }
  return true;
}

/* ------------------------------------------------------------------- alone */

/* Is a rule looked at here, alone? */
static bool is_here(const AuditCheck *check, const KindRule *rule) {
  return rule->in_scope && rule->kind != RULE_EMERGENCY &&
         rule->kind != RULE_REVIEW && rule->kind != RULE_OTHERWISE &&
         (rule->boundary != NONE || check->first);
}

static bool are_there(const Kinds *kinds, uint32_t rule, const Finding *told) {
  for (uint32_t i = 0; i < kinds->count; i++) {
    bool stricter = false;
    if (!has(kinds->at[i].in_force, rule) || !kinds->at[i].possible) continue;
    for (uint32_t k = 1; k < told->rules.count; k++)
      stricter |= has(kinds->at[i].in_force, told->rules.at[k]) &&
                  kinds->rules[told->rules.at[k]].finding >
                      kinds->rules[rule].finding;
    if (told->rules.count > 1 && !stricter) return false;
  }
  return true;
}

/* The finding about a rule alone may name those that cover it as well. */
static const Finding *find_about(const AuditCheck *check, FindingKind kind,
                                 uint32_t rule) {
  const Findings *all = &check->audit->findings;
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].kind == kind &&
        all->at[i].boundary == check->one->boundary &&
        all->at[i].rules.count && all->at[i].rules.at[0] == rule)
      return &all->at[i];
  return NULL;
}

static void expect(AuditCheck *check, FindingKind kind, uint32_t rule,
                   bool expected) {
  const Finding *finding = find_about(check, kind, rule);
  check->tally->findings[kind] += expected;
  if ((finding != NULL) != expected)
    check_tell(check, kind, "%s of %.*s", finding ? "false finding" : "miss",
               TEXT_ARG(image_text(
                   check->audit->image,
                   check->audit->image->rules.at[rule].full_name)));
}

static void check_alone(AuditCheck *check, uint32_t index) {
  const KindRule *rule = &check->kinds->rules[index];
  Kind any;
  bool here = is_here(check, rule), exception = rule->kind == RULE_EXCEPTION;
  if (!somewhere(check, index, &any)) return;
  bool live = here && rule->in_time, holds = has(any.holds, index);
  bool applies = has(any.applies, index), in_force = has(any.in_force, index);
  expect(check, FINDING_OUT_OF_TIME, index, here && !rule->in_time);
  expect(check, FINDING_NEVER_APPLIES, index, live && !holds);
  expect(check, FINDING_IDLE_EXCEPTION, index,
         live && exception && holds && !applies);
  expect(check, FINDING_DISPLACED, index, live && applies && !in_force);
  expect(check, FINDING_NEVER_DECIDES, index,
         live && rule->gives_finding && in_force && !has(any.decides, index));
  const Finding *finding = find_about(check, FINDING_NEVER_DECIDES, index);
  if (finding && rule->boundary != NONE && !rule->who &&
      !are_there(check->kinds, index, finding))
    check_tell(check, FINDING_NEVER_DECIDES,
               "what is said to be stricter is not always there");
}

/* -------------------------------------------------------------- duplicates */

static bool same_points(const Kinds *kinds, uint32_t a, uint32_t b) {
  for (uint32_t i = 0; i < kinds->count; i++)
    if (kinds->at[i].possible &&
        has(kinds->at[i].in_force, a) != has(kinds->at[i].in_force, b))
      return false;
  return true;
}

static bool same_who(const Image *image, const Rule *a, const Rule *b) {
  if (a->who.count != b->who.count) return false;
  for (uint32_t i = 0; i < a->who.count; i++) {
    bool found = false;
    const Member *x = &image->members.at[a->who.first + i];
    for (uint32_t k = 0; k < b->who.count; k++) {
      const Member *y = &image->members.at[b->who.first + k];
      found |= x->fact == y->fact && x->value == y->value;
    }
    if (!found) return false;
  }
  return a->who.count == 0 ||
         (a->need == b->need && a->need_number == b->need_number);
}

/* The two find the same, and neither sets anything aside. */
static bool say_the_same(const AuditCheck *check, uint32_t a, uint32_t b) {
  const Image *image = check->audit->image;
  const Rule *x = &image->rules.at[a], *y = &image->rules.at[b];
  return x->kind == y->kind && x->finding == y->finding &&
         x->unless_agreed == y->unless_agreed && x->displaces.count == 0 &&
         y->displaces.count == 0 && same_who(image, x, y);
}

/* Is it a pair that could be told of here? */
static bool is_pair(const AuditCheck *check, uint32_t a, uint32_t b) {
  const KindRule *x = &check->kinds->rules[a], *y = &check->kinds->rules[b];
  if (x->kind == RULE_OTHERWISE || x->kind == RULE_EMERGENCY ||
      x->kind == RULE_REVIEW || !x->in_scope || !y->in_scope)
    return false;
  return x->boundary != NONE || y->boundary != NONE || check->all;
}

static bool is_same(const AuditCheck *check, uint32_t a, uint32_t b) {
  const Kinds *kinds = check->kinds;
  const KindRule *x = &kinds->rules[a], *y = &kinds->rules[b];
  bool everywhere = x->boundary == NONE && y->boundary == NONE;
  bool same = say_the_same(check, a, b) && x->in_time && y->in_time;
  bool any = has(kinds->any.in_force, a);
  same = same && same_points(kinds, a, b) && (!everywhere || check->first);
  for (uint32_t i = 0; everywhere && i < check->all_count; i++) {
    same = same && same_points(&check->all[i], a, b);
    any |= has(check->all[i].any.in_force, a);
  }
  return same && any;
}

/* A rule is told with the first one that says the same. */
static void check_duplicate(AuditCheck *check, uint32_t a, uint32_t b) {
  uint32_t rules[] = {a, b};
  bool first = true;
  if (!is_pair(check, a, b)) return;
  for (uint32_t i = 0; i < a; i++)
    first = first && !(is_pair(check, i, b) && is_same(check, i, b));
  check_presence(check, FINDING_DUPLICATE, rules, 2,
                 first && is_same(check, a, b));
}

void check_dead_rules(AuditCheck *check) {
  for (uint32_t i = 0; i < check->kinds->rule_count; i++) {
    check_alone(check, i);
    for (uint32_t k = 0; k < i; k++) check_duplicate(check, k, i);
  }
}

/* ---------------------------------------------------------- contradictions */

static bool names(const Image *image, uint32_t exception, uint32_t rule) {
  Range named = image->rules.at[exception].displaces;
  for (uint32_t i = 0; i < named.count; i++)
    if (image->links.at[named.first + i].rule == rule) return true;
  return false;
}

static uint64_t count_together(const Kinds *kinds, uint64_t bits) {
  uint64_t count = 0;
  for (uint32_t i = 0; i < kinds->count; i++)
    count += kinds->at[i].possible && (kinds->at[i].in_force & bits) == bits;
  return count;
}

static bool differ(const AuditCheck *check, uint32_t a, uint32_t b) {
  const KindRule *x = &check->kinds->rules[a], *y = &check->kinds->rules[b];
  return x->gives_finding && y->gives_finding && x->finding != y->finding &&
         !names(check->audit->image, a, b) && !names(check->audit->image, b, a);
}

/* A `never`, and what is said everywhere, has one finding with all that it
 * meets; of two the `never`, or else the stricter one. */
static bool is_general(const AuditCheck *check, uint32_t rule) {
  const KindRule *own = &check->kinds->rules[rule];
  return own->kind == RULE_NEVER || own->boundary == NONE;
}

static bool tells_of(const AuditCheck *check, uint32_t rule, uint32_t other) {
  const KindRule *own = &check->kinds->rules[rule];
  const KindRule *met = &check->kinds->rules[other];
  if (!is_general(check, rule)) return false;
  if (!is_general(check, other) || own->kind == RULE_NEVER) return true;
  return met->kind != RULE_NEVER && own->finding > met->finding;
}

static void check_general(AuditCheck *check, uint32_t rule, uint32_t other,
                          bool clash) {
  const Finding *finding = find_about(check, FINDING_CONTRADICTION, rule);
  bool told = false;
  for (uint32_t i = 1; finding && i < finding->rules.count; i++)
    told |= finding->rules.at[i] == other;
  check->tally->findings[FINDING_CONTRADICTION] += clash;
  if (told != clash)
    check_tell(check, FINDING_CONTRADICTION, "%s: general %u and rule %u",
               told ? "false finding" : "miss", (unsigned)rule,
               (unsigned)other);
}

static void check_pair(AuditCheck *check, uint32_t a, uint32_t b) {
  uint32_t rules[] = {a, b};
  uint64_t count = count_together(
      check->kinds, UINT64_C(1) << a | UINT64_C(1) << b);
  bool clash = count > 0 && differ(check, a, b);
  if (tells_of(check, a, b))
    check_general(check, a, b, clash);
  else if (tells_of(check, b, a))
    check_general(check, b, a, clash);
  else
    check_presence(check, FINDING_CONTRADICTION, rules, 2, clash);
}

/* Where the first is in force with any of the others. */
static uint64_t count_with_any(const Kinds *kinds, uint32_t rule,
                               uint64_t others) {
  uint64_t count = 0;
  for (uint32_t i = 0; i < kinds->count; i++)
    count += kinds->at[i].possible && has(kinds->at[i].in_force, rule) &&
             kinds->at[i].in_force & others;
  return count;
}

static void check_group(AuditCheck *check, const Finding *finding) {
  uint32_t never = finding->rules.at[0], point;
  uint64_t others = 0;
  Kind answer;
  for (uint32_t i = 1; i < finding->rules.count; i++)
    others |= UINT64_C(1) << finding->rules.at[i];
  check_count(check, FINDING_CONTRADICTION, finding->count,
              count_with_any(check->kinds, never, others));
  if (finding->witnesses.count != 1)
    check_tell(check, FINDING_CONTRADICTION, "%.*s: no witness",
               TEXT_ARG(finding->id));
  else if (check_witness(check, FINDING_CONTRADICTION,
                         &finding->witnesses.at[0], &answer, &point) &&
           (!has(answer.in_force, never) || !(answer.in_force & others)))
    check_tell(check, FINDING_CONTRADICTION,
               "%.*s: not together at the witness", TEXT_ARG(finding->id));
}

/* Every set that is told: all differ, all together, so often. */
static void check_set(AuditCheck *check, const Finding *finding) {
  uint64_t bits = 0;
  Kind answer;
  uint32_t point;
  for (uint32_t i = 0; i < finding->rules.count; i++) {
    bits |= UINT64_C(1) << finding->rules.at[i];
    for (uint32_t k = 0; k < i; k++)
      if (!differ(check, finding->rules.at[i], finding->rules.at[k]))
        check_tell(check, FINDING_CONTRADICTION, "%.*s: two agree",
                   TEXT_ARG(finding->id));
  }
  uint64_t count = count_together(check->kinds, bits);
  check_count(check, FINDING_CONTRADICTION, finding->count, count);
  if (count == 0)
    check_tell(check, FINDING_CONTRADICTION, "%.*s: never together",
               TEXT_ARG(finding->id));
  if (finding->witnesses.count != 1)
    check_tell(check, FINDING_CONTRADICTION, "%.*s: no witness",
               TEXT_ARG(finding->id));
  else if (check_witness(check, FINDING_CONTRADICTION,
                         &finding->witnesses.at[0], &answer, &point) &&
           (answer.in_force & bits) != bits)
    check_tell(check, FINDING_CONTRADICTION,
               "%.*s: not together at the witness", TEXT_ARG(finding->id));
}

/* ------------------------------------------------------------------ duties */

static bool duties_differ(const Image *image, const Duty *a, const Duty *b) {
  return text_equal(image_text(image, a->tag), image_text(image, b->tag)) &&
         (a->when != b->when || a->amount != b->amount || a->unit != b->unit);
}

static bool stand_together(const Kinds *kinds, uint32_t a, uint32_t b) {
  for (uint32_t i = 0; i < kinds->count; i++)
    if (kinds->at[i].possible && has(kinds->at[i].duties, a) &&
        has(kinds->at[i].duties, b))
      return true;
  return false;
}

static bool clash_somewhere(const AuditCheck *check, const Kind *at, uint32_t a,
                            uint32_t b) {
  const Image *image = check->audit->image;
  Range x = image->rules.at[a].duties, y = image->rules.at[b].duties;
  for (uint32_t i = x.first; i < x.first + x.count; i++)
    for (uint32_t k = y.first; k < y.first + y.count; k++)
      if (duties_differ(image, &image->duties.at[i], &image->duties.at[k]) &&
          (at ? has(at->duties, i) && has(at->duties, k)
              : stand_together(check->kinds, i, k)))
        return true;
  return false;
}

static void check_duties(AuditCheck *check, uint32_t a, uint32_t b) {
  uint32_t rules[] = {a, b}, point;
  Kind answer;
  check_presence(check, FINDING_DUTIES, rules, 2,
                 clash_somewhere(check, NULL, a, b));
  const Finding *finding = check_find(check, FINDING_DUTIES, rules, 2);
  if (!finding) return;
  if (finding->witnesses.count != 1)
    check_tell(check, FINDING_DUTIES, "no witness");
  else if (check_witness(check, FINDING_DUTIES, &finding->witnesses.at[0],
                         &answer, &point) &&
           !clash_somewhere(check, &answer, a, b))
    check_tell(check, FINDING_DUTIES, "no clash at the witness");
}

void check_contradictions(AuditCheck *check) {
  const Findings *all = &check->audit->findings;
  for (uint32_t i = 0; i < check->kinds->rule_count; i++)
    for (uint32_t k = 0; k < i; k++) {
      check_pair(check, k, i);
      check_duties(check, k, i);
    }
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].kind == FINDING_CONTRADICTION &&
        all->at[i].boundary == check->one->boundary) {
      if (all->at[i].rules.count &&
          is_general(check, all->at[i].rules.at[0]))
        check_group(check, &all->at[i]);
      else
        check_set(check, &all->at[i]);
    }
}

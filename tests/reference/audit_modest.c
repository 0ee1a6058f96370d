/* With less work than it takes, an audit says less, and nothing that is not
 * so. */
#include "tests/reference/audit_check.h"

/* Claims of all situations must not be made without the work. */
static void check_claims(AuditCheck *check, const Finding *finding) {
  const Kinds *kinds = check->kinds;
  const Kind *any = &kinds->any;
  uint64_t bit = finding->rules.count
                     ? UINT64_C(1) << finding->rules.at[0] : 0;
  bool wrong = false;
  if (finding->rules.count &&
      kinds->rules[finding->rules.at[0]].boundary == NONE)
    return;
  if (finding->kind == FINDING_NEVER_APPLIES) wrong = any->holds & bit;
  if (finding->kind == FINDING_IDLE_EXCEPTION) wrong = any->applies & bit;
  if (finding->kind == FINDING_DISPLACED) wrong = any->in_force & bit;
  if (finding->kind == FINDING_NEVER_DECIDES) wrong = any->decides & bit;
  if (wrong)
    check_tell(check, finding->kind, "false finding with little work: %.*s",
               TEXT_ARG(finding->id));
}

static void check_set(AuditCheck *check, const Finding *finding) {
  uint64_t bits = 0, count = 0;
  uint32_t first = finding->rules.at[0];
  bool any = check->kinds->rules[first].kind == RULE_NEVER ||
             check->kinds->rules[first].boundary == NONE;
  for (uint32_t i = any; i < finding->rules.count; i++)
    bits |= UINT64_C(1) << finding->rules.at[i];
  for (uint32_t i = 0; i < check->kinds->count; i++) {
    uint64_t in_force = check->kinds->at[i].in_force;
    count += check->kinds->at[i].possible && in_force >> first & 1 &&
             (any ? (in_force & bits) != 0 : (in_force & bits) == bits);
  }
  if (finding->count)
    check_count(check, FINDING_CONTRADICTION, finding->count, count);
  if (count == 0)
    check_tell(check, FINDING_CONTRADICTION, "never together: %.*s",
               TEXT_ARG(finding->id));
}

static void check_witnesses(AuditCheck *check, const Finding *finding) {
  Kind answer;
  uint32_t point;
  for (uint32_t i = 0; i < finding->witnesses.count; i++)
    check_witness(check, finding->kind, &finding->witnesses.at[i], &answer,
                  &point);
  for (uint32_t i = 0; i < finding->regions.count; i++)
    check_witness(check, finding->kind, &finding->regions.at[i].witness,
                  &answer, &point);
}

static uint64_t count_silent(const Kinds *kinds) {
  uint64_t bits = 0, silent = 0;
  for (uint32_t i = 0; i < kinds->rule_count; i++)
    if (kinds->rules[i].gives_finding) bits |= UINT64_C(1) << i;
  for (uint32_t i = 0; i < kinds->count; i++)
    silent += kinds->at[i].possible && (kinds->at[i].in_force & bits) == 0;
  return silent;
}

/* What is proved where it was not counted. */
static void check_between(AuditCheck *check, const Limb *least,
                          const Limb *most, uint64_t count) {
  uint32_t limbs = check->one->space.limbs;
  Limb *exact = ARENA_ARRAY(check->arena, limbs, Limb);
  if (!least) return;
  natural_set(exact, count, limbs);
  check->tally->counts++;
  if (natural_compare(least, exact, limbs) > 0 ||
      natural_compare(exact, most, limbs) > 0)
    check_tell(check, FINDING_SILENCE, "%llu is not between the two",
               (unsigned long long)count);
}

/* With a few steps for all verdicts, and nothing remembered. */
static void check_bounds(AuditCheck *check, const uint64_t *counts,
                         uint64_t steps) {
  const BoundaryAudit *one = check->one;
  OutsideSearch search = one->search;
  Limb *least[VERDICT_COUNT], *most[VERDICT_COUNT];
  search.cache = NULL;
  search.cache_bits = 4;
  for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
    least[v] = ARENA_ARRAY(check->arena, one->space.limbs, Limb);
    most[v] = ARENA_ARRAY(check->arena, one->space.limbs, Limb);
  }
  chart_between_verdicts(&one->chart, &search, steps, least, most);
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    check_between(check, least[v], most[v], counts[v]);
}

/* Where it was not found out whether there is silence. */
static const Finding *find_left_open(const AuditCheck *check) {
  Text id = text_format(check->arena, "not-proved/%.*s/silence",
                        TEXT_ARG(audit_boundary(check->audit, check->one)));
  const Findings *all = &check->audit->findings;
  for (uint32_t i = 0; i < all->count; i++)
    if (text_equal(all->at[i].id, id)) return &all->at[i];
  return NULL;
}

static void check_silent(AuditCheck *check) {
  const Kinds *kinds = check->kinds;
  uint64_t silent = count_silent(kinds);
  const Finding *finding = check_find(check, FINDING_SILENCE, NULL, 0);
  if (!finding) finding = check_find(check, FINDING_OTHERWISE, NULL, 0);
  if (!finding) finding = find_left_open(check);
  if (silent > 0 && !finding)
    check_tell(check, FINDING_SILENCE, "missed with little work");
  if (silent == 0 && finding && finding->proved)
    check_tell(check, FINDING_SILENCE, "false finding with little work");
  if (finding && finding->count)
    check_count(check, FINDING_SILENCE, finding->count, silent);
  if (finding) check_between(check, finding->least, finding->most, silent);
}

void check_modest(AuditCheck *check) {
  const Findings *all = &check->audit->findings;
  uint64_t counts[VERDICT_COUNT] = {0};
  check->tally->modest++;
  check_silent(check);
  check_promised_modest(check);
  for (uint32_t i = 0; i < check->kinds->count; i++)
    counts[check->kinds->at[i].verdict] += check->kinds->at[i].possible;
  for (uint32_t v = 0; check->one->counted && v < VERDICT_COUNT; v++)
    check_count(check, FINDING_SILENCE, check->one->counts[v], counts[v]);
  for (uint32_t v = 0; !check->one->counted && v < VERDICT_COUNT; v++)
    check_between(check, check->one->least[v], check->one->most[v], counts[v]);
  for (uint64_t steps = 0; steps <= 256; steps = 4 * steps + 6)
    check_bounds(check, counts, steps);
  for (uint32_t i = 0; i < all->count; i++) {
    const Finding *finding = &all->at[i];
    if (finding->boundary != check->one->boundary) continue;
    check_claims(check, finding);
    if (finding->kind == FINDING_CONTRADICTION && finding->rules.count)
      check_set(check, finding);
    check_witnesses(check, finding);
  }
}

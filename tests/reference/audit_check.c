#include "tests/reference/audit_check.h"

#include <stdarg.h>
#include <stdio.h>

/* ----------------------------------------------------------------- telling */

void check_tell(AuditCheck *check, FindingKind kind, const char *format, ...) {
  char text[1000];
  va_list list;
  va_start(list, format);
  vsnprintf(text, sizeof text, format, list);
  va_end(list);
  buffer_format(check->report, "  %.*s (%.*s): %s\n",
                TEXT_ARG(finding_id(kind)),
                TEXT_ARG(image_text(
                    check->audit->image,
                    check->audit->image->boundaries.at[check->one->boundary]
                        .name)),
                text);
}

static Text count_text(AuditCheck *check, const Limb *count) {
  uint32_t limbs = check->one->space.limbs;
  Limb *space = ARENA_ARRAY(check->arena, limbs, Limb);
  Buffer out = {.arena = check->arena};
  natural_print_plain(&out, count, space, limbs);
  return buffer_text(&out);
}

void check_count(AuditCheck *check, FindingKind kind, const Limb *count,
                 uint64_t expected) {
  uint32_t limbs = check->one->space.limbs;
  Limb *wanted = ARENA_ARRAY(check->arena, limbs, Limb);
  natural_set(wanted, expected, limbs);
  check->tally->counts++;
  if (!count)
    check_tell(check, kind, "not counted");
  else if (natural_compare(count, wanted, limbs) != 0)
    check_tell(check, kind, "counts %.*s, but there are %llu",
               TEXT_ARG(count_text(check, count)),
               (unsigned long long)expected);
}

/* ---------------------------------------------------------------- findings */

static bool same_rules(const Finding *finding, const uint32_t *rules,
                       uint32_t count) {
  if (finding->rules.count != count) return false;
  for (uint32_t i = 0; i < count; i++) {
    bool found = false;
    for (uint32_t k = 0; k < count; k++)
      found |= finding->rules.at[k] == rules[i];
    if (!found) return false;
  }
  return true;
}

static bool is_of(const AuditCheck *check, const Finding *finding,
                  FindingKind kind) {
  return finding->kind == kind && finding->boundary == check->one->boundary;
}

const Finding *check_find(const AuditCheck *check, FindingKind kind,
                          const uint32_t *rules, uint32_t count) {
  const Findings *all = &check->audit->findings;
  for (uint32_t i = 0; i < all->count; i++)
    if (is_of(check, &all->at[i], kind) &&
        same_rules(&all->at[i], rules, count))
      return &all->at[i];
  return NULL;
}

uint32_t check_findings(const AuditCheck *check, FindingKind kind) {
  const Findings *all = &check->audit->findings;
  uint32_t count = 0;
  for (uint32_t i = 0; i < all->count; i++)
    count += is_of(check, &all->at[i], kind);
  return count;
}

static Text rule_names(const AuditCheck *check, const uint32_t *rules,
                       uint32_t count) {
  const Image *image = check->audit->image;
  Buffer out = {.arena = check->arena};
  for (uint32_t i = 0; i < count; i++)
    buffer_format(&out, "%s%.*s", i ? ", " : "",
                  TEXT_ARG(image_text(image,
                                      image->rules.at[rules[i]].full_name)));
  return count ? buffer_text(&out) : TEXT("the boundary");
}

void check_presence(AuditCheck *check, FindingKind kind, const uint32_t *rules,
                    uint32_t count, bool expected) {
  bool found = check_find(check, kind, rules, count) != NULL;
  check->tally->findings[kind] += expected;
  if (found != expected)
    check_tell(check, kind, "%s of %.*s", found ? "false finding" : "miss",
               TEXT_ARG(rule_names(check, rules, count)));
}

void check_number(AuditCheck *check, FindingKind kind, uint64_t expected) {
  uint32_t found = check_findings(check, kind);
  if (found != expected)
    check_tell(check, kind, "%u findings, but there are %llu", (unsigned)found,
               (unsigned long long)expected);
}

/* ------------------------------------------------------------------ counts */

void check_verdicts(AuditCheck *check) {
  const Kinds *kinds = check->kinds;
  const BoundaryAudit *one = check->one;
  uint64_t counts[VERDICT_COUNT] = {0}, harmful = 0, tension = 0;
  for (uint32_t i = 0; i < kinds->count; i++) {
    const Kind *kind = &kinds->at[i];
    if (!kind->possible) continue;
    counts[kind->verdict]++;
    harmful += kind->harm;
    tension += kind->harm && kind->verdict >= HOLD;
  }
  if (!one->counted) {
    check_tell(check, FINDING_NOT_PROVED, "nothing is counted");
    return;
  }
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    check_count(check, FINDING_SILENCE, one->counts[v], counts[v]);
  check_count(check, FINDING_SILENCE, one->all, kinds->possible);
  check_count(check, FINDING_SILENCE, one->space.points, kinds->count);
  check_count(check, FINDING_TENSION, one->harmful, harmful);
  check_count(check, FINDING_TENSION, one->tension, tension);
}

/* What the chart says of one point. */
void check_proved(AuditCheck *check) {
  const Findings *all = &check->audit->findings;
  for (uint32_t i = 0; i < all->count; i++) {
    const Finding *finding = &all->at[i];
    if (finding->boundary != check->one->boundary) continue;
    if (!finding->proved || finding->kind == FINDING_NOT_PROVED)
      check_tell(check, finding->kind, "not proved: %.*s",
                 TEXT_ARG(finding->id));
  }
}

/* -------------------------------------------------------------------- all */

static void check_charts(AuditCheck *check) {
  const Kinds *kinds = check->kinds;
  const BoundaryAudit *one = check->one;
  AxisCell *point =
      ARENA_ARRAY(check->arena, one->space.axis_count + 1, AxisCell);
  for (uint32_t i = 0; i < kinds->count; i++) {
    uint64_t in_force = 0;
    for (uint32_t a = 0; a < one->space.axis_count; a++)
      point[a] = kinds_cell(kinds, i, a);
    for (uint32_t k = 0; k < one->chart.rule_count; k++) {
      uint32_t rule = one->chart.rules[k];
      if (kinds->rules[rule].kind == RULE_OTHERWISE)
        in_force |= kinds->at[i].in_force & UINT64_C(1) << rule;
      else if (chart_in_force(&one->chart, rule, point))
        in_force |= UINT64_C(1) << rule;
    }
    if (in_force != kinds->at[i].in_force ||
        chart_verdict(&one->chart, point) != kinds->at[i].verdict) {
      check_tell(check, FINDING_NOT_PROVED,
                 "point %u: verdict %u in force %llx, but it is %u %llx",
                 (unsigned)i, (unsigned)chart_verdict(&one->chart, point),
                 (unsigned long long)in_force,
                 (unsigned)kinds->at[i].verdict,
                 (unsigned long long)kinds->at[i].in_force);
      return;
    }
  }
}

void check_boundary(AuditCheck *check) {
  check->tally->boundaries++;
  check->tally->situations += check->kinds->tried;
  check->tally->points += check->kinds->count;
  check_charts(check);
  check_verdicts(check);
  check_silence(check);
  check_sides(check);
  check_dead_rules(check);
  check_contradictions(check);
  check_thresholds(check);
  check_order(check);
  check_weights(check);
  check_promised(check);
  check_proved(check);
}

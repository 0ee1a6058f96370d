/* Silence, two-sidedness and tension. */
#include "tests/reference/audit_check.h"

#include "audit/words.h"

static uint64_t finders(const Kinds *kinds) {
  uint64_t bits = 0;
  for (uint32_t i = 0; i < kinds->rule_count; i++)
    if (kinds->rules[i].gives_finding) bits |= UINT64_C(1) << i;
  return bits;
}

static bool has_otherwise(const Kinds *kinds) {
  for (uint32_t i = 0; i < kinds->rule_count; i++)
    if (kinds->rules[i].in_scope && kinds->rules[i].kind == RULE_OTHERWISE)
      return true;
  return false;
}

static void to_point(const AuditCheck *check, uint32_t number,
                     AxisCell *point) {
  for (uint32_t a = 0; a < check->one->space.axis_count; a++)
    point[a] = kinds_cell(check->kinds, number, a);
}

/* Each box: only silent points, and as many new ones as it says. */
static void check_box(AuditCheck *check, FindingKind kind, const AreaBox *box,
                      uint8_t *covered, uint64_t bits) {
  const Space *space = &check->one->space;
  AxisCell *point = ARENA_ARRAY(check->arena, space->axis_count + 1, AxisCell);
  uint64_t fresh = 0;
  for (uint32_t i = 0; i < check->kinds->count; i++) {
    to_point(check, i, point);
    if (!point_within(space, point, &box->box)) continue;
    if (!check->kinds->at[i].possible) continue;
    if (check->kinds->at[i].in_force & bits)
      check_tell(check, kind, "a region has a point where a rule speaks");
    fresh += !covered[i];
    covered[i] = 1;
  }
  if (!point_within(space, box->point, &box->box))
    check_tell(check, kind, "a region's witness lies outside of it");
  check_count(check, kind, box->count, fresh);
}

static void check_regions(AuditCheck *check, FindingKind kind,
                          const Finding *finding, uint64_t bits,
                          uint64_t silent) {
  BoundaryAudit *one = check->one;
  Boxes list = {0};
  Area area;
  Box whole = {0};
  uint64_t reached = 0;
  uint8_t *covered = ARENA_ARRAY(check->arena, check->kinds->count, uint8_t);
  chart_list(&one->chart, SILENT, 0, &list);
  area_find(&one->search, &list, &whole, check->audit->options.regions_most,
            &area);
  if (area.boxes.count != finding->regions.count)
    check_tell(check, kind, "not as many regions as boxes");
  for (uint32_t i = 0; i < area.boxes.count; i++) {
    const AreaBox *box = &area.boxes.at[i];
    check_box(check, kind, box, covered, bits);
    if (i >= finding->regions.count) continue;
    const Region *region = &finding->regions.at[i];
    if (!text_equal(region->words,
                    words_box(check->arena, &one->space, &box->box)))
      check_tell(check, kind, "other words than the box");
    if (natural_compare(region->count, box->count, one->space.limbs) != 0)
      check_tell(check, kind, "another count than the box");
  }
  for (uint32_t i = 0; i < check->kinds->count; i++) reached += covered[i];
  if (finding->regions_whole != (reached == silent))
    check_tell(check, kind, "%llu of %llu points in regions that are %s",
               (unsigned long long)reached, (unsigned long long)silent,
               finding->regions_whole ? "whole" : "not whole");
}

static void check_region_witnesses(AuditCheck *check, FindingKind kind,
                                   const Finding *finding, uint64_t bits) {
  for (uint32_t i = 0; i < finding->regions.count; i++) {
    Kind answer;
    uint32_t point;
    if (check_witness(check, kind, &finding->regions.at[i].witness, &answer,
                      &point) &&
        answer.in_force & bits)
      check_tell(check, kind, "a rule speaks at a witness");
  }
}

void check_silence(AuditCheck *check) {
  const Kinds *kinds = check->kinds;
  uint64_t bits = finders(kinds), silent = 0;
  bool otherwise = has_otherwise(kinds);
  FindingKind kind = otherwise ? FINDING_OTHERWISE : FINDING_SILENCE;
  for (uint32_t i = 0; i < kinds->count; i++) {
    silent +=
        kinds->at[i].possible && (kinds->at[i].in_force & bits) == 0;
    if ((kinds->at[i].verdict == SILENT) !=
        ((kinds->at[i].in_force & bits) == 0 && !otherwise))
      check_tell(check, kind, "the reference itself is at odds");
  }
  check_presence(check, kind, NULL, 0, silent > 0);
  check_number(check, otherwise ? FINDING_SILENCE : FINDING_OTHERWISE, 0);
  const Finding *finding = check_find(check, kind, NULL, 0);
  if (!finding || silent == 0) return;
  check_count(check, kind, finding->count, silent);
  check_count(check, kind, finding->all, kinds->possible);
  check_regions(check, kind, finding, bits, silent);
  check_region_witnesses(check, kind, finding, bits);
}

/* ------------------------------------------------------------------- sides */

static void check_prohibitions(AuditCheck *check) {
  const Kinds *kinds = check->kinds;
  uint32_t findings = 0, no = 0;
  for (uint32_t i = 0; i < kinds->rule_count; i++) {
    const KindRule *rule = &kinds->rules[i];
    if (rule->boundary != check->one->boundary || !rule->gives_finding)
      continue;
    findings++;
    no += rule->finding >= HOLD && !rule->who;
  }
  check_presence(check, FINDING_PROHIBITIONS, NULL, 0,
                 findings > 0 && no == findings);
}

static void check_instead(AuditCheck *check) {
  const Kinds *kinds = check->kinds;
  for (uint32_t i = 0; i < kinds->rule_count; i++) {
    const KindRule *rule = &kinds->rules[i];
    bool here = rule->boundary == check->one->boundary ||
                (rule->in_scope && rule->boundary == NONE && check->first);
    check_presence(check, FINDING_NO_INSTEAD, &i, 1,
                   here && rule->gives_finding && rule->finding >= HOLD &&
                       !rule->instead);
  }
}

static void check_tension(AuditCheck *check) {
  const Kinds *kinds = check->kinds;
  uint64_t tension = 0, harmful = 0;
  Kind answer;
  uint32_t point;
  for (uint32_t i = 0; i < kinds->count; i++) {
    if (!kinds->at[i].possible) continue;
    harmful += kinds->at[i].harm;
    tension += kinds->at[i].harm && kinds->at[i].verdict >= HOLD;
  }
  check_presence(check, FINDING_NO_HOLDING_BACK, NULL, 0, harmful == 0);
  check_presence(check, FINDING_TENSION, NULL, 0, tension > 0);
  const Finding *finding = check_find(check, FINDING_TENSION, NULL, 0);
  if (!finding) return;
  check_count(check, FINDING_TENSION, finding->count, tension);
  if (finding->witnesses.count != 1)
    check_tell(check, FINDING_TENSION, "no witness");
  else if (check_witness(check, FINDING_TENSION, &finding->witnesses.at[0],
                         &answer, &point) &&
           !(answer.harm && answer.verdict >= HOLD))
    check_tell(check, FINDING_TENSION, "no tension at the witness");
}

void check_sides(AuditCheck *check) {
  check_prohibitions(check);
  check_instead(check);
  check_tension(check);
}

/* Two-sidedness: boundaries that only say no, a no without another way, where
 * holding back is never weighed, and situations in tension. */
#include "audit/audit.h"
#include "audit/words.h"

static Text boundary_name(const Audit *audit, const BoundaryAudit *one) {
  return image_text(audit->image,
                    audit->image->boundaries.at[one->boundary].name);
}

static bool only_says_no(const Rule *rule) {
  return rule->finding >= HOLD && !rule->who.count;
}

/* The boundary's own rules; an `otherwise` is no plan for anyone. */
static void check_prohibitions(Audit *audit, BoundaryAudit *one) {
  uint32_t findings = 0, no = 0;
  for (uint32_t i = 0; i < audit->image->rules.count; i++) {
    const Rule *rule = &audit->image->rules.at[i];
    if (rule->boundary != one->boundary || !rule_gives_finding(rule)) continue;
    findings++;
    no += only_says_no(rule);
  }
  if (findings == 0 || no < findings) return;
  Finding *finding =
      audit_find(audit, FINDING_PROHIBITIONS, one->boundary);
  Text name = boundary_name(audit, one);
  finding->message =
      findings == 1
          ? text_format(audit->arena, "The only rule of `%.*s` says no. It "
                                      "leads neither to a yes nor to a talk.",
                        TEXT_ARG(name))
          : text_format(audit->arena, "All %u rules of `%.*s` say no. None "
                                      "leads to a yes or to a talk.",
                        (unsigned)findings, TEXT_ARG(name));
  finding->help = TEXT("Ask what people need here, and write down what can be "
                       "done, with whom, and when holding back may harm.");
}

static bool has_instead(const Image *image, const Rule *rule) {
  for (uint32_t i = 0; i < rule->lines.count; i++)
    if (image->lines.at[rule->lines.first + i].kind == LINE_INSTEAD)
      return true;
  return false;
}

static void check_instead(Audit *audit, BoundaryAudit *one) {
  for (uint32_t i = 0; i < audit->image->rules.count; i++) {
    const Rule *rule = &audit->image->rules.at[i];
    bool own = rule->boundary == one->boundary ||
               (rule->boundary == NONE && one == &audit->boundaries[0]);
    if (!own || !rule_gives_finding(rule) || rule->finding < HOLD ||
        has_instead(audit->image, rule))
      continue;
    Finding *finding = audit_find(audit, FINDING_NO_INSTEAD, one->boundary);
    audit_name_rule(audit, finding, i);
    finding->message = text_format(
        audit->arena, "`%.*s` says no and offers no other way.",
        TEXT_ARG(words_rule(audit->image, i)));
    finding->help = TEXT("Add `instead \"…\"`: how can the need be met?");
  }
}

static void check_holding_back(Audit *audit, BoundaryAudit *one) {
  if (!one->harmful || !natural_is_zero(one->harmful, one->space.limbs)) return;
  Finding *finding =
      audit_find(audit, FINDING_NO_HOLDING_BACK, one->boundary);
  finding->message = text_format(
      audit->arena, "In no situation of `%.*s` does holding back count as a "
                    "harm.",
      TEXT_ARG(boundary_name(audit, one)));
  finding->help = TEXT("Add `holding-back` rules: whom does a no hurt most?");
}

/* A point where holding back may harm and the verdict is hold or never. */
static bool find_tension(BoundaryAudit *one, const Image *image,
                         AxisCell *point) {
  const Chart *chart = &one->chart;
  Boxes nothing = {0};
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    const Boxes *harmful = &chart->in_force[chart->rules[i]];
    if (image->rules.at[chart->rules[i]].kind != RULE_HOLDING_BACK) continue;
    for (uint32_t k = 0; k < harmful->count; k++)
      for (int verdict = NEVER; verdict >= HOLD; verdict--)
        if (chart_find(chart, &one->search, &harmful->at[k], &nothing,
                      (Verdict)verdict, point) == POINT_FOUND)
          return true;
  }
  return false;
}

static void tell_tension(Audit *audit, BoundaryAudit *one) {
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  Witness witness;
  if (!find_tension(one, audit->image, point)) return;
  Finding *finding = audit_find(audit, FINDING_TENSION, one->boundary);
  finding->limbs = one->space.limbs;
  finding->all = one->all;
  finding->count = one->tension;
  finding->message =
      one->tension
          ? text_format(audit->arena,
                        "In %.*s of the situations in `%.*s` the guidance is "
                        "not to go ahead while holding back may harm too.",
                        TEXT_ARG(audit_share(audit, one, one->tension)),
                        TEXT_ARG(boundary_name(audit, one)))
          : TEXT("There are situations in which both ways may harm. They were "
                 "not counted.");
  if (audit_witness(audit, one, point, &witness))
    VEC_PUSH(audit->arena, &finding->witnesses, witness);
}

void audit_sides(Audit *audit, BoundaryAudit *one) {
  check_prohibitions(audit, one);
  check_instead(audit, one);
  check_holding_back(audit, one);
  tell_tension(audit, one);
}

/* Dead rules: those that can never apply, are always set aside, never decide,
 * or say what another one says. */
#include "audit/audit.h"
#include "audit/words.h"

static bool possible(BoundaryAudit *one, const Boxes *boxes, AxisCell *point) {
  for (uint32_t i = 0; i < boxes->count; i++)
    if (find_outside(&one->search, &one->chart.impossible, &boxes->at[i],
                     point) != POINT_NONE)
      return true;
  return boxes->too_many;
}

static Finding *tell(Audit *audit, BoundaryAudit *one, FindingKind kind,
                     uint32_t rule, const char *what) {
  Finding *finding = audit_find(audit, kind, one->boundary);
  audit_name_rule(audit, finding, rule);
  finding->message =
      text_format(audit->arena, "`%.*s` %s",
                  TEXT_ARG(words_rule(audit->image, rule)), what);
  return finding;
}

/* Everywhere rules are told once, with the first boundary. */
static bool is_told_elsewhere(const Audit *audit, const BoundaryAudit *one,
                              uint32_t rule) {
  return audit->image->rules.at[rule].boundary == NONE &&
         one != &audit->boundaries[0];
}

/* ------------------------------------------------------- applying at all */

static void put_names(Buffer *out, const Image *image, const uint32_t *rules,
                      uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    buffer_format(out, "%s`%.*s`",
                  i == 0 ? "" : i + 1 == count ? " and " : ", ",
                  TEXT_ARG(words_rule(image, rules[i])));
}

/* The exceptions that set the rule aside. */
static Text exceptions_to(Audit *audit, const BoundaryAudit *one,
                          uint32_t rule) {
  uint32_t *names = ARENA_ARRAY(audit->arena, one->chart.rule_count, uint32_t);
  uint32_t count = 0;
  Buffer out = {.arena = audit->arena};
  for (uint32_t i = 0; i < one->chart.rule_count; i++) {
    Range named = audit->image->rules.at[one->chart.rules[i]].displaces;
    for (uint32_t k = 0; k < named.count; k++)
      if (audit->image->links.at[named.first + k].rule == rule)
        names[count++] = one->chart.rules[i];
  }
  put_names(&out, audit->image, names, count);
  return buffer_text(&out);
}

static void tell_displaced(Audit *audit, BoundaryAudit *one, uint32_t rule) {
  Finding *finding = tell(audit, one, FINDING_DISPLACED, rule, "");
  finding->message = text_format(
      audit->arena, "Whenever `%.*s` would apply, %.*s sets it aside.",
      TEXT_ARG(words_rule(audit->image, rule)),
      TEXT_ARG(exceptions_to(audit, one, rule)));
  finding->help = TEXT("Make the exception narrower, or leave the rule out.");
}

/* True if the rule is in force somewhere. */
static bool check_applying(Audit *audit, BoundaryAudit *one, uint32_t rule,
                           AxisCell *point) {
  const Chart *chart = &one->chart;
  bool exception = audit->image->rules.at[rule].kind == RULE_EXCEPTION;
  if (possible(one, &chart->in_force[rule], point)) return true;
  if (is_told_elsewhere(audit, one, rule) && !exception) return false;
  if (!possible(one, &chart->holds[rule], point)) {
    Finding *finding = tell(audit, one, FINDING_NEVER_APPLIES, rule,
                            "can never apply: no situation meets its "
                            "condition.");
    finding->help = TEXT("Look for two parts of the condition that cannot be "
                         "true together.");
  } else if (!possible(one, &chart->applies[rule], point)) {
    Finding *finding = tell(audit, one, FINDING_IDLE_EXCEPTION, rule,
                            "sets nothing aside: the rules that it names never "
                            "apply where its own condition holds.");
    finding->help = TEXT("Look at what both conditions have in common.");
  } else {
    tell_displaced(audit, one, rule);
  }
  return false;
}

/* ----------------------------------------------------------------- deciding */

/* Does the part decide somewhere?  It lies outside `stricter` there. */
static PointFound part_decides(BoundaryAudit *one, const Part *part,
                               const Boxes *without, AxisCell *point) {
  PointFound result = POINT_NONE;
  for (uint32_t i = 0; i < part->boxes.count; i++) {
    PointFound found = chart_find(&one->chart, &one->search, &part->boxes.at[i],
                                 without, (Verdict)part->verdict, point);
    if (found == POINT_FOUND) return found;
    if (found == POINT_UNKNOWN) result = found;
  }
  return result;
}

static void list_stricter(const BoundaryAudit *one, const Part *part,
                          const uint8_t *left_out, Boxes *list) {
  const Chart *chart = &one->chart;
  *list = (Boxes){0};
  boxes_add_all(chart->space, list, &chart->impossible);
  for (uint32_t i = 0; i < chart->parts.count; i++)
    if (chart->parts.at[i].verdict > part->verdict &&
        !left_out[chart->parts.at[i].rule])
      boxes_add_all(chart->space, list, &chart->parts.at[i].boxes);
}

static bool covered(BoundaryAudit *one, const Part *part,
                    const uint8_t *left_out, AxisCell *point) {
  Boxes list;
  list_stricter(one, part, left_out, &list);
  for (uint32_t i = 0; i < part->boxes.count; i++)
    if (find_outside(&one->search, &list, &part->boxes.at[i], point) !=
        POINT_NONE)
      return false;
  return true;
}

/* Fewest stricter rules that are always there too: those without which it is
 * still covered are left out, one by one. */
static Text who_covers(Audit *audit, BoundaryAudit *one, const Part *part,
                       Finding *finding, AxisCell *point) {
  const Chart *chart = &one->chart;
  uint8_t *left_out = ARENA_ARRAY(audit->arena, audit->image->rules.count + 1,
                                  uint8_t);
  uint8_t *kept = ARENA_ARRAY(audit->arena, audit->image->rules.count + 1,
                              uint8_t);
  uint32_t *names = ARENA_ARRAY(audit->arena, chart->rule_count + 1, uint32_t);
  uint32_t count = 0;
  Buffer out = {.arena = audit->arena};
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    uint32_t rule = chart->parts.at[i].rule;
    if (chart->parts.at[i].verdict <= part->verdict || kept[rule] ||
        left_out[rule])
      continue;
    left_out[rule] = 1;
    if (covered(one, part, left_out, point)) continue;
    left_out[rule] = 0;
    kept[rule] = 1;
    names[count++] = rule;
    VEC_PUSH(audit->arena, &finding->rules, rule);
  }
  put_names(&out, audit->image, names, count);
  return count ? buffer_text(&out) : TEXT("a stricter `otherwise`");
}

static void check_deciding(Audit *audit, BoundaryAudit *one, uint32_t rule,
                           AxisCell *point) {
  const Chart *chart = &one->chart;
  const Part *first = NULL;
  Boxes nothing = {0};
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    if (part->rule != rule) continue;
    if (part_decides(one, part, &nothing, point) != POINT_NONE) return;
    if (!first) first = part;
  }
  if (!first || is_told_elsewhere(audit, one, rule)) return;
  Finding *finding = tell(audit, one, FINDING_NEVER_DECIDES, rule, "");
  Text cover = who_covers(audit, one, first, finding, point);
  finding->message = text_format(
      audit->arena,
      "`%.*s` never decides: wherever it applies, %.*s applies too and is "
      "stricter.",
      TEXT_ARG(words_rule(audit->image, rule)), TEXT_ARG(cover));
  finding->help = TEXT("If it is meant to soften the stricter one, make it an "
                       "exception to it. If not, it may go: but its duties and "
                       "what it says still show.");
}

/* --------------------------------------------------------------- duplicates */

static bool within_all(const BoundaryAudit *one, const Boxes *inner,
                       const Boxes *outer) {
  for (uint32_t i = 0; i < inner->count; i++) {
    bool within = false;
    for (uint32_t k = 0; k < outer->count && !within; k++)
      within = box_within(&one->space, &inner->at[i], &outer->at[k]);
    if (!within) return false;
  }
  return inner->count > 0;
}

static bool same_finding(const Rule *a, const Rule *b) {
  return a->kind == b->kind && a->finding == b->finding &&
         a->unless_agreed == b->unless_agreed && a->need == b->need &&
         a->who.count == b->who.count && a->displaces.count == 0 &&
         b->displaces.count == 0;
}

static bool same_who(const Image *image, const Rule *a, const Rule *b) {
  for (uint32_t i = 0; i < a->who.count; i++) {
    const Member *x = &image->members.at[a->who.first + i];
    const Member *y = &image->members.at[b->who.first + i];
    if (x->fact != y->fact || x->value != y->value) return false;
  }
  return true;
}

static void check_duplicate(Audit *audit, BoundaryAudit *one, uint32_t a,
                            uint32_t b) {
  const Image *image = audit->image;
  const Rule *x = &image->rules.at[a], *y = &image->rules.at[b];
  const Chart *chart = &one->chart;
  if (!same_finding(x, y) || !same_who(image, x, y)) return;
  if (x->boundary == NONE && y->boundary == NONE &&
      is_told_elsewhere(audit, one, a))
    return;
  if (!within_all(one, &chart->in_force[a], &chart->in_force[b]) ||
      !within_all(one, &chart->in_force[b], &chart->in_force[a]))
    return;
  Finding *finding = tell(audit, one, FINDING_DUPLICATE, a, "");
  audit_name_rule(audit, finding, b);
  finding->message = text_format(
      audit->arena, "`%.*s` and `%.*s` apply in the same situations and find "
                    "the same.",
      TEXT_ARG(words_rule(image, a)), TEXT_ARG(words_rule(image, b)));
  finding->help = TEXT("One of them is enough. Keep the reasons and duties of "
                       "both.");
}

/* ------------------------------------------------------------- all rules */

static void tell_out_of_time(Audit *audit, BoundaryAudit *one) {
  for (uint32_t i = 0; i < one->inquiry.rule_count; i++) {
    uint32_t rule = one->inquiry.rules[i];
    uint8_t standing = one->inquiry.dates[rule];
    if (standing == STANDING_IN_FORCE ||
        audit->image->rules.at[rule].kind == RULE_EMERGENCY ||
        is_told_elsewhere(audit, one, rule))
      continue;
    tell(audit, one, FINDING_OUT_OF_TIME, rule,
         standing == STANDING_NOT_YET ? "is not in force yet on this day."
                                      : "is no longer in force on this day.");
  }
}

void audit_dead_rules(Audit *audit, BoundaryAudit *one) {
  const Chart *chart = &one->chart;
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    uint32_t rule = chart->rules[i];
    if (audit->image->rules.at[rule].kind == RULE_OTHERWISE) continue;
    if (check_applying(audit, one, rule, point) &&
        rule_gives_finding(&audit->image->rules.at[rule]))
      check_deciding(audit, one, rule, point);
  }
  for (uint32_t i = 0; i < chart->rule_count; i++)
    for (uint32_t k = 0; k < i; k++)
      if (audit->image->rules.at[chart->rules[i]].kind != RULE_OTHERWISE)
        check_duplicate(audit, one,
                        chart->rules[i] < chart->rules[k] ? chart->rules[i]
                                                        : chart->rules[k],
                        chart->rules[i] < chart->rules[k] ? chart->rules[k]
                                                        : chart->rules[i]);
  tell_out_of_time(audit, one);
}

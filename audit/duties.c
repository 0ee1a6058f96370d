/* Duties that clash: the same tag by two different times, while both stand.
 *
 * A duty stands where its rule is in force and, unless it always stands, where
 * what the rule finds and the verdict are on one side: going ahead, or not.  So
 * each rule has a few ways in which its duties stand.
 */
#include "audit/audit.h"
#include "audit/words.h"

enum { LISTED_MOST = 40 }; /* pairs of a boundary */

/* At the points of `box` outside `list`; `side` is that of what the rule
 * finds. */
typedef struct Stand {
  Box box;
  const Boxes *list;
  Side side;
} Stand;

typedef Vec(Stand) Stands;

static void add_part_stands(const Chart *chart, uint32_t rule,
                            Stands *stands) {
  static const Boxes nothing;
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    for (uint32_t k = 0; k < part->boxes.count && part->rule == rule; k++)
      VEC_PUSH(chart->space->arena, stands,
               ((Stand){part->boxes.at[k], &nothing,
                        verdict_side((Verdict)part->verdict)}));
  }
}

/* A rule that finds nothing, a holding-back rule. */
static void add_plain_stands(const Chart *chart, uint32_t rule,
                             Stands *stands) {
  static const Boxes nothing;
  const Boxes *boxes = &chart->in_force[rule];
  for (uint32_t k = 0; k < boxes->count; k++)
    VEC_PUSH(chart->space->arena, stands,
             ((Stand){boxes->at[k], &nothing, verdict_side(SILENT)}));
}

/* An otherwise speaks where no rule of its layer or a more authoritative one
 * is in force. */
static void add_otherwise_stands(const Chart *chart, uint32_t rule,
                                 Stands *stands) {
  uint32_t layer = chart->image->rules.at[rule].layer;
  Boxes *list = ARENA_NEW(chart->space->arena, Boxes);
  chart_list(chart, NEVER, layer + 1, list);
  for (uint32_t i = 0; i < chart->scenes.count; i++)
    if (chart->scenes.at[i].rule[layer] == rule)
      VEC_PUSH(chart->space->arena, stands,
               ((Stand){chart->scenes.at[i].box, list,
                        verdict_side((Verdict)chart->scenes.at[i]
                                         .finding[layer])}));
}

static void find_stands(const Chart *chart, uint32_t rule, Stands *stands) {
  const Rule *own = &chart->image->rules.at[rule];
  if (own->kind == RULE_OTHERWISE)
    add_otherwise_stands(chart, rule, stands);
  else if (rule_gives_finding(own))
    add_part_stands(chart, rule, stands);
  else
    add_plain_stands(chart, rule, stands);
}

/* -------------------------------------------------------------- clashing */

/* A duty and one way in which its rule is in force. */
typedef struct DutyStand {
  const Duty *duty;
  const Stand *stand;
} DutyStand;

static bool is_bound(const Image *image, const DutyStand *one) {
  return !one->duty->always &&
         image->rules.at[one->duty->rule].kind != RULE_HOLDING_BACK;
}

/* A point where both stand. */
static bool find_both(BoundaryAudit *one, const DutyStand *a,
                      const DutyStand *b, AxisCell *point) {
  const Image *image = one->chart.image;
  bool bound = is_bound(image, a) || is_bound(image, b);
  Side side = is_bound(image, a) ? a->stand->side : b->stand->side;
  Boxes list = {0};
  Box both;
  if (is_bound(image, a) && is_bound(image, b) &&
      a->stand->side != b->stand->side)
    return false;
  if (!box_both(&one->space, &a->stand->box, &b->stand->box, &both))
    return false;
  boxes_add_all(&one->space, &list, &one->chart.impossible);
  boxes_add_all(&one->space, &list, a->stand->list);
  boxes_add_all(&one->space, &list, b->stand->list);
  if (!bound)
    return find_outside(&one->search, &list, &both, point) == POINT_FOUND;
  for (int verdict = PROCEED; verdict < VERDICT_COUNT; verdict++)
    if (verdict_side((Verdict)verdict) == side &&
        chart_find(&one->chart, &one->search, &both, &list, (Verdict)verdict,
                   point) == POINT_FOUND)
      return true;
  return false;
}

static bool find_clash(BoundaryAudit *one, const Stands *a, const Duty *x,
                       const Stands *b, const Duty *y, AxisCell *point) {
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++) {
      DutyStand first = {x, &a->at[i]}, second = {y, &b->at[k]};
      if (find_both(one, &first, &second, point)) return true;
    }
  return false;
}

static bool duties_differ(const Image *image, const Duty *a, const Duty *b) {
  if (!text_equal(image_text(image, a->tag), image_text(image, b->tag)))
    return false;
  return a->when != b->when || a->amount != b->amount || a->unit != b->unit;
}

static void tell(Audit *audit, BoundaryAudit *one, const Duty *x,
                 const Duty *y, const AxisCell *point) {
  Finding *finding = audit_find(audit, FINDING_DUTIES, one->boundary);
  Witness witness;
  audit_name_rule(audit, finding, x->rule);
  audit_name_rule(audit, finding, y->rule);
  audit_name(audit, finding, image_text(audit->image, x->tag));
  finding->message = text_format(
      audit->arena,
      "`%.*s` and `%.*s` both say `must %.*s`, but not by the same time. "
      "Both can stand at once.",
      TEXT_ARG(words_rule(audit->image, x->rule)),
      TEXT_ARG(words_rule(audit->image, y->rule)),
      TEXT_ARG(image_text(audit->image, x->tag)));
  finding->help = TEXT("Say the same in both, or give one of them another "
                       "name.");
  if (audit_witness(audit, one, point, &witness))
    VEC_PUSH(audit->arena, &finding->witnesses, witness);
}

/* Tells of the first two duties of these rules that clash; false if none do. */
static bool compare(Audit *audit, BoundaryAudit *one, uint32_t a, uint32_t b,
                    const Stands *stands, AxisCell *point) {
  const Image *image = audit->image;
  Range x = image->rules.at[a].duties, y = image->rules.at[b].duties;
  for (uint32_t i = 0; i < x.count; i++)
    for (uint32_t k = 0; k < y.count; k++) {
      const Duty *first = &image->duties.at[x.first + i];
      const Duty *second = &image->duties.at[y.first + k];
      if (!duties_differ(image, first, second) ||
          !find_clash(one, &stands[a], first, &stands[b], second, point))
        continue;
      tell(audit, one, first, second, point);
      return true;
    }
  return false;
}

static void tell_more(Audit *audit, const BoundaryAudit *one) {
  Finding *finding = audit_find(audit, FINDING_DUTIES, one->boundary);
  audit_name(audit, finding, TEXT("further"));
  finding->level = LEVEL_NOTE;
  finding->message = text_format(
      audit->arena, "%d pairs of duties in `%.*s` are listed. There may be "
                    "more that do not agree.",
      LISTED_MOST, TEXT_ARG(audit_boundary(audit, one)));
}

static void compare_all(Audit *audit, BoundaryAudit *one,
                        const uint32_t *rules, uint32_t count,
                        const Stands *stands) {
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  int listed = 0;
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < i; k++) {
      ArenaMark mark = space_mark(&one->space);
      bool clash = compare(audit, one, rules[k], rules[i], stands, point);
      space_back(&one->space, mark);
      if (!clash || ++listed < LISTED_MOST) continue;
      tell_more(audit, one);
      return;
    }
}

void audit_duties(Audit *audit, BoundaryAudit *one) {
  const Chart *chart = &one->chart;
  Stands *stands =
      ARENA_ARRAY(audit->arena, audit->image->rules.count + 1, Stands);
  uint32_t *rules = ARENA_ARRAY(audit->arena, chart->rule_count + 1, uint32_t);
  uint32_t count = 0;
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    uint32_t rule = chart->rules[i];
    if (!audit->image->rules.at[rule].duties.count) continue;
    find_stands(chart, rule, &stands[rule]);
    rules[count++] = rule;
  }
  compare_all(audit, one, rules, count, stands);
}

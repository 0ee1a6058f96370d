/* Dead rules: those that can never apply, are always set aside, never decide,
 * or say what another one says. */
#include <stdlib.h>

#include "audit/audit.h"
#include "audit/words.h"

static bool possible(BoundaryAudit *one, const Boxes *boxes, AxisCell *point) {
  for (uint32_t i = 0; i < boxes->count; i++)
    if (find_outside(&one->search, &one->chart.impossible, &boxes->at[i],
                     point) != POINT_NONE)
      return true;
  return boxes->too_many;
}

/* Is it so in the boundary, or (of an everywhere rule) in any? */
typedef bool IsSo(BoundaryAudit *one, uint32_t rule, AxisCell *point);

static bool anywhere(Audit *audit, BoundaryAudit *one, uint32_t rule,
                     IsSo *is_so, AxisCell *point) {
  if (audit->image->rules.at[rule].boundary != NONE)
    return is_so(one, rule, point);
  for (uint32_t i = 0; i < audit->boundary_count; i++)
    if (audit->boundaries[i].space.too_large ||
        is_so(&audit->boundaries[i], rule, point))
      return true;
  return false;
}

static bool can_hold(BoundaryAudit *one, uint32_t rule, AxisCell *point) {
  return possible(one, &one->chart.holds[rule], point);
}

static bool can_apply(BoundaryAudit *one, uint32_t rule, AxisCell *point) {
  return possible(one, &one->chart.applies[rule], point);
}

static bool can_be_in_force(BoundaryAudit *one, uint32_t rule,
                            AxisCell *point) {
  return possible(one, &one->chart.in_force[rule], point);
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

/* Where a condition has boxes, only what is assumed keeps it from being
 * true. */
static void tell_never(Audit *audit, BoundaryAudit *one, uint32_t rule) {
  bool assumed = one->chart.holds[rule].count > 0;
  Finding *finding = tell(
      audit, one, FINDING_NEVER_APPLIES, rule,
      assumed ? "can never apply: `assume` leaves out every situation that "
                "meets its condition."
              : "can never apply: no situation meets its condition.");
  finding->help =
      assumed ? TEXT("If that is meant, the rule is for others. If not, look "
                     "at what is assumed.")
              : TEXT("Look for two parts of the condition that cannot be true "
                     "together.");
  if (assumed) finding->level = LEVEL_WARNING;
}

/* True if the rule is in force somewhere. */
static bool check_applying(Audit *audit, BoundaryAudit *one, uint32_t rule,
                           AxisCell *point) {
  if (anywhere(audit, one, rule, can_be_in_force, point)) return true;
  if (!anywhere(audit, one, rule, can_hold, point)) {
    tell_never(audit, one, rule);
  } else if (!anywhere(audit, one, rule, can_apply, point)) {
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

/* May the part decide somewhere? */
static bool part_decides(BoundaryAudit *one, uint32_t part, AxisCell *point) {
  Ways ways;
  ArenaMark mark = space_mark(&one->space);
  bool may = one->chart.parts.at[part].boxes.too_many;
  chart_part_ways(&one->chart, part, &ways);
  for (uint32_t i = 0; i < ways.count && !may; i++)
    may = find_outside(&one->search, ways.at[i].list, &ways.at[i].box,
                       point) != POINT_NONE;
  space_back(&one->space, mark);
  return may;
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
  ArenaMark mark = space_mark(&one->space);
  Boxes list;
  bool covered = true;
  list_stricter(one, part, left_out, &list);
  for (uint32_t i = 0; i < part->boxes.count && covered; i++)
    covered = find_outside(&one->search, &list, &part->boxes.at[i], point) ==
              POINT_NONE;
  space_back(&one->space, mark);
  return covered;
}

static bool meets(const Space *space, const Boxes *a, const Boxes *b) {
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++)
      if (box_meets(space, &a->at[i], &b->at[k])) return true;
  return false;
}

/* Lies the box within one of `outer`, or at least meets one? */
typedef enum Lie { LIES_APART, LIES_ACROSS, LIES_WITHIN } Lie;

static Lie box_lies(const Space *space, const Box *box,
                    const Boxes *outer) {
  Lie lie = LIES_APART;
  for (uint32_t k = 0; k < outer->count && lie != LIES_WITHIN; k++) {
    if (box_within(space, box, &outer->at[k]))
      lie = LIES_WITHIN;
    else if (box_meets(space, box, &outer->at[k]))
      lie = LIES_ACROSS;
  }
  return lie;
}

/* The rules that are nowhere in force beside the part. */
static uint8_t *rules_elsewhere(const Audit *audit, const BoundaryAudit *one,
                                const Part *part) {
  const Chart *chart = &one->chart;
  uint8_t *elsewhere =
      ARENA_ARRAY(audit->arena, audit->image->rules.count + 1, uint8_t);
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    uint32_t rule = chart->rules[i];
    elsewhere[rule] =
        !meets(&one->space, &part->boxes, &chart->in_force[rule]);
  }
  return elsewhere;
}

/* The stricter rules that may cover a part. */
typedef struct Cover {
  BoundaryAudit *one;
  const Part *part;
  uint8_t *left_out;   /* of each rule of the image */
  uint32_t *rules;
  AxisCell *point;
} Cover;

static uint32_t list_cover(Audit *audit, Cover *cover) {
  const Chart *chart = &cover->one->chart;
  uint8_t *listed = ARENA_ARRAY(audit->arena, audit->image->rules.count + 1,
                                uint8_t);
  uint32_t count = 0;
  cover->rules = ARENA_ARRAY(audit->arena, chart->rule_count + 1, uint32_t);
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    uint32_t rule = chart->parts.at[i].rule;
    if (chart->parts.at[i].verdict <= cover->part->verdict || listed[rule] ||
        cover->left_out[rule])
      continue;
    listed[rule] = 1;
    cover->rules[count++] = rule;
  }
  return count;
}

/* Leaves out what of these the rest covers without, the first ones first: all
 * together, or else half by half.  It goes no deeper than 32, as each time half
 * of them are left. */
static void leave_out(const Cover *cover, uint32_t first, uint32_t count) {
  uint32_t half = count / 2;
  if (count == 0) return;
  for (uint32_t i = 0; i < count; i++)
    cover->left_out[cover->rules[first + i]] = 1;
  if (covered(cover->one, cover->part, cover->left_out, cover->point)) return;
  for (uint32_t i = 0; i < count; i++)
    cover->left_out[cover->rules[first + i]] = 0;
  if (count == 1) return;
  leave_out(cover, first, half);
  leave_out(cover, first + half, count - half);
}

/* A rule that has all of the part's boxes within its own: the last one listed;
 * NONE if there is none, or none that is so plain. */
static uint32_t find_alone(const Cover *cover) {
  const Chart *chart = &cover->one->chart;
  for (uint32_t i = chart->parts.count; i-- > 0;) {
    const Part *stricter = &chart->parts.at[i];
    bool within = stricter->verdict > cover->part->verdict;
    for (uint32_t k = 0; k < cover->part->boxes.count && within; k++)
      within = box_lies(&cover->one->space, &cover->part->boxes.at[k],
                        &stricter->boxes) == LIES_WITHIN;
    if (within) return stricter->rule;
  }
  return NONE;
}

static void leave_out_but(const Cover *cover, uint32_t count, uint32_t rule) {
  for (uint32_t i = 0; i < count; i++)
    cover->left_out[cover->rules[i]] = cover->rules[i] != rule;
}

/* Fewest stricter rules that are always there too: none of them could be left
 * out. */
static Text who_covers(Audit *audit, BoundaryAudit *one, const Part *part,
                       Finding *finding, AxisCell *point) {
  Cover cover = {one, part, rules_elsewhere(audit, one, part), NULL, point};
  uint32_t count = list_cover(audit, &cover), kept = 0;
  Buffer out = {.arena = audit->arena};
  if (!covered(one, part, cover.left_out, point))
    return TEXT("a stricter rule or `otherwise`");
  uint32_t alone = find_alone(&cover);
  if (alone == NONE)
    leave_out(&cover, 0, count);
  else
    leave_out_but(&cover, count, alone);
  for (uint32_t i = 0; i < count; i++) {
    if (cover.left_out[cover.rules[i]]) continue;
    cover.rules[kept++] = cover.rules[i];
    VEC_PUSH(audit->arena, &finding->rules, cover.rules[i]);
  }
  put_names(&out, audit->image, cover.rules, kept);
  return buffer_text(&out);
}

static bool can_decide(BoundaryAudit *one, uint32_t rule, AxisCell *point) {
  const Chart *chart = &one->chart;
  for (uint32_t i = 0; i < chart->parts.count; i++)
    if (chart->parts.at[i].rule == rule && part_decides(one, i, point))
      return true;
  return false;
}

static const Part *first_part(const Chart *chart, uint32_t rule) {
  for (uint32_t i = 0; i < chart->parts.count; i++)
    if (chart->parts.at[i].rule == rule) return &chart->parts.at[i];
  return NULL;
}

static void check_deciding(Audit *audit, BoundaryAudit *one, uint32_t rule,
                           AxisCell *point) {
  const Part *first = first_part(&one->chart, rule);
  if (anywhere(audit, one, rule, can_decide, point)) return;
  Finding *finding = tell(audit, one, FINDING_NEVER_DECIDES, rule, "");
  bool every = audit->image->rules.at[rule].boundary == NONE &&
               audit->boundary_count > 1;
  Text cover = every || !first ? TEXT("something else")
                               : who_covers(audit, one, first, finding, point);
  finding->message = text_format(
      audit->arena,
      "`%.*s` never decides: wherever it applies, %s%.*s applies too and is "
      "stricter.",
      TEXT_ARG(words_rule(audit->image, rule)),
      finding->rules.count > 2 ? "one of " : "", TEXT_ARG(cover));
  finding->help = TEXT("If it is meant to soften the stricter one, make it an "
                       "exception to it. If not, it may go: but its duties and "
                       "what it says still show.");
}

/* --------------------------------------------------------------- duplicates */

static bool box_within_all(BoundaryAudit *one, const Box *box,
                           const Boxes *outer, AxisCell *point) {
  const Boxes *impossible = &one->chart.impossible;
  Lie lie = box_lies(&one->space, box, outer);
  if (lie != LIES_ACROSS && (lie == LIES_WITHIN || impossible->count == 0))
    return lie == LIES_WITHIN;
  ArenaMark mark = space_mark(&one->space);
  Boxes list = {0};
  boxes_add_all(&one->space, &list, impossible);
  boxes_add_all(&one->space, &list, outer);
  bool within = find_outside(&one->search, &list, box, point) == POINT_NONE;
  space_back(&one->space, mark);
  return within;
}

/* Has every point of `inner` that can occur a box of `outer`? */
static bool within_all(BoundaryAudit *one, const Boxes *inner,
                       const Boxes *outer, AxisCell *point) {
  for (uint32_t i = 0; i < inner->count; i++)
    if (!box_within_all(one, &inner->at[i], outer, point)) return false;
  return !inner->too_many;
}

static bool same_finding(const Rule *a, const Rule *b) {
  return a->kind == b->kind && a->finding == b->finding &&
         a->unless_agreed == b->unless_agreed && a->displaces.count == 0 &&
         b->displaces.count == 0;
}

static bool names_member(const Image *image, const Rule *rule,
                         const Member *member) {
  for (uint32_t i = 0; i < rule->who.count; i++) {
    const Member *own = &image->members.at[rule->who.first + i];
    if (own->fact == member->fact && own->value == member->value) return true;
  }
  return false;
}

/* In any order. */
static bool same_who(const Image *image, const Rule *a, const Rule *b) {
  if (a->who.count != b->who.count) return false;
  for (uint32_t i = 0; i < a->who.count; i++)
    if (!names_member(image, b, &image->members.at[a->who.first + i]))
      return false;
  return a->who.count == 0 ||
         (a->need == b->need && a->need_number == b->need_number);
}

/* In force in the same situations, and in some? */
static bool same_in_force(BoundaryAudit *one, uint32_t a, uint32_t b,
                          AxisCell *point) {
  const Chart *chart = &one->chart;
  return within_all(one, &chart->in_force[a], &chart->in_force[b], point) &&
         within_all(one, &chart->in_force[b], &chart->in_force[a], point);
}

static bool same_everywhere(Audit *audit, uint32_t a, uint32_t b,
                            AxisCell *point) {
  for (uint32_t i = 0; i < audit->boundary_count; i++)
    if (audit->boundaries[i].space.too_large ||
        !same_in_force(&audit->boundaries[i], a, b, point))
      return false;
  return true;
}

/* Do they say the same?  Two everywhere rules are told once, if they are the
 * same in every boundary. */
static bool is_duplicate(Audit *audit, BoundaryAudit *one, uint32_t a,
                         uint32_t b, AxisCell *point) {
  const Image *image = audit->image;
  const Rule *x = &image->rules.at[a], *y = &image->rules.at[b];
  bool everywhere = x->boundary == NONE && y->boundary == NONE;
  if (!same_finding(x, y) || !same_who(image, x, y) ||
      (everywhere && is_told_elsewhere(audit, one, a)))
    return false;
  return everywhere ? same_everywhere(audit, a, b, point)
                    : same_in_force(one, a, b, point);
}

static void tell_duplicate(Audit *audit, BoundaryAudit *one, uint32_t a,
                           uint32_t b) {
  const Image *image = audit->image;
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

static int compare_numbers(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* Of rules that are in force somewhere, which are sorted: each that says the
 * same as one before it is told with the first of these, so that many of them
 * are told once each and not in all pairs. */
static void check_duplicates(Audit *audit, BoundaryAudit *one, uint32_t *live,
                             uint32_t count, AxisCell *point) {
  qsort(live, count, sizeof *live, compare_numbers);
  uint32_t *distinct = ARENA_ARRAY(audit->arena, count + 1, uint32_t);
  uint32_t distinct_count = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t k = 0;
    while (k < distinct_count &&
           !is_duplicate(audit, one, distinct[k], live[i], point))
      k++;
    if (k == distinct_count)
      distinct[distinct_count++] = live[i];
    else
      tell_duplicate(audit, one, distinct[k], live[i]);
  }
}

static AxisCell *make_point(Audit *audit) {
  uint32_t most = 1;
  for (uint32_t i = 0; i < audit->boundary_count; i++)
    if (audit->boundaries[i].space.axis_count > most)
      most = audit->boundaries[i].space.axis_count;
  return ARENA_ARRAY(audit->arena, most, AxisCell);
}

void audit_dead_rules(Audit *audit, BoundaryAudit *one) {
  const Chart *chart = &one->chart;
  AxisCell *point = make_point(audit);
  uint32_t *live = ARENA_ARRAY(audit->arena, chart->rule_count + 1, uint32_t);
  uint32_t count = 0;
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    uint32_t rule = chart->rules[i];
    if (audit->image->rules.at[rule].kind == RULE_OTHERWISE) continue;
    if (is_told_elsewhere(audit, one, rule)) {
      if (can_be_in_force(one, rule, point)) live[count++] = rule;
      continue;
    }
    if (!check_applying(audit, one, rule, point)) continue;
    live[count++] = rule;
    if (rule_gives_finding(&audit->image->rules.at[rule]))
      check_deciding(audit, one, rule, point);
  }
  check_duplicates(audit, one, live, count, point);
  tell_out_of_time(audit, one);
}

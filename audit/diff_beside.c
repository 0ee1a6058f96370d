/* What changes beside the verdict: the second finding, emergencies, duties. */
#include "audit/diff.h"
#include "audit/standings.h"
#include "audit/words.h"

/* Points of one list that are in no box of the other, and what to say of
 * them. */
typedef struct Gain {
  Diff *diff;
  BoundaryDiff *one;
  FindingKind kind;
  const char *now; /* what it is called: "Holding back may harm now" */
  Text name;       /* for the id */
} Gain;

/* Nothing is said of it, and that is said. */
static void tell_unknown(Diff *diff, const BoundaryDiff *one, const char *what,
                         Text name) {
  Arena *arena = diff->audit.arena;
  const Image *image = diff->audit.image;
  uint32_t boundary = one ? one->boundary : NONE;
  Text in = TEXT("");
  if (one)
    in = text_format(arena, " in `%.*s`",
                     TEXT_ARG(image_text(
                         image, image->boundaries.at[boundary].name)));
  audit_not_proved(&diff->audit, boundary, name,
                   text_format(arena, "Whether %s%.*s was not found out.",
                               what, TEXT_ARG(in)));
}

/* Looks in each of the boxes. */
static PointFound find_any(OutsideSearch *search, const Boxes *avoid,
                           const Boxes *boxes, AxisCell *point) {
  PointFound result = POINT_NONE;
  for (uint32_t i = 0; i < boxes->count; i++) {
    PointFound found = find_outside(search, avoid, &boxes->at[i], point);
    if (found == POINT_FOUND) return found;
    if (found == POINT_UNKNOWN) result = found;
  }
  return result;
}

static void tell_gain(const Gain *gain, const Boxes *from,
                      const Boxes *without) {
  Audit *audit = &gain->diff->audit;
  BoundaryDiff *one = gain->one;
  Space *space = &one->space;
  AxisCell *point = ARENA_ARRAY(audit->arena, space->axis_count + 1, AxisCell);
  Boxes avoid = {0};
  Limb *count = ARENA_ARRAY(audit->arena, space->limbs, Limb);
  boxes_add_all(space, &avoid, &one->charts[NEW].impossible);
  boxes_add_all(space, &avoid, without);
  PointFound found = find_any(&one->search, &avoid, from, point);
  if (found == POINT_UNKNOWN)
    tell_unknown(gain->diff, one, "holding back is seen in another way",
                 TEXT("holding-back"));
  if (found != POINT_FOUND) return;
  Finding *finding = audit_find(audit, gain->kind, one->boundary);
  Witness witness;
  Buffer out = {.arena = audit->arena};
  if (gain->name.length) audit_name(audit, finding, gain->name);
  finding->limbs = space->limbs;
  buffer_put_c(&out, gain->now);
  if (count_inside(&one->search, from, &avoid, count)) {
    Limb *room = ARENA_ARRAY(audit->arena, space->limbs, Limb);
    finding->count = count;
    buffer_put_c(&out, ", in ");
    natural_print(&out, count, room, space->limbs);
    if (one->counted) {
      buffer_put_c(&out, " of ");
      natural_print(&out, one->all, room, space->limbs);
      finding->all = one->all;
    }
    buffer_put_c(&out, " situations");
  } else {
    finding->proved = false;
  }
  buffer_put_c(&out, ".");
  finding->message = buffer_text(&out);
  if (diff_witness(gain->diff, one, point, &witness))
    VEC_PUSH(audit->arena, &finding->witnesses, witness);
}

/* ------------------------------------------------------------ holding back */

static void gather_harmful(const BoundaryDiff *one, uint32_t side,
                           Boxes *boxes) {
  const Chart *chart = &one->charts[side];
  *boxes = (Boxes){0};
  for (uint32_t i = 0; i < chart->rule_count; i++)
    if (chart->image->rules.at[chart->rules[i]].kind == RULE_HOLDING_BACK)
      boxes_add_all(chart->space, boxes, &chart->in_force[chart->rules[i]]);
}

static void compare_harm(Diff *diff, BoundaryDiff *one) {
  Boxes harmful[2];
  Gain gain = {diff, one, FINDING_OTHER_HARM,
               "Holding back counts as a harm now, and did not before",
               TEXT("more")};
  gather_harmful(one, OLD, &harmful[OLD]);
  gather_harmful(one, NEW, &harmful[NEW]);
  tell_gain(&gain, &harmful[NEW], &harmful[OLD]);
  gain.now = "Holding back counted as a harm before, and does not now";
  gain.name = TEXT("less");
  tell_gain(&gain, &harmful[OLD], &harmful[NEW]);
}

/* ------------------------------------------------------------------- duties */

static void note_found(PointFound found, PointFound *result) {
  if (found != POINT_NONE) *result = found;
}

/* Looks in the box, where the duty stands whatever the verdict is, for a point
 * at which it does not stand on the other side: it stands nowhere there, or
 * only when going ahead, which that side says not to. */
static PointFound find_in_always(BoundaryDiff *one, uint32_t other,
                                 const Box *box, const Standings *stands,
                                 AxisCell *point) {
  Space *space = &one->space;
  Boxes nowhere = {0};
  boxes_add_all(space, &nowhere, &one->charts[other].impossible);
  boxes_add_all(space, &nowhere, &stands->always);
  boxes_add_all(space, &nowhere, &stands->ahead);
  PointFound result = find_outside(&one->search, &nowhere, box, point);
  for (int v = HOLD; v <= NEVER && stands->ahead.count; v++)
    if (result != POINT_FOUND)
      note_found(chart_find(&one->charts[other], &one->search, box,
                            &stands->always, (Verdict)v, point),
                 &result);
  return result;
}

/* The same where it stands only when going ahead. */
static PointFound find_in_ahead(BoundaryDiff *one, uint32_t side,
                                const Box *box, const Standings *other,
                                AxisCell *point) {
  Boxes nowhere = {0};
  PointFound result = POINT_NONE;
  boxes_add_all(&one->space, &nowhere, &other->always);
  boxes_add_all(&one->space, &nowhere, &other->ahead);
  for (int v = PROCEED; v <= CONSULT && result != POINT_FOUND; v++) {
    note_found(chart_find(&one->charts[side], &one->search, box, &nowhere,
                          (Verdict)v, point),
               &result);
    for (int w = HOLD; w <= NEVER && other->ahead.count; w++)
      if (result != POINT_FOUND)
        note_found(pair_find(&one->pair, &one->search, box, &other->always,
                             (Verdict)(side == OLD ? v : w),
                             (Verdict)(side == OLD ? w : v), point),
                   &result);
  }
  return result;
}

/* Looks for a point where the duty stands on one side and not on the other. */
static PointFound find_gained(BoundaryDiff *one, uint32_t side,
                              const Standings *stands, const Standings *other,
                              AxisCell *point) {
  bool all = !stands->too_many && !other->too_many;
  PointFound result = all ? POINT_NONE : POINT_UNKNOWN;
  for (uint32_t i = 0; all && i < stands->always.count; i++)
    if (result != POINT_FOUND)
      note_found(find_in_always(one, !side, &stands->always.at[i], other,
                                point),
                 &result);
  for (uint32_t i = 0; all && i < stands->ahead.count; i++)
    if (result != POINT_FOUND)
      note_found(find_in_ahead(one, side, &stands->ahead.at[i], other, point),
                 &result);
  return result;
}

static void tell_duty(Diff *diff, BoundaryDiff *one, uint32_t side, Text tag,
                      const AxisCell *point) {
  Audit *audit = &diff->audit;
  Witness witness;
  Finding *finding = audit_find(audit, FINDING_OTHER_DUTY, one->boundary);
  audit_name(audit, finding, tag);
  audit_name(audit, finding, side == NEW ? TEXT("more") : TEXT("less"));
  finding->message = text_format(
      audit->arena,
      side == NEW ? "`must %.*s` stands now where it did not before."
                  : "`must %.*s` stood before where it does not now.",
      TEXT_ARG(tag));
  if (diff_witness(diff, one, point, &witness))
    VEC_PUSH(audit->arena, &finding->witnesses, witness);
}

static void tell_unknown_duty(Diff *diff, const BoundaryDiff *one, Text tag) {
  Arena *arena = diff->audit.arena;
  Text what = text_format(arena, "`must %.*s` stands in other situations now",
                          TEXT_ARG(tag));
  tell_unknown(diff, one, text_copy(arena, what).at, tag);
}

static bool is_first(const Image *image, uint32_t duty) {
  Text tag = image_text(image, image->duties.at[duty].tag);
  for (uint32_t i = 0; i < duty; i++)
    if (text_equal(tag, image_text(image, image->duties.at[i].tag)))
      return false;
  return true;
}

static void compare_duties(Diff *diff, BoundaryDiff *one) {
  const Image *image = &diff->joined.image;
  AxisCell *point =
      ARENA_ARRAY(diff->audit.arena, one->space.axis_count + 1, AxisCell);
  for (uint32_t i = 0; i < image->duties.count; i++) {
    Standings stands[2];
    Text tag = image_text(image, image->duties.at[i].tag);
    if (!is_first(image, i)) continue;
    standings_make(&one->charts[OLD], tag, &stands[OLD]);
    standings_make(&one->charts[NEW], tag, &stands[NEW]);
    bool unknown = false;
    for (uint32_t side = OLD; side <= NEW; side++) {
      PointFound found =
          find_gained(one, side, &stands[side], &stands[!side], point);
      if (found == POINT_FOUND) tell_duty(diff, one, side, tag, point);
      unknown |= found == POINT_UNKNOWN;
    }
    if (unknown) tell_unknown_duty(diff, one, tag);
  }
}

void diff_beside(Diff *diff, BoundaryDiff *one) {
  if (!one->charts[OLD].whole || !one->charts[NEW].whole) {
    tell_unknown(diff, one,
                 "duties or what is said of holding back are other ones now",
                 TEXT("duties"));
    return;
  }
  compare_harm(diff, one);
  compare_duties(diff, one);
}

/* ----------------------------------------------------------- emergencies */

static bool is_in_time(const Rule *rule, Day today) {
  return (rule->from == DAY_NONE || today >= rule->from) &&
         (rule->until == DAY_NONE || today <= rule->until);
}

static void add_emergencies(Diff *diff, uint32_t side, RowLists *lists) {
  const Image *image = &diff->joined.image;
  uint32_t from = diff->joined.rules[side];
  uint32_t count = diff->joined.of[side]->rules.count;
  for (uint32_t i = from; i < from + count; i++)
    if (image->rules.at[i].kind == RULE_EMERGENCY &&
        is_in_time(&image->rules.at[i], diff->grid.today))
      VEC_PUSH(diff->audit.arena, lists, chart_rows(image, &diff->rows, i));
}

static void gather_boxes(Space *space, const RowLists *lists, Boxes *boxes) {
  *boxes = (Boxes){0};
  for (uint32_t i = 0; i < lists->count; i++) {
    Boxes own;
    boxes_from_rows(space, lists->at[i], &own);
    boxes_add_all(space, boxes, &own);
  }
}

static void tell_emergency(Diff *diff, Space *space, OutsideSearch *search,
                           const Boxes *from, const Boxes *without,
                           uint32_t side) {
  Audit *audit = &diff->audit;
  AxisCell *point = ARENA_ARRAY(audit->arena, space->axis_count + 1, AxisCell);
  Witness witness;
  Boxes avoid;
  diff_impossible(diff, space, &avoid);
  boxes_add_all(space, &avoid, without);
  PointFound found = find_any(search, &avoid, from, point);
  if (found == POINT_UNKNOWN)
    tell_unknown(diff, NULL, "other situations are an emergency now",
                 TEXT("emergencies"));
  if (found != POINT_FOUND) return;
  Finding *finding = audit_find(audit, FINDING_OTHER_EMERGENCY, NONE);
  audit_name(audit, finding, side == NEW ? TEXT("more") : TEXT("less"));
  finding->message =
      side == NEW
          ? TEXT("Some situations are an emergency now that were none before.")
          : TEXT("Some situations were an emergency before and are none now.");
  witness_make(audit->arena, space, point, &witness);
  VEC_PUSH(audit->arena, &finding->witnesses, witness);
}

void diff_emergencies(Diff *diff) {
  Arena *arena = diff->audit.arena;
  RowLists sides[2] = {{0}, {0}}, all = {0};
  Space *space = ARENA_NEW(arena, Space);
  OutsideSearch search;
  Boxes boxes[2];
  for (uint32_t k = OLD; k <= NEW; k++) {
    add_emergencies(diff, k, &sides[k]);
    add_emergencies(diff, k, &all);
  }
  uint32_t emergencies = all.count, no_variable;
  diff_space(diff, &all, &no_variable, 0, space);
  if (space->too_large) {
    tell_unknown(diff, NULL, "other situations are an emergency now",
                 TEXT("emergencies"));
    return;
  }
  outside_make(arena, space, emergencies, &search);
  search.most = diff->audit.options.steps_most;
  search.stop = diff->audit.options.stop;
  search.context = diff->audit.options.context;
  gather_boxes(space, &sides[OLD], &boxes[OLD]);
  gather_boxes(space, &sides[NEW], &boxes[NEW]);
  tell_emergency(diff, space, &search, &boxes[NEW], &boxes[OLD], NEW);
  tell_emergency(diff, space, &search, &boxes[OLD], &boxes[NEW], OLD);
}

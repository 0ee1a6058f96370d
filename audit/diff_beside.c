/* What changes beside the verdict: the second finding, emergencies, duties. */
#include "audit/diff.h"
#include "audit/words.h"

/* Points of one list that are in no box of the other, and what to say of
 * them. */
typedef struct Gain {
  Diff *diff;
  BoundaryDiff *one;
  FindingKind kind;
  const char *now; /* what it is called: "holding back may harm now" */
  Text name;       /* for the id */
} Gain;

/* Nothing is said of it, and that is said. */
static void tell_unknown(Diff *diff, uint32_t boundary, const char *of,
                         Text name) {
  Finding *finding = audit_find(&diff->audit, FINDING_NOT_PROVED, boundary);
  audit_name(&diff->audit, finding, name);
  finding->message = text_format(
      diff->audit.arena,
      "Whether %s changes was not found out with the work that was allowed.",
      of);
  finding->proved = false;
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
    tell_unknown(gain->diff, one->boundary, "what holding back does",
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
    buffer_put_c(&out, " in ");
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
               "Holding back counts as a harm now, and did not before,",
               TEXT("more")};
  gather_harmful(one, OLD, &harmful[OLD]);
  gather_harmful(one, NEW, &harmful[NEW]);
  tell_gain(&gain, &harmful[NEW], &harmful[OLD]);
  gain.now = "Holding back counted as a harm before, and does not now,";
  gain.name = TEXT("less");
  tell_gain(&gain, &harmful[OLD], &harmful[NEW]);
}

/* ------------------------------------------------------------------- duties */

/* Where a duty stands: surely, and where the guidance is to go ahead. */
typedef struct Standings {
  Boxes always, ahead;
  bool too_many; /* not all of it */
} Standings;

static bool has_tag(const Image *image, const Rule *rule, Text tag,
                    bool *always) {
  bool has = false;
  *always = rule->kind == RULE_HOLDING_BACK;
  for (uint32_t i = 0; i < rule->duties.count; i++) {
    const Duty *duty = &image->duties.at[rule->duties.first + i];
    if (!text_equal(image_text(image, duty->tag), tag)) continue;
    has = true;
    *always |= duty->always;
  }
  return has;
}

static void add_stand(const BoundaryDiff *one, uint32_t side, Verdict finding,
                      bool always, const Boxes *boxes, Standings *stands) {
  boxes_add_all(one->charts[side].space,
                always || finding >= HOLD ? &stands->always : &stands->ahead,
                boxes);
}

/* Where the `otherwise` of this layer speaks in a scene: no rule of it or a
 * more authoritative one is in force. */
static void gather_otherwise(const BoundaryDiff *one, uint32_t side,
                             const Scene *scene, uint32_t layer, bool always,
                             Standings *stands) {
  const Chart *chart = &one->charts[side];
  Boxes within = {0}, loud = {0}, speaks;
  boxes_add(chart->space, &within, scene->box);
  for (uint32_t i = 0; i < chart->parts.count; i++)
    if (chart->parts.at[i].layer <= layer)
      boxes_add_all(chart->space, &loud, &chart->parts.at[i].boxes);
  boxes_without(chart->space, &within, &loud, &speaks);
  add_stand(one, side, (Verdict)scene->finding[layer], always, &speaks, stands);
  stands->too_many |= speaks.too_many;
}

static void gather_scene(const BoundaryDiff *one, uint32_t side, Text tag,
                         const Scene *scene, Standings *stands) {
  const Image *image = one->charts[side].image;
  for (uint32_t layer = 0; layer < LAYER_COUNT; layer++) {
    bool always;
    uint32_t rule = scene->rule[layer];
    if (rule != NONE && has_tag(image, &image->rules.at[rule], tag, &always))
      gather_otherwise(one, side, scene, layer, always, stands);
  }
}

static void gather_duty(const BoundaryDiff *one, uint32_t side, Text tag,
                        Standings *stands) {
  const Chart *chart = &one->charts[side];
  *stands = (Standings){.too_many = false};
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    bool always;
    const Rule *rule = &chart->image->rules.at[chart->rules[i]];
    if (rule->kind != RULE_OTHERWISE &&
        has_tag(chart->image, rule, tag, &always) && always)
      boxes_add_all(chart->space, &stands->always,
                    &chart->in_force[chart->rules[i]]);
  }
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    bool always;
    const Part *part = &chart->parts.at[i];
    if (has_tag(chart->image, &chart->image->rules.at[part->rule], tag,
                &always))
      add_stand(one, side, (Verdict)part->verdict, false, &part->boxes,
                stands);
  }
  for (uint32_t i = 0; i < chart->scenes.count; i++)
    gather_scene(one, side, tag, &chart->scenes.at[i], stands);
}

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
    gather_duty(one, OLD, tag, &stands[OLD]);
    gather_duty(one, NEW, tag, &stands[NEW]);
    for (uint32_t side = OLD; side <= NEW; side++) {
      PointFound found =
          find_gained(one, side, &stands[side], &stands[!side], point);
      if (found == POINT_FOUND) tell_duty(diff, one, side, tag, point);
      if (found == POINT_UNKNOWN)
        tell_unknown(diff, one->boundary, "a duty", tag);
    }
  }
}

void diff_beside(Diff *diff, BoundaryDiff *one) {
  if (!one->charts[OLD].whole || !one->charts[NEW].whole) {
    tell_unknown(diff, one->boundary, "a duty, or what holding back does,",
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
    tell_unknown(diff, NONE, "an emergency", TEXT("emergencies"));
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
    tell_unknown(diff, NONE, "an emergency", TEXT("emergencies"));
    return;
  }
  outside_make(arena, space, emergencies, &search);
  search.most = diff->audit.options.steps_most;
  gather_boxes(space, &sides[OLD], &boxes[OLD]);
  gather_boxes(space, &sides[NEW], &boxes[NEW]);
  tell_emergency(diff, space, &search, &boxes[NEW], &boxes[OLD], NEW);
  tell_emergency(diff, space, &search, &boxes[OLD], &boxes[NEW], OLD);
}

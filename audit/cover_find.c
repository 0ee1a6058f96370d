/* Points that show a goal, or the proof that there is none. */
#include "audit/cover.h"

typedef struct Finder {
  Cover *cover;
  CoverUnit *unit;
  Goal *goal;
  AxisCell *point;
  PointFound result; /* NONE until something was found or left unknown */
} Finder;

/* Does the evaluator see the goal at the point? */
static bool shows(const Finder *finder) {
  const Goal *goal = finder->goal;
  const Inquiry *inquiry = &finder->unit->one->inquiry;
  const uint8_t *masks = probe_point(finder->unit, finder->point);
  Asked asked = {.masks = masks};
  if (goal->kind == GOAL_DECIDES)
    return probe_decides(finder->unit, masks, goal->rule);
  if (goal->kind == GOAL_TEST)
    return probe_registers(finder->unit)[inquiry->image->nodes.at[goal->other]
                                             .reg] ==
           (goal->value ? THREE_YES : THREE_NO);
  if (goal->kind == GOAL_CELL || goal->kind == GOAL_EDGE) return true;
  return asked_shows(finder->unit, &asked, goal);
}

/* True if the search is over. */
static bool look(Finder *finder, const Boxes *list, const Box *box) {
  if (finder->result == POINT_FOUND) return true;
  PointFound found =
      find_outside(&finder->unit->search, list, box, finder->point);
  if (found == POINT_FOUND && !shows(finder)) found = POINT_UNKNOWN;
  if (found != POINT_NONE) finder->result = found;
  return found == POINT_FOUND;
}

static void look_in_all(Finder *finder, const Boxes *list,
                        const Boxes *boxes) {
  for (uint32_t i = 0; i < boxes->count; i++)
    if (look(finder, list, &boxes->at[i])) return;
  if (boxes->too_many) finder->result = POINT_UNKNOWN;
}

/* A point of the box, outside the list, with this verdict. */
static bool look_for_verdict(Finder *finder, const Box *box, const Boxes *list,
                             Verdict verdict) {
  CoverUnit *unit = finder->unit;
  if (finder->result == POINT_FOUND) return true;
  PointFound found = chart_find(&unit->one->chart, &unit->search, box, list,
                                verdict, finder->point);
  if (found == POINT_FOUND && !shows(finder)) found = POINT_UNKNOWN;
  if (found != POINT_NONE) finder->result = found;
  return found == POINT_FOUND;
}

/* ------------------------------------------------------------------ by goal */

static bool has_otherwise(const Chart *chart) {
  for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
    if (chart->scenes.at[0].rule[layer] != NONE) return true;
  return false;
}

/* First where no stricter rule is in force; if an `otherwise` might be stricter
 * there, exactly. */
static void find_deciding(Finder *finder) {
  CoverUnit *unit = finder->unit;
  const Chart *chart = &unit->one->chart;
  Boxes nothing = {0};
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    if (part->rule != finder->goal->rule) continue;
    for (uint32_t k = 0; k < part->boxes.count; k++) {
      PointFound found =
          find_outside(&unit->search, &unit->above[part->verdict],
                       &part->boxes.at[k], finder->point);
      if (found == POINT_NONE) continue;
      if (found == POINT_FOUND && shows(finder)) {
        finder->result = POINT_FOUND;
        return;
      }
      if (!has_otherwise(chart)) finder->result = POINT_UNKNOWN;
      else if (look_for_verdict(finder, &part->boxes.at[k], &nothing,
                                (Verdict)part->verdict))
        return;
    }
    if (part->boxes.too_many) finder->result = POINT_UNKNOWN;
  }
}

/* Where no finding of the layer of an `otherwise`, or one before, is in
 * force. */
static void list_silencers(const CoverUnit *unit, uint32_t layer, Boxes *list) {
  chart_list(&unit->one->chart, NEVER, layer + 1, list);
}

static void find_otherwise(Finder *finder, bool decides) {
  CoverUnit *unit = finder->unit;
  const Chart *chart = &unit->one->chart;
  uint32_t rule = finder->goal->rule;
  uint32_t layer = chart->image->rules.at[rule].layer;
  Boxes list;
  list_silencers(unit, layer, &list);
  for (uint32_t i = 0; i < chart->scenes.count; i++) {
    const Scene *scene = &chart->scenes.at[i];
    if (scene->rule[layer] != rule) continue;
    if (decides ? look_for_verdict(finder, &scene->box, &list,
                                   (Verdict)scene->finding[layer])
                : look(finder, &list, &scene->box))
      return;
  }
}

static void find_displacing(Finder *finder) {
  const Chart *chart = &finder->unit->one->chart;
  const Boxes *first = &chart->in_force[finder->goal->rule];
  const Boxes *second = &chart->applies[finder->goal->other];
  if (first->too_many || second->too_many) finder->result = POINT_UNKNOWN;
  for (uint32_t i = 0; i < first->count; i++)
    for (uint32_t k = 0; k < second->count; k++) {
      Box both;
      if (box_both(&finder->unit->one->space, &first->at[i], &second->at[k],
                   &both) &&
          look(finder, &chart->impossible, &both))
        return;
    }
}

static void find_test(Finder *finder) {
  const BoundaryAudit *one = finder->unit->one;
  uint32_t reg = one->inquiry.image->nodes.at[finder->goal->other].reg;
  const RowList *rows = finder->goal->value ? &one->rows->holds[reg]
                                            : &one->rows->fails[reg];
  Boxes boxes;
  if (!cover_test_in_space(finder->unit, finder->goal->other)) {
    /* Nothing but the test itself reads it: what it is, it is alone. */
    if (rows->count) finder->result = POINT_FOUND;
    return;
  }
  boxes_from_rows(&finder->unit->one->space, rows, &boxes);
  look_in_all(finder, &one->chart.impossible, &boxes);
}

static void find_cell(Finder *finder) {
  BoundaryAudit *one = finder->unit->one;
  const GridVariable *variable =
      &one->inquiry.grid.variables[finder->goal->other];
  uint32_t cell = finder->goal->kind == GOAL_CELL
                      ? (uint32_t)finder->goal->value
                      : grid_cell_of(variable, finder->goal->value);
  const Axis *axis = &one->space.axes[finder->goal->axis];
  uint32_t place = one->space.place_of[finder->goal->other];
  uint64_t mask[SPACE_CELLS_MOST / 64] = {0};
  for (uint32_t i = 0; i < axis->cells; i++)
    if (space_class(axis, i, place)[cell / 64] >> (cell % 64) & 1)
      mask[i / 64] |= UINT64_C(1) << (i % 64);
  uint32_t side = space_side(&one->space, finder->goal->axis, mask);
  if (side == SIDE_NONE) return;
  Box box = {0};
  if (side != SIDE_ALL) box = box_of_side(&one->space, side);
  look(finder, &one->chart.impossible, &box);
}

/* A duty stands while its rule is in force and the verdict is on the side of
 * its finding as it counts; a duty that always stands, whatever the verdict. */
static bool look_on_side(Finder *finder, const Box *box, const Boxes *list,
                         Verdict finding) {
  uint8_t side = side_mask(verdict_side(finding));
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    if (side >> v & 1 && look_for_verdict(finder, box, list, (Verdict)v))
      return true;
  return false;
}

static void find_duty_of_otherwise(Finder *finder, uint32_t layer) {
  const Chart *chart = &finder->unit->one->chart;
  Boxes list;
  list_silencers(finder->unit, layer, &list);
  for (uint32_t i = 0; i < chart->scenes.count; i++) {
    const Scene *scene = &chart->scenes.at[i];
    if (scene->rule[layer] == finder->goal->rule &&
        look_on_side(finder, &scene->box, &list,
                     (Verdict)scene->finding[layer]))
      return;
  }
}

static void find_sided_duty(Finder *finder) {
  const Chart *chart = &finder->unit->one->chart;
  const Rule *rule = &chart->image->rules.at[finder->goal->rule];
  const Boxes *in_force = &chart->in_force[finder->goal->rule];
  Boxes nothing = {0};
  for (uint32_t i = 0; i < in_force->count && rule->finding == SILENT; i++)
    if (look_on_side(finder, &in_force->at[i], &nothing, SILENT)) return;
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    for (uint32_t k = 0; k < part->boxes.count; k++)
      if (part->rule == finder->goal->rule &&
          look_on_side(finder, &part->boxes.at[k], &nothing,
                       (Verdict)part->verdict))
        return;
  }
}

static void find_duty(Finder *finder) {
  const Chart *chart = &finder->unit->one->chart;
  const Rule *rule = &chart->image->rules.at[finder->goal->rule];
  bool always = chart->image->duties.at[finder->goal->other].always ||
                rule->kind == RULE_HOLDING_BACK;
  if (rule->kind == RULE_OTHERWISE && always)
    find_otherwise(finder, false);
  else if (rule->kind == RULE_OTHERWISE)
    find_duty_of_otherwise(finder, rule->layer);
  else if (always)
    look_in_all(finder, &chart->impossible,
                &chart->in_force[finder->goal->rule]);
  else
    find_sided_duty(finder);
}

static void find_second(Finder *finder) {
  CoverUnit *unit = finder->unit;
  const Chart *chart = &unit->one->chart;
  Box whole = {0};
  Boxes list = {0};
  if (finder->goal->value == SECOND_NO_HARM) {
    boxes_add_all(&unit->one->space, &list, &unit->harm);
    boxes_add_all(&unit->one->space, &list, &chart->impossible);
    look(finder, &list, &whole);
  } else if (finder->goal->value == SECOND_MAY_HARM) {
    look_in_all(finder, &chart->impossible, &unit->harm);
  } else {
    for (uint32_t i = 0; i < unit->harm.count; i++)
      for (int v = NEVER; v >= HOLD; v--)
        if (look_for_verdict(finder, &unit->harm.at[i], &list, (Verdict)v))
          return;
  }
}

static void find(Finder *finder) {
  const Chart *chart = &finder->unit->one->chart;
  const Goal *goal = finder->goal;
  Box whole = {0};
  Boxes nothing = {0};
  bool otherwise = goal->rule != NONE &&
                   chart->image->rules.at[goal->rule].kind == RULE_OTHERWISE;
  if (otherwise && goal->kind != GOAL_DUTY) {
    find_otherwise(finder, goal->kind == GOAL_DECIDES);
    return;
  }
  if (goal->kind == GOAL_IN_FORCE)
    look_in_all(finder, &chart->impossible, &chart->in_force[goal->rule]);
  else if (goal->kind == GOAL_DECIDES)
    find_deciding(finder);
  else if (goal->kind == GOAL_DISPLACES)
    find_displacing(finder);
  else if (goal->kind == GOAL_TEST)
    find_test(finder);
  else if (goal->kind == GOAL_CELL || goal->kind == GOAL_EDGE)
    find_cell(finder);
  else if (goal->kind == GOAL_VERDICT)
    look_for_verdict(finder, &whole, &nothing, (Verdict)goal->value);
  else if (goal->kind == GOAL_DUTY)
    find_duty(finder);
  else
    find_second(finder);
}

PointFound cover_find(Cover *cover, CoverUnit *unit, Goal *goal) {
  Finder finder = {.cover = cover, .unit = unit, .goal = goal,
                   .result = POINT_NONE};
  finder.point = ARENA_ARRAY(cover->audit->arena,
                             unit->one->space.axis_count + 1, AxisCell);
  ArenaMark mark = space_mark(&unit->one->space);
  find(&finder);
  space_back(&unit->one->space, mark);
  bool here = goal->kind != GOAL_TEST || cover_test_in_space(unit, goal->other);
  if (finder.result == POINT_FOUND && here) goal->points[0] = finder.point;
  return finder.result;
}

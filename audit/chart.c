#include "audit/chart.h"

/* -------------------------------------------------------------------- reads */

void chart_rules(Arena *arena, const Inquiry *inquiry, uint32_t **rules,
                uint32_t *count) {
  *rules = ARENA_ARRAY(arena, inquiry->rule_count + 1, uint32_t);
  *count = 0;
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    uint32_t kind = inquiry->image->rules.at[rule].kind;
    if (kind != RULE_EMERGENCY && kind != RULE_REVIEW &&
        inquiry->dates[rule] == STANDING_IN_FORCE)
      (*rules)[(*count)++] = rule;
  }
}

const RowList *chart_rows(const Image *image, const RowTable *table,
                         uint32_t rule) {
  static Row everything;
  static const RowList always = {&everything, 1, false};
  uint32_t condition = image->rules.at[rule].condition;
  if (condition == NONE) return &always;
  return &table->holds[image->nodes.at[condition].reg];
}

static uint32_t member_variable(const Image *image, const Member *member) {
  const Fact *fact = &image->facts.at[member->fact];
  return fact->variables.first + (fact->type == TYPE_SET ? member->value : 0);
}

/* Of a condition of too many rows: what its tests read. */
static void read_tests(Arena *arena, const Image *image, const RowTable *table,
                       uint32_t rule, RowLists *lists) {
  uint8_t *wanted =
      ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint8_t);
  Program program;
  wanted[image->nodes.at[image->rules.at[rule].condition].reg] = 1;
  program_make(arena, image, wanted, &program);
  for (uint32_t i = 0; i < program.count; i++) {
    const uint32_t *at = image->code.at + program.instructions[i];
    if (at[0] == OP_TEST) VEC_PUSH(arena, lists, &table->holds[at[1]]);
  }
}

void chart_reads(Arena *arena, const Image *image, const RowTable *table,
                const uint32_t *rules, uint32_t count, RowLists *lists,
                uint32_t **variables, uint32_t *variable_count) {
  *variables = ARENA_ARRAY(arena, image->members.count + 1, uint32_t);
  *variable_count = 0;
  for (uint32_t i = 0; i < count; i++) {
    Range who = image->rules.at[rules[i]].who;
    const RowList *rows = chart_rows(image, table, rules[i]);
    VEC_PUSH(arena, lists, rows);
    if (rows->too_many) read_tests(arena, image, table, rules[i], lists);
    for (uint32_t k = 0; k < who.count; k++)
      (*variables)[(*variable_count)++] =
          member_variable(image, &image->members.at[who.first + k]);
  }
}

/* ---------------------------------------------------------------------- who */

static uint32_t who_needed(const Rule *rule) {
  if (rule->need == WHO_ALL) return rule->who.count;
  return rule->need == WHO_AT_LEAST ? rule->need_number : 1;
}

static uint32_t member_side(Space *space, const Image *image,
                            const Member *member) {
  const uint64_t yes = 2;
  return space_side_of_variable(space, member_variable(image, member), &yes);
}

/* Where at least `needed` of those from the i-th on are asked. */
static void who_boxes(Space *space, const Image *image, const Rule *rule,
                      Box so_far, uint32_t from, uint32_t needed,
                      Boxes *boxes) {
  if (needed == 0) {
    boxes_add(space, boxes, so_far);
    return;
  }
  for (uint32_t i = from; i + needed <= rule->who.count; i++) {
    const Member *member = &image->members.at[rule->who.first + i];
    Box one = box_of_side(space, member_side(space, image, member)), both;
    if (box_both(space, &so_far, &one, &both))
      who_boxes(space, image, rule, both, i + 1, needed - 1, boxes);
  }
}

/* Where the rule's consult or agreement is met, and where it is not. */
static void split_who(Space *space, const Image *image, const Rule *rule,
                      Boxes *met, Boxes *unmet) {
  *met = (Boxes){0};
  if (rule->who.count)
    who_boxes(space, image, rule, (Box){0}, 0, who_needed(rule), met);
  boxes_outside(space, met, unmet);
}

/* -------------------------------------------------------------------- parts */

static void note_too_many(Chart *chart, uint32_t rule, const Boxes *boxes) {
  if (!boxes->too_many || !chart->whole) return;
  chart->whole = false;
  chart->too_many = rule;
}

/* Rules before the exceptions to them. */
static void find_applies(Chart *chart, const RowTable *table) {
  for (uint32_t i = chart->rule_count; i-- > 0;) {
    uint32_t index = chart->rules[i];
    const Rule *rule = &chart->image->rules.at[index];
    if (rule->kind == RULE_OTHERWISE) continue;
    boxes_from_rows(chart->space, chart_rows(chart->image, table, index),
                    &chart->holds[index]);
    chart->applies[index] = chart->holds[index];
    if (rule->kind == RULE_EXCEPTION) {
      Boxes named = {0};
      for (uint32_t k = 0; k < rule->displaces.count; k++)
        boxes_add_all(chart->space, &named,
                      &chart->applies[chart->image->links
                                         .at[rule->displaces.first + k].rule]);
      boxes_simplify(chart->space, &named);
      boxes_both(chart->space, &chart->holds[index], &named,
                 &chart->applies[index]);
      boxes_simplify(chart->space, &chart->applies[index]);
    }
    note_too_many(chart, index, &chart->applies[index]);
  }
}

/* Exceptions before what they displace. */
static void find_in_force(Chart *chart) {
  const Image *image = chart->image;
  Boxes *displaced = ARENA_ARRAY(chart->space->arena, image->rules.count + 1,
                                 Boxes);
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    uint32_t index = chart->rules[i];
    const Rule *rule = &image->rules.at[index];
    boxes_except(chart->space, &chart->applies[index], &displaced[index],
                  &chart->in_force[index]);
    note_too_many(chart, index, &chart->in_force[index]);
    if (rule->kind != RULE_EXCEPTION) continue;
    Boxes *stands = &chart->stands[index];
    boxes_except(chart->space, &chart->holds[index], &displaced[index],
                 stands);
    for (uint32_t k = 0; k < rule->displaces.count; k++)
      boxes_add_all(chart->space,
                    &displaced[image->links.at[rule->displaces.first + k].rule],
                    stands);
  }
}

/* Where the rule is in force and what it asks for is done, or is not done;
 * NULL: it asks nobody. */
static void add_part(Chart *chart, uint32_t rule, Verdict verdict, bool met,
                     const Boxes *done) {
  Part part = {.rule = rule, .verdict = (uint8_t)verdict, .met = met};
  part.layer = (uint8_t)chart->image->rules.at[rule].layer;
  part.boxes = chart->in_force[rule];
  part.whole = chart->applies[rule];
  part.stands = chart->stands[rule];
  if (done) {
    boxes_both(chart->space, &chart->in_force[rule], done, &part.boxes);
    boxes_both(chart->space, &chart->applies[rule], done, &part.whole);
    boxes_both(chart->space, &chart->stands[rule], done, &part.stands);
  }
  note_too_many(chart, rule, &part.boxes);
  if (part.boxes.count || part.boxes.too_many)
    VEC_PUSH(chart->space->arena, &chart->parts, part);
}

static void make_parts(Chart *chart) {
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    uint32_t index = chart->rules[i];
    const Rule *rule = &chart->image->rules.at[index];
    if (!rule_gives_finding(rule)) continue;
    if (!rule->who.count) {
      add_part(chart, index, (Verdict)rule->finding, false, NULL);
      continue;
    }
    Boxes met, unmet;
    split_who(chart->space, chart->image, rule, &met, &unmet);
    add_part(chart, index, (Verdict)rule->finding, false, &unmet);
    add_part(chart, index, CARE, true, &met);
  }
}

/* -------------------------------------------------------------------- above */

/* For each rule, where an exception that finds no more than the verdict sets
 * it aside. */
static void find_milder(const Chart *chart, int verdict, Boxes *milder) {
  const Image *image = chart->image;
  for (uint32_t i = 0; i < image->rules.count; i++) milder[i].count = 0;
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    Range named = image->rules.at[part->rule].displaces;
    for (uint32_t k = 0; k < named.count && part->verdict <= verdict; k++)
      boxes_add_all(chart->space,
                    &milder[image->links.at[named.first + k].rule],
                    &part->stands);
  }
}

/* Where an exception that finds more than the verdict too sets a part aside,
 * the one makes up for the other, and nothing need be taken off. */
static void find_above(const Chart *chart, int verdict, Boxes *milder,
                       Boxes *above) {
  find_milder(chart, verdict, milder);
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    Boxes left;
    if (part->verdict <= verdict) continue;
    boxes_except(chart->space, &part->whole, &milder[part->rule], &left);
    bool fewer = !left.too_many && left.count < part->boxes.count;
    boxes_add_all(chart->space, above, fewer ? &left : &part->boxes);
  }
  boxes_simplify(chart->space, above);
}

static void make_above(Chart *chart) {
  Boxes *milder = ARENA_ARRAY(chart->space->arena,
                              chart->image->rules.count + 1, Boxes);
  for (int verdict = SILENT; verdict < NEVER; verdict++)
    find_above(chart, verdict, milder, &chart->above[verdict]);
}

/* ------------------------------------------------------------------- scenes */

static void add_scenes(Chart *chart, const Scene *scene, const Boxes *boxes,
                       uint32_t rule, Verdict finding) {
  uint32_t layer = chart->image->rules.at[rule].layer;
  for (uint32_t i = 0; i < boxes->count; i++) {
    Scene one = *scene;
    if (!box_both(chart->space, &scene->box, &boxes->at[i], &one.box)) continue;
    one.finding[layer] = (uint8_t)finding;
    one.rule[layer] = rule;
    VEC_PUSH(chart->space->arena, &chart->scenes, one);
  }
}

/* Splits every scene by whether the otherwise's `who` is met.  Where it is met
 * the boxes are made disjoint, so that no point is in two scenes. */
static void split_scenes(Chart *chart, uint32_t index) {
  const Rule *rule = &chart->image->rules.at[index];
  Boxes met, unmet, disjoint;
  Scene *before = chart->scenes.at;
  uint32_t count = chart->scenes.count;
  split_who(chart->space, chart->image, rule, &met, &unmet);
  boxes_outside(chart->space, &unmet, &disjoint);
  chart->scenes.at = NULL;
  chart->scenes.count = chart->scenes.room = 0;
  for (uint32_t i = 0; i < count; i++) {
    add_scenes(chart, &before[i], &unmet, index, (Verdict)rule->finding);
    add_scenes(chart, &before[i], &disjoint, index, CARE);
  }
}

static void make_scenes(Chart *chart) {
  Scene first = {.rule = {NONE, NONE, NONE, NONE}};
  VEC_PUSH(chart->space->arena, &chart->scenes, first);
  for (uint32_t i = 0; i < chart->rule_count; i++)
    if (chart->image->rules.at[chart->rules[i]].kind == RULE_OTHERWISE)
      split_scenes(chart, chart->rules[i]);
}

void chart_make(Space *space, const Image *image, const RowTable *table,
               const uint32_t *rules, uint32_t rule_count, Chart *chart) {
  uint32_t count = image->rules.count + 1;
  *chart = (Chart){.space = space, .image = image, .rules = rules,
                 .rule_count = rule_count, .whole = true, .too_many = NONE};
  chart->holds = ARENA_ARRAY(space->arena, count, Boxes);
  chart->applies = ARENA_ARRAY(space->arena, count, Boxes);
  chart->in_force = ARENA_ARRAY(space->arena, count, Boxes);
  chart->stands = ARENA_ARRAY(space->arena, count, Boxes);
  find_applies(chart, table);
  find_in_force(chart);
  make_parts(chart);
  make_above(chart);
  make_scenes(chart);
}

void chart_within(const Chart *chart, const Box *box, Chart *local) {
  Space *space = chart->space;
  *local = *chart;
  local->parts.at = NULL;
  local->parts.count = local->parts.room = 0;
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    Part part = chart->parts.at[i];
    part.boxes = (Boxes){0};
    boxes_add_meeting(space, &chart->parts.at[i].boxes, box, &part.boxes);
    if (part.boxes.count) VEC_PUSH(space->arena, &local->parts, part);
  }
  for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
    local->above[v] = (Boxes){0};
    boxes_add_meeting(space, &chart->above[v], box, &local->above[v]);
  }
  local->impossible = (Boxes){0};
  boxes_add_meeting(space, &chart->impossible, box, &local->impossible);
}

/* -------------------------------------------------------------------- lists */

void chart_list_again(const Chart *chart, int verdict, uint32_t layer,
                      Boxes *list) {
  list->count = 0;
  list->too_many = false;
  boxes_add_all(chart->space, list, &chart->impossible);
  boxes_add_all(chart->space, list, &chart->above[verdict]);
  for (uint32_t i = 0; i < chart->parts.count && layer; i++) {
    const Part *part = &chart->parts.at[i];
    if (part->verdict <= verdict && part->layer < layer)
      boxes_add_all(chart->space, list, &part->boxes);
  }
}

void chart_list(const Chart *chart, int verdict, uint32_t layer, Boxes *list) {
  *list = (Boxes){0};
  chart_list_again(chart, verdict, layer, list);
}

uint32_t chart_loud_layer(const Scene *scene, int verdict) {
  for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
    if (scene->finding[layer] > verdict) return layer;
  return LAYER_COUNT;
}

/* ------------------------------------------------------------- one point */

bool chart_in_force(const Chart *chart, uint32_t rule, const AxisCell *point) {
  return point_within_any(chart->space, point, &chart->in_force[rule]);
}

const Scene *chart_scene(const Chart *chart, const AxisCell *point) {
  for (uint32_t i = 0; i < chart->scenes.count; i++)
    if (point_within(chart->space, point, &chart->scenes.at[i].box))
      return &chart->scenes.at[i];
  return NULL;
}

uint32_t chart_layer(const Chart *chart, const AxisCell *point) {
  uint32_t layer = LAYER_COUNT;
  for (uint32_t i = 0; i < chart->parts.count; i++)
    if (chart->parts.at[i].layer < layer &&
        point_within_any(chart->space, point, &chart->parts.at[i].boxes))
      layer = chart->parts.at[i].layer;
  return layer;
}

Verdict chart_verdict(const Chart *chart, const AxisCell *point) {
  const Scene *scene = chart_scene(chart, point);
  uint32_t layer = chart_layer(chart, point);
  unsigned verdict = SILENT;
  for (uint32_t i = 0; i < chart->parts.count; i++)
    if (chart->parts.at[i].verdict > verdict &&
        point_within_any(chart->space, point, &chart->parts.at[i].boxes))
      verdict = chart->parts.at[i].verdict;
  for (uint32_t i = 0; i < layer; i++)
    if (scene->finding[i] > verdict) verdict = scene->finding[i];
  return (Verdict)verdict;
}

uint32_t chart_otherwise(const Chart *chart, const AxisCell *point) {
  const Scene *scene = chart_scene(chart, point);
  uint32_t layer = chart_layer(chart, point);
  Verdict verdict = chart_verdict(chart, point);
  for (uint32_t i = 0; i < layer; i++)
    if (scene->rule[i] != NONE && scene->finding[i] == verdict)
      return scene->rule[i];
  return NONE;
}

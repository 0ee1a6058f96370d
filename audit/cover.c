/* The goals of coverage, and the order in which they are judged. */
#include "audit/cover.h"

#include "audit/words.h"

#define STEPS_MOST 200000 /* for one goal, if the audit does not say */
#define BOXES 200 /* about so many are asked about at once */

/* ------------------------------------------------------------------- tests */

static void visit(RuleTests *tests, uint32_t node) {
  const Node *one = &tests->image->nodes.at[node];
  if (one->op == NODE_TEST) {
    if (tests->seen[one->reg] == tests->turn) return;
    tests->seen[one->reg] = tests->turn;
    tests->found[tests->count++] = node;
    return;
  }
  for (uint32_t i = one->parts.count; i-- > 0;)
    tests->stack[tests->depth++] = one->parts.first + i;
}

/* Parts come after their whole, so a node is on the stack once at most for each
 * name that leads to it. */
static uint32_t stack_room(const Image *image) {
  return image->nodes.count * 2 + 64;
}

void rule_tests_make(Arena *arena, const Image *image, RuleTests *tests) {
  uint32_t registers = image->policy.at[0].registers;
  *tests = (RuleTests){.image = image};
  tests->seen = ARENA_ARRAY(arena, registers + 1, uint32_t);
  tests->visited = ARENA_ARRAY(arena, image->nodes.count + 1, uint32_t);
  tests->stack = ARENA_ARRAY(arena, stack_room(image), uint32_t);
  tests->found = ARENA_ARRAY(arena, image->nodes.count + 1, uint32_t);
}

void rule_tests_find(RuleTests *tests, uint32_t rule) {
  uint32_t condition = tests->image->rules.at[rule].condition;
  tests->turn++;
  tests->count = 0;
  if (condition != NONE) tests->stack[tests->depth++] = condition;
  while (tests->depth) {
    uint32_t node = tests->stack[--tests->depth];
    if (tests->visited[node] == tests->turn) continue;
    tests->visited[node] = tests->turn;
    visit(tests, node);
  }
}

void cover_test_axes(const CoverUnit *unit, uint32_t node, uint8_t *axes) {
  const BoundaryAudit *one = unit->one;
  uint32_t reg = one->inquiry.image->nodes.at[node].reg;
  const RowList *rows = &one->rows->holds[reg];
  for (uint32_t i = 0; i < rows->count; i++)
    for (uint32_t k = 0; k < rows->rows[i].count; k++) {
      uint32_t axis = one->space.axis_of[rows->rows[i].literals[k].variable];
      if (axis != NONE) axes[axis] = 1;
    }
}

bool cover_test_in_space(const CoverUnit *unit, uint32_t node) {
  const BoundaryAudit *one = unit->one;
  uint32_t reg = one->inquiry.image->nodes.at[node].reg;
  const RowList *both[2] = {&one->rows->holds[reg], &one->rows->fails[reg]};
  for (uint32_t n = 0; n < 2; n++)
    for (uint32_t i = 0; i < both[n]->count; i++)
      for (uint32_t k = 0; k < both[n]->rows[i].count; k++)
        if (one->space.axis_of[both[n]->rows[i].literals[k].variable] == NONE)
          return false;
  return true;
}

/* ------------------------------------------------------------------- goals */

static Goal *add(Cover *cover, CoverUnit *unit, GoalKind kind, uint32_t rule,
                 uint32_t other, int64_t value) {
  Goal *goal = VEC_ADD(cover->audit->arena, &unit->goals);
  *goal = (Goal){.kind = (uint8_t)kind, .rule = rule, .other = other,
                 .axis = NONE, .value = value, .by = {NONE, NONE}};
  return goal;
}

static void add_rule(Cover *cover, CoverUnit *unit, uint32_t rule) {
  const Image *image = cover->audit->image;
  const Rule *one = &image->rules.at[rule];
  add(cover, unit, GOAL_IN_FORCE, rule, NONE, 0);
  if (rule_gives_finding(one) || one->kind == RULE_OTHERWISE)
    add(cover, unit, GOAL_DECIDES, rule, NONE, 0);
  for (uint32_t i = 0; i < one->displaces.count; i++) {
    uint32_t named = image->links.at[one->displaces.first + i].rule;
    if (unit->one->inquiry.dates[named] == STANDING_IN_FORCE)
      add(cover, unit, GOAL_DISPLACES, rule, named, 0);
  }
  for (uint32_t i = 0; i < one->duties.count; i++)
    if (unit->boundary != NONE ||
        image->duties.at[one->duties.first + i].always)
      add(cover, unit, GOAL_DUTY, rule, one->duties.first + i, 0);
}

static void add_tests(Cover *cover, CoverUnit *unit, uint32_t rule,
                      RuleTests *tests, uint8_t *seen) {
  const Image *image = cover->audit->image;
  uint32_t axis_count = unit->one->space.axis_count;
  uint8_t *axes = ARENA_ARRAY(cover->audit->arena, axis_count + 1, uint8_t);
  rule_tests_find(tests, rule);
  for (uint32_t i = 0; i < tests->count; i++) {
    uint32_t node = tests->found[i], reg = image->nodes.at[node].reg;
    cover_test_axes(unit, node, axes);
    if (!cover_test_in_space(unit, node))
      add(cover, unit, GOAL_MATTERS, rule, node, 0);
    if (seen[reg]) continue;
    seen[reg] = 1;
    add(cover, unit, GOAL_TEST, rule, node, 1);
    add(cover, unit, GOAL_TEST, rule, node, 0);
  }
  for (uint32_t axis = 0; axis < axis_count; axis++)
    if (axes[axis]) add(cover, unit, GOAL_MATTERS, rule, NONE, 0)->axis = axis;
}

/* Do the rules tell these two neighbouring cells of the grid apart? */
static bool parts_cells(const CoverUnit *unit, uint32_t variable,
                        uint32_t cell) {
  const Space *space = &unit->one->space;
  const Axis *axis = &space->axes[space->axis_of[variable]];
  uint32_t place = space->place_of[variable];
  uint32_t words = space->grid->variables[variable].words;
  for (uint32_t i = 0; i < axis->class_count[place]; i++) {
    const uint64_t *one = axis->classes[place] + (size_t)i * words;
    if (one[cell / 64] >> (cell % 64) & 1)
      return !(one[(cell + 1) / 64] >> ((cell + 1) % 64) & 1);
  }
  return false;
}

void cover_run(const CoverUnit *unit, uint32_t variable, uint32_t cell,
               uint32_t *first, uint32_t *last) {
  const GridVariable *grid = &unit->one->inquiry.grid.variables[variable];
  *first = *last = cell;
  while (*first > 0 && !parts_cells(unit, variable, *first - 1)) --*first;
  while (*last + 1 < grid->cells && !parts_cells(unit, variable, *last))
    ++*last;
}

static bool has_limits(const Image *image, uint32_t variable) {
  uint32_t type = image->facts.at[image->variables.at[variable].fact].type;
  return type == TYPE_NUMBER || type == TYPE_MONEY || type == TYPE_DURATION ||
         type == TYPE_DATE || type == TYPE_RECORD;
}

/* The last value of a cell and the first of the next.  A cell of one value that
 * was there before has its value already. */
static void add_edges(Cover *cover, CoverUnit *unit, uint32_t variable,
                      uint32_t cell, bool before) {
  const GridVariable *grid = &unit->one->inquiry.grid.variables[variable];
  uint32_t axis = unit->one->space.axis_of[variable];
  int64_t high = grid_cell_high(grid, cell);
  if (!before || high != grid_cell_low(grid, cell))
    add(cover, unit, GOAL_EDGE, NONE, variable, high)->axis = axis;
  add(cover, unit, GOAL_EDGE, NONE, variable, grid_cell_low(grid, cell + 1))
      ->axis = axis;
}

/* Exact values are asked for where they can be given: not of what events add
 * up to. */
static void add_limits(Cover *cover, CoverUnit *unit, uint32_t variable) {
  const Image *image = cover->audit->image;
  const GridVariable *grid = &unit->one->inquiry.grid.variables[variable];
  uint32_t axis = unit->one->space.axis_of[variable], last = NONE;
  bool exact =
      image->facts.at[image->variables.at[variable].fact].type != TYPE_RECORD;
  for (uint32_t cell = 0; cell + 1 < grid->cells; cell++) {
    if (!parts_cells(unit, variable, cell)) continue;
    if (last != cell)
      add(cover, unit, GOAL_CELL, NONE, variable, cell)->axis = axis;
    add(cover, unit, GOAL_CELL, NONE, variable, cell + 1)->axis = axis;
    if (exact) add_edges(cover, unit, variable, cell, last == cell);
    last = cell + 1;
  }
}

static void make_goals(Cover *cover, CoverUnit *unit) {
  const Image *image = cover->audit->image;
  const BoundaryAudit *one = unit->one;
  Arena *arena = cover->audit->arena;
  uint8_t *seen =
      ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint8_t);
  RuleTests tests;
  rule_tests_make(arena, image, &tests);
  for (uint32_t i = 0; i < image->rules.count; i++) {
    bool within = false;
    for (uint32_t k = 0; k < one->chart.rule_count && !within; k++)
      within = one->chart.rules[k] == i;
    if (!within) continue;
    add_rule(cover, unit, i);
    add_tests(cover, unit, i, &tests, seen);
  }
  for (uint32_t v = 0; v < image->variables.count; v++)
    if (one->space.axis_of[v] != NONE && has_limits(image, v))
      add_limits(cover, unit, v);
  if (unit->boundary == NONE) return;
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    add(cover, unit, GOAL_VERDICT, NONE, NONE, v);
  for (uint32_t i = 0; i < SECOND_COUNT; i++)
    add(cover, unit, GOAL_SECOND, NONE, NONE, i);
}

/* ------------------------------------------------------------------- units */

static void make_levels(Cover *cover, CoverUnit *unit) {
  Arena *arena = cover->audit->arena;
  const Chart *chart = &unit->one->chart;
  unit->above = ARENA_ARRAY(arena, VERDICT_COUNT, Boxes);
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    chart_list(chart, (int)v, 0, &unit->above[v]);
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    uint32_t rule = chart->rules[i];
    uint32_t kind = cover->audit->image->rules.at[rule].kind;
    if (kind == RULE_HOLDING_BACK)
      boxes_add_all(&unit->one->space, &unit->harm, &chart->in_force[rule]);
    if (kind == RULE_EMERGENCY)
      boxes_add_all(&unit->one->space, &unit->alarm, &chart->in_force[rule]);
  }
}

static void make_unit(Cover *cover, BoundaryAudit *one, CoverUnit *unit) {
  const AuditOptions *options = &cover->audit->options;
  *unit = (CoverUnit){.boundary = one->boundary, .one = one};
  if (one->space.too_large) return;
  outside_make(cover->audit->arena, &one->space, BOXES, &unit->search);
  unit->search.stop = options->stop;
  unit->search.context = options->context;
  make_levels(cover, unit);
  make_goals(cover, unit);
}

/* The emergencies are a unit of their own: they hold whatever boundary a
 * situation is about. */
static bool make_emergencies(Cover *cover, BoundaryAudit *one) {
  Audit *audit = cover->audit;
  const Image *image = audit->image;
  Situation nothing;
  RowLists lists = {0};
  uint32_t *rules = ARENA_ARRAY(audit->arena, image->rules.count + 1, uint32_t);
  uint32_t count = 0, *variables, variable_count;
  *one = (BoundaryAudit){.boundary = NONE, .rows = audit->boundaries[0].rows};
  situation_init(audit->arena, image, audit->options.today, &nothing);
  nothing.boundary = NONE;
  inquiry_make(audit->arena, image, &nothing, &one->inquiry);
  for (uint32_t i = 0; i < one->inquiry.rule_count; i++)
    if (one->inquiry.dates[one->inquiry.rules[i]] == STANDING_IN_FORCE)
      rules[count++] = one->inquiry.rules[i];
  if (!count) return false;
  chart_reads(audit->arena, image, one->rows, rules, count, &lists, &variables,
              &variable_count);
  space_make(audit->arena, &one->inquiry.grid, &lists, variables,
             variable_count, &one->space);
  if (one->space.too_large) return true;
  chart_make(&one->space, image, one->rows, rules, count, &one->chart);
  promises_impossible(&one->space, image, one->rows, &one->chart.impossible);
  return true;
}

void cover_make(Audit *audit, Cover *cover) {
  BoundaryAudit *emergencies = ARENA_NEW(audit->arena, BoundaryAudit);
  *cover = (Cover){.audit = audit};
  cover->units =
      ARENA_ARRAY(audit->arena, audit->boundary_count + 1, CoverUnit);
  for (uint32_t i = 0; i < audit->boundary_count; i++)
    make_unit(cover, &audit->boundaries[i],
              &cover->units[cover->unit_count++]);
  if (audit->boundary_count && make_emergencies(cover, emergencies))
    make_unit(cover, emergencies, &cover->units[cover->unit_count++]);
}

/* ------------------------------------------------------------------ judging */

static void show_alone(CoverUnit *unit, Goal *goal) {
  for (uint32_t i = 0; i < unit->asked.count; i++)
    if (asked_shows(unit, unit->asked.at[i], goal)) {
      goal->state = GOAL_MET;
      goal->by[0] = i;
      return;
    }
}

static void show_pair(CoverUnit *unit, Goal *goal) {
  for (uint32_t i = 0; i < unit->asked.count; i++) {
    const Asked *first = unit->asked.at[i];
    if (first->masks[point_standing(goal->rule)] != 1u << STANDING_IN_FORCE)
      continue;
    for (uint32_t k = 0; k < unit->asked.count; k++) {
      if (!asked_pair_shows(unit, first, unit->asked.at[k], goal)) continue;
      goal->state = GOAL_MET;
      goal->by[0] = i;
      goal->by[1] = k;
      return;
    }
  }
}

/* Could a situation show what none that was asked about shows? */
static void look_for(Cover *cover, CoverUnit *unit, Goal *goal) {
  const AuditOptions *options = &cover->audit->options;
  bool pair = goal->kind == GOAL_MATTERS;
  if (pair && cover_find_near(cover, unit, goal)) {
    cover_know(cover, unit, goal->points[1]);
    return;
  }
  unit->search.steps = 0;
  unit->search.most = options->steps_most && options->steps_most < STEPS_MOST
                          ? options->steps_most
                          : STEPS_MOST;
  PointFound found = pair ? cover_find_pair(cover, unit, goal)
                          : cover_find(cover, unit, goal);
  if (found != POINT_FOUND)
    goal->state = found == POINT_NONE ? GOAL_IMPOSSIBLE : GOAL_NOT_PROVED;
  else if (goal->points[0])
    cover_know(cover, unit, goal->points[0]);
  if (found == POINT_FOUND && pair) cover_know(cover, unit, goal->points[1]);
}

static void judge(Cover *cover, CoverUnit *unit, Goal *goal) {
  bool pair = goal->kind == GOAL_MATTERS;
  if (pair && goal->axis != NONE)
    show_pair(unit, goal);
  else if (!pair)
    show_alone(unit, goal);
  if (goal->state == GOAL_MET) return;
  if (pair && goal->axis == NONE)
    goal->state = GOAL_IMPOSSIBLE; /* the condition says the same without it */
  else if (audit_has_to_stop(cover->audit))
    goal->state = GOAL_NOT_PROVED;
  else
    look_for(cover, unit, goal);
}

void cover_judge(Cover *cover) {
  for (uint32_t i = 0; i < cover->unit_count; i++) {
    CoverUnit *unit = &cover->units[i];
    for (uint32_t k = 0; k < unit->goals.count; k++) {
      Goal *goal = &unit->goals.at[k];
      judge(cover, unit, goal);
      unit->counts[goal->kind][goal->state]++;
    }
  }
}

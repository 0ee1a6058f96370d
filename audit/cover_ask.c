/* What asked situations show. */
#include "audit/cover.h"

#include "audit/words.h"

#include "runtime/settle.h"

/* ------------------------------------------------------------- the point */

struct Probe {
  Workspace space;
  Cells *cells;
  uint8_t *counts, *agreed, *outcome;
  Situation support; /* as far as findings rest on it */
};

static void make_probe(CoverUnit *unit) {
  const Inquiry *inquiry = &unit->one->inquiry;
  Arena *arena = unit->search.arena;
  uint32_t rules = inquiry->image->rules.count + 1;
  Probe *probe = ARENA_NEW(arena, Probe);
  workspace_make(arena, inquiry, &probe->space);
  probe->cells = ARENA_ARRAY(arena, inquiry->grid.words + 1, Cells);
  probe->counts = ARENA_ARRAY(arena, rules, uint8_t);
  probe->agreed = ARENA_ARRAY(arena, rules, uint8_t);
  probe->outcome = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
  for (uint32_t v = 0; v < inquiry->image->variables.count; v++)
    cells_set_one(probe->cells, &inquiry->grid.variables[v], 0);
  situation_init(arena, inquiry->image, inquiry->grid.today, &probe->support);
  for (uint32_t i = 0; i < inquiry->image->facts.count; i++)
    probe->support.facts[i].spans = ARENA_NEW(arena, ValueSpan);
  unit->probe = probe;
}

static void set_support(CoverUnit *unit, const AxisCell *point, uint32_t axis) {
  const Space *space = &unit->one->space;
  const Axis *one = &space->axes[axis];
  uint32_t variable = one->variables[0];
  const Variable *source = &space->grid->image->variables.at[variable];
  const Fact *fact = &space->grid->image->facts.at[source->fact];
  Given *given = &unit->probe->support.facts[source->fact];
  if (fact->dimension != SUPPORT || one->count > 1) return;
  bool yes = space_class(one, point[axis], 0)[0] >> 1 & 1;
  given->given = true;
  given->span_count = 1;
  given->spans[0] = (ValueSpan){yes, yes};
  given->members &= ~(UINT64_C(1) << source->member);
  given->members |= (uint64_t)yes << source->member;
}

/* One cell of each variable: the rules do not tell those of a class apart, but
 * might leave open what is the same for all of them.  What is not read does not
 * matter, and has its first. */
static void set_cells(CoverUnit *unit, const AxisCell *point, uint32_t axis) {
  const Space *space = &unit->one->space;
  const Axis *one = &space->axes[axis];
  for (uint32_t i = 0; i < one->count; i++) {
    const uint64_t *own = space_class(one, point[axis], i);
    uint32_t cell = 0;
    while (!(own[cell / 64] >> (cell % 64) & 1)) cell++;
    cells_set_one(unit->probe->cells,
                  &space->grid->variables[one->variables[i]], cell);
  }
}

const uint8_t *probe_point(CoverUnit *unit, const AxisCell *point) {
  const Inquiry *inquiry = &unit->one->inquiry;
  if (!unit->probe) make_probe(unit);
  Probe *probe = unit->probe;
  for (uint32_t axis = 0; axis < unit->one->space.axis_count; axis++) {
    set_cells(unit, point, axis);
    set_support(unit, point, axis);
  }
  findings_count(inquiry, &probe->support, probe->counts, probe->agreed);
  outcome_evaluate(inquiry, probe->counts, probe->cells, &probe->space,
                   probe->outcome);
  return probe->outcome;
}

const uint8_t *probe_registers(const CoverUnit *unit) {
  return unit->probe->space.registers;
}

bool probe_decides(const CoverUnit *unit, const uint8_t *masks,
                   uint32_t rule) {
  return masks[point_standing(rule)] == 1u << STANDING_IN_FORCE &&
         masks[POINT_VERDICT] == 1u << unit->probe->counts[rule];
}

/* --------------------------------------------------------- the situation */

/* Has a day's grid the same cells as the audit's, limit by limit?  Then "the
 * last 12 months" of the one are those of the other. */
static bool same_cells(const Image *image, uint32_t index,
                       const GridVariable *a, const GridVariable *b) {
  Range cuts = image->variables.at[index].cuts;
  return a->cells == b->cells && a->words == b->words &&
         memcmp(a->cut_cells, b->cut_cells,
                cuts.count * sizeof *a->cut_cells) == 0;
}

static bool cells_meet(const uint64_t *a, const uint64_t *b, uint32_t words) {
  for (uint32_t i = 0; i < words; i++)
    if (a[i] & b[i]) return true;
  return false;
}

uint64_t *cover_locate(Arena *arena, const BoundaryAudit *one,
                       const Inquiry *inquiry, const Cells *cells,
                       uint32_t number) {
  const Space *space = &one->space;
  const Axis *axis = &space->axes[number];
  uint64_t *side = ARENA_ARRAY(arena, axis->words + 1, uint64_t);
  for (uint32_t i = 0; i < axis->count; i++)
    if (!same_cells(inquiry->image, axis->variables[i],
                    &inquiry->grid.variables[axis->variables[i]],
                    &space->grid->variables[axis->variables[i]]))
      return NULL;
  for (uint32_t cell = 0; cell < axis->cells; cell++) {
    bool meets = true;
    for (uint32_t i = 0; i < axis->count && meets; i++) {
      const GridVariable *variable =
          &inquiry->grid.variables[axis->variables[i]];
      meets = cells_meet(space_class(axis, cell, i), cells + variable->word,
                         variable->words);
    }
    if (meets) side[cell / 64] |= UINT64_C(1) << (cell % 64);
  }
  return side;
}

static uint64_t hash_dates(const Inquiry *inquiry) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (uint32_t i = 0; i < inquiry->image->rules.count; i++)
    hash = (hash ^ inquiry->dates[i]) * UINT64_C(1099511628211);
  return hash;
}

static void find_deciding(const Search *search, const uint8_t *masks,
                          uint8_t *deciding) {
  const Inquiry *inquiry = search->inquiry;
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    const Rule *one = &inquiry->image->rules.at[rule];
    deciding[rule] = (rule_gives_finding(one) || one->kind == RULE_OTHERWISE) &&
                     masks[point_standing(rule)] == 1u << STANDING_IN_FORCE &&
                     masks[POINT_VERDICT] == 1u << search->counts[rule];
  }
}

static const Inquiry *inquiry_for(Arena *arena, const CoverUnit *unit,
                                  const Situation *situation) {
  const Inquiry *usual = &unit->one->inquiry;
  if (situation->as_of == usual->grid.today &&
      situation->tense != TENSE_HAPPENED)
    return usual;
  Inquiry *own = ARENA_NEW(arena, Inquiry);
  inquiry_make(arena, usual->image, situation, own);
  return own;
}

/* What the search needs besides is given up when it is done. */
static void settle_asked(Arena *arena, Asked *asked, uint8_t *masks) {
  const Inquiry *inquiry = asked->inquiry;
  uint32_t registers = inquiry->image->policy.at[0].registers;
  size_t size = inquiry->grid.words * sizeof(Cells);
  ArenaMark mark = arena_mark(arena);
  Search search;
  search_make(arena, inquiry, &asked->situation, WORK_BUDGET, &search);
  asked->exhausted = !settle(&search, masks);
  find_deciding(&search, masks, asked->deciding);
  memcpy(search.cells[0], search.start, size);
  search_evaluate(&search, 0);
  memcpy(asked->registers, search.space[0].registers, registers);
  memcpy(asked->cells, search.start, size);
  arena_back(arena, mark);
}

void asked_make(Cover *cover, CoverUnit *unit, const Situation *situation,
                Asked *asked) {
  Arena *arena = cover->audit->arena;
  const Image *image = cover->audit->image;
  uint32_t axes = unit->one->space.axis_count;
  *asked = (Asked){.situation = *situation};
  asked->situation.boundary = unit->boundary;
  const Inquiry *inquiry = inquiry_for(arena, unit, &asked->situation);
  asked->inquiry = inquiry;
  uint8_t *masks = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
  asked->masks = masks;
  asked->deciding = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  asked->registers =
      ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint8_t);
  asked->cells = ARENA_ARRAY(arena, inquiry->grid.words + 1, Cells);
  settle_asked(arena, asked, masks);
  asked->sides = ARENA_ARRAY(arena, axes + 1, uint64_t *);
  for (uint32_t axis = 0; axis < axes; axis++)
    asked->sides[axis] =
        cover_locate(arena, unit->one, inquiry, asked->cells, axis);
  asked->dates = hash_dates(inquiry);
}

void cover_ask(Cover *cover, const Situation *situation, Text title,
               bool own) {
  bool any = false;
  for (uint32_t i = 0; i < cover->unit_count; i++) {
    CoverUnit *unit = &cover->units[i];
    bool here = unit->boundary == situation->boundary;
    if (unit->one->space.too_large || (!here && unit->boundary != NONE))
      continue;
    Asked *asked = ARENA_NEW(cover->audit->arena, Asked);
    asked_make(cover, unit, situation, asked);
    asked->title = title;
    asked->own = own;
    VEC_PUSH(cover->audit->arena, &unit->asked, asked);
    any |= here;
  }
  cover->unasked += !any;
}

/* ------------------------------------------------------------ what it shows */

static bool in_force(const uint8_t *masks, uint32_t rule) {
  return masks[point_standing(rule)] == 1u << STANDING_IN_FORCE;
}

static bool shows_displacing(const Asked *asked, const Goal *goal) {
  return in_force(asked->masks, goal->rule) &&
         asked->masks[point_standing(goal->other)] == 1u << STANDING_DISPLACED;
}

static bool shows_second(const Asked *asked, const Goal *goal) {
  const uint8_t *masks = asked->masks;
  if (goal->value == SECOND_TENSION) return masks[POINT_TENSION] == THREE_YES;
  return masks[POINT_MAY_HARM] ==
         (goal->value == SECOND_MAY_HARM ? THREE_YES : THREE_NO);
}

/* Do all cells that it may be in lie between the two limits?  The situation's
 * own grid has these cells if it is cut as the audit's is. */
static bool shows_cell(const CoverUnit *unit, const Asked *asked,
                       const Goal *goal) {
  const GridVariable *variable =
      &unit->one->inquiry.grid.variables[goal->other];
  uint32_t first, last;
  if (!asked->sides[goal->axis]) return false;
  cover_run(unit, goal->other, (uint32_t)goal->value, &first, &last);
  for (uint32_t cell = cells_next(asked->cells, variable, 0);
       cell < variable->cells;
       cell = cells_next(asked->cells, variable, cell + 1))
    if (cell < first || cell > last) return false;
  return true;
}

static bool shows_edge(const CoverUnit *unit, const Asked *asked,
                       const Goal *goal) {
  const Image *image = unit->one->inquiry.image;
  const GridVariable *variable =
      &unit->one->inquiry.grid.variables[goal->other];
  uint32_t fact = image->variables.at[goal->other].fact;
  const Given *given = &asked->situation.facts[fact];
  if (!given->given || given->span_count != 1 || !asked->sides[goal->axis] ||
      given->spans[0].low != given->spans[0].high)
    return false;
  int64_t value = given->spans[0].low, wanted = goal->value;
  if (image->facts.at[fact].type != TYPE_DATE ||
      asked->situation.as_of == unit->one->inquiry.grid.today)
    return value == wanted;
  /* Of another day the limit is another date: the same edge of the cell. */
  const GridVariable *own = &asked->inquiry->grid.variables[goal->other];
  uint32_t cell = grid_cell_of(variable, wanted);
  return (grid_cell_low(variable, cell) == wanted &&
          grid_cell_low(own, cell) == value) ||
         (grid_cell_high(variable, cell) == wanted &&
          grid_cell_high(own, cell) == value);
}

bool asked_shows(const CoverUnit *unit, const Asked *asked, const Goal *goal) {
  const Inquiry *inquiry = &unit->one->inquiry;
  switch ((GoalKind)goal->kind) {
  case GOAL_IN_FORCE:
    return in_force(asked->masks, goal->rule);
  case GOAL_DECIDES:
    return asked->deciding[goal->rule];
  case GOAL_DISPLACES:
    return shows_displacing(asked, goal);
  case GOAL_TEST:
    return asked->registers[inquiry->image->nodes.at[goal->other].reg] ==
           (goal->value ? THREE_YES : THREE_NO);
  case GOAL_CELL:
    return shows_cell(unit, asked, goal);
  case GOAL_EDGE:
    return shows_edge(unit, asked, goal);
  case GOAL_VERDICT:
    return asked->masks[POINT_VERDICT] == 1u << goal->value;
  case GOAL_DUTY:
    return asked->masks[point_duty(inquiry, goal->other)] == THREE_YES;
  case GOAL_SECOND:
    return shows_second(asked, goal);
  case GOAL_MATTERS:
  case GOAL_KIND_COUNT:
    break;
  }
  return false;
}

/* ----------------------------------------------------------- two at once */

/* Does it differ whatever is open? */
static bool differs(uint8_t a, uint8_t b) {
  return a && b && (a & b) == 0;
}

static bool displaces_kind(const Image *image, const Rule *rule, bool harm) {
  for (uint32_t i = 0; i < rule->displaces.count; i++) {
    const Rule *named =
        &image->rules.at[image->links.at[rule->displaces.first + i].rule];
    if (harm ? named->kind == RULE_HOLDING_BACK : rule_gives_finding(named))
      return true;
  }
  return false;
}

Guided cover_guided(const CoverUnit *unit, uint32_t index) {
  const Image *image = unit->one->inquiry.image;
  const Rule *rule = &image->rules.at[index];
  return (Guided){
      .verdict = rule_gives_finding(rule) || displaces_kind(image, rule, false),
      .harm = rule->kind == RULE_HOLDING_BACK ||
              displaces_kind(image, rule, true),
      .alarm = rule->kind == RULE_EMERGENCY};
}

bool cover_differs(Guided guided, const uint8_t *a, const uint8_t *b) {
  return (guided.verdict && differs(a[0], b[0])) ||
         (guided.harm && differs(a[1], b[1])) ||
         (guided.alarm && differs(a[2], b[2])) ||
         (!guided.verdict && !guided.harm && !guided.alarm);
}

bool cover_pair_shows(const CoverUnit *unit, uint32_t rule,
                      const uint8_t *first, const uint8_t *second) {
  const uint8_t a[] = {first[POINT_VERDICT], first[POINT_MAY_HARM],
                       first[POINT_EMERGENCY]};
  const uint8_t b[] = {second[POINT_VERDICT], second[POINT_MAY_HARM],
                       second[POINT_EMERGENCY]};
  return in_force(first, rule) && second[point_condition(rule)] == THREE_NO &&
         cover_differs(cover_guided(unit, rule), a, b);
}

/* Is there a completion of both that has the axis alike? */
static bool sides_agree(const Axis *axis, const uint64_t *a,
                        const uint64_t *b) {
  uint32_t in_a = 0, in_b = 0;
  bool meet = false;
  if (!a || !b) return false;
  for (uint32_t i = 0; i < axis->words; i++) {
    meet |= (a[i] & b[i]) != 0;
    in_a += (uint32_t)__builtin_popcountll(a[i]);
    in_b += (uint32_t)__builtin_popcountll(b[i]);
  }
  if (axis->count == 1) return meet;
  /* Of records only whole cells, or nothing at all, are sure to have one. */
  return meet && ((in_a == 1 && in_b == 1) || in_a == axis->cells ||
                  in_b == axis->cells);
}

bool asked_pair_shows(const CoverUnit *unit, const Asked *first,
                      const Asked *second, const Goal *goal) {
  const Space *space = &unit->one->space;
  if (first->dates != second->dates ||
      !cover_pair_shows(unit, goal->rule, first->masks, second->masks))
    return false;
  for (uint32_t axis = 0; axis < space->axis_count; axis++)
    if (axis != goal->axis &&
        !sides_agree(&space->axes[axis], first->sides[axis],
                     second->sides[axis]))
      return false;
  return true;
}

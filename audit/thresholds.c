/* Thresholds: amounts between two limits that no rule has, and amounts that
 * two bands share. */
#include "audit/audit.h"
#include "audit/words.h"

/* Is the axis's variable an amount, or a day? */
static bool is_amount(const Space *space, uint32_t axis, uint32_t place) {
  const Image *image = space->grid->image;
  const Variable *variable =
      &image->variables.at[space->axes[axis].variables[place]];
  switch ((FactType)image->facts.at[variable->fact].type) {
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_DURATION:
  case TYPE_DATE:
  case TYPE_RECORD:
    return true;
  case TYPE_YES_NO:
  case TYPE_SCALE:
  case TYPE_CHOICE:
  case TYPE_SET:
  case TYPE_COUNT:
    break;
  }
  return false;
}

static uint32_t fact_of(const Space *space, uint32_t axis, uint32_t place) {
  return space->grid->image->variables.at[space->axes[axis].variables[place]]
      .fact;
}

/* Has the cell one value only of the axis's variable? */
static bool is_exact(const Space *space, uint32_t axis, uint32_t place,
                     uint32_t cell) {
  const Axis *own = &space->axes[axis];
  const GridVariable *variable =
      &space->grid->variables[own->variables[place]];
  const uint64_t *cells = space_class(own, cell, place);
  uint32_t first = 0, count = 0;
  for (uint32_t i = variable->cells; i-- > 0;)
    if (cells[i / 64] >> (i % 64) & 1) {
      first = i;
      count++;
    }
  return count == 1 &&
         grid_cell_low(variable, first) == grid_cell_high(variable, first);
}

/* --------------------------------------------------------------- telling */

/* A value that was told of, whatever else the axis's cell has. */
typedef struct Told {
  FindingKind kind;
  uint32_t fact;
  const uint64_t *value; /* the axis's class */
  uint32_t finding;
} Told;

typedef Vec(Told) ToldList;

typedef struct Limit {
  Audit *audit;
  BoundaryAudit *one;
  ToldList *told;
  uint32_t below, above; /* rules */
  uint32_t axis, place, cell; /* of which of the axis's variables */
} Limit;

/* Two rules are told of once for a fact. */
static bool already_told(const Limit *limit, FindingKind kind) {
  uint32_t fact = fact_of(&limit->one->space, limit->axis, limit->place);
  for (uint32_t i = 0; i < limit->told->count; i++) {
    const Told *told = &limit->told->at[i];
    const Finding *finding = &limit->audit->findings.at[told->finding];
    if (told->kind != kind || told->fact != fact) continue;
    for (uint32_t k = 0; k < finding->rules.count; k += 2)
      if (finding->rules.at[k] == limit->below &&
          finding->rules.at[k + 1] == limit->above)
        return true;
  }
  return false;
}

/* The finding of the same value between other rules; NULL if there is none. */
static Finding *find_told(const Limit *limit, FindingKind kind,
                          const uint64_t *value) {
  for (uint32_t i = 0; i < limit->told->count; i++) {
    const Told *told = &limit->told->at[i];
    if (told->kind == kind && told->value == value)
      return &limit->audit->findings.at[told->finding];
  }
  return NULL;
}

/* The amount, whatever else the axis's cell has. */
static Text value_words(const Limit *limit) {
  const Space *space = &limit->one->space;
  const Axis *axis = &space->axes[limit->axis];
  const uint64_t *own = space_class(axis, limit->cell, limit->place);
  uint64_t mask[SPACE_CELLS_MOST / 64] = {0};
  Buffer value = {.arena = limit->audit->arena};
  for (uint32_t cell = 0; cell < axis->cells; cell++)
    if (space_class(axis, cell, limit->place) == own)
      mask[cell / 64] |= UINT64_C(1) << (cell % 64);
  words_side(&value, space, limit->axis, mask);
  return buffer_text(&value);
}

static Text message(const Limit *limit, const Finding *finding) {
  const Image *image = limit->audit->image;
  const uint32_t *rules = finding->rules.at;
  uint32_t more = finding->rules.count / 2 - 1;
  Buffer out = {.arena = limit->audit->arena};
  buffer_format(&out,
                finding->kind == FINDING_THRESHOLD_HOLE
                    ? "`%.*s` stops before %.*s, and `%.*s` starts after it. "
                      "No rule has it."
                    : "`%.*s` still has %.*s, and `%.*s` has it already.",
                TEXT_ARG(words_rule(image, rules[0])),
                TEXT_ARG(value_words(limit)),
                TEXT_ARG(words_rule(image, rules[1])));
  if (!more) return buffer_text(&out);
  buffer_format(&out, " So it is between `%.*s` and `%.*s`",
                TEXT_ARG(words_rule(image, rules[2])),
                TEXT_ARG(words_rule(image, rules[3])));
  if (more > 1)
    buffer_format(&out, ", and between %u more pair%s of rules",
                  (unsigned)more - 1, more > 2 ? "s" : "");
  buffer_put_char(&out, '.');
  return buffer_text(&out);
}

static void tell(const Limit *limit, FindingKind kind, const AxisCell *point) {
  Audit *audit = limit->audit;
  Space *space = &limit->one->space;
  uint32_t fact = fact_of(space, limit->axis, limit->place);
  const uint64_t *value =
      space_class(&space->axes[limit->axis], limit->cell, limit->place);
  Finding *finding = find_told(limit, kind, value);
  if (finding) {
    VEC_PUSH(audit->arena, &finding->rules, limit->below);
    VEC_PUSH(audit->arena, &finding->rules, limit->above);
    finding->message = message(limit, finding);
    return;
  }
  finding = audit_find(audit, kind, limit->one->boundary);
  audit_name_rule(audit, finding, limit->below);
  audit_name_rule(audit, finding, limit->above);
  VEC_PUSH(audit->arena, &finding->facts, fact);
  audit_name(audit, finding, value_words(limit));
  VEC_PUSH(audit->arena, limit->told,
           ((Told){kind, fact, value, audit->findings.count - 1}));
  finding->message = message(limit, finding);
  finding->help = TEXT("Look at `above`, `at least`, `at most` and `below` in "
                       "both: one of the two should take this value.");
  Witness witness;
  if (audit_witness(audit, limit->one, point, &witness))
    VEC_PUSH(audit->arena, &finding->witnesses, witness);
}

/* --------------------------------------------------------------- looking */

/* Going up on the axis with all else the same, so that the lower rule is in
 * force last at one cell and the upper one first at another.  Each is then in
 * force in one of its boxes there, and in none of those that have a cell past
 * its end. */
typedef struct Ends {
  Limit *limit;
  const Boxes *below, *above; /* where the rules are in force */
  const Box *low, *high;
  uint32_t last, first;       /* of the lower rule; of the upper one */
} Ends;

static bool has_cell(const Space *space, const Box *box, uint32_t axis,
                     uint32_t cell) {
  uint32_t side = box_side(space, box, axis);
  return side == SIDE_ALL || side_has(&space->sides.at[side], cell);
}

/* A cell of the box on the axis from `from` up to, not including, `to`. */
static bool has_cell_from(const Space *space, const Box *box, uint32_t axis,
                          uint32_t from, uint32_t to) {
  for (uint32_t cell = from; cell < to; cell++)
    if (has_cell(space, box, axis, cell)) return true;
  return false;
}

static Box box_bare(Space *space, const Box *box, uint32_t axis) {
  uint32_t *sides = ARENA_ARRAY(space->arena, box->count + 1, uint32_t);
  Box bare = {sides, 0};
  for (uint32_t i = 0; i < box->count; i++)
    if (space->sides.at[box->sides[i]].axis != axis)
      sides[bare.count++] = box->sides[i];
  return bare;
}

/* Adds the boxes that have a cell from `from` up to `to`, whatever they have on
 * the axis. */
static void add_bare(Space *space, const Boxes *boxes, uint32_t axis,
                     uint32_t from, uint32_t to, Boxes *list) {
  for (uint32_t i = 0; i < boxes->count; i++)
    if (has_cell_from(space, &boxes->at[i], axis, from, to))
      VEC_PUSH(space->arena, list, box_bare(space, &boxes->at[i], axis));
  list->too_many |= boxes->too_many;
}

/* A point of `box` at the cell where both ends are as they should. */
static bool find_ends(const Ends *ends, const Box *box, const Boxes *silent,
                      AxisCell *point) {
  const Limit *limit = ends->limit;
  Space *space = &limit->one->space;
  uint32_t axis = limit->axis, cells = space->axes[axis].cells;
  Boxes avoid = {0};
  Box one = box_of_side(space, space_side_one(space, axis, limit->cell)), all;
  if (!box_both(space, box, &one, &all)) return false;
  boxes_add_all(space, &avoid, &limit->one->chart.impossible);
  add_bare(space, ends->below, axis, ends->last + 1, cells, &avoid);
  add_bare(space, ends->above, axis, 0, ends->first, &avoid);
  if (silent) boxes_add_all(space, &avoid, silent);
  return find_outside(&limit->one->search, &avoid, &all, point) == POINT_FOUND;
}

/* The two rules leave out one cell between them, and nothing else has it. */
static void check_hole(const Ends *ends, const Boxes *all) {
  Limit *limit = ends->limit;
  Space *space = &limit->one->space;
  AxisCell *point = ARENA_ARRAY(space->arena, space->axis_count + 1, AxisCell);
  Box low = box_bare(space, ends->low, limit->axis), both;
  Box high = box_bare(space, ends->high, limit->axis);
  limit->cell = ends->last + 1;
  if (already_told(limit, FINDING_THRESHOLD_HOLE)) return;
  if (box_both(space, &low, &high, &both) &&
      find_ends(ends, &both, all, point))
    tell(limit, FINDING_THRESHOLD_HOLE, point);
}

/* Both have one exact value, and each goes on to its own side: perhaps in
 * another of its boxes. */
static void check_overlap(const Ends *ends) {
  Limit *limit = ends->limit;
  Space *space = &limit->one->space;
  uint32_t axis = limit->axis, cells = space->axes[axis].cells;
  AxisCell *point = ARENA_ARRAY(space->arena, space->axis_count + 1, AxisCell);
  Box low = box_bare(space, ends->low, axis), both;
  Box high = box_bare(space, ends->high, axis);
  limit->cell = ends->last;
  if (already_told(limit, FINDING_THRESHOLD_OVERLAP) ||
      !box_both(space, &low, &high, &both))
    return;
  for (uint32_t i = 0; i < ends->below->count; i++)
    for (uint32_t k = 0; k < ends->above->count; k++) {
      const Box *x = &ends->below->at[i], *y = &ends->above->at[k];
      Box lower = box_bare(space, x, axis), more, rest;
      Box upper = box_bare(space, y, axis);
      if (has_cell_from(space, x, axis, 0, ends->last) &&
          has_cell_from(space, y, axis, ends->first + 1, cells) &&
          box_both(space, &both, &lower, &more) &&
          box_both(space, &more, &upper, &rest) &&
          find_ends(ends, &rest, NULL, point)) {
        tell(limit, FINDING_THRESHOLD_OVERLAP, point);
        return;
      }
    }
}

/* Every cell after which the lower box may end and the upper one start. */
static void check_boxes(Ends *ends, const Boxes *all) {
  const Limit *limit = ends->limit;
  const Space *space = &limit->one->space;
  uint32_t axis = limit->axis, cells = space->axes[axis].cells;
  for (uint32_t cell = 0; cell + 1 < cells; cell++) {
    if (!has_cell(space, ends->low, axis, cell) ||
        has_cell(space, ends->low, axis, cell + 1))
      continue;
    ends->last = cell;
    ends->first = cell + 2;
    if (cell + 2 < cells && has_cell(space, ends->high, axis, cell + 2) &&
        !has_cell(space, ends->high, axis, cell + 1))
      check_hole(ends, all);
    ends->first = cell;
    if (cell > 0 && has_cell(space, ends->high, axis, cell) &&
        !has_cell(space, ends->high, axis, cell - 1) &&
        is_exact(space, axis, 0, cell))
      check_overlap(ends);
  }
}

/* A box of a rule that has a side on the axis. */
typedef struct Band {
  uint32_t rule;
  const Box *box;
} Band;

typedef Vec(Band) Bands;

static void find_bands(const BoundaryAudit *one, uint32_t axis, Bands *bands) {
  const Chart *chart = &one->chart;
  bands->count = 0;
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    const Boxes *boxes = &chart->in_force[chart->rules[i]];
    if (!rule_gives_finding(&chart->image->rules.at[chart->rules[i]])) continue;
    for (uint32_t k = 0; k < boxes->count; k++)
      if (box_side(chart->space, &boxes->at[k], axis) != SIDE_ALL)
        VEC_PUSH(chart->space->arena, bands,
                 ((Band){chart->rules[i], &boxes->at[k]}));
  }
}

static void check_single_axes(Audit *audit, BoundaryAudit *one,
                              const Boxes *all, ToldList *told) {
  const Chart *chart = &one->chart;
  Bands bands = {0};
  for (uint32_t axis = 0; axis < one->space.axis_count; axis++) {
    if (one->space.axes[axis].count != 1 || !is_amount(&one->space, axis, 0))
      continue;
    find_bands(one, axis, &bands);
    for (uint32_t i = 0; i < bands.count; i++)
      for (uint32_t k = 0; k < bands.count; k++) {
        const Band *low = &bands.at[i], *high = &bands.at[k];
        Limit limit = {audit, one, told, low->rule, high->rule, axis, 0, 0};
        Ends ends = {&limit, &chart->in_force[low->rule],
                     &chart->in_force[high->rule], low->box, high->box, 0, 0};
        ArenaMark mark = space_mark(&one->space);
        if (low->rule != high->rule) check_boxes(&ends, all);
        space_back(&one->space, mark);
      }
  }
}

/* --------------------------------------------------------- joint axes */

/* Where an amount shares its axis with totals that it is added to, going up on
 * it alone cannot be: the totals go up too.  So the cells beside an exact value
 * are those with the next amount and all else as near as can be. */

static uint32_t class_at(const Space *space, const Axis *axis, uint32_t cell,
                         uint32_t place) {
  return axis->parts[cell * axis->count + place] /
         space->grid->variables[axis->variables[place]].words;
}

/* The cell with the class at the place that is nearest to `from`; NONE. */
static uint32_t cell_beside(const Space *space, const Axis *axis,
                            uint32_t from, uint32_t place, uint32_t wanted) {
  uint32_t best = NONE, nearest = UINT32_MAX;
  for (uint32_t cell = 0; cell < axis->cells; cell++) {
    uint32_t far = 0;
    if (class_at(space, axis, cell, place) != wanted) continue;
    for (uint32_t i = 0; i < axis->count; i++) {
      uint32_t x = class_at(space, axis, cell, i);
      uint32_t y = class_at(space, axis, from, i);
      if (i != place) far += x < y ? y - x : x - y;
    }
    if (far >= nearest) continue;
    nearest = far;
    best = cell;
  }
  return best;
}

/* One rule is in force just below, another just above, and none between. */
static void check_joint_bands(Limit *limit, const Bands *bands, uint32_t below,
                              uint32_t above, const Boxes *all) {
  Space *space = &limit->one->space;
  uint32_t axis = limit->axis;
  AxisCell *point = ARENA_ARRAY(space->arena, space->axis_count + 1, AxisCell);
  Box here = box_of_side(space, space_side_one(space, axis, limit->cell));
  for (uint32_t i = 0; i < bands->count; i++)
    for (uint32_t k = 0; k < bands->count; k++) {
      const Band *low = &bands->at[i], *high = &bands->at[k];
      Box both, box;
      limit->below = low->rule;
      limit->above = high->rule;
      if (low->rule == high->rule || !has_cell(space, low->box, axis, below) ||
          !has_cell(space, high->box, axis, above) ||
          already_told(limit, FINDING_THRESHOLD_HOLE))
        continue;
      Box x = box_bare(space, low->box, axis);
      Box y = box_bare(space, high->box, axis);
      if (box_both(space, &x, &y, &both) &&
          box_both(space, &both, &here, &box) &&
          find_outside(&limit->one->search, all, &box, point) == POINT_FOUND)
        tell(limit, FINDING_THRESHOLD_HOLE, point);
    }
}

static void check_place(Limit *limit, const Bands *bands, const Boxes *all) {
  Space *space = &limit->one->space;
  const Axis *axis = &space->axes[limit->axis];
  for (limit->cell = 0; limit->cell < axis->cells; limit->cell++) {
    uint32_t own = class_at(space, axis, limit->cell, limit->place);
    if (own == 0 || !is_exact(space, limit->axis, limit->place, limit->cell))
      continue;
    uint32_t below =
        cell_beside(space, axis, limit->cell, limit->place, own - 1);
    uint32_t above =
        cell_beside(space, axis, limit->cell, limit->place, own + 1);
    ArenaMark mark = space_mark(space);
    if (below != NONE && above != NONE)
      check_joint_bands(limit, bands, below, above, all);
    space_back(space, mark);
  }
}

static void check_joint_axes(Audit *audit, BoundaryAudit *one,
                             const Boxes *all, ToldList *told) {
  const Image *image = audit->image;
  Bands bands = {0};
  for (uint32_t axis = 0; axis < one->space.axis_count; axis++) {
    if (one->space.axes[axis].count == 1) continue;
    find_bands(one, axis, &bands);
    for (uint32_t i = 0; i < one->space.axes[axis].count; i++) {
      Limit limit = {audit, one, told, NONE, NONE, axis, i, 0};
      uint32_t fact = fact_of(&one->space, axis, i);
      if (is_amount(&one->space, axis, i) &&
          image->facts.at[fact].type != TYPE_RECORD)
        check_place(&limit, &bands, all);
    }
  }
}

void audit_thresholds(Audit *audit, BoundaryAudit *one) {
  Boxes all = {0};
  ToldList told = {0};
  chart_list(&one->chart, SILENT, 0, &all);
  check_single_axes(audit, one, &all, &told);
  check_joint_axes(audit, one, &all, &told);
}

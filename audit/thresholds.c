/* Thresholds: amounts between two limits that no rule has, and amounts that
 * two bands share. */
#include "audit/audit.h"
#include "audit/words.h"

/* An axis of amounts or days, and its one variable. */
static bool has_amounts(const Space *space, uint32_t axis) {
  const Image *image = space->grid->image;
  if (space->axes[axis].count != 1) return false;
  const Variable *variable =
      &image->variables.at[space->axes[axis].variables[0]];
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

static uint32_t fact_of(const Space *space, uint32_t axis) {
  return space->grid->image->variables.at[space->axes[axis].variables[0]].fact;
}

/* Does the cell hold one value only? */
static bool is_exact(const Space *space, uint32_t axis, uint32_t cell) {
  const Axis *own = &space->axes[axis];
  const GridVariable *variable = &space->grid->variables[own->variables[0]];
  const uint64_t *cells = space_class(own, cell, 0);
  uint32_t first = 0, count = 0;
  for (uint32_t i = variable->cells; i-- > 0;)
    if (cells[i / 64] >> (i % 64) & 1) {
      first = i;
      count++;
    }
  return count == 1 &&
         grid_cell_low(variable, first) == grid_cell_high(variable, first);
}

static uint32_t first_cell(const Space *space, uint32_t side) {
  uint32_t cell = 0;
  while (!side_has(&space->sides.at[side], cell)) cell++;
  return cell;
}

static uint32_t last_cell(const Space *space, uint32_t side) {
  uint32_t cell = space->axes[space->sides.at[side].axis].cells - 1;
  while (!side_has(&space->sides.at[side], cell)) cell--;
  return cell;
}

/* The box with one cell on the axis, whatever it had there. */
static Box box_at(Space *space, const Box *box, uint32_t axis, uint32_t cell) {
  uint32_t *sides = ARENA_ARRAY(space->arena, box->count + 1, uint32_t);
  uint32_t count = 0;
  Box bare = {sides, 0}, both;
  for (uint32_t i = 0; i < box->count; i++)
    if (space->sides.at[box->sides[i]].axis != axis)
      sides[count++] = box->sides[i];
  bare.count = count;
  Box one = box_of_side(space, space_side_one(space, axis, cell));
  box_both(space, &bare, &one, &both);
  return both;
}

/* --------------------------------------------------------------- telling */

typedef struct Limit {
  Audit *audit;
  BoundaryAudit *one;
  uint32_t below, above; /* rules */
  uint32_t axis, cell;
} Limit;

static bool already_told(const Limit *limit, FindingKind kind) {
  const Findings *all = &limit->audit->findings;
  uint32_t fact = fact_of(&limit->one->space, limit->axis);
  for (uint32_t i = 0; i < all->count; i++) {
    const Finding *finding = &all->at[i];
    if (finding->kind == kind && finding->boundary == limit->one->boundary &&
        finding->rules.at[0] == limit->below &&
        finding->rules.at[1] == limit->above && finding->facts.at[0] == fact)
      return true;
  }
  return false;
}

static void tell(const Limit *limit, FindingKind kind, const AxisCell *point) {
  Audit *audit = limit->audit;
  Space *space = &limit->one->space;
  uint64_t mask[SPACE_CELLS_MOST / 64] = {0};
  Buffer value = {.arena = audit->arena};
  Finding *finding = audit_find(audit, kind, limit->one->boundary);
  audit_name_rule(audit, finding, limit->below);
  audit_name_rule(audit, finding, limit->above);
  VEC_PUSH(audit->arena, &finding->facts, fact_of(space, limit->axis));
  mask[limit->cell / 64] = UINT64_C(1) << (limit->cell % 64);
  words_side(&value, space, limit->axis, mask);
  audit_name(audit, finding, buffer_text(&value));
  finding->message = text_format(
      audit->arena,
      kind == FINDING_THRESHOLD_HOLE
          ? "`%.*s` stops before %.*s, and `%.*s` starts after it. No rule "
            "has it."
          : "`%.*s` still has %.*s, and `%.*s` has it already.",
      TEXT_ARG(words_rule(audit->image, limit->below)),
      TEXT_ARG(buffer_text(&value)),
      TEXT_ARG(words_rule(audit->image, limit->above)));
  finding->help = TEXT("Look at `above`, `at least`, `at most` and `below` in "
                       "both: one of the two should take this value.");
  Witness witness;
  if (audit_witness(audit, limit->one, point, &witness))
    VEC_PUSH(audit->arena, &finding->witnesses, witness);
}

/* --------------------------------------------------------------- looking */

/* The two rules leave out one cell between them, and nothing else has it. */
static void check_hole(Limit *limit, const Box *below, const Box *above,
                       const Boxes *all) {
  Space *space = &limit->one->space;
  AxisCell *point = ARENA_ARRAY(space->arena, space->axis_count + 1, AxisCell);
  Box here = box_at(space, below, limit->axis, limit->cell), both;
  Box there = box_at(space, above, limit->axis, limit->cell);
  if (already_told(limit, FINDING_THRESHOLD_HOLE)) return;
  if (!box_both(space, &here, &there, &both)) return;
  if (find_outside(&limit->one->search, all, &both, point) == POINT_FOUND)
    tell(limit, FINDING_THRESHOLD_HOLE, point);
}

static void check_overlap(Limit *limit, const Box *below, const Box *above) {
  Space *space = &limit->one->space;
  AxisCell *point = ARENA_ARRAY(space->arena, space->axis_count + 1, AxisCell);
  Box both;
  if (already_told(limit, FINDING_THRESHOLD_OVERLAP)) return;
  if (!box_both(space, below, above, &both)) return;
  if (find_outside(&limit->one->search, &limit->one->chart.impossible, &both,
                   point) == POINT_FOUND)
    tell(limit, FINDING_THRESHOLD_OVERLAP, point);
}

static void check_boxes(Limit *limit, const Box *below, const Box *above,
                        const Boxes *all) {
  Space *space = &limit->one->space;
  for (uint32_t i = 0; i < below->count; i++) {
    uint32_t axis = space->sides.at[below->sides[i]].axis;
    uint32_t upper = box_side(space, above, axis);
    if (upper == SIDE_ALL || !has_amounts(space, axis)) continue;
    uint32_t last = last_cell(space, below->sides[i]);
    uint32_t first = first_cell(space, upper);
    limit->axis = axis;
    if (first == last + 2) {
      limit->cell = last + 1;
      check_hole(limit, below, above, all);
    } else if (first == last && is_exact(space, axis, last) &&
               first_cell(space, below->sides[i]) < last &&
               last_cell(space, upper) > first) {
      limit->cell = last;
      check_overlap(limit, below, above);
    }
  }
}

void audit_thresholds(Audit *audit, BoundaryAudit *one) {
  const Chart *chart = &one->chart;
  Boxes all = {0};
  chart_list(chart, SILENT, 0, &all);
  for (uint32_t i = 0; i < chart->parts.count; i++)
    for (uint32_t k = 0; k < chart->parts.count; k++) {
      const Part *below = &chart->parts.at[i], *above = &chart->parts.at[k];
      Limit limit = {audit, one, below->rule, above->rule, 0, 0};
      if (below->rule == above->rule || below->met || above->met) continue;
      for (uint32_t b = 0; b < below->boxes.count; b++)
        for (uint32_t a = 0; a < above->boxes.count; a++)
          check_boxes(&limit, &below->boxes.at[b], &above->boxes.at[a], &all);
    }
}

/* Thresholds on axes of several variables. */
#include "audit/thresholds.h"

/* Where an amount shares its axis with totals that it is added to, going up on
 * it alone cannot be: the totals go up too.  So the cells beside an exact
 * value are those with the next amount and all else as near as can be. */

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
      if (low->rule == high->rule ||
          !threshold_has_cell(space, low->box, axis, below) ||
          !threshold_has_cell(space, high->box, axis, above) ||
          threshold_told(limit, FINDING_THRESHOLD_HOLE))
        continue;
      Box x = threshold_bare(space, low->box, axis);
      Box y = threshold_bare(space, high->box, axis);
      if (box_both(space, &x, &y, &both) &&
          box_both(space, &both, &here, &box) &&
          find_outside(&limit->one->search, all, &box, point) == POINT_FOUND)
        threshold_tell(limit, FINDING_THRESHOLD_HOLE, point);
    }
}

static void check_place(Limit *limit, const Bands *bands, const Boxes *all) {
  Space *space = &limit->one->space;
  const Axis *axis = &space->axes[limit->axis];
  for (limit->cell = 0; limit->cell < axis->cells; limit->cell++) {
    uint32_t own = class_at(space, axis, limit->cell, limit->place);
    if (own == 0 ||
        !threshold_is_exact(space, limit->axis, limit->place, limit->cell))
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

void threshold_joint_axes(Audit *audit, BoundaryAudit *one, const Boxes *all,
                          ToldList *told) {
  const Image *image = audit->image;
  Bands bands = {0};
  for (uint32_t axis = 0; axis < one->space.axis_count; axis++) {
    if (one->space.axes[axis].count == 1) continue;
    threshold_bands(one, axis, &bands);
    for (uint32_t i = 0; i < one->space.axes[axis].count; i++) {
      Limit limit = {audit, one, told, NONE, NONE, axis, i, 0};
      uint32_t fact = threshold_fact(&one->space, axis, i);
      if (threshold_is_amount(&one->space, axis, i) &&
          image->facts.at[fact].type != TYPE_RECORD)
        check_place(&limit, &bands, all);
    }
  }
}

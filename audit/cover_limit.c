/* Situations for limits: one on each side of them, and with exact values. */
#include "audit/cover_suggest.h"

/* A value that shows the goal: the edge itself, or one between the limits. */
static int64_t limit_value(const Suggester *suggester, const Goal *goal) {
  const BoundaryAudit *one = suggester->unit->one;
  const GridVariable *variable = &one->inquiry.grid.variables[goal->other];
  if (goal->kind == GOAL_EDGE) return goal->value;
  uint32_t first, last;
  uint64_t *mask =
      ARENA_ARRAY(suggester_arena(suggester), variable->words, uint64_t);
  cover_run(suggester->unit, goal->other, (uint32_t)goal->value, &first, &last);
  for (uint32_t cell = first; cell <= last; cell++)
    mask[cell / 64] |= UINT64_C(1) << (cell % 64);
  return witness_value(&one->inquiry.grid, goal->other, mask);
}

static bool has_value(const Suggester *suggester, const Try *one,
                      const Goal *goal) {
  const BoundaryAudit *audit = suggester->unit->one;
  if (!one->exact || !one->has_exact[goal->axis]) return false;
  if (goal->kind == GOAL_EDGE) return one->exact[goal->axis] == goal->value;
  uint32_t first, last;
  uint32_t cell = grid_cell_of(&audit->inquiry.grid.variables[goal->other],
                               one->exact[goal->axis]);
  cover_run(suggester->unit, goal->other, (uint32_t)goal->value, &first, &last);
  return cell >= first && cell <= last;
}

static void give(Suggester *suggester, uint32_t number, const Goal *goal) {
  Arena *arena = suggester_arena(suggester);
  uint32_t axes = suggester->unit->one->space.axis_count;
  Try *one = &suggester->tries.at[number];
  if (!one->exact) {
    one->exact = ARENA_ARRAY(arena, axes + 1, int64_t);
    one->has_exact = ARENA_ARRAY(arena, axes + 1, uint8_t);
  }
  one->has_exact[goal->axis] = 1;
  one->exact[goal->axis] = limit_value(suggester, goal);
}

/* May the axis be given a value of its own? */
static bool takes_value(const Suggester *suggester, const Goal *goal) {
  const Image *image = suggester->unit->one->inquiry.image;
  uint32_t fact = image->variables.at[goal->other].fact;
  return suggester->unit->one->space.axes[goal->axis].count == 1 &&
         image->facts.at[fact].type != TYPE_RECORD;
}

/* A try that has the cell and no value of its own yet; or has the value. */
static uint32_t find_free(const Suggester *suggester, const Goal *goal) {
  AxisCell cell = goal->points[0][goal->axis];
  uint32_t found = NONE;
  for (uint32_t i = 0; i < suggester->tries.count; i++) {
    const Try *one = &suggester->tries.at[i];
    if (has_value(suggester, one, goal)) return i;
    if (found == NONE && one->point[goal->axis] == cell &&
        (!one->exact || !one->has_exact[goal->axis]))
      found = i;
  }
  return found;
}

static void place(Suggester *suggester, const Goal *goal) {
  if (!takes_value(suggester, goal)) {
    tries_add(suggester, goal->points[0]);
    return;
  }
  uint32_t found = find_free(suggester, goal);
  if (found == NONE) {
    found = tries_add(suggester, goal->points[0]);
    const Try *one = &suggester->tries.at[found];
    /* The same kind of situation, with another value. */
    if (one->exact && one->has_exact[goal->axis])
      found = tries_add_again(suggester, found);
  }
  if (!has_value(suggester, &suggester->tries.at[found], goal))
    give(suggester, found, goal);
}

void tries_for_limits(Suggester *suggester) {
  for (int kind = GOAL_EDGE; kind >= GOAL_CELL; kind--)
    for (uint32_t i = 0; i < suggester->wanted.count; i++)
      if (suggester->wanted.at[i].goal->kind == kind &&
          !suggester_stops(suggester))
        place(suggester, suggester->wanted.at[i].goal);
}

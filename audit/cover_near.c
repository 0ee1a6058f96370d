/* What points that were found already show besides: a pair is looked for beside
 * them before it is searched for.  That is quicker, and fewer situations come
 * to show more. */
#include "audit/cover.h"

#define KNOWN_MOST 3 /* points of one rule */

struct Known {
  AxisCell *points[KNOWN_MOST]; /* the rule is in force there */
  uint32_t count;
};

void cover_know(Cover *cover, CoverUnit *unit, AxisCell *point) {
  const Inquiry *inquiry = &unit->one->inquiry;
  const uint8_t *masks = probe_point(unit, point);
  if (!unit->known)
    unit->known = ARENA_ARRAY(cover->audit->arena,
                              inquiry->image->rules.count + 1, struct Known);
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    struct Known *known = &unit->known[rule];
    if (masks[point_standing(rule)] == 1u << STANDING_IN_FORCE &&
        known->count < KNOWN_MOST)
      known->points[known->count++] = point;
  }
}

bool cover_pair_can(const CoverUnit *unit, uint32_t rule,
                    const AxisCell *point) {
  const BoundaryAudit *one = unit->one;
  return !point_within_any(&one->space, point, &one->chart.impossible) &&
         !point_within_any(&one->space, point, &one->chart.holds[rule]);
}

/* Does another cell of the goal's axis, beside `point`, show it? */
static bool shows_beside(CoverUnit *unit, Goal *goal, uint8_t *masks,
                         AxisCell *other) {
  uint32_t own = other[goal->axis];
  memcpy(masks, probe_point(unit, other), unit->one->inquiry.points);
  for (uint32_t cell = 0; cell < unit->one->space.axes[goal->axis].cells;
       cell++) {
    other[goal->axis] = cell;
    if (cell != own && cover_pair_can(unit, goal->rule, other) &&
        cover_pair_shows(unit, goal->rule, masks, probe_point(unit, other)))
      return true;
  }
  return false;
}

bool cover_find_near(Cover *cover, CoverUnit *unit, Goal *goal) {
  Arena *arena = cover->audit->arena;
  uint32_t axes = unit->one->space.axis_count;
  if (!unit->known) return false;
  const struct Known *known = &unit->known[goal->rule];
  ArenaMark mark = arena_mark(arena);
  AxisCell *other = ARENA_ARRAY(arena, axes + 1, AxisCell);
  uint8_t *masks = ARENA_ARRAY(arena, unit->one->inquiry.points + 1, uint8_t);
  for (uint32_t i = known->count; i-- > 0;) {
    memcpy(other, known->points[i], axes * sizeof *other);
    if (!shows_beside(unit, goal, masks, other)) continue;
    goal->points[0] = known->points[i];
    goal->points[1] = other;
    return true;
  }
  arena_back(arena, mark);
  return false;
}

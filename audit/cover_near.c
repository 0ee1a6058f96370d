/* What points that were found already show besides: a pair is looked for beside
 * them before it is searched for.  That is quicker, and fewer situations come
 * to show more. */
#include "audit/cover_beside.h"

#define KNOWN_MOST 8 /* points of one rule */

struct Known {
  AxisCell *points[KNOWN_MOST]; /* the rule is in force there */
  uint32_t count;
};

void cover_know(Cover *cover, CoverUnit *unit, AxisCell *point) {
  Arena *arena = cover->audit->arena;
  Beside *beside = beside_of(cover, unit);
  uint32_t rules = unit->one->inquiry.image->rules.count;
  if (!unit->known)
    unit->known = ARENA_ARRAY(arena, rules + 1, struct Known);
  beside_set(unit, beside, point);
  for (uint32_t i = beside->force[0]; i < beside->force[1]; i++)
    for (uint64_t left = ~beside->missed[i] & beside->kinds[BESIDE_FORCE][i];
         left; left &= left - 1) {
      uint32_t rule = beside->of[i * 64 + (uint32_t)__builtin_ctzll(left)].rule;
      struct Known *known = &unit->known[rule];
      bool again =
          known->count && known->points[known->count - 1] == point;
      if (!again && known->count < KNOWN_MOST)
        known->points[known->count++] = point;
    }
}

typedef struct Nearby {
  CoverUnit *unit;
  Beside *beside;
  Goal *goal;
  uint64_t *here, *there; /* boxes at the point, and beside it */
  uint8_t *masks;
  AxisCell *other;
} Nearby;

/* Does this cell of the goal's axis show it?  The evaluator is asked only where
 * the chart says so. */
static bool shows_at(Nearby *nearby, const AxisCell *point, AxisCell cell) {
  CoverUnit *unit = nearby->unit;
  const Goal *goal = nearby->goal;
  beside_boxes(nearby->beside, goal->axis, point[goal->axis], cell,
               nearby->there);
  nearby->other[goal->axis] = cell;
  if (beside_holds(nearby->beside, nearby->there, goal->rule) ||
      !beside_differs(unit, nearby->beside, goal->rule, nearby->here,
                      nearby->there) ||
      point_within_any(&unit->one->space, nearby->other,
                       &unit->one->chart.impossible))
    return false;
  memcpy(nearby->masks, probe_point(unit, point), unit->one->inquiry.points);
  return cover_pair_shows(unit, goal->rule, nearby->masks,
                          probe_point(unit, nearby->other));
}

static bool shows_beside(Nearby *nearby, const AxisCell *point) {
  const Space *space = &nearby->unit->one->space;
  uint32_t axis = nearby->goal->axis;
  memcpy(nearby->other, point, space->axis_count * sizeof *point);
  beside_set(nearby->unit, nearby->beside, point);
  beside_boxes(nearby->beside, axis, point[axis], point[axis], nearby->here);
  for (uint32_t cell = 0; cell < space->axes[axis].cells; cell++)
    if (cell != point[axis] && shows_at(nearby, point, cell)) return true;
  return false;
}

bool cover_find_near(Cover *cover, CoverUnit *unit, Goal *goal) {
  Arena *arena = cover->audit->arena;
  uint32_t axes = unit->one->space.axis_count;
  if (!unit->known) return false;
  const struct Known *known = &unit->known[goal->rule];
  Nearby nearby = {.unit = unit, .goal = goal};
  nearby.beside = beside_of(cover, unit);
  ArenaMark before = arena_mark(arena);
  nearby.other = ARENA_ARRAY(arena, axes + 1, AxisCell);
  ArenaMark mark = arena_mark(arena);
  nearby.here = ARENA_ARRAY(arena, nearby.beside->words, uint64_t);
  nearby.there = ARENA_ARRAY(arena, nearby.beside->words, uint64_t);
  nearby.masks = ARENA_ARRAY(arena, unit->one->inquiry.points + 1, uint8_t);
  uint32_t i = known->count;
  while (i > 0 && !shows_beside(&nearby, known->points[i - 1])) i--;
  arena_back(arena, i ? mark : before);
  if (!i) return false;
  goal->points[0] = known->points[i - 1];
  goal->points[1] = nearby.other;
  return true;
}

/* Facts that do not matter to what a situation shows are left out. */
#include "audit/cover_suggest.h"

/* -------------------------------------------------------------- first looks */

/* Does the try show the goal still at this outcome of the probe? */
static bool shows_at(Suggester *suggester, uint32_t number,
                     const Wanted *wanted, const uint8_t *masks) {
  const Goal *goal = wanted->goal;
  Asked asked = {.masks = masks};
  if (goal_is_limit(goal)) return true;
  if (goal->kind == GOAL_DECIDES)
    return probe_decides(suggester->unit, masks, goal->rule);
  if (goal->kind != GOAL_MATTERS)
    return asked_shows(suggester->unit, &asked, goal);
  return suggester->ways.at[wanted->way].first == number
             ? masks[point_standing(goal->rule)] == 1u << STANDING_IN_FORCE
             : masks[point_condition(goal->rule)] == THREE_NO;
}

static bool all_show_at(Suggester *suggester, uint32_t number,
                        const AxisCell *point) {
  const Try *one = &suggester->tries.at[number];
  const uint8_t *masks = probe_point(suggester->unit, point);
  if (masks[POINT_VERDICT] != one->seen.guidance[0]) return false;
  for (uint32_t i = 0; i < one->goals.count; i++)
    if (!shows_at(suggester, number, &suggester->wanted.at[one->goals.at[i]],
                  masks))
      return false;
  return true;
}

static bool all_show_along(Suggester *suggester, uint32_t number,
                           uint32_t axis) {
  Arena *arena = suggester_arena(suggester);
  const Space *space = &suggester->unit->one->space;
  ArenaMark mark = arena_mark(arena);
  AxisCell *point = ARENA_ARRAY(arena, space->axis_count + 1, AxisCell);
  memcpy(point, suggester->tries.at[number].point,
         space->axis_count * sizeof *point);
  bool all = true;
  for (uint32_t cell = 0; all && cell < space->axes[axis].cells; cell++) {
    point[axis] = cell;
    all = all_show_at(suggester, number, point);
  }
  arena_back(arena, mark);
  return all;
}

/* What is shown must be so with every value of the fact.  A few values are
 * looked at before all that is open is settled together. */
static bool may_leave_out(Suggester *suggester, uint32_t number,
                          uint32_t fact) {
  const Space *space = &suggester->unit->one->space;
  const Fact *source = &space->grid->image->facts.at[fact];
  if (source->dimension == SUPPORT || source->type == TYPE_RECORD) return true;
  for (uint32_t axis = 0; axis < space->axis_count; axis++)
    if (space->axes[axis].count == 1 && space_fact(space, axis) == fact &&
        !all_show_along(suggester, number, axis))
      return false;
  return true;
}

/* ----------------------------------------------------------- all or by half */

static bool shows_still(Suggester *suggester, uint32_t number,
                        const Asked *asked) {
  const Numbers *goals = &suggester->tries.at[number].goals;
  for (uint32_t i = 0; i < goals->count; i++) {
    const Wanted *wanted = &suggester->wanted.at[goals->at[i]];
    const Shown *way = &suggester->ways.at[wanted->way];
    const Asked *first = way->first == number
                             ? asked : try_asked(suggester, way->first);
    if (way->second == NONE) {
      if (!asked_shows(suggester->unit, first, wanted->goal)) return false;
      continue;
    }
    const Asked *second = way->second == number
                              ? asked : try_asked(suggester, way->second);
    if (!asked_pair_shows(suggester->unit, first, second, wanted->goal))
      return false;
  }
  return true;
}

/* Leaves all these facts out; false if that shows something else. */
static bool leave_out(Suggester *suggester, uint32_t number,
                      const uint32_t *facts, uint32_t count) {
  Arena *arena = suggester_arena(suggester);
  const Image *image = suggester->cover->audit->image;
  Asked *own = try_asked(suggester, number), asked;
  Situation situation = own->situation;
  ArenaMark mark = arena_mark(arena);
  situation.facts = ARENA_ARRAY(arena, image->facts.count + 1, Given);
  memcpy(situation.facts, own->situation.facts,
         image->facts.count * sizeof *situation.facts);
  for (uint32_t i = 0; i < count; i++) situation.facts[facts[i]] = (Given){0};
  asked_make(suggester->cover, suggester->unit, &situation, &asked);
  asked.situation.boundary = situation.boundary;
  uint8_t verdict = suggester->tries.at[number].seen.guidance[0];
  bool same = asked.masks[POINT_VERDICT] == verdict &&
              shows_still(suggester, number, &asked);
  if (same)
    *own = asked;
  else
    arena_back(arena, mark);
  return same;
}

/* Those that can all be left out take one question.  The more is open, the less
 * is shown: so it comes to what asking one by one would, and to more where two
 * facts share an axis, as records and their limits do, and only both can go.
 * No deeper than all facts can be halved. */
static void leave_most(Suggester *suggester, uint32_t number,
                       const uint32_t *facts, uint32_t count) {
  uint32_t half = count / 2;
  if (!count || leave_out(suggester, number, facts, count) || count == 1)
    return;
  leave_most(suggester, number, facts, half);
  leave_most(suggester, number, facts + half, count - half);
}

/* Of those that may be left out, the last declared come first. */
static uint32_t list_facts(Suggester *suggester, uint32_t number,
                           uint32_t *facts) {
  const Given *given = try_asked(suggester, number)->situation.facts;
  uint32_t count = 0;
  for (uint32_t i = suggester->cover->audit->image->facts.count; i-- > 0;)
    if (given[i].given && may_leave_out(suggester, number, i))
      facts[count++] = i;
  return count;
}

/* The partners are there before, so that what is tried can be given up. */
static void make_partners(Suggester *suggester, uint32_t number) {
  const Numbers *goals = &suggester->tries.at[number].goals;
  for (uint32_t i = 0; i < goals->count; i++) {
    const Wanted *wanted = &suggester->wanted.at[goals->at[i]];
    const Shown *way = &suggester->ways.at[wanted->way];
    try_asked(suggester, way->first);
    if (way->second != NONE) try_asked(suggester, way->second);
  }
}

bool tries_leave_facts_out(Suggester *suggester, uint32_t count) {
  uint32_t most = suggester->cover->audit->image->facts.count;
  uint32_t *facts = ARENA_ARRAY(suggester_arena(suggester), most + 1, uint32_t);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t number = suggester->order[i];
    if (suggester_stops(suggester)) return false;
    make_partners(suggester, number);
    leave_most(suggester, number, facts, list_facts(suggester, number, facts));
  }
  return true;
}

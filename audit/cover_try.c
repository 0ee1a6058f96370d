/* Situations to be tried.
 *
 * A pair differs on one axis, and each of its two may show something with the
 * other.  So from a first situation the neighbour is taken in that shows most
 * with it, then the next, and so on from the neighbours; at first only where
 * two goals or more are shown at once. */
#include "audit/cover_suggest.h"

#define LEAST_AT_FIRST 2 /* goals that a neighbour is to show */

/* -------------------------------------------------------------- the table */

/* FNV-1a, and one more multiplication (Fibonacci hashing), as what comes last
 * would else hardly reach the bits that are taken. */
static uint32_t slot_of(const Suggester *suggester, const AxisCell *point) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (uint32_t i = 0; i < suggester->unit->one->space.axis_count; i++)
    hash = (hash ^ point[i]) * UINT64_C(1099511628211);
  hash = (hash ^ hash >> 32) * UINT64_C(0x9E3779B97F4A7C15);
  return (uint32_t)(hash >> 32) & (suggester->slot_count - 1);
}

bool tries_same(const Suggester *suggester, uint32_t number,
                const AxisCell *point) {
  uint32_t axes = suggester->unit->one->space.axis_count;
  return memcmp(suggester->tries.at[number].point, point,
                axes * sizeof *point) == 0;
}

static void enter(Suggester *suggester, uint32_t number) {
  Try *one = &suggester->tries.at[number];
  uint32_t *slot = &suggester->slots[slot_of(suggester, one->point)];
  one->next = *slot;
  *slot = number;
}

static void make_slots(Suggester *suggester) {
  uint32_t count = suggester->slot_count;
  if (suggester->tries.count < count) return;
  suggester->slot_count = count ? count * 4 : 256;
  suggester->slots = ARENA_ARRAY(suggester_arena(suggester),
                                 suggester->slot_count, uint32_t);
  memset(suggester->slots, 0xff,
         suggester->slot_count * sizeof *suggester->slots);
  for (uint32_t i = 0; i < suggester->tries.count; i++) enter(suggester, i);
}

uint32_t tries_find(const Suggester *suggester, const AxisCell *point) {
  if (!suggester->slot_count) return NONE;
  uint32_t number = suggester->slots[slot_of(suggester, point)];
  while (number != NONE && !tries_same(suggester, number, point))
    number = suggester->tries.at[number].next;
  return number;
}

static uint32_t add(Suggester *suggester, AxisCell *point) {
  make_slots(suggester);
  Try *one = VEC_ADD(suggester_arena(suggester), &suggester->tries);
  one->point = point;
  enter(suggester, suggester->tries.count - 1);
  return suggester->tries.count - 1;
}

uint32_t tries_add(Suggester *suggester, const AxisCell *point) {
  uint32_t axes = suggester->unit->one->space.axis_count;
  uint32_t found = tries_find(suggester, point);
  if (found != NONE) return found;
  AxisCell *own = ARENA_ARRAY(suggester_arena(suggester), axes + 1, AxisCell);
  memcpy(own, point, axes * sizeof *point);
  return add(suggester, own);
}

uint32_t tries_add_again(Suggester *suggester, uint32_t number) {
  return add(suggester, suggester->tries.at[number].point);
}

/* ------------------------------------------------------------------ growing */

/* A situation whose neighbours are looked at. */
typedef struct Grower {
  Suggester *suggester;
  CoverUnit *unit;
  const AxisCell *point;
  Numbers goals;  /* wanted pairs of which it may be the first */
  uint64_t *here, *there; /* boxes at the point, and beside it */
  uint8_t *masks; /* at the point, once `probed` */
  bool probed;
  AxisCell *other;
  uint32_t *scores; /* for each axis and cell at most so many goals */
  uint32_t axis, cell; /* of the neighbour in hand */
} Grower;

static bool pair_wanted(const Wanted *wanted) {
  return wanted->goal->kind == GOAL_MATTERS && !wanted->shown;
}

/* Those of rules that are in force at the point, by the chart. */
static void list_goals(Grower *grower) {
  Suggester *suggester = grower->suggester;
  const Beside *beside = suggester->beside;
  uint32_t last = NONE;
  grower->goals.count = 0;
  for (uint32_t i = beside->force[0]; i < beside->force[1]; i++)
    for (uint64_t left = grower->here[i] & beside->kinds[BESIDE_FORCE][i];
         left; left &= left - 1) {
      uint32_t rule = beside->of[i * 64 + (uint32_t)__builtin_ctzll(left)].rule;
      if (rule == last) continue;
      for (uint32_t k = suggester->of_rule[rule]; k != NONE;
           k = suggester->wanted.at[k].next)
        if (pair_wanted(&suggester->wanted.at[k]))
          VEC_PUSH(suggester_arena(suggester), &grower->goals, k);
      last = rule;
    }
}

/* Goals of which the point is the first. */
static uint32_t score_from(const Grower *grower, uint32_t axis) {
  const Suggester *suggester = grower->suggester;
  const Beside *beside = suggester->beside;
  uint32_t score = 0;
  for (uint32_t i = 0; i < grower->goals.count; i++) {
    const Wanted *wanted = &suggester->wanted.at[grower->goals.at[i]];
    const Goal *goal = wanted->goal;
    score += goal->axis == axis && !wanted->shown &&
             !beside_holds(beside, grower->there, goal->rule) &&
             beside_differs(grower->unit, beside, goal->rule, grower->here,
                            grower->there);
  }
  return score;
}

/* Goals of one rule of which the neighbour is the first. */
static uint32_t score_rule(const Grower *grower, uint32_t axis, uint32_t rule) {
  const Suggester *suggester = grower->suggester;
  const Beside *beside = suggester->beside;
  for (uint32_t i = suggester->of_rule[rule]; i != NONE;
       i = suggester->wanted.at[i].next) {
    const Wanted *wanted = &suggester->wanted.at[i];
    if (pair_wanted(wanted) && wanted->goal->axis == axis)
      return !beside_holds(beside, grower->here, rule) &&
             beside_differs(grower->unit, beside, rule, grower->there,
                            grower->here);
  }
  return 0;
}

static uint32_t score_to(const Grower *grower, uint32_t axis) {
  const Beside *beside = grower->suggester->beside;
  uint32_t score = 0, last = NONE;
  for (uint32_t i = beside->force[0]; i < beside->force[1]; i++)
    for (uint64_t left = grower->there[i] & ~grower->here[i] &
                         beside->kinds[BESIDE_FORCE][i];
         left; left &= left - 1) {
      uint32_t rule = beside->of[i * 64 + (uint32_t)__builtin_ctzll(left)].rule;
      if (rule == last) continue;
      score += score_rule(grower, axis, rule);
      last = rule;
    }
  return score;
}

static uint32_t *score_at(const Grower *grower) {
  const BoxIndex *index = grower->suggester->beside->boxes.index;
  return &grower->scores[index->first[grower->axis] + grower->cell];
}

static bool has_goal(const Grower *grower) {
  const Suggester *suggester = grower->suggester;
  for (uint32_t i = 0; i < grower->goals.count; i++)
    if (suggester->wanted.at[grower->goals.at[i]].goal->axis == grower->axis)
      return true;
  return false;
}

static uint32_t count_score(Grower *grower) {
  uint32_t axis = grower->axis, own = grower->point[axis];
  if (grower->cell == own ||
      (!has_goal(grower) && !beside_gains(grower->suggester->beside, axis, own,
                                          grower->cell)))
    return 0;
  beside_boxes(grower->suggester->beside, axis, own, grower->cell,
               grower->there);
  return score_from(grower, axis) + score_to(grower, axis);
}

static void count_scores(Grower *grower) {
  const Space *space = &grower->unit->one->space;
  for (grower->axis = 0; grower->axis < space->axis_count; grower->axis++)
    for (grower->cell = 0; grower->cell < space->axes[grower->axis].cells;
         grower->cell++)
      *score_at(grower) = count_score(grower);
}

/* Takes the neighbour in hand that shows most; its goals. */
static uint32_t find_best(Grower *grower) {
  const Space *space = &grower->unit->one->space;
  uint32_t best = 0, axis = 0, cell = 0;
  for (grower->axis = 0; grower->axis < space->axis_count; grower->axis++)
    for (grower->cell = 0; grower->cell < space->axes[grower->axis].cells;
         grower->cell++)
      if (*score_at(grower) > best) {
        best = *score_at(grower);
        axis = grower->axis;
        cell = grower->cell;
      }
  grower->axis = axis;
  grower->cell = cell;
  return best;
}

static bool tick(const CoverUnit *unit, Wanted *wanted, uint32_t axis,
                 const uint8_t *first, const uint8_t *second) {
  if (!pair_wanted(wanted) || wanted->goal->axis != axis ||
      !cover_pair_shows(unit, wanted->goal->rule, first, second))
    return false;
  return wanted->shown = true;
}

/* Ticks what the two show, as the evaluator sees it. */
static uint32_t tick_both(Grower *grower, const uint8_t *other) {
  Suggester *suggester = grower->suggester;
  const Inquiry *inquiry = &grower->unit->one->inquiry;
  uint32_t count = 0;
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    bool here = grower->masks[point_standing(rule)] == 1u << STANDING_IN_FORCE;
    bool there = other[point_standing(rule)] == 1u << STANDING_IN_FORCE;
    if (here == there) continue;
    for (uint32_t k = suggester->of_rule[rule]; k != NONE;
         k = suggester->wanted.at[k].next)
      count += tick(grower->unit, &suggester->wanted.at[k], grower->axis,
                    here ? grower->masks : other, here ? other : grower->masks);
  }
  return count;
}

static void take(Grower *grower) {
  CoverUnit *unit = grower->unit;
  const Space *space = &unit->one->space;
  memcpy(grower->other, grower->point,
         space->axis_count * sizeof *grower->other);
  grower->other[grower->axis] = grower->cell;
  if (point_within_any(space, grower->other, &unit->one->chart.impossible))
    return;
  if (!grower->probed)
    memcpy(grower->masks, probe_point(unit, grower->point),
           unit->one->inquiry.points);
  grower->probed = true;
  if (!tick_both(grower, probe_point(unit, grower->other))) return;
  tries_add(grower->suggester, grower->point);
  tries_add(grower->suggester, grower->other);
}

/* Scores only fall, as goals are shown: one that is still right is the best. */
static void take_all(Grower *grower, uint32_t least) {
  for (uint32_t best; (best = find_best(grower)) >= least;) {
    uint32_t now = count_score(grower);
    *score_at(grower) = now < best ? now : 0;
    if (now == best) take(grower);
  }
}

static void grow(Grower *grower, const AxisCell *point, uint32_t least) {
  Beside *beside = grower->suggester->beside;
  grower->point = point;
  grower->probed = false;
  beside_set(grower->unit, beside, point);
  beside_boxes(beside, 0, point[0], point[0], grower->here);
  list_goals(grower);
  count_scores(grower);
  take_all(grower, least);
}

/* A witness that the chart does not tell of. */
static void take_witness(Grower *grower, const Goal *goal) {
  grower->axis = goal->axis;
  grower->cell = goal->points[1][goal->axis];
  take(grower);
}

static void grow_all(Grower *grower, uint32_t least) {
  Suggester *suggester = grower->suggester;
  uint32_t done = 0;
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    for (; done < suggester->tries.count; done++) {
      if (suggester_stops(suggester)) return;
      grow(grower, suggester->tries.at[done].point, least);
    }
    const Wanted *wanted = &suggester->wanted.at[i];
    if (!pair_wanted(wanted)) continue;
    if (suggester_stops(suggester)) return;
    grow(grower, wanted->goal->points[0], least);
    if (least == 1 && !wanted->shown) take_witness(grower, wanted->goal);
  }
}

void tries_for_pairs(Suggester *suggester) {
  Arena *arena = suggester_arena(suggester);
  CoverUnit *unit = suggester->unit;
  const Space *space = &unit->one->space;
  uint32_t cells = 0, words = suggester->beside->words;
  Grower grower = {.suggester = suggester, .unit = unit};
  for (uint32_t i = 0; i < space->axis_count; i++)
    cells += space->axes[i].cells;
  grower.here = ARENA_ARRAY(arena, words, uint64_t);
  grower.there = ARENA_ARRAY(arena, words, uint64_t);
  grower.masks = ARENA_ARRAY(arena, unit->one->inquiry.points + 1, uint8_t);
  grower.other = ARENA_ARRAY(arena, space->axis_count + 1, AxisCell);
  grower.scores = ARENA_ARRAY(arena, cells + 1, uint32_t);
  for (uint32_t least = LEAST_AT_FIRST; least > 0; least--)
    grow_all(&grower, least);
}

/* ------------------------------------------------------------------ singles */

static bool single_wanted(const Wanted *wanted) {
  return !wanted->shown && wanted->goal->kind != GOAL_MATTERS &&
         !goal_is_limit(wanted->goal);
}

static void mark_list(Suggester *suggester, const uint8_t *masks,
                      uint32_t first) {
  CoverUnit *unit = suggester->unit;
  Asked asked = {.masks = masks};
  for (uint32_t i = first; i != NONE; i = suggester->wanted.at[i].next) {
    Wanted *wanted = &suggester->wanted.at[i];
    const Goal *goal = wanted->goal;
    if (!single_wanted(wanted)) continue;
    wanted->shown = goal->kind == GOAL_DECIDES
                        ? probe_decides(unit, masks, goal->rule)
                        : asked_shows(unit, &asked, goal);
  }
}

/* Marks what the point shows alone: of rules, those in force there do. */
static void mark_shown(Suggester *suggester, const AxisCell *point) {
  const Inquiry *inquiry = &suggester->unit->one->inquiry;
  const uint8_t *masks = probe_point(suggester->unit, point);
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    if (masks[point_standing(rule)] == 1u << STANDING_IN_FORCE)
      mark_list(suggester, masks, suggester->of_rule[rule]);
  }
  mark_list(suggester, masks, suggester->of_rule[inquiry->image->rules.count]);
}

void tries_for_singles(Suggester *suggester) {
  for (uint32_t i = 0; i < suggester->tries.count; i++) {
    if (suggester_stops(suggester)) return;
    mark_shown(suggester, suggester->tries.at[i].point);
  }
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    const Wanted *wanted = &suggester->wanted.at[i];
    if (!single_wanted(wanted)) continue;
    if (suggester_stops(suggester)) return;
    tries_add(suggester, wanted->goal->points[0]);
    mark_shown(suggester, wanted->goal->points[0]);
  }
}

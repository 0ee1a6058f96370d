/* Suggested situations: few that show what no asked one shows.
 *
 * The witness of an open goal is taken in; whatever it and its neighbours on
 * one axis show as well is ticked off.  Then situations that the others can
 * spare are dropped one by one, and facts that do not matter are left out.
 * That each is needed is checked; that no smaller set would do is not.
 */
#include "audit/cover.h"

#define ALL_PAIRS_MOST 300 /* situations of which all pairs are looked at */
#define LEAVE_OUT_MOST 400 /* situations of which facts are left out */

typedef struct Try {
  AxisCell *point;
  int64_t *exact;  /* for each axis the value to give */
  uint8_t *has_exact;
  Asked asked;
  uint32_t shows;  /* goals */
  GoalNumbers goals; /* that it is needed for */
  bool dropped;
} Try;

typedef struct Shown {
  uint32_t first, second; /* tries; second NONE if the first does alone */
} Shown;

typedef struct Wanted {
  Goal *goal;
  Vec(Shown) ways;        /* how tries show it */
  bool shown;             /* by one try alone, while tries are gathered */
} Wanted;

typedef struct Suggester {
  Cover *cover;
  CoverUnit *unit;
  Vec(Try) tries;
  Vec(Wanted) wanted;
  uint8_t *masks;         /* workspace */
} Suggester;

static Arena *arena_of(const Suggester *suggester) {
  return suggester->cover->audit->arena;
}

/* ------------------------------------------------------------------- tries */

static uint32_t add_try(Suggester *suggester, const AxisCell *point) {
  Arena *arena = arena_of(suggester);
  uint32_t axes = suggester->unit->one->space.axis_count;
  for (uint32_t i = 0; i < suggester->tries.count; i++)
    if (memcmp(suggester->tries.at[i].point, point, axes * sizeof *point) == 0)
      return i;
  Try *one = VEC_ADD(arena, &suggester->tries);
  one->point = ARENA_ARRAY(arena, axes + 1, AxisCell);
  memcpy(one->point, point, axes * sizeof *point);
  one->exact = ARENA_ARRAY(arena, axes + 1, int64_t);
  one->has_exact = ARENA_ARRAY(arena, axes + 1, uint8_t);
  return suggester->tries.count - 1;
}

static void list_wanted(Suggester *suggester) {
  Goals *goals = &suggester->unit->goals;
  for (uint32_t i = 0; i < goals->count; i++) {
    Goal *goal = &goals->at[i];
    if (goal->state != GOAL_OPEN || goal->kind == GOAL_TEST || !goal->points[0])
      continue;
    Wanted *wanted = VEC_ADD(arena_of(suggester), &suggester->wanted);
    wanted->goal = goal;
  }
}

/* ------------------------------------------------------------------- pairs */

static void add_pair(Suggester *suggester, Wanted *wanted, uint32_t first,
                     const AxisCell *other) {
  uint32_t second = add_try(suggester, other);
  Shown shown = {first, second};
  VEC_PUSH(arena_of(suggester), &wanted->ways, shown);
}

/* Does a change of the goal's axis, from the first try, show it? */
static void try_neighbours(Suggester *suggester, Wanted *wanted,
                           uint32_t first, AxisCell *point) {
  CoverUnit *unit = suggester->unit;
  uint32_t axis = wanted->goal->axis, own = point[axis];
  for (uint32_t cell = 0; cell < unit->one->space.axes[axis].cells; cell++) {
    point[axis] = cell;
    if (cell == own ||
        point_within_any(&unit->one->space, point,
                         &unit->one->chart.impossible) ||
        point_within_any(&unit->one->space, point,
                            &unit->one->chart.holds[wanted->goal->rule]) ||
        !cover_pair_shows(unit, wanted->goal->rule, suggester->masks,
                          probe_point(unit, point)))
      continue;
    add_pair(suggester, wanted, first, point);
    break;
  }
  point[axis] = own;
}

/* Goals that the situation shows together with a neighbour of its own. */
static void tick_pairs(Suggester *suggester, uint32_t first) {
  CoverUnit *unit = suggester->unit;
  uint32_t axes = unit->one->space.axis_count;
  AxisCell *point = ARENA_ARRAY(arena_of(suggester), axes + 1, AxisCell);
  memcpy(point, suggester->tries.at[first].point, axes * sizeof *point);
  memcpy(suggester->masks, probe_point(unit, point),
         unit->one->inquiry.points);
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    Wanted *wanted = &suggester->wanted.at[i];
    if (wanted->goal->kind == GOAL_MATTERS && wanted->ways.count == 0 &&
        suggester->masks[point_standing(wanted->goal->rule)] ==
            1u << STANDING_IN_FORCE)
      try_neighbours(suggester, wanted, first, point);
  }
}

static void make_pairs(Suggester *suggester) {
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    Wanted *wanted = &suggester->wanted.at[i];
    if (wanted->goal->kind != GOAL_MATTERS || wanted->ways.count) continue;
    uint32_t first = add_try(suggester, wanted->goal->points[0]);
    add_pair(suggester, wanted, first, wanted->goal->points[1]);
    tick_pairs(suggester, first);
  }
}

/* ------------------------------------------------------------------ singles */

static bool is_limit(const Goal *goal) {
  return goal->kind == GOAL_CELL || goal->kind == GOAL_EDGE;
}

/* A value that shows the goal: the edge itself, or one between the limits. */
static int64_t limit_value(const Suggester *suggester, const Goal *goal) {
  const BoundaryAudit *one = suggester->unit->one;
  const GridVariable *variable = &one->inquiry.grid.variables[goal->other];
  if (goal->kind == GOAL_EDGE) return goal->value;
  uint32_t first, last;
  uint64_t *mask = ARENA_ARRAY(arena_of(suggester), variable->words, uint64_t);
  cover_run(suggester->unit, goal->other, (uint32_t)goal->value, &first, &last);
  for (uint32_t cell = first; cell <= last; cell++)
    mask[cell / 64] |= UINT64_C(1) << (cell % 64);
  return witness_value(&one->inquiry.grid, goal->other, mask);
}

static bool has_value(const Suggester *suggester, const Try *one,
                      const Goal *goal) {
  const BoundaryAudit *audit = suggester->unit->one;
  if (!one->has_exact[goal->axis]) return false;
  if (goal->kind == GOAL_EDGE) return one->exact[goal->axis] == goal->value;
  uint32_t first, last;
  uint32_t cell = grid_cell_of(&audit->inquiry.grid.variables[goal->other],
                               one->exact[goal->axis]);
  cover_run(suggester->unit, goal->other, (uint32_t)goal->value, &first, &last);
  return cell >= first && cell <= last;
}

/* Limits take a situation that has the cell and no value of its own yet. */
static void place_limit(Suggester *suggester, const Goal *goal) {
  const Axis *axis = &suggester->unit->one->space.axes[goal->axis];
  AxisCell cell = goal->points[0][goal->axis];
  if (axis->count > 1 ||
      suggester->unit->one->inquiry.image->facts.at
              [suggester->unit->one->inquiry.image->variables.at[goal->other]
                   .fact].type == TYPE_RECORD) {
    add_try(suggester, goal->points[0]);
    return;
  }
  Try *found = NULL;
  for (uint32_t i = 0; i < suggester->tries.count; i++) {
    Try *one = &suggester->tries.at[i];
    if (has_value(suggester, one, goal)) return;
    if (!found && one->point[goal->axis] == cell && !one->has_exact[goal->axis])
      found = one;
  }
  if (!found) {
    AxisCell *point = goal->points[0];
    uint32_t number = add_try(suggester, point);
    found = &suggester->tries.at[number];
    if (found->has_exact[goal->axis]) {
      /* The same kind of situation, with another value. */
      Try copy = *found;
      copy.exact = ARENA_ARRAY(
          arena_of(suggester), suggester->unit->one->space.axis_count + 1,
          int64_t);
      copy.has_exact = ARENA_ARRAY(
          arena_of(suggester), suggester->unit->one->space.axis_count + 1,
          uint8_t);
      VEC_PUSH(arena_of(suggester), &suggester->tries, copy);
      found = &suggester->tries.at[suggester->tries.count - 1];
    }
  }
  found->has_exact[goal->axis] = 1;
  found->exact[goal->axis] = limit_value(suggester, goal);
}

static void place_limits(Suggester *suggester) {
  for (int kind = GOAL_EDGE; kind >= GOAL_CELL; kind--)
    for (uint32_t i = 0; i < suggester->wanted.count; i++)
      if (suggester->wanted.at[i].goal->kind == kind)
        place_limit(suggester, suggester->wanted.at[i].goal);
}

/* Marks what the try shows alone. */
static void mark_shown(Suggester *suggester, uint32_t number) {
  CoverUnit *unit = suggester->unit;
  Asked asked = {
      .masks = probe_point(unit, suggester->tries.at[number].point)};
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    Wanted *wanted = &suggester->wanted.at[i];
    const Goal *goal = wanted->goal;
    if (wanted->shown || goal->kind == GOAL_MATTERS || is_limit(goal)) continue;
    wanted->shown = goal->kind == GOAL_DECIDES
                        ? probe_decides(unit, asked.masks, goal->rule)
                        : asked_shows(unit, &asked, goal);
  }
}

/* Others are shown by what is there, or by their own witness. */
static void add_singles(Suggester *suggester) {
  for (uint32_t i = 0; i < suggester->tries.count; i++)
    mark_shown(suggester, i);
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    const Wanted *wanted = &suggester->wanted.at[i];
    if (wanted->shown || wanted->goal->kind == GOAL_MATTERS ||
        is_limit(wanted->goal))
      continue;
    mark_shown(suggester, add_try(suggester, wanted->goal->points[0]));
  }
}

/* --------------------------------------------------------------- evaluating */

static void give_exact(Suggester *suggester, const Try *one,
                       Situation *situation) {
  const Space *space = &suggester->unit->one->space;
  for (uint32_t axis = 0; axis < space->axis_count; axis++) {
    uint32_t variable = space->axes[axis].variables[0];
    uint32_t fact = space->grid->image->variables.at[variable].fact;
    if (one->has_exact[axis])
      situation->facts[fact].spans[0] =
          (ValueSpan){one->exact[axis], one->exact[axis]};
  }
}

static void evaluate(Suggester *suggester) {
  const Audit *audit = suggester->cover->audit;
  CoverUnit *unit = suggester->unit;
  for (uint32_t i = 0; i < suggester->tries.count; i++) {
    Try *one = &suggester->tries.at[i];
    Situation situation;
    uint32_t boundary = unit->boundary == NONE ? audit->boundaries[0].boundary
                                               : unit->boundary;
    one->dropped = !witness_situation(audit->arena, &unit->one->space,
                                      one->point, boundary, &situation);
    give_exact(suggester, one, &situation);
    asked_make(suggester->cover, unit, &situation, &one->asked);
    one->asked.situation.boundary = boundary;
  }
}

static void note(Suggester *suggester, Wanted *wanted, uint32_t first,
                 uint32_t second) {
  Shown shown = {first, second};
  VEC_PUSH(arena_of(suggester), &wanted->ways, shown);
}

static void note_pairs(Suggester *suggester, Wanted *wanted) {
  for (uint32_t i = 0; i < suggester->tries.count; i++)
    for (uint32_t k = 0; k < suggester->tries.count; k++)
      if (asked_pair_shows(suggester->unit, &suggester->tries.at[i].asked,
                           &suggester->tries.at[k].asked, wanted->goal))
        note(suggester, wanted, i, k);
}

/* From now on only what the evaluator says of the situations counts. */
static void note_ways(Suggester *suggester) {
  bool all = suggester->tries.count <= ALL_PAIRS_MOST;
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    Wanted *wanted = &suggester->wanted.at[i];
    Shown known = wanted->ways.count ? wanted->ways.at[0] : (Shown){0, NONE};
    wanted->ways.count = 0;
    if (wanted->goal->kind != GOAL_MATTERS) {
      for (uint32_t k = 0; k < suggester->tries.count; k++)
        if (asked_shows(suggester->unit, &suggester->tries.at[k].asked,
                        wanted->goal))
          note(suggester, wanted, k, NONE);
    } else if (all) {
      note_pairs(suggester, wanted);
    } else if (asked_pair_shows(suggester->unit,
                                &suggester->tries.at[known.first].asked,
                                &suggester->tries.at[known.second].asked,
                                wanted->goal)) {
      note(suggester, wanted, known.first, known.second);
    }
  }
}

/* ----------------------------------------------------------------- dropping */

static bool still_there(const Suggester *suggester, const Shown *shown) {
  return !suggester->tries.at[shown->first].dropped &&
         (shown->second == NONE ||
          !suggester->tries.at[shown->second].dropped);
}

static const Shown *first_way(const Suggester *suggester,
                              const Wanted *wanted) {
  for (uint32_t i = 0; i < wanted->ways.count; i++)
    if (still_there(suggester, &wanted->ways.at[i])) return &wanted->ways.at[i];
  return NULL;
}

static void count_shows(Suggester *suggester) {
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    const Wanted *wanted = &suggester->wanted.at[i];
    for (uint32_t k = 0; k < wanted->ways.count; k++) {
      suggester->tries.at[wanted->ways.at[k].first].shows++;
      if (wanted->ways.at[k].second != NONE)
        suggester->tries.at[wanted->ways.at[k].second].shows++;
    }
  }
}

static bool can_spare(Suggester *suggester, const uint8_t *closed,
                      uint32_t number) {
  Try *one = &suggester->tries.at[number];
  one->dropped = true;
  for (uint32_t i = 0; i < suggester->wanted.count; i++)
    if (closed[i] && !first_way(suggester, &suggester->wanted.at[i])) {
      one->dropped = false;
      return false;
    }
  return true;
}

/* Those that show least are tried first. */
static void drop(Suggester *suggester) {
  uint8_t *closed = ARENA_ARRAY(arena_of(suggester),
                                suggester->wanted.count + 1, uint8_t);
  uint32_t most = 0;
  for (uint32_t i = 0; i < suggester->wanted.count; i++)
    closed[i] = first_way(suggester, &suggester->wanted.at[i]) != NULL;
  count_shows(suggester);
  for (uint32_t i = 0; i < suggester->tries.count; i++)
    if (suggester->tries.at[i].shows > most)
      most = suggester->tries.at[i].shows;
  for (uint32_t shows = 0; shows <= most; shows++)
    for (uint32_t i = 0; i < suggester->tries.count; i++)
      if (suggester->tries.at[i].shows == shows &&
          !suggester->tries.at[i].dropped)
        can_spare(suggester, closed, i);
}

/* ------------------------------------------------------- facts not needed */

static bool shows_still(const Suggester *suggester, uint32_t number,
                        const Asked *asked) {
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    const Wanted *wanted = &suggester->wanted.at[i];
    const Shown *shown = first_way(suggester, wanted);
    if (!shown || (shown->first != number && shown->second != number))
      continue;
    const Asked *first = &suggester->tries.at[shown->first].asked;
    if (shown->first == number) first = asked;
    if (shown->second == NONE) {
      if (!asked_shows(suggester->unit, first, wanted->goal)) return false;
      continue;
    }
    const Asked *second = &suggester->tries.at[shown->second].asked;
    if (shown->second == number) second = asked;
    if (!asked_pair_shows(suggester->unit, first, second, wanted->goal))
      return false;
  }
  return true;
}

static void leave_out(Suggester *suggester, uint32_t number, uint32_t fact) {
  Try *one = &suggester->tries.at[number];
  Arena *arena = arena_of(suggester);
  const Image *image = suggester->cover->audit->image;
  Situation situation = one->asked.situation;
  Asked asked;
  if (!situation.facts[fact].given) return;
  situation.facts = ARENA_ARRAY(arena, image->facts.count + 1, Given);
  memcpy(situation.facts, one->asked.situation.facts,
         image->facts.count * sizeof *situation.facts);
  situation.facts[fact] = (Given){0};
  asked_make(suggester->cover, suggester->unit, &situation, &asked);
  asked.situation.boundary = situation.boundary;
  if (!(asked.masks[POINT_VERDICT] & (asked.masks[POINT_VERDICT] - 1)) &&
      shows_still(suggester, number, &asked))
    one->asked = asked;
}

static void leave_facts_out(Suggester *suggester) {
  uint32_t facts = suggester->cover->audit->image->facts.count;
  if (suggester->tries.count > LEAVE_OUT_MOST) return;
  for (uint32_t i = 0; i < suggester->tries.count; i++)
    for (uint32_t fact = facts; fact-- > 0;)
      if (!suggester->tries.at[i].dropped) leave_out(suggester, i, fact);
}

/* ------------------------------------------------------------ the result */

/* One situation has one value of a fact, and one verdict; and two situations
 * are needed to show that something matters. */
static uint32_t lower_bound(const Suggester *suggester) {
  const Image *image = suggester->cover->audit->image;
  uint32_t most = 0;
  uint32_t *edges = ARENA_ARRAY(arena_of(suggester),
                                image->variables.count + 1, uint32_t);
  uint32_t verdicts = 0;
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    const Wanted *wanted = &suggester->wanted.at[i];
    uint32_t least = 1;
    if (!first_way(suggester, wanted)) continue;
    if (wanted->goal->kind == GOAL_EDGE) least = ++edges[wanted->goal->other];
    if (wanted->goal->kind == GOAL_VERDICT) least = ++verdicts;
    if (wanted->goal->kind == GOAL_MATTERS && !suggester->unit->asked.count)
      least = 2;
    if (least > most) most = least;
  }
  return most;
}

/* What each try is needed for. */
static void add_goals(Suggester *suggester) {
  const Goal *first = suggester->unit->goals.at;
  Arena *arena = arena_of(suggester);
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    const Wanted *wanted = &suggester->wanted.at[i];
    const Shown *shown = first_way(suggester, wanted);
    if (!shown) continue;
    uint32_t goal = (uint32_t)(wanted->goal - first);
    VEC_PUSH(arena, &suggester->tries.at[shown->first].goals, goal);
    if (shown->second != NONE && shown->second != shown->first)
      VEC_PUSH(arena, &suggester->tries.at[shown->second].goals, goal);
  }
}

static void hand_out(Suggester *suggester, Suggestions *suggestions) {
  uint32_t count = 0;
  add_goals(suggester);
  for (uint32_t i = 0; i < suggester->tries.count; i++) {
    const Try *one = &suggester->tries.at[i];
    if (one->dropped) continue;
    Suggestion *suggestion = VEC_ADD(arena_of(suggester), &suggestions->list);
    suggestion->unit = suggester->unit;
    suggestion->situation = one->asked.situation;
    suggestion->verdict = one->asked.masks[POINT_VERDICT];
    suggestion->number = ++count;
    suggestion->goals = one->goals;
  }
}

static void suggest(Cover *cover, CoverUnit *unit, Suggestions *suggestions) {
  Suggester suggester = {.cover = cover, .unit = unit};
  if (unit->one->space.too_large) return;
  suggester.masks =
      ARENA_ARRAY(cover->audit->arena, unit->one->inquiry.points + 1, uint8_t);
  list_wanted(&suggester);
  make_pairs(&suggester);
  add_singles(&suggester);
  place_limits(&suggester);
  evaluate(&suggester);
  note_ways(&suggester);
  drop(&suggester);
  leave_facts_out(&suggester);
  suggestions->open += suggester.wanted.count;
  for (uint32_t i = 0; i < suggester.wanted.count; i++)
    suggestions->closed +=
        first_way(&suggester, &suggester.wanted.at[i]) != NULL;
  /* A situation of a boundary may show an emergency as well. */
  uint32_t least = lower_bound(&suggester);
  if (unit->boundary != NONE)
    suggestions->at_least += least;
  else if (least > suggestions->at_least)
    suggestions->at_least = least;
  hand_out(&suggester, suggestions);
}

void cover_suggest(Cover *cover, Suggestions *suggestions) {
  *suggestions = (Suggestions){0};
  for (uint32_t i = 0; i < cover->unit_count; i++)
    suggest(cover, &cover->units[i], suggestions);
}

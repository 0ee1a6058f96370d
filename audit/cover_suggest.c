/* Suggested situations: few that show what no asked one shows.
 *
 * From the witness of an open goal the search goes to neighbours on one axis
 * that show more (cover_try.c).  Then situations that the others can spare are
 * dropped one by one, those that tell most come first (cover_drop.c), and facts
 * that do not matter are left out.  That each is needed is checked; that no
 * smaller set would do is not.
 */
#include "audit/cover_suggest.h"

/* Facts are left out if situations, facts and rules multiplied are no more. */
#define LEAVE_OUT_MOST UINT64_C(5000000)

/* -------------------------------------------------------------- beginning */

static void add_wanted(Suggester *suggester, Goal *goal, uint32_t *last) {
  uint32_t rules = suggester->unit->one->inquiry.image->rules.count;
  uint32_t number = suggester->wanted.count;
  uint32_t list = goal->rule == NONE ? rules : goal->rule;
  Wanted *wanted = VEC_ADD(suggester_arena(suggester), &suggester->wanted);
  *wanted = (Wanted){.goal = goal, .next = NONE, .way = NONE};
  if (suggester->of_rule[list] == NONE)
    suggester->of_rule[list] = number;
  else
    suggester->wanted.at[last[list]].next = number;
  last[list] = number;
}

static void list_wanted(Suggester *suggester) {
  Arena *arena = suggester_arena(suggester);
  Goals *goals = &suggester->unit->goals;
  uint32_t rules = suggester->unit->one->inquiry.image->rules.count;
  uint32_t *last = ARENA_ARRAY(arena, rules + 1, uint32_t);
  suggester->of_rule = ARENA_ARRAY(arena, rules + 1, uint32_t);
  for (uint32_t i = 0; i <= rules; i++) suggester->of_rule[i] = NONE;
  for (uint32_t i = 0; i < goals->count; i++) {
    Goal *goal = &goals->at[i];
    if (goal->state == GOAL_OPEN && goal->kind != GOAL_TEST && goal->points[0])
      add_wanted(suggester, goal, last);
  }
}

/* ------------------------------------------------------------ the result */

/* One situation has one value of a fact, and one verdict; and two situations
 * are needed to show that something matters. */
static uint32_t lower_bound(const Suggester *suggester) {
  const Image *image = suggester->cover->audit->image;
  uint32_t most = 0;
  uint32_t *edges = ARENA_ARRAY(suggester_arena(suggester),
                                image->variables.count + 1, uint32_t);
  uint32_t verdicts = 0;
  for (uint32_t i = 0; i < suggester->wanted.count; i++) {
    const Wanted *wanted = &suggester->wanted.at[i];
    uint32_t least = 1;
    if (wanted->way == NONE) continue;
    if (wanted->goal->kind == GOAL_EDGE) least = ++edges[wanted->goal->other];
    if (wanted->goal->kind == GOAL_VERDICT) least = ++verdicts;
    if (wanted->goal->kind == GOAL_MATTERS && !suggester->unit->asked.count)
      least = 2;
    if (least > most) most = least;
  }
  return most;
}

static void make_tries(Cover *cover, CoverUnit *unit, Suggester *suggester) {
  *suggester = (Suggester){.cover = cover, .unit = unit};
  if (unit->one->space.too_large) return;
  suggester->beside = beside_of(cover, unit);
  list_wanted(suggester);
  tries_for_pairs(suggester);
  tries_for_singles(suggester);
  tries_for_limits(suggester);
  ways_find(suggester);
  tries_drop(suggester);
  tries_order(suggester);
}

static void count_unit(const Suggester *suggester, Suggestions *suggestions) {
  suggestions->open += suggester->wanted.count;
  for (uint32_t i = 0; i < suggester->wanted.count; i++)
    suggestions->closed += suggester->wanted.at[i].way != NONE;
  suggestions->all += suggester->kept;
  /* A situation of a boundary may show an emergency as well. */
  uint32_t least = suggester->of_rule ? lower_bound(suggester) : 0;
  if (suggester->unit->boundary != NONE)
    suggestions->at_least += least;
  else if (least > suggestions->at_least)
    suggestions->at_least = least;
}

/* Of all units those come first that close most. */
static void choose_first(Suggester *all, uint32_t units, uint32_t count,
                         uint32_t *taken, Suggestions *suggestions) {
  Arena *arena = suggester_arena(all);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t best = NONE;
    for (uint32_t k = 0; k < units; k++)
      if (taken[k] < all[k].kept &&
          (best == NONE ||
           all[k].gains[taken[k]] > all[best].gains[taken[best]]))
        best = k;
    Suggestion *suggestion = VEC_ADD(arena, &suggestions->list);
    suggestion->unit = all[best].unit;
    suggestion->closes = all[best].gains[taken[best]];
    suggestion->number = ++taken[best];
    suggestions->closed_by_first += suggestion->closes;
  }
}

/* What it shows with those that are written; with others only if that is
 * all. */
static void hand_out_goals(const Suggester *suggester, uint32_t taken,
                           const Try *one, Suggestion *suggestion) {
  Arena *arena = suggester_arena(suggester);
  const Goal *goals = suggester->unit->goals.at;
  for (uint32_t i = 0; i < one->goals.count; i++) {
    const Wanted *wanted = &suggester->wanted.at[one->goals.at[i]];
    const Shown *way = &suggester->ways.at[wanted->way];
    bool with = suggester->tries.at[way->first].rank < taken &&
                (way->second == NONE ||
                 suggester->tries.at[way->second].rank < taken);
    if (with)
      VEC_PUSH(arena, &suggestion->goals, (uint32_t)(wanted->goal - goals));
    else
      suggestion->half = (uint32_t)(wanted->goal - goals);
  }
}

static void hand_out(Suggester *all, const uint32_t *taken,
                     Suggestions *suggestions) {
  for (uint32_t i = 0; i < suggestions->list.count; i++) {
    Suggestion *suggestion = &suggestions->list.at[i];
    uint32_t unit = 0;
    while (all[unit].unit != suggestion->unit) unit++;
    const Try *one =
        &all[unit].tries.at[all[unit].order[suggestion->number - 1]];
    suggestion->verdict = one->seen.guidance[0];
    suggestion->suggester = &all[unit];
    suggestion->one = one;
    hand_out_goals(&all[unit], taken[unit], one, suggestion);
  }
}

void suggestion_situation(Arena *arena, const Suggestion *suggestion,
                          Situation *situation) {
  const Try *one = suggestion->one;
  if (one->asked)
    *situation = one->asked->situation;
  else
    try_situation(arena, suggestion->suggester, one, situation);
}

void cover_suggest(Cover *cover, uint32_t most, Suggestions *suggestions) {
  Arena *arena = cover->audit->arena;
  Suggester *all = ARENA_ARRAY(arena, cover->unit_count + 1, Suggester);
  uint32_t *taken = ARENA_ARRAY(arena, cover->unit_count + 1, uint32_t);
  *suggestions = (Suggestions){0};
  for (uint32_t i = 0; i < cover->unit_count; i++) {
    make_tries(cover, &cover->units[i], &all[i]);
    count_unit(&all[i], suggestions);
  }
  uint32_t count =
      most && most < suggestions->all ? most : suggestions->all;
  choose_first(all, cover->unit_count, count, taken, suggestions);
  suggestions->bare = (uint64_t)count * cover->audit->image->facts.count *
                          cover->audit->image->rules.count <= LEAVE_OUT_MOST;
  for (uint32_t i = 0; i < cover->unit_count && suggestions->bare; i++)
    suggestions->bare = tries_leave_facts_out(&all[i], taken[i]);
  hand_out(all, taken, suggestions);
  suggestions->ended = cover->audit->stopped;
}

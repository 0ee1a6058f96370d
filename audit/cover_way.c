/* Which tries show what.  From here on only the answers of the evaluator
 * count. */
#include "audit/cover_suggest.h"

/* ------------------------------------------------------------ a situation */

static void give_exact(const Suggester *suggester, const Try *one,
                       Situation *situation) {
  const Space *space = &suggester->unit->one->space;
  for (uint32_t axis = 0; one->exact && axis < space->axis_count; axis++) {
    uint32_t variable = space->axes[axis].variables[0];
    uint32_t fact = space->grid->image->variables.at[variable].fact;
    if (one->has_exact[axis])
      situation->facts[fact].spans[0] =
          (ValueSpan){one->exact[axis], one->exact[axis]};
  }
}

bool try_situation(Arena *arena, const Suggester *suggester, const Try *one,
                   Situation *situation) {
  const Audit *audit = suggester->cover->audit;
  const CoverUnit *unit = suggester->unit;
  uint32_t boundary = unit->boundary == NONE ? audit->boundaries[0].boundary
                                             : unit->boundary;
  bool is = witness_situation(arena, &unit->one->space, one->point,
                              boundary, situation);
  give_exact(suggester, one, situation);
  return is;
}

static bool ask(Suggester *suggester, const Try *one, Asked *asked) {
  Situation situation;
  bool is = try_situation(suggester_arena(suggester), suggester, one,
                          &situation);
  asked_make(suggester->cover, suggester->unit, &situation, asked);
  asked->situation.boundary = situation.boundary;
  return is;
}

Asked *try_asked(Suggester *suggester, uint32_t number) {
  Try *one = &suggester->tries.at[number];
  if (one->asked) return one->asked;
  one->asked = ARENA_NEW(suggester_arena(suggester), Asked);
  ask(suggester, one, one->asked);
  return one->asked;
}

/* -------------------------------------------------------------- what it is */

static uint32_t rule_words(const Suggester *suggester) {
  return suggester->unit->one->inquiry.image->rules.count / 64 + 1;
}

static void make_room(Suggester *suggester, const uint8_t *masks, Seen *seen) {
  const Inquiry *inquiry = &suggester->unit->one->inquiry;
  Arena *arena = suggester_arena(suggester);
  for (uint32_t i = 0; i < inquiry->rule_count; i++)
    seen->count += masks[point_standing(inquiry->rules[i])] ==
                   1u << STANDING_IN_FORCE;
  seen->in_force = ARENA_ARRAY(arena, seen->count + 1, uint32_t);
  seen->not_met = ARENA_ARRAY(arena, rule_words(suggester), uint64_t);
  seen->count = 0;
}

static void keep_seen(const Suggester *suggester, const uint8_t *masks,
                      Seen *seen) {
  const Inquiry *inquiry = &suggester->unit->one->inquiry;
  seen->guidance[0] = masks[POINT_VERDICT];
  seen->guidance[1] = masks[POINT_MAY_HARM];
  seen->guidance[2] = masks[POINT_EMERGENCY];
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    if (masks[point_standing(rule)] == 1u << STANDING_IN_FORCE)
      seen->in_force[seen->count++] = rule;
    if (masks[point_condition(rule)] == THREE_NO)
      seen->not_met[rule / 64] |= UINT64_C(1) << (rule % 64);
  }
}

/* Its cells are those of its point, and no others. */
static bool is_point(const Suggester *suggester, const Asked *asked,
                     const AxisCell *point) {
  const Space *space = &suggester->unit->one->space;
  for (uint32_t axis = 0; axis < space->axis_count; axis++) {
    const uint64_t *side = asked->sides[axis];
    for (uint32_t i = 0; side && i < space->axes[axis].words; i++) {
      uint64_t own = i == point[axis] / 64
                         ? UINT64_C(1) << (point[axis] % 64) : 0;
      if (side[i] != own) return false;
    }
    if (!side) return false;
  }
  return true;
}

/* ------------------------------------------------------------------- ways */

static void note(Suggester *suggester, uint32_t wanted, uint32_t first,
                 uint32_t second) {
  Arena *arena = suggester_arena(suggester);
  uint32_t number = suggester->ways.count;
  Shown shown = {first, second, wanted, false};
  VEC_PUSH(arena, &suggester->ways, shown);
  VEC_PUSH(arena, &suggester->tries.at[first].ways, number);
  if (second != NONE && second != first)
    VEC_PUSH(arena, &suggester->tries.at[second].ways, number);
  suggester->wanted.at[wanted].ways++;
}

typedef struct Alone {
  uint32_t *wanted, count; /* workspace: what the try shows alone */
} Alone;

static void list_alone(const Suggester *suggester, const Asked *asked,
                       uint32_t first, Alone *alone) {
  for (uint32_t i = first; i != NONE; i = suggester->wanted.at[i].next)
    if (suggester->wanted.at[i].goal->kind != GOAL_MATTERS &&
        asked_shows(suggester->unit, asked, suggester->wanted.at[i].goal))
      alone->wanted[alone->count++] = i;
}

/* What is made to ask is given up; what is found is kept. */
static void see(Suggester *suggester, uint32_t number, Alone *alone,
                uint8_t *masks) {
  Arena *arena = suggester_arena(suggester);
  const Inquiry *inquiry = &suggester->unit->one->inquiry;
  Try *one = &suggester->tries.at[number];
  Asked asked;
  ArenaMark mark = arena_mark(arena);
  one->dropped = !ask(suggester, one, &asked) ||
                 !is_point(suggester, &asked, one->point);
  memcpy(masks, asked.masks, inquiry->points);
  alone->count = 0;
  for (uint32_t i = 0; i < inquiry->rule_count; i++)
    if (masks[point_standing(inquiry->rules[i])] == 1u << STANDING_IN_FORCE)
      list_alone(suggester, &asked, suggester->of_rule[inquiry->rules[i]],
                 alone);
  list_alone(suggester, &asked,
             suggester->of_rule[inquiry->image->rules.count], alone);
  arena_back(arena, mark);
  if (one->dropped) return;
  make_room(suggester, masks, &one->seen);
  keep_seen(suggester, masks, &one->seen);
  for (uint32_t i = 0; i < alone->count; i++)
    note(suggester, alone->wanted[i], number, NONE);
}

/* ------------------------------------------------------------------- pairs */

static bool pair_shows(const Suggester *suggester, uint32_t rule,
                       const Try *first, const Try *second) {
  Guided guided = cover_guided(suggester->unit, rule);
  return !second->dropped &&
         second->seen.not_met[rule / 64] >> (rule % 64) & 1 &&
         cover_differs(guided, first->seen.guidance, second->seen.guidance);
}

/* Those beside the first on the goal's axis. */
static void note_beside(Suggester *suggester, uint32_t number, uint32_t wanted,
                        AxisCell *other) {
  const Goal *goal = suggester->wanted.at[wanted].goal;
  uint32_t own = other[goal->axis];
  for (uint32_t cell = 0;
       cell < suggester->unit->one->space.axes[goal->axis].cells; cell++) {
    other[goal->axis] = cell;
    if (cell == own) continue;
    for (uint32_t i = tries_find(suggester, other); i != NONE;
         i = suggester->tries.at[i].next)
      if (tries_same(suggester, i, other) &&
          pair_shows(suggester, goal->rule, &suggester->tries.at[number],
                     &suggester->tries.at[i]))
        note(suggester, wanted, number, i);
  }
  other[goal->axis] = own;
}

static void note_pairs(Suggester *suggester, uint32_t number,
                       AxisCell *other) {
  const Try *one = &suggester->tries.at[number];
  uint32_t axes = suggester->unit->one->space.axis_count;
  if (one->dropped) return;
  memcpy(other, one->point, axes * sizeof *other);
  for (uint32_t i = 0; i < one->seen.count; i++)
    for (uint32_t k = suggester->of_rule[one->seen.in_force[i]]; k != NONE;
         k = suggester->wanted.at[k].next)
      if (suggester->wanted.at[k].goal->kind == GOAL_MATTERS)
        note_beside(suggester, number, k, other);
}

void ways_find(Suggester *suggester) {
  Arena *arena = suggester_arena(suggester);
  const CoverUnit *unit = suggester->unit;
  Alone alone = {ARENA_ARRAY(arena, suggester->wanted.count + 1, uint32_t), 0};
  uint8_t *masks = ARENA_ARRAY(arena, unit->one->inquiry.points + 1, uint8_t);
  AxisCell *other =
      ARENA_ARRAY(arena, unit->one->space.axis_count + 1, AxisCell);
  for (uint32_t i = 0; i < suggester->tries.count; i++)
    if (suggester_stops(suggester))
      suggester->tries.at[i].dropped = true;
    else
      see(suggester, i, &alone, masks);
  for (uint32_t i = 0; i < suggester->tries.count; i++) {
    if (suggester_stops(suggester)) return;
    note_pairs(suggester, i, other);
  }
}

#include "tests/reference/changes.h"

#include <string.h>

/* ---------------------------------------------------------------- moves */

static bool may_move(const RefUniverse *universe, uint32_t index,
                     const Given *given) {
  const RefFact *fact = &universe->policy->facts.at[index];
  if (fact->fixed || fact->no_excuse || fact->dimension == IMPACT ||
      fact->type == TYPE_RECORD)
    return false;
  if (fact->dimension == SUPPORT) return true;
  if (!given->given) return false;
  if (fact->type == TYPE_SET) return true;
  if (given->span_count != 1 || given->spans[0].low != given->spans[0].high)
    return false;
  return fact->type != TYPE_DATE || given->spans[0].low > universe->as_of;
}

static RefMove *add_move(Arena *arena, uint32_t fact, RefMoves *moves) {
  RefMove *move = VEC_ADD(arena, moves);
  move->fact = fact;
  move->given.given = true;
  move->distance = 1;
  return move;
}

static void give_span(Arena *arena, RefMove *move, int64_t low, int64_t high) {
  move->given.spans = ARENA_NEW(arena, ValueSpan);
  move->given.spans[0] = (ValueSpan){low, high};
  move->given.span_count = 1;
  move->value.amount = low;
}

static void set_moves(Arena *arena, const RefUniverse *universe,
                      uint32_t index, const Given *given, RefMoves *moves) {
  const RefFact *fact = &universe->policy->facts.at[index];
  for (uint32_t i = 0; i < fact->value_count; i++) {
    uint64_t bit = UINT64_C(1) << i;
    uint64_t members = given->given ? given->members : 0;
    if (fact->dimension == SUPPORT && (members & bit)) continue;
    RefMove *move = add_move(arena, index, moves);
    move->given.members = move->value.members = members ^ bit;
  }
}

static void value_moves(Arena *arena, const RefUniverse *universe,
                        uint32_t index, const Given *given, RefMoves *moves) {
  const RefFact *fact = &universe->policy->facts.at[index];
  bool support = fact->dimension == SUPPORT;
  int64_t now = ref_exact_value(given).amount;
  for (uint32_t i = 0; i < fact->value_count; i++) {
    if (i == now || (support && i == 0)) continue;
    give_span(arena, add_move(arena, index, moves), i, i);
  }
}

static void scale_moves(Arena *arena, const RefUniverse *universe,
                        uint32_t index, const Given *given, RefMoves *moves) {
  int64_t count = universe->policy->facts.at[index].value_count;
  int64_t now = given->spans[0].low;
  for (int direction = -1; direction <= 1; direction += 2)
    for (int64_t i = 1; i < count; i++) {
      int64_t to = now + direction * i;
      if (to < 0 || to >= count) break;
      RefMove *move = add_move(arena, index, moves);
      give_span(arena, move, to, to);
      move->direction = direction;
      move->distance = (uint32_t)i;
    }
}

/* Cells of an amount: runs of representatives that its own tests take for the
 * same. */
static void cell_moves(Arena *arena, const RefUniverse *universe,
                       uint32_t index, const Given *given, RefMoves *moves) {
  const RefValues *values = &universe->values[index];
  int64_t *low = ARENA_ARRAY(arena, values->count, int64_t);
  int64_t *high = ARENA_ARRAY(arena, values->count, int64_t);
  uint32_t cells = 0, now = 0;
  for (uint32_t i = 0; i < values->count; i++) {
    if (i == 0 || !ref_same_cell(arena, universe, index, &values->at[i - 1],
                                 &values->at[i]))
      low[cells++] = values->at[i].amount;
    high[cells - 1] = values->at[i].amount;
    if (values->at[i].amount <= given->spans[0].low) now = cells - 1;
  }
  for (int direction = -1; direction <= 1; direction += 2)
    for (uint32_t i = 1; i < cells; i++) {
      int64_t to = (int64_t)now + direction * (int64_t)i;
      if (to < 0 || to >= cells) break;
      RefMove *move = add_move(arena, index, moves);
      give_span(arena, move, low[to], high[to]);
      move->direction = direction;
      move->distance = i;
    }
}

void ref_moves(Arena *arena, const RefUniverse *universe, const Given *givens,
               RefMoves *moves) {
  for (uint32_t i = 0; i < universe->policy->facts.count; i++) {
    if (!may_move(universe, i, &givens[i])) continue;
    switch (universe->policy->facts.at[i].type) {
      case TYPE_SET:
        set_moves(arena, universe, i, &givens[i], moves);
        break;
      case TYPE_YES_NO:
      case TYPE_CHOICE:
        value_moves(arena, universe, i, &givens[i], moves);
        break;
      case TYPE_SCALE:
        scale_moves(arena, universe, i, &givens[i], moves);
        break;
      case TYPE_NUMBER:
      case TYPE_MONEY:
      case TYPE_DURATION:
      case TYPE_DATE:
        cell_moves(arena, universe, i, &givens[i], moves);
        break;
      case TYPE_RECORD:
      case TYPE_COUNT: break;
    }
  }
}

/* -------------------------------------------------------------- changes */

RefSettled ref_moved(Arena *arena, const RefUniverse *universe,
                     const Given *givens, const RefMove *moves, uint32_t count,
                     Verdict *verdict) {
  uint32_t facts = universe->policy->facts.count;
  Given *moved = ARENA_ARRAY(arena, facts, Given);
  memcpy(moved, givens, facts * sizeof *moved);
  for (uint32_t i = 0; i < count; i++) {
    Given *to = &moved[moves[i].fact];
    uint64_t turned = moves[i].given.members ^ givens[moves[i].fact].members;
    uint64_t members = to->members ^ turned;
    *to = moves[i].given;
    to->members = members;
  }
  return ref_settled(arena, universe, moved, verdict);
}

/* An ordered fact is listed once for each direction and verdict, at its
 * nearest. */
static bool listed(const RefChanges *changes, const RefMove *move,
                   Verdict verdict) {
  for (uint32_t i = 0; i < changes->count; i++)
    if (move->direction != 0 && changes->at[i].steps[0].fact == move->fact &&
        changes->at[i].steps[0].direction == move->direction &&
        changes->at[i].verdict == verdict)
      return true;
  return false;
}

static bool single_changes(Arena *arena, const RefUniverse *universe,
                           const Given *givens, const RefMoves *moves,
                           Verdict verdict, RefChanges *changes) {
  for (uint32_t i = 0; i < moves->count; i++) {
    const RefMove *move = &moves->at[i];
    Verdict to = verdict;
    RefSettled settled = ref_moved(arena, universe, givens, move, 1, &to);
    if (settled == REF_TOO_MANY) return false;
    if (settled == REF_OPEN || to == verdict || listed(changes, move, to))
      continue;
    VEC_PUSH(arena, changes, ((RefChange){to, {*move}, 1}));
  }
  return true;
}

static bool pair_changes(Arena *arena, const RefUniverse *universe,
                         const Given *givens, const RefMoves *moves,
                         Verdict verdict, RefChanges *changes) {
  for (uint32_t i = 0; i < moves->count; i++)
    for (uint32_t j = i + 1; j < moves->count; j++) {
      bool set = universe->policy->facts.at[moves->at[i].fact].type == TYPE_SET;
      if (moves->at[i].fact == moves->at[j].fact && !set) continue;
      RefMove both[2] = {moves->at[i], moves->at[j]};
      Verdict to = verdict;
      RefSettled settled = ref_moved(arena, universe, givens, both, 2, &to);
      if (settled == REF_TOO_MANY) return false;
      if (settled == REF_OPEN || to == verdict) continue;
      VEC_PUSH(arena, changes, ((RefChange){to, {both[0], both[1]}, 2}));
    }
  return true;
}

bool ref_changes(Arena *arena, const RefUniverse *universe,
                 const Given *givens, Verdict verdict, RefChanges *changes) {
  RefMoves moves = {0};
  ref_moves(arena, universe, givens, &moves);
  if (!single_changes(arena, universe, givens, &moves, verdict, changes))
    return false;
  return changes->count > 0 ||
         pair_changes(arena, universe, givens, &moves, verdict, changes);
}

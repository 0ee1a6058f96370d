/* Counting the points of a pair: by what both find at most, with inclusion and
 * exclusion, piece by piece of what differs. */
#include <limits.h>

#include "audit/pair.h"

typedef struct Counting {
  const Pair *pair;
  OutsideSearch *search;
  Chart local[2]; /* the charts, with what meets the piece only */
  unsigned has[2]; /* the verdicts that they have anywhere, as a mask */
  unsigned more[2]; /* those that they can have where the other has less */
  const Scene *scenes[2];
  Verdict most[2];
  const Box *piece;
  Box box;
  Boxes list, all; /* workspace */
  Limb *one, *less;
  Limb *at_most[VERDICT_COUNT * VERDICT_COUNT];
  bool known[VERDICT_COUNT * VERDICT_COUNT]; /* of at_most */
  bool failed;
} Counting;

/* --------------------------------------------------------- both at most */

/* Each chart's rules find no more, and each chart's `otherwise`s above are
 * silent.  The points outside both lists; `loud` says for which charts nothing
 * of their loud layer may be in force. */
static bool count_lists(Counting *counting, unsigned loud, Limb *to) {
  Space *space = counting->pair->charts[0]->space;
  counting->all.count = 0;
  for (uint32_t i = 0; i < 2; i++) {
    uint32_t layer =
        chart_loud_layer(counting->scenes[i], (int)counting->most[i]);
    if (layer == LAYER_COUNT && loud >> i & 1) {
      natural_set(to, 0, space->limbs);
      return true;
    }
    chart_list_again(&counting->local[i], (int)counting->most[i],
                     loud >> i & 1 ? layer + 1 : 0, &counting->list);
    boxes_add_all(space, &counting->all, &counting->list);
  }
  return count_outside_within(counting->search, &counting->all,
                              &counting->box, to);
}

static bool count_in_scenes(Counting *counting, Limb *to) {
  uint32_t limbs = counting->pair->charts[0]->space->limbs;
  natural_set(counting->less, 0, limbs);
  for (unsigned loud = 0; loud < 4; loud++) {
    if (!count_lists(counting, loud, counting->one)) return false;
    natural_add(loud == 1 || loud == 2 ? counting->less : to, counting->one,
                limbs);
  }
  natural_subtract(to, counting->less, limbs);
  return true;
}

static bool count_at_most(Counting *counting, uint32_t x, uint32_t y,
                          Limb *to) {
  Space *space = counting->pair->charts[0]->space;
  Box both;
  counting->most[0] = (Verdict)x;
  counting->most[1] = (Verdict)y;
  natural_set(to, 0, space->limbs);
  for (uint32_t i = 0; i < counting->local[0].scenes.count; i++)
    for (uint32_t k = 0; k < counting->local[1].scenes.count; k++) {
      counting->scenes[0] = &counting->local[0].scenes.at[i];
      counting->scenes[1] = &counting->local[1].scenes.at[k];
      if (!box_both(space, &counting->scenes[0]->box,
                    &counting->scenes[1]->box, &both) ||
          !box_both(space, &both, counting->piece, &counting->box))
        continue;
      if (!count_in_scenes(counting, to)) return false;
    }
  return true;
}

static uint32_t highest(unsigned has, uint32_t most) {
  while (!(has >> most & 1)) most--;
  return most;
}

/* The points of the piece where before finds at most x, and after y.  A verdict
 * that a chart has nowhere is at most the one below it. */
static const Limb *at_most(Counting *counting, uint32_t x, uint32_t y) {
  x = highest(counting->has[0], x);
  y = highest(counting->has[1], y);
  uint32_t i = x * VERDICT_COUNT + y;
  if (!counting->known[i])
    counting->failed |= !count_at_most(counting, x, y, counting->at_most[i]);
  counting->known[i] = true;
  return counting->at_most[i];
}

/* Silence may be anywhere. */
static unsigned verdicts_of(const Chart *chart) {
  unsigned mask = 1u << SILENT;
  for (uint32_t i = 0; i < chart->parts.count; i++)
    mask |= 1u << chart->parts.at[i].verdict;
  for (uint32_t i = 0; i < chart->scenes.count; i++)
    for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
      mask |= 1u << chart->scenes.at[i].finding[layer];
  return mask;
}

/* Verdicts of boxes that the other chart has not; an `otherwise` may speak
 * because of what only the other has. */
static unsigned own_verdicts(const Pair *pair, uint32_t side) {
  const Chart *chart = pair->charts[side];
  unsigned mask = pair->same_otherwise ? 0 : UINT_MAX;
  for (uint32_t i = 0; i < chart->parts.count; i++)
    for (uint32_t k = 0; k < chart->parts.at[i].boxes.count; k++)
      if (pair->changed[side][i][k]) mask |= 1u << chart->parts.at[i].verdict;
  for (uint32_t i = 0; i < chart->scenes.count; i++)
    for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
      mask |= 1u << chart->scenes.at[i].finding[layer];
  return mask;
}

/* --------------------------------------------------------- piece by piece */

typedef void AddPiece(Counting *counting, void *context);

static void make_room(Counting *counting) {
  Arena *arena = counting->pair->charts[0]->space->arena;
  uint32_t limbs = counting->pair->charts[0]->space->limbs;
  counting->one = ARENA_ARRAY(arena, limbs, Limb);
  counting->less = ARENA_ARRAY(arena, limbs, Limb);
  for (uint32_t i = 0; i < VERDICT_COUNT * VERDICT_COUNT; i++)
    counting->at_most[i] = ARENA_ARRAY(arena, limbs, Limb);
}

static void begin_piece(Counting *counting, const Box *piece) {
  counting->piece = piece;
  counting->list = counting->all = (Boxes){0};
  memset(counting->known, 0, sizeof counting->known);
  for (uint32_t i = 0; i < 2; i++) {
    chart_within(counting->pair->charts[i], piece, &counting->local[i]);
    counting->has[i] = verdicts_of(&counting->local[i]);
  }
}

static bool each_piece(const Pair *pair, OutsideSearch *search, AddPiece *add,
                       void *context) {
  Counting counting = {.pair = pair, .search = search};
  if (!pair->charts[0]->whole || !pair->charts[1]->whole) return false;
  Space *space = pair->charts[0]->space;
  make_room(&counting);
  for (uint32_t i = 0; i < 2; i++) counting.more[i] = own_verdicts(pair, i);
  for (uint32_t n = 0; n < pair->pieces.count && !counting.failed; n++) {
    ArenaMark mark = space_mark(space);
    begin_piece(&counting, &pair->pieces.at[n]);
    add(&counting, context);
    space_back(space, mark);
  }
  return !counting.failed;
}

/* ------------------------------------------------------- every two verdicts */

/* Can before find x there and after y? */
static bool may_change(const Counting *counting, uint32_t x, uint32_t y) {
  return x != y && counting->more[y > x] >> (x > y ? x : y) & 1;
}

/* From counts of at most x and at most y to counts of x and y. */
static void add_changes(Counting *counting, void *context) {
  uint32_t limbs = counting->pair->charts[0]->space->limbs;
  Limb **counts = context;
  for (uint32_t x = 0; x < VERDICT_COUNT; x++)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++) {
      Limb *to = counts[x * VERDICT_COUNT + y];
      if (!may_change(counting, x, y)) continue;
      const Limb *all = at_most(counting, x, y);
      const Limb *left = x ? at_most(counting, x - 1, y) : NULL;
      const Limb *right = y ? at_most(counting, x, y - 1) : NULL;
      const Limb *both = x && y ? at_most(counting, x - 1, y - 1) : NULL;
      if (counting->failed) return;
      natural_add(to, all, limbs);
      if (both) natural_add(to, both, limbs);
      if (left) natural_subtract(to, left, limbs);
      if (right) natural_subtract(to, right, limbs);
    }
}

bool pair_count_changes(const Pair *pair, OutsideSearch *search,
                        Limb **counts) {
  for (uint32_t i = 0; i < VERDICT_COUNT * VERDICT_COUNT; i++)
    natural_set(counts[i], 0, pair->charts[0]->space->limbs);
  return each_piece(pair, search, add_changes, counts);
}

/* -------------------------------------------------------- looser, stricter */

/* Before finds more than after: summed over what after finds, all points less
 * those where before finds no more.  side 0: looser; 1: the other way round. */
static void add_turns(Counting *counting, uint32_t side, Limb *to,
                      Limb *silent) {
  uint32_t limbs = counting->pair->charts[0]->space->limbs, most = NEVER;
  natural_add(to, at_most(counting, most, most), limbs);
  for (uint32_t y = 1; y < VERDICT_COUNT; y++)
    natural_add(to, side ? at_most(counting, y - 1, y)
                         : at_most(counting, y, y - 1), limbs);
  for (uint32_t y = 0; y < VERDICT_COUNT; y++)
    natural_subtract(to, at_most(counting, y, y), limbs);
  natural_add(silent, side ? at_most(counting, 0, most)
                           : at_most(counting, most, 0), limbs);
  natural_subtract(silent, at_most(counting, 0, 0), limbs);
}

/* All that is needed is counted first: sums of what was not would overflow. */
static void add_piece_turns(Counting *counting, void *context) {
  Turns *turns = context;
  for (uint32_t y = 0; y < VERDICT_COUNT && !counting->failed; y++) {
    at_most(counting, y, y);
    if (y) at_most(counting, y, y - 1);
    if (y) at_most(counting, y - 1, y);
  }
  at_most(counting, 0, NEVER);
  at_most(counting, NEVER, 0);
  if (counting->failed) return;
  add_turns(counting, 0, turns->looser, turns->to_silence);
  add_turns(counting, 1, turns->stricter, turns->from_silence);
}

bool pair_count_turns(const Pair *pair, OutsideSearch *search, Turns *turns) {
  uint32_t limbs = pair->charts[0]->space->limbs;
  natural_set(turns->looser, 0, limbs);
  natural_set(turns->stricter, 0, limbs);
  natural_set(turns->to_silence, 0, limbs);
  natural_set(turns->from_silence, 0, limbs);
  return each_piece(pair, search, add_piece_turns, turns);
}

#include "audit/pair.h"

enum { PIECES_MOST = 256 };

/* ------------------------------------------------------------------- making */

static bool has_box(const Chart *chart, const Part *part, const Box *box) {
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *other = &chart->parts.at[i];
    if (other->verdict != part->verdict || other->layer != part->layer)
      continue;
    for (uint32_t k = 0; k < other->boxes.count; k++)
      if (box_equal(&other->boxes.at[k], box)) return true;
  }
  return false;
}

static void find_changed(Pair *pair, uint32_t side) {
  const Chart *chart = pair->charts[side], *other = pair->charts[!side];
  Space *space = chart->space;
  pair->changed[side] =
      ARENA_ARRAY(space->arena, chart->parts.count + 1, uint8_t *);
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    pair->changed[side][i] =
        ARENA_ARRAY(space->arena, part->boxes.count + 1, uint8_t);
    for (uint32_t k = 0; k < part->boxes.count; k++) {
      if (has_box(other, part, &part->boxes.at[k])) continue;
      pair->changed[side][i][k] = 1;
      VEC_PUSH(space->arena, &pair->differ, part->boxes.at[k]);
    }
  }
}

static bool same_scenes(const Chart *a, const Chart *b) {
  if (a->scenes.count != b->scenes.count) return false;
  for (uint32_t i = 0; i < a->scenes.count; i++) {
    const Scene *x = &a->scenes.at[i], *y = &b->scenes.at[i];
    if (!box_equal(&x->box, &y->box) ||
        memcmp(x->finding, y->finding, sizeof x->finding) != 0)
      return false;
  }
  return true;
}

void pair_make(const Chart *before, const Chart *after, Pair *pair) {
  *pair = (Pair){.charts = {before, after}};
  pair->same_otherwise = same_scenes(before, after);
  find_changed(pair, 0);
  find_changed(pair, 1);
  if (!pair->same_otherwise) {
    pair->differ.count = 0;
    VEC_PUSH(before->space->arena, &pair->differ, ((Box){0}));
  }
  boxes_set_apart(before->space, &pair->differ, PIECES_MOST, &pair->pieces);
  if (!pair->pieces.too_many) return;
  pair->pieces = (Boxes){0};
  boxes_add(before->space, &pair->pieces, (Box){0});
}

/* -------------------------------------------------------- one cell fixed */

void boxes_at_cell(Space *space, const Boxes *from, uint32_t axis,
                   uint32_t cell, Boxes *to) {
  *to = (Boxes){.too_many = from->too_many};
  for (uint32_t i = 0; i < from->count; i++) {
    const Box *box = &from->at[i];
    uint32_t side = box_side(space, box, axis);
    if (side != SIDE_ALL && !side_has(&space->sides.at[side], cell)) continue;
    uint32_t *sides = ARENA_ARRAY(space->arena, box->count + 1, uint32_t);
    Box bare = {sides, 0};
    for (uint32_t k = 0; k < box->count; k++)
      if (space->sides.at[box->sides[k]].axis != axis)
        sides[bare.count++] = box->sides[k];
    VEC_PUSH(space->arena, to, side == SIDE_ALL ? *box : bare);
  }
}

void chart_at_cell(const Chart *chart, uint32_t axis, uint32_t cell,
                   Chart *at) {
  Space *space = chart->space;
  *at = *chart;
  at->parts.at = NULL;
  at->parts.count = at->parts.room = 0;
  at->scenes.at = NULL;
  at->scenes.count = at->scenes.room = 0;
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    Part part = chart->parts.at[i];
    boxes_at_cell(space, &chart->parts.at[i].boxes, axis, cell, &part.boxes);
    if (part.boxes.count) VEC_PUSH(space->arena, &at->parts, part);
  }
  for (uint32_t i = 0; i < chart->scenes.count; i++) {
    Boxes one = {0}, left;
    Scene scene = chart->scenes.at[i];
    boxes_add(space, &one, scene.box);
    boxes_at_cell(space, &one, axis, cell, &left);
    if (!left.count) continue;
    scene.box = left.at[0];
    VEC_PUSH(space->arena, &at->scenes, scene);
  }
  boxes_at_cell(space, &chart->impossible, axis, cell, &at->impossible);
}

/* ------------------------------------------------------------------ finding */

/* Can the two ways not be of one point?  The higher verdict's box must be one
 * that the other chart has not; and where an `otherwise` speaks, no rule of its
 * layer or a more authoritative one can be in force that both have. */
static bool cannot_meet(const Pair *pair, const Way *before,
                        const Way *after) {
  const Way *ways[2] = {before, after};
  uint32_t higher = after->verdict > before->verdict;
  const Way *high = ways[higher], *low = ways[!higher];
  if (high->part != NONE)
    return !pair->changed[higher][high->part][high->of_part];
  return low->part != NONE && low->layer <= high->otherwise &&
         !pair->changed[!higher][low->part][low->of_part];
}

static PointFound find_in_ways(const Pair *pair, OutsideSearch *search,
                                const Way *before, const Way *after,
                                const Box *box, const Boxes *list,
                                AxisCell *point) {
  Space *space = pair->charts[0]->space;
  Box both, all;
  Boxes avoid = {0};
  if (cannot_meet(pair, before, after) ||
      !box_both(space, &before->box, &after->box, &both) ||
      !box_both(space, &both, box, &all))
    return POINT_NONE;
  boxes_add_all(space, &avoid, before->list);
  boxes_add_all(space, &avoid, after->list);
  boxes_add_all(space, &avoid, list);
  return find_outside(search, &avoid, &all, point);
}

PointFound pair_find_ways(const Pair *pair, OutsideSearch *search,
                          const Ways ways[2], const Box *box,
                          const Boxes *list, const Way **x, const Way **y,
                          AxisCell *point) {
  PointFound result = POINT_NONE;
  for (uint32_t i = 0; i < ways[0].count; i++)
    for (uint32_t k = 0; k < ways[1].count; k++) {
      *x = &ways[0].at[i];
      *y = &ways[1].at[k];
      PointFound found =
          find_in_ways(pair, search, *x, *y, box, list, point);
      if (found == POINT_FOUND) return found;
      if (found == POINT_UNKNOWN) result = found;
    }
  return result;
}

PointFound pair_find(const Pair *pair, OutsideSearch *search, const Box *box,
                     const Boxes *list, Verdict before, Verdict after,
                     AxisCell *point) {
  const Way *x, *y;
  Ways ways[2];
  bool whole = pair->charts[0]->whole && pair->charts[1]->whole;
  if (!whole) return POINT_UNKNOWN;
  if (pair->differ.count == 0) return POINT_NONE;
  chart_ways(pair->charts[0], before, &ways[0]);
  chart_ways(pair->charts[1], after, &ways[1]);
  return pair_find_ways(pair, search, ways, box, list, &x, &y, point);
}

/* ----------------------------------------------------------------- counting */

/* Counting both at most: each chart's rules find no more, and each chart's
 * `otherwise`s above are silent.  By inclusion and exclusion over the two. */
typedef struct Counting {
  const Pair *pair;
  OutsideSearch *search;
  Chart local[2]; /* the charts, with what meets the piece only */
  const Scene *scenes[2];
  Verdict most[2];
  Box box;
  Boxes list, all; /* workspace */
  Limb *one, *less;
  Limb *at_most[VERDICT_COUNT * VERDICT_COUNT];
} Counting;

static uint32_t loud_layer(const Scene *scene, Verdict verdict) {
  for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
    if (scene->finding[layer] > verdict) return layer;
  return LAYER_COUNT;
}

/* The points outside both lists; `loud` says for which charts nothing of their
 * loud layer may be in force. */
static bool count_lists(Counting *counting, unsigned loud, Limb *to) {
  Space *space = counting->pair->charts[0]->space;
  counting->all.count = 0;
  for (uint32_t i = 0; i < 2; i++) {
    uint32_t layer = loud_layer(counting->scenes[i], counting->most[i]);
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

static bool count_at_most(Counting *counting, const Box *box, Verdict x,
                          Verdict y, Limb *to) {
  Space *space = counting->pair->charts[0]->space;
  Box both;
  counting->most[0] = x;
  counting->most[1] = y;
  natural_set(to, 0, space->limbs);
  for (uint32_t i = 0; i < counting->local[0].scenes.count; i++)
    for (uint32_t k = 0; k < counting->local[1].scenes.count; k++) {
      counting->scenes[0] = &counting->local[0].scenes.at[i];
      counting->scenes[1] = &counting->local[1].scenes.at[k];
      if (!box_both(space, &counting->scenes[0]->box,
                    &counting->scenes[1]->box, &both) ||
          !box_both(space, &both, box, &counting->box))
        continue;
      if (!count_in_scenes(counting, to)) return false;
    }
  return true;
}

/* The verdicts that a chart has anywhere, as a mask; silence counts. */
static unsigned verdicts_of(const Chart *chart) {
  unsigned mask = 1u << SILENT;
  for (uint32_t i = 0; i < chart->parts.count; i++)
    mask |= 1u << chart->parts.at[i].verdict;
  for (uint32_t i = 0; i < chart->scenes.count; i++)
    for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
      mask |= 1u << chart->scenes.at[i].finding[layer];
  return mask;
}

/* A verdict that a chart has nowhere is at most the one before it. */
static bool count_piece(Counting *counting, const Box *box) {
  uint32_t limbs = counting->pair->charts[0]->space->limbs;
  unsigned has[2];
  for (uint32_t i = 0; i < 2; i++) {
    chart_within(counting->pair->charts[i], box, &counting->local[i]);
    has[i] = verdicts_of(&counting->local[i]);
  }
  for (uint32_t x = 0; x < VERDICT_COUNT; x++)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++) {
      Limb *to = counting->at_most[x * VERDICT_COUNT + y];
      if (!(has[0] >> x & 1))
        natural_copy(to, counting->at_most[(x - 1) * VERDICT_COUNT + y], limbs);
      else if (!(has[1] >> y & 1))
        natural_copy(to, counting->at_most[x * VERDICT_COUNT + y - 1], limbs);
      else if (!count_at_most(counting, box, (Verdict)x, (Verdict)y, to))
        return false;
    }
  return true;
}

/* From counts of at most x and at most y to counts of x and y. */
static void take_differences(Limb **counts, uint32_t limbs) {
  for (uint32_t x = VERDICT_COUNT - 1; x > 0; x--)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++)
      natural_subtract(counts[x * VERDICT_COUNT + y],
                       counts[(x - 1) * VERDICT_COUNT + y], limbs);
  for (uint32_t x = 0; x < VERDICT_COUNT; x++)
    for (uint32_t y = VERDICT_COUNT - 1; y > 0; y--)
      natural_subtract(counts[x * VERDICT_COUNT + y],
                       counts[x * VERDICT_COUNT + y - 1], limbs);
}

static void make_room(Counting *counting) {
  Arena *arena = counting->search->arena;
  uint32_t limbs = counting->pair->charts[0]->space->limbs;
  counting->one = ARENA_ARRAY(arena, limbs, Limb);
  counting->less = ARENA_ARRAY(arena, limbs, Limb);
  for (uint32_t i = 0; i < VERDICT_COUNT * VERDICT_COUNT; i++)
    counting->at_most[i] = ARENA_ARRAY(arena, limbs, Limb);
}

bool pair_count_changes(const Pair *pair, OutsideSearch *search,
                        Limb **counts) {
  uint32_t limbs = pair->charts[0]->space->limbs;
  Counting counting = {.pair = pair, .search = search};
  make_room(&counting);
  for (uint32_t i = 0; i < VERDICT_COUNT * VERDICT_COUNT; i++)
    natural_set(counts[i], 0, limbs);
  if (!pair->charts[0]->whole || !pair->charts[1]->whole) return false;
  for (uint32_t n = 0; n < pair->pieces.count; n++) {
    if (!count_piece(&counting, &pair->pieces.at[n])) return false;
    take_differences(counting.at_most, limbs);
    for (uint32_t i = 0; i < VERDICT_COUNT * VERDICT_COUNT; i++)
      if (i / VERDICT_COUNT != i % VERDICT_COUNT)
        natural_add(counts[i], counting.at_most[i], limbs);
  }
  return true;
}

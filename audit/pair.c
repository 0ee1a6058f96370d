#include "audit/pair.h"

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
}

/* ------------------------------------------------------------ one cell fixed */

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

void chart_at_cell(const Chart *chart, uint32_t axis, uint32_t cell, Chart *at) {
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
 * that the other chart has not; and a box that both have cannot be in force
 * where no rule of its layer is. */
static bool cannot_meet(const Pair *pair, const Way *before,
                        const Way *after) {
  const Way *ways[2] = {before, after};
  uint32_t higher = after->verdict > before->verdict;
  const Way *high = ways[higher], *low = ways[!higher];
  if (high->part != NONE) 
    return !pair->changed[higher][high->part][high->of_part];
  return low->part != NONE && pair->same_otherwise &&
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

PointFound pair_find(const Pair *pair, OutsideSearch *search, const Box *box,
                     const Boxes *list, Verdict before, Verdict after,
                     AxisCell *point) {
  bool whole = pair->charts[0]->whole && pair->charts[1]->whole;
  PointFound result = whole ? POINT_NONE : POINT_UNKNOWN;
  Ways ways[2];
  if (pair->differ.count == 0 && whole) return POINT_NONE;
  chart_ways(pair->charts[0], before, &ways[0]);
  chart_ways(pair->charts[1], after, &ways[1]);
  for (uint32_t i = 0; i < ways[0].count; i++)
    for (uint32_t k = 0; k < ways[1].count; k++) {
      PointFound found =
          find_in_ways(pair, search, &ways[0].at[i], &ways[1].at[k], box,
                        list, point);
      if (found == POINT_FOUND) return found;
      if (found == POINT_UNKNOWN) result = found;
    }
  return result;
}

/* ----------------------------------------------------------------- counting */

/* Counting both at most: each chart's rules find no more, and each chart's
 * `otherwise`s above are silent.  By inclusion and exclusion over the two. */
typedef struct Scenes {
  const Pair *pair;
  OutsideSearch *search;
  const Scene *scenes[2];
  Verdict most[2];
  Box box;
} Scenes;

static uint32_t loud_layer(const Scene *scene, Verdict verdict) {
  for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
    if (scene->finding[layer] > verdict) return layer;
  return LAYER_COUNT;
}

/* The points outside both lists; `loud` says for which charts nothing of their
 * loud layer may be in force. */
static bool count_lists(const Scenes *scenes, unsigned loud, Limb *to) {
  Space *space = scenes->pair->charts[0]->space;
  Boxes all = {0};
  for (uint32_t i = 0; i < 2; i++) {
    Boxes list;
    uint32_t layer = loud_layer(scenes->scenes[i], scenes->most[i]);
    if (layer == LAYER_COUNT && loud >> i & 1) {
      natural_set(to, 0, space->limbs);
      return true;
    }
    chart_list(scenes->pair->charts[i], (int)scenes->most[i],
              loud >> i & 1 ? layer + 1 : 0, &list);
    boxes_add_all(space, &all, &list);
  }
  return count_outside_within(scenes->search, &all, &scenes->box, to);
}

static bool count_in_scenes(const Scenes *scenes, Limb *to) {
  uint32_t limbs = scenes->pair->charts[0]->space->limbs;
  Limb *one = ARENA_ARRAY(scenes->search->arena, limbs, Limb);
  Limb *less = ARENA_ARRAY(scenes->search->arena, limbs, Limb);
  for (unsigned loud = 0; loud < 4; loud++) {
    if (!count_lists(scenes, loud, one)) return false;
    natural_add(loud == 1 || loud == 2 ? less : to, one, limbs);
  }
  natural_subtract(to, less, limbs);
  return true;
}

bool pair_count_at_most(const Pair *pair, OutsideSearch *search, Verdict x,
                        Verdict y, Limb *to) {
  Space *space = pair->charts[0]->space;
  Scenes scenes = {.pair = pair, .search = search, .most = {x, y}};
  natural_set(to, 0, space->limbs);
  if (!pair->charts[0]->whole || !pair->charts[1]->whole) return false;
  for (uint32_t i = 0; i < pair->charts[0]->scenes.count; i++)
    for (uint32_t k = 0; k < pair->charts[1]->scenes.count; k++) {
      scenes.scenes[0] = &pair->charts[0]->scenes.at[i];
      scenes.scenes[1] = &pair->charts[1]->scenes.at[k];
      if (!box_both(space, &scenes.scenes[0]->box, &scenes.scenes[1]->box,
                    &scenes.box))
        continue;
      if (!count_in_scenes(&scenes, to)) return false;
    }
  return true;
}

bool pair_count(const Pair *pair, OutsideSearch *search, Limb **counts) {
  uint32_t limbs = pair->charts[0]->space->limbs;
  for (uint32_t x = 0; x < VERDICT_COUNT; x++)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++)
      if (!pair_count_at_most(pair, search, (Verdict)x, (Verdict)y,
                              counts[x * VERDICT_COUNT + y]))
        return false;
  for (uint32_t x = VERDICT_COUNT - 1; x > 0; x--)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++)
      natural_subtract(counts[x * VERDICT_COUNT + y],
                       counts[(x - 1) * VERDICT_COUNT + y], limbs);
  for (uint32_t x = 0; x < VERDICT_COUNT; x++)
    for (uint32_t y = VERDICT_COUNT - 1; y > 0; y--)
      natural_subtract(counts[x * VERDICT_COUNT + y],
                       counts[x * VERDICT_COUNT + y - 1], limbs);
  return true;
}

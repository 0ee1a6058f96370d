#include "audit/count.h"

typedef struct CacheKey {
  uint64_t half[2];
} CacheKey;

typedef struct CountCache {
  uint32_t entries; /* in sets of two */
  CacheKey *keys;
  Limb *counts;
  uint8_t *newer; /* which of a set's two was written last */
} CountCache;

/* -------------------------------------------------------- counts remembered */

static void cache_make(OutsideSearch *search) {
  size_t limbs = search->space->limbs;
  CountCache *cache = ARENA_NEW(search->arena, CountCache);
  cache->entries = UINT32_C(1) << search->cache_bits;
  cache->keys = ARENA_ARRAY(search->arena, cache->entries, CacheKey);
  cache->counts = ARENA_ARRAY(search->arena, cache->entries * limbs, Limb);
  cache->newer = ARENA_ARRAY(search->arena, cache->entries / 2, uint8_t);
  search->cache = cache;
}

static uint64_t mix(uint64_t x) {
  x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93);
  return x ^ x >> 32;
}

/* The sum over residuals of a mix of the sum of their sides' hashes: in no
 * order, and the same whichever boxes they are left of. */
static CacheKey key_of(const Residuals *list) {
  CacheKey key = {{list->count, ~(uint64_t)list->count}};
  for (uint32_t i = 0; i < list->count; i++) {
    key.half[0] += mix(list->at[i].hash[0]);
    key.half[1] += mix(list->at[i].hash[1]);
  }
  return key;
}

static bool same_key(const CacheKey *a, const CacheKey *b) {
  return a->half[0] == b->half[0] && a->half[1] == b->half[1];
}

static const Limb *cache_find(const OutsideSearch *search, CacheKey key) {
  const CountCache *cache = search->cache;
  uint32_t set = (uint32_t)key.half[0] & (cache->entries / 2 - 1);
  for (uint32_t i = 2 * set; i < 2 * set + 2; i++)
    if (same_key(&cache->keys[i], &key))
      return cache->counts + (size_t)i * search->space->limbs;
  return NULL;
}

static void cache_put(OutsideSearch *search, CacheKey key, const Limb *count) {
  CountCache *cache = search->cache;
  uint32_t set = (uint32_t)key.half[0] & (cache->entries / 2 - 1);
  uint32_t at = 2 * set + !cache->newer[set];
  cache->newer[set] = !cache->newer[set];
  cache->keys[at] = key;
  natural_copy(cache->counts + (size_t)at * search->space->limbs, count,
               search->space->limbs);
}

/* ----------------------------------------------------------------- counting */

/* Multiplies the axes that the level has and its child has not, but for the one
 * that is decided, into *to. */
static void multiply_free_axes(const OutsideSearch *search, const Level *level,
                               Limb *to) {
  const Space *space = search->space;
  for (uint32_t w = 0; w < search->words; w++)
    for (uint64_t left = level->used[w] & ~level->child_used[w]; left;
         left &= left - 1) {
      uint32_t axis = w * 64 + (uint32_t)__builtin_ctzll(left);
      if (axis != level->axis)
        natural_multiply_small(to, space->axes[axis].cells, space->limbs);
    }
}

/* Outside one box: all points less those inside. */
static void count_one(OutsideSearch *search, const Residual *one, Limb *to) {
  const Space *space = search->space;
  Level *level = outside_level(search, space->axis_count + 1);
  natural_set(to, 1, space->limbs);
  natural_set(level->part, 1, space->limbs);
  for (uint64_t left = one->left; left; left &= left - 1) {
    uint32_t side = one->box->sides[__builtin_ctzll(left)];
    uint32_t axis = space->sides.at[side].axis;
    natural_multiply_small(to, space->axes[axis].cells, space->limbs);
    natural_multiply_small(level->part, side_cells(space, side),
                           space->limbs);
  }
  natural_subtract(to, level->part, space->limbs);
}

static bool count_parts(OutsideSearch *search, uint32_t depth, Limb *to);

/* Counts over the axes of `list`, which is one part and not empty, into *to. */
static bool count_part(OutsideSearch *search, const Residuals *list,
                       uint32_t depth, Limb *to) {
  const Space *space = search->space;
  if (list->count == 1) {
    count_one(search, &list->at[0], to);
    return true;
  }
  CacheKey key = key_of(list);
  const Limb *known = cache_find(search, key);
  if (known) {
    natural_copy(to, known, space->limbs);
    return true;
  }
  if (outside_step(search)) return false;
  Level *level = outside_level(search, depth);
  residuals_axis(search, list, level);
  residuals_classes(search, list, level);
  natural_set(level->sum, 0, space->limbs);
  for (uint32_t i = 0; i < level->class_count; i++) {
    if (!residuals_in_cell(search, list, level->classes[i].cell, level))
      continue;
    natural_set(level->product, level->classes[i].cells, space->limbs);
    multiply_free_axes(search, level, level->product);
    if (!count_parts(search, depth, level->product)) return false;
    natural_add(level->sum, level->product, space->limbs);
  }
  natural_copy(to, level->sum, space->limbs);
  cache_put(search, key, to);
  return true;
}

/* Multiplies the counts of all parts of the level's child into *to. */
static bool count_parts(OutsideSearch *search, uint32_t depth, Limb *to) {
  Level *level = outside_level(search, depth);
  residuals_parts(search, level);
  for (uint32_t i = 0; i < level->part_count; i++) {
    Residuals part = residuals_part(search, level, i);
    if (!count_part(search, &part, depth + 1, level->part)) return false;
    natural_multiply(to, level->part, level->space, search->space->limbs);
    if (natural_is_zero(to, search->space->limbs)) return true;
  }
  return true;
}

/* ------------------------------------------------- within some box only */

/* The sides of `one` that the points of `within` need not be kept out by. */
static uint64_t sides_left(const Space *space, const Box *one,
                           const Box *within) {
  uint64_t left = 0;
  for (uint32_t i = 0; i < one->count; i++) {
    uint32_t axis = space->sides.at[one->sides[i]].axis;
    uint32_t own = box_side(space, within, axis);
    if (own == SIDE_ALL || !side_within(space, own, one->sides[i]))
      left |= UINT64_C(1) << i;
  }
  return left;
}

/* What is left of the list for points of `within`, into level->child: boxes
 * that it meets, less the sides that hold all of it; and, on axes where
 * something is left, what is outside of `within` itself.  False if a box holds
 * all of it.  level->child_used has the axes that are left. */
static bool restrict_to(OutsideSearch *search, const Boxes *list,
                        const Box *within, Level *level) {
  Space *space = search->space;
  level->child.count = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    if (!box_meets(space, &list->at[i], within)) continue;
    uint64_t left = sides_left(space, &list->at[i], within);
    if (!left) return false;
    residuals_add_box(search, &level->child, &list->at[i], left);
  }
  residuals_used(search, &level->child, level->child_used);
  for (uint32_t i = 0; i < within->count; i++) {
    uint32_t axis = space->sides.at[within->sides[i]].axis;
    if (!axes_have(level->child_used, axis)) continue;
    Box *outside = ARENA_NEW(space->arena, Box);
    *outside = box_of_side(space, space_side_other(space, within->sides[i]));
    residuals_add_box(search, &level->child, outside, 1);
  }
  return true;
}

/* Multiplies the axes that nothing is left on. */
static void multiply_decided(const OutsideSearch *search, const Level *level,
                             const Box *within, Limb *to) {
  const Space *space = search->space;
  for (uint32_t axis = 0; axis < space->axis_count; axis++) {
    uint32_t side = box_side(space, within, axis);
    if (!axes_have(level->child_used, axis))
      natural_multiply_small(to, side == SIDE_ALL ? space->axes[axis].cells
                                                  : side_cells(space, side),
                             space->limbs);
  }
}

bool count_outside_within(OutsideSearch *search, const Boxes *list,
                          const Box *box, Limb *to) {
  Space *space = search->space;
  Level *level = outside_level(search, 0);
  if (!search->cache) cache_make(search);
  natural_set(to, 0, space->limbs);
  outside_ask(search);
  if (list->too_many) return false;
  if (!restrict_to(search, list, box, level)) return true;
  natural_set(to, 1, space->limbs);
  multiply_decided(search, level, box, to);
  return count_parts(search, 0, to);
}

bool count_outside(OutsideSearch *search, const Boxes *list, Limb *to) {
  Box whole = {0};
  return count_outside_within(search, list, &whole, to);
}

bool count_inside(OutsideSearch *search, const Boxes *list,
                  const Boxes *without, Limb *to) {
  Space *space = search->space;
  Limb *less = ARENA_ARRAY(space->arena, space->limbs, Limb);
  Boxes both = {0};
  boxes_add_all(space, &both, without);
  if (!count_outside(search, &both, to)) return false;
  boxes_add_all(space, &both, list);
  if (!count_outside(search, &both, less)) return false;
  natural_subtract(to, less, space->limbs);
  return true;
}

/* ------------------------------------------------------------------ finding */

static bool find_parts(OutsideSearch *search, uint32_t depth, AxisCell *point);

static bool known_none(const OutsideSearch *search, CacheKey key) {
  const Limb *known = cache_find(search, key);
  return known && natural_is_zero(known, search->space->limbs);
}

static bool find_part(OutsideSearch *search, const Residuals *list,
                      uint32_t depth, AxisCell *point) {
  const Space *space = search->space;
  CacheKey key = key_of(list);
  if (known_none(search, key) || outside_step(search)) return false;
  Level *level = outside_level(search, depth);
  residuals_axis(search, list, level);
  residuals_classes(search, list, level);
  for (uint32_t i = 0; i < level->class_count && !search->stopped; i++) {
    uint32_t cell = level->classes[i].cell, axis = level->axis;
    if (!residuals_in_cell(search, list, cell, level)) continue;
    point[axis] = cell;
    if (find_parts(search, depth, point)) return true;
    point[axis] = NONE;
  }
  natural_set(level->sum, 0, space->limbs);
  if (!search->stopped) cache_put(search, key, level->sum);
  return false;
}

static bool find_parts(OutsideSearch *search, uint32_t depth, AxisCell *point) {
  Level *level = outside_level(search, depth);
  residuals_parts(search, level);
  for (uint32_t i = 0; i < level->part_count; i++) {
    Residuals part = residuals_part(search, level, i);
    if (!find_part(search, &part, depth + 1, point)) return false;
  }
  return true;
}

/* Axes that nothing was asked of get the box's first cell. */
static void fill_point(const Space *space, const Box *box, AxisCell *point) {
  for (uint32_t axis = 0; axis < space->axis_count; axis++) {
    if (point[axis] != NONE) continue;
    uint32_t side = box_side(space, box, axis);
    point[axis] = 0;
    while (side != SIDE_ALL && !side_has(&space->sides.at[side], point[axis]))
      point[axis]++;
  }
}

PointFound find_outside(OutsideSearch *search, const Boxes *list,
                        const Box *box, AxisCell *point) {
  Level *level = outside_level(search, 0);
  if (!search->cache) cache_make(search);
  outside_ask(search);
  if (list->too_many) return POINT_UNKNOWN;
  memset(point, 0xff, search->space->axis_count * sizeof *point);
  if (!restrict_to(search, list, box, level)) return POINT_NONE;
  if (!find_parts(search, 0, point))
    return search->stopped ? POINT_UNKNOWN : POINT_NONE;
  fill_point(search->space, box, point);
  return POINT_FOUND;
}

bool point_within(const Space *space, const AxisCell *point, const Box *box) {
  for (uint32_t i = 0; i < box->count; i++) {
    const CellSet *side = &space->sides.at[box->sides[i]];
    if (!side_has(side, point[side->axis])) return false;
  }
  return true;
}

bool point_within_any(const Space *space, const AxisCell *point,
                      const Boxes *list) {
  for (uint32_t i = 0; i < list->count; i++)
    if (point_within(space, point, &list->at[i])) return true;
  return false;
}

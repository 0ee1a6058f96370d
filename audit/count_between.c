/* Counting as far as the steps reach: of what is left then, the count lies
 * between two numbers, which is proved.
 *
 * As in count.c, but each class of cells and each part has its share of the
 * steps, the larger ones more, so that none is left out. */
#include "audit/count_parts.h"

#define STOP_ABOVE 64 /* steps: where there are so few left, it soon ends */

/* ----------------------------------------------------------- without a step */

/* Multiplies the cells of the axes into *to. */
static void multiply_axes(const OutsideSearch *search, const uint64_t *axes,
                          Limb *to) {
  const Space *space = search->space;
  for (uint32_t w = 0; w < search->words; w++)
    for (uint64_t left = axes[w]; left; left &= left - 1)
      natural_multiply_small(
          to, space->axes[w * 64 + (uint32_t)__builtin_ctzll(left)].cells,
          space->limbs);
}

/* The points within one of what is left, over `axes`. */
static void count_inside_one(const OutsideSearch *search, const Residual *one,
                             const uint64_t *axes, Limb *to) {
  const Space *space = search->space;
  natural_set(to, 1, space->limbs);
  for (uint32_t w = 0; w < search->words; w++)
    for (uint64_t left = axes[w]; left; left &= left - 1) {
      uint32_t axis = w * 64 + (uint32_t)__builtin_ctzll(left);
      natural_multiply_small(
          to, axes_have(one->axes, axis)
                  ? side_cells(space, residual_side(search, one, axis))
                  : space->axes[axis].cells,
          space->limbs);
    }
}

/* All points less those within each: at least so many are outside. */
static void least_outside(OutsideSearch *search, const Residuals *list,
                          Level *level, Limb *low) {
  uint32_t limbs = search->space->limbs;
  natural_set(low, 1, limbs);
  multiply_axes(search, level->used, low);
  for (uint32_t i = 0; i < list->count; i++) {
    count_inside_one(search, residual_at(search, list, i), level->used,
                     level->product);
    if (natural_compare(low, level->product, limbs) <= 0) {
      natural_set(low, 0, limbs);
      return;
    }
    natural_subtract(low, level->product, limbs);
  }
}

/* The points outside of some that share no axis, those with few sides first:
 * at most so many are outside of all. */
static void most_outside(OutsideSearch *search, const Residuals *list,
                         Level *level, Limb *high) {
  uint32_t limbs = search->space->limbs, words = search->words, longest = 0;
  uint64_t *taken = level->child_used;
  memset(taken, 0, words * sizeof *taken);
  natural_set(high, 1, limbs);
  for (uint32_t i = 0; i < list->count; i++) {
    uint32_t left = residual_at(search, list, i)->left;
    if (left > longest) longest = left;
  }
  for (uint32_t sides = 1; sides <= longest; sides++)
    for (uint32_t i = 0; i < list->count; i++) {
      const Residual *one = residual_at(search, list, i);
      if (one->left != sides || axes_meet(taken, one->axes, words)) continue;
      count_one(search, one, level->part);
      natural_multiply(high, level->part, level->space, limbs);
      for (uint32_t w = 0; w < words; w++) taken[w] |= one->axes[w];
    }
  for (uint32_t w = 0; w < words; w++) taken[w] = level->used[w] & ~taken[w];
  multiply_axes(search, taken, high);
}

/* ------------------------------------------------------------- step by step */

static void between_all_parts(OutsideSearch *search, uint32_t depth,
                              uint64_t steps, Limb *low, Limb *high);

static bool is_counted(OutsideSearch *search, const Residuals *list,
                       Limb *to) {
  if (list->count == 1) {
    count_one(search, residual_at(search, list, 0), to);
    return true;
  }
  if (list->count == 2 && count_two(search, list, to)) return true;
  const Limb *known = cache_find(search, cache_key(search, list));
  if (known) natural_copy(to, known, search->space->limbs);
  return known != NULL;
}

/* Each class of the axis's cells, with its share of the steps. */
static void between_classes(OutsideSearch *search, const Residuals *list,
                            uint32_t depth, uint64_t steps) {
  const Space *space = search->space;
  Level *level = outside_level(search, depth);
  uint32_t limbs = space->limbs;
  residuals_axis(search, list, level);
  residuals_classes(search, list, level);
  natural_set(level->sum, 0, limbs);
  natural_set(level->sum_high, 0, limbs);
  for (uint32_t i = 0; i < level->class_count; i++) {
    CellClass one = level->classes[i];
    if (!residuals_in_cell(search, list, one.cell, level)) continue;
    natural_set(level->product, one.cells, limbs);
    count_free_axes(search, level, level->product);
    natural_copy(level->product_high, level->product, limbs);
    between_all_parts(search, depth,
                      steps * one.cells / space->axes[level->axis].cells,
                      level->product, level->product_high);
    natural_add(level->sum, level->product, limbs);
    natural_add(level->sum_high, level->product_high, limbs);
  }
}

static void between_part(OutsideSearch *search, const Residuals *list,
                         uint32_t depth, uint64_t steps, Limb *low,
                         Limb *high) {
  uint32_t limbs = search->space->limbs;
  if (is_counted(search, list, low)) {
    natural_copy(high, low, limbs);
    return;
  }
  Level *level = outside_level(search, depth);
  if (steps == 0 || (steps >= STOP_ABOVE && outside_has_to_stop(search))) {
    residuals_used(search, list, level->used);
    least_outside(search, list, level, low);
    most_outside(search, list, level, high);
    return;
  }
  between_classes(search, list, depth, steps - 1);
  natural_copy(low, level->sum, limbs);
  natural_copy(high, level->sum_high, limbs);
  if (natural_compare(low, high, limbs) == 0)
    cache_put(search, cache_key(search, list), low);
}

/* Multiplies what lies between for each part of the level's child. */
static void between_all_parts(OutsideSearch *search, uint32_t depth,
                              uint64_t steps, Limb *low, Limb *high) {
  Level *level = outside_level(search, depth);
  uint32_t limbs = search->space->limbs;
  residuals_parts(search, level);
  uint32_t all = level->sorted.count;
  for (uint32_t i = 0; i < level->part_count; i++) {
    Residuals part = residuals_part(search, level, i);
    between_part(search, &part, depth + 1, steps * part.count / all,
                 level->part, level->part_high);
    natural_multiply(low, level->part, level->space, limbs);
    natural_multiply(high, level->part_high, level->space, limbs);
  }
}

void count_between(OutsideSearch *search, const Boxes *list, const Box *box,
                   uint64_t steps, Limb *low, Limb *high) {
  uint32_t limbs = search->space->limbs;
  Level *level = outside_level(search, 0);
  cache_make(search);
  natural_set(low, 0, limbs);
  if (list->too_many) {
    memset(level->child_used, 0, search->words * sizeof *level->child_used);
    natural_set(high, 1, limbs);
    count_decided_axes(search, level, box, high);
    return;
  }
  natural_set(high, 0, limbs);
  if (!count_restrict(search, list, box, level)) return;
  natural_set(low, 1, limbs);
  count_decided_axes(search, level, box, low);
  natural_copy(high, low, limbs);
  between_all_parts(search, 0, steps, low, high);
}

#include "audit/count_parts.h"
#include "audit/few.h"

/* ----------------------------------------------------------------- counting */

/* Multiplies the axes that the level has and its child has not, but for the one
 * that is decided, into *to. */
void count_free_axes(const OutsideSearch *search, const Level *level,
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
void count_one(OutsideSearch *search, const Residual *one, Limb *to) {
  const Space *space = search->space;
  Level *level = outside_level(search, space->axis_count + 1);
  natural_set(to, 1, space->limbs);
  natural_set(level->part, 1, space->limbs);
  for (uint32_t w = 0; w < search->words; w++)
    for (uint64_t left = one->axes[w]; left; left &= left - 1) {
      uint32_t axis = w * 64 + (uint32_t)__builtin_ctzll(left);
      natural_multiply_small(to, space->axes[axis].cells, space->limbs);
      natural_multiply_small(
          level->part, side_cells(space, residual_side(search, one, axis)),
          space->limbs);
    }
  natural_subtract(to, level->part, space->limbs);
}

/* How many cells residuals have on an axis: a residual that has no side there
 * has all; both have those that they share. */
typedef struct Shares {
  uint64_t all, one, other, both;
} Shares;

static Shares shares_on(const OutsideSearch *search, const Residual *one,
                        const Residual *other, uint32_t axis) {
  const Space *space = search->space;
  const Axis *own = &space->axes[axis];
  bool has[2] = {axes_have(one->axes, axis), axes_have(other->axes, axis)};
  uint32_t a = has[0] ? residual_side(search, one, axis) : SIDE_ALL;
  uint32_t b = has[1] ? residual_side(search, other, axis) : SIDE_ALL;
  Shares shares = {own->cells, own->cells, own->cells, 0};
  if (has[0]) shares.one = side_cells(space, a);
  if (has[1]) shares.other = side_cells(space, b);
  if (!has[0] || !has[1] || a == b) {
    shares.both = has[0] ? shares.one : shares.other;
    return shares;
  }
  for (uint32_t w = 0; w < own->words; w++)
    shares.both += (uint64_t)__builtin_popcountll(space->sides.at[a].mask[w] &
                                                  space->sides.at[b].mask[w]);
  return shares;
}

/* Outside two boxes: all points less those of each, and those of both were
 * taken off twice.  False if that may pass 64 bits. */
bool count_two(const OutsideSearch *search, const Residuals *list, Limb *to) {
  const Residual *one = residual_at(search, list, 0);
  const Residual *other = residual_at(search, list, 1);
  Shares product = {1, 1, 1, 1};
  for (uint32_t w = 0; w < search->words; w++)
    for (uint64_t left = one->axes[w] | other->axes[w]; left;
         left &= left - 1) {
      Shares shares = shares_on(search, one, other,
                                w * 64 + (uint32_t)__builtin_ctzll(left));
      if (__builtin_mul_overflow(product.all, shares.all, &product.all))
        return false;
      product.one *= shares.one;
      product.other *= shares.other;
      product.both *= shares.both;
    }
  natural_set(to, product.all - product.one - product.other + product.both,
              search->space->limbs);
  return true;
}

static bool count_all_parts(OutsideSearch *search, uint32_t depth, Limb *to);

/* Counts over the axes of `list`, which is one part and not empty, into *to. */
static bool count_part(OutsideSearch *search, const Residuals *list,
                       uint32_t depth, Limb *to) {
  const Space *space = search->space;
  uint64_t count;
  if (list->count == 1) {
    count_one(search, residual_at(search, list, 0), to);
    return true;
  }
  if (list->count == 2 && count_two(search, list, to)) return true;
  FewAnswer few = few_count(search, list, &count);
  if (few == FEW_COUNTED) natural_set(to, count, space->limbs);
  if (few != FEW_NOT) return few == FEW_COUNTED;
  CacheKey key = cache_key(search, list);
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
    count_free_axes(search, level, level->product);
    if (!count_all_parts(search, depth, level->product)) return false;
    natural_add(level->sum, level->product, space->limbs);
  }
  natural_copy(to, level->sum, space->limbs);
  cache_put(search, key, to);
  return true;
}

/* Multiplies the counts of all parts of the level's child into *to. */
static bool count_all_parts(OutsideSearch *search, uint32_t depth, Limb *to) {
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

/* False if the box holds all of `within`. */
static bool restrict_box(OutsideSearch *search, const Box *one,
                         const Box *within, Level *level) {
  uint64_t left = sides_left(search->space, one, within);
  if (left) residuals_add_box(search, &level->child, one, left);
  return left != 0;
}

/* Those that the list's index has at the box. */
static bool restrict_indexed(OutsideSearch *search, const Boxes *list,
                             const Box *within, Level *level) {
  Space *space = search->space;
  ArenaMark mark = space_mark(space);
  uint64_t *bits = ARENA_ARRAY(space->arena, list->index->words, uint64_t);
  bool some = true;
  boxes_meeting(space, list, within, bits);
  for (uint32_t w = 0; w < list->index->words && some; w++)
    for (uint64_t left = bits[w]; left && some; left &= left - 1)
      some = restrict_box(search,
                          &list->at[w * 64 + (uint32_t)__builtin_ctzll(left)],
                          within, level);
  space_back(space, mark);
  return some;
}

static bool restrict_list(OutsideSearch *search, const Boxes *list,
                          const Box *within, Level *level) {
  residuals_begin(search, &level->child);
  if (list->index) return restrict_indexed(search, list, within, level);
  for (uint32_t i = 0; i < list->count; i++)
    if (box_meets(search->space, &list->at[i], within) &&
        !restrict_box(search, &list->at[i], within, level))
      return false;
  return true;
}

/* What is left of the list for points of `within`, into level->child: boxes
 * that it meets, less the sides that hold all of it; and, on axes where
 * something is left, what is outside of `within` itself.  False if a box holds
 * all of it.  level->child_used has the axes that are left. */
bool count_restrict(OutsideSearch *search, const Boxes *list,
                    const Box *within, Level *level) {
  Space *space = search->space;
  bool some = restrict_list(search, list, within, level);
  search->spent += 1 + level->child.count / 8; /* as it takes time too */
  if (!some) return false;
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
void count_decided_axes(const OutsideSearch *search, const Level *level,
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
  cache_make(search);
  natural_set(to, 0, space->limbs);
  outside_ask(search);
  if (list->too_many) return false;
  if (!count_restrict(search, list, box, level)) return true;
  natural_set(to, 1, space->limbs);
  count_decided_axes(search, level, box, to);
  return count_all_parts(search, 0, to);
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

/* Where few boxes are left, it is asked first whether there is any point. */
static bool few_none(OutsideSearch *search, const Residuals *list) {
  uint64_t count;
  FewAnswer few = few_find(search, list, &count);
  return few == FEW_STOPPED || (few == FEW_COUNTED && count == 0);
}

static bool find_part(OutsideSearch *search, const Residuals *list,
                      uint32_t depth, AxisCell *point) {
  const Space *space = search->space;
  CacheKey key = cache_key(search, list);
  if (known_none(search, key) || few_none(search, list) ||
      outside_step(search))
    return false;
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
  cache_make(search);
  outside_ask(search);
  if (list->too_many) return POINT_UNKNOWN;
  memset(point, 0xff, search->space->axis_count * sizeof *point);
  if (!count_restrict(search, list, box, level)) return POINT_NONE;
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

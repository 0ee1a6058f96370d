#include "audit/region.h"

enum { ORDERS = 4 };

typedef struct Grower {
  OutsideSearch *search;
  const Boxes *list;
  const Box *within;
  uint32_t *sides; /* of the box being grown: one for each axis */
  uint32_t *order; /* the axes in the order of trying */
  uint64_t *blocks; /* for each axis: how many boxes it alone keeps out */
} Grower;

static Box grown_box(const Grower *grower) {
  Space *space = grower->search->space;
  uint32_t *sides =
      ARENA_ARRAY(space->arena, space->axis_count + 1, uint32_t);
  Box box = {sides, 0};
  for (uint32_t i = 0; i < space->axis_count; i++)
    if (grower->sides[i] != SIDE_ALL) sides[box.count++] = grower->sides[i];
  return box;
}

/* Does the grown box meet no box of the list? */
static bool is_clear(const Grower *grower) {
  const Space *space = grower->search->space;
  for (uint32_t i = 0; i < grower->list->count; i++) {
    const Box *box = &grower->list->at[i];
    bool apart = false;
    for (uint32_t k = 0; k < box->count && !apart; k++) {
      const CellSet *side = &space->sides.at[box->sides[k]];
      uint32_t own = grower->sides[side->axis];
      if (own == SIDE_ALL) continue;
      uint64_t any = 0;
      for (uint32_t w = 0; w < space->axes[side->axis].words; w++)
        any |= side->mask[w] & space->sides.at[own].mask[w];
      apart = any == 0;
    }
    if (!apart) return false;
  }
  return true;
}

/* Tries another side on the axis; keeps it if the box stays clear. */
static bool try_side(Grower *grower, uint32_t axis, uint32_t side) {
  uint32_t before = grower->sides[axis];
  grower->sides[axis] = side;
  if (is_clear(grower)) return true;
  grower->sides[axis] = before;
  return false;
}

static bool is_ordered(const Space *space, const Axis *axis) {
  const Image *image = space->grid->image;
  uint32_t fact = image->variables.at[axis->variables[0]].fact;
  return axis->count == 1 && image->facts.at[fact].type != TYPE_CHOICE;
}

/* One more cell; on an ordered axis only one beside those it has. */
static void widen_axis(Grower *grower, uint32_t axis) {
  Space *space = grower->search->space;
  const Axis *own = &space->axes[axis];
  bool ordered = is_ordered(space, own), grew = true;
  while (grew && grower->sides[axis] != SIDE_ALL) {
    grew = false;
    for (uint32_t cell = 0; cell < own->cells; cell++) {
      const CellSet *side = &space->sides.at[grower->sides[axis]];
      bool beside = (cell > 0 && side_has(side, cell - 1)) ||
                    (cell + 1 < own->cells && side_has(side, cell + 1));
      if (side_has(side, cell) || (ordered && !beside)) continue;
      uint64_t mask[SPACE_CELLS_MOST / 64];
      memcpy(mask, side->mask, own->words * sizeof *mask);
      mask[cell / 64] |= UINT64_C(1) << (cell % 64);
      if (!try_side(grower, axis, space_side(space, axis, mask))) continue;
      grew = true;
      if (grower->sides[axis] == SIDE_ALL) return;
    }
  }
}

static void start_at(Grower *grower, const AxisCell *point) {
  Space *space = grower->search->space;
  for (uint32_t i = 0; i < space->axis_count; i++)
    grower->sides[i] = space->axes[i].cells == 1
                           ? SIDE_ALL
                           : space_side_one(space, i, point[i]);
}

/* How many boxes of the list each axis keeps the point out of, those weighing
 * most that few axes keep out. */
static void weigh_axes(Grower *grower, const AxisCell *point) {
  const Space *space = grower->search->space;
  memset(grower->blocks, 0, space->axis_count * sizeof *grower->blocks);
  for (uint32_t i = 0; i < grower->list->count; i++) {
    const Box *box = &grower->list->at[i];
    uint32_t out = 0;
    for (uint32_t k = 0; k < box->count; k++)
      out += !side_has(&space->sides.at[box->sides[k]],
                       point[space->sides.at[box->sides[k]].axis]);
    for (uint32_t k = 0; k < box->count && out; k++) {
      const CellSet *side = &space->sides.at[box->sides[k]];
      if (!side_has(side, point[side->axis]))
        grower->blocks[side->axis] += (UINT64_C(1) << 20) / (out * out);
    }
  }
}

/* The axes that keep least out come first; `turn` varies equals and ends. */
static void order_axes(Grower *grower, uint32_t turn) {
  uint32_t count = grower->search->space->axis_count;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t axis = turn % 2 ? count - 1 - i : i, at = i;
    bool plain = turn >= 2;
    while (!plain && at > 0 &&
           grower->blocks[grower->order[at - 1]] > grower->blocks[axis]) {
      grower->order[at] = grower->order[at - 1];
      at--;
    }
    grower->order[at] = axis;
  }
}

/* The box's size as a logarithm in 1/1024 of a bit, roughly: only to choose. */
static uint64_t rough_size(const Space *space, const uint32_t *sides) {
  uint64_t size = 0;
  for (uint32_t i = 0; i < space->axis_count; i++) {
    uint32_t cells = sides[i] == SIDE_ALL ? space->axes[i].cells
                                          : side_cells(space, sides[i]);
    uint32_t bits = 31 - (uint32_t)__builtin_clz(cells);
    size += bits * 1024 + (cells << 10 >> bits) - 1024;
  }
  return size;
}

static Box grow(Grower *grower, const AxisCell *point) {
  Space *space = grower->search->space;
  uint64_t best_size = 0;
  Box best = {0};
  weigh_axes(grower, point);
  for (uint32_t turn = 0; turn < ORDERS; turn++) {
    start_at(grower, point);
    order_axes(grower, turn);
    for (uint32_t i = 0; i < space->axis_count; i++)
      try_side(grower, grower->order[i], SIDE_ALL);
    for (uint32_t i = 0; i < space->axis_count; i++)
      widen_axis(grower, grower->order[i]);
    uint64_t size = rough_size(space, grower->sides) + 1;
    if (size > best_size) {
      best_size = size;
      best = grown_box(grower);
    }
  }
  return best;
}

/* -------------------------------------------------------------- choosing */

static uint64_t box_size(const Space *space, const Box *box) {
  uint32_t *sides = ARENA_ARRAY(space->arena, space->axis_count + 1, uint32_t);
  for (uint32_t i = 0; i < space->axis_count; i++)
    sides[i] = box_side(space, box, i);
  return rough_size(space, sides);
}

static void put_by_size(const Space *space, Box *boxes, uint32_t count,
                        Box box) {
  uint32_t at = count;
  while (at > 0 && box_size(space, &boxes[at - 1]) < box_size(space, &box)) {
    boxes[at] = boxes[at - 1];
    at--;
  }
  boxes[at] = box;
}

/* Grows boxes from points that no box has yet, until there is none. */
static uint32_t gather(Grower *grower, uint32_t most, Box *boxes,
                       bool *whole) {
  Space *space = grower->search->space;
  AxisCell *point = ARENA_ARRAY(space->arena, space->axis_count + 1, AxisCell);
  Boxes avoid = {0};
  uint32_t count = 0;
  *whole = false;
  boxes_add_all(space, &avoid, grower->list);
  while (count < most) {
    PointFound found =
        find_outside(grower->search, &avoid, grower->within, point);
    *whole = found == POINT_NONE;
    if (found != POINT_FOUND) break;
    Box box = grow(grower, point), inside;
    VEC_PUSH(space->arena, &avoid, box);
    if (box_both(space, &box, grower->within, &inside))
      put_by_size(space, boxes, count++, inside);
  }
  if (count == most)
    *whole = find_outside(grower->search, &avoid, grower->within, point) ==
             POINT_NONE;
  return count;
}

/* Its points that no box of `before` has; false if there are none. */
static bool add_box(OutsideSearch *search, const Boxes *before, const Box *box,
                    Area *area) {
  Space *space = search->space;
  AreaBox one = {.box = *box};
  one.point = ARENA_ARRAY(space->arena, space->axis_count + 1, AxisCell);
  PointFound found = find_outside(search, before, box, one.point);
  area->whole &= found != POINT_UNKNOWN;
  if (found != POINT_FOUND) return false;
  one.count = ARENA_ARRAY(space->arena, space->limbs, Limb);
  if (!count_outside_within(search, before, box, one.count)) one.count = NULL;
  VEC_PUSH(space->arena, &area->boxes, one);
  return true;
}

static Grower grower_make(OutsideSearch *search, const Boxes *list,
                          const Box *within) {
  Grower grower = {.search = search, .list = list, .within = within};
  uint32_t count = search->space->axis_count + 1;
  grower.sides = ARENA_ARRAY(search->space->arena, count, uint32_t);
  grower.order = ARENA_ARRAY(search->space->arena, count, uint32_t);
  grower.blocks = ARENA_ARRAY(search->space->arena, count, uint64_t);
  return grower;
}

Box area_grow(OutsideSearch *search, const Boxes *list, const Box *within,
              const AxisCell *point) {
  Grower grower = grower_make(search, list, within);
  Box grown = grow(&grower, point), inside = *within;
  box_both(search->space, &grown, within, &inside);
  return inside;
}

void area_find(OutsideSearch *search, const Boxes *list, const Box *within,
               uint32_t most, Area *area) {
  Space *space = search->space;
  Grower grower = grower_make(search, list, within);
  Boxes before = {0};
  *area = (Area){0};
  if (list->too_many) return;
  Box *boxes = ARENA_ARRAY(space->arena, most + 1, Box);
  uint32_t count = gather(&grower, most, boxes, &area->whole);
  boxes_add_all(space, &before, list);
  for (uint32_t i = 0; i < count; i++)
    if (add_box(search, &before, &boxes[i], area))
      VEC_PUSH(space->arena, &before, boxes[i]);
}

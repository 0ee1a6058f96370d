#include "audit/box.h"

static uint32_t axis_of(const Space *space, uint32_t side) {
  return space->sides.at[side].axis;
}

void boxes_add(Space *space, Boxes *boxes, Box box) {
  if (boxes->count == BOXES_MOST || box.count > BOX_SIDES_MOST) {
    boxes->too_many = true;
    return;
  }
  boxes->index = NULL;
  VEC_PUSH(space->arena, boxes, box);
}

void boxes_add_all(Space *space, Boxes *to, const Boxes *from) {
  uint32_t count = to->count + from->count;
  if (count > to->room) {
    uint32_t room = count + to->count;
    to->at = arena_grow(space->arena, to->at, to->room * sizeof *to->at,
                        room * sizeof *to->at);
    to->room = room;
  }
  if (from->count)
    memcpy(to->at + to->count, from->at, from->count * sizeof *to->at);
  to->count = count;
  to->index = NULL;
  to->too_many |= from->too_many;
}

Box box_of_side(Space *space, uint32_t side) {
  uint32_t *sides = ARENA_NEW(space->arena, uint32_t);
  *sides = side;
  return (Box){sides, 1};
}

uint32_t box_side(const Space *space, const Box *box, uint32_t axis) {
  for (uint32_t i = 0; i < box->count; i++)
    if (axis_of(space, box->sides[i]) == axis) return box->sides[i];
  return SIDE_ALL;
}

/* ------------------------------------------------------------- making boxes */

/* Joins two lists of sides by rising axis; false if they share no point. */
static bool join_sides(Space *space, const Box *a, const Box *b, uint32_t *to,
                       uint32_t *count) {
  uint32_t i = 0, j = 0;
  *count = 0;
  while (i < a->count || j < b->count) {
    uint32_t left = i < a->count ? axis_of(space, a->sides[i]) : NONE;
    uint32_t right = j < b->count ? axis_of(space, b->sides[j]) : NONE;
    uint32_t side = left <= right ? a->sides[i] : b->sides[j];
    if (left == right) side = space_side_both(space, side, b->sides[j]);
    i += left <= right;
    j += right <= left;
    if (side == SIDE_NONE) return false;
    to[(*count)++] = side;
  }
  return true;
}

bool box_both(Space *space, const Box *a, const Box *b, Box *both) {
  if (!box_meets(space, a, b)) return false;
  uint32_t *sides =
      ARENA_ARRAY(space->arena, a->count + b->count + 1, uint32_t);
  both->sides = sides;
  return join_sides(space, a, b, sides, &both->count);
}

/* One more side on a box; false if no point is left. */
static bool add_side(Space *space, Box *box, uint32_t side) {
  if (side == SIDE_NONE) return false;
  if (side == SIDE_ALL) return true;
  Box one = box_of_side(space, side), joined;
  if (!box_both(space, box, &one, &joined)) return false;
  *box = joined;
  return true;
}

static bool box_from_row(Space *space, const Row *row, Box *box) {
  *box = (Box){0};
  for (uint32_t i = 0; i < row->count; i++) {
    const RowLiteral *literal = &row->literals[i];
    uint32_t side =
        space_side_of_variable(space, literal->variable, literal->mask);
    if (!add_side(space, box, side)) return false;
  }
  return true;
}

void boxes_from_rows(Space *space, const RowList *rows, Boxes *boxes) {
  *boxes = (Boxes){.too_many = rows->too_many};
  for (uint32_t i = 0; i < rows->count && !rows->too_many; i++) {
    Box box;
    if (box_from_row(space, &rows->rows[i], &box))
      boxes_add(space, boxes, box);
  }
  boxes_simplify(space, boxes);
}

/* -------------------------------------------------------- how they stand */

static bool sides_meet(const Space *space, uint32_t a, uint32_t b) {
  const CellSet *x = &space->sides.at[a], *y = &space->sides.at[b];
  uint64_t any = 0;
  for (uint32_t i = 0; i < space->axes[x->axis].words; i++)
    any |= x->mask[i] & y->mask[i];
  return any != 0;
}

bool box_meets(const Space *space, const Box *a, const Box *b) {
  uint32_t i = 0, j = 0;
  while (i < a->count && j < b->count) {
    uint32_t left = axis_of(space, a->sides[i]);
    uint32_t right = axis_of(space, b->sides[j]);
    if (left == right && a->sides[i] != b->sides[j] &&
        !sides_meet(space, a->sides[i], b->sides[j]))
      return false;
    i += left <= right;
    j += right <= left;
  }
  return true;
}

bool side_within(const Space *space, uint32_t inner, uint32_t outer) {
  const CellSet *x = &space->sides.at[inner], *y = &space->sides.at[outer];
  uint64_t any = 0;
  if (inner == outer) return true;
  for (uint32_t i = 0; i < space->axes[x->axis].words; i++)
    any |= x->mask[i] & ~y->mask[i];
  return any == 0;
}

bool box_within(const Space *space, const Box *inner, const Box *outer) {
  uint32_t i = 0;
  if (outer->count > inner->count) return false;
  for (uint32_t j = 0; j < outer->count; j++) {
    uint32_t axis = axis_of(space, outer->sides[j]);
    while (i < inner->count && axis_of(space, inner->sides[i]) < axis) i++;
    if (i == inner->count || axis_of(space, inner->sides[i]) != axis ||
        !side_within(space, inner->sides[i], outer->sides[j]))
      return false;
  }
  return true;
}

bool box_equal(const Box *a, const Box *b) {
  return a->count == b->count &&
         (a->count == 0 ||
          memcmp(a->sides, b->sides, a->count * sizeof *a->sides) == 0);
}

/* The axes that a box has sides on, each as one of 64 bits: a box can only lie
 * within one whose axes it has. */
static uint64_t axes_mark(const Space *space, const Box *box) {
  uint64_t mark = 0;
  for (uint32_t i = 0; i < box->count; i++)
    mark |= UINT64_C(1) << axis_of(space, box->sides[i]) % 64;
  return mark;
}

void boxes_simplify(const Space *space, Boxes *list) {
  uint32_t kept = 0;
  uint64_t *marks = ARENA_ARRAY(space->arena, list->count + 1, uint64_t);
  for (uint32_t i = 0; i < list->count; i++)
    marks[i] = axes_mark(space, &list->at[i]);
  for (uint32_t i = 0; i < list->count; i++) {
    bool covered = false;
    for (uint32_t k = 0; k < list->count && !covered; k++)
      covered = !(marks[k] & ~marks[i]) && k != i &&
                box_within(space, &list->at[i], &list->at[k]) &&
                (k < i || !box_equal(&list->at[i], &list->at[k]));
    if (covered) continue;
    marks[kept] = marks[i];
    list->at[kept++] = list->at[i];
  }
  list->count = kept;
}

void boxes_add_meeting(Space *space, const Boxes *from, const Box *box,
                       Boxes *to) {
  to->too_many |= from->too_many;
  for (uint32_t i = 0; i < from->count; i++)
    if (box_meets(space, &from->at[i], box))
      VEC_PUSH(space->arena, to, from->at[i]);
}

/* --------------------------------------------------------------- the index */

static void leave_out(const Space *space, const BoxIndex *index,
                      uint32_t number, uint32_t side) {
  const CellSet *set = &space->sides.at[side];
  uint64_t bit = UINT64_C(1) << (number % 64);
  for (uint32_t cell = 0; cell < space->axes[set->axis].cells; cell++)
    if (!side_has(set, cell))
      index->has[(size_t)(index->first[set->axis] + cell) * index->words +
                 number / 64] &= ~bit;
}

void boxes_index(Space *space, Boxes *list) {
  BoxIndex *index = ARENA_NEW(space->arena, BoxIndex);
  uint32_t rows = 0;
  index->words = list->count / 64 + 1;
  index->first = ARENA_ARRAY(space->arena, space->axis_count + 1, uint32_t);
  for (uint32_t i = 0; i < space->axis_count; i++) {
    index->first[i] = rows;
    rows += space->axes[i].cells;
  }
  size_t size = (size_t)rows * index->words;
  index->has = ARENA_ARRAY(space->arena, size, uint64_t);
  memset(index->has, 0xff, size * sizeof *index->has);
  for (uint32_t i = 0; i < list->count; i++)
    for (uint32_t k = 0; k < list->at[i].count; k++)
      leave_out(space, index, i, list->at[i].sides[k]);
  list->index = index;
}

void boxes_meeting(const Space *space, const Boxes *list, const Box *box,
                   uint64_t *bits) {
  const BoxIndex *index = list->index;
  uint32_t words = index->words;
  memset(bits, 0xff, words * sizeof *bits);
  bits[words - 1] = (UINT64_C(1) << (list->count % 64)) - 1;
  for (uint32_t i = 0; i < box->count; i++) {
    const CellSet *side = &space->sides.at[box->sides[i]];
    const uint64_t *row = index->has + (size_t)index->first[side->axis] * words;
    for (uint32_t w = 0; w < words; w++) {
      uint64_t any = 0;
      for (uint32_t cell = 0; cell < space->axes[side->axis].cells; cell++)
        if (side_has(side, cell)) any |= row[(size_t)cell * words + w];
      bits[w] &= any;
    }
  }
}

/* ---------------------------------------------------------- one from all */

/* Adds the points of `box` outside `less` to the rest. */
typedef void BoxWithout(Space *space, const Box *box, const Box *less,
                        Boxes *rest);

/* As boxes that do not meet, one for each side of `less` in turn. */
static void box_without(Space *space, const Box *box, const Box *less,
                        Boxes *rest) {
  Box left = *box;
  for (uint32_t i = 0; i < less->count; i++) {
    Box part = left;
    if (add_side(space, &part, space_side_other(space, less->sides[i])))
      boxes_add(space, rest, part);
    add_side(space, &left, less->sides[i]);
  }
}

/* As boxes that may meet: each keeps all of `box` but for one side. */
static void box_except(Space *space, const Box *box, const Box *less,
                       Boxes *rest) {
  for (uint32_t i = 0; i < less->count; i++) {
    Box part = *box;
    if (add_side(space, &part, space_side_other(space, less->sides[i])))
      boxes_add(space, rest, part);
  }
}

/* Takes one box after the other off. */
static void take_off(Space *space, const Boxes *from, const Boxes *less,
                     BoxWithout *without, Boxes *rest) {
  Boxes left = {0};
  boxes_add_all(space, &left, from);
  left.too_many |= less->too_many;
  for (uint32_t i = 0; i < less->count && left.count; i++) {
    Boxes next = {.too_many = left.too_many};
    for (uint32_t k = 0; k < left.count; k++)
      if (box_meets(space, &left.at[k], &less->at[i]))
        without(space, &left.at[k], &less->at[i], &next);
      else
        boxes_add(space, &next, left.at[k]);
    if (without == box_except) boxes_simplify(space, &next);
    left = next;
  }
  *rest = left;
}

void boxes_without(Space *space, const Boxes *from, const Boxes *less,
                   Boxes *rest) {
  take_off(space, from, less, box_without, rest);
}

void boxes_except(Space *space, const Boxes *from, const Boxes *less,
                  Boxes *rest) {
  take_off(space, from, less, box_except, rest);
}

void boxes_outside(Space *space, const Boxes *list, Boxes *rest) {
  Boxes all = {0};
  boxes_add(space, &all, (Box){0});
  boxes_without(space, &all, list, rest);
}

void boxes_both(Space *space, const Boxes *a, const Boxes *b, Boxes *both) {
  *both = (Boxes){.too_many = a->too_many || b->too_many};
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++) {
      Box box;
      if (box_both(space, &a->at[i], &b->at[k], &box))
        boxes_add(space, both, box);
    }
}

void boxes_set_apart(Space *space, const Boxes *from, uint32_t most,
                     Boxes *apart) {
  *apart = (Boxes){.too_many = from->too_many};
  for (uint32_t i = 0; i < from->count && !apart->too_many; i++) {
    Boxes one = {0}, rest;
    boxes_add(space, &one, from->at[i]);
    boxes_without(space, &one, apart, &rest);
    boxes_add_all(space, apart, &rest);
    apart->too_many |= apart->count > most;
  }
}

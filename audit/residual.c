#include "audit/residual.h"

#define STOP_EVERY 256 /* steps between two looks at `stop` */

void outside_make(Arena *arena, Space *space, uint32_t boxes,
                  OutsideSearch *search) {
  uint32_t most = 1;
  for (uint32_t i = 0; i < space->axis_count; i++)
    if (space->axes[i].cells > most) most = space->axes[i].cells;
  *search = (OutsideSearch){.arena = arena, .space = space, .most = UINT64_MAX};
  search->cache_bits = boxes < 64 ? 12 : boxes < 400 ? 15 : 18;
  search->levels = ARENA_ARRAY(arena, space->axis_count + 2, Level *);
  search->owner = ARENA_ARRAY(arena, space->axis_count + 1, uint32_t);
  search->score = ARENA_ARRAY(arena, space->axis_count + 1, uint64_t);
  search->class_of = ARENA_ARRAY(arena, most, uint32_t);
  search->seen = ARENA_ARRAY(arena, 2 * (size_t)most, uint32_t);
}

static Level *make_level(OutsideSearch *search) {
  const Space *space = search->space;
  Level *level = ARENA_NEW(search->arena, Level);
  uint32_t most = 1;
  for (uint32_t i = 0; i < space->axis_count; i++)
    if (space->axes[i].cells > most) most = space->axes[i].cells;
  level->classes = ARENA_ARRAY(search->arena, most, CellClass);
  level->sum = ARENA_ARRAY(search->arena, 4 * (size_t)space->limbs, Limb);
  level->product = level->sum + space->limbs;
  level->part = level->product + space->limbs;
  level->space = level->part + space->limbs;
  return level;
}

Level *outside_level(OutsideSearch *search, uint32_t depth) {
  if (!search->levels[depth]) search->levels[depth] = make_level(search);
  return search->levels[depth];
}

void outside_ask(OutsideSearch *search) {
  if (search->together) return;
  search->stopped = false;
  search->steps = 0;
}

QuestionBefore outside_begin(OutsideSearch *search, uint64_t most) {
  QuestionBefore before = {search->most, search->ran_out};
  outside_ask(search);
  search->together = true;
  search->ran_out = false;
  if (most < search->most) search->most = most;
  return before;
}

bool outside_end(OutsideSearch *search, QuestionBefore before) {
  bool ran_out = search->ran_out;
  search->together = false;
  search->most = before.most;
  search->ran_out = before.ran_out;
  return ran_out;
}

bool outside_step(OutsideSearch *search) {
  search->spent++;
  if (++search->steps > search->most)
    search->stopped = search->ran_out = true;
  if (search->steps % STOP_EVERY == 0 && search->stop &&
      search->stop(search->context))
    search->stopped = true;
  return search->stopped;
}

static void residuals_add(Arena *arena, Residuals *list, Residual one) {
  VEC_PUSH(arena, list, one);
}

/* -------------------------------------------------------------- which axis */

static uint32_t side_at(const Residual *one, uint64_t left) {
  return one->box->sides[__builtin_ctzll(left)];
}

uint32_t residuals_axis(OutsideSearch *search, const Residuals *list) {
  const CellSet *sides = search->space->sides.at;
  uint32_t best = NONE;
  for (uint32_t i = 0; i < list->count; i++) {
    int count = __builtin_popcountll(list->at[i].left);
    uint64_t weight = UINT64_C(1) << (count < 32 ? 40 - count : 8);
    for (uint64_t left = list->at[i].left; left; left &= left - 1)
      search->score[sides[side_at(&list->at[i], left)].axis] += weight;
  }
  for (uint32_t i = 0; i < list->count; i++)
    for (uint64_t left = list->at[i].left; left; left &= left - 1) {
      uint32_t axis = sides[side_at(&list->at[i], left)].axis;
      if (best == NONE || search->score[axis] > search->score[best] ||
          (search->score[axis] == search->score[best] && axis < best))
        best = axis;
    }
  for (uint32_t i = 0; i < list->count; i++)
    for (uint64_t left = list->at[i].left; left; left &= left - 1)
      search->score[sides[side_at(&list->at[i], left)].axis] = 0;
  return best;
}

/* -------------------------------------------------------- cells by class */

/* The residual's side on the axis; its place in *bit; NONE if it has none. */
static uint32_t side_on(const Space *space, const Residual *one, uint32_t axis,
                        uint64_t *bit) {
  for (uint64_t left = one->left; left; left &= left - 1) {
    uint32_t side = side_at(one, left);
    *bit = left & (~left + 1);
    if (space->sides.at[side].axis == axis) return side;
  }
  return NONE;
}

static uint32_t split(OutsideSearch *search, const CellSet *side,
                      uint32_t classes) {
  const Axis *axis = &search->space->axes[side->axis];
  uint32_t next = 0;
  for (uint32_t i = 0; i < 2 * classes; i++) search->seen[i] = NONE;
  for (uint32_t cell = 0; cell < axis->cells; cell++) {
    uint32_t key = search->class_of[cell] * 2 + side_has(side, cell);
    if (search->seen[key] == NONE) search->seen[key] = next++;
    search->class_of[cell] = search->seen[key];
  }
  return next;
}

void residuals_classes(OutsideSearch *search, const Residuals *list,
                       Level *level) {
  const Space *space = search->space;
  uint32_t cells = space->axes[level->axis].cells, classes = 1;
  uint32_t before = NONE;
  memset(search->class_of, 0, cells * sizeof *search->class_of);
  for (uint32_t i = 0; i < list->count && classes < cells; i++) {
    uint64_t bit;
    uint32_t side = side_on(space, &list->at[i], level->axis, &bit);
    if (side == NONE || side == before) continue;
    classes = split(search, &space->sides.at[side], classes);
    before = side;
  }
  memset(level->classes, 0, classes * sizeof *level->classes);
  for (uint32_t cell = cells; cell-- > 0;) {
    CellClass *one = &level->classes[search->class_of[cell]];
    one->cell = cell;
    one->cells++;
  }
  level->class_count = classes;
}

bool residuals_in_cell(OutsideSearch *search, const Residuals *list,
                       uint32_t cell, Level *level) {
  level->child.count = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    Residual one = list->at[i];
    uint64_t bit;
    uint32_t side = side_on(search->space, &one, level->axis, &bit);
    if (side != NONE) {
      if (!side_has(&search->space->sides.at[side], cell)) continue;
      one.left &= ~bit;
      if (!one.left) return false;
    }
    residuals_add(search->arena, &level->child, one);
  }
  return true;
}

/* -------------------------------------------------------------------- parts */

static uint32_t root(uint32_t *parent, uint32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

static void join_by_axes(OutsideSearch *search, const Residuals *list) {
  const CellSet *sides = search->space->sides.at;
  for (uint32_t i = 0; i < list->count; i++)
    for (uint64_t left = list->at[i].left; left; left &= left - 1) {
      uint32_t *owner =
          &search->owner[sides[side_at(&list->at[i], left)].axis];
      if (*owner == 0) *owner = i + 1;
      uint32_t a = root(search->parent, i);
      uint32_t b = root(search->parent, *owner - 1);
      if (a < b) search->parent[b] = a;
      if (b < a) search->parent[a] = b;
    }
  for (uint32_t i = 0; i < list->count; i++)
    for (uint64_t left = list->at[i].left; left; left &= left - 1)
      search->owner[sides[side_at(&list->at[i], left)].axis] = 0;
}

static void make_room(OutsideSearch *search, Level *level, uint32_t count) {
  if (search->parent_room < count) {
    search->parent_room = 2 * count;
    search->parent =
        ARENA_ARRAY(search->arena, search->parent_room, uint32_t);
    search->part_of =
        ARENA_ARRAY(search->arena, search->parent_room, uint32_t);
  }
  if (level->part_room < count) {
    level->part_room = 2 * count;
    level->part_end = ARENA_ARRAY(search->arena, level->part_room, uint32_t);
  }
}

/* Numbers the parts in the order of their first boxes, and puts each part's
 * boxes in a row.  A root comes before all others of its part. */
static void sort_into_parts(OutsideSearch *search, Level *level) {
  uint32_t count = level->child.count;
  level->part_count = 0;
  level->sorted.count = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t first = root(search->parent, i);
    if (first == i) {
      search->part_of[i] = level->part_count;
      level->part_end[level->part_count++] = 0;
    }
    search->part_of[i] = search->part_of[first];
    level->part_end[search->part_of[i]]++;
    residuals_add(search->arena, &level->sorted, level->child.at[i]);
  }
  for (uint32_t i = 0, from = 0; i < level->part_count; i++) {
    uint32_t size = level->part_end[i];
    level->part_end[i] = from;
    from += size;
  }
  for (uint32_t i = 0; i < count; i++)
    level->sorted.at[level->part_end[search->part_of[i]]++] =
        level->child.at[i];
}

void residuals_parts(OutsideSearch *search, Level *level) {
  uint32_t count = level->child.count;
  make_room(search, level, count);
  for (uint32_t i = 0; i < count; i++) search->parent[i] = i;
  join_by_axes(search, &level->child);
  sort_into_parts(search, level);
}

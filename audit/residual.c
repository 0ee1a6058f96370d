#include "audit/residual.h"

#define STOP_EVERY 256 /* steps between two looks at `stop` */

void outside_make(Arena *arena, Space *space, uint32_t boxes,
                  OutsideSearch *search) {
  uint32_t most = 1;
  for (uint32_t i = 0; i < space->axis_count; i++)
    if (space->axes[i].cells > most) most = space->axes[i].cells;
  *search = (OutsideSearch){.arena = arena, .space = space, .most = UINT64_MAX,
                            .spent_most = UINT64_MAX};
  search->cache_bits = boxes < 64 ? 12 : boxes < 400 ? 15 : 18;
  search->levels = ARENA_ARRAY(arena, space->axis_count + 2, Level *);
  search->words = space->axis_count / 64 + 1;
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
  level->used = ARENA_ARRAY(search->arena, 2 * (size_t)search->words, uint64_t);
  level->child_used = level->used + search->words;
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
  if (++search->steps > search->most || ++search->spent > search->spent_most)
    search->stopped = search->ran_out = true;
  if (search->steps % STOP_EVERY == 0 && search->stop &&
      search->stop(search->context))
    search->stopped = true;
  return search->stopped;
}

/* ------------------------------------------------------------------ adding */

static void make_room(OutsideSearch *search, Residuals *list) {
  size_t axes = search->words * sizeof *list->axes;
  uint32_t room = list->room ? 2 * list->room : 16;
  list->at = arena_grow(search->arena, list->at, list->room * sizeof *list->at,
                        room * sizeof *list->at);
  list->axes = arena_grow(search->arena, list->axes, list->room * axes,
                          room * axes);
  list->room = room;
}

static uint64_t *add(OutsideSearch *search, Residuals *list,
                     const Residual *one) {
  if (list->count == list->room) make_room(search, list);
  list->at[list->count] = *one;
  return list->axes + (size_t)list->count++ * search->words;
}

static void add_again(OutsideSearch *search, Residuals *list,
                      const Residual *one, const uint64_t *axes) {
  uint64_t *copy = add(search, list, one);
  for (uint32_t w = 0; w < search->words; w++) copy[w] = axes[w];
}

static uint32_t side_at(const Residual *one, uint64_t left) {
  return one->box->sides[__builtin_ctzll(left)];
}

void residuals_add_box(OutsideSearch *search, Residuals *list, const Box *box,
                       uint64_t left) {
  Residual one = {.box = box, .left = left};
  uint64_t *axes = add(search, list, &one);
  memset(axes, 0, search->words * sizeof *axes);
  for (; left; left &= left - 1) {
    const CellSet *side = &search->space->sides.at[side_at(&one, left)];
    axes[side->axis / 64] |= UINT64_C(1) << (side->axis % 64);
    one.hash[0] += side->hash[0];
    one.hash[1] += side->hash[1];
  }
  list->at[list->count - 1] = one;
}

void residuals_used(const OutsideSearch *search, const Residuals *list,
                    uint64_t *used) {
  memset(used, 0, search->words * sizeof *used);
  for (size_t i = 0; i < (size_t)list->count * search->words; i++)
    used[i % search->words] |= list->axes[i];
}

/* -------------------------------------------------------------- which axis */

void residuals_axis(OutsideSearch *search, const Residuals *list,
                    Level *level) {
  uint32_t words = search->words;
  residuals_used(search, list, level->used);
  for (uint32_t i = 0; i < list->count; i++) {
    int count = __builtin_popcountll(list->at[i].left);
    uint64_t weight = UINT64_C(1) << (count < 32 ? 40 - count : 8);
    for (uint32_t w = 0; w < words; w++)
      for (uint64_t left = list->axes[i * words + w]; left; left &= left - 1)
        search->score[w * 64 + (uint32_t)__builtin_ctzll(left)] += weight;
  }
  level->axis = NONE;
  for (uint32_t w = 0; w < words; w++)
    for (uint64_t left = level->used[w]; left; left &= left - 1) {
      uint32_t axis = w * 64 + (uint32_t)__builtin_ctzll(left);
      if (level->axis == NONE ||
          search->score[axis] > search->score[level->axis])
        level->axis = axis;
    }
  memset(search->score, 0,
         search->space->axis_count * sizeof *search->score);
}

/* -------------------------------------------------------- cells by class */

/* The residual's side on the axis, which it has; its place in *bit. */
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
    uint64_t bit = 0;
    if (!axes_have(list->axes + (size_t)i * search->words, level->axis))
      continue;
    uint32_t side = side_on(space, &list->at[i], level->axis, &bit);
    if (side == before) continue;
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
  uint32_t axis = level->axis, words = search->words;
  level->child.count = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    const uint64_t *axes = list->axes + (size_t)i * words;
    Residual one = list->at[i];
    uint64_t bit = 0;
    if (!axes_have(axes, axis)) {
      add_again(search, &level->child, &one, axes);
      continue;
    }
    const CellSet *side =
        &search->space->sides.at[side_on(search->space, &one, axis, &bit)];
    if (!side_has(side, cell)) continue;
    one.left &= ~bit;
    one.hash[0] -= side->hash[0];
    one.hash[1] -= side->hash[1];
    if (!one.left) return false;
    add_again(search, &level->child, &one, axes);
    level->child.axes[(size_t)(level->child.count - 1) * words + axis / 64] &=
        ~(UINT64_C(1) << (axis % 64));
  }
  residuals_used(search, &level->child, level->child_used);
  return true;
}

/* -------------------------------------------------------------------- parts */

static uint32_t root(uint32_t *parent, uint32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

static void make_part_room(OutsideSearch *search, Level *level) {
  uint32_t count = level->child.count, room = 2 * count;
  Arena *arena = search->arena;
  if (search->part_room < count) {
    search->part_room = room;
    search->part_of = ARENA_ARRAY(arena, 4 * (size_t)room, uint32_t);
    search->parent = search->part_of + room;
    search->number = search->parent + room;
    search->active = search->number + room;
    search->part_axes =
        ARENA_ARRAY(arena, (size_t)room * search->words, uint64_t);
  }
  if (level->part_room < count) {
    level->part_room = room;
    level->part_end = ARENA_ARRAY(arena, room, uint32_t);
  }
}

static bool axes_meet(const uint64_t *a, const uint64_t *b, uint32_t words) {
  uint64_t any = 0;
  for (uint32_t w = 0; w < words; w++) any |= a[w] & b[w];
  return any != 0;
}

static void axes_join(uint64_t *to, const uint64_t *more, uint32_t words) {
  for (uint32_t w = 0; w < words; w++) to[w] |= more[w];
}

/* Puts the i-th residual into a part that it shares an axis with, joining all
 * that it does; or into a new one. */
static void join_part(OutsideSearch *search, const Residuals *list, uint32_t i,
                      uint32_t *made, uint32_t *active) {
  uint32_t words = search->words, part = NONE;
  const uint64_t *axes = list->axes + (size_t)i * words;
  for (uint32_t k = 0; k < *active; k++) {
    uint32_t other = search->active[k];
    uint64_t *own = search->part_axes + (size_t)other * words;
    if (!axes_meet(own, axes, words)) continue;
    if (part == NONE) {
      part = other;
      continue;
    }
    axes_join(search->part_axes + (size_t)part * words, own, words);
    search->parent[other] = part;
    search->active[k--] = search->active[--*active];
  }
  if (part == NONE) {
    part = (*made)++;
    search->parent[part] = part;
    search->active[(*active)++] = part;
    memset(search->part_axes + (size_t)part * words, 0, words * sizeof *axes);
  }
  axes_join(search->part_axes + (size_t)part * words, axes, words);
  search->part_of[i] = part;
}

/* Numbers the parts in the order of their first boxes, and puts each part's
 * boxes in a row. */
static void sort_into_parts(OutsideSearch *search, Level *level,
                            uint32_t made) {
  const Residuals *child = &level->child;
  uint32_t count = child->count, words = search->words;
  memset(search->number, 0xff, made * sizeof *search->number);
  level->part_count = 0;
  level->sorted.count = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t part = root(search->parent, search->part_of[i]);
    if (search->number[part] == NONE) {
      search->number[part] = level->part_count;
      level->part_end[level->part_count++] = 0;
    }
    search->part_of[i] = search->number[part];
    level->part_end[search->part_of[i]]++;
    add(search, &level->sorted, &child->at[i]);
  }
  for (uint32_t i = 0, from = 0; i < level->part_count; i++) {
    uint32_t size = level->part_end[i];
    level->part_end[i] = from;
    from += size;
  }
  for (uint32_t i = 0; i < count; i++) {
    uint32_t at = level->part_end[search->part_of[i]]++;
    level->sorted.at[at] = child->at[i];
    memcpy(level->sorted.axes + (size_t)at * words,
           child->axes + (size_t)i * words, words * sizeof *child->axes);
  }
}

/* One part as it is: the child's room and that of the parts are changed over,
 * as nothing of the child is needed any more. */
static void keep_whole(Level *level) {
  Residuals child = level->child;
  level->child = level->sorted;
  level->sorted = child;
  level->part_count = 1;
  level->part_end[0] = child.count;
}

void residuals_parts(OutsideSearch *search, Level *level) {
  uint32_t made = 0, active = 0;
  level->part_count = 0;
  if (level->child.count == 0) return;
  make_part_room(search, level);
  for (uint32_t i = 0; i < level->child.count; i++)
    join_part(search, &level->child, i, &made, &active);
  if (active == 1)
    keep_whole(level);
  else
    sort_into_parts(search, level, made);
}

Residuals residuals_part(const OutsideSearch *search, const Level *level,
                         uint32_t i) {
  uint32_t from = i ? level->part_end[i - 1] : 0;
  return (Residuals){level->sorted.at + from,
                     level->sorted.axes + (size_t)from * search->words,
                     level->part_end[i] - from, 0};
}

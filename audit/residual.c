#include "audit/residual.h"

#define STOP_EVERY 256 /* steps between two looks at `stop` */

/* For each axis room for a set of its cells. */
static void make_shut(OutsideSearch *search) {
  const Space *space = search->space;
  uint32_t words = 0;
  search->shut_axes = ARENA_ARRAY(search->arena, search->words, uint64_t);
  search->shut = ARENA_ARRAY(search->arena, space->axis_count + 1, uint64_t *);
  for (uint32_t i = 0; i < space->axis_count; i++)
    words += space->axes[i].words;
  uint64_t *room = ARENA_ARRAY(search->arena, words + 1, uint64_t);
  for (uint32_t i = 0; i < space->axis_count; i++) {
    search->shut[i] = room;
    room += space->axes[i].words;
  }
}

void outside_make(Arena *arena, Space *space, uint32_t boxes,
                  OutsideSearch *search) {
  uint32_t most = 1;
  for (uint32_t i = 0; i < space->axis_count; i++)
    if (space->axes[i].cells > most) most = space->axes[i].cells;
  *search = (OutsideSearch){.arena = arena, .space = space, .most = UINT64_MAX,
                            .spent_most = UINT64_MAX, .few_most = 64};
  search->cache_bits = boxes < 64 ? 12 : boxes < 400 ? 15 : 18;
  search->levels = ARENA_ARRAY(arena, space->axis_count + 2, Level *);
  search->words = space->axis_count / 64 + 1;
  search->residual_words = sizeof(Residual) / 8 + search->words;
  search->part_axes = ARENA_ARRAY(arena, search->words, uint64_t);
  search->score = ARENA_ARRAY(arena, space->axis_count + 1, uint64_t);
  search->class_masks =
      ARENA_ARRAY(arena, (size_t)most * (most / 64 + 1), uint64_t);
  make_shut(search);
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
  level->sum = ARENA_ARRAY(search->arena, 7 * (size_t)space->limbs, Limb);
  level->product = level->sum + space->limbs;
  level->part = level->product + space->limbs;
  level->space = level->part + space->limbs;
  level->sum_high = level->space + space->limbs;
  level->product_high = level->sum_high + space->limbs;
  level->part_high = level->product_high + space->limbs;
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

bool outside_has_to_stop(const OutsideSearch *search) {
  return search->stop && search->stop(search->context);
}

bool outside_step(OutsideSearch *search) {
  if (++search->steps > search->most || ++search->spent > search->spent_most)
    search->stopped = search->ran_out = true;
  if (search->steps % STOP_EVERY == 0 && outside_has_to_stop(search))
    search->stopped = true;
  return search->stopped;
}

bool outside_step_together(OutsideSearch *search) {
  return search->together && outside_step(search);
}

/* ------------------------------------------------------------------ adding */

static void residuals_room(OutsideSearch *search, Residuals *list,
                           uint32_t count) {
  size_t size = search->residual_words * sizeof *list->at;
  uint32_t room = count < 8 ? 16 : 2 * count;
  if (count <= list->room) return;
  list->at = arena_grow(search->arena, list->at, list->room * size,
                        room * size);
  list->room = room;
}

static Residual *copy_to(const OutsideSearch *search, Residuals *list,
                         uint32_t i, const Residual *one) {
  Residual *to = residual_at(search, list, i);
  *to = *one;
  for (uint32_t w = 0; w < search->words; w++) to->axes[w] = one->axes[w];
  return to;
}

/* The room is there. */
static Residual *add(const OutsideSearch *search, Residuals *list,
                     const Residual *one) {
  return copy_to(search, list, list->count++, one);
}

static uint32_t add_row(OutsideSearch *search) {
  size_t size = (search->space->axis_count + 1) * sizeof *search->sides;
  if (search->rows == search->row_room) {
    uint32_t room = search->row_room ? 2 * search->row_room : 64;
    search->sides = arena_grow(search->arena, search->sides,
                               search->row_room * size, room * size);
    search->row_room = room;
  }
  return search->rows++;
}

void residuals_begin(OutsideSearch *search, Residuals *list) {
  list->count = 0;
  search->rows = 0;
}

void residuals_add_box(OutsideSearch *search, Residuals *list, const Box *box,
                       uint64_t left) {
  const Space *space = search->space;
  residuals_room(search, list, list->count + 1);
  Residual *one = residual_at(search, list, list->count++);
  memset(one, 0, search->residual_words * sizeof *list->at);
  one->row = add_row(search);
  for (; left; left &= left - 1) {
    uint32_t number = box->sides[__builtin_ctzll(left)];
    const CellSet *side = &space->sides.at[number];
    search->sides[(size_t)one->row * space->axis_count + side->axis] = number;
    one->axes[side->axis / 64] |= UINT64_C(1) << (side->axis % 64);
    one->hash[0] += side->hash[0];
    one->hash[1] += side->hash[1];
    one->left++;
  }
}

void residuals_used(const OutsideSearch *search, const Residuals *list,
                    uint64_t *used) {
  memset(used, 0, search->words * sizeof *used);
  for (uint32_t i = 0; i < list->count; i++) {
    const Residual *one = residual_at(search, list, i);
    for (uint32_t w = 0; w < search->words; w++) used[w] |= one->axes[w];
  }
}

/* -------------------------------------------------------------- which axis */

/* Of a residual with so many sides left: (2/3)^sides.  What one side alone
 * says has been used already, so that weighs next to nothing. */
static const uint64_t weights[] = {
    UINT64_C(1) << 40,      1,           488671834567, 325781223044,
    217187482029,           144791654686, 96527769791,  64351846527,
    42901231018,            28600820678,  19067213785,  12711475856,
    8474317237,             5649544825,   3766363216,   2510908811,
};

static uint64_t weight_of(uint32_t left) {
  uint32_t last = sizeof weights / sizeof *weights - 1;
  return weights[left < last ? left : last];
}

static void weigh(OutsideSearch *search, const Residual *one) {
  uint64_t weight = weight_of(one->left);
  for (uint32_t w = 0; w < search->words; w++)
    for (uint64_t left = one->axes[w]; left; left &= left - 1)
      search->score[w * 64 + (uint32_t)__builtin_ctzll(left)] += weight;
}

void residuals_axis(OutsideSearch *search, const Residuals *list,
                    Level *level) {
  uint64_t best = 0;
  residuals_used(search, list, level->used);
  for (uint32_t i = 0; i < list->count; i++)
    weigh(search, residual_at(search, list, i));
  for (uint32_t w = 0; w < search->words; w++)
    for (uint64_t left = level->used[w]; left; left &= left - 1) {
      uint32_t axis = w * 64 + (uint32_t)__builtin_ctzll(left);
      if (search->score[axis] > best) {
        best = search->score[axis];
        level->axis = axis;
      }
      search->score[axis] = 0;
    }
}

/* -------------------------------------------------------- cells by class */

static void level_room(OutsideSearch *search, Level *level, uint32_t count) {
  if (count <= level->room) return;
  level->room = 2 * count;
  level->part_end = ARENA_ARRAY(search->arena, level->room, uint32_t);
  level->side = ARENA_ARRAY(search->arena, level->room, uint32_t);
}

/* Splits each class that has cells on both sides; returns how many there are
 * then. */
static uint32_t split(uint64_t *masks, uint32_t words, const uint64_t *side,
                      uint32_t count) {
  uint32_t made = count;
  for (uint32_t i = 0; i < count; i++) {
    uint64_t *mask = masks + (size_t)i * words, in = 0, out = 0;
    uint64_t *rest = masks + (size_t)made * words;
    for (uint32_t w = 0; w < words; w++) {
      in |= mask[w] & side[w];
      out |= mask[w] & ~side[w];
    }
    if (!in || !out) continue;
    for (uint32_t w = 0; w < words; w++) {
      rest[w] = mask[w] & ~side[w];
      mask[w] &= side[w];
    }
    made++;
  }
  return made;
}

static CellClass class_of(const uint64_t *mask, uint32_t words) {
  CellClass one = {NONE, 0};
  for (uint32_t w = words; w-- > 0;) {
    if (mask[w]) one.cell = w * 64 + (uint32_t)__builtin_ctzll(mask[w]);
    one.cells += (uint32_t)__builtin_popcountll(mask[w]);
  }
  return one;
}

/* By their first cells. */
static void list_classes(const uint64_t *masks, uint32_t words, uint32_t count,
                         Level *level) {
  level->class_count = count;
  for (uint32_t i = 0; i < count; i++) {
    CellClass one = class_of(masks + (size_t)i * words, words);
    uint32_t at = i;
    for (; at > 0 && level->classes[at - 1].cell > one.cell; at--)
      level->classes[at] = level->classes[at - 1];
    level->classes[at] = one;
  }
}

void residuals_classes(OutsideSearch *search, const Residuals *list,
                       Level *level) {
  const Space *space = search->space;
  const Axis *axis = &space->axes[level->axis];
  uint64_t *masks = search->class_masks;
  uint32_t classes = 1, before = NONE;
  level_room(search, level, list->count);
  memset(masks, 0xff, axis->words * sizeof *masks);
  if (axis->cells % 64)
    masks[axis->words - 1] = (UINT64_C(1) << (axis->cells % 64)) - 1;
  for (uint32_t i = 0; i < list->count; i++) {
    const Residual *one = residual_at(search, list, i);
    level->side[i] = NONE;
    if (!axes_have(one->axes, level->axis)) continue;
    level->side[i] = residual_side(search, one, level->axis);
    if (level->side[i] != before && classes < axis->cells)
      classes = split(masks, axis->words,
                      space->sides.at[level->side[i]].mask, classes);
    before = level->side[i];
  }
  list_classes(masks, axis->words, classes, level);
}

bool residuals_in_cell(OutsideSearch *search, const Residuals *list,
                       uint32_t cell, Level *level) {
  const CellSet *sides = search->space->sides.at;
  uint32_t words = search->words;
  uint64_t bit = UINT64_C(1) << (level->axis % 64);
  bool alone = false;
  residuals_room(search, &level->child, list->count);
  level->child.count = 0;
  memset(level->child_used, 0, words * sizeof *level->child_used);
  for (uint32_t i = 0; i < list->count; i++) {
    const Residual *from = residual_at(search, list, i);
    const CellSet *side = &sides[level->side[i] == NONE ? 0 : level->side[i]];
    if (level->side[i] != NONE && !side_has(side, cell)) continue;
    if (level->side[i] != NONE && from->left == 1) return false;
    Residual *one = add(search, &level->child, from);
    if (level->side[i] != NONE) {
      one->axes[level->axis / 64] &= ~bit;
      one->hash[0] -= side->hash[0];
      one->hash[1] -= side->hash[1];
      one->left--;
    }
    alone |= one->left == 1;
    for (uint32_t w = 0; w < words; w++) level->child_used[w] |= one->axes[w];
  }
  return !alone || residuals_shut(search, level);
}

/* ---------------------------------------------------------- what is shut */

/* Shuts the cells of the last side left.  False if none of the axis is open
 * then; *news: some cell was open. */
static bool shut_side(OutsideSearch *search, const Residual *one, bool *news) {
  uint32_t axis = 0;
  while (!one->axes[axis / 64]) axis += 64;
  axis += (uint32_t)__builtin_ctzll(one->axes[axis / 64]);
  const Axis *own = &search->space->axes[axis];
  uint64_t *shut = search->shut[axis];
  const uint64_t *mask =
      search->space->sides.at[residual_side(search, one, axis)].mask;
  if (!axes_have(search->shut_axes, axis))
    memset(shut, 0, own->words * sizeof *shut);
  search->shut_axes[axis / 64] |= UINT64_C(1) << (axis % 64);
  uint32_t open = own->cells;
  *news = false;
  for (uint32_t w = 0; w < own->words; w++) {
    *news |= (mask[w] & ~shut[w]) != 0;
    shut[w] |= mask[w];
    open -= (uint32_t)__builtin_popcountll(shut[w]);
  }
  return open > 0;
}

/* What the open cells of an axis make of a side. */
typedef enum SideLeft {
  SIDE_OUT_OF_REACH,
  SIDE_HOLDS_ALL,
  SIDE_STAYS
} SideLeft;

static SideLeft side_left(const OutsideSearch *search, uint32_t axis,
                          const CellSet *side) {
  const Axis *own = &search->space->axes[axis];
  const uint64_t *shut = search->shut[axis];
  uint32_t cells = 0;
  bool some = false;
  for (uint32_t w = 0; w < own->words; w++) {
    some |= (side->mask[w] & ~shut[w]) != 0;
    cells += (uint32_t)__builtin_popcountll(side->mask[w] | shut[w]);
  }
  if (!some) return SIDE_OUT_OF_REACH;
  return cells == own->cells ? SIDE_HOLDS_ALL : SIDE_STAYS;
}

/* Takes off the sides that hold every open cell.  False if the residual is out
 * of reach. */
static bool shorten(const OutsideSearch *search, Residual *one) {
  for (uint32_t w = 0; w < search->words; w++)
    for (uint64_t met = one->axes[w] & search->shut_axes[w]; met;
         met &= met - 1) {
      uint32_t axis = w * 64 + (uint32_t)__builtin_ctzll(met);
      const CellSet *side =
          &search->space->sides.at[residual_side(search, one, axis)];
      SideLeft left = side_left(search, axis, side);
      if (left == SIDE_OUT_OF_REACH) return false;
      if (left == SIDE_STAYS) continue;
      one->axes[w] &= ~(met & -met);
      one->hash[0] -= side->hash[0];
      one->hash[1] -= side->hash[1];
      one->left--;
    }
  return true;
}

/* The sides that are left alone; those that shut nothing more are left out. */
static bool shut_alone(OutsideSearch *search, Residuals *list) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    Residual *one = residual_at(search, list, i);
    bool news = true;
    if (one->left == 1 && !shut_side(search, one, &news)) return false;
    if (news && kept++ != i) copy_to(search, list, kept - 1, one);
  }
  list->count = kept;
  return true;
}

/* Shortens what is longer; *again: something new is shut. */
static bool shorten_all(OutsideSearch *search, Residuals *list, bool *again) {
  uint32_t kept = 0;
  *again = false;
  for (uint32_t i = 0; i < list->count; i++) {
    Residual *one = residual_at(search, list, i);
    bool keep = true;
    if (one->left > 1 &&
        axes_meet(one->axes, search->shut_axes, search->words)) {
      keep = shorten(search, one);
      if (keep && one->left == 0) return false;
      if (keep && one->left == 1 && !shut_side(search, one, &keep))
        return false;
      *again |= keep && one->left == 1;
    }
    if (keep && kept++ != i) copy_to(search, list, kept - 1, one);
  }
  list->count = kept;
  return true;
}

bool residuals_shut(OutsideSearch *search, Level *level) {
  bool again = false;
  memset(search->shut_axes, 0, search->words * sizeof *search->shut_axes);
  if (!shut_alone(search, &level->child)) return false;
  for (uint32_t w = 0; w < search->words; w++)
    again |= search->shut_axes[w] != 0;
  while (again)
    if (!shorten_all(search, &level->child, &again)) return false;
  residuals_used(search, &level->child, level->child_used);
  return true;
}

/* -------------------------------------------------------------------- parts */

/* Gives the number to the first residual without a part and to all that hang
 * together with it; returns how many. */
static uint32_t gather_part(OutsideSearch *search, const Residuals *list,
                            uint32_t number) {
  uint64_t *axes = search->part_axes;
  uint32_t words = search->words, count = 0, before;
  memset(axes, 0, words * sizeof *axes);
  do {
    before = count;
    for (uint32_t i = 0; i < list->count; i++) {
      const Residual *one = residual_at(search, list, i);
      if (search->part_of[i] != NONE ||
          (count && !axes_meet(axes, one->axes, words)))
        continue;
      search->part_of[i] = number;
      for (uint32_t w = 0; w < words; w++) axes[w] |= one->axes[w];
      count++;
    }
  } while (count > before && count < list->count);
  return count;
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

static void add_part(const OutsideSearch *search, Level *level) {
  for (uint32_t i = 0; i < level->child.count; i++)
    if (search->part_of[i] == level->part_count)
      add(search, &level->sorted, residual_at(search, &level->child, i));
  level->part_end[level->part_count++] = level->sorted.count;
}

void residuals_parts(OutsideSearch *search, Level *level) {
  uint32_t count = level->child.count, done;
  level->part_count = 0;
  if (count == 0) return;
  level_room(search, level, count);
  if (search->part_room < count) {
    search->part_room = 2 * count;
    search->part_of = ARENA_ARRAY(search->arena, search->part_room, uint32_t);
  }
  memset(search->part_of, 0xff, count * sizeof *search->part_of);
  done = gather_part(search, &level->child, 0);
  if (done == count) {
    keep_whole(level);
    return;
  }
  residuals_room(search, &level->sorted, count);
  level->sorted.count = 0;
  add_part(search, level);
  while (done < count) {
    done += gather_part(search, &level->child, level->part_count);
    add_part(search, level);
  }
}

Residuals residuals_part(const OutsideSearch *search, const Level *level,
                         uint32_t i) {
  uint32_t from = i ? level->part_end[i - 1] : 0;
  return (Residuals){
      level->sorted.at + (size_t)from * search->residual_words,
      level->part_end[i] - from, 0};
}

#include "audit/few.h"

enum { FEW_MOST = 64 }; /* boxes, axes, and cells of an axis */

/* What is left of one axis. */
typedef struct FewAxis {
  uint64_t has;  /* the boxes with a side left on it */
  uint64_t open; /* its cells that are not shut */
  uint32_t row;
} FewAxis;

/* Boxes that are left, on the axes that some of them have. */
typedef struct FewPart {
  uint64_t boxes;
  uint64_t free; /* the product of the cells of axes that none has now */
  uint32_t count;
  FewAxis axes[FEW_MOST];
} FewPart;

typedef struct FewLevel {
  FewPart child, part;
} FewLevel;

typedef struct FewSide {
  uint64_t mask, hash[2];
} FewSide;

typedef struct FewKey {
  uint64_t half[2];
} FewKey;

typedef struct FewEntry {
  FewKey key;
  uint64_t count;
} FewEntry;

/* One line of the processor's cache, the newer entry first. */
typedef struct FewSet {
  FewEntry entries[2];
  uint64_t space[2];
} FewSet;

typedef struct FewBoxes {
  uint32_t rows;
  uint32_t axis[FEW_MOST];          /* of each row */
  uint64_t all[FEW_MOST];           /* its cells */
  uint64_t in[FEW_MOST][FEW_MOST];  /* for each of them, the boxes whose side
                                       has it */
  FewSide side[FEW_MOST][FEW_MOST]; /* of each row and box */
  uint32_t *row_of;                 /* of each axis */
  FewLevel *levels[FEW_MOST + 2];   /* made as they are reached */
  FewPart whole;
  bool any; /* that there are some is enough */
  FewSet *sets;
  uint64_t last; /* of them; one less than a power of 2 */
} FewBoxes;

/* -------------------------------------------------------------------- room */

static void make_sets(OutsideSearch *search, FewBoxes *few) {
  size_t count = (size_t)1 << (search->cache_bits - 1);
  char *room = ARENA_ARRAY(search->arena, (count + 1) * sizeof(FewSet), char);
  uintptr_t past = (uintptr_t)room % sizeof(FewSet);
  few->sets = (FewSet *)(void *)(room + (past ? sizeof(FewSet) - past : 0));
  few->last = count - 1;
}

static FewBoxes *few_of(OutsideSearch *search) {
  if (search->few) return search->few;
  FewBoxes *few = ARENA_NEW(search->arena, FewBoxes);
  few->row_of = ARENA_ARRAY(search->arena, search->space->axis_count + 1,
                            uint32_t);
  make_sets(search, few);
  search->few = few;
  return few;
}

static FewLevel *level_of(OutsideSearch *search, uint32_t depth) {
  FewBoxes *few = search->few;
  if (!few->levels[depth])
    few->levels[depth] = ARENA_NEW(search->arena, FewLevel);
  return few->levels[depth];
}

/* How many are in the set: in pairs, fours and bytes side by side, as there is
 * no instruction for it that every processor has. */
static uint32_t bits_of(uint64_t set) {
  set -= set >> 1 & UINT64_C(0x5555555555555555);
  set = (set & UINT64_C(0x3333333333333333)) +
        (set >> 2 & UINT64_C(0x3333333333333333));
  set = (set + (set >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
  return (uint32_t)(set * UINT64_C(0x0101010101010101) >> 56);
}

static uint32_t first_of(uint64_t set) {
  return (uint32_t)__builtin_ctzll(set);
}

/* -------------------------------------------------------- counts remembered */

static uint64_t mix(uint64_t x) {
  x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93);
  return x ^ x >> 32;
}

static void add_open(const FewBoxes *few, const FewAxis *axis, FewKey *key) {
  uint64_t one = mix(few->axis[axis->row] + UINT64_C(0x9e3779b97f4a7c15));
  key->half[0] += mix(axis->open * UINT64_C(0xbf58476d1ce4e5b9) + one);
  key->half[1] += mix(axis->open * UINT64_C(0x94d049bb133111eb) ^ one);
}

/* As cache_key, and which cells are open. */
static FewKey key_of(const FewBoxes *few, const FewPart *one) {
  uint64_t hash[2][FEW_MOST], count = bits_of(one->boxes);
  FewKey key = {{count, ~count}};
  for (uint64_t left = one->boxes; left; left &= left - 1)
    hash[0][first_of(left)] = hash[1][first_of(left)] = 0;
  for (uint32_t i = 0; i < one->count; i++) {
    const FewAxis *axis = &one->axes[i];
    const FewSide *sides = few->side[axis->row];
    for (uint64_t left = axis->has; left; left &= left - 1) {
      uint32_t box = first_of(left);
      hash[0][box] += sides[box].hash[0];
      hash[1][box] += sides[box].hash[1];
    }
    if (axis->open != few->all[axis->row]) add_open(few, axis, &key);
  }
  for (uint64_t left = one->boxes; left; left &= left - 1) {
    key.half[0] += mix(hash[0][first_of(left)]);
    key.half[1] += mix(hash[1][first_of(left)]);
  }
  return key;
}

/* Few boxes, which come by far most often, have few sets to themselves, so that
 * these stay at hand; they are soon counted again. */
static FewSet *set_of(const FewBoxes *few, FewKey key, uint32_t boxes) {
  uint64_t last = few->last;
  if (boxes < 10) last &= (UINT64_C(256) << boxes) - 1;
  return &few->sets[key.half[0] & last];
}

static const FewEntry *entry_of(const FewSet *set, FewKey key) {
  for (uint32_t i = 0; i < 2; i++)
    if (set->entries[i].key.half[0] == key.half[0] &&
        set->entries[i].key.half[1] == key.half[1])
      return &set->entries[i];
  return NULL;
}

static void remember(FewSet *set, FewKey key, uint64_t count) {
  set->entries[1] = set->entries[0];
  set->entries[0] = (FewEntry){key, count};
}

/* ---------------------------------------------------------- without a step */

enum { DIRECT_MOST = 4 }; /* boxes */

/* All points less those of each box, but those of two were taken off twice, and
 * so on: for each set of the boxes, the cells that all of them have. */
static uint64_t count_direct(const FewBoxes *few, const FewPart *one,
                             uint32_t boxes) {
  uint64_t points[1 << DIRECT_MOST], cells[1 << DIRECT_MOST], count = 0;
  uint32_t sets = 1u << boxes;
  for (uint32_t set = 0; set < sets; set++) points[set] = 1;
  for (uint32_t i = 0; i < one->count; i++) {
    const FewAxis *axis = &one->axes[i];
    uint64_t left = one->boxes;
    cells[0] = axis->open;
    for (uint32_t made = 1; made < sets; made *= 2, left &= left - 1) {
      uint64_t side = axis->has & left & -left
                          ? few->side[axis->row][first_of(left)].mask
                          : UINT64_MAX;
      for (uint32_t set = 0; set < made; set++)
        cells[made + set] = cells[set] & side;
    }
    for (uint32_t set = 0; set < sets; set++)
      points[set] *= bits_of(cells[set]);
  }
  for (uint32_t set = 0; set < sets; set++)
    count += bits_of(set) % 2 ? -points[set] : points[set];
  return count;
}

/* ---------------------------------------------------------- what is shut */

/* The cells of a side that is left alone are shut; so sides that have none of
 * the open cells are out of reach, and those that have all are no sides. */
static bool shut_axis(const FewBoxes *few, FewPart *part, FewAxis *axis,
                      uint64_t alone, uint64_t *wider) {
  const uint64_t *in = few->in[axis->row];
  uint64_t some = 0, all = UINT64_MAX;
  for (uint64_t left = axis->open; left; left &= left - 1) {
    uint64_t boxes = in[first_of(left)];
    if (boxes & alone & axis->has) {
      axis->open &= ~(left & -left);
      continue;
    }
    some |= boxes;
    all &= boxes;
  }
  part->boxes &= ~(axis->has & ~some);
  *wider |= axis->has;
  axis->has &= ~all;
  return axis->open != 0;
}

/* Boxes with one side left, as a set; false if one has none. */
static bool find_alone(FewPart *part, uint64_t *alone) {
  uint64_t some = 0, more = 0;
  for (uint32_t i = 0; i < part->count; i++) {
    uint64_t has = part->axes[i].has &= part->boxes;
    more |= some & has;
    some |= has;
  }
  *alone = some & ~more;
  return some == part->boxes;
}

/* Leaves out boxes that lie within another one, which is of those that have
 * become `wider`. */
static void drop_within(const FewBoxes *few, FewPart *part, uint64_t wider) {
  uint64_t within[FEW_MOST];
  for (uint64_t left = wider; left; left &= left - 1)
    within[first_of(left)] = part->boxes & ~(left & -left);
  for (uint32_t i = 0; i < part->count && wider; i++) {
    const FewAxis *axis = &part->axes[i];
    for (uint64_t left = axis->has & wider; left; left &= left - 1) {
      uint32_t box = first_of(left);
      uint64_t out = axis->open & ~few->side[axis->row][box].mask;
      uint64_t rest = within[box] & axis->has;
      for (; out && rest; out &= out - 1)
        rest &= ~few->in[axis->row][first_of(out)];
      within[box] = rest;
      if (!rest) wider &= ~(left & -left);
    }
  }
  for (; wider; wider &= wider - 1)
    if (part->boxes & wider & -wider)
      part->boxes &= ~within[first_of(wider)];
}

/* Uses what is left alone up, and leaves out axes that no box has.  False if a
 * box holds all points. */
static bool settle(const FewBoxes *few, FewPart *part, uint64_t wider) {
  uint64_t alone;
  uint32_t kept = 0;
  if (!find_alone(part, &alone)) return false;
  while (alone) {
    for (uint32_t i = 0; i < part->count; i++)
      if (part->axes[i].has & alone &&
          !shut_axis(few, part, &part->axes[i], alone, &wider))
        return false;
    if (!find_alone(part, &alone)) return false;
  }
  drop_within(few, part, wider & part->boxes);
  for (uint32_t i = 0; i < part->count; i++)
    if (part->axes[i].has &= part->boxes)
      part->axes[kept++] = part->axes[i];
    else
      part->free *= bits_of(part->axes[i].open);
  part->count = kept;
  return true;
}

/* What is left in one cell of an axis.  False if a box holds all of it. */
static bool choose_cell(const FewBoxes *few, const FewPart *one, uint32_t axis,
                        uint32_t cell, FewPart *child) {
  const FewAxis *chosen = &one->axes[axis];
  child->boxes = one->boxes & (~chosen->has | few->in[chosen->row][cell]);
  child->free = 1;
  child->count = 0;
  for (uint32_t i = 0; i < one->count; i++)
    if (i != axis) child->axes[child->count++] = one->axes[i];
  return settle(few, child, chosen->has);
}

/* -------------------------------------------------------------- which axis */

enum { LEFT_MOST = 7 }; /* more sides weigh the same */

/* Which boxes have how many sides left, from 2 on. */
static void sort_by_sides(const FewPart *one, uint64_t by[LEFT_MOST + 1]) {
  uint64_t a = 0, b = 0, c = 0, over = 0;
  for (uint32_t i = 0; i < one->count; i++) {
    uint64_t carry = one->axes[i].has, next = a & carry;
    a ^= carry;
    carry = b & next;
    b ^= next;
    over |= c & carry;
    c ^= carry;
  }
  by[2] = ~a & b & ~c & ~over;
  by[3] = a & b & ~c & ~over;
  by[4] = ~a & ~b & c & ~over;
  by[5] = a & ~b & c & ~over;
  by[6] = ~a & b & c & ~over;
  by[7] = (a & b & c) | over;
}

/* The cells of `open` that are as its first one. */
static uint64_t cells_alike(const FewBoxes *few, const FewAxis *axis,
                            uint64_t open) {
  const uint64_t *in = few->in[axis->row];
  uint64_t boxes = in[first_of(open)] & axis->has, alike = 0;
  for (uint64_t left = open; left; left &= left - 1)
    if ((in[first_of(left)] & axis->has) == boxes) alike |= left & -left;
  return alike;
}

static uint32_t classes_of(const FewBoxes *few, const FewAxis *axis) {
  uint32_t classes = 0;
  if (bits_of(axis->open) == 2) return 2;
  for (uint64_t left = axis->open; left; classes++)
    left &= ~cells_alike(few, axis, left);
  return classes;
}

/* The axis on which most depends, see residuals_axis, for each class of cells
 * that has to be looked at; they are two at least. */
static uint32_t choose_axis(const FewBoxes *few, const FewPart *one) {
  static const uint32_t weights[] = {0, 0, 4096, 3072, 2304, 1728, 1296, 972};
  uint64_t by[LEFT_MOST + 1];
  uint32_t best = 0, best_classes = 2, chosen = 0;
  sort_by_sides(one, by);
  for (uint32_t i = 0; i < one->count; i++) {
    const FewAxis *axis = &one->axes[i];
    uint32_t score = 0;
    for (uint32_t k = 2; k <= LEFT_MOST; k++)
      score += weights[k] * bits_of(axis->has & by[k]);
    if (score * best_classes <= best * 2) continue;
    uint32_t classes = classes_of(few, axis);
    if (score * best_classes <= best * classes) continue;
    best = score;
    best_classes = classes;
    chosen = i;
  }
  return chosen;
}

/* ------------------------------------------------------------ step by step */

static uint64_t count_parts(OutsideSearch *search, const FewPart *child,
                            uint32_t depth);

static uint64_t count_part(OutsideSearch *search, const FewPart *one,
                           uint32_t depth) {
  FewBoxes *few = search->few;
  uint32_t boxes = bits_of(one->boxes), axis;
  uint64_t sum = 0, cells;
  if (boxes <= DIRECT_MOST) return count_direct(few, one, boxes);
  FewKey key = key_of(few, one);
  FewSet *set = set_of(few, key, boxes);
  const FewEntry *known = entry_of(set, key);
  if (known) return known->count;
  if (outside_step(search)) return 0;
  FewPart *child = &level_of(search, depth)->child;
  axis = choose_axis(few, one);
  for (uint64_t left = one->axes[axis].open; left; left &= ~cells) {
    cells = cells_alike(few, &one->axes[axis], left);
    if (!choose_cell(few, one, axis, first_of(cells), child)) continue;
    sum += bits_of(cells) * count_parts(search, child, depth);
    if (search->stopped || (sum && few->any)) return sum;
  }
  remember(set, key, sum);
  return sum;
}

/* All that hang together with the first of the boxes. */
static uint64_t gather_part(const FewPart *child, uint64_t boxes) {
  uint64_t part = boxes & -boxes, before;
  do {
    before = part;
    for (uint32_t i = 0; i < child->count; i++)
      if (child->axes[i].has & part) part |= child->axes[i].has;
  } while (part != before);
  return part;
}

static void cut_part(const FewPart *child, uint64_t boxes, FewPart *part) {
  part->boxes = boxes;
  part->count = 0;
  for (uint32_t i = 0; i < child->count; i++)
    if (child->axes[i].has & boxes)
      part->axes[part->count++] = child->axes[i];
}

/* The product of the counts of all parts. */
static uint64_t count_parts(OutsideSearch *search, const FewPart *child,
                            uint32_t depth) {
  FewPart *part = &level_of(search, depth)->part;
  uint64_t product = child->free;
  for (uint64_t left = child->boxes; left && product; left &= ~part->boxes) {
    uint64_t boxes = gather_part(child, left);
    if (boxes == child->boxes)
      return product * count_part(search, child, depth + 1);
    cut_part(child, boxes, part);
    product *= count_part(search, part, depth + 1);
    if (search->stopped) return 0;
  }
  return product;
}

/* --------------------------------------------------------------- beginning */

/* A row for each axis that the list has.  False if they do not fit. */
static bool begin_rows(OutsideSearch *search, FewBoxes *few,
                       const Residuals *list) {
  const Space *space = search->space;
  FewPart *whole = &few->whole;
  uint64_t points = 1;
  residuals_used(search, list, search->part_axes);
  whole->count = 0;
  for (uint32_t w = 0; w < search->words; w++)
    for (uint64_t left = search->part_axes[w]; left; left &= left - 1) {
      uint32_t axis = w * 64 + first_of(left), row = whole->count++;
      uint32_t cells = space->axes[axis].cells;
      if (row == FEW_MOST || cells > FEW_MOST ||
          __builtin_mul_overflow(points, cells, &points))
        return false;
      few->row_of[axis] = row;
      few->axis[row] = axis;
      few->all[row] = UINT64_MAX >> (64 - cells);
      memset(few->in[row], 0, cells * sizeof few->in[row][0]);
      whole->axes[row] = (FewAxis){0, few->all[row], row};
    }
  return true;
}

static void begin_box(const OutsideSearch *search, FewBoxes *few,
                      const Residual *one, uint32_t box) {
  uint64_t bit = UINT64_C(1) << box;
  for (uint32_t w = 0; w < search->words; w++)
    for (uint64_t left = one->axes[w]; left; left &= left - 1) {
      uint32_t axis = w * 64 + first_of(left), row = few->row_of[axis];
      const CellSet *side =
          &search->space->sides.at[residual_side(search, one, axis)];
      few->side[row][box] =
          (FewSide){side->mask[0], {side->hash[0], side->hash[1]}};
      few->whole.axes[row].has |= bit;
      for (uint64_t mask = side->mask[0]; mask; mask &= mask - 1)
        few->in[row][first_of(mask)] |= bit;
    }
}

static FewAnswer ask(OutsideSearch *search, const Residuals *list, bool any,
                     uint64_t *count) {
  if (list->count > search->few_most || list->count > FEW_MOST) return FEW_NOT;
  FewBoxes *few = few_of(search);
  if (!begin_rows(search, few, list)) return FEW_NOT;
  for (uint32_t i = 0; i < list->count; i++)
    begin_box(search, few, residual_at(search, list, i), i);
  few->any = any;
  few->whole.boxes = UINT64_MAX >> (64 - list->count);
  few->whole.free = 1;
  bool some = settle(few, &few->whole, few->whole.boxes);
  *count = some ? count_parts(search, &few->whole, 0) : 0;
  return search->stopped ? FEW_STOPPED : FEW_COUNTED;
}

FewAnswer few_count(OutsideSearch *search, const Residuals *list,
                    uint64_t *count) {
  return ask(search, list, false, count);
}

FewAnswer few_find(OutsideSearch *search, const Residuals *list,
                   uint64_t *count) {
  return ask(search, list, true, count);
}

#include "audit/space.h"

#define SLOTS_FIRST 1024

/* ------------------------------------------------------------------ classes */

/* Splits the classes of a variable's cells by a mask: `of` says the class of
 * each cell, numbered in the order of their first cells. */
static void split_classes(const GridVariable *variable, const uint64_t *mask,
                          uint32_t *of, uint32_t *seen) {
  uint32_t next = 0;
  for (uint32_t i = 0; i < 2 * variable->cells; i++) seen[i] = NONE;
  for (uint32_t cell = 0; cell < variable->cells; cell++) {
    uint32_t key = of[cell] * 2 + (mask[cell / 64] >> (cell % 64) & 1);
    if (seen[key] == NONE) seen[key] = next++;
    of[cell] = seen[key];
  }
}

typedef struct Reader {
  Arena *arena;
  const Grid *grid;
  uint32_t **of;   /* for each variable the class of its cells; NULL: unread */
  uint32_t *seen;  /* workspace */
} Reader;

static void read_variable(Reader *reader, uint32_t index) {
  const GridVariable *variable = &reader->grid->variables[index];
  if (!reader->of[index])
    reader->of[index] = ARENA_ARRAY(reader->arena, variable->cells, uint32_t);
}

static void read_lists(Reader *reader, const RowLists *lists) {
  for (uint32_t n = 0; n < lists->count; n++)
    for (uint32_t i = 0; i < lists->at[n]->count; i++) {
      const Row *row = &lists->at[n]->rows[i];
      for (uint32_t k = 0; k < row->count; k++) {
        uint32_t index = row->literals[k].variable;
        read_variable(reader, index);
        split_classes(&reader->grid->variables[index], row->literals[k].mask,
                      reader->of[index], reader->seen);
      }
    }
}

/* Single variables are read cell by cell. */
static void read_singles(Reader *reader, const uint32_t *variables,
                         uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const GridVariable *variable = &reader->grid->variables[variables[i]];
    read_variable(reader, variables[i]);
    for (uint32_t cell = 0; cell < variable->cells; cell++)
      reader->of[variables[i]][cell] = cell;
  }
}

/* --------------------------------------------------------------------- axes */

static void set_classes(Space *space, const Reader *reader, Axis *axis,
                        uint32_t place) {
  uint32_t index = axis->variables[place], count = 0;
  const GridVariable *variable = &space->grid->variables[index];
  for (uint32_t cell = 0; cell < variable->cells; cell++)
    if (reader->of[index][cell] >= count) count = reader->of[index][cell] + 1;
  axis->class_count[place] = count;
  axis->classes[place] =
      ARENA_ARRAY(space->kept, count * variable->words, uint64_t);
  for (uint32_t cell = 0; cell < variable->cells; cell++)
    axis->classes[place][reader->of[index][cell] * variable->words +
                         cell / 64] |= UINT64_C(1) << (cell % 64);
}

const uint64_t *space_class(const Axis *axis, uint32_t cell, uint32_t i) {
  /* parts hold the class's first word, so that no grid is needed here. */
  return axis->classes[i] + axis->parts[cell * axis->count + i];
}

/* Goes to the next combination of classes; false past the last. */
static bool next_combination(const Axis *axis, uint32_t *classes) {
  for (uint32_t i = axis->count; i-- > 0;) {
    if (++classes[i] < axis->class_count[i]) return true;
    classes[i] = 0;
  }
  return false;
}

static void put_combination(const Space *space, const Axis *axis,
                            const uint32_t *classes, Cells *cells) {
  for (uint32_t i = 0; i < axis->count; i++) {
    const GridVariable *variable =
        &space->grid->variables[axis->variables[i]];
    memcpy(cells + variable->word,
           axis->classes[i] + classes[i] * variable->words,
           variable->words * sizeof *cells);
  }
}

static void add_cell(const Space *space, Axis *axis, const uint32_t *classes) {
  for (uint32_t i = 0; i < axis->count; i++)
    axis->parts[axis->cells * axis->count + i] =
        classes[i] * space->grid->variables[axis->variables[i]].words;
  axis->cells++;
}

static uint64_t combinations(const Axis *axis) {
  uint64_t product = 1;
  for (uint32_t i = 0; i < axis->count; i++)
    if (product <= SPACE_CELLS_MOST) product *= axis->class_count[i];
  return product;
}

/* The combinations that some record has. */
static void set_cells(Space *space, Records *records, Cells *cells,
                      Axis *axis) {
  uint32_t *classes = ARENA_ARRAY(space->kept, axis->count, uint32_t);
  uint64_t most = combinations(axis);
  if (most > SPACE_CELLS_MOST) {
    space->too_large = true;
    return;
  }
  axis->parts = ARENA_ARRAY(space->kept, (size_t)most * axis->count, uint32_t);
  do {
    put_combination(space, axis, classes, cells);
    if (axis->count == 1 || records_feasible(records, cells, NULL, NONE))
      add_cell(space, axis, classes);
  } while (next_combination(axis, classes));
  for (uint32_t i = 0; i < axis->count; i++)
    cells_set_all(cells, &space->grid->variables[axis->variables[i]]);
  axis->words = (axis->cells + 63) / 64;
  space->too_large |= axis->count > 1 && records->unsure;
}

static void add_axis(Space *space, const Reader *reader, Records *records,
                     Cells *cells, Axis axis) {
  axis.classes = ARENA_ARRAY(space->kept, axis.count, uint64_t *);
  axis.class_count = ARENA_ARRAY(space->kept, axis.count, uint32_t);
  for (uint32_t i = 0; i < axis.count; i++) {
    set_classes(space, reader, &axis, i);
    space->axis_of[axis.variables[i]] = space->axis_count;
    space->place_of[axis.variables[i]] = i;
  }
  set_cells(space, records, cells, &axis);
  space->axes[space->axis_count++] = axis;
}

/* Do two variables hang together: those of one record, of one added fact? */
static bool share_record(const Image *image, uint32_t a, uint32_t b) {
  const Variable *x = &image->variables.at[a], *y = &image->variables.at[b];
  return x->fact == y->fact || x->with == y->fact || y->with == x->fact ||
         (x->with != NONE && x->with == y->with);
}

/* The coupled variables that are read and hang together with `index`. */
static void gather(Space *space, const Reader *reader, const Records *records,
                   uint32_t index, Axis *axis) {
  const Image *image = space->grid->image;
  axis->variables = ARENA_ARRAY(space->kept, image->variables.count, uint32_t);
  axis->variables[axis->count++] = index;
  space->axis_of[index] = space->axis_count;
  for (uint32_t i = 0; i < axis->count && records->coupled[index]; i++)
    for (uint32_t v = 0; v < image->variables.count; v++) {
      bool joins = reader->of[v] && records->coupled[v] &&
                   space->axis_of[v] == NONE &&
                   share_record(image, axis->variables[i], v);
      if (!joins) continue;
      axis->variables[axis->count++] = v;
      space->axis_of[v] = space->axis_count;
    }
}

static void make_axes(Space *space, const Reader *reader) {
  const Image *image = space->grid->image;
  Situation nothing;
  Records records;
  Cells *cells = ARENA_ARRAY(space->kept, space->grid->words + 1, Cells);
  situation_init(space->kept, image, space->grid->today, &nothing);
  records_make(space->kept, space->grid, &nothing, &records);
  for (uint32_t v = 0; v < image->variables.count; v++)
    cells_set_all(cells, &space->grid->variables[v]);
  for (uint32_t v = 0; v < image->variables.count; v++) {
    Axis axis = {0};
    if (!reader->of[v] || space->axis_of[v] != NONE) continue;
    if (space->axis_count == SPACE_AXES_MOST) {
      space->too_large = true;
      return;
    }
    gather(space, reader, &records, v, &axis);
    add_axis(space, reader, &records, cells, axis);
  }
}

static void count_points(Space *space) {
  uint64_t bits = 0;
  for (uint32_t i = 0; i < space->axis_count; i++)
    bits += (uint64_t)(32 - __builtin_clz(space->axes[i].cells | 1));
  space->limbs = natural_limbs(bits + 64);
  space->points = ARENA_ARRAY(space->kept, space->limbs, Limb);
  natural_set(space->points, 1, space->limbs);
  for (uint32_t i = 0; i < space->axis_count; i++)
    natural_multiply_small(space->points, space->axes[i].cells, space->limbs);
}

void space_make(Arena *arena, const Grid *grid, const RowLists *lists,
                const uint32_t *variables, uint32_t variable_count,
                Space *space) {
  uint32_t count = grid->image->variables.count, most = 1;
  Reader reader = {.arena = arena, .grid = grid};
  *space = (Space){.arena = arena, .kept = arena, .grid = grid};
  for (uint32_t v = 0; v < count; v++)
    if (grid->variables[v].cells > most) most = grid->variables[v].cells;
  reader.of = ARENA_ARRAY(arena, count + 1, uint32_t *);
  reader.seen = ARENA_ARRAY(arena, 2 * (size_t)most, uint32_t);
  read_lists(&reader, lists);
  read_singles(&reader, variables, variable_count);
  space->axes = ARENA_ARRAY(arena, count + 1, Axis);
  space->axis_of = ARENA_ARRAY(arena, count + 1, uint32_t);
  space->place_of = ARENA_ARRAY(arena, count + 1, uint32_t);
  memset(space->axis_of, 0xff, (count + 1) * sizeof *space->axis_of);
  space->slot_count = SLOTS_FIRST;
  space->slots = ARENA_ARRAY(arena, space->slot_count, uint32_t);
  make_axes(space, &reader);
  if (!space->too_large) count_points(space);
}

ArenaMark space_mark(const Space *space) { return arena_mark(space->arena); }

void space_back(Space *space, ArenaMark mark) {
  if (space->arena != space->kept) arena_back(space->arena, mark);
}

/* -------------------------------------------------------------------- sides */

/* The finaliser of the SplitMix64 generator (Steele, Lea and Flood 2014). */
static uint64_t mix(uint64_t x) {
  x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
  return x ^ x >> 31;
}

static void hash_side(CellSet *side, uint32_t words) {
  for (unsigned copy = 0; copy < 2; copy++) {
    uint64_t hash = mix(side->axis + UINT64_C(0x9e3779b97f4a7c15) * (copy + 1));
    for (uint32_t i = 0; i < words; i++) hash = mix(hash + side->mask[i]);
    side->hash[copy] = hash;
  }
}

static void put_slot(Space *space, uint32_t number) {
  uint64_t at = space->sides.at[number].hash[0];
  while (space->slots[at & (space->slot_count - 1)]) at++;
  space->slots[at & (space->slot_count - 1)] = number + 1;
}

static void grow_slots(Space *space) {
  if (space->sides.count * 2 < space->slot_count) return;
  space->slot_count *= 4;
  space->slots = ARENA_ARRAY(space->kept, space->slot_count, uint32_t);
  for (uint32_t i = 0; i < space->sides.count; i++) put_slot(space, i);
}

static uint32_t find_side(const Space *space, const CellSet *wanted,
                          uint32_t words) {
  for (uint64_t at = wanted->hash[0];; at++) {
    uint32_t slot = space->slots[at & (space->slot_count - 1)];
    if (!slot) return NONE;
    const CellSet *side = &space->sides.at[slot - 1];
    if (side->axis == wanted->axis && side->hash[0] == wanted->hash[0] &&
        memcmp(side->mask, wanted->mask, words * sizeof *side->mask) == 0)
      return slot - 1;
  }
}

uint32_t space_side(Space *space, uint32_t axis, const uint64_t *mask) {
  uint32_t words = space->axes[axis].words, cells = 0;
  CellSet side = {.mask = mask, .axis = axis};
  for (uint32_t i = 0; i < words; i++)
    cells += (uint32_t)__builtin_popcountll(mask[i]);
  if (cells == 0) return SIDE_NONE;
  if (cells == space->axes[axis].cells) return SIDE_ALL;
  hash_side(&side, words);
  uint32_t number = find_side(space, &side, words);
  if (number != NONE) return number;
  uint64_t *copy = ARENA_ARRAY(space->kept, words, uint64_t);
  memcpy(copy, mask, words * sizeof *copy);
  side.mask = copy;
  VEC_PUSH(space->kept, &space->sides, side);
  put_slot(space, space->sides.count - 1);
  grow_slots(space);
  return space->sides.count - 1;
}

uint32_t space_side_both(Space *space, uint32_t a, uint32_t b) {
  uint64_t mask[SPACE_CELLS_MOST / 64];
  const CellSet *x = &space->sides.at[a], *y = &space->sides.at[b];
  if (a == b) return a;
  for (uint32_t i = 0; i < space->axes[x->axis].words; i++)
    mask[i] = x->mask[i] & y->mask[i];
  return space_side(space, x->axis, mask);
}

uint32_t space_side_without(Space *space, uint32_t a, uint32_t b) {
  uint64_t mask[SPACE_CELLS_MOST / 64];
  const CellSet *x = &space->sides.at[a], *y = &space->sides.at[b];
  for (uint32_t i = 0; i < space->axes[x->axis].words; i++)
    mask[i] = x->mask[i] & ~y->mask[i];
  return space_side(space, x->axis, mask);
}

uint32_t space_side_other(Space *space, uint32_t a) {
  uint64_t mask[SPACE_CELLS_MOST / 64];
  const CellSet *x = &space->sides.at[a];
  const Axis *axis = &space->axes[x->axis];
  for (uint32_t i = 0; i < axis->words; i++) mask[i] = ~x->mask[i];
  if (axis->cells % 64)
    mask[axis->words - 1] &= (UINT64_C(1) << (axis->cells % 64)) - 1;
  return space_side(space, x->axis, mask);
}

uint32_t space_side_one(Space *space, uint32_t axis, uint32_t cell) {
  uint64_t mask[SPACE_CELLS_MOST / 64] = {0};
  mask[cell / 64] = UINT64_C(1) << (cell % 64);
  return space_side(space, axis, mask);
}

uint32_t space_side_of_variable(Space *space, uint32_t variable,
                                const uint64_t *wanted) {
  uint64_t mask[SPACE_CELLS_MOST / 64] = {0};
  uint32_t number = space->axis_of[variable];
  const Axis *axis = &space->axes[number];
  uint32_t words = space->grid->variables[variable].words;
  for (uint32_t cell = 0; cell < axis->cells; cell++) {
    const uint64_t *own = space_class(axis, cell, space->place_of[variable]);
    bool within = true;
    for (uint32_t i = 0; i < words; i++) within &= (own[i] & ~wanted[i]) == 0;
    if (within) mask[cell / 64] |= UINT64_C(1) << (cell % 64);
  }
  return space_side(space, number, mask);
}

uint32_t side_cells(const Space *space, uint32_t number) {
  const CellSet *side = &space->sides.at[number];
  uint32_t cells = 0;
  for (uint32_t i = 0; i < space->axes[side->axis].words; i++)
    cells += (uint32_t)__builtin_popcountll(side->mask[i]);
  return cells;
}

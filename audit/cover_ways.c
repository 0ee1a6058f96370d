/* Combinations of cells of a few axes: how many there are, and how many some
 * asked situation has.  An asked situation has a combination if each of its
 * axes is known to one cell. */
#include "audit/cover.h"
#include "audit/words.h"

#define WAYS_MOST 6
#define WORK_MOST UINT64_C(60000000) /* looks at an asked situation's axis */
#define CELLS_MOST (1u << 20)        /* combinations of one set of axes */
#define MISSING_MOST 5

typedef struct Combiner {
  Cover *cover;
  CoverUnit *unit;
  uint32_t ways;
  uint32_t **cells;   /* for each asked situation and axis its one cell; NONE */
  uint64_t *seen;     /* combinations of the axes in hand */
  uint32_t axes[WAYS_MOST];
  uint8_t **reads;    /* for each rule of the chart, the axes it reads */
  uint64_t work, met, all;
  bool whole;         /* false: the work did not suffice */
  bool assumed;       /* some points are impossible */
  bool listing;       /* whether what is missing is to be told */
} Combiner;

static uint32_t one_cell(const uint64_t *side, uint32_t words) {
  uint32_t cell = NONE;
  for (uint32_t i = 0; side && i < words; i++) {
    if (!side[i]) continue;
    if (cell != NONE || side[i] & (side[i] - 1)) return NONE;
    cell = i * 64 + (uint32_t)__builtin_ctzll(side[i]);
  }
  return cell;
}

static void find_cells(Combiner *combiner) {
  const CoverUnit *unit = combiner->unit;
  Arena *arena = combiner->cover->audit->arena;
  uint32_t axes = unit->one->space.axis_count;
  combiner->cells = ARENA_ARRAY(arena, unit->asked.count + 1, uint32_t *);
  for (uint32_t i = 0; i < unit->asked.count; i++) {
    combiner->cells[i] = ARENA_ARRAY(arena, axes + 1, uint32_t);
    for (uint32_t axis = 0; axis < axes; axis++)
      combiner->cells[i][axis] =
          one_cell(unit->asked.at[i]->sides[axis],
                   unit->one->space.axes[axis].words);
  }
}

static void find_reads(Combiner *combiner) {
  const BoundaryAudit *one = combiner->unit->one;
  Arena *arena = combiner->cover->audit->arena;
  RuleTests tests;
  rule_tests_make(arena, one->inquiry.image, &tests);
  combiner->reads = ARENA_ARRAY(arena, one->chart.rule_count + 1, uint8_t *);
  for (uint32_t i = 0; i < one->chart.rule_count; i++) {
    combiner->reads[i] = ARENA_ARRAY(arena, one->space.axis_count + 1, uint8_t);
    rule_tests_find(&tests, one->chart.rules[i]);
    for (uint32_t k = 0; k < tests.count; k++)
      cover_test_axes(combiner->unit, tests.found[k], combiner->reads[i]);
  }
}

static bool read_together(const Combiner *combiner) {
  for (uint32_t i = 0; i < combiner->unit->one->chart.rule_count; i++) {
    uint32_t k = 0;
    while (k < combiner->ways && combiner->reads[i][combiner->axes[k]]) k++;
    if (k == combiner->ways) return true;
  }
  return false;
}

/* ------------------------------------------------------- one set of axes */

static uint64_t combinations(const Combiner *combiner) {
  uint64_t product = 1;
  for (uint32_t i = 0; i < combiner->ways && product <= CELLS_MOST; i++)
    product *= combiner->unit->one->space.axes[combiner->axes[i]].cells;
  return product;
}

static void mark_asked(Combiner *combiner) {
  const CoverUnit *unit = combiner->unit;
  for (uint32_t i = 0; i < unit->asked.count; i++) {
    uint64_t number = 0;
    uint32_t k = 0;
    for (; k < combiner->ways; k++) {
      uint32_t axis = combiner->axes[k], cell = combiner->cells[i][axis];
      if (cell == NONE) break;
      number = number * unit->one->space.axes[axis].cells + cell;
    }
    if (k == combiner->ways)
      combiner->seen[number / 64] |= UINT64_C(1) << (number % 64);
  }
  combiner->work += unit->asked.count * combiner->ways;
}

static Box box_of(Combiner *combiner, uint64_t number) {
  Space *space = &combiner->unit->one->space;
  Box box = {0};
  for (uint32_t i = combiner->ways; i-- > 0;) {
    uint32_t axis = combiner->axes[i], cells = space->axes[axis].cells;
    uint32_t side =
        space_side_one(space, axis, (uint32_t)(number % cells));
    number /= cells;
    if (side == SIDE_ALL) continue;
    Box one = box_of_side(space, side), both;
    box_both(space, &box, &one, &both);
    box = both;
  }
  return box;
}

/* Could some situation have it? */
static bool possible(Combiner *combiner, uint64_t number) {
  CoverUnit *unit = combiner->unit;
  if (!combiner->assumed) return true;
  AxisCell *point = ARENA_ARRAY(combiner->cover->audit->arena,
                                unit->one->space.axis_count + 1, AxisCell);
  Box box = box_of(combiner, number);
  unit->search.steps = 0;
  combiner->work += 200;
  PointFound found = find_outside(&unit->search, &unit->one->chart.impossible,
                                  &box, point);
  combiner->whole &= found != POINT_UNKNOWN;
  return found != POINT_NONE;
}

static void tell_missing(Combiner *combiner, uint64_t number) {
  CoverUnit *unit = combiner->unit;
  Arena *arena = combiner->cover->audit->arena;
  if (!combiner->listing || unit->missing_count == MISSING_MOST) return;
  Box box = box_of(combiner, number);
  if (!unit->missing) unit->missing = ARENA_ARRAY(arena, MISSING_MOST, Text);
  unit->missing[unit->missing_count++] =
      words_box(arena, &unit->one->space, &box);
  combiner->listing = false;
}

/* Of each set of axes at most one that is missing is told. */
static void count_axes(Combiner *combiner, bool listing) {
  uint64_t all = combinations(combiner);
  if (all > CELLS_MOST) {
    combiner->whole = false;
    return;
  }
  memset(combiner->seen, 0, (all / 64 + 1) * sizeof *combiner->seen);
  mark_asked(combiner);
  combiner->listing = listing;
  combiner->work += all;
  for (uint64_t number = 0; number < all; number++) {
    bool seen = combiner->seen[number / 64] >> (number % 64) & 1;
    if (!seen && !possible(combiner, number)) continue;
    combiner->all++;
    combiner->met += seen;
    if (!seen) tell_missing(combiner, number);
  }
}

/* ---------------------------------------------------------------- all sets */

static bool next_axes(Combiner *combiner) {
  uint32_t count = combiner->unit->one->space.axis_count, ways = combiner->ways;
  for (uint32_t i = ways; i-- > 0;) {
    if (++combiner->axes[i] + (ways - 1 - i) < count) {
      for (uint32_t k = i + 1; k < ways; k++)
        combiner->axes[k] = combiner->axes[k - 1] + 1;
      return true;
    }
  }
  return false;
}

static void combine(Combiner *combiner, bool together, bool listing,
                    CoverWays *to) {
  combiner->work = combiner->met = combiner->all = 0;
  combiner->whole = true;
  to->counted[!together] = true;
  if (combiner->unit->one->space.axis_count < combiner->ways) return;
  for (uint32_t i = 0; i < combiner->ways; i++) combiner->axes[i] = i;
  do {
    if (!together || read_together(combiner)) count_axes(combiner, listing);
    combiner->work += combiner->ways;
    combiner->whole &= combiner->work <= WORK_MOST;
  } while (combiner->whole && next_axes(combiner));
  to->counted[!together] = combiner->whole;
  to->met[!together] = combiner->met;
  to->all[!together] = combiner->all;
}

static void combine_unit(Cover *cover, CoverUnit *unit, uint32_t ways) {
  Combiner combiner = {.cover = cover, .unit = unit, .ways = 2};
  if (unit->one->space.too_large) return;
  combiner.seen =
      ARENA_ARRAY(cover->audit->arena, CELLS_MOST / 64 + 1, uint64_t);
  combiner.assumed = unit->one->chart.impossible.count > 0;
  find_cells(&combiner);
  find_reads(&combiner);
  unit->pairs.ways = 2;
  combine(&combiner, true, true, &unit->pairs);
  combine(&combiner, false, false, &unit->pairs);
  if (ways <= 2 || ways > WAYS_MOST) return;
  unit->ways.ways = combiner.ways = ways;
  combine(&combiner, true, false, &unit->ways);
  combine(&combiner, false, false, &unit->ways);
}

void cover_combine(Cover *cover, uint32_t ways) {
  for (uint32_t i = 0; i < cover->unit_count; i++)
    combine_unit(cover, &cover->units[i], ways);
}

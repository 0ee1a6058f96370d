#include "runtime/grid.h"

#include <string.h>

#include "runtime/machine.h"

/* ---------------------------------------------------------------- binding */

static int64_t cut_value(const Cut *cut, Day today) {
  switch ((CutBase)cut->base) {
  case CUT_DAYS_AGO:
    return day_add_days(today, -cut->value);
  case CUT_MONTHS_AGO:
    return day_add_months(today, -cut->value);
  case CUT_VALUE:
    break;
  }
  return cut->value;
}

/* The first value of the lattice on the upper side of the cut; one step past
 * `high` if there is none. */
static int64_t cut_start(const GridVariable *variable, const Cut *cut,
                         Day today) {
  int64_t value = cut_value(cut, today);
  if (value < variable->low)
    return variable->low;
  if (value > variable->high)
    return variable->high + variable->step;
  int64_t above = (value - variable->low) % variable->step;
  int64_t floor = value - above;
  if (above == 0 && cut->side == 0)
    return floor;
  return floor + variable->step;
}

static void sort_starts(int64_t *starts, uint32_t count) {
  for (uint32_t i = 1; i < count; i++)
    for (uint32_t j = i; j > 0 && starts[j - 1] > starts[j]; j--) {
      int64_t swapped = starts[j];
      starts[j] = starts[j - 1];
      starts[j - 1] = swapped;
    }
}

static void cut_into_cells(Arena *arena, const Image *image, uint32_t index,
                           Day today, GridVariable *variable) {
  Range cuts = image->variables.at[index].cuts;
  int64_t *starts = ARENA_ARRAY(arena, cuts.count + 1, int64_t);
  variable->cut_cells = ARENA_ARRAY(arena, cuts.count + 1, uint32_t);
  uint32_t count = 0;
  starts[count++] = variable->low;
  for (uint32_t i = 0; i < cuts.count; i++) {
    const Cut *cut = &image->cuts.at[cuts.first + i];
    int64_t start = cut_start(variable, cut, today);
    if (start <= variable->high)
      starts[count++] = start;
  }
  sort_starts(starts, count);
  uint32_t kept = 1;
  for (uint32_t i = 1; i < count; i++)
    if (starts[i] != starts[kept - 1])
      starts[kept++] = starts[i];
  variable->starts = starts;
  variable->cells = kept;
  for (uint32_t i = 0; i < cuts.count; i++) {
    int64_t start =
        cut_start(variable, &image->cuts.at[cuts.first + i], today);
    variable->cut_cells[i] =
        start > variable->high ? kept : grid_cell_of(variable, start);
  }
}

static void window_days(const Variable *source, Day today, GridVariable *to) {
  to->first = DAY_FIRST;
  to->last = today;
  switch ((WindowKind)source->window) {
  case WINDOW_DAYS:
    to->first = day_add_days(today, 1 - (int64_t)source->length);
    break;
  case WINDOW_MONTHS:
    to->first = day_add_days(
        day_add_months(today, -(int64_t)source->length), 1);
    break;
  case WINDOW_THIS_MONTH:
    to->first = day_month_start(today);
    break;
  case WINDOW_LAST_MONTH:
    to->last = day_month_start(today) - 1;
    to->first = to->last < DAY_FIRST ? DAY_FIRST : day_month_start(to->last);
    break;
  case WINDOW_ALL:
  case WINDOW_KIND_COUNT:
    break;
  }
}

static void set_lattice(const Image *image, uint32_t index, Day today,
                        GridVariable *to) {
  const Variable *source = &image->variables.at[index];
  const Fact *fact = &image->facts.at[source->fact];
  to->low = 0;
  to->step = 1;
  switch ((FactType)fact->type) {
  case TYPE_YES_NO:
  case TYPE_SCALE:
  case TYPE_CHOICE:
    to->high = (int64_t)fact->values.count - 1;
    break;
  case TYPE_SET:
    to->high = 1;
    break;
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_DURATION:
    to->low = fact->low;
    to->high = fact->high;
    to->step = fact->step;
    break;
  case TYPE_DATE:
    to->low = DAY_FIRST;
    to->high = fact->may_be_ahead ? DAY_LAST : today;
    break;
  case TYPE_RECORD:
  case TYPE_COUNT:
    to->high = RECORD_MOST;
    window_days(source, today, to);
    break;
  }
}

static void mask_cells(uint64_t *mask, uint32_t from, uint32_t to) {
  for (uint32_t take; from < to; from += take) {
    uint32_t bit = from % 64;
    take = to - from < 64 - bit ? to - from : 64 - bit;
    mask[from / 64] |= UINT64_MAX >> (64 - take) << bit;
  }
}

static void make_mask(const Grid *grid, const Test *test, uint64_t *mask) {
  const GridVariable *variable = &grid->variables[test->variable];
  uint32_t base = grid->image->variables.at[test->variable].cuts.first;
  for (uint32_t i = 0; i < test->intervals.count; i++) {
    const Interval *interval =
        &grid->image->intervals.at[test->intervals.first + i];
    uint32_t from = interval->from == NONE
                        ? 0
                        : variable->cut_cells[interval->from - base];
    uint32_t to = interval->to == NONE
                      ? variable->cells
                      : variable->cut_cells[interval->to - base];
    mask_cells(mask, from, to);
  }
}

/* --------------------------------------------------------------------- runs */

static void tell_cut(GridVariable *variable, uint32_t base, uint32_t cut) {
  if (cut == NONE)
    return;
  uint32_t cell = variable->cut_cells[cut - base];
  if (cell < variable->cells)
    variable->told[cell] = 1;
}

static void tell_test(Grid *grid, const Test *test) {
  GridVariable *variable = &grid->variables[test->variable];
  uint32_t base = grid->image->variables.at[test->variable].cuts.first;
  for (uint32_t i = 0; i < test->intervals.count; i++) {
    const Interval *interval =
        &grid->image->intervals.at[test->intervals.first + i];
    tell_cut(variable, base, interval->from);
    tell_cut(variable, base, interval->to);
  }
}

/* The instructions that answers rest on. */
static void find_answering(Arena *arena, const Image *image,
                           Program *program) {
  uint32_t nodes = image_answer_nodes(image);
  uint8_t *wanted =
      ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint8_t);
  for (uint32_t i = 0; i < nodes; i++)
    wanted[image->nodes.at[i].reg] = 1;
  program_make(arena, image, wanted, program);
}

/* Values with names each have a cell, whatever is tested. */
static bool has_amounts(const Grid *grid, uint32_t index) {
  const Variable *variable = &grid->image->variables.at[index];
  return grid->image->facts.at[variable->fact].type >= TYPE_NUMBER;
}

static void find_told(Arena *arena, Grid *grid) {
  const Image *image = grid->image;
  Program program;
  for (uint32_t i = 0; i < image->variables.count; i++)
    if (has_amounts(grid, i)) {
      GridVariable *variable = &grid->variables[i];
      variable->told = ARENA_ARRAY(arena, variable->cells, uint8_t);
      variable->told[0] = 1;
    }
  find_answering(arena, image, &program);
  for (uint32_t i = 0; i < program.count; i++) {
    uint32_t test =
        instruction_test(image->code.at + program.instructions[i]);
    if (test == NONE)
      continue;
    if (has_amounts(grid, image->tests.at[test].variable))
      tell_test(grid, &image->tests.at[test]);
  }
}

void grid_bind(Arena *arena, const Image *image, Day today, Grid *grid) {
  uint32_t count = image->variables.count;
  *grid = (Grid){.image = image, .today = today};
  grid->variables = ARENA_ARRAY(arena, count + 1, GridVariable);
  for (uint32_t i = 0; i < count; i++) {
    GridVariable *variable = &grid->variables[i];
    set_lattice(image, i, today, variable);
    cut_into_cells(arena, image, i, today, variable);
    variable->word = grid->words;
    variable->words = (variable->cells + 63) / 64;
    grid->words += variable->words;
  }
  uint32_t words = 0;
  grid->mask_at = ARENA_ARRAY(arena, image->tests.count + 1, uint32_t);
  for (uint32_t i = 0; i < image->tests.count; i++) {
    grid->mask_at[i] = words;
    words += grid->variables[image->tests.at[i].variable].words;
  }
  grid->masks = ARENA_ARRAY(arena, words + 1, uint64_t);
  for (uint32_t i = 0; i < image->tests.count; i++)
    make_mask(grid, &image->tests.at[i], grid->masks + grid->mask_at[i]);
  if (image->promises.count + image->assumes.count > 0)
    find_told(arena, grid);
}

TestCells grid_test_cells(const Grid *grid, uint32_t test) {
  const GridVariable *one =
      &grid->variables[grid->image->tests.at[test].variable];
  const uint64_t *mask = grid->masks + grid->mask_at[test];
  uint32_t rest = one->cells % 64;
  uint64_t last = rest ? (UINT64_C(1) << rest) - 1 : UINT64_MAX;
  uint64_t any = 0, lacks = 0;
  for (uint32_t i = 0; i < one->words; i++) {
    any |= mask[i];
    lacks |= ~mask[i] & (i + 1 < one->words ? UINT64_MAX : last);
  }
  return !any ? CELLS_NONE : lacks ? CELLS_SOME : CELLS_EVERY;
}

uint32_t grid_run_first(const GridVariable *variable, uint32_t cell) {
  while (variable->told && cell > 0 && !variable->told[cell])
    cell--;
  return cell;
}

uint32_t grid_run_end(const GridVariable *variable, uint32_t cell) {
  cell++;
  while (variable->told && cell < variable->cells && !variable->told[cell])
    cell++;
  return cell;
}

bool grid_is_sum(const Grid *grid, uint32_t variable) {
  const Variable *source = &grid->image->variables.at[variable];
  return source->with != NONE && grid->variables[variable].last >= grid->today;
}

bool grid_follows(const Grid *grid, uint32_t variable, uint32_t fact) {
  const Variable *source = &grid->image->variables.at[variable];
  return source->fact == fact ||
         (source->with == fact && grid_is_sum(grid, variable));
}

/* ------------------------------------------------------------ sets of cells */

int64_t grid_cell_low(const GridVariable *variable, uint32_t cell) {
  return variable->starts[cell];
}

int64_t grid_cell_high(const GridVariable *variable, uint32_t cell) {
  if (cell + 1 < variable->cells)
    return variable->starts[cell + 1] - variable->step;
  return variable->high;
}

uint32_t grid_cell_of(const GridVariable *variable, int64_t value) {
  uint32_t low = 0, high = variable->cells;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (variable->starts[middle] <= value)
      low = middle;
    else
      high = middle;
  }
  return low;
}

void cells_clear(Cells *cells, const GridVariable *variable) {
  memset(cells + variable->word, 0, variable->words * sizeof *cells);
}

void cells_add(Cells *cells, const GridVariable *variable, uint32_t cell) {
  cells[variable->word + cell / 64] |= UINT64_C(1) << (cell % 64);
}

void cells_set_one(Cells *cells, const GridVariable *variable, uint32_t cell) {
  cells_clear(cells, variable);
  cells_add(cells, variable, cell);
}

void cells_set_all(Cells *cells, const GridVariable *variable) {
  for (uint32_t i = 0; i < variable->words; i++)
    cells[variable->word + i] = UINT64_MAX;
  if (variable->cells % 64)
    cells[variable->word + variable->words - 1] =
        (UINT64_C(1) << (variable->cells % 64)) - 1;
}

uint32_t cells_count(const Cells *cells, const GridVariable *variable) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < variable->words; i++)
    count += (uint32_t)__builtin_popcountll(cells[variable->word + i]);
  return count;
}

uint32_t cells_next(const Cells *cells, const GridVariable *variable,
                    uint32_t cell) {
  while (cell < variable->cells) {
    uint64_t rest = cells[variable->word + cell / 64] >> (cell % 64);
    if (rest)
      return cell + (uint32_t)__builtin_ctzll(rest);
    cell = (cell / 64 + 1) * 64;
  }
  return variable->cells;
}

static void add_span(Cells *cells, const GridVariable *variable, int64_t low,
                     int64_t high) {
  uint32_t last = grid_cell_of(variable, high);
  for (uint32_t cell = grid_cell_of(variable, low); cell <= last; cell++)
    cells_add(cells, variable, cell);
}

/* ---------------------------------------------------------------- locating */

static void locate_set(const Grid *grid, const Fact *fact, const Given *given,
                       Cells *cells) {
  bool known = given->given || fact->dimension == SUPPORT;
  for (uint32_t i = 0; i < fact->variables.count; i++) {
    uint32_t index = fact->variables.first + i;
    const GridVariable *variable = &grid->variables[index];
    uint32_t member = grid->image->variables.at[index].member;
    if (known)
      cells_set_one(cells, variable, given->members >> member & 1);
    else
      cells_set_all(cells, variable);
  }
}

static void locate_spans(const GridVariable *variable, const Given *given,
                         Cells *cells) {
  cells_clear(cells, variable);
  for (uint32_t i = 0; i < given->span_count; i++)
    add_span(cells, variable, given->spans[i].low, given->spans[i].high);
}

/* What the events within the window add up to. */
static int64_t window_sum(const GridVariable *variable, bool count,
                          const Given *given) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < given->event_count; i++) {
    const Event *event = &given->events[i];
    if (event->day < variable->first || event->day > variable->last)
      continue;
    int64_t amount = count ? 1 : event->amount;
    sum = amount > RECORD_MOST - sum ? RECORD_MOST : sum + amount;
  }
  return sum;
}

/* Adds the cells of `sum` plus each value that the other fact may have. */
static void locate_sum(const Grid *grid, const Situation *situation,
                       uint32_t index, ValueSpan sum, Cells *cells) {
  const GridVariable *variable = &grid->variables[index];
  uint32_t with = grid->image->variables.at[index].with;
  const Fact *fact = &grid->image->facts.at[with];
  const Given *given = &situation->facts[with];
  ValueSpan whole = {fact->low, fact->high};
  uint32_t count = given->given ? given->span_count : 1;
  for (uint32_t i = 0; i < count; i++) {
    ValueSpan span = given->given ? given->spans[i] : whole;
    add_span(cells, variable, sum.low + span.low, sum.high + span.high);
  }
}

static void locate_record(const Grid *grid, const Situation *situation,
                          uint32_t index, Cells *cells) {
  const Variable *source = &grid->image->variables.at[index];
  const GridVariable *variable = &grid->variables[index];
  const Given *given = &situation->facts[source->fact];
  ValueSpan sum = {0, RECORD_MOST};
  if (given->given) {
    sum.low = window_sum(variable, source->aggregate == AGGREGATE_COUNT, given);
    sum.high = sum.low;
  }
  cells_clear(cells, variable);
  if (grid_is_sum(grid, index))
    locate_sum(grid, situation, index, sum, cells);
  else
    add_span(cells, variable, sum.low, sum.high);
}

static void locate_value(const Grid *grid, const Fact *fact, const Given *given,
                         Cells *cells) {
  for (uint32_t i = 0; i < fact->variables.count; i++) {
    const GridVariable *variable = &grid->variables[fact->variables.first + i];
    if (given->given)
      locate_spans(variable, given, cells);
    else if (fact->dimension == SUPPORT)
      cells_set_one(cells, variable, 0);
    else
      cells_set_all(cells, variable);
  }
}

void grid_locate_fact(const Grid *grid, const Situation *situation,
                      uint32_t index, Cells *cells) {
  const Fact *fact = &grid->image->facts.at[index];
  const Given *given = &situation->facts[index];
  if (fact->type == TYPE_SET)
    locate_set(grid, fact, given, cells);
  else if (fact->type != TYPE_RECORD)
    locate_value(grid, fact, given, cells);
  else
    for (uint32_t i = 0; i < fact->variables.count; i++)
      locate_record(grid, situation, fact->variables.first + i, cells);
}

void grid_locate(const Grid *grid, const Situation *situation, Cells *cells) {
  for (uint32_t i = 0; i < grid->image->facts.count; i++)
    grid_locate_fact(grid, situation, i, cells);
}

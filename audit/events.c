#include "audit/events.h"

#define TRIES_MOST 200000
#define AMOUNTS_MOST 48
#define SEGMENTS_MOST 12

/* One stretch of days that every window holds whole or not at all. */
typedef struct Segment {
  uint32_t fact;
  Day day;       /* where its events are put */
  int64_t total;
  int64_t count;
} Segment;

typedef struct Trial {
  Arena *arena;
  const Space *space;
  const Axis *axis;
  uint32_t cell;
  Situation *situation;
  Segment segments[SEGMENTS_MOST];
  uint32_t segment_count;
  int64_t amounts[AMOUNTS_MOST]; /* totals that are tried */
  uint32_t amount_count;
  int64_t counts_most;
  uint32_t left; /* segments that are still to get events */
  uint32_t tries;
} Trial;

static const Variable *variable_of(const Trial *trial, uint32_t place) {
  const Image *image = trial->space->grid->image;
  return &image->variables.at[trial->axis->variables[place]];
}

static bool is_record(const Trial *trial, uint32_t place) {
  const Image *image = trial->space->grid->image;
  return image->facts.at[variable_of(trial, place)->fact].type == TYPE_RECORD;
}

/* -------------------------------------------------------------- checking */

static int64_t window_sum(const Trial *trial, uint32_t place) {
  const Variable *variable = variable_of(trial, place);
  const GridVariable *window =
      &trial->space->grid->variables[trial->axis->variables[place]];
  int64_t sum = 0;
  for (uint32_t i = 0; i < trial->segment_count; i++) {
    const Segment *segment = &trial->segments[i];
    if (segment->fact != variable->fact || segment->day < window->first ||
        segment->day > window->last)
      continue;
    sum += variable->aggregate == AGGREGATE_COUNT ? segment->count
                                                  : segment->total;
  }
  return sum;
}

static bool place_fits(const Trial *trial, uint32_t place) {
  uint32_t index = trial->axis->variables[place];
  const Grid *grid = trial->space->grid;
  const Variable *variable = variable_of(trial, place);
  int64_t value = is_record(trial, place)
                      ? window_sum(trial, place)
                      : trial->situation->facts[variable->fact].spans[0].low;
  if (grid_is_sum(grid, index)) {
    const Given *with = &trial->situation->facts[variable->with];
    if (!with->given) return false;
    value += with->spans[0].low;
  }
  uint32_t cell = grid_cell_of(&grid->variables[index], value);
  const uint64_t *cells = space_class(trial->axis, trial->cell, place);
  return cells[cell / 64] >> (cell % 64) & 1;
}

static bool all_fit(Trial *trial) {
  trial->tries++;
  for (uint32_t i = 0; i < trial->axis->count; i++)
    if (!place_fits(trial, i)) return false;
  return true;
}

/* ------------------------------------------------------------ candidates */

static void add_amount(Trial *trial, int64_t amount) {
  if (amount < 0 || trial->amount_count == AMOUNTS_MOST) return;
  for (uint32_t i = 0; i < trial->amount_count; i++)
    if (trial->amounts[i] == amount) return;
  trial->amounts[trial->amount_count++] = amount;
}

static void add_amounts(Trial *trial) {
  int64_t lows[AMOUNTS_MOST];
  uint32_t count = 0;
  add_amount(trial, 0);
  for (uint32_t i = 0; i < trial->axis->count && count < AMOUNTS_MOST; i++) {
    const uint64_t *cells = space_class(trial->axis, trial->cell, i);
    int64_t value = witness_value(trial->space->grid,
                                  trial->axis->variables[i], cells);
    uint32_t cell = 0;
    while (!(cells[cell / 64] >> (cell % 64) & 1)) cell++;
    const GridVariable *variable =
        &trial->space->grid->variables[trial->axis->variables[i]];
    if (is_record(trial, i) &&
        variable_of(trial, i)->aggregate == AGGREGATE_COUNT) {
      if (grid_cell_low(variable, cell) > trial->counts_most)
        trial->counts_most = grid_cell_low(variable, cell);
      continue;
    }
    add_amount(trial, value);
    lows[count++] = grid_cell_low(variable, cell);
    add_amount(trial, lows[count - 1]);
  }
  for (uint32_t i = 0; i < trial->axis->count; i++) {
    uint32_t with = variable_of(trial, i)->with;
    for (uint32_t k = 0; with != NONE && k < count; k++)
      add_amount(trial,
                 lows[k] - trial->situation->facts[with].spans[0].low);
  }
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < count; k++) add_amount(trial, lows[i] - lows[k]);
}

static void add_segment(Trial *trial, uint32_t fact, Day day) {
  const Grid *grid = trial->space->grid;
  if (day < DAY_FIRST || day > grid->today) return;
  for (uint32_t i = 0; i < trial->segment_count; i++)
    if (trial->segments[i].fact == fact && trial->segments[i].day == day)
      return;
  if (trial->segment_count < SEGMENTS_MOST)
    trial->segments[trial->segment_count++] = (Segment){fact, day, 0, 0};
}

/* The days at and just outside the ends of windows stand for all others. */
static void add_segments(Trial *trial) {
  for (uint32_t i = 0; i < trial->axis->count; i++) {
    const GridVariable *window =
        &trial->space->grid->variables[trial->axis->variables[i]];
    uint32_t fact = variable_of(trial, i)->fact;
    if (!is_record(trial, i)) continue;
    add_segment(trial, fact, window->last);
    add_segment(trial, fact, window->first);
    add_segment(trial, fact, window->first - 1);
  }
}

/* ---------------------------------------------------------------- trying */

static bool try_segments(Trial *trial, uint32_t from) {
  if (from == trial->segment_count) return all_fit(trial);
  Segment *segment = &trial->segments[from];
  if (trial->segment_count - from > trial->left &&
      try_segments(trial, from + 1))
    return true;
  if (trial->left == 0) return false;
  trial->left--;
  for (uint32_t i = 0; i < trial->amount_count; i++)
    for (int64_t n = 1; n <= trial->counts_most + 1; n++) {
      if (trial->tries > TRIES_MOST) return false;
      segment->total = trial->amounts[i];
      segment->count = n;
      if (try_segments(trial, from + 1)) return true;
    }
  segment->total = segment->count = 0;
  trial->left++;
  return false;
}

/* Those with events in few stretches first. */
static bool try_all(Trial *trial) {
  for (uint32_t i = 0; i <= trial->segment_count; i++) {
    trial->left = i;
    if (try_segments(trial, 0)) return true;
    if (trial->tries > TRIES_MOST) break;
  }
  for (uint32_t i = 0; i < trial->segment_count; i++)
    trial->segments[i].total = trial->segments[i].count = 0;
  return false;
}

/* The values of facts that are added to a total: those at the ends of their
 * cells too. */
static bool try_added(Trial *trial, uint32_t place) {
  while (place < trial->axis->count && is_record(trial, place)) place++;
  if (place == trial->axis->count) return try_all(trial);
  uint32_t index = trial->axis->variables[place], cell = 0;
  const GridVariable *variable = &trial->space->grid->variables[index];
  const uint64_t *cells = space_class(trial->axis, trial->cell, place);
  Given *given = &trial->situation->facts[variable_of(trial, place)->fact];
  while (!(cells[cell / 64] >> (cell % 64) & 1)) cell++;
  int64_t values[] = {given->spans[0].low, grid_cell_low(variable, cell),
                      grid_cell_high(variable, cell)};
  for (uint32_t i = 0; i < 3; i++) {
    given->spans[0] = (ValueSpan){values[i], values[i]};
    if (try_added(trial, place + 1)) return true;
    trial->tries = 0;
  }
  return false;
}

static void give_events(Trial *trial) {
  for (uint32_t i = 0; i < trial->segment_count; i++) {
    const Segment *segment = &trial->segments[i];
    Given *given = &trial->situation->facts[segment->fact];
    for (int64_t n = 0; n < segment->count; n++)
      given->events[given->event_count++] =
          (Event){segment->day, n ? 0 : segment->total};
  }
}

/* A fact that is added where no rule reads it alone has some value. */
static void give_added(Trial *trial) {
  const Grid *grid = trial->space->grid;
  for (uint32_t i = 0; i < trial->axis->count; i++) {
    uint32_t with = variable_of(trial, i)->with;
    if (with == NONE || trial->situation->facts[with].given) continue;
    Given *given = &trial->situation->facts[with];
    given->given = true;
    given->spans = ARENA_NEW(trial->arena, ValueSpan);
    given->span_count = 1;
    int64_t low = grid->image->facts.at[with].low;
    given->spans[0] = (ValueSpan){low, low};
  }
}

bool events_find(Arena *arena, const Space *space, uint32_t number,
                 uint32_t cell, Situation *situation) {
  Trial trial = {.arena = arena, .space = space, .cell = cell,
                 .axis = &space->axes[number], .situation = situation};
  add_segments(&trial);
  if (trial.segment_count == 0) return true;
  give_added(&trial);
  add_amounts(&trial);
  if (trial.counts_most > 20) return false;
  for (uint32_t i = 0; i < trial.segment_count; i++) {
    Given *given = &situation->facts[trial.segments[i].fact];
    given->given = true;
    given->events = ARENA_ARRAY(arena, 22 * SEGMENTS_MOST, Event);
  }
  if (!try_added(&trial, 0)) return false;
  give_events(&trial);
  return true;
}

#include "runtime/records.h"

#define FAR (INT64_MAX / 4) /* no bound */
#define FORMS_MOST 4096     /* combinations of runs tried for one system */

/* One record's time line.  Node i stands for everything up to the end of
 * days[i]; the last node is the day asked about. */
struct RecordLine {
  uint32_t fact, group;
  Day *days;
  uint32_t nodes;
  int64_t *sums, *counts; /* known records: of the segment after each node */
  bool known, both;       /* both: totals and counts are tested */
  uint32_t base[2];       /* workspace: the first node in the graph, by copy */
};

/* A coupled variable in one of the copies, and the runs of values it may
 * have. */
struct RecordChoice {
  uint32_t variable, copy;
  ValueSpan *runs;
  uint32_t run_count, run; /* the run being tried */
};

/* One feasibility question. */
typedef struct System {
  Records *records;
  const Cells *cells[2];
  uint32_t copies, fact, group;
  uint32_t choices;
  uint32_t nodes;
} System;

/* ------------------------------------------------------------------- making */

static void add_day(RecordLine *line, Day day) {
  uint32_t at = line->nodes;
  for (uint32_t i = 0; i < line->nodes; i++)
    if (line->days[i] == day)
      return;
  while (at > 0 && line->days[at - 1] > day) {
    line->days[at] = line->days[at - 1];
    at--;
  }
  line->days[at] = day;
  line->nodes++;
}

static uint32_t day_node(const RecordLine *line, Day day) {
  for (uint32_t i = 0; i < line->nodes; i++)
    if (line->days[i] >= day)
      return i;
  return line->nodes - 1;
}

static void sum_segments(Arena *arena, const Given *given, RecordLine *line) {
  line->sums = ARENA_ARRAY(arena, line->nodes, int64_t);
  line->counts = ARENA_ARRAY(arena, line->nodes, int64_t);
  for (uint32_t i = 0; i < given->event_count; i++) {
    const Event *event = &given->events[i];
    uint32_t node = day_node(line, event->day);
    if (node == 0)
      continue; /* before every window */
    int64_t *sum = &line->sums[node - 1];
    *sum = event->amount > RECORD_MOST - *sum ? RECORD_MOST
                                              : *sum + event->amount;
    line->counts[node - 1]++;
  }
}

static void make_line(Arena *arena, Records *records, uint32_t index) {
  const Fact *fact = &records->grid->image->facts.at[index];
  RecordLine *line = &records->lines[records->line_count];
  bool total = false, count = false;
  *line = (RecordLine){.fact = index, .group = records->line_count++};
  line->days = ARENA_ARRAY(arena, 2 * fact->variables.count + 1, Day);
  add_day(line, records->grid->today);
  for (uint32_t i = 0; i < fact->variables.count; i++) {
    uint32_t variable = fact->variables.first + i;
    add_day(line, records->grid->variables[variable].first - 1);
    add_day(line, records->grid->variables[variable].last);
    bool counts = records->grid->image->variables.at[variable].aggregate ==
                  AGGREGATE_COUNT;
    count |= counts;
    total |= !counts;
  }
  line->known = records->situation->facts[index].given;
  line->both = total && count && !line->known;
  if (line->known)
    sum_segments(arena, &records->situation->facts[index], line);
}

static uint32_t fact_variable(const Image *image, uint32_t fact) {
  return image->facts.at[fact].variables.first;
}

/* Two records that are added to the same fact are one group. */
static void join_groups(Records *records, RecordLine *line, uint32_t with) {
  const Image *image = records->grid->image;
  for (uint32_t i = 0; i < records->line_count; i++) {
    Range own = image->facts.at[records->lines[i].fact].variables;
    uint32_t group = records->lines[i].group, to = line->group;
    bool shares = false;
    for (uint32_t k = 0; k < own.count; k++)
      shares |= image->variables.at[own.first + k].with == with;
    for (uint32_t k = 0; shares && k < records->line_count; k++)
      if (records->lines[k].group == group)
        records->lines[k].group = to;
  }
}

static void couple_line(Records *records, RecordLine *line) {
  const Image *image = records->grid->image;
  Range own = image->facts.at[line->fact].variables;
  for (uint32_t i = 0; i < own.count; i++) {
    uint32_t index = own.first + i;
    bool sum = grid_is_sum(records->grid, index);
    uint32_t with = image->variables.at[index].with;
    if (sum) {
      records->coupled[fact_variable(image, with)] = 1;
      join_groups(records, line, with);
    }
    if (sum || (!line->known && own.count > 1))
      records->coupled[index] = 1;
    records->any |= records->coupled[index];
  }
}

/* The most runs that a coupled variable's values can fall into. */
static uint32_t runs_most(const Records *records) {
  const Grid *grid = records->grid;
  uint32_t most = 0;
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    uint32_t fact = grid->image->variables.at[i].fact;
    uint32_t runs = grid->variables[i].cells +
                    records->situation->facts[fact].span_count;
    if (records->coupled[i] && runs > most)
      most = runs;
  }
  return most;
}

static void make_room(Arena *arena, Records *records) {
  uint32_t choices = 0, nodes = 1, runs = runs_most(records);
  for (uint32_t i = 0; i < records->grid->image->variables.count; i++)
    choices += 2u * records->coupled[i];
  for (uint32_t i = 0; i < records->line_count; i++)
    nodes += 2 * records->lines[i].nodes;
  nodes += choices;
  records->choices = ARENA_ARRAY(arena, choices + 1, RecordChoice);
  records->graph = ARENA_ARRAY(arena, (size_t)nodes * nodes, int64_t);
  for (uint32_t i = 0; i < choices; i++)
    records->choices[i].runs = ARENA_ARRAY(arena, runs, ValueSpan);
}

void records_make(Arena *arena, const Grid *grid, const Situation *situation,
                  Records *records) {
  const Image *image = grid->image;
  uint32_t lines = 0;
  *records = (Records){.grid = grid, .situation = situation};
  for (uint32_t i = 0; i < image->facts.count; i++)
    lines += image->facts.at[i].type == TYPE_RECORD;
  records->coupled = ARENA_ARRAY(arena, image->variables.count + 1, uint8_t);
  if (!lines)
    return;
  records->lines = ARENA_ARRAY(arena, lines, RecordLine);
  for (uint32_t i = 0; i < image->facts.count; i++)
    if (image->facts.at[i].type == TYPE_RECORD)
      make_line(arena, records, i);
  for (uint32_t i = 0; i < records->line_count; i++)
    couple_line(records, &records->lines[i]);
  if (records->any)
    make_room(arena, records);
}

/* --------------------------------------------------------------- the graph */

static int64_t *edge(const System *system, uint32_t from, uint32_t to) {
  return &system->records->graph[from * system->nodes + to];
}

/* low <= to - from <= high */
static void bound(const System *system, uint32_t from, uint32_t to,
                  ValueSpan span) {
  if (span.high < FAR && span.high < *edge(system, from, to))
    *edge(system, from, to) = span.high;
  if (-span.low < *edge(system, to, from))
    *edge(system, to, from) = -span.low;
}

static uint32_t line_node(const RecordLine *line, uint32_t copy,
                          uint32_t node) {
  return node == line->nodes - 1 ? 0 : line->base[copy] + node;
}

static bool closes(const System *system) {
  uint32_t n = system->nodes;
  for (uint32_t k = 0; k < n; k++)
    for (uint32_t i = 0; i < n; i++) {
      int64_t to_k = *edge(system, i, k);
      for (uint32_t j = 0; to_k < FAR && j < n; j++) {
        int64_t rest = *edge(system, k, j);
        if (rest < FAR && to_k + rest < *edge(system, i, j))
          *edge(system, i, j) = to_k + rest;
      }
    }
  for (uint32_t i = 0; i < n; i++)
    if (*edge(system, i, i) < 0)
      return false;
  return true;
}

/* Numbers the nodes: 0 is the day asked about, then each line's earlier nodes,
 * in both copies only for the fact that differs.  The nodes of added values
 * follow; value_node finds them. */
static void number_nodes(System *system) {
  Records *records = system->records;
  uint32_t next = 1;
  for (uint32_t i = 0; i < records->line_count; i++) {
    RecordLine *line = &records->lines[i];
    if (line->group != system->group)
      continue;
    line->base[0] = line->base[1] = next;
    next += line->nodes - 1;
    if (system->copies == 2 && line->fact == system->fact) {
      line->base[1] = next;
      next += line->nodes - 1;
    }
  }
  system->nodes = next + system->choices;
}

/* The node of an added value: its place among the choices, in the first copy
 * unless it is the fact that differs. */
static uint32_t value_node(const System *system, uint32_t variable,
                           uint32_t copy) {
  const Records *records = system->records;
  uint32_t fact = records->grid->image->variables.at[variable].fact;
  uint32_t wanted = fact == system->fact ? copy : 0;
  uint32_t first = system->nodes - system->choices;
  for (uint32_t i = 0; i < system->choices; i++)
    if (records->choices[i].variable == variable &&
        records->choices[i].copy == wanted)
      return first + i;
  return first; /* not reached: an added value is a choice */
}

static void bound_segments(const System *system, const RecordLine *line,
                           uint32_t copy, bool count, uint64_t active) {
  for (uint32_t s = 0; s + 1 < line->nodes; s++) {
    ValueSpan span = {0, FAR};
    bool has = active >> s & 1;
    if (line->known)
      span.low = span.high = count ? line->counts[s] : line->sums[s];
    else if (line->both && count && has)
      span.low = 1;
    else if (line->both && !has)
      span.high = 0;
    bound(system, line_node(line, copy, s), line_node(line, copy, s + 1), span);
  }
}

static RecordLine *line_of(const Records *records, uint32_t fact) {
  for (uint32_t i = 0; i < records->line_count; i++)
    if (records->lines[i].fact == fact)
      return &records->lines[i];
  return NULL;
}

static void bound_choice(const System *system, const RecordChoice *choice,
                         bool count) {
  const Records *records = system->records;
  const Variable *source =
      &records->grid->image->variables.at[choice->variable];
  const GridVariable *variable = &records->grid->variables[choice->variable];
  ValueSpan span = choice->runs[choice->run];
  const RecordLine *line = line_of(records, source->fact);
  if (!line) {
    if (!count)
      bound(system, 0, value_node(system, choice->variable, choice->copy),
            span);
    return;
  }
  if ((source->aggregate == AGGREGATE_COUNT) != count)
    return;
  uint32_t to =
      line_node(line, choice->copy, day_node(line, variable->last));
  if (grid_is_sum(records->grid, choice->variable))
    to = value_node(system,
                    fact_variable(records->grid->image, source->with),
                    choice->copy);
  bound(system,
        line_node(line, choice->copy, day_node(line, variable->first - 1)), to,
        span);
}

/* Has the graph of totals (or counts) a solution when exactly the segments in
 * `active` have events?  Its bits are dealt out to the lines in turn. */
static bool solvable(const System *system, bool count, uint64_t active) {
  Records *records = system->records;
  for (uint32_t i = 0; i < system->nodes * system->nodes; i++)
    records->graph[i] = i % (system->nodes + 1) == 0 ? 0 : FAR;
  for (uint32_t i = 0; i < records->line_count; i++) {
    const RecordLine *line = &records->lines[i];
    if (line->group != system->group)
      continue;
    for (uint32_t copy = 0; copy < system->copies; copy++) {
      if (copy && line->base[1] == line->base[0])
        continue;
      bound_segments(system, line, copy, count, active);
      active >>= line->both ? line->nodes - 1 : 0;
    }
  }
  for (uint32_t i = 0; i < system->choices; i++)
    bound_choice(system, &records->choices[i], count);
  return closes(system);
}

/* ------------------------------------------------------------------- asking */

/* How many segments may or may not have events where that matters. */
static uint32_t mixed_segments(const System *system) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < system->records->line_count; i++) {
    const RecordLine *line = &system->records->lines[i];
    if (line->group == system->group && line->both)
      count += (line->nodes - 1) * (line->base[1] == line->base[0] ? 1 : 2);
  }
  return count;
}

static bool form_feasible(System *system) {
  uint32_t mixed = mixed_segments(system);
  if (mixed > 12) {
    system->records->unsure = true;
    return true;
  }
  uint64_t all = (UINT64_C(1) << mixed) - 1;
  if (!solvable(system, false, all) || (!mixed && !solvable(system, true, 0)))
    return false;
  for (uint64_t active = all;; active--) {
    if (mixed == 0 ||
        (solvable(system, true, active) && solvable(system, false, active)))
      return true;
    if (active == 0)
      return false;
  }
}

static void add_runs(RecordChoice *choice, const GridVariable *variable,
                     const Cells *cells, ValueSpan within) {
  uint32_t cell = cells_next(cells, variable, 0);
  while (cell < variable->cells) {
    ValueSpan run = {grid_cell_low(variable, cell), 0};
    while (cell + 1 < variable->cells && cells_has(cells, variable, cell + 1))
      cell++;
    run.high = grid_cell_high(variable, cell);
    run.high = run.high == RECORD_MOST ? FAR : run.high;
    run.low = run.low < within.low ? within.low : run.low;
    run.high = run.high > within.high ? within.high : run.high;
    if (run.low <= run.high)
      choice->runs[choice->run_count++] = run;
    cell = cells_next(cells, variable, cell + 1);
  }
}

static bool choice_in_group(const System *system, uint32_t variable) {
  const Records *records = system->records;
  const Image *image = records->grid->image;
  const RecordLine *line =
      line_of(records, image->variables.at[variable].fact);
  if (line)
    return line->group == system->group;
  for (uint32_t i = 0; i < image->variables.count; i++)
    if (image->variables.at[i].with == image->variables.at[variable].fact) {
      line = line_of(records, image->variables.at[i].fact);
      if (line->group == system->group)
        return true;
    }
  return false;
}

static bool add_choice(System *system, uint32_t variable, uint32_t copy) {
  const Records *records = system->records;
  const Grid *grid = records->grid;
  uint32_t fact = grid->image->variables.at[variable].fact;
  const Given *given = &records->situation->facts[fact];
  RecordChoice *choice = &records->choices[system->choices++];
  choice->variable = variable;
  choice->copy = copy;
  choice->run = choice->run_count = 0;
  bool spans = given->given && given->span_count;
  for (uint32_t i = 0; i < (spans ? given->span_count : 1); i++)
    add_runs(choice, &grid->variables[variable], system->cells[copy],
             spans ? given->spans[i] : (ValueSpan){INT64_MIN, INT64_MAX});
  return choice->run_count > 0;
}

/* Goes through the combinations of runs like an odometer. */
static bool next_form(System *system) {
  for (uint32_t i = 0; i < system->choices; i++) {
    RecordChoice *choice = &system->records->choices[i];
    if (++choice->run < choice->run_count)
      return true;
    choice->run = 0;
  }
  return false;
}

static bool group_feasible(System *system) {
  Records *records = system->records;
  for (uint32_t i = 0; i < records->grid->image->variables.count; i++) {
    if (!records->coupled[i] || !choice_in_group(system, i))
      continue;
    for (uint32_t copy = 0; copy < system->copies; copy++)
      if (!add_choice(system, i, copy))
        return false;
  }
  number_nodes(system);
  for (uint32_t forms = 0; forms < FORMS_MOST; forms++) {
    if (form_feasible(system))
      return true;
    if (!next_form(system))
      return false;
  }
  records->unsure = true;
  return true;
}

bool records_feasible(Records *records, const Cells *first,
                      const Cells *second, uint32_t fact) {
  if (!records->any)
    return true;
  for (uint32_t i = 0; i < records->line_count; i++) {
    System system = {.records = records, .group = i, .fact = fact,
                     .cells = {first, second}, .copies = second ? 2 : 1};
    if (records->lines[i].group == i && !group_feasible(&system))
      return false;
  }
  return true;
}

#include "runtime/telling.h"

#include <string.h>

#include "runtime/settle.h"

/* The most evaluations for one cell of one fact, and for one question. */
#define CELL_WORK 500
#define QUESTION_WORK 100000

/* What the cells of a fact leave open, on average: sums over `cells`. */
typedef struct Weight {
  uint64_t verdicts, open, cells;
} Weight;

/* Is the average of `one` smaller than that of `other`? */
static bool weighs_less(const Weight *one, const Weight *other) {
  uint64_t a = one->verdicts * other->cells, b = other->verdicts * one->cells;
  if (a != b)
    return a < b;
  return one->open * other->cells < other->open * one->cells;
}

static uint32_t count_open(const Search *search) {
  uint32_t open = 0;
  for (uint32_t i = 0; i < search->inquiry->points; i++)
    open += search->outcome[0][i] && !mask_single(search->outcome[0][i]);
  return open;
}

/* Adds what is left if the start is as it is now. */
static void weigh_start(Search *search, Weight *weight) {
  bool exact;
  uint64_t most = search->budget;
  memcpy(search->cells[0], search->start,
         search->inquiry->grid.words * sizeof(Cells));
  search_evaluate(search, 0);
  weight->open += count_open(search);
  if (search->work + CELL_WORK < most)
    search->budget = search->work + CELL_WORK;
  weight->verdicts +=
      (uint32_t)__builtin_popcount(settle_verdict(search, 0, &exact));
  search->budget = most;
  weight->cells++;
}

/* Puts the start into those cells of a run that it may be in. */
static void start_in_run(Search *search, const GridVariable *variable,
                         const Cells *kept, uint32_t cell, uint32_t end) {
  cells_clear(search->start, variable);
  for (; cell < end; cell++)
    if (cells_has(kept, variable, cell))
      cells_add(search->start, variable, cell);
}

/* Weighs each run of cells that the variable may be in. */
static void weigh_variable(Search *search, uint32_t index, Cells *kept,
                           Weight *weight) {
  const Grid *grid = &search->inquiry->grid;
  const GridVariable *variable = &grid->variables[index];
  memcpy(kept, search->start, grid->words * sizeof *kept);
  uint32_t end;
  for (uint32_t cell = cells_next(kept, variable, 0); cell < variable->cells;
       cell = cells_next(kept, variable, end)) {
    end = grid_run_end(variable, cell);
    start_in_run(search, variable, kept, cell, end);
    weigh_start(search, weight);
  }
  memcpy(search->start, kept, grid->words * sizeof *kept);
}

/* Is there only one run that the variable may be in? */
static bool is_one_run(const Search *search, const GridVariable *variable) {
  uint32_t cell = cells_next(search->start, variable, 0);
  uint32_t end = grid_run_end(variable, cell);
  return cells_next(search->start, variable, end) == variable->cells;
}

static Weight weigh_fact(Search *search, uint32_t fact, Cells *kept) {
  const Grid *grid = &search->inquiry->grid;
  Weight best = {0};
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    Weight weight = {0};
    if (!grid_follows(grid, i, fact) ||
        is_one_run(search, &grid->variables[i]))
      continue;
    weigh_variable(search, i, kept, &weight);
    if (!best.cells || weighs_less(&weight, &best))
      best = weight;
  }
  return best;
}

static bool is_emergency(const Question *question) {
  return question->matters >> MATTERS_EMERGENCY & 1;
}

/* The first that an emergency rests on, else the one that weighs least. */
static void choose(Arena *arena, Search *search, const bool *passed,
                   Telling *telling) {
  Weight best = {0};
  Cells *kept = ARENA_ARRAY(arena, search->inquiry->grid.words + 1, Cells);
  for (uint32_t i = 0; i < telling->answer.question_count; i++) {
    const Question *question = &telling->answer.questions[i];
    if (passed[question->fact])
      continue;
    telling->left++;
    if (telling->is_emergency)
      continue;
    telling->is_emergency = is_emergency(question);
    Weight weight = {0};
    if (!telling->is_emergency)
      weight = weigh_fact(search, question->fact, kept);
    if (telling->fact == NONE || telling->is_emergency ||
        weighs_less(&weight, &best)) {
      best = weight;
      telling->fact = question->fact;
    }
  }
}

/* ------------------------------------------------------------------ support */

typedef struct Trial {
  Arena *arena;
  Search *search;
  Situation situation;
  uint8_t *now, *then; /* masks */
} Trial;

/* Would the answer to what is asked be another one? */
static bool trial_differs(Trial *trial) {
  const Inquiry *inquiry = trial->search->inquiry;
  search_renew(trial->arena, &trial->situation, trial->search);
  settle(trial->search, trial->then);
  if (memcmp(trial->now, trial->then, POINT_RULES) != 0)
    return true;
  for (uint32_t i = 0; i < inquiry->image->duties.count; i++)
    if (trial->now[point_duty(inquiry, i)] !=
        trial->then[point_duty(inquiry, i)])
      return true;
  return false;
}

static bool set_matters(Trial *trial, const Fact *fact, Given *given) {
  uint64_t all = 0;
  for (uint32_t i = 0; i < fact->values.count; i++) {
    given->members = UINT64_C(1) << i;
    all |= given->members;
    if (trial_differs(trial))
      return true;
  }
  given->members = all;
  return trial_differs(trial);
}

static bool support_matters(Trial *trial, uint32_t index) {
  static ValueSpan yes = {1, 1};
  const Fact *fact = &trial->search->inquiry->image->facts.at[index];
  Given *given = &trial->situation.facts[index], kept = *given;
  *given = (Given){.given = true, .spans = &yes, .span_count = 1};
  bool matters = fact->type == TYPE_SET ? set_matters(trial, fact, given)
                                        : trial_differs(trial);
  *given = kept;
  return matters;
}

static void choose_support(Arena *arena, Search *search,
                           const Situation *situation, const bool *passed,
                           Telling *telling) {
  const Inquiry *inquiry = search->inquiry;
  uint32_t count = inquiry->image->facts.count;
  Trial trial = {arena, search, *situation,
                 ARENA_ARRAY(arena, inquiry->points + 1, uint8_t),
                 ARENA_ARRAY(arena, inquiry->points + 1, uint8_t)};
  trial.situation.facts = ARENA_ARRAY(arena, count + 1, Given);
  memcpy(trial.situation.facts, situation->facts, count * sizeof(Given));
  settle(search, trial.now);
  for (uint32_t i = 0; i < count; i++) {
    if (inquiry->image->facts.at[i].dimension != SUPPORT || passed[i] ||
        situation->facts[i].given || !support_matters(&trial, i))
      continue;
    telling->fact = i;
    telling->is_support = true;
    return;
  }
}

void telling_next(Arena *arena, const Image *image, const Situation *situation,
                  const bool *passed, uint64_t budget, Telling *telling) {
  Inquiry inquiry;
  Search search;
  *telling = (Telling){.fact = NONE};
  answer_make(arena, image, situation, budget, &telling->answer);
  inquiry_make(arena, image, situation, &inquiry);
  search_make(arena, &inquiry, situation, QUESTION_WORK, &search);
  choose(arena, &search, passed, telling);
  if (telling->fact != NONE || situation->boundary == NONE)
    return;
  search.budget = search.work + QUESTION_WORK;
  choose_support(arena, &search, situation, passed, telling);
}

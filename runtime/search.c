#include "runtime/search.h"

#include <assert.h>
#include <string.h>

#include "runtime/bearing.h"

/* One halving.  `copies`: bit 0 for cells[0], bit 1 for cells[1]. */
struct SearchFrame {
  uint32_t variable, test, saved;
  uint8_t copies;
  bool out_first; /* the half outside the test comes first */
  bool second;    /* the other half is being looked at */
};

/* What is looked for. */
typedef struct Goal {
  uint32_t point; /* one completion: this point … */
  uint8_t bit;    /* … has this value */
  const Concern *concern; /* two completions: one of its points differs */
  uint32_t fact;
  bool two;
} Goal;

typedef enum Judgement { ACCEPT, REJECT, SPLIT } Judgement;

/* ------------------------------------------------------------------- making */

static void make_frames(Arena *arena, Search *search) {
  const Grid *grid = &search->inquiry->grid;
  uint32_t frames = 0, words = 0;
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    const GridVariable *variable = &grid->variables[i];
    frames += 2 * (variable->cells - 1);
    words += 2 * (variable->cells - 1) * variable->words;
  }
  search->frames = ARENA_ARRAY(arena, frames + 1, SearchFrame);
  search->saved = ARENA_ARRAY(arena, words + 1, uint64_t);
}

void search_make(Arena *arena, const Inquiry *inquiry,
                 const Situation *situation, uint64_t budget, Search *search) {
  const Image *image = inquiry->image;
  *search = (Search){.inquiry = inquiry, .budget = budget,
                     .rule_count = inquiry->rule_count};
  search->counts = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  search->agreed = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  search->marks = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  search->follows = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  search->rests =
      ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint8_t);
  search->own = ARENA_ARRAY(arena, image->variables.count + 1, uint8_t);
  search->start = ARENA_ARRAY(arena, inquiry->grid.words + 1, Cells);
  for (int copy = 0; copy < 2; copy++) {
    search->cells[copy] = ARENA_ARRAY(arena, inquiry->grid.words + 1, Cells);
    search->outcome[copy] = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
    workspace_make(arena, inquiry, &search->space[copy]);
  }
  parts_make(arena, inquiry, &search->parts);
  make_frames(arena, search);
  search_renew(arena, situation, search);
}

void search_renew(Arena *arena, const Situation *situation, Search *search) {
  findings_count(search->inquiry, situation, search->counts, search->agreed);
  grid_locate(&search->inquiry->grid, situation, search->start);
  records_make(arena, &search->inquiry->grid, situation, &search->records);
  search->chance = UINT64_C(0x9e3779b97f4a7c15);
}

static void restart(Search *search, uint32_t copy) {
  memcpy(search->cells[copy], search->start,
         search->inquiry->grid.words * sizeof(Cells));
}

void search_evaluate(Search *search, uint32_t copy) {
  search->evaluated += search->inquiry->rule_count;
  if (search->evaluated >= search->rule_count) {
    search->evaluated -= search->rule_count;
    search->work++;
  }
  outcome_evaluate(search->inquiry, search->counts, search->cells[copy],
                   &search->space[copy], search->outcome[copy]);
}

/* ---------------------------------------------------------------- splitting */

static uint32_t rule_register(const Search *search, uint32_t rule) {
  const Image *image = search->inquiry->image;
  uint32_t condition = image->rules.at[rule].condition;
  return condition == NONE ? NONE : image->nodes.at[condition].reg;
}

static bool is_open(const Search *search, uint32_t rule, uint32_t copy) {
  uint32_t reg = rule_register(search, rule);
  return search->marks[rule] != NOT_MARKED && reg != NONE &&
         search->inquiry->dates[rule] == STANDING_IN_FORCE &&
         search->space[copy].registers[reg] == THREE_OPEN;
}

/* The rule, among those that the point rests on, whose open condition to look
 * into first.  Of two completions, what follows the one fact comes first, and
 * of that the most cautious, which others hide least. */
static uint32_t open_rule(Search *search, const Goal *goal, uint32_t point,
                          uint32_t copy) {
  const Inquiry *inquiry = search->inquiry;
  uint32_t best = NONE, best_rank = UINT32_MAX;
  Point of = {point, goal->two ? 0 : goal->bit, &search->space[copy]};
  Bearing bearing = bearing_of(inquiry, search->counts, &of);
  bearing_mark(inquiry, search->counts, &bearing, search->marks);
  for (uint32_t i = inquiry->rule_count; i-- > 0;) {
    uint32_t rule = inquiry->rules[i];
    if (!is_open(search, rule, copy))
      continue;
    uint32_t rank = goal->two && search->follows[rule]
                        ? (uint32_t)NEVER - search->counts[rule]
                        : 10u * search->marks[rule];
    if (rank < best_rank) {
      best_rank = rank;
      best = rule;
    }
  }
  return best;
}

/* Should a rule's condition rather be true, for one completion to be as
 * wanted? */
static bool rather_true(const Search *search, const Goal *goal, uint32_t rule) {
  const Inquiry *inquiry = search->inquiry;
  if (goal->point == POINT_VERDICT)
    return goal->bit == 1u << search->counts[rule];
  bool yes = goal->bit == THREE_YES;
  if (goal->point < POINT_RULES)
    return yes;
  bool own = point_rule(inquiry, goal->point) == rule;
  bool standing = goal->point < point_duty(inquiry, 0) &&
                  goal->point == point_standing(rule);
  if (standing && own)
    return goal->bit != 1u << STANDING_NOT_MET;
  return own ? yes : goal->bit == 1u << STANDING_DISPLACED;
}

/* What is chosen to be split: a register, and whether it should rather be true,
 * the half to look at first.  The choice bears on speed alone. */
typedef struct Target {
  uint32_t reg;
  bool rather_true;
} Target;

static Target choose_target(Search *search, const Goal *goal, uint32_t point,
                            uint32_t copy) {
  const Inquiry *inquiry = search->inquiry;
  bool condition = point >= POINT_RULES && point < point_duty(inquiry, 0) &&
                   point == point_condition(point_rule(inquiry, point));
  if (condition)
    return (Target){rule_register(search, point_rule(inquiry, point)),
                    goal->bit == THREE_YES};
  uint32_t rule = open_rule(search, goal, point, copy);
  assert(rule != NONE);
  return (Target){rule_register(search, rule),
                  goal->two ? search->follows[rule] != 0
                            : rather_true(search, goal, rule)};
}

static void restrict_copy(Search *search, const SearchFrame *frame,
                          uint32_t copy) {
  const Grid *grid = &search->inquiry->grid;
  const GridVariable *variable = &grid->variables[frame->variable];
  const uint64_t *mask = grid->masks + grid->mask_at[frame->test];
  for (uint32_t i = 0; i < variable->words; i++) {
    uint64_t part = frame->second != frame->out_first ? ~mask[i] : mask[i];
    search->cells[copy][variable->word + i] =
        search->saved[frame->saved + i] & part;
  }
}

static void take_half(Search *search, const SearchFrame *frame) {
  for (uint32_t copy = 0; copy < 2; copy++)
    if (frame->copies >> copy & 1)
      restrict_copy(search, frame, copy);
}

static void push_split(Search *search, const Goal *goal, uint32_t point,
                       uint32_t copy) {
  const Grid *grid = &search->inquiry->grid;
  Target target = choose_target(search, goal, point, copy);
  bool out_first = !target.rather_true;
  uint32_t test =
      machine_open_test(grid, &search->inquiry->program,
                        search->space[copy].registers, target.reg, &out_first);
  uint32_t index = grid->image->tests.at[test].variable;
  const GridVariable *variable = &grid->variables[index];
  SearchFrame *frame = &search->frames[search->depth++];
  bool alone = goal->two && search->own[index];
  *frame = (SearchFrame){.variable = index, .test = test,
                         .saved = search->saved_count,
                         .out_first = alone && copy ? !out_first : out_first,
                         .copies = (uint8_t)(alone ? 1u << copy : 3u)};
  memcpy(search->saved + frame->saved, search->cells[copy] + variable->word,
         variable->words * sizeof *search->saved);
  search->saved_count += variable->words;
  take_half(search, frame);
}

/* Goes back to the last split whose other half has not been looked at. */
static bool backtrack(Search *search) {
  while (search->depth) {
    SearchFrame *frame = &search->frames[search->depth - 1];
    if (!frame->second) {
      frame->second = true;
      take_half(search, frame);
      return true;
    }
    const GridVariable *variable =
        &search->inquiry->grid.variables[frame->variable];
    for (uint32_t copy = 0; copy < 2; copy++)
      if (frame->copies >> copy & 1)
        memcpy(search->cells[copy] + variable->word,
               search->saved + frame->saved,
               variable->words * sizeof *search->saved);
    search->saved_count = frame->saved;
    search->depth--;
  }
  return false;
}

/* ------------------------------------------------------------------ judging */

static Judgement judge_value(const Search *search, const Goal *goal) {
  uint8_t mask = search->outcome[0][goal->point];
  if (!(mask & goal->bit))
    return REJECT;
  return mask == goal->bit ? ACCEPT : SPLIT;
}

/* Can the two completions still come apart?  Only through a condition that
 * follows the fact, and is not known to be the same in both. */
static bool may_come_apart(const Search *search, const Concern *concern) {
  const Inquiry *inquiry = search->inquiry;
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    if (!search->follows[rule] || !concern->relevant[rule])
      continue;
    uint32_t reg = rule_register(search, rule);
    uint8_t first = search->space[0].registers[reg];
    if (first == THREE_OPEN || first != search->space[1].registers[reg])
      return true;
  }
  return false;
}

static Judgement judge_difference(const Search *search, const Goal *goal,
                                  uint32_t *point, uint32_t *copy) {
  Judgement judgement = REJECT;
  if (!may_come_apart(search, goal->concern))
    return REJECT;
  for (uint32_t i = 0; i < goal->concern->count; i++) {
    uint32_t one = goal->concern->points[i];
    uint8_t first = search->outcome[0][one], second = search->outcome[1][one];
    if (!(first & second))
      return ACCEPT;
    if (judgement == SPLIT || (first == second && mask_single(first)))
      continue;
    judgement = SPLIT;
    *point = one;
    *copy = mask_single(first);
  }
  return judgement;
}

static bool feasible(Search *search, const Goal *goal) {
  if (!search->records.any)
    return true;
  search->work++;
  return records_feasible(&search->records, search->cells[0],
                          goal->two ? search->cells[1] : NULL,
                          goal->two ? goal->fact : NONE);
}

static Judgement judge(Search *search, const Goal *goal, uint32_t *point,
                       uint32_t *copy) {
  if (!feasible(search, goal))
    return REJECT;
  search_evaluate(search, 0);
  if (!goal->two) {
    *point = goal->point;
    *copy = 0;
    return judge_value(search, goal);
  }
  search_evaluate(search, 1);
  return judge_difference(search, goal, point, copy);
}

static Found run(Search *search, const Goal *goal) {
  search->depth = search->saved_count = 0;
  restart(search, 0);
  restart(search, 1);
  for (;;) {
    if (search->work >= search->budget)
      return FOUND_BUDGET_USED;
    uint32_t point = 0, copy = 0;
    Judgement judgement = judge(search, goal, &point, &copy);
    if (judgement == ACCEPT)
      return FOUND;
    if (judgement == SPLIT)
      push_split(search, goal, point, copy);
    else if (!backtrack(search))
      return FOUND_NONE;
  }
}

/* ----------------------------------------------------------------- sampling */

/* xorshift64 (Marsaglia 2003). */
static uint32_t chance(Search *search, uint32_t below) {
  search->chance ^= search->chance << 13;
  search->chance ^= search->chance >> 7;
  search->chance ^= search->chance << 17;
  return (uint32_t)((search->chance >> 33) % below);
}

static uint32_t nth_cell(const Cells *cells, const GridVariable *variable,
                         uint32_t n) {
  uint32_t cell = cells_next(cells, variable, 0);
  while (n-- > 0)
    cell = cells_next(cells, variable, cell + 1);
  return cell;
}

static bool pair_feasible(Search *search, uint32_t copy, uint32_t fact) {
  search->work++;
  if (copy == 0)
    return records_feasible(&search->records, search->cells[0], NULL, NONE);
  return records_feasible(&search->records, search->cells[0],
                          search->cells[1], fact);
}

/* Gives a variable one of its cells, by chance, such that the rest fits. */
static bool choose_cell(Search *search, uint32_t index, uint32_t copy,
                        uint32_t fact) {
  const GridVariable *variable = &search->inquiry->grid.variables[index];
  Cells *cells = search->cells[copy];
  uint32_t count = cells_count(cells, variable);
  if (count <= 1)
    return count == 1;
  uint32_t first = chance(search, count);
  if (!search->records.coupled[index]) {
    cells_set_one(cells, variable, nth_cell(cells, variable, first));
    return true;
  }
  for (uint32_t i = 0; i < count; i++) {
    uint32_t nth = (first + i) % count;
    uint32_t base = search->saved_count;
    memcpy(search->saved + base, cells + variable->word,
           variable->words * sizeof *cells);
    cells_set_one(cells, variable, nth_cell(cells, variable, nth));
    if (pair_feasible(search, copy, fact))
      return true;
    memcpy(cells + variable->word, search->saved + base,
           variable->words * sizeof *cells);
  }
  return false;
}

static bool complete(Search *search, uint32_t copy, uint32_t fact) {
  for (uint32_t i = 0; i < search->inquiry->image->variables.count; i++)
    if (!choose_cell(search, i, copy, fact))
      return false;
  search_evaluate(search, copy);
  return true;
}

bool search_sample(Search *search) {
  restart(search, 0);
  search->saved_count = 0;
  return complete(search, 0, NONE);
}

bool search_sample_other(Search *search, uint32_t fact) {
  const Grid *grid = &search->inquiry->grid;
  memcpy(search->cells[1], search->cells[0], grid->words * sizeof(Cells));
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    const GridVariable *variable = &grid->variables[i];
    if (search->own[i])
      memcpy(search->cells[1] + variable->word, search->start + variable->word,
             variable->words * sizeof(Cells));
  }
  return complete(search, 1, fact);
}

/* ------------------------------------------------------------------- asking */

/* Marks the registers of the program that rest on the fact's variables. */
static void find_resting(Search *search) {
  const Inquiry *inquiry = search->inquiry;
  const Image *image = inquiry->image;
  for (uint32_t i = 0; i < inquiry->program.count; i++) {
    const uint32_t *at = image->code.at + inquiry->program.instructions[i];
    search->rests[at[1]] =
        instruction_test(at) == NONE
            ? instruction_uses(at, search->rests)
            : search->own[image->tests.at[instruction_test(at)].variable];
  }
}

void search_own(Search *search, uint32_t fact) {
  const Inquiry *inquiry = search->inquiry;
  const Image *image = inquiry->image;
  for (uint32_t i = 0; i < image->variables.count; i++)
    search->own[i] = grid_follows(&inquiry->grid, i, fact);
  find_resting(search);
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i], reg = rule_register(search, rule);
    search->follows[rule] = reg != NONE && search->rests[reg] &&
                            inquiry->dates[rule] == STANDING_IN_FORCE;
  }
}

Found search_value(Search *search, uint32_t point, uint8_t bit) {
  Goal goal = {.point = point, .bit = bit};
  Found found = run(search, &goal);
  if (found == FOUND && !complete(search, 0, NONE))
    return FOUND_NONE;
  return found;
}

Found search_value_in(Search *search, const Inquiry *part, uint32_t point,
                      uint8_t bit) {
  Goal goal = {.point = point, .bit = bit};
  const Inquiry *whole = search->inquiry;
  assert(!search->records.any);
  search->inquiry = part;
  Found found = run(search, &goal);
  search->inquiry = whole;
  return found;
}

void search_concern(Arena *arena, const Search *search, const uint32_t *points,
                    uint32_t count, Concern *concern) {
  const Inquiry *inquiry = search->inquiry;
  *concern = (Concern){.points = points, .count = count};
  concern->relevant =
      ARENA_ARRAY(arena, inquiry->image->rules.count + 1, uint8_t);
  bearing_mark_any(inquiry, search->counts, points, count, concern->relevant);
}

static bool rests_on_fact(const Search *search, const Concern *concern) {
  const Inquiry *inquiry = search->inquiry;
  for (uint32_t i = 0; i < inquiry->rule_count; i++)
    if (search->follows[inquiry->rules[i]] &&
        concern->relevant[inquiry->rules[i]])
      return true;
  return false;
}

Found search_difference(Search *search, uint32_t fact, const Concern *concern) {
  Goal goal = {.concern = concern, .fact = fact, .two = true};
  return rests_on_fact(search, concern) ? run(search, &goal) : FOUND_NONE;
}

#include "runtime/lever.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/bearing.h"
#include "runtime/settle.h"

#define NEAR 2          /* steps to each side of a value where sums turn */
#define VALUES_MOST 400 /* single values of one fact */

typedef struct Finder {
  Arena *arena;
  const LeverQuery *query;
  uint8_t *variables; /* for each of the image: does the point rest on it? */
  uint8_t *named;     /* for each value: is it support that a rule names? */
  Vec(Lever) levers;
} Finder;

/* -------------------------------------------------------------- lever sets */

bool lever_set_within(const LeverSet *small, const LeverSet *large) {
  for (uint32_t i = 0; i < LEVERS_MOST / 64; i++)
    if (small->words[i] & ~large->words[i])
      return false;
  return true;
}

bool lever_set_meets(const LeverSet *one, const LeverSet *other) {
  for (uint32_t i = 0; i < LEVERS_MOST / 64; i++)
    if (one->words[i] & other->words[i])
      return true;
  return false;
}

uint32_t lever_set_count(const LeverSet *set) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < LEVERS_MOST / 64; i++)
    count += (uint32_t)__builtin_popcountll(set->words[i]);
  return count;
}

/* ------------------------------------------------------------- what bears */

/* The verdict may rest on every rule with a finding, however it counts; on
 * every exception, and on what it names: it applies only where that does. */
static void mark_findings(const Inquiry *inquiry, uint8_t *rules) {
  const Image *image = inquiry->image;
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    const Rule *one = &image->rules.at[rule];
    rules[rule] |= rule_gives_finding(one) || one->kind == RULE_OTHERWISE ||
                   one->kind == RULE_EXCEPTION;
    for (uint32_t k = 0; k < one->displaces.count; k++)
      rules[image->links.at[one->displaces.first + k].rule] |=
          inquiry->in_scope[image->links.at[one->displaces.first + k].rule];
  }
}

void levers_bearing(Arena *arena, const LeverQuery *query, uint8_t *rules) {
  const Inquiry *inquiry = query->inquiry;
  uint32_t count = inquiry->image->rules.count;
  memset(rules, 0, count);
  if (query->point == POINT_VERDICT) {
    mark_findings(inquiry, rules);
    return;
  }
  uint8_t *marks = ARENA_ARRAY(arena, count + 1, uint8_t);
  bearing_mark_any(inquiry, query->counts, &query->point, 1, marks);
  for (uint32_t i = 0; i < inquiry->rule_count; i++)
    rules[inquiry->rules[i]] = marks[inquiry->rules[i]] != NOT_MARKED;
}

static void mark_tests(Finder *finder, const uint8_t *rules) {
  const Image *image = finder->query->inquiry->image;
  Program program;
  uint8_t *wanted = ARENA_ARRAY(
      finder->arena, image->policy.at[0].registers + 1, uint8_t);
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (rules[i] && image->rules.at[i].condition != NONE)
      wanted[image->nodes.at[image->rules.at[i].condition].reg] = 1;
  program_make(finder->arena, image, wanted, &program);
  for (uint32_t i = 0; i < program.count; i++) {
    const uint32_t *at = image->code.at + program.instructions[i];
    if (instruction_test(at) != NONE)
      finder->variables[image->tests.at[instruction_test(at)].variable] = 1;
  }
}

static void mark_named(Finder *finder, const uint8_t *rules) {
  const Image *image = finder->query->inquiry->image;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const Rule *rule = &image->rules.at[i];
    for (uint32_t k = 0; rules[i] && k < rule->who.count; k++) {
      const Member *member = &image->members.at[rule->who.first + k];
      Range values = image->facts.at[member->fact].values;
      finder->named[values.first + member->value] = 1;
    }
  }
}

/* -------------------------------------------------------------------- turns */

static Given exact_given(Arena *arena, int64_t low, int64_t high) {
  Given given = {.given = true, .span_count = 1};
  given.spans = ARENA_NEW(arena, ValueSpan);
  *given.spans = (ValueSpan){low, high};
  return given;
}

static bool is_ordered(const Fact *fact) {
  return fact->type != TYPE_YES_NO && fact->type != TYPE_CHOICE;
}

static int compare_values(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

typedef Vec(int64_t) Values;

/* The values of the fact's lattice near one where a sum comes out otherwise. */
static void add_near(Arena *arena, const Fact *fact, int64_t value,
                     Values *values) {
  int64_t step = fact->step ? fact->step : 1;
  int64_t at = fact->low;
  if (value > fact->low)
    at += (value - fact->low) / step * step;
  for (int64_t i = -NEAR; i <= NEAR; i++) {
    int64_t near = at + i * step;
    if (fact->low <= near && near <= fact->high)
      VEC_PUSH(arena, values, near);
  }
}

/* What a known record adds up to in the window of a variable. */
static int64_t known_total(const GridVariable *variable, const Given *given) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < given->event_count; i++) {
    const Event *event = &given->events[i];
    if (event->day >= variable->first && event->day <= variable->last)
      sum = event->amount > RECORD_MOST - sum ? RECORD_MOST
                                              : sum + event->amount;
  }
  return sum;
}

/* A sum turns where the value is a constant less what the record may have: what
 * it is known to have, none, or the ends of the cells of its totals. */
static void add_turning(Finder *finder, const Fact *fact, uint32_t sum,
                        Values *values) {
  const Grid *grid = &finder->query->inquiry->grid;
  const Image *image = grid->image;
  const GridVariable *variable = &grid->variables[sum];
  uint32_t record = image->variables.at[sum].fact;
  const Given *given = &finder->query->situation->facts[record];
  Range own = image->facts.at[record].variables;
  for (uint32_t cell = 1; cell < variable->cells; cell++) {
    int64_t start = grid_cell_low(variable, cell);
    add_near(finder->arena, fact, start, values);
    add_near(finder->arena, fact, start - known_total(variable, given),
             values);
    for (uint32_t i = 0; !given->given && i < own.count; i++) {
      const GridVariable *other = &grid->variables[own.first + i];
      for (uint32_t k = 1; k < other->cells; k++)
        add_near(finder->arena, fact, start - grid_cell_low(other, k), values);
    }
  }
}

/* Single values of a fact that is added to totals, rising. */
static void find_values(Finder *finder, uint32_t index, Values *values) {
  const Grid *grid = &finder->query->inquiry->grid;
  const Fact *fact = &grid->image->facts.at[index];
  const GridVariable *own = &grid->variables[fact->variables.first];
  for (uint32_t cell = 0; cell < own->cells; cell++) {
    add_near(finder->arena, fact, grid_cell_low(own, cell), values);
    add_near(finder->arena, fact, grid_cell_high(own, cell), values);
  }
  for (uint32_t i = 0; i < grid->image->variables.count; i++)
    if (finder->variables[i] && grid_is_sum(grid, i) &&
        grid->image->variables.at[i].with == index)
      add_turning(finder, fact, i, values);
  qsort(values->at, values->count, sizeof *values->at, compare_values);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < values->count; i++)
    if (!kept || values->at[kept - 1] != values->at[i])
      values->at[kept++] = values->at[i];
  values->count = kept;
}

/* Where the fact stands now: an exact value, or nothing to reckon from. */
typedef struct Stand {
  bool known;
  int64_t value;
  uint32_t cell;
} Stand;

/* Gives a turn its direction and rank; false if the fact stands there. */
static bool place_turn(const Fact *fact, const Stand *stand, int64_t value,
                       Turn *turn) {
  uint64_t apart = turn->cell > stand->cell ? turn->cell - stand->cell
                                            : stand->cell - turn->cell;
  if (!stand->known)
    return true;
  if (turn->whole ? apart == 0 : value == stand->value)
    return false;
  if (!is_ordered(fact))
    return true;
  bool up = apart ? turn->cell > stand->cell : value > stand->value;
  turn->direction = up ? 1 : -1;
  uint64_t off = value > stand->value ? (uint64_t)(value - stand->value)
                                      : (uint64_t)(stand->value - value);
  turn->rank = apart << 56;
  if (!turn->whole)
    turn->rank |= 1 + (off & (UINT64_MAX >> 9));
  return true;
}

static void add_values(Finder *finder, uint32_t index, const Stand *stand,
                       Lever *lever) {
  const Grid *grid = &finder->query->inquiry->grid;
  const Fact *fact = &grid->image->facts.at[index];
  const GridVariable *variable = &grid->variables[fact->variables.first];
  Values values = {0};
  find_values(finder, index, &values);
  if (values.count > VALUES_MOST)
    values.count = VALUES_MOST;
  Turn *turns =
      ARENA_ARRAY(finder->arena, lever->turn_count + values.count + 1, Turn);
  memcpy(turns, lever->turns, lever->turn_count * sizeof *turns);
  lever->turns = turns;
  for (uint32_t i = 0; i < values.count; i++) {
    Turn *turn = &turns[lever->turn_count];
    *turn = (Turn){.cell = grid_run_first(
                       variable, grid_cell_of(variable, values.at[i]))};
    turn->given = exact_given(finder->arena, values.at[i], values.at[i]);
    turn->to = fact_value_name(finder->arena, fact, values.at[i]);
    lever->turn_count += place_turn(fact, stand, values.at[i], turn);
  }
}

static void make_turns(Finder *finder, uint32_t index, Lever *lever) {
  const Grid *grid = &finder->query->inquiry->grid;
  const Fact *fact = &grid->image->facts.at[index];
  const Given *given = &finder->query->situation->facts[index];
  const GridVariable *variable = &grid->variables[lever->variable];
  Stand stand = {.known = given->given && given_is_exact(given)};
  if (stand.known) {
    stand.value = given->spans[0].low;
    stand.cell = grid_run_first(variable, grid_cell_of(variable, stand.value));
  }
  Text *names;
  fact_cell_names(finder->arena, grid, index, &names);
  lever->turns = ARENA_ARRAY(finder->arena, variable->cells + 1, Turn);
  for (uint32_t cell = 0, end; cell < variable->cells; cell = end) {
    Turn *turn = &lever->turns[lever->turn_count];
    int64_t low = grid_cell_low(variable, cell);
    end = grid_run_end(variable, cell);
    *turn = (Turn){.cell = cell, .whole = true, .to = names[cell]};
    turn->given = exact_given(finder->arena, low,
                              grid_cell_high(variable, end - 1));
    lever->turn_count += place_turn(fact, &stand, low, turn);
  }
  if (lever->added)
    add_values(finder, index, &stand, lever);
}

/* ----------------------------------------------------------------- finding */

static bool is_added(const Finder *finder, uint32_t fact) {
  const Grid *grid = &finder->query->inquiry->grid;
  for (uint32_t i = 0; i < grid->image->variables.count; i++)
    if (finder->variables[i] && grid_is_sum(grid, i) &&
        grid->image->variables.at[i].with == fact)
      return true;
  return false;
}

static bool bears(const Finder *finder, uint32_t fact) {
  const Grid *grid = &finder->query->inquiry->grid;
  for (uint32_t i = 0; i < grid->image->variables.count; i++)
    if (finder->variables[i] && grid_follows(grid, i, fact) &&
        grid->variables[i].cells > 1)
      return true;
  return false;
}

static bool in_reach(const LeverQuery *query, const Fact *fact,
                     const Given *given) {
  if (fact->dimension == SUPPORT)
    return !fact->fixed && !fact->no_excuse;
  if (fact->fixed || fact->no_excuse || fact->dimension == IMPACT ||
      fact->type == TYPE_RECORD || !given->given || !given_is_exact(given))
    return false;
  return fact->type != TYPE_DATE ||
         given->spans[0].low > query->inquiry->grid.today;
}

static uint32_t member_variable(const Finder *finder, const Fact *fact,
                                uint32_t member) {
  const Image *image = finder->query->inquiry->image;
  for (uint32_t i = 0; i < fact->variables.count; i++)
    if (image->variables.at[fact->variables.first + i].member == member &&
        finder->variables[fact->variables.first + i])
      return fact->variables.first + i;
  return NONE;
}

static void add_member_turn(Finder *finder, const Fact *fact, bool with,
                            Lever *lever) {
  const Image *image = finder->query->inquiry->image;
  Text name = image_text(
      image, image->values.at[fact->values.first + lever->member].name);
  Turn *turn = &lever->turns[lever->turn_count++];
  *turn = (Turn){.cell = with, .whole = true};
  turn->given.members = with ? UINT64_C(1) << lever->member : 0;
  turn->to = text_format(finder->arena, "%s %.*s", with ? "with" : "without",
                         TEXT_ARG(name));
}

static void add_members(Finder *finder, uint32_t index) {
  const Fact *fact = &finder->query->inquiry->image->facts.at[index];
  const Given *given = &finder->query->situation->facts[index];
  bool support = fact->dimension == SUPPORT;
  for (uint32_t i = 0; i < fact->values.count; i++) {
    bool has = given->members >> i & 1, known = given->given || support;
    uint32_t variable = member_variable(finder, fact, i);
    bool counts = variable != NONE || finder->named[fact->values.first + i];
    if (!counts || (support && has))
      continue;
    Lever *lever = VEC_ADD(finder->arena, &finder->levers);
    *lever = (Lever){.fact = index, .member = i, .variable = variable,
                     .support = support};
    lever->turns = ARENA_ARRAY(finder->arena, 2, Turn);
    if (!known || !has)
      add_member_turn(finder, fact, true, lever);
    if (!known || has)
      add_member_turn(finder, fact, false, lever);
  }
}

/* Support that is yes or no: it can only become a yes. */
static void add_support(Finder *finder, uint32_t index) {
  const Image *image = finder->query->inquiry->image;
  const Fact *fact = &image->facts.at[index];
  const Given *given = &finder->query->situation->facts[index];
  uint32_t yes = fact->values.first + 1;
  if ((given->given && given->spans[0].low == 1) ||
      (!bears(finder, index) && !finder->named[yes]))
    return;
  Lever *lever = VEC_ADD(finder->arena, &finder->levers);
  *lever = (Lever){.fact = index, .member = NONE, .variable = NONE,
                   .support = true, .turn_count = 1};
  if (bears(finder, index))
    lever->variable = fact->variables.first;
  lever->turns = ARENA_NEW(finder->arena, Turn);
  *lever->turns = (Turn){.cell = 1, .whole = true,
                         .to = image_text(image, image->values.at[yes].name)};
  lever->turns->given = exact_given(finder->arena, 1, 1);
}

static void add_fact(Finder *finder, uint32_t index) {
  const LeverQuery *query = finder->query;
  const Fact *fact = &query->inquiry->image->facts.at[index];
  const Given *given = &query->situation->facts[index];
  if (query->kind == LEVERS_IN_REACH && !in_reach(query, fact, given))
    return;
  if (fact->type == TYPE_SET) {
    add_members(finder, index);
  } else if (fact->dimension == SUPPORT) {
    add_support(finder, index);
  } else if (bears(finder, index)) {
    Lever *lever = VEC_ADD(finder->arena, &finder->levers);
    *lever = (Lever){.fact = index, .member = NONE, .variable = NONE,
                     .added = is_added(finder, index)};
    if (fact->type == TYPE_RECORD)
      return;
    lever->variable = fact->variables.first;
    make_turns(finder, index, lever);
  }
}

void levers_find(Arena *arena, const LeverQuery *query, Levers *levers) {
  const Image *image = query->inquiry->image;
  Finder finder = {.arena = arena, .query = query};
  uint8_t *rules = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  finder.variables = ARENA_ARRAY(arena, image->variables.count + 1, uint8_t);
  finder.named = ARENA_ARRAY(arena, image->values.count + 1, uint8_t);
  levers_bearing(arena, query, rules);
  mark_tests(&finder, rules);
  if (query->point == POINT_VERDICT)
    mark_named(&finder, rules);
  for (uint32_t i = 0; i < image->facts.count; i++)
    add_fact(&finder, i);
  *levers = (Levers){.at = finder.levers.at, .count = finder.levers.count};
  levers->cut = levers->count > LEVERS_MOST;
  if (levers->cut)
    levers->count = LEVERS_MOST;
}

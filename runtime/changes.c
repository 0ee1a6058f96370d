/* What would change the guidance: the nearest cells of one given fact, or else
 * of two, that settle another verdict.
 *
 * An ordered fact moves in each direction to the first cell that settles a
 * verdict not yet reached that way; a choice to any other value; a yes/no
 * turns; a set gains or loses one member, or two where nothing less will do.
 * Support may only be gained, given or not.  What is fixed or no excuse,
 * impacts, records and days gone by stay as they are.
 */
#include "runtime/settle.h"

#include <string.h>

#define CHANGES_MOST 10

/* One way in which a fact could be otherwise. */
typedef struct Option {
  uint32_t fact;
  Given given;
  Text to;
  int direction; /* ordered facts: -1 down, 1 up; else 0 */
} Option;

typedef struct Options {
  Arena *arena;
  Search *search;
  const Situation *situation;
  Vec(Option) list;
} Options;

typedef struct Finder {
  Options options;
  Situation trial;
  Verdict verdict;
  Change *changes;
  uint32_t count;
} Finder;

/* The whole run of cells: a sum may tell its values apart. */
static ValueSpan *run_span(Arena *arena, const GridVariable *variable,
                           uint32_t cell) {
  ValueSpan *span = ARENA_NEW(arena, ValueSpan);
  span->low = grid_cell_low(variable, grid_run_first(variable, cell));
  span->high = grid_cell_high(variable, grid_run_end(variable, cell) - 1);
  return span;
}

static void add_run(Options *options, uint32_t fact, uint32_t cell, Text to,
                     int direction) {
  const Inquiry *inquiry = options->search->inquiry;
  uint32_t index = inquiry->image->facts.at[fact].variables.first;
  const GridVariable *variable = &inquiry->grid.variables[index];
  Option option = {.fact = fact, .to = to, .direction = direction};
  option.given.given = true;
  option.given.spans = run_span(options->arena, variable, cell);
  option.given.span_count = 1;
  VEC_PUSH(options->arena, &options->list, option);
}

static void add_values(Options *options, uint32_t fact, bool ordered) {
  const Inquiry *inquiry = options->search->inquiry;
  const Given *given = &options->situation->facts[fact];
  uint32_t index = inquiry->image->facts.at[fact].variables.first;
  const GridVariable *variable = &inquiry->grid.variables[index];
  bool support = inquiry->image->facts.at[fact].dimension == SUPPORT;
  uint32_t now =
      given->given ? grid_cell_of(variable, given->spans[0].low) : 0;
  Text *names;
  fact_cell_names(options->arena, &inquiry->grid, fact, &names);
  uint32_t first = grid_run_first(variable, now);
  for (; first > 0 && !support; first = grid_run_first(variable, first - 1))
    add_run(options, fact, first - 1, names[first - 1], ordered ? -1 : 0);
  for (uint32_t cell = grid_run_end(variable, now); cell < variable->cells;
       cell = grid_run_end(variable, cell))
    add_run(options, fact, cell, names[cell], ordered ? 1 : 0);
}

static void add_members(Options *options, uint32_t index) {
  const Image *image = options->search->inquiry->image;
  const Fact *fact = &image->facts.at[index];
  const Given *given = &options->situation->facts[index];
  for (uint32_t i = 0; i < fact->values.count; i++) {
    bool has = given->members >> i & 1;
    if (has && fact->dimension == SUPPORT)
      continue;
    const Value *value = &image->values.at[fact->values.first + i];
    Text name = image_text(image, value->name);
    Option option = {.fact = index, .given = *given};
    option.given.given = true;
    option.given.members ^= UINT64_C(1) << i;
    option.to = text_format(options->arena, "%s %.*s",
                            has ? "without" : "with", TEXT_ARG(name));
    VEC_PUSH(options->arena, &options->list, option);
  }
}

static bool may_change(const Options *options, uint32_t index) {
  const Fact *fact = &options->search->inquiry->image->facts.at[index];
  const Given *given = &options->situation->facts[index];
  if (fact->fixed || fact->no_excuse || fact->dimension == IMPACT ||
      fact->type == TYPE_RECORD)
    return false;
  if (fact->dimension == SUPPORT)
    return true;
  if (!given->given || !given_is_exact(given))
    return false;
  return fact->type != TYPE_DATE ||
         given->spans[0].low > options->search->inquiry->grid.today;
}

static void add_fact(Options *options, uint32_t index) {
  const Fact *fact = &options->search->inquiry->image->facts.at[index];
  if (!may_change(options, index))
    return;
  switch ((FactType)fact->type) {
  case TYPE_SET:
    add_members(options, index);
    break;
  case TYPE_YES_NO:
  case TYPE_CHOICE:
    add_values(options, index, false);
    break;
  case TYPE_SCALE:
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_DURATION:
  case TYPE_DATE:
    add_values(options, index, true);
    break;
  case TYPE_RECORD:
  case TYPE_COUNT:
    break;
  }
}

/* The verdict that the trial settles; the present one if it settles none. */
static Verdict trial_verdict(Finder *finder) {
  bool exact;
  Search *search = finder->options.search;
  search_renew(finder->options.arena, &finder->trial, search);
  uint8_t mask = settle_verdict(search, 0, &exact);
  return exact && mask_single(mask) ? (Verdict)__builtin_ctz(mask)
                                    : finder->verdict;
}

/* Takes an option on top of what the trial has: of a set, its member turns. */
static Given put_option(Finder *finder, const Option *option) {
  const Given *now = &finder->options.situation->facts[option->fact];
  Given *given = &finder->trial.facts[option->fact], before = *given;
  uint64_t members = before.members ^ option->given.members ^ now->members;
  *given = option->given;
  given->members = members;
  return before;
}

static void add_change(Finder *finder, Verdict verdict, const Option *first,
                       const Option *second) {
  Change *change = &finder->changes[finder->count++];
  change->verdict = verdict;
  change->steps = ARENA_ARRAY(finder->options.arena, 2, Step);
  change->steps[0] = (Step){first->fact, first->to};
  change->step_count = 1;
  if (second) {
    change->steps[1] = (Step){second->fact, second->to};
    change->step_count = 2;
  }
}

/* Whether this walk (a fact, a direction) has reached the verdict before. */
static bool walk_goes_on(const Option *before, const Option *now) {
  return before && now->direction && before->fact == now->fact &&
         before->direction == now->direction;
}

static bool is_member(const Finder *finder, const Option *option) {
  const Image *image = finder->options.search->inquiry->image;
  return image->facts.at[option->fact].type == TYPE_SET;
}

static void try_walks(Finder *finder, const Option *first) {
  uint8_t reached = 0;
  const Option *before = NULL;
  uint32_t start = first ? (uint32_t)(first - finder->options.list.at) + 1 : 0;
  for (uint32_t i = start; i < finder->options.list.count; i++) {
    const Option *option = &finder->options.list.at[i];
    if (finder->count == CHANGES_MOST)
      return;
    if (first && first->fact == option->fact && !is_member(finder, option))
      continue;
    if (!walk_goes_on(before, option))
      reached = (uint8_t)(1u << finder->verdict);
    before = option;
    Given kept = put_option(finder, option);
    Verdict verdict = trial_verdict(finder);
    finder->trial.facts[option->fact] = kept;
    if (reached >> verdict & 1)
      continue;
    reached |= (uint8_t)(1u << verdict);
    if (first)
      add_change(finder, verdict, first, option);
    else
      add_change(finder, verdict, option, NULL);
  }
}

uint32_t changes_find(Arena *arena, Search *search, const Situation *situation,
                      Verdict verdict, Change **changes) {
  uint32_t facts = search->inquiry->image->facts.count;
  Finder finder = {.verdict = verdict, .trial = *situation,
                   .options = {arena, search, situation, {0}}};
  finder.changes = ARENA_ARRAY(arena, CHANGES_MOST, Change);
  finder.trial.facts = ARENA_ARRAY(arena, facts + 1, Given);
  memcpy(finder.trial.facts, situation->facts, facts * sizeof(Given));
  for (uint32_t i = 0; i < facts; i++)
    add_fact(&finder.options, i);
  try_walks(&finder, NULL);
  bool none = finder.count == 0;
  for (uint32_t i = 0; none && i < finder.options.list.count; i++) {
    const Option *first = &finder.options.list.at[i];
    Given kept = put_option(&finder, first);
    try_walks(&finder, first);
    finder.trial.facts[first->fact] = kept;
  }
  *changes = finder.changes;
  return finder.count;
}

#include "runtime/resting.h"

/* -------------------------------------------------------------------- lists */

/* A list is put twice: first its items are counted, then they are listed. */
static void lists_put(Lists *lists, uint32_t key, uint32_t item) {
  if (lists->at)
    lists->at[--lists->first[key]] = item;
  else
    lists->first[key]++;
}

static void lists_open(Arena *arena, uint32_t keys, Lists *lists) {
  *lists = (Lists){ARENA_ARRAY(arena, keys + 1, uint32_t), NULL};
}

/* All items have been counted. */
static void lists_counted(Arena *arena, uint32_t keys, Lists *lists) {
  for (uint32_t i = 1; i <= keys; i++) lists->first[i] += lists->first[i - 1];
  lists->at = ARENA_ARRAY(arena, lists->first[keys] + 1, uint32_t);
}

/* ------------------------------------------------------------------ putting */

static void put_steps(Resting *resting, const uint32_t *steps) {
  const Program *program = &resting->inquiry->program;
  const Image *image = resting->inquiry->image;
  for (uint32_t i = 0; i < program->count; i++) {
    const uint32_t *at = image->code.at + program->instructions[i];
    Inputs inputs = instruction_inputs(at);
    for (uint32_t k = 0; k < inputs.count; k++)
      lists_put(&resting->readers, steps[inputs.at[k * inputs.stride]], i);
    if (instruction_test(at) != NONE)
      lists_put(&resting->tests,
                image->tests.at[instruction_test(at)].variable, i);
  }
}

static void put_rules(Resting *resting, const uint32_t *steps) {
  const Inquiry *inquiry = resting->inquiry;
  const Image *image = inquiry->image;
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    const Rule *rule = &image->rules.at[inquiry->rules[i]];
    if (rule->condition != NONE)
      lists_put(&resting->rules, steps[image->nodes.at[rule->condition].reg],
                i);
    for (uint32_t k = 0; k < rule->displaces.count; k++) {
      uint32_t named = image->links.at[rule->displaces.first + k].rule;
      if (inquiry->in_scope[named])
        lists_put(&resting->exceptions, resting->places[named], i);
    }
  }
}

static void put_all(Resting *resting, const uint32_t *steps) {
  put_steps(resting, steps);
  put_rules(resting, steps);
}

/* ------------------------------------------------------------------- making */

static void find_variables(Arena *arena, Resting *resting) {
  const Grid *grid = &resting->inquiry->grid;
  resting->variables = ARENA_ARRAY(arena, grid->words + 1, uint32_t);
  for (uint32_t i = 0; i < grid->image->variables.count; i++)
    for (uint32_t k = 0; k < grid->variables[i].words; k++)
      resting->variables[grid->variables[i].word + k] = i;
}

static void find_places(Arena *arena, Resting *resting) {
  const Inquiry *inquiry = resting->inquiry;
  const Image *image = inquiry->image;
  resting->places = ARENA_ARRAY(arena, image->rules.count + 1, uint32_t);
  resting->dutiful = ARENA_ARRAY(arena, inquiry->rule_count + 1, uint32_t);
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    resting->places[rule] = i;
    if (image->rules.at[rule].duties.count)
      resting->dutiful[resting->dutiful_count++] = i;
  }
}

/* For each register the step that writes it. */
static uint32_t *find_steps(Arena *arena, const Inquiry *inquiry) {
  const Image *image = inquiry->image;
  uint32_t *steps =
      ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint32_t);
  for (uint32_t i = 0; i < inquiry->program.count; i++)
    steps[image->code.at[inquiry->program.instructions[i] + 1]] = i;
  return steps;
}

void resting_make(Arena *arena, const Inquiry *inquiry, Resting *resting) {
  uint32_t variables = inquiry->image->variables.count;
  uint32_t count = inquiry->program.count, rules = inquiry->rule_count;
  *resting = (Resting){.inquiry = inquiry};
  find_variables(arena, resting);
  find_places(arena, resting);
  const uint32_t *steps = find_steps(arena, inquiry);
  lists_open(arena, variables, &resting->tests);
  lists_open(arena, count, &resting->readers);
  lists_open(arena, count, &resting->rules);
  lists_open(arena, rules, &resting->exceptions);
  put_all(resting, steps);
  lists_counted(arena, variables, &resting->tests);
  lists_counted(arena, count, &resting->readers);
  lists_counted(arena, count, &resting->rules);
  lists_counted(arena, rules, &resting->exceptions);
  put_all(resting, steps);
}

#include "runtime/why_not.h"

#include <string.h>

#include "runtime/settle.h"

#define TESTS_MOST 200 /* of one step */

typedef struct Maker {
  Arena *arena;
  Inquiry inquiry;
  Search search;
  Reach reach;
  uint32_t rule;
  uint8_t *bearing; /* the rules that it rests on */
  uint8_t *now, *then; /* registers */
  bool open;           /* cite tests that stay open */
  WhyNot *why_not;
} Maker;

/* ---------------------------------------------------------------- the state */

static uint8_t in_force_bit(void) {
  return 1u << STANDING_IN_FORCE;
}

static bool is_in_force(Maker *maker) {
  Search *search = &maker->search;
  uint32_t point = point_standing(maker->rule);
  uint8_t masks = 0;
  memcpy(search->cells[0], search->start,
         maker->inquiry.grid.words * sizeof(Cells));
  search_evaluate(search, 0);
  masks = search->outcome[0][point] & (uint8_t)~in_force_bit();
  for (int bit = 0; bit < STANDING_COUNT; bit++)
    if ((masks >> bit & 1) &&
        search_value(search, point, (uint8_t)(1u << bit)) != FOUND_NONE)
      return false;
  return true;
}

/* With nothing known at all, and all support free: can it ever be in force? */
static bool is_possible(Maker *maker, const Situation *situation) {
  Search *search = &maker->search;
  const Grid *grid = &maker->inquiry.grid;
  Situation nothing = *situation;
  nothing.facts =
      ARENA_ARRAY(maker->arena, grid->image->facts.count + 1, Given);
  search_renew(maker->arena, &nothing, search);
  for (uint32_t i = 0; i < grid->image->variables.count; i++)
    cells_set_all(search->start, &grid->variables[i]);
  bool possible = search_value(search, point_standing(maker->rule),
                               in_force_bit()) != FOUND_NONE;
  search_renew(maker->arena, situation, search);
  return possible;
}

static WhyNotState find_state(Maker *maker, const Situation *situation) {
  const Rule *rule = &maker->inquiry.image->rules.at[maker->rule];
  uint8_t dates = maker->inquiry.dates[maker->rule];
  if (!maker->inquiry.in_scope[maker->rule])
    return rule->kind == RULE_REVIEW ? WHY_NOT_REVIEW : WHY_NOT_ELSEWHERE;
  if (dates != STANDING_IN_FORCE)
    return WHY_NOT_DATES;
  if (is_in_force(maker))
    return WHY_NOT_APPLIES;
  return is_possible(maker, situation) ? WHY_NOT_FACTS : WHY_NOT_IMPOSSIBLE;
}

/* ---------------------------------------------------------------- the tests */

static bool is_about(const Node *node, const Lever *lever) {
  return node->op == NODE_TEST &&
         (node->fact == lever->fact || node->with == lever->fact);
}

static bool is_cited(const Image *image, const WhyNotStep *step, uint32_t rule,
                     uint32_t node) {
  for (uint32_t i = 0; i < step->test_count; i++)
    if (step->tests[i].rule == rule &&
        text_equal(image_text(image, image->nodes.at[step->tests[i].node].text),
                   image_text(image, image->nodes.at[node].text)))
      return true;
  return false;
}

static void cite(Maker *maker, uint32_t rule, uint32_t number,
                 WhyNotStep *step) {
  const Image *image = maker->inquiry.image;
  uint32_t reg = image->nodes.at[number].reg;
  bool turns = maker->open ? maker->now[reg] == THREE_OPEN
                           : maker->now[reg] != maker->then[reg];
  if (!turns || step->test_count == TESTS_MOST ||
      is_cited(image, step, rule, number))
    return;
  step->tests[step->test_count++] =
      (WhyNotTest){rule, number, (Three)maker->now[reg],
                   (Three)maker->then[reg]};
}

static void cite_rule(Maker *maker, uint32_t rule, const Lever *lever,
                      WhyNotStep *step) {
  const Image *image = maker->inquiry.image;
  Vec(uint32_t) nodes = {0};
  if (image->rules.at[rule].condition == NONE)
    return;
  VEC_PUSH(maker->arena, &nodes, image->rules.at[rule].condition);
  for (uint32_t i = 0; i < nodes.count && i < image->nodes.count * 4; i++) {
    const Node *node = &image->nodes.at[nodes.at[i]];
    if (is_about(node, lever))
      cite(maker, rule, nodes.at[i], step);
    Range parts = node->named == NONE ? node->parts
                                      : image->named.at[node->named].parts;
    for (uint32_t k = 0; node->op != NODE_TEST && k < parts.count; k++)
      VEC_PUSH(maker->arena, &nodes, parts.first + k);
  }
}

static void run_start(Maker *maker, const Cells *start, uint8_t *registers) {
  machine_run(&maker->inquiry.grid, &maker->inquiry.program, start, registers);
}

/* The rule itself first, then what else it rests on. */
static void cite_rules(Maker *maker, const Lever *lever, WhyNotStep *step) {
  cite_rule(maker, maker->rule, lever, step);
  for (uint32_t i = 0; i < maker->inquiry.image->rules.count; i++)
    if (maker->bearing[i] && i != maker->rule)
      cite_rule(maker, i, lever, step);
}

/* Where no test turns by itself, several that stay open turn out together; or
 * the cells of a record are too wide to say how it would have to be. */
static void find_tests(Maker *maker, const Lever *lever, WhyNotStep *step) {
  step->tests = ARENA_ARRAY(maker->arena, TESTS_MOST, WhyNotTest);
  maker->open = false;
  cite_rules(maker, lever, step);
  maker->open = step->test_count == 0;
  if (maker->open)
    cite_rules(maker, lever, step);
}

/* ----------------------------------------------------------------- the sets */

static bool occurs(const Ways *ways, uint32_t lever, uint32_t turn) {
  for (uint32_t i = 0; i < ways->count; i++)
    if (ways->at[i].turns[lever] == turn)
      return true;
  return false;
}

static bool is_amount(const Fact *fact) {
  return !fact->values.count && fact->type != TYPE_SET &&
         fact->type != TYPE_RECORD;
}

/* The values of a turn, from its first to its last. */
static ValueSpan turn_span(const Turn *turn) {
  return turn->given.spans[0];
}

/* Puts a span among others, which rise; those that touch become one. */
static uint32_t add_span(ValueSpan *spans, uint32_t count, ValueSpan span,
                         int64_t step) {
  uint32_t at = count;
  while (at > 0 && spans[at - 1].low > span.low) {
    spans[at] = spans[at - 1];
    at--;
  }
  spans[at] = span;
  count++;
  uint32_t kept = 0;
  for (uint32_t i = 1; i < count; i++)
    if (spans[i].low <= spans[kept].high + step)
      spans[kept].high = spans[i].high > spans[kept].high ? spans[i].high
                                                          : spans[kept].high;
    else
      spans[++kept] = spans[i];
  return kept + 1;
}

/* The spans of single values with none between them that does not occur. */
static uint32_t add_values(const Lever *lever, const Ways *ways,
                           uint32_t number, int64_t step, ValueSpan *spans) {
  const Turn *before = NULL;
  uint32_t count = 0;
  for (uint32_t i = 0; i < lever->turn_count; i++) {
    const Turn *turn = &lever->turns[i];
    if (turn->whole)
      continue;
    bool in = occurs(ways, number, i);
    ValueSpan span = turn_span(turn);
    if (in && before)
      span.low = turn_span(before).high;
    if (in)
      count = add_span(spans, count, span, step);
    before = in ? turn : NULL;
  }
  return count;
}

/* An amount: cells and single values that touch are told as one. */
static void add_amounts(Maker *maker, const Lever *lever, const Ways *ways,
                        WhyNotStep *step) {
  const Grid *grid = &maker->inquiry.grid;
  const GridVariable *variable = &grid->variables[lever->variable];
  ValueSpan *spans =
      ARENA_ARRAY(maker->arena, lever->turn_count + 1, ValueSpan);
  uint32_t count =
      add_values(lever, ways, step->lever, variable->step, spans);
  for (uint32_t i = 0; i < lever->turn_count; i++)
    if (lever->turns[i].whole && occurs(ways, step->lever, i))
      count = add_span(spans, count, turn_span(&lever->turns[i]),
                       variable->step);
  for (uint32_t i = 0; i < count; i++)
    step->to[step->to_count++] =
        fact_span_name(maker->arena, grid, lever->fact, spans[i]);
}

/* How a lever is turned in some way, in its own order. */
static void find_turns(Maker *maker, const Ways *ways, WhyNotStep *step) {
  const Lever *lever = &maker->why_not->levers.at[step->lever];
  step->to = ARENA_ARRAY(maker->arena, lever->turn_count + 1, Text);
  if (is_amount(&maker->inquiry.image->facts.at[lever->fact]))
    add_amounts(maker, lever, ways, step);
  else
    for (uint32_t turn = 0; turn < lever->turn_count; turn++)
      if (occurs(ways, step->lever, turn))
        step->to[step->to_count++] = lever->turns[turn].to;
  if (ways->count && ways->at[0].turns[step->lever] != NONE)
    step->one = lever->turns[ways->at[0].turns[step->lever]].to;
}

static uint32_t count_turns(const Lever *lever, const Ways *ways,
                            uint32_t number) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < lever->turn_count; i++)
    count += occurs(ways, number, i);
  return count ? count : 1;
}

static void make_set(Maker *maker, const SmallestSet *from, WhyNotSet *set) {
  const Levers *levers = &maker->why_not->levers;
  uint64_t mixes = 1;
  set->steps = ARENA_ARRAY(maker->arena, lever_set_count(&from->levers) + 1,
                           WhyNotStep);
  run_start(maker, from->ways.count ? from->ways.at[0].start
                                    : maker->search.start, maker->then);
  for (uint32_t i = 0; i < levers->count; i++) {
    if (!lever_set_has(&from->levers, i))
      continue;
    WhyNotStep *step = &set->steps[set->step_count++];
    *step = (WhyNotStep){.lever = i, .one = TEXT_NONE};
    find_turns(maker, &from->ways, step);
    find_tests(maker, &levers->at[i], step);
    mixes *= count_turns(&levers->at[i], &from->ways, i);
  }
  set->every_mix = mixes == from->ways.count;
}

static void make_sets(Maker *maker, const Situation *situation) {
  Smallest smallest;
  WhyNot *why_not = maker->why_not;
  LeverQuery query = {&maker->inquiry, situation, maker->search.counts,
                      point_standing(maker->rule), LEVERS_ALL};
  levers_find(maker->arena, &query, &why_not->levers);
  levers_bearing(maker->arena, &query, maker->bearing);
  run_start(maker, maker->search.start, maker->now);
  reach_make(maker->arena, &maker->search, situation, &why_not->levers,
             &maker->reach);
  reach_aim(&maker->reach, query.point, in_force_bit());
  smallest_find(&maker->reach, false, &smallest);
  why_not->complete = smallest.complete;
  why_not->set_count = smallest.sets.count;
  why_not->sets = ARENA_ARRAY(maker->arena, smallest.sets.count + 1, WhyNotSet);
  for (uint32_t i = 0; i < smallest.sets.count; i++)
    make_set(maker, &smallest.sets.at[i], &why_not->sets[i]);
  if (!why_not->set_count && why_not->complete)
    why_not->state = WHY_NOT_DONE;
}

void why_not_make(Arena *arena, const Image *image, const Situation *situation,
                  uint32_t rule, uint64_t budget, WhyNot *why_not) {
  Maker maker = {.arena = arena, .rule = rule, .why_not = why_not};
  uint32_t registers = image->policy.at[0].registers + 1;
  *why_not = (WhyNot){.complete = true};
  inquiry_make(arena, image, situation, &maker.inquiry);
  search_make(arena, &maker.inquiry, situation,
              budget ? budget : WHY_NOT_BUDGET, &maker.search);
  maker.bearing = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  maker.now = ARENA_ARRAY(arena, registers, uint8_t);
  maker.then = ARENA_ARRAY(arena, registers, uint8_t);
  why_not->state = find_state(&maker, situation);
  if (why_not->state == WHY_NOT_FACTS)
    make_sets(&maker, situation);
  why_not->work = maker.search.work;
}

#include "runtime/update.h"

#include <string.h>

#include "runtime/outcome_steps.h"

/* ------------------------------------------------------------------ pending */

static void pending_make(Arena *arena, uint32_t items, Pending *pending) {
  *pending = (Pending){ARENA_ARRAY(arena, items / 64 + 1, uint64_t), 1, 0};
}

void pending_add(Pending *pending, uint32_t item) {
  uint32_t word = item / 64;
  bool none = pending->low > pending->high;
  pending->bits[word] |= UINT64_C(1) << item % 64;
  if (none || word < pending->low) pending->low = word;
  if (none || word > pending->high) pending->high = word;
}

bool pending_take(Pending *pending, uint32_t *item) {
  for (; pending->low <= pending->high; pending->low++) {
    uint64_t *bits = &pending->bits[pending->low];
    if (!*bits) continue;
    *item = pending->low * 64 + (uint32_t)__builtin_ctzll(*bits);
    *bits &= *bits - 1;
    return true;
  }
  return false;
}

/* Takes out the highest item. */
static bool take_last(Pending *pending, uint32_t *item) {
  for (uint32_t end = pending->high + 1; end > pending->low; end--) {
    uint64_t *bits = &pending->bits[end - 1];
    pending->high = end - 1;
    if (!*bits) continue;
    uint32_t bit = 63 - (uint32_t)__builtin_clzll(*bits);
    *item = pending->high * 64 + bit;
    *bits &= ~(UINT64_C(1) << bit);
    return true;
  }
  pending->low = pending->high + 1;
  return false;
}

void pending_add_all(Pending *pending, const Lists *lists, uint32_t key) {
  for (uint32_t i = lists->first[key]; i < lists->first[key + 1]; i++)
    pending_add(pending, lists->at[i]);
}

/* ------------------------------------------------------------------ tallies */

static uint8_t tally_kind(const Inquiry *inquiry, const uint8_t *counts,
                          uint32_t index) {
  const Rule *rule = &inquiry->image->rules.at[index];
  if (rule_gives_finding(rule))
    return (uint8_t)(rule->layer * VERDICT_COUNT + counts[index]);
  if (rule->kind == RULE_EMERGENCY)
    return TALLY_EMERGENCY;
  return rule->kind == RULE_HOLDING_BACK ? TALLY_HARM : TALLY_NOTHING;
}

static void tally_add(InForce *tally, uint8_t in_force) {
  tally->possibly += (in_force & THREE_YES) != 0;
  tally->surely += in_force == THREE_YES;
}

static void tally_take(InForce *tally, uint8_t in_force) {
  tally->possibly -= (in_force & THREE_YES) != 0;
  tally->surely -= in_force == THREE_YES;
}

static Three tally_any(const InForce *tally) {
  return tally->surely ? THREE_YES : tally->possibly ? THREE_OPEN : THREE_NO;
}

static void note_open(Update *update, uint32_t place, Three condition) {
  const Inquiry *inquiry = update->resting->inquiry;
  uint64_t bit = UINT64_C(1) << place % 64;
  bool open = condition == THREE_OPEN &&
              inquiry->dates[inquiry->rules[place]] == STANDING_IN_FORCE;
  if (open)
    update->open[place / 64] |= bit;
  else
    update->open[place / 64] &= ~bit;
}

static void count_tallies(Update *update) {
  const Inquiry *inquiry = update->resting->inquiry;
  memset(update->tallies, 0, sizeof update->tallies);
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    update->kinds[i] = tally_kind(inquiry, update->counts, rule);
    tally_add(&update->tallies[update->kinds[i]],
              update->space.in_force[rule]);
    note_open(update, i, rule_condition(inquiry, rule, &update->space));
  }
  update->tallied = true;
}

/* ------------------------------------------------------------------- rules */

static void run_steps(Update *update) {
  const Resting *resting = update->resting;
  const Inquiry *inquiry = resting->inquiry;
  uint8_t *registers = update->space.registers;
  uint32_t step;
  while (pending_take(&update->steps, &step)) {
    const uint32_t *at =
        inquiry->image->code.at + inquiry->program.instructions[step];
    uint8_t value = (uint8_t)machine_step(&inquiry->grid, at, update->cells,
                                          registers);
    if (value == registers[at[1]])
      continue;
    registers[at[1]] = value;
    pending_add_all(&update->steps, &resting->readers, step);
    pending_add_all(&update->applying, &resting->rules, step);
  }
}

/* Rules before the exceptions to them: the last place first. */
static void run_applying(Update *update) {
  const Inquiry *inquiry = update->resting->inquiry;
  uint32_t place;
  while (take_last(&update->applying, &place)) {
    uint32_t rule = inquiry->rules[place];
    Three condition = rule_condition(inquiry, rule, &update->space);
    uint8_t applies = (uint8_t)rule_applies(inquiry, rule, &update->space);
    update->outcome[point_condition(rule)] = (uint8_t)condition;
    note_open(update, place, condition);
    if (applies == update->space.applies[rule])
      continue;
    update->space.applies[rule] = applies;
    pending_add_all(&update->applying, &update->resting->exceptions, place);
    pending_add(&update->standing, place);
  }
}

/* Whether an exception to the rule is in force. */
static Three find_displaced(const Update *update, uint32_t place) {
  const Lists *lists = &update->resting->exceptions;
  const Inquiry *inquiry = update->resting->inquiry;
  Three any = THREE_NO;
  for (uint32_t i = lists->first[place]; i < lists->first[place + 1]; i++) {
    uint32_t exception = inquiry->rules[lists->at[i]];
    any = three_or(any, (Three)update->space.in_force[exception]);
  }
  return any;
}

static void pass_on(Update *update, uint32_t place) {
  const Resting *resting = update->resting;
  const Image *image = resting->inquiry->image;
  const Rule *rule = &image->rules.at[resting->inquiry->rules[place]];
  for (uint32_t k = 0; k < rule->displaces.count; k++) {
    uint32_t named = image->links.at[rule->displaces.first + k].rule;
    if (resting->inquiry->in_scope[named])
      pending_add(&update->standing, resting->places[named]);
  }
  if (rule->duties.count)
    pending_add(&update->dutiful, place);
}

/* Exceptions before what they displace: the first place first. */
static void run_standing(Update *update) {
  const Inquiry *inquiry = update->resting->inquiry;
  Workspace *space = &update->space;
  uint32_t place;
  while (pending_take(&update->standing, &place)) {
    uint32_t rule = inquiry->rules[place];
    uint8_t before = space->in_force[rule];
    space->displaced[rule] = (uint8_t)find_displaced(update, place);
    rule_stands(inquiry, rule, space, update->outcome);
    if (space->in_force[rule] == before)
      continue;
    InForce *tally = &update->tallies[update->kinds[place]];
    tally_take(tally, before);
    tally_add(tally, space->in_force[rule]);
    pass_on(update, place);
  }
}

/* ----------------------------------------------------------------- findings */

static void run_otherwise(Update *update) {
  const Inquiry *inquiry = update->resting->inquiry;
  Three findings[LAYER_COUNT], any = THREE_NO;
  for (uint32_t layer = 0; layer < LAYER_COUNT; layer++) {
    for (uint32_t v = 0; v < VERDICT_COUNT; v++)
      any = three_or(any,
                     tally_any(&update->tallies[layer * VERDICT_COUNT + v]));
    findings[layer] = any;
  }
  for (uint32_t i = 0; i < inquiry->otherwise.count; i++) {
    uint32_t rule = inquiry->otherwise.at[i];
    if (inquiry->image->rules.at[rule].duties.count)
      pending_add(&update->dutiful, update->resting->places[rule]);
  }
  otherwise_stands(inquiry, findings, &update->space, update->outcome);
}

static void run_verdict(Update *update) {
  const Inquiry *inquiry = update->resting->inquiry;
  unsigned possible = 0, surely = SILENT;
  for (uint32_t i = 0; i < TALLY_EMERGENCY; i++) {
    unsigned verdict = i % VERDICT_COUNT;
    if (update->tallies[i].possibly) possible |= 1u << verdict;
    if (update->tallies[i].surely && verdict > surely) surely = verdict;
  }
  for (uint32_t i = 0; i < inquiry->otherwise.count; i++) {
    uint32_t rule = inquiry->otherwise.at[i];
    uint8_t speaks = update->space.in_force[rule];
    unsigned verdict = update->counts[rule];
    if (speaks & THREE_YES) possible |= 1u << verdict;
    if (speaks == THREE_YES && verdict > surely) surely = verdict;
  }
  verdict_stands(inquiry, possible, surely, &update->space, update->outcome);
}

/* Another verdict bears on the duties of all rules. */
static void run_duties(Update *update, bool all) {
  const Resting *resting = update->resting;
  uint32_t place;
  for (uint32_t i = 0; all && i < resting->dutiful_count; i++)
    pending_add(&update->dutiful, resting->dutiful[i]);
  while (pending_take(&update->dutiful, &place))
    duties_stand(resting->inquiry, update->counts,
                 resting->inquiry->rules[place], &update->space,
                 update->outcome);
}

static void run_findings(Update *update) {
  const Inquiry *inquiry = update->resting->inquiry;
  uint8_t before = update->outcome[POINT_VERDICT];
  run_otherwise(update);
  run_verdict(update);
  second_stands(inquiry, tally_any(&update->tallies[TALLY_EMERGENCY]),
                tally_any(&update->tallies[TALLY_HARM]), update->outcome);
  run_duties(update, before != update->outcome[POINT_VERDICT]);
}

/* --------------------------------------------------------------- evaluating */

void update_make(Arena *arena, const Resting *resting, Update *update) {
  const Inquiry *inquiry = resting->inquiry;
  uint32_t rules = inquiry->rule_count;
  *update = (Update){.resting = resting};
  workspace_make(arena, inquiry, &update->space);
  update->outcome = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
  update->cells = ARENA_ARRAY(arena, inquiry->grid.words + 1, Cells);
  update->counts = ARENA_ARRAY(arena, inquiry->image->rules.count + 1,
                               uint8_t);
  update->kinds = ARENA_ARRAY(arena, rules + 1, uint8_t);
  update->open = ARENA_ARRAY(arena, rules / 64 + 1, uint64_t);
  pending_make(arena, inquiry->program.count, &update->steps);
  pending_make(arena, rules, &update->applying);
  pending_make(arena, rules, &update->standing);
  pending_make(arena, rules, &update->dutiful);
}

/* Is it better evaluated whole: do the findings count otherwise, or does more
 * than a quarter of the cells differ? */
static bool much_differs(const Update *update, const uint8_t *counts,
                         const Cells *cells) {
  const Inquiry *inquiry = update->resting->inquiry;
  uint32_t words = inquiry->grid.words, differing = 0;
  if (!update->made ||
      memcmp(counts, update->counts, inquiry->image->rules.count) != 0)
    return true;
  for (uint32_t i = 0; i < words; i++)
    differing += cells[i] != update->cells[i];
  return differing * 4 > words;
}

static void evaluate_whole(Update *update, const uint8_t *counts,
                           const Cells *cells) {
  const Inquiry *inquiry = update->resting->inquiry;
  memcpy(update->cells, cells, inquiry->grid.words * sizeof *cells);
  memcpy(update->counts, counts, inquiry->image->rules.count);
  outcome_evaluate(inquiry, counts, cells, &update->space, update->outcome);
  update->made = true;
  update->tallied = false;
}

void update_evaluate(Update *update, const uint8_t *counts,
                     const Cells *cells) {
  const Resting *resting = update->resting;
  if (much_differs(update, counts, cells)) {
    evaluate_whole(update, counts, cells);
    return;
  }
  if (!update->tallied) count_tallies(update);
  for (uint32_t i = 0; i < resting->inquiry->grid.words; i++) {
    if (update->cells[i] == cells[i]) continue;
    update->cells[i] = cells[i];
    pending_add_all(&update->steps, &resting->tests, resting->variables[i]);
  }
  run_steps(update);
  run_applying(update);
  run_standing(update);
  run_findings(update);
}

const uint64_t *update_open(Update *update) {
  if (!update->tallied) count_tallies(update);
  return update->open;
}

void update_copy(Update *to, const Update *from) {
  const Inquiry *inquiry = from->resting->inquiry;
  uint32_t rules = inquiry->image->rules.count;
  memcpy(to->space.registers, from->space.registers,
         inquiry->image->policy.at[0].registers);
  memcpy(to->space.applies, from->space.applies, rules);
  memcpy(to->space.displaced, from->space.displaced, rules);
  memcpy(to->space.in_force, from->space.in_force, rules);
  to->space.surely = from->space.surely;
  memcpy(to->outcome, from->outcome, inquiry->points);
  memcpy(to->cells, from->cells, inquiry->grid.words * sizeof(Cells));
  memcpy(to->counts, from->counts, rules);
  to->made = from->made;
  to->tallied = from->tallied;
  if (!from->tallied) return;
  memcpy(to->kinds, from->kinds, inquiry->rule_count);
  memcpy(to->tallies, from->tallies, sizeof to->tallies);
  memcpy(to->open, from->open,
         (inquiry->rule_count / 64 + 1) * sizeof *to->open);
}

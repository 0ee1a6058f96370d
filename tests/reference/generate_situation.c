#include "tests/reference/generate.h"

/* One of the values that the policy's tests can tell apart. */
static int64_t pick_amount(Random *random, const RefValues *values) {
  return values->at[random_below(random, values->count)].amount;
}

static void give_spans(Arena *arena, Given *given, uint32_t count) {
  given->given = true;
  given->spans = ARENA_ARRAY(arena, count, ValueSpan);
  given->span_count = count;
}

static void give_exact(Arena *arena, Random *random, const RefValues *values,
                       Given *given) {
  give_spans(arena, given, 1);
  given->spans[0].low = given->spans[0].high = pick_amount(random, values);
}

/* Several values, or one range, of what the tests can tell apart. */
static void give_several(Arena *arena, Random *random, const RefFact *fact,
                         const RefValues *values, Given *given) {
  int64_t a = pick_amount(random, values), b = pick_amount(random, values);
  int64_t low = a < b ? a : b, high = a < b ? b : a;
  bool range = fact->value_count == 0 || fact->type == TYPE_SCALE;
  if (low == high || (range && random_chance(random, 60))) {
    give_spans(arena, given, 1);
    given->spans[0] = (ValueSpan){low, high};
    return;
  }
  give_spans(arena, given, 2);
  given->spans[0] = (ValueSpan){low, low};
  given->spans[1] = (ValueSpan){high, high};
}

static void give_members(Random *random, const RefFact *fact, Given *given) {
  given->given = true;
  given->members = random_next(random) & random_next(random) &
                   ((UINT64_C(1) << fact->value_count) - 1);
  if (random_chance(random, 40))
    given->members |= UINT64_C(1) << random_below(random, fact->value_count);
}

/* An event at or next to an edge of some window. */
static Event random_event(Random *random, const RefUniverse *universe,
                          uint32_t fact) {
  const RefTests *tests = &universe->own[fact];
  Event event = {universe->as_of, 1};
  if (universe->policy->facts.at[fact].item != TYPE_DATE)
    event.amount = random_from(random, 0, 5);
  if (!tests->count) return event;
  const RefCondition *test = tests->at[random_below(random, tests->count)];
  if (test->kind != REF_RECORD) return event;
  Day after, last;
  ref_window(test->window, test->length, universe->as_of, &after, &last);
  Day edge = random_chance(random, 50) ? after : last;
  event.day = edge + (Day)random_from(random, -1, 1);
  if (event.day > universe->as_of) event.day = universe->as_of;
  if (event.day < DAY_FIRST) event.day = DAY_FIRST;
  if (test->aggregate == AGGREGATE_TOTAL && random_chance(random, 60))
    event.amount = test->values[0] + random_from(random, -1, 1);
  if (event.amount < 0) event.amount = 0;
  return event;
}

static void give_events(Arena *arena, Random *random,
                        const RefUniverse *universe, uint32_t fact,
                        Given *given) {
  uint32_t count = random_below(random, 4);
  given->given = true;
  given->events = ARENA_ARRAY(arena, count, Event);
  given->event_count = count;
  for (uint32_t i = 0; i < count; i++)
    given->events[i] = random_event(random, universe, fact);
}

static void give(Arena *arena, Random *random, const RefUniverse *universe,
                 uint32_t index, bool exact, Given *given) {
  const RefFact *fact = &universe->policy->facts.at[index];
  const RefValues *values = &universe->values[index];
  if (fact->type == TYPE_SET)
    give_members(random, fact, given);
  else if (fact->type == TYPE_RECORD)
    give_events(arena, random, universe, index, given);
  else if (exact || fact->dimension == SUPPORT || random_chance(random, 65))
    give_exact(arena, random, values, given);
  else
    give_several(arena, random, fact, values, given);
}

static Day random_day(Random *random, const RefPolicy *policy) {
  static const int dates[][3] = {{2026, 6, 15}, {2026, 2, 28}, {2026, 3, 31},
                                 {2024, 2, 29}, {2026, 1, 1},  {2025, 12, 31}};
  uint32_t pick = random_below(random, 6 + 2 * policy->rules.count);
  Day day = DAY_FIRST;
  if (pick >= 6) {
    const RefRule *rule = &policy->rules.at[(pick - 6) / 2];
    Day edge = pick % 2 ? rule->from : rule->until;
    if (edge != DAY_NONE) return edge + (Day)random_from(random, -1, 1);
    pick %= 6;
  }
  day_make(dates[pick][0], dates[pick][1], dates[pick][2], &day);
  return day;
}

void generate_situation(Arena *arena, Random *random, const RefPolicy *policy,
                        bool complete, Situation *situation) {
  RefUniverse universe;
  uint32_t unknown = 20 + random_below(random, 60);
  *situation = (Situation){
      .facts = ARENA_ARRAY(arena, policy->facts.count, Given),
      .boundary = random_chance(random, 4)
                      ? REF_NONE
                      : random_below(random, policy->boundaries.count),
      .as_of = random_day(random, policy),
      .tense = random_chance(random, 30) ? TENSE_HAPPENED : TENSE_PROPOSED};
  ref_universe_make(arena, policy, situation, &universe);
  for (uint32_t i = 0; i < policy->facts.count; i++)
    if (complete || !random_chance(random, unknown))
      give(arena, random, &universe, i, complete, &situation->facts[i]);
}

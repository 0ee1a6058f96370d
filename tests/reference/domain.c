#include "tests/reference/domain.h"

#include <stdlib.h>

#define SMALL_LATTICE 40     /* a fact that is added: take every value */
#define SMALL_CONSTANT 15    /* records: take every total */
#define REALISATIONS_MOST 60000
#define SEGMENTS_MOST 6

typedef Vec(int64_t) Amounts;

/* ------------------------------------------------------ tests in scope */

static void tests_walk(Arena *arena, RefUniverse *universe,
                       const RefCondition *condition) {
  for (uint32_t i = 0; i < condition->part_count; i++)
    tests_walk(arena, universe, condition->parts[i]);
  if (condition->kind == REF_TEST || condition->kind == REF_RECORD)
    VEC_PUSH(arena, &universe->own[condition->fact], condition);
  if (condition->kind == REF_RECORD && condition->with != REF_NONE)
    VEC_PUSH(arena, &universe->with[condition->with], condition);
  if (condition->named == REF_NONE) return;
  const RefNamed *named = &universe->policy->named.at[condition->named];
  for (uint32_t i = 0; i < named->part_count; i++)
    tests_walk(arena, universe, named->parts[i]);
}

static void cuts_walk(Arena *arena, RefUniverse *universe,
                      const RefCondition *condition) {
  for (uint32_t i = 0; i < condition->part_count; i++)
    cuts_walk(arena, universe, condition->parts[i]);
  if (condition->kind == REF_TEST)
    VEC_PUSH(arena, &universe->cuts[condition->fact], condition);
}

static void cuts_find(Arena *arena, RefUniverse *universe) {
  const RefPolicy *policy = universe->policy;
  universe->cuts = ARENA_ARRAY(arena, policy->facts.count, RefTests);
  for (uint32_t i = 0; i < policy->rules.count; i++)
    if (policy->rules.at[i].condition)
      cuts_walk(arena, universe, policy->rules.at[i].condition);
  for (uint32_t i = 0; i < policy->named.count; i++)
    for (uint32_t k = 0; k < policy->named.at[i].part_count; k++)
      cuts_walk(arena, universe, policy->named.at[i].parts[k]);
}

static void tests_find(Arena *arena, RefUniverse *universe) {
  const RefPolicy *policy = universe->policy;
  RefCase one = {policy, universe->boundary, universe->as_of,
                 universe->happened, NULL};
  universe->own = ARENA_ARRAY(arena, policy->facts.count, RefTests);
  universe->with = ARENA_ARRAY(arena, policy->facts.count, RefTests);
  for (uint32_t i = 0; i < policy->rules.count; i++) {
    const RefRule *rule = &policy->rules.at[i];
    if (rule->condition && ref_rule_in_scope(&one, rule))
      tests_walk(arena, universe, rule->condition);
  }
}

/* -------------------------------------------------------------- amounts */

static int compare_amounts(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static void amounts_sort(Amounts *amounts) {
  if (!amounts->count) return;
  qsort(amounts->at, amounts->count, sizeof *amounts->at, compare_amounts);
  uint32_t kept = 1;
  for (uint32_t i = 1; i < amounts->count; i++)
    if (amounts->at[i] != amounts->at[kept - 1])
      amounts->at[kept++] = amounts->at[i];
  amounts->count = kept;
}

static int64_t lowest(const RefFact *fact) {
  return fact->type == TYPE_DATE ? DAY_FIRST : fact->low;
}

static int64_t highest(const RefUniverse *universe, const RefFact *fact) {
  if (fact->type != TYPE_DATE) return fact->high;
  return fact->may_be_ahead ? DAY_LAST : universe->as_of;
}

/* The points of the lattice near `value`, up to two steps away. */
static void amounts_near(Arena *arena, const RefUniverse *universe,
                         uint32_t index, int64_t value, Amounts *amounts) {
  const RefFact *fact = &universe->policy->facts.at[index];
  int64_t low = lowest(fact), high = highest(universe, fact);
  int64_t step = fact->type == TYPE_DATE ? 1 : fact->step;
  int64_t floor = value < low ? low : low + (value - low) / step * step;
  for (int64_t i = -2; i <= 2; i++) {
    int64_t near = floor + i * step;
    if (low <= near && near <= high) VEC_PUSH(arena, amounts, near);
  }
}

static bool is_ago_test(const RefCondition *test) {
  return test->relation == RELATION_WITHIN ||
         test->relation == RELATION_MORE_THAN_AGO ||
         test->relation == RELATION_AT_LEAST_AGO ||
         test->relation == RELATION_LESS_THAN_AGO;
}

static void amounts_of_tests(Arena *arena, const RefUniverse *universe,
                             uint32_t fact, Amounts *amounts) {
  const RefTests *tests = &universe->cuts[fact];
  for (uint32_t i = 0; i < tests->count; i++)
    for (uint32_t v = 0; v < tests->at[i]->value_count; v++) {
      int64_t value = tests->at[i]->values[v];
      if (is_ago_test(tests->at[i]))
        value = ref_ago(universe->as_of, value, tests->at[i]->months);
      amounts_near(arena, universe, fact, value, amounts);
    }
  if (universe->policy->facts.at[fact].type == TYPE_DATE)
    amounts_near(arena, universe, fact, universe->as_of, amounts);
}

static void amounts_of_given(Arena *arena, const RefUniverse *universe,
                             uint32_t fact, const Given *given,
                             Amounts *amounts) {
  for (uint32_t i = 0; given->given && i < given->span_count; i++) {
    amounts_near(arena, universe, fact, given->spans[i].low, amounts);
    amounts_near(arena, universe, fact, given->spans[i].high, amounts);
  }
}

/* What a known record adds up to in the test's window. */
static int64_t known_total(const RefUniverse *universe,
                           const RefCondition *test, const Given *record) {
  Day after, last;
  int64_t total = 0;
  ref_window(test->window, test->length, universe->as_of, &after, &last);
  for (uint32_t i = 0; record->given && i < record->event_count; i++)
    if (after < record->events[i].day && record->events[i].day <= last)
      total += record->events[i].amount;
  return total;
}

/* For a fact that is added to totals: c - T, with T known, or 0, b. */
static void amounts_of_totals(Arena *arena, const RefUniverse *universe,
                              uint32_t fact, const Situation *situation,
                              Amounts *amounts) {
  const RefTests *tests = &universe->with[fact];
  for (uint32_t i = 0; i < tests->count; i++) {
    const RefCondition *test = tests->at[i];
    const RefTests *others = &universe->own[test->fact];
    int64_t total = known_total(universe, test, &situation->facts[test->fact]);
    for (uint32_t v = 0; v < test->value_count; v++) {
      int64_t c = test->values[v];
      amounts_near(arena, universe, fact, c, amounts);
      amounts_near(arena, universe, fact, c - total, amounts);
      for (uint32_t o = 0; o < others->count; o++)
        for (uint32_t b = 0; b < others->at[o]->value_count; b++)
          if (!others->at[o]->none)
            amounts_near(arena, universe, fact, c - others->at[o]->values[b],
                         amounts);
    }
  }
}

static void amounts_all(Arena *arena, const RefFact *fact, Amounts *amounts) {
  for (int64_t v = fact->low; v <= fact->high; v += fact->step)
    VEC_PUSH(arena, amounts, v);
}

static void fill_amounts(Arena *arena, RefUniverse *universe, uint32_t index,
                         const Situation *situation) {
  const RefFact *fact = &universe->policy->facts.at[index];
  Amounts amounts = {0};
  amounts_near(arena, universe, index, lowest(fact), &amounts);
  amounts_near(arena, universe, index, highest(universe, fact), &amounts);
  amounts_of_tests(arena, universe, index, &amounts);
  amounts_of_given(arena, universe, index, &situation->facts[index], &amounts);
  amounts_of_totals(arena, universe, index, situation, &amounts);
  if (universe->with[index].count > 0 &&
      (fact->high - fact->low) / fact->step < SMALL_LATTICE)
    amounts_all(arena, fact, &amounts);
  amounts_sort(&amounts);
  for (uint32_t i = 0; i < amounts.count; i++)
    VEC_ADD(arena, &universe->values[index])->amount = amounts.at[i];
}

static void fill_members(Arena *arena, RefUniverse *universe, uint32_t index) {
  const RefFact *fact = &universe->policy->facts.at[index];
  if (fact->value_count > 6) universe->sufficient = false;
  uint64_t all = fact->value_count > 6 ? 1 : UINT64_C(1) << fact->value_count;
  for (uint64_t members = 0; members < all; members++)
    VEC_ADD(arena, &universe->values[index])->members = members;
}

/* -------------------------------------------------------------- records */

/* What one segment of an unknown record may hold. */
typedef struct Segments {
  Day days[SEGMENTS_MOST]; /* the last day of each */
  uint32_t count;
  Amounts totals;    /* that one segment may have */
  int64_t most_events;
} Segments;

/* The days on which segments end, latest first. */
static void find_segments(Arena *arena, RefUniverse *universe, uint32_t fact,
                          Segments *segments) {
  Amounts days = {0};
  const RefTests *tests = &universe->own[fact];
  VEC_PUSH(arena, &days, universe->as_of);
  for (uint32_t i = 0; i < tests->count; i++) {
    Day after, last;
    if (tests->at[i]->kind != REF_RECORD) continue;
    ref_window(tests->at[i]->window, tests->at[i]->length, universe->as_of,
               &after, &last);
    if (after >= DAY_FIRST) VEC_PUSH(arena, &days, after);
    if (last >= DAY_FIRST) VEC_PUSH(arena, &days, last);
  }
  amounts_sort(&days);
  if (days.count > SEGMENTS_MOST) universe->sufficient = false;
  while (days.count > 0 && segments->count < SEGMENTS_MOST)
    segments->days[segments->count++] = (Day)days.at[--days.count];
}

static void differences(Arena *arena, const Amounts *ends, Amounts *totals) {
  for (uint32_t a = 0; a < ends->count; a++)
    for (uint32_t b = 0; b < ends->count; b++)
      if (ends->at[a] >= ends->at[b])
        VEC_PUSH(arena, totals, ends->at[a] - ends->at[b]);
}

/* The lower ends of the cells of every total: 0, c and c + 1, and less what
 * may be added. */
static int64_t total_ends(Arena *arena, const RefUniverse *universe,
                          uint32_t fact, Amounts *ends) {
  const RefTests *tests = &universe->own[fact];
  int64_t most = 0;
  VEC_PUSH(arena, ends, 0);
  for (uint32_t i = 0; i < tests->count; i++) {
    const RefCondition *test = tests->at[i];
    if (test->kind != REF_RECORD || test->aggregate != AGGREGATE_TOTAL)
      continue;
    for (uint32_t v = 0; v < test->value_count; v++) {
      int64_t c = test->values[v];
      if (c > most) most = c;
      VEC_PUSH(arena, ends, c);
      VEC_PUSH(arena, ends, c + 1);
      if (test->with == REF_NONE) continue;
      const RefValues *added = &universe->values[test->with];
      for (uint32_t a = 0; a < added->count; a++)
        for (int64_t d = 0; d <= 1; d++)
          if (c - added->at[a].amount + d >= 0)
            VEC_PUSH(arena, ends, c - added->at[a].amount + d);
    }
  }
  amounts_sort(ends);
  return most;
}

static bool windows_are_nested(const RefTests *tests) {
  for (uint32_t i = 0; i < tests->count; i++)
    if (tests->at[i]->kind == REF_RECORD &&
        tests->at[i]->aggregate == AGGREGATE_TOTAL &&
        tests->at[i]->window == WINDOW_LAST_MONTH)
      return false;
  return true;
}

static void find_totals(Arena *arena, RefUniverse *universe, uint32_t fact,
                        Segments *segments) {
  Amounts ends = {0};
  int64_t most = total_ends(arena, universe, fact, &ends);
  bool none = ends.count == 1; /* no test of a total */
  if (most <= SMALL_CONSTANT) {
    for (int64_t x = 0; x <= (none ? 0 : most + 1); x++)
      VEC_PUSH(arena, &segments->totals, x);
  } else {
    differences(arena, &ends, &segments->totals);
    if (!windows_are_nested(&universe->own[fact])) universe->sufficient = false;
  }
  amounts_sort(&segments->totals);
}

static void find_counts(const RefUniverse *universe, uint32_t fact,
                        Segments *segments) {
  const RefTests *tests = &universe->own[fact];
  segments->most_events = 1;
  for (uint32_t i = 0; i < tests->count; i++)
    for (uint32_t v = 0; v < tests->at[i]->value_count; v++)
      if (tests->at[i]->kind == REF_RECORD &&
          tests->at[i]->aggregate == AGGREGATE_COUNT &&
          tests->at[i]->values[v] >= segments->most_events)
        segments->most_events = tests->at[i]->values[v] + 1;
}

/* How many choices a segment has: no event, or n events of total x. */
static uint64_t segment_choices(const Segments *segments) {
  return 1 + (uint64_t)segments->most_events * segments->totals.count;
}

static void add_events(Arena *arena, const Segments *segments, uint32_t segment,
                       uint64_t choice, bool dates, RefValue *value) {
  if (choice == 0) return;
  uint64_t events = 1 + (choice - 1) / segments->totals.count;
  int64_t total = segments->totals.at[(choice - 1) % segments->totals.count];
  Event *grown = ARENA_ARRAY(arena, value->event_count + events, Event);
  for (uint32_t i = 0; i < value->event_count; i++) grown[i] = value->events[i];
  for (uint64_t i = 0; i < events; i++)
    grown[value->event_count + i] =
        (Event){segments->days[segment], dates ? 1 : i == 0 ? total : 0};
  value->events = grown;
  value->event_count += (uint32_t)events;
}

static RefValue realise(Arena *arena, const Segments *segments, bool dates,
                        uint64_t number) {
  RefValue value = {0};
  uint64_t choices = segment_choices(segments);
  for (uint32_t s = 0; s < segments->count; s++, number /= choices)
    add_events(arena, segments, s, number % choices, dates, &value);
  return value;
}

/* --------------------------------------------------------------- sameness */

static bool truth(const RefUniverse *universe, RefValue *facts,
                  const RefCondition *test) {
  RefCase one = {universe->policy, universe->boundary, universe->as_of,
                 universe->happened, facts};
  return ref_condition_holds(&one, test);
}

/* Appends the truths of a test for every representative of `other`. */
static void sign_with(Arena *arena, const RefUniverse *universe,
                      RefValue *facts, const RefCondition *test,
                      uint32_t other, Buffer *out) {
  const RefValues *values = &universe->values[other];
  (void)arena;
  for (uint32_t i = 0; i < values->count; i++) {
    facts[other] = values->at[i];
    buffer_put_char(out, truth(universe, facts, test) ? '1' : '0');
  }
}

/* Everything that tests in scope can see of a value, as a text. */
static Text signature(Arena *arena, const RefUniverse *universe, uint32_t fact,
                      const RefValue *value) {
  Buffer out = {.arena = arena};
  RefValue *facts = ARENA_ARRAY(arena, universe->policy->facts.count, RefValue);
  const RefTests *own = &universe->own[fact], *with = &universe->with[fact];
  facts[fact] = *value;
  for (uint32_t i = 0; i < own->count; i++)
    if (own->at[i]->with == REF_NONE)
      buffer_put_char(&out, truth(universe, facts, own->at[i]) ? '1' : '0');
    else
      sign_with(arena, universe, facts, own->at[i], own->at[i]->with, &out);
  for (uint32_t i = 0; i < with->count; i++)
    sign_with(arena, universe, facts, with->at[i], with->at[i]->fact, &out);
  return buffer_text(&out);
}

bool ref_same_cell(Arena *arena, const RefUniverse *universe, uint32_t fact,
                   const RefValue *a, const RefValue *b) {
  RefValue *facts = ARENA_ARRAY(arena, universe->policy->facts.count, RefValue);
  const RefTests *cuts = &universe->cuts[fact];
  for (uint32_t i = 0; i < cuts->count; i++) {
    facts[fact] = *a;
    bool first = truth(universe, facts, cuts->at[i]);
    facts[fact] = *b;
    if (first != truth(universe, facts, cuts->at[i])) return false;
  }
  return true;
}

/* Adds the value unless one of its kind is there. */
static void add_new(Arena *arena, const RefUniverse *universe, uint32_t fact,
                    const RefValue *value, RefNames *seen, RefValues *values) {
  Text sign = signature(arena, universe, fact, value);
  for (uint32_t i = 0; i < seen->count; i++)
    if (text_equal(seen->at[i], sign)) return;
  VEC_PUSH(arena, seen, sign);
  VEC_PUSH(arena, values, *value);
}

/* ----------------------------------------------------------- the universe */

static void fill_records(Arena *arena, RefUniverse *universe, uint32_t fact,
                         const Given *given) {
  Segments segments = {0};
  RefNames seen = {0};
  bool dates = universe->policy->facts.at[fact].item == TYPE_DATE;
  find_segments(arena, universe, fact, &segments);
  find_totals(arena, universe, fact, &segments);
  find_counts(universe, fact, &segments);
  uint64_t number = 1;
  for (uint32_t s = 0; s < segments.count; s++)
    number *= segment_choices(&segments);
  if (number > REALISATIONS_MOST) universe->sufficient = false;
  for (uint64_t i = 0; universe->sufficient && i < number; i++) {
    RefValue value = realise(arena, &segments, dates, i);
    add_new(arena, universe, fact, &value, &seen, &universe->values[fact]);
  }
  if (given->given)
    VEC_PUSH(arena, &universe->values[fact], ref_exact_value(given));
}

static void fill(Arena *arena, RefUniverse *universe, uint32_t index,
                 const Situation *situation) {
  const RefFact *fact = &universe->policy->facts.at[index];
  if (fact->type == TYPE_SET)
    fill_members(arena, universe, index);
  else if (fact->type != TYPE_RECORD && fact->value_count > 0)
    for (uint32_t i = 0; i < fact->value_count; i++)
      VEC_ADD(arena, &universe->values[index])->amount = i;
  else if (fact->type != TYPE_RECORD)
    fill_amounts(arena, universe, index, situation);
}

void ref_universe_make(Arena *arena, const RefPolicy *policy,
                       const Situation *situation, RefUniverse *universe) {
  uint32_t count = policy->facts.count;
  *universe = (RefUniverse){.policy = policy,
                            .boundary = situation->boundary,
                            .as_of = situation->as_of,
                            .happened = situation->tense == TENSE_HAPPENED,
                            .sufficient = true};
  universe->values = ARENA_ARRAY(arena, count, RefValues);
  tests_find(arena, universe);
  cuts_find(arena, universe);
  for (uint32_t i = 0; i < count; i++) fill(arena, universe, i, situation);
  for (uint32_t i = 0; i < count; i++)
    if (policy->facts.at[i].type == TYPE_RECORD)
      fill_records(arena, universe, i, &situation->facts[i]);
}

/* ----------------------------------------------------------- the domains */

RefValue ref_exact_value(const Given *given) {
  RefValue value = {0};
  if (!given->given) return value;
  value.members = given->members;
  value.events = given->events;
  value.event_count = given->event_count;
  if (given->span_count) value.amount = given->spans[0].low;
  return value;
}

static bool fits(const Given *given, int64_t amount) {
  for (uint32_t i = 0; i < given->span_count; i++)
    if (given->spans[i].low <= amount && amount <= given->spans[i].high)
      return true;
  return false;
}

void ref_domain(Arena *arena, const RefUniverse *universe, uint32_t index,
                const Given *given, RefValues *domain) {
  const RefFact *fact = &universe->policy->facts.at[index];
  const RefValues *values = &universe->values[index];
  RefNames seen = {0};
  bool many = fact->type == TYPE_SET || fact->type == TYPE_RECORD;
  if (fact->dimension == SUPPORT || (given->given && many)) {
    VEC_PUSH(arena, domain, ref_exact_value(given));
    return;
  }
  for (uint32_t i = 0; i < values->count; i++)
    if (!given->given || fits(given, values->at[i].amount))
      add_new(arena, universe, index, &values->at[i], &seen, domain);
}

#include "tests/reference/smallest.h"

#define TABLE_MOST 6000
#define WORK_MOST 3000000

/* The ways in which one fact may be chosen; of each, every value that it may
 * then have. */
typedef struct Choices {
  Vec(uint32_t) values; /* of all choices, one after the other */
  Vec(uint32_t) ends;   /* for each choice: the end of its values */
} Choices;

typedef struct Trial {
  RefTable *table;
  const RefWish *wish;
  Choices *choices;     /* for each fact */
  uint32_t *chosen;
  uint32_t *digits;
} Trial;

/* ------------------------------------------------------------------ table */

static bool is_support(const RefTable *table, uint32_t fact) {
  return table->universe->policy->facts.at[fact].dimension == SUPPORT;
}

static void add_value(Arena *arena, RefTable *table, uint32_t fact,
                      int64_t amount, uint64_t members) {
  RefValue *value = VEC_ADD(arena, &table->domains[fact]);
  value->amount = amount;
  value->members = members;
}

/* Support can only grow. */
static void support_domain(Arena *arena, RefTable *table, uint32_t index) {
  const RefFact *fact = &table->universe->policy->facts.at[index];
  RefValue now = ref_exact_value(&table->givens[index]);
  if (fact->type != TYPE_SET) {
    if (now.amount == 0) add_value(arena, table, index, 1, 0);
    return;
  }
  for (uint64_t m = 0; m < UINT64_C(1) << fact->value_count; m++)
    if ((m & now.members) == now.members && m != now.members)
      add_value(arena, table, index, 0, m);
}

/* Each set of members for itself, also where no test tells two apart: a member
 * may be turned alone. */
static void set_domain(Arena *arena, RefTable *table, uint32_t fact) {
  const RefValues *values = &table->universe->values[fact];
  for (uint32_t i = 0; i < values->count; i++)
    add_value(arena, table, fact, 0, values->at[i].members);
}

static void make_domain(Arena *arena, RefTable *table, uint32_t fact) {
  RefValues given = {0};
  const Given unknown = {0};
  if (is_support(table, fact))
    support_domain(arena, table, fact);
  else if (table->universe->policy->facts.at[fact].type == TYPE_SET)
    set_domain(arena, table, fact);
  else
    ref_domain(arena, table->universe, fact, &unknown, &table->domains[fact]);
  table->as_given[fact] = table->domains[fact].count;
  if (!table->givens[fact].given && !is_support(table, fact)) {
    table->as_given[fact] = 0;
    return;
  }
  ref_domain(arena, table->universe, fact, &table->givens[fact], &given);
  for (uint32_t i = 0; i < given.count; i++)
    VEC_PUSH(arena, &table->domains[fact], given.at[i]);
}

static void fill_table(Arena *arena, RefTable *table) {
  const RefPolicy *policy = table->universe->policy;
  uint32_t count = policy->facts.count;
  RefValue *values = ARENA_ARRAY(arena, count, RefValue);
  RefCase one = {policy, table->universe->boundary, table->universe->as_of,
                 table->universe->happened, values};
  RefResult result = {
      .rules = ARENA_ARRAY(arena, policy->rules.count, RefRuleResult),
      .duties = ARENA_ARRAY(arena, policy->duty_count, bool)};
  for (uint32_t i = 0; i < table->size; i++) {
    for (uint32_t f = 0; f < count; f++)
      values[f] = table->domains[f].at[i / table->strides[f] %
                                       table->domains[f].count];
    ref_interpret(&one, &result);
    table->verdicts[i] = (uint8_t)result.verdict;
    for (uint32_t r = 0; r < policy->rules.count; r++)
      if (result.rules[r].standing == STANDING_IN_FORCE)
        table->in_force[i] |= UINT64_C(1) << r;
  }
}

bool ref_table_make(Arena *arena, const RefUniverse *universe,
                    const Given *givens, RefTable *table) {
  uint32_t count = universe->policy->facts.count;
  uint64_t size = 1;
  *table = (RefTable){.universe = universe, .givens = givens};
  table->domains = ARENA_ARRAY(arena, count, RefValues);
  table->as_given = ARENA_ARRAY(arena, count, uint32_t);
  table->strides = ARENA_ARRAY(arena, count, uint32_t);
  if (universe->policy->rules.count > 64) return false;
  for (uint32_t i = 0; i < count; i++) {
    make_domain(arena, table, i);
    table->strides[i] = (uint32_t)size;
    size *= table->domains[i].count;
    if (size > TABLE_MOST || size == 0) return false;
  }
  table->size = (uint32_t)size;
  table->verdicts = ARENA_ARRAY(arena, table->size, uint8_t);
  table->in_force = ARENA_ARRAY(arena, table->size, uint64_t);
  fill_table(arena, table);
  return universe->sufficient;
}

/* ------------------------------------------------------------------ units */

static bool is_exact(const Given *given) {
  return given->given &&
         (given->span_count == 0 ||
          (given->span_count == 1 &&
           given->spans[0].low == given->spans[0].high));
}

static bool within_reach(const RefTable *table, uint32_t index) {
  const RefFact *fact = &table->universe->policy->facts.at[index];
  const Given *given = &table->givens[index];
  if (fact->fixed || fact->no_excuse || fact->dimension == IMPACT ||
      fact->type == TYPE_RECORD)
    return false;
  if (fact->dimension == SUPPORT) return true;
  if (!is_exact(given)) return false;
  return fact->type != TYPE_DATE ||
         given->spans[0].low > table->universe->as_of;
}

static bool add_unit(RefTable *table, uint32_t fact, uint32_t member) {
  if (table->unit_count == REF_UNITS_MOST) return false;
  table->units[table->unit_count++] = (RefUnit){fact, member};
  return true;
}

bool ref_units(RefTable *table, bool reach) {
  const RefPolicy *policy = table->universe->policy;
  table->unit_count = 0;
  for (uint32_t i = 0; i < policy->facts.count; i++) {
    const RefFact *fact = &policy->facts.at[i];
    uint64_t members = table->givens[i].members;
    if ((reach && !within_reach(table, i)) || table->domains[i].count == 1)
      continue;
    if (fact->type != TYPE_SET && !add_unit(table, i, REF_NONE)) return false;
    for (uint32_t m = 0; fact->type == TYPE_SET && m < fact->value_count; m++)
      if (!(fact->dimension == SUPPORT && (members >> m & 1)) &&
          !add_unit(table, i, m))
        return false;
  }
  return true;
}

/* ---------------------------------------------------------------- choices */

static void end_choice(Arena *arena, Choices *choices) {
  VEC_PUSH(arena, &choices->ends, choices->values.count);
}

/* The members of the set that may be turned. */
static uint64_t free_members(const RefTable *table, uint32_t fact,
                             uint32_t set) {
  uint64_t members = 0;
  for (uint32_t i = 0; i < table->unit_count; i++)
    if ((set >> i & 1) && table->units[i].fact == fact)
      members |= UINT64_C(1) << table->units[i].member;
  return members;
}

static void choose_members(Arena *arena, const RefTable *table, uint32_t fact,
                           uint64_t free, Choices *choices) {
  const RefValues *domain = &table->domains[fact];
  const Given *given = &table->givens[fact];
  bool known = given->given || is_support(table, fact);
  for (uint64_t m = free;; m = (m - 1) & free) {
    uint32_t before = choices->values.count;
    for (uint32_t i = 0; i < domain->count; i++) {
      uint64_t members = domain->at[i].members;
      if ((members & free) == m &&
          (!known || (members & ~free) == (given->members & ~free)))
        VEC_PUSH(arena, &choices->values, i);
    }
    if (choices->values.count > before) end_choice(arena, choices);
    if (m == 0) return;
  }
}

static bool is_free(const RefTable *table, uint32_t fact, uint32_t set) {
  for (uint32_t i = 0; i < table->unit_count; i++)
    if ((set >> i & 1) && table->units[i].fact == fact) return true;
  return false;
}

static void choose(Arena *arena, const RefTable *table, uint32_t fact,
                   uint32_t set, Choices *choices) {
  const RefValues *domain = &table->domains[fact];
  choices->values.count = choices->ends.count = 0;
  if (!is_free(table, fact, set)) {
    for (uint32_t i = table->as_given[fact]; i < domain->count; i++)
      VEC_PUSH(arena, &choices->values, i);
    end_choice(arena, choices);
    return;
  }
  if (table->universe->policy->facts.at[fact].type == TYPE_SET) {
    choose_members(arena, table, fact, free_members(table, fact, set), choices);
    return;
  }
  for (uint32_t i = 0; i < domain->count; i++) {
    VEC_PUSH(arena, &choices->values, i);
    end_choice(arena, choices);
  }
}

/* ----------------------------------------------------------------- trying */

static uint32_t choice_start(const Trial *trial, uint32_t fact) {
  uint32_t chosen = trial->chosen[fact];
  return chosen ? trial->choices[fact].ends.at[chosen - 1] : 0;
}

static uint32_t choice_end(const Trial *trial, uint32_t fact) {
  return trial->choices[fact].ends.at[trial->chosen[fact]];
}

static bool is_wished(const Trial *trial) {
  const RefTable *table = trial->table;
  uint32_t way = 0;
  for (uint32_t f = 0; f < table->universe->policy->facts.count; f++)
    way += trial->choices[f].values.at[trial->digits[f]] * table->strides[f];
  return trial->wish->rule
             ? table->in_force[way] >> trial->wish->number & 1
             : table->verdicts[way] == trial->wish->number;
}

/* Is it as wished, whatever is not known? */
static bool always_wished(Trial *trial) {
  uint32_t count = trial->table->universe->policy->facts.count;
  for (uint32_t f = 0; f < count; f++)
    trial->digits[f] = choice_start(trial, f);
  for (;;) {
    trial->table->work++;
    if (!is_wished(trial)) return false;
    uint32_t f = 0;
    while (f < count && ++trial->digits[f] == choice_end(trial, f)) {
      trial->digits[f] = choice_start(trial, f);
      f++;
    }
    if (f == count) return true;
  }
}

static bool next_choice(Trial *trial) {
  uint32_t count = trial->table->universe->policy->facts.count;
  for (uint32_t f = 0; f < count; f++) {
    if (++trial->chosen[f] < trial->choices[f].ends.count) return true;
    trial->chosen[f] = 0;
  }
  return false;
}

static void start_trial(Arena *arena, uint32_t set, Trial *trial) {
  uint32_t count = trial->table->universe->policy->facts.count;
  for (uint32_t f = 0; f < count; f++) {
    choose(arena, trial->table, f, set, &trial->choices[f]);
    trial->chosen[f] = 0;
  }
}

static Trial make_trial(Arena *arena, RefTable *table, const RefWish *wish) {
  uint32_t count = table->universe->policy->facts.count;
  return (Trial){table, wish, ARENA_ARRAY(arena, count, Choices),
                 ARENA_ARRAY(arena, count, uint32_t),
                 ARENA_ARRAY(arena, count, uint32_t)};
}

static bool brings_about(Arena *arena, uint32_t set, Trial *trial) {
  start_trial(arena, set, trial);
  do
    if (always_wished(trial)) return true;
  while (trial->table->work < WORK_MOST && next_choice(trial));
  return false;
}

static bool holds_smaller(const RefSets *sets, uint32_t set) {
  for (uint32_t i = 0; i < sets->count; i++)
    if ((sets->at[i] & ~set) == 0) return true;
  return false;
}

bool ref_smallest(Arena *arena, RefTable *table, const RefWish *wish,
                  RefSets *sets) {
  Trial trial = make_trial(arena, table, wish);
  table->work = 0;
  for (uint32_t size = 0; size <= table->unit_count; size++)
    for (uint32_t set = 0; set < 1u << table->unit_count; set++) {
      if ((uint32_t)__builtin_popcount(set) != size ||
          holds_smaller(sets, set))
        continue;
      if (brings_about(arena, set, &trial)) VEC_PUSH(arena, sets, set);
      if (table->work >= WORK_MOST) return false;
    }
  return true;
}

void ref_ways(Arena *arena, RefTable *table, const RefWish *wish, uint32_t set,
              const RefWayVisitor *visitor) {
  uint32_t count = table->universe->policy->facts.count;
  RefValue *values = ARENA_ARRAY(arena, count, RefValue);
  Trial trial = make_trial(arena, table, wish);
  start_trial(arena, set, &trial);
  do {
    if (!always_wished(&trial)) continue;
    for (uint32_t f = 0; f < count; f++)
      values[f] = table->domains[f]
                      .at[trial.choices[f].values.at[choice_start(&trial, f)]];
    visitor->seen(visitor->context, values);
  } while (table->work < WORK_MOST && next_choice(&trial));
}

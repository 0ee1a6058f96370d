#include "tests/reference/kinds.h"

#include "tests/reference/subject.h"

/* ------------------------------------------------------------------ asking */

static uint32_t own_boundary(const Kinds *kinds) {
  const Subject *subject = kinds->subject;
  uint32_t found = REF_NONE;
  for (uint32_t i = 0; i < subject->policy.boundaries.count; i++)
    if (subject->boundaries[i] == kinds->boundary) found = i;
  return found;
}

static bool gives_finding(const RefRule *rule) {
  return rule->finding != SILENT &&
         (rule->kind == RULE || rule->kind == RULE_NEVER ||
          rule->kind == RULE_EXCEPTION);
}

static bool is_timely(const RefRule *rule, Day day) {
  return (rule->from == DAY_NONE || rule->from <= day) &&
         (rule->until == DAY_NONE || day <= rule->until);
}

static void put_rule(const Kinds *kinds, uint32_t index,
                     const RefResult *result, Kind *kind) {
  const Subject *subject = kinds->subject;
  const RefRule *rule = &subject->policy.rules.at[index];
  const RefRuleResult *of = &result->rules[index];
  uint64_t bit = UINT64_C(1) << subject->rules[index];
  bool in_force = of->standing == STANDING_IN_FORCE;
  bool finds = gives_finding(rule) || rule->kind == RULE_OTHERWISE;
  if (!of->in_scope || rule->kind == RULE_EMERGENCY) return;
  if (of->condition && is_timely(rule, kinds->today)) kind->holds |= bit;
  if (in_force || of->standing == STANDING_DISPLACED) kind->applies |= bit;
  if (in_force) kind->in_force |= bit;
  if (in_force && finds && of->counts == result->verdict) kind->decides |= bit;
  for (uint32_t d = 0; d < rule->duty_count; d++)
    if (result->duties[rule->first_duty + d])
      kind->duties |= UINT64_C(1) << subject_duty(subject, index, d);
}

static void put_promises(const Kinds *kinds, const RefCase *one, Kind *kind) {
  const RefPolicy *policy = one->policy;
  for (uint32_t i = 0; i < policy->promises.count; i++) {
    const RefCondition *condition = policy->promises.at[i].condition;
    if (kinds_concerned(kinds, i) &&
        (!condition || ref_condition_holds(one, condition)))
      kind->promises |= UINT64_C(1) << i;
  }
  for (uint32_t i = 0; i < policy->assumes.count; i++)
    *(ref_condition_holds(one, policy->assumes.at[i]) ? &kind->fails_not
                                                      : &kind->fails) |=
        UINT64_C(1) << i;
}

static void ask(const Kinds *kinds, uint32_t boundary, const RefValue *values,
                RefResult *result, Kind *kind) {
  const RefPolicy *policy = &kinds->subject->policy;
  RefCase one = {policy, boundary, kinds->today, false, values};
  ref_interpret(&one, result);
  *kind = (Kind){.seen = true,
                 .harm = result->may_harm,
                 .verdict = (uint8_t)result->verdict};
  for (uint32_t i = 0; i < policy->rules.count; i++)
    put_rule(kinds, i, result, kind);
  put_promises(kinds, &one, kind);
}

static RefResult room_for_result(Arena *arena, const RefPolicy *policy) {
  return (RefResult){
      .rules = ARENA_ARRAY(arena, policy->rules.count + 1, RefRuleResult),
      .duties = ARENA_ARRAY(arena, policy->duty_count + 1, bool)};
}

void kinds_ask(Arena *arena, const Kinds *kinds, const Situation *situation,
               Kind *kind) {
  const RefPolicy *policy = &kinds->subject->policy;
  RefResult result = room_for_result(arena, policy);
  RefValue *values = ARENA_ARRAY(arena, policy->facts.count + 1, RefValue);
  for (uint32_t i = 0; i < policy->facts.count; i++) {
    values[i] = ref_exact_value(&situation->facts[i]);
    if (!situation->facts[i].given) values[i].amount = policy->facts.at[i].low;
  }
  ask(kinds, own_boundary(kinds), values, &result, kind);
}

/* ------------------------------------------------------------------ points */

static bool is_known(const Kinds *kinds, uint32_t variable,
                     const Situation *situation) {
  const Variable *own = &kinds->space->grid->image->variables.at[variable];
  return situation->facts[own->fact].given &&
         (own->with == NONE || situation->facts[own->with].given);
}

/* Are the variable's cells within the class that the axis's cell has? */
static bool is_in_class(const Kinds *kinds, const Axis *axis, uint32_t cell,
                        uint32_t place) {
  const GridVariable *variable =
      &kinds->space->grid->variables[axis->variables[place]];
  const uint64_t *class = space_class(axis, cell, place);
  uint64_t outside = 0;
  for (uint32_t i = 0; i < variable->words; i++)
    outside |= kinds->cells[variable->word + i] & ~class[i];
  return outside == 0;
}

static uint32_t axis_cell(const Kinds *kinds, const Axis *axis) {
  for (uint32_t cell = 0; cell < axis->cells; cell++) {
    bool within = true;
    for (uint32_t i = 0; i < axis->count && within; i++)
      within = is_in_class(kinds, axis, cell, i);
    if (within) return cell;
  }
  return NONE;
}

uint32_t kinds_point(const Kinds *kinds, const Situation *situation) {
  const Space *space = kinds->space;
  uint32_t point = 0;
  grid_locate(space->grid, situation, kinds->cells);
  for (uint32_t i = 0; i < space->axis_count; i++) {
    const Axis *axis = &space->axes[i];
    for (uint32_t k = 0; k < axis->count; k++)
      if (!is_known(kinds, axis->variables[k], situation)) return NONE;
    uint32_t cell = axis_cell(kinds, axis);
    if (cell == NONE) return NONE;
    point += cell * kinds->strides[i];
  }
  return point;
}

uint32_t kinds_cell(const Kinds *kinds, uint32_t point, uint32_t axis) {
  return point / kinds->strides[axis] % kinds->space->axes[axis].cells;
}

static bool set_strides(Arena *arena, Kinds *kinds) {
  const Space *space = kinds->space;
  uint64_t count = 1;
  kinds->strides = ARENA_ARRAY(arena, space->axis_count + 1, uint32_t);
  for (uint32_t i = space->axis_count; i-- > 0;) {
    kinds->strides[i] = (uint32_t)count;
    count *= space->axes[i].cells;
    if (count > KINDS_MOST) return false;
  }
  kinds->count = (uint32_t)count;
  return true;
}

/* ------------------------------------------------------------ combinations */

/* The values of one fact that are tried, also as what a situation gives. */
typedef struct Tried {
  RefValues values;
  Given *givens;
  uint32_t at;
} Tried;

typedef struct Enumeration {
  Kinds *kinds;
  Tried *facts;
  RefValue *values;
  Situation situation;
  RefResult result;
  uint32_t boundary; /* the reference's */
} Enumeration;

static void give(Arena *arena, const RefFact *fact, const RefValue *value,
                 Given *given) {
  *given = (Given){.given = true, .members = value->members};
  if (fact->type == TYPE_RECORD) {
    given->events = ARENA_ARRAY(arena, value->event_count + 1, Event);
    for (uint32_t i = 0; i < value->event_count; i++)
      given->events[i] = value->events[i];
    given->event_count = value->event_count;
  } else if (fact->type != TYPE_SET) {
    given->spans = ARENA_NEW(arena, ValueSpan);
    given->spans[0] = (ValueSpan){value->amount, value->amount};
    given->span_count = 1;
  }
}

/* Support is never unknown, so ref_domain would say "not done"; and members of
 * a set are told apart one by one. */
static void find_values(Arena *arena, const RefUniverse *universe,
                        uint32_t index, Tried *tried) {
  const RefFact *fact = &universe->policy->facts.at[index];
  Given unknown = {0};
  if (fact->dimension == SUPPORT || fact->type == TYPE_SET)
    tried->values = universe->values[index];
  else
    ref_domain(arena, universe, index, &unknown, &tried->values);
  tried->givens = ARENA_ARRAY(arena, tried->values.count + 1, Given);
  for (uint32_t i = 0; i < tried->values.count; i++)
    give(arena, fact, &tried->values.at[i], &tried->givens[i]);
}

static void add_condition(Arena *arena, RefPolicy *policy,
                          RefCondition *condition) {
  RefRule *rule = VEC_ADD(arena, &policy->rules);
  *rule = (RefRule){.kind = RULE, .boundary = REF_NONE,
                    .condition = condition};
}

/* The policy with its promises and assumes as rules, for their tests. */
static RefPolicy *with_promises(Arena *arena, const RefPolicy *policy) {
  RefPolicy *with = ARENA_NEW(arena, RefPolicy);
  *with = *policy;
  with->rules = (RefRules){0};
  for (uint32_t i = 0; i < policy->rules.count; i++)
    VEC_PUSH(arena, &with->rules, policy->rules.at[i]);
  for (uint32_t i = 0; i < policy->promises.count; i++)
    if (policy->promises.at[i].condition)
      add_condition(arena, with, policy->promises.at[i].condition);
  for (uint32_t i = 0; i < policy->assumes.count; i++)
    add_condition(arena, with, policy->assumes.at[i]);
  return with;
}

static bool find_all_values(Arena *arena, Enumeration *all) {
  const RefPolicy *policy =
      with_promises(arena, &all->kinds->subject->policy);
  RefUniverse universe;
  uint64_t combinations = 1;
  ref_universe_make(arena, policy, &all->situation, &universe);
  if (!universe.sufficient) return false;
  for (uint32_t i = 0; i < policy->facts.count; i++) {
    find_values(arena, &universe, i, &all->facts[i]);
    combinations *= all->facts[i].values.count;
    if (combinations > KINDS_TRIED_MOST || combinations == 0) return false;
  }
  return true;
}

static void show_kind(Buffer *out, const Kind *kind) {
  buffer_format(out, "verdict %u harm %d holds %llx applies %llx in force %llx",
                (unsigned)kind->verdict, kind->harm,
                (unsigned long long)kind->holds,
                (unsigned long long)kind->applies,
                (unsigned long long)kind->in_force);
}

static bool same_kind(const Kind *a, const Kind *b) {
  return a->harm == b->harm && a->verdict == b->verdict &&
         a->holds == b->holds && a->applies == b->applies &&
         a->in_force == b->in_force && a->decides == b->decides &&
         a->duties == b->duties && a->promises == b->promises;
}

static bool try_combination(Enumeration *all, Buffer *report) {
  Kinds *kinds = all->kinds;
  Kind kind;
  uint32_t point = kinds_point(kinds, &all->situation);
  kinds->tried++;
  if (point == NONE) {
    buffer_put_c(report, "  space: a situation falls on no point\n");
    return false;
  }
  ask(kinds, all->boundary, all->values, &all->result, &kind);
  if (kinds->at[point].seen && !same_kind(&kinds->at[point], &kind)) {
    buffer_format(report, "  space: two situations of point %u differ: ",
                  (unsigned)point);
    show_kind(report, &kinds->at[point]);
    buffer_put_c(report, " and ");
    show_kind(report, &kind);
    buffer_put_char(report, '\n');
    return false;
  }
  kind.fails |= kinds->at[point].fails;
  kind.fails_not |= kinds->at[point].fails_not;
  kinds->at[point] = kind;
  return true;
}

static void choose(Enumeration *all, uint32_t fact, uint32_t at) {
  Tried *tried = &all->facts[fact];
  tried->at = at;
  all->values[fact] = tried->values.at[at];
  all->situation.facts[fact] = tried->givens[at];
}

/* Goes to the next combination; false past the last. */
static bool next(Enumeration *all) {
  for (uint32_t i = all->kinds->subject->policy.facts.count; i-- > 0;) {
    Tried *tried = &all->facts[i];
    if (tried->at + 1 < tried->values.count) {
      choose(all, i, tried->at + 1);
      return true;
    }
    choose(all, i, 0);
  }
  return false;
}

/* An assume that holds in some situations of a point and not in others is about
 * something else. */
static void find_possible(Kinds *kinds) {
  Kind *any = &kinds->any;
  kinds->assumes = UINT64_MAX;
  for (uint32_t i = 0; i < kinds->count; i++)
    kinds->assumes &= ~(kinds->at[i].fails & kinds->at[i].fails_not);
  for (uint32_t i = 0; i < kinds->count; i++) {
    Kind *kind = &kinds->at[i];
    kind->possible = !(kind->fails & kinds->assumes);
    kinds->possible += kind->possible;
    if (!kind->possible) continue;
    any->holds |= kind->holds;
    any->applies |= kind->applies;
    any->in_force |= kind->in_force;
    any->decides |= kind->decides;
  }
}

static KindsMade try_all(Arena *arena, Kinds *kinds, Buffer *report) {
  const RefPolicy *policy = &kinds->subject->policy;
  Enumeration all = {.kinds = kinds, .boundary = own_boundary(kinds)};
  all.facts = ARENA_ARRAY(arena, policy->facts.count + 1, Tried);
  all.values = ARENA_ARRAY(arena, policy->facts.count + 1, RefValue);
  all.result = room_for_result(arena, policy);
  situation_init(arena, &kinds->subject->image, kinds->today, &all.situation);
  all.situation.boundary = all.boundary;
  if (!find_all_values(arena, &all)) return KINDS_TOO_MANY;
  for (uint32_t i = 0; i < policy->facts.count; i++) choose(&all, i, 0);
  do {
    if (!try_combination(&all, report)) return KINDS_DIFFER;
  } while (next(&all));
  for (uint32_t i = 0; i < kinds->count; i++) {
    if (kinds->at[i].seen) continue;
    buffer_format(report, "  space: no situation falls on point %u of %u\n",
                  (unsigned)i, (unsigned)kinds->count);
    return KINDS_DIFFER;
  }
  find_possible(kinds);
  return KINDS_MADE;
}

/* ------------------------------------------------------------------- rules */

static bool has_instead(const RefRule *rule) {
  for (const Clause *clause = rule->node->clauses; clause;
       clause = clause->next)
    if (clause->kind == CLAUSE_INSTEAD) return true;
  return false;
}

static void describe_rules(Arena *arena, Kinds *kinds) {
  const Subject *subject = kinds->subject;
  const RefPolicy *policy = &subject->policy;
  RefCase one = {policy, own_boundary(kinds), kinds->today, false, NULL};
  kinds->rule_count = policy->rules.count;
  kinds->duty_count = policy->duty_count;
  kinds->rules = ARENA_ARRAY(arena, policy->rules.count + 1, KindRule);
  for (uint32_t i = 0; i < policy->rules.count; i++) {
    const RefRule *rule = &policy->rules.at[i];
    kinds->rules[subject->rules[i]] = (KindRule){
        .boundary = rule->boundary == REF_NONE
                        ? NONE
                        : subject->boundaries[rule->boundary],
        .kind = rule->kind,
        .finding = rule->finding,
        .gives_finding = gives_finding(rule),
        .in_scope = ref_rule_in_scope(&one, rule),
        .in_time = is_timely(rule, kinds->today),
        .who = rule->who_count > 0,
        .instead = has_instead(rule)};
  }
}

KindsMade kinds_make(Arena *arena, const Subject *subject, const Space *space,
                     uint32_t boundary, Day today, Kinds *kinds,
                     Buffer *report) {
  *kinds = (Kinds){.subject = subject, .space = space, .boundary = boundary,
                   .today = today};
  kinds->cells = ARENA_ARRAY(arena, space->grid->words + 1, Cells);
  describe_rules(arena, kinds);
  if (kinds->rule_count > KINDS_RULES_MOST ||
      kinds->duty_count > KINDS_RULES_MOST || !set_strides(arena, kinds))
    return KINDS_TOO_MANY;
  kinds->at = ARENA_ARRAY(arena, kinds->count, Kind);
  return try_all(arena, kinds, report);
}

/* ---------------------------------------------------------------- promises */

static const PromiseNode *promise_of(const Kinds *kinds, uint32_t promise) {
  return kinds->subject->policy.promises.at[promise].node;
}

bool kinds_concerned(const Kinds *kinds, uint32_t promise) {
  const Image *image = &kinds->subject->image;
  Text name = image_text(image, image->boundaries.at[kinds->boundary].name);
  const WordList *in = promise_of(kinds, promise)->boundaries;
  if (!in) return true;
  for (; in; in = in->next)
    if (text_equal(in->word.text, name)) return true;
  return false;
}

PromiseKind kinds_form(const Kinds *kinds, uint32_t promise) {
  return promise_of(kinds, promise)->kind;
}

static bool has_duty(const Image *image, const Kind *kind, Text tag) {
  for (uint32_t i = 0; i < image->duties.count; i++)
    if (kind->duties >> i & 1 &&
        text_equal(image_text(image, image->duties.at[i].tag), tag))
      return true;
  return false;
}

bool kinds_keeps(const Kinds *kinds, uint32_t promise, const Kind *kind) {
  const PromiseNode *node = promise_of(kinds, promise);
  Verdict verdict = (Verdict)kind->verdict;
  switch (node->kind) {
    case PROMISE_EXACTLY: return verdict == node->verdict;
    case PROMISE_AT_LEAST: return verdict >= node->verdict;
    case PROMISE_AT_MOST: return verdict <= node->verdict;
    case PROMISE_NOWHERE: return verdict != node->verdict;
    case PROMISE_MAY_HARM: return kind->harm;
    case PROMISE_MUST:
      return has_duty(&kinds->subject->image, kind, node->tag.text);
    case PROMISE_KIND_COUNT: break;
  }
  return false;
}

/* ------------------------------------------------------------------- facts */

static bool condition_reads(const RefPolicy *policy,
                            const RefCondition *condition, uint32_t fact) {
  bool tests = condition->kind == REF_TEST || condition->kind == REF_RECORD;
  if (tests && (condition->fact == fact ||
                (condition->kind == REF_RECORD && condition->with == fact)))
    return true;
  for (uint32_t i = 0; i < condition->part_count; i++)
    if (condition_reads(policy, condition->parts[i], fact)) return true;
  if (condition->named == REF_NONE) return false;
  const RefNamed *named = &policy->named.at[condition->named];
  for (uint32_t i = 0; i < named->part_count; i++)
    if (condition_reads(policy, named->parts[i], fact)) return true;
  return false;
}

bool kinds_reads(const Subject *subject, uint32_t fact) {
  const RefPolicy *policy = &subject->policy;
  for (uint32_t i = 0; i < policy->rules.count; i++) {
    const RefRule *rule = &policy->rules.at[i];
    if (rule->condition && condition_reads(policy, rule->condition, fact))
      return true;
    for (uint32_t k = 0; k < rule->who_count; k++)
      if (rule->who[k].fact == fact) return true;
  }
  return false;
}

bool kinds_idle_values(Arena *arena, const Subject *subject, uint32_t fact,
                       Day today) {
  const RefFact *own = &subject->policy.facts.at[fact];
  RefUniverse universe;
  Situation nothing;
  situation_init(arena, &subject->image, today, &nothing);
  nothing.boundary = 0;
  ref_universe_make(arena, &subject->policy, &nothing, &universe);
  if (universe.cuts[fact].count == 0) return false;
  for (uint32_t a = 0; a < own->value_count; a++)
    for (uint32_t b = 0; b < a; b++) {
      RefValue x = {.amount = a}, y = {.amount = b};
      if (ref_same_cell(arena, &universe, fact, &x, &y)) return true;
    }
  return false;
}

#include "tests/reference/joint.h"

#define ELSEWHERE (REF_NONE - 1) /* a boundary that is never asked about */

typedef struct Joiner {
  Arena *arena;
  Joint *joint;
  uint32_t *facts_of[2]; /* for each fact of a policy its joint number */
} Joiner;

/* -------------------------------------------------------------------- facts */

static bool is_named(const RefFact *fact) {
  return fact->type == TYPE_YES_NO || fact->type == TYPE_SCALE ||
         fact->type == TYPE_CHOICE || fact->type == TYPE_SET;
}

static bool is_ranged(const RefFact *fact) {
  return fact->type == TYPE_NUMBER || fact->type == TYPE_MONEY ||
         fact->type == TYPE_DURATION;
}

/* Is every value of the coarser lattice one of the finer? */
static bool fits_in(const RefFact *a, const RefFact *b) {
  const RefFact *coarse = a->step > b->step ? a : b;
  const RefFact *fine = a->step > b->step ? b : a;
  return coarse->step % fine->step == 0 &&
         (coarse->low - fine->low) % fine->step == 0;
}

static bool same_fact(const RefFact *a, const RefFact *b) {
  return a->dimension == b->dimension && text_equal(a->name, b->name) &&
         a->type == b->type && a->item == b->item &&
         a->currency == b->currency && a->family == b->family &&
         (!is_ranged(a) || fits_in(a, b));
}

/* The range of both. */
static void narrow(const RefFact *other, RefFact *fact) {
  fact->may_be_ahead &= other->may_be_ahead;
  if (!is_ranged(fact)) return;
  const RefFact *coarse = other->step > fact->step ? other : fact;
  int64_t low = other->low > fact->low ? other->low : fact->low;
  int64_t start = coarse->low, step = coarse->step;
  if (other->high < fact->high) fact->high = other->high;
  while (start < low) start += step;
  fact->low = start;
  fact->step = step;
  if (fact->high >= start) fact->high -= (fact->high - start) % step;
}

static void pair_values(Joiner *joiner, JointFact *fact, uint32_t side,
                        uint32_t other) {
  const RefPolicy *const *of = joiner->joint->of;
  const RefFact *own = &of[side]->facts.at[fact->of[side]];
  for (int k = OLD; k <= NEW; k++)
    fact->values[k] =
        ARENA_ARRAY(joiner->arena, own->value_count + 1, uint32_t);
  for (uint32_t v = 0; v < own->value_count; v++) {
    uint32_t same = other == REF_NONE
                        ? v
                        : ref_value_find(&of[!side]->facts.at[other],
                                         ref_value_name(own, v));
    if (same == REF_NONE) continue;
    fact->values[side][fact->count] = v;
    fact->values[!side][fact->count++] = same;
  }
}

static uint32_t add_fact(Joiner *joiner, uint32_t side, uint32_t index,
                         uint32_t other) {
  Joint *joint = joiner->joint;
  uint32_t number = joint->policy.facts.count;
  RefFact *fact = VEC_ADD(joiner->arena, &joint->policy.facts);
  *fact = joint->of[side]->facts.at[index];
  joint->facts[number].of[side] = index;
  joint->facts[number].of[!side] = other;
  joiner->facts_of[side][index] = number;
  if (other != REF_NONE) {
    joiner->facts_of[!side][other] = number;
    narrow(&joint->of[!side]->facts.at[other], fact);
  }
  if (is_named(fact))
    pair_values(joiner, &joint->facts[number], side, other);
  if (is_named(fact)) fact->value_count = joint->facts[number].count;
  return number;
}

static uint32_t find_same(const RefPolicy *policy, const RefFact *fact) {
  for (uint32_t i = 0; i < policy->facts.count; i++)
    if (same_fact(&policy->facts.at[i], fact)) return i;
  return REF_NONE;
}

static void add_facts(Joiner *joiner) {
  Joint *joint = joiner->joint;
  const RefFacts *before = &joint->of[OLD]->facts;
  const RefFacts *after = &joint->of[NEW]->facts;
  joint->facts =
      ARENA_ARRAY(joiner->arena, before->count + after->count + 1, JointFact);
  joiner->facts_of[OLD] =
      ARENA_ARRAY(joiner->arena, before->count + 1, uint32_t);
  joiner->facts_of[NEW] =
      ARENA_ARRAY(joiner->arena, after->count + 1, uint32_t);
  for (uint32_t i = 0; i < after->count; i++)
    add_fact(joiner, NEW, i, find_same(joint->of[OLD], &after->at[i]));
  for (uint32_t i = 0; i < before->count; i++)
    if (find_same(joint->of[NEW], &before->at[i]) == REF_NONE)
      add_fact(joiner, OLD, i, REF_NONE);
}

/* -------------------------------------------------------------------- rules */

static RefCondition *copy_condition(Joiner *joiner, uint32_t side,
                                    const RefCondition *from) {
  RefCondition *to = ARENA_NEW(joiner->arena, RefCondition);
  bool tests = from->kind == REF_TEST || from->kind == REF_RECORD;
  *to = *from;
  if (tests) to->fact = joiner->facts_of[side][from->fact];
  if (from->kind == REF_RECORD && from->with != REF_NONE)
    to->with = joiner->facts_of[side][from->with];
  if (side == NEW && from->named != REF_NONE)
    to->named += joiner->joint->of[OLD]->named.count;
  to->parts =
      ARENA_ARRAY(joiner->arena, from->part_count + 1, RefCondition *);
  for (uint32_t i = 0; i < from->part_count; i++)
    to->parts[i] = copy_condition(joiner, side, from->parts[i]);
  return to;
}

static void add_named(Joiner *joiner, uint32_t side) {
  const RefNameds *from = &joiner->joint->of[side]->named;
  for (uint32_t i = 0; i < from->count; i++) {
    RefNamed named = from->at[i];
    named.parts =
        ARENA_ARRAY(joiner->arena, named.part_count + 1, RefCondition *);
    for (uint32_t k = 0; k < named.part_count; k++)
      named.parts[k] = copy_condition(joiner, side, from->at[i].parts[k]);
    VEC_PUSH(joiner->arena, &joiner->joint->policy.named, named);
  }
}

static uint32_t boundary_of(const Joiner *joiner, uint32_t side,
                            uint32_t boundary) {
  const RefNames *names = &joiner->joint->policy.boundaries;
  if (boundary == REF_NONE) return REF_NONE;
  Text name = joiner->joint->of[side]->boundaries.at[boundary];
  for (uint32_t i = 0; i < names->count; i++)
    if (text_equal(names->at[i], name)) return i;
  return ELSEWHERE;
}

static void add_rules(Joiner *joiner, uint32_t side) {
  const RefPolicy *from = joiner->joint->of[side];
  RefRules *rules = &joiner->joint->policy.rules;
  for (uint32_t i = 0; i < from->rules.count; i++) {
    RefRule rule = from->rules.at[i];
    rule.boundary = boundary_of(joiner, side, rule.boundary);
    if (rule.condition)
      rule.condition = copy_condition(joiner, side, rule.condition);
    VEC_PUSH(joiner->arena, rules, rule);
  }
  for (uint32_t i = 0; i < from->assumes.count; i++) {
    RefRule rule = {.kind = RULE, .boundary = REF_NONE};
    rule.condition = copy_condition(joiner, side, from->assumes.at[i]);
    VEC_PUSH(joiner->arena, rules, rule);
  }
}

void joint_make(Arena *arena, const RefPolicy *before, const RefPolicy *after,
                Joint *joint) {
  Joiner joiner = {.arena = arena, .joint = joint};
  *joint = (Joint){.of = {before, after}};
  joint->policy.boundaries = after->boundaries;
  add_facts(&joiner);
  add_named(&joiner, OLD);
  add_named(&joiner, NEW);
  add_rules(&joiner, OLD);
  add_rules(&joiner, NEW);
}

/* ------------------------------------------------------------------ domains */

static void all_values(Arena *arena, const RefFact *fact, RefValues *values) {
  bool set = fact->type == TYPE_SET;
  uint32_t count = set ? 1u << fact->value_count : fact->value_count;
  for (uint32_t v = 0; v < count; v++)
    *VEC_ADD(arena, values) =
        set ? (RefValue){.members = v} : (RefValue){.amount = v};
}

static bool find_domain(Arena *arena, const RefUniverse *universe,
                        uint32_t index, RefValues *values) {
  const RefFact *fact = &universe->policy->facts.at[index];
  Given unknown = {0};
  if (!is_named(fact)) {
    ref_domain(arena, universe, index, &unknown, values);
    return values->count > 0;
  }
  if (fact->type == TYPE_SET && fact->value_count > 8) return false;
  if (fact->value_count == 0) return fact->type == TYPE_SET;
  all_values(arena, fact, values);
  if (fact->dimension != SUPPORT && universe->own[index].count == 0)
    values->count = 1;
  return true;
}

bool joint_domains(Arena *arena, Joint *joint, const Image *image,
                   uint32_t boundary, Day today) {
  const RefPolicy *policy = &joint->policy;
  RefUniverse universe;
  Situation nothing;
  situation_init(arena, image, today, &nothing);
  nothing.boundary = boundary;
  nothing.facts = ARENA_ARRAY(arena, policy->facts.count + 1, Given);
  ref_universe_make(arena, policy, &nothing, &universe);
  joint->domains = ARENA_ARRAY(arena, policy->facts.count + 1, RefValues);
  for (uint32_t i = 0; i < policy->facts.count; i++)
    if (!find_domain(arena, &universe, i, &joint->domains[i])) return false;
  return universe.sufficient;
}

RefValue joint_value(const Joint *joint, uint32_t side, uint32_t fact,
                     const RefValue *value) {
  const RefFact *own = &joint->policy.facts.at[fact];
  const JointFact *joined = &joint->facts[fact];
  RefValue to = *value;
  if (!is_named(own)) return to;
  if (own->type != TYPE_SET) {
    to.amount = joined->values[side][value->amount];
    return to;
  }
  to.members = 0;
  for (uint32_t i = 0; i < joined->count; i++)
    if (value->members >> i & 1)
      to.members |= UINT64_C(1) << joined->values[side][i];
  return to;
}

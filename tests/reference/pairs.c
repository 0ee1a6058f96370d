#include "tests/reference/pairs.h"

#include "tests/reference/joint.h"
#include "tests/reference/subject.h"

/* ------------------------------------------------------------------- asking */

static uint32_t tag_of(const Pairs *pairs, uint32_t side, uint32_t duty) {
  const Image *image = &pairs->of.subjects[side]->image;
  Text tag = image_text(image, image->duties.at[duty].tag);
  for (uint32_t i = 0; i < pairs->tag_count; i++)
    if (text_equal(pairs->tags[i], tag)) return i;
  return PAIRS_TAGS_MOST;
}

static bool note_tags(Pairs *pairs) {
  for (uint32_t side = OLD; side <= NEW; side++) {
    const Image *image = &pairs->of.subjects[side]->image;
    for (uint32_t i = 0; i < image->duties.count; i++) {
      if (tag_of(pairs, side, i) != PAIRS_TAGS_MOST) continue;
      if (pairs->tag_count == PAIRS_TAGS_MOST) return false;
      pairs->tags[pairs->tag_count++] =
          image_text(image, image->duties.at[i].tag);
    }
  }
  return true;
}

static void put_duties(const Pairs *pairs, uint32_t side,
                       const RefResult *result, Reply *answer) {
  const Subject *subject = pairs->of.subjects[side];
  for (uint32_t i = 0; i < subject->policy.rules.count; i++) {
    const RefRule *rule = &subject->policy.rules.at[i];
    if (rule->kind == RULE_EMERGENCY) continue;
    for (uint32_t d = 0; d < rule->duty_count; d++)
      if (result->duties[rule->first_duty + d])
        answer->duties |=
            1u << tag_of(pairs, side, subject_duty(subject, i, d));
  }
}

static void ask(Arena *arena, const Pairs *pairs, uint32_t side,
                const RefValue *values, Reply *answer) {
  const RefPolicy *policy = &pairs->of.subjects[side]->policy;
  RefCase one = {policy, pairs->boundaries[side], pairs->of.today, false,
                 values};
  RefResult result = {
      .rules = ARENA_ARRAY(arena, policy->rules.count + 1, RefRuleResult),
      .duties = ARENA_ARRAY(arena, policy->duty_count + 1, bool)};
  ref_interpret(&one, &result);
  *answer = (Reply){.verdict = (uint8_t)result.verdict,
                   .harm = result.may_harm,
                   .emergency = result.emergency};
  put_duties(pairs, side, &result, answer);
  for (uint32_t i = 0; i < policy->assumes.count; i++)
    *(ref_condition_holds(&one, policy->assumes.at[i]) ? &answer->fails_not
                                                       : &answer->fails) |=
        1u << i;
}

/* ------------------------------------------------------------------- points */

static bool is_in_class(const Pairs *pairs, const Axis *axis, uint32_t cell,
                        uint32_t place) {
  const GridVariable *variable =
      &pairs->of.space->grid->variables[axis->variables[place]];
  const uint64_t *class = space_class(axis, cell, place);
  uint64_t outside = 0, any = 0;
  for (uint32_t i = 0; i < variable->words; i++) {
    outside |= pairs->cells[variable->word + i] & ~class[i];
    any |= pairs->cells[variable->word + i];
  }
  return any && outside == 0;
}

static uint32_t axis_cell(const Pairs *pairs, const Axis *axis) {
  for (uint32_t cell = 0; cell < axis->cells; cell++) {
    bool within = true;
    for (uint32_t i = 0; i < axis->count && within; i++)
      within = is_in_class(pairs, axis, cell, i);
    if (within) return cell;
  }
  return NONE;
}

static uint32_t find_point(const Pairs *pairs, const Situation *situation) {
  const Space *space = pairs->of.space;
  uint32_t point = 0;
  grid_locate(space->grid, situation, pairs->cells);
  for (uint32_t i = 0; i < space->axis_count; i++) {
    uint32_t cell = axis_cell(pairs, &space->axes[i]);
    if (cell == NONE) return NONE;
    point += cell * pairs->strides[i];
  }
  return point;
}

void pairs_point(const Pairs *pairs, uint32_t point, AxisCell *cells) {
  const Space *space = pairs->of.space;
  for (uint32_t i = 0; i < space->axis_count; i++)
    cells[i] = point / pairs->strides[i] % space->axes[i].cells;
}

static bool set_strides(Arena *arena, Pairs *pairs) {
  const Space *space = pairs->of.space;
  uint64_t count = 1;
  pairs->strides = ARENA_ARRAY(arena, space->axis_count + 1, uint32_t);
  for (uint32_t i = space->axis_count; i-- > 0;) {
    pairs->strides[i] = (uint32_t)count;
    count *= space->axes[i].cells;
    if (count > PAIRS_MOST) return false;
  }
  pairs->count = (uint32_t)count;
  pairs->at = ARENA_ARRAY(arena, pairs->count, PointPair);
  return true;
}

/* ------------------------------------------------------------- combinations */

typedef struct Enumeration {
  Arena *arena;
  Pairs *pairs;
  uint32_t *at;       /* for each joint fact, which of its values */
  Given **givens;     /* for each joint fact and value, in the diff's terms */
  RefValue *values[2]; /* each policy's */
  Situation situation;
} Enumeration;

/* A joint value's number in the diff's joint image. */
static uint32_t diff_value(const Pairs *pairs, uint32_t fact, uint32_t value) {
  const JointFact *own = &pairs->joint->facts[fact];
  const JoinedFact *joined = &pairs->of.joined->facts[pairs->facts[fact]];
  const Image *image = &pairs->of.joined->image;
  uint32_t side = own->of[NEW] == REF_NONE ? OLD : NEW;
  for (uint32_t i = 0; i < image->facts.at[pairs->facts[fact]].values.count;
       i++)
    if (joined->values[side][i] == own->values[side][value]) return i;
  return NONE;
}

static void give_span(Arena *arena, Given *given, int64_t value) {
  given->spans = ARENA_NEW(arena, ValueSpan);
  given->spans[0] = (ValueSpan){value, value};
  given->span_count = 1;
}

static void give(Arena *arena, const Pairs *pairs, uint32_t fact,
                 const RefValue *value, Given *given) {
  const RefFact *own = &pairs->joint->policy.facts.at[fact];
  *given = (Given){.given = true};
  if (own->type == TYPE_RECORD) {
    given->events = ARENA_ARRAY(arena, value->event_count + 1, Event);
    for (uint32_t i = 0; i < value->event_count; i++)
      given->events[i] = value->events[i];
    given->event_count = value->event_count;
  } else if (own->type == TYPE_SET) {
    for (uint32_t i = 0; i < own->value_count; i++)
      if (value->members >> i & 1)
        given->members |= UINT64_C(1) << diff_value(pairs, fact, i);
  } else if (own->value_count) {
    give_span(arena, given, diff_value(pairs, fact, (uint32_t)value->amount));
  } else {
    give_span(arena, given, value->amount);
  }
}

static void choose(Enumeration *all, uint32_t fact, uint32_t at) {
  const Joint *joint = all->pairs->joint;
  all->at[fact] = at;
  all->situation.facts[all->pairs->facts[fact]] = all->givens[fact][at];
  for (uint32_t side = OLD; side <= NEW; side++)
    if (joint->facts[fact].of[side] != REF_NONE)
      all->values[side][joint->facts[fact].of[side]] =
          joint_value(joint, side, fact, &joint->domains[fact].at[at]);
}

static bool next(Enumeration *all) {
  const Joint *joint = all->pairs->joint;
  for (uint32_t i = joint->policy.facts.count; i-- > 0;) {
    if (all->at[i] + 1 < joint->domains[i].count) {
      choose(all, i, all->at[i] + 1);
      return true;
    }
    choose(all, i, 0);
  }
  return false;
}

static bool same_reply(const Reply *a, const Reply *b) {
  return a->verdict == b->verdict && a->harm == b->harm &&
         a->duties == b->duties;
}

static bool put_pair(Enumeration *all, uint32_t number, Buffer *report) {
  PointPair *point = &all->pairs->at[number];
  Reply sides[2];
  bool possible = false;
  for (uint32_t k = OLD; k <= NEW; k++) {
    ask(all->arena, all->pairs, k, all->values[k], &sides[k]);
    if (point->seen && !same_reply(&sides[k], &point->of[k])) {
      buffer_format(report, "  space: %s answers of one point %u: %u and %u\n",
                    k == OLD ? "two old" : "two new", (unsigned)number,
                    (unsigned)point->of[k].verdict, (unsigned)sides[k].verdict);
      return false;
    }
    possible |= !sides[k].fails;
    sides[k].fails |= point->of[k].fails;
    sides[k].fails_not |= point->of[k].fails_not;
  }
  for (uint32_t k = OLD; k <= NEW; k++)
    all->pairs->emergency[k] |=
        possible && sides[k].emergency && !sides[!k].emergency;
  *point = (PointPair){.seen = true, .of = {sides[OLD], sides[NEW]}};
  return true;
}

static bool try_combination(Enumeration *all, Buffer *report) {
  uint32_t point = find_point(all->pairs, &all->situation);
  all->pairs->tried++;
  if (point != NONE) return put_pair(all, point, report);
  buffer_put_c(report, "  space: a situation falls on no point\n");
  return false;
}

static bool start(Arena *arena, Pairs *pairs, Enumeration *all) {
  const Joint *joint = pairs->joint;
  uint32_t facts = joint->policy.facts.count;
  uint64_t combinations = 1;
  *all = (Enumeration){.arena = arena, .pairs = pairs};
  all->at = ARENA_ARRAY(arena, facts + 1, uint32_t);
  all->givens = ARENA_ARRAY(arena, facts + 1, Given *);
  for (uint32_t k = OLD; k <= NEW; k++)
    all->values[k] =
        ARENA_ARRAY(arena, joint->of[k]->facts.count + 1, RefValue);
  situation_init(arena, &pairs->of.joined->image, pairs->of.today,
                 &all->situation);
  for (uint32_t i = 0; i < facts; i++) {
    uint32_t count = joint->domains[i].count;
    combinations *= count;
    if (combinations == 0 || combinations > PAIRS_TRIED_MOST) return false;
    all->givens[i] = ARENA_ARRAY(arena, count + 1, Given);
    for (uint32_t v = 0; v < count; v++)
      give(arena, pairs, i, &joint->domains[i].at[v], &all->givens[i][v]);
  }
  for (uint32_t i = 0; i < facts; i++) choose(all, i, 0);
  return true;
}

/* ------------------------------------------------------------------- making */

/* A point is left out where each policy assumes that it cannot be.  False if
 * every point is. */
static bool find_possible(Pairs *pairs) {
  uint32_t about[2];
  bool any = false;
  for (uint32_t k = OLD; k <= NEW; k++) {
    about[k] = UINT32_MAX;
    for (uint32_t i = 0; i < pairs->count; i++)
      if (pairs->at[i].seen)
        about[k] &= ~(pairs->at[i].of[k].fails & pairs->at[i].of[k].fails_not);
  }
  for (uint32_t i = 0; i < pairs->count; i++) {
    const PointPair *point = &pairs->at[i];
    pairs->at[i].possible = !(point->of[OLD].fails & about[OLD]) ||
                            !(point->of[NEW].fails & about[NEW]);
    any |= point->seen && point->possible;
  }
  return any;
}

static uint32_t own_boundary(const Subject *subject, uint32_t boundary) {
  for (uint32_t i = 0; i < subject->policy.boundaries.count; i++)
    if (subject->boundaries[i] == boundary) return i;
  return REF_NONE;
}

static bool match_facts(Arena *arena, Pairs *pairs, Buffer *report) {
  const Joint *joint = pairs->joint;
  const Joined *joined = pairs->of.joined;
  pairs->facts = ARENA_ARRAY(arena, joint->policy.facts.count + 1, uint32_t);
  for (uint32_t i = 0; i < joint->policy.facts.count; i++) {
    pairs->facts[i] = NONE;
    for (uint32_t k = 0; k < joined->image.facts.count; k++)
      if (joined->facts[k].of[OLD] == joint->facts[i].of[OLD] &&
          joined->facts[k].of[NEW] == joint->facts[i].of[NEW])
        pairs->facts[i] = k;
    if (pairs->facts[i] != NONE) continue;
    buffer_format(report, "  join: the fact %.*s is not the same in both\n",
                  TEXT_ARG(joint->policy.facts.at[i].name));
    return false;
  }
  return true;
}

PairsMade pairs_make(Arena *arena, const Compared *of, Pairs *pairs,
                     Buffer *report) {
  Enumeration all;
  *pairs = (Pairs){.of = *of, .joint = ARENA_NEW(arena, Joint)};
  pairs->cells = ARENA_ARRAY(arena, of->space->grid->words + 1, Cells);
  for (uint32_t k = OLD; k <= NEW; k++)
    pairs->boundaries[k] = own_boundary(of->subjects[k], of->boundary[k]);
  joint_make(arena, &of->subjects[OLD]->policy, &of->subjects[NEW]->policy,
             pairs->joint);
  if (!match_facts(arena, pairs, report)) return PAIRS_DIFFER;
  if (of->space->too_large || !note_tags(pairs) || !set_strides(arena, pairs) ||
      !joint_domains(arena, pairs->joint, &of->subjects[NEW]->image,
                     pairs->boundaries[NEW], of->today) ||
      !start(arena, pairs, &all))
    return PAIRS_TOO_MANY;
  do {
    if (!try_combination(&all, report)) return PAIRS_DIFFER;
  } while (next(&all));
  return find_possible(pairs) ? PAIRS_MADE : PAIRS_NOTHING;
}

/* ---------------------------------------------------------------- witnesses */

static void read_members(const RefFact *fact, Text list, RefValue *value) {
  uint32_t from = 0;
  value->members = 0;
  for (uint32_t i = 0; i <= list.length; i++) {
    if (i < list.length && list.at[i] != ',') continue;
    uint32_t member = ref_value_find(fact, (Text){list.at + from, i - from});
    if (member != REF_NONE) value->members |= UINT64_C(1) << member;
    from = i + 2;
  }
}

static bool read_words(const Pairs *pairs, uint32_t side,
                       const FactWords *words, RefValue *values) {
  uint32_t own = pairs->of.joined->facts[words->fact].of[side];
  if (own == NONE) return true;
  const RefFact *fact = &pairs->of.subjects[side]->policy.facts.at[own];
  if (fact->value_count == 0) return false;
  if (fact->type == TYPE_SET) {
    read_members(fact, words->value, &values[own]);
    return true;
  }
  values[own].amount = ref_value_find(fact, words->value);
  return values[own].amount != REF_NONE;
}

bool pairs_ask_words(Arena *arena, const Pairs *pairs, uint32_t side,
                     const FactWords *words, uint32_t count, Reply *reply) {
  const RefPolicy *policy = &pairs->of.subjects[side]->policy;
  RefValue *values = ARENA_ARRAY(arena, policy->facts.count + 1, RefValue);
  for (uint32_t i = 0; i < policy->facts.count; i++)
    values[i].amount = policy->facts.at[i].low;
  for (uint32_t i = 0; i < count; i++)
    if (!read_words(pairs, side, &words[i], values)) return false;
  ask(arena, pairs, side, values, reply);
  return true;
}

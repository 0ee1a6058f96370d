#include "audit/join.h"

/* The joint values, variables and tests of two images. */
typedef struct Joiner {
  Arena *arena;
  Joined *joined;
  uint32_t *cuts_of[2];      /* for each cut of an image its joint number */
  uint32_t *variables_of[2]; /* for each variable */
} Joiner;

static Text name_of(const Image *image, uint32_t fact) {
  return image_text(image, image->facts.at[fact].name);
}

static bool is_named(const Fact *fact) {
  return fact->type == TYPE_SCALE || fact->type == TYPE_CHOICE ||
         fact->type == TYPE_SET || fact->type == TYPE_YES_NO;
}

/* ----------------------------------------------------------------- facts */

static bool same_name(const Image *a, uint32_t x, const Image *b, uint32_t y) {
  return a->facts.at[x].dimension == b->facts.at[y].dimension &&
         text_equal(name_of(a, x), name_of(b, y));
}

static bool same_type(const Fact *a, const Fact *b) {
  return a->type == b->type && a->item == b->item &&
         a->currency == b->currency &&
         unit_family((Unit)a->unit) == unit_family((Unit)b->unit);
}

/* Steps that fit into each other from the same start. */
static bool same_lattice(const Fact *a, const Fact *b) {
  int64_t wide = a->step > b->step ? a->step : b->step;
  int64_t fine = a->step > b->step ? b->step : a->step;
  if (a->step == 0 || b->step == 0) return a->step == b->step;
  return wide % fine == 0 && (a->low - b->low) % fine == 0;
}

static uint32_t find_same(const Joined *joined, uint32_t fact,
                          bool *other_type) {
  const Image *before = joined->of[OLD], *after = joined->of[NEW];
  for (uint32_t i = 0; i < before->facts.count; i++) {
    if (!same_name(before, i, after, fact)) continue;
    bool same = same_type(&before->facts.at[i], &after->facts.at[fact]) &&
                same_lattice(&before->facts.at[i], &after->facts.at[fact]);
    *other_type = !same;
    return same ? i : NONE;
  }
  return NONE;
}

/* What both can say. */
static void narrow(JoinedFact *joint, const Fact *other, Fact *fact) {
  joint->narrowed = fact->low != other->low || fact->high != other->high ||
                    fact->step != other->step ||
                    fact->may_be_ahead != other->may_be_ahead;
  fact->may_be_ahead &= other->may_be_ahead;
  if (other->step > fact->step) {
    fact->step = other->step;
    fact->low = other->low;
  }
  if (other->low > fact->low) fact->low = other->low;
  if (other->high < fact->high) fact->high = other->high;
  if (fact->step) fact->high -= (fact->high - fact->low) % fact->step;
}

static uint32_t add_fact(Joiner *joiner, uint32_t side, uint32_t index) {
  Joined *joined = joiner->joined;
  const Image *from = joined->of[side];
  Fact fact = from->facts.at[index];
  JoinedFact *joint = &joined->facts[joined->image.facts.count];
  uint32_t texts = side == NEW ? joined->of[OLD]->texts.count : 0;
  fact.name += texts;
  fact.question += texts;
  if (fact.help != NONE) fact.help += texts;
  *joint = (JoinedFact){.of = {NONE, NONE}};
  joint->of[side] = index;
  joined->facts_of[side][index] = joined->image.facts.count;
  VEC_PUSH(joiner->arena, &joined->image.facts, fact);
  return joined->image.facts.count - 1;
}

static void match_facts(Joiner *joiner) {
  Joined *joined = joiner->joined;
  uint32_t counts[2] = {joined->of[OLD]->facts.count,
                        joined->of[NEW]->facts.count};
  joined->facts = ARENA_ARRAY(joiner->arena, counts[0] + counts[1] + 1,
                              JoinedFact);
  for (uint32_t side = OLD; side <= NEW; side++)
    joined->facts_of[side] =
        ARENA_ARRAY(joiner->arena, counts[side] + 1, uint32_t);
  for (uint32_t i = 0; i < counts[OLD]; i++) add_fact(joiner, OLD, i);
  for (uint32_t i = 0; i < counts[NEW]; i++) {
    bool other_type = false;
    uint32_t same = find_same(joined, i, &other_type);
    if (same == NONE) {
      joined->facts[add_fact(joiner, NEW, i)].other_type = other_type;
      continue;
    }
    joined->facts[same].of[NEW] = i;
    joined->facts_of[NEW][i] = same;
    if (!is_named(&joined->image.facts.at[same]))
      narrow(&joined->facts[same], &joined->of[NEW]->facts.at[i],
             &joined->image.facts.at[same]);
  }
}

/* ---------------------------------------------------------------- values */

static uint32_t find_value(const Joined *joined, uint32_t side, uint32_t fact,
                           Text name) {
  const Image *image = joined->of[side];
  if (fact == NONE) return NONE;
  Range values = image->facts.at[fact].values;
  for (uint32_t i = 0; i < values.count; i++)
    if (text_equal(image_text(image, image->values.at[values.first + i].name),
                   name))
      return i;
  return NONE;
}

/* A value that is not there yet; its numbers in both images. */
static void add_value(Joiner *joiner, uint32_t side, uint32_t index,
                      uint32_t value) {
  Joined *joined = joiner->joined;
  JoinedFact *joint = &joined->facts[index];
  Fact *fact = &joined->image.facts.at[index];
  const Image *from = joined->of[side];
  Value one =
      from->values.at[from->facts.at[joint->of[side]].values.first + value];
  Text name = image_text(from, one.name);
  uint32_t texts = side == NEW ? joined->of[OLD]->texts.count : 0;
  for (uint32_t k = OLD; k <= NEW; k++)
    joint->values[k][fact->values.count] =
        find_value(joined, k, joint->of[k], name);
  one.name += texts;
  if (one.words != NONE) one.words += texts;
  VEC_PUSH(joiner->arena, &joined->image.values, one);
  fact->values.count++;
}

/* The old policy's values in their order; each new one before the next that
 * both have, so that a scale that grew stays in order. */
static void join_values(Joiner *joiner, uint32_t index) {
  Joined *joined = joiner->joined;
  JoinedFact *joint = &joined->facts[index];
  Fact *fact = &joined->image.facts.at[index];
  uint32_t counts[2] = {0, 0}, next = 0;
  for (uint32_t k = OLD; k <= NEW; k++) {
    if (joint->of[k] != NONE)
      counts[k] = joined->of[k]->facts.at[joint->of[k]].values.count;
  }
  for (uint32_t k = OLD; k <= NEW; k++)
    joint->values[k] =
        ARENA_ARRAY(joiner->arena, counts[0] + counts[1] + 1, uint32_t);
  fact->values = (Range){joined->image.values.count, 0};
  for (uint32_t i = 0; i <= counts[OLD]; i++) {
    uint32_t until = counts[NEW];
    if (i < counts[OLD]) {
      const Image *old = joined->of[OLD];
      Range values = old->facts.at[joint->of[OLD]].values;
      uint32_t same = find_value(
          joined, NEW, joint->of[NEW],
          image_text(old, old->values.at[values.first + i].name));
      until = same == NONE ? next : same;
    }
    for (; next < until; next++) {
      const Image *new = joined->of[NEW];
      Range values = new->facts.at[joint->of[NEW]].values;
      Text name = image_text(new, new->values.at[values.first + next].name);
      if (find_value(joined, OLD, joint->of[OLD], name) == NONE)
        add_value(joiner, NEW, index, next);
    }
    if (i < counts[OLD]) add_value(joiner, OLD, index, i);
  }
  joined->too_many |= fact->type == TYPE_SET && fact->values.count > 64;
}

/* ------------------------------------------------------------- variables */

static void start_variable(Joiner *joiner, Variable variable) {
  Image *image = &joiner->joined->image;
  variable.cuts = (Range){image->cuts.count, 0};
  VEC_PUSH(joiner->arena, &image->variables, variable);
}

/* A cut at each value from 1 on: its cells are its values. */
static void add_value_cuts(Joiner *joiner, uint32_t count) {
  Image *image = &joiner->joined->image;
  Variable *variable = &image->variables.at[image->variables.count - 1];
  for (uint32_t i = 1; i < count; i++) {
    Cut cut = {.side = 0, .base = CUT_VALUE, .value = i};
    VEC_PUSH(joiner->arena, &image->cuts, cut);
    variable->cuts.count++;
  }
}

static void add_cuts(Joiner *joiner, uint32_t side, uint32_t index) {
  Image *image = &joiner->joined->image;
  const Image *from = joiner->joined->of[side];
  Variable *variable = &image->variables.at[image->variables.count - 1];
  Range cuts = from->variables.at[index].cuts;
  joiner->variables_of[side][index] = image->variables.count - 1;
  for (uint32_t i = 0; i < cuts.count; i++) {
    joiner->cuts_of[side][cuts.first + i] = image->cuts.count;
    VEC_PUSH(joiner->arena, &image->cuts, from->cuts.at[cuts.first + i]);
    variable->cuts.count++;
  }
}

static void note_variable(Joiner *joiner, uint32_t fact, uint32_t variable) {
  const Joined *joined = joiner->joined;
  for (uint32_t k = OLD; k <= NEW; k++)
    if (joined->facts[fact].of[k] != NONE)
      joiner->variables_of[k][joined->of[k]
                                  ->facts.at[joined->facts[fact].of[k]]
                                  .variables.first] = variable;
}

static void add_members(Joiner *joiner, uint32_t index) {
  Joined *joined = joiner->joined;
  const JoinedFact *joint = &joined->facts[index];
  for (uint32_t m = 0; m < joined->image.facts.at[index].values.count; m++) {
    for (uint32_t k = OLD; k <= NEW; k++)
      if (joint->of[k] != NONE && joint->values[k][m] != NONE)
        joiner->variables_of[k][joined->of[k]
                                    ->facts.at[joint->of[k]]
                                    .variables.first +
                                joint->values[k][m]] =
            joined->image.variables.count;
    start_variable(joiner, (Variable){.fact = index, .member = m,
                                      .with = NONE});
    add_value_cuts(joiner, 2);
  }
}

static uint32_t joint_with(const Joined *joined, uint32_t side,
                           const Variable *variable) {
  return variable->with == NONE ? NONE
                                : joined->facts_of[side][variable->with];
}

static bool same_window(const Joined *joined, const Variable *old,
                        const Variable *new) {
  return old->aggregate == new->aggregate && old->window == new->window &&
         old->length == new->length &&
         joint_with(joined, OLD, old) == joint_with(joined, NEW, new);
}

static void add_window(Joiner *joiner, uint32_t index, uint32_t side,
                       uint32_t from) {
  const Joined *joined = joiner->joined;
  Variable variable = joined->of[side]->variables.at[from];
  variable.with = joint_with(joined, side, &variable);
  variable.fact = index;
  start_variable(joiner, variable);
  add_cuts(joiner, side, from);
}

static void add_windows(Joiner *joiner, uint32_t index) {
  const Joined *joined = joiner->joined;
  Range ranges[2] = {{0, 0}, {0, 0}};
  for (uint32_t k = OLD; k <= NEW; k++)
    if (joined->facts[index].of[k] != NONE)
      ranges[k] = joined->of[k]->facts.at[joined->facts[index].of[k]].variables;
  bool *taken = ARENA_ARRAY(joiner->arena, ranges[NEW].count + 1, bool);
  for (uint32_t i = 0; i < ranges[OLD].count; i++) {
    uint32_t old = ranges[OLD].first + i;
    add_window(joiner, index, OLD, old);
    for (uint32_t k = 0; k < ranges[NEW].count; k++) {
      uint32_t new = ranges[NEW].first + k;
      if (taken[k] || !same_window(joined, &joined->of[OLD]->variables.at[old],
                                   &joined->of[NEW]->variables.at[new]))
        continue;
      taken[k] = true;
      add_cuts(joiner, NEW, new);
    }
  }
  for (uint32_t k = 0; k < ranges[NEW].count; k++)
    if (!taken[k]) add_window(joiner, index, NEW, ranges[NEW].first + k);
}

static void add_amount(Joiner *joiner, uint32_t index) {
  const Joined *joined = joiner->joined;
  start_variable(joiner, (Variable){.fact = index, .with = NONE});
  for (uint32_t k = OLD; k <= NEW; k++) {
    uint32_t fact = joined->facts[index].of[k];
    if (fact != NONE)
      add_cuts(joiner, k, joined->of[k]->facts.at[fact].variables.first);
  }
}

static void join_variables(Joiner *joiner, uint32_t index) {
  Image *image = &joiner->joined->image;
  uint32_t first = image->variables.count;
  uint32_t type = image->facts.at[index].type;
  if (type == TYPE_SET) {
    add_members(joiner, index);
  } else if (is_named(&image->facts.at[index])) {
    note_variable(joiner, index, image->variables.count);
    start_variable(joiner, (Variable){.fact = index, .with = NONE});
    add_value_cuts(joiner, image->facts.at[index].values.count);
  } else if (type == TYPE_RECORD) {
    add_windows(joiner, index);
  } else {
    add_amount(joiner, index);
  }
  image->facts.at[index].variables =
      (Range){first, image->variables.count - first};
}

/* ----------------------------------------------------------------- tests */

/* A test over values: the runs of joint values that it has. */
static void add_value_test(Joiner *joiner, uint32_t side, const Test *test,
                           uint32_t variable) {
  Joined *joined = joiner->joined;
  Image *image = &joined->image;
  const Image *from = joined->of[side];
  const Variable *joint = &image->variables.at[variable];
  const Fact *fact = &image->facts.at[joint->fact];
  uint32_t base = from->variables.at[test->variable].cuts.first;
  uint32_t count = fact->type == TYPE_SET ? 2 : fact->values.count;
  Test moved = {variable, {image->intervals.count, 0}};
  for (uint32_t v = 0; v < count; v++) {
    uint32_t own = fact->type == TYPE_SET
                       ? v
                       : joined->facts[joint->fact].values[side][v];
    bool has = false;
    for (uint32_t i = 0; i < test->intervals.count && own != NONE; i++) {
      const Interval *one = &from->intervals.at[test->intervals.first + i];
      uint32_t low = one->from == NONE ? 0 : one->from - base + 1;
      has |= own >= low && (one->to == NONE || own < one->to - base + 1);
    }
    if (!has) continue;
    Interval one = {v == 0 ? NONE : joint->cuts.first + v - 1,
                    v + 1 == count ? NONE : joint->cuts.first + v};
    VEC_PUSH(joiner->arena, &image->intervals, one);
    moved.intervals.count++;
  }
  VEC_PUSH(joiner->arena, &image->tests, moved);
}

static void add_amount_test(Joiner *joiner, uint32_t side, const Test *test,
                            uint32_t variable) {
  Image *image = &joiner->joined->image;
  const Image *from = joiner->joined->of[side];
  Test moved = {variable, {image->intervals.count, test->intervals.count}};
  for (uint32_t i = 0; i < test->intervals.count; i++) {
    Interval one = from->intervals.at[test->intervals.first + i];
    if (one.from != NONE) one.from = joiner->cuts_of[side][one.from];
    if (one.to != NONE) one.to = joiner->cuts_of[side][one.to];
    VEC_PUSH(joiner->arena, &image->intervals, one);
  }
  VEC_PUSH(joiner->arena, &image->tests, moved);
}

static void add_tests(Joiner *joiner, uint32_t side) {
  const Image *from = joiner->joined->of[side];
  const Image *image = &joiner->joined->image;
  for (uint32_t i = 0; i < from->tests.count; i++) {
    const Test *test = &from->tests.at[i];
    uint32_t variable = joiner->variables_of[side][test->variable];
    if (is_named(&image->facts.at[image->variables.at[variable].fact]))
      add_value_test(joiner, side, test, variable);
    else
      add_amount_test(joiner, side, test, variable);
  }
}

void join_facts(Arena *arena, Joined *joined) {
  Joiner joiner = {.arena = arena, .joined = joined};
  for (uint32_t k = OLD; k <= NEW; k++) {
    joiner.cuts_of[k] =
        ARENA_ARRAY(arena, joined->of[k]->cuts.count + 1, uint32_t);
    joiner.variables_of[k] =
        ARENA_ARRAY(arena, joined->of[k]->variables.count + 1, uint32_t);
  }
  match_facts(&joiner);
  for (uint32_t i = 0; i < joined->image.facts.count; i++)
    if (is_named(&joined->image.facts.at[i])) join_values(&joiner, i);
  for (uint32_t i = 0; i < joined->image.facts.count; i++)
    join_variables(&joiner, i);
  add_tests(&joiner, OLD);
  add_tests(&joiner, NEW);
}

#include <string.h>

#include "runtime/index.h"
#include "runtime/lanes.h"

#define BIT(n) (1u << (n))

/* Exceptions, and conditions that stay code, take more than a list. */
static bool needs_standings(const Index *index) {
  return index->coded_count > 0 || index->has_exceptions;
}

static void make_standings(Arena *arena, uint32_t rules,
                           DecisionSpace *space) {
  space->applying = ARENA_ARRAY(arena, rules, uint32_t);
  space->exceptions = ARENA_ARRAY(arena, rules, uint32_t);
  space->applies = ARENA_ARRAY(arena, rules, uint8_t);
  space->displaced = ARENA_ARRAY(arena, rules, uint8_t);
  memset(space->applies, THREE_NO, rules);
  memset(space->displaced, THREE_NO, rules);
}

void decision_space_make(Arena *arena, const Index *index,
                         DecisionSpace *space) {
  const Image *image = index->inquiry->image;
  size_t words = index->words + 1, variables = index->variable_count + 2;
  uint32_t rules = image->rules.count + 1;
  *space = (DecisionSpace){.join = lanes_and()};
  space->surely = index_lanes(arena, words);
  space->possibly = index_lanes(arena, words);
  space->maps = ARENA_ARRAY(arena, variables, const uint64_t *);
  space->sure_maps = ARENA_ARRAY(arena, variables, const uint64_t *);
  space->in_force = ARENA_ARRAY(arena, rules, uint32_t);
  space->open = ARENA_ARRAY(arena, rules, uint32_t);
  space->maps[0] = index->all;
  space->sure_maps[0] = space->possibly;
  if (needs_standings(index)) make_standings(arena, rules, space);
  if (index->coded_count > 0)
    space->registers =
        ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint8_t);
}

void decision_space_make_wide(Arena *arena, const Index *index,
                              DecisionSpace *space) {
  size_t maps = 2 * ((size_t)index->variable_count + 2);
  decision_space_make(arena, index, space);
  space->several =
      ARENA_ARRAY(arena, (index->words + 1) * maps, uint64_t);
}

/* ---------------------------------------------------------- which rows hold */

/* The OR and the AND of the bitmaps of a variable's possible cells. */
static void join_several(const Index *index, const IndexVariable *variable,
                         const Cells *cells, uint64_t *any, uint64_t *every) {
  const GridVariable *grid =
      &index->inquiry->grid.variables[variable->variable];
  memset(any, 0, index->words * sizeof *any);
  memset(every, 0xff, index->words * sizeof *every);
  for (uint32_t cell = cells_next(cells, grid, 0); cell < grid->cells;
       cell = cells_next(cells, grid, cell + 1)) {
    const uint64_t *map = index->maps + variable->maps + cell * index->words;
    for (uint32_t i = 0; i < index->words; i++) {
      any[i] |= map[i];
      every[i] &= map[i];
    }
  }
}

/* Fills space->possibly and returns the rows that hold for sure. */
static const uint64_t *match_rows(const Index *index, const IndexPlace *place,
                                  DecisionSpace *space) {
  size_t count = 0, unsure = 0;
  uint64_t *several = space->several;
  count++;
  for (uint32_t i = 0; i < index->variable_count; i++) {
    const IndexVariable *variable = &index->variables[i];
    uint32_t code = place->codes[variable->variable];
    if (code < CELL_SEVERAL) {
      space->maps[count++] = index->maps + variable->maps + code * index->words;
    } else if (code == CELL_ANY) {
      space->sure_maps[++unsure] = index->maps + variable->none;
    } else {
      join_several(index, variable, place->cells, several,
                   several + index->words);
      space->maps[count++] = several;
      space->sure_maps[++unsure] = several + index->words;
      several += 2 * index->words;
    }
  }
  space->join(space->possibly, space->maps, count, index->words);
  if (!unsure)
    return space->possibly;
  space->join(space->surely, space->sure_maps, unsure + 1, index->words);
  return space->surely;
}

/* -------------------------------------------------------- which rules apply */

static uint32_t rules_of_rows(const Index *index, const uint64_t *surely,
                              DecisionSpace *space) {
  uint32_t count = 0, last = NONE;
  for (uint32_t w = 0; w < index->words; w++)
    for (uint64_t word = space->possibly[w]; word; word &= word - 1) {
      uint32_t bit = (uint32_t)__builtin_ctzll(word);
      uint32_t rule = index->row_rule[w * 64 + bit];
      Three value = surely[w] >> bit & 1 ? THREE_YES : THREE_OPEN;
      if (rule != last)
        space->applying[count++] = last = rule;
      space->applies[rule] =
          (uint8_t)three_or((Three)space->applies[rule], value);
    }
  return count;
}

/* Adds the rules whose conditions stay code, keeping the list in order. */
static uint32_t add_coded(const Index *index, const IndexPlace *place,
                          DecisionSpace *space, uint32_t count) {
  const Image *image = index->inquiry->image;
  machine_run(&index->inquiry->grid, &index->coded, place->cells,
              space->registers);
  for (uint32_t i = 0; i < index->coded_count; i++) {
    uint32_t rule = index->coded_rules[i];
    uint32_t reg = image->nodes.at[image->rules.at[rule].condition].reg;
    if (space->registers[reg] == THREE_NO)
      continue;
    space->applies[rule] = space->registers[reg];
    uint32_t at = count++;
    for (; at > 0 && space->applying[at - 1] > rule; at--)
      space->applying[at] = space->applying[at - 1];
    space->applying[at] = rule;
  }
  return count;
}

/* The rules that a rule sets aside. */
typedef struct Names {
  const uint32_t *at;
  uint32_t count;
} Names;

static inline Names names_of(const Index *index, uint32_t rule) {
  const uint32_t *first = &index->displaced_first[rule];
  return (Names){index->displaced + first[0], first[1] - first[0]};
}

/* The applying exceptions by rank, the first in the order first. */
static uint32_t sort_exceptions(const Index *index, DecisionSpace *space,
                                uint32_t applying) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < applying; i++) {
    uint32_t rule = space->applying[i];
    if (names_of(index, rule).count == 0)
      continue;
    uint32_t at = count++;
    for (; at > 0 &&
           index->ranks[space->exceptions[at - 1]] > index->ranks[rule];
         at--)
      space->exceptions[at] = space->exceptions[at - 1];
    space->exceptions[at] = rule;
  }
  return count;
}

static void displace(const Index *index, DecisionSpace *space,
                     uint32_t applying) {
  uint32_t count = sort_exceptions(index, space, applying);
  for (uint32_t i = count; i-- > 0;) {
    uint32_t rule = space->exceptions[i];
    Names names = names_of(index, rule);
    Three any = THREE_NO;
    for (uint32_t k = 0; k < names.count; k++)
      any = three_or(any, (Three)space->applies[names.at[k]]);
    space->applies[rule] =
        (uint8_t)three_and((Three)space->applies[rule], any);
  }
  for (uint32_t i = 0; i < count; i++) {
    uint32_t rule = space->exceptions[i];
    Names names = names_of(index, rule);
    Three in_force =
        three_and((Three)space->applies[rule],
                  three_not((Three)space->displaced[rule]));
    for (uint32_t k = 0; k < names.count; k++) {
      uint8_t *named = &space->displaced[names.at[k]];
      *named = (uint8_t)three_or((Three)*named, in_force);
    }
  }
}

/* ---------------------------------------------------------------- findings */

static bool member_met(const IndexPlace *place, uint32_t member) {
  uint32_t fact = member / INDEX_MEMBER(1u, 0u);
  uint32_t value = member % INDEX_MEMBER(1u, 0u);
  if (place->known && !(place->known[fact / 64] >> (fact % 64) & 1))
    return false;
  if (value == INDEX_MEMBER_YES)
    return place->values[fact] == 1;
  return place->values[fact] >> value & 1;
}

/* Of a rule that asks. */
static bool who_met(const Index *index, const IndexPlace *place,
                    uint32_t rule) {
  const uint32_t *at = index->asks + index->ask_first[rule];
  const uint32_t *end = index->asks + index->ask_first[rule + 1];
  uint32_t needed = *at++, met = 0;
  if (place->agreed)
    return place->agreed[rule];
  for (; at < end; at++)
    met += member_met(place, *at);
  return met >= needed;
}

static inline unsigned effects_of(const Index *index, const IndexPlace *place,
                                  uint32_t rule) {
  unsigned effects = index->effects[rule];
  if (!place->support || !(effects & EFFECT_ASKS) ||
      !who_met(index, place, rule))
    return effects;
  return (effects & ~(unsigned)EFFECT_VERDICTS) | BIT(CARE);
}

static unsigned highest(unsigned effects) {
  effects &= EFFECT_VERDICTS;
  return effects ? 31u - (unsigned)__builtin_clz(effects) : SILENT;
}

uint8_t index_counts(const Index *index, const IndexPlace *place,
                     uint32_t rule) {
  return (uint8_t)highest(effects_of(index, place, rule));
}

/* The effects of the rules surely, and of those possibly, in force. */
typedef struct Tally {
  unsigned surely, possibly;
} Tally;

/* The most authoritative layer with a finding in force. */
static uint32_t first_layer(unsigned effects) {
  unsigned layers = effects / EFFECT_LAYER & (BIT(LAYER_COUNT) - 1);
  return (uint32_t)__builtin_ctz(layers | BIT(LAYER_COUNT));
}

static void add_otherwise(const Index *index, const IndexPlace *place,
                          Tally *sum, Decision *decision) {
  uint32_t sure_layer = first_layer(sum->surely);
  uint32_t possible_layer = first_layer(sum->possibly);
  for (uint32_t i = 0; i < index->otherwise_count; i++) {
    uint32_t rule = index->otherwise[i];
    uint32_t layer = index->otherwise_layers[i];
    if (sure_layer <= layer)
      continue;
    unsigned effects = effects_of(index, place, rule);
    sum->possibly |= effects;
    if (possible_layer <= layer) {
      decision->open[decision->open_count++] = rule;
    } else {
      decision->in_force[decision->in_force_count++] = rule;
      sum->surely |= effects;
    }
  }
}

static Three three_of(const Tally *sum, unsigned effect) {
  if (sum->surely & effect)
    return THREE_YES;
  return sum->possibly & effect ? THREE_OPEN : THREE_NO;
}

static void give_findings(const Index *index, const Tally *sum,
                          Decision *decision) {
  unsigned surely = highest(sum->surely);
  unsigned verdict = sum->possibly & EFFECT_VERDICTS & (~0u << surely);
  decision->emergency = (uint8_t)three_of(sum, EFFECT_EMERGENCY);
  if (index->inquiry->boundary == NONE)
    return;
  if (surely == SILENT && !index->otherwise_count)
    verdict |= BIT(SILENT);
  decision->verdict = (uint8_t)verdict;
  Three harm = three_of(sum, EFFECT_HARM);
  unsigned not_ahead = BIT(HOLD) | BIT(NEVER);
  Three held = (Three)((verdict & not_ahead ? THREE_YES : 0) |
                       (verdict & ~not_ahead ? THREE_NO : 0));
  decision->may_harm = (uint8_t)harm;
  decision->tension = (uint8_t)three_and(harm, held);
}

/* ------------------------------------------------------- without exceptions */

/* Lists the rules of rows, each once.  The next entry is written before it is
 * known to be new: that spares a branch that nobody can foresee. */
static uint32_t list_rules(const Index *index, const uint64_t *rows,
                           const uint64_t *but, uint32_t *list) {
  uint32_t count = 0, last = NONE;
  for (uint32_t w = 0; w < index->words; w++) {
    uint64_t word = but ? rows[w] & ~but[w] : rows[w];
    for (; word; word &= word - 1) {
      uint32_t rule =
          index->row_rule[w * 64 + (uint32_t)__builtin_ctzll(word)];
      count += rule != last;
      list[count - 1] = last = rule;
    }
  }
  return count;
}

/* Takes out of the rising list `open` what is in the rising list `sure`. */
static uint32_t without(uint32_t *open, uint32_t count, const uint32_t *sure,
                        uint32_t sure_count) {
  uint32_t kept = 0, at = 0;
  for (uint32_t i = 0; i < count; i++) {
    while (at < sure_count && sure[at] < open[i])
      at++;
    if (at == sure_count || sure[at] != open[i])
      open[kept++] = open[i];
  }
  return kept;
}

static void conclude_plainly(const Index *index, const IndexPlace *place,
                             const uint64_t *surely, DecisionSpace *space,
                             Decision *decision, Tally *sum) {
  uint32_t sure = list_rules(index, surely, NULL, space->in_force);
  for (uint32_t i = 0; i < sure; i++)
    sum->surely |= effects_of(index, place, space->in_force[i]);
  sum->possibly = sum->surely;
  decision->in_force_count = sure;
  if (surely == space->possibly)
    return;
  uint32_t open = list_rules(index, space->possibly, surely, space->open);
  for (uint32_t i = 0; i < open; i++)
    sum->possibly |= effects_of(index, place, space->open[i]);
  decision->open_count = without(space->open, open, space->in_force, sure);
}

/* -------------------------------------------- with exceptions, or with code */

static void forget(const Index *index, DecisionSpace *space, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    uint32_t rule = space->applying[i];
    space->applies[rule] = space->displaced[rule] = THREE_NO;
    if (!index->has_exceptions)
      continue;
    Names names = names_of(index, rule);
    for (uint32_t k = 0; k < names.count; k++)
      space->displaced[names.at[k]] = THREE_NO;
  }
}

static void conclude_fully(const Index *index, const IndexPlace *place,
                           const uint64_t *surely, DecisionSpace *space,
                           Decision *decision, Tally *sum) {
  uint32_t count = rules_of_rows(index, surely, space);
  if (index->coded_count)
    count = add_coded(index, place, space, count);
  if (index->has_exceptions)
    displace(index, space, count);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t rule = space->applying[i];
    Three in_force = three_and((Three)space->applies[rule],
                               three_not((Three)space->displaced[rule]));
    if (in_force == THREE_NO)
      continue;
    unsigned effects = effects_of(index, place, rule);
    sum->possibly |= effects;
    if (in_force == THREE_YES) {
      sum->surely |= effects;
      decision->in_force[decision->in_force_count++] = rule;
    } else {
      decision->open[decision->open_count++] = rule;
    }
  }
  forget(index, space, count);
}

void index_conclude(const Index *index, const IndexPlace *place,
                    const uint64_t *surely, DecisionSpace *space,
                    Decision *decision) {
  Tally sum = {0, 0};
  *decision = (Decision){.in_force = space->in_force, .open = space->open};
  if (index->coded_count || index->has_exceptions)
    conclude_fully(index, place, surely, space, decision, &sum);
  else
    conclude_plainly(index, place, surely, space, decision, &sum);
  if (index->otherwise_count)
    add_otherwise(index, place, &sum, decision);
  give_findings(index, &sum, decision);
}

void index_decide(const Index *index, const IndexPlace *place,
                  DecisionSpace *space, Decision *decision) {
  const uint64_t *surely = match_rows(index, place, space);
  index_conclude(index, place, surely, space, decision);
}

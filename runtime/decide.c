#include <string.h>

#include "runtime/index.h"
#include "runtime/lanes.h"

#define BIT(n) (1u << (n))

void decision_space_make(Arena *arena, const Index *index,
                         DecisionSpace *space) {
  const Image *image = index->inquiry->image;
  size_t words = index->words + 1, variables = index->variable_count + 2;
  uint32_t rules = image->rules.count + 1;
  space->surely = ARENA_ARRAY(arena, words, uint64_t);
  space->possibly = ARENA_ARRAY(arena, words, uint64_t);
  space->several = ARENA_ARRAY(arena, words * variables * 2, uint64_t);
  space->maps = ARENA_ARRAY(arena, variables, const uint64_t *);
  space->sure_maps = ARENA_ARRAY(arena, variables, const uint64_t *);
  space->applying = ARENA_ARRAY(arena, rules, uint32_t);
  space->exceptions = ARENA_ARRAY(arena, rules, uint32_t);
  space->applies = ARENA_ARRAY(arena, rules, uint8_t);
  space->displaced = ARENA_ARRAY(arena, rules, uint8_t);
  memset(space->applies, THREE_NO, rules);
  memset(space->displaced, THREE_NO, rules);
  space->registers =
      ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint8_t);
  space->in_force = ARENA_ARRAY(arena, rules, uint32_t);
  space->open = ARENA_ARRAY(arena, rules, uint32_t);
  space->join = lanes_and();
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
  space->maps[count++] = index->all;
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
  space->sure_maps[0] = space->possibly;
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

/* The applying exceptions by rank, the first in the order first. */
static uint32_t sort_exceptions(const Index *index, DecisionSpace *space,
                                uint32_t applying) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < applying; i++) {
    uint32_t rule = space->applying[i];
    if (index->inquiry->image->rules.at[rule].kind != RULE_EXCEPTION)
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
  const Image *image = index->inquiry->image;
  uint32_t count = sort_exceptions(index, space, applying);
  for (uint32_t i = count; i-- > 0;) {
    uint32_t rule = space->exceptions[i];
    Range names = image->rules.at[rule].displaces;
    Three any = THREE_NO;
    for (uint32_t k = 0; k < names.count; k++)
      any = three_or(any, (Three)space->applies[
                              image->links.at[names.first + k].rule]);
    space->applies[rule] =
        (uint8_t)three_and((Three)space->applies[rule], any);
  }
  for (uint32_t i = 0; i < count; i++) {
    uint32_t rule = space->exceptions[i];
    Range names = image->rules.at[rule].displaces;
    Three in_force =
        three_and((Three)space->applies[rule],
                  three_not((Three)space->displaced[rule]));
    for (uint32_t k = 0; k < names.count; k++) {
      uint8_t *named =
          &space->displaced[image->links.at[names.first + k].rule];
      *named = (uint8_t)three_or((Three)*named, in_force);
    }
  }
}

/* ------------------------------------------------------------ what follows */

/* What has been found so far. */
typedef struct Tally {
  unsigned possible, surely; /* verdicts that are possible; the highest sure */
  uint32_t sure_layer, possible_layer; /* the most authoritative in force */
  Three harm, emergency;
} Tally;

static void tally(const Index *index, const uint8_t *counts, uint32_t rule,
                  Three in_force, Tally *sum) {
  uint32_t layer = index->inquiry->image->rules.at[rule].layer;
  switch ((Role)index->roles[rule]) {
  case ROLE_FINDING:
    sum->possible |= BIT(counts[rule]);
    if (layer < sum->possible_layer)
      sum->possible_layer = layer;
    if (in_force != THREE_YES)
      break;
    if (layer < sum->sure_layer)
      sum->sure_layer = layer;
    if (counts[rule] > sum->surely)
      sum->surely = counts[rule];
    break;
  case ROLE_HOLDING_BACK:
    sum->harm = three_or(sum->harm, in_force);
    break;
  case ROLE_EMERGENCY:
    sum->emergency = three_or(sum->emergency, in_force);
    break;
  case ROLE_NOTHING:
    break;
  }
}

static void list_rule(Decision *decision, uint32_t rule, Three in_force) {
  if (in_force == THREE_YES)
    decision->in_force[decision->in_force_count++] = rule;
  else if (in_force == THREE_OPEN)
    decision->open[decision->open_count++] = rule;
}

static void add_otherwise(const Index *index, const uint8_t *counts,
                          Tally *sum, Decision *decision) {
  for (uint32_t i = 0; i < index->otherwise_count; i++) {
    uint32_t rule = index->otherwise[i];
    uint32_t layer = index->inquiry->image->rules.at[rule].layer;
    if (sum->sure_layer <= layer)
      continue;
    Three speaks = sum->possible_layer <= layer ? THREE_OPEN : THREE_YES;
    list_rule(decision, rule, speaks);
    sum->possible |= BIT(counts[rule]);
    if (speaks == THREE_YES && counts[rule] > sum->surely)
      sum->surely = counts[rule];
  }
}

static void conclude(const Index *index, Tally *sum, Decision *decision) {
  unsigned verdict = sum->possible & (~0u << sum->surely);
  if (sum->surely == SILENT && !index->otherwise_count)
    verdict |= BIT(SILENT);
  bool nowhere = index->inquiry->boundary == NONE;
  decision->verdict = nowhere ? 0 : (uint8_t)verdict;
  decision->emergency = (uint8_t)sum->emergency;
  decision->may_harm = nowhere ? 0 : (uint8_t)sum->harm;
  unsigned not_ahead = side_mask(SIDE_NOT);
  Three held = (Three)((verdict & not_ahead ? THREE_YES : 0) |
                       (verdict & ~not_ahead ? THREE_NO : 0));
  decision->tension = nowhere ? 0 : (uint8_t)three_and(sum->harm, held);
}

static void forget(const Index *index, DecisionSpace *space, uint32_t count) {
  const Image *image = index->inquiry->image;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t rule = space->applying[i];
    space->applies[rule] = space->displaced[rule] = THREE_NO;
    Range names = image->rules.at[rule].displaces;
    for (uint32_t k = 0; k < names.count; k++)
      space->displaced[image->links.at[names.first + k].rule] = THREE_NO;
  }
}

void index_decide(const Index *index, const uint8_t *counts,
                  const IndexPlace *place, DecisionSpace *space,
                  Decision *decision) {
  Tally sum = {.sure_layer = LAYER_COUNT, .possible_layer = LAYER_COUNT,
               .harm = THREE_NO, .emergency = THREE_NO};
  *decision = (Decision){.in_force = space->in_force, .open = space->open};
  const uint64_t *surely = match_rows(index, place, space);
  uint32_t count = rules_of_rows(index, surely, space);
  if (index->coded_count)
    count = add_coded(index, place, space, count);
  if (index->has_exceptions)
    displace(index, space, count);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t rule = space->applying[i];
    Three in_force = three_and((Three)space->applies[rule],
                               three_not((Three)space->displaced[rule]));
    list_rule(decision, rule, in_force);
    if (in_force != THREE_NO)
      tally(index, counts, rule, in_force, &sum);
  }
  add_otherwise(index, counts, &sum, decision);
  conclude(index, &sum, decision);
  forget(index, space, count);
}

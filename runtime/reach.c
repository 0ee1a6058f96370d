#include "runtime/reach.h"

#include <string.h>

#define PROPOSALS_MOST 8
#define AGAINST_MOST 16

/* What is chosen in turn: a value of an added fact, or a cell of a variable. */
struct ReachSlot {
  uint32_t lever;
  uint32_t variable; /* NONE: the turns of an added fact */
  uint32_t next;     /* the turn or cell to look at next */
  uint32_t cell;     /* the one being looked at: any of its run will do */
};

/* What hangs together, for each choice of records that are free. */
struct ReachRecords {
  uint64_t known; /* bit i: record number i is given */
  Records records;
};

void reach_make(Arena *arena, Search *search, const Situation *situation,
                const Levers *levers, Reach *reach) {
  const Image *image = search->inquiry->image;
  uint32_t words = search->inquiry->grid.words + 1;
  *reach = (Reach){.arena = arena, .search = search, .situation = situation,
                   .levers = levers, .trial = *situation,
                   .unsure = levers->cut};
  reach->trial.facts = ARENA_ARRAY(arena, image->facts.count + 1, Given);
  reach->free_facts = ARENA_ARRAY(arena, image->facts.count + 1, uint8_t);
  reach->slots = ARENA_ARRAY(
      arena, image->variables.count + levers->count + 1, ReachSlot);
  reach->freed = ARENA_ARRAY(arena, words, Cells);
  reach->kept = ARENA_ARRAY(arena, words, Cells);
  reach->against = ARENA_ARRAY(arena, AGAINST_MOST, Cells *);
  for (uint32_t i = 0; i < AGAINST_MOST; i++)
    reach->against[i] = ARENA_ARRAY(arena, words, Cells);
  reach_find_support(reach);
}

void reach_aim(Reach *reach, uint32_t point, uint8_t bit) {
  reach->point = point;
  reach->bit = bit;
  reach->against_count = reach->against_next = 0;
}

/* ----------------------------------------------------------------- freeing */

/* The records as the trial has them known. */
static void hang_together(Reach *reach) {
  const Image *image = reach->search->inquiry->image;
  uint64_t known = 0;
  uint32_t number = 0;
  for (uint32_t i = 0; i < image->facts.count; i++)
    if (image->facts.at[i].type == TYPE_RECORD)
      known |= (uint64_t)reach->trial.facts[i].given << (number++ % 64);
  for (uint32_t i = 0; i < reach->records.count; i++)
    if (reach->records.at[i].known == known) {
      reach->search->records = reach->records.at[i].records;
      return;
    }
  ReachRecords *one = VEC_ADD(reach->arena, &reach->records);
  one->known = known;
  records_make(reach->arena, &reach->search->inquiry->grid, &reach->trial,
               &one->records);
  reach->search->records = one->records;
}

/* Puts the trial on the grid; members that are free may be either. */
static void locate(Reach *reach, const LeverSet *set) {
  Search *search = reach->search;
  const Grid *grid = &search->inquiry->grid;
  grid_locate(grid, &reach->trial, search->start);
  for (uint32_t i = 0; i < reach->levers->count; i++) {
    const Lever *lever = &reach->levers->at[i];
    if (lever_set_has(set, i) && !lever->support && lever->member != NONE)
      cells_set_all(search->start, &grid->variables[lever->variable]);
  }
}

static void free_levers(Reach *reach, const LeverSet *set,
                        const ReachSupport *support) {
  const Image *image = reach->search->inquiry->image;
  reach_restore(reach);
  reach_turn_support(reach, &support->levers);
  memset(reach->free_facts, 0, image->facts.count);
  for (uint32_t i = 0; i < reach->levers->count; i++) {
    const Lever *lever = &reach->levers->at[i];
    if (!lever_set_has(set, i) || lever->support)
      continue;
    if (lever->member == NONE) {
      reach->free_facts[lever->fact] = 1;
      reach->trial.facts[lever->fact] = (Given){0};
    }
  }
  memcpy(reach->search->counts, support->counts, image->rules.count);
  hang_together(reach);
  locate(reach, set);
  memcpy(reach->freed, reach->search->start,
         reach->search->inquiry->grid.words * sizeof(Cells));
}

/* -------------------------------------------------------------------- slots */

static void add_slot(Reach *reach, uint32_t lever, uint32_t variable) {
  reach->slots[reach->slot_count++] =
      (ReachSlot){.lever = lever, .variable = variable};
}

/* Is a fact one value, once the levers before it are turned? */
static bool becomes_exact(const Reach *reach, uint32_t fact) {
  const Given *given = &reach->situation->facts[fact];
  return reach->free_facts[fact] || (given->given && given_is_exact(given));
}

/* A record's totals; its sums too, where what they add is one value. */
static void add_record(Reach *reach, uint32_t number) {
  const Grid *grid = &reach->search->inquiry->grid;
  Range own = grid->image->facts.at[reach->levers->at[number].fact].variables;
  for (uint32_t i = 0; i < own.count; i++) {
    uint32_t index = own.first + i;
    uint32_t with = grid->image->variables.at[index].with;
    if (grid_is_sum(grid, index) && !becomes_exact(reach, with))
      reach->coarse = true;
    else
      add_slot(reach, number, index);
  }
}

/* Added facts first: where sums lie hangs on them. */
static void find_slots(Reach *reach, const LeverSet *set) {
  reach->slot_count = 0;
  reach->coarse = false;
  for (uint32_t i = 0; i < reach->levers->count; i++)
    if (lever_set_has(set, i) && reach->levers->at[i].added)
      add_slot(reach, i, NONE);
  reach->first_cells = reach->slot_count;
  for (uint32_t i = 0; i < reach->levers->count; i++) {
    const Lever *lever = &reach->levers->at[i];
    if (!lever_set_has(set, i) || lever->support || lever->added)
      continue;
    if (lever->variable == NONE)
      add_record(reach, i);
    else
      add_slot(reach, i, lever->variable);
  }
}

/* ------------------------------------------------------------------ judging */

static bool used_up(const Reach *reach) {
  return reach->search->work >= reach->search->budget;
}

/* Does every completion of the start have the wanted value?  If not,
 * cells[0] is one that has not. */
static Reached settled(Reach *reach) {
  Search *search = reach->search;
  memcpy(search->cells[0], search->start,
         search->inquiry->grid.words * sizeof(Cells));
  search_evaluate(search, 0);
  unsigned others = search->outcome[0][reach->point] & ~(unsigned)reach->bit;
  for (; others; others &= others - 1) {
    Found found = search_value(search, reach->point,
                               (uint8_t)(others & -others));
    if (found == FOUND)
      return NOT_REACHED;
    if (found == FOUND_BUDGET_USED)
      return REACH_UNKNOWN;
  }
  return REACHED;
}

/* Is there a completion of the start that has the wanted value? */
static Reached possible(Reach *reach) {
  Found found = search_value(reach->search, reach->point, reach->bit);
  return found == FOUND ? REACHED
         : found == FOUND_NONE ? NOT_REACHED : REACH_UNKNOWN;
}

/* Is this variable not known, and no lever's? */
static bool is_given_over(const Reach *reach, uint32_t index) {
  const Image *image = reach->search->inquiry->image;
  const GridVariable *variable = &reach->search->inquiry->grid.variables[index];
  if (cells_count(reach->freed, variable) < 2)
    return false;
  for (uint32_t i = 0; i < reach->slot_count; i++)
    if (reach->slots[i].variable == index)
      return false;
  uint32_t fact = image->variables.at[index].fact;
  bool sum = grid_is_sum(&reach->search->inquiry->grid, index);
  return !reach->free_facts[fact] && !sum;
}

/* Is the fact neither a lever's nor one value? */
static bool is_open(const Reach *reach, uint32_t fact) {
  bool support =
      reach->search->inquiry->image->facts.at[fact].dimension == SUPPORT;
  return !support && !becomes_exact(reach, fact);
}

/* Is there anything that is not known, and no lever's?  A sum may be so without
 * a variable of its own record. */
static bool any_unknown(const Reach *reach) {
  const Grid *grid = &reach->search->inquiry->grid;
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    const Variable *variable = &grid->image->variables.at[i];
    if (is_given_over(reach, i))
      return true;
    if (grid_is_sum(grid, i) &&
        cells_count(reach->freed, &grid->variables[i]) > 1 &&
        (is_open(reach, variable->fact) || is_open(reach, variable->with)))
      return true;
  }
  return false;
}

static void copy_cells(const Reach *reach, Cells *to, const Cells *from) {
  memcpy(to, from, reach->search->inquiry->grid.words * sizeof *to);
}

/* Is what that completion has for what is not known possible here?  It need not
 * be: the fact may have been a lever then. */
static bool still_stands(const Reach *reach, const Cells *against) {
  const Grid *grid = &reach->search->inquiry->grid;
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    const GridVariable *variable = &grid->variables[i];
    if (is_given_over(reach, i) &&
        !cells_has(reach->freed, variable, cells_next(against, variable, 0)))
      return false;
  }
  return true;
}

/* With what is not known as it was in a completion that spoke against another
 * way: can the levers make it so there, at least? */
static Reached possible_against(Reach *reach, const Cells *against) {
  Search *search = reach->search;
  const Grid *grid = &search->inquiry->grid;
  if (!still_stands(reach, against))
    return REACHED;
  copy_cells(reach, reach->kept, search->start);
  for (uint32_t i = 0; i < grid->image->variables.count; i++)
    if (is_given_over(reach, i))
      cells_set_one(search->start, &grid->variables[i],
                    cells_next(against, &grid->variables[i], 0));
  Reached reached = possible(reach);
  copy_cells(reach, search->start, reach->kept);
  return reached;
}

static Reached possible_against_all(Reach *reach) {
  for (uint32_t i = 0; i < reach->against_count; i++)
    if (possible_against(reach, reach->against[i]) == NOT_REACHED)
      return NOT_REACHED;
  return REACHED;
}

/* Keeps the completion in cells[0] that spoke against a way. */
static const Cells *note_against(Reach *reach) {
  Cells *kept = reach->against[reach->against_next];
  copy_cells(reach, kept, reach->search->cells[0]);
  reach->against_next = (reach->against_next + 1) % AGAINST_MOST;
  if (reach->against_count < AGAINST_MOST)
    reach->against_count++;
  return kept;
}

/* Turns the levers as they are in cells[0], a completion. */
static void take_proposal(Reach *reach) {
  Search *search = reach->search;
  for (uint32_t i = 0; i < reach->slot_count; i++) {
    const GridVariable *variable =
        &search->inquiry->grid.variables[reach->slots[i].variable];
    cells_set_one(search->start, variable,
                  cells_next(search->cells[0], variable, 0));
  }
}

/* Tries ways that completions propose, until one holds, a completion speaks
 * against all, or some have been tried (REACH_UNKNOWN). */
static Reached try_proposals(Reach *reach) {
  Reached reached = possible(reach);
  for (uint32_t i = 0; i < PROPOSALS_MOST && reached == REACHED; i++) {
    take_proposal(reach);
    reached = settled(reach);
    copy_cells(reach, reach->search->start, reach->freed);
    if (reached != NOT_REACHED)
      return reached;
    reached = possible_against(reach, note_against(reach));
  }
  return reached == NOT_REACHED ? NOT_REACHED : REACH_UNKNOWN;
}

/* ------------------------------------------------------------- way by way */

/* Goes on to the next turn of an added fact, the last being as it is. */
static bool next_value(Reach *reach, const LeverSet *set, uint32_t depth) {
  ReachSlot *slot = &reach->slots[depth];
  const Lever *lever = &reach->levers->at[slot->lever];
  const Given *given = &reach->situation->facts[lever->fact];
  if (slot->next > lever->turn_count)
    return false;
  uint32_t number = slot->next++;
  bool stays = number == lever->turn_count;
  if (stays && !(given->given && given_is_exact(given)))
    return false;
  reach->trial.facts[lever->fact] =
      stays ? *given : lever->turns[number].given;
  for (uint32_t i = depth + 1; i < reach->first_cells; i++)
    reach->trial.facts[reach->levers->at[reach->slots[i].lever].fact] =
        (Given){0};
  locate(reach, set);
  copy_cells(reach, reach->freed, reach->search->start);
  return true;
}

/* A cell, with those of its run that an answer cannot tell from it.  The counts
 * and totals of one record hang together, so there any of them may be the one
 * that fits the others. */
static void set_run(Search *search, const GridVariable *variable,
                    uint32_t cell, bool record) {
  uint32_t end = grid_run_end(variable, cell);
  if (!record) {
    cells_set_one(search->start, variable, cell);
    return;
  }
  for (uint32_t i = 0; i < variable->cells; i++)
    if (i < cell || i >= end)
      search->start[variable->word + i / 64] &= ~((Cells)1 << (i % 64));
}

static bool next_cell(Reach *reach, uint32_t depth) {
  Search *search = reach->search;
  const Grid *grid = &search->inquiry->grid;
  ReachSlot *slot = &reach->slots[depth];
  for (uint32_t i = depth; i < reach->slot_count; i++) {
    const GridVariable *other = &grid->variables[reach->slots[i].variable];
    memcpy(search->start + other->word, reach->freed + other->word,
           other->words * sizeof(Cells));
  }
  const GridVariable *variable = &grid->variables[slot->variable];
  uint32_t cell = cells_next(reach->freed, variable, slot->next);
  if (cell == variable->cells)
    return false;
  slot->cell = cell;
  slot->next = grid_run_end(variable, cell);
  uint32_t fact = reach->levers->at[slot->lever].fact;
  set_run(search, variable, cell,
          grid->image->facts.at[fact].type == TYPE_RECORD);
  return true;
}

static bool next_choice(Reach *reach, const LeverSet *set, uint32_t depth) {
  return depth < reach->first_cells ? next_value(reach, set, depth)
                                    : next_cell(reach, depth);
}

static uint32_t slot_turn(const Reach *reach, const ReachSlot *slot) {
  const Lever *lever = &reach->levers->at[slot->lever];
  if (slot->variable == NONE)
    return slot->next <= lever->turn_count ? slot->next - 1 : NONE;
  const GridVariable *variable =
      &reach->search->inquiry->grid.variables[slot->variable];
  uint32_t cell = grid_run_first(variable, slot->cell);
  for (uint32_t i = 0; i < lever->turn_count; i++)
    if (lever->turns[i].whole && lever->turns[i].cell == cell)
      return i;
  return NONE;
}

static void keep_way(Reach *reach, const LeverSet *set, Ways *ways) {
  uint32_t words = reach->search->inquiry->grid.words + 1;
  Way *way = VEC_ADD(reach->arena, ways);
  way->turns = ARENA_ARRAY(reach->arena, reach->levers->count + 1, uint32_t);
  way->start = ARENA_ARRAY(reach->arena, words, Cells);
  copy_cells(reach, way->start, reach->search->start);
  for (uint32_t i = 0; i < reach->levers->count; i++)
    way->turns[i] = reach->levers->at[i].support && lever_set_has(set, i)
                        ? 0 : NONE;
  for (uint32_t i = 0; i < reach->slot_count; i++)
    if (reach->levers->at[reach->slots[i].lever].turn_count)
      way->turns[reach->slots[i].lever] = slot_turn(reach, &reach->slots[i]);
}

/* Is it worth going on from here: is it possible, whatever has spoken against
 * another way? */
static Reached promising(Reach *reach) {
  Reached reached = possible(reach);
  return reached == REACHED ? possible_against_all(reach) : reached;
}

/* Goes through all ways of the slots, leaving out those that cannot hold.  Ends
 * at the first that holds, or keeps all that do. */
static Reached walk(Reach *reach, const LeverSet *set, Ways *ways) {
  Reached best = NOT_REACHED;
  uint32_t depth = 0;
  if (reach->slot_count)
    reach->slots[0].next = 0;
  for (;;) {
    bool leaf = depth == reach->slot_count;
    bool moved = !leaf && next_choice(reach, set, depth);
    if (moved || leaf) {
      Reached reached = leaf ? settled(reach) : promising(reach);
      if (reached == REACH_UNKNOWN || used_up(reach))
        return REACH_UNKNOWN;
      if (leaf && reached == NOT_REACHED)
        note_against(reach);
      if (leaf && reached == REACHED) {
        if (!ways)
          return REACHED;
        best = REACHED;
        keep_way(reach, set, ways);
      }
      if (moved && reached == REACHED) {
        depth++;
        if (depth < reach->slot_count)
          reach->slots[depth].next = 0;
        continue;
      }
    }
    if (moved)
      continue;
    if (depth == 0)
      return best;
    depth--;
  }
}

/* ----------------------------------------------------------------- testing */

static Reached test_with(Reach *reach, const LeverSet *set,
                         const ReachSupport *support) {
  free_levers(reach, set, support);
  find_slots(reach, set);
  Reached reached = possible(reach);
  if (reached != REACHED)
    return reached;
  if (!any_unknown(reach))
    return REACHED;
  if (possible_against_all(reach) == NOT_REACHED)
    return NOT_REACHED;
  reached = reach->first_cells ? REACH_UNKNOWN : try_proposals(reach);
  if (reached != REACH_UNKNOWN || used_up(reach))
    return reached;
  reached = walk(reach, set, NULL);
  return reached == NOT_REACHED && reach->coarse ? REACH_UNKNOWN : reached;
}

Reached reach_test(Reach *reach, const LeverSet *set) {
  Reached best = NOT_REACHED;
  for (uint32_t i = 0; i < reach->added.count; i++) {
    if (!lever_set_within(&reach->added.at[i].levers, set))
      continue;
    Reached reached = test_with(reach, set, &reach->added.at[i]);
    reach->unsure |= reach->search->records.unsure;
    if (reached == REACHED)
      return REACHED;
    if (reached == REACH_UNKNOWN)
      best = REACH_UNKNOWN;
  }
  return best;
}

/* The support that is in a set. */
static LeverSet support_of(const Reach *reach, const LeverSet *set) {
  LeverSet own = *set;
  for (uint32_t i = 0; i < LEVERS_MOST / 64; i++)
    own.words[i] &= reach->support.words[i];
  return own;
}

bool reach_ways(Reach *reach, const LeverSet *set, Ways *ways) {
  LeverSet own = support_of(reach, set);
  for (uint32_t i = 0; i < reach->added.count; i++) {
    const ReachSupport *support = &reach->added.at[i];
    if (!lever_set_within(&support->levers, &own) ||
        !lever_set_within(&own, &support->levers))
      continue;
    free_levers(reach, set, support);
    find_slots(reach, set);
    return walk(reach, set, ways) != REACH_UNKNOWN;
  }
  return true;
}

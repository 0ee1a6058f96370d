/* Updates against whole evaluations. */
#include <string.h>

#include "runtime/search.h"
#include "tests/reference/compare.h"

#define CHANGES 40

/* Both ways to evaluate, side by side. */
typedef struct Pair {
  const Inquiry *inquiry;
  uint8_t *counts;
  Cells *cells;
  Update updates[2];
  Workspace space;
  uint8_t *outcome;
} Pair;

static void make_pair(Arena *arena, const Search *search, Pair *pair) {
  const Inquiry *inquiry = search->inquiry;
  *pair = (Pair){.inquiry = inquiry, .counts = search->counts};
  pair->cells = ARENA_ARRAY(arena, inquiry->grid.words + 1, Cells);
  memcpy(pair->cells, search->start, inquiry->grid.words * sizeof(Cells));
  for (int i = 0; i < 2; i++)
    update_make(arena, &search->resting, &pair->updates[i]);
  workspace_make(arena, inquiry, &pair->space);
  pair->outcome = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
}

/* One variable gets one cell, all, or those that it had at first. */
static void change(Pair *pair, const Search *search, Random *random) {
  const Grid *grid = &pair->inquiry->grid;
  if (!grid->image->variables.count) return;
  const GridVariable *variable =
      &grid->variables[random_below(random, grid->image->variables.count)];
  if (random_chance(random, 50))
    cells_set_one(pair->cells, variable,
                  random_below(random, variable->cells));
  else if (random_chance(random, 50))
    cells_set_all(pair->cells, variable);
  else
    memcpy(pair->cells + variable->word, search->start + variable->word,
           variable->words * sizeof(Cells));
}

static bool same_open(Pair *pair, Update *update) {
  const Inquiry *inquiry = pair->inquiry;
  const uint64_t *open = update_open(update);
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    uint32_t condition = inquiry->image->rules.at[rule].condition;
    uint32_t reg =
        condition == NONE ? NONE : inquiry->image->nodes.at[condition].reg;
    bool is_open = reg != NONE && pair->space.registers[reg] == THREE_OPEN &&
                   inquiry->dates[rule] == STANDING_IN_FORCE;
    if ((open[i / 64] >> i % 64 & 1) != is_open) return false;
  }
  return true;
}

static bool same_update(Pair *pair, Update *update) {
  update_evaluate(update, pair->counts, pair->cells);
  outcome_evaluate(pair->inquiry, pair->counts, pair->cells, &pair->space,
                   pair->outcome);
  return memcmp(update->outcome, pair->outcome, pair->inquiry->points) == 0 &&
         update->space.surely == pair->space.surely &&
         same_open(pair, update);
}

bool compare_update(Arena *arena, const Subject *subject,
                    const Situation *situation, Random *random,
                    Buffer *report) {
  Situation mine = subject_situation(arena, subject, situation);
  Inquiry inquiry;
  Search search;
  Pair pair;
  inquiry_make(arena, &subject->image, &mine, &inquiry);
  search_make(arena, &inquiry, &mine, 1, &search);
  make_pair(arena, &search, &pair);
  for (int i = 0; i < CHANGES; i++) {
    if (!same_update(&pair, &pair.updates[i % 2])) {
      buffer_format(report, "  update: differs after %d changes\n", i);
      return false;
    }
    if (random_chance(random, 30))
      update_copy(&pair.updates[(i + 1) % 2], &pair.updates[i % 2]);
    change(&pair, &search, random);
  }
  return true;
}

/* The choices of support to add, for runtime/reach.c. */
#include <string.h>

#include "runtime/reach.h"

#define SUPPORT_MOST 12 /* support levers looked at in all combinations */

void reach_restore(Reach *reach) {
  const Image *image = reach->search->inquiry->image;
  memcpy(reach->trial.facts, reach->situation->facts,
         image->facts.count * sizeof(Given));
}

void reach_turn_support(Reach *reach, const LeverSet *set) {
  for (uint32_t i = 0; i < reach->levers->count; i++) {
    const Lever *lever = &reach->levers->at[i];
    if (!lever->support || !lever_set_has(set, i))
      continue;
    Given *given = &reach->trial.facts[lever->fact];
    if (lever->member == NONE) {
      *given = lever->turns->given;
    } else {
      given->given = true;
      given->members |= lever->turns->given.members;
    }
  }
}

static bool same_effect(const Reach *reach, const ReachSupport *one,
                        const ReachSupport *other) {
  const Inquiry *inquiry = reach->search->inquiry;
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    if (one->counts[rule] != other->counts[rule])
      return false;
  }
  return memcmp(one->cells, other->cells,
                inquiry->grid.words * sizeof(Cells)) == 0;
}

static void add_support(Reach *reach, const LeverSet *set) {
  const Inquiry *inquiry = reach->search->inquiry;
  uint32_t rules = inquiry->image->rules.count + 1;
  ReachSupport one = {.levers = *set};
  one.counts = ARENA_ARRAY(reach->arena, rules, uint8_t);
  one.agreed = ARENA_ARRAY(reach->arena, rules, uint8_t);
  one.cells = ARENA_ARRAY(reach->arena, inquiry->grid.words + 1, Cells);
  reach_restore(reach);
  reach_turn_support(reach, set);
  findings_count(inquiry, &reach->trial, one.counts, one.agreed);
  grid_locate(&inquiry->grid, &reach->trial, one.cells);
  for (uint32_t i = 0; i < reach->added.count; i++)
    if (lever_set_within(&reach->added.at[i].levers, set) &&
        same_effect(reach, &reach->added.at[i], &one))
      return;
  VEC_PUSH(reach->arena, &reach->added, one);
}

void reach_find_support(Reach *reach) {
  uint32_t levers[SUPPORT_MOST], count = 0;
  for (uint32_t i = 0; i < reach->levers->count; i++) {
    if (!reach->levers->at[i].support)
      continue;
    lever_set_add(&reach->support, i);
    if (count < SUPPORT_MOST)
      levers[count++] = i;
    else
      reach->unsure = true;
  }
  for (uint32_t size = 0; size <= count; size++)
    for (uint32_t bits = 0; bits < 1u << count; bits++) {
      LeverSet set = {{0}};
      if ((uint32_t)__builtin_popcount(bits) != size)
        continue;
      for (uint32_t i = 0; i < count; i++)
        if (bits >> i & 1)
          lever_set_add(&set, levers[i]);
      add_support(reach, &set);
    }
}

#include "runtime/every_change.h"

#include "runtime/settle.h"

typedef struct Maker {
  Arena *arena;
  Levers levers;
  Reach reach;
  Vec(Change) changes;
} Maker;

static void add_change(Maker *maker, Verdict verdict, const Way *way) {
  Change *change = VEC_ADD(maker->arena, &maker->changes);
  change->verdict = verdict;
  change->steps = ARENA_ARRAY(maker->arena, maker->levers.count + 1, Step);
  for (uint32_t i = 0; i < maker->levers.count; i++)
    if (way->turns[i] != NONE)
      change->steps[change->step_count++] =
          (Step){maker->levers.at[i].fact,
                 maker->levers.at[i].turns[way->turns[i]].to};
}

/* All changes to one verdict; false if some may be missing. */
static bool add_verdict(Maker *maker, Verdict verdict) {
  Smallest smallest;
  reach_aim(&maker->reach, POINT_VERDICT, (uint8_t)(1u << verdict));
  smallest_find(&maker->reach, true, &smallest);
  for (uint32_t i = 0; i < smallest.sets.count; i++)
    for (uint32_t k = 0; k < smallest.sets.at[i].ways.count; k++)
      add_change(maker, verdict, &smallest.sets.at[i].ways.at[k]);
  return smallest.complete;
}

static void add_verdicts(Maker *maker, uint64_t budget, EveryChange *every) {
  Search *search = maker->reach.search;
  for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
    if (v == every->verdict)
      continue;
    /* An equal share of what is left for each verdict still to come. */
    uint64_t left = budget > search->work ? budget - search->work : 0;
    search->budget = search->work + left / (VERDICT_COUNT - v);
    if (add_verdict(maker, (Verdict)v))
      every->complete |= (uint8_t)(1u << v);
  }
}

void every_change_make(Arena *arena, const Image *image,
                       const Situation *situation, uint64_t budget,
                       EveryChange *every) {
  Inquiry inquiry;
  Search search;
  bool exact;
  Maker maker = {.arena = arena};
  budget = budget ? budget : WHY_NOT_BUDGET;
  *every = (EveryChange){0};
  inquiry_make(arena, image, situation, &inquiry);
  search_make(arena, &inquiry, situation, budget, &search);
  uint8_t mask = settle_verdict(&search, 0, &exact);
  every->settled = mask_single(mask);
  if (every->settled) {
    LeverQuery query = {&inquiry, situation, search.counts, POINT_VERDICT,
                        LEVERS_IN_REACH};
    every->verdict = (Verdict)__builtin_ctz(mask);
    every->complete = mask;
    levers_find(arena, &query, &maker.levers);
    reach_make(arena, &search, situation, &maker.levers, &maker.reach);
    add_verdicts(&maker, budget, every);
  }
  every->changes = maker.changes.at;
  every->change_count = maker.changes.count;
  every->work = search.work;
}

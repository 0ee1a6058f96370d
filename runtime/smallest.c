#include "runtime/smallest.h"

#define CANDIDATES_MOST 5000

/* A set that meets every complement known. */
typedef struct Candidate {
  LeverSet levers;
  uint32_t size;
  bool tested; /* found to make it so, or not known */
} Candidate;

typedef Vec(Candidate) Candidates;

/* A run of levers to grow by: from, up to but without to. */
typedef struct Run {
  uint32_t from, to;
} Run;

typedef struct Finder {
  Reach *reach;
  Candidates candidates;
  bool nearest; /* keep no other ways */
  Smallest *smallest;
} Finder;

/* ----------------------------------------------------------------- growing */

static LeverSet with_run(const LeverSet *set, const Run *run) {
  LeverSet grown = *set;
  for (uint32_t i = run->from; i < run->to; i++)
    lever_set_add(&grown, i);
  return grown;
}

/* Adds levers as long as the set does not make it so: in halves, since most can
 * be added.  What cannot be told is left out. */
static void grow(Finder *finder, LeverSet *set) {
  Run runs[64];
  uint32_t count = 1;
  runs[0] = (Run){0, finder->reach->levers->count};
  while (count) {
    Run run = runs[--count];
    LeverSet grown = with_run(set, &run);
    if (run.from == run.to || lever_set_within(&grown, set))
      continue;
    if (reach_test(finder->reach, &grown) == NOT_REACHED) {
      *set = grown;
    } else if (run.to - run.from > 1) {
      uint32_t middle = run.from + (run.to - run.from) / 2;
      runs[count++] = (Run){middle, run.to};
      runs[count++] = (Run){run.from, middle};
    }
  }
}

/* -------------------------------------------------------------- candidates */

static bool is_covered(const Finder *finder, const LeverSet *set) {
  for (uint32_t i = 0; i < finder->candidates.count; i++)
    if (lever_set_within(&finder->candidates.at[i].levers, set))
      return true;
  return false;
}

/* From sets that meet the earlier complements to those that meet this one too:
 * those that do already, and the others with one lever of it more. */
static void meet(Finder *finder, const LeverSet *complement) {
  Candidates before = finder->candidates;
  Arena *arena = finder->reach->arena;
  finder->candidates = (Candidates){0};
  for (uint32_t i = 0; i < before.count; i++)
    if (lever_set_meets(&before.at[i].levers, complement))
      VEC_PUSH(arena, &finder->candidates, before.at[i]);
  for (uint32_t i = 0; i < before.count; i++) {
    if (lever_set_meets(&before.at[i].levers, complement))
      continue;
    for (uint32_t k = 0; k < finder->reach->levers->count; k++) {
      Candidate more = {before.at[i].levers, before.at[i].size + 1, false};
      if (!lever_set_has(complement, k))
        continue;
      lever_set_add(&more.levers, k);
      if (!is_covered(finder, &more.levers))
        VEC_PUSH(arena, &finder->candidates, more);
    }
  }
}

/* The smallest candidate that has not been tested; NULL if all have. */
static Candidate *next_candidate(Finder *finder) {
  Candidate *best = NULL;
  for (uint32_t i = 0; i < finder->candidates.count; i++) {
    Candidate *one = &finder->candidates.at[i];
    if (!one->tested && (!best || one->size < best->size))
      best = one;
  }
  return best;
}

/* ------------------------------------------------------------- the nearest */

/* Is the turn of `near` nearer than, or the same as, that of `far`? */
static bool no_farther(const Lever *lever, uint32_t near, uint32_t far) {
  if (near == far)
    return true;
  if (near == NONE || far == NONE)
    return false;
  const Turn *one = &lever->turns[near], *other = &lever->turns[far];
  if (one->cell == other->cell && one->whole)
    return true; /* the whole cell says more than one value of it */
  return one->direction && one->direction == other->direction &&
         one->rank < other->rank;
}

static bool is_nearer(const Levers *levers, const Way *near, const Way *far) {
  bool other = false;
  for (uint32_t i = 0; i < levers->count; i++) {
    if (!no_farther(&levers->at[i], near->turns[i], far->turns[i]))
      return false;
    other |= near->turns[i] != far->turns[i];
  }
  return other;
}

static bool is_nearest(const Levers *levers, const Ways *ways, uint32_t way) {
  for (uint32_t i = 0; i < ways->count; i++)
    if (i != way && is_nearer(levers, &ways->at[i], &ways->at[way]))
      return false;
  return true;
}

/* Two ways that turn every lever alike differ in records alone, which have no
 * turns of their own: one is enough. */
static bool is_repeated(const Levers *levers, const Ways *ways,
                        const Way *way) {
  for (uint32_t i = 0; i < ways->count; i++)
    if (memcmp(ways->at[i].turns, way->turns,
               levers->count * sizeof *way->turns) == 0)
      return true;
  return false;
}

static void keep_set(Finder *finder, const LeverSet *set) {
  Reach *reach = finder->reach;
  Ways ways = {0};
  SmallestSet *kept = VEC_ADD(reach->arena, &finder->smallest->sets);
  kept->levers = *set;
  finder->smallest->complete &= reach_ways(reach, set, &ways);
  for (uint32_t i = 0; i < ways.count; i++)
    if (!is_repeated(reach->levers, &kept->ways, &ways.at[i]) &&
        (!finder->nearest || is_nearest(reach->levers, &ways, i)))
      VEC_PUSH(reach->arena, &kept->ways, ways.at[i]);
}

/* ------------------------------------------------------------------ finding */

/* By size, then by the first lever that only one of them has. */
static bool comes_before(const Reach *reach, const LeverSet *one,
                         const LeverSet *other) {
  uint32_t size = lever_set_count(one), other_size = lever_set_count(other);
  if (size != other_size)
    return size < other_size;
  for (uint32_t i = 0; i < reach->levers->count; i++)
    if (lever_set_has(one, i) != lever_set_has(other, i))
      return lever_set_has(one, i);
  return false;
}

static void sort_sets(Finder *finder) {
  SmallestSet *sets = finder->smallest->sets.at;
  for (uint32_t i = 1; i < finder->smallest->sets.count; i++)
    for (uint32_t k = i; k > 0 && comes_before(finder->reach, &sets[k].levers,
                                               &sets[k - 1].levers);
         k--) {
      SmallestSet swapped = sets[k];
      sets[k] = sets[k - 1];
      sets[k - 1] = swapped;
    }
}

/* Tests one candidate.  False: there is no more to find. */
static bool test(Finder *finder, Candidate *candidate) {
  Reach *reach = finder->reach;
  LeverSet set = candidate->levers;
  Reached reached = reach_test(reach, &set);
  candidate->tested = reached != NOT_REACHED;
  finder->smallest->complete &= reached != REACH_UNKNOWN;
  if (reached == REACHED)
    keep_set(finder, &set);
  if (candidate->tested)
    return true;
  grow(finder, &set);
  LeverSet complement = {{0}};
  for (uint32_t i = 0; i < reach->levers->count; i++)
    if (!lever_set_has(&set, i))
      lever_set_add(&complement, i);
  meet(finder, &complement);
  return finder->candidates.count > 0;
}

void smallest_find(Reach *reach, bool nearest, Smallest *smallest) {
  Finder finder = {.reach = reach, .nearest = nearest,
                   .smallest = smallest};
  Candidate *candidate = VEC_ADD(reach->arena, &finder.candidates);
  *smallest = (Smallest){.complete = true};
  while (candidate && test(&finder, candidate)) {
    if (finder.candidates.count > CANDIDATES_MOST) {
      smallest->complete = false;
      break;
    }
    candidate = next_candidate(&finder);
  }
  smallest->complete &= !reach->unsure;
  sort_sets(&finder);
}

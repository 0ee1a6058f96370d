/* Reach: could these levers, turned in some way, make a point of the answer be
 * so, whatever is not known?
 *
 * That is a question of the form "is there a way to turn them such that for all
 * that may still be".  It is answered exactly.  The search proposes a way in
 * which it may be so; if some completion speaks against that way, what is not
 * known in it is kept and tried on all other ways first (refinement by
 * counterexamples, as in Janota and Marques-Silva 2011); what that leaves open
 * is gone through way by way.  Support changes how findings count, so each
 * choice of support to add is looked at for itself; choices that come to the
 * same are looked at once.
 */
#ifndef STILE_RUNTIME_REACH_H
#define STILE_RUNTIME_REACH_H

#include "runtime/lever.h"
#include "runtime/search.h"

typedef enum Reached { REACHED, NOT_REACHED, REACH_UNKNOWN } Reached;

typedef struct ReachSlot ReachSlot;
typedef struct ReachRecords ReachRecords;

/* Support to add, and how findings then count. */
typedef struct ReachSupport {
  LeverSet levers;
  uint8_t *counts, *agreed;
  Cells *cells; /* of every variable; those of support are compared */
} ReachSupport;

typedef struct Reach {
  Arena *arena;
  Search *search;
  const Situation *situation; /* as it is */
  const Levers *levers;
  uint32_t point; /* of an outcome, … */
  uint8_t bit;    /* … and the one value it should have */
  bool unsure;    /* something could not be told exactly */
  /* workspace */
  Situation trial;
  LeverSet support; /* the levers that are support */
  Vec(ReachSupport) added;
  Vec(ReachRecords) records;
  Cells **against; /* completions that spoke against a way, the last first */
  uint32_t against_count, against_next;
  ReachSlot *slots;
  uint32_t slot_count, first_cells;
  bool coarse;     /* a record is a lever, but what is added to it is open: its
                      cells may be too wide */
  uint8_t *free_facts; /* for each fact: is a lever of it free? */
  Cells *freed;    /* the start with the levers free, added values chosen */
  Cells *kept;
} Reach;

/* How each lever of a set is turned: its turn's number, or NONE (a record, or
 * a lever that is not in the set). */
typedef struct Way {
  uint32_t *turns; /* one for each lever */
  Cells *start;    /* the situation's cells when they are turned so */
} Way;

typedef Vec(Way) Ways;

/* Prepares.  The search is about `situation`; its budget counts for all. */
void reach_make(Arena *arena, Search *search, const Situation *situation,
                const Levers *levers, Reach *reach);
/* What to reach, from now on. */
void reach_aim(Reach *reach, uint32_t point, uint8_t bit);

/* Could the levers of the set, or some of them, make it so? */
Reached reach_test(Reach *reach, const LeverSet *set);

/* Every way in which all the levers of a smallest set make it so.  False if the
 * budget did not suffice. */
bool reach_ways(Reach *reach, const LeverSet *set, Ways *ways);

/* ---- in reach_support.c, for reach.c */

/* The trial as the situation is. */
void reach_restore(Reach *reach);
/* Adds the support of a set to the trial. */
void reach_turn_support(Reach *reach, const LeverSet *set);
/* Every choice of support that comes to something of its own, the smallest
 * first. */
void reach_find_support(Reach *reach);

#endif

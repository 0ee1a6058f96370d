/* The smallest sets of things to be otherwise, by trying: a table of every way
 * in which everything could be, and every set of things gone through. */
#ifndef STILE_TESTS_REFERENCE_SMALLEST_H
#define STILE_TESTS_REFERENCE_SMALLEST_H

#include "tests/reference/completions.h"

#define REF_UNITS_MOST 10

/* One thing that could be otherwise: a fact, or one member of a set. */
typedef struct RefUnit {
  uint32_t fact, member; /* member: REF_NONE for a whole fact */
} RefUnit;

typedef struct RefTable {
  const RefUniverse *universe;
  const Given *givens;
  RefValues *domains;    /* for each fact: every value, whatever is given */
  uint32_t *as_given;    /* the values from this one on are those given */
  uint32_t *strides;
  uint32_t size;
  uint8_t *verdicts;     /* for each way */
  uint64_t *in_force;    /* bit i: rule i is */
  RefUnit units[REF_UNITS_MOST];
  uint32_t unit_count;
  uint64_t work;
} RefTable;

/* What is wanted: a verdict, or a rule in force. */
typedef struct RefWish {
  bool rule;
  uint32_t number; /* of the verdict or the rule */
} RefWish;

typedef Vec(uint32_t) RefSets; /* bit i: unit i */

/* False if there is too much of it. */
bool ref_table_make(Arena *arena, const RefUniverse *universe,
                    const Given *givens, RefTable *table);

/* The units: facts within reach, or all. */
bool ref_units(RefTable *table, bool within_reach);

/* Every smallest set of units that can bring the wish about, whatever is not
 * known.  False if it is too much to try. */
bool ref_smallest(Arena *arena, RefTable *table, const RefWish *wish,
                  RefSets *sets);

/* Calls `seen` for each way in which all units of a set are as they bring the
 * wish about: `values[f]` is a value of every fact. */
typedef struct RefWayVisitor {
  void (*seen)(void *context, const RefValue *values);
  void *context;
} RefWayVisitor;

void ref_ways(Arena *arena, RefTable *table, const RefWish *wish, uint32_t set,
              const RefWayVisitor *visitor);

#endif

/* Reading the values of a test as stretches of a lattice. */
#ifndef STILE_COMPILER_READING_H
#define STILE_COMPILER_READING_H

#include "compiler/check.h"
#include "compiler/lattice.h"

/* A test being read. */
typedef struct Reading {
  const Condition *condition;
  const CheckedFact *fact; /* of the amounts; NULL: plain whole numbers */
  Lattice lattice;
  Amount *amounts; /* rising, but for `from … to …` */
  uint32_t count;
} Reading;

/* Reads the values and gives `term` the stretches for which the test is true.
 * False, reported, if there is a mistake or the test is always the same. */
bool reading_stretches(Check *check, Reading *reading, Term *term);

/* Makes `term` the test for one stretch.  (tests.c) */
void take_stretch(Check *check, Term *term, Stretch stretch);

/* Is it a relation between values: `is` to `is from … to …`? */
static inline bool relation_compares(Relation relation) {
  return relation >= RELATION_IS && relation <= RELATION_FROM_TO;
}

#endif

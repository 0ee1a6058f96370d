/* Resting: what rests on what, read the other way round.
 *
 * The code says which tests a condition rests on, and an exception which rules
 * it names.  When one fact changes, it is asked which tests look at it, which
 * instructions read these, whose condition that is, and which exceptions name
 * those rules.
 */
#ifndef STILE_RUNTIME_RESTING_H
#define STILE_RUNTIME_RESTING_H

#include "runtime/outcome.h"

/* For each of some keys a list of numbers. */
typedef struct Lists {
  uint32_t *first; /* of each key, and past the last, in `at` */
  uint32_t *at;
} Lists;

/* A step is an instruction of the inquiry's program, counted in its order; a
 * place is that of a rule in inquiry->rules. */
typedef struct Resting {
  const Inquiry *inquiry;
  uint32_t *variables; /* for each word of cells: its variable */
  uint32_t *places;    /* for each rule of the image in scope: its place */
  Lists tests;         /* for each variable: steps that test it */
  Lists readers;       /* for each step: later ones that read what it writes */
  Lists rules;         /* for each step: places of rules with that condition */
  Lists exceptions;    /* for each place: those of exceptions that name it */
  uint32_t *dutiful;   /* places of rules that have duties */
  uint32_t dutiful_count;
} Resting;

/* Makes it; it lives in `arena` and borrows the inquiry. */
void resting_make(Arena *arena, const Inquiry *inquiry, Resting *resting);

#endif

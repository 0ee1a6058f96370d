/* Makes a disagreement small: drops declarations, clauses and given facts while
 * the reference and the evaluator still disagree in the same way. */
#ifndef STILE_TESTS_REFERENCE_SHRINK_H
#define STILE_TESTS_REFERENCE_SHRINK_H

#include "tests/reference/compare.h"

/* A policy and a situation of it, in names. */
typedef struct Disagreement {
  Generated files;
  RefPolicy policy;    /* whose facts the situation is numbered by */
  Situation situation;
  uint64_t budget;
  Text kind;           /* the first word of the report */
  Text report;
} Disagreement;

/* Does it still disagree, and in the same way?  The report goes to *report. */
bool disagreement_holds(Arena *arena, const Disagreement *disagreement,
                        Text *report);

/* Shrinks in place; texts live in `arena`. */
void shrink(Arena *arena, Disagreement *disagreement);

void disagreement_show(Buffer *out, const Disagreement *disagreement);

#endif

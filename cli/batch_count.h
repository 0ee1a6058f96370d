/* Counting cases: how many got which guidance, in all, by boundary, by the
 * values of facts, and from one policy to another. */
#ifndef STILE_CLI_BATCH_COUNT_H
#define STILE_CLI_BATCH_COUNT_H

#include "cli/batch_print.h"

/* A case is counted under its verdict, or as not settled. */
enum { COUNT_OPEN = VERDICT_COUNT, COUNT_COLUMNS };

/* What is counted once. */
typedef enum Counted {
  COUNTED_CASES, COUNTED_PROBLEMS, COUNTED_EXHAUSTED, COUNTED_MAY_HARM,
  COUNTED_TENSION, COUNTED_EMERGENCY,
  COUNTED_CHANGES, /* of each CaseChange */
  COUNTED_VERDICTS = COUNTED_CHANGES + CHANGE_COUNT,
  COUNTED_TABLES = COUNTED_VERDICTS + COUNT_COLUMNS
} Counted;

/* A row of COUNT_COLUMNS numbers for each value of a fact (or boundary, or
 * verdict of the first policy). */
typedef struct CountTable {
  Text name;     /* "context.gift"; "boundary"; "against" */
  uint32_t fact; /* NONE: a table of something else */
  Text *rows;
  uint32_t row_count, known_rows; /* past these: several, and not known */
  uint32_t first; /* where its numbers start */
} CountTable;

/* What is counted.  The numbers are one array, so that those of several
 * threads are added up. */
typedef struct CountPlan {
  const Image *image;
  Grid grid;      /* for the values of amounts, on the day asked about */
  Vec(CountTable) tables;
  uint32_t size;  /* of the array */
  uint32_t changes; /* the table from one policy to the other; or NONE */
} CountPlan;

/* Prepares the plan.  `by` lists facts, dimensions and `boundary`.  False, with
 * what is wrong, if one is none of these. */
bool count_plan_make(Arena *arena, const Image *image, Day day,
                     const Words *by, bool against, Sources *sources,
                     Diagnostics *diagnostics, CountPlan *plan);

/* Counts a case that could be read. */
void count_case(const CountPlan *plan, const ReadCase *one,
                const CaseLine *line, uint64_t *numbers);

/* The choices of how a summary is printed. */
enum { SUMMARY_TEXT, SUMMARY_CSV, SUMMARY_JSON };

void count_print(Buffer *out, uint32_t format, const CountPlan *plan,
                 const uint64_t *numbers);
/* "not-settled" for COUNT_OPEN, else the verdict. */
const char *count_column(uint32_t column);

#endif

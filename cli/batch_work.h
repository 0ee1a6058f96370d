/* The work on blocks of cases, by one thread or several.  Blocks are read and
 * written in their order, each by the thread that works on it. */
#ifndef STILE_CLI_BATCH_WORK_H
#define STILE_CLI_BATCH_WORK_H

#include <signal.h>

#include "cli/batch_count.h"
#include "cli/batch_line.h"
#include "cli/batch_output.h"

/* A policy that the cases are put to: the first, or the one that it is compared
 * with. */
typedef struct BatchSide {
  const Image *image;
  BatchReader reader;
} BatchSide;

/* What is the same for all cases. */
typedef struct BatchPlan {
  BatchSide sides[2];
  uint32_t side_count;
  bool lines;       /* of JSON */
  bool rows;        /* print a row for each case */
  uint32_t format;  /* BATCH_CSV or BATCH_JSONL */
  Text *kept_names;
  CountPlan count;
  const char *name; /* of the case file, for messages */
  bool progress;
} BatchPlan;

/* What changes, by one thread at a time. */
typedef struct BatchRun {
  const BatchPlan *plan;
  CaseFile *file;
  BatchOutput *output;
  uint64_t *numbers;     /* what has been counted (cli/batch_count.h) */
  uint64_t blocks;
  _Atomic bool cut;      /* a block was left before its end */
  _Atomic bool no_memory;
  const volatile sig_atomic_t *stop;
} BatchRun;

/* Answers all cases, or as many as there are before `stop`, or until the output
 * fails.  `jobs` is how many threads.  False where memory ended. */
bool batch_work(BatchRun *run, uint32_t jobs);

#endif

/* The answers to many cases: a line each, and what they add up to. */
#ifndef STILE_CLI_BATCH_PRINT_H
#define STILE_CLI_BATCH_PRINT_H

#include "cli/batch_decide.h"

enum { BATCH_CSV, BATCH_JSONL };

/* What stands beside the answer of a case. */
typedef struct CaseLine {
  uint64_t number;       /* of the case, from 1 */
  const Text *kept;      /* columns taken over, and their names */
  const Text *kept_names;
  uint32_t kept_count;
  Text problem;          /* none if the case could be read */
  const CaseAnswer *answer; /* NULL if it could not */
} CaseLine;

typedef struct BatchTotals {
  uint64_t cases, problems, settled, verdicts[VERDICT_COUNT];
  uint64_t may_harm, tension, emergency, exhausted;
} BatchTotals;

void batch_put_header(Buffer *out, const Text *kept_names, uint32_t count);
void batch_put_case(Buffer *out, uint32_t format, const Image *image,
                    const CaseLine *line);
void batch_count(BatchTotals *totals, const CaseAnswer *answer);
void batch_put_totals(Buffer *out, uint32_t format,
                      const BatchTotals *totals);

#endif

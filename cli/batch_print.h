/* The answers to many cases, a row each. */
#ifndef STILE_CLI_BATCH_PRINT_H
#define STILE_CLI_BATCH_PRINT_H

#include "cli/batch_decide.h"

enum { BATCH_CSV, BATCH_JSONL };

/* The words for each combination of findings, made when first needed. */
typedef struct FindingWords {
  Arena *arena;
  Text at[VERDICT_COUNT * VERDICT_COUNT * 4 * 4 * 4];
} FindingWords;

/* What stands beside the answer of a case. */
typedef struct CaseLine {
  uint64_t number;       /* of the case, from 1 */
  const Text *kept;      /* columns taken over, and their names */
  const Text *kept_names;
  uint32_t kept_count;
  bool two;              /* there is another policy to compare with */
  Text problem;          /* none if the case could be read */
  const CaseAnswer *answer; /* NULL if it could not */
  const CaseAnswer *against; /* what the other policy says; or NULL */
} CaseLine;

typedef enum CaseChange {
  CHANGE_SAME, CHANGE_STRICTER, CHANGE_LOOSER, CHANGE_OTHER, CHANGE_COUNT
} CaseChange;

/* From the first policy's answer to the other's.  Where one is silent or not
 * settled, and the two differ, the change is neither stricter nor looser. */
CaseChange case_change(const CaseAnswer *from, const CaseAnswer *to);
/* "same", "stricter", "looser", "other" */
const char *case_change_word(CaseChange change);

/* The names of the columns; only CSV has them. */
void batch_put_header(Buffer *out, const CaseLine *line);
void batch_put_case(Buffer *out, uint32_t format, const Image *image,
                    const CaseLine *line, FindingWords *words);

void batch_put_csv(Buffer *out, Text text);
/* The text has been made safe: there are no control characters in it. */
void batch_put_json(Buffer *out, Text text);

#endif

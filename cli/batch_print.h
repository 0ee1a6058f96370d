/* The answers to many cases, a row each. */
#ifndef STILE_CLI_BATCH_PRINT_H
#define STILE_CLI_BATCH_PRINT_H

#include "cli/batch_decide.h"

enum { BATCH_CSV, BATCH_JSONL };

enum { PIECE_STEP = 32, FINDING_COMBINATIONS =
                            VERDICT_COUNT * VERDICT_COUNT * 4 * 4 * 4 };

/* What the answers to many cases are put together from, as it stands in the
 * output.  PIECE_STEP bytes behind each text can be read. */
typedef struct AnswerPieces {
  Arena *arena;
  uint32_t format;
  Text *boundaries, *rules;
  Text findings[FINDING_COMBINATIONS]; /* made when first needed */
} AnswerPieces;

void batch_pieces_make(Arena *arena, const Image *image, uint32_t format,
                       AnswerPieces *pieces);

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
void batch_put_case(Buffer *out, const CaseLine *line, AnswerPieces *pieces);

void batch_put_csv(Buffer *out, Text text);
/* The text has been made safe: there are no control characters in it. */
void batch_put_json(Buffer *out, Text text);

#endif

/* A part of an answer, asked for alone: one rule, what would be if, and what
 * would change it. */
#ifndef STILE_CLI_ASK_PART_H
#define STILE_CLI_ASK_PART_H

#include "cli/answer_view.h"
#include "cli/sheet.h"

typedef struct AskPart {
  const char *why, *why_not; /* rules, by name */
  bool changes, what_if;     /* of these four, one at most */
  uint32_t rule;             /* that `why` or `why_not` names */
  const Situation *other;    /* with what --what-if says */
  uint64_t budget;           /* 0: as each has it */
  bool json;
} AskPart;

/* How many parts are asked for. */
int ask_part_count(const AskPart *part);

/* The words of the part for a sheet, or JSON on stdout. */
void ask_part_print(const View *view, const AskPart *part, Sheet *sheet);

#endif

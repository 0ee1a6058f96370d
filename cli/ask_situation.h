/* The situation that somebody asks about: a file, or nothing yet. */
#ifndef STILE_CLI_ASK_SITUATION_H
#define STILE_CLI_ASK_SITUATION_H

#include "runtime/situation_read.h"

typedef struct AskSituation {
  Arena *arena;
  const char *path; /* "-" is stdin; NULL: nothing is known but the options */
  const SituationInput *input; /* what the options say; its file is not read */
  Sources *sources;            /* those of `input`: the file is added */
  Diagnostics *diagnostics;
} AskSituation;

/* Sets *situation to what could be read.  EXIT_DONE; EXIT_MISFIT with mistakes
 * in the file; EXIT_MACHINE where there is no such file. */
int ask_situation_read(const AskSituation *said, Situation *situation);

#endif

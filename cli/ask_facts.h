/* Facts from the command line: FACT=VALUE words. */
#ifndef STILE_CLI_ASK_FACTS_H
#define STILE_CLI_ASK_FACTS_H

#include "base/diagnostic.h"
#include "cli/options.h"
#include "runtime/situation.h"

typedef struct FactWords {
  const char *option; /* "--set": named in messages */
  const Words *words;
} FactWords;

typedef struct FactInput {
  Arena *arena;
  const Image *image;
  Sources *sources;
  Diagnostics *diagnostics;
} FactInput;

/* Is each word FACT=VALUE in clean UTF-8?  OPTIONS_FINE, or the exit status of
 * a misuse that has been told. */
int fact_words_check(const Command *command, const FactWords *given);

/* Puts them into the situation, each fact at most once; mistakes are
 * diagnostics.  The words have passed the check. */
void fact_words_set(const FactInput *input, const FactWords *given,
                    Situation *situation);

#endif

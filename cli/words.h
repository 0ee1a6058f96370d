/* The fixed words of answers, as programs read them.  They never change. */
#ifndef STILE_CLI_WORDS_H
#define STILE_CLI_WORDS_H

#include "runtime/answer.h"

const char *verdict_word(Verdict verdict);    /* "silent", "care", … */
const char *standing_word(Standing standing); /* "in-force", "not-met", … */
const char *three_word(Three three);          /* "yes", "no", "open" */
const char *rule_kind_word(RuleKind kind);    /* "rule", "holding-back", … */
const char *layer_word(Layer layer);          /* "law", … */
const char *tense_word(Tense tense);          /* "proposed", … */

#endif

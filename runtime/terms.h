/* The fixed words that policies, situations and programs share. */
#ifndef STILE_RUNTIME_TERMS_H
#define STILE_RUNTIME_TERMS_H

#include "runtime/answer.h"

/* "need", "capability", … */
const char *term_dimension(Dimension dimension);
/* "silent", "proceed", "care", "consult", "hold", "never" */
const char *term_verdict(Verdict verdict);
/* "in-force", "displaced", …; "elsewhere" */
const char *term_standing(Standing standing);
/* "rule", "never", "exception", "holding-back", … */
const char *term_kind(RuleKind kind);
/* "law", "regulator", "organisation", "team" */
const char *term_layer(Layer layer);
/* "proposed", "under-way", "happened" */
const char *term_tense(Tense tense);
/* "yes", "no", "open" */
const char *term_three(Three three);
/* " in 12 months"; nothing if all of a record counts */
void term_put_window(Buffer *out, const Variable *variable);

/* The dimension, verdict, tense or answer of that name; false if none. */
bool term_find_dimension(Text name, Dimension *dimension);
bool term_find_verdict(Text name, Verdict *verdict);
bool term_find_tense(Text name, Tense *tense);
bool term_find_three(Text name, Three *three);

#endif

/* A situation as YAML, for reports and for reading it back. */
#ifndef STILE_TESTS_REFERENCE_SHOW_H
#define STILE_TESTS_REFERENCE_SHOW_H

#include "tests/reference/interpret.h"

/* What is given for a fact, as YAML's value: "£2 to £4", "[a, b]". */
void show_given(Buffer *out, const RefFact *fact, const Given *given);
void show_situation(Buffer *out, const RefPolicy *policy,
                    const Situation *situation);

#endif

/* Changes to a policy's text such as an author makes: a limit, a finding, a
 * rule dropped or added, a fact's values. */
#ifndef STILE_TESTS_REFERENCE_MUTATE_H
#define STILE_TESTS_REFERENCE_MUTATE_H

#include "tests/reference/generate.h"

/* One change; what comes out need not compile. */
Text mutate_text(Arena *arena, Random *random, Text text);

#endif

/* Random small policies as text, and random situations for them; the same for
 * the same seed. */
#ifndef STILE_TESTS_REFERENCE_GENERATE_H
#define STILE_TESTS_REFERENCE_GENERATE_H

#include "tests/reference/domain.h"
#include "tests/reference/random.h"

#define GENERATED_FILES_MOST 3

typedef struct Generated {
  Text paths[GENERATED_FILES_MOST]; /* the main file first */
  Text texts[GENERATED_FILES_MOST];
  uint32_t count;
} Generated;

/* `large`: more facts and rules than all completions could be tried for. */
void generate_policy(Arena *arena, Random *random, bool large,
                     Generated *generated);

/* `complete`: every fact is given one value.  The policy's boundaries and the
 * situation's are numbered alike by the caller. */
void generate_situation(Arena *arena, Random *random, const RefPolicy *policy,
                        bool complete, Situation *situation);

#endif

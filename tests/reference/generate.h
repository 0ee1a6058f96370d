/* Random small policies as text, and random situations for them; the same for
 * the same seed. */
#ifndef STILE_TESTS_REFERENCE_GENERATE_H
#define STILE_TESTS_REFERENCE_GENERATE_H

#include "tests/reference/domain.h"

typedef struct Random {
  uint64_t state;
} Random;

uint64_t random_next(Random *random);
/* From 0 to `count` - 1; 0 if count is 0. */
uint32_t random_below(Random *random, uint32_t count);
int64_t random_from(Random *random, int64_t low, int64_t high);
bool random_chance(Random *random, uint32_t percent);

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

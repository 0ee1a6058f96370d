/* Random numbers; the same for the same seed.  (generate.c) */
#ifndef STILE_TESTS_REFERENCE_RANDOM_H
#define STILE_TESTS_REFERENCE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Random {
  uint64_t state;
} Random;

uint64_t random_next(Random *random);
/* From 0 to `count` - 1; 0 if count is 0. */
uint32_t random_below(Random *random, uint32_t count);
int64_t random_from(Random *random, int64_t low, int64_t high);
bool random_chance(Random *random, uint32_t percent);

#endif

/* Numbers that look random and are the same in every run (xorshift64*). */
#ifndef STILE_TESTS_RANDOM_H
#define STILE_TESTS_RANDOM_H

#include <stdint.h>

typedef struct Random {
  uint64_t state; /* not 0 */
} Random;

uint64_t random_next(Random *random);
/* From 0 up to, and without, `end`; `end` is not 0. */
uint32_t random_below(Random *random, uint32_t end);
/* Any number, with small ones and both ends more often than chance has it. */
int64_t random_edgy(Random *random);

#endif

#include "random.h"

uint64_t random_next(Random *random) {
  random->state ^= random->state >> 12;
  random->state ^= random->state << 25;
  random->state ^= random->state >> 27;
  return random->state * UINT64_C(0x2545F4914F6CDD1D);
}

uint32_t random_below(Random *random, uint32_t end) {
  return (uint32_t)((random_next(random) >> 32) * end >> 32);
}

int64_t random_edgy(Random *random) {
  uint64_t number = random_next(random) >> random_below(random, 64);

  switch (random_below(random, 8)) {
    case 0: return INT64_MAX - (int64_t)(number >> 1);
    case 1: return INT64_MIN + (int64_t)(number >> 1);
    case 2: return (int64_t)random_below(random, 5) - 2;
    case 3: return -(int64_t)(number >> 1);
    default: return (int64_t)(number >> 1);
  }
}

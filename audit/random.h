/* Points drawn at random, the same on every machine: xorshift64* (Vigna
 * 2016). */
#ifndef STILE_AUDIT_RANDOM_H
#define STILE_AUDIT_RANDOM_H

#include "audit/count.h"

#define RANDOM_START UINT64_C(0x9e3779b97f4a7c15)

/* A number below `below`, which is not 0. */
static inline uint32_t random_below(uint64_t *state, uint32_t below) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return (uint32_t)((*state * UINT64_C(0x2545f4914f6cdd1d)) >> 33) % below;
}

static inline void random_point(const Space *space, uint64_t *state,
                                AxisCell *point) {
  for (uint32_t i = 0; i < space->axis_count; i++)
    point[i] = random_below(state, space->axes[i].cells);
}

#endif

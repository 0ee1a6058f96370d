/* Every change: each smallest change, within a practitioner's reach, that
 * settles another verdict.
 *
 * A change turns some levers (runtime/lever.h).  It is smallest for its verdict
 * if no fewer of them would do, and nearest if none of them needs to go so far.
 */
#ifndef STILE_RUNTIME_EVERY_CHANGE_H
#define STILE_RUNTIME_EVERY_CHANGE_H

#include "runtime/why_not.h"

typedef struct EveryChange {
  bool settled;      /* there is one verdict to change */
  Verdict verdict;   /* the present one */
  uint8_t complete;  /* bit v: no change to verdict v is missing */
  Change *changes;   /* by their verdict, the fewest steps first */
  uint32_t change_count;
  uint64_t work;
} EveryChange;

/* Finds them all; lives in `arena`.  `budget` 0 is WHY_NOT_BUDGET. */
void every_change_make(Arena *arena, const Image *image,
                       const Situation *situation, uint64_t budget,
                       EveryChange *every);

#endif

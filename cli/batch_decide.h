/* One case of many: decided by the index where that is enough, else settled. */
#ifndef STILE_CLI_BATCH_DECIDE_H
#define STILE_CLI_BATCH_DECIDE_H

#include "runtime/packed.h"

typedef struct CaseAnswer {
  bool settled, exhausted;
  Verdict low, high;
  Three may_harm, tension, emergency;
  uint32_t *deciding; /* rules; none when not settled */
  uint32_t deciding_count;
} CaseAnswer;

typedef struct CaseDecider {
  Packed packed;
  int64_t *values; /* of the case in hand */
  uint64_t *known;
  uint32_t *deciding;
} CaseDecider;

void case_decider_make(Arena *arena, Arena *scratch, const Image *image,
                       uint32_t boundary, Day today, CaseDecider *decider);

/* What `stile ask` says of the situation.  `arena` is for this case. */
void case_decide(Arena *arena, CaseDecider *decider,
                 const Situation *situation, CaseAnswer *answer);

#endif

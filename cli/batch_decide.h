/* One case of many: decided by the index where that is enough, else settled. */
#ifndef STILE_CLI_BATCH_DECIDE_H
#define STILE_CLI_BATCH_DECIDE_H

#include "cli/batch_read.h"
#include "runtime/packed.h"

typedef struct CaseAnswer {
  uint32_t boundary;
  bool settled, exhausted;
  Verdict low, high;
  Three may_harm, tension, emergency;
  uint32_t *deciding; /* rules; none when not settled */
  uint32_t deciding_count;
  uint32_t duties;    /* how many surely stand */
} CaseAnswer;

enum { DECIDERS_KEPT = 32 };

/* What is told of a rule in force. */
typedef struct ToldRule {
  uint8_t finding;   /* with nobody asked */
  bool may_decide, asks, has_duties;
} ToldRule;

/* An index for one boundary and day. */
typedef struct KeptDecider {
  Arena arena;
  uint32_t boundary;
  Day day;
  Packed packed;
} KeptDecider;

/* Belongs to one thread. */
typedef struct CaseDecider {
  const Image *image;
  bool any_day; /* the policy means the same on every day */
  Day day;      /* then this one stands for all */
  KeptDecider *kept[DECIDERS_KEPT];
  uint32_t next; /* the one to give way when there is no more room */
  KeptDecider *last;
  uint32_t *deciding;
  ToldRule *told; /* for each rule */
} CaseDecider;

void case_decider_make(Arena *arena, const Image *image, Day day,
                       CaseDecider *decider);
void case_decider_clear(CaseDecider *decider);

/* What `stile ask` says of the case.  `arena` is for this case. */
void case_decide(Arena *arena, CaseDecider *decider, const ReadCase *one,
                 CaseAnswer *answer);

#endif

/* An answer: everything that the policy says of a situation. */
#ifndef STILE_RUNTIME_ANSWER_H
#define STILE_RUNTIME_ANSWER_H

#include "runtime/machine.h"

typedef enum Standing {
  STANDING_IN_FORCE, STANDING_DISPLACED, STANDING_NOT_MET, STANDING_NOT_YET,
  STANDING_ENDED, STANDING_OPEN,
  STANDING_ELSEWHERE, /* a rule of another boundary: not part of this answer */
  STANDING_COUNT
} Standing;

/* What a question matters for; also the order of questions. */
typedef enum Matter {
  MATTERS_EMERGENCY, MATTERS_VERDICT, MATTERS_HOLDING_BACK, MATTERS_DUTIES,
  MATTER_COUNT
} Matter;

typedef struct Question {
  uint32_t fact;
  uint32_t matters; /* bit m: Matter m */
} Question;

/* One changed fact. */
typedef struct Step {
  uint32_t fact;
  Text to; /* "above £50", "yes", "with supervisor", "without cash" */
} Step;

typedef struct Change {
  Verdict verdict; /* settled by the steps */
  Step *steps;
  uint32_t step_count;
} Change;

typedef struct RuleAnswer {
  uint8_t standing;  /* Standing */
  uint8_t condition; /* Three; of a rule without `when`, THREE_YES */
  uint8_t counts;    /* Verdict: the finding as it counts */
  uint8_t agreed;    /* 1 if its consult or agreement is met */
} RuleAnswer;

typedef struct Answer {
  bool in_scope;     /* false: no boundary; only `emergency` is filled in */
  Verdict low, high; /* the range of the verdict; equal when settled */
  bool settled, exhausted;
  Three may_harm;    /* holding back may harm */
  Three tension;
  Three emergency;
  RuleAnswer *rules;  /* one for each rule of the image, emergencies and (when
                         the situation has happened) review rules included;
                         an otherwise is IN_FORCE where it speaks, NOT_MET
                         where it does not, OPEN where it may */
  uint8_t *registers; /* Three of each register, from the quick pass */
  uint8_t *duties;    /* Three of each duty of the image */
  uint32_t *deciding; /* rules; none when not settled */
  uint32_t deciding_count;
  uint32_t *reasons;  /* facts, by dimension and name as text; none when not
                         settled */
  uint32_t reason_count;
  Question *questions;
  uint32_t question_count;
  Change *changes;
  uint32_t change_count;
  uint64_t work;      /* evaluations made */
} Answer;

/* The most evaluations for one answer, if the host does not say. */
#define WORK_BUDGET 200000
/* Nor are more rules evaluated than this to find out what is so, a quarter of
 * it for questions, and a quarter for reasons and changes: where there are
 * hundreds of rules these are fewer evaluations. */
#define RULES_EVALUATED UINT64_C(100000000)

/* Asks the policy about the situation, exactly (docs/language.md, "What an
 * answer means").  `image` has been verified; the situation fits it.  The
 * answer lives in `arena`.  After at most `budget` evaluations (0: as above)
 * what is not yet proved is left open and `exhausted` is set. */
void answer_make(Arena *arena, const Image *image, const Situation *situation,
                 uint64_t budget, Answer *answer);

/* "at most £50", "above £50 and at most £200", "exactly £50", "before
 * 2026-01-01": every cell of the fact's variable on the day asked about, in
 * order; for sets and records, the values or an empty list.  For questions. */
uint32_t fact_choices(Arena *arena, const Image *image, uint32_t fact,
                      Day today, Text **choices);

#endif

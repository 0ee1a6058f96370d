/* What a policy says of a partial situation, by trying every completion. */
#ifndef STILE_TESTS_REFERENCE_COMPLETIONS_H
#define STILE_TESTS_REFERENCE_COMPLETIONS_H

#include "tests/reference/domain.h"

#define REF_COMPLETIONS_MOST 20000

/* Over all completions.  Three says yes, no or either. */
typedef struct RefSpread {
  bool complete;      /* false: too many completions, nothing else is filled */
  uint32_t number;    /* of completions tried */
  uint32_t verdicts;  /* bit v: Verdict v occurs */
  uint8_t may_harm, tension, emergency; /* Three */
  uint8_t *standings;  /* for each rule, bit s: Standing s occurs */
  uint8_t *conditions; /* for each rule: Three */
  uint8_t *duties;     /* for each duty: Three */
  uint32_t *matters;   /* for each fact, bit m: it is a question for Matter m */
  RefRuleResult *last; /* the last completion's rules, for what support fixes */
} RefSpread;

/* Tries all completions of the situation. */
void ref_spread(Arena *arena, const RefUniverse *universe,
                const Given *givens, RefSpread *spread);

typedef enum RefSettled { REF_SETTLED, REF_OPEN, REF_TOO_MANY } RefSettled;

/* Whether every completion has one verdict, and which. */
RefSettled ref_settled(Arena *arena, const RefUniverse *universe,
                       const Given *givens, Verdict *verdict);

/* The given facts that the settled verdict rests on, in declared order. */
bool ref_reasons(Arena *arena, const RefUniverse *universe,
                 const Given *givens, Verdict verdict, bool *reasons);

#endif

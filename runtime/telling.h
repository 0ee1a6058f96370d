/* Telling: which question to ask next.
 *
 * Only a question that can still change the answer is asked (runtime/settle.h,
 * questions).  What an emergency rests on comes first, in declared order.  Of
 * the others the most telling one is asked: some hundred ways in which things
 * may be are taken by the search's sampler, each with its whole answer, and the
 * fact is taken that leaves the smallest chance that two of them which agree in
 * it still have different answers (the Gini impurity of decision trees,
 * Breiman and others 1984); of equals, the one declared first.  The sampler
 * starts alike each time, so the order is the same on every machine.
 *
 * Support is not unknown when it is not given, but not done.  So it comes last,
 * and only where having done it would change the answer.
 */
#ifndef STILE_RUNTIME_TELLING_H
#define STILE_RUNTIME_TELLING_H

#include "runtime/answer.h"

typedef struct Telling {
  Answer answer;     /* to what is known so far */
  uint32_t fact;     /* to ask about next; NONE: nothing left matters */
  bool is_emergency; /* an emergency rests on it */
  bool is_support;
  uint32_t left;     /* questions that can change the answer, this one too;
                        those of support not counted */
} Telling;

/* Answers, and finds the next question.  `passed` says for each fact whether it
 * is not to be asked.  Lives in `arena`; `budget` as for answer_make. */
void telling_next(Arena *arena, const Image *image, const Situation *situation,
                  const bool *passed, uint64_t budget, Telling *telling);

#endif

/* The steps of an evaluation, rule by rule, so that one may be done again for
 * a few rules alone (runtime/update.h). */
#ifndef STILE_RUNTIME_OUTCOME_STEPS_H
#define STILE_RUNTIME_OUTCOME_STEPS_H

#include "runtime/outcome.h"

/* Whether a rule's condition is met: from the registers. */
Three rule_condition(const Inquiry *inquiry, uint32_t rule,
                     const Workspace *space);

/* Whether a rule applies: from its condition, and from whether what it names
 * applies. */
Three rule_applies(const Inquiry *inquiry, uint32_t rule,
                   const Workspace *space);

/* Puts a rule's standing into the outcome and says in the workspace whether it
 * is in force: from whether it applies and is displaced.  Not an otherwise. */
void rule_stands(const Inquiry *inquiry, uint32_t rule, Workspace *space,
                 uint8_t *outcome);

/* The same for every otherwise: `findings` says for each layer whether a
 * finding of its own or a more authoritative one is in force. */
void otherwise_stands(const Inquiry *inquiry, const Three *findings,
                      Workspace *space, uint8_t *outcome);

/* The verdict, of a mask of the findings that may be in force and the highest
 * that surely is. */
void verdict_stands(const Inquiry *inquiry, unsigned possible, unsigned surely,
                    Workspace *space, uint8_t *outcome);

/* What follows from the verdict and whether an emergency and a holding-back
 * rule is in force. */
void second_stands(const Inquiry *inquiry, Three emergency, Three harm,
                   uint8_t *outcome);

/* The duties of one rule: from the verdict and whether the rule is in force. */
void duties_stand(const Inquiry *inquiry, const uint8_t *counts, uint32_t rule,
                  const Workspace *space, uint8_t *outcome);

#endif

/* The reference interpreter: what a policy says of one complete situation,
 * read straight from the syntax tree.
 *
 * Naive on purpose.  Records are lists of events, windows are pairs of dates,
 * rules look for the exceptions to them each time anew.  It shares nothing with
 * the grid, the code or the evaluator.
 */
#ifndef STILE_TESTS_REFERENCE_INTERPRET_H
#define STILE_TESTS_REFERENCE_INTERPRET_H

#include "runtime/answer.h"
#include "tests/reference/policy.h"

/* What one fact is. */
typedef struct RefValue {
  int64_t amount;   /* level or choice, yes = 1, amount, Day */
  uint64_t members; /* sets: bit i is value i */
  const Event *events; /* records */
  uint32_t event_count;
} RefValue;

typedef struct RefCase {
  const RefPolicy *policy;
  uint32_t boundary; /* REF_NONE: only emergencies are asked about */
  Day as_of;
  bool happened;
  const RefValue *facts; /* one for each fact */
} RefCase;

/* What becomes of one rule. */
typedef struct RefRuleResult {
  bool in_scope;
  bool condition;
  Standing standing;
  Verdict counts; /* the finding as it counts; SILENT: none */
  bool agreed;
} RefRuleResult;

typedef struct RefResult {
  Verdict verdict;
  bool may_harm, tension, emergency;
  RefRuleResult *rules; /* the caller's: one for each rule */
  bool *duties;         /* the caller's: one for each duty */
} RefResult;

bool ref_condition_holds(const RefCase *one, const RefCondition *condition);
/* Is this rule asked about: of the boundary or everywhere, an emergency, or a
 * review rule where the situation has happened? */
bool ref_rule_in_scope(const RefCase *one, const RefRule *rule);
/* The events of a window are those after `*after`, up to `*last`. */
void ref_window(WindowKind kind, int64_t length, Day as_of, Day *after,
                Day *last);
/* The day a number of days or months before `as_of`. */
Day ref_ago(Day as_of, int64_t count, bool months);

void ref_interpret(const RefCase *one, RefResult *result);

#endif

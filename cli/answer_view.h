/* An answer with what it answers: the questions that every rendering asks. */
#ifndef STILE_CLI_ANSWER_VIEW_H
#define STILE_CLI_ANSWER_VIEW_H

#include "runtime/terms.h"

typedef struct View {
  Arena *arena;
  const Image *image;
  const Situation *situation;
  const Answer *answer;
} View;

/* What to do while the guidance is not settled. */
typedef enum UntilThen {
  UNTIL_NOTHING, UNTIL_TALK_FIRST, UNTIL_FIND_OUT
} UntilThen;

/* When a duty is due, if it says so in time. */
typedef struct Due {
  bool known;
  Day day;
  int64_t days; /* whole days from the day asked about */
} Due;

const Rule *view_rule(const View *view, uint32_t rule);
/* "gifts/small" */
Text view_full_name(const View *view, uint32_t rule);
/* Its title or, without one, its full name. */
Text view_title(const View *view, uint32_t rule);
/* Does it stand in the list of rules: one of the boundary's or everywhere's, no
 * emergency, review rule or otherwise? */
bool view_lists(const View *view, uint32_t rule);
bool view_in_force(const View *view, uint32_t rule);
/* In force: yes or no; open while it may be. */
Three view_state(const View *view, uint32_t rule);
/* Is it a review rule that this situation is asked about? */
bool view_is_review(const View *view, uint32_t rule);
/* Does the exception name the rule, and does it (or may it) set it aside? */
bool view_displaces(const View *view, uint32_t exception, uint32_t rule);
/* A line of that kind among a rule's lines, from number *at on; steps *at past
 * it.  NULL after the last. */
const Line *view_next_line(const View *view, uint32_t rule, LineKind kind,
                           uint32_t *at);
/* Do this rule's `instead`s count: a hold, a never or a holding-back in
 * force? */
bool view_offers_instead(const View *view, uint32_t rule);

UntilThen view_until_then(const View *view);
Due view_due(const View *view, const Duty *duty);
/* Is this day one on which the policy is in force? */
bool view_policy_in_force(const View *view);
bool view_review_overdue(const View *view);

/* What was given for a fact, as written; none if nothing was. */
Text view_given(const View *view, uint32_t fact);
/* "context.gift" */
Text view_fact_name(const View *view, uint32_t fact);
/* A member as a policy names it: "supervisor". */
Text view_member(const View *view, const Member *member);

#endif

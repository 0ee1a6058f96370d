/* Looking back, when something has gone wrong: the person's own account first,
 * impact before intention, then what can be put right and learnt.
 *
 * Nothing here scores, ranks or judges anyone.  A review can come from a file,
 * from questions, or from a log that kept the answer of that day: whoever
 * fills in a Review can print it.
 */
#ifndef STILE_CLI_REVIEW_H
#define STILE_CLI_REVIEW_H

#include <jansson.h>

#include "cli/answer_text.h"
#include "cli/page.h"
#include "runtime/situation_read.h"

/* The parts of an account, in the order in which they are asked. */
typedef enum AccountPart {
  ACCOUNT_PERSON,  /* the person's own account */
  ACCOUNT_WHAT,    /* what happened */
  ACCOUNT_WHY,     /* why did it happen */
  ACCOUNT_MEND,    /* what can be fixed */
  ACCOUNT_OTHER,   /* what could be done differently */
  ACCOUNT_FOLLOWED,
  ACCOUNT_REASONS, /* for doing something else than the guidance */
  ACCOUNT_COUNT
} AccountPart;

typedef enum Followed {
  FOLLOWED_UNSAID, FOLLOWED, DEPARTED, NOT_ASKED
} Followed;

typedef struct Account {
  Text parts[ACCOUNT_COUNT]; /* none if not told */
  Followed followed;
} Account;

/* What was decided on an answer, as a log keeps it. */
typedef struct KeptDecision {
  Text did, because; /* none if it was not said */
} KeptDecision;

typedef Vec(KeptDecision) KeptDecisions;

typedef struct Review {
  Account account;
  const View *now;  /* what happened, and what the policy says of it */
  const View *then; /* the situation as it was known before; NULL if not told.
                       From a log, its policy is that of the day */
  bool kept;        /* `then` is from a log */
  KeptDecisions decisions;
  Lines left_out;   /* what was kept and does not fit today's policy */
} Review;

/* "persons-account", "what-happened", … as a review file calls them. */
const char *account_key(AccountPart part);
/* "followed", "departed", "not-asked"; "" if it is not said. */
const char *account_followed(Followed followed);
bool account_find_followed(Text word, Followed *followed);

/* Reads the keys of a review that a situation has not: `account` and
 * `asked-on` (DAY_NONE if it is not said).  True if there was no mistake. */
bool review_read(Arena *arena, const Sources *sources, uint32_t file,
                 Diagnostics *diagnostics, Account *account, Day *asked_on);

void review_page(const Review *review, Page *page);
json_t *review_json(const Review *review);

/* A draft of an example for the policy: its situation, and what the policy
 * says of it today. */
Text review_example(const View *view);
/* The same without what is expected: `view` needs no answer. */
Text review_example_open(const View *view);
/* The review as a file that can be read again. */
Text review_file(const Review *review);

#endif

/* Stile: ask a written boundary policy about a situation.
 *
 *   StilePolicy *policy = stile_policy_read(bytes, length);
 *   if (stile_policy_status(policy) == STILE_DONE) {
 *     StileAnswer *answer =
 *         stile_ask(policy, "boundary: gifts\n", 16, "2026-11-23");
 *     if (stile_answer_status(answer) == STILE_DONE &&
 *         stile_answer_settled(answer))
 *       use(stile_answer_verdict(answer));
 *     stile_answer_destroy(answer);
 *   }
 *   stile_policy_destroy(policy);
 *
 * An answer is guidance, not permission: show it with its reasons, and with
 * who to talk to.
 *
 * The library reads no files and no clock, prints nothing and keeps nothing.
 * Texts are UTF-8, end with NUL, and live as long as what they were got from.
 * Different policies may be used by different threads at once; one policy may
 * be asked by one thread at a time.
 */
#ifndef STILE_H
#define STILE_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define STILE_API __attribute__((visibility("default")))
#else
#define STILE_API
#endif

typedef struct StilePolicy StilePolicy;
typedef struct StileAnswer StileAnswer;

/* The numbers are those of the program's exit status. */
typedef enum StileStatus {
  STILE_DONE = 0,
  STILE_FINDINGS = 1, /* the policy has errors, or is no sound image */
  STILE_MISFIT = 3,   /* the situation does not fit the policy */
  STILE_MACHINE = 4   /* there was not enough memory */
} StileStatus;

/* From least to most cautious. */
typedef enum StileVerdict {
  STILE_SILENT,  /* the policy says nothing: not the same as yes */
  STILE_PROCEED,
  STILE_CARE,
  STILE_CONSULT,
  STILE_HOLD,
  STILE_NEVER
} StileVerdict;

typedef enum StileState {
  STILE_YES = 1,
  STILE_NO = 2,
  STILE_OPEN = 3 /* it depends on what is not known */
} StileState;

typedef enum StileStanding {
  STILE_IN_FORCE,
  STILE_DISPLACED, /* an exception sets it aside */
  STILE_NOT_MET,
  STILE_NOT_YET,
  STILE_ENDED,
  STILE_STANDING_OPEN
} StileStanding;

/* "0.1.0" */
STILE_API const char *stile_version(void);

/* ------------------------------------------------------------- policies */

/* Reads and verifies a compiled policy.  The bytes may be given back at once.
 * NULL only if there is no memory at all; else ask stile_policy_status. */
STILE_API StilePolicy *stile_policy_read(const void *bytes, size_t length);

/* Gives the file that a policy names in `use`.  `path` is relative to the
 * folder of the main file.  Sets *text and *length, which must stay until the
 * policy has been compiled; false if there is no such file. */
typedef bool StileReader(void *context, const char *path, const char **text,
                         size_t *length);

/* Compiles a policy from its text.  `name` is what messages call the file.
 * `today` is YYYY-MM-DD, or NULL: then nothing is said of an overdue review.
 * `reader` may be NULL if the policy uses no other file. */
STILE_API StilePolicy *stile_policy_compile(const char *name, const char *text,
                                            size_t length, const char *today,
                                            StileReader *reader,
                                            void *context);

STILE_API StileStatus stile_policy_status(const StilePolicy *policy);
/* Errors and warnings for the author, many lines; "" if there are none. */
STILE_API const char *stile_policy_messages(const StilePolicy *policy);
/* The compiled policy, for a file; *length is set.  NULL unless done. */
STILE_API const void *stile_policy_image(const StilePolicy *policy,
                                         size_t *length);
/* Accepts NULL. */
STILE_API void stile_policy_destroy(StilePolicy *policy);

/* -------------------------------------------------------------- answers */

/* Asks about one situation, written in YAML or JSON.  `today`, YYYY-MM-DD, is
 * the day asked about if the situation names none.  The policy must be done,
 * and must outlive the answer.  NULL only if there is no memory at all. */
STILE_API StileAnswer *stile_ask(const StilePolicy *policy,
                                 const char *situation, size_t length,
                                 const char *today);

STILE_API StileStatus stile_answer_status(const StileAnswer *answer);
/* What does not fit, with lines and columns; "" if all is well. */
STILE_API const char *stile_answer_messages(const StileAnswer *answer);
/* Whether the verdict stays the same whatever else is learnt. */
STILE_API bool stile_answer_settled(const StileAnswer *answer);
/* The most cautious verdict that is possible: the verdict, if settled. */
STILE_API StileVerdict stile_answer_verdict(const StileAnswer *answer);
/* The least cautious verdict that is possible. */
STILE_API StileVerdict stile_answer_lowest(const StileAnswer *answer);
/* Whether holding back may do harm. */
STILE_API StileState stile_answer_holding_back(const StileAnswer *answer);
/* Whether someone is in danger now; show this before anything else. */
STILE_API StileState stile_answer_emergency(const StileAnswer *answer);

typedef struct StileRule {
  const char *name;  /* "gifts/small" */
  const char *title; /* "" if it has none */
  StileStanding standing;
  bool deciding; /* it gives the verdict */
} StileRule;

/* The rules of the boundary and of `everywhere`, from index 0; false past the
 * last. */
STILE_API bool stile_answer_rule(const StileAnswer *answer, size_t index,
                                 StileRule *rule);

typedef struct StileDuty {
  const char *tag;  /* "record" */
  const char *text;
  const char *rule; /* "gifts/small" */
} StileDuty;

/* The duties that stand or may stand, from index 0; false past the last. */
STILE_API bool stile_answer_duty(const StileAnswer *answer, size_t index,
                                 StileDuty *duty, StileState *state);

typedef struct StileQuestion {
  const char *fact; /* "need.isolation" */
  const char *text; /* "How cut off from other people is this person?" */
} StileQuestion;

/* What is not known and matters, the most pressing first; false past the
 * last. */
STILE_API bool stile_answer_question(const StileAnswer *answer, size_t index,
                                     StileQuestion *question);

/* Accepts NULL. */
STILE_API void stile_answer_destroy(StileAnswer *answer);

#ifdef __cplusplus
}
#endif
#endif

/* Stile: ask a written boundary policy about a situation.
 *
 * A host program goes this way:
 *
 *   stile_compile        the text of a policy -> an image (bytes)
 *   stile_policy_load    an image             -> a policy, verified
 *   stile_situation_...  facts                -> a situation
 *   stile_ask            a situation          -> an answer
 *
 * Only the first needs the compiler: a program that links the runtime alone
 * loads images that were made elsewhere.  docs/c-api.md has a whole program.
 *
 * An answer is guidance, not permission: show it with its reasons, and with
 * who to talk to.
 *
 * Texts.  A StileText is UTF-8 of a given length, not ended by NUL.  It lives
 * as long as the object it was got from.  `bytes` is NULL where there is no
 * text; an empty text is something else.  Texts come from the policy's author:
 * make them safe before they reach a terminal or a page.
 *
 * Numbers.  Facts, values, boundaries, rules and duties are numbered from 0, in
 * the order of the policy; STILE_NONE is no number.  Functions that take a
 * number and fill in a struct return false, and leave the struct alone, if
 * there is no such thing.
 *
 * Errors.  Where a function returns a StileStatus, it sets its results to NULL
 * unless the status is STILE_OK.  `messages`, which may be NULL, is set to what
 * there is to tell the person whose text was read, or to NULL if there is
 * nothing: warnings come with STILE_OK too.
 *
 * Objects.  Whatever a function hands out through a pointer to a pointer is the
 * caller's, to be given back with its own _destroy, which accepts NULL.
 *
 * Threads.  A policy does not change once it is loaded: any number of threads
 * may use it at once.  Every other object belongs to one thread at a time.
 * There is no global state.
 *
 * The library reads no files, no clock and no locale, prints nothing, never
 * ends the program and keeps nothing.
 */
#ifndef STILE_H
#define STILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define STILE_API __attribute__((visibility("default")))
#else
#define STILE_API
#endif

#define STILE_NONE UINT32_MAX

typedef enum StileStatus {
  STILE_OK = 0,
  STILE_ERROR_IN_POLICY,    /* the text of the policy has errors */
  STILE_ERROR_IN_SITUATION, /* it does not fit the policy */
  STILE_ERROR_IN_IMAGE,     /* the bytes are no sound image */
  STILE_NO_MEMORY,          /* the host had no more memory to give */
  STILE_WRONG_USE           /* an argument that the description rules out */
} StileStatus;

typedef struct StileText {
  const char *bytes;
  size_t length;
} StileText;

/* For printf's "%.*s". */
#define STILE_TEXT(text) (int)(text).length, (text).bytes ? (text).bytes : ""

/* A day of the Gregorian calendar, years 1 to 9999.  All zero: no day. */
typedef struct StileDay {
  int year, month, day;
} StileDay;

/* Where an object's memory comes from.  `take` returns room for `size` bytes,
 * aligned for any type, or NULL; `give` gets the same block and size back.
 * Both must be safe to call from every thread that uses the object. */
typedef struct StileMemory {
  void *(*take)(void *context, size_t size);
  void (*give)(void *context, void *block, size_t size);
  void *context;
} StileMemory;

typedef struct StileMessages StileMessages;
typedef struct StileImage StileImage;
typedef struct StilePolicy StilePolicy;
typedef struct StileSituation StileSituation;
typedef struct StileAnswer StileAnswer;
typedef struct StileDecider StileDecider;

/* "0.1.0" */
STILE_API const char *stile_version(void);

/* ------------------------------------------------------------- messages */

typedef struct StileMessage {
  uint32_t code;   /* 103 is explained as E0103 or W0103 */
  bool is_warning;
  StileText text;  /* one sentence: what is wrong, by its name */
  StileText help;  /* how to mend it; none if there is nothing to say */
  StileText file;  /* none if there is no place */
  uint32_t line, column;         /* from 1, in code points; 0 for no place */
  uint32_t end_line, end_column; /* where it ends, not included */
  StileText whole; /* all of it for a person, several lines */
} StileMessage;

/* In the order of the text. */
STILE_API uint32_t stile_messages_count(const StileMessages *messages);
STILE_API bool stile_messages_get(const StileMessages *messages,
                                  uint32_t index, StileMessage *message);
STILE_API void stile_messages_destroy(StileMessages *messages);

/* ------------------------------------------------------------- compiling */

/* Gives a file that a policy names in `use`, or the main file.  `path` is
 * relative to the root folder, ends with NUL, and has neither `.` nor `..`.
 * Sets *bytes and *length, which must stay until the next call or until
 * stile_compile returns.  False if there is no such file. */
typedef bool StileReadFile(void *context, const char *path,
                           const char **bytes, size_t *length);

/* Compiles the policy whose main file has this path.  `memory` may be NULL for
 * the C library's.  With `today`, a review that is overdue gives a warning.
 * STILE_ERROR_IN_POLICY if there is an error. */
STILE_API StileStatus stile_compile(const StileMemory *memory,
                                    const char *main_path,
                                    StileReadFile *read_file, void *context,
                                    StileDay today, StileImage **image,
                                    StileMessages **messages);

/* The bytes, the same for the same policy on every machine; docs/image-format
 * describes them.  They live as long as the image. */
STILE_API const void *stile_image_bytes(const StileImage *image,
                                        size_t *length);
STILE_API void stile_image_destroy(StileImage *image);

/* -------------------------------------------------------------- policies */

/* Reads and verifies an image; its bytes are copied.  Whatever they are, the
 * result is a sound policy or STILE_ERROR_IN_IMAGE.  `memory` may be NULL; it
 * serves what is made from the policy too. */
STILE_API StileStatus stile_policy_load(const StileMemory *memory,
                                        const void *bytes, size_t length,
                                        StilePolicy **policy,
                                        StileMessages **messages);
/* Only when nothing that was made from the policy is left. */
STILE_API void stile_policy_destroy(StilePolicy *policy);

/* Most authoritative first. */
typedef enum StileLayer {
  STILE_LAW, STILE_REGULATOR, STILE_ORGANISATION, STILE_TEAM
} StileLayer;

typedef struct StilePolicyInfo {
  StileText name, title;
  StileText version, owner, if_unsure; /* none if not said */
  StileLayer layer;
  StileDay in_force_from, next_review;
  uint8_t sha256[32]; /* names the policy; the same with and without places */
  uint32_t boundaries, facts, rules, duties; /* how many */
} StilePolicyInfo;

STILE_API void stile_policy_info(const StilePolicy *policy,
                                 StilePolicyInfo *info);

typedef struct StileBoundary {
  StileText name, title;
  StileText refusal; /* the name of holding back; none if not said */
} StileBoundary;

STILE_API bool stile_policy_boundary(const StilePolicy *policy,
                                     uint32_t boundary, StileBoundary *result);

typedef enum StileDimension {
  STILE_NEED, STILE_CAPABILITY, STILE_CONTEXT, STILE_RISK, STILE_SUPPORT,
  STILE_IMPACT
} StileDimension;

typedef enum StileType {
  STILE_YES_OR_NO, STILE_SCALE, STILE_CHOICE, STILE_SET, STILE_NUMBER,
  STILE_MONEY, STILE_DURATION, STILE_DATE, STILE_RECORD
} StileType;

typedef struct StileFact {
  StileDimension dimension;
  StileText name, question;
  StileText help; /* none if not said */
  StileType type;
  StileType item; /* of a record: money, duration or date */
  bool fixed, no_excuse, who_agree, may_be_ahead;
  uint32_t values; /* how many levels, choices or members; yes/no: no, yes */
} StileFact;

typedef struct StileValue {
  StileText name;
  StileText words; /* plain words for it; none if not said */
} StileValue;

STILE_API bool stile_policy_fact(const StilePolicy *policy, uint32_t fact,
                                 StileFact *result);
STILE_API bool stile_policy_value(const StilePolicy *policy, uint32_t fact,
                                  uint32_t value, StileValue *result);

/* A finding, from least to most cautious.  STILE_SILENT is also none. */
typedef enum StileVerdict {
  STILE_SILENT, /* the policy says nothing: not the same as yes */
  STILE_PROCEED,
  STILE_CARE,
  STILE_CONSULT,
  STILE_HOLD,
  STILE_NEVER
} StileVerdict;

typedef enum StileKind {
  STILE_RULE, STILE_RULE_NEVER, STILE_EXCEPTION, STILE_HOLDING_BACK,
  STILE_OTHERWISE, STILE_EMERGENCY, STILE_REVIEW
} StileKind;

typedef struct StileRule {
  StileKind kind;
  uint32_t boundary; /* STILE_NONE: everywhere, emergency or review */
  StileText name;    /* "gifts/small" */
  StileText title;   /* none if not said */
  StileLayer layer;
  StileVerdict finding; /* as written */
  bool unless_agreed;
  StileDay from, until;
  StileText file; /* none if the image was made without places */
  uint32_t line, column;
} StileRule;

STILE_API bool stile_policy_rule(const StilePolicy *policy, uint32_t rule,
                                 StileRule *result);

typedef enum StileLineKind {
  STILE_BECAUSE, STILE_WEIGH, STILE_REFLECT, STILE_INSTEAD, STILE_ACT
} StileLineKind;

/* What a rule says; line 0 is its first. */
typedef struct StileLine {
  StileLineKind kind;
  StileText text;
  uint32_t fact; /* of a factor to weigh, or STILE_NONE */
} StileLine;

STILE_API bool stile_policy_line(const StilePolicy *policy, uint32_t rule,
                                 uint32_t line, StileLine *result);

typedef struct StileCite {
  StileText source, title;
  StileText clause; /* none if not said */
  bool checked;     /* false: nobody has checked the source */
} StileCite;

STILE_API bool stile_policy_cite(const StilePolicy *policy, uint32_t rule,
                                 uint32_t cite, StileCite *result);

typedef enum StileWhen {
  STILE_WHENEVER, STILE_WITHIN, STILE_BEFORE_ACTING, STILE_EVERY,
  STILE_EACH_TIME
} StileWhen;

typedef enum StileUnit {
  STILE_NO_UNIT, STILE_MINUTES, STILE_HOURS, STILE_DAYS, STILE_WEEKS,
  STILE_MONTHS, STILE_YEARS
} StileUnit;

typedef struct StileDuty {
  uint32_t rule;
  StileText tag, text;
  StileText by; /* a role; none if not said */
  bool always;
  StileWhen when;
  int64_t amount; /* within, every: in millionths of `unit` */
  StileUnit unit;
} StileDuty;

STILE_API bool stile_policy_duty(const StilePolicy *policy, uint32_t duty,
                                 StileDuty *result);

/* ------------------------------------------------------------ situations */

typedef enum StileTense {
  STILE_PROPOSED, STILE_UNDER_WAY, STILE_HAPPENED
} StileTense;

/* A situation of which nothing is known: the day asked about must be a day;
 * the boundary is the policy's only one, or none yet. */
STILE_API StileStatus stile_situation_create(const StilePolicy *policy,
                                             StileDay as_of,
                                             StileSituation **situation);

/* Reads one situation in YAML or JSON (docs/language.md).  `today` is the day
 * asked about if it names none. */
STILE_API StileStatus stile_situation_read(const StilePolicy *policy,
                                           const char *bytes, size_t length,
                                           StileDay today,
                                           StileSituation **situation,
                                           StileMessages **messages);

/* Gives a fact ("context.gift") its value as a person writes it: "yes",
 * "£200 to £250", "token, handmade" (one or the other; of a set, both), "none",
 * "£30 on 2026-02-01, £5 on 2026-03-01", "unknown".  Both end with NUL.  At an
 * error the situation stays as it was. */
STILE_API StileStatus stile_situation_set(StileSituation *situation,
                                          const char *fact, const char *value,
                                          StileMessages **messages);

/* STILE_WRONG_USE if the policy has no such boundary. */
STILE_API StileStatus stile_situation_set_boundary(StileSituation *situation,
                                                   const char *name);
STILE_API void stile_situation_set_tense(StileSituation *situation,
                                         StileTense tense);
STILE_API void stile_situation_destroy(StileSituation *situation);

/* --------------------------------------------------------------- answers */

/* What something may be. */
typedef enum StileState {
  STILE_YES = 1,
  STILE_NO = 2,
  STILE_OPEN = 3 /* it depends on what is not known */
} StileState;

/* Asks.  After `budget` evaluations (0: 200,000, or fewer where there are
 * hundreds of rules), counted and never timed, what is not proved is left open
 * and the answer says that it is exhausted.  The answer does not need the
 * situation afterwards. */
STILE_API StileStatus stile_ask(const StileSituation *situation,
                                uint64_t budget, StileAnswer **answer);
STILE_API void stile_answer_destroy(StileAnswer *answer);

typedef struct StileSummary {
  bool in_scope;  /* false: no boundary was named; only `emergency` counts */
  bool settled;   /* the verdict stays whatever else is learnt */
  bool exhausted;
  StileVerdict low, high; /* the range of the verdict; equal when settled */
  StileState may_harm;    /* holding back may do harm */
  StileState tension;
  StileState emergency;   /* show this before anything else */
  uint32_t deciding, reasons, questions, changes; /* how many */
  uint64_t work;          /* evaluations made */
} StileSummary;

STILE_API void stile_answer_summary(const StileAnswer *answer,
                                    StileSummary *summary);

typedef enum StileStanding {
  STILE_IN_FORCE,
  STILE_DISPLACED, /* an exception sets it aside */
  STILE_NOT_MET,
  STILE_NOT_YET,
  STILE_ENDED,
  STILE_STANDING_OPEN,
  STILE_ELSEWHERE /* a rule of another boundary, or of no interest here */
} StileStanding;

typedef struct StileRuleAnswer {
  StileStanding standing;
  StileState condition;
  StileVerdict counts; /* the finding as it counts: a met consult is care */
  bool agreed;         /* its consult or agreement is met */
} StileRuleAnswer;

STILE_API bool stile_answer_rule(const StileAnswer *answer, uint32_t rule,
                                 StileRuleAnswer *result);

typedef struct StileDutyAnswer {
  StileState state; /* whether it stands */
  StileDay due;     /* `within`: the last day for it; else none */
} StileDutyAnswer;

STILE_API bool stile_answer_duty(const StileAnswer *answer, uint32_t duty,
                                 StileDutyAnswer *result);

/* The rules that give the verdict; STILE_NONE past the last. */
STILE_API uint32_t stile_answer_deciding(const StileAnswer *answer,
                                         uint32_t index);
/* The given facts that the verdict rests on; STILE_NONE past the last. */
STILE_API uint32_t stile_answer_reason(const StileAnswer *answer,
                                       uint32_t index);

/* What a question matters for. */
#define STILE_FOR_EMERGENCY 1u
#define STILE_FOR_VERDICT 2u
#define STILE_FOR_HOLDING_BACK 4u
#define STILE_FOR_DUTIES 8u

typedef struct StileQuestion {
  uint32_t fact;
  unsigned matters_for; /* STILE_FOR_... together */
} StileQuestion;

/* What is not known and matters, the most pressing first. */
STILE_API bool stile_answer_question(const StileAnswer *answer,
                                     uint32_t index, StileQuestion *result);

/* A change of one fact or two that settles another verdict. */
typedef struct StileChange {
  StileVerdict verdict;
  uint32_t steps; /* 1 or 2 */
  struct StileStep {
    uint32_t fact;
    StileText to; /* "above £50", "yes", "with supervisor" */
  } step[2];
} StileChange;

STILE_API bool stile_answer_change(const StileAnswer *answer, uint32_t index,
                                   StileChange *result);

/* -------------------------------------------------------- many decisions */

/* A decider answers for one boundary on one day, again and again, from packed
 * values: it takes no memory, and its time hardly grows with the number of
 * rules.  It says what the verdict is and which rules make it so; for reasons,
 * questions and duties ask, with stile_decider_situation.
 *
 * Packed values: one int64_t for each fact of the policy, in its order.
 *
 *   yes or no          0 or 1
 *   scale, choice      the number of the value
 *   set                bit i for member i
 *   number             millionths
 *   money              pence or cents
 *   duration           minutes; months where declared in months or years
 *   date               stile_day_number
 *   record             cannot be packed, and is taken as unknown
 *
 * `known` has a bit for each fact, fact i in bit i % 64 of word i / 64; NULL if
 * all are known.  Support that is not known was not drawn on.  A value that its
 * fact does not allow is taken as unknown. */

/* Makes the index: a few milliseconds for thousands of rules.  STILE_NONE as
 * the boundary: emergencies only.  The situation is a proposed one. */
STILE_API StileStatus stile_decider_create(const StilePolicy *policy,
                                           uint32_t boundary, StileDay as_of,
                                           StileDecider **decider);
STILE_API void stile_decider_destroy(StileDecider *decider);

/* Days from 0001-01-01, which is 1; 0 if there is no such day. */
STILE_API int64_t stile_day_number(StileDay day);

typedef struct StileDecision {
  unsigned verdicts;      /* bit v: the verdict may be v; 0: no boundary */
  StileVerdict low, high; /* the range; equal when settled */
  StileState may_harm, tension, emergency;
  bool exhausted;         /* the budget did not suffice to settle it */
  /* Rules in force, and rules that may be, by number; those of `otherwise`
   * come last.  They stay until the decider's next decision. */
  const uint32_t *in_force, *open;
  uint32_t in_force_count, open_count;
} StileDecision;

/* Decides at once.  Of facts that are all known the answer is exact.  Else it
 * is sound, but may leave open what is settled: what it says is in force is,
 * and the verdict lies in its range. */
STILE_API void stile_decide(StileDecider *decider, const int64_t *values,
                            const uint64_t *known, StileDecision *decision);

/* The same, and settles what is left open, exactly, as stile_ask does; that
 * takes memory for a while, and the first time some that the decider keeps.
 * `budget` as there. */
STILE_API StileStatus stile_decide_exactly(StileDecider *decider,
                                           const int64_t *values,
                                           const uint64_t *known,
                                           uint64_t budget,
                                           StileDecision *decision);

/* The situation that the values say, for stile_ask. */
STILE_API StileStatus stile_decider_situation(const StileDecider *decider,
                                              const int64_t *values,
                                              const uint64_t *known,
                                              StileSituation **situation);

#ifdef __cplusplus
}
#endif

#include "stile_columns.h"
#endif

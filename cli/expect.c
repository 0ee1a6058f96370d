#include "cli/expect.h"

#include "runtime/terms.h"

typedef struct Judge {
  Arena *arena;
  const Image *image;
  const Answer *answer;
  Faults *faults;
} Judge;

#define FAULT(judge, ...)                  \
  VEC_PUSH((judge)->arena, (judge)->faults, \
           text_format((judge)->arena, __VA_ARGS__))

/* ----------------------------------------------------- one at a time */

static void judge_verdict(const Judge *judge, Verdict expected)
{
  const Answer *answer = judge->answer;
  if (!answer->settled)
    FAULT(judge, "Expected %s; the answer is not settled: %s to %s.",
          term_verdict(expected), term_verdict(answer->low),
          term_verdict(answer->high));
  else if (answer->low != expected)
    FAULT(judge, "Expected %s; the answer is %s.", term_verdict(expected),
          term_verdict(answer->low));
}

static void judge_settled(const Judge *judge, bool expected)
{
  const Answer *answer = judge->answer;
  if (expected && !answer->settled)
    FAULT(judge, "Expected a settled answer; it is open: %s to %s.",
          term_verdict(answer->low), term_verdict(answer->high));
  if (!expected && answer->settled)
    FAULT(judge, "Expected an answer that is not settled; it is %s.",
          term_verdict(answer->low));
}

static void judge_standing(const Judge *judge, uint32_t rule,
                           Standing expected)
{
  if (rule == NONE) return; /* an image made by hand may name no rule */
  Standing standing = (Standing)judge->answer->rules[rule].standing;
  Text name = image_text(judge->image, judge->image->rules.at[rule].full_name);
  if (standing != expected)
    FAULT(judge, "Expected the rule `%.*s` to be %s; it is %s.",
          TEXT_ARG(name), term_standing(expected), term_standing(standing));
}

/* Whether a duty with that tag stands: yes if one does, open if one may. */
static Three duty_state(const Judge *judge, Text tag)
{
  Three state = THREE_NO;
  for (uint32_t i = 0; i < judge->image->duties.count; i++) {
    Three one = (Three)judge->answer->duties[i];
    const Duty *duty = &judge->image->duties.at[i];
    if (!text_equal(image_text(judge->image, duty->tag), tag)) continue;
    if (one == THREE_YES) return THREE_YES;
    if (one == THREE_OPEN) state = THREE_OPEN;
  }
  return state;
}

static void judge_duty(const Judge *judge, Text tag, bool expected)
{
  Three state = duty_state(judge, tag);
  if (state == THREE_OPEN)
    FAULT(judge, "Expected the duty `%.*s` to %s; that is still open.",
          TEXT_ARG(tag), expected ? "stand" : "be absent");
  else if (expected && state == THREE_NO)
    FAULT(judge, "Expected the duty `%.*s`; it does not stand.",
          TEXT_ARG(tag));
  else if (!expected && state == THREE_YES)
    FAULT(judge, "Expected no duty `%.*s`; it stands.", TEXT_ARG(tag));
}

static void judge_three(const Judge *judge, const char *what, Three state,
                        Three expected)
{
  if (state != expected)
    FAULT(judge, "%s: expected %s; it is %s.", what, term_three(expected),
          term_three(state));
}

/* ---------------------------------------------------------- examples */

static Standing standing_of(uint32_t expected)
{
  /* In the order of ExpectStanding, which the image keeps. */
  static const Standing standings[] = {STANDING_IN_FORCE, STANDING_DISPLACED,
                                       STANDING_NOT_MET, STANDING_OPEN};
  return standings[expected];
}

/* The kinds of expectation, in the order that the image keeps. */
enum {
  KIND_VERDICT, KIND_NOT_SETTLED, KIND_RULE, KIND_MUST, KIND_NO_MUST,
  KIND_MAY_HARM, KIND_TENSION, KIND_EMERGENCY
};

static void judge_expect(const Judge *judge, const Expect *expect)
{
  const Answer *answer = judge->answer;
  Text tag = image_text(judge->image, expect->tag);
  switch (expect->kind) {
  case KIND_VERDICT:
    judge_verdict(judge, (Verdict)expect->verdict);
    break;
  case KIND_NOT_SETTLED: judge_settled(judge, false); break;
  case KIND_RULE:
    judge_standing(judge, expect->rule, standing_of(expect->standing));
    break;
  case KIND_MUST: judge_duty(judge, tag, true); break;
  case KIND_NO_MUST: judge_duty(judge, tag, false); break;
  case KIND_MAY_HARM:
    judge_three(judge, "Holding back may harm", answer->may_harm, THREE_YES);
    break;
  case KIND_TENSION:
    judge_three(judge, "Tension", answer->tension, THREE_YES);
    break;
  default:
    judge_three(judge, "Emergency", answer->emergency, THREE_YES);
    break;
  }
}

void expect_example(Arena *arena, const Image *image, uint32_t example,
                    const Answer *answer, Faults *faults)
{
  Judge judge = {arena, image, answer, faults};
  Range expects = image->examples.at[example].expects;
  for (uint32_t i = 0; i < expects.count; i++)
    judge_expect(&judge, &image->expects.at[expects.first + i]);
}

/* ------------------------------------------------------------- cases */

void expect_case(Arena *arena, const Image *image, const Expected *expected,
                 const Answer *answer, Faults *faults)
{
  Judge judge = {arena, image, answer, faults};
  if (expected->has_verdict) judge_verdict(&judge, expected->verdict);
  if (expected->has_settled) judge_settled(&judge, expected->settled);
  for (uint32_t i = 0; i < expected->in_force_count; i++)
    judge_standing(&judge, expected->in_force[i], STANDING_IN_FORCE);
  for (uint32_t i = 0; i < expected->duty_count; i++)
    judge_duty(&judge, expected->duties[i], true);
  if (expected->has_holding_back)
    judge_three(&judge, "Holding back may harm", answer->may_harm,
                (Three)expected->holding_back);
}

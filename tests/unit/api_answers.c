/* Situations, answers, and asking with little memory. */
#include <stdlib.h>
#include <string.h>
#include "api_host.h"

START_TEST(api_asks) {
  StilePolicy *policy = host_load();
  StileSituation *situation = host_small_gift(policy);
  StileAnswer *answer;
  StileSummary summary;
  StileRuleAnswer rule;
  StileDutyAnswer duty;
  StileQuestion question;

  ck_assert_int_eq(stile_ask(situation, 0, &answer), STILE_OK);
  stile_situation_destroy(situation);
  stile_answer_summary(answer, &summary);
  ck_assert(summary.in_scope && summary.settled && !summary.exhausted);
  ck_assert_int_eq(summary.high, STILE_CARE);
  ck_assert_int_eq(summary.may_harm, STILE_OPEN);
  ck_assert_int_eq(summary.emergency, STILE_NO);
  ck_assert_uint_eq(summary.deciding, 1);
  ck_assert_uint_eq(stile_answer_deciding(answer, 0),
                    host_find_rule(policy, "gifts/small"));
  ck_assert_uint_eq(stile_answer_deciding(answer, 1), STILE_NONE);
  ck_assert_uint_eq(summary.reasons, 3);
  ck_assert_uint_eq(stile_answer_reason(answer, 3), STILE_NONE);
  ck_assert(stile_answer_rule(answer, host_find_rule(policy, "gifts/large"),
                              &rule));
  ck_assert_int_eq(rule.standing, STILE_NOT_MET);
  ck_assert(stile_answer_rule(
      answer, host_find_rule(policy, "visits/otherwise"), &rule));
  ck_assert_int_eq(rule.standing, STILE_ELSEWHERE);
  ck_assert(stile_answer_duty(answer, 0, &duty));
  ck_assert_int_eq(duty.state, STILE_YES);
  ck_assert_int_eq(duty.due.day, 25);
  ck_assert_uint_eq(summary.questions, 1);
  ck_assert(stile_answer_question(answer, 0, &question));
  ck_assert_uint_eq(question.fact, host_find_fact(policy, "isolation"));
  ck_assert_uint_eq(question.matters_for, STILE_FOR_HOLDING_BACK);
  stile_answer_destroy(answer);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_says_what_would_change_it) {
  StilePolicy *policy = host_load();
  StileSituation *situation = host_small_gift(policy);
  StileAnswer *answer;
  StileSummary summary;
  StileChange change;
  bool found = false;

  ck_assert_int_eq(stile_ask(situation, 0, &answer), STILE_OK);
  stile_answer_summary(answer, &summary);
  for (uint32_t i = 0; i < summary.changes; i++) {
    ck_assert(stile_answer_change(answer, i, &change));
    if (change.steps == 1 && host_is(change.step[0].to, "above £50")) {
      found = true;
      ck_assert_int_eq(change.verdict, STILE_HOLD);
      ck_assert_uint_eq(change.step[0].fact, host_find_fact(policy, "value"));
    }
  }
  ck_assert(found);
  ck_assert(!stile_answer_change(answer, summary.changes, &change));
  stile_answer_destroy(answer);
  stile_situation_destroy(situation);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_reads_situations) {
  static const char yaml[] =
      "boundary: gifts\ncontext:\n  value: £200\nrisk:\n  danger: yes\n";
  static const char json[] =
      "{\"boundary\": \"gifts\", \"context\": {\"value\": \"£200\"}}";
  StilePolicy *policy = host_load();
  StileSituation *situation;
  StileMessages *messages;
  StileAnswer *answer;
  StileSummary summary;

  ck_assert_int_eq(stile_situation_read(policy, yaml, strlen(yaml), host_today,
                                        &situation, &messages),
                   STILE_OK);
  ck_assert_int_eq(stile_ask(situation, 0, &answer), STILE_OK);
  stile_answer_summary(answer, &summary);
  ck_assert_int_eq(summary.high, STILE_HOLD);
  ck_assert_int_eq(summary.emergency, STILE_YES);
  stile_answer_destroy(answer);
  stile_situation_destroy(situation);
  stile_messages_destroy(messages);
  ck_assert_int_eq(stile_situation_read(policy, json, strlen(json), host_today,
                                        &situation, NULL),
                   STILE_OK);
  stile_situation_destroy(situation);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_tells_what_does_not_fit) {
  static const char wrong[] = "boundary: gifts\ncontext:\n  worth: £2\n";
  StilePolicy *policy = host_load();
  StileSituation *situation = host_small_gift(policy), *other;
  StileMessages *messages;
  StileAnswer *answer;
  StileSummary summary;
  StileMessage one;

  ck_assert_int_eq(stile_situation_read(policy, wrong, strlen(wrong),
                                        host_today, &other, &messages),
                   STILE_ERROR_IN_SITUATION);
  ck_assert_ptr_null(other);
  ck_assert(stile_messages_get(messages, 0, &one));
  ck_assert_uint_eq(one.line, 3);
  stile_messages_destroy(messages);
  ck_assert_int_eq(stile_situation_set(situation, "context.value", "many",
                                       &messages),
                   STILE_ERROR_IN_SITUATION);
  ck_assert_uint_eq(stile_messages_count(messages), 1);
  stile_messages_destroy(messages);
  ck_assert_int_eq(stile_situation_set(situation, "context.worth", "£2",
                                       NULL),
                   STILE_ERROR_IN_SITUATION);
  ck_assert_int_eq(stile_situation_set_boundary(situation, "parties"),
                   STILE_WRONG_USE);
  ck_assert_int_eq(stile_situation_create(policy, (StileDay){2026, 2, 30},
                                          &other),
                   STILE_WRONG_USE);
  ck_assert_int_eq(stile_ask(situation, 0, &answer), STILE_OK);
  stile_answer_summary(answer, &summary);
  ck_assert_int_eq(summary.high, STILE_CARE); /* it is as it was */
  stile_answer_destroy(answer);
  stile_situation_destroy(situation);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_keeps_to_its_budget) {
  StilePolicy *policy = host_load();
  StileSituation *situation;
  StileAnswer *answer;
  StileSummary summary;

  ck_assert_int_eq(stile_situation_create(policy, host_today, &situation),
                   STILE_OK);
  ck_assert_int_eq(stile_situation_set_boundary(situation, "gifts"),
                   STILE_OK);
  ck_assert_int_eq(stile_ask(situation, 1, &answer), STILE_OK);
  stile_answer_summary(answer, &summary);
  ck_assert(summary.exhausted && !summary.settled);
  ck_assert_int_eq(summary.low, STILE_SILENT);
  ck_assert_int_eq(summary.high, STILE_HOLD);
  stile_answer_destroy(answer);
  stile_situation_destroy(situation);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_takes_nothing_back_quietly) {
  stile_messages_destroy(NULL);
  stile_image_destroy(NULL);
  stile_policy_destroy(NULL);
  stile_situation_destroy(NULL);
  stile_answer_destroy(NULL);
  ck_assert_uint_eq(stile_messages_count(NULL), 0);
}
END_TEST

/* ------------------------------------------------------------- no memory */

typedef struct Rationed {
  size_t left, held;
} Rationed;

static void *take(void *context, size_t size) {
  Rationed *rationed = context;
  if (rationed->left == 0) return NULL;
  rationed->left--;
  rationed->held++;
  return malloc(size);
}

static void give(void *context, void *block, size_t size) {
  Rationed *rationed = context;
  (void)size;
  rationed->held--;
  free(block);
}

static StileStatus ask_scarce(const StilePolicy *policy) {
  static const char yaml[] = "boundary: gifts\nreview: x\n";
  StileSituation *situation = NULL, *other = NULL;
  StileAnswer *answer = NULL;
  StileMessages *messages = NULL;
  StileStatus status = stile_situation_read(
      policy, yaml, strlen(yaml), host_today, &other, &messages);
  stile_messages_destroy(messages);
  stile_situation_destroy(other);
  if (status == STILE_NO_MEMORY) return status;
  status = stile_situation_create(policy, host_today, &situation);
  if (status == STILE_OK)
    status = stile_situation_set(situation, "context.value", "£200", NULL);
  if (status == STILE_OK) {
    stile_situation_set_boundary(situation, "gifts");
    status = stile_ask(situation, 0, &answer);
  }
  stile_answer_destroy(answer);
  stile_situation_destroy(situation);
  return status;
}

static StileStatus run_scarce(const StileMemory *memory) {
  StileImage *image = NULL;
  StilePolicy *policy = NULL;
  StileMessages *messages = NULL;
  size_t length;
  StileStatus status = stile_compile(memory, "main.stile", host_read_file, NULL,
                                     host_today, &image, &messages);
  stile_messages_destroy(messages);
  if (status == STILE_OK) {
    const void *bytes = stile_image_bytes(image, &length);
    status = stile_policy_load(memory, bytes, length, &policy, &messages);
    stile_messages_destroy(messages);
  }
  if (status == STILE_OK) status = ask_scarce(policy);
  stile_policy_destroy(policy);
  stile_image_destroy(image);
  return status;
}

START_TEST(api_lives_with_little_memory) {
  StileStatus status = STILE_NO_MEMORY;
  Rationed rationed = {0, 0};
  StileMemory memory = {take, give, &rationed};
  size_t most = 0;

  for (; status == STILE_NO_MEMORY; most++) {
    rationed.left = most;
    status = run_scarce(&memory);
    ck_assert_uint_eq(rationed.held, 0);
    ck_assert_uint_lt(most, 5000);
  }
  ck_assert_int_eq(status, STILE_OK);
  ck_assert_uint_gt(most, 10);
}
END_TEST

static StileDecider *make_decider(const StileMemory *memory,
                                  StilePolicy **policy) {
  StileImage *image = NULL;
  StileDecider *decider = NULL;
  size_t length;
  ck_assert_int_eq(stile_compile(NULL, "main.stile", host_read_file, NULL,
                                 host_today, &image, NULL),
                   STILE_OK);
  const void *bytes = stile_image_bytes(image, &length);
  ck_assert_int_eq(stile_policy_load(memory, bytes, length, policy, NULL),
                   STILE_OK);
  stile_image_destroy(image);
  ck_assert_int_eq(stile_decider_create(*policy, 0, host_today, &decider),
                   STILE_OK);
  return decider;
}

/* Where memory ends on the way to an exact decision, the decider stays as it
 * was. */
START_TEST(api_settles_with_little_memory) {
  static const int64_t values[256];
  static const uint64_t known[4];
  StileStatus status = STILE_NO_MEMORY;
  Rationed rationed = {SIZE_MAX, 0};
  StileMemory memory = {take, give, &rationed};
  StilePolicy *policy;
  StileDecider *decider = make_decider(&memory, &policy);
  StileDecision first, exact, again;
  size_t most = 0;

  stile_decide(decider, values, known, &first);
  for (; status == STILE_NO_MEMORY; most++) {
    StileSituation *situation;
    rationed.left = most;
    status = stile_decide_exactly(decider, values, known, 0, &exact);
    rationed.left = SIZE_MAX;
    stile_decide(decider, values, known, &again);
    ck_assert_uint_eq(again.verdicts, first.verdicts);
    ck_assert_int_eq(
        stile_decider_situation(decider, values, known, &situation), STILE_OK);
    stile_situation_destroy(situation);
    ck_assert_uint_lt(most, 100);
  }
  ck_assert_int_eq(status, STILE_OK);
  ck_assert_uint_gt(most, 1);
  stile_decider_destroy(decider);
  stile_policy_destroy(policy);
  ck_assert_uint_eq(rationed.held, 0);
}
END_TEST

Suite *suite_api_answers(void) {
  const TTest *tests[] = {api_asks,
                          api_says_what_would_change_it,
                          api_reads_situations,
                          api_tells_what_does_not_fit,
                          api_keeps_to_its_budget,
                          api_takes_nothing_back_quietly,
                          api_lives_with_little_memory,
                          api_settles_with_little_memory};

  return TEST_SUITE("api answers", tests);
}

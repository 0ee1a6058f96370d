/* The installed interface, as a host program uses it: stile.h alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "include/stile.h"
#include "unit.h"

static const StileDay today = {2026, 11, 23};

static const char policy_text[] =
    "policy gifts-policy \"Gifts\"\n"
    "  version \"2.1\"\n"
    "  owner \"Practice Standards\"\n"
    "  in force from 2026-01-01\n"
    "  next review 2027-01-01\n"
    "  if unsure \"Ring the duty manager.\"\n"
    "use \"harm.stile\"\n"
    "source nhse \"Managing conflicts of interest (2024)\"\n"
    "  clause \"gifts-2\" \"Gifts over 50 pounds\"\n"
    "need isolation \"How cut off is this person?\"\n"
    "  is one of none \"sees people\" < some < high\n"
    "context gift \"What is offered?\" is one of token, cash\n"
    "context value \"What is it worth?\" is money in GBP up to 10000\n"
    "context before \"What came before?\" is a record of money in GBP\n"
    "support agreed \"Who has agreed?\" is any of manager who agree\n"
    "boundary gifts \"Accepting a gift\" or \"Saying no to a gift\"\n"
    "  rule small \"A small gift\"\n"
    "    when context gift is token and context value is at most £50\n"
    "    then proceed with care\n"
    "    because \"Refusing can feel like a rejection.\"\n"
    "    must record \"Write it down\" within 2 days by \"worker\"\n"
    "    weigh context gift \"What does it mean?\"\n"
    "    cites nhse \"gifts-2\"\n"
    "  rule large \"A large gift\"\n"
    "    when context value is above £50\n"
    "      or total of context before in 12 months is above £50\n"
    "    then hold unless agreed by manager\n"
    "    because \"It can create a debt.\"\n"
    "    instead \"Thank them.\"\n"
    "    cites nhse\n"
    "  holding-back lonely \"A no may hurt\"\n"
    "    when need isolation is high\n"
    "    because \"A refusal weighs more.\"\n"
    "    cites nhse\n"
    "boundary visits \"Visiting\"\n"
    "  otherwise hold\n"
    "    because \"Nothing is agreed.\"\n";

static const char harm_text[] =
    "risk danger \"Is anyone in danger?\" is yes or no\n"
    "emergency danger \"Danger\"\n"
    "  when risk danger\n"
    "  act \"Call 999.\"\n";

static const char wrong_text[] =
    "policy p \"P\"\n"
    "boundary b \"B\"\n"
    "  rule r\n"
    "    when context gfit is token\n"
    "    then hold\n"
    "    because \"Why.\"\n";

static bool read_file(void *context, const char *path, const char **bytes,
                      size_t *length) {
  (void)context;
  *bytes = NULL;
  if (strcmp(path, "main.stile") == 0) *bytes = policy_text;
  if (strcmp(path, "harm.stile") == 0) *bytes = harm_text;
  if (strcmp(path, "wrong.stile") == 0) *bytes = wrong_text;
  if (!*bytes) return false;
  *length = strlen(*bytes);
  return true;
}

static bool is(StileText text, const char *expected) {
  return text.bytes && text.length == strlen(expected) &&
         memcmp(text.bytes, expected, text.length) == 0;
}

static StilePolicy *load(void) {
  StileImage *image;
  StilePolicy *policy;
  StileMessages *messages;
  size_t length;
  ck_assert_int_eq(stile_compile(NULL, "main.stile", read_file, NULL, today,
                                 &image, &messages),
                   STILE_OK);
  stile_messages_destroy(messages);
  const void *bytes = stile_image_bytes(image, &length);
  ck_assert_int_eq(stile_policy_load(NULL, bytes, length, &policy, NULL),
                   STILE_OK);
  stile_image_destroy(image);
  return policy;
}

/* -------------------------------------------------------------- compiling */

START_TEST(api_has_a_version) {
  ck_assert_uint_gt(strlen(stile_version()), 0);
}
END_TEST

START_TEST(api_tells_what_is_wrong_in_a_policy) {
  StileImage *image;
  StileMessages *messages;
  StileMessage one;
  bool found = false;

  ck_assert_int_eq(stile_compile(NULL, "wrong.stile", read_file, NULL, today,
                                 &image, &messages),
                   STILE_ERROR_IN_POLICY);
  ck_assert_ptr_null(image);
  for (uint32_t i = 0; stile_messages_get(messages, i, &one); i++) {
    if (one.is_warning) continue;
    found = true;
    ck_assert(is(one.file, "wrong.stile"));
    ck_assert_uint_eq(one.line, 4);
    ck_assert_uint_gt(one.column, 1);
    ck_assert_uint_gt(one.end_column, one.column);
    ck_assert_uint_gt(one.text.length, 0);
    ck_assert_uint_gt(one.whole.length, one.text.length);
  }
  ck_assert(found);
  ck_assert(!stile_messages_get(messages, stile_messages_count(messages),
                                &one));
  stile_messages_destroy(messages);
}
END_TEST

START_TEST(api_tells_of_a_missing_file) {
  StileImage *image;
  StileMessages *messages;

  ck_assert_int_eq(stile_compile(NULL, "none.stile", read_file, NULL, today,
                                 &image, &messages),
                   STILE_ERROR_IN_POLICY);
  ck_assert_uint_gt(stile_messages_count(messages), 0);
  stile_messages_destroy(messages);
}
END_TEST

START_TEST(api_compiles_to_the_same_bytes) {
  StileImage *images[2];
  size_t lengths[2];
  const void *bytes[2];

  for (int i = 0; i < 2; i++) {
    ck_assert_int_eq(stile_compile(NULL, "main.stile", read_file, NULL,
                                   (StileDay){0, 0, 0}, &images[i], NULL),
                     STILE_OK);
    bytes[i] = stile_image_bytes(images[i], &lengths[i]);
  }
  ck_assert_uint_eq(lengths[0], lengths[1]);
  ck_assert_mem_eq(bytes[0], bytes[1], lengths[0]);
  stile_image_destroy(images[0]);
  stile_image_destroy(images[1]);
}
END_TEST

START_TEST(api_refuses_what_is_no_image) {
  StilePolicy *policy;
  StileMessages *messages;
  StileMessage one;

  ck_assert_int_eq(stile_policy_load(NULL, "policy x", 8, &policy, &messages),
                   STILE_ERROR_IN_IMAGE);
  ck_assert_ptr_null(policy);
  ck_assert(stile_messages_get(messages, 0, &one));
  ck_assert_uint_eq(one.code, 601);
  ck_assert_uint_eq(one.line, 0);
  stile_messages_destroy(messages);
  ck_assert_int_eq(stile_policy_load(NULL, NULL, 0, &policy, NULL),
                   STILE_ERROR_IN_IMAGE);
  ck_assert_int_eq(stile_policy_load(NULL, NULL, 5, &policy, NULL),
                   STILE_WRONG_USE);
}
END_TEST

/* ---------------------------------------------------------------- looking */

START_TEST(api_shows_a_policy) {
  StilePolicy *policy = load();
  StilePolicyInfo info;
  StileBoundary boundary;

  stile_policy_info(policy, &info);
  ck_assert(is(info.name, "gifts-policy"));
  ck_assert(is(info.version, "2.1"));
  ck_assert_int_eq(info.layer, STILE_ORGANISATION);
  ck_assert_int_eq(info.next_review.year, 2027);
  ck_assert_uint_eq(info.boundaries, 2);
  ck_assert_uint_eq(info.facts, 6);
  ck_assert_uint_eq(info.rules, 5);
  ck_assert_uint_eq(info.duties, 1);
  ck_assert(stile_policy_boundary(policy, 0, &boundary));
  ck_assert(is(boundary.refusal, "Saying no to a gift"));
  ck_assert(stile_policy_boundary(policy, 1, &boundary));
  ck_assert_ptr_null(boundary.refusal.bytes);
  ck_assert(!stile_policy_boundary(policy, 2, &boundary));
  stile_policy_destroy(policy);
}
END_TEST

static uint32_t find_fact(const StilePolicy *policy, const char *name) {
  StileFact fact;
  for (uint32_t i = 0; stile_policy_fact(policy, i, &fact); i++)
    if (is(fact.name, name)) return i;
  ck_abort_msg("no fact %s", name);
  return STILE_NONE;
}

static uint32_t find_rule(const StilePolicy *policy, const char *name) {
  StileRule rule;
  for (uint32_t i = 0; stile_policy_rule(policy, i, &rule); i++)
    if (is(rule.name, name)) return i;
  ck_abort_msg("no rule %s", name);
  return STILE_NONE;
}

START_TEST(api_shows_facts) {
  StilePolicy *policy = load();
  StileFact fact;
  StileValue value;
  uint32_t index = find_fact(policy, "isolation");

  ck_assert(stile_policy_fact(policy, index, &fact));
  ck_assert_int_eq(fact.dimension, STILE_NEED);
  ck_assert_int_eq(fact.type, STILE_SCALE);
  ck_assert_uint_eq(fact.values, 3);
  ck_assert(stile_policy_value(policy, index, 0, &value));
  ck_assert(is(value.name, "none"));
  ck_assert(is(value.words, "sees people"));
  ck_assert(!stile_policy_value(policy, index, 3, &value));
  ck_assert(!stile_policy_value(policy, 99, 0, &value));
  ck_assert(stile_policy_fact(policy, find_fact(policy, "before"), &fact));
  ck_assert_int_eq(fact.type, STILE_RECORD);
  ck_assert_int_eq(fact.item, STILE_MONEY);
  ck_assert(stile_policy_fact(policy, find_fact(policy, "agreed"), &fact));
  ck_assert(fact.who_agree);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_shows_rules) {
  StilePolicy *policy = load();
  StileRule rule;
  StileLine line;
  StileCite cite;
  StileDuty duty;
  uint32_t small = find_rule(policy, "gifts/small");

  ck_assert(stile_policy_rule(policy, small, &rule));
  ck_assert_int_eq(rule.kind, STILE_RULE);
  ck_assert_int_eq(rule.finding, STILE_CARE);
  ck_assert_uint_eq(rule.boundary, 0);
  ck_assert(is(rule.title, "A small gift"));
  ck_assert(is(rule.file, "main.stile"));
  ck_assert_uint_eq(rule.line, 17);
  ck_assert(stile_policy_line(policy, small, 0, &line));
  ck_assert_int_eq(line.kind, STILE_BECAUSE);
  ck_assert(!stile_policy_line(policy, small, 2, &line));
  ck_assert(stile_policy_cite(policy, small, 0, &cite));
  ck_assert(is(cite.source, "nhse"));
  ck_assert(is(cite.clause, "gifts-2"));
  ck_assert(cite.checked);
  ck_assert(stile_policy_duty(policy, 0, &duty));
  ck_assert_uint_eq(duty.rule, small);
  ck_assert_int_eq(duty.when, STILE_WITHIN);
  ck_assert_int_eq(duty.unit, STILE_DAYS);
  ck_assert_int_eq(duty.amount, 2000000);
  ck_assert(is(duty.by, "worker"));
  ck_assert(stile_policy_rule(policy, find_rule(policy, "gifts/large"),
                              &rule));
  ck_assert(rule.unless_agreed);
  stile_policy_destroy(policy);
}
END_TEST

/* ----------------------------------------------------------------- asking */

static void set(StileSituation *situation, const char *fact,
                const char *value) {
  StileMessages *messages;
  StileMessage one;
  if (stile_situation_set(situation, fact, value, &messages) == STILE_OK)
    return;
  ck_assert(stile_messages_get(messages, 0, &one));
  ck_abort_msg("%s: %.*s", fact, STILE_TEXT(one.whole));
}

static StileSituation *small_gift(const StilePolicy *policy) {
  StileSituation *situation;
  ck_assert_int_eq(stile_situation_create(policy, today, &situation),
                   STILE_OK);
  ck_assert_int_eq(stile_situation_set_boundary(situation, "gifts"),
                   STILE_OK);
  set(situation, "context.gift", "token");
  set(situation, "context.value", "£8");
  set(situation, "context.before", "£30 on 2026-02-01");
  set(situation, "risk danger", "no");
  return situation;
}

START_TEST(api_asks) {
  StilePolicy *policy = load();
  StileSituation *situation = small_gift(policy);
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
                    find_rule(policy, "gifts/small"));
  ck_assert_uint_eq(stile_answer_deciding(answer, 1), STILE_NONE);
  ck_assert_uint_eq(summary.reasons, 3);
  ck_assert_uint_eq(stile_answer_reason(answer, 3), STILE_NONE);
  ck_assert(stile_answer_rule(answer, find_rule(policy, "gifts/large"),
                              &rule));
  ck_assert_int_eq(rule.standing, STILE_NOT_MET);
  ck_assert(stile_answer_rule(answer, find_rule(policy, "visits/otherwise"),
                              &rule));
  ck_assert_int_eq(rule.standing, STILE_ELSEWHERE);
  ck_assert(stile_answer_duty(answer, 0, &duty));
  ck_assert_int_eq(duty.state, STILE_YES);
  ck_assert_int_eq(duty.due.day, 25);
  ck_assert_uint_eq(summary.questions, 1);
  ck_assert(stile_answer_question(answer, 0, &question));
  ck_assert_uint_eq(question.fact, find_fact(policy, "isolation"));
  ck_assert_uint_eq(question.matters_for, STILE_FOR_HOLDING_BACK);
  stile_answer_destroy(answer);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_says_what_would_change_it) {
  StilePolicy *policy = load();
  StileSituation *situation = small_gift(policy);
  StileAnswer *answer;
  StileSummary summary;
  StileChange change;
  bool found = false;

  ck_assert_int_eq(stile_ask(situation, 0, &answer), STILE_OK);
  stile_answer_summary(answer, &summary);
  for (uint32_t i = 0; i < summary.changes; i++) {
    ck_assert(stile_answer_change(answer, i, &change));
    if (change.steps == 1 && is(change.step[0].to, "above £50")) {
      found = true;
      ck_assert_int_eq(change.verdict, STILE_HOLD);
      ck_assert_uint_eq(change.step[0].fact, find_fact(policy, "value"));
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
  StilePolicy *policy = load();
  StileSituation *situation;
  StileMessages *messages;
  StileAnswer *answer;
  StileSummary summary;

  ck_assert_int_eq(stile_situation_read(policy, yaml, strlen(yaml), today,
                                        &situation, &messages),
                   STILE_OK);
  ck_assert_int_eq(stile_ask(situation, 0, &answer), STILE_OK);
  stile_answer_summary(answer, &summary);
  ck_assert_int_eq(summary.high, STILE_HOLD);
  ck_assert_int_eq(summary.emergency, STILE_YES);
  stile_answer_destroy(answer);
  stile_situation_destroy(situation);
  stile_messages_destroy(messages);
  ck_assert_int_eq(stile_situation_read(policy, json, strlen(json), today,
                                        &situation, NULL),
                   STILE_OK);
  stile_situation_destroy(situation);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_tells_what_does_not_fit) {
  static const char wrong[] = "boundary: gifts\ncontext:\n  worth: £2\n";
  StilePolicy *policy = load();
  StileSituation *situation = small_gift(policy), *other;
  StileMessages *messages;
  StileAnswer *answer;
  StileSummary summary;
  StileMessage one;

  ck_assert_int_eq(stile_situation_read(policy, wrong, strlen(wrong), today,
                                        &other, &messages),
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
  StilePolicy *policy = load();
  StileSituation *situation;
  StileAnswer *answer;
  StileSummary summary;

  ck_assert_int_eq(stile_situation_create(policy, today, &situation),
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
  StileStatus status = stile_situation_read(policy, yaml, strlen(yaml), today,
                                            &other, &messages);
  stile_messages_destroy(messages);
  stile_situation_destroy(other);
  if (status == STILE_NO_MEMORY) return status;
  status = stile_situation_create(policy, today, &situation);
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
  StileStatus status = stile_compile(memory, "main.stile", read_file, NULL,
                                     today, &image, &messages);
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

static Suite *suite_api(void) {
  const TTest *tests[] = {api_has_a_version,
                          api_tells_what_is_wrong_in_a_policy,
                          api_tells_of_a_missing_file,
                          api_compiles_to_the_same_bytes,
                          api_refuses_what_is_no_image,
                          api_shows_a_policy,
                          api_shows_facts,
                          api_shows_rules,
                          api_asks,
                          api_says_what_would_change_it,
                          api_reads_situations,
                          api_tells_what_does_not_fit,
                          api_keeps_to_its_budget,
                          api_takes_nothing_back_quietly,
                          api_lives_with_little_memory};

  return TEST_SUITE("api", tests);
}

int main(void) {
  SuiteMake *const suites[] = {suite_api};

  return test_run(suites, 1);
}

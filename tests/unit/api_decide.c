/* Deciders: what they say is what an answer says. */
#include "api_host.h"
#include "random.h"

#include <string.h>

enum { FACTS_MOST = 16 };

/* A value that the fact allows, or now and then one that it does not. */
static int64_t some_value(Random *random, const StileFact *fact) {
  if (random_below(random, 20) == 0) return random_edgy(random);
  if (fact->type == STILE_SET) return random_below(random, 4);
  if (fact->type == STILE_MONEY) return random_below(random, 10000);
  return random_below(random, fact->values ? fact->values : 2);
}

static void make_values(Random *random, const StilePolicy *policy,
                        int64_t *values, uint64_t *known) {
  StileFact fact;
  *known = random_below(random, 3) ? ~UINT64_C(0) : random_next(random);
  for (uint32_t i = 0; stile_policy_fact(policy, i, &fact); i++)
    values[i] = some_value(random, &fact);
}

static bool listed(const uint32_t *rules, uint32_t count, uint32_t rule) {
  for (uint32_t i = 0; i < count; i++)
    if (rules[i] == rule) return true;
  return false;
}

static void check_rules(const StileAnswer *answer,
                        const StileDecision *quick,
                        const StileDecision *exact) {
  StileRuleAnswer rule;
  for (uint32_t i = 0; stile_answer_rule(answer, i, &rule); i++) {
    bool in_force = rule.standing == STILE_IN_FORCE;
    bool open = rule.standing == STILE_STANDING_OPEN;
    ck_assert(listed(exact->in_force, exact->in_force_count, i) == in_force);
    ck_assert(listed(exact->open, exact->open_count, i) <= open);
    if (listed(quick->in_force, quick->in_force_count, i))
      ck_assert(in_force);
    if (in_force)
      ck_assert(listed(quick->in_force, quick->in_force_count, i) ||
                listed(quick->open, quick->open_count, i));
  }
}

static void check_same(StileDecider *decider, const int64_t *values,
                       const uint64_t *known) {
  StileSituation *situation;
  StileAnswer *answer;
  StileSummary summary;
  StileDecision quick, exact;
  uint32_t in_force[64], open[64];

  stile_decide(decider, values, known, &quick);
  ck_assert_uint_le(quick.in_force_count + quick.open_count, 64);
  memcpy(in_force, quick.in_force, quick.in_force_count * sizeof *in_force);
  memcpy(open, quick.open, quick.open_count * sizeof *open);
  quick.in_force = in_force;
  quick.open = open;
  ck_assert_int_eq(stile_decide_exactly(decider, values, known, 0, &exact),
                   STILE_OK);
  ck_assert_int_eq(
      stile_decider_situation(decider, values, known, &situation), STILE_OK);
  ck_assert_int_eq(stile_ask(situation, 0, &answer), STILE_OK);
  stile_answer_summary(answer, &summary);
  ck_assert(!exact.exhausted);
  ck_assert_int_eq(exact.low, summary.low);
  ck_assert_int_eq(exact.high, summary.high);
  ck_assert_int_eq(exact.may_harm, summary.may_harm);
  ck_assert_int_eq(exact.tension, summary.tension);
  ck_assert_int_eq(exact.emergency, summary.emergency);
  ck_assert_int_le(quick.low, exact.low);
  ck_assert_int_ge(quick.high, exact.high);
  check_rules(answer, &quick, &exact);
  stile_answer_destroy(answer);
  stile_situation_destroy(situation);
}

START_TEST(api_decides_as_it_answers) {
  StilePolicy *policy = host_load();
  StileDecider *decider;
  Random random = {20};
  int64_t values[FACTS_MOST];
  uint64_t known;

  ck_assert_int_eq(
      stile_decider_create(policy, (uint32_t)_i, host_today, &decider),
      STILE_OK);
  for (int i = 0; i < 400; i++) {
    make_values(&random, policy, values, &known);
    check_same(decider, values, i % 8 ? &known : NULL);
  }
  stile_decider_destroy(decider);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_decides_emergencies_without_a_boundary) {
  StilePolicy *policy = host_load();
  StileDecider *decider;
  StileDecision decision;
  int64_t values[FACTS_MOST] = {0};
  uint32_t danger = host_find_fact(policy, "danger");

  ck_assert_int_eq(
      stile_decider_create(policy, STILE_NONE, host_today, &decider),
      STILE_OK);
  values[danger] = 1;
  stile_decide(decider, values, NULL, &decision);
  ck_assert_uint_eq(decision.verdicts, 0);
  ck_assert_int_eq(decision.emergency, STILE_YES);
  values[danger] = 0;
  stile_decide(decider, values, NULL, &decision);
  ck_assert_int_eq(decision.emergency, STILE_NO);
  stile_decider_destroy(decider);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_refuses_a_decider_of_nothing) {
  StilePolicy *policy = host_load();
  StileDecider *decider = NULL;

  ck_assert_int_eq(stile_decider_create(policy, 2, host_today, &decider),
                   STILE_WRONG_USE);
  ck_assert_ptr_null(decider);
  ck_assert_int_eq(
      stile_decider_create(policy, 0, (StileDay){2026, 2, 30}, &decider),
      STILE_WRONG_USE);
  ck_assert_int_eq(stile_day_number((StileDay){1, 1, 2}), 2);
  ck_assert_int_eq(stile_day_number((StileDay){0}), 0);
  stile_decider_destroy(NULL);
  stile_policy_destroy(policy);
}
END_TEST

Suite *suite_api_decide(void) {
  Suite *suite = suite_create("api_decide");
  TCase *cases = tcase_create("api_decide");

  tcase_add_loop_test(cases, api_decides_as_it_answers, 0, 2);
  tcase_add_test(cases, api_decides_emergencies_without_a_boundary);
  tcase_add_test(cases, api_refuses_a_decider_of_nothing);
  suite_add_tcase(suite, cases);
  return suite;
}

/* Compiling, loading, and looking into a policy. */
#include <string.h>
#include "api_host.h"

START_TEST(api_has_a_version) {
  ck_assert_uint_gt(strlen(stile_version()), 0);
}
END_TEST

START_TEST(api_tells_what_is_wrong_in_a_policy) {
  StileImage *image;
  StileMessages *messages;
  StileMessage one;
  bool found = false;

  ck_assert_int_eq(stile_compile(NULL, "wrong.stile", host_read_file, NULL,
                                 host_today, &image, &messages),
                   STILE_ERROR_IN_POLICY);
  ck_assert_ptr_null(image);
  for (uint32_t i = 0; stile_messages_get(messages, i, &one); i++) {
    if (one.is_warning) continue;
    found = true;
    ck_assert(host_is(one.file, "wrong.stile"));
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

  ck_assert_int_eq(stile_compile(NULL, "none.stile", host_read_file, NULL,
                                 host_today, &image, &messages),
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
    ck_assert_int_eq(stile_compile(NULL, "main.stile", host_read_file, NULL,
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
  StilePolicy *policy = host_load();
  StilePolicyInfo info;
  StileBoundary boundary;

  stile_policy_info(policy, &info);
  ck_assert(host_is(info.name, "gifts-policy"));
  ck_assert(host_is(info.version, "2.1"));
  ck_assert_int_eq(info.layer, STILE_ORGANISATION);
  ck_assert_int_eq(info.next_review.year, 2027);
  ck_assert_uint_eq(info.boundaries, 2);
  ck_assert_uint_eq(info.facts, 6);
  ck_assert_uint_eq(info.rules, 5);
  ck_assert_uint_eq(info.duties, 1);
  ck_assert(stile_policy_boundary(policy, 0, &boundary));
  ck_assert(host_is(boundary.refusal, "Saying no to a gift"));
  ck_assert(stile_policy_boundary(policy, 1, &boundary));
  ck_assert_ptr_null(boundary.refusal.bytes);
  ck_assert(!stile_policy_boundary(policy, 2, &boundary));
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_shows_facts) {
  StilePolicy *policy = host_load();
  StileFact fact;
  StileValue value;
  uint32_t index = host_find_fact(policy, "isolation");

  ck_assert(stile_policy_fact(policy, index, &fact));
  ck_assert_int_eq(fact.dimension, STILE_NEED);
  ck_assert_int_eq(fact.type, STILE_SCALE);
  ck_assert_uint_eq(fact.values, 3);
  ck_assert(stile_policy_value(policy, index, 0, &value));
  ck_assert(host_is(value.name, "none"));
  ck_assert(host_is(value.words, "sees people"));
  ck_assert(!stile_policy_value(policy, index, 3, &value));
  ck_assert(!stile_policy_value(policy, 99, 0, &value));
  ck_assert(stile_policy_fact(policy, host_find_fact(policy, "before"), &fact));
  ck_assert_int_eq(fact.type, STILE_RECORD);
  ck_assert_int_eq(fact.item, STILE_MONEY);
  ck_assert(stile_policy_fact(policy, host_find_fact(policy, "agreed"), &fact));
  ck_assert(fact.who_agree);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_shows_rules) {
  StilePolicy *policy = host_load();
  StileRule rule;
  StileLine line;
  StileCite cite;
  StileDuty duty;
  uint32_t small = host_find_rule(policy, "gifts/small");

  ck_assert(stile_policy_rule(policy, small, &rule));
  ck_assert_int_eq(rule.kind, STILE_RULE);
  ck_assert_int_eq(rule.finding, STILE_CARE);
  ck_assert_uint_eq(rule.boundary, 0);
  ck_assert(host_is(rule.title, "A small gift"));
  ck_assert(host_is(rule.file, "main.stile"));
  ck_assert_uint_eq(rule.line, 17);
  ck_assert(stile_policy_line(policy, small, 0, &line));
  ck_assert_int_eq(line.kind, STILE_BECAUSE);
  ck_assert(!stile_policy_line(policy, small, 2, &line));
  ck_assert(stile_policy_cite(policy, small, 0, &cite));
  ck_assert(host_is(cite.source, "nhse"));
  ck_assert(host_is(cite.clause, "gifts-2"));
  ck_assert(cite.checked);
  ck_assert(stile_policy_duty(policy, 0, &duty));
  ck_assert_uint_eq(duty.rule, small);
  ck_assert_int_eq(duty.when, STILE_WITHIN);
  ck_assert_int_eq(duty.unit, STILE_DAYS);
  ck_assert_int_eq(duty.amount, 2000000);
  ck_assert(host_is(duty.by, "worker"));
  ck_assert(stile_policy_rule(policy, host_find_rule(policy, "gifts/large"),
                              &rule));
  ck_assert(rule.unless_agreed);
  stile_policy_destroy(policy);
}
END_TEST

Suite *suite_api_policies(void) {
  const TTest *tests[] = {api_has_a_version,
                          api_tells_what_is_wrong_in_a_policy,
                          api_tells_of_a_missing_file,
                          api_compiles_to_the_same_bytes,
                          api_refuses_what_is_no_image,
                          api_shows_a_policy,
                          api_shows_facts,
                          api_shows_rules};

  return TEST_SUITE("api policies", tests);
}

/* An audit for which memory ends at every place in turn, or boxes do. */
#include "audit/cover.h"
#include "audit_suites.h"

static const char policy[] =
    "policy small \"Small\"\n"
    "  if unsure \"Ask.\"\n"
    "context gift \"?\" is one of token, cash, voucher\n"
    "context value \"?\" is money in GBP up to 1000\n"
    "context before \"?\" is a record of money in GBP\n"
    "need company \"?\" is one of none < some < high\n"
    "risk harm \"?\" is one of none < some < high\n"
    "support asked \"?\" is any of supervisor, colleague\n"
    "everywhere\n"
    "  never harm \"Harm\"\n"
    "    when risk harm is high\n"
    "    because \"It harms.\"\n"
    "boundary gifts \"Taking it\" or \"Leaving it\"\n"
    "  rule small \"Small\"\n"
    "    when context value is below £50\n"
    "    then proceed with care\n"
    "    because \"It is small.\"\n"
    "    must note \"Write it down\" within 2 days\n"
    "  rule large \"Large\"\n"
    "    when context value is above £50\n"
    "      or total of context before with context value in 12 months\n"
    "        is above £50\n"
    "    then hold\n"
    "    because \"It is large.\"\n"
    "  rule cash \"Cash\"\n"
    "    when context gift is cash\n"
    "    then consult any of supervisor, colleague\n"
    "    because \"It is cash.\"\n"
    "    must note \"Write it down\" before acting\n"
    "  exception kind to cash, large \"Kind\"\n"
    "    when context gift is not voucher and need company is high\n"
    "    then proceed\n"
    "    because \"It is kind.\"\n"
    "  exception idle to small \"Idle\"\n"
    "    when context value is above £60\n"
    "    then proceed\n"
    "    because \"It is idle.\"\n"
    "  holding-back lonely \"Alone\"\n"
    "    when need company is at least some\n"
    "    because \"Few people come.\"\n";

static void audit_all(Arena *arena, void *context) {
  AuditOptions options = {.today = DAY_FIRST + 40000, .boundary = NONE};
  Audit audit;
  audit_make(arena, context, &options, &audit);
  audit_run(&audit);
  TEST_THAT(audit.findings.count > 5);
}

START_TEST(audit_runs_out_of_memory_cleanly) {
  TEST_ARENA(arena);
  Image image;
  audit_image(&arena, text_of(policy), &image);
  ck_assert(test_scarce(audit_all, &image) > 20);
  TEST_END(arena);
}
END_TEST

static void suggest_all(Arena *arena, void *context) {
  AuditOptions options = {.today = DAY_FIRST + 40000, .boundary = NONE};
  Audit audit;
  Cover cover;
  Suggestions suggestions;
  audit_make(arena, context, &options, &audit);
  cover_make(&audit, &cover);
  cover_judge(&cover);
  cover_suggest(&cover, 0, &suggestions);
  TEST_THAT(suggestions.bare && suggestions.list.count > 5);
  for (uint32_t i = 0; i < suggestions.list.count; i++) {
    Situation situation;
    suggestion_situation(arena, &suggestions.list.at[i], &situation);
  }
}

START_TEST(suggesting_runs_out_of_memory_cleanly) {
  TEST_ARENA(arena);
  Image image;
  audit_image(&arena, text_of(policy), &image);
  ck_assert(test_scarce(suggest_all, &image) > 20);
  TEST_END(arena);
}
END_TEST

/* Boxes that are left out, or too large as some were not taken off: neither a
 * lower nor an upper bound follows. */
START_TEST(nothing_is_claimed_of_a_list_that_is_not_whole) {
  TEST_ARENA(arena);
  AuditOptions options = {.today = DAY_FIRST + 40000, .boundary = NONE};
  Box whole = {0};
  Image image;
  Audit audit;
  audit_image(&arena, text_of(policy), &image);
  audit_make(&arena, &image, &options, &audit);
  BoundaryAudit *one = &audit.boundaries[0];
  Boxes list = one->chart.above[SILENT];
  Limb *low = audit_limbs(&audit, one), *high = audit_limbs(&audit, one);
  ck_assert(list.count > 0);
  list.too_many = true;
  count_between(&one->search, &list, &whole, 100000, low, high);
  ck_assert(natural_is_zero(low, one->space.limbs));
  ck_assert(natural_compare(high, one->space.points, one->space.limbs) == 0);
  TEST_END(arena);
}
END_TEST

Suite *suite_audit_scarce(void) {
  const TTest *tests[] = {audit_runs_out_of_memory_cleanly,
                          suggesting_runs_out_of_memory_cleanly,
                          nothing_is_claimed_of_a_list_that_is_not_whole};

  return TEST_SUITE("audit_scarce", tests);
}

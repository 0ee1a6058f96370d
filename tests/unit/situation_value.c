/* Single values: what a person may write for a fact of each type. */
#include "runtime/situation_read.h"
#include "situation_suites.h"

typedef struct ValueCase {
  const char *fact, *text, *expected; /* spans, members, events; or a code */
} ValueCase;

static const ValueCase cases[] = {
  {"context.refusable", "yes", "1-1"},
  {"context refusable", "true", "1-1"},
  {"context.refusable", "false", "0-0"},
  {"context.refusable", "yes, no", "0-0 1-1"},
  {"context.refusable", "Yes", "E0511"},
  {"context.refusable", "no to yes", "E0523"},
  {"need.isolation", "some", "1-1"},
  {"need.isolation", "unknown", "unknown"},
  {"need.isolation", "some to high", "1-2"},
  {"need.isolation", "high to some", "E0523"},
  {"need.isolation", "high, none", "0-0 2-2"},
  {"need.isolation", "high, high", "E0521"},
  {"need.isolation", "high, unknown", "E0522"},
  {"need.isolation", "hgih", "E0511"},
  {"context.gift", "token to cash", "E0523"},
  {"context.gift", "cash,token", "0-0 2-2"},
  {"context.gift", "", "E0511"},
  {"context.value", "£12.50", "1250-1250"},
  {"context.value", "12.50 GBP", "1250-1250"},
  {"context.value", "250", "25000-25000"},
  {"context.value", "£200 to £250", "20000-25000"},
  {"context.value", "£200 to 250", "20000-25000"},
  {"context.value", "£250 to £200", "E0523"},
  {"context.value", "£5, £7 to £9", "500-500 700-900"},
  {"context.value", "£5 to £8, £7 to £9", "500-900"},
  {"context.value", "€5", "E0513"},
  {"context.value", "5 USD", "E0513"},
  {"context.value", "£1,000", "E0512"},
  {"context.value", "£ 50", "E0512"},
  {"context.value", "£1e2", "E0512"},
  {"context.value", "about £5", "E0512"},
  {"context.value", "£5.001", "E0516"},
  {"context.value", "£1000", "100000-100000"},
  {"context.value", "£1000.01", "E0515"},
  {"context.value", "-1", "E0515"},
  {"context.value", "9999999999999999999999", "E0515"},
  {"context.score", "1.5", "1500000-1500000"},
  {"context.score", "1.2", "E0516"},
  {"context.score", "11", "E0515"},
  {"context.score", "3 to 4", "3000000-4000000"},
  {"context.score", "£3", "E0512"},
  {"context.visit", "1.5 hours", "90-90"},
  {"context.visit", "90 minutes", "90-90"},
  {"context.visit", "9 hours", "E0515"},
  {"context.visit", "90", "E0514"},
  {"context.visit", "1 month", "E0514"},
  {"context.visit", "0.5 minutes", "E0516"},
  {"context.visit", "90min", "E0512"},
  {"context.together", "8 months", "8-8"},
  {"context.together", "2 years", "24-24"},
  {"context.together", "6 weeks", "E0514"},
  {"context.together", "1 month to 1 year", "1-12"},
  {"context.ended", "2026-11-23", "739943-739943"},
  {"context.ended", "2026-11-24", "E0518"},
  {"context.ended", "2026-02-30", "E0517"},
  {"context.ended", "2026-1-5", "E0512"},
  {"context.ended", "23/11/2026", "E0512"},
  {"context.next", "2026-11-24", "739944-739944"},
  {"context.before", "none", ""},
  {"context.before", "£30 on 2026-02-01, £5 on 2026-03-01",
   "3000@739648 500@739676"},
  {"context.before", "£30", "E0520"},
  {"context.before", "£30 on 2026-12-01", "E0519"},
  {"context.before", "€30 on 2026-02-01", "E0513"},
  {"context.before", "£30 on 2026-02-01, unknown", "E0522"},
  {"context.days", "2026-02-01, 2026-02-01", "1@739648 1@739648"},
  {"context.days", "£5 on 2026-02-01", "E0520"},
  {"support.consulted", "supervisor", "{1}"},
  {"support.consulted", "supervisor, colleague", "{3}"},
  {"support.consulted", "none", "{0}"},
  {"support.consulted", "unknown", "E0524"},
  {"support.consulted", "supervisor, supervisor", "E0521"},
  {"support.consulted", "manager", "E0511"},
  {"support.written", "yes", "1-1"},
  {"support.written", "yes, no", "E0524"},
  {"support.written", "unknown", "E0524"},
};

static Text given_text(Arena *arena, const Given *given, bool set)
{
  Buffer out = {.arena = arena};
  if (!given->given) return TEXT("unknown");
  if (set) buffer_format(&out, "{%u}", (unsigned)given->members);
  for (uint32_t i = 0; i < given->span_count; i++)
    buffer_format(&out, "%s%lld-%lld", i ? " " : "",
                  (long long)given->spans[i].low,
                  (long long)given->spans[i].high);
  for (uint32_t i = 0; i < given->event_count; i++)
    buffer_format(&out, "%s%lld@%d", i ? " " : "",
                  (long long)given->events[i].amount, given->events[i].day);
  return out.length ? buffer_text(&out) : TEXT("");
}

START_TEST(value_is_read_by_its_type)
{
  TEST_ARENA(arena);
  const ValueCase *one = &cases[_i];
  const Image *image = sample_policy(&arena);
  Diagnostics told = {.arena = &arena};
  Given given;
  Span nowhere = {0};
  uint32_t fact =
      fact_find(&arena, image, text_of(one->fact), nowhere, &told);
  ck_assert_uint_ne(fact, NONE);
  bool fine = given_read(&arena, image, fact, text_of(one->text),
                         sample_today(), nowhere, &told, &given);
  ck_assert_msg(fine == (told.errors == 0), "%s %s", one->fact, one->text);
  Text got = fine ? given_text(&arena, &given,
                               image->facts.at[fact].type == TYPE_SET)
                  : text_format(&arena, "E%04u",
                                (unsigned)told.list.at[0].code);
  TEST_TEXT(got, one->expected);
  TEST_END(arena);
}
END_TEST

START_TEST(fact_is_found_by_its_name)
{
  TEST_ARENA(arena);
  const Image *image = sample_policy(&arena);
  Diagnostics told = {.arena = &arena};
  Span nowhere = {0};
  ck_assert_uint_eq(
      fact_find(&arena, image, TEXT("gift"), nowhere, &told), NONE);
  TEST_TEXT(told.list.at[0].help, "Did you mean `context.gift`?");
  told = (Diagnostics){.arena = &arena};
  ck_assert_uint_eq(
      fact_find(&arena, image, TEXT("need.gift"), nowhere, &told), NONE);
  TEST_TEXT(told.list.at[0].message, "There is no fact called `need.gift`.");
  TEST_TEXT(told.list.at[0].help, "There is `context.gift`.");
  told = (Diagnostics){.arena = &arena};
  ck_assert_uint_eq(
      fact_find(&arena, image, TEXT("need gift"), nowhere, &told), NONE);
  TEST_TEXT(told.list.at[0].help, "There is `context gift`.");
  TEST_END(arena);
}
END_TEST

START_TEST(boundary_is_found_by_its_name)
{
  TEST_ARENA(arena);
  const Image *image = sample_policy(&arena);
  ck_assert_uint_eq(boundary_find(image, TEXT("visits")), 1);
  ck_assert_uint_eq(boundary_find(image, TEXT("visit")), NONE);
  TEST_END(arena);
}
END_TEST

Suite *suite_value(void)
{
  const TTest *tests[] = {fact_is_found_by_its_name,
                          boundary_is_found_by_its_name};
  Suite *suite = TEST_SUITE("value", tests);
  TCase *each = tcase_create("each");
  tcase_add_loop_test(each, value_is_read_by_its_type, 0,
                      (int)(sizeof cases / sizeof *cases));
  suite_add_tcase(suite, each);
  return suite;
}

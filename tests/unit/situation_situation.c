/* Whole situations: what is read, and every mistake with its place. */
#include "situation_suites.h"

typedef struct Telling {
  const char *text, *told;
} Telling;

static const Telling tellings[] = {
  {"boundary: gifts\n", ""},
  {"need: {isolation: some}\n", ""},
  {"{}\n", ""},
  {"", "E0506 1:1"},
  {"# nothing\n", "E0506 1:1"},
  {"null\n", "E0506 1:1"},
  {"boundary: gifts\n---\n", "E0506 3:1"},
  {"[gifts]\n", "E0507 1:1"},
  {"gifts\n", "E0507 1:1"},
  {"need: high\n", "E0507 1:1"},
  {"need:\n", ""},
  {"title: [a]\n", "E0507 1:1"},
  {"need: {isolation: {a: b}}\n", "E0507 1:8"},
  {"context: {gift: [token, [cash]]}\n", "E0507 1:25"},
  {"gift: token\n", "E0508 1:1"},
  {"boundry: gifts\n", "E0508 1:1"},
  {"context: {gfit: token}\n", "E0509 1:11"},
  {"need: {gift: token}\n", "E0509 1:8"},
  {"boundary: gift\n", "E0510 1:11"},
  {"context: {gift: token, handmade}\n", "E0509 1:24"},
  {"context:\n  gift: token, handmade\n", "E0511 2:9"},
  {"context: {value: 250}\n", ""},
  {"context: {value: [£40 to £60, £80]}\n", ""},
  {"context: {visit: 90}\n", "E0514 1:18"},
  {"as-of: 2026-13-01\n", "E0517 1:8"},
  {"as-of: today\n", "E0512 1:8"},
  {"context: {ended: 2026-12-01}\nas-of: 2026-12-02\n", ""},
  {"context: {before: []}\n", ""},
  {"context: {before: none}\n", ""},
  {"context: {before: {date: 2026-01-01, amount: £5}}\n", "E0520 1:11"},
  {"context: {before: [{date: 2026-01-01}]}\n", "E0520 1:20"},
  {"context: {before: [{date: 2026-01-01, amount: unknown}]}\n",
   "E0520 1:47"},
  {"context: {before: [{date: 2026-01-01, amount: £5, who: x}]}\n",
   "E0520 1:51"},
  {"context: {before: [{date: 2026-12-01, amount: £5}]}\n", "E0519 1:27"},
  {"context: {before: [unknown]}\n", "E0522 1:20"},
  {"context: {before: [£5 on 2026-01-01]}\n", ""},
  {"context: {days: [2026-01-01, 2026-01-01]}\n", ""},
  {"context: {days: [{date: 2026-01-01}]}\n", "E0520 1:18"},
  {"context: {gift: []}\n", "E0525 1:17"},
  {"context: {gift: [token, unknown]}\n", "E0522 1:25"},
  {"support: {consulted: [supervisor, supervisor]}\n", "E0521 1:35"},
  {"support: {consulted: unknown}\n", "E0524 1:22"},
  {"support: {written: [yes, no]}\n", "E0524 1:21"},
  {"support: {consulted: []}\n", ""},
  {"tense: past\n", "E0526 1:8"},
  {"expect: {verdict: hold}\n", "E0527 1:1"},
  {"impact: {harm: some}\n", "W0531 1:10"},
  {"impact: {harm: some}\ntense: happened\n", ""},
  {"impact: {harm: unknown}\n", ""},
  {"intention: to be kind\nnotes: |\n  a\n  b\ntitle: x\n", ""},
  {"need: {isolation: low, isolation: high}\n",
   "E0511 1:19; E0503 1:24"},
  {"context:\n  gift: tokne\n  value: €5\nneeds: {}\nboundary: gift\n",
   "E0511 2:9; E0513 3:10; E0508 4:1; E0510 5:11"},
  {"context:\n  gift: tokne\n  value: [£5\n", "E0511 2:9; E0501 4:1"},
};

static bool read(Arena *arena, const Image *image, const char *text,
                 bool expects, Cases *cases, Text *told)
{
  Sources sources = {{0}};
  Diagnostics wrong = {.arena = arena};
  uint32_t file =
      source_add(arena, &sources, TEXT("s.yaml"), text_of(text));
  bool fine = situation_read(arena, image, &sources, file, sample_today(),
                             expects, &wrong, cases);
  ck_assert(fine == (wrong.errors == 0));
  *told = told_lines(arena, &sources, &wrong);
  return fine;
}

START_TEST(situation_mistakes_have_places)
{
  TEST_ARENA(arena);
  Cases cases = {0};
  Text told;
  read(&arena, sample_policy(&arena), tellings[_i].text, false, &cases,
       &told);
  TEST_TEXT(told, tellings[_i].told);
  TEST_END(arena);
}
END_TEST

static const Given *given_of(const Image *image, const Situation *situation,
                             Dimension dimension, Text name)
{
  for (uint32_t i = 0; i < image->facts.count; i++)
    if (image->facts.at[i].dimension == dimension &&
        text_equal(image_text(image, image->facts.at[i].name), name))
      return &situation->facts[i];
  ck_abort_msg("no such fact");
}

START_TEST(situation_is_read_whole)
{
  TEST_ARENA(arena);
  const Image *image = sample_policy(&arena);
  Cases cases = {0};
  Text told;
  ck_assert(read(&arena, image,
                 "title: A gift\nboundary: visits\nas-of: 2026-10-01\n"
                 "tense: under-way\nneed: {isolation: unknown}\n"
                 "context:\n  gift: [cash, token]\n  before:\n"
                 "    - {date: 2026-02-01, amount: £30}\n"
                 "support: {consulted: supervisor}\nintention: kindness\n",
                 false, &cases, &told));
  ck_assert_uint_eq(cases.count, 1);
  const Situation *got = &cases.at[0].situation;
  TEST_TEXT(got->title, "A gift");
  TEST_TEXT(got->intention, "kindness");
  ck_assert_uint_eq(got->boundary, 1);
  ck_assert_int_eq(got->tense, TENSE_UNDER_WAY);
  ck_assert(!given_of(image, got, NEED, TEXT("isolation"))->given);
  const Given *gift = given_of(image, got, CONTEXT, TEXT("gift"));
  ck_assert_uint_eq(gift->span_count, 2);
  ck_assert_int_eq(gift->spans[0].low, 0);
  ck_assert_int_eq(gift->spans[1].low, 2);
  ck_assert(!given_is_exact(gift));
  TEST_TEXT(gift->text, "cash, token");
  const Given *before = given_of(image, got, CONTEXT, TEXT("before"));
  ck_assert_uint_eq(before->event_count, 1);
  ck_assert_int_eq(before->events[0].amount, 3000);
  ck_assert(given_is_exact(before));
  TEST_TEXT(before->text, "£30 on 2026-02-01");
  ck_assert_uint_eq(
      given_of(image, got, SUPPORT, TEXT("consulted"))->members, 1);
  TEST_END(arena);
}
END_TEST

START_TEST(situation_needs_a_boundary_of_several)
{
  TEST_ARENA(arena);
  Cases cases = {0};
  Text told;
  ck_assert(read(&arena, sample_policy(&arena), "title: x\n", false, &cases,
                 &told));
  ck_assert_uint_eq(cases.at[0].situation.boundary, NONE);
  TEST_END(arena);
}
END_TEST

START_TEST(situation_cases_expect)
{
  TEST_ARENA(arena);
  Cases cases = {0};
  Text told;
  ck_assert(read(&arena, sample_policy(&arena),
                 "boundary: gifts\nexpect:\n  verdict: proceed with care\n"
                 "  settled: yes\n  in-force: [small, visits/home]\n"
                 "  duties: record\n  holding-back: open\n---\n"
                 "boundary: visits\n",
                 true, &cases, &told));
  ck_assert_uint_eq(cases.count, 2);
  const Expected *got = &cases.at[0].expected;
  ck_assert(got->any && got->has_verdict && got->has_settled &&
            got->settled && got->has_in_force && got->has_duties);
  ck_assert_int_eq(got->verdict, CARE);
  ck_assert_uint_eq(got->in_force_count, 2);
  ck_assert_uint_eq(got->duty_count, 1);
  ck_assert_uint_eq(got->holding_back, THREE_OPEN);
  ck_assert(!cases.at[1].expected.any);
  TEST_END(arena);
}
END_TEST

START_TEST(situation_cases_expect_only_what_there_is)
{
  TEST_ARENA(arena);
  Cases cases = {0};
  Text told;
  read(&arena, sample_policy(&arena),
       "boundary: gifts\nexpect:\n  verdict: allowed\n  settled: open\n"
       "  in-force: [smal]\n  duties: [recrod]\n  holding-back: perhaps\n"
       "  verdicts: x\n",
       true, &cases, &told);
  TEST_TEXT(told,
            "E0528 3:12; E0528 4:12; E0528 5:14; E0528 6:12; E0528 7:17; "
            "E0508 8:3");
  TEST_END(arena);
}
END_TEST

START_TEST(situation_comes_from_an_example)
{
  TEST_ARENA(arena);
  const Image *image = sample_policy(&arena);
  Situation got;
  situation_from_example(&arena, image, 0, &got);
  ck_assert_int_eq(got.tense, TENSE_HAPPENED);
  ck_assert_int_eq(got.as_of, sample_today());
  const Given *gift = given_of(image, &got, CONTEXT, TEXT("gift"));
  ck_assert_uint_eq(gift->span_count, 2);
  ck_assert_int_eq(gift->spans[0].low, 0);
  const Given *before = given_of(image, &got, CONTEXT, TEXT("before"));
  ck_assert_uint_eq(before->event_count, 2);
  TEST_TEXT(before->text, "£30 on 2026-01-02, £5 on 2026-03-01");
  ck_assert_uint_eq(
      given_of(image, &got, SUPPORT, TEXT("consulted"))->members, 2);
  const Given *days = given_of(image, &got, CONTEXT, TEXT("days"));
  ck_assert(days->given && days->event_count == 0);
  TEST_END(arena);
}
END_TEST

Suite *suite_situation(void)
{
  const TTest *tests[] = {
    situation_is_read_whole, situation_needs_a_boundary_of_several,
    situation_cases_expect, situation_cases_expect_only_what_there_is,
    situation_comes_from_an_example,
  };
  Suite *suite = TEST_SUITE("situation", tests);
  TCase *each = tcase_create("each");
  tcase_add_loop_test(each, situation_mistakes_have_places, 0,
                      (int)(sizeof tellings / sizeof *tellings));
  suite_add_tcase(suite, each);
  return suite;
}

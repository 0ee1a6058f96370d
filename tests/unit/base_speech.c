#include <string.h>
#include "base/speech.h"
#include "base_suites.h"

/* A language that turns sentences round. */
static const char *turned(const char *english) {
  static const char *const known[][2] = {
    {"`{1}` is not {2}.", "{2} `{1}` is not."},
    {"a number", "NUMBER"},
    {"Half: 50 % of {1}, {2}{3}.", "{1}, {3}{2}: 50 %."},
  };

  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(known[i][0], english) == 0) return known[i][1];
  return english;
}

static Text length(Arena *arena, int64_t amount, Unit unit) {
  return text_format(arena, "%lld<%s>", (long long)(amount / NUMBER_ONE),
                     unit_name(unit, false));
}

static const Speech speech = {turned, length};

START_TEST(speech_is_plain_without_one) {
  TEST_ARENA(arena);
  TEST_TEXT(speech_format(&arena, NULL, "`%s` is not %s.", "a number",
                          "a number"),
            "`a number` is not a number.");
  ck_assert_str_eq(speech_words(NULL, "a number"), "a number");
  TEST_END(arena);
}
END_TEST

START_TEST(speech_turns_places_round) {
  TEST_ARENA(arena);
  Text typed = TEXT("a number");
  TEST_TEXT(speech_format(&arena, &speech, "`%.*s` is not %s.",
                          TEXT_ARG(typed), "here"),
            "here `a number` is not.");
  TEST_TEXT(speech_format(&arena, &speech, "Half: 50 %% of %u, %d%c.", 7u, -2,
                          'x'),
            "7, x-2: 50 %.");
  TEST_END(arena);
}
END_TEST

START_TEST(speech_asks_for_words_but_not_for_names) {
  TEST_ARENA(arena);
  Text typed = TEXT("a number");
  TEST_TEXT(speech_format(&arena, &speech, "`%s` is not %s.", "a number",
                          "a number"),
            "NUMBER `a number` is not.");
  TEST_TEXT(speech_format(&arena, &speech, "`--%s x` %s %.*s", "a number",
                          "a number", TEXT_ARG(typed)),
            "`--a number x` NUMBER a number");
  TEST_END(arena);
}
END_TEST

START_TEST(speech_keeps_what_it_does_not_know) {
  TEST_ARENA(arena);
  TEST_TEXT(speech_format(&arena, &speech, "%llu of %zu: %s", 12ull,
                          (size_t)13, "unknown"),
            "12 of 13: unknown");
  TEST_END(arena);
}
END_TEST

START_TEST(speech_fills_only_its_places) {
  TEST_ARENA(arena);
  const Text parts[] = {TEXT("{2}"), TEXT("b")};
  TEST_TEXT(speech_fill(&arena, "{2} {1} {3} {0} {x} {1", parts, 2),
            "b {2} {3} {0} {x} {1");
  TEST_END(arena);
}
END_TEST

START_TEST(speech_tells_lengths) {
  TEST_ARENA(arena);
  Buffer english = {.arena = &arena}, other = {.arena = &arena};
  speech_duration(&english, NULL, 2880, UNIT_HOURS);
  speech_duration(&other, &speech, 2880, UNIT_DAYS);
  TEST_TEXT(buffer_text(&english), "48 hours");
  TEST_TEXT(buffer_text(&other), "2<day>");
  TEST_END(arena);
}
END_TEST

Suite *suite_speech(void) {
  const TTest *tests[] = {
    speech_is_plain_without_one,
    speech_turns_places_round,
    speech_asks_for_words_but_not_for_names,
    speech_keeps_what_it_does_not_know,
    speech_fills_only_its_places,
    speech_tells_lengths,
  };

  return TEST_SUITE("speech", tests);
}

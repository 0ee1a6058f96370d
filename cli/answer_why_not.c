#include "cli/answer_why_not.h"

#include "cli/answer_changes.h"

static const Lever *step_lever(const WhyNot *why_not, const WhyNotStep *step)
{
  return &why_not->levers.at[step->lever];
}

/* ---------------------------------------------------------------- in words */

/* "You said: £8.", "This is not known yet.", "Nobody yet." */
static Text said_words(const View *view, const Lever *lever)
{
  const Fact *fact = &view->image->facts.at[lever->fact];
  Text given = answer_given_words(view, lever->fact);
  if (given.length)
    return answer_fill(view, WORDING_WEIGH_GIVEN, given, TEXT_NONE);
  return wording(fact->dimension == SUPPORT ? WORDING_WHY_NOT_UNDONE
                                            : WORDING_WEIGH_UNKNOWN);
}

static Text value_words(const View *view, const Lever *lever, Text to)
{
  bool without;
  Step step = {lever->fact, to};
  return answer_to_words(view, &step, &without);
}

/* "above £50", "cash or a voucher" */
static Text values_words(const View *view, const Lever *lever,
                         const WhyNotSet *set, const WhyNotStep *step)
{
  Text *names = ARENA_ARRAY(view->arena, step->to_count + 1, Text);
  if (!set->every_mix) return value_words(view, lever, step->one);
  for (uint32_t i = 0; i < step->to_count; i++)
    names[i] = value_words(view, lever, step->to[i]);
  return answer_list_words(view, names, step->to_count, WORDING_OR);
}

/* What it would take of one fact; none for a record, whose tests say it. */
static Text take_words(const View *view, const WhyNot *why_not,
                       const WhyNotSet *set, const WhyNotStep *step)
{
  const Lever *lever = step_lever(why_not, step);
  const Fact *fact = &view->image->facts.at[lever->fact];
  if (!step->to_count) return TEXT_NONE;
  Text values = values_words(view, lever, set, step);
  Wording take = WORDING_WHY_NOT_TO;
  if (lever->member != NONE && fact->dimension == SUPPORT)
    take = fact->who_agree ? WORDING_WHY_NOT_AGREE : WORDING_WHY_NOT_TALK;
  else if (lever->member != NONE)
    take = text_starts(step->one, TEXT("without ")) ? WORDING_WHY_NOT_WITHOUT
                                                    : WORDING_WHY_NOT_WITH;
  return answer_fill(view, take, values, TEXT_NONE);
}

static Text truth_words(Three truth)
{
  return wording(truth == THREE_YES  ? WORDING_WHY_NOT_YES
                 : truth == THREE_NO ? WORDING_WHY_NOT_NO
                                     : WORDING_WHY_NOT_OPEN);
}

static void put_test(Sheet *sheet, const View *view, const WhyNotTest *test)
{
  Text text =
      image_text(view->image, view->image->nodes.at[test->node].text);
  Text asks = answer_fill(view, WORDING_WHY_NOT_TEST,
                          view_full_name(view, test->rule), text);
  Text turns = test->now == test->then
                   ? wording(WORDING_WHY_NOT_TOGETHER)
                   : answer_fill(view, WORDING_WHY_NOT_TURNS,
                                 truth_words(test->now),
                                 truth_words(test->then));
  sheet_put(sheet, 4, answer_join(view, asks, turns));
}

static void put_set(Sheet *sheet, const View *view, const WhyNot *why_not,
                    const WhyNotSet *set)
{
  for (uint32_t i = 0; i < set->step_count; i++) {
    const WhyNotStep *step = &set->steps[i];
    const Lever *lever = step_lever(why_not, step);
    Text words = answer_join(
        view,
        answer_join(view, answer_question(view, lever->fact),
                    said_words(view, lever)),
        take_words(view, why_not, set, step));
    if (i) words = answer_fill(view, WORDING_WHY_NOT_AND, words, TEXT_NONE);
    sheet_item(sheet, 2, i ? "  " : "- ", words);
    for (uint32_t t = 0; t < step->test_count; t++)
      put_test(sheet, view, &step->tests[t]);
  }
  if (!set->every_mix && set->step_count > 1)
    sheet_put(sheet, 4, wording(WORDING_WHY_NOT_INSTANCE));
}

/* The sets with the fewest facts; what more there is, in a number. */
static void put_sets(Sheet *sheet, const View *view, const WhyNot *why_not)
{
  uint32_t fewest = 0;
  while (fewest < why_not->set_count &&
         why_not->sets[fewest].step_count == why_not->sets[0].step_count)
    fewest++;
  sheet_heading(sheet, wording(WORDING_WHY_NOT_BETWEEN));
  if (fewest)
    sheet_put(sheet, 2, wording(fewest > 1 ? WORDING_WHY_NOT_SEVERAL
                                           : WORDING_WHY_NOT_ONE));
  for (uint32_t i = 0; i < fewest; i++)
    put_set(sheet, view, why_not, &why_not->sets[i]);
  if (why_not->set_count > fewest)
    sheet_put(sheet, 2,
              answer_fill(view, WORDING_WHY_NOT_MORE,
                          text_format(view->arena, "%u",
                                      why_not->set_count - fewest),
                          TEXT_NONE));
  if (!why_not->complete)
    sheet_put(sheet, 2, wording(fewest ? WORDING_CHANGES_MISSING
                                       : WORDING_WHY_NOT_UNKNOWN));
  if (fewest) sheet_put(sheet, 2, wording(WORDING_WHY_NOT_NOTE));
}

static void put_dates(Sheet *sheet, const View *view, uint32_t number)
{
  const Rule *rule = view_rule(view, number);
  bool ended = rule->until != DAY_NONE &&
               rule->until < view->situation->as_of;
  Day day = ended ? rule->until : rule->from;
  sheet_put(sheet, 2,
            answer_fill(view, ended ? WORDING_WHY_NOT_UNTIL
                                    : WORDING_WHY_NOT_FROM,
                        answer_day_words(view, day), TEXT_NONE));
}

static void put_state(Sheet *sheet, const View *view, uint32_t rule,
                      const WhyNot *why_not)
{
  switch (why_not->state) {
  case WHY_NOT_FACTS: put_sets(sheet, view, why_not); break;
  case WHY_NOT_DATES: put_dates(sheet, view, rule); break;
  case WHY_NOT_APPLIES:
    sheet_put(sheet, 2, wording(WORDING_WHY_NOT_APPLIES));
    break;
  case WHY_NOT_ELSEWHERE:
    sheet_put(sheet, 2, wording(WORDING_WHY_NOT_ELSEWHERE));
    break;
  case WHY_NOT_REVIEW:
    sheet_put(sheet, 2, wording(WORDING_WHY_NOT_REVIEW));
    break;
  case WHY_NOT_DONE:
    sheet_put(sheet, 2, wording(WORDING_WHY_NOT_DONE));
    break;
  case WHY_NOT_IMPOSSIBLE:
  case WHY_NOT_STATE_COUNT:
    sheet_put(sheet, 2, wording(WORDING_WHY_NOT_IMPOSSIBLE));
    break;
  }
}

/* What set it aside, or may. */
static void put_displaced(Sheet *sheet, const View *view, uint32_t rule)
{
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_displaces(view, i, rule))
      sheet_put(sheet, 2,
                answer_fill(view,
                            view_in_force(view, i)
                                ? WORDING_TRACE_SET_ASIDE
                                : WORDING_TRACE_MAY_SET_ASIDE,
                            view_full_name(view, i), TEXT_NONE));
}

void answer_why_not(Sheet *sheet, const View *view, uint32_t rule,
                    const WhyNot *why_not)
{
  uint32_t standing = why_not->state == WHY_NOT_REVIEW
                          ? STANDING_NOT_MET
                          : view->answer->rules[rule].standing;
  answer_put_emergency(sheet, view);
  sheet_heading(sheet, wording(WORDING_RULE_HEADING));
  sheet_put(sheet, 2,
            text_format(view->arena, "%.*s: %.*s.",
                        TEXT_ARG(view_full_name(view, rule)),
                        TEXT_ARG(wording_of(WORDING_STANDING_IN_FORCE,
                                            standing))));
  if (view_rule(view, rule)->title != NONE)
    sheet_put(sheet, 2, sentence(view->arena, view_title(view, rule)));
  if (answer_has_finding(view, rule) ||
      view_rule(view, rule)->kind == RULE_HOLDING_BACK)
    sheet_put(sheet, 2, answer_finding_words(view, rule));
  put_displaced(sheet, view, rule);
  put_state(sheet, view, rule, why_not);
  answer_put_about(sheet, view);
}

/* ----------------------------------------------------------------- as JSON */

static json_t *test_json(const View *view, const WhyNotTest *test)
{
  json_t *json = json_object();
  json_object_set_new(
      json, "rule",
      answer_text_json(view, view_full_name(view, test->rule)));
  json_object_set_new(
      json, "text",
      answer_text_json(view, image_text(view->image,
                                        view->image->nodes.at[test->node]
                                            .text)));
  json_object_set_new(json, "now", answer_truth_json((uint8_t)test->now));
  json_object_set_new(json, "then", answer_truth_json((uint8_t)test->then));
  json_object_set_new(
      json, "at",
      answer_place_json(view, image_node_place(view->image, test->node)));
  return json;
}

static json_t *step_json(const View *view, const WhyNot *why_not,
                         const WhyNotStep *step)
{
  uint32_t fact = step_lever(why_not, step)->fact;
  json_t *json = json_object(), *to = json_array(), *tests = json_array();
  for (uint32_t i = 0; i < step->to_count; i++)
    json_array_append_new(to, answer_text_json(view, step->to[i]));
  for (uint32_t i = 0; i < step->test_count; i++)
    json_array_append_new(tests, test_json(view, &step->tests[i]));
  json_object_set_new(json, "fact",
                      answer_text_json(view, view_fact_name(view, fact)));
  json_object_set_new(json, "given",
                      answer_text_json(view, view_given(view, fact)));
  json_object_set_new(json, "to", to);
  json_object_set_new(json, "one", answer_text_json(view, step->one));
  json_object_set_new(json, "tests", tests);
  return json;
}

static json_t *set_json(const View *view, const WhyNot *why_not,
                        const WhyNotSet *set)
{
  json_t *json = json_object(), *steps = json_array();
  for (uint32_t i = 0; i < set->step_count; i++)
    json_array_append_new(steps, step_json(view, why_not, &set->steps[i]));
  json_object_set_new(json, "facts", steps);
  json_object_set_new(json, "every-mix", json_boolean(set->every_mix));
  return json;
}

static json_t *displaced_json(const View *view, uint32_t rule)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_displaces(view, i, rule))
      json_array_append_new(
          list, answer_text_json(view, view_full_name(view, i)));
  return list;
}

static json_t *day_json(const View *view, Day day)
{
  Buffer out = {.arena = view->arena};
  if (day == DAY_NONE) return json_null();
  day_print(&out, day);
  return answer_text_json(view, buffer_text(&out));
}

json_t *answer_why_not_json(const View *view, uint32_t rule,
                            const WhyNot *why_not)
{
  static const char *const states[WHY_NOT_STATE_COUNT] = {
    [WHY_NOT_FACTS] = "facts", [WHY_NOT_APPLIES] = "applies",
    [WHY_NOT_DATES] = "dates", [WHY_NOT_ELSEWHERE] = "elsewhere",
    [WHY_NOT_REVIEW] = "not-happened", [WHY_NOT_DONE] = "already-done",
    [WHY_NOT_IMPOSSIBLE] = "impossible",
  };
  json_t *json = json_object(), *one = json_object(), *sets = json_array();
  for (uint32_t i = 0; i < why_not->set_count; i++)
    json_array_append_new(sets, set_json(view, why_not, &why_not->sets[i]));
  Standing standing = (Standing)view->answer->rules[rule].standing;
  json_object_set_new(one, "rule",
                      answer_text_json(view, view_full_name(view, rule)));
  json_object_set_new(one, "standing", json_string(term_standing(standing)));
  json_object_set_new(one, "because-of",
                      json_string(states[why_not->state]));
  json_object_set_new(one, "from", day_json(view, view_rule(view, rule)->from));
  json_object_set_new(one, "until",
                      day_json(view, view_rule(view, rule)->until));
  json_object_set_new(one, "displaced-by", displaced_json(view, rule));
  json_object_set_new(one, "complete", json_boolean(why_not->complete));
  json_object_set_new(one, "sets", sets);
  json_object_set_new(json, "stile", json_integer(1));
  json_object_set_new(json, "emergency", answer_emergency_json(view));
  json_object_set_new(json, "why-not", one);
  return json;
}

#include "cli/answer_what_if.h"

/* ------------------------------------------------------------ differences */

static bool fact_differs(const WhatIf *both, uint32_t fact)
{
  const Given *now = &both->now->situation->facts[fact];
  const Given *then = &both->then->situation->facts[fact];
  return now->given != then->given ||
         (now->given && !text_equal(now->text, then->text));
}

/* It applies, or may, and what it asks for has been done. */
static bool is_done(const RuleAnswer *one)
{
  return one->agreed && (one->standing == STANDING_IN_FORCE ||
                         one->standing == STANDING_OPEN);
}

static bool rule_differs(const WhatIf *both, uint32_t rule)
{
  const RuleAnswer *now = &both->now->answer->rules[rule];
  const RuleAnswer *then = &both->then->answer->rules[rule];
  return now->standing != then->standing || is_done(now) != is_done(then);
}

static bool duty_differs(const WhatIf *both, uint32_t duty)
{
  return both->now->answer->duties[duty] != both->then->answer->duties[duty];
}

/* ---------------------------------------------------------------- in words */

static Text fact_words(const View *view, uint32_t fact)
{
  Text words = answer_given_words(view, fact);
  if (words.length) return words;
  return wording(view->image->facts.at[fact].dimension == SUPPORT
                     ? WORDING_TRACE_UNDONE
                     : WORDING_TRACE_UNKNOWN);
}

static void put_pair(Sheet *sheet, const View *view, Text about, Text now,
                     Text then)
{
  Text first = answer_fill(view, WORDING_WHAT_IF_NOW, now, TEXT_NONE);
  Text second = answer_fill(view, WORDING_WHAT_IF_THEN, then, TEXT_NONE);
  sheet_item(sheet, 2, "- ",
             answer_join(view, about, answer_join(view, first, second)));
}

static void put_facts(Sheet *sheet, const WhatIf *both)
{
  const View *view = both->now;
  bool any = false;
  sheet_heading(sheet, wording(WORDING_WHAT_IF_HEADING));
  for (uint32_t i = 0; i < view->image->facts.count; i++) {
    if (!fact_differs(both, i)) continue;
    any = true;
    put_pair(sheet, view, answer_question(view, i), fact_words(view, i),
             fact_words(both->then, i));
  }
  if (!any) sheet_put(sheet, 2, wording(WORDING_WHAT_IF_KNOWN));
}

static void put_side(Sheet *sheet, const View *view, Wording heading)
{
  const Answer *answer = view->answer;
  Wording harm = answer->may_harm == THREE_YES  ? WORDING_WHAT_IF_HARM
                 : answer->may_harm == THREE_NO ? WORDING_MAY_HARM_NO
                                                : WORDING_WHAT_IF_HARM_OPEN;
  sheet_heading(sheet, wording(heading));
  sheet_put(sheet, 2, answer_verdict_words(view));
  answer_put_range(sheet, view);
  sheet_put(sheet, 2,
            answer_fill(view, WORDING_WHAT_IF_HOLDING_BACK, wording(harm),
                        TEXT_NONE));
}

static Text standing_words(const View *view, uint32_t rule)
{
  const RuleAnswer *one = &view->answer->rules[rule];
  Text standing = wording_of(WORDING_STANDING_IN_FORCE, one->standing);
  if (!is_done(one)) return standing;
  return answer_fill(view, WORDING_WHAT_IF_AGREED, standing, TEXT_NONE);
}

static void put_rules(Sheet *sheet, const WhatIf *both)
{
  const View *view = both->now;
  bool any = false;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (!rule_differs(both, i)) continue;
    if (!any) sheet_heading(sheet, wording(WORDING_WHAT_IF_RULES));
    any = true;
    put_pair(sheet, view, sentence(view->arena, view_title(view, i)),
             standing_words(view, i), standing_words(both->then, i));
  }
  if (any) return;
  sheet_heading(sheet, wording(WORDING_WHAT_IF_RULES));
  sheet_put(sheet, 2, wording(WORDING_WHAT_IF_NO_RULES));
}

/* What is asked for in these words, by whichever rule. */
static Three duty_state(const View *view, Text words)
{
  Three state = THREE_NO;
  for (uint32_t i = 0; i < view->image->duties.count; i++) {
    Three one = (Three)view->answer->duties[i];
    if (one == THREE_NO || state == THREE_YES ||
        !text_equal(answer_duty_words(view, i), words))
      continue;
    state = one;
  }
  return state;
}

static Text state_words(Three state)
{
  return wording(state == THREE_YES  ? WORDING_WHAT_IF_TO_DO
                 : state == THREE_NO ? WORDING_WHAT_IF_NOT_TO_DO
                                     : WORDING_WHAT_IF_MAYBE_TO_DO);
}

static bool is_said(const Lines *said, Text words)
{
  for (uint32_t i = 0; i < said->count; i++)
    if (text_equal(said->at[i], words)) return true;
  return false;
}

static void put_duties(Sheet *sheet, const WhatIf *both)
{
  const View *view = both->now;
  Lines said = {0};
  for (uint32_t i = 0; i < view->image->duties.count; i++) {
    if (!duty_differs(both, i)) continue;
    Text words = answer_duty_words(view, i);
    Three now = duty_state(view, words), then = duty_state(both->then, words);
    if (now == then || is_said(&said, words)) continue;
    if (!said.count) sheet_heading(sheet, wording(WORDING_WHAT_IF_DUTIES));
    VEC_PUSH(view->arena, &said, words);
    put_pair(sheet, view, words, state_words(now), state_words(then));
  }
}

void answer_what_if(Sheet *sheet, const WhatIf *both)
{
  answer_put_emergency(sheet, both->now);
  put_facts(sheet, both);
  put_side(sheet, both->now, WORDING_WHAT_IF_AS_IT_IS);
  put_side(sheet, both->then, WORDING_WHAT_IF_SO);
  put_rules(sheet, both);
  put_duties(sheet, both);
  answer_put_about(sheet, both->now);
}

/* ----------------------------------------------------------------- as JSON */

static json_t *facts_json(const WhatIf *both)
{
  const View *view = both->now;
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->image->facts.count; i++) {
    if (!fact_differs(both, i)) continue;
    json_t *json = json_object();
    json_object_set_new(json, "fact",
                        answer_text_json(view, view_fact_name(view, i)));
    json_object_set_new(json, "now",
                        answer_text_json(view, view_given(view, i)));
    json_object_set_new(json, "then",
                        answer_text_json(view, view_given(both->then, i)));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *standing_json(const View *view, uint32_t rule)
{
  const RuleAnswer *one = &view->answer->rules[rule];
  json_t *json = json_object();
  json_object_set_new(json, "standing",
                      json_string(term_standing((Standing)one->standing)));
  json_object_set_new(json, "agreed", json_boolean(one->agreed));
  return json;
}

static json_t *rules_json(const WhatIf *both)
{
  const View *view = both->now;
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (!rule_differs(both, i)) continue;
    json_t *json = json_object();
    json_object_set_new(json, "rule",
                        answer_text_json(view, view_full_name(view, i)));
    json_object_set_new(json, "now", standing_json(view, i));
    json_object_set_new(json, "then", standing_json(both->then, i));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *state_json(const View *view, uint32_t duty)
{
  return json_string(term_three((Three)view->answer->duties[duty]));
}

static json_t *duties_json(const WhatIf *both)
{
  const View *view = both->now;
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->image->duties.count; i++) {
    if (!duty_differs(both, i)) continue;
    const Duty *duty = &view->image->duties.at[i];
    json_t *json = json_object();
    json_object_set_new(
        json, "rule",
        answer_text_json(view, view_full_name(view, duty->rule)));
    json_object_set_new(
        json, "text",
        answer_text_json(view, image_text(view->image, duty->text)));
    json_object_set_new(json, "now", state_json(view, i));
    json_object_set_new(json, "then", state_json(both->then, i));
    json_array_append_new(list, json);
  }
  return list;
}

json_t *answer_what_if_json(const WhatIf *both)
{
  json_t *json = json_object();
  json_object_set_new(json, "stile", json_integer(1));
  json_object_set_new(json, "facts", facts_json(both));
  json_object_set_new(json, "now", answer_json(both->now));
  json_object_set_new(json, "then", answer_json(both->then));
  json_object_set_new(json, "rules", rules_json(both));
  json_object_set_new(json, "duties", duties_json(both));
  return json;
}

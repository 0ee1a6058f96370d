#include "cli/answer_json.h"

#include "cli/report.h"

static json_t *words(const View *view, uint32_t text)
{
  return json_text(view->arena, image_text(view->image, text));
}

static json_t *name_json(const View *view, uint32_t rule)
{
  return json_text(view->arena, view_full_name(view, rule));
}

static json_t *fact_json(const View *view, uint32_t fact)
{
  if (fact == NONE) return json_null();
  return json_text(view->arena, view_fact_name(view, fact));
}

static json_t *day_json(const View *view, Day day)
{
  Buffer out = {.arena = view->arena};
  if (day == DAY_NONE) return json_null();
  day_print(&out, day);
  return json_text(view->arena, buffer_text(&out));
}

static json_t *verdict_json(Verdict verdict)
{
  return json_string(term_verdict(verdict));
}

/* ---------------------------------------------------------------- policy */

static json_t *hash_json(const View *view)
{
  Buffer out = {.arena = view->arena};
  for (int i = 0; i < IMAGE_HASH_SIZE; i++)
    buffer_format(&out, "%02x", view->image->hash[i]);
  return json_text(view->arena, buffer_text(&out));
}

static json_t *policy_json(const View *view)
{
  const Policy *policy = &view->image->policy.at[0];
  json_t *json = json_object();
  json_object_set_new(json, "name", words(view, policy->name));
  json_object_set_new(json, "title", words(view, policy->title));
  json_object_set_new(json, "version", words(view, policy->version));
  json_object_set_new(json, "owner", words(view, policy->owner));
  json_object_set_new(json, "layer",
                      json_string(term_layer((Layer)policy->layer)));
  json_object_set_new(json, "sha256", hash_json(view));
  json_object_set_new(json, "in-force",
                      json_boolean(view_policy_in_force(view)));
  json_object_set_new(json, "next-review",
                      day_json(view, policy->next_review));
  json_object_set_new(json, "if-unsure", words(view, policy->if_unsure));
  return json;
}

/* --------------------------------------------------------------- findings */

static void put_verdict(const View *view, json_t *json)
{
  static const char *const until[] = {
    [UNTIL_NOTHING] = NULL, [UNTIL_TALK_FIRST] = "talk-first",
    [UNTIL_FIND_OUT] = "find-out",
  };
  const Answer *answer = view->answer;
  const char *then = until[view_until_then(view)];
  json_t *range = json_array();
  json_array_append_new(range, verdict_json(answer->low));
  json_array_append_new(range, verdict_json(answer->high));
  json_object_set_new(json, "verdict",
                      answer->settled ? verdict_json(answer->low)
                                      : json_null());
  json_object_set_new(json, "settled", json_boolean(answer->settled));
  json_object_set_new(json, "exhausted", json_boolean(answer->exhausted));
  json_object_set_new(json, "range", range);
  json_object_set_new(json, "until-then",
                      then ? json_string(then) : json_null());
}

static json_t *holding_back_json(const View *view)
{
  json_t *json = json_object(), *rules = json_array();
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_lists(view, i) &&
        view_rule(view, i)->kind == RULE_HOLDING_BACK &&
        view_state(view, i) != THREE_NO)
      json_array_append_new(rules, name_json(view, i));
  json_object_set_new(json, "may-harm",
                      json_string(term_three(view->answer->may_harm)));
  json_object_set_new(json, "rules", rules);
  return json;
}

static json_t *tension_json(const View *view)
{
  Three tension = view->answer->tension;
  return tension == THREE_OPEN ? json_null()
                               : json_boolean(tension == THREE_YES);
}

json_t *answer_emergency_json(const View *view)
{
  json_t *json = json_object(), *rules = json_array(), *act = json_array();
  Three state = view->answer->emergency;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (view_rule(view, i)->kind != RULE_EMERGENCY || state == THREE_NO ||
        view_state(view, i) != state)
      continue;
    json_t *lines = answer_lines_json(view, i, LINE_ACT);
    json_array_append_new(rules, name_json(view, i));
    json_array_extend(act, lines);
    json_decref(lines);
  }
  json_object_set_new(json, "state", json_string(term_three(state)));
  json_object_set_new(json, "rules", rules);
  json_object_set_new(json, "act", act);
  return json;
}

static json_t *deciding_json(const View *view)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->answer->deciding_count; i++)
    json_array_append_new(list, name_json(view, view->answer->deciding[i]));
  return list;
}

/* An otherwise that speaks comes before one that may, and that before one that
 * does not; among equals, the more cautious. */
static int otherwise_rank(const View *view, uint32_t rule)
{
  const RuleAnswer *one = &view->answer->rules[rule];
  Three state = view_state(view, rule);
  if (view_rule(view, rule)->kind != RULE_OTHERWISE ||
      one->standing == STANDING_ELSEWHERE)
    return -1;
  return (state == THREE_YES ? 16 : state == THREE_OPEN ? 8 : 0) +
         one->counts;
}

static uint32_t find_otherwise(const View *view)
{
  uint32_t best = NONE;
  int rank = -1;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (otherwise_rank(view, i) <= rank) continue;
    rank = otherwise_rank(view, i);
    best = i;
  }
  return best;
}

static json_t *otherwise_json(const View *view)
{
  uint32_t rule = find_otherwise(view);
  if (rule == NONE) return json_null();
  const RuleAnswer *one = &view->answer->rules[rule];
  json_t *json = json_object();
  json_object_set_new(json, "speaks",
                      json_string(term_three(view_state(view, rule))));
  json_object_set_new(json, "finding",
                      verdict_json((Verdict)view_rule(view, rule)->finding));
  json_object_set_new(json, "agreed", json_boolean(one->agreed));
  json_object_set_new(json, "who", answer_who_json(view, rule));
  json_object_set_new(json, "because",
                      answer_lines_json(view, rule, LINE_BECAUSE));
  json_object_set_new(json, "cites", answer_cites_json(view, rule));
  json_object_set_new(
      json, "at",
      answer_place_json(view, image_rule_place(view->image, rule)));
  return json;
}

static json_t *rules_json(const View *view)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_lists(view, i))
      json_array_append_new(list, answer_rule_json(view, i));
  return list;
}

/* ----------------------------------------------------------------- duties */

static json_t *time_json(const View *view, const Duty *duty, DutyWhen when)
{
  Buffer out = {.arena = view->arena};
  if (duty->when != when) return json_null();
  json_t *json = json_object();
  number_print(&out, duty->amount);
  json_object_set_new(json, "amount",
                      json_text(view->arena, buffer_text(&out)));
  json_object_set_new(json, "unit",
                      json_string(unit_name((Unit)duty->unit, true)));
  return json;
}

static json_t *duty_json(const View *view, uint32_t number)
{
  static const char *const whens[DUTY_WHEN_COUNT] = {
    [DUTY_WHENEVER] = "whenever", [DUTY_WITHIN] = "within",
    [DUTY_BEFORE] = "before", [DUTY_EVERY] = "every", [DUTY_EACH] = "each",
  };
  const Duty *duty = &view->image->duties.at[number];
  Due due = view_due(view, duty);
  json_t *json = json_object();
  json_object_set_new(json, "tag", words(view, duty->tag));
  json_object_set_new(json, "text", words(view, duty->text));
  json_object_set_new(json, "when", json_string(whens[duty->when]));
  json_object_set_new(json, "within", time_json(view, duty, DUTY_WITHIN));
  json_object_set_new(json, "days",
                      due.known ? json_integer(due.days) : json_null());
  json_object_set_new(json, "due",
                      due.known ? day_json(view, due.day) : json_null());
  json_object_set_new(json, "every", time_json(view, duty, DUTY_EVERY));
  json_object_set_new(json, "always", json_boolean(duty->always));
  json_object_set_new(json, "by", words(view, duty->by));
  json_object_set_new(json, "rule", name_json(view, duty->rule));
  json_object_set_new(
      json, "state",
      json_string(term_three((Three)view->answer->duties[number])));
  return json;
}

static bool has_duties(const View *view, uint32_t rule)
{
  bool otherwise = view_rule(view, rule)->kind == RULE_OTHERWISE &&
                   view->answer->rules[rule].standing != STANDING_ELSEWHERE;
  return otherwise || view_lists(view, rule) || view_is_review(view, rule);
}

static json_t *duties_json(const View *view)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    Range duties = view_rule(view, i)->duties;
    if (!has_duties(view, i)) continue;
    for (uint32_t d = 0; d < duties.count; d++)
      json_array_append_new(list, duty_json(view, duties.first + d));
  }
  return list;
}

/* ------------------------------------------------------- lines of rules */

static json_t *line_json(const View *view, uint32_t rule, const Line *line)
{
  json_t *json = json_object();
  json_object_set_new(json, "text", words(view, line->text));
  if (line->kind == LINE_WEIGH) {
    json_object_set_new(json, "fact", fact_json(view, line->fact));
    json_object_set_new(
        json, "given",
        line->fact == NONE
            ? json_null()
            : json_text(view->arena, view_given(view, line->fact)));
  }
  json_object_set_new(json, "rule", name_json(view, rule));
  return json;
}

static bool gives_lines(const View *view, uint32_t rule, LineKind kind)
{
  if (kind == LINE_INSTEAD) return view_offers_instead(view, rule);
  if (!view_in_force(view, rule)) return false;
  return view_rule(view, rule)->kind != RULE_REVIEW ||
         view_is_review(view, rule);
}

static json_t *lines_json(const View *view, LineKind kind)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    const Line *line;
    uint32_t at = 0;
    if (!gives_lines(view, i, kind)) continue;
    while ((line = view_next_line(view, i, kind, &at)))
      json_array_append_new(list, line_json(view, i, line));
  }
  return list;
}

/* ---------------------------------------------------- facts and questions */

static json_t *reasons_json(const View *view)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->answer->reason_count; i++)
    json_array_append_new(list, fact_json(view, view->answer->reasons[i]));
  return list;
}

json_t *answer_change_json(const View *view, const Change *change)
{
  json_t *json = json_object(), *set = json_array();
  for (uint32_t i = 0; i < change->step_count; i++) {
    json_t *step = json_object();
    json_object_set_new(step, "fact", fact_json(view, change->steps[i].fact));
    json_object_set_new(step, "to",
                        json_text(view->arena, change->steps[i].to));
    json_array_append_new(set, step);
  }
  json_object_set_new(json, "verdict", verdict_json(change->verdict));
  json_object_set_new(json, "set", set);
  return json;
}

static json_t *changes_json(const View *view)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->answer->change_count; i++)
    json_array_append_new(
        list, answer_change_json(view, &view->answer->changes[i]));
  return list;
}

static json_t *matters_json(uint32_t matters)
{
  static const char *const names[MATTER_COUNT] = {
    [MATTERS_EMERGENCY] = "emergency", [MATTERS_VERDICT] = "verdict",
    [MATTERS_HOLDING_BACK] = "holding-back", [MATTERS_DUTIES] = "duties",
  };
  json_t *list = json_array();
  for (int m = 0; m < MATTER_COUNT; m++)
    if (matters >> m & 1) json_array_append_new(list, json_string(names[m]));
  return list;
}

static json_t *question_json(const View *view, const Question *question)
{
  Text *choices;
  uint32_t count = fact_choices(view->arena, view->image, question->fact,
                                view->situation->as_of, &choices);
  json_t *json = json_object(), *values = json_array();
  for (uint32_t i = 0; i < count; i++)
    json_array_append_new(values, json_text(view->arena, choices[i]));
  json_object_set_new(json, "fact", fact_json(view, question->fact));
  json_object_set_new(
      json, "ask",
      words(view, view->image->facts.at[question->fact].question));
  json_object_set_new(json, "values", values);
  json_object_set_new(json, "matters-for", matters_json(question->matters));
  return json;
}

static json_t *questions_json(const View *view)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->answer->question_count; i++)
    json_array_append_new(list,
                          question_json(view, &view->answer->questions[i]));
  return list;
}

/* ------------------------------------------------------------- the whole */

static json_t *review_json(const View *view)
{
  if (view->situation->tense != TENSE_HAPPENED) return json_null();
  json_t *json = json_object(), *rules = json_array();
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_is_review(view, i))
      json_array_append_new(rules, answer_rule_json(view, i));
  json_object_set_new(json, "title",
                      words(view, view->image->policy.at[0].review_title));
  json_object_set_new(json, "rules", rules);
  return json;
}

static json_t *notes_json(const View *view)
{
  json_t *json = json_object();
  json_object_set_new(json, "intention",
                      json_text(view->arena, view->situation->intention));
  return json;
}

static json_t *boundary_json(const View *view)
{
  uint32_t boundary = view->situation->boundary;
  if (boundary == NONE) return json_null();
  return words(view, view->image->boundaries.at[boundary].name);
}

json_t *answer_json(const View *view)
{
  const Situation *situation = view->situation;
  json_t *json = json_object();
  json_object_set_new(json, "stile", json_integer(1));
  json_object_set_new(json, "policy", policy_json(view));
  json_object_set_new(json, "boundary", boundary_json(view));
  json_object_set_new(json, "as-of", day_json(view, situation->as_of));
  json_object_set_new(json, "tense",
                      json_string(term_tense(situation->tense)));
  put_verdict(view, json);
  json_object_set_new(json, "holding-back", holding_back_json(view));
  json_object_set_new(json, "tension", tension_json(view));
  json_object_set_new(json, "emergency", answer_emergency_json(view));
  json_object_set_new(json, "deciding", deciding_json(view));
  json_object_set_new(json, "otherwise", otherwise_json(view));
  json_object_set_new(json, "rules", rules_json(view));
  json_object_set_new(json, "duties", duties_json(view));
  json_object_set_new(json, "weigh", lines_json(view, LINE_WEIGH));
  json_object_set_new(json, "reflect", lines_json(view, LINE_REFLECT));
  json_object_set_new(json, "instead", lines_json(view, LINE_INSTEAD));
  json_object_set_new(json, "reasons", reasons_json(view));
  json_object_set_new(json, "changes", changes_json(view));
  json_object_set_new(json, "questions", questions_json(view));
  json_object_set_new(json, "review", review_json(view));
  json_object_set_new(json, "notes", notes_json(view));
  return json;
}

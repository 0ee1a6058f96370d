#include "cli/answer_view.h"

#include "runtime/duty.h"

const Rule *view_rule(const View *view, uint32_t rule)
{
  return &view->image->rules.at[rule];
}

Text view_full_name(const View *view, uint32_t rule)
{
  return image_text(view->image, view_rule(view, rule)->full_name);
}

Text view_title(const View *view, uint32_t rule)
{
  Text title = image_text(view->image, view_rule(view, rule)->title);
  return text_is_none(title) ? view_full_name(view, rule) : title;
}

static bool is_listed_kind(uint32_t kind)
{
  return kind == RULE || kind == RULE_NEVER || kind == RULE_EXCEPTION ||
         kind == RULE_HOLDING_BACK;
}

bool view_lists(const View *view, uint32_t rule)
{
  return view->answer->in_scope &&
         is_listed_kind(view_rule(view, rule)->kind) &&
         view->answer->rules[rule].standing != STANDING_ELSEWHERE;
}

bool view_in_force(const View *view, uint32_t rule)
{
  return view->answer->rules[rule].standing == STANDING_IN_FORCE;
}

Three view_state(const View *view, uint32_t rule)
{
  uint8_t standing = view->answer->rules[rule].standing;
  if (standing == STANDING_IN_FORCE) return THREE_YES;
  return standing == STANDING_OPEN ? THREE_OPEN : THREE_NO;
}

bool view_is_review(const View *view, uint32_t rule)
{
  return view->answer->in_scope &&
         view->situation->tense == TENSE_HAPPENED &&
         view_rule(view, rule)->kind == RULE_REVIEW &&
         view->answer->rules[rule].standing != STANDING_ELSEWHERE;
}

bool view_displaces(const View *view, uint32_t exception, uint32_t rule)
{
  const Rule *one = view_rule(view, exception);
  uint8_t standing = view->answer->rules[rule].standing;
  if (standing != STANDING_DISPLACED && standing != STANDING_OPEN)
    return false;
  if (one->kind != RULE_EXCEPTION ||
      view_state(view, exception) == THREE_NO ||
      !view_lists(view, exception))
    return false;
  for (uint32_t i = 0; i < one->displaces.count; i++)
    if (view->image->links.at[one->displaces.first + i].rule == rule)
      return true;
  return false;
}

const Line *view_next_line(const View *view, uint32_t rule, LineKind kind,
                           uint32_t *at)
{
  Range lines = view_rule(view, rule)->lines;
  while (*at < lines.count) {
    const Line *line = &view->image->lines.at[lines.first + (*at)++];
    if (line->kind == kind) return line;
  }
  return NULL;
}

bool view_offers_instead(const View *view, uint32_t rule)
{
  uint32_t kind = view_rule(view, rule)->kind;
  uint8_t counts = view->answer->rules[rule].counts;
  if (!view_in_force(view, rule)) return false;
  if (kind == RULE_HOLDING_BACK) return true;
  return kind != RULE_REVIEW && kind != RULE_EMERGENCY &&
         (counts == HOLD || counts == NEVER);
}

UntilThen view_until_then(const View *view)
{
  const Answer *answer = view->answer;
  if (answer->settled || !answer->in_scope) return UNTIL_NOTHING;
  if (answer->high >= CONSULT || answer->low == SILENT)
    return UNTIL_TALK_FIRST;
  return UNTIL_FIND_OUT;
}

Due view_due(const View *view, const Duty *duty)
{
  Day today = view->situation->as_of, day = duty_due(duty, today);
  if (day == DAY_NONE) return (Due){false, today, 0};
  return (Due){true, day, day - today};
}

bool view_policy_in_force(const View *view)
{
  Day from = view->image->policy.at[0].in_force_from;
  return from == DAY_NONE || from <= view->situation->as_of;
}

bool view_review_overdue(const View *view)
{
  Day review = view->image->policy.at[0].next_review;
  return review != DAY_NONE && review < view->situation->as_of;
}

Text view_given(const View *view, uint32_t fact)
{
  const Given *given = &view->situation->facts[fact];
  return given->given ? given->text : TEXT_NONE;
}

Text view_fact_name(const View *view, uint32_t fact)
{
  const Fact *one = &view->image->facts.at[fact];
  return text_format(view->arena, "%s.%.*s",
                     term_dimension((Dimension)one->dimension),
                     TEXT_ARG(image_text(view->image, one->name)));
}

Text view_member(const View *view, const Member *member)
{
  const Fact *fact = &view->image->facts.at[member->fact];
  if (fact->type == TYPE_YES_NO) return image_text(view->image, fact->name);
  const Value *values = view->image->values.at + fact->values.first;
  return image_text(view->image, values[member->value].name);
}

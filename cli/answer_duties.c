/* What has to be done, weighed, and taken to supervision. */
#include "cli/answer_text.h"

/* ----------------------------------------------------------------- duties */

static Text length_words(const View *view, const Duty *duty)
{
  return wording_length(view->arena, duty->amount, (Unit)duty->unit);
}

static Text before_words(const View *view)
{
  return wording_of(WORDING_DUTY_BEFORE_PROPOSED, view->situation->tense);
}

static Text within_words(const View *view, const Duty *duty)
{
  Due due = view_due(view, duty);
  bool short_time = duty->unit == UNIT_MINUTES || duty->unit == UNIT_HOURS;
  if (short_time || !due.known)
    return answer_fill(view, WORDING_DUTY_WITHIN, length_words(view, duty),
                       TEXT_NONE);
  return answer_fill(view, WORDING_DUTY_BY_DAY,
                     answer_day_words(view, due.day), TEXT_NONE);
}

static Text time_words(const View *view, const Duty *duty)
{
  switch ((DutyWhen)duty->when) {
  case DUTY_WITHIN: return within_words(view, duty);
  case DUTY_BEFORE: return before_words(view);
  case DUTY_EVERY:
    return answer_fill(view, WORDING_DUTY_EVERY, length_words(view, duty),
                       TEXT_NONE);
  case DUTY_EACH: return wording(WORDING_DUTY_EACH);
  case DUTY_WHENEVER:
  case DUTY_WHEN_COUNT:
  default: return TEXT_NONE;
  }
}

Text answer_duty_words(const View *view, uint32_t number)
{
  const Duty *duty = &view->image->duties.at[number];
  Text said = answer_join(view, answer_sentence(view, duty->text),
                          time_words(view, duty));
  if (duty->by == NONE) return said;
  Text role = image_text(view->image, duty->by);
  return answer_join(view, said,
                     answer_fill(view, WORDING_DUTY_BY_ROLE, role,
                                 TEXT_NONE));
}

typedef Vec(Text) Said;

/* Two rules that ask for the same are one thing to do. */
static bool is_new(const View *view, Said *said, Text words)
{
  for (uint32_t i = 0; i < said->count; i++)
    if (text_equal(said->at[i], words)) return false;
  VEC_PUSH(view->arena, said, words);
  return true;
}

/* Adds the duties of one rule that are in this state and not said yet. */
static void add_duties(const View *view, uint32_t rule, Three state, Said *said,
                       Lines *lines)
{
  Range duties = view_rule(view, rule)->duties;
  for (uint32_t i = duties.first; i < duties.first + duties.count; i++) {
    if (view->answer->duties[i] != state) continue;
    Text words = answer_duty_words(view, i);
    if (is_new(view, said, words)) VEC_PUSH(view->arena, lines, words);
  }
}

static void put_list(Sheet *sheet, const Lines *lines)
{
  for (uint32_t i = 0; i < lines->count; i++)
    sheet_item(sheet, 2, "[ ] ", lines->at[i]);
}

static bool is_asked(const View *view, uint32_t rule)
{
  return view->answer->rules[rule].standing != STANDING_ELSEWHERE &&
         view_rule(view, rule)->kind != RULE_EMERGENCY;
}

static void add_state(const View *view, Three state, Said *said, Lines *lines)
{
  *lines = (Lines){0};
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    bool later = view_rule(view, i)->kind == RULE_REVIEW &&
                 (state == THREE_YES || !view_is_review(view, i));
    if (!later && is_asked(view, i)) add_duties(view, i, state, said, lines);
  }
}

/* What the policy says of repair, once something has happened. */
static void put_review(Sheet *sheet, const View *view, Said *said)
{
  bool any = false;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    const Line *line;
    uint32_t at = 0;
    Lines lines = {0};
    if (!view_is_review(view, i) || !view_in_force(view, i)) continue;
    if (!any) sheet_heading(sheet, answer_review_title(view));
    any = true;
    while ((line = view_next_line(view, i, LINE_BECAUSE, &at)))
      sheet_put(sheet, 2, answer_sentence(view, line->text));
    add_duties(view, i, THREE_YES, said, &lines);
    put_list(sheet, &lines);
  }
}

Text answer_review_title(const View *view)
{
  uint32_t own = view->image->policy.at[0].review_title;
  return own == NONE ? wording(WORDING_REVIEW_HEADING)
                     : image_text(view->image, own);
}

void answer_list_duties(const View *view, DutyLists *lists)
{
  Said said = {0};
  *lists = (DutyLists){0};
  add_state(view, THREE_YES, &said, &lists->stand);
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_is_review(view, i) && view_in_force(view, i))
      add_duties(view, i, THREE_YES, &said, &lists->review);
  add_state(view, THREE_OPEN, &said, &lists->open);
}

void answer_put_duties(Sheet *sheet, const View *view)
{
  Said said = {0};
  Lines lines;
  add_state(view, THREE_YES, &said, &lines);
  if (lines.count) sheet_heading(sheet, wording(WORDING_DUTY_HEADING));
  put_list(sheet, &lines);
  put_review(sheet, view, &said);
  add_state(view, THREE_OPEN, &said, &lines);
  if (!lines.count) return;
  sheet_heading(sheet, wording(WORDING_DUTY_OPEN_HEADING));
  sheet_put(sheet, 2, wording(WORDING_DUTY_OPEN));
  put_list(sheet, &lines);
}

/* -------------------------------------------------- weigh and supervision */

static bool speaks(const View *view, uint32_t rule)
{
  return view_in_force(view, rule) &&
         (view_rule(view, rule)->kind != RULE_REVIEW ||
          view_is_review(view, rule));
}

Text answer_weigh_words(const View *view, const Line *line)
{
  Text said = answer_sentence(view, line->text);
  if (line->fact == NONE) return said;
  Text given = answer_given_words(view, line->fact);
  if (text_is_none(given))
    return answer_join(view, said, wording(WORDING_WEIGH_UNKNOWN));
  return answer_join(view, said,
                     answer_fill(view, WORDING_WEIGH_GIVEN, given, TEXT_NONE));
}

static void put_lines(Sheet *sheet, const View *view, LineKind kind,
                      Wording heading, Wording note)
{
  bool any = false;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    const Line *line;
    uint32_t at = 0;
    if (!speaks(view, i)) continue;
    while ((line = view_next_line(view, i, kind, &at))) {
      if (!any) {
        sheet_heading(sheet, wording(heading));
        if (note != heading) sheet_put(sheet, 2, wording(note));
      }
      any = true;
      sheet_item(sheet, 2, "- ", answer_weigh_words(view, line));
    }
  }
}

void answer_put_weigh(Sheet *sheet, const View *view)
{
  put_lines(sheet, view, LINE_WEIGH, WORDING_WEIGH_HEADING,
            WORDING_WEIGH_UNSCORED);
}

void answer_put_reflect(Sheet *sheet, const View *view)
{
  put_lines(sheet, view, LINE_REFLECT, WORDING_REFLECT_HEADING,
            WORDING_REFLECT_HEADING);
}

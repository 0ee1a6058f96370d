/* One page in Markdown, to take to supervision. */
#include "cli/answer_text.h"

#include "base/utf8.h"

static void put_heading(Sheet *sheet, const char *mark, Text heading)
{
  sheet_gap(sheet);
  sheet_item(sheet, 0, mark, heading);
  buffer_put_char(&sheet->out, '\n');
}

static void put_top(Sheet *sheet, const View *view)
{
  const Policy *policy = &view->image->policy.at[0];
  uint32_t boundary = view->situation->boundary;
  Text title = view->situation->title;
  Text topic =
      image_text(view->image, view->image->boundaries.at[boundary].title);
  Text heading = text_is_none(title) ? topic : title;
  put_heading(sheet, "# ",
              text_format(view->arena, "%.*s: %.*s",
                          TEXT_ARG(wording(WORDING_AGENDA_HEADING)),
                          TEXT_ARG(heading)));
  Text line = answer_join(
      view, sentence(view->arena, topic),
      answer_fill(view, WORDING_ABOUT_DAY,
                  answer_day_words(view, view->situation->as_of), TEXT_NONE));
  line = answer_join(view, line,
                     answer_fill(view, WORDING_ABOUT_POLICY,
                                 image_text(view->image, policy->title),
                                 image_text(view->image, policy->name)));
  if (policy->version != NONE)
    line = answer_join(view, line,
                       answer_fill(view, WORDING_ABOUT_VERSION,
                                   image_text(view->image, policy->version),
                                   TEXT_NONE));
  sheet_put(sheet, 0, line);
}

static void put_lines(Sheet *sheet, const View *view, uint32_t rule,
                      LineKind kind)
{
  const Line *line;
  uint32_t at = 0;
  while ((line = view_next_line(view, rule, kind, &at)))
    sheet_item(sheet, 0, "- ", answer_sentence(view, line->text));
}

static void put_emergency(Sheet *sheet, const View *view)
{
  if (view->answer->emergency == THREE_NO) return;
  put_heading(sheet, "## ", wording(WORDING_EMERGENCY_HEADING));
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (view_rule(view, i)->kind != RULE_EMERGENCY ||
        view_state(view, i) == THREE_NO)
      continue;
    if (view_state(view, i) == THREE_OPEN) {
      sheet_item(sheet, 0, "- ", answer_emergency_words(view, i));
      continue;
    }
    sheet_item(sheet, 0, "- ", sentence(view->arena, view_title(view, i)));
    put_lines(sheet, view, i, LINE_ACT);
  }
}

static void put_says(Sheet *sheet, const View *view)
{
  const Answer *answer = view->answer;
  put_heading(sheet, "## ", wording(WORDING_AGENDA_VERDICT));
  sheet_item(sheet, 0, "- ", answer_verdict_words(view));
  for (uint32_t i = 0; i < answer->deciding_count; i++)
    put_lines(sheet, view, answer->deciding[i], LINE_BECAUSE);
  if (answer->tension == THREE_YES)
    sheet_item(sheet, 0, "- ", wording(WORDING_TENSION));
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_rule(view, i)->kind == RULE_HOLDING_BACK &&
        view_in_force(view, i))
      put_lines(sheet, view, i, LINE_BECAUSE);
}

/* The lines of one kind of every rule in force. */
static void put_all(Sheet *sheet, const View *view, LineKind kind)
{
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (kind == LINE_INSTEAD
            ? view_offers_instead(view, i)
            : view_in_force(view, i) &&
                  (view_rule(view, i)->kind != RULE_REVIEW ||
                   view_is_review(view, i)))
      put_lines(sheet, view, i, kind);
}

static void put_talk(Sheet *sheet, const View *view)
{
  put_heading(sheet, "## ", wording(WORDING_AGENDA_TALK));
  sheet_item(sheet, 0, "- ", wording(WORDING_AGENDA_PERSON));
  sheet_item(sheet, 0, "- ", wording(WORDING_AGENDA_BOTH));
  put_all(sheet, view, LINE_WEIGH);
  put_all(sheet, view, LINE_REFLECT);
  put_all(sheet, view, LINE_INSTEAD);
}

static void put_find(Sheet *sheet, const View *view)
{
  const Answer *answer = view->answer;
  if (!answer->question_count) return;
  put_heading(sheet, "## ", wording(WORDING_AGENDA_FIND));
  for (uint32_t i = 0; i < answer->question_count; i++)
    sheet_item(sheet, 0, "- ",
               answer_question(view, answer->questions[i].fact));
}

static void put_duties(Sheet *sheet, const View *view)
{
  bool any = false;
  for (uint32_t i = 0; i < view->image->duties.count; i++) {
    uint32_t rule = view->image->duties.at[i].rule;
    if (view->answer->duties[i] != THREE_YES ||
        (view_rule(view, rule)->kind == RULE_REVIEW &&
         !view_is_review(view, rule)))
      continue;
    if (!any) put_heading(sheet, "## ", wording(WORDING_DUTY_HEADING));
    any = true;
    sheet_item(sheet, 0, "- [ ] ", answer_duty_words(view, i));
  }
}

void answer_agenda(Sheet *sheet, const View *view)
{
  if (!view->answer->in_scope) {
    put_emergency(sheet, view);
    return;
  }
  put_top(sheet, view);
  put_emergency(sheet, view);
  put_says(sheet, view);
  put_talk(sheet, view);
  put_find(sheet, view);
  put_duties(sheet, view);
  put_heading(sheet, "## ", wording(WORDING_AGENDA_AGREED));
  sheet_put(sheet, 0, wording(WORDING_AGENDA_AGREED_LINE));
  sheet_gap(sheet);
  sheet_put(sheet, 0, wording(WORDING_AGENDA_NEXT));
}

/* The answer in three lines, for somebody with a minute. */
#include "cli/answer_text.h"

static Text emergency_words(const View *view)
{
  Text said = TEXT_NONE;
  if (view->answer->emergency == THREE_NO) return said;
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_rule(view, i)->kind == RULE_EMERGENCY &&
        view_state(view, i) != THREE_NO)
      said = answer_join(view, said,
                         view_in_force(view, i)
                             ? answer_emergency_now(view, i)
                             : answer_emergency_short(view, i));
  return said;
}

/* Is the second line the first question? */
static bool asks_first(const View *view)
{
  return view_until_then(view) == UNTIL_FIND_OUT &&
         view->answer->question_count;
}

/* Who to talk to; if it is nobody, the first reason. */
static Text second_words(const View *view)
{
  const Answer *answer = view->answer;
  const Line *line;
  Lines lines;
  Text said = TEXT_NONE;
  uint32_t at = 0;
  answer_list_who(view, &lines);
  for (uint32_t i = 0; i < lines.count; i++)
    said = answer_join(view, said, lines.at[i]);
  if (said.length) return said;
  line = answer->deciding_count
             ? view_next_line(view, answer->deciding[0], LINE_BECAUSE, &at)
             : NULL;
  if (line) return answer_sentence(view, line->text);
  return asks_first(view) ? answer_question(view, answer->questions[0].fact)
                          : answer_unsure(view);
}

/* The first day by which a duty that stands is due. */
static Day first_due(const View *view)
{
  Day first = DAY_NONE;
  for (uint32_t i = 0; i < view->image->duties.count; i++) {
    Due due = view_due(view, &view->image->duties.at[i]);
    if (view->answer->duties[i] == THREE_YES && due.known &&
        (first == DAY_NONE || due.day < first))
      first = due.day;
  }
  return first;
}

static Text duty_words(const View *view)
{
  DutyLists lists;
  Day first = first_due(view);
  answer_list_duties(view, &lists);
  uint32_t count = lists.stand.count + lists.review.count;
  Text number = text_format(view->arena, "%u", count);
  if (!count) return TEXT_NONE;
  if (first == DAY_NONE)
    return answer_fill(view, WORDING_BRIEF_TO_DO, number, TEXT_NONE);
  return answer_fill(view, WORDING_BRIEF_TO_DO_BY, number,
                     answer_day_words(view, first));
}

/* What to find out, where that could make another guidance of it; in danger
 * there is no time to. */
static Text question_words(const View *view)
{
  const Answer *answer = view->answer;
  if (answer->settled || answer->low >= HOLD || asks_first(view) ||
      answer->emergency == THREE_YES || !answer->question_count)
    return TEXT_NONE;
  return answer_fill(view, WORDING_BRIEF_FIND_OUT,
                     answer_question(view, answer->questions[0].fact),
                     TEXT_NONE);
}

static Text third_words(const View *view)
{
  bool happened = view->situation->tense == TENSE_HAPPENED;
  Text said = TEXT_NONE;
  if (view->answer->tension == THREE_YES)
    said = wording(happened ? WORDING_TENSION_HAPPENED : WORDING_TENSION);
  said = answer_join(view, said, question_words(view));
  said = answer_join(view, said, duty_words(view));
  return said.length ? said : wording(WORDING_GUIDANCE);
}

static void put_line(Sheet *sheet, Text text)
{
  Buffer line = {.arena = sheet->out.arena};
  for (uint32_t i = 0; i < text.length; i++)
    buffer_put_char(&line, text.at[i] == '\n' ? ' ' : text.at[i]);
  sheet_put(sheet, 0, buffer_text(&line));
}

void answer_brief(Sheet *sheet, const View *view)
{
  Text emergency = emergency_words(view);
  sheet->width = 0;
  if (!view->answer->in_scope) {
    if (emergency.length) put_line(sheet, emergency);
    return;
  }
  put_line(sheet, answer_join(view, emergency, answer_verdict_words(view)));
  put_line(sheet, second_words(view));
  put_line(sheet, third_words(view));
}

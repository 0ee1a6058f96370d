#include "cli/answer_text.h"

#include "base/utf8.h"
#include "cli/language.h"
#include "cli/policy_texts.h"

static Text safe(const View *view, uint32_t text)
{
  return utf8_safe(view->arena, image_text(view->image, text), false);
}

/* ------------------------------------------------------- about the answer */

/* With these, what to do when unsure is always said. */
static bool needs_unsure(const View *view)
{
  const Answer *answer = view->answer;
  return !answer->settled || answer->low == SILENT || answer->low >= HOLD;
}

static void put_unsure(Sheet *sheet, const View *view)
{
  if (!needs_unsure(view) && view->image->policy.at[0].if_unsure == NONE)
    return;
  sheet_heading(sheet, wording(WORDING_UNSURE_HEADING));
  sheet_put(sheet, 2, answer_unsure(view));
}

static void put_situation(Sheet *sheet, const View *view)
{
  uint32_t boundary = view->situation->boundary;
  Text title = view->situation->title;
  Text about = boundary == NONE
                   ? TEXT_NONE
                   : safe(view, view->image->boundaries.at[boundary].title);
  if (!text_is_none(title) && about.length)
    about = text_format(view->arena, "%.*s. %.*s", TEXT_ARG(about),
                        TEXT_ARG(utf8_safe(view->arena, title, false)));
  else if (!text_is_none(title))
    about = title;
  if (about.length)
    sheet_put(sheet, 2,
              answer_fill(view, WORDING_ABOUT_SITUATION,
                          sentence(view->arena, about), TEXT_NONE));
}

static void put_policy(Sheet *sheet, const View *view)
{
  const Policy *policy = &view->image->policy.at[0];
  Text line = answer_fill(view, WORDING_ABOUT_POLICY,
                          safe(view, policy->title),
                          safe(view, policy->name));
  if (policy->version != NONE)
    line = answer_join(view, line,
                       answer_fill(view, WORDING_ABOUT_VERSION,
                                   safe(view, policy->version), TEXT_NONE));
  if (policy->owner != NONE)
    line = answer_join(view, line,
                       answer_fill(view, WORDING_ABOUT_OWNER,
                                   safe(view, policy->owner), TEXT_NONE));
  sheet_put(sheet, 2, line);
}

static void put_day(Sheet *sheet, const View *view)
{
  const Policy *policy = &view->image->policy.at[0];
  sheet_put(sheet, 2,
            answer_fill(view, WORDING_ABOUT_DAY,
                        answer_day_words(view, view->situation->as_of),
                        TEXT_NONE));
  if (!view_policy_in_force(view))
    sheet_put(sheet, 2,
              answer_fill(view, WORDING_ABOUT_NOT_YET,
                          answer_day_words(view, policy->in_force_from),
                          TEXT_NONE));
  if (view_review_overdue(view))
    sheet_put(sheet, 2,
              answer_fill(view, WORDING_ABOUT_OVERDUE,
                          answer_day_words(view, policy->next_review),
                          TEXT_NONE));
}

Text answer_language_words(const View *view)
{
  Text missing = policy_texts_missing() ? wording(WORDING_NOT_TRANSLATED)
                                        : TEXT_NONE;
  return answer_join(view, missing,
                     language_reviewed() ? TEXT_NONE
                                         : wording(WORDING_NOT_REVIEWED));
}

void answer_put_about(Sheet *sheet, const View *view)
{
  sheet_heading(sheet, wording(WORDING_ABOUT_HEADING));
  put_situation(sheet, view);
  put_policy(sheet, view);
  put_day(sheet, view);
  sheet_put(sheet, 2, wording(WORDING_GUIDANCE));
  Text language = answer_language_words(view);
  if (language.length) sheet_put(sheet, 2, language);
}

/* -------------------------------------------------------------- the whole */

void answer_text(Sheet *sheet, const View *view)
{
  answer_put_emergency(sheet, view);
  if (!view->answer->in_scope) return;
  answer_put_verdict(sheet, view);
  answer_put_who(sheet, view);
  answer_put_tension(sheet, view);
  answer_put_instead(sheet, view);
  answer_put_why(sheet, view);
  answer_put_holding_back(sheet, view);
  answer_put_duties(sheet, view);
  answer_put_weigh(sheet, view);
  answer_put_reflect(sheet, view);
  answer_put_not_done(sheet, view);
  answer_put_unknown(sheet, view);
  answer_put_changes(sheet, view);
  answer_put_intention(sheet, view);
  put_unsure(sheet, view);
  answer_put_about(sheet, view);
}

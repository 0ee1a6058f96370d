/* One page to take to supervision: the situation as the person told it, what
 * the policy says and why, both risks, what to think about, what to do. */
#include "base/utf8.h"
#include "cli/answer_page.h"

static void put(Page *page, BlockKind kind, Text text)
{
  if (text.length) page_put(page, kind, text);
}

static void put_heading(Page *page, Wording heading)
{
  page_put(page, BLOCK_HEADING, wording(heading));
}

static Text fill_one(const View *view, Wording id, uint32_t text)
{
  return text == NONE ? TEXT_NONE
                      : answer_fill(view, id, image_text(view->image, text),
                                    TEXT_NONE);
}

static Text topic(const View *view)
{
  uint32_t boundary = view->situation->boundary;
  return image_text(view->image, view->image->boundaries.at[boundary].title);
}

static void put_top(Page *page, const View *view)
{
  Text title = view->situation->title;
  Text heading = text_is_none(title) ? topic(view) : title;
  put(page, BLOCK_TITLE,
      text_format(view->arena, "%.*s: %.*s",
                  TEXT_ARG(wording(WORDING_AGENDA_HEADING)),
                  TEXT_ARG(utf8_safe(view->arena, heading, false))));
}

static void put_lines(Page *page, const View *view, uint32_t rule,
                      LineKind kind, BlockKind block)
{
  const Line *line;
  uint32_t at = 0;
  while ((line = view_next_line(view, rule, kind, &at)))
    put(page, block, answer_sentence(view, line->text));
}

void page_put_emergency(Page *page, const View *view)
{
  if (view->answer->emergency == THREE_NO) return;
  put_heading(page, WORDING_EMERGENCY_HEADING);
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (view_rule(view, i)->kind != RULE_EMERGENCY ||
        view_state(view, i) == THREE_NO)
      continue;
    if (view_state(view, i) == THREE_OPEN) {
      put(page, BLOCK_ITEM, answer_emergency_words(view, i));
      continue;
    }
    put(page, BLOCK_WORDS,
        answer_fill(view, WORDING_EMERGENCY_NOW,
                    sentence(view->arena, view_title(view, i)), TEXT_NONE));
    put_lines(page, view, i, LINE_ACT, BLOCK_ITEM);
  }
}

/* ---------------------------------------------------------- the situation */

void page_put_facts(Page *page, const View *view)
{
  for (uint32_t i = 0; i < view->image->facts.count; i++) {
    Text given = answer_given_words(view, i);
    if (given.length)
      put(page, BLOCK_ITEM,
          answer_join(view, answer_question(view, i),
                      sentence(view->arena, answer_capital(view, given))));
  }
}

static void put_situation(Page *page, const View *view)
{
  Tense tense = view->situation->tense;
  put_heading(page, WORDING_AGENDA_SITUATION);
  put(page, BLOCK_WORDS,
      answer_join(view, sentence(view->arena, topic(view)),
                  wording_of(WORDING_AGENDA_PROPOSED, tense)));
  page_put_facts(page, view);
  Text intention = view->situation->intention;
  if (!text_is_none(intention))
    put(page, BLOCK_WORDS,
        answer_fill(view, WORDING_INTENTION,
                    sentence(view->arena, intention), TEXT_NONE));
}

/* ----------------------------------------------------- what it says, why */

void page_put_reason(Page *page, const View *view, uint32_t rule)
{
  put(page, BLOCK_ITEM, sentence(view->arena, view_title(view, rule)));
  put_lines(page, view, rule, LINE_BECAUSE, BLOCK_NOTE);
  for (uint32_t i = 0; i < answer_source_count(view, rule); i++)
    put(page, BLOCK_NOTE, answer_source_words(view, rule, i));
}

static bool speaks_now(const View *view, uint32_t rule)
{
  return (view_lists(view, rule) ||
          view_rule(view, rule)->kind == RULE_OTHERWISE) &&
         view_in_force(view, rule) && answer_has_finding(view, rule);
}

void page_put_says(Page *page, const View *view)
{
  const Answer *answer = view->answer;
  put(page, BLOCK_WORDS, answer_verdict_words(view));
  if (!answer->settled && answer->low != answer->high)
    put(page, BLOCK_WORDS,
        answer_fill(view, WORDING_RANGE, answer_short_words(answer->low),
                    answer_short_words(answer->high)));
  if (answer->exhausted)
    put(page, BLOCK_WORDS, wording(answer->settled
                                       ? WORDING_EXHAUSTED_SETTLED
                                       : WORDING_EXHAUSTED));
  if (answer->settled && answer->low == SILENT)
    put(page, BLOCK_WORDS, wording(WORDING_WHY_SILENT));
  for (uint32_t i = 0; i < answer->deciding_count; i++)
    page_put_reason(page, view, answer->deciding[i]);
  for (uint32_t i = 0; i < view->image->rules.count && !answer->settled; i++)
    if (speaks_now(view, i)) page_put_reason(page, view, i);
}

/* -------------------------------------------------------------- the risks */

/* The rules that see a risk in going ahead, by their titles. */
static bool put_ahead(Page *page, const View *view)
{
  bool any = false;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    const Rule *rule = view_rule(view, i);
    bool strict = rule->kind == RULE_NEVER || rule->finding >= CONSULT;
    if (!view_lists(view, i) || !strict || !view_in_force(view, i)) continue;
    any = true;
    put(page, BLOCK_ITEM, sentence(view->arena, view_title(view, i)));
  }
  return any;
}

static bool put_back(Page *page, const View *view)
{
  bool any = false;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (view_rule(view, i)->kind != RULE_HOLDING_BACK ||
        !view_lists(view, i) || !view_in_force(view, i))
      continue;
    any = true;
    put(page, BLOCK_ITEM, sentence(view->arena, view_title(view, i)));
    put_lines(page, view, i, LINE_BECAUSE, BLOCK_NOTE);
  }
  return any;
}

static void put_risks(Page *page, const View *view)
{
  const Answer *answer = view->answer;
  bool happened = view->situation->tense == TENSE_HAPPENED;
  put_heading(page, WORDING_AGENDA_RISKS);
  if (answer->tension == THREE_YES)
    put(page, BLOCK_WORDS,
        wording(happened ? WORDING_TENSION_HAPPENED : WORDING_TENSION));
  page_put(page, BLOCK_PART, wording(WORDING_AGENDA_AHEAD));
  if (!put_ahead(page, view))
    put(page, BLOCK_WORDS, wording(answer->settled ? WORDING_MAY_HARM_NO
                                                   : WORDING_AGENDA_OPEN));
  page_put(page, BLOCK_PART, wording(WORDING_AGENDA_BACK));
  if (!put_back(page, view))
    put(page, BLOCK_WORDS, wording(answer->may_harm == THREE_NO
                                       ? WORDING_MAY_HARM_NO
                                       : WORDING_AGENDA_OPEN));
}

/* --------------------------------------------------------- to think about */

static bool speaks(const View *view, uint32_t rule)
{
  return view_in_force(view, rule) &&
         (view_rule(view, rule)->kind != RULE_REVIEW ||
          view_is_review(view, rule));
}

void page_put_thinking(Page *page, const View *view, LineKind kind)
{
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    const Line *line;
    uint32_t at = 0;
    if (kind == LINE_INSTEAD ? !view_offers_instead(view, i)
                             : !speaks(view, i))
      continue;
    while ((line = view_next_line(view, i, kind, &at)))
      put(page, BLOCK_ITEM, answer_weigh_words(view, line));
  }
}

void page_put_who(Page *page, const View *view)
{
  Lines lines;
  answer_list_who(view, &lines);
  for (uint32_t i = 0; i < lines.count; i++)
    put(page, BLOCK_ITEM, lines.at[i]);
}

static void put_find(Page *page, const View *view)
{
  const Answer *answer = view->answer;
  put_heading(page, WORDING_AGENDA_FIND);
  for (uint32_t i = 0; i < answer->question_count; i++)
    put(page, BLOCK_ITEM, answer_question(view, answer->questions[i].fact));
}

/* ------------------------------------------------------------------ to do */

static void put_ticks(Page *page, const Lines *lines)
{
  for (uint32_t i = 0; i < lines->count; i++)
    put(page, BLOCK_TICK, lines->at[i]);
}

void page_put_duties(Page *page, const View *view)
{
  DutyLists lists;
  answer_list_duties(view, &lists);
  if (lists.review.count)
    put(page, BLOCK_HEADING,
        utf8_safe(view->arena, answer_review_title(view), false));
  put_ticks(page, &lists.review);
  put_heading(page, WORDING_DUTY_HEADING);
  put_ticks(page, &lists.stand);
  put_heading(page, WORDING_DUTY_OPEN_HEADING);
  if (lists.open.count) put(page, BLOCK_WORDS, wording(WORDING_DUTY_OPEN));
  put_ticks(page, &lists.open);
}

void page_put_policy_line(Page *page, const View *view)
{
  const Policy *policy = &view->image->policy.at[0];
  Day today = view->situation->as_of;
  Text line = answer_fill(view, WORDING_ABOUT_POLICY,
                          utf8_safe(view->arena,
                                    image_text(view->image, policy->title),
                                    false),
                          image_text(view->image, policy->name));
  line = answer_join(view, line,
                     fill_one(view, WORDING_ABOUT_VERSION, policy->version));
  line = answer_join(view, line,
                     fill_one(view, WORDING_ABOUT_OWNER, policy->owner));
  line = answer_join(view, line,
                     answer_fill(view, WORDING_ABOUT_DAY,
                                 answer_day_words(view, today), TEXT_NONE));
  put(page, BLOCK_WORDS, line);
}

void page_put_policy(Page *page, const View *view)
{
  const Policy *policy = &view->image->policy.at[0];
  put_heading(page, WORDING_ABOUT_HEADING);
  page_put_policy_line(page, view);
  if (view_review_overdue(view))
    put(page, BLOCK_WORDS,
        answer_fill(view, WORDING_ABOUT_OVERDUE,
                    answer_day_words(view, policy->next_review), TEXT_NONE));
  put(page, BLOCK_WORDS, wording(WORDING_GUIDANCE));
  Text language = answer_language_words(view);
  if (language.length) put(page, BLOCK_WORDS, language);
}

/* -------------------------------------------------------------- the whole */

void answer_agenda(const View *view, Page *page)
{
  *page = (Page){.arena = view->arena};
  put_top(page, view);
  page_put_emergency(page, view);
  put_situation(page, view);
  put_heading(page, WORDING_AGENDA_VERDICT);
  page_put_says(page, view);
  put_risks(page, view);
  put_heading(page, WORDING_WHO_HEADING);
  page_put_who(page, view);
  put_heading(page, WORDING_WEIGH_HEADING);
  page_put_thinking(page, view, LINE_WEIGH);
  put_heading(page, WORDING_AGENDA_TALK);
  put(page, BLOCK_ITEM, wording(WORDING_AGENDA_PERSON));
  put(page, BLOCK_ITEM, wording(WORDING_AGENDA_BOTH));
  page_put_thinking(page, view, LINE_REFLECT);
  put_heading(page, WORDING_INSTEAD_HEADING);
  page_put_thinking(page, view, LINE_INSTEAD);
  put_find(page, view);
  page_put_duties(page, view);
  put_heading(page, WORDING_AGENDA_AGREED);
  put(page, BLOCK_WORDS, wording(WORDING_AGENDA_AGREED_LINE));
  put(page, BLOCK_WORDS, wording(WORDING_AGENDA_NEXT));
  put_heading(page, WORDING_UNSURE_HEADING);
  put(page, BLOCK_WORDS, answer_unsure(view));
  page_put_policy(page, view);
  page_finish(page);
}

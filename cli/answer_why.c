/* Tension, other ways, why, and what holding back may do. */
#include "cli/answer_text.h"

enum { OPEN_MOST = 40 }; /* rules that may apply, listed */

void answer_put_tension(Sheet *sheet, const View *view)
{
  if (view->answer->tension != THREE_YES) return;
  bool happened = view->situation->tense == TENSE_HAPPENED;
  sheet_heading(sheet, wording(WORDING_TENSION_HEADING));
  sheet_put(sheet, 2,
            wording(happened ? WORDING_TENSION_HAPPENED : WORDING_TENSION));
}

/* ------------------------------------------------------------- other ways */

static void put_lines(Sheet *sheet, const View *view, uint32_t rule,
                      LineKind kind)
{
  const Line *line;
  uint32_t at = 0;
  while ((line = view_next_line(view, rule, kind, &at)))
    sheet_item(sheet, 2, "- ", answer_sentence(view, line->text));
}

/* The reasons of a rule whose title stands above them. */
static void put_because(Sheet *sheet, const View *view, uint32_t rule)
{
  const Line *line;
  uint32_t at = 0;
  while ((line = view_next_line(view, rule, LINE_BECAUSE, &at)))
    sheet_put(sheet, 4, answer_sentence(view, line->text));
}

static bool has_line(const View *view, uint32_t rule, LineKind kind)
{
  uint32_t at = 0;
  return view_next_line(view, rule, kind, &at) != NULL;
}

static bool is_holding_back(const View *view, uint32_t rule)
{
  return view_rule(view, rule)->kind == RULE_HOLDING_BACK;
}

void answer_put_instead(Sheet *sheet, const View *view)
{
  bool any = false;
  if (!answer_holds_back(view)) return;
  for (int second = 0; second < 2; second++)
    for (uint32_t i = 0; i < view->image->rules.count; i++) {
      if (is_holding_back(view, i) != second ||
          !view_offers_instead(view, i) || !has_line(view, i, LINE_INSTEAD))
        continue;
      if (!any) sheet_heading(sheet, wording(WORDING_INSTEAD_HEADING));
      any = true;
      put_lines(sheet, view, i, LINE_INSTEAD);
    }
}

/* -------------------------------------------------------------------- why */

static Text cite_words(const View *view, const Cite *cite)
{
  const SourceWork *source = &view->image->sources.at[cite->source];
  Text title = image_text(view->image, source->title);
  Text clause = image_text(view->image, cite->clause);
  if (!text_is_none(clause))
    title = answer_fill(view, WORDING_SOURCE_CLAUSE, title, clause);
  return answer_fill(view,
                     source->checked ? WORDING_SOURCE
                                     : WORDING_SOURCE_UNCHECKED,
                     title, TEXT_NONE);
}

uint32_t answer_source_count(const View *view, uint32_t number)
{
  const Rule *rule = view_rule(view, number);
  if (rule->cites.count) return rule->cites.count;
  return rule->kind != RULE_OTHERWISE;
}

Text answer_source_words(const View *view, uint32_t number, uint32_t source)
{
  Range cites = view_rule(view, number)->cites;
  if (!cites.count) return wording(WORDING_SOURCE_MISSING);
  return cite_words(view, &view->image->cites.at[cites.first + source]);
}

static void put_sources(Sheet *sheet, const View *view, uint32_t number)
{
  const Rule *rule = view_rule(view, number);
  for (uint32_t i = 0; i < answer_source_count(view, number); i++)
    sheet_put(sheet, 4, answer_source_words(view, number, i));
  if (rule->layer == LAYER_LAW)
    sheet_put(sheet, 4, wording(WORDING_LAYER_LAW));
  if (rule->layer == LAYER_REGULATOR)
    sheet_put(sheet, 4, wording(WORDING_LAYER_REGULATOR));
}

static void put_name(Sheet *sheet, const View *view, uint32_t number)
{
  Text name = view_full_name(view, number);
  Text title = image_text(view->image, view_rule(view, number)->title);
  if (view_rule(view, number)->kind == RULE_OTHERWISE)
    sheet_put(sheet, 4,
              answer_fill(view, WORDING_OTHERWISE_NAME, name, TEXT_NONE));
  else if (text_is_none(title))
    sheet_put(sheet, 4,
              answer_fill(view, WORDING_RULE_NAME_ONLY, name, TEXT_NONE));
  else
    sheet_put(sheet, 4, answer_fill(view, WORDING_RULE_NAME, name, title));
}

/* The rules that an exception in force sets aside. */
static void put_set_aside(Sheet *sheet, const View *view, uint32_t exception)
{
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view->answer->rules[i].standing == STANDING_DISPLACED &&
        view_displaces(view, exception, i))
      sheet_put(sheet, 4,
                answer_fill(view, WORDING_SETS_ASIDE,
                            sentence(view->arena, view_title(view, i)),
                            TEXT_NONE));
}

static void put_reason(Sheet *sheet, const View *view, uint32_t rule)
{
  put_lines(sheet, view, rule, LINE_BECAUSE);
  put_name(sheet, view, rule);
  put_set_aside(sheet, view, rule);
  put_sources(sheet, view, rule);
}

/* "A small gift. Go ahead, with care." */
static Text rule_words(const View *view, uint32_t rule)
{
  Verdict counts = (Verdict)view->answer->rules[rule].counts;
  Text said = answer_short_words(counts);
  if (view_rule(view, rule)->who.count && !view->answer->rules[rule].agreed)
    said = answer_fill(view,
                       view_rule(view, rule)->unless_agreed
                           ? WORDING_WHY_AGREE
                           : WORDING_WHY_TALK,
                       answer_who_words(view, rule), TEXT_NONE);
  if (view_rule(view, rule)->kind == RULE_OTHERWISE)
    return answer_fill(view, WORDING_WHY_OTHERWISE, said, TEXT_NONE);
  return answer_fill(view, WORDING_WHY_RULE,
                     sentence(view->arena, view_title(view, rule)), said);
}

bool answer_has_finding(const View *view, uint32_t rule)
{
  uint32_t kind = view_rule(view, rule)->kind;
  return kind == RULE_NEVER || (view_rule(view, rule)->finding != SILENT &&
                                kind != RULE_HOLDING_BACK);
}

static bool is_shown(const View *view, uint32_t rule, Three wanted)
{
  bool counts = view_lists(view, rule) ||
                view_rule(view, rule)->kind == RULE_OTHERWISE;
  return counts && view_state(view, rule) == wanted &&
         answer_has_finding(view, rule);
}

/* While nothing is settled: the rules with a finding that apply already. */
static void put_now(Sheet *sheet, const View *view)
{
  bool any = false;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (!is_shown(view, i, THREE_YES)) continue;
    if (!any) sheet_heading(sheet, wording(WORDING_WHY_NOW_HEADING));
    any = true;
    sheet_item(sheet, 2, "- ", rule_words(view, i));
    put_because(sheet, view, i);
    put_sources(sheet, view, i);
  }
}

/* May the rule apply, and is it a line never crossed, or none? */
static bool is_open(const View *view, uint32_t rule, bool never)
{
  return is_shown(view, rule, THREE_OPEN) &&
         (view_rule(view, rule)->kind == RULE_NEVER) == never;
}

static uint32_t count_open(const View *view, bool never)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    count += is_open(view, i, never);
  return count;
}

static void put_open_rules(Sheet *sheet, const View *view, uint32_t count)
{
  uint32_t listed = 0;
  for (uint32_t i = 0; i < view->image->rules.count && listed < OPEN_MOST;
       i++) {
    if (!is_open(view, i, false)) continue;
    sheet_item(sheet, 2, "- ", rule_words(view, i));
    listed++;
  }
  if (count == listed) return;
  Text more = text_format(view->arena, "%u", count - listed);
  sheet_put(sheet, 2,
            answer_fill(view, WORDING_WHY_OPEN_MORE, more, TEXT_NONE));
}

/* Those that may apply: first the others, then the lines never crossed, all of
 * them, by their titles alone, so that nobody reads them as said of them. */
static void put_open(Sheet *sheet, const View *view)
{
  uint32_t others = count_open(view, false), nevers = count_open(view, true);
  if (!others && !nevers) return;
  sheet_heading(sheet, wording(WORDING_WHY_OPEN_HEADING));
  sheet_put(sheet, 2, wording(WORDING_WHY_OPEN));
  put_open_rules(sheet, view, others);
  if (nevers) sheet_put(sheet, 2, wording(WORDING_WHY_NEVER));
  for (uint32_t i = 0; i < view->image->rules.count && nevers; i++)
    if (is_open(view, i, true))
      sheet_item(sheet, 2, "- ", sentence(view->arena, view_title(view, i)));
}

/* The fewest given facts that settle the verdict. */
static void put_rests(Sheet *sheet, const View *view)
{
  const Answer *answer = view->answer;
  if (answer->reason_count) sheet_put(sheet, 2, wording(WORDING_WHY_RESTS));
  for (uint32_t i = 0; i < answer->reason_count; i++) {
    uint32_t fact = answer->reasons[i];
    Text given = answer_capital(view, answer_given_words(view, fact));
    sheet_item(sheet, 2, "- ",
               answer_fill(view, WORDING_CHANGE_STEP,
                           answer_question(view, fact), given));
  }
}

void answer_put_why(Sheet *sheet, const View *view)
{
  const Answer *answer = view->answer;
  if (!answer->settled) {
    put_now(sheet, view);
    put_open(sheet, view);
    return;
  }
  sheet_heading(sheet, wording(WORDING_WHY_HEADING));
  if (!answer->deciding_count)
    sheet_put(sheet, 2, wording(answer->low == SILENT ? WORDING_WHY_SILENT
                                                      : WORDING_WHY_VARIES));
  for (uint32_t i = 0; i < answer->deciding_count; i++)
    put_reason(sheet, view, answer->deciding[i]);
  put_rests(sheet, view);
}

/* ----------------------------------------------------------- holding back */

static Text refusal_title(const View *view)
{
  uint32_t boundary = view->situation->boundary;
  uint32_t title = boundary == NONE
                       ? NONE
                       : view->image->boundaries.at[boundary].refusal;
  return title == NONE ? wording(WORDING_HOLDING_BACK)
                       : image_text(view->image, title);
}

/* Ways to soften a no, where the guidance is to go ahead. */
static void put_soften(Sheet *sheet, const View *view)
{
  bool any = false;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (!is_holding_back(view, i) || !view_in_force(view, i) ||
        !has_line(view, i, LINE_INSTEAD))
      continue;
    if (!any) sheet_put(sheet, 2, wording(WORDING_SOFTEN));
    any = true;
    put_lines(sheet, view, i, LINE_INSTEAD);
  }
}

static void put_harm(Sheet *sheet, const View *view, Three wanted)
{
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (!is_holding_back(view, i) || !view_lists(view, i) ||
        view_state(view, i) != wanted)
      continue;
    sheet_item(sheet, 2, "- ", sentence(view->arena, view_title(view, i)));
    put_because(sheet, view, i);
    put_sources(sheet, view, i);
  }
}

void answer_put_holding_back(Sheet *sheet, const View *view)
{
  Three harm = view->answer->may_harm;
  bool happened = view->situation->tense == TENSE_HAPPENED;
  Text said = wording(harm == THREE_YES && happened ? WORDING_MAY_HARM_HAPPENED
                      : harm == THREE_YES  ? WORDING_MAY_HARM
                      : harm == THREE_NO ? WORDING_MAY_HARM_NO
                                         : WORDING_MAY_HARM_OPEN);
  sheet_heading(sheet, refusal_title(view));
  sheet_put(sheet, 2, said);
  if (harm != THREE_NO) put_harm(sheet, view, harm);
  if (!answer_holds_back(view) && !happened) put_soften(sheet, view);
}

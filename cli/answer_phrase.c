#include <string.h>

#include "cli/answer_text.h"

Text answer_fill(const View *view, Wording id, Text one, Text two)
{
  return wording_fill(view->arena, id, one, two);
}

Text answer_join(const View *view, Text one, Text two)
{
  if (!one.length) return two;
  if (!two.length) return one;
  return text_format(view->arena, "%.*s %.*s", TEXT_ARG(one), TEXT_ARG(two));
}

Text answer_sentence(const View *view, uint32_t text)
{
  return sentence(view->arena, image_text(view->image, text));
}

Text answer_question(const View *view, uint32_t fact)
{
  return answer_sentence(view, view->image->facts.at[fact].question);
}

Text answer_unsure(const View *view)
{
  uint32_t own = view->image->policy.at[0].if_unsure;
  return own == NONE ? wording(WORDING_UNSURE) : answer_sentence(view, own);
}

Text answer_date_words(const View *view, Day day)
{
  Date date = day_date(day);
  Text month = wording_of(WORDING_JANUARY, (uint32_t)(date.month - 1));
  return text_format(view->arena, "%d %.*s %d", date.day, TEXT_ARG(month),
                     date.year);
}

Text answer_day_words(const View *view, Day day)
{
  /* 0001-01-01, day 1, was a Monday. */
  Text weekday = wording_of(WORDING_MONDAY, (uint32_t)((day - 1) % 7));
  return answer_join(view, weekday, answer_date_words(view, day));
}

Text answer_capital(const View *view, Text text)
{
  Buffer out = {.arena = view->arena};
  for (uint32_t i = 0; i < text.length; i++) {
    char c = text.at[i];
    bool small = i == 0 && c >= 'a' && c <= 'z';
    buffer_put_char(&out, small ? (char)(c - 'a' + 'A') : c);
  }
  return buffer_text(&out);
}

/* --------------------------------------------------------------- verdicts */

bool answer_holds_back(const View *view)
{
  return view->answer->high >= HOLD;
}

static Wording verdict_words(Tense tense)
{
  if (tense == TENSE_UNDER_WAY) return WORDING_UNDER_WAY_SILENT;
  return tense == TENSE_HAPPENED ? WORDING_HAPPENED_SILENT
                                 : WORDING_PROPOSED_SILENT;
}

Text answer_verdict_words(const View *view)
{
  Tense tense = view->situation->tense;
  switch (view_until_then(view)) {
  case UNTIL_TALK_FIRST:
    return wording_of(view->answer->low >= HOLD ? WORDING_HOLD_PROPOSED
                                                : WORDING_TALK_PROPOSED,
                      tense);
  case UNTIL_FIND_OUT: return wording_of(WORDING_FIND_PROPOSED, tense);
  case UNTIL_NOTHING:
  default: return wording_of(verdict_words(tense), view->answer->low);
  }
}

Text answer_short_words(Verdict verdict)
{
  return wording_of(WORDING_SHORT_SILENT, verdict);
}

Text answer_finding_words(const View *view, uint32_t number)
{
  const Rule *rule = view_rule(view, number);
  if (rule->kind == RULE_HOLDING_BACK) return wording(WORDING_TRACE_SAYS_HARM);
  if (rule->finding == SILENT && rule->kind != RULE_NEVER)
    return wording(WORDING_TRACE_SAYS_NOTHING);
  Verdict finding = rule->kind == RULE_NEVER ? NEVER : (Verdict)rule->finding;
  if (!rule->who.count)
    return answer_fill(view, WORDING_TRACE_SAYS, answer_short_words(finding),
                       TEXT_NONE);
  Text said = answer_fill(view,
                          rule->unless_agreed ? WORDING_TRACE_SAYS_AGREE
                                              : WORDING_TRACE_SAYS_TALK,
                          answer_who_words(view, number), TEXT_NONE);
  bool done = view->answer->rules[number].agreed;
  return done ? answer_join(view, said, wording(WORDING_TRACE_DONE)) : said;
}

/* -------------------------------------------------------------------- who */

static Text spaced(const View *view, Text name)
{
  Buffer out = {.arena = view->arena};
  for (uint32_t i = 0; i < name.length; i++)
    buffer_put_char(&out, name.at[i] == '-' ? ' ' : name.at[i]);
  return buffer_text(&out);
}

Text answer_value_words(const View *view, uint32_t number)
{
  const Value *value = &view->image->values.at[number];
  Text own = image_text(view->image, value->words);
  Text name = image_text(view->image, value->name);
  if (!text_is_none(own)) return own;
  if (text_equal(name, TEXT("yes"))) return wording(WORDING_SAY_YES);
  if (text_equal(name, TEXT("no"))) return wording(WORDING_SAY_NO);
  return spaced(view, name);
}

static Text member_words(const View *view, const Member *member)
{
  const Fact *fact = &view->image->facts.at[member->fact];
  return fact->type == TYPE_YES_NO
             ? spaced(view, view_member(view, member))
             : answer_value_words(view, fact->values.first + member->value);
}

static bool is_done(const View *view, const Member *member)
{
  const Given *given = &view->situation->facts[member->fact];
  const Fact *fact = &view->image->facts.at[member->fact];
  if (!given->given) return false;
  if (fact->type == TYPE_SET) return given->members >> member->value & 1;
  return given->span_count && given->spans[0].low == member->value;
}

Text answer_list_words(const View *view, const Text *names, uint32_t count,
                       Wording last)
{
  Text list = count ? names[0] : TEXT_NONE;
  for (uint32_t i = 1; i + 1 < count; i++)
    list = text_format(view->arena, "%.*s, %.*s", TEXT_ARG(list),
                       TEXT_ARG(names[i]));
  return count > 1 ? answer_fill(view, last, list, names[count - 1]) : list;
}

Text answer_who_words(const View *view, uint32_t number)
{
  const Rule *rule = view_rule(view, number);
  Text *names = ARENA_ARRAY(view->arena, rule->who.count + 1, Text);
  for (uint32_t i = 0; i < rule->who.count; i++)
    names[i] =
        member_words(view, &view->image->members.at[rule->who.first + i]);
  if (rule->need != WHO_AT_LEAST)
    return answer_list_words(view, names, rule->who.count,
                             rule->need == WHO_ALL ? WORDING_AND : WORDING_OR);
  return answer_fill(view, WORDING_AT_LEAST,
                     text_format(view->arena, "%u", rule->need_number),
                     answer_list_words(view, names, rule->who.count,
                                       WORDING_AMONG));
}

Text answer_who_done(const View *view, uint32_t number)
{
  const Rule *rule = view_rule(view, number);
  Text *names = ARENA_ARRAY(view->arena, rule->who.count + 1, Text);
  uint32_t count = 0;
  for (uint32_t i = 0; i < rule->who.count; i++) {
    const Member *member = &view->image->members.at[rule->who.first + i];
    if (is_done(view, member)) names[count++] = member_words(view, member);
  }
  return answer_list_words(view, names, count, WORDING_AND);
}

/* ------------------------------------------------------------------ given */

static Text given_values(const View *view, const Fact *fact,
                         const Given *given)
{
  Text *names = ARENA_ARRAY(view->arena, fact->values.count + 1, Text);
  uint32_t count = 0;
  for (uint32_t i = 0; i < fact->values.count; i++)
    if (given_has_value(fact, given, i))
      names[count++] = answer_value_words(view, fact->values.first + i);
  if (!count)
    return fact->type == TYPE_SET ? wording(WORDING_SAY_NONE) : given->text;
  return answer_list_words(view, names, count,
                           fact->type == TYPE_SET ? WORDING_AND : WORDING_OR);
}

static Text money_words(const View *view, const Fact *fact, int64_t amount)
{
  Buffer out = {.arena = view->arena};
  money_print(&out, amount, (Currency)fact->currency);
  return buffer_text(&out);
}

/* "£8", "£8 to £10", "£8, £10" */
static Text given_money(const View *view, const Fact *fact,
                        const Given *given)
{
  Buffer out = {.arena = view->arena};
  for (uint32_t i = 0; i < given->span_count; i++) {
    const ValueSpan *span = &given->spans[i];
    Text low = money_words(view, fact, span->low);
    if (i) buffer_put_c(&out, ", ");
    buffer_put(&out, span->low == span->high
                         ? low
                         : answer_fill(view, WORDING_GIVEN_RANGE, low,
                                       money_words(view, fact, span->high)));
  }
  return buffer_text(&out);
}

Text answer_amount_words(const View *view, Text text)
{
  const char *space = text.length ? memchr(text.at, ' ', text.length) : NULL;
  int64_t amount;
  Day day;
  if (day_read(text, &day)) return answer_date_words(view, day);
  if (!space) return text;
  uint32_t length = (uint32_t)(space - text.at);
  Unit unit = unit_find((Text){space + 1, text.length - length - 1});
  if (unit == UNIT_NONE ||
      number_read((Text){text.at, length}, &amount) != NUMBER_FINE ||
      amount < 0)
    return text;
  return wording_length(view->arena, amount, unit);
}

/* Cuts what stands before `mark`, or all, off the start of the text. */
static Text cut_off(Text *text, const char *mark)
{
  Text whole = *text, wanted = text_of(mark);
  for (uint32_t i = 0; i + wanted.length <= whole.length; i++) {
    Text rest = {whole.at + i, whole.length - i};
    if (!text_starts(rest, wanted)) continue;
    *text = (Text){rest.at + wanted.length, rest.length - wanted.length};
    return (Text){whole.at, i};
  }
  *text = TEXT("");
  return whole;
}

/* "3 weeks, 2 months to 4 months", or each "on" a day: as it was written, in
 * the language spoken */
static Text given_amounts(const View *view, Text written, const char *between,
                          Wording both)
{
  Buffer out = {.arena = view->arena};
  while (written.length) {
    Text high = cut_off(&written, ", ");
    Text low = cut_off(&high, between);
    Text words = answer_amount_words(view, low);
    if (high.length)
      words = answer_fill(view, both, words, answer_amount_words(view, high));
    if (out.length) buffer_put_c(&out, ", ");
    buffer_put(&out, words);
  }
  return buffer_text(&out);
}

/* "£8 on 1 February 2026, £5 on 1 March 2026" */
static Text given_events(const View *view, const Fact *fact,
                         const Given *given)
{
  Buffer out = {.arena = view->arena};
  for (uint32_t i = 0; i < given->event_count; i++) {
    const Event *event = &given->events[i];
    if (i) buffer_put_c(&out, ", ");
    buffer_put(&out, answer_fill(view, WORDING_GIVEN_EVENT,
                                 money_words(view, fact, event->amount),
                                 answer_date_words(view, event->day)));
  }
  return buffer_text(&out);
}

Text answer_given_words(const View *view, uint32_t number)
{
  const Fact *fact = &view->image->facts.at[number];
  const Given *given = &view->situation->facts[number];
  if (!given->given) return TEXT_NONE;
  if (fact->type == TYPE_SET || fact->type == TYPE_SCALE ||
      fact->type == TYPE_CHOICE || fact->type == TYPE_YES_NO)
    return given_values(view, fact, given);
  if (fact->type == TYPE_MONEY && given->span_count)
    return given_money(view, fact, given);
  if (fact->type == TYPE_RECORD && !given->event_count)
    return wording(WORDING_SAY_NONE);
  if (fact->type == TYPE_RECORD && fact->item == TYPE_MONEY)
    return given_events(view, fact, given);
  if (fact->type == TYPE_DATE && given_is_exact(given))
    return answer_day_words(view, (Day)given->spans[0].low);
  if (fact->type == TYPE_DURATION || fact->type == TYPE_DATE)
    return given_amounts(view, given->text, " to ", WORDING_GIVEN_RANGE);
  if (fact->type == TYPE_RECORD)
    return given_amounts(view, given->text, " on ", WORDING_GIVEN_EVENT);
  return given->text;
}

/* The first things: an emergency, the verdict, who to talk to. */
#include "cli/answer_text.h"

/* -------------------------------------------------------------- emergency */

/* "Someone is in danger" as it stands within a sentence, without a full
 * stop; a word that is all capitals stays. */
static Text within(const View *view, Text title)
{
  Text copy = text_copy(view->arena, title);
  char *at = ARENA_ARRAY(view->arena, copy.length + 1, char);
  for (uint32_t i = 0; i < copy.length; i++) at[i] = copy.at[i];
  bool capital = copy.length > 1 && at[0] >= 'A' && at[0] <= 'Z' &&
                 !(at[1] >= 'A' && at[1] <= 'Z');
  if (capital && at[1] != ' ') at[0] = (char)(at[0] - 'A' + 'a');
  while (copy.length && at[copy.length - 1] == '.') copy.length--;
  return (Text){at, copy.length};
}

static Text act_words(const View *view, uint32_t rule)
{
  Text all = TEXT_NONE;
  const Line *line;
  uint32_t at = 0;
  while ((line = view_next_line(view, rule, LINE_ACT, &at)))
    all = answer_join(view, all, answer_sentence(view, line->text));
  return all;
}

Text answer_emergency_words(const View *view, uint32_t rule)
{
  Text title = within(view, view_title(view, rule));
  return answer_fill(view, WORDING_EMERGENCY_IF, title,
                     act_words(view, rule));
}

Text answer_emergency_short(const View *view, uint32_t rule)
{
  uint32_t at = 0;
  const Line *line = view_next_line(view, rule, LINE_ACT, &at);
  Text title = within(view, view_title(view, rule));
  return answer_fill(view, WORDING_EMERGENCY_IF, title,
                     line ? answer_sentence(view, line->text) : TEXT_NONE);
}

Text answer_emergency_now(const View *view, uint32_t rule)
{
  Text title = sentence(view->arena, view_title(view, rule));
  return answer_join(view,
                     answer_fill(view, WORDING_EMERGENCY_NOW, title,
                                 TEXT_NONE),
                     act_words(view, rule));
}

static void put_acts(Sheet *sheet, const View *view, uint32_t rule)
{
  const Line *line;
  uint32_t at = 0;
  Text title = sentence(view->arena, view_title(view, rule));
  sheet_put(sheet, 2, answer_fill(view, WORDING_EMERGENCY_NOW, title,
                                  TEXT_NONE));
  while ((line = view_next_line(view, rule, LINE_ACT, &at)))
    sheet_item(sheet, 2, "- ", answer_sentence(view, line->text));
}

void answer_put_emergency(Sheet *sheet, const View *view)
{
  if (view->answer->emergency == THREE_NO) return;
  sheet_heading(sheet, wording(WORDING_EMERGENCY_HEADING));
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_rule(view, i)->kind == RULE_EMERGENCY && view_in_force(view, i))
      put_acts(sheet, view, i);
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (view_rule(view, i)->kind != RULE_EMERGENCY ||
        view_state(view, i) != THREE_OPEN)
      continue;
    sheet_put(sheet, 2, answer_emergency_words(view, i));
  }
  if (view->answer->emergency == THREE_YES && view->answer->in_scope)
    sheet_put(sheet, 2, wording(WORDING_EMERGENCY_REST));
}

/* ---------------------------------------------------------------- verdict */

void answer_put_range(Sheet *sheet, const View *view)
{
  const Answer *answer = view->answer;
  if (!answer->settled && answer->low != answer->high)
    sheet_put(sheet, 2,
              answer_fill(view, WORDING_RANGE,
                          answer_short_words(answer->low),
                          answer_short_words(answer->high)));
  if (answer->exhausted)
    sheet_put(sheet, 2, wording(answer->settled ? WORDING_EXHAUSTED_SETTLED
                                                : WORDING_EXHAUSTED));
}

void answer_put_verdict(Sheet *sheet, const View *view)
{
  const Answer *answer = view->answer;
  sheet_heading(sheet, answer_verdict_words(view));
  answer_put_range(sheet, view);
  if (answer->settled && answer->low == PROCEED)
    sheet_put(sheet, 2, wording(WORDING_NOT_SAFE));
}

/* ------------------------------------------------------------- who to ask */

/* Does this rule bear on the answer: it decides, or may? */
static bool bears(const View *view, uint32_t rule)
{
  const Answer *answer = view->answer;
  if (!answer->settled)
    return (view_lists(view, rule) ||
            view_rule(view, rule)->kind == RULE_OTHERWISE) &&
           view_state(view, rule) != THREE_NO;
  for (uint32_t i = 0; i < answer->deciding_count; i++)
    if (answer->deciding[i] == rule) return true;
  return false;
}

static Wording who_wording(const View *view, uint32_t number)
{
  const Rule *rule = view_rule(view, number);
  bool happened = view->situation->tense == TENSE_HAPPENED;
  bool sure = view_in_force(view, number);
  if (view->answer->rules[number].agreed)
    return rule->unless_agreed ? WORDING_WHO_AGREED : WORDING_WHO_TALKED;
  if (rule->unless_agreed && !sure) return WORDING_WHO_MAY_AGREE;
  if (rule->unless_agreed)
    return happened ? WORDING_WHO_AGREE_NOW : WORDING_WHO_AGREE;
  if (!view->answer->settled) return WORDING_WHO_MAY;
  return happened ? WORDING_WHO_TALK_NOW : WORDING_WHO_TALK;
}

static Text who_line(const View *view, uint32_t rule)
{
  Text done = answer_who_done(view, rule);
  if (view->answer->rules[rule].agreed)
    return answer_fill(view, who_wording(view, rule), done, TEXT_NONE);
  Text line = answer_fill(view, who_wording(view, rule),
                          answer_who_words(view, rule), TEXT_NONE);
  if (!done.length) return line;
  return answer_join(view, line,
                     answer_fill(view, WORDING_WHO_SO_FAR, done, TEXT_NONE));
}

/* Two rules that name the same people are one line. */
static void add_line(const View *view, Lines *lines, Text line)
{
  for (uint32_t i = 0; i < lines->count; i++)
    if (text_equal(lines->at[i], line)) return;
  VEC_PUSH(view->arena, lines, line);
}

/* First what is certain, then those to talk with, last those who may have to
 * agree. */
static int place_of(const View *view, uint32_t rule)
{
  if (view_in_force(view, rule)) return 0;
  return view_rule(view, rule)->unless_agreed ? 2 : 1;
}

static bool names(const View *view, const Rule *rule, const Member *member)
{
  for (uint32_t i = 0; i < rule->who.count; i++) {
    const Member *own = &view->image->members.at[rule->who.first + i];
    if (own->fact == member->fact && own->value == member->value) return true;
  }
  return false;
}

/* How many people of `rule` the other names as well. */
static uint32_t shared(const View *view, const Rule *rule, const Rule *other)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < rule->who.count; i++)
    count += names(view, other, &view->image->members.at[rule->who.first + i]);
  return count;
}

/* How many of those whom a rule names have to be talked with. */
static uint32_t needed(const Rule *rule)
{
  if (rule->need == WHO_AT_LEAST) return rule->need_number;
  return rule->need == WHO_ALL ? rule->who.count : 1;
}

/* Whoever does what `rule` asks for does what `other` does too. */
static bool covers(const View *view, const Rule *rule, const Rule *other)
{
  uint32_t both = shared(view, rule, other);
  uint32_t strangers = rule->who.count - both;
  return needed(rule) >= strangers + needed(other);
}

/* Another line asks for this and more: "Talk with your supervisor" beside
 * "Talk with your supervisor or a colleague". */
static bool is_covered(const View *view, uint32_t rule)
{
  const Rule *own = view_rule(view, rule);
  if (own->unless_agreed || answer_who_done(view, rule).length) return false;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    const Rule *other = view_rule(view, i);
    if (i != rule && other->who.count && !other->unless_agreed &&
        bears(view, i) && place_of(view, i) <= place_of(view, rule) &&
        covers(view, other, own) && !covers(view, own, other))
      return true;
  }
  return false;
}

static void add_bearing(const View *view, Lines *lines)
{
  for (int place = 0; place < 3; place++)
    for (uint32_t i = 0; i < view->image->rules.count; i++)
      if (view_rule(view, i)->who.count && bears(view, i) &&
          place_of(view, i) == place && !is_covered(view, i))
        add_line(view, lines, who_line(view, i));
}

/* "The yes from your manager counts for …": a yes that was given, and what it
 * leaves as it is. */
static void add_counting(const View *view, Lines *lines)
{
  const Answer *answer = view->answer;
  if (!answer->settled || answer->low < HOLD || !answer->deciding_count)
    return;
  Text still = sentence(view->arena, view_title(view, answer->deciding[0]));
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (!view_rule(view, i)->unless_agreed || !view_lists(view, i) ||
        !view_in_force(view, i) || !answer->rules[i].agreed)
      continue;
    Text title = sentence(view->arena, view_title(view, i));
    Text counts = answer_fill(view, WORDING_WHO_COUNTS,
                              answer_who_done(view, i), title);
    add_line(view, lines,
             answer_join(view, counts,
                         answer_fill(view, WORDING_WHO_STILL, still,
                                     TEXT_NONE)));
  }
}

void answer_list_who(const View *view, Lines *lines)
{
  *lines = (Lines){0};
  add_bearing(view, lines);
  add_counting(view, lines);
  bool talk = view_until_then(view) == UNTIL_TALK_FIRST ||
              (view->answer->settled && view->answer->low == SILENT);
  if (!lines->count && talk) add_line(view, lines, wording(WORDING_WHO_ANYONE));
}

void answer_put_who(Sheet *sheet, const View *view)
{
  Lines lines;
  answer_list_who(view, &lines);
  if (!lines.count) return;
  sheet_heading(sheet, wording(WORDING_WHO_HEADING));
  for (uint32_t i = 0; i < lines.count; i++)
    sheet_item(sheet, 2, "- ", lines.at[i]);
}

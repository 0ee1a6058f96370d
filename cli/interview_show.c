#include "cli/interview_show.h"

#include "base/utf8.h"
#include "cli/answer_text.h"
#include "runtime/value_read.h"

static Sheet sheet_for(Arena *arena)
{
  return (Sheet){.out = {.arena = arena}, .width = 80};
}

static void print(FILE *out, const Sheet *sheet)
{
  if (sheet->out.length) fwrite(sheet->out.at, 1, sheet->out.length, out);
  fflush(out);
}

void show_text(Arena *arena, FILE *out, Text text)
{
  Sheet sheet = sheet_for(arena);
  sheet_put(&sheet, 0, utf8_safe(arena, text, false));
  fputc('\n', out);
  print(out, &sheet);
}

void show_acts(const View *view, FILE *out)
{
  Sheet sheet = sheet_for(view->arena);
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_rule(view, i)->kind == RULE_EMERGENCY && view_in_force(view, i))
      sheet_put(&sheet, 0, answer_emergency_now(view, i));
  sheet_put(&sheet, 0, wording(WORDING_ASK_ACT));
  fputc('\n', out);
  print(out, &sheet);
}

/* -------------------------------------------------------------- questions */

static void put_choice(Sheet *sheet, Arena *arena, uint32_t number, Text text)
{
  Buffer mark = {.arena = arena};
  buffer_format(&mark, "%u. ", number);
  buffer_put_char(&mark, '\0');
  sheet_item(sheet, 2, mark.at, text);
}

static uint32_t put_values(const View *view, Sheet *sheet, const Fact *fact,
                           Text **words)
{
  uint32_t count = fact->values.count;
  *words = ARENA_ARRAY(view->arena, count + 1, Text);
  for (uint32_t i = 0; i < count; i++) {
    bool turned = fact->type == TYPE_YES_NO;
    uint32_t number = fact->values.first + (turned ? count - 1 - i : i);
    const Value *value = &view->image->values.at[number];
    Text name = image_text(view->image, value->name);
    Text text = answer_value_words(view, number);
    (*words)[i] = name;
    if (!text_is_none(image_text(view->image, value->words)))
      text = answer_fill(view, WORDING_UNKNOWN_VALUE, text, name);
    put_choice(sheet, view->arena, i + 1, text);
  }
  return count;
}

static Text event_example(const View *view, const Fact *fact)
{
  Buffer day = {.arena = view->arena}, amount = {.arena = view->arena};
  day_print(&day, day_add_days(view->situation->as_of, -7));
  if (fact->item == TYPE_DATE) return buffer_text(&day);
  if (fact->item == TYPE_MONEY)
    money_print(&amount, 3000, (Currency)fact->currency);
  else if (fact->item == TYPE_DURATION)
    duration_print(&amount,
                   unit_family((Unit)fact->unit) == FAMILY_MONTHS ? 3 : 90,
                   (Unit)fact->unit);
  else
    buffer_put_c(&amount, "3");
  return answer_fill(view, WORDING_GIVEN_EVENT,
                     answer_amount_words(view, buffer_text(&amount)),
                     buffer_text(&day));
}

/* How an answer of this type is written. */
static Text how(const View *view, const Fact *fact)
{
  switch ((FactType)fact->type) {
  case TYPE_YES_NO: return wording(WORDING_ASK_YES_NO);
  case TYPE_SET: return wording(WORDING_ASK_SET);
  case TYPE_RECORD:
    return answer_fill(view, WORDING_ASK_RECORD, event_example(view, fact),
                       TEXT_NONE);
  case TYPE_DATE: return wording(WORDING_ASK_DATE);
  case TYPE_DURATION: return wording(WORDING_ASK_DURATION);
  case TYPE_MONEY: return wording(WORDING_ASK_MONEY);
  case TYPE_NUMBER: return wording(WORDING_ASK_NUMBER);
  case TYPE_SCALE:
  case TYPE_CHOICE:
  case TYPE_COUNT:
  default: return wording(WORDING_ASK_CHOICE);
  }
}

void show_mistakes(const View *view, FILE *out, uint32_t number,
                   const Diagnostics *wrong)
{
  const Fact *fact = &view->image->facts.at[number];
  Sheet sheet = sheet_for(view->arena);
  bool named = fact->values.count > 0;
  if (named) sheet_put(&sheet, 0, wording(WORDING_ASK_AGAIN));
  for (uint32_t i = 0; i < wrong->list.count && !named; i++) {
    const Diagnostic *one = &wrong->list.at[i];
    if (one->code == E_EVENT) { /* its help is for those who write files */
      sheet_put(&sheet, 0, how(view, fact));
      continue;
    }
    sheet_put(&sheet, 0, utf8_safe(view->arena, one->message, false));
    if (one->help.length)
      sheet_put(&sheet, 0, utf8_safe(view->arena, one->help, false));
  }
  print(out, &sheet);
}

/* The cells that the policy tells apart. */
static void put_cells(const View *view, Sheet *sheet, uint32_t fact)
{
  Text *choices;
  uint32_t count = fact_choices(view->arena, view->image, fact,
                                view->situation->as_of, &choices);
  if (!count) return;
  sheet_put(sheet, 2, wording(WORDING_ASK_CELLS));
  for (uint32_t i = 0; i < count; i++)
    sheet_item(sheet, 2, "- ", answer_bound_words(view, choices[i]));
}

uint32_t show_question(const View *view, FILE *out, uint32_t number,
                       Text **words)
{
  const Fact *fact = &view->image->facts.at[number];
  Sheet sheet = sheet_for(view->arena);
  uint32_t count = 0;
  *words = NULL;
  sheet_put(&sheet, 0, answer_question(view, number));
  if (fact->values.count)
    count = put_values(view, &sheet, fact, words);
  else
    put_cells(view, &sheet, number);
  if (fact->type != TYPE_YES_NO && fact->type != TYPE_SCALE &&
      fact->type != TYPE_CHOICE)
    sheet_put(&sheet, 2, how(view, fact));
  fputc('\n', out);
  print(out, &sheet);
  return count;
}

void show_help(const View *view, FILE *out, uint32_t number)
{
  const Fact *fact = &view->image->facts.at[number];
  Sheet sheet = sheet_for(view->arena);
  if (fact->help != NONE)
    sheet_put(&sheet, 0, answer_sentence(view, fact->help));
  sheet_put(&sheet, 0, how(view, fact));
  sheet_put(&sheet, 0, wording(WORDING_ASK_HOW));
  print(out, &sheet);
}

uint32_t show_boundaries(Arena *arena, const Image *image, FILE *out,
                         Text **names)
{
  Sheet sheet = sheet_for(arena);
  uint32_t count = image->boundaries.count;
  *names = ARENA_ARRAY(arena, count + 1, Text);
  sheet_put(&sheet, 0, wording(WORDING_WHICH));
  for (uint32_t i = 0; i < count; i++) {
    const Boundary *one = &image->boundaries.at[i];
    (*names)[i] = image_text(image, one->name);
    Text title = utf8_safe(arena, image_text(image, one->title), false);
    put_choice(&sheet, arena, i + 1,
               wording_fill(arena, WORDING_UNKNOWN_VALUE, title,
                            (*names)[i]));
  }
  fputc('\n', out);
  print(out, &sheet);
  return count;
}

/* ------------------------------------------------------------ what we know */

static Text so_far(const View *view, uint32_t left)
{
  const Answer *answer = view->answer;
  Text said = answer->low == answer->high
                  ? answer_fill(view, WORDING_ASK_SETTLED,
                                answer_short_words(answer->low), TEXT_NONE)
                  : answer_fill(view, WORDING_ASK_RANGE,
                                answer_short_words(answer->low),
                                answer_short_words(answer->high));
  if (!left) return said;
  return answer_join(view, said,
                     answer_fill(view, WORDING_ASK_LEFT,
                                 text_format(view->arena, "%u", left),
                                 TEXT_NONE));
}

void show_so_far(const View *view, FILE *out, uint32_t left)
{
  Sheet sheet = sheet_for(view->arena);
  sheet_put(&sheet, 0, so_far(view, left));
  print(out, &sheet);
}

void show_known(const View *view, FILE *out, uint32_t left)
{
  Sheet sheet = sheet_for(view->arena);
  uint32_t number = 0;
  sheet_put(&sheet, 0, wording(WORDING_ASK_KNOWN));
  for (uint32_t i = 0; i < view->image->facts.count; i++)
    if (view->situation->facts[i].given)
      put_choice(&sheet, view->arena, ++number,
                 answer_fill(view, WORDING_CHANGE_STEP,
                             answer_question(view, i),
                             answer_capital(view,
                                            answer_given_words(view, i))));
  if (!number) sheet_put(&sheet, 2, wording(WORDING_ASK_NOTHING));
  if (view->situation->boundary != NONE)
    sheet_put(&sheet, 0, so_far(view, left));
  print(out, &sheet);
}

uint32_t show_numbered(Text typed, uint32_t count)
{
  uint32_t number = 0;
  if (!typed.length || typed.length > 5) return NONE;
  for (uint32_t i = 0; i < typed.length; i++) {
    if (typed.at[i] < '0' || typed.at[i] > '9') return NONE;
    number = number * 10 + (uint32_t)(typed.at[i] - '0');
  }
  return number >= 1 && number <= count ? number - 1 : NONE;
}

uint32_t show_known_fact(const Image *image, const Situation *situation,
                         Text number)
{
  uint32_t wanted = show_numbered(number, image->facts.count);
  for (uint32_t i = 0; i < image->facts.count && wanted != NONE; i++)
    if (situation->facts[i].given && wanted-- == 0) return i;
  return NONE;
}

/* What was taken as not done, and what is not known. */
#include <string.h>

#include "cli/answer_text.h"
#include "runtime/grid.h"

enum { ASKED_MOST = 40 }; /* facts that are not known, listed */

/* ----------------------------------------------------------- not yet done */

/* Does a rule that decides, or may, ask someone of this fact? */
static bool is_asked_for(const View *view, uint32_t number, uint32_t fact)
{
  const Answer *answer = view->answer;
  const Rule *rule = view_rule(view, number);
  bool bears = !answer->settled && view_state(view, number) != THREE_NO &&
               answer->rules[number].standing != STANDING_ELSEWHERE;
  for (uint32_t i = 0; i < answer->deciding_count; i++)
    bears = bears || answer->deciding[i] == number;
  for (uint32_t w = 0; w < rule->who.count && bears; w++)
    if (view->image->members.at[rule->who.first + w].fact == fact) return true;
  return false;
}

/* Would doing it settle another answer? */
static bool is_change(const View *view, uint32_t fact)
{
  for (uint32_t i = 0; i < view->answer->change_count; i++) {
    const Change *change = &view->answer->changes[i];
    for (uint32_t s = 0; s < change->step_count; s++)
      if (change->steps[s].fact == fact) return true;
  }
  return false;
}

/* Does a condition that answers rest on test the fact? */
static bool is_tested(const Image *image, uint32_t fact)
{
  uint32_t nodes = image_answer_nodes(image);
  for (uint32_t i = 0; i < nodes; i++)
    if (image->nodes.at[i].op == NODE_TEST && image->nodes.at[i].fact == fact)
      return true;
  return false;
}

static bool is_used(const View *view, uint32_t fact)
{
  const Image *image = view->image;
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (is_asked_for(view, i, fact)) return true;
  if (view->answer->settled) return is_change(view, fact);
  return is_tested(image, fact);
}

void answer_put_not_done(Sheet *sheet, const View *view)
{
  bool any = false;
  for (uint32_t i = 0; i < view->image->facts.count; i++) {
    const Fact *fact = &view->image->facts.at[i];
    if (fact->dimension != SUPPORT || view->situation->facts[i].given ||
        !is_used(view, i))
      continue;
    if (!any) sheet_heading(sheet, wording(WORDING_NOT_DONE_HEADING));
    any = true;
    sheet_item(sheet, 2, "- ",
               answer_fill(view,
                           fact->type == TYPE_SET ? WORDING_NOT_DONE
                                                  : WORDING_NOT_DONE_NO,
                           answer_question(view, i), TEXT_NONE));
  }
}

/* -------------------------------------------------------------- not known */

static Text listed(const View *view, Text list, Text one)
{
  return list.length ? text_format(view->arena, "%.*s; %.*s", TEXT_ARG(list),
                                   TEXT_ARG(one))
                     : one;
}

/* May the fact lie from low to high, by what is known of it? */
static bool is_possible(const View *view, uint32_t fact, int64_t low,
                        int64_t high)
{
  const Given *given = &view->situation->facts[fact];
  if (!given->given) return true;
  for (uint32_t i = 0; i < given->span_count; i++)
    if (given->spans[i].low <= high && low <= given->spans[i].high)
      return true;
  return false;
}

/* The values of a scale, choice or set that are possible: the plain words
 * first, as a person would say it, then the name. */
static Text values_words(const View *view, uint32_t number)
{
  const Fact *fact = &view->image->facts.at[number];
  Text list = TEXT_NONE;
  for (uint32_t i = 0; i < fact->values.count; i++) {
    const Value *value = &view->image->values.at[fact->values.first + i];
    Text name = image_text(view->image, value->name);
    Text words = image_text(view->image, value->words);
    if (fact->type != TYPE_SET && !is_possible(view, number, i, i)) continue;
    if (!text_is_none(words))
      name = answer_fill(view, WORDING_UNKNOWN_VALUE, words, name);
    list = listed(view, list, name);
  }
  return list;
}

static bool has_names(const Fact *fact)
{
  return fact->type == TYPE_SCALE || fact->type == TYPE_CHOICE ||
         fact->type == TYPE_SET;
}

/* The value of a choice between yes and no: yes comes first. */
static uint32_t value_at(const Fact *fact, uint32_t count, uint32_t choice)
{
  return fact->values.first + count - 1 - choice;
}

static Text choices_words(const View *view, uint32_t number)
{
  const Fact *fact = &view->image->facts.at[number];
  Day today = view->situation->as_of;
  Text *choices, list = TEXT_NONE;
  Grid grid;
  if (has_names(fact)) return values_words(view, number);
  uint32_t count =
      fact_choices(view->arena, view->image, number, today, &choices);
  if (!count) return list;
  grid_bind(view->arena, view->image, today, &grid);
  const GridVariable *variable = &grid.variables[fact->variables.first];
  for (uint32_t i = 0; i < count; i++)
    if (fact->type == TYPE_YES_NO ||
        is_possible(view, number, grid_cell_low(variable, i),
                    grid_cell_high(variable, i)))
      list = listed(view, list,
                    fact->type == TYPE_YES_NO
                        ? answer_value_words(view, value_at(fact, count, i))
                        : answer_bound_words(view, choices[i]));
  return list;
}

#define HELP_MOST 160u /* bytes of a help text that is shown unasked */

/* A fact's question, with its help if that is short. */
static Text question_words(const View *view, uint32_t fact)
{
  uint32_t help = view->image->facts.at[fact].help;
  Text said = answer_question(view, fact);
  if (help == NONE || image_text(view->image, help).length > HELP_MOST)
    return said;
  return answer_join(view, said, answer_sentence(view, help));
}

static Text matters_words(const View *view, uint32_t matters)
{
  Text list = TEXT_NONE;
  for (uint32_t m = 0; m < MATTER_COUNT; m++) {
    if (!(matters >> m & 1)) continue;
    Text one = wording_of(WORDING_MATTERS_EMERGENCY, m);
    list = list.length ? text_format(view->arena, "%.*s, %.*s",
                                     TEXT_ARG(list), TEXT_ARG(one))
                       : one;
  }
  return list;
}

static void put_question(Sheet *sheet, const View *view,
                         const Question *question)
{
  Text said = question_words(view, question->fact);
  Text choices = choices_words(view, question->fact);
  Text matters = matters_words(view, question->matters);
  uint32_t type = view->image->facts.at[question->fact].type;
  if (choices.length)
    said = answer_join(view, said,
                       answer_fill(view,
                                   type == TYPE_SET ? WORDING_UNKNOWN_ANY
                                                    : WORDING_UNKNOWN_CHOICES,
                                   choices, TEXT_NONE));
  said = answer_join(view, said,
                     answer_fill(view, WORDING_UNKNOWN_MATTERS, matters,
                                 TEXT_NONE));
  Text name = answer_fill(view, WORDING_UNKNOWN_FACT,
                          view_fact_name(view, question->fact), TEXT_NONE);
  sheet_item(sheet, 2, "- ", answer_join(view, said, name));
}

static bool is_asked(const View *view, uint32_t fact)
{
  for (uint32_t i = 0; i < view->answer->question_count; i++)
    if (view->answer->questions[i].fact == fact) return true;
  return false;
}

/* Is there a fact that is not known and does not matter? */
static bool has_rest(const View *view)
{
  bool happened = view->situation->tense == TENSE_HAPPENED;
  for (uint32_t i = 0; i < view->image->facts.count; i++) {
    const Fact *fact = &view->image->facts.at[i];
    bool counts =
      fact->dimension != SUPPORT &&
      (fact->type != TYPE_RECORD || is_tested(view->image, i)) &&
      (fact->dimension != IMPACT || happened);
    if (counts && !given_is_exact(&view->situation->facts[i]) &&
        !is_asked(view, i))
      return true;
  }
  return false;
}

void answer_put_unknown(Sheet *sheet, const View *view)
{
  const Answer *answer = view->answer;
  bool rest = has_rest(view) && !answer->exhausted;
  if (!answer->question_count && !rest) return;
  sheet_heading(sheet, wording(answer->question_count
                                   ? WORDING_UNKNOWN_HEADING
                                   : WORDING_UNKNOWN_NONE_HEADING));
  for (uint32_t i = 0; i < answer->question_count && i < ASKED_MOST; i++)
    put_question(sheet, view, &answer->questions[i]);
  if (answer->question_count > ASKED_MOST)
    sheet_put(sheet, 2,
              answer_fill(view, WORDING_AND_MORE,
                          text_format(view->arena, "%u",
                                      answer->question_count - ASKED_MOST),
                          TEXT_NONE));
  if (rest)
    sheet_put(sheet, 2, wording(answer->question_count
                                    ? WORDING_UNKNOWN_REST
                                    : WORDING_UNKNOWN_NONE));
}

void answer_put_intention(Sheet *sheet, const View *view)
{
  Text intention = view->situation->intention;
  if (text_is_none(intention)) return;
  sheet_heading(sheet, wording(WORDING_INTENTION_HEADING));
  sheet_put(sheet, 2,
            answer_fill(view, WORDING_INTENTION,
                        sentence(view->arena, intention), TEXT_NONE));
}

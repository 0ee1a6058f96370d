/* What would change the guidance: in an answer, and all of it alone. */
#include "cli/answer_changes.h"

/* Silence is never milder than talking. */
static Verdict caution(Verdict verdict)
{
  return verdict == SILENT ? CONSULT : verdict;
}

/* Milder guidance is told only where talking or agreement leads to it. */
static bool is_told(const View *view, const Change *change)
{
  if (caution(change->verdict) > caution(view->answer->low)) return true;
  for (uint32_t i = 0; i < change->step_count; i++)
    if (view->image->facts.at[change->steps[i].fact].dimension != SUPPORT)
      return false;
  return true;
}

Text answer_to_words(const View *view, const Step *step, bool *without)
{
  const Fact *fact = &view->image->facts.at[step->fact];
  uint32_t skip = 0;
  *without = false;
  if (fact->type == TYPE_SET) {
    *without = text_starts(step->to, TEXT("without "));
    skip = *without ? 8 : 5;
  }
  Text name = {step->to.at + skip, step->to.length - skip};
  if (!fact->values.count) return answer_bound_words(view, name);
  for (uint32_t i = 0; i < fact->values.count; i++)
    if (text_equal(name,
                   image_text(view->image,
                              view->image->values.at[fact->values.first + i]
                                  .name)))
      return answer_value_words(view, fact->values.first + i);
  return name;
}

bool answer_is_talk(const View *view, const Step *step)
{
  const Fact *fact = &view->image->facts.at[step->fact];
  return fact->dimension == SUPPORT && fact->type == TYPE_SET;
}

/* "you talk with your supervisor", "you have a yes from your manager" */
static Text talk_words(const View *view, const Step *step)
{
  bool without;
  bool agree = view->image->facts.at[step->fact].who_agree;
  return answer_fill(view, agree ? WORDING_CHANGE_AGREE : WORDING_CHANGE_TALK,
                     answer_to_words(view, step, &without), TEXT_NONE);
}

/* "Is it a secret? Yes." */
static Text step_words(const View *view, const Step *step)
{
  bool without;
  if (answer_is_talk(view, step))
    return sentence(view->arena, answer_capital(view, talk_words(view, step)));
  Text to = answer_to_words(view, step, &without);
  if (view->image->facts.at[step->fact].type == TYPE_SET)
    to = answer_fill(view,
                     without ? WORDING_CHANGE_WITHOUT : WORDING_CHANGE_WITH,
                     to, TEXT_NONE);
  return answer_fill(view, WORDING_CHANGE_STEP,
                     answer_question(view, step->fact),
                     answer_capital(view, to));
}

/* "If you talk with your supervisor: Go ahead, with care." */
static Text if_words(const View *view, const Change *change)
{
  Text said = talk_words(view, &change->steps[0]);
  for (uint32_t i = 1; i < change->step_count; i++)
    said = answer_fill(view, WORDING_AND, said,
                       talk_words(view, &change->steps[i]));
  return answer_fill(view, WORDING_CHANGE_IF, said,
                     answer_short_words(change->verdict));
}

static Text steps_words(const View *view, const Change *change)
{
  Text said = step_words(view, &change->steps[0]);
  for (uint32_t i = 1; i < change->step_count; i++)
    said = answer_fill(view, WORDING_CHANGE_AND, said,
                       step_words(view, &change->steps[i]));
  return said;
}

static Text change_words(const View *view, const Change *change)
{
  bool talk = true;
  for (uint32_t i = 0; i < change->step_count; i++)
    talk = talk && answer_is_talk(view, &change->steps[i]);
  if (talk) return if_words(view, change);
  return answer_fill(view, WORDING_CHANGE_THEN, steps_words(view, change),
                     answer_short_words(change->verdict));
}

void answer_put_changes(Sheet *sheet, const View *view)
{
  bool any = false;
  if (!view->answer->settled || view->situation->tense == TENSE_HAPPENED)
    return;
  for (uint32_t i = 0; i < view->answer->change_count; i++) {
    const Change *change = &view->answer->changes[i];
    if (!change->step_count || !is_told(view, change)) continue;
    if (!any) sheet_heading(sheet, wording(WORDING_CHANGE_HEADING));
    any = true;
    sheet_item(sheet, 2, "- ", change_words(view, change));
  }
}

/* ------------------------------------------------------------ all of them */

/* The changes to one verdict that are told. */
static uint32_t put_verdict(Sheet *sheet, const View *view,
                            const EveryChange *every, Verdict verdict)
{
  uint32_t told = 0;
  for (uint32_t i = 0; i < every->change_count; i++) {
    const Change *change = &every->changes[i];
    if (change->verdict != verdict || !is_told(view, change)) continue;
    if (!told++)
      sheet_heading(sheet, answer_fill(view, WORDING_CHANGES_TO,
                                       answer_short_words(verdict),
                                       TEXT_NONE));
    sheet_item(sheet, 2, "- ", steps_words(view, change));
  }
  return told;
}

/* What to know beside the changes that are told. */
static void put_notes(Sheet *sheet, uint32_t told, bool hidden, bool missing)
{
  if (told && !hidden && !missing) return;
  sheet_heading(sheet, wording(WORDING_CHANGES_KNOW));
  if (!told && !missing) sheet_put(sheet, 2, wording(WORDING_CHANGES_NONE));
  if (hidden) sheet_put(sheet, 2, wording(WORDING_CHANGES_FACTS));
  if (missing) sheet_put(sheet, 2, wording(WORDING_CHANGES_MISSING));
}

static void put_settled(Sheet *sheet, const View *view,
                        const EveryChange *every)
{
  uint32_t told = 0;
  bool missing = false;
  for (int v = 0; v < VERDICT_COUNT; v++) {
    told += put_verdict(sheet, view, every, (Verdict)v);
    missing = missing || !(every->complete >> v & 1);
  }
  put_notes(sheet, told, told < every->change_count, missing);
}

void answer_every_change(Sheet *sheet, const View *view,
                         const EveryChange *every)
{
  answer_put_emergency(sheet, view);
  answer_put_verdict(sheet, view);
  if (view->situation->tense == TENSE_HAPPENED) {
    sheet_heading(sheet, wording(WORDING_CHANGES_KNOW));
    sheet_put(sheet, 2, wording(WORDING_CHANGES_HAPPENED));
  } else if (every->settled) {
    put_settled(sheet, view, every);
  } else {
    sheet_heading(sheet, wording(WORDING_CHANGES_KNOW));
    sheet_put(sheet, 2, wording(WORDING_CHANGES_UNSETTLED));
    answer_put_unknown(sheet, view);
  }
  answer_put_about(sheet, view);
}

json_t *answer_every_change_json(const View *view, const EveryChange *every)
{
  json_t *json = json_object(), *list = json_array(), *unknown = json_array();
  for (uint32_t i = 0; i < every->change_count; i++)
    json_array_append_new(list, answer_change_json(view, &every->changes[i]));
  for (int v = 0; every->settled && v < VERDICT_COUNT; v++)
    if (!(every->complete >> v & 1))
      json_array_append_new(unknown, json_string(term_verdict((Verdict)v)));
  json_object_set_new(json, "stile", json_integer(1));
  json_object_set_new(json, "emergency", answer_emergency_json(view));
  json_object_set_new(json, "settled", json_boolean(every->settled));
  json_object_set_new(json, "verdict",
                      every->settled ? json_string(term_verdict(every->verdict))
                                     : json_null());
  json_object_set_new(json, "complete",
                      json_boolean(json_array_size(unknown) == 0));
  json_object_set_new(json, "not-complete-for", unknown);
  json_object_set_new(json, "changes", list);
  return json;
}

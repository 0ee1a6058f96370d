/* What a review says, in the order of the person who was hurt. */
#include "base/utf8.h"
#include "cli/answer_json.h"
#include "cli/answer_page.h"
#include "cli/review.h"
#include "cli/situation_file.h"

static void put(Page *page, BlockKind kind, Text text)
{
  if (text.length) page_put(page, kind, text);
}

static void put_heading(Page *page, Wording heading)
{
  page_put(page, BLOCK_HEADING, wording(heading));
}

/* Somebody's own words, or what may be asked while there are none. */
static void put_told(Page *page, const Review *review, AccountPart part,
                     Wording missing)
{
  Text told = review->account.parts[part];
  bool told_any = !text_is_none(told) && told.length;
  put(page, told_any ? BLOCK_QUOTE : BLOCK_WORDS,
      told_any ? told : wording(missing));
}

/* ------------------------------------------------------- the first things */

static void put_top(Page *page, const View *view)
{
  Text title = view->situation->title;
  uint32_t boundary = view->situation->boundary;
  if (text_is_none(title) || !title.length)
    title = image_text(view->image,
                       view->image->boundaries.at[boundary].title);
  put(page, BLOCK_TITLE,
      answer_fill(view, WORDING_REVIEW_TITLE,
                  utf8_safe(view->arena, title, false), TEXT_NONE));
  put(page, BLOCK_WORDS, wording(WORDING_REVIEW_CALM));
}

static bool is_impact(const View *view, uint32_t fact)
{
  return view->image->facts.at[fact].dimension == IMPACT;
}

static void put_fact(Page *page, const View *view, uint32_t fact)
{
  Text given = answer_given_words(view, fact);
  put(page, BLOCK_ITEM,
      answer_join(view, answer_question(view, fact),
                  sentence(view->arena, answer_capital(view, given))));
}

/* The impact comes before anything that was meant. */
static void put_impact(Page *page, const View *view)
{
  Text intention = view->situation->intention;
  page_put(page, BLOCK_PART, wording(WORDING_REVIEW_IMPACT));
  for (uint32_t i = 0; i < view->image->facts.count; i++)
    if (is_impact(view, i) && view->situation->facts[i].given)
      put_fact(page, view, i);
  page_put(page, BLOCK_PART, wording(WORDING_REVIEW_FACTS));
  for (uint32_t i = 0; i < view->image->facts.count; i++)
    if (!is_impact(view, i) && view->situation->facts[i].given)
      put_fact(page, view, i);
  if (text_is_none(intention)) return;
  page_put(page, BLOCK_PART, wording(WORDING_INTENTION_HEADING));
  put(page, BLOCK_WORDS,
      answer_fill(view, WORDING_INTENTION,
                  sentence(view->arena, intention), TEXT_NONE));
}

static void put_questions(Page *page, const Review *review)
{
  put_heading(page, WORDING_REVIEW_PERSON);
  put_told(page, review, ACCOUNT_PERSON, WORDING_REVIEW_PERSON_MISSING);
  put_heading(page, WORDING_REVIEW_WHAT);
  put_told(page, review, ACCOUNT_WHAT, WORDING_REVIEW_MISSING);
  put_impact(page, review->now);
  put_heading(page, WORDING_REVIEW_WHY);
  put_told(page, review, ACCOUNT_WHY, WORDING_REVIEW_MISSING);
  put_heading(page, WORDING_REVIEW_MEND);
  put_told(page, review, ACCOUNT_MEND, WORDING_REVIEW_MISSING);
  put_heading(page, WORDING_REVIEW_OTHER);
  put_told(page, review, ACCOUNT_OTHER, WORDING_REVIEW_MISSING);
}

/* ---------------------------------------------------------- then, and now */

/* The fact of that name in the policy of that time; NONE if it had none. */
static uint32_t fact_then(const Review *review, uint32_t fact)
{
  const View *then = review->then;
  if (then->image == review->now->image) return fact;
  Text name = view_fact_name(review->now, fact);
  for (uint32_t i = 0; i < then->image->facts.count; i++)
    if (text_equal(view_fact_name(then, i), name)) return i;
  return NONE;
}

/* What was said of a fact, by the names of its values: their words may have
 * changed since then. */
static Text said_of(const View *view, uint32_t number)
{
  const Fact *fact = &view->image->facts.at[number];
  Buffer out = {.arena = view->arena};
  if (fact->type != TYPE_RECORD && !fact->values.count)
    return answer_given_words(view, number);
  situation_given(view->image, fact, &view->situation->facts[number], &out);
  return buffer_text(&out);
}

/* Was this known before as it is known now? */
static bool was_known(const Review *review, uint32_t fact)
{
  uint32_t before = fact_then(review, fact);
  if (before == NONE || !review->then->situation->facts[before].given)
    return false;
  return !review->now->situation->facts[fact].given ||
         text_equal(said_of(review->then, before),
                    said_of(review->now, fact));
}

/* Is this fact of that time listed as known now? */
static bool is_known_now(const Review *review, uint32_t before)
{
  for (uint32_t i = 0; i < review->now->image->facts.count; i++)
    if (review->now->situation->facts[i].given &&
        fact_then(review, i) == before)
      return true;
  return false;
}

/* What was not known: what is known now, and what was asked about then. */
static void put_not_known(Page *page, const Review *review)
{
  const View *now = review->now, *then = review->then;
  bool any = false;
  page_put(page, BLOCK_PART, wording(WORDING_REVIEW_NOT_KNOWN));
  for (uint32_t i = 0; i < now->image->facts.count; i++) {
    if (!now->situation->facts[i].given || is_impact(now, i) ||
        was_known(review, i))
      continue;
    put_fact(page, now, i);
    any = true;
  }
  for (uint32_t i = 0; i < then->answer->question_count; i++) {
    uint32_t fact = then->answer->questions[i].fact;
    if (is_known_now(review, fact)) continue;
    put(page, BLOCK_ITEM,
        answer_join(then, answer_question(then, fact),
                    wording(WORDING_REVIEW_MATTERED)));
    any = true;
  }
  if (!any) put(page, BLOCK_WORDS, wording(WORDING_REVIEW_ALL_KNOWN));
}

/* Which policy it was, and whether today's comes to the same. */
static void put_policies(Page *page, const Review *review)
{
  const View *then = review->then, *now = review->now;
  if (!review->kept) return;
  page_put_policy_line(page, then);
  bool same = then->answer->low == now->answer->low &&
              then->answer->high == now->answer->high;
  put(page, BLOCK_WORDS, wording(same ? WORDING_REVIEW_SAME
                                      : WORDING_REVIEW_OTHERWISE));
  for (uint32_t i = 0; i < review->left_out.count; i++)
    put(page, BLOCK_WORDS,
        answer_fill(now, WORDING_LOG_LEFT_OUT, review->left_out.at[i],
                    TEXT_NONE));
}

static void put_then(Page *page, const Review *review)
{
  const View *then = review->then;
  if (!then) return;
  put(page, BLOCK_HEADING,
      answer_fill(then, WORDING_REVIEW_THEN,
                  answer_day_words(then, then->situation->as_of), TEXT_NONE));
  put(page, BLOCK_WORDS, answer_verdict_words(then));
  put_policies(page, review);
  page_put(page, BLOCK_PART, wording(WORDING_REVIEW_KNOWN));
  for (uint32_t i = 0; i < then->image->facts.count; i++)
    if (then->situation->facts[i].given && !is_impact(then, i))
      put_fact(page, then, i);
  put_not_known(page, review);
}

/* What was kept of the decision. */
static void put_decided(Page *page, const Review *review)
{
  if (!review->kept) return;
  page_put(page, BLOCK_PART, wording(WORDING_REVIEW_DECIDED));
  for (uint32_t i = 0; i < review->decisions.count; i++) {
    const KeptDecision *one = &review->decisions.at[i];
    if (!text_is_none(one->did)) put(page, BLOCK_QUOTE, one->did);
    if (!text_is_none(one->because)) {
      put(page, BLOCK_WORDS, wording(WORDING_REVIEW_BECAUSE));
      put(page, BLOCK_QUOTE, one->because);
    }
  }
  if (!review->decisions.count)
    put(page, BLOCK_WORDS, wording(WORDING_REVIEW_NOT_DECIDED));
}

static bool is_silent(const View *view)
{
  return view->answer->settled && view->answer->low == SILENT;
}

/* Was somebody hurt, by what is said of the impact?  The first value of a scale
 * and `no` are taken as nothing. */
static bool is_hurt(const View *view)
{
  for (uint32_t i = 0; i < view->image->facts.count; i++) {
    const Given *given = &view->situation->facts[i];
    if (!is_impact(view, i) || !given->given) continue;
    if (given->members || given->event_count) return true;
    if (given->span_count && given->spans[0].low > 0) return true;
  }
  return false;
}

typedef enum Met {
  MET_SILENT, MET_UNSETTLED, MET_FOLLOWED, MET_PART, MET_DEPARTED,
  MET_REASONS, MET_NO_REASONS, MET_NOT_ASKED, MET_UNSAID, MET_COUNT
} Met;

static const char *const met_keys[MET_COUNT] = {
  "silent", "not-settled", "followed", "part-of-what-went-wrong", "departed",
  "reasons-given", "no-reasons-given", "not-asked", "not-said",
};

/* How the guidance and what was done met: bit m is Met m. */
static uint32_t met(const Review *review)
{
  const View *view = review->then ? review->then : review->now;
  Text reasons = review->account.parts[ACCOUNT_REASONS];
  bool silent = is_silent(view), open = !view->answer->settled;
  uint32_t all = (silent ? 1u << MET_SILENT : 0) |
                 (open ? 1u << MET_UNSETTLED : 0);
  switch (review->account.followed) {
  case FOLLOWED:
    return all | 1u << MET_FOLLOWED |
           (is_hurt(review->now) ? 1u << MET_PART : 0);
  case DEPARTED:
    return all | 1u << MET_DEPARTED |
           1u << (text_is_none(reasons) ? MET_NO_REASONS : MET_REASONS);
  case NOT_ASKED: return all | 1u << MET_NOT_ASKED;
  case FOLLOWED_UNSAID:
  default: return all | 1u << MET_UNSAID;
  }
}

static void put_met(Page *page, const Review *review)
{
  uint32_t all = met(review);
  put_heading(page, WORDING_REVIEW_MET);
  put_decided(page, review);
  for (uint32_t m = 0; m < MET_COUNT; m++)
    if (all >> m & 1)
      put(page, BLOCK_WORDS, wording_of(WORDING_MET_SILENT, m));
  if (all >> MET_REASONS & 1 && !review->decisions.count)
    put(page, BLOCK_QUOTE, review->account.parts[ACCOUNT_REASONS]);
}

/* --------------------------------------------------------------- the whole */

static void put_supervision(Page *page, const View *view)
{
  put_heading(page, WORDING_REFLECT_HEADING);
  put(page, BLOCK_ITEM, wording(WORDING_REVIEW_SUPPORT));
  page_put_who(page, view);
  page_put_thinking(page, view, LINE_REFLECT);
  page_put_thinking(page, view, LINE_WEIGH);
}

static void put_learning(Page *page, const View *view)
{
  put_heading(page, WORDING_LEARN_HEADING);
  if (is_silent(view)) put(page, BLOCK_WORDS, wording(WORDING_LEARN_GAP));
  if (!view->answer->settled)
    put(page, BLOCK_WORDS, wording(WORDING_LEARN_UNSETTLED));
  put(page, BLOCK_WORDS, wording(WORDING_LEARN_DRAFT));
  put(page, BLOCK_CODE, review_example(view));
}

void review_page(const Review *review, Page *page)
{
  const View *view = review->now;
  *page = (Page){.arena = view->arena};
  put_top(page, view);
  page_put_emergency(page, view);
  put_questions(page, review);
  put_heading(page, WORDING_REVIEW_NOW);
  page_put_says(page, view);
  put_then(page, review);
  put_met(page, review);
  page_put_duties(page, view);
  put_supervision(page, view);
  put_learning(page, view);
  put_heading(page, WORDING_UNSURE_HEADING);
  put(page, BLOCK_WORDS, answer_unsure(view));
  page_put_policy(page, view);
  page_finish(page);
}

/* ------------------------------------------------------------------- JSON */

static json_t *account_json(const Review *review)
{
  const View *view = review->now;
  json_t *json = json_object();
  for (int i = 0; i < ACCOUNT_COUNT; i++)
    json_object_set_new(json, account_key((AccountPart)i),
                        answer_text_json(view, review->account.parts[i]));
  return json;
}

static json_t *met_json(const Review *review)
{
  json_t *list = json_array();
  for (uint32_t m = 0; m < MET_COUNT; m++)
    if (met(review) >> m & 1)
      json_array_append_new(list, json_string(met_keys[m]));
  return list;
}

static json_t *not_known_json(const Review *review)
{
  json_t *list = json_array();
  const View *view = review->now;
  for (uint32_t i = 0; review->then && i < view->image->facts.count; i++)
    if (view->situation->facts[i].given && !is_impact(view, i) &&
        !was_known(review, i))
      json_array_append_new(list,
                            answer_text_json(view, view_fact_name(view, i)));
  return list;
}

static json_t *decisions_json(const Review *review)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < review->decisions.count; i++) {
    const KeptDecision *one = &review->decisions.at[i];
    json_t *json = json_object();
    json_object_set_new(json, "did", answer_text_json(review->now, one->did));
    json_object_set_new(json, "because",
                        answer_text_json(review->now, one->because));
    json_array_append_new(list, json);
  }
  return list;
}

json_t *review_json(const Review *review)
{
  json_t *json = json_object();
  json_object_set_new(json, "stile-review", json_integer(1));
  json_object_set_new(json, "account", account_json(review));
  json_object_set_new(json, "guidance", met_json(review));
  json_object_set_new(json, "now", answer_json(review->now));
  json_object_set_new(json, "then",
                      review->then ? answer_json(review->then) : json_null());
  json_object_set_new(json, "not-known-then", not_known_json(review));
  json_object_set_new(json, "decided", decisions_json(review));
  json_object_set_new(json, "example",
                      answer_text_json(review->now,
                                       review_example(review->now)));
  return json;
}

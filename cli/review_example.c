/* What a policy can learn from what happened: a draft of an example. */
#include "cli/answer_text.h"
#include "cli/review.h"

#include "base/utf8.h"
#include "runtime/terms.h"

/* ------------------------------------------------------------------ given */

typedef struct Draft {
  const View *view;
  Buffer out;
  bool any; /* something is given */
} Draft;

static Text value_name(const Draft *draft, const Fact *fact, int64_t value)
{
  const Image *image = draft->view->image;
  return image_text(
      image, image->values.at[fact->values.first + (uint32_t)value].name);
}

static void put_fact(Draft *draft, uint32_t number)
{
  const Fact *fact = &draft->view->image->facts.at[number];
  buffer_format(&draft->out, "%s %.*s",
                term_dimension((Dimension)fact->dimension),
                TEXT_ARG(image_text(draft->view->image, fact->name)));
}

/* "  given " before the first, "    and " before the others. */
static void put_start(Draft *draft)
{
  buffer_put_c(&draft->out, draft->any ? "    and " : "  given ");
  draft->any = true;
}

static void put_separator(Buffer *out, uint32_t at)
{
  if (at) buffer_put_c(out, ", ");
}

static void draft_set(Draft *draft, uint32_t number)
{
  const Fact *fact = &draft->view->image->facts.at[number];
  uint64_t members = draft->view->situation->facts[number].members;
  uint32_t count = 0;
  put_start(draft);
  put_fact(draft, number);
  buffer_put_c(&draft->out, members ? " includes only " : " is none");
  for (uint32_t i = 0; i < fact->values.count; i++) {
    if (!(members >> i & 1)) continue;
    put_separator(&draft->out, count++);
    buffer_put(&draft->out, value_name(draft, fact, i));
  }
  buffer_put_char(&draft->out, '\n');
}

static void draft_record(Draft *draft, uint32_t number)
{
  const Fact *fact = &draft->view->image->facts.at[number];
  const Given *given = &draft->view->situation->facts[number];
  put_start(draft);
  put_fact(draft, number);
  buffer_put_c(&draft->out, given->event_count ? " is " : " is none");
  for (uint32_t i = 0; i < given->event_count; i++) {
    const Event *event = &given->events[i];
    put_separator(&draft->out, i);
    if (fact->item != TYPE_DATE) {
      fact_put_amount(&draft->out, fact, event->amount);
      buffer_put_c(&draft->out, " on ");
    }
    day_print(&draft->out, event->day);
  }
  buffer_put_char(&draft->out, '\n');
}

/* How many values a scale or choice may have; of each the name, if asked. */
static uint32_t put_values(Draft *draft, const Fact *fact, const Given *given,
                           bool print)
{
  uint32_t count = 0;
  for (uint32_t s = 0; s < given->span_count; s++)
    for (int64_t v = given->spans[s].low; v <= given->spans[s].high; v++) {
      if (print) {
        put_separator(&draft->out, count);
        buffer_put(&draft->out, value_name(draft, fact, v));
      }
      count++;
    }
  return count;
}

static void draft_named(Draft *draft, uint32_t number)
{
  const Fact *fact = &draft->view->image->facts.at[number];
  const Given *given = &draft->view->situation->facts[number];
  uint32_t count = put_values(draft, fact, given, false);
  if (count == fact->values.count && count > 1) return; /* says nothing */
  put_start(draft);
  if (fact->type == TYPE_YES_NO) {
    if (given->spans[0].low == 0) buffer_put_c(&draft->out, "not ");
    put_fact(draft, number);
  } else {
    put_fact(draft, number);
    buffer_put_c(&draft->out, count > 1 ? " is one of " : " is ");
    put_values(draft, fact, given, true);
  }
  buffer_put_char(&draft->out, '\n');
}

static bool is_single(const Given *given)
{
  for (uint32_t i = 0; i < given->span_count; i++)
    if (given->spans[i].low != given->spans[i].high) return false;
  return true;
}

/* An amount, a range, or several amounts; of several ranges, all from the
 * lowest to the highest, which claims less. */
static void draft_amount(Draft *draft, uint32_t number)
{
  const Fact *fact = &draft->view->image->facts.at[number];
  const Given *given = &draft->view->situation->facts[number];
  uint32_t last = given->span_count - 1;
  put_start(draft);
  put_fact(draft, number);
  if (!is_single(given)) {
    buffer_put_c(&draft->out, " is from ");
    fact_put_amount(&draft->out, fact, given->spans[0].low);
    buffer_put_c(&draft->out, " to ");
    fact_put_amount(&draft->out, fact, given->spans[last].high);
  } else {
    buffer_put_c(&draft->out, last ? " is one of " : " is ");
    for (uint32_t i = 0; i <= last; i++) {
      put_separator(&draft->out, i);
      fact_put_amount(&draft->out, fact, given->spans[i].low);
    }
  }
  buffer_put_char(&draft->out, '\n');
}

static void draft_given(Draft *draft, uint32_t number)
{
  const Given *given = &draft->view->situation->facts[number];
  if (!given->given) return;
  switch ((FactType)draft->view->image->facts.at[number].type) {
  case TYPE_SET: draft_set(draft, number); break;
  case TYPE_RECORD: draft_record(draft, number); break;
  case TYPE_YES_NO:
  case TYPE_SCALE:
  case TYPE_CHOICE:
    if (given->span_count) draft_named(draft, number);
    break;
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_DURATION:
  case TYPE_DATE:
  case TYPE_COUNT:
  default:
    if (given->span_count) draft_amount(draft, number);
    break;
  }
}

/* ----------------------------------------------------------------- expect */

static void put_expectation(Draft *draft)
{
  static const char *const verdicts[VERDICT_COUNT] = {
    [SILENT] = "silent", [PROCEED] = "proceed", [CARE] = "proceed with care",
    [CONSULT] = "consult", [HOLD] = "hold", [NEVER] = "never",
  };
  const Answer *answer = draft->view->answer;
  buffer_format(&draft->out, "  expect %s\n",
                answer->settled ? verdicts[answer->low] : "not settled");
}

static void put_comment(Draft *draft, Text text)
{
  Text safe = utf8_safe(draft->out.arena, text, false);
  buffer_format(&draft->out, "  # %.*s\n", TEXT_ARG(safe));
}

/* What no rule covers, or what it hangs on, in words. */
static void put_region(Draft *draft)
{
  const View *view = draft->view;
  const Answer *answer = view->answer;
  bool silent = answer->settled && answer->low == SILENT;
  if (silent) put_comment(draft, wording(WORDING_LEARN_SILENT));
  for (uint32_t i = 0; silent && i < view->image->facts.count; i++) {
    Text given = answer_given_words(view, i);
    if (given.length)
      put_comment(draft,
                  answer_join(view, answer_question(view, i),
                              sentence(view->arena,
                                       answer_capital(view, given))));
  }
  if (!answer->settled) put_comment(draft, wording(WORDING_LEARN_OPEN));
  for (uint32_t i = 0; !answer->settled && i < answer->question_count; i++)
    put_comment(draft, answer_question(view, answer->questions[i].fact));
}

/* In a policy's quotes: signs that would end them are escaped. */
static void put_title(Draft *draft)
{
  Text title = draft->view->situation->title;
  Text safe = utf8_safe(draft->out.arena,
                        text_is_none(title) || !title.length
                            ? wording(WORDING_LEARN_TITLE)
                            : title,
                        false);
  buffer_put_c(&draft->out, "example \"");
  for (uint32_t i = 0; i < safe.length; i++) {
    if (safe.at[i] == '"' || safe.at[i] == '\\')
      buffer_put_char(&draft->out, '\\');
    buffer_put_char(&draft->out, safe.at[i]);
  }
  buffer_put_c(&draft->out, "\"\n");
}

static Draft draft_situation(const View *view)
{
  Draft draft = {.view = view, .out = {.arena = view->arena}};
  uint32_t boundary = view->situation->boundary;
  put_title(&draft);
  buffer_format(&draft.out, "  boundary %.*s on ",
                TEXT_ARG(image_text(view->image,
                                    view->image->boundaries.at[boundary]
                                        .name)));
  day_print(&draft.out, view->situation->as_of);
  buffer_put_char(&draft.out, '\n');
  for (uint32_t i = 0; i < view->image->facts.count; i++)
    draft_given(&draft, i);
  return draft;
}

Text review_example_open(const View *view)
{
  Draft draft = draft_situation(view);
  return buffer_text(&draft.out);
}

Text review_example(const View *view)
{
  Draft draft = draft_situation(view);
  put_region(&draft);
  put_expectation(&draft);
  return buffer_text(&draft.out);
}

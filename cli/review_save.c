/* A review as a file that `stile review` reads again. */
#include "cli/review.h"
#include "cli/situation_file.h"
#include "runtime/terms.h"

static Text value_name(const View *view, const Fact *fact, int64_t value)
{
  return image_text(
      view->image,
      view->image->values.at[fact->values.first + (uint32_t)value].name);
}

static bool is_named(const Fact *fact)
{
  return fact->type == TYPE_YES_NO || fact->type == TYPE_SCALE ||
         fact->type == TYPE_CHOICE;
}

static void put_set(Buffer *out, const View *view, uint32_t number)
{
  const Fact *fact = &view->image->facts.at[number];
  uint64_t members = view->situation->facts[number].members;
  uint32_t count = 0;
  for (uint32_t i = 0; i < fact->values.count; i++) {
    if (!(members >> i & 1)) continue;
    if (count++) buffer_put_c(out, ", ");
    buffer_put(out, value_name(view, fact, i));
  }
}

static void put_events(Buffer *out, const View *view, uint32_t number)
{
  const Fact *fact = &view->image->facts.at[number];
  const Given *given = &view->situation->facts[number];
  for (uint32_t i = 0; i < given->event_count; i++) {
    const Event *event = &given->events[i];
    buffer_put_c(out, i ? ", " : "");
    if (fact->item != TYPE_DATE) buffer_put_c(out, "{date: ");
    day_print(out, event->day);
    if (fact->item == TYPE_DATE) continue;
    buffer_put_c(out, ", amount: \"");
    fact_put_amount(out, fact, event->amount);
    buffer_put_c(out, "\"}");
  }
}

static void put_span(Buffer *out, const Fact *fact, ValueSpan span)
{
  buffer_put_char(out, '"');
  fact_put_amount(out, fact, span.low);
  if (span.low != span.high) {
    buffer_put_c(out, " to ");
    fact_put_amount(out, fact, span.high);
  }
  buffer_put_char(out, '"');
}

static void put_spans(Buffer *out, const View *view, uint32_t number)
{
  const Fact *fact = &view->image->facts.at[number];
  const Given *given = &view->situation->facts[number];
  uint32_t count = 0;
  for (uint32_t s = 0; s < given->span_count; s++) {
    if (!is_named(fact)) {
      buffer_put_c(out, count++ ? ", " : "");
      put_span(out, fact, given->spans[s]);
      continue;
    }
    for (int64_t v = given->spans[s].low; v <= given->spans[s].high; v++) {
      buffer_put_c(out, count++ ? ", " : "");
      buffer_put(out, value_name(view, fact, v));
    }
  }
}

static void put_fact(Buffer *out, const View *view, uint32_t number)
{
  const Fact *fact = &view->image->facts.at[number];
  const Given *given = &view->situation->facts[number];
  bool list = fact->type == TYPE_SET || fact->type == TYPE_RECORD ||
              given->span_count > 1 ||
              (is_named(fact) && given->span_count &&
               given->spans[0].low != given->spans[0].high);
  buffer_format(out, "  %.*s: %s",
                TEXT_ARG(image_text(view->image, fact->name)),
                list ? "[" : "");
  if (fact->type == TYPE_SET)
    put_set(out, view, number);
  else if (fact->type == TYPE_RECORD)
    put_events(out, view, number);
  else
    put_spans(out, view, number);
  buffer_put_c(out, list ? "]\n" : "\n");
}

static void put_facts(Buffer *out, const View *view)
{
  for (int d = 0; d < DIMENSION_COUNT; d++) {
    bool any = false;
    for (uint32_t i = 0; i < view->image->facts.count; i++) {
      if (view->image->facts.at[i].dimension != (uint32_t)d ||
          !view->situation->facts[i].given)
        continue;
      if (!any) buffer_format(out, "%s:\n", term_dimension((Dimension)d));
      any = true;
      put_fact(out, view, i);
    }
  }
}

static void put_situation(Buffer *out, const View *view)
{
  uint32_t boundary = view->situation->boundary;
  situation_put_line(out, "title", view->situation->title);
  buffer_format(out, "boundary: %.*s\nas-of: ",
                TEXT_ARG(image_text(view->image,
                                    view->image->boundaries.at[boundary]
                                        .name)));
  day_print(out, view->situation->as_of);
  buffer_format(out, "\ntense: %s\n", term_tense(view->situation->tense));
  put_facts(out, view);
  situation_put_line(out, "intention", view->situation->intention);
}

Text review_file(const Review *review)
{
  Buffer out = {.arena = review->now->arena};
  bool any = false;
  put_situation(&out, review->now);
  for (int i = 0; i < ACCOUNT_COUNT; i++) {
    Text part = review->account.parts[i];
    if (text_is_none(part)) continue;
    if (!any) buffer_put_c(&out, "account:\n");
    any = true;
    buffer_put_c(&out, "  ");
    situation_put_line(&out, account_key((AccountPart)i), part);
  }
  if (!review->then) return buffer_text(&out);
  buffer_put_c(&out, "---\n# What was known before.\n");
  put_situation(&out, review->then);
  return buffer_text(&out);
}

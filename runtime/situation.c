#include "runtime/situation.h"

#include <stdlib.h>

void situation_init(Arena *arena, const Image *image, Day as_of,
                    Situation *situation)
{
  *situation = (Situation){
    .facts = ARENA_ARRAY(arena, image->facts.count + 1, Given),
    .boundary = image->boundaries.count == 1 ? 0 : NONE,
    .as_of = as_of,
    .tense = TENSE_PROPOSED,
  };
}

bool given_has_value(const Fact *fact, const Given *given, uint32_t value)
{
  if (fact->type == TYPE_SET) return given->members >> value & 1;
  for (uint32_t i = 0; i < given->span_count; i++)
    if (given->spans[i].low <= value && value <= given->spans[i].high)
      return true;
  return false;
}

bool given_is_exact(const Given *given)
{
  if (!given->given) return false;
  if (!given->span_count) return true; /* a set or a record */
  return given->span_count == 1 && given->spans[0].low == given->spans[0].high;
}

/* ---------------------------------------------------------- examples */

void fact_put_amount(Buffer *out, const Fact *fact, int64_t value)
{
  switch ((FactType)(fact->type == TYPE_RECORD ? fact->item : fact->type)) {
  case TYPE_MONEY: money_print(out, value, (Currency)fact->currency); return;
  case TYPE_DURATION:
    duration_print(out, value, (Unit)fact->unit);
    return;
  case TYPE_DATE: day_print(out, (Day)value); return;
  case TYPE_NUMBER:
  case TYPE_YES_NO:
  case TYPE_SCALE:
  case TYPE_CHOICE:
  case TYPE_SET:
  case TYPE_RECORD:
  case TYPE_COUNT:
  default: number_print(out, value); return;
  }
}

void situation_put_value(Buffer *out, const Image *image, const Fact *fact,
               uint32_t type, int64_t value)
{
  switch ((FactType)type) {
  case TYPE_YES_NO: buffer_put_c(out, value ? "yes" : "no"); return;
  case TYPE_SCALE:
  case TYPE_CHOICE:
  case TYPE_SET:
    buffer_put(out, image_text(image, image->values.at[fact->values.first +
                                                       (uint32_t)value].name));
    return;
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_DURATION:
  case TYPE_DATE: fact_put_amount(out, fact, value); return;
  case TYPE_RECORD:
  case TYPE_COUNT:
  default: return;
  }
}

static void put_span(Buffer *out, const Image *image, const Fact *fact,
                     const GivenSpan *span)
{
  bool record = fact->type == TYPE_RECORD;
  if (!record || fact->item != TYPE_DATE)
    situation_put_value(out, image, fact, record ? fact->item : fact->type,
                        span->low);
  if (!record && span->high != span->low) {
    buffer_put_c(out, " to ");
    situation_put_value(out, image, fact, fact->type, span->high);
  }
  if (!record) return;
  if (fact->item != TYPE_DATE) buffer_put_c(out, " on ");
  day_print(out, span->day);
}

static Text spans_text(Arena *arena, const Image *image, const Fact *fact,
                       Range spans)
{
  Buffer out = {.arena = arena};
  for (uint32_t i = 0; i < spans.count; i++) {
    if (i > 0) buffer_put_c(&out, ", ");
    put_span(&out, image, fact, &image->spans.at[spans.first + i]);
  }
  return spans.count ? buffer_text(&out) : TEXT("none");
}

static int compare_spans(const void *a, const void *b)
{
  const ValueSpan *one = a, *other = b;
  if (one->low != other->low) return one->low < other->low ? -1 : 1;
  return (one->high > other->high) - (one->high < other->high);
}

/* Sorted; spans that overlap become one. */
static void keep_spans(Given *given)
{
  uint32_t kept = 0;
  if (given->span_count == 0) return;
  qsort(given->spans, given->span_count, sizeof *given->spans,
        compare_spans);
  for (uint32_t i = 0; i < given->span_count; i++) {
    ValueSpan span = given->spans[i];
    if (kept && span.low <= given->spans[kept - 1].high) {
      if (span.high > given->spans[kept - 1].high)
        given->spans[kept - 1].high = span.high;
      continue;
    }
    given->spans[kept++] = span;
  }
  given->span_count = kept;
}

static void give(Arena *arena, const Image *image, const GivenFact *from,
                 Given *given)
{
  const Fact *fact = &image->facts.at[from->fact];
  const GivenSpan *spans = image->spans.at + from->spans.first;
  uint32_t count = from->spans.count;
  bool record = fact->type == TYPE_RECORD;
  given->given = true;
  given->text = spans_text(arena, image, fact, from->spans);
  given->events = record ? ARENA_ARRAY(arena, count + 1, Event) : NULL;
  given->spans = record ? NULL : ARENA_ARRAY(arena, count + 1, ValueSpan);
  for (uint32_t i = 0; i < count; i++) {
    if (record)
      given->events[given->event_count++] =
          (Event){spans[i].day, spans[i].low};
    else if (fact->type == TYPE_SET)
      given->members |= UINT64_C(1) << spans[i].low;
    else
      given->spans[given->span_count++] =
          (ValueSpan){spans[i].low, spans[i].high};
  }
  keep_spans(given);
}

void situation_from_example(Arena *arena, const Image *image,
                            uint32_t example, Situation *situation)
{
  const Example *from = &image->examples.at[example];
  situation_init(arena, image, from->day, situation);
  situation->boundary = from->boundary;
  situation->title = image_text(image, from->title);
  for (uint32_t i = 0; i < from->givens.count; i++) {
    const GivenFact *given = &image->givens.at[from->givens.first + i];
    give(arena, image, given, &situation->facts[given->fact]);
    if (image->facts.at[given->fact].dimension == IMPACT)
      situation->tense = TENSE_HAPPENED;
  }
}

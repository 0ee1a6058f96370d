/* Examples: what they give fits the facts, what they expect is complete. */
#include "runtime/verify.h"

/* Kinds of Expect that name something. */
enum { EXPECTS_RULE = 2, EXPECTS_MUST = 3, EXPECTS_NO_MUST = 4 };


static bool refuse_span(const Verifier *verifier, uint32_t index,
                        uint32_t word, const char *message) {
  return verify_refuse(verifier, LIST_spans, index, word, message);
}

/* The lowest and highest value that a fact (or an event of a record) may
 * have. */
static GivenSpan fact_bounds(const Fact *fact) {
  switch ((FactType)fact->type) {
    case TYPE_YES_NO:
    case TYPE_SCALE:
    case TYPE_CHOICE:
    case TYPE_SET:
      return (GivenSpan){0, (int64_t)fact->values.count - 1, 0};
    case TYPE_DATE: return (GivenSpan){DAY_FIRST, DAY_LAST, 0};
    case TYPE_RECORD: return (GivenSpan){0, NUMBER_MOST, 0};
    case TYPE_NUMBER:
    case TYPE_MONEY:
    case TYPE_DURATION:
    case TYPE_COUNT: break;
  }
  return (GivenSpan){fact->low, fact->high, 0};
}

static bool verify_span(const Verifier *verifier, const Fact *fact,
                        uint32_t index, Day asked) {
  const GivenSpan *span = &verifier->image->spans.at[index];
  GivenSpan bounds = fact_bounds(fact);
  bool single = fact->type == TYPE_SET || fact->type == TYPE_RECORD;
  if (span->low < bounds.low || span->low > bounds.high)
    return refuse_span(verifier, index, GivenSpan_low,
                       "The fact cannot have this value.");
  if (span->high < span->low || span->high > bounds.high ||
      (single && span->high != span->low))
    return refuse_span(verifier, index, GivenSpan_high,
                       "The fact cannot have this value.");
  if ((fact->type == TYPE_RECORD) != (span->day != DAY_NONE) ||
      span->day > asked)
    return refuse_span(verifier, index, GivenSpan_day,
                       "An event, and nothing else, has a day, not after the "
                       "day asked about.");
  return true;
}

static bool verify_given(const Verifier *verifier, uint32_t index, Day asked) {
  const GivenFact *given = &verifier->image->givens.at[index];
  const Fact *fact = &verifier->image->facts.at[given->fact];
  Range spans = given->spans;
  bool may_be_empty = fact->type == TYPE_SET || fact->type == TYPE_RECORD;
  if (spans.count == 0 && !may_be_empty)
    return verify_refuse(verifier, LIST_givens, index, GivenFact_spans_count,
                         "A fact that is given has a value.");
  for (uint32_t i = spans.first; i < spans.first + spans.count; i++) {
    if (!verify_span(verifier, fact, i, asked)) return false;
    if (fact->type != TYPE_RECORD && i > spans.first &&
        verifier->image->spans.at[i].low <=
            verifier->image->spans.at[i - 1].high)
      return refuse_span(verifier, i, GivenSpan_low,
                         "The possible values of a fact must rise.");
  }
  return true;
}

static bool verify_expect(const Verifier *verifier, uint32_t index) {
  const Expect *expect = &verifier->image->expects.at[index];
  bool tag = expect->kind == EXPECTS_MUST || expect->kind == EXPECTS_NO_MUST;
  if ((expect->kind == EXPECTS_RULE) != (expect->rule != NONE))
    return verify_refuse(verifier, LIST_expects, index, Expect_rule,
                         "An expectation of a rule, and no other, names a "
                         "rule.");
  if (tag != (expect->tag != NONE))
    return verify_refuse(verifier, LIST_expects, index, Expect_tag,
                         "An expectation of a duty, and no other, has a tag.");
  return true;
}

bool verify_examples(const Verifier *verifier) {
  const Image *image = verifier->image;
  for (uint32_t i = 0; i < image->examples.count; i++) {
    const Example *example = &image->examples.at[i];
    if (example->day == DAY_NONE)
      return verify_refuse(verifier, LIST_examples, i, Example_day,
                           "An example is asked for a day.");
    for (uint32_t k = 0; k < example->givens.count; k++)
      if (!verify_given(verifier, example->givens.first + k, example->day))
        return false;
  }
  for (uint32_t i = 0; i < image->expects.count; i++)
    if (!verify_expect(verifier, i)) return false;
  return true;
}

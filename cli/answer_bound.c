/* "at most £50", "after 2026-02-01 and before 2026-03-01": the cells that a
 * policy tells apart, in the language spoken. */
#include "cli/answer_text.h"

typedef struct BoundWord {
  const char *starts;
  Wording words;
} BoundWord;

/* As the runtime writes them; "on or after" stands before "on". */
static const BoundWord bounds[] = {
  {"below ", WORDING_BOUND_BELOW}, {"at least ", WORDING_BOUND_AT_LEAST},
  {"at most ", WORDING_BOUND_AT_MOST}, {"above ", WORDING_BOUND_ABOVE},
  {"before ", WORDING_BOUND_BEFORE},
  {"on or after ", WORDING_BOUND_ON_OR_AFTER},
  {"on or before ", WORDING_BOUND_ON_OR_BEFORE},
  {"after ", WORDING_BOUND_AFTER}, {"exactly ", WORDING_BOUND_EXACTLY},
  {"on ", WORDING_BOUND_ON},
};

static Text one_bound(const View *view, Text text)
{
  for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
    Text starts = text_of(bounds[i].starts);
    if (!text_starts(text, starts)) continue;
    Text rest = {text.at + starts.length, text.length - starts.length};
    return answer_fill(view, bounds[i].words,
                       answer_amount_words(view, rest), TEXT_NONE);
  }
  return text_equal(text, TEXT("any value")) ? wording(WORDING_BOUND_ANY)
                                             : text;
}

Text answer_bound_words(const View *view, Text text)
{
  Text both = TEXT(" and ");
  for (uint32_t i = 0; i + both.length <= text.length; i++) {
    Text rest = {text.at + i, text.length - i};
    if (!text_starts(rest, both)) continue;
    return answer_fill(view, WORDING_AND,
                       one_bound(view, (Text){text.at, i}),
                       one_bound(view, (Text){rest.at + both.length,
                                              rest.length - both.length}));
  }
  return one_bound(view, text);
}

#include "tests/reference/show.h"

static void show_amount(Buffer *out, const RefFact *fact, int64_t amount) {
  FactType type = fact->type == TYPE_RECORD ? fact->item : fact->type;
  if (type == TYPE_NUMBER)
    number_print(out, amount);
  else if (type == TYPE_MONEY)
    money_print(out, amount, fact->currency);
  else if (type == TYPE_DURATION)
    duration_print(out, amount, fact->family == FAMILY_MONTHS ? UNIT_MONTHS
                                                     : UNIT_HOURS);
  else if (type == TYPE_DATE)
    day_print(out, (Day)amount);
  else
    buffer_put(out, ref_value_name(fact, (uint32_t)amount));
}

static void show_members(Buffer *out, const RefFact *fact, uint64_t members) {
  const char *between = "";
  buffer_put_char(out, '[');
  for (uint32_t i = 0; i < fact->value_count; i++) {
    if (!(members >> i & 1)) continue;
    buffer_put_c(out, between);
    buffer_put(out, ref_value_name(fact, i));
    between = ", ";
  }
  buffer_put_char(out, ']');
}

static void show_events(Buffer *out, const RefFact *fact, const Given *given) {
  buffer_put_char(out, '[');
  for (uint32_t i = 0; i < given->event_count; i++) {
    buffer_put_c(out, i ? ", " : "");
    if (fact->item != TYPE_DATE) buffer_put_c(out, "{date: ");
    day_print(out, given->events[i].day);
    if (fact->item == TYPE_DATE) continue;
    buffer_put_c(out, ", amount: ");
    show_amount(out, fact, given->events[i].amount);
    buffer_put_char(out, '}');
  }
  buffer_put_char(out, ']');
}

static void show_span(Buffer *out, const RefFact *fact, ValueSpan span) {
  show_amount(out, fact, span.low);
  if (span.low == span.high) return;
  buffer_put_c(out, " to ");
  show_amount(out, fact, span.high);
}

void show_given(Buffer *out, const RefFact *fact, const Given *given) {
  if (!given->given) {
    buffer_put_c(out, "unknown");
  } else if (fact->type == TYPE_SET) {
    show_members(out, fact, given->members);
  } else if (fact->type == TYPE_RECORD) {
    show_events(out, fact, given);
  } else if (given->span_count == 1) {
    show_span(out, fact, given->spans[0]);
  } else {
    for (uint32_t i = 0; i < given->span_count; i++) {
      buffer_put_c(out, i ? ", " : "[");
      show_span(out, fact, given->spans[i]);
    }
    buffer_put_char(out, ']');
  }
}

static void show_dimension(Buffer *out, const RefPolicy *policy,
                           const Situation *situation, Dimension dimension) {
  static const char *const names[DIMENSION_COUNT] = {
      "need", "capability", "context", "risk", "support", "impact"};
  bool first = true;
  for (uint32_t i = 0; i < policy->facts.count; i++) {
    const RefFact *fact = &policy->facts.at[i];
    if (fact->dimension != dimension || !situation->facts[i].given) continue;
    if (first) buffer_format(out, "%s:\n", names[dimension]);
    first = false;
    buffer_format(out, "  %.*s: ", TEXT_ARG(fact->name));
    show_given(out, fact, &situation->facts[i]);
    buffer_put_char(out, '\n');
  }
}

void show_situation(Buffer *out, const RefPolicy *policy,
                    const Situation *situation) {
  if (situation->boundary != REF_NONE)
    buffer_format(out, "boundary: %.*s\n",
                  TEXT_ARG(policy->boundaries.at[situation->boundary]));
  buffer_put_c(out, "as-of: ");
  day_print(out, situation->as_of);
  buffer_format(out, "\ntense: %s\n",
                situation->tense == TENSE_HAPPENED ? "happened" : "proposed");
  for (uint32_t d = 0; d < DIMENSION_COUNT; d++)
    show_dimension(out, policy, situation, (Dimension)d);
}

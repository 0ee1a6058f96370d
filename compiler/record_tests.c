/* Tests of records: totals, counts, and `is none`. */
#include "compiler/reading.h"
#include "runtime/grid.h"

static void report_window(Check *check, const Window *window) {
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_SPAN, window->length->span,
      "`%.*s` is not a span of whole days or months.",
      TEXT_ARG(window->length->text));
  diagnostic_help(check->diagnostics, d,
                  "Write whole days, weeks, months or years, such as "
                  "`in 30 days` or `in 12 months`.");
}

static bool read_window(Check *check, const Window *window,
                        VariableKey *key) {
  const Literal *length = window->length;
  key->window = window->kind;
  if (!length) return true;
  int64_t amount = length->amount;
  bool whole = length->kind == LITERAL_DURATION;
  if (whole && length->family == FAMILY_MINUTES) {
    whole = amount % DAY_MINUTES == 0;
    amount /= DAY_MINUTES;
    key->window = WINDOW_DAYS;
  } else {
    key->window = WINDOW_MONTHS;
  }
  if (!whole || amount < 1 || amount > WINDOW_LONGEST) {
    report_window(check, window);
    return false;
  }
  key->length = (uint32_t)amount;
  return true;
}

/* Counts a record's different windows. */
static void note_window(Check *check, const Condition *condition,
                        const VariableKey *key) {
  CheckedFact *fact = &check->out->facts.at[key->fact];
  for (uint32_t i = 0; i < fact->window_count; i++) {
    const VariableKey *seen = &fact->windows[i];
    if (seen->window == key->window && seen->length == key->length) return;
  }
  if (fact->window_count < WINDOWS_MOST) {
    if (!fact->windows)
      fact->windows = ARENA_ARRAY(check->arena, WINDOWS_MOST, VariableKey);
    fact->windows[fact->window_count++] = *key;
    return;
  }
  diagnostic_error(check->diagnostics, E_WINDOWS_MANY, condition->span,
                   "`%.*s` is asked about over more than %d different spans "
                   "of time.", TEXT_ARG(fact_words(check, key->fact)),
                   WINDOWS_MOST);
}

/* The fact whose value is added to a total. */
static bool read_with(Check *check, const Condition *condition,
                      VariableKey *key) {
  if (text_is_none(condition->record->with.name.text)) return true;
  key->with = names_fact(check, condition->record->with);
  if (key->with == NONE) return false;
  const CheckedFact *record = &check->out->facts.at[key->fact];
  const CheckedFact *with = &check->out->facts.at[key->with];
  if (with->poisoned) return false;
  if (condition->record->aggregate == AGGREGATE_TOTAL &&
      with->type == record->item &&
      with->node->currency == record->node->currency &&
      with->family == record->family && with->type != TYPE_DATE)
    return true;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_WITH, fact_ref_span(&condition->record->with),
      "`%.*s` is %.*s and cannot be added to `%.*s`, which is %.*s.",
      TEXT_ARG(fact_words(check, key->with)),
      TEXT_ARG(type_words(check, with)),
      TEXT_ARG(fact_words(check, key->fact)),
      TEXT_ARG(type_words(check, record)));
  diagnostic_help(check->diagnostics, d,
                  "`with` adds money of the same currency, or a duration "
                  "counted the same way, to a total.");
  return false;
}

static bool check_record(Check *check, const Condition *condition,
                         const CheckedFact *fact) {
  const char *wrong = NULL;
  if (fact->type != TYPE_RECORD)
    wrong = "Only a record has a total and a count.";
  else if (condition->record->aggregate == AGGREGATE_TOTAL &&
           fact->item == TYPE_DATE)
    wrong = "Dates cannot be added up: write `count of`.";
  if (!wrong) return true;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_AGGREGATE, condition->span,
      "`%.*s` is %.*s and has no %s.",
      TEXT_ARG(fact_words(check, (uint32_t)(fact - check->out->facts.at))),
      TEXT_ARG(type_words(check, fact)),
      condition->record->aggregate == AGGREGATE_TOTAL ? "total" : "count");
  diagnostic_help(check->diagnostics, d, "%s", wrong);
  return false;
}

void check_total_test(Check *check, const Condition *condition,
                              Term *term) {
  const CheckedFact *fact = &check->out->facts.at[term->key.fact];
  bool total = condition->record->aggregate == AGGREGATE_TOTAL;
  Reading reading = {condition, total ? fact : NULL,
                     {0, RECORD_MOST, 1}, NULL, 0};
  if (!check_record(check, condition, fact)) return;
  if (!relation_compares(condition->relation)) {
    wrong_relation(check, condition, term->key.fact);
    return;
  }
  term->key.aggregate = condition->record->aggregate;
  if (!read_window(check, &condition->record->window, &term->key)) return;
  note_window(check, condition, &term->key);
  if (!read_with(check, condition, &term->key)) return;
  if (reading_stretches(check, &reading, term)) term->kind = TERM_TEST;
}

void check_record_test(Check *check, const Condition *condition,
                              Term *term) {
  bool none = condition->relation == RELATION_IS;
  if (!condition_is_none(condition)) {
    wrong_relation(check, condition, term->key.fact);
    return;
  }
  term->key.aggregate = AGGREGATE_COUNT;
  term->key.window = WINDOW_ALL;
  take_stretch(check, term,
               none ? (Stretch){EDGE_END, EDGE_ABOVE(0)}
                    : (Stretch){EDGE_ABOVE(0), EDGE_END});
}

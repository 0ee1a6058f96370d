/* Relations: what does not fit, and what would. */
#include "compiler/check.h"

static const char *relation_words(Relation relation) {
  static const char *const words[RELATION_COUNT] = {
      "", "is", "is not", "is one of", "is not one of", "is at least",
      "is at most", "is above", "is below", "is from … to …", "includes",
      "includes any of", "includes all of", "includes none of",
      "includes at least … of", "is before", "is after", "is on or before",
      "is on or after", "is within", "is more than … ago",
      "is at least … ago", "is less than … ago"};
  return words[relation];
}

bool relation_orders(Relation relation) {
  return relation >= RELATION_AT_LEAST && relation <= RELATION_FROM_TO;
}

static const char *relation_help(const CheckedFact *fact) {
  switch (fact->type) {
    case TYPE_YES_NO: return "Write the fact alone, or `not` and the fact.";
    case TYPE_SCALE:
      return "Write `is`, `is not`, `is one of`, `is at least`, `is at "
             "most`, `is above`, `is below` or `is from … to …`.";
    case TYPE_CHOICE:
      return "Write `is`, `is not`, `is one of` or `is not one of`.";
    case TYPE_SET:
      return "Write `includes`, `includes any of`, `includes all of`, "
             "`includes none of`, `includes at least 2 of` or `is none`.";
    case TYPE_NUMBER:
    case TYPE_MONEY:
    case TYPE_DURATION:
      return "Write `is`, `is at least`, `is at most`, `is above`, `is "
             "below` or `is from … to …`.";
    case TYPE_DATE:
      return "Write `is before`, `is after`, `is on or before`, `is on or "
             "after` and a date, or `is within`, `is more than … ago`.";
    case TYPE_RECORD:
      return "Write `total of …` or `count of …` with `in 12 months`, or "
             "`is none`.";
    case TYPE_COUNT: break;
  }
  return "";
}

static void report_alone(Check *check, const Condition *condition,
                         uint32_t index) {
  const CheckedFact *fact = &check->out->facts.at[index];
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_ALONE, condition->span,
      "`%.*s` is %.*s and does not stand alone.",
      TEXT_ARG(fact_words(check, index)),
      TEXT_ARG(type_words(check, fact)));
  if (fact->value_count > 0)
    diagnostic_help(check->diagnostics, d,
                    "Say what it must be, such as `%.*s %s %.*s`.",
                    TEXT_ARG(fact_words(check, index)),
                    fact->type == TYPE_SET ? "includes" : "is",
                    TEXT_ARG(fact->values[0]->name.text));
  else
    diagnostic_help(check->diagnostics, d, "%s", relation_help(fact));
}

void wrong_relation(Check *check, const Condition *condition,
                    uint32_t index) {
  const CheckedFact *fact = &check->out->facts.at[index];
  Text name = fact_words(check, index);
  const char *relation = relation_words(condition->relation);
  if (condition->relation == RELATION_HOLDS) {
    report_alone(check, condition, index);
    return;
  }
  Diagnostic *d;
  if (fact->type == TYPE_CHOICE && relation_orders(condition->relation)) {
    d = diagnostic_error(check->diagnostics, E_NO_ORDER, condition->span,
                         "The values of `%.*s` have no order, so `%s` does "
                         "not fit.", TEXT_ARG(name), relation);
    diagnostic_help(check->diagnostics, d,
                    "Use `is one of`, or declare the values with `<` "
                    "between them, from least to most.");
    return;
  }
  d = diagnostic_error(check->diagnostics, E_RELATION, condition->span,
                       "`%s` does not fit `%.*s`, which is %.*s.", relation,
                       TEXT_ARG(name), TEXT_ARG(type_words(check, fact)));
  diagnostic_help(check->diagnostics, d, "%s", relation_help(fact));
}

void pointless_test(Check *check, const Condition *condition, bool always,
                    const char *format, ...) {
  va_list list;
  va_start(list, format);
  Text reason = text_format_list(check->arena, format, list);
  va_end(list);
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_POINTLESS, condition->span,
      "This can only be %s: %.*s.", always ? "true" : "false",
      TEXT_ARG(reason));
  diagnostic_help(check->diagnostics, d,
                  "Change the value, or take the test out.");
}

void twice_in_list(Check *check, const Literal *literal) {
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_LIST_TWICE, literal->span,
      "`%.*s` stands twice in this list.", TEXT_ARG(literal->text));
  diagnostic_help(check->diagnostics, d, "Take one of them out.");
}

bool condition_is_none(const Condition *condition) {
  const Literal *value = condition->values;
  return (condition->relation == RELATION_IS ||
          condition->relation == RELATION_IS_NOT) &&
         value && value->kind == LITERAL_NAME && !value->next &&
         text_equal(value->text, TEXT("none"));
}

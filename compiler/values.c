/* Values: reading what an author wrote on the lattice of a fact. */
#include "compiler/check.h"

static bool report_kind(Check *check, const CheckedFact *fact,
                        const Literal *literal, const char *help) {
  uint32_t index = (uint32_t)(fact - check->out->facts.at);
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_VALUE_KIND, literal->span,
      "`%.*s` is not a value of `%.*s`, which is %.*s.",
      TEXT_ARG(literal->text), TEXT_ARG(fact_words(check, index)),
      TEXT_ARG(type_words(check, fact)));
  diagnostic_help(check->diagnostics, d, "%s", help);
  return false;
}

/* ---------------------------------------------------------- named values */

static bool report_value(Check *check, const CheckedFact *fact,
                         const Literal *literal) {
  uint32_t index = (uint32_t)(fact - check->out->facts.at);
  Names names = {0};
  for (uint32_t i = 0; i < fact->value_count; i++)
    VEC_PUSH(check->arena, &names.list, fact->values[i]->name.text);
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_VALUE_UNKNOWN, literal->span,
      "`%.*s` is not a value of `%.*s`.", TEXT_ARG(literal->text),
      TEXT_ARG(fact_words(check, index)));
  Text nearest = names_nearest(check, &names, literal->text);
  Text list = value_list(check, fact);
  if (text_is_none(nearest))
    diagnostic_help(check->diagnostics, d, "It can be %.*s.", TEXT_ARG(list));
  else
    diagnostic_help(check->diagnostics, d,
                    "Did you mean `%.*s`? It can be %.*s.",
                    TEXT_ARG(nearest), TEXT_ARG(list));
  return false;
}

static bool read_name(Check *check, const CheckedFact *fact,
                      const Literal *literal, int64_t *value) {
  uint32_t index = NONE;
  if (literal->kind == LITERAL_NAME &&
      table_find(&fact->value_names, literal->text, &index)) {
    *value = index;
    return true;
  }
  return report_value(check, fact, literal);
}

static bool read_yes_no(Check *check, const CheckedFact *fact,
                        const Literal *literal, int64_t *value) {
  bool yes = text_equal(literal->text, TEXT("yes"));
  *value = yes ? 1 : 0;
  if (literal->kind == LITERAL_NAME &&
      (yes || text_equal(literal->text, TEXT("no"))))
    return true;
  return report_kind(check, fact, literal, "Write `yes` or `no`.");
}

/* --------------------------------------------------------------- amounts */

static const char *currency_sign(Currency currency) {
  return currency == GBP ? "£" : currency == EUR ? "€" : "$";
}

static bool report_currency(Check *check, const CheckedFact *fact,
                            const Literal *literal) {
  uint32_t index = (uint32_t)(fact - check->out->facts.at);
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_CURRENCY, literal->span,
      "`%.*s` is in %s, but `%.*s` is in %s.", TEXT_ARG(literal->text),
      currency_name(literal->currency), TEXT_ARG(fact_words(check, index)),
      currency_name(fact->node->currency));
  diagnostic_help(check->diagnostics, d,
                  "Nothing is converted: write the amount in %s.",
                  currency_name(fact->node->currency));
  return false;
}

static bool read_money(Check *check, const CheckedFact *fact,
                       const Literal *literal, int64_t *value) {
  *value = literal->amount;
  const char *sign = currency_sign(fact->node->currency);
  if (literal->kind == LITERAL_MONEY)
    return literal->currency == fact->node->currency ||
           report_currency(check, fact, literal);
  Text help = literal->kind == LITERAL_NUMBER
                  ? text_format(check->arena, "Write `%s%.*s`.", sign,
                                TEXT_ARG(literal->text))
                  : text_format(check->arena,
                                "Write an amount such as `%s50`.", sign);
  return report_kind(check, fact, literal, help.at);
}

static bool report_family(Check *check, const CheckedFact *fact,
                          const Literal *literal) {
  uint32_t index = (uint32_t)(fact - check->out->facts.at);
  bool months = fact->family == FAMILY_MONTHS;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_FAMILY, literal->span,
      "`%.*s` cannot be compared with `%.*s`, which is counted in %s: months "
      "are not all equally long.",
      TEXT_ARG(literal->text), TEXT_ARG(fact_words(check, index)),
      unit_name(fact->node->unit, true));
  const char *record = fact->type == TYPE_RECORD ? "a record of durations"
                                                 : "a duration";
  diagnostic_help(check->diagnostics, d,
                  "Write it in %s here, or declare the fact as `is %s in "
                  "%s`.",
                  months ? "months or years" : "days or weeks", record,
                  unit_name(literal->unit, true));
  return false;
}

static bool read_duration(Check *check, const CheckedFact *fact,
                          const Literal *literal, int64_t *value) {
  *value = literal->amount;
  const char *unit = unit_name(fact->node->unit, true);
  if (literal->kind == LITERAL_DURATION)
    return literal->family == fact->family ||
           report_family(check, fact, literal);
  Text help = literal->kind == LITERAL_NUMBER
                  ? text_format(check->arena, "Write `%.*s %s`.",
                                TEXT_ARG(literal->text), unit)
                  : text_format(check->arena,
                                "Write a duration such as `6 %s`.", unit);
  return report_kind(check, fact, literal, help.at);
}

bool literal_read(Check *check, const CheckedFact *fact, const Literal *literal,
                int64_t *value) {
  FactType type = fact->type == TYPE_RECORD ? fact->item : fact->type;
  *value = literal->amount;
  switch (type) {
    case TYPE_YES_NO: return read_yes_no(check, fact, literal, value);
    case TYPE_SCALE:
    case TYPE_CHOICE:
    case TYPE_SET: return read_name(check, fact, literal, value);
    case TYPE_NUMBER:
      return literal->kind == LITERAL_NUMBER ||
             report_kind(check, fact, literal,
                         "Write a plain number, such as `3`.");
    case TYPE_MONEY: return read_money(check, fact, literal, value);
    case TYPE_DURATION: return read_duration(check, fact, literal, value);
    case TYPE_DATE:
      return literal->kind == LITERAL_DATE ||
             report_kind(check, fact, literal,
                         "Write a date as year, month and day, such as "
                         "`2026-11-23`.");
    case TYPE_RECORD:
    case TYPE_COUNT: break;
  }
  return false;
}

/* --------------------------------------------------------- plain numbers */

bool whole_read(Check *check, const Literal *literal, const char *what,
                Sums allowed, uint32_t *value) {
  bool whole = literal->kind == LITERAL_NUMBER &&
               literal->amount % NUMBER_ONE == 0 &&
               literal->amount >= allowed.from * NUMBER_ONE &&
               literal->amount <= allowed.to * NUMBER_ONE;
  if (whole) {
    *value = (uint32_t)(literal->amount / NUMBER_ONE);
    return true;
  }
  Diagnostic *d = diagnostic_error(check->diagnostics, E_WHOLE, literal->span,
                                   "`%.*s` is not %s.",
                                   TEXT_ARG(literal->text), what);
  if (allowed.to > WEIGHT_MOST)
    diagnostic_help(check->diagnostics, d,
                    "Write a whole number, such as `2`.");
  else
    diagnostic_help(check->diagnostics, d,
                    "Write a whole number from %u to %u, such as `2`.",
                    allowed.from, allowed.to);
  return false;
}

#include "compiler/parser.h"

static Condition *make_condition(Parse *parse, ConditionKind kind,
                                 Span span) {
  Condition *condition = ARENA_NEW(parse->arena, Condition);

  condition->kind = kind;
  condition->span = span;
  condition->poisoned = parse->spoiled && parse->spoiled == span.end;
  return condition;
}

/* -------------------------------------------------------- `and` and `or` */

Chain tree_chain_start(Condition *part) {
  return (Chain){part, part, CONDITION_NOT, NULL};
}

Chain tree_chain_join(Chain chain, ConditionKind kind, Condition *part) {
  if (chain.kind == CONDITION_NOT) chain.kind = kind;
  if (chain.kind != kind && !chain.before_mix) chain.before_mix = chain.last;
  chain.last->next = part;
  chain.last = part;
  return chain;
}

/* The part before `last`. */
static const Condition *before(const Condition *first,
                               const Condition *last) {
  while (first->next != last) first = first->next;
  return first;
}

/* `a and b or c`: people read it both ways, so both are shown. */
static void report_mixed(Parse *parse, Chain chain, Span span) {
  bool and_first = chain.kind == CONDITION_AND;
  const char *one = and_first ? "and" : "or";
  const char *other = and_first ? "or" : "and";
  const Condition *b = chain.before_mix;
  Text a = parse_words(parse, before(chain.first, b)->span);
  Text middle = parse_words(parse, b->span);
  Text c = parse_words(parse, b->next->span);
  Text help = text_format(
      parse->arena,
      "Add brackets: `(%.*s %s %.*s) %s %.*s`, or `%.*s %s (%.*s %s %.*s)`.",
      TEXT_ARG(a), one, TEXT_ARG(middle), other, TEXT_ARG(c), TEXT_ARG(a),
      one, TEXT_ARG(middle), other, TEXT_ARG(c));

  parse_report(parse, 135, span, help.at,
               "`and` and `or` stand together here without brackets, and"
               " people read that both ways.");
}

static bool any_poisoned(const Condition *part) {
  for (; part; part = part->next)
    if (part->poisoned) return true;
  return false;
}

Condition *tree_chain(Parse *parse, Chain chain, Span span) {
  Condition *whole;

  if (chain.kind == CONDITION_NOT) return chain.first;
  whole = make_condition(parse, chain.kind, span);
  whole->parts = chain.first;
  whole->poisoned |= any_poisoned(chain.first) || chain.before_mix;
  if (chain.before_mix) report_mixed(parse, chain, span);
  return whole;
}

Condition *tree_not(Parse *parse, Condition *part, Span span) {
  Condition *condition = make_condition(parse, CONDITION_NOT, span);

  condition->parts = part;
  condition->poisoned |= part->poisoned;
  return condition;
}

/* ---------------------------------------------------------- counted lists */

Condition *tree_count(Parse *parse, Bound bound, Literal *number,
                      Conditions parts, Span span) {
  Condition *condition = make_condition(parse, CONDITION_COUNT, span);

  condition->bound = bound;
  condition->number = number;
  condition->parts = parts.first;
  condition->poisoned |= number->poisoned || any_poisoned(parts.first);
  return condition;
}

static void report_brackets(Parse *parse, Span span, const char *more) {
  Text words = parse_words(parse, span);
  Text help = text_format(parse->arena, "Write `(%.*s%s)`.", TEXT_ARG(words),
                          more);

  parse_report(parse, 136, span, help.at,
               "In a counted list, this part needs brackets of its own, so"
               " that one can see where it ends.");
}

Condition *tree_counted(Parse *parse, Chain chain, Span span) {
  Condition *condition;

  if (chain.kind == CONDITION_NOT) return chain.first;
  report_brackets(parse, span, "");
  chain.before_mix = NULL;
  condition = tree_chain(parse, chain, span);
  condition->poisoned = true;
  return condition;
}

Condition *tree_unbracketed(Parse *parse, Condition *subject, Test test,
                            Literal *value, Span span) {
  Condition *condition;

  LIST_ADD(test.values, value);
  condition = tree_test(parse, subject, test, span);
  if (!condition->poisoned)
    report_brackets(parse, span,
                    parse_peek(parse, 0)->kind == T_COMMA ? ", …" : "");
  condition->poisoned = true;
  return condition;
}

Condition *tree_stray_value(Parse *parse, Literal *value, Span span) {
  Condition *condition = make_condition(parse, CONDITION_TEST, span);

  condition->subject = SUBJECT_FACT;
  condition->values = value;
  condition->poisoned = true;
  parse_report(parse, 136, span,
               "If it belongs to a list of values, put that test in brackets"
               " of its own.",
               "A value stands alone in this counted list.");
  return condition;
}

/* ----------------------------------------------------------------- tests */

Condition *tree_named(Parse *parse, Word name, Span span) {
  Condition *condition = make_condition(parse, CONDITION_NAME, span);

  condition->name = name;
  condition->relation = RELATION_HOLDS;
  condition->poisoned |= text_is_none(name.text);
  return condition;
}

Condition *tree_subject(Parse *parse, FactRef fact, Span span) {
  Condition *condition = make_condition(parse, CONDITION_TEST, span);

  condition->subject = SUBJECT_FACT;
  condition->fact = fact;
  return condition;
}

Condition *tree_holds(Parse *parse, FactRef fact, Span span) {
  Condition *condition = tree_subject(parse, fact, span);

  condition->relation = RELATION_HOLDS;
  return condition;
}

Condition *tree_record(Parse *parse, Aggregate aggregate, FactRef fact,
                       FactRef with, Window window, Span span) {
  Condition *condition = make_condition(parse, CONDITION_TEST, span);

  condition->subject = SUBJECT_RECORD;
  condition->fact = fact;
  condition->record = ARENA_NEW(parse->arena, RecordSubject);
  *condition->record = (RecordSubject){aggregate, with, window};
  condition->poisoned |= window.length && window.length->poisoned;
  return condition;
}

Condition *tree_subject_signs(Parse *parse, Word name, Span span) {
  Condition *condition = make_condition(parse, CONDITION_TEST, span);

  condition->subject = SUBJECT_SIGNS;
  condition->name = name;
  return condition;
}

Condition *tree_intention(Parse *parse, Span span) {
  Condition *condition = make_condition(parse, CONDITION_TEST, span);

  condition->poisoned = true;
  parse_report(parse, 137, span,
               "Test what may happen or has happened, such as a `risk` or an"
               " `impact`.",
               "A condition cannot rest on `intention`: a good intention does"
               " not undo harm to the person.");
  return condition;
}

Condition *tree_test(Parse *parse, Condition *subject, Test test, Span span) {
  subject->relation = test.relation;
  subject->values = test.values.first;
  subject->number = test.number;
  subject->span = span;
  subject->poisoned |= parse->spoiled && parse->spoiled == span.end;
  subject->poisoned |= test.number && test.number->poisoned;
  for (const Literal *at = test.values.first; at; at = at->next)
    subject->poisoned |= at->poisoned;
  return subject;
}

Condition *tree_list_test(Parse *parse, Condition *subject, Test test,
                          Literals values, Span span) {
  test.values = values;
  return tree_test(parse, subject, test, span);
}

FactRef tree_ref(Word dimension, Word name) {
  return (FactRef){name, tree_dimension(dimension), dimension.span.start};
}

Window tree_window(Literal *length, Span span) {
  if (length->family == FAMILY_MONTHS)
    return (Window){WINDOW_MONTHS, length, span};
  return (Window){WINDOW_DAYS, length, span};
}

Test tree_relation(Relation relation, Literal *value) {
  return (Test){.relation = relation, .values = {value, value}};
}

Test tree_relation_range(Literal *low, Literal *high) {
  low->next = high;
  return (Test){.relation = RELATION_FROM_TO, .values = {low, high}};
}

Test tree_relation_counted(Literal *number) {
  return (Test){.relation = RELATION_INCLUDES_AT_LEAST, .number = number};
}

/* ---------------------------------------------------------------- values */

Literal *tree_value_name(Parse *parse, Word name) {
  Literal *literal = ARENA_NEW(parse->arena, Literal);

  literal->kind = LITERAL_NAME;
  literal->text = name.text;
  literal->span = name.span;
  return literal;
}

Literal *tree_value_unknown(Parse *parse, Word name) {
  Literal *literal = tree_value_name(parse, name);

  literal->poisoned = true;
  parse_report(parse, 138, name.span,
               "Leave the test out: a fact that is not known and matters"
               " becomes a question by itself.",
               "`unknown` is not a value that can be tested.");
  return literal;
}

/* The number becomes the duration. */
Literal *tree_duration(Parse *parse, Literal *number, Word unit, Span span) {
  Literal *literal = number;

  literal->kind = LITERAL_DURATION;
  literal->span = span;
  literal->text = parse_words(parse, span);
  literal->unit = unit_find(unit.text);
  literal->family = unit_family(literal->unit);
  literal->count = number->amount;
  literal->poisoned = number->poisoned;
  if (literal->poisoned) return literal;
  if (duration_make(literal->count, literal->unit, &literal->amount)
      && literal->amount >= 0)
    return literal;
  literal->poisoned = true;
  literal->amount = 0;
  parse_report(parse, 127, span,
               "Use a smaller unit, and a number that is not below 0.",
               "`%.*s` is not a whole number of %s.", TEXT_ARG(literal->text),
               literal->family == FAMILY_MONTHS ? "months" : "minutes");
  return literal;
}

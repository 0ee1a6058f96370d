#include "compiler/parser.h"

Dimension tree_dimension(Word word) {
  static const char *const names[DIMENSION_COUNT] = {
      "need", "capability", "context", "risk", "support", "impact"};

  for (int i = 0; i < DIMENSION_COUNT; i++)
    if (text_equal(word.text, text_of(names[i]))) return (Dimension)i;
  return NEED;
}

static Item *make_item(Parse *parse, Word dimension, Word name, Span span) {
  Item *item = ARENA_NEW(parse->arena, Item);

  item->kind = ITEM_FACT;
  item->name = name;
  item->span = span;
  item->fact = ARENA_NEW(parse->arena, FactNode);
  item->fact->dimension = tree_dimension(dimension);
  item->fact->name = name;
  return item;
}

static bool is_poisoned(const Literal *literal) {
  return literal && literal->poisoned;
}

Item *tree_fact(Parse *parse, Word dimension, Word name, Word question,
                FactNode *type, FactNode *marks, Span span) {
  Item *item = make_item(parse, dimension, name, span);
  FactNode *fact = item->fact;

  *fact = *type;
  fact->dimension = tree_dimension(dimension);
  fact->name = name;
  fact->question = question;
  fact->help = marks->help;
  fact->fixed = marks->fixed;
  fact->no_excuse = marks->no_excuse;
  fact->who_agree = marks->who_agree;
  item->title = question;
  item->poisoned = (parse->spoiled && parse->spoiled == span.end)
                   || is_poisoned(fact->low) || is_poisoned(fact->high)
                   || is_poisoned(fact->step);
  return item;
}

Item *tree_lost_fact(Parse *parse, Word dimension, Word name, Span span) {
  Item *item = make_item(parse, dimension, name, span);

  item->poisoned = true;
  return item;
}

FactNode *tree_marks(Parse *parse) {
  return ARENA_NEW(parse->arena, FactNode);
}

void tree_help(Parse *parse, FactNode *marks, Word key, Word text) {
  if (marks->help.span.file)
    parse_report(parse, 141, key.span, "Leave one of them out.",
                 "`help` is given twice for this fact.");
  marks->help = text;
}

FactNode *tree_type(Parse *parse, FactType type, Span span) {
  FactNode *fact = ARENA_NEW(parse->arena, FactNode);

  fact->type = type;
  fact->type_span = span;
  return fact;
}

FactNode *tree_type_list(Parse *parse, FactType type, ValueNode *lowest,
                         Levels values, Span span) {
  FactNode *fact = tree_type(parse, type, span);

  fact->values = values.first;
  if (lowest) {
    lowest->next = values.first;
    fact->values = lowest;
  }
  return fact;
}

FactNode *tree_type_number(Parse *parse, Literal *low, Literal *high,
                           Literal *step, Span span) {
  FactNode *fact = tree_type(parse, TYPE_NUMBER, span);

  fact->low = low;
  fact->high = high;
  fact->step = step;
  return fact;
}

FactNode *tree_type_money(Parse *parse, Currency currency, Literal *high,
                          Span span) {
  FactNode *fact = tree_type(parse, TYPE_MONEY, span);

  fact->currency = currency;
  fact->high = high;
  return fact;
}

FactNode *tree_type_duration(Parse *parse, Word unit, Literal *high,
                             Span span) {
  FactNode *fact = tree_type(parse, TYPE_DURATION, span);

  fact->unit = unit_find(unit.text);
  fact->high = high;
  return fact;
}

FactNode *tree_type_ahead(Parse *parse, Span span) {
  FactNode *fact = tree_type(parse, TYPE_DATE, span);

  fact->may_be_ahead = true;
  return fact;
}

FactNode *tree_type_record_money(Parse *parse, Currency currency, Span span) {
  FactNode *fact = tree_type(parse, TYPE_RECORD, span);

  fact->item = TYPE_MONEY;
  fact->currency = currency;
  return fact;
}

FactNode *tree_type_record_durations(Parse *parse, Word unit, Span span) {
  FactNode *fact = tree_type(parse, TYPE_RECORD, span);

  fact->item = TYPE_DURATION;
  fact->unit = unit_find(unit.text);
  return fact;
}

FactNode *tree_type_record_dates(Parse *parse, Span span) {
  FactNode *fact = tree_type(parse, TYPE_RECORD, span);

  fact->item = TYPE_DATE;
  return fact;
}

ValueNode *tree_level(Parse *parse, Word name, Word words) {
  ValueNode *value = ARENA_NEW(parse->arena, ValueNode);

  value->name = name;
  value->words = words;
  return value;
}

#include "compiler/parser.h"

static bool is_poisoned(const Literal *literal) {
  for (; literal; literal = literal->next)
    if (literal->poisoned) return true;
  return false;
}

static bool is_spoiled(const Parse *parse, Span span) {
  return parse->spoiled && parse->spoiled == span.end;
}

Item *tree_example(Parse *parse, ExampleNode *head, ExampleLines lines,
                   Span span) {
  Item *item = ARENA_NEW(parse->arena, Item);

  item->kind = ITEM_EXAMPLE;
  item->span = span;
  item->poisoned = !head || is_poisoned(head->date);
  item->example = head ? head : ARENA_NEW(parse->arena, ExampleNode);
  item->example->givens = lines.givens.first;
  item->example->expects = lines.expects.first;
  item->title = item->example->title;
  return item;
}

ExampleNode *tree_example_head(Parse *parse, Word title, Word boundary,
                               Literal *date) {
  ExampleNode *example = ARENA_NEW(parse->arena, ExampleNode);

  example->title = title;
  example->boundary = boundary;
  example->date = date;
  return example;
}

ExampleLines tree_lines_join(ExampleLines lines, ExampleLines more) {
  if (more.givens.first) {
    LIST_ADD(lines.givens, more.givens.first);
    lines.givens.last = more.givens.last;
  }
  if (more.expects.first) {
    LIST_ADD(lines.expects, more.expects.first);
    lines.expects.last = more.expects.last;
  }
  return lines;
}

ExampleLines tree_line_expect(ExpectNode *expect) {
  return (ExampleLines){.expects = {expect, expect}};
}

ExampleLines tree_lost_given(Parse *parse, Span span) {
  GivenNode *given = ARENA_NEW(parse->arena, GivenNode);

  given->span = span;
  given->poisoned = true;
  return (ExampleLines){.givens = {given, given}};
}

ExampleLines tree_lost_expect(Parse *parse, Span span) {
  ExpectNode *expect = tree_expect(parse, EXPECT_VERDICT, span);

  expect->poisoned = true;
  return tree_line_expect(expect);
}

GivenNode *tree_given(Parse *parse, FactRef fact, Relation relation,
                      Literals values, Span span) {
  GivenNode *given = ARENA_NEW(parse->arena, GivenNode);

  given->fact = fact;
  given->relation = relation;
  given->values = values.first;
  given->span = span;
  given->poisoned = is_spoiled(parse, span) || is_poisoned(values.first);
  return given;
}

GivenNode *tree_given_holds(Parse *parse, FactRef fact, bool negated,
                            Span span) {
  GivenNode *given =
      tree_given(parse, fact, RELATION_HOLDS, (Literals){0}, span);

  given->negated = negated;
  return given;
}

GivenNode *tree_given_range(Parse *parse, FactRef fact, Literal *low,
                            Literal *high, Span span) {
  low->next = high;
  return tree_given(parse, fact, RELATION_FROM_TO, (Literals){low, high},
                    span);
}

Literal *tree_event(Literal *value, Literal *day) {
  value->day = (Day)day->amount;
  value->poisoned |= day->poisoned;
  value->span = span_join(value->span, day->span);
  return value;
}

ExpectNode *tree_expect(Parse *parse, ExpectKind kind, Span span) {
  ExpectNode *expect = ARENA_NEW(parse->arena, ExpectNode);

  expect->kind = kind;
  expect->span = span;
  expect->poisoned = is_spoiled(parse, span);
  return expect;
}

ExpectNode *tree_expect_verdict(Parse *parse, Verdict verdict, Span span) {
  ExpectNode *expect = tree_expect(parse, EXPECT_VERDICT, span);

  expect->verdict = verdict;
  return expect;
}

ExpectNode *tree_expect_must(Parse *parse, bool wanted, Word tag, Span span) {
  ExpectNode *expect =
      tree_expect(parse, wanted ? EXPECT_MUST : EXPECT_NO_MUST, span);

  expect->name = tag;
  return expect;
}

ExpectNode *tree_expect_rule(Parse *parse, WordList *name,
                             ExpectStanding standing, Span span) {
  ExpectNode *expect = tree_expect(parse, EXPECT_RULE, span);

  expect->name = name->word;
  expect->standing = standing;
  return expect;
}

#include "compiler/parser.h"

static Item *make_item(Parse *parse, ItemKind kind, Word title, Word because,
                       Span span) {
  Item *item = tree_head(parse, NO_WORD, title);

  item->kind = kind;
  item->span = span;
  item->because = because;
  item->poisoned = parse->spoiled && parse->spoiled == span.end;
  return item;
}

/* ---------------------------------------------------------- what it says */

Promised *tree_promised(Parse *parse, PromiseKind kind, Verdict verdict,
                        Span span) {
  Promised *promised = ARENA_NEW(parse->arena, Promised);

  *promised = (Promised){.kind = kind, .verdict = verdict, .span = span};
  return promised;
}

Promised *tree_promised_must(Parse *parse, Word tag, Span span) {
  Promised *promised = tree_promised(parse, PROMISE_MUST, SILENT, span);

  promised->tag = tag;
  return promised;
}

static const char *bound_words(PromiseKind kind) {
  return kind == PROMISE_AT_LEAST ? "at least" : "at most";
}

Promised *tree_promised_both(Parse *parse, PromiseKind kind, Verdict verdict,
                             Span span) {
  Promised *promised = tree_promised(parse, kind, verdict, span);

  promised->poisoned = true;
  parse_report(parse, 146, span,
               "Say of one finding that it comes nowhere, such as `never"
               " nowhere`.",
               "`%s` and `nowhere` cannot stand in one promise.",
               bound_words(kind));
  return promised;
}

/* Is there nothing that the bound leaves out, or nothing to bound? */
static void check_bound(Parse *parse, Promised *promised) {
  bool bound = promised->kind == PROMISE_AT_LEAST
               || promised->kind == PROMISE_AT_MOST;

  if (promised->poisoned || !bound) return;
  if (promised->verdict == SILENT) {
    promised->poisoned = true;
    parse_report(parse, 146, promised->span,
                 "Write `promise silent nowhere`, or the finding that is"
                 " meant.",
                 "`%s` cannot stand with `silent`, which is no finding.",
                 bound_words(promised->kind));
  } else if (promised->kind == PROMISE_AT_MOST
             && promised->verdict == NEVER) {
    promised->poisoned = true;
    parse_report(parse, 146, promised->span,
                 "Write `promise never`, or the finding that is meant.",
                 "`at most never` promises nothing: no finding is stricter.");
  }
}

Item *tree_promise(Parse *parse, Word title, Promised *promised, Words scope,
                   Condition *condition, Word because, Span span) {
  Item *item = make_item(parse, ITEM_PROMISE, title, because, span);

  check_bound(parse, promised);
  item->condition = condition;
  item->poisoned |= promised->poisoned;
  item->promise = ARENA_NEW(parse->arena, PromiseNode);
  item->promise->kind = promised->kind;
  item->promise->verdict = promised->verdict;
  item->promise->tag = promised->tag;
  item->promise->boundaries = scope.first;
  return item;
}

Item *tree_assume(Parse *parse, Word title, Condition *condition,
                  Word because, Span span) {
  Item *item = make_item(parse, ITEM_ASSUME, title, because, span);

  item->condition = condition;
  return item;
}

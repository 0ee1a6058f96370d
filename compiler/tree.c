#include "compiler/parser.h"

static bool is_spoiled(const Parse *parse, Span span) {
  return parse->spoiled && parse->spoiled == span.end;
}

static Item *finish(const Parse *parse, Item *item, ItemKind kind,
                    Span span) {
  item->kind = kind;
  item->span = span;
  item->poisoned |= is_spoiled(parse, span);
  return item;
}

Item *tree_head(Parse *parse, Word name, Word title) {
  Item *item = ARENA_NEW(parse->arena, Item);

  item->name = name;
  item->title = title;
  return item;
}

void tree_file(Parse *parse, Items items) {
  parse->tree->items = items.first;
}

/* ----------------------------------------------------------- the heading */

PolicyNode *tree_policy_node(Parse *parse) {
  return ARENA_NEW(parse->arena, PolicyNode);
}

Item *tree_policy(Parse *parse, Item *head, PolicyNode *policy, Span span) {
  policy->name = head->name;
  policy->title = head->title;
  head->policy = policy;
  head->poisoned |= text_is_none(head->title.text);
  return finish(parse, head, ITEM_POLICY, span);
}

/* Reports a line of the heading that has been there before. */
static bool is_first(Parse *parse, bool said, Word key) {
  if (said)
    parse_report(parse, 141, key.span, "Leave one of them out.",
                 "`%.*s` is given twice for this policy.",
                 TEXT_ARG(key.text));
  return !said;
}

void tree_version(Parse *parse, PolicyNode *policy, Word key, Word text) {
  if (is_first(parse, policy->version.span.file, key)) policy->version = text;
}

void tree_owner(Parse *parse, PolicyNode *policy, Word key, Word text) {
  if (is_first(parse, policy->owner.span.file, key)) policy->owner = text;
}

void tree_layer(Parse *parse, PolicyNode *policy, Word key, Word layer) {
  if (!is_first(parse, policy->has_layer, key)) return;
  policy->has_layer = true;
  policy->layer = LAYER_TEAM;
  if (text_equal(layer.text, TEXT("law"))) policy->layer = LAYER_LAW;
  if (text_equal(layer.text, TEXT("regulator")))
    policy->layer = LAYER_REGULATOR;
  if (text_equal(layer.text, TEXT("organisation")))
    policy->layer = LAYER_ORGANISATION;
}

void tree_in_force(Parse *parse, PolicyNode *policy, Word key,
                   Literal *date) {
  if (is_first(parse, policy->in_force_from, key))
    policy->in_force_from = date;
}

void tree_next_review(Parse *parse, PolicyNode *policy, Word key,
                      Literal *date) {
  if (is_first(parse, policy->next_review, key)) policy->next_review = date;
}

void tree_if_unsure(Parse *parse, PolicyNode *policy, Word key, Word text) {
  if (is_first(parse, policy->if_unsure.span.file, key))
    policy->if_unsure = text;
}

/* ------------------------------------------------------- the other items */

Item *tree_use(Parse *parse, Word path, Span span) {
  Item *item = tree_head(parse, NO_WORD, path);

  item->poisoned = text_is_none(path.text);
  return finish(parse, item, ITEM_USE, span);
}

Item *tree_source(Parse *parse, Item *head, SourceLines lines, Span span) {
  SourceNode *source = ARENA_NEW(parse->arena, SourceNode);

  source->name = head->name;
  source->title = head->title;
  source->not_checked = lines.not_checked;
  source->clauses = lines.clauses.first;
  head->source = source;
  head->poisoned |= text_is_none(head->title.text);
  return finish(parse, head, ITEM_SOURCE, span);
}

struct ClauseText *tree_clause_text(Parse *parse, Word key, Word text) {
  struct ClauseText *clause = ARENA_NEW(parse->arena, struct ClauseText);

  clause->key = key;
  clause->text = text;
  return clause;
}

Item *tree_define(Parse *parse, Word name, Word title, Condition *condition,
                  Span span) {
  Item *item = tree_head(parse, name, title);

  item->condition = condition;
  item->poisoned = !condition || condition->poisoned;
  return finish(parse, item, ITEM_DEFINE, span);
}

Item *tree_signs(Parse *parse, Item *head, Signs signs, Span span) {
  Word name = head->name;

  head->signs = signs.first;
  head->poisoned |= text_is_none(head->title.text);
  if (!signs.first && !head->poisoned) {
    head->poisoned = true;
    parse_report(parse, 142, name.span,
                 "Write what counts, such as `counts 1 when context"
                 " refusable`.",
                 "The signs `%.*s` have no `counts`.", TEXT_ARG(name.text));
  }
  return finish(parse, head, ITEM_SIGNS, span);
}

SignNode *tree_sign(Parse *parse, Literal *weight, Condition *condition,
                    Span span) {
  SignNode *sign = ARENA_NEW(parse->arena, SignNode);

  sign->weight = weight;
  sign->condition = condition;
  sign->span = span;
  if (condition) return sign;
  sign->condition = ARENA_NEW(parse->arena, Condition);
  sign->condition->kind = CONDITION_NAME;
  sign->condition->span = span;
  sign->condition->poisoned = true;
  return sign;
}

Item *tree_everywhere(Parse *parse, Rules rules, Span span) {
  Item *item = tree_head(parse, NO_WORD, NO_WORD);

  item->rules = rules.first;
  return finish(parse, item, ITEM_EVERYWHERE, span);
}

Item *tree_boundary(Parse *parse, Item *head, Rules rules, Span span) {
  head->rules = rules.first;
  finish(parse, head, ITEM_BOUNDARY, span);
  head->poisoned = text_is_none(head->name.text);
  return head;
}

Item *tree_review(Parse *parse, Word title, Rules rules, Span span) {
  Item *item = tree_head(parse, NO_WORD, title);

  item->rules = rules.first;
  return finish(parse, item, ITEM_REVIEW, span);
}

Item *tree_lost_item(Parse *parse, ItemKind kind, Span span) {
  Item *item = tree_head(parse, NO_WORD, NO_WORD);

  item->poisoned = true;
  return finish(parse, item, kind, span);
}

Item *tree_emergency(Parse *parse, RuleNode *head, Clauses clauses,
                     Span span) {
  Item *item = tree_head(parse, head->name, head->title);

  item->rules = tree_rule(RULE_EMERGENCY, head, clauses, span);
  item->poisoned = head->poisoned;
  return finish(parse, item, ITEM_EMERGENCY, span);
}

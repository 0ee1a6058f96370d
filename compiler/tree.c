#include "compiler/parser.h"

static bool is_spoiled(const Parse *parse, Span span) {
  return parse->spoiled && parse->spoiled == span.end;
}

static Item *make_item(Parse *parse, ItemKind kind, Word name, Word title,
                       Span span) {
  Item *item = ARENA_NEW(parse->arena, Item);

  item->kind = kind;
  item->name = name;
  item->title = title;
  item->span = span;
  item->poisoned = is_spoiled(parse, span);
  return item;
}

Span build_span(const void *parts, uint32_t count) {
  const Span *spans = parts;
  Span whole = {0};

  for (uint32_t i = 1; i <= count; i++) {
    if (spans[i].start == spans[i].end) continue;
    whole = whole.file ? span_join(whole, spans[i]) : spans[i];
  }
  if (!whole.file)
    whole = (Span){spans[0].file, spans[0].end, spans[0].end};
  return whole;
}

void tree_file(Parse *parse, Items items) {
  parse->tree->items = items.first;
}

/* ----------------------------------------------------------- the heading */

PolicyNode *tree_policy_node(Parse *parse) {
  return ARENA_NEW(parse->arena, PolicyNode);
}

Item *tree_policy(Parse *parse, PolicyNode *policy, Word name, Word title,
                  Span span) {
  Item *item = make_item(parse, ITEM_POLICY, name, title, span);

  policy->name = name;
  policy->title = title;
  item->policy = policy;
  item->poisoned |= text_is_none(title.text);
  return item;
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
  Item *item = make_item(parse, ITEM_USE, NO_WORD, path, span);

  item->poisoned |= text_is_none(path.text);
  return item;
}

Item *tree_source(Parse *parse, SourceLines lines, Word name, Word title,
                  Span span) {
  Item *item = make_item(parse, ITEM_SOURCE, name, title, span);

  item->source = ARENA_NEW(parse->arena, SourceNode);
  item->source->name = name;
  item->source->title = title;
  item->source->not_checked = lines.not_checked;
  item->source->clauses = lines.clauses.first;
  item->poisoned |= text_is_none(title.text);
  return item;
}

struct ClauseText *tree_clause_text(Parse *parse, Word key, Word text) {
  struct ClauseText *clause = ARENA_NEW(parse->arena, struct ClauseText);

  clause->key = key;
  clause->text = text;
  return clause;
}

Item *tree_define(Parse *parse, Word name, Word title, Condition *condition,
                  Span span) {
  Item *item = make_item(parse, ITEM_DEFINE, name, title, span);

  item->condition = condition;
  item->poisoned |= !condition || condition->poisoned;
  return item;
}

Item *tree_signs(Parse *parse, Word name, Word title, Signs signs,
                 Span span) {
  Item *item = make_item(parse, ITEM_SIGNS, name, title, span);

  item->signs = signs.first;
  item->poisoned |= text_is_none(title.text);
  if (!signs.first && !item->poisoned) {
    item->poisoned = true;
    parse_report(parse, 142, name.span,
                 "Write what counts, such as `counts 1 when context refusable`.",
                 "The signs `%.*s` have no `counts`.", TEXT_ARG(name.text));
  }
  return item;
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

Item *tree_block(Parse *parse, ItemKind kind, Word name, Word title,
                 Rules rules, Span span) {
  Item *item = make_item(parse, kind, name, title, span);

  item->rules = rules.first;
  item->poisoned = kind == ITEM_BOUNDARY && text_is_none(name.text);
  return item;
}

Item *tree_boundary(Parse *parse, Word name, Word title, Word refusal,
                    Rules rules, Span span) {
  Item *item = tree_block(parse, ITEM_BOUNDARY, name, title, rules, span);

  item->refusal = refusal;
  return item;
}

Item *tree_emergency(Parse *parse, Word name, Word title, Clauses clauses,
                     Span span) {
  Item *item = make_item(parse, ITEM_EMERGENCY, name, title, span);

  item->rules = text_is_none(name.text)
                    ? tree_rule_lost(parse, RULE_EMERGENCY, clauses, span)
                    : tree_rule(parse, RULE_EMERGENCY, name, title, clauses,
                                span);
  item->poisoned |= item->rules->poisoned;
  return item;
}

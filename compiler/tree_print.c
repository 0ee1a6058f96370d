/* The tree for people: a node a line, its parts two columns further in.
 * Nesting is limited where conditions are read, so recursion is too. */
#include "base/utf8.h"
#include "compiler/parse.h"
#include "compiler/tree_print.h"

void tree_print_line(Buffer *out, uint32_t depth, const char *format, ...) {
  va_list list;
  Text line;

  for (uint32_t i = 0; i < depth; i++) buffer_put_c(out, "  ");
  va_start(list, format);
  line = text_format_list(out->arena, format, list);
  va_end(list);
  buffer_put(out, utf8_safe(out->arena, line, false));
  buffer_put_char(out, '\n');
}

/* `key "text"`, if there is a text. */
void tree_print_text(Buffer *out, uint32_t depth, const char *key,
                     Word word) {
  if (!text_is_none(word.text))
    tree_print_line(out, depth, "%s \"%.*s\"", key, TEXT_ARG(word.text));
}

static const char *const dimensions[DIMENSION_COUNT] = {
    "need", "capability", "context", "risk", "support", "impact"};
static const char *const types[TYPE_COUNT] = {
    "yes or no", "scale", "choice", "set", "number", "money", "duration",
    "date", "record"};
static const char *const layers[LAYER_COUNT] = {"law", "regulator",
                                                "organisation", "team"};

const char *tree_print_dimension(Dimension dimension) {
  return dimensions[dimension];
}

static void print_literal(Buffer *out, uint32_t depth, const char *key,
                          const Literal *literal) {
  if (literal)
    tree_print_line(out, depth, "%s %.*s", key, TEXT_ARG(literal->text));
}

static void print_policy(Buffer *out, const PolicyNode *policy) {
  tree_print_text(out, 1, "title", policy->title);
  tree_print_text(out, 1, "version", policy->version);
  tree_print_text(out, 1, "owner", policy->owner);
  if (policy->has_layer)
    tree_print_line(out, 1, "layer %s", layers[policy->layer]);
  print_literal(out, 1, "in force from", policy->in_force_from);
  print_literal(out, 1, "next review", policy->next_review);
  tree_print_text(out, 1, "if unsure", policy->if_unsure);
}

static void print_source(Buffer *out, const SourceNode *source) {
  tree_print_text(out, 1, "title", source->title);
  if (source->not_checked) tree_print_line(out, 1, "not checked");
  for (const struct ClauseText *at = source->clauses; at; at = at->next)
    tree_print_line(out, 1, "clause \"%.*s\" \"%.*s\"",
                    TEXT_ARG(at->key.text), TEXT_ARG(at->text.text));
}

static void print_type(Buffer *out, const FactNode *fact) {
  if (fact->type == TYPE_RECORD)
    tree_print_line(out, 1, "type record of %s", types[fact->item]);
  else
    tree_print_line(out, 1, "type %s", types[fact->type]);
  if (fact->currency != CURRENCY_NONE)
    tree_print_line(out, 1, "currency %s", currency_name(fact->currency));
  if (fact->unit != UNIT_NONE)
    tree_print_line(out, 1, "unit %s", unit_name(fact->unit, true));
  print_literal(out, 1, "from", fact->low);
  print_literal(out, 1, "up to", fact->high);
  print_literal(out, 1, "in steps of", fact->step);
  if (fact->may_be_ahead) tree_print_line(out, 1, "may be ahead");
}

static void print_fact(Buffer *out, const FactNode *fact) {
  tree_print_text(out, 1, "question", fact->question);
  print_type(out, fact);
  for (const ValueNode *at = fact->values; at; at = at->next)
    tree_print_line(out, 2, "%.*s%s%.*s%s", TEXT_ARG(at->name.text),
                    text_is_none(at->words.text) ? "" : " \"",
                    TEXT_ARG(at->words.text),
                    text_is_none(at->words.text) ? "" : "\"");
  if (fact->fixed) tree_print_line(out, 1, "fixed");
  if (fact->no_excuse) tree_print_line(out, 1, "no excuse");
  if (fact->who_agree) tree_print_line(out, 1, "who agree");
  tree_print_text(out, 1, "help", fact->help);
}

static void print_signs(Buffer *out, const SignNode *signs) {
  for (; signs; signs = signs->next) {
    print_literal(out, 1, "counts", signs->weight);
    tree_print_condition(out, 2, signs->condition);
  }
}

static void print_rules(Buffer *out, const RuleNode *rules) {
  for (; rules; rules = rules->next) tree_print_rule(out, 1, rules);
}

static const char *call_item(const Item *item) {
  static const char *const names[ITEM_KIND_COUNT] = {
      "policy", "use", "source", "fact", "define", "signs", "emergency",
      "everywhere", "boundary", "review", "example", "promise", "assume"};

  if (item->kind == ITEM_FACT) return dimensions[item->fact->dimension];
  return names[item->kind];
}

static void print_inside(Buffer *out, const Item *item) {
  switch (item->kind) {
    case ITEM_POLICY: print_policy(out, item->policy); break;
    case ITEM_SOURCE: print_source(out, item->source); break;
    case ITEM_FACT: print_fact(out, item->fact); break;
    case ITEM_EXAMPLE: tree_print_example(out, item->example); break;
    case ITEM_USE: case ITEM_DEFINE: case ITEM_SIGNS: case ITEM_EMERGENCY:
    case ITEM_EVERYWHERE: case ITEM_BOUNDARY: case ITEM_REVIEW:
      tree_print_text(out, 1, item->kind == ITEM_USE ? "file" : "title",
                      item->title);
      tree_print_text(out, 1, "refusal", item->refusal);
      if (item->condition) tree_print_condition(out, 1, item->condition);
      print_signs(out, item->signs);
      print_rules(out, item->rules);
      break;
    case ITEM_PROMISE: case ITEM_ASSUME:
      tree_print_promise(out, item);
      break;
    case ITEM_KIND_COUNT: break;
  }
}

void tree_print(Buffer *out, const Tree *tree) {
  for (const Item *item = tree->items; item; item = item->next) {
    tree_print_line(out, 0, "%s%s%.*s%s", call_item(item),
                    item->name.text.length ? " " : "",
                    TEXT_ARG(item->name.text),
                    item->poisoned ? " (has a mistake)" : "");
    print_inside(out, item);
  }
}

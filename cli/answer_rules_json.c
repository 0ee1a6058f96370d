#include "cli/answer_json.h"
#include "cli/report.h"

/* A condition that a verified image can hold is far smaller. */
#define NODES_MOST 20000u
#define DEPTH_MOST 400u

json_t *answer_text_json(const View *view, Text text)
{
  return json_text(view->arena, text);
}

static json_t *words(const View *view, uint32_t text)
{
  return json_text(view->arena, image_text(view->image, text));
}

json_t *answer_place_json(const View *view, const Place *place)
{
  if (!place || place->file >= view->image->files.count) return json_null();
  const File *file = &view->image->files.at[place->file];
  json_t *json = json_object();
  json_object_set_new(
      json, "file",
      json_text(view->arena, image_place_text(view->image, file->name)));
  json_object_set_new(json, "line", json_integer(place->line));
  json_object_set_new(json, "column", json_integer(place->column));
  return json;
}

json_t *answer_lines_json(const View *view, uint32_t rule, LineKind kind)
{
  json_t *list = json_array();
  const Line *line;
  uint32_t at = 0;
  while ((line = view_next_line(view, rule, kind, &at)))
    json_array_append_new(list, words(view, line->text));
  return list;
}

json_t *answer_cites_json(const View *view, uint32_t rule)
{
  json_t *list = json_array();
  Range cites = view_rule(view, rule)->cites;
  for (uint32_t i = 0; i < cites.count; i++) {
    const Cite *cite = &view->image->cites.at[cites.first + i];
    const SourceWork *source = &view->image->sources.at[cite->source];
    json_t *json = json_object();
    json_object_set_new(json, "source", words(view, source->name));
    json_object_set_new(json, "clause", words(view, cite->clause));
    json_object_set_new(json, "checked", json_boolean(source->checked));
    json_array_append_new(list, json);
  }
  return list;
}

json_t *answer_who_json(const View *view, uint32_t number)
{
  static const char *const needs[WHO_NEED_COUNT] = {
    [WHO_ANY] = "any", [WHO_ALL] = "all", [WHO_AT_LEAST] = "at-least",
  };
  const Rule *rule = view_rule(view, number);
  if (!rule->who.count) return json_null();
  json_t *json = json_object(), *of = json_array();
  for (uint32_t i = 0; i < rule->who.count; i++) {
    const Member *member = &view->image->members.at[rule->who.first + i];
    json_array_append_new(
        of, json_text(view->arena, view_member(view, member)));
  }
  uint32_t number_of = rule->need == WHO_ALL   ? rule->who.count
                       : rule->need == WHO_ANY ? 1
                                               : rule->need_number;
  json_object_set_new(json, "need", json_string(needs[rule->need]));
  json_object_set_new(json, "n", json_integer(number_of));
  json_object_set_new(json, "of", of);
  return json;
}

/* ------------------------------------------------------------ conditions */

typedef struct Tree {
  const View *view;
  uint32_t nodes, depth; /* so far */
} Tree;

static json_t *node_json(Tree *tree, uint32_t number);

json_t *answer_truth_json(uint8_t three)
{
  return json_string(three == THREE_YES  ? "true"
                     : three == THREE_NO ? "false"
                                         : "open");
}

static void put_given(const View *view, json_t *json, const char *fact_key,
                      const char *given_key, uint32_t fact)
{
  if (fact == NONE) {
    json_object_set_new(json, fact_key, json_null());
    json_object_set_new(json, given_key, json_null());
    return;
  }
  json_object_set_new(json, fact_key,
                      json_text(view->arena, view_fact_name(view, fact)));
  json_object_set_new(json, given_key,
                      json_text(view->arena, view_given(view, fact)));
}

static void put_parts(Tree *tree, json_t *json, Range parts, Range weights)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < parts.count; i++) {
    json_t *part = node_json(tree, parts.first + i);
    if (i < weights.count) {
      uint32_t at = weights.first + i;
      json_object_set_new(
          part, "weight",
          json_integer(tree->view->image->numbers.at[at].number));
    }
    json_array_append_new(list, part);
  }
  json_object_set_new(json, "of", list);
}

static void put_test(const View *view, json_t *json, const Node *node,
                     uint32_t number)
{
  put_given(view, json, "fact", "given", node->fact);
  if (node->with != NONE)
    put_given(view, json, "with", "with-given", node->with);
  json_object_set_new(
      json, "at",
      answer_place_json(view, image_node_place(view->image, number)));
}

static void put_whole(Tree *tree, json_t *json, const Node *node)
{
  Range none = {0, 0};
  if (node->named == NONE) {
    put_parts(tree, json, node->parts, none);
    return;
  }
  const Named *named = &tree->view->image->named.at[node->named];
  json_object_set_new(json, "name", words(tree->view, named->name));
  put_parts(tree, json, named->parts, named->signs ? named->weights : none);
}

static json_t *node_json(Tree *tree, uint32_t number)
{
  static const char *const ops[NODE_OP_COUNT] = {
    [NODE_TEST] = "test", [NODE_AND] = "and", [NODE_OR] = "or",
    [NODE_NOT] = "not", [NODE_COUNT] = "count", [NODE_DEFINE] = "define",
    [NODE_SIGNS] = "signs",
  };
  const View *view = tree->view;
  const Node *node = &view->image->nodes.at[number];
  json_t *json = json_object();
  bool whole = node->op == NODE_AND || node->op == NODE_OR ||
               node->op == NODE_NOT;
  json_object_set_new(json, "op", json_string(ops[node->op]));
  if (!whole) json_object_set_new(json, "text", words(view, node->text));
  json_object_set_new(json, "value",
                      answer_truth_json(view->answer->registers[node->reg]));
  tree->nodes++;
  if (node->op == NODE_TEST) {
    put_test(view, json, node, number);
  } else if (tree->depth < DEPTH_MOST && tree->nodes < NODES_MOST) {
    tree->depth++;
    put_whole(tree, json, node);
    tree->depth--;
  } else {
    json_object_set_new(json, "of", json_array());
  }
  return json;
}

static json_t *condition_json(const View *view, uint32_t number)
{
  Tree tree = {view, 0, 0};
  uint32_t root = view_rule(view, number)->condition;
  if (root == NONE) return json_null();
  json_t *json = node_json(&tree, root);
  json_object_set_new(json, "value",
                      answer_truth_json(view->answer->rules[number].condition));
  return json;
}

/* ----------------------------------------------------------------- rules */

static json_t *displaced_by(const View *view, uint32_t rule)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < view->image->rules.count; i++)
    if (view_displaces(view, i, rule))
      json_array_append_new(
          list, json_text(view->arena, view_full_name(view, i)));
  return list;
}

static json_t *finding_json(const Rule *rule)
{
  if (rule->finding == SILENT) return json_null();
  return json_string(term_verdict((Verdict)rule->finding));
}

json_t *answer_rule_json(const View *view, uint32_t number)
{
  const Rule *rule = view_rule(view, number);
  const RuleAnswer *one = &view->answer->rules[number];
  json_t *json = json_object();
  json_object_set_new(json, "rule",
                      json_text(view->arena, view_full_name(view, number)));
  json_object_set_new(json, "kind",
                      json_string(term_kind((RuleKind)rule->kind)));
  json_object_set_new(json, "title", words(view, rule->title));
  json_object_set_new(json, "finding", finding_json(rule));
  json_object_set_new(json, "agreed", json_boolean(one->agreed));
  json_object_set_new(json, "who", answer_who_json(view, number));
  json_object_set_new(json, "layer",
                      json_string(term_layer((Layer)rule->layer)));
  json_object_set_new(json, "standing",
                      json_string(term_standing((Standing)one->standing)));
  json_object_set_new(json, "displaced-by", displaced_by(view, number));
  json_object_set_new(json, "because",
                      answer_lines_json(view, number, LINE_BECAUSE));
  json_object_set_new(json, "cites", answer_cites_json(view, number));
  json_object_set_new(
      json, "at",
      answer_place_json(view, image_rule_place(view->image, number)));
  json_object_set_new(json, "condition", condition_json(view, number));
  return json;
}

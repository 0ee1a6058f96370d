/* Every rule, with each condition and the fact it met. */
#include "cli/answer_text.h"

/* A condition that a verified image can hold is far smaller. */
#define NODES_MOST 20000u
#define DEPTH_MOST 400u
#define INDENT_MOST 40u

typedef struct Trace {
  Sheet *sheet;
  const View *view;
  uint32_t nodes, depth; /* so far */
} Trace;

static Text value_words(uint8_t three)
{
  return wording(three == THREE_YES  ? WORDING_TRACE_YES
                 : three == THREE_NO ? WORDING_TRACE_NO
                                     : WORDING_TRACE_OPEN);
}

/* "you said £8", "not known", "taken as not done" */
static Text met_words(const View *view, uint32_t fact)
{
  Text given = view_given(view, fact);
  if (!text_is_none(given))
    return answer_fill(view, WORDING_TRACE_GIVEN, given, TEXT_NONE);
  return wording(view->image->facts.at[fact].dimension == SUPPORT
                     ? WORDING_TRACE_UNDONE
                     : WORDING_TRACE_UNKNOWN);
}

static Text node_words(const View *view, const Node *node)
{
  if (node->op == NODE_AND) return wording(WORDING_TRACE_AND);
  if (node->op == NODE_OR) return wording(WORDING_TRACE_OR);
  if (node->op == NODE_NOT) return wording(WORDING_TRACE_NOT);
  Text text = image_text(view->image, node->text);
  if (node->op != NODE_TEST || node->fact == NONE) return text;
  Text met = met_words(view, node->fact);
  if (node->with != NONE)
    met = text_format(view->arena, "%.*s; %.*s", TEXT_ARG(met),
                      TEXT_ARG(met_words(view, node->with)));
  return answer_fill(view, WORDING_TRACE_TITLE, text, met);
}

static void put_node(Trace *trace, uint32_t number, uint8_t value,
                     uint32_t weight)
{
  const View *view = trace->view;
  const Node *node = &view->image->nodes.at[number];
  uint32_t indent = 4 + 2 * trace->depth;
  Text words = node_words(view, node);
  if (weight)
    words = answer_join(
        view, words,
        answer_fill(view, WORDING_TRACE_COUNTS,
                    text_format(view->arena, "%u", weight), TEXT_NONE));
  Text line = text_format(view->arena, "%.*s: %.*s",
                          TEXT_ARG(value_words(value)), TEXT_ARG(words));
  sheet_put(trace->sheet, indent < INDENT_MOST ? indent : INDENT_MOST, line);
}

static void put_tree(Trace *trace, uint32_t number, uint8_t value,
                     uint32_t weight)
{
  const Image *image = trace->view->image;
  const Node *node = &image->nodes.at[number];
  put_node(trace, number, value, weight);
  if (++trace->nodes > NODES_MOST || trace->depth == DEPTH_MOST ||
      node->op == NODE_TEST)
    return;
  const Named *named = node->named == NONE ? NULL
                                           : &image->named.at[node->named];
  Range parts = named ? named->parts : node->parts;
  trace->depth++;
  for (uint32_t i = 0; i < parts.count; i++) {
    uint32_t part = parts.first + i;
    uint32_t counts =
        named && named->signs && i < named->weights.count
            ? image->numbers.at[named->weights.first + i].number
            : 0;
    put_tree(trace, part,
             trace->view->answer->registers[image->nodes.at[part].reg],
             counts);
  }
  trace->depth--;
}

/* ------------------------------------------------------------------ rules */

static void put_displaced(Trace *trace, uint32_t rule)
{
  const View *view = trace->view;
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    if (!view_displaces(view, i, rule)) continue;
    bool sure = view_in_force(view, i);
    sheet_put(trace->sheet, 4,
              answer_fill(view,
                          sure ? WORDING_TRACE_SET_ASIDE
                               : WORDING_TRACE_MAY_SET_ASIDE,
                          view_full_name(view, i), TEXT_NONE));
  }
}

static void put_place(Trace *trace, uint32_t rule)
{
  const View *view = trace->view;
  const Place *place = image_rule_place(view->image, rule);
  if (!place || place->file >= view->image->files.count) return;
  Text name =
      image_place_text(view->image, view->image->files.at[place->file].name);
  sheet_put(trace->sheet, 4,
            answer_fill(view, WORDING_TRACE_PLACE, name,
                        text_format(view->arena, "%u", place->line)));
}

static void put_rule(Trace *trace, uint32_t number)
{
  const View *view = trace->view;
  const Rule *rule = view_rule(view, number);
  const RuleAnswer *one = &view->answer->rules[number];
  Text standing = wording_of(WORDING_STANDING_IN_FORCE, one->standing);
  Text title = image_text(view->image, rule->title);
  Text line = text_format(view->arena, "%.*s: %.*s.",
                          TEXT_ARG(view_full_name(view, number)),
                          TEXT_ARG(standing));
  sheet_gap(trace->sheet);
  sheet_item(trace->sheet, 2, "", line);
  if (!text_is_none(title))
    sheet_put(trace->sheet, 4, sentence(view->arena, title));
  if (rule->kind != RULE_EMERGENCY)
    sheet_put(trace->sheet, 4, answer_finding_words(view, number));
  put_displaced(trace, number);
  put_place(trace, number);
  if (rule->condition == NONE)
    sheet_put(trace->sheet, 4,
              wording(rule->kind == RULE_OTHERWISE ? WORDING_TRACE_OTHERWISE
                                                   : WORDING_TRACE_ALWAYS));
  else
    put_tree(trace, rule->condition, one->condition, 0);
}

/* The fingerprint in groups of eight, so that it can be read out. */
static Text hash_words(const View *view)
{
  Buffer out = {.arena = view->arena};
  for (int i = 0; i < IMAGE_HASH_SIZE; i++)
    buffer_format(&out, "%s%02x", i && i % 4 == 0 ? " " : "",
                  view->image->hash[i]);
  return buffer_text(&out);
}

void answer_trace_rule(Sheet *sheet, const View *view, uint32_t rule)
{
  Trace trace = {sheet, view, 0, 0};
  put_rule(&trace, rule);
}

void answer_trace(Sheet *sheet, const View *view)
{
  Trace trace = {sheet, view, 0, 0};
  sheet_heading(sheet, wording(WORDING_TRACE_HEADING));
  for (uint32_t i = 0; i < view->image->rules.count; i++) {
    const Rule *rule = view_rule(view, i);
    bool shown = view_lists(view, i) || view_is_review(view, i) ||
                 rule->kind == RULE_EMERGENCY ||
                 (rule->kind == RULE_OTHERWISE &&
                  view->answer->rules[i].standing != STANDING_ELSEWHERE);
    trace.nodes = 0;
    if (shown) put_rule(&trace, i);
  }
  sheet_gap(sheet);
  sheet_put(sheet, 2,
            answer_fill(view, WORDING_ABOUT_HASH, hash_words(view),
                        TEXT_NONE));
}

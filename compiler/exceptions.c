/* Exceptions: which rules they may displace, and whom a rule may ask. */
#include "compiler/check.h"
#include "compiler/graph.h"

/* ------------------------------------------------------------ displacing */

static bool has_slash(Text name) {
  for (uint32_t i = 0; i < name.length; i++)
    if (name.at[i] == '/') return true;
  return false;
}

/* `large`, in its boundary, as `gifts/large`. */
static Text full_rule_name(const Check *check, uint32_t boundary, Text name) {
  if (has_slash(name)) return name;
  if (boundary == NONE)
    return text_format(check->arena, "everywhere/%.*s", TEXT_ARG(name));
  return text_format(
      check->arena, "%.*s/%.*s",
      TEXT_ARG(check->out->boundaries.at[boundary].name.text),
      TEXT_ARG(name));
}

uint32_t names_rule(Check *check, uint32_t boundary, Word name,
                    bool everywhere) {
  const Names *names = &check->out->rule_names;
  Text full = full_rule_name(check, boundary, name.text);
  uint32_t rule = names_find(names, full);
  Text other = full_rule_name(check, NONE, name.text);
  if (rule == NONE && everywhere) rule = names_find(names, other);
  if (rule != NONE || names->doubtful) return rule;
  Diagnostic *d = diagnostic_error(check->diagnostics, E_RULE_UNKNOWN,
                                   name.span,
                                   "There is no rule called `%.*s`.",
                                   TEXT_ARG(full));
  if (names_find(names, other) != NONE)
    diagnostic_help(check->diagnostics, d, "Did you mean `%.*s`?",
                    TEXT_ARG(other));
  else
    names_help(check, d, names, full);
  return NONE;
}

static bool report_kind(Check *check, const CheckedRule *rule, Word name) {
  const char *why = "it is not a rule or an exception";
  const char *help = "Name a `rule` or an `exception`.";
  if (rule->kind == RULE_NEVER) {
    why = "a violation is never unlocked";
    help = "Take the name out. If the `never` is too wide, say more exactly "
           "in its `when` what it is about.";
  } else if (rule->kind == RULE_HOLDING_BACK) {
    why = "it says that holding back may harm, and forbids nothing";
  } else if (rule->kind == RULE_EMERGENCY) {
    why = "an emergency comes first";
  } else if (rule->kind == RULE_REVIEW) {
    why = "it says what to do afterwards";
  }
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_NOT_DISPLACED, name.span,
      "`%.*s` cannot be set aside: %s.", TEXT_ARG(rule->full_name), why);
  diagnostic_relate(check->diagnostics, d, rule->head, "It is here.");
  diagnostic_help(check->diagnostics, d, "%s", help);
  return false;
}

static bool report_boundary(Check *check, const CheckedRule *exception,
                            const CheckedRule *rule, Word name) {
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_OTHER_BOUNDARY, name.span,
      "`%.*s` cannot set aside `%.*s`, which is not in its own boundary.",
      TEXT_ARG(exception->full_name), TEXT_ARG(rule->full_name));
  diagnostic_relate(check->diagnostics, d, rule->head, "It is here.");
  diagnostic_help(check->diagnostics, d,
                  exception->boundary == NONE
                      ? "An exception in `everywhere` names rules of "
                        "`everywhere`. Write it in the boundary."
                      : "Name a rule of this boundary or of `everywhere`.");
  return false;
}

static bool report_layer(Check *check, const CheckedRule *exception,
                         const CheckedRule *rule, Word name) {
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_LAYER, name.span,
      "`%.*s` in the layer %s cannot set aside `%.*s` in the layer %s.",
      TEXT_ARG(exception->full_name), layer_name(exception->layer),
      TEXT_ARG(rule->full_name), layer_name(rule->layer));
  diagnostic_relate(check->diagnostics, d, rule->head, "It is here.");
  diagnostic_help(check->diagnostics, d,
                  "A lower layer can tighten, never loosen. Only a rule that "
                  "says `open to exceptions` can be set aside from below.");
  return false;
}

static bool may_displace(Check *check, const CheckedRule *exception,
                         const CheckedRule *rule, Word name) {
  bool everywhere = rule->kind < RULE_EMERGENCY && rule->boundary == NONE;
  if (rule->kind != RULE && rule->kind != RULE_EXCEPTION)
    return report_kind(check, rule, name);
  if (rule->boundary != exception->boundary && !everywhere)
    return report_boundary(check, exception, rule, name);
  if (rule->layer < exception->layer && !rule->open_to_exceptions)
    return report_layer(check, exception, rule, name);
  return true;
}

/* `seen` has, for each rule, the last exception to it, plus 1. */
static void displace(Check *check, uint32_t self, Word name,
                     uint32_t *seen) {
  CheckedRule *exception = &check->out->rules.at[self];
  uint32_t index = names_rule(check, exception->boundary, name, false);
  if (index == NONE) return;
  const CheckedRule *rule = &check->out->rules.at[index];
  if (seen[index] == self + 1) {
    Diagnostic *d = diagnostic_error(
        check->diagnostics, E_DISPLACED_TWICE, name.span,
        "`%.*s` names `%.*s` twice.", TEXT_ARG(exception->full_name),
        TEXT_ARG(rule->full_name));
    diagnostic_help(check->diagnostics, d, "Take one of them out.");
    return;
  }
  seen[index] = self + 1;
  if (may_displace(check, exception, rule, name))
    exception->displaces[exception->displace_count++] = index;
}

static void check_displaced(Check *check, uint32_t self, uint32_t *seen) {
  CheckedRule *exception = &check->out->rules.at[self];
  uint32_t count = 0;
  const WordList *name = exception->node->displaces;
  for (; name; name = name->next) count++;
  exception->displaces = ARENA_ARRAY(check->arena, count, uint32_t);
  for (name = exception->node->displaces; name; name = name->next)
    displace(check, self, name->word, seen);
}

/* --------------------------------------------------------------- circles */

static void report_circle(Check *check, const Circle *circle) {
  Buffer names = {.arena = check->arena};
  const CheckedRule *rules = check->out->rules.at;
  const CheckedRule *first = &rules[circle->nodes[0]];
  buffer_format(&names, "`%.*s` sets aside ", TEXT_ARG(first->full_name));
  for (uint32_t i = 1; i < circle->count; i++) {
    if (i > CIRCLE_SHOWN) {
      buffer_format(&names, "… (%u more), which sets aside ",
                    circle->count - i);
      break;
    }
    buffer_format(&names, "`%.*s`, which sets aside ",
                  TEXT_ARG(rules[circle->nodes[i]].full_name));
  }
  buffer_format(&names, "`%.*s`", TEXT_ARG(first->full_name));
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_EXCEPTION_CIRCLE, first->head,
      "These exceptions go round in a circle: %.*s.",
      TEXT_ARG(buffer_text(&names)));
  for (uint32_t i = 1; i < circle->count && i <= CIRCLE_SHOWN; i++) {
    const CheckedRule *rule = &rules[circle->nodes[i]];
    diagnostic_relate(check->diagnostics, d, rule->head,
                      "`%.*s` is here.", TEXT_ARG(rule->full_name));
  }
  diagnostic_help(check->diagnostics, d,
                  "Decide which one comes first, and take its name out of "
                  "the other.");
}

void check_exceptions(Check *check) {
  uint32_t count = check->out->rules.count;
  uint32_t *seen = ARENA_ARRAY(check->arena, count, uint32_t);
  Graph graph = {.arena = check->arena, .nodes = count};
  for (uint32_t i = 0; i < count; i++) {
    CheckedRule *rule = &check->out->rules.at[i];
    if (rule->kind != RULE_EXCEPTION) continue;
    check_displaced(check, i, seen);
    for (uint32_t d = 0; d < rule->displace_count; d++)
      VEC_PUSH(check->arena, &graph.edges,
               ((GraphEdge){i, rule->displaces[d]}));
  }
  graph_sort(&graph);
  for (uint32_t i = 0; i < graph.circles.count; i++)
    report_circle(check, &graph.circles.at[i]);
  check->out->order = graph.order;
}

/* What conditions rest on: names within names, and facts that some rules may
 * not touch.  Names are taken in an order in which each comes after those it
 * uses, so nothing here goes down more than one condition at a time. */
#include "compiler/check.h"
#include "compiler/graph.h"

static bool is_name(const Term *term) {
  return term->kind == TERM_DEFINE || term->kind == TERM_SIGNS;
}

/* ------------------------------------------------------- size and depth */

typedef struct Extent {
  uint32_t size, depth;
} Extent;

static void extend(Extent *all, Extent one) {
  all->size += one.size;
  if (all->size > EXPANDED_MOST) all->size = EXPANDED_MOST + 1;
  if (one.depth > all->depth) all->depth = one.depth;
}

static Extent term_extent(const Check *check, const Term *term) {
  Extent all = {1, 0};
  if (is_name(term)) {
    const CheckedNamed *named = &check->out->named.at[term->named];
    extend(&all, (Extent){named->size, named->depth + 1});
  }
  for (uint32_t i = 0; i < term->part_count; i++)
    extend(&all, term_extent(check, &term->parts[i]));
  return all;
}

static Extent named_extent(const Check *check, const CheckedNamed *named) {
  Extent all = {0, 0};
  for (uint32_t i = 0; i < named->part_count; i++)
    extend(&all, term_extent(check, &named->parts[i]));
  return all;
}

static void report_size(Check *check, Span span, const char *whose,
                        Text name) {
  const char *mark = text_is_none(name) ? "" : "`";
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_CONDITION_LARGE, span,
      "The condition of %s%s%.*s%s is too large: written out in full, with "
      "what its names stand for, a condition has at most %d parts.",
      whose, mark, TEXT_ARG(name), mark, EXPANDED_MOST);
  diagnostic_help(check->diagnostics, d, "Split it into several rules.");
}

/* Does it use a name that is too large already? */
static bool uses_large(const Check *check, const Term *term) {
  if (is_name(term) &&
      check->out->named.at[term->named].size > EXPANDED_MOST)
    return true;
  for (uint32_t i = 0; i < term->part_count; i++)
    if (uses_large(check, &term->parts[i])) return true;
  return false;
}

static void measure(Check *check, CheckedNamed *named) {
  const Word *name = &named->item->name;
  Extent all = named_extent(check, named);
  bool reported = false;
  named->size = all.size;
  named->depth = all.depth;
  for (uint32_t i = 0; i < named->part_count; i++)
    reported = reported || uses_large(check, &named->parts[i]);
  if (all.size > EXPANDED_MOST && !reported)
    report_size(check, name->span, "", name->text);
  if (all.depth != NAMED_DEPTH_MOST) return;
  diagnostic_error(check->diagnostics, E_NAME_DEEP, name->span,
                   "`%.*s` rests on names within names more than %d deep.",
                   TEXT_ARG(name->text), NAMED_DEPTH_MOST);
}

/* -------------------------------------------------------------- touching */

static bool fact_touches(const CheckedFact *fact, Touch touch) {
  if (touch == TOUCH_SUPPORT) return fact->node->dimension == SUPPORT;
  if (touch == TOUCH_IMPACT) return fact->node->dimension == IMPACT;
  return fact->node->no_excuse;
}

static bool test_touches(const Check *check, const Term *term, Touch touch) {
  const CheckedFact *facts = check->out->facts.at;
  if (term->kind != TERM_TEST && term->kind != TERM_MEMBERS) return false;
  return fact_touches(&facts[term->key.fact], touch) ||
         (term->key.with != NONE &&
          fact_touches(&facts[term->key.with], touch));
}

/* The test in `term`, and where it is found. */
static const Term *find_touch(const Check *check, const Term *term,
                              Touch touch, const Term **here) {
  const Term *test = NULL;
  *here = term;
  if (test_touches(check, term, touch)) return term;
  if (is_name(term))
    return check->out->named.at[term->named].touches[touch];
  for (uint32_t i = 0; i < term->part_count && !test; i++)
    test = find_touch(check, &term->parts[i], touch, here);
  return test;
}

bool touch_find(const Check *check, const Term *condition, Touch touch,
                Touched *touched) {
  touched->test = find_touch(check, condition, touch, &touched->here);
  if (!touched->test) return false;
  touched->fact = touched->test->key.fact;
  if (!fact_touches(&check->out->facts.at[touched->fact], touch))
    touched->fact = touched->test->key.with;
  return true;
}

static void find_touches(Check *check, CheckedNamed *named) {
  const Term *here;
  for (int touch = 0; touch < TOUCH_COUNT; touch++)
    for (uint32_t i = 0; i < named->part_count; i++)
      if (!named->touches[touch])
        named->touches[touch] =
            find_touch(check, &named->parts[i], (Touch)touch, &here);
}

static Diagnostic *report_touch(Check *check, const CheckedRule *rule,
                                const Term *here, Text fact, Touch touch) {
  Text name = rule->full_name;
  if (touch == TOUCH_IMPACT)
    return diagnostic_error(
        check->diagnostics, E_IMPACT, here->span,
        "`%.*s` tests `%.*s`, but only review rules may ask about impact.",
        TEXT_ARG(name), TEXT_ARG(fact));
  if (touch == TOUCH_SUPPORT)
    return diagnostic_error(
        check->diagnostics, E_NEVER_SUPPORT, here->span,
        "The never `%.*s` tests `%.*s`: talking with someone does not undo "
        "a violation.", TEXT_ARG(name), TEXT_ARG(fact));
  return diagnostic_error(
      check->diagnostics, E_NEVER_EXCUSE, here->span,
      "The never `%.*s` tests `%.*s`, which is marked `no excuse`.",
      TEXT_ARG(name), TEXT_ARG(fact));
}

static const char *touch_help(Touch touch) {
  if (touch == TOUCH_IMPACT)
    return "Impact is known afterwards: move the rule into a `review` block, "
           "or ask about a risk.";
  if (touch == TOUCH_SUPPORT)
    return "Take this test out, or make it a rule with `then hold`.";
  return "A `never` may not depend on it: take this test out.";
}

void check_touches(Check *check, const Term *condition,
                   const CheckedRule *rule) {
  for (int t = 0; t < TOUCH_COUNT; t++) {
    Touch touch = (Touch)t;
    bool refused = touch == TOUCH_IMPACT ? rule->kind != RULE_REVIEW
                                         : rule->kind == RULE_NEVER;
    if (!refused) continue;
    Touched found;
    if (!touch_find(check, condition, touch, &found)) continue;
    Diagnostic *d = report_touch(check, rule, found.here,
                                 fact_words(check, found.fact), touch);
    if (found.here != found.test)
      diagnostic_relate(check->diagnostics, d, found.test->span,
                        "It is tested here.");
    diagnostic_help(check->diagnostics, d, "%s", touch_help(touch));
    return;
  }
}

void check_size(Check *check, const Term *condition, Span span,
                const char *whose, Text name) {
  Extent all = term_extent(check, condition);
  if (all.size > EXPANDED_MOST && !uses_large(check, condition))
    report_size(check, span, whose, name);
}

/* ------------------------------------------------------------- no excuse */

/* What `no excuse` facts alone can make of a term. */
typedef struct Might {
  bool be_true, be_false;
} Might;

static Might might(const Check *check, const Term *term);

static Might might_all(const Check *check, const Term *term) {
  Might all = {true, false};
  for (uint32_t i = 0; i < term->part_count; i++) {
    Might one = might(check, &term->parts[i]);
    all.be_true = all.be_true && one.be_true;
    all.be_false = all.be_false || one.be_false;
  }
  return all;
}

static Might might_any(const Check *check, const Term *term) {
  Might all = {false, true};
  for (uint32_t i = 0; i < term->part_count; i++) {
    Might one = might(check, &term->parts[i]);
    all.be_true = all.be_true || one.be_true;
    all.be_false = all.be_false && one.be_false;
  }
  return all;
}

/* The weights that can be made to hold, and not to hold. */
typedef struct Reach {
  uint32_t held, dropped, total;
} Reach;

static void reach_add(Reach *reach, Might one, uint32_t weight) {
  reach->total += weight;
  if (one.be_true) reach->held += weight;
  if (one.be_false) reach->dropped += weight;
}

/* Can the sum be brought from `from` to `to`, whatever the other parts are? */
static bool reach_within(const Reach *reach, uint32_t from, uint32_t to) {
  return reach->held >= from && reach->total - reach->dropped <= to;
}

static Might might_sums(const Reach *reach, uint32_t from, uint32_t to) {
  Might result = {reach_within(reach, from, to), false};
  if (from > 0) result.be_false = reach_within(reach, 0, from - 1);
  if (to < reach->total && reach->held > to) result.be_false = true;
  return result;
}

static Might might_count(const Check *check, const Term *term) {
  Reach reach = {0, 0, 0};
  for (uint32_t i = 0; i < term->part_count; i++)
    reach_add(&reach, might(check, &term->parts[i]), 1);
  return might_sums(&reach, term->from, term->to);
}

static Might might_signs(const Check *check, const Term *term) {
  const CheckedNamed *named = &check->out->named.at[term->named];
  Reach reach = {0, 0, 0};
  Might all = {false, true};
  for (uint32_t i = 0; i < named->part_count; i++)
    reach_add(&reach, (Might){named->parts_true[i], named->parts_false[i]},
              named->weights[i]);
  for (uint32_t i = 0; i < term->count; i++) {
    Might one = might_sums(&reach, term->sums[i].from, term->sums[i].to);
    all.be_true = all.be_true || one.be_true;
    all.be_false = all.be_false && one.be_false;
  }
  return all;
}

static Might might_test(const Check *check, const Term *term) {
  const CheckedFact *facts = check->out->facts.at;
  bool excuse = facts[term->key.fact].node->no_excuse &&
                (term->key.with == NONE ||
                 facts[term->key.with].node->no_excuse);
  return (Might){excuse, excuse};
}

/* As deep as one condition, which the grammar limits; names are ready. */
static Might might(const Check *check, const Term *term) {
  Might one;
  switch (term->kind) {
    case TERM_NOTHING: break;
    case TERM_TEST:
    case TERM_MEMBERS: return might_test(check, term);
    case TERM_AND: return might_all(check, term);
    case TERM_OR: return might_any(check, term);
    case TERM_NOT:
      one = might(check, term->parts);
      return (Might){one.be_false, one.be_true};
    case TERM_COUNT: return might_count(check, term);
    case TERM_DEFINE: {
      const CheckedNamed *named = &check->out->named.at[term->named];
      return (Might){named->parts_true[0], named->parts_false[0]};
    }
    case TERM_SIGNS: return might_signs(check, term);
  }
  return (Might){false, false};
}

void check_excuse(Check *check, const CheckedRule *rule) {
  Touched found;
  if (!rule->condition || !might(check, rule->condition).be_true) return;
  if (!touch_find(check, rule->condition, TOUCH_NO_EXCUSE, &found)) return;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_EXCUSE_ALONE, rule->condition->span,
      "The exception `%.*s` can rest on `%.*s` alone, which is marked `no "
      "excuse`.",
      TEXT_ARG(rule->full_name),
      TEXT_ARG(fact_words(check, found.test->key.fact)));
  diagnostic_help(check->diagnostics, d,
                  "Ask for something else too, with `and`: a `no excuse` "
                  "fact must never unlock anything by itself.");
}

/* ----------------------------------------------------------------- names */

static void add_edges(Graph *graph, const Term *term, uint32_t named) {
  if (is_name(term))
    VEC_PUSH(graph->arena, &graph->edges, ((GraphEdge){term->named, named}));
  for (uint32_t i = 0; i < term->part_count; i++)
    add_edges(graph, &term->parts[i], named);
}

static void report_circle(Check *check, const Circle *circle) {
  Buffer names = {.arena = check->arena};
  const CheckedNamed *all = check->out->named.at;
  const CheckedNamed *last = &all[circle->nodes[circle->count - 1]];
  buffer_format(&names, "`%.*s` rests on ", TEXT_ARG(last->item->name.text));
  for (uint32_t i = circle->count - 1; i > 0; i--) {
    if (circle->count - i > CIRCLE_SHOWN) {
      buffer_format(&names, "… (%u more), which rests on ", i);
      break;
    }
    buffer_format(&names, "`%.*s`, which rests on ",
                  TEXT_ARG(all[circle->nodes[i - 1]].item->name.text));
  }
  buffer_format(&names, "`%.*s`", TEXT_ARG(last->item->name.text));
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_NAME_CIRCLE, last->item->name.span,
      "These names go round in a circle: %.*s.",
      TEXT_ARG(buffer_text(&names)));
  diagnostic_help(check->diagnostics, d,
                  "Take one of them out of the other's condition.");
}

static void learn(Check *check, CheckedNamed *named) {
  uint32_t count = named->part_count;
  measure(check, named);
  find_touches(check, named);
  for (uint32_t i = 0; i < count; i++) {
    Might one = might(check, &named->parts[i]);
    named->parts_true[i] = one.be_true;
    named->parts_false[i] = one.be_false;
  }
}

void check_named_graph(Check *check) {
  uint32_t count = check->out->named.count;
  Graph graph = {.arena = check->arena, .nodes = count};
  for (uint32_t n = 0; n < count; n++) {
    CheckedNamed *named = &check->out->named.at[n];
    named->parts_true = ARENA_ARRAY(check->arena, named->part_count, bool);
    named->parts_false = ARENA_ARRAY(check->arena, named->part_count, bool);
    for (uint32_t i = 0; i < named->part_count; i++)
      add_edges(&graph, &named->parts[i], n);
  }
  graph_sort(&graph);
  for (uint32_t i = 0; i < graph.ordered; i++)
    learn(check, &check->out->named.at[graph.order[i]]);
  for (uint32_t i = 0; i < graph.circles.count; i++)
    report_circle(check, &graph.circles.at[i]);
  check->out->named_order = graph.order;
}

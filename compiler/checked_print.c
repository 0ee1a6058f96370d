/* The checked policy as text, an item a line. */
#include "compiler/checked.h"

static void put_fact(Buffer *out, const Checked *checked, uint32_t fact) {
  static const char *const dimensions[DIMENSION_COUNT] = {
      "need", "capability", "context", "risk", "support", "impact"};
  const FactNode *node = checked->facts.at[fact].node;
  buffer_format(out, "%s.%.*s", dimensions[node->dimension],
                TEXT_ARG(node->name.text));
}

/* ------------------------------------------------------------------- facts */

static void put_type(Buffer *out, const CheckedFact *fact) {
  static const char *const types[TYPE_COUNT] = {
      "yes-no", "scale", "choice", "set", "number", "money", "duration",
      "date", "record"};
  buffer_format(out, " %s", types[fact->type]);
  if (fact->type == TYPE_RECORD)
    buffer_format(out, " of %s", types[fact->item]);
  for (uint32_t i = 0; i < fact->value_count; i++)
    buffer_format(out, " %.*s", TEXT_ARG(fact->values[i]->name.text));
  if (fact->value_count == 0)
    buffer_format(out, " from %lld to %lld step %lld", (long long)fact->low,
                  (long long)fact->high, (long long)fact->step);
}

static void print_fact(Buffer *out, const Checked *checked, uint32_t index) {
  const CheckedFact *fact = &checked->facts.at[index];
  buffer_format(out, "fact %u ", index);
  put_fact(out, checked, index);
  put_type(out, fact);
  if (fact->node->fixed) buffer_put_c(out, " fixed");
  if (fact->node->no_excuse) buffer_put_c(out, " no-excuse");
  if (fact->node->who_agree) buffer_put_c(out, " who-agree");
  if (fact->node->may_be_ahead) buffer_put_c(out, " may-be-ahead");
  buffer_put_char(out, '\n');
}

/* -------------------------------------------------------------- conditions */

static void put_edge(Buffer *out, Edge edge) {
  static const char *const units[] = {"", " days ago", " months ago"};
  if (edge.open)
    buffer_put_c(out, "end");
  else
    buffer_format(out, "%s %lld%s", edge.side ? "above" : "below",
                  (long long)edge.value, units[edge.base]);
}

static void put_key(Buffer *out, const Checked *checked,
                    const VariableKey *key) {
  static const char *const windows[WINDOW_KIND_COUNT] = {
      "", "days", "months", "this month", "last month"};
  put_fact(out, checked, key->fact);
  if (checked->facts.at[key->fact].type != TYPE_RECORD) return;
  buffer_format(out, " %s",
                key->aggregate == AGGREGATE_TOTAL ? "total" : "count");
  if (key->length > 0) buffer_format(out, " %u", key->length);
  if (key->window != WINDOW_ALL)
    buffer_format(out, " %s", windows[key->window]);
  if (key->with == NONE) return;
  buffer_put_c(out, " with ");
  put_fact(out, checked, key->with);
}

static void put_test(Buffer *out, const Checked *checked, const Term *term) {
  put_key(out, checked, &term->key);
  for (uint32_t i = 0; i < term->count; i++) {
    buffer_put_c(out, " [");
    put_edge(out, term->stretches[i].from);
    buffer_put_c(out, ", ");
    put_edge(out, term->stretches[i].to);
    buffer_put_char(out, ']');
  }
}

static void put_members(Buffer *out, const Checked *checked,
                        const Term *term) {
  const CheckedFact *fact = &checked->facts.at[term->key.fact];
  put_fact(out, checked, term->key.fact);
  buffer_format(out, " %u to %u of", term->from, term->to);
  for (uint32_t i = 0; i < term->count; i++)
    buffer_format(out, " %.*s",
                  TEXT_ARG(fact->values[term->members[i]]->name.text));
}

static void put_name(Buffer *out, const Checked *checked, const Term *term) {
  const CheckedNamed *named = &checked->named.at[term->named];
  buffer_format(out, "%s %.*s", named->signs ? "signs" : "define",
                TEXT_ARG(named->item->name.text));
  for (uint32_t i = 0; i < term->count; i++)
    buffer_format(out, " [%u, %u]", term->sums[i].from, term->sums[i].to);
}

/* As deep as one condition, which the grammar limits. */
static void print_term(Buffer *out, const Checked *checked, const Term *term,
                       int depth) {
  buffer_format(out, "%*s", 2 * depth, "");
  switch (term->kind) {
    case TERM_NOTHING: buffer_put_c(out, "nothing"); break;
    case TERM_TEST: put_test(out, checked, term); break;
    case TERM_MEMBERS: put_members(out, checked, term); break;
    case TERM_AND: buffer_put_c(out, "and"); break;
    case TERM_OR: buffer_put_c(out, "or"); break;
    case TERM_NOT: buffer_put_c(out, "not"); break;
    case TERM_COUNT:
      buffer_format(out, "count %u to %u", term->from, term->to);
      break;
    case TERM_DEFINE:
    case TERM_SIGNS: put_name(out, checked, term); break;
  }
  buffer_put_char(out, '\n');
  for (uint32_t i = 0; i < term->part_count; i++)
    print_term(out, checked, &term->parts[i], depth + 1);
}

static void print_named(Buffer *out, const Checked *checked,
                        const CheckedNamed *named) {
  buffer_format(out, "%s %.*s\n", named->signs ? "signs" : "define",
                TEXT_ARG(named->item->name.text));
  for (uint32_t i = 0; i < named->part_count; i++) {
    if (named->signs) buffer_format(out, "  counts %u\n", named->weights[i]);
    print_term(out, checked, &named->parts[i], 2);
  }
}

/* ------------------------------------------------------------------- rules */

static const char *const verdict_names[VERDICT_COUNT] = {
    "silent", "proceed", "care", "consult", "hold", "never"};

static void put_finding(Buffer *out, const Checked *checked,
                        const CheckedRule *rule) {
  static const char *const needs[WHO_NEED_COUNT] = {"any", "all", "at-least"};
  buffer_format(out, " %s", verdict_names[rule->finding]);
  if (rule->who_count == 0) return;
  buffer_format(out, "%s %s %u of", rule->unless_agreed ? " unless" : "",
                needs[rule->need], rule->need_number);
  for (uint32_t i = 0; i < rule->who_count; i++) {
    const CheckedFact *fact = &checked->facts.at[rule->who[i].fact];
    buffer_format(out, " %.*s",
                  TEXT_ARG(fact->values[rule->who[i].value]->name.text));
  }
}

static void put_dates(Buffer *out, const CheckedRule *rule) {
  if (rule->from != DAY_NONE) {
    buffer_put_c(out, " from ");
    day_print(out, rule->from);
  }
  if (rule->until == DAY_NONE) return;
  buffer_put_c(out, " until ");
  day_print(out, rule->until);
}

static void print_rule(Buffer *out, const Checked *checked,
                       const CheckedRule *rule) {
  static const char *const kinds[RULE_KIND_COUNT] = {
      "rule", "never", "exception", "holding-back", "otherwise", "emergency",
      "review"};
  static const char *const layers[LAYER_COUNT] = {"law", "regulator",
                                                  "organisation", "team"};
  buffer_format(out, "%s %.*s layer %s", kinds[rule->kind],
                TEXT_ARG(rule->full_name), layers[rule->layer]);
  put_finding(out, checked, rule);
  put_dates(out, rule);
  if (rule->open_to_exceptions) buffer_put_c(out, " open");
  for (uint32_t i = 0; i < rule->displace_count; i++)
    buffer_format(
        out, "%s%.*s", i ? ", " : " displaces ",
        TEXT_ARG(checked->rules.at[rule->displaces[i]].full_name));
  buffer_format(out, " lines %u duties %u cites %u\n", rule->lines.count,
                rule->duties.count, rule->cites.count);
  if (rule->condition) print_term(out, checked, rule->condition, 1);
}

/* ---------------------------------------------------------------- promises */

static void print_promise(Buffer *out, const Checked *checked,
                          const CheckedPromise *promise) {
  static const char *const kinds[PROMISE_KIND_COUNT] = {
      "exactly", "at-least", "at-most", "nowhere", "may-harm", "must"};
  const PromiseNode *node = promise->item->promise;
  buffer_format(out, "promise %s", kinds[node->kind]);
  if (node->kind == PROMISE_MUST)
    buffer_format(out, " %.*s", TEXT_ARG(node->tag.text));
  else if (node->kind != PROMISE_MAY_HARM)
    buffer_format(out, " %s", verdict_names[node->verdict]);
  for (uint32_t i = 0; i < promise->boundaries.count; i++)
    buffer_format(
        out, "%s%.*s", i ? ", " : " in ",
        TEXT_ARG(checked->boundaries.at[promise->boundaries.at[i]].name.text));
  buffer_put_char(out, '\n');
  if (promise->condition) print_term(out, checked, promise->condition, 1);
}

static void print_promises(Buffer *out, const Checked *checked) {
  for (uint32_t i = 0; i < checked->promises.count; i++)
    print_promise(out, checked, &checked->promises.at[i]);
  for (uint32_t i = 0; i < checked->assumes.count; i++) {
    buffer_put_c(out, "assume\n");
    print_term(out, checked, checked->assumes.at[i].condition, 1);
  }
}

void checked_print(Buffer *out, const Checked *checked) {
  for (uint32_t i = 0; i < checked->facts.count; i++)
    print_fact(out, checked, i);
  for (uint32_t i = 0; i < checked->sources.count; i++)
    buffer_format(out, "source %.*s clauses %u\n",
                  TEXT_ARG(checked->sources.at[i].node->name.text),
                  checked->sources.at[i].keys.count);
  for (uint32_t i = 0; i < checked->named.count; i++)
    print_named(out, checked, &checked->named.at[i]);
  for (uint32_t i = 0; i < checked->boundaries.count; i++)
    buffer_format(out, "boundary %.*s\n",
                  TEXT_ARG(checked->boundaries.at[i].name.text));
  for (uint32_t i = 0; i < checked->rules.count; i++)
    print_rule(out, checked, &checked->rules.at[i]);
  for (uint32_t i = 0; i < checked->examples.count; i++)
    buffer_format(out, "example %.*s givens %u expects %u\n",
                  TEXT_ARG(checked->examples.at[i].node->title.text),
                  checked->examples.at[i].givens.count,
                  checked->examples.at[i].expects.count);
  print_promises(out, checked);
}

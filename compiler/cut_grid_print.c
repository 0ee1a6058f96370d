/* The grid as text, a variable and its cuts a line. */
#include "compiler/cut_grid.h"

static void put_amount(Buffer *out, const CheckedFact *fact, bool count,
                       int64_t value) {
  FactType type = fact->type == TYPE_RECORD ? fact->item : fact->type;
  if (type == TYPE_MONEY && !count)
    money_print(out, value, fact->node->currency);
  else if (type == TYPE_DURATION && !count)
    duration_print(out, value, fact->node->unit);
  else if (type == TYPE_NUMBER)
    number_print(out, value);
  else if (type == TYPE_DATE && !count)
    day_print(out, (Day)value);
  else if (fact->value_count > 0 && type != TYPE_SET)
    buffer_put(out, fact->values[value]->name.text);
  else
    buffer_format(out, "%lld", (long long)value);
}

static void put_cut(Buffer *out, const CheckedFact *fact,
                    const CutVariable *variable, Edge edge) {
  bool count = fact->type == TYPE_RECORD &&
               variable->key.aggregate == AGGREGATE_COUNT;
  buffer_put_c(out, edge.side ? " >" : " <");
  if (edge.base == CUT_DAYS_AGO)
    buffer_format(out, "%lld-days-ago", (long long)edge.value);
  else if (edge.base == CUT_MONTHS_AGO)
    buffer_format(out, "%lld-months-ago", (long long)edge.value);
  else
    put_amount(out, fact, count, edge.value);
}

static void put_window(Buffer *out, const VariableKey *key) {
  static const char *const windows[WINDOW_KIND_COUNT] = {
      "of all", "", "", "in this calendar month",
      "in last calendar month"};
  buffer_put_c(out, key->aggregate == AGGREGATE_TOTAL ? " total" : " count");
  buffer_put_char(out, ' ');
  if (key->window == WINDOW_DAYS)
    buffer_format(out, "in %u days", key->length);
  else if (key->window == WINDOW_MONTHS)
    buffer_format(out, "in %u months", key->length);
  else
    buffer_put_c(out, windows[key->window]);
}

void cut_grid_print(Buffer *out, const CutGrid *grid) {
  static const char *const dimensions[DIMENSION_COUNT] = {
      "need", "capability", "context", "risk", "support", "impact"};
  const CheckedFact *facts = grid->checked->facts.at;
  for (uint32_t i = 0; i < grid->variables.count; i++) {
    const CutVariable *variable = &grid->variables.at[i];
    const CheckedFact *fact = &facts[variable->key.fact];
    buffer_format(out, "variable %u %s.%.*s", i,
                  dimensions[fact->node->dimension],
                  TEXT_ARG(fact->node->name.text));
    if (fact->type == TYPE_SET)
      buffer_format(out, " member %.*s",
                    TEXT_ARG(fact->values[variable->member]->name.text));
    if (fact->type == TYPE_RECORD) put_window(out, &variable->key);
    if (variable->key.with != NONE)
      buffer_format(out, " with %.*s",
                    TEXT_ARG(facts[variable->key.with].node->name.text));
    buffer_format(out, ": %u cells, cut", variable->cuts.count + 1);
    for (uint32_t c = 0; c < variable->cuts.count; c++)
      put_cut(out, fact, variable, variable->cuts.at[c].edge);
    buffer_put_char(out, '\n');
  }
}

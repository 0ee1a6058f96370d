#include "compiler/reading.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- values */

static int compare_amounts(const void *a, const void *b) {
  const Amount *x = a;
  const Amount *y = b;
  if (x->value != y->value) return x->value < y->value ? -1 : 1;
  if (x->literal->span.start == y->literal->span.start) return 0;
  return x->literal->span.start < y->literal->span.start ? -1 : 1;
}

static bool read_amount(Check *check, const Reading *reading,
                        const Literal *literal, int64_t *value) {
  uint32_t whole = 0;
  if (reading->fact) return literal_read(check, reading->fact, literal, value);
  if (!whole_read(check, literal, "a whole number",
                  (Sums){0, 1000000000}, &whole))
    return false;
  *value = whole;
  return true;
}

/* Reads the values of the test; in rising order, but for `from … to …`. */
static bool read_amounts(Check *check, Reading *reading) {
  uint32_t room = 0;
  bool sound = true;
  const Literal *one = reading->condition->values;
  for (; one; one = one->next) room++;
  VEC_RESERVE(check->arena, &check->amounts, room);
  reading->amounts = check->amounts.at;
  for (one = reading->condition->values; one; one = one->next) {
    Amount *amount = &reading->amounts[reading->count++];
    amount->literal = one;
    if (!read_amount(check, reading, one, &amount->value)) sound = false;
  }
  if (!sound || room == 0) return false;
  if (room == 1 || reading->condition->relation == RELATION_FROM_TO)
    return true;
  qsort(reading->amounts, room, sizeof *reading->amounts, compare_amounts);
  for (uint32_t i = 1; i < room; i++) {
    if (reading->amounts[i - 1].value != reading->amounts[i].value) continue;
    twice_in_list(check, reading->amounts[i].literal);
    sound = false;
  }
  return sound;
}

static bool check_from_to(Check *check, const Reading *reading) {
  const Amount *from = &reading->amounts[0];
  const Amount *to = &reading->amounts[1];
  if (reading->condition->relation != RELATION_FROM_TO) return true;
  if (reading->count == 2 && from->value <= to->value) return true;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_FROM_TO, reading->condition->span,
      "`from %.*s to %.*s` holds nothing: the first is above the second.",
      TEXT_ARG(from->literal->text), TEXT_ARG(to->literal->text));
  diagnostic_help(check->diagnostics, d, "Write the smaller one first.");
  return false;
}

static void add_each(const Reading *reading, Stretches *all) {
  for (uint32_t i = 0; i < reading->count; i++) {
    int64_t value = reading->amounts[i].value;
    stretches_add(all, EDGE_BELOW(value), EDGE_ABOVE(value));
  }
}

static void add_all_but(const Reading *reading, Stretches *all) {
  Edge from = EDGE_END;
  for (uint32_t i = 0; i < reading->count; i++) {
    int64_t value = reading->amounts[i].value;
    stretches_add(all, from, EDGE_BELOW(value));
    from = EDGE_ABOVE(value);
  }
  stretches_add(all, from, EDGE_END);
}

/* How many stretches these values can make. */
static uint32_t most_stretches(const Reading *reading) {
  Relation relation = reading->condition->relation;
  if (relation == RELATION_IS || relation == RELATION_ONE_OF)
    return reading->count;
  if (relation == RELATION_IS_NOT || relation == RELATION_NOT_ONE_OF)
    return reading->count + 1;
  return 1;
}

/* False if the relation is none between values. */
static bool add_stretches(const Reading *reading, Stretches *all) {
  int64_t value = reading->amounts[0].value;
  Relation relation = reading->condition->relation;
  if (relation == RELATION_IS || relation == RELATION_ONE_OF)
    add_each(reading, all);
  else if (relation == RELATION_IS_NOT || relation == RELATION_NOT_ONE_OF)
    add_all_but(reading, all);
  else if (relation == RELATION_AT_LEAST || relation == RELATION_ON_OR_AFTER)
    stretches_add(all, EDGE_BELOW(value), EDGE_END);
  else if (relation == RELATION_ABOVE || relation == RELATION_AFTER)
    stretches_add(all, EDGE_ABOVE(value), EDGE_END);
  else if (relation == RELATION_AT_MOST || relation == RELATION_ON_OR_BEFORE)
    stretches_add(all, EDGE_END, EDGE_ABOVE(value));
  else if (relation == RELATION_BELOW || relation == RELATION_BEFORE)
    stretches_add(all, EDGE_END, EDGE_BELOW(value));
  else if (relation == RELATION_FROM_TO)
    stretches_add(all, EDGE_BELOW(value),
                  EDGE_ABOVE(reading->amounts[1].value));
  else
    return false;
  return true;
}

/* ------------------------------------------------------------- stretches */

static void report_pointless(Check *check, const Reading *reading,
                             bool always) {
  const CheckedFact *fact = reading->fact;
  const Lattice *lattice = &reading->lattice;
  const Condition *condition = reading->condition;
  if (!fact && lattice->high >= AMOUNT_MOST) {
    pointless_test(check, condition, always, "a count is never below 0");
  } else if (!fact) {
    pointless_test(check, condition, always, "the number goes from %lld to "
                   "%lld", (long long)lattice->low,
                   (long long)lattice->high);
  } else if (fact->value_count > 0) {
    pointless_test(check, condition, always, "the values are %.*s",
                   TEXT_ARG(value_list(check, fact)));
  } else if (lattice->high >= AMOUNT_MOST) {
    pointless_test(check, condition, always, "it is never below %.*s",
                   TEXT_ARG(value_words(check, fact, lattice->low)));
  } else {
    Text name = fact_words(check, (uint32_t)(fact - check->out->facts.at));
    Text steps = TEXT("");
    if (fact->node->step)
      steps = text_format(check->arena, " in steps of %.*s",
                          TEXT_ARG(value_words(check, fact, lattice->step)));
    pointless_test(check, condition, always,
                   "`%.*s` goes from %.*s to %.*s%.*s", TEXT_ARG(name),
                   TEXT_ARG(value_words(check, fact, lattice->low)),
                   TEXT_ARG(value_words(check, fact, lattice->high)),
                   TEXT_ARG(steps));
  }
}

bool reading_stretches(Check *check, Reading *reading, Term *term) {
  if (!read_amounts(check, reading)) return false;
  if (!check_from_to(check, reading)) return false;
  Stretches all = {.lattice = &reading->lattice};
  all.at = ARENA_ARRAY(check->arena, most_stretches(reading), Stretch);
  if (!add_stretches(reading, &all)) return false;
  term->stretches = all.at;
  term->count = all.count;
  if (all.count > 0 && !all.all) return true;
  report_pointless(check, reading, all.all);
  return false;
}

/* Facts: their names, types, bounds and marks. */
#include "compiler/check.h"

/* ---------------------------------------------------------------- words */

Text value_words(const Check *check, const CheckedFact *fact, int64_t value) {
  Buffer out = {.arena = check->arena};
  FactType type = fact->type == TYPE_RECORD ? fact->item : fact->type;
  if (type == TYPE_NUMBER)
    number_print(&out, value);
  else if (type == TYPE_MONEY)
    money_print(&out, value, fact->node->currency);
  else if (type == TYPE_DURATION)
    duration_print(&out, value, fact->node->unit);
  else if (type == TYPE_DATE)
    day_print(&out, (Day)value);
  else if (type == TYPE_YES_NO)
    buffer_put_c(&out, value ? "yes" : "no");
  else
    buffer_put(&out, fact->values[value]->name.text);
  return buffer_text(&out);
}

#define VALUES_SHOWN 20

Text value_list(const Check *check, const CheckedFact *fact) {
  Buffer out = {.arena = check->arena};
  uint32_t count = fact->value_count;
  uint32_t shown = count > VALUES_SHOWN ? VALUES_SHOWN : count;
  for (uint32_t i = 0; i < shown; i++) {
    if (i > 0) buffer_put_c(&out, i + 1 == count ? " and " : ", ");
    buffer_format(&out, "`%.*s`", TEXT_ARG(fact->values[i]->name.text));
  }
  if (shown < count) buffer_format(&out, " and %u more", count - shown);
  return buffer_text(&out);
}

Text type_words(const Check *check, const CheckedFact *fact) {
  const FactNode *node = fact->node;
  const char *unit = unit_name(node->unit, true);
  const char *currency = currency_name(node->currency);
  switch (fact->type) {
    case TYPE_YES_NO: return TEXT("yes or no");
    case TYPE_SCALE: return TEXT("a scale of levels");
    case TYPE_CHOICE: return TEXT("a choice of values without an order");
    case TYPE_SET: return TEXT("a set of members");
    case TYPE_NUMBER: return TEXT("a number");
    case TYPE_MONEY:
      return text_format(check->arena, "money in %s", currency);
    case TYPE_DURATION:
      return text_format(check->arena, "a duration in %s", unit);
    case TYPE_DATE: return TEXT("a date");
    case TYPE_RECORD: break;
    case TYPE_COUNT: return TEXT_NONE;
  }
  if (fact->item == TYPE_MONEY)
    return text_format(check->arena, "a record of money in %s", currency);
  if (fact->item == TYPE_DURATION)
    return text_format(check->arena, "a record of durations in %s", unit);
  return TEXT("a record of dates");
}

/* --------------------------------------------------------------- values */

static void report_value_twice(Check *check, const ValueNode *again,
                               const ValueNode *first) {
  names_twice(check, E_VALUE_TWICE, "value", again->name, first->name.span);
}

static uint32_t count_values(const ValueNode *value) {
  uint32_t count = 0;
  for (; value; value = value->next) count++;
  return count;
}

static bool check_value_count(Check *check, const CheckedFact *fact) {
  Text name = fact->node->name.text;
  uint32_t count = fact->value_count;
  if (fact->type == TYPE_SET && count > MEMBERS_MOST) {
    diagnostic_error(check->diagnostics, E_MEMBERS_MANY, fact->node->type_span,
                     "The set `%.*s` has %u members; a set has at most %d.",
                     TEXT_ARG(name), count, MEMBERS_MOST);
    return false;
  }
  if (count > LEVELS_MOST) {
    diagnostic_error(check->diagnostics, E_VALUES_MANY, fact->node->type_span,
                     "`%.*s` has %u values; a fact has at most %d.",
                     TEXT_ARG(name), count, LEVELS_MOST);
    return false;
  }
  if (fact->type == TYPE_SET || count > 1) return true;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_VALUE_ALONE, fact->node->type_span,
      "`%.*s` has only one value, so there is nothing to ask.",
      TEXT_ARG(name));
  diagnostic_help(check->diagnostics, d,
                  "Give it another value, or write `is yes or no`.");
  return false;
}

/* `none` says that a set is empty. */
static bool check_value_name(Check *check, const CheckedFact *fact,
                             const ValueNode *value) {
  if (fact->type != TYPE_SET || !text_equal(value->name.text, TEXT("none")))
    return true;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_MEMBER_NONE, value->name.span,
      "A set cannot have a member called `none`: `is none` says that the "
      "set is empty.");
  diagnostic_help(check->diagnostics, d,
                  "Leave it out; a situation can say that none holds.");
  return false;
}

static void add_value(Check *check, CheckedFact *fact,
                      const ValueNode *value) {
  uint32_t index = fact->value_count;
  uint32_t first = index;
  fact->values[fact->value_count++] = value;
  if (!check_value_name(check, fact, value)) fact->poisoned = true;
  if (table_put(&fact->value_names, value->name.text, index)) return;
  table_find(&fact->value_names, value->name.text, &first);
  report_value_twice(check, value, fact->values[first]);
  fact->poisoned = true;
}

static void read_values(Check *check, CheckedFact *fact) {
  const ValueNode *value = fact->node->values;
  uint32_t count = count_values(value);
  fact->values = ARENA_ARRAY(check->arena, count, const ValueNode *);
  table_init(&fact->value_names, check->arena, check->seed);
  for (; value; value = value->next) add_value(check, fact, value);
  if (!fact->poisoned && !check_value_count(check, fact))
    fact->poisoned = true;
  fact->high = count > 0 ? count - 1 : 0;
}

/* --------------------------------------------------------------- bounds */

static bool report_bound(Check *check, const Literal *literal,
                         const char *wanted) {
  diagnostic_error(check->diagnostics, E_BOUND_KIND, literal->span,
                   "`%.*s` does not fit here: this fact needs %s.",
                   TEXT_ARG(literal->text), wanted);
  return false;
}

/* The most minutes that so many months may have: those from the first of one
 * of four years' months on, of which one year is a leap year. */
static int64_t longest_months(int64_t months) {
  int64_t longest = 0;
  Day first = DAY_FIRST;
  day_make(2000, 1, 1, &first);
  for (int64_t m = 0; m < 48; m++) {
    Day start = day_add_months(first, m);
    int64_t days = day_add_months(start, months) - start;
    if (days > longest) longest = days;
  }
  return longest * DAY_MINUTES;
}

/* `in days up to 5 years`: the end may be said in months and years. */
static bool read_duration_bound(Check *check, const CheckedFact *fact,
                                const Literal *literal, int64_t *amount) {
  if (literal->kind == LITERAL_DURATION && literal->family == fact->family)
    return true;
  if (literal->kind == LITERAL_DURATION &&
      fact->family == FAMILY_MINUTES && literal->amount < 12000) {
    *amount = longest_months(literal->amount);
    return true;
  }
  return report_bound(check, literal,
                      fact->family == FAMILY_MONTHS
                          ? "months or years"
                          : "minutes, hours, days or weeks");
}

/* A bound in the fact's own amounts; false if it does not fit. */
static bool read_bound(Check *check, const CheckedFact *fact,
                       const Literal *literal, int64_t *amount) {
  *amount = literal->amount;
  if (fact->type == TYPE_NUMBER)
    return literal->kind == LITERAL_NUMBER ||
           report_bound(check, literal, "a plain number");
  if (fact->type == TYPE_DURATION)
    return read_duration_bound(check, fact, literal, amount);
  if (literal->kind == LITERAL_MONEY)
    return literal->currency == fact->node->currency ||
           report_bound(check, literal, "an amount in its own currency");
  return (literal->kind == LITERAL_NUMBER &&
          money_from_number(literal->amount, amount)) ||
         report_bound(check, literal, "an amount in whole pence or cents");
}

static void report_low_high(Check *check, CheckedFact *fact) {
  const FactNode *node = fact->node;
  fact->poisoned = true;
  diagnostic_error(check->diagnostics, E_BOUNDS_EMPTY, node->high->span,
                   "`%.*s` has no room: it goes from %.*s up to %.*s.",
                   TEXT_ARG(node->name.text),
                   TEXT_ARG(value_words(check, fact, fact->low)),
                   TEXT_ARG(value_words(check, fact, fact->high)));
}

/* The step divides the way from low to high. */
static void check_step(Check *check, CheckedFact *fact) {
  if (fact->step > 0 && (fact->high - fact->low) % fact->step == 0) return;
  fact->poisoned = true;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_STEP, fact->node->step->span,
      "Steps of %.*s do not lead from %.*s to %.*s.",
      TEXT_ARG(value_words(check, fact, fact->step)),
      TEXT_ARG(value_words(check, fact, fact->low)),
      TEXT_ARG(value_words(check, fact, fact->high)));
  diagnostic_help(check->diagnostics, d,
                  "Choose a step above 0 that reaches the last number.");
}

static void read_bounds(Check *check, CheckedFact *fact) {
  const FactNode *node = fact->node;
  bool sound = true;
  fact->step = 1;
  fact->high = AMOUNT_MOST;
  if (node->low) sound = read_bound(check, fact, node->low, &fact->low);
  if (node->high)
    sound = read_bound(check, fact, node->high, &fact->high) && sound;
  if (node->step)
    sound = read_bound(check, fact, node->step, &fact->step) && sound;
  if (!sound)
    fact->poisoned = true;
  else if (node->high && fact->high <= fact->low)
    report_low_high(check, fact);
  else if (node->step)
    check_step(check, fact);
}

/* ---------------------------------------------------------------- facts */

static void read_type(Check *check, CheckedFact *fact) {
  fact->family = unit_family(fact->node->unit);
  switch (fact->type) {
    case TYPE_YES_NO: fact->high = 1; fact->step = 1; return;
    case TYPE_SCALE:
    case TYPE_CHOICE:
    case TYPE_SET: fact->step = 1; read_values(check, fact); return;
    case TYPE_NUMBER:
    case TYPE_MONEY:
    case TYPE_DURATION: read_bounds(check, fact); return;
    case TYPE_DATE:
      fact->low = DAY_FIRST;
      fact->high = DAY_LAST;
      fact->step = 1;
      return;
    case TYPE_RECORD:
      fact->item = fact->node->item;
      fact->high = AMOUNT_MOST;
      fact->step = 1;
      return;
    case TYPE_COUNT: return;
  }
}

static void check_marks(Check *check, CheckedFact *fact) {
  const FactNode *node = fact->node;
  bool support_type = node->type == TYPE_SET || node->type == TYPE_YES_NO;
  if (node->dimension == SUPPORT && !support_type) {
    fact->poisoned = true;
    Diagnostic *d = diagnostic_error(
        check->diagnostics, E_SUPPORT_TYPE, node->type_span,
        "`support %.*s` must be a set or yes or no.",
        TEXT_ARG(node->name.text));
    diagnostic_help(check->diagnostics, d,
                    "Write `is any of …`, with everyone who can be talked "
                    "to, or `is yes or no`.");
  }
  if (!node->who_agree) return;
  if (node->dimension == SUPPORT && node->type == TYPE_SET) return;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_WHO_AGREE, node->name.span,
      "`%s %.*s` cannot be marked `who agree`.",
      dimension_name(node->dimension), TEXT_ARG(node->name.text));
  diagnostic_help(check->diagnostics, d,
                  "Only a set of `support` says who agrees: "
                  "`support agreed \"…\" is any of manager, parent who "
                  "agree`.");
}

static void declare(Check *check, const FactNode *node) {
  Names *names = &check->out->fact_names[node->dimension];
  uint32_t index = check->out->facts.count - 1;
  uint32_t first = index;
  VEC_PUSH(check->arena, &names->list, node->name.text);
  if (node->name.text.length == 0) {
    names->doubtful = true;
    return;
  }
  if (table_put(&names->table, node->name.text, index)) return;
  table_find(&names->table, node->name.text, &first);
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_FACT_TWICE, node->name.span,
      "The fact `%.*s` is declared twice.",
      TEXT_ARG(fact_words(check, index)));
  diagnostic_relate(check->diagnostics, d,
                    check->out->facts.at[first].node->name.span,
                    "The first one is here.");
  diagnostic_help(check->diagnostics, d,
                  "Give one of them another name, or take it out.");
}

static void add_fact(Check *check, const Item *item) {
  const FactNode *node = item->fact;
  CheckedFact *fact = VEC_ADD(check->arena, &check->out->facts);
  *fact = (CheckedFact){.node = node, .span = item->span,
                        .type = node->type, .poisoned = item->poisoned};
  declare(check, node);
  if (!fact->poisoned) read_type(check, fact);
  if (!fact->poisoned) check_marks(check, fact);
}

static void doubt_all(Check *check) {
  for (int d = 0; d < DIMENSION_COUNT; d++)
    check->out->fact_names[d].doubtful = true;
}

void check_facts(Check *check) {
  const Loaded *loaded = check->out->loaded;
  if (loaded->incomplete) doubt_all(check);
  for (uint32_t i = 0; i < loaded->items.count; i++) {
    const Item *item = loaded->items.at[i].item;
    if (item->kind != ITEM_FACT) continue;
    if (item->fact)
      add_fact(check, item);
    else
      doubt_all(check);
  }
  if (check->out->facts.count <= FACTS_MOST) return;
  diagnostic_error(check->diagnostics, E_FACTS_MANY,
                   check->out->facts.at[FACTS_MOST].span,
                   "The policy has %u facts; it can have at most %d.",
                   check->out->facts.count, FACTS_MOST);
}

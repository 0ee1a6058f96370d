#include "tests/reference/generate_parts.h"

/* Words of the language that may stand as names. */
static const char *const soft_words[] = {
    "total", "count",  "in",    "of",     "is",    "any",   "all",  "with",
    "to",    "at",     "least", "most",   "above", "below", "within", "ago",
    "day",   "month",  "this",  "last",   "more",  "less",  "than", "before",
    "after", "a",      "number", "money", "date",  "record", "days", "steps",
    "up",    "includes", "only", "hold",  "proceed", "consult", "care",
    "unless", "agreed", "by",   "exactly", "fixed", "help", "layer", "clause"};

static Text fact_name(Generator *g) {
  static const char *const words[] = {"gift", "value", "trust", "time",
                                      "place", "age", "stay", "caf\xc3\xa9"};
  if (g->tricky && random_chance(g->random, 50) &&
      g->fact_count < sizeof soft_words / sizeof *soft_words)
    return text_of(soft_words[(g->fact_count * 7 + 3) % 40]);
  return text_format(g->arena, "%s-%u", PICK(g, words),
                     (unsigned)g->fact_count);
}

static void name_values(Generator *g, PartFact *fact, const char *stem) {
  for (uint32_t i = 0; i < fact->value_count; i++)
    fact->values[i] =
        text_format(g->arena, "%s%u", stem, (unsigned)i);
  if (fact->type != TYPE_SET && random_chance(g->random, 40))
    fact->values[0] = TEXT("none");
  if (g->tricky && fact->type != TYPE_SET)
    fact->values[1] = text_of(PICK(g, soft_words));
}

/* ---------------------------------------------------------------- types */

static void choose_constants(Generator *g, PartFact *fact, int64_t low,
                             int64_t high, int64_t step) {
  int64_t steps = (high - low) / step;
  int64_t a = random_from(g->random, 0, steps);
  int64_t b = random_from(g->random, 0, steps);
  fact->constants[0] = low + (a < b ? a : b) * step;
  fact->constants[1] = low + (a < b ? b : a) * step;
}

static void make_number(Generator *g, PartFact *fact) {
  fact->low = random_from(g->random, -3, 2) * NUMBER_ONE;
  fact->high = fact->low + random_from(g->random, 3, 8) * NUMBER_ONE;
  fact->step = random_chance(g->random, 40)   ? 1
               : random_chance(g->random, 50) ? NUMBER_ONE / 2
                                              : NUMBER_ONE;
  choose_constants(g, fact, fact->low, fact->high,
                   fact->step == 1 ? NUMBER_ONE / 4 : fact->step);
  if (fact->step > 1) fact->between = fact->step / 4;
}

static void make_money(Generator *g, PartFact *fact) {
  fact->high = random_chance(g->random, 20) ? 0 : 20000;
  fact->step = 1;
  choose_constants(g, fact, 0, fact->high ? fact->high : 50000, 250);
  if (!fact->high) fact->high = INT64_MAX;
}

static void make_duration(Generator *g, PartFact *fact) {
  fact->unit = (Unit)(UNIT_MINUTES + random_below(g->random, 6));
  int64_t size = unit_size(fact->unit);
  fact->high = random_chance(g->random, 20) ? 0 : 12 * size;
  fact->step = 1;
  choose_constants(g, fact, 0, 12 * size, size);
  if (!fact->high) fact->high = INT64_MAX;
  if (size > 1) fact->between = random_from(g->random, 1, size - 1);
}

static void make_date(Generator *g, PartFact *fact) {
  fact->ahead = random_chance(g->random, 50);
  choose_constants(g, fact, g->base - 400, g->base + (fact->ahead ? 40 : 0),
                   20);
}

static void make_record(Generator *g, PartFact *fact) {
  static const FactType items[] = {TYPE_MONEY, TYPE_MONEY, TYPE_DURATION,
                                   TYPE_DATE};
  fact->item = PICK(g, items);
  fact->added = -1;
  fact->unit = random_chance(g->random, 50) ? UNIT_MINUTES : UNIT_MONTHS;
  bool coarse = random_chance(g->random, 25);
  choose_constants(g, fact, coarse ? 500 : 1, coarse ? 1000 : 4,
                   coarse ? 250 : 1);
}

/* A fact that the record's totals may add: a few small amounts. */
static void make_added(Generator *g, PartFact *fact, const PartFact *record) {
  fact->type = record->item;
  fact->unit = record->unit;
  fact->low = 0;
  fact->step = 1;
  fact->high = random_from(g->random, 3, 6);
  fact->no_excuse = false;
  choose_constants(g, fact, 0, fact->high, 1);
}

static void make_values(Generator *g, PartFact *fact, uint32_t most) {
  fact->value_count = 2 + random_below(g->random, most - 1);
  name_values(g, fact, fact->type == TYPE_SET ? "m" : "v");
}

static FactType choose_type(Generator *g) {
  static const FactType types[] = {
      TYPE_YES_NO, TYPE_YES_NO, TYPE_SCALE,    TYPE_SCALE, TYPE_CHOICE,
      TYPE_SET,    TYPE_NUMBER, TYPE_MONEY,    TYPE_MONEY, TYPE_DURATION,
      TYPE_DATE,   TYPE_DATE,   TYPE_RECORD,   TYPE_RECORD};
  return PICK(g, types);
}

static void make_type(Generator *g, PartFact *fact) {
  switch (fact->type) {
    case TYPE_SCALE:
    case TYPE_CHOICE: make_values(g, fact, 4); break;
    case TYPE_SET: make_values(g, fact, 3); break;
    case TYPE_NUMBER: make_number(g, fact); break;
    case TYPE_MONEY: make_money(g, fact); break;
    case TYPE_DURATION: make_duration(g, fact); break;
    case TYPE_DATE: make_date(g, fact); break;
    case TYPE_RECORD: make_record(g, fact); break;
    case TYPE_YES_NO:
    case TYPE_COUNT: break;
  }
}

/* ----------------------------------------------------------------- facts */

static PartFact *add_fact(Generator *g, Dimension dimension, FactType type) {
  PartFact *fact = &g->facts[g->fact_count];
  fact->dimension = dimension;
  fact->type = type;
  fact->added = -1;
  fact->name = fact_name(g);
  fact->file = random_below(g->random, g->file_count);
  g->fact_count++;
  return fact;
}

static void add_support(Generator *g, bool who_agree) {
  static const char *const asked[] = {"ann", "bob", "cat"};
  static const char *const agree[] = {"dan", "eve", "fay"};
  PartFact *fact = add_fact(g, SUPPORT, TYPE_SET);
  fact->who_agree = who_agree;
  fact->value_count = 2 + random_below(g->random, 2);
  for (uint32_t i = 0; i < fact->value_count; i++)
    fact->values[i] = text_of(who_agree && !(g->shared && i == 2)
                                  ? agree[i] : asked[i]);
}

static bool has_record(const Generator *g) {
  for (uint32_t i = 0; i < g->fact_count; i++)
    if (g->facts[i].type == TYPE_RECORD) return true;
  return false;
}

/* A second record whose totals add the same fact. */
static void add_twin(Generator *g, uint32_t record) {
  PartFact *twin = add_fact(g, CONTEXT, TYPE_RECORD);
  twin->item = g->facts[record].item;
  twin->unit = g->facts[record].unit;
  twin->added = g->facts[record].added;
  choose_constants(g, twin, 1, 3, 1);
}

static void add_plain(Generator *g) {
  FactType type = choose_type(g);
  if (type == TYPE_RECORD && !g->large && has_record(g)) type = TYPE_YES_NO;
  PartFact *fact =
      add_fact(g, (Dimension)random_below(g->random, SUPPORT), type);
  fact->no_excuse = random_chance(g->random, 15);
  make_type(g, fact);
  if (type != TYPE_RECORD || fact->item == TYPE_DATE ||
      fact->constants[1] > 100 || !random_chance(g->random, 60))
    return;
  uint32_t record = g->fact_count - 1;
  PartFact *added = add_fact(g, CONTEXT, TYPE_MONEY);
  make_added(g, added, &g->facts[record]);
  g->facts[record].added = (int)g->fact_count - 1;
  if (random_chance(g->random, 15)) add_twin(g, record);
}

void part_facts(Generator *g) {
  uint32_t plain = g->large ? 8 + random_below(g->random, 12)
                            : 2 + random_below(g->random, 4);
  g->shared = random_chance(g->random, 20);
  add_support(g, false);
  if (random_chance(g->random, 70)) add_support(g, true);
  if (random_chance(g->random, 20)) add_fact(g, SUPPORT, TYPE_YES_NO);
  for (uint32_t i = 0; i < plain; i++) add_plain(g);
  if (random_chance(g->random, 40)) {
    PartFact *fact = add_fact(g, IMPACT, TYPE_SCALE);
    make_type(g, fact);
  }
}

/* ----------------------------------------------------------- declarations */

static void put_values(Buffer *out, const PartFact *fact, const char *between) {
  for (uint32_t i = 0; i < fact->value_count; i++)
    buffer_format(out, "%s%.*s", i ? between : "",
                  TEXT_ARG(fact->values[i]));
}

static void put_money_type(Buffer *out, const PartFact *fact) {
  buffer_put_c(out, "money in GBP");
  if (fact->high == INT64_MAX) return;
  buffer_format(out, " up to %lld", (long long)(fact->high / 100));
  if (fact->high % 100)
    buffer_format(out, ".%02lld", (long long)(fact->high % 100));
}

static void put_duration_type(Generator *g, Buffer *out,
                              const PartFact *fact) {
  buffer_format(out, "a duration in %s", unit_name(fact->unit, true));
  if (fact->high == INT64_MAX) return;
  buffer_put_c(out, " up to ");
  part_amount(g, out, fact, fact->high);
}

static void put_number_type(Buffer *out, const PartFact *fact) {
  buffer_put_c(out, "a number from ");
  number_print(out, fact->low);
  buffer_put_c(out, " to ");
  number_print(out, fact->high);
  if (fact->step == 1) return;
  buffer_put_c(out, " in steps of ");
  number_print(out, fact->step);
}

static void put_record_type(Buffer *out, const PartFact *fact) {
  buffer_put_c(out, "a record of ");
  if (fact->item == TYPE_MONEY)
    buffer_put_c(out, "money in GBP");
  else if (fact->item == TYPE_DURATION)
    buffer_format(out, "durations in %s", unit_name(fact->unit, true));
  else
    buffer_put_c(out, "dates");
}

static void put_type(Generator *g, Buffer *out, const PartFact *fact) {
  switch (fact->type) {
    case TYPE_YES_NO: buffer_put_c(out, "yes or no"); break;
    case TYPE_SCALE:
      buffer_put_c(out, "one of ");
      put_values(out, fact, " < ");
      break;
    case TYPE_CHOICE:
      buffer_put_c(out, "one of ");
      put_values(out, fact, ", ");
      break;
    case TYPE_SET:
      buffer_put_c(out, "any of ");
      put_values(out, fact, ", ");
      break;
    case TYPE_NUMBER: put_number_type(out, fact); break;
    case TYPE_MONEY: put_money_type(out, fact); break;
    case TYPE_DURATION: put_duration_type(g, out, fact); break;
    case TYPE_DATE:
      buffer_put_c(out, fact->ahead ? "a date that may be ahead" : "a date");
      break;
    case TYPE_RECORD: put_record_type(out, fact); break;
    case TYPE_COUNT: break;
  }
}

void part_fact_declare(Generator *g, Buffer *out, const PartFact *fact) {
  part_fact_name(out, fact);
  buffer_put_c(out, " \"What is it?\" is ");
  put_type(g, out, fact);
  if (random_chance(g->random, 10)) buffer_put_c(out, "\n  fixed");
  if (fact->no_excuse) buffer_put_c(out, " no excuse");
  if (fact->who_agree) buffer_put_c(out, " who agree");
  buffer_put_char(out, '\n');
}

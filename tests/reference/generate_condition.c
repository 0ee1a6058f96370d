#include "tests/reference/generate_parts.h"

/* What stands around a condition decides whether it needs brackets. */
typedef enum Shape { SHAPE_PLAIN, SHAPE_LIST, SHAPE_AND, SHAPE_OR } Shape;

const char *const part_dimensions[DIMENSION_COUNT] = {
    "need", "capability", "context", "risk", "support", "impact"};

void part_fact_name(Buffer *out, const PartFact *fact) {
  buffer_put_c(out, part_dimensions[fact->dimension]);
  buffer_put_char(out, ' ');
  buffer_put(out, fact->name);
}

/* --------------------------------------------------------------- amounts */

static void put_duration(Generator *g, Buffer *out, int64_t amount,
                         Unit unit) {
  int64_t size = unit_size(unit);
  if (amount % size != 0) {
    unit = unit_family(unit) == FAMILY_MONTHS ? UNIT_MONTHS : UNIT_MINUTES;
    size = 1;
  }
  (void)g;
  buffer_format(out, "%lld %s", (long long)(amount / size),
                unit_name(unit, amount / size != 1));
}

void part_amount(Generator *g, Buffer *out, const PartFact *fact,
                 int64_t amount) {
  FactType type = fact->type == TYPE_RECORD ? fact->item : fact->type;
  if (type == TYPE_NUMBER)
    number_print(out, amount);
  else if (type == TYPE_DATE)
    day_print(out, (Day)amount);
  else if (type == TYPE_DURATION)
    put_duration(g, out, amount, fact->unit);
  else if (random_chance(g->random, 80))
    money_print(out, amount, GBP);
  else
    buffer_format(out, "%lld.%02lld GBP", (long long)(amount / 100),
                  (long long)(amount % 100));
}

/* ----------------------------------------------------------------- tests */

static Shape put_list(Generator *g, Buffer *out, const PartFact *fact,
                      uint64_t members) {
  bool first = true;
  (void)g;
  for (uint32_t i = 0; i < fact->value_count; i++) {
    if (!(members >> i & 1)) continue;
    if (!first) buffer_put_c(out, ", ");
    buffer_put(out, fact->values[i]);
    first = false;
  }
  return SHAPE_LIST;
}

/* Some of the values, but not none; all only if `all`. */
static uint64_t some_members(Generator *g, const PartFact *fact, bool all) {
  uint64_t full = (UINT64_C(1) << fact->value_count) - 1;
  for (;;) {
    uint64_t members = random_next(g->random) & full;
    if (members && (all || members != full)) return members;
  }
}

static Shape yes_no_test(Generator *g, Buffer *out, const PartFact *fact) {
  bool negated = random_chance(g->random, 25);
  if (negated) buffer_put_c(out, "not ");
  part_fact_name(out, fact);
  if (!negated && random_chance(g->random, 30))
    buffer_put_c(out, random_chance(g->random, 50) ? " is no" : " is yes");
  return SHAPE_PLAIN;
}

static Shape choice_test(Generator *g, Buffer *out, const PartFact *fact) {
  part_fact_name(out, fact);
  if (fact->value_count > 2 && random_chance(g->random, 40)) {
    buffer_put_c(out, random_chance(g->random, 70) ? " is one of "
                                                   : " is not one of ");
    return put_list(g, out, fact, some_members(g, fact, false));
  }
  buffer_put_c(out, random_chance(g->random, 75) ? " is " : " is not ");
  buffer_put(out, fact->values[random_below(g->random, fact->value_count)]);
  return SHAPE_PLAIN;
}

static Shape scale_test(Generator *g, Buffer *out, const PartFact *fact) {
  static const char *const words[] = {" is at least ", " is above ",
                                      " is at most ", " is below "};
  uint32_t kind = random_below(g->random, 6);
  uint32_t last = fact->value_count - 1;
  if (kind >= 5) return choice_test(g, out, fact);
  part_fact_name(out, fact);
  if (kind == 4 && fact->value_count > 2) {
    uint32_t low = random_below(g->random, last);
    uint32_t high = low == 0 ? last - 1 : last;
    buffer_format(out, " is from %.*s to %.*s", TEXT_ARG(fact->values[low]),
                  TEXT_ARG(fact->values[high]));
    return SHAPE_PLAIN;
  }
  kind %= 4;
  uint32_t at = random_below(g->random, last) + (kind == 0 || kind == 3);
  buffer_put_c(out, words[kind]);
  buffer_put(out, fact->values[at]);
  return SHAPE_PLAIN;
}

static Shape set_test(Generator *g, Buffer *out, const PartFact *fact) {
  static const char *const words[] = {" includes any of ", " includes all of ",
                                      " includes none of "};
  uint32_t kind = random_below(g->random, 6);
  part_fact_name(out, fact);
  if (kind == 0) {
    buffer_put_c(out, random_chance(g->random, 70) ? " is none"
                                                   : " is not none");
    return SHAPE_PLAIN;
  }
  if (kind <= 2) {
    buffer_put_c(out, " includes ");
    buffer_put(out, fact->values[random_below(g->random, fact->value_count)]);
    return SHAPE_PLAIN;
  }
  if (kind == 3 && fact->value_count > 2) {
    buffer_put_c(out, " includes at least 2 of ");
    return put_list(g, out, fact, (UINT64_C(1) << fact->value_count) - 1);
  }
  buffer_put_c(out, PICK(g, words));
  return put_list(g, out, fact, some_members(g, fact, true));
}

/* An order test that may be true and may be false on [low, high]. */
static Shape order_test(Generator *g, Buffer *out, const PartFact *fact,
                        int64_t low, int64_t high) {
  int64_t c = fact->constants[random_below(g->random, 2)];
  uint32_t kind = random_below(g->random, 5);
  /* Order tests may compare with what lies between two values. */
  if (fact->between > 0 && c < high && random_chance(g->random, 25))
    c += fact->between;
  if (kind == 4 && fact->constants[0] < fact->constants[1] &&
      (fact->constants[0] > low || fact->constants[1] < high)) {
    buffer_put_c(out, " is from ");
    part_amount(g, out, fact, fact->constants[0]);
    buffer_put_c(out, " to ");
    part_amount(g, out, fact, fact->constants[1]);
    return SHAPE_PLAIN;
  }
  if (c == low)
    kind = kind % 2 ? 1 : 2;
  else if (c == high)
    kind = kind % 2 ? 0 : 3;
  buffer_put_c(out, kind == 0   ? " is at least "
                    : kind == 1 ? " is above "
                    : kind == 2 ? " is at most "
                                : " is below ");
  part_amount(g, out, fact, c);
  return SHAPE_PLAIN;
}

static Shape amount_test(Generator *g, Buffer *out, const PartFact *fact) {
  uint32_t kind = random_below(g->random, 8);
  part_fact_name(out, fact);
  if (kind > 1) return order_test(g, out, fact, fact->low, fact->high);
  if (kind == 1 && fact->constants[0] < fact->constants[1]) {
    buffer_put_c(out, random_chance(g->random, 60) ? " is one of "
                                                   : " is not one of ");
    part_amount(g, out, fact, fact->constants[0]);
    buffer_put_c(out, ", ");
    part_amount(g, out, fact, fact->constants[1]);
    return SHAPE_LIST;
  }
  buffer_put_c(out, random_chance(g->random, 60) ? " is " : " is not ");
  part_amount(g, out, fact, fact->constants[0]);
  return SHAPE_PLAIN;
}

static Shape date_test(Generator *g, Buffer *out, const PartFact *fact) {
  static const char *const words[] = {" is before ", " is after ",
                                      " is on or before ", " is on or after "};
  static const char *const lengths[] = {"1 month", "2 years", "30 days",
                                        "2 weeks", "6 months"};
  uint32_t kind = random_below(g->random, 9);
  part_fact_name(out, fact);
  if (kind < 4) {
    buffer_put_c(out, words[kind]);
    day_print(out, (Day)fact->constants[random_below(g->random, 2)]);
    return SHAPE_PLAIN;
  }
  const char *length = PICK(g, lengths);
  if (kind <= 5) buffer_format(out, " is within %s", length);
  if (kind == 6) buffer_format(out, " is more than %s ago", length);
  if (kind == 7) buffer_format(out, " is at least %s ago", length);
  if (kind == 8) buffer_format(out, " is less than %s ago", length);
  return SHAPE_PLAIN;
}

static Shape record_test(Generator *g, Buffer *out, const PartFact *fact) {
  uint32_t kind = random_below(g->random, 6);
  if (kind == 0) {
    part_fact_name(out, fact);
    buffer_put_c(out, random_chance(g->random, 70) ? " is none"
                                                   : " is not none");
    return SHAPE_PLAIN;
  }
  bool count = fact->item == TYPE_DATE || kind == 1;
  buffer_put_c(out, count ? "count of " : "total of ");
  part_fact_name(out, fact);
  if (!count && fact->added >= 0 && random_chance(g->random, 60)) {
    buffer_put_c(out, " with ");
    part_fact_name(out, &g->facts[fact->added]);
  }
  buffer_put_c(out, " in ");
  buffer_put_c(out, g->windows[random_below(g->random, 2)]);
  if (!count && random_chance(g->random, 90))
    return order_test(g, out, fact, 0, INT64_MAX);
  if (!count) {
    buffer_put_c(out, random_chance(g->random, 70) ? " is " : " is not ");
    part_amount(g, out, fact, fact->constants[0]);
    return SHAPE_PLAIN;
  }
  int64_t n = random_from(g->random, 1, 2);
  buffer_format(out, " is %s %lld",
                random_chance(g->random, 60)   ? "at least"
                : random_chance(g->random, 70) ? "below"
                                               : "not",
                (long long)n);
  return SHAPE_PLAIN;
}

static Shape fact_test(Generator *g, Buffer *out, const PartFact *fact) {
  switch (fact->type) {
    case TYPE_YES_NO: return yes_no_test(g, out, fact);
    case TYPE_SCALE: return scale_test(g, out, fact);
    case TYPE_CHOICE: return choice_test(g, out, fact);
    case TYPE_SET: return set_test(g, out, fact);
    case TYPE_NUMBER:
    case TYPE_MONEY:
    case TYPE_DURATION: return amount_test(g, out, fact);
    case TYPE_DATE: return date_test(g, out, fact);
    case TYPE_RECORD: return record_test(g, out, fact);
    case TYPE_COUNT: break;
  }
  return SHAPE_PLAIN;
}

/* ------------------------------------------------------------ conditions */

static bool allowed(const PartFact *fact, Touches may) {
  return (may.support || fact->dimension != SUPPORT) &&
         (may.impact || fact->dimension != IMPACT) &&
         (may.no_excuse || !fact->no_excuse);
}

static const PartFact *pick_fact(Generator *g, Touches may, Touches *does) {
  for (uint32_t tries = 0; tries < 50; tries++) {
    const PartFact *fact = &g->facts[random_below(g->random, g->fact_count)];
    if (!allowed(fact, may)) continue;
    does->support |= fact->dimension == SUPPORT;
    does->impact |= fact->dimension == IMPACT;
    does->no_excuse |= fact->no_excuse;
    if (fact->type == TYPE_RECORD && fact->added >= 0)
      does->no_excuse |= g->facts[fact->added].no_excuse;
    return fact;
  }
  return NULL;
}

static bool put_named(Generator *g, Buffer *out, Touches may, Touches *does) {
  if (!g->named_count) return false;
  const PartNamed *named = &g->named[random_below(g->random, g->named_count)];
  if ((named->touches.support && !may.support) ||
      (named->touches.impact && !may.impact) ||
      (named->touches.no_excuse && !may.no_excuse))
    return false;
  does->support |= named->touches.support;
  does->impact |= named->touches.impact;
  does->no_excuse |= named->touches.no_excuse;
  if (!named->signs) {
    buffer_put(out, named->name);
    return true;
  }
  bool up = random_chance(g->random, 60);
  int64_t n = random_from(g->random, up ? 1 : 0, named->total - !up);
  buffer_format(out, "signs %.*s is %s %lld", TEXT_ARG(named->name),
                up ? "at least" : "at most", (long long)n);
  return true;
}

static bool put_condition(Generator *g, Buffer *out, uint32_t depth,
                          Touches may, Touches *does, Shape *shape);

/* A part, in brackets where it must (or likes to) stand in them. */
static bool put_part(Generator *g, Buffer *out, uint32_t depth, Touches may,
                     Touches *does, bool list_bare) {
  Buffer part = {.arena = g->arena};
  Shape shape = SHAPE_PLAIN;
  if (!put_condition(g, &part, depth, may, does, &shape)) return false;
  bool brackets = shape == SHAPE_AND || shape == SHAPE_OR ||
                  (shape == SHAPE_LIST && !list_bare) ||
                  random_chance(g->random, 5);
  if (brackets) buffer_put_char(out, '(');
  buffer_put(out, buffer_text(&part));
  if (brackets) buffer_put_char(out, ')');
  return true;
}

static bool put_joined(Generator *g, Buffer *out, uint32_t depth, Touches may,
                       Touches *does, const char *between) {
  bool list_bare = between[0] != ',';
  uint32_t count = 2 + random_below(g->random, 2);
  for (uint32_t i = 0; i < count; i++) {
    if (i) buffer_put_c(out, between);
    if (!put_part(g, out, depth - 1, may, does, list_bare)) return false;
  }
  return true;
}

/* Two or three conditions, or four to six tests. */
static bool put_counted(Generator *g, Buffer *out, uint32_t depth,
                        Touches may, Touches *does) {
  static const char *const few[] = {"at least 1 of (", "at least 2 of (",
                                    "at most 1 of (", "exactly 1 of ("};
  static const char *const many[] = {"at least 3 of (", "at most 3 of (",
                                     "exactly 2 of (", "exactly 4 of ("};
  bool long_list = random_chance(g->random, 30);
  buffer_put_c(out, long_list ? PICK(g, many) : PICK(g, few));
  if (long_list) {
    depth = 1;
    if (!put_joined(g, out, depth, may, does, ", ")) return false;
    buffer_put_c(out, ", ");
  }
  if (!put_joined(g, out, depth, may, does, ", ")) return false;
  buffer_put_char(out, ')');
  return true;
}

static bool put_condition(Generator *g, Buffer *out, uint32_t depth,
                          Touches may, Touches *does, Shape *shape) {
  uint32_t kind = depth ? random_below(g->random, 10) : 0;
  *shape = SHAPE_PLAIN;
  if (random_chance(g->random, 20) && put_named(g, out, may, does))
    return true;
  if (kind == 5 || kind == 6) {
    *shape = SHAPE_AND;
    return put_joined(g, out, depth, may, does, " and ");
  }
  if (kind == 7 || kind == 8) {
    *shape = SHAPE_OR;
    return put_joined(g, out, depth, may, does, " or ");
  }
  if (kind == 9) {
    if (random_chance(g->random, 60))
      return put_counted(g, out, depth, may, does);
    buffer_put_c(out, "not (");
    if (!put_condition(g, out, depth - 1, may, does, shape)) return false;
    buffer_put_char(out, ')');
    *shape = SHAPE_PLAIN;
    return true;
  }
  const PartFact *fact = pick_fact(g, may, does);
  if (!fact) return false;
  *shape = fact_test(g, out, fact);
  return true;
}

bool part_condition(Generator *g, Buffer *out, uint32_t depth, Touches may,
                    Touches *does) {
  Buffer text = {.arena = g->arena};
  Touches touched = {0};
  Shape shape;
  if (!put_condition(g, &text, depth, may, &touched, &shape)) return false;
  buffer_put(out, buffer_text(&text));
  if (does) *does = touched;
  return true;
}

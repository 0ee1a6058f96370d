/* Facts, the variables of the grid, their cuts, and the tests on them. */
#include "runtime/grid.h"
#include "runtime/verify.h"

#define WINDOWS_MOST 8 /* different windows of one record */
#define CUTS_MOST 5000 /* of one variable */
#define AGO_MOST 10000000 /* days or months */

/* ------------------------------------------------------------------- facts */

static bool refuse_fact(const Verifier *verifier, const Fact *fact,
                        uint32_t word, const char *message) {
  uint32_t index = (uint32_t)(fact - verifier->image->facts.at);
  return verify_refuse(verifier, LIST_facts, index, word, message);
}

/* What a fact's amounts are: of a record, what its events are. */
static FactType amount_type(const Fact *fact) {
  return (FactType)(fact->type == TYPE_RECORD ? fact->item : fact->type);
}

static bool verify_values(const Verifier *verifier, const Fact *fact) {
  uint32_t least = 0, most = 0;
  if (fact->type == TYPE_YES_NO) least = most = 2;
  if (fact->type == TYPE_SCALE || fact->type == TYPE_CHOICE) {
    least = 1;
    most = CUTS_MOST;
  }
  if (fact->type == TYPE_SET) {
    least = 1;
    most = 64;
  }
  if (fact->values.count >= least && fact->values.count <= most) return true;
  return refuse_fact(verifier, fact, Fact_values_count,
                     "A fact of this type cannot have this many values.");
}

static bool verify_marks(const Verifier *verifier, const Fact *fact) {
  FactType type = amount_type(fact);
  bool record = fact->type == TYPE_RECORD;
  if (record ? type != TYPE_MONEY && type != TYPE_DURATION && type != TYPE_DATE
             : fact->item != 0)
    return refuse_fact(verifier, fact, Fact_item,
                       "A record holds money, durations or dates; nothing "
                       "else holds items.");
  if ((type == TYPE_MONEY) != (fact->currency != CURRENCY_NONE))
    return refuse_fact(verifier, fact, Fact_currency,
                       "Money has a currency, and nothing else has.");
  if ((type == TYPE_DURATION) != (fact->unit != UNIT_NONE))
    return refuse_fact(verifier, fact, Fact_unit,
                       "A duration has a unit, and nothing else has.");
  if (fact->dimension == SUPPORT && fact->type != TYPE_SET &&
      fact->type != TYPE_YES_NO)
    return refuse_fact(verifier, fact, Fact_type,
                       "A support fact is a set or yes/no.");
  if (fact->who_agree && fact->dimension != SUPPORT)
    return refuse_fact(verifier, fact, Fact_who_agree,
                       "Only a support fact says who agree.");
  if (fact->may_be_ahead && fact->type != TYPE_DATE)
    return refuse_fact(verifier, fact, Fact_may_be_ahead,
                       "Only a date may be ahead.");
  return true;
}

static bool verify_lattice(const Verifier *verifier, const Fact *fact) {
  if (fact->low < -NUMBER_MOST || fact->low > NUMBER_MOST)
    return refuse_fact(verifier, fact, Fact_low,
                       "The lowest value is too far from 0.");
  if (fact->high < fact->low || fact->high > NUMBER_MOST)
    return refuse_fact(verifier, fact, Fact_high,
                       "The highest value is too large, or below the lowest.");
  if (fact->step < 1 || fact->step > NUMBER_MOST ||
      (fact->high - fact->low) % fact->step != 0)
    return refuse_fact(verifier, fact, Fact_step,
                       "Whole steps must lead from the lowest value to the "
                       "highest.");
  if (amount_type(fact) != TYPE_NUMBER && fact->low < 0)
    return refuse_fact(verifier, fact, Fact_low,
                       "Only a number may be below 0.");
  return true;
}

static bool verify_variable_count(const Verifier *verifier, const Fact *fact) {
  uint32_t count = fact->variables.count;
  bool fine = count == 1;
  if (fact->type == TYPE_SET) fine = count == fact->values.count;
  if (fact->type == TYPE_RECORD) fine = true;
  if (fine) return true;
  return refuse_fact(verifier, fact, Fact_variables_count,
                     "A fact of this type cannot have this many variables.");
}

bool verify_facts(const Verifier *verifier) {
  const Image *image = verifier->image;
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Fact *fact = &image->facts.at[i];
    if (!verify_values(verifier, fact) || !verify_marks(verifier, fact) ||
        !verify_lattice(verifier, fact) ||
        !verify_variable_count(verifier, fact))
      return false;
  }
  return true;
}

/* --------------------------------------------------------------- variables */

static bool refuse_variable(const Verifier *verifier, uint32_t index,
                            uint32_t word, const char *message) {
  return verify_refuse(verifier, LIST_variables, index, word, message);
}

static bool is_window_sized(uint32_t window) {
  return window == WINDOW_DAYS || window == WINDOW_MONTHS;
}

static bool verify_with(const Verifier *verifier, uint32_t index,
                        const Fact *fact) {
  const Image *image = verifier->image;
  const Variable *variable = &image->variables.at[index];
  const Fact *with;
  if (variable->with == NONE) return true;
  with = &image->facts.at[variable->with];
  if (variable->aggregate == AGGREGATE_TOTAL && with->type == fact->item &&
      with->currency == fact->currency &&
      unit_family((Unit)with->unit) == unit_family((Unit)fact->unit))
    return true;
  return refuse_variable(verifier, index, Variable_with,
                         "Only an amount of the same kind can be added to a "
                         "total.");
}

static bool verify_record_variable(const Verifier *verifier, uint32_t index,
                                   const Fact *fact) {
  const Variable *variable = &verifier->image->variables.at[index];
  if (variable->aggregate == AGGREGATE_TOTAL && fact->item == TYPE_DATE)
    return refuse_variable(verifier, index, Variable_aggregate,
                           "A record of dates has no total.");
  if (is_window_sized(variable->window) != (variable->length > 0))
    return refuse_variable(verifier, index, Variable_length,
                           "A window of days or months has a length, and no "
                           "other has.");
  if (variable->member != 0)
    return refuse_variable(verifier, index, Variable_member,
                           "A record has no members.");
  return verify_with(verifier, index, fact);
}

static bool verify_plain_variable(const Verifier *verifier, uint32_t index,
                                  const Fact *fact) {
  const Variable *variable = &verifier->image->variables.at[index];
  uint32_t member = index - fact->variables.first;
  if (variable->member != (fact->type == TYPE_SET ? member : 0))
    return refuse_variable(verifier, index, Variable_member,
                           "The variables of a set are its members, in "
                           "order.");
  if (variable->aggregate != 0 || variable->window != WINDOW_ALL ||
      variable->length != 0 || variable->with != NONE)
    return refuse_variable(verifier, index, Variable_aggregate,
                           "Only a record has totals, counts and windows.");
  return true;
}

/* A record's windows, to count those that differ. */
typedef struct Windows {
  uint32_t kinds[WINDOWS_MOST], lengths[WINDOWS_MOST];
  uint32_t count;
} Windows;

static bool windows_add(Windows *windows, const Variable *variable) {
  if (variable->window == WINDOW_ALL) return true;
  for (uint32_t i = 0; i < windows->count; i++)
    if (windows->kinds[i] == variable->window &&
        windows->lengths[i] == variable->length)
      return true;
  if (windows->count == WINDOWS_MOST) return false;
  windows->kinds[windows->count] = variable->window;
  windows->lengths[windows->count++] = variable->length;
  return true;
}

static bool verify_owned(const Verifier *verifier, uint32_t fact_index) {
  const Image *image = verifier->image;
  const Fact *fact = &image->facts.at[fact_index];
  Windows windows = {.count = 0};
  for (uint32_t i = 0; i < fact->variables.count; i++) {
    uint32_t index = fact->variables.first + i;
    bool record = fact->type == TYPE_RECORD;
    if (image->variables.at[index].fact != fact_index)
      return refuse_variable(verifier, index, Variable_fact,
                             "This variable belongs to another fact.");
    if (record ? !verify_record_variable(verifier, index, fact)
               : !verify_plain_variable(verifier, index, fact))
      return false;
    if (!windows_add(&windows, &image->variables.at[index]))
      return refuse_variable(verifier, index, Variable_window,
                             "A record has at most 8 different windows.");
  }
  return true;
}

/* -------------------------------------------------------------------- cuts */

static bool refuse_cut(const Verifier *verifier, uint32_t index, uint32_t word,
                       const char *message) {
  return verify_refuse(verifier, LIST_cuts, index, word, message);
}

/* The values that a variable may have. */
typedef struct Lattice {
  int64_t low, high, step;
} Lattice;

static Lattice variable_lattice(const Fact *fact) {
  switch ((FactType)fact->type) {
    case TYPE_YES_NO:
    case TYPE_SCALE:
    case TYPE_CHOICE:
      return (Lattice){0, (int64_t)fact->values.count - 1, 1};
    case TYPE_NUMBER:
    case TYPE_MONEY:
    case TYPE_DURATION:
      return (Lattice){fact->low, fact->high, fact->step};
    case TYPE_RECORD:
      return (Lattice){0, RECORD_MOST, 1};
    case TYPE_SET:
    case TYPE_DATE:
    case TYPE_COUNT:
      break;
  }
  return (Lattice){0, 1, 1};
}

/* The first value above the cut; `low` if there is none, which no cut may
 * have. */
static int64_t cut_start(const Lattice *lattice, const Cut *cut) {
  int64_t above, start;
  if (cut->value < lattice->low || cut->value > lattice->high)
    return lattice->low;
  above = (cut->value - lattice->low) % lattice->step;
  start = cut->value - above;
  if (above != 0 || cut->side == 1) start += lattice->step;
  return start > lattice->high ? lattice->low : start;
}

static bool verify_rising(const Verifier *verifier, Range cuts,
                          const Lattice *lattice) {
  int64_t before = lattice->low;
  for (uint32_t i = cuts.first; i < cuts.first + cuts.count; i++) {
    const Cut *cut = &verifier->image->cuts.at[i];
    int64_t start = cut_start(lattice, cut);
    if (cut->base != CUT_VALUE)
      return refuse_cut(verifier, i, Cut_base,
                        "Only a date is cut by the day asked about.");
    if (start <= before)
      return refuse_cut(verifier, i, Cut_value,
                        "The cuts of a variable must rise, with a value "
                        "between each and the next.");
    before = start;
  }
  return true;
}

static bool verify_date_cuts(const Verifier *verifier, Range cuts) {
  for (uint32_t i = cuts.first; i < cuts.first + cuts.count; i++) {
    const Cut *cut = &verifier->image->cuts.at[i];
    bool day = cut->base == CUT_VALUE;
    if (cut->value < (day ? DAY_FIRST : 0) ||
        cut->value > (day ? DAY_LAST : AGO_MOST))
      return refuse_cut(verifier, i, Cut_value,
                        "A date cannot be cut here.");
  }
  return true;
}

/* Where each value has a cell of its own, every cut is there. */
static bool verify_cut_count(const Verifier *verifier, uint32_t index,
                             const Fact *fact) {
  uint32_t count = verifier->image->variables.at[index].cuts.count;
  bool fine = count <= CUTS_MOST;
  if (fact->type == TYPE_SET) fine = count == 1;
  if (fact->type == TYPE_YES_NO || fact->type == TYPE_SCALE ||
      fact->type == TYPE_CHOICE)
    fine = count + 1 == fact->values.count;
  if (fine) return true;
  return refuse_variable(verifier, index, Variable_cuts_count,
                         "This variable cannot have this many cuts.");
}

static bool verify_cuts(const Verifier *verifier, uint32_t index) {
  const Image *image = verifier->image;
  const Variable *variable = &image->variables.at[index];
  const Fact *fact = &image->facts.at[variable->fact];
  Lattice lattice = variable_lattice(fact);
  if (!verify_cut_count(verifier, index, fact)) return false;
  if (fact->type == TYPE_DATE)
    return verify_date_cuts(verifier, variable->cuts);
  return verify_rising(verifier, variable->cuts, &lattice);
}

bool verify_variables(const Verifier *verifier) {
  const Image *image = verifier->image;
  for (uint32_t i = 0; i < image->facts.count; i++)
    if (!verify_owned(verifier, i)) return false;
  for (uint32_t i = 0; i < image->variables.count; i++)
    if (!verify_cuts(verifier, i)) return false;
  return true;
}

/* ------------------------------------------------------------------- tests */

static bool is_own_cut(const Variable *variable, uint32_t cut) {
  return cut == NONE || (cut >= variable->cuts.first &&
                         cut - variable->cuts.first < variable->cuts.count);
}

static bool verify_interval(const Verifier *verifier, uint32_t index,
                            const Variable *variable) {
  const Interval *interval = &verifier->image->intervals.at[index];
  bool date = verifier->image->facts.at[variable->fact].type == TYPE_DATE;
  uint32_t from = interval->from, to = interval->to;
  if (!is_own_cut(variable, from))
    return verify_refuse(verifier, LIST_intervals, index, Interval_from,
                         "This cut belongs to another variable.");
  if (!is_own_cut(variable, to))
    return verify_refuse(verifier, LIST_intervals, index, Interval_to,
                         "This cut belongs to another variable.");
  if (from != NONE && to != NONE && (date ? from == to : from >= to))
    return verify_refuse(verifier, LIST_intervals, index, Interval_to,
                         "An interval must hold a value.");
  return true;
}

bool verify_tests(const Verifier *verifier) {
  const Image *image = verifier->image;
  for (uint32_t t = 0; t < image->tests.count; t++) {
    const Test *test = &image->tests.at[t];
    const Variable *variable = &image->variables.at[test->variable];
    if (test->intervals.count == 0)
      return verify_refuse(verifier, LIST_tests, t, Test_intervals_count,
                           "A test needs an interval.");
    for (uint32_t i = 0; i < test->intervals.count; i++)
      if (!verify_interval(verifier, test->intervals.first + i, variable))
        return false;
  }
  return true;
}

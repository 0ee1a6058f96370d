/* Tests: every relation against every type of fact. */
#include "compiler/reading.h"

/* Is it a relation that this type of fact has? */
static bool fits(FactType type, Relation relation) {
  if (relation >= RELATION_IS && relation <= RELATION_NOT_ONE_OF)
    return type != TYPE_YES_NO || relation <= RELATION_IS_NOT;
  if (relation_orders(relation))
    return type == TYPE_SCALE || type == TYPE_NUMBER || type == TYPE_MONEY ||
           type == TYPE_DURATION;
  return type == TYPE_DATE && relation >= RELATION_BEFORE &&
         relation <= RELATION_ON_OR_AFTER;
}

static void check_value_test(Check *check, const Condition *condition,
                             Term *term) {
  const CheckedFact *fact = &check->out->facts.at[term->key.fact];
  Reading reading = {.condition = condition, .fact = fact};
  reading.lattice = (Lattice){fact->low, fact->high, fact->step};
  if (!fits(fact->type, condition->relation)) {
    wrong_relation(check, condition, term->key.fact);
    return;
  }
  if (reading_stretches(check, &reading, term)) term->kind = TERM_TEST;
}

static void check_yes_no_test(Check *check, const Condition *condition,
                              Term *term) {
  static const Stretch yes = {{.value = 1}, {.open = true}};
  if (condition->relation != RELATION_HOLDS) {
    check_value_test(check, condition, term);
    return;
  }
  term->stretches = &yes;
  term->count = 1;
  term->kind = TERM_TEST;
}

void take_stretch(Check *check, Term *term, Stretch stretch) {
  Stretch *made = ARENA_NEW(check->arena, Stretch);
  *made = stretch;
  term->stretches = made;
  term->count = 1;
  term->kind = TERM_TEST;
}

/* ------------------------------------------------------------------ dates */

#define LONGEST_AGO (DAY_LAST - DAY_FIRST)

/* The day so long before the day asked about, with an edge on this side. */
static bool read_ago(Check *check, const Condition *condition, uint8_t side,
                     Edge *edge) {
  const Literal *length = condition->values;
  int64_t amount = length->amount;
  bool days = length->family != FAMILY_MONTHS;
  bool whole = length->kind == LITERAL_DURATION && amount >= 0;
  if (whole && days) {
    whole = amount % DAY_MINUTES == 0;
    amount /= DAY_MINUTES;
  }
  if (whole && amount <= LONGEST_AGO) {
    CutBase base = days || amount == 0 ? CUT_DAYS_AGO : CUT_MONTHS_AGO;
    *edge = (Edge){false, side, base, amount};
    return true;
  }
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_SPAN, length->span,
      "`%.*s` is not a span of whole days or months that a calendar holds.",
      TEXT_ARG(length->text));
  diagnostic_help(check->diagnostics, d,
                  "Write whole days, weeks, months or years, such as "
                  "`30 days` or `2 years`.");
  return false;
}

static bool check_today(Check *check, const Condition *condition,
                        const CheckedFact *fact, Edge ago) {
  bool never = condition->relation == RELATION_LESS_THAN_AGO;
  bool always = condition->relation == RELATION_AT_LEAST_AGO &&
                !fact->node->may_be_ahead;
  if (ago.value > 0 || (!never && !always)) return true;
  pointless_test(check, condition, always,
                 never ? "nothing is less than no time ago"
                       : "the date is never ahead of the day asked about");
  return false;
}

static void check_date_test(Check *check, const Condition *condition,
                            Term *term) {
  const CheckedFact *fact = &check->out->facts.at[term->key.fact];
  Relation relation = condition->relation;
  Edge today = {false, 1, CUT_DAYS_AGO, 0};
  Edge ago;
  uint8_t side = relation == RELATION_AT_LEAST_AGO ||
                 relation == RELATION_LESS_THAN_AGO;
  if (!read_ago(check, condition, side, &ago)) return;
  if (!check_today(check, condition, fact, ago)) return;
  bool up_to_today =
      relation == RELATION_WITHIN || relation == RELATION_LESS_THAN_AGO;
  take_stretch(check, term,
               up_to_today ? (Stretch){ago, today} : (Stretch){EDGE_END, ago});
}

/* ------------------------------------------------------------------- sets */

static bool read_members(Check *check, const Condition *condition,
                         const CheckedFact *fact, Term *term) {
  bool sound = true;
  bool seen[MEMBERS_MOST] = {false};
  uint32_t *members = ARENA_ARRAY(check->arena, MEMBERS_MOST, uint32_t);
  term->members = members;
  for (const Literal *one = condition->values; one; one = one->next) {
    int64_t value = 0;
    if (!literal_read(check, fact, one, &value)) {
      sound = false;
    } else if (seen[value]) {
      twice_in_list(check, one);
      sound = false;
    } else {
      seen[value] = true;
      members[term->count++] = (uint32_t)value;
    }
  }
  return sound;
}

static void check_none(Check *check, const CheckedFact *fact, bool none,
                       Term *term) {
  uint32_t count = fact->value_count;
  uint32_t *members = ARENA_ARRAY(check->arena, count, uint32_t);
  for (uint32_t i = 0; i < count; i++) members[i] = i;
  term->members = members;
  term->count = count;
  term->from = none ? 0 : 1;
  term->to = none ? 0 : count;
  term->kind = TERM_MEMBERS;
}

/* How many of the members the relation wants; false if it wants nothing. */
static bool read_wanted(Check *check, const Condition *condition,
                        Term *term) {
  uint32_t most = term->count;
  uint32_t number = 1;
  Relation relation = condition->relation;
  if (relation == RELATION_INCLUDES_ALL || relation == RELATION_INCLUDES)
    number = most;
  if (relation == RELATION_INCLUDES_NONE) most = number = 0;
  if (relation == RELATION_INCLUDES_AT_LEAST) {
    if (!whole_read(check, condition->number, "a number of members",
                    (Sums){0, 1000000}, &number))
      return false;
    if (number == 0 || number > most) {
      pointless_test(check, condition, number == 0,
                     "there are %u members in its list", most);
      return false;
    }
  }
  term->from = number;
  term->to = most;
  return true;
}

static void check_set_test(Check *check, const Condition *condition,
                           Term *term) {
  const CheckedFact *fact = &check->out->facts.at[term->key.fact];
  if (condition_is_none(condition)) {
    check_none(check, fact, condition->relation == RELATION_IS, term);
    return;
  }
  if (condition->relation < RELATION_INCLUDES ||
      condition->relation > RELATION_INCLUDES_AT_LEAST) {
    wrong_relation(check, condition, term->key.fact);
    return;
  }
  if (!read_members(check, condition, fact, term)) return;
  if (read_wanted(check, condition, term)) term->kind = TERM_MEMBERS;
}

/* ----------------------------------------------------------------- signs */

void check_signs_test(Check *check, const Condition *condition, Term *term) {
  const Names *names = &check->out->signs_names;
  uint32_t index = names_find(names, condition->name.text);
  if (index == NONE) {
    if (names->doubtful) return;
    Diagnostic *d = diagnostic_error(
        check->diagnostics, E_SIGNS_UNKNOWN, condition->name.span,
        "There are no signs called `%.*s`.", TEXT_ARG(condition->name.text));
    names_help(check, d, names, condition->name.text);
    return;
  }
  const CheckedNamed *named = &check->out->named.at[index];
  Reading reading = {condition, NULL, {0, named->total, 1}, NULL, 0};
  if (named->poisoned || !relation_compares(condition->relation)) return;
  if (!reading_stretches(check, &reading, term)) return;
  Sums *all = ARENA_ARRAY(check->arena, term->count, Sums);
  for (uint32_t i = 0; i < term->count; i++) {
    const Stretch *one = &term->stretches[i];
    Sums *sums = &all[i];
    sums->to = named->total;
    if (!one->from.open)
      sums->from = (uint32_t)lattice_place(&reading.lattice, one->from);
    if (!one->to.open)
      sums->to = (uint32_t)lattice_place(&reading.lattice, one->to) - 1;
  }
  term->sums = all;
  term->named = index;
  term->kind = TERM_SIGNS;
}

/* ----------------------------------------------------------------- facts */

void check_test(Check *check, const Condition *condition, Term *term) {
  if (condition->subject == SUBJECT_SIGNS) {
    check_signs_test(check, condition, term);
    return;
  }
  term->key.fact = names_fact(check, condition->fact);
  if (term->key.fact == NONE) return;
  const CheckedFact *fact = &check->out->facts.at[term->key.fact];
  if (fact->poisoned) return;
  if (condition->subject == SUBJECT_RECORD)
    check_total_test(check, condition, term);
  else if (fact->type == TYPE_SET)
    check_set_test(check, condition, term);
  else if (fact->type == TYPE_RECORD)
    check_record_test(check, condition, term);
  else if (fact->type == TYPE_YES_NO)
    check_yes_no_test(check, condition, term);
  else if (fact->type == TYPE_DATE &&
           condition->relation >= RELATION_WITHIN)
    check_date_test(check, condition, term);
  else
    check_value_test(check, condition, term);
}

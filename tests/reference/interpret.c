#include "tests/reference/interpret.h"

/* ---------------------------------------------------------------- tests */

static bool compare(Relation relation, int64_t value, const int64_t *with) {
  switch ((int)relation) {
    case RELATION_IS: return value == with[0];
    case RELATION_IS_NOT: return value != with[0];
    case RELATION_AT_LEAST: return value >= with[0];
    case RELATION_AT_MOST: return value <= with[0];
    case RELATION_ABOVE: return value > with[0];
    case RELATION_BELOW: return value < with[0];
    case RELATION_FROM_TO: return with[0] <= value && value <= with[1];
    default: return false;
  }
}

static bool one_of(const RefCondition *test, int64_t value) {
  for (uint32_t i = 0; i < test->value_count; i++)
    if (test->values[i] == value) return true;
  return false;
}

Day ref_ago(Day as_of, int64_t count, bool months) {
  return months ? day_add_months(as_of, -count) : day_add_days(as_of, -count);
}

static bool date_holds(const RefCondition *test, int64_t date, Day as_of) {
  int64_t that = test->values[0];
  Day ago = ref_ago(as_of, that, test->months); /* where that is how long */
  switch ((int)test->relation) {
    case RELATION_BEFORE: return date < that;
    case RELATION_AFTER: return date > that;
    case RELATION_ON_OR_BEFORE: return date <= that;
    case RELATION_ON_OR_AFTER: return date >= that;
    case RELATION_WITHIN: return ago <= date && date <= as_of;
    case RELATION_MORE_THAN_AGO: return date < ago;
    case RELATION_AT_LEAST_AGO: return date <= ago;
    case RELATION_LESS_THAN_AGO: return ago < date && date <= as_of;
    default: return compare(test->relation, date, test->values);
  }
}

static bool set_holds(const RefCondition *test, uint64_t members) {
  int64_t found = 0;
  for (uint32_t i = 0; i < test->value_count; i++)
    found += (int64_t)(members >> test->values[i] & 1);
  switch ((int)test->relation) {
    case RELATION_INCLUDES: return found > 0;
    case RELATION_INCLUDES_ANY: return found > 0;
    case RELATION_INCLUDES_ALL: return found == test->value_count;
    case RELATION_INCLUDES_NONE: return found == 0;
    case RELATION_INCLUDES_AT_LEAST: return found >= test->number;
    default: return false;
  }
}

static bool none_holds(const RefCondition *test, const RefFact *fact,
                       const RefValue *value) {
  bool empty = fact->type == TYPE_SET ? value->members == 0
                                      : value->event_count == 0;
  return test->relation == RELATION_IS ? empty : !empty;
}

static bool fact_holds(const RefCase *one, const RefCondition *test) {
  const RefFact *fact = &one->policy->facts.at[test->fact];
  const RefValue *value = &one->facts[test->fact];
  if (test->none) return none_holds(test, fact, value);
  if (fact->type == TYPE_SET) return set_holds(test, value->members);
  if (fact->type == TYPE_DATE)
    return date_holds(test, value->amount, one->as_of);
  switch ((int)test->relation) {
    case RELATION_HOLDS: return value->amount == 1;
    case RELATION_ONE_OF: return one_of(test, value->amount);
    case RELATION_NOT_ONE_OF: return !one_of(test, value->amount);
    default: return compare(test->relation, value->amount, test->values);
  }
}

/* -------------------------------------------------------------- records */

void ref_window(WindowKind kind, int64_t length, Day as_of, Day *after,
                Day *last) {
  Day month = day_month_start(as_of);
  *last = as_of;
  *after = DAY_NONE;
  switch (kind) {
    case WINDOW_DAYS: *after = day_add_days(as_of, -length); break;
    case WINDOW_MONTHS: *after = day_add_months(as_of, -length); break;
    case WINDOW_THIS_MONTH: *after = month - 1; break;
    case WINDOW_LAST_MONTH:
      *last = month - 1;
      *after = day_month_start(*last) - 1;
      break;
    case WINDOW_ALL:
    case WINDOW_KIND_COUNT: break;
  }
}

static bool record_holds(const RefCase *one, const RefCondition *test) {
  const RefValue *record = &one->facts[test->fact];
  Day after, last;
  ref_window(test->window, test->length, one->as_of, &after, &last);
  int64_t total = 0, count = 0;
  for (uint32_t i = 0; i < record->event_count; i++) {
    if (record->events[i].day <= after || record->events[i].day > last)
      continue;
    total += record->events[i].amount;
    count++;
  }
  if (test->with != REF_NONE && after < one->as_of && one->as_of <= last)
    total += one->facts[test->with].amount;
  return compare(test->relation,
                 test->aggregate == AGGREGATE_TOTAL ? total : count,
                 test->values);
}

/* ----------------------------------------------------------- conditions */

static int64_t count_parts(const RefCase *one, RefCondition *const *parts,
                           const int64_t *weights, uint32_t count) {
  int64_t sum = 0;
  for (uint32_t i = 0; i < count; i++)
    if (ref_condition_holds(one, parts[i])) sum += weights ? weights[i] : 1;
  return sum;
}

static bool count_holds(const RefCondition *condition, int64_t count) {
  switch (condition->bound) {
    case BOUND_AT_LEAST: return count >= condition->number;
    case BOUND_AT_MOST: return count <= condition->number;
    case BOUND_EXACTLY: return count == condition->number;
  }
  return false;
}

static bool named_holds(const RefCase *one, const RefCondition *condition) {
  const RefNamed *named = &one->policy->named.at[condition->named];
  if (!named->signs) return ref_condition_holds(one, named->parts[0]);
  int64_t sum =
      count_parts(one, named->parts, named->weights, named->part_count);
  return compare(condition->relation, sum, condition->values);
}

bool ref_condition_holds(const RefCase *one, const RefCondition *condition) {
  int64_t holding =
      count_parts(one, condition->parts, NULL, condition->part_count);
  switch (condition->kind) {
    case REF_AND: return holding == condition->part_count;
    case REF_OR: return holding > 0;
    case REF_NOT: return holding == 0;
    case REF_COUNT: return count_holds(condition, holding);
    case REF_TEST: return fact_holds(one, condition);
    case REF_RECORD: return record_holds(one, condition);
    case REF_DEFINE:
    case REF_SIGNS: return named_holds(one, condition);
  }
  return false;
}

/* ------------------------------------------------------------- standing */

bool ref_rule_in_scope(const RefCase *one, const RefRule *rule) {
  if (rule->kind == RULE_EMERGENCY) return true;
  if (one->boundary == REF_NONE) return false;
  if (rule->kind == RULE_REVIEW) return one->happened;
  return rule->boundary == REF_NONE || rule->boundary == one->boundary;
}

static bool condition_true(const RefCase *one, const RefRule *rule) {
  return !rule->condition || ref_condition_holds(one, rule->condition);
}

static bool within_dates(const RefCase *one, const RefRule *rule) {
  return (rule->from == DAY_NONE || rule->from <= one->as_of) &&
         (rule->until == DAY_NONE || one->as_of <= rule->until);
}

static bool names(const RefRule *exception, uint32_t rule) {
  for (uint32_t i = 0; i < exception->displaces_count; i++)
    if (exception->displaces[i] == rule) return true;
  return false;
}

/* Within its dates, with a true condition; an exception also only if a rule
 * that it names applies. */
static bool applies(const RefCase *one, const RefRule *rule) {
  if (!within_dates(one, rule) || !condition_true(one, rule)) return false;
  if (rule->kind != RULE_EXCEPTION) return true;
  for (uint32_t i = 0; i < rule->displaces_count; i++)
    if (applies(one, &one->policy->rules.at[rule->displaces[i]])) return true;
  return false;
}

static bool displaced(const RefCase *one, uint32_t rule);

static bool in_force(const RefCase *one, uint32_t rule) {
  return applies(one, &one->policy->rules.at[rule]) && !displaced(one, rule);
}

static bool displaced(const RefCase *one, uint32_t rule) {
  for (uint32_t i = 0; i < one->policy->rules.count; i++) {
    const RefRule *other = &one->policy->rules.at[i];
    if (other->kind == RULE_EXCEPTION && ref_rule_in_scope(one, other) &&
        names(other, rule) && in_force(one, i))
      return true;
  }
  return false;
}

static Standing standing_of(const RefCase *one, uint32_t index) {
  const RefRule *rule = &one->policy->rules.at[index];
  if (rule->from != DAY_NONE && one->as_of < rule->from)
    return STANDING_NOT_YET;
  if (rule->until != DAY_NONE && rule->until < one->as_of)
    return STANDING_ENDED;
  if (!applies(one, rule)) return STANDING_NOT_MET;
  return displaced(one, index) ? STANDING_DISPLACED : STANDING_IN_FORCE;
}

/* -------------------------------------------------------------- findings */

static bool agreed(const RefCase *one, const RefRule *rule) {
  uint32_t met = 0;
  for (uint32_t i = 0; i < rule->who_count; i++)
    met += (uint32_t)(one->facts[rule->who[i].fact].members >>
                      rule->who[i].value & 1);
  return rule->who_count > 0 && met >= rule->need;
}

/* Does the rule have a finding on the first question? */
static bool has_finding(const RefRule *rule) {
  return rule->finding != SILENT &&
         (rule->kind == RULE || rule->kind == RULE_NEVER ||
          rule->kind == RULE_EXCEPTION);
}

static void judge_rule(const RefCase *one, uint32_t index,
                       RefRuleResult *result) {
  const RefRule *rule = &one->policy->rules.at[index];
  *result = (RefRuleResult){.standing = STANDING_ELSEWHERE};
  result->in_scope = ref_rule_in_scope(one, rule);
  if (!result->in_scope) return;
  result->condition = condition_true(one, rule);
  result->agreed = agreed(one, rule);
  result->counts = result->agreed ? CARE : rule->finding;
  if (rule->kind != RULE_OTHERWISE)
    result->standing = standing_of(one, index);
}

/* An otherwise speaks when no rule with a finding of its own or a more
 * authoritative layer is in force. */
static bool otherwise_speaks(const RefCase *one, const RefRule *otherwise,
                             const RefRuleResult *rules) {
  for (uint32_t i = 0; i < one->policy->rules.count; i++) {
    const RefRule *rule = &one->policy->rules.at[i];
    if (has_finding(rule) && rules[i].standing == STANDING_IN_FORCE &&
        rule->layer <= otherwise->layer)
      return false;
  }
  return true;
}

static void judge_otherwise(const RefCase *one, RefRuleResult *rules) {
  for (uint32_t i = 0; i < one->policy->rules.count; i++) {
    const RefRule *rule = &one->policy->rules.at[i];
    if (rule->kind != RULE_OTHERWISE || !rules[i].in_scope) continue;
    rules[i].standing = otherwise_speaks(one, rule, rules)
                            ? STANDING_IN_FORCE
                            : STANDING_NOT_MET;
  }
}

static void gather(const RefCase *one, RefResult *result) {
  for (uint32_t i = 0; i < one->policy->rules.count; i++) {
    const RefRule *rule = &one->policy->rules.at[i];
    const RefRuleResult *of = &result->rules[i];
    if (of->standing != STANDING_IN_FORCE) continue;
    if (rule->kind == RULE_HOLDING_BACK) result->may_harm = true;
    if (rule->kind == RULE_EMERGENCY) result->emergency = true;
    if ((has_finding(rule) || rule->kind == RULE_OTHERWISE) &&
        of->counts > result->verdict)
      result->verdict = of->counts;
  }
  result->tension = result->verdict >= HOLD && result->may_harm;
}

/* --------------------------------------------------------------- duties */

/* Going ahead (1), not going ahead (2), or neither (0). */
static int side(Verdict verdict) {
  return verdict == SILENT ? 0 : verdict <= CONSULT ? 1 : 2;
}

static bool duty_stands(const RefRule *rule, const RefRuleResult *of,
                        bool always, Verdict verdict) {
  if (of->standing != STANDING_IN_FORCE) return false;
  if (always || rule->kind == RULE_HOLDING_BACK || rule->kind == RULE_REVIEW)
    return true;
  return side(of->counts) != 0 && side(of->counts) == side(verdict);
}

static void judge_duties(const RefCase *one, RefResult *result) {
  for (uint32_t i = 0; i < one->policy->rules.count; i++) {
    const RefRule *rule = &one->policy->rules.at[i];
    for (uint32_t d = 0; d < rule->duty_count; d++)
      result->duties[rule->first_duty + d] =
          duty_stands(rule, &result->rules[i], rule->duty_always[d],
                      result->verdict);
  }
}

void ref_interpret(const RefCase *one, RefResult *result) {
  result->verdict = SILENT;
  result->may_harm = result->tension = result->emergency = false;
  for (uint32_t i = 0; i < one->policy->rules.count; i++)
    judge_rule(one, i, &result->rules[i]);
  judge_otherwise(one, result->rules);
  gather(one, result);
  judge_duties(one, result);
}

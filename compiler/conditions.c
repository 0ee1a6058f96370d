/* Conditions: from what the author wrote to terms, and the names for them. */
#include "compiler/check.h"

#define NESTING_MOST 210 /* the grammar's own limit, and a little */

static void resolve(Check *check, const Condition *condition, Term *term,
                    int depth);

/* ----------------------------------------------------------------- parts */

/* `at least 2 of (context gift is one of cash, voucher, …)`, where the list of
 * values lacks its brackets, has `voucher` as a part: it is no name. */
static bool is_stray(const Condition *whole, bool after_mistake,
                     const Condition *part) {
  return whole->kind == CONDITION_COUNT && after_mistake &&
         part->kind == CONDITION_NAME;
}

static void resolve_parts(Check *check, const Condition *condition,
                          Term *term, int depth) {
  uint32_t count = 0;
  bool after_mistake = false;
  const Condition *part = condition->parts, *before = NULL;
  for (; part; part = part->next) count++;
  term->parts = ARENA_ARRAY(check->arena, count, Term);
  for (part = condition->parts; part; part = part->next) {
    Term *made = &term->parts[term->part_count++];
    if (is_stray(condition, after_mistake, part)) continue;
    after_mistake = part->poisoned;
    check->before = before;
    resolve(check, part, made, depth + 1);
    before = part;
  }
}

static void count_bounds(Bound bound, uint32_t number, Term *term) {
  term->from = bound == BOUND_AT_MOST ? 0 : number;
  term->to = bound == BOUND_AT_LEAST ? term->part_count : number;
}

/* `at least 2 of (…)`. */
static void resolve_count(Check *check, const Condition *condition,
                          Term *term, int depth) {
  uint32_t number = 0;
  uint32_t parts = 0;
  resolve_parts(check, condition, term, depth);
  parts = term->part_count;
  if (condition->poisoned) return;
  if (!whole_read(check, condition->number, "a number of things",
                  (Sums){0, 1000000}, &number))
    return;
  bool always = (condition->bound == BOUND_AT_LEAST && number == 0) ||
                (condition->bound == BOUND_AT_MOST && number >= parts);
  bool never = condition->bound != BOUND_AT_MOST && number > parts;
  if (always || never) {
    pointless_test(check, condition, always,
                   "there are %u things in its list", parts);
    return;
  }
  count_bounds(condition->bound, number, term);
  term->kind = TERM_COUNT;
}

/* ----------------------------------------------------------------- names */

/* A dimension in which there is such a fact, or DIMENSION_COUNT. */
static int fact_dimension(const Check *check, Text name) {
  for (int d = 0; d < DIMENSION_COUNT; d++)
    if (names_find(&check->out->fact_names[d], name) != NONE) return d;
  return DIMENSION_COUNT;
}

static bool has_value(const CheckedFact *fact, Text name) {
  const ValueNode *value = fact->node->values;
  while (value && !text_equal(value->name.text, name)) value = value->next;
  return value != NULL;
}

/* The fact that the part before tests; NULL if it is no test of one. */
static const CheckedFact *fact_before(const Check *check) {
  const Condition *before = check->before;
  if (!before || before->kind != CONDITION_TEST || before->poisoned ||
      before->subject != SUBJECT_FACT || !before->values)
    return NULL;
  const Names *names = &check->out->fact_names[before->fact.dimension];
  uint32_t fact = names_find(names, before->fact.name.text);
  return fact == NONE ? NULL : &check->out->facts.at[fact];
}

/* `context value is £50 or more` */
static bool help_more(Check *check, Diagnostic *d, Text name, Text value) {
  bool more = text_equal(name, TEXT("more"));
  if (check->before->relation != RELATION_IS ||
      (!more && !text_equal(name, TEXT("less"))))
    return false;
  diagnostic_help(check->diagnostics, d, "Write `is at %s %.*s`.",
                  more ? "least" : "most", TEXT_ARG(value));
  return true;
}

/* The name goes on with the test before it, as in `context hour is evening or
 * night`. */
static bool help_test(Check *check, Diagnostic *d, Text name) {
  const CheckedFact *fact = fact_before(check);
  if (!fact) return false;
  Text value = check->before->values->text;
  if (help_more(check, d, name, value)) return true;
  if (!has_value(fact, name)) return false;
  if (fact->type == TYPE_SET)
    diagnostic_help(check->diagnostics, d,
                    "For several of them, write `includes any of %.*s, %.*s` "
                    "or `includes all of` them.",
                    TEXT_ARG(value), TEXT_ARG(name));
  else
    diagnostic_help(
        check->diagnostics, d,
        "For several values in one test, write `is %sone of %.*s, %.*s`.",
        check->before->relation == RELATION_IS_NOT ? "not " : "",
        TEXT_ARG(value), TEXT_ARG(name));
  return true;
}

static void help_name(Check *check, Diagnostic *d, Text name) {
  int dimension = fact_dimension(check, name);
  if (help_test(check, d, name)) return;
  if (dimension < DIMENSION_COUNT)
    diagnostic_help(check->diagnostics, d,
                    "A fact is written with its dimension: `%s %.*s`.",
                    dimension_name((Dimension)dimension), TEXT_ARG(name));
  else if (names_find(&check->out->signs_names, name) != NONE)
    diagnostic_help(check->diagnostics, d,
                    "Signs are added up: `signs %.*s is at least 1`.",
                    TEXT_ARG(name));
  else
    names_help(check, d, &check->out->define_names, name);
}

static void report_name(Check *check, Word name) {
  Diagnostic *d;
  if (check->out->define_names.doubtful) return;
  d = diagnostic_error(check->diagnostics, E_DEFINE_UNKNOWN, name.span,
                       "Nothing is defined with the name `%.*s`.",
                       TEXT_ARG(name.text));
  help_name(check, d, name.text);
}

static void resolve_name(Check *check, const Condition *condition,
                         Term *term) {
  term->named = names_find(&check->out->define_names, condition->name.text);
  if (term->named == NONE) {
    report_name(check, condition->name);
    return;
  }
  term->kind = TERM_DEFINE;
}

/* ------------------------------------------------------------ conditions */

static void resolve_whole(Check *check, const Condition *condition,
                          Term *term, int depth) {
  resolve_parts(check, condition, term, depth);
  term->kind = condition->kind == CONDITION_AND  ? TERM_AND
               : condition->kind == CONDITION_OR ? TERM_OR
                                                 : TERM_NOT;
}

/* As deep as the author nested, which the grammar limits.  The parts of a
 * poisoned whole are judged all the same. */
static void resolve(Check *check, const Condition *condition, Term *term,
                    int depth) {
  *term = (Term){.span = condition->span};
  check->out->terms++;
  if (depth == 0) check->before = NULL;
  term->key.fact = term->key.with = NONE;
  if (depth > NESTING_MOST) return;
  if (condition->kind >= CONDITION_TEST &&
      (condition->poisoned || condition->span.end == check->spoiled))
    return;
  switch (condition->kind) {
    case CONDITION_AND:
    case CONDITION_OR:
    case CONDITION_NOT:
      resolve_whole(check, condition, term, depth);
      return;
    case CONDITION_COUNT: resolve_count(check, condition, term, depth); return;
    case CONDITION_TEST: check_test(check, condition, term); return;
    case CONDITION_NAME: resolve_name(check, condition, term); return;
  }
}

Term *check_condition(Check *check, const Condition *condition) {
  Term *term = ARENA_NEW(check->arena, Term);
  if (condition) resolve(check, condition, term, 0);
  return term;
}

/* ------------------------------------------------------ defines and signs */

static void add_name(Check *check, const Item *item) {
  bool signs = item->kind == ITEM_SIGNS;
  Names *names =
      signs ? &check->out->signs_names : &check->out->define_names;
  uint32_t index = check->out->named.count;
  uint32_t first = index;
  CheckedNamed *named = VEC_ADD(check->arena, &check->out->named);
  *named = (CheckedNamed){.item = item, .signs = signs,
                          .poisoned = item->poisoned};
  VEC_PUSH(check->arena, &names->list, item->name.text);
  if (item->name.text.length == 0) {
    names->doubtful = true;
    return;
  }
  if (table_put(&names->table, item->name.text, index)) return;
  table_find(&names->table, item->name.text, &first);
  names_twice(check, E_NAME_TWICE, signs ? "list of signs" : "definition",
              item->name, check->out->named.at[first].item->name.span);
}

static void add_names(Check *check) {
  const Loaded *loaded = check->out->loaded;
  if (loaded->incomplete)
    check->out->define_names.doubtful = check->out->signs_names.doubtful =
        true;
  for (uint32_t i = 0; i < loaded->items.count; i++) {
    const Item *item = loaded->items.at[i].item;
    if (item->kind == ITEM_DEFINE || item->kind == ITEM_SIGNS)
      add_name(check, item);
  }
}

/* The totals of signs are needed to judge tests of them, so the weights are
 * read before any condition. */
static void read_weights(Check *check, CheckedNamed *named) {
  uint32_t count = 0;
  const SignNode *sign = named->item->signs;
  for (; sign; sign = sign->next) count++;
  named->weights = ARENA_ARRAY(check->arena, count, uint32_t);
  for (sign = named->item->signs; sign; sign = sign->next) {
    uint32_t *weight = &named->weights[named->part_count++];
    if (!sign->weight || sign->weight->poisoned ||
        !whole_read(check, sign->weight, "a weight for a sign",
                    (Sums){1, WEIGHT_MOST}, weight))
      named->poisoned = true;
    named->total += *weight;
  }
}

static void resolve_signs(Check *check, CheckedNamed *named) {
  Term *part = ARENA_ARRAY(check->arena, named->part_count, Term);
  named->parts = part;
  check->spoiled = named->poisoned ? named->item->span.end : 0;
  for (const SignNode *sign = named->item->signs; sign; sign = sign->next)
    resolve(check, sign->condition, part++, 0);
}

static void resolve_define(Check *check, CheckedNamed *named) {
  check->spoiled = named->poisoned ? named->item->span.end : 0;
  named->parts = check_condition(check, named->item->condition);
  named->part_count = 1;
}

void check_named(Check *check) {
  add_names(check);
  uint32_t count = check->out->named.count;
  CheckedNamed *named = check->out->named.at;
  for (uint32_t i = 0; i < count; i++)
    if (named[i].signs) read_weights(check, &named[i]);
  for (uint32_t i = 0; i < count; i++)
    if (named[i].signs)
      resolve_signs(check, &named[i]);
    else
      resolve_define(check, &named[i]);
  check_named_graph(check);
}

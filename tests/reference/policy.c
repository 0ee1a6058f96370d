#include "tests/reference/policy.h"

#include <string.h>

#define REF_LIMITLESS INT64_C(1000000000000000)
#define MINUTES_A_DAY 1440

/* What is being looked up, and whether all was found. */
typedef struct Linker {
  Arena *arena;
  const RefFile *files;
  uint32_t file_count;
  bool *seen; /* files brought in */
  RefPolicy *policy;
  bool sound;
} Linker;

typedef void (*Visit)(Linker *linker, const Item *item, Layer layer);

/* ------------------------------------------------------------- the files */

static Layer layer_of(const Tree *tree) {
  for (const Item *item = tree->items; item; item = item->next)
    if (item->kind == ITEM_POLICY && item->policy->has_layer)
      return item->policy->layer;
  return LAYER_ORGANISATION;
}

static uint32_t file_find(const Linker *linker, Text path) {
  for (uint32_t i = 0; i < linker->file_count; i++)
    if (text_equal(linker->files[i].path, path)) return i;
  return REF_NONE;
}

/* Visits every item, those of a used file at the place of its `use`. */
static void visit_file(Linker *linker, uint32_t file, Visit visit) {
  if (file == REF_NONE) {
    linker->sound = false;
    return;
  }
  if (linker->seen[file]) return;
  linker->seen[file] = true;
  const Tree *tree = linker->files[file].tree;
  Layer layer = layer_of(tree);
  for (const Item *item = tree->items; item; item = item->next)
    if (item->kind == ITEM_USE)
      visit_file(linker, file_find(linker, item->title.text), visit);
    else
      visit(linker, item, layer);
}

static void visit_all(Linker *linker, Visit visit) {
  linker->seen = ARENA_ARRAY(linker->arena, linker->file_count, bool);
  visit_file(linker, 0, visit);
}

/* ---------------------------------------------------------------- facts */

uint32_t ref_fact_find(const RefPolicy *policy, Dimension dimension,
                       Text name) {
  for (uint32_t i = 0; i < policy->facts.count; i++)
    if (policy->facts.at[i].dimension == dimension &&
        text_equal(policy->facts.at[i].name, name))
      return i;
  return REF_NONE;
}

uint32_t ref_value_find(const RefFact *fact, Text name) {
  if (fact->type == TYPE_YES_NO)
    return text_equal(name, TEXT("yes"))  ? 1
           : text_equal(name, TEXT("no")) ? 0
                                          : REF_NONE;
  uint32_t i = 0;
  for (const ValueNode *v = fact->values; v; v = v->next, i++)
    if (text_equal(v->name.text, name)) return i;
  return REF_NONE;
}

Text ref_value_name(const RefFact *fact, uint32_t value) {
  if (fact->type == TYPE_YES_NO) return value ? TEXT("yes") : TEXT("no");
  const ValueNode *v = fact->values;
  while (v && value-- > 0) v = v->next;
  return v ? v->name.text : TEXT("?");
}

static int64_t minor_of(const Literal *literal) {
  return literal->kind == LITERAL_MONEY ? literal->amount
                                        : literal->amount / 10000;
}

/* The lattice of an amount: low, low + step, ... high. */
static void fact_lattice(RefFact *fact, const FactNode *node) {
  fact->step = 1;
  fact->high = REF_LIMITLESS;
  if (fact->type == TYPE_NUMBER) {
    fact->low = node->low->amount;
    fact->high = node->high->amount;
    if (node->step) fact->step = node->step->amount;
  } else if (fact->type == TYPE_MONEY && node->high) {
    fact->high = minor_of(node->high);
  } else if (fact->type == TYPE_DURATION && node->high) {
    fact->high = node->high->amount;
  } else if (fact->type != TYPE_MONEY && fact->type != TYPE_DURATION) {
    fact->high = (int64_t)fact->value_count - 1;
  }
}

static void visit_fact(Linker *linker, const Item *item, Layer layer) {
  (void)layer;
  if (item->kind != ITEM_FACT) return;
  const FactNode *node = item->fact;
  RefFact *fact = VEC_ADD(linker->arena, &linker->policy->facts);
  *fact = (RefFact){.dimension = node->dimension,
                    .name = node->name.text,
                    .type = node->type,
                    .item = node->item,
                    .values = node->values,
                    .currency = node->currency,
                    .family = unit_family(node->unit),
                    .may_be_ahead = node->may_be_ahead,
                    .fixed = node->fixed,
                    .no_excuse = node->no_excuse,
                    .who_agree = node->who_agree};
  for (const ValueNode *v = node->values; v; v = v->next) fact->value_count++;
  if (node->type == TYPE_YES_NO) fact->value_count = 2;
  fact_lattice(fact, node);
}

/* ----------------------------------------------------------- conditions */

static RefCondition *link_condition(Linker *linker, const Condition *from);

static uint32_t named_find(const RefPolicy *policy, Text name, bool signs) {
  for (uint32_t i = 0; i < policy->named.count; i++)
    if (policy->named.at[i].signs == signs &&
        text_equal(policy->named.at[i].name, name))
      return i;
  return REF_NONE;
}

static uint32_t link_fact(Linker *linker, FactRef ref) {
  uint32_t fact = ref_fact_find(linker->policy, ref.dimension, ref.name.text);
  if (fact == REF_NONE) linker->sound = false;
  return fact;
}

static int64_t plain_number(const Literal *literal) {
  return literal ? literal->amount / NUMBER_ONE : 0;
}

static void link_parts(Linker *linker, const Condition *from,
                       RefCondition *to) {
  for (const Condition *p = from->parts; p; p = p->next) to->part_count++;
  to->parts = ARENA_ARRAY(linker->arena, to->part_count, RefCondition *);
  uint32_t i = 0;
  for (const Condition *p = from->parts; p; p = p->next)
    to->parts[i++] = link_condition(linker, p);
}

static bool is_ago(Relation relation) {
  return relation == RELATION_WITHIN || relation == RELATION_MORE_THAN_AGO ||
         relation == RELATION_AT_LEAST_AGO ||
         relation == RELATION_LESS_THAN_AGO;
}

/* Whole days or months of a duration. */
static int64_t span_length(const Literal *duration) {
  return duration->family == FAMILY_MONTHS ? duration->amount
                                           : duration->amount / MINUTES_A_DAY;
}

static int64_t link_value(Linker *linker, const RefFact *fact,
                          const Literal *literal) {
  if (literal->kind != LITERAL_NAME) return literal->amount;
  uint32_t value = ref_value_find(fact, literal->text);
  if (value == REF_NONE) linker->sound = false;
  return value;
}

/* The values of a test of a plain fact. */
static void link_fact_values(Linker *linker, const Condition *from,
                             RefCondition *to) {
  const RefFact *fact = &linker->policy->facts.at[to->fact];
  bool many = fact->type == TYPE_SET || fact->type == TYPE_RECORD;
  bool equality =
      from->relation == RELATION_IS || from->relation == RELATION_IS_NOT;
  to->none = many && equality;
  for (const Literal *v = from->values; v; v = v->next) to->value_count++;
  to->values = ARENA_ARRAY(linker->arena, to->value_count, int64_t);
  if (to->none) return;
  uint32_t i = 0;
  for (const Literal *v = from->values; v; v = v->next) {
    if (is_ago(from->relation)) {
      to->months = v->family == FAMILY_MONTHS;
      to->values[i++] = span_length(v);
    } else {
      to->values[i++] = link_value(linker, fact, v);
    }
  }
}

static void link_amounts(Linker *linker, const Condition *from,
                         RefCondition *to, bool plain) {
  for (const Literal *v = from->values; v; v = v->next) to->value_count++;
  to->values = ARENA_ARRAY(linker->arena, to->value_count, int64_t);
  uint32_t i = 0;
  for (const Literal *v = from->values; v; v = v->next)
    to->values[i++] = plain ? plain_number(v) : v->amount;
}

static void link_record(Linker *linker, const Condition *from,
                        RefCondition *to) {
  to->kind = REF_RECORD;
  to->fact = link_fact(linker, from->fact);
  const RecordSubject *record = from->record;
  const Literal *length = record->window.length;
  to->aggregate = record->aggregate;
  if (record->with.name.text.at) to->with = link_fact(linker, record->with);
  to->window = record->window.kind;
  if (length) {
    to->length = span_length(length);
    to->window = length->family == FAMILY_MONTHS ? WINDOW_MONTHS
                                                 : WINDOW_DAYS;
  }
  link_amounts(linker, from, to, record->aggregate == AGGREGATE_COUNT);
}

static void link_test(Linker *linker, const Condition *from,
                      RefCondition *to) {
  to->relation = from->relation;
  to->number = plain_number(from->number);
  if (from->subject == SUBJECT_RECORD) {
    link_record(linker, from, to);
  } else if (from->subject == SUBJECT_SIGNS) {
    to->kind = REF_SIGNS;
    to->named = named_find(linker->policy, from->name.text, true);
    if (to->named == REF_NONE) linker->sound = false;
    link_amounts(linker, from, to, true);
  } else {
    to->kind = REF_TEST;
    to->fact = link_fact(linker, from->fact);
    if (to->fact != REF_NONE) link_fact_values(linker, from, to);
  }
}

static void link_name(Linker *linker, const Condition *from,
                      RefCondition *to) {
  to->kind = from->values ? REF_SIGNS : REF_DEFINE;
  to->named = named_find(linker->policy, from->name.text, from->values != NULL);
  if (to->named == REF_NONE) linker->sound = false;
  to->relation = from->relation;
  link_amounts(linker, from, to, true);
}

static RefCondition *link_condition(Linker *linker, const Condition *from) {
  RefCondition *to = ARENA_NEW(linker->arena, RefCondition);
  to->fact = to->with = to->named = REF_NONE;
  switch (from->kind) {
    case CONDITION_AND: to->kind = REF_AND; break;
    case CONDITION_OR: to->kind = REF_OR; break;
    case CONDITION_NOT: to->kind = REF_NOT; break;
    case CONDITION_COUNT:
      to->kind = REF_COUNT;
      to->bound = from->bound;
      to->number = plain_number(from->number);
      break;
    case CONDITION_TEST: link_test(linker, from, to); break;
    case CONDITION_NAME: link_name(linker, from, to); break;
  }
  link_parts(linker, from, to);
  return to;
}

/* ------------------------------------------------------ defines and signs */

static void visit_named_name(Linker *linker, const Item *item, Layer layer) {
  (void)layer;
  if (item->kind != ITEM_DEFINE && item->kind != ITEM_SIGNS) return;
  RefNamed *named = VEC_ADD(linker->arena, &linker->policy->named);
  named->name = item->name.text;
  named->signs = item->kind == ITEM_SIGNS;
}

static void visit_promises(Linker *linker, const Item *item, Layer layer) {
  (void)layer;
  if (item->kind != ITEM_ASSUME && item->kind != ITEM_PROMISE) return;
  RefCondition *condition =
      item->condition ? link_condition(linker, item->condition) : NULL;
  if (item->kind == ITEM_ASSUME)
    VEC_PUSH(linker->arena, &linker->policy->assumes, condition);
  else
    VEC_PUSH(linker->arena, &linker->policy->promises,
             ((RefPromise){item->promise, condition}));
}

static void visit_named_parts(Linker *linker, const Item *item, Layer layer) {
  (void)layer;
  if (item->kind != ITEM_DEFINE && item->kind != ITEM_SIGNS) return;
  uint32_t index = named_find(linker->policy, item->name.text,
                              item->kind == ITEM_SIGNS);
  RefNamed *named = &linker->policy->named.at[index];
  named->part_count = item->kind == ITEM_DEFINE ? 1 : 0;
  for (const SignNode *s = item->signs; s; s = s->next) named->part_count++;
  named->parts = ARENA_ARRAY(linker->arena, named->part_count, RefCondition *);
  named->weights = ARENA_ARRAY(linker->arena, named->part_count, int64_t);
  if (item->kind == ITEM_DEFINE)
    named->parts[0] = link_condition(linker, item->condition);
  uint32_t i = 0;
  for (const SignNode *s = item->signs; s; s = s->next, i++) {
    named->parts[i] = link_condition(linker, s->condition);
    named->weights[i] = plain_number(s->weight);
  }
}

/* ---------------------------------------------------------------- rules */

static uint32_t boundary_find_or_add(Linker *linker, Text name) {
  RefNames *names = &linker->policy->boundaries;
  for (uint32_t i = 0; i < names->count; i++)
    if (text_equal(names->at[i], name)) return i;
  VEC_PUSH(linker->arena, names, name);
  return names->count - 1;
}

/* `agree`: only of sets marked `who agree`. */
static bool member_find(const RefPolicy *policy, Text name, bool agree,
                        RefMember *member) {
  for (uint32_t f = 0; f < policy->facts.count; f++) {
    const RefFact *fact = &policy->facts.at[f];
    if (fact->dimension != SUPPORT || fact->type != TYPE_SET ||
        (agree && !fact->who_agree))
      continue;
    uint32_t value = ref_value_find(fact, name);
    if (value == REF_NONE) continue;
    *member = (RefMember){f, value};
    return true;
  }
  return false;
}

static void link_who(Linker *linker, const Who *who, RefRule *rule) {
  for (const WordList *w = who->names; w; w = w->next) rule->who_count++;
  rule->who = ARENA_ARRAY(linker->arena, rule->who_count, RefMember);
  uint32_t i = 0;
  for (const WordList *w = who->names; w; w = w->next)
    if (!member_find(linker->policy, w->word.text, rule->unless_agreed,
                     &rule->who[i++]))
      linker->sound = false;
  rule->need = who->need == WHO_ANY   ? 1
               : who->need == WHO_ALL ? rule->who_count
                                      : (uint32_t)plain_number(who->number);
}

static void link_finding(Linker *linker, const Finding *finding,
                         RefRule *rule) {
  rule->finding = finding->verdict;
  rule->unless_agreed = finding->unless_agreed;
  if (finding->who) link_who(linker, finding->who, rule);
}

static void link_clauses(Linker *linker, RefRule *rule) {
  const Clause *first = rule->node->clauses;
  uint32_t duties = 0;
  for (const Clause *c = first; c; c = c->next)
    duties += c->kind == CLAUSE_MUST;
  rule->duty_always = ARENA_ARRAY(linker->arena, duties, bool);
  rule->first_duty = linker->policy->duty_count;
  linker->policy->duty_count += duties;
  for (const Clause *c = first; c; c = c->next) {
    if (c->kind == CLAUSE_WHEN)
      rule->condition = link_condition(linker, c->condition);
    else if (c->kind == CLAUSE_THEN)
      link_finding(linker, c->finding, rule);
    else if (c->kind == CLAUSE_FROM)
      rule->from = (Day)c->date->amount;
    else if (c->kind == CLAUSE_UNTIL)
      rule->until = (Day)c->date->amount;
    else if (c->kind == CLAUSE_MUST)
      rule->duty_always[rule->duty_count++] = c->always;
  }
  if (rule->kind == RULE_NEVER) rule->finding = NEVER;
}

static void add_rule(Linker *linker, const RuleNode *node, Text block,
                     uint32_t boundary, Layer layer) {
  RefRule *rule = VEC_ADD(linker->arena, &linker->policy->rules);
  rule->kind = node->kind;
  rule->layer = layer;
  rule->boundary = boundary;
  rule->name =
      node->kind == RULE_OTHERWISE ? TEXT("otherwise") : node->name.text;
  rule->full_name = text_format(linker->arena, "%.*s/%.*s", TEXT_ARG(block),
                                TEXT_ARG(rule->name));
  rule->node = node;
  link_clauses(linker, rule);
}

static void visit_rules(Linker *linker, const Item *item, Layer layer) {
  Text block = item->name.text;
  uint32_t boundary = REF_NONE;
  if (item->kind == ITEM_BOUNDARY)
    boundary = boundary_find_or_add(linker, block);
  else if (item->kind == ITEM_EVERYWHERE)
    block = TEXT("everywhere");
  else if (item->kind == ITEM_REVIEW)
    block = TEXT("review");
  else if (item->kind == ITEM_EMERGENCY)
    block = TEXT("emergency");
  else
    return;
  for (const RuleNode *node = item->rules; node; node = node->next) {
    add_rule(linker, node, block, boundary, layer);
    RefRule *rule =
        &linker->policy->rules.at[linker->policy->rules.count - 1];
    if (item->kind == ITEM_REVIEW) rule->kind = RULE_REVIEW;
    if (item->kind == ITEM_EMERGENCY) rule->kind = RULE_EMERGENCY;
  }
}

static uint32_t rule_find(const RefPolicy *policy, Text full_name) {
  for (uint32_t i = 0; i < policy->rules.count; i++)
    if (text_equal(policy->rules.at[i].full_name, full_name)) return i;
  return REF_NONE;
}

/* A full name, or the short name of a rule of the exception's own block. */
static uint32_t displaced_find(Linker *linker, const RefRule *from,
                               Text name) {
  if (memchr(name.at, '/', name.length)) return rule_find(linker->policy, name);
  Text block = from->boundary == REF_NONE
                   ? TEXT("everywhere")
                   : linker->policy->boundaries.at[from->boundary];
  return rule_find(linker->policy,
                   text_format(linker->arena, "%.*s/%.*s", TEXT_ARG(block),
                               TEXT_ARG(name)));
}

static void link_displaces(Linker *linker, RefRule *rule) {
  for (const WordList *w = rule->node->displaces; w; w = w->next)
    rule->displaces_count++;
  rule->displaces = ARENA_ARRAY(linker->arena, rule->displaces_count, uint32_t);
  uint32_t i = 0;
  for (const WordList *w = rule->node->displaces; w; w = w->next) {
    rule->displaces[i] = displaced_find(linker, rule, w->word.text);
    if (rule->displaces[i++] == REF_NONE) linker->sound = false;
  }
}

bool ref_policy_make(Arena *arena, const RefFile *files, uint32_t count,
                     RefPolicy *policy) {
  Linker linker = {arena, files, count, NULL, policy, true};
  *policy = (RefPolicy){0};
  visit_all(&linker, visit_fact);
  visit_all(&linker, visit_named_name);
  visit_all(&linker, visit_named_parts);
  visit_all(&linker, visit_promises);
  visit_all(&linker, visit_rules);
  for (uint32_t i = 0; i < policy->rules.count; i++)
    link_displaces(&linker, &policy->rules.at[i]);
  return linker.sound;
}

/* How the grammar builds the tree: one function a node.
 *
 * The functions take what the author wrote and give back the node; what they
 * report is only what no grammar can say, such as a clause given twice.
 * `tree.c` builds files, `tree_fact.c` facts, `tree_rule.c` rules and clauses,
 * `tree_condition.c` conditions and values, `tree_example.c` examples and
 * `tree_promise.c` promises.
 */
#ifndef STILE_COMPILER_BUILD_H
#define STILE_COMPILER_BUILD_H

#include "compiler/tree.h"

typedef struct Parse Parse;

#define NO_WORD ((Word){0})
#define NO_FACT ((FactRef){0})

/* Chains being built: the first node and the last. */
#define LIST_OF(Type) \
  struct {            \
    Type *first;      \
    Type *last;       \
  }
#define LIST_ADD(list, node)                                        \
  ((list).last = ((list).last ? ((list).last->next = (node))        \
                              : ((list).first = (node))))

typedef LIST_OF(Item) Items;
typedef LIST_OF(RuleNode) Rules;
typedef LIST_OF(Clause) Clauses;
typedef LIST_OF(Condition) Conditions;
typedef LIST_OF(Literal) Literals;
typedef LIST_OF(WordList) Words;
typedef LIST_OF(ValueNode) Levels;
typedef LIST_OF(SignNode) Signs;
typedef LIST_OF(GivenNode) Givens;
typedef LIST_OF(ExpectNode) Expects;
typedef LIST_OF(struct ClauseText) ClauseTexts;

typedef struct SourceLines {
  bool not_checked;
  ClauseTexts clauses;
} SourceLines;

typedef struct ExampleLines {
  Givens givens;
  Expects expects;
} ExampleLines;

/* What follows the subject of a test. */
typedef struct Test {
  Relation relation;
  Literal *number;
  Literals values;
} Test;

/* What a promise promises. */
typedef struct Promised {
  PromiseKind kind;
  Verdict verdict;
  Word tag;      /* `must TAG` */
  Span span;
  bool poisoned;
} Promised;

/* Conditions joined by `and` or `or`, while they are being read. */
typedef struct Chain {
  Condition *first, *last;
  ConditionKind kind;    /* of the first joint; CONDITION_NOT: no joint yet */
  Condition *before_mix; /* the part after which the joint first changes */
} Chain;

/* The place of a node from those of its parts 1 to `count`, which follow each
 * other; part 0 stands before them.  Parts of no length do not count. */
static inline Span build_span(const Span *parts, uint32_t count) {
  uint32_t first = 1, last = count;

  while (first < last && parts[first].start == parts[first].end) first++;
  while (last > first && parts[last].start == parts[last].end) last--;
  if (!count || parts[first].start == parts[first].end)
    return (Span){parts[0].file, parts[0].end, parts[0].end};
  return (Span){parts[first].file, parts[first].start, parts[last].end};
}

/* ---- files (tree.c) */

void tree_file(Parse *parse, Items items);
/* The beginning of an item: its kind is set when it is whole. */
Item *tree_head(Parse *parse, Word name, Word title);
Item *tree_policy(Parse *parse, Item *head, PolicyNode *policy, Span span);
PolicyNode *tree_policy_node(Parse *parse);
void tree_version(Parse *parse, PolicyNode *policy, Word key, Word text);
void tree_owner(Parse *parse, PolicyNode *policy, Word key, Word text);
void tree_layer(Parse *parse, PolicyNode *policy, Word key, Word layer);
void tree_in_force(Parse *parse, PolicyNode *policy, Word key, Literal *date);
void tree_next_review(Parse *parse, PolicyNode *policy, Word key,
                      Literal *date);
void tree_if_unsure(Parse *parse, PolicyNode *policy, Word key, Word text);
Item *tree_use(Parse *parse, Word path, Span span);
Item *tree_source(Parse *parse, Item *head, SourceLines lines, Span span);
struct ClauseText *tree_clause_text(Parse *parse, Word key, Word text);
Item *tree_define(Parse *parse, Word name, Word title, Condition *condition,
                  Span span);
Item *tree_signs(Parse *parse, Item *head, Signs signs, Span span);
SignNode *tree_sign(Parse *parse, Literal *weight, Condition *condition,
                    Span span);
Item *tree_emergency(Parse *parse, RuleNode *head, Clauses clauses,
                     Span span);
Item *tree_everywhere(Parse *parse, Rules rules, Span span);
Item *tree_boundary(Parse *parse, Item *head, Rules rules, Span span);
Item *tree_review(Parse *parse, Word title, Rules rules, Span span);
/* An item of which no more than its kind could be read. */
Item *tree_lost_item(Parse *parse, ItemKind kind, Span span);

/* ---- promises (tree_promise.c) */

Item *tree_promise(Parse *parse, Word title, Promised *promised, Words scope,
                   Condition *condition, Word because, Span span);
Item *tree_assume(Parse *parse, Word title, Condition *condition,
                  Word because, Span span);
Promised *tree_promised(Parse *parse, PromiseKind kind, Verdict verdict,
                        Span span);
Promised *tree_promised_must(Parse *parse, Word tag, Span span);
/* `at least` or `at most` together with `nowhere`: a mistake. */
Promised *tree_promised_both(Parse *parse, PromiseKind kind, Verdict verdict,
                             Span span);

/* ---- facts (tree_fact.c) */

Item *tree_fact(Parse *parse, Word dimension, Word name, Word question,
                FactNode *type, FactNode *marks, Span span);
Item *tree_lost_fact(Parse *parse, Word dimension, Word name, Span span);
Dimension tree_dimension(Word word);
FactNode *tree_marks(Parse *parse);
void tree_help(Parse *parse, FactNode *marks, Word key, Word text);
FactNode *tree_type(Parse *parse, FactType type, Span span);
FactNode *tree_type_list(Parse *parse, FactType type, ValueNode *lowest,
                         Levels values, Span span);
FactNode *tree_type_number(Parse *parse, Literal *low, Literal *high,
                           Literal *step, Span span);
FactNode *tree_type_money(Parse *parse, Currency currency, Literal *high,
                          Span span);
FactNode *tree_type_duration(Parse *parse, Word unit, Literal *high,
                             Span span);
FactNode *tree_type_ahead(Parse *parse, Span span);
FactNode *tree_type_record_money(Parse *parse, Currency currency, Span span);
FactNode *tree_type_record_durations(Parse *parse, Word unit, Span span);
FactNode *tree_type_record_dates(Parse *parse, Span span);
ValueNode *tree_level(Parse *parse, Word name, Word words);

/* ---- rules (tree_rule.c) */

/* `small "A small gift"`; a head without a name had a mistake. */
RuleNode *tree_rule_head(Parse *parse, Word name, Word title, Span span);
RuleNode *tree_lost_head(Parse *parse, Span span);
RuleNode *tree_rule(RuleKind kind, RuleNode *head, Clauses clauses,
                    Span span);
RuleNode *tree_exception(Parse *parse, Word name, Words displaces, Word title,
                         Clauses clauses, Span span);
RuleNode *tree_lost_exception(Parse *parse, Word name, Clauses clauses,
                              Span span);
RuleNode *tree_otherwise(Parse *parse, Finding *finding, Clauses clauses,
                         Span span);
RuleNode *tree_lost_otherwise(Parse *parse, Clauses clauses, Span span);
WordList *tree_word(Parse *parse, Word word);
Clause *tree_clause(Parse *parse, ClauseKind kind, Span span);
Clause *tree_lost(Parse *parse, ClauseKind kind, Span span);
Clause *tree_when(Parse *parse, Condition *condition, Span span);
Clause *tree_then(Parse *parse, Finding *finding, Span span);
Clause *tree_says(Parse *parse, ClauseKind kind, Word text, Span span);
Clause *tree_weigh(Parse *parse, FactRef fact, Word text, Span span);
Clause *tree_cites(Parse *parse, Word source, Word clause, Span span);
Clause *tree_dated(Parse *parse, ClauseKind kind, Literal *date, Span span);
Clause *tree_must(Parse *parse, bool always, Word tag, Word text, Span span);
/* The marks of a duty; `mark` is where the mark's word stands. */
Clause *tree_within(Parse *parse, Clause *duty, Literal *duration, Span span,
                    Span mark);
Clause *tree_every(Parse *parse, Clause *duty, Literal *duration, Span span,
                   Span mark);
Clause *tree_when_due(Parse *parse, Clause *duty, DutyWhen when, Span span,
                      Span mark);
Clause *tree_by(Parse *parse, Clause *duty, Word role, Span span, Span mark);
Finding *tree_finding(Parse *parse, Verdict verdict, Who *who, Span span);
Who *tree_who_one(Parse *parse, Word name, Span span);
Who *tree_who(Parse *parse, WhoNeed need, Literal *number, Words names,
              Span span);

/* ---- conditions (tree_condition.c) */

Condition *tree_chain(Parse *parse, Chain chain, Span span);
Chain tree_chain_start(Condition *part);
Chain tree_chain_join(Chain chain, ConditionKind kind, Condition *part);
Condition *tree_not(Parse *parse, Condition *part, Span span);
Condition *tree_named(Parse *parse, Word name, Span span);
Condition *tree_holds(Parse *parse, FactRef fact, Span span);
Condition *tree_test(Parse *parse, Condition *subject, Test test, Span span);
Condition *tree_list_test(Parse *parse, Condition *subject, Test test,
                          Literals values, Span span);
Condition *tree_subject(Parse *parse, FactRef fact, Span span);
Condition *tree_record(Parse *parse, Aggregate aggregate, FactRef fact,
                       FactRef with, Window window, Span span);
Condition *tree_subject_signs(Parse *parse, Word name, Span span);
Condition *tree_intention(Parse *parse, Span span);
FactRef tree_ref(Word dimension, Word name);
Window tree_window(Literal *length, Span span);
Test tree_relation(Relation relation, Literal *value);
Test tree_relation_range(Literal *low, Literal *high);
Test tree_relation_counted(Literal *number);
Condition *tree_count(Parse *parse, Bound bound, Literal *number,
                      Conditions parts, Span span);
/* One part of `at least 2 of (…)`: `and` and `or` need brackets there. */
Condition *tree_counted(Parse *parse, Chain chain, Span span);
Condition *tree_unbracketed(Parse *parse, Condition *subject, Test test,
                            Literal *value, Span span);
Condition *tree_stray_value(Parse *parse, Literal *value, Span span);
Literal *tree_value_name(Parse *parse, Word name);
Literal *tree_value_unknown(Parse *parse, Word name);
Literal *tree_duration(Parse *parse, Literal *number, Word unit, Span span);

/* ---- examples (tree_example.c) */

Item *tree_example(Parse *parse, ExampleNode *head, ExampleLines lines,
                   Span span);
ExampleNode *tree_example_head(Parse *parse, Word title, Word boundary,
                               Literal *date);
ExampleLines tree_lines_join(ExampleLines lines, ExampleLines more);
ExampleLines tree_line_expect(ExpectNode *expect);
ExampleLines tree_lost_given(Parse *parse, Span span);
ExampleLines tree_lost_expect(Parse *parse, Span span);
GivenNode *tree_given(Parse *parse, FactRef fact, Relation relation,
                      Literals values, Span span);
GivenNode *tree_given_holds(Parse *parse, FactRef fact, bool negated,
                            Span span);
GivenNode *tree_given_range(Parse *parse, FactRef fact, Literal *low,
                            Literal *high, Span span);
Literal *tree_event(Literal *value, Literal *day);
ExpectNode *tree_expect(Parse *parse, ExpectKind kind, Span span);
ExpectNode *tree_expect_verdict(Parse *parse, Verdict verdict, Span span);
ExpectNode *tree_expect_must(Parse *parse, bool wanted, Word tag, Span span);
ExpectNode *tree_expect_rule(Parse *parse, WordList *name,
                             ExpectStanding standing, Span span);

#endif

/* What the checker's files share.  Only they include this. */
#ifndef STILE_COMPILER_CHECK_H
#define STILE_COMPILER_CHECK_H

#include "compiler/checked.h"
#include "compiler/codes.h"

#define DAY_MINUTES 1440
#define CIRCLE_SHOWN 10 /* names of a circle in a message */

/* A value of a test that is being read. */
typedef struct Amount {
  int64_t value;
  const Literal *literal;
} Amount;

typedef struct Check {
  Arena *arena;
  const Sources *sources;
  Diagnostics *diagnostics;
  Day today; /* DAY_NONE: not known */
  uint64_t seed; /* of tables */
  Checked *out;
  const Condition *before; /* the part before the one that is resolved; or
                              NULL */
  Vec(Amount) amounts; /* of the test that is being read */
  uint32_t spoiled; /* where the words of a poisoned condition end: what ends
                       there may be half a test; or 0 */
} Check;

/* ------------------------------------------------------- names (names.c) */

/* The number of `name`, or NONE. */
uint32_t names_find(const Names *names, Text name);

/* Makes `name` the next number's name.  False if it has one already; then the
 * number is used up, but the name stays the first one's. */
bool names_add(Check *check, Names *names, Text name);

/* The nearest name; none if none is near, or there are errors enough. */
Text names_nearest(const Check *check, const Names *names, Text wanted);

/* Helps a message with "Did you mean `…`?" if there is a near name. */
void names_help(Check *check, Diagnostic *diagnostic, const Names *names,
                Text wanted);

/* Reports a name declared twice, with both places. */
void names_twice(Check *check, uint16_t code, const char *what, Word again,
                 Span first);

/* The fact that `ref` names.  NONE if there is none; that is reported. */
uint32_t names_fact(Check *check, FactRef ref);

/* The rule that `name` names in a boundary (NONE: everywhere), by its short or
 * full name; with `everywhere`, a short name may be one of everywhere.  NONE if
 * there is none; that is reported.  (exceptions.c) */
uint32_t names_rule(Check *check, uint32_t boundary, Word name,
                    bool everywhere);

/* The boundary of that name.  NONE if there is none; that is reported. */
uint32_t names_boundary(Check *check, Word name);

/* Is there a duty with this tag?  If not, that is reported.  (examples.c) */
bool names_duty(Check *check, Word tag);

const char *dimension_name(Dimension dimension);
const char *layer_name(Layer layer);

/* `context gift`, as in messages, without the backquotes. */
Text fact_words(const Check *check, uint32_t fact);

/* ------------------------------------------------------- facts (facts.c) */

void check_facts(Check *check);

/* An amount, day or value of the fact, as its author would write it.  Of a
 * record: of one event's amount. */
Text value_words(const Check *check, const CheckedFact *fact, int64_t value);

/* "`none`, `some` and `high`": every value of a scale, choice or set. */
Text value_list(const Check *check, const CheckedFact *fact);

/* "is money in GBP": the type as an author would say it. */
Text type_words(const Check *check, const CheckedFact *fact);

/* ----------------------------------------------------- values (values.c) */

/* Reads a value on the fact's lattice (or of one of its named values), bounds
 * not checked.  False if it does not fit the fact; that is reported. */
bool literal_read(Check *check, const CheckedFact *fact, const Literal *literal,
                int64_t *value);

/* Reads a plain whole number from `low` to `high`; else reports it, saying
 * `what` it is ("how many of the parts"). */
bool whole_read(Check *check, const Literal *literal, const char *what,
                Sums allowed, uint32_t *value);

/* ------------------------------------- conditions (conditions.c, tests.c) */

/* Makes the terms of every define and signs. */
void check_named(Check *check);

/* Resolves a condition.  Never returns NULL. */
Term *check_condition(Check *check, const Condition *condition);

/* Resolves one test of a fact into `term`, or leaves it TERM_NOTHING. */
void check_test(Check *check, const Condition *condition, Term *term);

/* The same for a test of signs, of a record's total or count, and of a record
 * as a whole.  (record_tests.c has the last two) */
void check_signs_test(Check *check, const Condition *condition, Term *term);
void check_total_test(Check *check, const Condition *condition, Term *term);
void check_record_test(Check *check, const Condition *condition, Term *term);

/* Is it `is none`, or `is not none`? */
bool condition_is_none(const Condition *condition);

/* Is it an order test: `is at least` to `is from … to …`? */
bool relation_orders(Relation relation);

/* Reports a relation that does not fit its fact. */
void wrong_relation(Check *check, const Condition *condition, uint32_t fact);

/* Reports a test that is always true, or always false, for `reason`. */
void pointless_test(Check *check, const Condition *condition, bool always,
                    const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Reports the second of two equal values in a list. */
void twice_in_list(Check *check, const Literal *literal);

/* Checks the names within names: no circles, not too deep, not too large; and
 * finds what each touches.  (touches.c) */
void check_named_graph(Check *check);

/* Checks how large a condition is, with its names written out; `whose` it is,
 * by what it is ("this promise") or its name, goes with `span` into a
 * report. */
void check_size(Check *check, const Term *condition, Span span,
                const char *whose, Text name);

/* A test that touches what its condition may not. */
typedef struct Touched {
  const Term *here; /* in the condition: the test, or the name that has it */
  const Term *test;
  uint32_t fact;
} Touched;

/* Finds the first test of a condition that does; false if there is none. */
bool touch_find(const Check *check, const Term *condition, Touch touch,
                Touched *touched);

/* Checks that a rule's condition does not test what its kind may not. */
void check_touches(Check *check, const Term *condition,
                   const CheckedRule *rule);

/* Reports an exception that `no excuse` facts alone could call up. */
void check_excuse(Check *check, const CheckedRule *rule);

/* ------------------------------------------------------- rules (rules.c) */

void check_sources(Check *check);
void check_boundaries(Check *check);
void check_rules(Check *check);
void check_exceptions(Check *check);
/* Finds who can be asked, for check_who.  (who.c) */
void check_supporters(Check *check);
/* Resolves whom a finding asks. */
void check_who(Check *check, CheckedRule *rule, const Finding *finding);
void check_examples(Check *check);
/* After the examples: they find the tags of duties. */
void check_promises(Check *check);
void check_warnings(Check *check);

#endif

/* The grammar of Stile.  An action builds one node and does nothing else.
 *
 * All words but the reserved ones may also be names; where a word could be
 * either, the next word decides.  After a mistake the parser goes back to the
 * nearest leading keyword; the driver (parse.c) then sends MEND and goes on at
 * the next line that can stand there.
 */
%require "3.8"
%define api.pure full
%define api.push-pull push
%define api.prefix {grammar_}
%define api.token.prefix {T_}
%define api.value.type union
%define api.location.type {Span}
%define parse.error custom
%define parse.lac full
%define lr.type ielr
%expect 0
%param {Parse *parse}

%code requires {
#include "compiler/build.h"
}

%code provides {
typedef struct grammar_pstate Grammar;

/* Makes a parser in the arena: nothing of it is ever to be given back. */
Grammar *grammar_create(Arena *arena);
/* Whether the parser could take `kind` as the next word. */
bool grammar_accepts(Grammar *grammar, int kind);
}

%code {
/* The stacks never grow: nesting is limited long before they are full, so the
 * parser takes no memory of its own. */
#define YYINITDEPTH 2600
#define YYMAXDEPTH YYINITDEPTH
#define YYMALLOC(size) ((void)(size), (void *)0)
#define YYFREE(block) ((void)(block))

#define YYLLOC_DEFAULT(whole, parts, count) \
  ((whole) = build_span((parts), (uint32_t)(count)))

static void grammar_error(const Span *span, Parse *parse, const char *text);
}

/* Words that are never names. */
%token END 0 "the end of the file"
%token <Word> POLICY "policy" USE "use" SOURCE "source" DEFINE "define"
%token <Word> SIGNS "signs" COUNTS "counts" EMERGENCY "emergency" ACT "act"
%token <Word> EVERYWHERE "everywhere" BOUNDARY "boundary" REVIEW "review"
%token <Word> EXAMPLE "example" EXPECT "expect" RULE "rule" NEVER "never"
%token <Word> EXCEPTION "exception" HOLDING_BACK "holding-back"
%token <Word> OTHERWISE "otherwise" FROM "from" UNTIL "until" WHEN "when"
%token <Word> THEN "then" BECAUSE "because" MUST "must" ALWAYS "always"
%token <Word> WEIGH "weigh" REFLECT "reflect" INSTEAD "instead" CITES "cites"
%token <Word> OPEN "open" AND "and" OR "or" NOT "not" YES "yes" NO "no" ON "on"
%token <Word> UNKNOWN "unknown" INTENTION "intention"
%token <Word> DIMENSION "a fact's dimension"
/* What the driver makes of `need`, `promise`, `assume` or `signs` where a
 * declaration starts. */
%token <Word> DECLARED "a fact" PROMISED "a promise" ASSUMED "an assumption"
%token <Word> SIGNS_DECLARED "a list of signs"
/* What the driver sends when it has passed over a mistake. */
%token MEND "the end of a mistake"

/* Words that are names where a name may stand. */
%token <Word> VERSION "version" OWNER "owner" LAYER "layer" LAW "law"
%token <Word> REGULATOR "regulator" ORGANISATION "organisation" TEAM "team"
%token <Word> IN "in" FORCE "force" NEXT "next" IF "if" UNSURE "unsure"
%token <Word> CLAUSE "clause" CHECKED "checked" IS "is" ONE "one" OF "of"
%token <Word> ANY "any" ALL "all" A "a" NUMBER "number" TO "to" STEPS "steps"
%token <Word> MONEY "money" UP "up" DURATION "duration" DATE "date"
%token <Word> THAT "that" MAY "may" BE "be" AHEAD "ahead" RECORD "record"
%token <Word> DURATIONS "durations" DATES "dates" HELP "help" FIXED "fixed"
%token <Word> EXCUSE "excuse" WHO "who" AGREE "agree" AT "at" LEAST "least"
%token <Word> MOST "most" ABOVE "above" BELOW "below" INCLUDES "includes"
%token <Word> NONE "none" ONLY "only" TOTAL "total" COUNT "count" WITH "with"
%token <Word> THIS "this" LAST "last" CALENDAR "calendar" MONTH "month"
%token <Word> WITHIN "within" MORE "more" THAN "than" LESS "less" AGO "ago"
%token <Word> BEFORE "before" AFTER "after" PROCEED "proceed" CARE "care"
%token <Word> CONSULT "consult" HOLD "hold" UNLESS "unless" AGREED "agreed"
%token <Word> BY "by" ACTING "acting" EVERY "every" EACH "each" TIME "time"
%token <Word> EXCEPTIONS "exceptions" EXACTLY "exactly" GIVEN "given"
%token <Word> SETTLED "settled" SILENT "silent" DISPLACED "displaced"
%token <Word> MET "met" HOLDING "holding" BACK "back" HARM "harm"
%token <Word> TENSION "tension" PROMISE "promise" ASSUME "assume"
%token <Word> NOWHERE "nowhere" UNIT "a unit of time" NAME "a name"

%token <Word> FULL_NAME "a full name" TEXT "a text in quotes"
%token <Literal *> A_NUMBER "a number" A_SUM "an amount of money" A_DAY "a date"
%token <Currency> CURRENCY "a currency"
%token COMMA "," LESS_THAN "<" OPENING "(" CLOSING ")"
%token SIGN "a sign"

%type <Word> name soft title unit layer why
%type <Words> names rule_names scope
%type <WordList *> rule_name
%type <FactRef> fact
%type <Literal *> value duration amount event
%type <Literals> values events
%type <Test> relation list_head
%type <Condition *> subject operand primary list_test condition
%type <Condition *> counted_operand counted count_condition promise_when
%type <Chain> chain counted_chain
%type <Conditions> counted_list
%type <Window> window
%type <Finding *> finding
%type <Who *> who
%type <Clause *> clause duty
%type <Clauses> clauses
%type <RuleNode *> rule rule_head
%type <Rules> rules
%type <Item *> item head boundary_head
%type <Items> items
%type <PolicyNode *> policy_lines
%type <SourceLines> source_lines
%type <FactNode *> type marks
%type <ValueNode *> level
%type <Levels> scale choices
%type <SignNode *> count
%type <Signs> counts
%type <ExampleNode *> example_head
%type <ExampleLines> example_lines example_line
%type <GivenNode *> given
%type <Givens> givens
%type <ExpectNode *> expectation
%type <Verdict> verdict
%type <ExpectStanding> standing
%type <Promised *> promised

%%

/* ------------------------------------------------------------------ files */

file:
  items                 { tree_file(parse, $items); }

items:
  %empty                { $$ = (Items){0}; }
| items item            { $$ = $1; LIST_ADD($$, $item); }

item:
  "policy" head policy_lines
                        { $$ = tree_policy(parse, $head, $policy_lines, @$); }
| "use" TEXT            { $$ = tree_use(parse, $TEXT, @$); }
| "use" error MEND      { yyerrok; $$ = tree_use(parse, NO_WORD, @$); }
| "source" head source_lines
                        { $$ = tree_source(parse, $head, $source_lines, @$); }
| DECLARED name TEXT "is" type marks
    { $$ = tree_fact(parse, $1, $name, $TEXT, $type, $marks, @$); }
| DECLARED name error MEND
                        { yyerrok; $$ = tree_lost_fact(parse, $1, $2, @$); }
| DECLARED error MEND
    { yyerrok; $$ = tree_lost_fact(parse, $1, NO_WORD, @$); }
| "intention" error MEND
    { yyerrok; $$ = tree_lost_fact(parse, $1, NO_WORD, @$); }
| "define" name TEXT "when" condition
    { $$ = tree_define(parse, $name, $TEXT, $condition, @$); }
| "define" name error MEND
    { yyerrok; $$ = tree_define(parse, $name, NO_WORD, NULL, @$); }
| "define" error MEND
    { yyerrok; $$ = tree_define(parse, NO_WORD, NO_WORD, NULL, @$); }
| SIGNS_DECLARED head counts    { $$ = tree_signs(parse, $head, $counts, @$); }
| "emergency" rule_head clauses
                        { $$ = tree_emergency(parse, $2, $clauses, @$); }
| "everywhere" rules    { $$ = tree_everywhere(parse, $rules, @$); }
| "boundary" boundary_head rules
                        { $$ = tree_boundary(parse, $2, $rules, @$); }
| "review" title rules  { $$ = tree_review(parse, $title, $rules, @$); }
| "example" example_head example_lines
    { $$ = tree_example(parse, $example_head, $example_lines, @$); }
| "example" error MEND
    { yyerrok; $$ = tree_example(parse, NULL, (ExampleLines){0}, @$); }
| "example" error MEND example_lines
    { yyerrok; $$ = tree_example(parse, NULL, $example_lines, @$); }
| PROMISED title promised scope promise_when why
    { $$ = tree_promise(parse, $2, $promised, $scope, $5, $why, @$); }
| PROMISED error MEND
    { yyerrok; $$ = tree_lost_item(parse, ITEM_PROMISE, @$); }
| ASSUMED title condition why
    { $$ = tree_assume(parse, $title, $condition, $why, @$); }
| ASSUMED error MEND
    { yyerrok; $$ = tree_lost_item(parse, ITEM_ASSUME, @$); }

head:
  name TEXT             { $$ = tree_head(parse, $name, $TEXT); }
| name error MEND       { yyerrok; $$ = tree_head(parse, $name, NO_WORD); }
| error MEND            { yyerrok; $$ = tree_head(parse, NO_WORD, NO_WORD); }

boundary_head:
  name title            { $$ = tree_head(parse, $name, $title); }
| name TEXT "or" TEXT[refusal]
    { $$ = tree_head(parse, $name, $2); $$->refusal = $refusal; }
| name TEXT "or" error MEND
                        { yyerrok; $$ = tree_head(parse, $name, $TEXT); }
| error MEND            { yyerrok; $$ = tree_head(parse, NO_WORD, NO_WORD); }

title:
  %empty                { $$ = NO_WORD; }
| TEXT

policy_lines:
  %empty                { $$ = tree_policy_node(parse); }
| policy_lines "version" TEXT { $$ = $1; tree_version(parse, $$, $2, $3); }
| policy_lines "owner" TEXT   { $$ = $1; tree_owner(parse, $$, $2, $3); }
| policy_lines "layer" layer    { $$ = $1; tree_layer(parse, $$, $2, $3); }
| policy_lines "in" "force" "from" A_DAY
                        { $$ = $1; tree_in_force(parse, $$, $2, $A_DAY); }
| policy_lines "next" "review" A_DAY
                        { $$ = $1; tree_next_review(parse, $$, $2, $A_DAY); }
| policy_lines "if" "unsure" TEXT
                        { $$ = $1; tree_if_unsure(parse, $$, $2, $TEXT); }
| policy_lines "version" error MEND     { yyerrok; $$ = $1; }
| policy_lines "owner" error MEND       { yyerrok; $$ = $1; }
| policy_lines "layer" error MEND       { yyerrok; $$ = $1; }
| policy_lines "in" error MEND          { yyerrok; $$ = $1; }
| policy_lines "next" error MEND        { yyerrok; $$ = $1; }
| policy_lines "if" error MEND          { yyerrok; $$ = $1; }

layer:
  "law" | "regulator" | "organisation" | "team"

source_lines:
  %empty                { $$ = (SourceLines){0}; }
| source_lines "not" "checked"  { $$ = $1; $$.not_checked = true; }
| source_lines "clause" TEXT[key] TEXT[words]
    { $$ = $1; LIST_ADD($$.clauses, tree_clause_text(parse, $key, $words)); }
| source_lines "clause" error MEND      { yyerrok; $$ = $1; }

/* ------------------------------------------------------------------ facts */

type:
  "yes" "or" "no"       { $$ = tree_type(parse, TYPE_YES_NO, @$); }
| "one" "of" level "<" scale
    { $$ = tree_type_list(parse, TYPE_SCALE, $level, $scale, @$); }
| "one" "of" choices
    { $$ = tree_type_list(parse, TYPE_CHOICE, NULL, $choices, @$); }
| "any" "of" choices
    { $$ = tree_type_list(parse, TYPE_SET, NULL, $choices, @$); }
| "a" "number" "from" amount "to" amount
    { $$ = tree_type_number(parse, $4, $6, NULL, @$); }
| "a" "number" "from" amount "to" amount "in" "steps" "of" amount
    { $$ = tree_type_number(parse, $4, $6, $10, @$); }
| "money" "in" CURRENCY { $$ = tree_type_money(parse, $CURRENCY, NULL, @$); }
| "money" "in" CURRENCY "up" "to" amount
    { $$ = tree_type_money(parse, $CURRENCY, $amount, @$); }
| "a" "duration" "in" unit
    { $$ = tree_type_duration(parse, $unit, NULL, @$); }
| "a" "duration" "in" unit "up" "to" amount
    { $$ = tree_type_duration(parse, $unit, $amount, @$); }
| "a" "date"            { $$ = tree_type(parse, TYPE_DATE, @$); }
| "a" "date" "that" "may" "be" "ahead"  { $$ = tree_type_ahead(parse, @$); }
| "a" "record" "of" "money" "in" CURRENCY
    { $$ = tree_type_record_money(parse, $CURRENCY, @$); }
| "a" "record" "of" "durations" "in" unit
    { $$ = tree_type_record_durations(parse, $unit, @$); }
| "a" "record" "of" "dates"     { $$ = tree_type_record_dates(parse, @$); }

scale:
  level                 { $$ = (Levels){$1, $1}; }
| scale "<" level       { $$ = $1; LIST_ADD($$, $level); }

choices:
  level                 { $$ = (Levels){$1, $1}; }
| choices "," level     { $$ = $1; LIST_ADD($$, $level); }

level:
  name title            { $$ = tree_level(parse, $name, $title); }

marks:
  %empty                { $$ = tree_marks(parse); }
| marks "fixed"         { $$ = $1; $$->fixed = true; }
| marks "no" "excuse"   { $$ = $1; $$->no_excuse = true; }
| marks "who" "agree"   { $$ = $1; $$->who_agree = true; }
| marks "help" TEXT     { $$ = $1; tree_help(parse, $$, $2, $TEXT); }
| marks "help" error MEND       { yyerrok; $$ = $1; }

counts:
  %empty                { $$ = (Signs){0}; }
| counts count          { $$ = $1; LIST_ADD($$, $count); }

count:
  "counts" A_NUMBER "when" condition    { $$ = tree_sign(parse, $2, $4, @$); }
| "counts" error MEND   { yyerrok; $$ = tree_sign(parse, NULL, NULL, @$); }

/* ------------------------------------------------------------------ rules */

rules:
  %empty                { $$ = (Rules){0}; }
| rules rule            { $$ = $1; LIST_ADD($$, $rule); }

rule:
  "rule" rule_head clauses      { $$ = tree_rule(RULE, $2, $3, @$); }
| "never" rule_head clauses     { $$ = tree_rule(RULE_NEVER, $2, $3, @$); }
| "holding-back" rule_head clauses
                        { $$ = tree_rule(RULE_HOLDING_BACK, $2, $3, @$); }
| "exception" name "to" rule_names title clauses
    { $$ = tree_exception(parse, $2, $rule_names, $title, $clauses, @$); }
| "exception" name error MEND clauses
    { yyerrok; $$ = tree_lost_exception(parse, $name, $clauses, @$); }
| "exception" error MEND clauses
    { yyerrok; $$ = tree_lost_exception(parse, NO_WORD, $clauses, @$); }
| "otherwise" finding clauses
    { $$ = tree_otherwise(parse, $finding, $clauses, @$); }
| "otherwise" error MEND clauses
    { yyerrok; $$ = tree_lost_otherwise(parse, $clauses, @$); }

rule_head:
  name title            { $$ = tree_rule_head(parse, $name, $title, @$); }
| error MEND            { yyerrok; $$ = tree_lost_head(parse, @$); }

rule_names:
  rule_name             { $$ = (Words){$1, $1}; }
| rule_names "," rule_name      { $$ = $1; LIST_ADD($$, $rule_name); }

rule_name:
  name                  { $$ = tree_word(parse, $name); }
| FULL_NAME             { $$ = tree_word(parse, $1); }

clauses:
  %empty                { $$ = (Clauses){0}; }
| clauses clause        { $$ = $1; LIST_ADD($$, $clause); }

clause:
  "when" condition      { $$ = tree_when(parse, $condition, @$); }
| "when" error MEND     { yyerrok; $$ = tree_lost(parse, CLAUSE_WHEN, @$); }
| "then" finding        { $$ = tree_then(parse, $finding, @$); }
| "then" error MEND     { yyerrok; $$ = tree_lost(parse, CLAUSE_THEN, @$); }
| "because" TEXT        { $$ = tree_says(parse, CLAUSE_BECAUSE, $2, @$); }
| "because" error MEND  { yyerrok; $$ = tree_lost(parse, CLAUSE_BECAUSE, @$); }
| "instead" TEXT        { $$ = tree_says(parse, CLAUSE_INSTEAD, $2, @$); }
| "instead" error MEND  { yyerrok; $$ = tree_lost(parse, CLAUSE_INSTEAD, @$); }
| "reflect" TEXT        { $$ = tree_says(parse, CLAUSE_REFLECT, $2, @$); }
| "reflect" error MEND  { yyerrok; $$ = tree_lost(parse, CLAUSE_REFLECT, @$); }
| "act" TEXT            { $$ = tree_says(parse, CLAUSE_ACT, $2, @$); }
| "act" error MEND      { yyerrok; $$ = tree_lost(parse, CLAUSE_ACT, @$); }
| "weigh" TEXT          { $$ = tree_says(parse, CLAUSE_WEIGH, $2, @$); }
| "weigh" fact TEXT     { $$ = tree_weigh(parse, $fact, $TEXT, @$); }
| "weigh" error MEND    { yyerrok; $$ = tree_lost(parse, CLAUSE_WEIGH, @$); }
| "cites" name title    { $$ = tree_cites(parse, $name, $title, @$); }
| "cites" error MEND    { yyerrok; $$ = tree_lost(parse, CLAUSE_CITES, @$); }
| "from" A_DAY          { $$ = tree_dated(parse, CLAUSE_FROM, $2, @$); }
| "from" error MEND     { yyerrok; $$ = tree_lost(parse, CLAUSE_FROM, @$); }
| "until" A_DAY         { $$ = tree_dated(parse, CLAUSE_UNTIL, $2, @$); }
| "until" error MEND    { yyerrok; $$ = tree_lost(parse, CLAUSE_UNTIL, @$); }
| "open" "to" "exceptions"
    { $$ = tree_clause(parse, CLAUSE_OPEN_TO_EXCEPTIONS, @$); }
| "open" error MEND
    { yyerrok; $$ = tree_lost(parse, CLAUSE_OPEN_TO_EXCEPTIONS, @$); }
| duty
| "must" error MEND     { yyerrok; $$ = tree_lost(parse, CLAUSE_MUST, @$); }

duty:
  "must" name TEXT      { $$ = tree_must(parse, false, $2, $3, @$); }
| "must" "always" name TEXT   { $$ = tree_must(parse, true, $3, $4, @$); }
| duty "within" duration        { $$ = tree_within(parse, $1, $3, @$, @2); }
| duty "every" duration         { $$ = tree_every(parse, $1, $3, @$, @2); }
| duty "before" "acting"
    { $$ = tree_when_due(parse, $1, DUTY_BEFORE, @$, @2); }
| duty "each" "time"    { $$ = tree_when_due(parse, $1, DUTY_EACH, @$, @2); }
| duty "by" TEXT        { $$ = tree_by(parse, $1, $TEXT, @$, @2); }

finding:
  "proceed"             { $$ = tree_finding(parse, PROCEED, NULL, @$); }
| "proceed" "with" "care"
                        { $$ = tree_finding(parse, CARE, NULL, @$); }
| "consult" who         { $$ = tree_finding(parse, CONSULT, $who, @$); }
| "hold"                { $$ = tree_finding(parse, HOLD, NULL, @$); }
| "hold" "unless" "agreed" "by" who
                        { $$ = tree_finding(parse, HOLD, $who, @$); }

who:
  name                  { $$ = tree_who_one(parse, $name, @$); }
| "any" "of" names      { $$ = tree_who(parse, WHO_ANY, NULL, $names, @$); }
| "all" "of" names      { $$ = tree_who(parse, WHO_ALL, NULL, $names, @$); }
| "at" "least" A_NUMBER "of" names
                        { $$ = tree_who(parse, WHO_AT_LEAST, $3, $5, @$); }

names:
  name                  { $$.first = $$.last = tree_word(parse, $name); }
| names "," name        { $$ = $1; LIST_ADD($$, tree_word(parse, $name)); }

/* ------------------------------------------------------------- conditions */

condition:
  chain                 { $$ = tree_chain(parse, $chain, @$); }

chain:
  operand               { $$ = tree_chain_start($1); }
| chain "and" operand   { $$ = tree_chain_join($1, CONDITION_AND, $3); }
| chain "or" operand    { $$ = tree_chain_join($1, CONDITION_OR, $3); }

operand:
  "not" operand         { $$ = tree_not(parse, $2, @$); }
| primary
| list_test

primary:
  "(" condition ")"     { $$ = $condition; }
| fact                  { $$ = tree_holds(parse, $fact, @$); }
| subject relation      { $$ = tree_test(parse, $subject, $relation, @$); }
| count_condition
| name                  { $$ = tree_named(parse, $name, @$); }

list_test:
  subject list_head values
                        { $$ = tree_list_test(parse, $1, $2, $3, @$); }

subject:
  fact                  { $$ = tree_subject(parse, $fact, @$); }
| "total" "of" fact "in" window
    { $$ = tree_record(parse, AGGREGATE_TOTAL, $3, NO_FACT, $5, @$); }
| "total" "of" fact "with" fact "in" window
    { $$ = tree_record(parse, AGGREGATE_TOTAL, $3, $5, $7, @$); }
| "count" "of" fact "in" window
    { $$ = tree_record(parse, AGGREGATE_COUNT, $3, NO_FACT, $5, @$); }
| "signs" name          { $$ = tree_subject_signs(parse, $name, @$); }
| "intention"           { $$ = tree_intention(parse, @$); }
| "intention" NAME      { $$ = tree_intention(parse, @$); }

fact:
  DIMENSION name        { $$ = tree_ref($1, $name); }

window:
  duration              { $$ = tree_window($duration, @$); }
| "this" "calendar" "month"
                        { $$ = (Window){WINDOW_THIS_MONTH, NULL, @$}; }
| "last" "calendar" "month"
                        { $$ = (Window){WINDOW_LAST_MONTH, NULL, @$}; }

relation:
  "is" value            { $$ = tree_relation(RELATION_IS, $2); }
| "is" "not" value      { $$ = tree_relation(RELATION_IS_NOT, $3); }
| "is" "at" "least" value       { $$ = tree_relation(RELATION_AT_LEAST, $4); }
| "is" "at" "most" value        { $$ = tree_relation(RELATION_AT_MOST, $4); }
| "is" "above" value    { $$ = tree_relation(RELATION_ABOVE, $3); }
| "is" "below" value    { $$ = tree_relation(RELATION_BELOW, $3); }
| "is" "from" value "to" value  { $$ = tree_relation_range($3, $5); }
| "is" "before" A_DAY   { $$ = tree_relation(RELATION_BEFORE, $3); }
| "is" "after" A_DAY    { $$ = tree_relation(RELATION_AFTER, $3); }
| "is" "on" "or" "before" A_DAY
                        { $$ = tree_relation(RELATION_ON_OR_BEFORE, $5); }
| "is" "on" "or" "after" A_DAY
                        { $$ = tree_relation(RELATION_ON_OR_AFTER, $5); }
| "is" "within" duration        { $$ = tree_relation(RELATION_WITHIN, $3); }
| "is" "more" "than" duration "ago"
                        { $$ = tree_relation(RELATION_MORE_THAN_AGO, $4); }
| "is" "less" "than" duration "ago"
                        { $$ = tree_relation(RELATION_LESS_THAN_AGO, $4); }
| "is" "at" "least" duration "ago"
                        { $$ = tree_relation(RELATION_AT_LEAST_AGO, $4); }
| "includes" value      { $$ = tree_relation(RELATION_INCLUDES, $2); }

list_head:
  "is" "one" "of"       { $$ = tree_relation(RELATION_ONE_OF, NULL); }
| "is" "not" "one" "of" { $$ = tree_relation(RELATION_NOT_ONE_OF, NULL); }
| "includes" "any" "of" { $$ = tree_relation(RELATION_INCLUDES_ANY, NULL); }
| "includes" "all" "of" { $$ = tree_relation(RELATION_INCLUDES_ALL, NULL); }
| "includes" "none" "of"
                        { $$ = tree_relation(RELATION_INCLUDES_NONE, NULL); }
| "includes" "at" "least" A_NUMBER "of"
                        { $$ = tree_relation_counted($A_NUMBER); }

count_condition:
  "at" "least" A_NUMBER "of" "(" counted_list ")"
    { $$ = tree_count(parse, BOUND_AT_LEAST, $3, $counted_list, @$); }
| "at" "most" A_NUMBER "of" "(" counted_list ")"
    { $$ = tree_count(parse, BOUND_AT_MOST, $3, $counted_list, @$); }
| "exactly" A_NUMBER "of" "(" counted_list ")"
    { $$ = tree_count(parse, BOUND_EXACTLY, $2, $counted_list, @$); }

counted_list:
  counted               { $$ = (Conditions){$1, $1}; }
| counted_list "," counted      { $$ = $1; LIST_ADD($$, $counted); }

counted:
  counted_chain         { $$ = tree_counted(parse, $counted_chain, @$); }

counted_chain:
  counted_operand       { $$ = tree_chain_start($1); }
| counted_chain "and" counted_operand
                        { $$ = tree_chain_join($1, CONDITION_AND, $3); }
| counted_chain "or" counted_operand
                        { $$ = tree_chain_join($1, CONDITION_OR, $3); }

/* A list of values, or a value alone, is a mistake here; its builder tells. */
counted_operand:
  "not" counted_operand { $$ = tree_not(parse, $2, @$); }
| primary
| subject list_head value
                        { $$ = tree_unbracketed(parse, $1, $2, $3, @$); }
| amount                { $$ = tree_stray_value(parse, $amount, @$); }

/* ----------------------------------------------------------------- values */

values:
  value                 { $$ = (Literals){$1, $1}; }
| values "," value      { $$ = $1; LIST_ADD($$, $value); }

value:
  A_NUMBER | A_SUM | A_DAY | duration
| name                  { $$ = tree_value_name(parse, $name); }
| "yes"                 { $$ = tree_value_name(parse, $1); }
| "no"                  { $$ = tree_value_name(parse, $1); }
| "unknown"             { $$ = tree_value_unknown(parse, $1); }

amount:
  A_NUMBER | A_SUM | A_DAY | duration

duration:
  A_NUMBER UNIT         { $$ = tree_duration(parse, $1, $UNIT, @$); }
| A_NUMBER "month"      { $$ = tree_duration(parse, $1, $2, @$); }

unit:
  UNIT | "month"

name:
  NAME | UNIT | soft

soft:
  "version" | "owner" | "layer" | "law" | "regulator" | "organisation" | "team"
| "in" | "force" | "next" | "if" | "unsure" | "clause" | "checked" | "is"
| "one" | "of" | "any" | "all" | "a" | "number" | "to" | "steps" | "money"
| "up" | "duration" | "date" | "that" | "may" | "be" | "ahead" | "record"
| "durations" | "dates" | "help" | "fixed" | "excuse" | "who" | "agree" | "at"
| "least" | "most" | "above" | "below" | "includes" | "none" | "only" | "total"
| "count" | "with" | "this" | "last" | "calendar" | "month" | "within" | "more"
| "than" | "less" | "ago" | "before" | "after" | "proceed" | "care" | "consult"
| "hold" | "unless" | "agreed" | "by" | "acting" | "every" | "each" | "time"
| "exceptions" | "exactly" | "given" | "settled" | "silent" | "displaced"
| "met" | "holding" | "back" | "harm" | "tension" | "promise" | "assume"
| "nowhere"

/* --------------------------------------------------------------- examples */

example_head:
  TEXT                  { $$ = tree_example_head(parse, $1, NO_WORD, NULL); }
| TEXT "boundary" name  { $$ = tree_example_head(parse, $1, $3, NULL); }
| TEXT "boundary" name "on" A_DAY
                        { $$ = tree_example_head(parse, $1, $3, $5); }
| TEXT "on" A_DAY       { $$ = tree_example_head(parse, $1, NO_WORD, $3); }

example_lines:
  example_line
| example_lines example_line    { $$ = tree_lines_join($1, $2); }

example_line:
  "given" givens        { $$ = (ExampleLines){.givens = $givens}; }
| "expect" expectation  { $$ = tree_line_expect($expectation); }
| "given" error MEND    { yyerrok; $$ = tree_lost_given(parse, @$); }
| "expect" error MEND   { yyerrok; $$ = tree_lost_expect(parse, @$); }

givens:
  given                 { $$ = (Givens){$1, $1}; }
| givens "and" given    { $$ = $1; LIST_ADD($$, $given); }

given:
  fact                  { $$ = tree_given_holds(parse, $fact, false, @$); }
| "not" fact            { $$ = tree_given_holds(parse, $fact, true, @$); }
| fact "is" events      { $$ = tree_given(parse, $1, RELATION_IS, $3, @$); }
| fact "is" "one" "of" values
    { $$ = tree_given(parse, $1, RELATION_ONE_OF, $values, @$); }
| fact "is" "from" value "to" value
    { $$ = tree_given_range(parse, $fact, $4, $6, @$); }
| fact "includes" "only" values
    { $$ = tree_given(parse, $1, RELATION_INCLUDES, $values, @$); }

events:
  event                 { $$ = (Literals){$1, $1}; }
| events "," event      { $$ = $1; LIST_ADD($$, $event); }

event:
  value
| value "on" A_DAY      { $$ = tree_event($1, $A_DAY); }

expectation:
  verdict               { $$ = tree_expect_verdict(parse, $verdict, @$); }
| "not" "settled"       { $$ = tree_expect(parse, EXPECT_NOT_SETTLED, @$); }
| "rule" rule_name standing     { $$ = tree_expect_rule(parse, $2, $3, @$); }
| "must" name           { $$ = tree_expect_must(parse, true, $name, @$); }
| "no" "must" name      { $$ = tree_expect_must(parse, false, $name, @$); }
| "holding" "back" "may" "harm"
                        { $$ = tree_expect(parse, EXPECT_MAY_HARM, @$); }
| "tension"             { $$ = tree_expect(parse, EXPECT_TENSION, @$); }
| "emergency"           { $$ = tree_expect(parse, EXPECT_EMERGENCY, @$); }

verdict:
  "silent"              { $$ = SILENT; }
| "proceed"             { $$ = PROCEED; }
| "proceed" "with" "care"       { $$ = CARE; }
| "consult"             { $$ = CONSULT; }
| "hold"                { $$ = HOLD; }
| "never"               { $$ = NEVER; }

standing:
  "in" "force"          { $$ = EXPECT_IN_FORCE; }
| "displaced"           { $$ = EXPECT_DISPLACED; }
| "not" "met"           { $$ = EXPECT_NOT_MET; }
| "open"                { $$ = EXPECT_OPEN; }

/* --------------------------------------------------------------- promises */

promised:
  verdict               { $$ = tree_promised(parse, PROMISE_EXACTLY, $1, @$); }
| verdict "nowhere"     { $$ = tree_promised(parse, PROMISE_NOWHERE, $1, @$); }
| "at" "least" verdict  { $$ = tree_promised(parse, PROMISE_AT_LEAST, $3, @$); }
| "at" "most" verdict   { $$ = tree_promised(parse, PROMISE_AT_MOST, $3, @$); }
| "at" "least" verdict "nowhere"
    { $$ = tree_promised_both(parse, PROMISE_AT_LEAST, $verdict, @$); }
| "at" "most" verdict "nowhere"
    { $$ = tree_promised_both(parse, PROMISE_AT_MOST, $verdict, @$); }
| "holding" "back" "may" "harm"
    { $$ = tree_promised(parse, PROMISE_MAY_HARM, SILENT, @$); }
| "must" name           { $$ = tree_promised_must(parse, $name, @$); }

scope:
  %empty                { $$ = (Words){0}; }
| "in" names            { $$ = $names; }

promise_when:
  %empty                { $$ = NULL; }
| "when" condition      { $$ = $condition; }

why:
  %empty                { $$ = NO_WORD; }
| "because" TEXT        { $$ = $TEXT; }

%%

/* The driver asks grammar_accepts before it pushes a word and reports the
 * mistake itself, so the parser has nothing left to say. */
static int yyreport_syntax_error(const yypcontext_t *context, Parse *parse) {
  (void)yypcontext_expected_tokens; /* not wanted: the driver asks itself */
  (void)context;
  (void)parse;
  return 0;
}

static void grammar_error(const Span *span, Parse *parse, const char *text) {
  (void)span;
  (void)parse;
  (void)text;
}

/* As grammar_pstate_new, but in the arena. */
Grammar *grammar_create(Arena *arena) {
  Grammar *grammar = ARENA_NEW(arena, Grammar);
  grammar->yystacksize = YYINITDEPTH;
  grammar->yyss = grammar->yyssa;
  grammar->yyvs = grammar->yyvsa;
  grammar->yyls = grammar->yylsa;
  grammar->yyes = grammar->yyesa;
  grammar->yyes_capacity = sizeof grammar->yyesa / sizeof *grammar->yyesa;
  yypstate_clear(grammar);
  return grammar;
}

/* Whether the symbol is taken as it comes, before anything is reduced. */
static bool is_shifted(const Grammar *grammar, yysymbol_kind_t symbol) {
  int at = yypact[*grammar->yyssp];

  if (yypact_value_is_default(at)) return false;
  at += symbol;
  return at >= 0 && at <= YYLAST && yycheck[at] == symbol && yytable[at] > 0;
}

bool grammar_accepts(Grammar *grammar, int kind) {
  yysymbol_kind_t symbol = YYTRANSLATE(kind);

  if (is_shifted(grammar, symbol)) return true;
  return yy_lac(grammar->yyesa, &grammar->yyes, &grammar->yyes_capacity,
                grammar->yyssp, symbol) == 0;
}

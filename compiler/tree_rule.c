#include "compiler/parser.h"

RuleNode *tree_rule_head(Parse *parse, Word name, Word title, Span span) {
  RuleNode *rule = ARENA_NEW(parse->arena, RuleNode);

  parse->tree->rule_count++;
  rule->name = name;
  rule->title = title;
  rule->head = span;
  return rule;
}

RuleNode *tree_lost_head(Parse *parse, Span span) {
  RuleNode *rule = tree_rule_head(parse, NO_WORD, NO_WORD, span);

  rule->poisoned = true;
  return rule;
}

/* The head comes without the word before it. */
RuleNode *tree_rule(RuleKind kind, RuleNode *head, Clauses clauses,
                    Span span) {
  head->kind = kind;
  head->clauses = clauses.first;
  head->span = span;
  head->head.start = span.start;
  return head;
}

RuleNode *tree_exception(Parse *parse, Word name, Words displaces, Word title,
                         Clauses clauses, Span span) {
  Span end = title.span.file ? title.span : displaces.last->word.span;
  RuleNode *rule = tree_rule_head(parse, name, title, end);

  rule->displaces = displaces.first;
  return tree_rule(RULE_EXCEPTION, rule, clauses, span);
}

RuleNode *tree_lost_exception(Parse *parse, Word name, Clauses clauses,
                              Span span) {
  RuleNode *rule = tree_lost_head(parse, name.span.file ? name.span : span);

  rule->name = name;
  return tree_rule(RULE_EXCEPTION, rule, clauses, span);
}

RuleNode *tree_otherwise(Parse *parse, Finding *finding, Clauses clauses,
                         Span span) {
  RuleNode *rule = tree_rule_head(parse, NO_WORD, NO_WORD, finding->span);
  Clause *then = tree_then(parse, finding, finding->span);

  then->next = clauses.first;
  clauses.first = then;
  return tree_rule(RULE_OTHERWISE, rule, clauses, span);
}

RuleNode *tree_lost_otherwise(Parse *parse, Clauses clauses, Span span) {
  return tree_rule(RULE_OTHERWISE, tree_lost_head(parse, span), clauses,
                   span);
}

WordList *tree_word(Parse *parse, Word word) {
  WordList *item = ARENA_NEW(parse->arena, WordList);

  item->word = word;
  return item;
}

/* --------------------------------------------------------------- clauses */

Clause *tree_clause(Parse *parse, ClauseKind kind, Span span) {
  Clause *clause = ARENA_NEW(parse->arena, Clause);

  clause->kind = kind;
  clause->span = span;
  clause->poisoned = parse->spoiled && parse->spoiled == span.end;
  return clause;
}

Clause *tree_lost(Parse *parse, ClauseKind kind, Span span) {
  Clause *clause = tree_clause(parse, kind, span);

  clause->poisoned = true;
  return clause;
}

Clause *tree_when(Parse *parse, Condition *condition, Span span) {
  Clause *clause = tree_clause(parse, CLAUSE_WHEN, span);

  clause->condition = condition;
  clause->poisoned |= condition->poisoned;
  return clause;
}

Clause *tree_then(Parse *parse, Finding *finding, Span span) {
  Clause *clause = tree_clause(parse, CLAUSE_THEN, span);

  clause->finding = finding;
  return clause;
}

Clause *tree_says(Parse *parse, ClauseKind kind, Word text, Span span) {
  Clause *clause = tree_clause(parse, kind, span);

  clause->text = text;
  return clause;
}

Clause *tree_weigh(Parse *parse, FactRef fact, Word text, Span span) {
  Clause *clause = tree_says(parse, CLAUSE_WEIGH, text, span);

  clause->fact = fact;
  return clause;
}

Clause *tree_cites(Parse *parse, Word source, Word clause_key, Span span) {
  Clause *clause = tree_clause(parse, CLAUSE_CITES, span);

  clause->source = source;
  clause->clause = clause_key;
  return clause;
}

Clause *tree_dated(Parse *parse, ClauseKind kind, Literal *date, Span span) {
  Clause *clause = tree_clause(parse, kind, span);

  clause->date = date;
  clause->poisoned |= date->poisoned;
  return clause;
}

Clause *tree_must(Parse *parse, bool always, Word tag, Word text, Span span) {
  Clause *clause = tree_says(parse, CLAUSE_MUST, text, span);

  clause->always = always;
  clause->tag = tag;
  return clause;
}

Clause *tree_when_due(Parse *parse, Clause *duty, DutyWhen when, Span span,
                      Span mark) {
  if (duty->duty_when != DUTY_WHENEVER)
    parse_report(parse, 141, mark, "Leave one of them out.",
                 "This `must` says twice when it is to be done.");
  duty->duty_when = when;
  duty->span = span;
  return duty;
}

Clause *tree_within(Parse *parse, Clause *duty, Literal *duration, Span span,
                    Span mark) {
  tree_when_due(parse, duty, DUTY_WITHIN, span, mark);
  duty->duration = duration;
  duty->poisoned |= duration->poisoned;
  return duty;
}

Clause *tree_every(Parse *parse, Clause *duty, Literal *duration, Span span,
                   Span mark) {
  tree_when_due(parse, duty, DUTY_EVERY, span, mark);
  duty->duration = duration;
  duty->poisoned |= duration->poisoned;
  return duty;
}

Clause *tree_by(Parse *parse, Clause *duty, Word role, Span span, Span mark) {
  if (duty->by.span.file)
    parse_report(parse, 141, mark, "Leave one of them out.",
                 "This `must` says twice who does it.");
  duty->by = role;
  duty->span = span;
  return duty;
}

/* -------------------------------------------------------------- findings */

Finding *tree_finding(Parse *parse, Verdict verdict, Who *who, Span span) {
  Finding *finding = ARENA_NEW(parse->arena, Finding);

  finding->verdict = verdict;
  finding->unless_agreed = verdict == HOLD && who;
  finding->who = who;
  finding->span = span;
  return finding;
}

Who *tree_who(Parse *parse, WhoNeed need, Literal *number, Words names,
              Span span) {
  Who *who = ARENA_NEW(parse->arena, Who);

  who->need = need;
  who->number = number;
  who->names = names.first;
  who->span = span;
  return who;
}

Who *tree_who_one(Parse *parse, Word name, Span span) {
  WordList *only = tree_word(parse, name);

  return tree_who(parse, WHO_ANY, NULL, (Words){only, only}, span);
}

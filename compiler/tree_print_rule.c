#include "compiler/tree_print.h"

static const char *const relations[RELATION_COUNT] = {
    "", "is", "is not", "is one of", "is not one of", "is at least",
    "is at most", "is above", "is below", "is from", "includes",
    "includes any of", "includes all of", "includes none of",
    "includes at least", "is before", "is after", "is on or before",
    "is on or after", "is within", "is more than", "is at least",
    "is less than"};
static const char *const verdicts[VERDICT_COUNT] = {
    "silent", "proceed", "proceed with care", "consult", "hold", "never"};

/* ------------------------------------------------------------ conditions */

static void put_ref(Buffer *out, FactRef fact) {
  buffer_format(out, "%s %.*s", tree_print_dimension(fact.dimension),
                TEXT_ARG(fact.name.text));
}

static void put_window(Buffer *out, Window window) {
  if (window.kind == WINDOW_THIS_MONTH)
    buffer_put_c(out, " in this calendar month");
  else if (window.kind == WINDOW_LAST_MONTH)
    buffer_put_c(out, " in last calendar month");
  else if (window.length)
    buffer_format(out, " in %.*s", TEXT_ARG(window.length->text));
}

static void put_subject(Buffer *out, const Condition *test) {
  if (test->subject == SUBJECT_SIGNS) {
    buffer_format(out, "signs %.*s", TEXT_ARG(test->name.text));
    return;
  }
  if (test->subject == SUBJECT_FACT) {
    put_ref(out, test->fact);
    return;
  }
  const RecordSubject *record = test->record;
  buffer_put_c(out, record->aggregate == AGGREGATE_TOTAL ? "total of "
                                                         : "count of ");
  put_ref(out, test->fact);
  if (!text_is_none(record->with.name.text)) {
    buffer_put_c(out, " with ");
    put_ref(out, record->with);
  }
  put_window(out, record->window);
}

static void put_day(Buffer *out, Day day) {
  if (day == DAY_NONE) return;
  buffer_put_c(out, " on ");
  day_print(out, day);
}

static void put_literals(Buffer *out, const Literal *literal,
                         const char *between) {
  for (const char *gap = " "; literal; literal = literal->next) {
    buffer_put_c(out, gap);
    buffer_put(out, literal->text);
    put_day(out, literal->day);
    gap = between;
  }
}

static bool is_ago(Relation relation) {
  return relation == RELATION_MORE_THAN_AGO
         || relation == RELATION_AT_LEAST_AGO
         || relation == RELATION_LESS_THAN_AGO;
}

static void print_test(Buffer *out, uint32_t depth, const Condition *test) {
  Buffer line = {.arena = out->arena};

  put_subject(&line, test);
  if (test->relation != RELATION_HOLDS)
    buffer_format(&line, " %s", relations[test->relation]);
  if (test->relation == RELATION_INCLUDES_AT_LEAST && test->number)
    buffer_format(&line, " %.*s of", TEXT_ARG(test->number->text));
  put_literals(&line, test->values,
               test->relation == RELATION_FROM_TO ? " to " : ", ");
  if (is_ago(test->relation)) buffer_put_c(&line, " ago");
  tree_print_line(out, depth, "%.*s%s", TEXT_ARG(buffer_text(&line)),
                  test->poisoned ? " (has a mistake)" : "");
}

static void print_whole(Buffer *out, uint32_t depth,
                        const Condition *condition) {
  static const char *const bounds[] = {"at least", "at most", "exactly"};

  switch (condition->kind) {
    case CONDITION_AND: tree_print_line(out, depth, "and"); break;
    case CONDITION_OR: tree_print_line(out, depth, "or"); break;
    case CONDITION_NOT: tree_print_line(out, depth, "not"); break;
    case CONDITION_COUNT:
      tree_print_line(out, depth, "%s %.*s of", bounds[condition->bound],
                      TEXT_ARG(condition->number->text));
      break;
    case CONDITION_NAME:
      tree_print_line(out, depth, "%.*s", TEXT_ARG(condition->name.text));
      break;
    case CONDITION_TEST: print_test(out, depth, condition); break;
  }
}

void tree_print_condition(Buffer *out, uint32_t depth,
                          const Condition *condition) {
  print_whole(out, depth, condition);
  for (const Condition *at = condition->parts; at; at = at->next)
    tree_print_condition(out, depth + 1, at);
}

/* ----------------------------------------------------------------- rules */

static void put_words(Buffer *out, const WordList *words) {
  for (const char *gap = " "; words; words = words->next) {
    buffer_format(out, "%s%.*s", gap, TEXT_ARG(words->word.text));
    gap = ", ";
  }
}

static void put_who(Buffer *out, const Who *who) {
  if (who->need == WHO_AT_LEAST)
    buffer_format(out, " at least %.*s of", TEXT_ARG(who->number->text));
  else
    buffer_put_c(out, who->need == WHO_ALL ? " all of" : " any of");
  put_words(out, who->names);
}

static void print_finding(Buffer *out, uint32_t depth,
                          const Finding *finding) {
  Buffer line = {.arena = out->arena};

  buffer_format(&line, "then %s%s", verdicts[finding->verdict],
                finding->unless_agreed ? " unless agreed by" : "");
  if (finding->who) put_who(&line, finding->who);
  tree_print_line(out, depth, "%.*s", TEXT_ARG(buffer_text(&line)));
}

static void print_must(Buffer *out, uint32_t depth, const Clause *must) {
  static const char *const when[DUTY_WHEN_COUNT] = {
      "", " within", " before acting", " every", " each time"};
  Text length = must->duration ? must->duration->text : TEXT("");

  tree_print_line(out, depth, "must %s%.*s \"%.*s\"%s%s%.*s",
                  must->always ? "always " : "", TEXT_ARG(must->tag.text),
                  TEXT_ARG(must->text.text), when[must->duty_when],
                  length.length ? " " : "", TEXT_ARG(length));
  tree_print_text(out, depth + 1, "by", must->by);
}

static void print_weigh(Buffer *out, uint32_t depth, const Clause *weigh) {
  if (text_is_none(weigh->fact.name.text))
    tree_print_text(out, depth, "weigh", weigh->text);
  else
    tree_print_line(out, depth, "weigh %s %.*s \"%.*s\"",
                    tree_print_dimension(weigh->fact.dimension),
                    TEXT_ARG(weigh->fact.name.text),
                    TEXT_ARG(weigh->text.text));
}

static void print_date(Buffer *out, uint32_t depth, const char *key,
                       const Clause *clause) {
  if (clause->date)
    tree_print_line(out, depth, "%s %.*s", key, TEXT_ARG(clause->date->text));
}

static void print_clause(Buffer *out, uint32_t depth, const Clause *clause) {
  switch (clause->kind) {
    case CLAUSE_WHEN:
      tree_print_line(out, depth, "when");
      if (clause->condition)
        tree_print_condition(out, depth + 1, clause->condition);
      break;
    case CLAUSE_THEN:
      if (clause->finding) print_finding(out, depth, clause->finding);
      break;
    case CLAUSE_BECAUSE:
      tree_print_text(out, depth, "because", clause->text);
      break;
    case CLAUSE_MUST: print_must(out, depth, clause); break;
    case CLAUSE_WEIGH: print_weigh(out, depth, clause); break;
    case CLAUSE_REFLECT:
      tree_print_text(out, depth, "reflect", clause->text);
      break;
    case CLAUSE_INSTEAD:
      tree_print_text(out, depth, "instead", clause->text);
      break;
    case CLAUSE_CITES:
      tree_print_line(out, depth, "cites %.*s",
                      TEXT_ARG(clause->source.text));
      tree_print_text(out, depth + 1, "clause", clause->clause);
      break;
    case CLAUSE_FROM: print_date(out, depth, "from", clause); break;
    case CLAUSE_UNTIL: print_date(out, depth, "until", clause); break;
    case CLAUSE_OPEN_TO_EXCEPTIONS:
      tree_print_line(out, depth, "open to exceptions");
      break;
    case CLAUSE_ACT: tree_print_text(out, depth, "act", clause->text); break;
    case CLAUSE_KIND_COUNT: break;
  }
}

void tree_print_rule(Buffer *out, uint32_t depth, const RuleNode *rule) {
  static const char *const kinds[RULE_KIND_COUNT] = {
      "rule", "never", "exception", "holding-back", "otherwise", "emergency",
      "rule"};
  Buffer names = {.arena = out->arena};

  if (rule->displaces) buffer_put_c(&names, " to");
  put_words(&names, rule->displaces);
  tree_print_line(out, depth, "%s%s%.*s%.*s%s", kinds[rule->kind],
                  rule->name.text.length ? " " : "",
                  TEXT_ARG(rule->name.text), TEXT_ARG(buffer_text(&names)),
                  rule->poisoned ? " (has a mistake)" : "");
  tree_print_text(out, depth + 1, "title", rule->title);
  for (const Clause *at = rule->clauses; at; at = at->next) {
    if (at->poisoned && at->kind != CLAUSE_WHEN)
      tree_print_line(out, depth + 1, "(a mistake)");
    else
      print_clause(out, depth + 1, at);
  }
}

/* -------------------------------------------------------------- examples */

static void print_given(Buffer *out, const GivenNode *given) {
  Condition test = {.kind = CONDITION_TEST, .fact = given->fact,
                    .relation = given->relation, .values = given->values,
                    .poisoned = given->poisoned};

  tree_print_line(out, 1, "given%s", given->negated ? " not" : "");
  print_test(out, 2, &test);
}

static void print_expect(Buffer *out, const ExpectNode *expect) {
  static const char *const standings[EXPECT_STANDING_COUNT] = {
      "in force", "displaced", "not met", "open"};
  Text name = expect->name.text;

  switch (expect->kind) {
    case EXPECT_VERDICT:
      tree_print_line(out, 1, "expect %s", verdicts[expect->verdict]);
      break;
    case EXPECT_NOT_SETTLED:
      tree_print_line(out, 1, "expect not settled");
      break;
    case EXPECT_RULE:
      tree_print_line(out, 1, "expect rule %.*s %s", TEXT_ARG(name),
                      standings[expect->standing]);
      break;
    case EXPECT_MUST: case EXPECT_NO_MUST:
      tree_print_line(out, 1, "expect %smust %.*s",
                      expect->kind == EXPECT_MUST ? "" : "no ",
                      TEXT_ARG(name));
      break;
    case EXPECT_MAY_HARM:
      tree_print_line(out, 1, "expect holding back may harm");
      break;
    case EXPECT_TENSION: tree_print_line(out, 1, "expect tension"); break;
    case EXPECT_EMERGENCY: tree_print_line(out, 1, "expect emergency"); break;
    case EXPECT_KIND_COUNT: break;
  }
}

void tree_print_example(Buffer *out, const ExampleNode *example) {
  tree_print_text(out, 1, "title", example->title);
  if (!text_is_none(example->boundary.text))
    tree_print_line(out, 1, "boundary %.*s", TEXT_ARG(example->boundary.text));
  if (example->date)
    tree_print_line(out, 1, "on %.*s", TEXT_ARG(example->date->text));
  for (const GivenNode *at = example->givens; at; at = at->next)
    print_given(out, at);
  for (const ExpectNode *at = example->expects; at; at = at->next)
    print_expect(out, at);
}

/* -------------------------------------------------------------- promises */

static void print_promised(Buffer *out, const PromiseNode *promise) {
  Buffer line = {.arena = out->arena};

  if (promise->kind == PROMISE_AT_LEAST) buffer_put_c(&line, "at least ");
  if (promise->kind == PROMISE_AT_MOST) buffer_put_c(&line, "at most ");
  if (promise->kind == PROMISE_MAY_HARM)
    buffer_put_c(&line, "holding back may harm");
  else if (promise->kind == PROMISE_MUST)
    buffer_format(&line, "must %.*s", TEXT_ARG(promise->tag.text));
  else
    buffer_put_c(&line, verdicts[promise->verdict]);
  if (promise->kind == PROMISE_NOWHERE) buffer_put_c(&line, " nowhere");
  if (promise->boundaries) buffer_put_c(&line, " in");
  put_words(&line, promise->boundaries);
  tree_print_line(out, 1, "%.*s", TEXT_ARG(buffer_text(&line)));
}

void tree_print_promise(Buffer *out, const Item *item) {
  tree_print_text(out, 1, "title", item->title);
  if (item->promise) print_promised(out, item->promise);
  if (item->condition) tree_print_condition(out, 1, item->condition);
  tree_print_text(out, 1, "because", item->because);
}

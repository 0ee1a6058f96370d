/* Who is to be consulted, or to agree: members of `support` sets. */
#include "compiler/check.h"

static void add_member(Check *check, Supporters *all, uint32_t fact,
                       uint32_t value) {
  Text name = check->out->facts.at[fact].values[value]->name.text;
  uint32_t first = 0;
  uint32_t number = all->members.count;
  if (table_put(&all->names.table, name, number)) {
    VEC_PUSH(check->arena, &all->members,
             ((Supporter){{fact, value}, NONE, NULL}));
    VEC_PUSH(check->arena, &all->names.list, name);
    return;
  }
  table_find(&all->names.table, name, &first);
  all->members.at[first].also = fact;
}

void check_supporters(Check *check) {
  Checked *out = check->out;
  for (uint32_t f = 0; f < out->facts.count; f++) {
    const CheckedFact *fact = &out->facts.at[f];
    if (fact->node->dimension != SUPPORT) continue;
    if (fact->poisoned) {
      out->talking.names.doubtful = out->agreeing.names.doubtful = true;
      continue;
    }
    if (fact->type != TYPE_SET) continue;
    for (uint32_t v = 0; v < fact->value_count; v++) {
      add_member(check, &out->talking, f, v);
      if (fact->node->who_agree) add_member(check, &out->agreeing, f, v);
    }
  }
  if (out->fact_names[SUPPORT].doubtful)
    out->talking.names.doubtful = out->agreeing.names.doubtful = true;
}

/* A yes or no about support is nobody who can be asked. */
static void relate_support(Check *check, Diagnostic *d, Word name) {
  const Checked *out = check->out;
  uint32_t fact = names_find(&out->fact_names[SUPPORT], name.text);
  if (fact == NONE || out->facts.at[fact].type == TYPE_SET) return;
  diagnostic_relate(check->diagnostics, d, out->facts.at[fact].node->name.span,
                    "`%.*s` is no set of people.",
                    TEXT_ARG(fact_words(check, fact)));
}

static void report_unknown(Check *check, const Supporters *all, Word name,
                           bool agree) {
  const Supporters *talking = &check->out->talking;
  if (all->names.doubtful) return;
  uint32_t other = names_find(&talking->names, name.text);
  if (agree && other != NONE) {
    Diagnostic *d = diagnostic_error(
        check->diagnostics, E_WHO_NOT_AGREE, name.span,
        "`%.*s` can be talked to, but is in no set marked `who agree`.",
        TEXT_ARG(name.text));
    uint32_t fact = talking->members.at[other].member.fact;
    diagnostic_relate(check->diagnostics, d,
                      check->out->facts.at[fact].node->name.span,
                      "`%.*s` is in `%.*s`.", TEXT_ARG(name.text),
                      TEXT_ARG(fact_words(check, fact)));
    diagnostic_help(check->diagnostics, d,
                    "Take it out of there and declare who can agree: "
                    "`support agreed \"Who has agreed?\" is any of %.*s who "
                    "agree`. Rules can still say to talk with them.",
                    TEXT_ARG(name.text));
    return;
  }
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_WHO_UNKNOWN, name.span,
      "`%.*s` is in no set of `support`%s.", TEXT_ARG(name.text),
      agree ? " marked `who agree`" : "");
  relate_support(check, d, name);
  Text nearest = names_nearest(check, &all->names, name.text);
  if (text_is_none(nearest))
    diagnostic_help(check->diagnostics, d,
                    agree ? "Declare it: `support agreed \"Who has "
                            "agreed?\" is any of %.*s who agree`."
                          : "Declare it: `support consulted \"Who have "
                            "you talked to?\" is any of %.*s`.",
                    TEXT_ARG(name.text));
  else
    diagnostic_help(check->diagnostics, d, "Did you mean `%.*s`?",
                    TEXT_ARG(nearest));
}

static void report_ambiguous(Check *check, const Supporter *one, Word name) {
  const CheckedFact *facts = check->out->facts.at;
  uint32_t first = one->member.fact;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_WHO_AMBIGUOUS, name.span,
      "`%.*s` stands in both `%.*s` and `%.*s`, so it is not clear which is "
      "meant.",
      TEXT_ARG(name.text), TEXT_ARG(fact_words(check, first)),
      TEXT_ARG(fact_words(check, one->also)));
  diagnostic_relate(check->diagnostics, d, facts[first].node->name.span,
                    "Here is the first set.");
  diagnostic_relate(check->diagnostics, d, facts[one->also].node->name.span,
                    "Here is the second set.");
  diagnostic_help(check->diagnostics, d,
                  "Take it out of one of the sets, or give it another name "
                  "there.");
}

static void report_twice(Check *check, Word name) {
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_WHO_TWICE, name.span,
      "`%.*s` is named twice here.", TEXT_ARG(name.text));
  diagnostic_help(check->diagnostics, d, "Take one of them out.");
}

static void take_member(Check *check, CheckedRule *rule, Word name,
                        bool agree) {
  Supporters *all = agree ? &check->out->agreeing : &check->out->talking;
  uint32_t index = names_find(&all->names, name.text);
  if (index == NONE) {
    report_unknown(check, all, name, agree);
    return;
  }
  Supporter *one = &all->members.at[index];
  if (one->also != NONE)
    report_ambiguous(check, one, name);
  else if (one->seen == rule)
    report_twice(check, name);
  else
    rule->who[rule->who_count++] = one->member;
  one->seen = rule;
}

static uint32_t count_names(const WordList *name) {
  uint32_t count = 0;
  for (; name; name = name->next) count++;
  return count;
}

/* `at least n of a, b, c`. */
static void take_number(Check *check, CheckedRule *rule, const Who *who,
                        uint32_t named) {
  uint32_t number = 0;
  if (!who->number || who->number->poisoned) return;
  if (!whole_read(check, who->number, "a number of people",
                  (Sums){1, 1000}, &number))
    return;
  rule->need_number = number;
  if (number <= named) return;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_WHO_NUMBER, who->number->span,
      "`at least %u` cannot be met: %u %s named.", number, named,
      named == 1 ? "is" : "are");
  diagnostic_help(check->diagnostics, d,
                  "Name more of them, or write a smaller number.");
}

void check_who(Check *check, CheckedRule *rule, const Finding *finding) {
  const Who *who = finding->who;
  if (!who) return;
  uint32_t count = count_names(who->names);
  rule->need = who->need;
  rule->need_number = who->need == WHO_ALL ? count : 1;
  rule->who_count = 0;
  rule->who = ARENA_ARRAY(check->arena, count, CheckedMember);
  for (const WordList *name = who->names; name; name = name->next)
    take_member(check, rule, name->word, finding->unless_agreed);
  if (who->need == WHO_AT_LEAST) take_number(check, rule, who, count);
}

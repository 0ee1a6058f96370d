/* Examples: what they give, turned into values, and what they expect. */
#include "compiler/check.h"
#include "compiler/lattice.h"

typedef struct Reader {
  Check *check;
  CheckedExample *example;
  const GivenNode *node;
  const CheckedFact *fact;
  CheckedGiven *given;
  bool sound;
} Reader;

/* ---------------------------------------------------------------- values */

static void report_range(Reader *reader, const Literal *literal) {
  Check *check = reader->check;
  const CheckedFact *fact = reader->fact;
  Text steps = TEXT("");
  reader->sound = false;
  if (fact->node->step)
    steps = text_format(check->arena, " in steps of %.*s",
                        TEXT_ARG(value_words(check, fact, fact->step)));
  diagnostic_error(
      check->diagnostics, E_GIVEN_RANGE, literal->span,
      "`%.*s` is not a value of `%.*s`, which goes from %.*s to %.*s%.*s.",
      TEXT_ARG(literal->text),
      TEXT_ARG(fact_words(check, reader->given->fact)),
      TEXT_ARG(value_words(check, fact, fact->low)),
      TEXT_ARG(value_words(check, fact, fact->high)), TEXT_ARG(steps));
}

static void report_ahead(Reader *reader, const Literal *literal) {
  Check *check = reader->check;
  reader->sound = false;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_GIVEN_AHEAD, literal->span,
      "`%.*s` comes after the day of this example.",
      TEXT_ARG(literal->text));
  diagnostic_help(check->diagnostics, d,
                  reader->fact->type == TYPE_RECORD
                      ? "A record holds what has happened: write an earlier "
                        "date, or a later day for the example."
                      : "Declare the fact as `is a date that may be ahead`, "
                        "or write an earlier date.");
}

static void check_value(Reader *reader, const Literal *literal,
                        int64_t value) {
  const CheckedFact *fact = reader->fact;
  if (value < fact->low || value > fact->high ||
      (value - fact->low) % fact->step != 0)
    report_range(reader, literal);
  else if (fact->type == TYPE_DATE && !fact->node->may_be_ahead &&
           reader->example->day != DAY_NONE &&
           value > reader->example->day)
    report_ahead(reader, literal);
}

static bool read_value(Reader *reader, const Literal *literal,
                       int64_t *value) {
  if (!literal_read(reader->check, reader->fact, literal, value)) {
    reader->sound = false;
    return false;
  }
  check_value(reader, literal, *value);
  return reader->sound;
}

static void add_span(Reader *reader, int64_t low, int64_t high, Day day) {
  GivenSpan span = {low, high, day};
  VEC_PUSH(reader->check->arena, &reader->given->spans, span);
}

/* --------------------------------------------------------- kinds of given */

static void report_relation(Reader *reader, const char *help) {
  Check *check = reader->check;
  reader->sound = false;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_GIVEN_KIND, reader->node->span,
      "`%.*s` is %.*s and cannot be given this way.",
      TEXT_ARG(fact_words(check, reader->given->fact)),
      TEXT_ARG(type_words(check, reader->fact)));
  diagnostic_help(check->diagnostics, d, "%s", help);
}

static bool is_none(const Literal *value) {
  return value && !value->next && value->kind == LITERAL_NAME &&
         text_equal(value->text, TEXT("none"));
}

static void read_members(Reader *reader) {
  const GivenNode *node = reader->node;
  bool seen[MEMBERS_MOST] = {false};
  if (node->relation == RELATION_IS && is_none(node->values)) return;
  if (node->relation != RELATION_INCLUDES) {
    report_relation(reader,
                    "Write `includes only` and the members that hold, or "
                    "`is none`.");
    return;
  }
  for (const Literal *one = node->values; one; one = one->next) {
    int64_t value = 0;
    if (!read_value(reader, one, &value)) continue;
    if (seen[value])
      twice_in_list(reader->check, one);
    else
      add_span(reader, value, value, DAY_NONE);
    seen[value] = true;
  }
}

static void read_event(Reader *reader, const Literal *one) {
  int64_t amount = one->amount;
  bool dates = reader->fact->item == TYPE_DATE;
  Day day = one->day;
  if (dates && day == DAY_NONE) day = (Day)amount;
  if (day == DAY_NONE || (dates && one->kind != LITERAL_DATE)) {
    report_relation(reader,
                    dates ? "Write the dates: `is 2026-01-02, 2026-03-01`."
                          : "Write each event with its day: `is £30 on "
                            "2026-01-02`.");
    return;
  }
  if (!dates && !read_value(reader, one, &amount)) return;
  if (reader->example->day != DAY_NONE && day > reader->example->day)
    report_ahead(reader, one);
  add_span(reader, dates ? 1 : amount, dates ? 1 : amount, day);
}

static void read_events(Reader *reader) {
  const GivenNode *node = reader->node;
  if (node->relation == RELATION_IS && is_none(node->values)) return;
  if (node->relation != RELATION_IS) {
    report_relation(reader, "Write each event with its day: `is £30 on "
                            "2026-01-02`, or `is none`.");
    return;
  }
  const Literal *one = node->values;
  for (; one && reader->sound; one = one->next) read_event(reader, one);
}

static void read_from_to(Reader *reader) {
  const Literal *from = reader->node->values;
  int64_t low = 0;
  int64_t high = 0;
  if (!read_value(reader, from, &low)) return;
  if (!read_value(reader, from->next, &high)) return;
  if (low <= high) {
    add_span(reader, low, high, DAY_NONE);
    return;
  }
  Diagnostic *d = diagnostic_error(
      reader->check->diagnostics, E_FROM_TO, reader->node->span,
      "`from %.*s to %.*s` holds nothing: the first is above the second.",
      TEXT_ARG(from->text), TEXT_ARG(from->next->text));
  diagnostic_help(reader->check->diagnostics, d,
                  "Write the smaller one first.");
}

/* Puts a value among the spans, which are rising; false if it is there. */
static bool insert_span(Reader *reader, int64_t value) {
  add_span(reader, value, value, DAY_NONE);
  GivenSpan *spans = reader->given->spans.at;
  uint32_t i = reader->given->spans.count - 1;
  for (; i > 0 && spans[i - 1].low >= value; i--) {
    if (spans[i - 1].low == value) return false;
    spans[i] = spans[i - 1];
    spans[i - 1] = (GivenSpan){value, value, DAY_NONE};
  }
  return true;
}

#define POSSIBLE_MOST 1000

static void read_possible(Reader *reader) {
  const Literal *one = reader->node->values;
  for (; one && reader->sound; one = one->next) {
    int64_t value = 0;
    if (!read_value(reader, one, &value)) continue;
    if (reader->given->spans.count >= POSSIBLE_MOST) {
      report_relation(reader, "Give at most 1000 possible values.");
    } else if (!insert_span(reader, value)) {
      twice_in_list(reader->check, one);
      reader->sound = false;
    }
  }
}

static bool has_days(const Literal *value) {
  for (; value; value = value->next)
    if (value->day != DAY_NONE) return true;
  return false;
}

static void read_given_values(Reader *reader) {
  const GivenNode *node = reader->node;
  bool ordered = reader->fact->type != TYPE_CHOICE &&
                 reader->fact->type != TYPE_YES_NO;
  if (has_days(node->values))
    report_relation(reader, "Only the events of a record have days.");
  else if (node->relation == RELATION_FROM_TO && ordered)
    read_from_to(reader);
  else if (node->relation == RELATION_ONE_OF ||
           (node->relation == RELATION_IS && !node->values->next))
    read_possible(reader);
  else
    report_relation(reader, "Write `is` and a value, or `is one of` and all "
                            "that are possible.");
}

static void read_given(Reader *reader) {
  const GivenNode *node = reader->node;
  if (reader->fact->type == TYPE_SET) {
    read_members(reader);
  } else if (reader->fact->type == TYPE_RECORD) {
    read_events(reader);
  } else if (node->relation == RELATION_HOLDS) {
    if (reader->fact->type == TYPE_YES_NO)
      add_span(reader, !node->negated, !node->negated, DAY_NONE);
    else
      report_relation(reader, "Say what it is, with `is`.");
  } else if (reader->fact->node->dimension == SUPPORT &&
             node->relation != RELATION_IS) {
    report_relation(reader, "Support is done or not: write it alone, or "
                            "`not` and the fact.");
  } else {
    read_given_values(reader);
  }
}

/* The first place where the example gives this fact. */
static bool is_given(Check *check, const CheckedExample *example,
                     const GivenNode *node, uint32_t fact) {
  const GivenNode *first = example->node->givens;
  for (uint32_t i = 0; i < example->givens.count; i++) {
    if (example->givens.at[i].fact != fact) continue;
    for (; first && first != node; first = first->next)
      if (first->fact.dimension == node->fact.dimension &&
          text_equal(first->fact.name.text, node->fact.name.text))
        break;
    Diagnostic *d = diagnostic_error(
        check->diagnostics, E_GIVEN_TWICE, node->span,
        "`%.*s` is given twice in this example.",
        TEXT_ARG(fact_words(check, fact)));
    diagnostic_relate(check->diagnostics, d, first->span,
                      "The first one is here.");
    return true;
  }
  return false;
}

static void take_given(Check *check, CheckedExample *example,
                       const GivenNode *node) {
  if (node->poisoned) return;
  uint32_t fact = names_fact(check, node->fact);
  if (fact == NONE || check->out->facts.at[fact].poisoned) return;
  if (is_given(check, example, node, fact)) return;
  CheckedGiven *given = VEC_ADD(check->arena, &example->givens);
  *given = (CheckedGiven){.fact = fact};
  Reader reader = {check, example, node, &check->out->facts.at[fact], given,
                   true};
  read_given(&reader);
}

/* --------------------------------------------------------------- expecting */

static void add_tags(Check *check) {
  Names *tags = &check->out->tag_names;
  for (uint32_t d = 0; d < check->out->duties.count; d++) {
    Text tag = check->out->duties.at[d]->tag.text;
    if (table_put(&tags->table, tag, tags->list.count))
      VEC_PUSH(check->arena, &tags->list, tag);
  }
}

bool names_duty(Check *check, Word tag) {
  const Names *tags = &check->out->tag_names;
  if (names_find(tags, tag.text) != NONE || tags->doubtful ||
      check->out->rule_names.doubtful)
    return true;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_DUTY_UNKNOWN, tag.span,
      "No rule has a duty `must %.*s`.", TEXT_ARG(tag.text));
  names_help(check, d, tags, tag.text);
  return false;
}

static bool read_rule(Check *check, const CheckedExample *example,
                      const ExpectNode *node, uint32_t *rule) {
  *rule = names_rule(check, example->boundary, node->name, true);
  if (*rule == NONE) return false;
  const CheckedRule *found = &check->out->rules.at[*rule];
  if (found->boundary == NONE || found->boundary == example->boundary)
    return true;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_RULE_ELSEWHERE, node->name.span,
      "`%.*s` is not a rule of the boundary that this example asks about.",
      TEXT_ARG(found->full_name));
  diagnostic_relate(check->diagnostics, d, found->head, "It is here.");
  return false;
}

static void take_expect(Check *check, CheckedExample *example,
                        const ExpectNode *node) {
  CheckedExpect expect = {node->kind, node->verdict, NONE, node->standing,
                          TEXT_NONE};
  if (node->poisoned) return;
  if (node->kind == EXPECT_RULE &&
      !read_rule(check, example, node, &expect.rule))
    return;
  if (node->kind == EXPECT_MUST || node->kind == EXPECT_NO_MUST) {
    expect.tag = node->name.text;
    if (!names_duty(check, node->name)) return;
  }
  VEC_PUSH(check->arena, &example->expects, expect);
}

/* ----------------------------------------------------------------- examples */

static void list_boundaries(const Checked *out, Buffer *list) {
  for (uint32_t i = 0; i < out->boundaries.count; i++)
    buffer_format(list, "%s`%.*s`", i > 0 ? ", " : "",
                  TEXT_ARG(out->boundaries.at[i].name.text));
}

static bool find_boundary(Check *check, const Item *item,
                          CheckedExample *example) {
  const Checked *out = check->out;
  Word name = item->example->boundary;
  Buffer list = {.arena = check->arena};
  example->boundary = names_find(&out->boundary_names, name.text);
  if (name.text.length == 0 && out->boundaries.count == 1)
    example->boundary = 0;
  if (example->boundary != NONE) return true;
  if (out->boundary_names.doubtful) return false;
  if (name.text.length > 0) return names_boundary(check, name) != NONE;
  list_boundaries(out, &list);
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_BOUNDARY_UNSAID, example->node->title.span,
      "This example does not say which boundary it asks about.");
  if (list.length > 0)
    diagnostic_help(check->diagnostics, d,
                    "Write `boundary` and one of %.*s.",
                    TEXT_ARG(buffer_text(&list)));
  return false;
}

static void find_day(Check *check, CheckedExample *example) {
  const LoadedFile *main = &check->out->loaded->files.at[0];
  const PolicyNode *policy = main->heading ? main->heading->policy : NULL;
  if (example->node->date) {
    example->day = (Day)example->node->date->amount;
    return;
  }
  if (policy && policy->in_force_from) {
    example->day = (Day)policy->in_force_from->amount;
    return;
  }
  if (!main->heading || main->heading->poisoned) return;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_DAY_UNSAID, example->node->title.span,
      "This example does not say on what day it asks.");
  diagnostic_help(check->diagnostics, d,
                  "Write `on` and a date after the boundary, or give the "
                  "policy an `in force from`.");
}

static void add_example(Check *check, const Item *item) {
  CheckedExample *example = VEC_ADD(check->arena, &check->out->examples);
  *example = (CheckedExample){.node = item->example, .span = item->span,
                              .boundary = NONE};
  if (!item->poisoned) find_day(check, example);
  bool found = !item->poisoned && find_boundary(check, item, example);
  const GivenNode *given = item->example->givens;
  for (; given; given = given->next) take_given(check, example, given);
  if (!found) return;
  const ExpectNode *expect = item->example->expects;
  for (; expect; expect = expect->next) take_expect(check, example, expect);
}

void check_examples(Check *check) {
  const Loaded *loaded = check->out->loaded;
  add_tags(check);
  for (uint32_t i = 0; i < loaded->items.count; i++)
    if (loaded->items.at[i].item->kind == ITEM_EXAMPLE)
      add_example(check, loaded->items.at[i].item);
}

#include "compiler/mistake.h"

#include "base/utf8.h"
#include "compiler/habit.h"

enum { SHOWN_MOST = 40, CHOICES_MOST = 6 };

/* ------------------------------------------------- how things are called */

/* The author's words at `span`, quoted, short and safe to print. */
static Text quote(Parse *parse, Span span) {
  Text words = utf8_safe(parse->arena, parse_words(parse, span), false);
  uint32_t at = 0;

  while (at < words.length && at < SHOWN_MOST) utf8_next(words, &at);
  if (at < words.length)
    return text_format(parse->arena, "`%.*s…`", (int)at, words.at);
  return text_format(parse->arena, "`%.*s`", TEXT_ARG(words));
}

static Text call_token(Parse *parse, const Token *token) {
  if (token->kind == T_END) return TEXT("the end of the file");
  if (token->kind == T_TEXT) return TEXT("a text in quotes");
  return quote(parse, token->span);
}

/* "In rule `small`: ", or nothing where nothing is open. */
static Text call_construct(Parse *parse) {
  Text lead = parse->lead.value.T_NAME.text;
  Text name = parse->lead_name.text;

  if (parse->lead.kind == T_END) return TEXT("");
  if (text_is_none(name))
    return text_format(parse->arena, "In this %.*s: ", TEXT_ARG(lead));
  if (parse->lead.kind == T_DECLARED)
    return text_format(parse->arena, "In `%.*s %.*s`: ", TEXT_ARG(lead),
                       TEXT_ARG(name));
  return text_format(parse->arena, "In %.*s `%.*s`: ", TEXT_ARG(lead),
                     TEXT_ARG(name));
}

/* The words before this one that belong together: "is at least". */
static Text call_past(Parse *parse) {
  Span span = parse_past(parse, 0)->span;

  for (uint32_t i = 1; i < parse->past_count && i < 3; i++) {
    const Token *token = parse_past(parse, i);

    if (parse_past(parse, i - 1)->fresh || token->kind == T_TEXT
        || token->kind == T_NAME || token->kind == T_COMMA)
      break;
    span = span_join(token->span, span);
  }
  if (parse_past(parse, 0)->kind == T_TEXT) return TEXT("the text in quotes");
  return quote(parse, span);
}

/* ----------------------------------------------- what could stand here */

typedef struct Place {
  int after;         /* the word before; END: any */
  int first, second; /* both can stand here */
  const char *what;
} Place;

/* The first that fits says it best.  Where a name can stand, so can most words
 * of the language, so names come before these. */
static const Place places[] = {
    {T_END, T_A_SUM, T_NAME, "a value, such as `£50` or `high`"},
    {T_END, T_OPENING, T_DIMENSION,
     "a condition, such as `context gift is token`"},
    {T_CONSULT, T_NAME, T_NAME, "who to talk to, such as `supervisor`"},
    {T_BY, T_NAME, T_NAME, "who has to agree, such as `manager`"},
    {T_CITES, T_NAME, T_NAME, "the name of a source"},
    {T_MUST, T_NAME, T_NAME, "what kind of duty it is, such as `record`"},
    {T_ALWAYS, T_NAME, T_NAME, "what kind of duty it is, such as `record`"},
    {T_END, T_FULL_NAME, T_NAME, "the name of a rule"},
    {T_END, T_NAME, T_NAME, "a name"},
    {T_END, T_PROCEED, T_TENSION,
     "what is expected, such as `proceed with care`"},
    {T_END, T_PROCEED, T_CONSULT,
     "a finding, such as `proceed with care` or `hold`"},
    {T_END, T_OPENING, T_OPENING, "a list in brackets"},
    {T_END, T_IS, T_INCLUDES, "what is tested, such as `is high`"},
    {T_END, T_MONEY, T_ONE,
     "its type, such as `yes or no` or `one of low < high`"},
    {T_A, T_RECORD, T_DATE, "`number`, `duration`, `date` or `record`"},
    {T_END, T_A_SUM, T_A_NUMBER, "an amount, such as `50` or `£50`"},
    {T_END, T_TEXT, T_DIMENSION, "a text in quotes"},
    {T_END, T_TEXT, T_TEXT, "a text in quotes"},
    {T_END, T_DIMENSION, T_DIMENSION, "a fact, such as `context gift`"},
    {T_END, T_LAW, T_TEAM, "`law`, `regulator`, `organisation` or `team`"},
    {T_END, T_A_DAY, T_A_DAY, "a date, such as `2026-11-23`"},
    {T_END, T_CURRENCY, T_CURRENCY, "a currency: `GBP`, `EUR` or `USD`"},
    {T_END, T_A_NUMBER, T_THIS, "a length of time, such as `12 months`"},
    {T_END, T_A_NUMBER, T_A_NUMBER, "a number"},
    {T_END, T_UNIT, T_UNIT, "a unit of time, such as `days` or `months`"},
};

/* The words that could stand here, a few of them: "`and`, `or` or `then`". */
static Text list_choices(Parse *parse) {
  static const int kinds[] = {
      T_OF, T_LEAST, T_MOST, T_TO, T_IN, T_IS, T_THAN, T_AGO, T_BEFORE,
      T_AFTER, T_AND, T_OR, T_CLOSING, T_COMMA, T_LESS_THAN, T_WITH, T_WITHIN,
      T_EVERY, T_WHEN, T_THEN, T_COUNTS, T_BECAUSE, T_MUST, T_CITES, T_VERSION,
      T_OWNER, T_GIVEN, T_EXPECT, T_RULE, T_FORCE, T_FROM, T_REVIEW, T_UNSURE,
      T_CARE, T_AGREED, T_BY, T_ACTING, T_TIME, T_EXCEPTIONS, T_CHECKED,
      T_EXCUSE, T_AGREE, T_MAY, T_BE, T_AHEAD, T_CALENDAR, T_MONTH, T_STEPS,
      T_UP, T_MONEY, T_DURATIONS, T_BACK, T_HARM, T_MET, T_SETTLED, T_NO,
      T_YES, T_BOUNDARY, T_EVERYWHERE, T_DEFINE};
  const char *found[CHOICES_MOST];
  uint32_t count = 0, table_count;
  const Keyword *table = keyword_table(&table_count);
  Buffer out = {.arena = parse->arena};

  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    const char *spelling = kinds[i] == T_COMMA     ? ","
                           : kinds[i] == T_CLOSING ? ")"
                                                   : "<";

    if (count == CHOICES_MOST || !parse_accepts(parse, kinds[i])) continue;
    for (uint32_t k = 0; k < table_count; k++)
      if (table[k].kind == kinds[i]) spelling = table[k].spelling;
    found[count++] = spelling;
  }
  for (uint32_t i = 0; i < count; i++)
    buffer_format(&out, "%s`%s`",
                  i == 0           ? ""
                  : i + 1 == count ? " or "
                                   : ", ",
                  found[i]);
  return buffer_text(&out);
}

static Text call_wanted(Parse *parse) {
  int before = parse_past(parse, 0)->kind;

  if (parse->lead.kind == T_DECLARED && parse->lead_age == 1
      && parse_accepts(parse, T_TEXT))
    return TEXT("its question in quotes");
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    const Place *place = &places[i];

    if (place->after != T_END && place->after != before) continue;
    if (parse_accepts(parse, place->first)
        && parse_accepts(parse, place->second))
      return text_of(place->what);
  }
  return list_choices(parse);
}

/* -------------------------------------------------------- misspelt words */

/* The nearest word of the language, of those that `fits` lets pass. */
static const Keyword *nearest(Parse *parse, Text wanted,
                              bool (*fits)(Parse *, const Keyword *)) {
  uint32_t count, kept = 0;
  const Keyword *table = keyword_table(&count);
  Text *names = ARENA_ARRAY(parse->arena, count, Text);
  const Keyword **words = ARENA_ARRAY(parse->arena, count, const Keyword *);
  int found;

  for (uint32_t i = 0; i < count; i++) {
    if (!fits(parse, &table[i])) continue;
    names[kept] = text_of(table[i].spelling);
    words[kept++] = &table[i];
  }
  found = text_nearest(wanted, names, kept);
  return found < 0 ? NULL : words[found];
}

/* Rules are meant even where they cannot stand. */
static bool starts_rule(int kind) {
  return kind == T_RULE || kind == T_NEVER || kind == T_EXCEPTION
         || kind == T_HOLDING_BACK || kind == T_OTHERWISE;
}

static bool fits_rule(Parse *parse, const Keyword *word) {
  (void)parse;
  return starts_rule(word->kind);
}

static bool fits_here(Parse *parse, const Keyword *word) {
  if (word->kind == T_DIMENSION)
    return parse_accepts(parse, T_DIMENSION)
           || parse_accepts(parse, T_DECLARED);
  if (word->kind == T_SIGNS)
    return parse_accepts(parse, T_SIGNS)
           || parse_accepts(parse, T_SIGNS_DECLARED);
  if (word->kind == T_PROMISE)
    return parse_accepts(parse, T_PROMISE) || parse_accepts(parse, T_PROMISED);
  if (word->kind == T_ASSUME)
    return parse_accepts(parse, T_ASSUME) || parse_accepts(parse, T_ASSUMED);
  return parse_accepts(parse, word->kind);
}

static bool is_dimension(Parse *parse, const Keyword *word) {
  (void)parse;
  return word->kind == T_DIMENSION;
}

/* Words that a name follows. */
static bool wants_name(int kind) {
  return kind == T_DIMENSION || kind == T_POLICY || kind == T_SOURCE
         || kind == T_DEFINE || kind == T_SIGNS || kind == T_EMERGENCY
         || kind == T_BOUNDARY || kind == T_RULE || kind == T_NEVER
         || kind == T_EXCEPTION || kind == T_HOLDING_BACK || kind == T_CITES;
}

const Keyword *mistake_find_meant(Parse *parse, const Token *token) {
  const Keyword *meant;

  if (token->kind != T_NAME) return NULL;
  if (!token->fresh && habit_is_word(token)) return NULL;
  meant = nearest(parse, token->value.T_NAME.text, fits_here);
  if (!meant && token->fresh)
    meant = nearest(parse, token->value.T_NAME.text, fits_rule);
  if (meant && wants_name(meant->kind)
      && parse_peek(parse, 1)->kind == T_TEXT)
    return NULL;
  return meant;
}

void mistake_report_meant(Parse *parse, const Token *token,
                          const Keyword *meant) {
  Text found = quote(parse, token->span);
  Text help = text_format(parse->arena, "Did you mean `%s`?",
                          meant->spelling);

  parse_report(parse, 131, token->span, help.at,
               "%.*s is not a word that can stand here.", TEXT_ARG(found));
}

/* ------------------------------------------------------- reserved words */

static const Keyword *find_reserved(const Token *token) {
  const Keyword *word;

  if (token->kind == T_END || token->kind == T_TEXT) return NULL;
  word = keyword_find(token->value.T_NAME.text);
  return word && word->instead ? word : NULL;
}

/* Whether the reserved word `token` begins what it always begins. */
static bool begins_clause(Parse *parse, const Token *token) {
  int after = parse_peek(parse, 1)->kind;

  if (token->fresh) return true;
  switch (token->kind) {
    case T_AND: case T_OR: case T_NOT: case T_DIMENSION:
      return true;
    case T_BECAUSE: case T_INSTEAD: case T_REFLECT: case T_ACT: case T_WEIGH:
      return after == T_TEXT;
    case T_WHEN:
      return after == T_DIMENSION || after == T_OPENING || after == T_NOT;
    case T_THEN:
      return after == T_PROCEED || after == T_CONSULT || after == T_HOLD;
    case T_FROM: case T_UNTIL: case T_ON:
      return after == T_A_DAY || after == T_A_NUMBER || after == T_A_SUM;
    default:
      return false;
  }
}

bool mistake_is_name(Parse *parse, const Token *token) {
  bool word = token->kind >= T_POLICY && token->kind <= T_DIMENSION;

  return word && find_reserved(token) && parse_accepts(parse, T_NAME)
         && !begins_clause(parse, token);
}

void mistake_report_name(Parse *parse, const Token *token) {
  const Keyword *word = find_reserved(token);
  Text help = text_format(parse->arena, "Use another name, such as `%s`.",
                          word->instead);

  if (token->kind == T_UNKNOWN)
    parse_report(parse, 138, token->span, help.at,
                 "`unknown` is never a name: it says that a fact is not"
                 " known.");
  else if (token->kind == T_INTENTION)
    parse_report(parse, 137, token->span, NULL,
                 "`intention` is never a name: a good intention does not undo"
                 " harm to the person.");
  else
    parse_report(parse, 132, token->span, help.at,
                 "`%s` is a word of the language, so it cannot be a name.",
                 word->spelling);
}

/* --------------------------------------------------------- other mistakes */

/* `contxt gift`: a dimension that was taken for the name of a define. */
static bool report_dimension(Parse *parse, const Token *token) {
  const Token *before = parse_past(parse, 0);
  const Keyword *meant;
  Text help, found;

  if (!parse->past_count || before->kind != T_NAME || token->fresh
      || token->kind == T_TEXT)
    return false;
  meant = nearest(parse, before->value.T_NAME.text, is_dimension);
  if (!meant) return false;
  found = quote(parse, before->span);
  help = text_format(parse->arena, "Did you mean `%s`?", meant->spelling);
  parse_report(parse, 131, before->span, help.at,
               "%.*s is not a word that can stand here.", TEXT_ARG(found));
  return true;
}

static bool report_habit(Parse *parse, const Token *token) {
  const char *help;

  if (token->fresh || !parse->past_count) return false;
  help = habit_help(parse, token);
  if (!help) return false;
  parse_report(parse, 130, token->span, help,
               "%.*s%.*s cannot stand after %.*s.",
               TEXT_ARG(call_construct(parse)),
               TEXT_ARG(call_token(parse, token)), TEXT_ARG(call_past(parse)));
  return true;
}

static bool report_special(Parse *parse, const Token *token) {
  int before = parse_past(parse, 0)->kind;

  if (token->kind == T_CLOSING && !parse->bracket_count) {
    parse_report(parse, 134, token->span, "Leave it out, or add a `(`.",
                 "There is no open bracket that this one closes.");
  } else if (before == T_INTENTION) {
    parse_report(parse, 137, parse_past(parse, 0)->span,
                 "Ask what may happen or has happened, such as a `risk` or an"
                 " `impact`.",
                 "There is no fact for `intention`: a good intention does not"
                 " undo harm to the person.");
  } else if (token->kind == T_LESS_THAN && parse_accepts(parse, T_IS)) {
    parse_report(parse, 123, token->span, "Write `is below`.",
                 "Stile has words for `<` in conditions.");
  } else if (token->kind == T_DIMENSION && parse_accepts(parse, T_AND)
             && !habit_is_word(parse_past(parse, 0))) {
    parse_report(parse, 130, token->span,
                 "Join two tests with `and` or `or`; a new fact has its"
                 " question in quotes after its name.",
                 "Is an `and` or `or` missing before `%.*s`?",
                 TEXT_ARG(token->value.T_NAME.text));
  } else if (parse->lead.kind == T_PROMISED && parse_accepts(parse, T_SILENT)
             && !parse_accepts(parse, T_NAME)) {
    parse_report(parse, 145, token->span,
                 "Say which answer it is, such as `promise never when` or"
                 " `promise at least consult when`.",
                 "This promise does not say what it promises.");
  } else if (starts_rule(token->kind) && parse_accepts(parse, T_BOUNDARY)) {
    parse_report(parse, 143, token->span,
                 "Open one before it, such as `boundary gifts \"Accepting a"
                 " gift\"`.",
                 "This `%.*s` stands in no boundary.",
                 TEXT_ARG(token->value.T_NAME.text));
  } else {
    return report_dimension(parse, token) || report_habit(parse, token);
  }
  return true;
}

/* Where what was read could be whole: the word is one too many. */
static void report_surplus(Parse *parse, const Token *token) {
  Text found = call_token(parse, token);
  Text choices = list_choices(parse);
  Text construct = call_construct(parse);
  Text help = text_format(parse->arena, "Here could stand %.*s.",
                          TEXT_ARG(choices));

  if (token->kind == T_IF && parse_accepts(parse, T_WHEN))
    help = TEXT("Write `when`.");
  if (!parse->past_count)
    parse_report(parse, 130, token->span,
                 "A policy starts with `policy NAME \"Title\"`.",
                 "No line starts with %.*s.", TEXT_ARG(found));
  else if (token->fresh)
    parse_report(parse, 130, token->span, help.at,
                 "%.*sno line starts with %.*s here.", TEXT_ARG(construct),
                 TEXT_ARG(found));
  else
    parse_report(parse, 130, token->span, help.at,
                 "%.*s%.*s cannot stand after %.*s.", TEXT_ARG(construct),
                 TEXT_ARG(found), TEXT_ARG(call_past(parse)));
}

void mistake_report(Parse *parse, const Token *token) {
  Text found, wanted;
  bool text = parse_accepts(parse, T_TEXT);

  if (report_special(parse, token)) return;
  if (parse_accepts(parse, T_END)) {
    report_surplus(parse, token);
    return;
  }
  found = call_token(parse, token);
  wanted = call_wanted(parse);
  parse_report(parse, 130, token->span,
               text ? "What people read stands between `\"` and `\"`." : NULL,
               "%.*safter %.*s comes %.*s, but here stands %.*s.",
               TEXT_ARG(call_construct(parse)), TEXT_ARG(call_past(parse)),
               TEXT_ARG(wanted), TEXT_ARG(found));
}

#include "compiler/habit.h"

/* Whether one of the last words taken is of this kind. */
static bool is_past(const Parse *parse, int kind) {
  for (uint32_t i = 0; i < parse->past_count; i++)
    if (parse_past(parse, i)->kind == kind) return true;
  return false;
}

/* `is own car`: the last word and this one were meant as one name, or two. */
static const char *help_names(Parse *parse, const Token *token) {
  Text one = parse_past(parse, 0)->value.T_NAME.text;
  Text other = token->value.T_NAME.text;
  Text help =
      parse_accepts(parse, T_COMMA)
          ? text_format(parse->arena,
                        "A name is one word, such as `%.*s-%.*s`. Between two"
                        " names stands a comma.",
                        TEXT_ARG(one), TEXT_ARG(other))
          : text_format(parse->arena,
                        "A name is one word, such as `%.*s-%.*s`. For two"
                        " values, write `is one of %.*s, %.*s`.",
                        TEXT_ARG(one), TEXT_ARG(other), TEXT_ARG(one),
                        TEXT_ARG(other));
  return help.at;
}

/* A name that is none in Stile, but a word of English. */
typedef struct Habit {
  const char *word, *help;
} Habit;

static const char *help_word(Text word) {
  static const Habit habits[] = {
      {"the", "Leave `the` out."},
      {"pounds", "Money is written `£5` or `£12.50`."},
      {"pound", "Money is written `£5` or `£12.50`."},
      {"pence", "Money is written `£5` or `£12.50`."},
      {"euros", "Money is written `€5` or `€12.50`."},
      {"dollars", "Money is written `$5` or `$12.50`."},
      {"exceeds", "Write `is above`."},
      {"over", "Write `is above`."},
      {"under", "Write `is below`."},
      {"equals", "Write `is`."},
      {"contains", "Write `includes`."},
      {"does", "A test goes with `is` or `includes`, such as `is at most"
               " £50`."},
      {"has", "A test goes with `is` or `includes`, such as `includes"
              " supervisor`."}};

  for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
    if (text_equal(word, text_of(habits[i].word))) return habits[i].help;
  return NULL;
}

static bool is_word_past(const Parse *parse, const char *word) {
  const Token *before = parse_past(parse, 0);

  return before->kind == T_NAME
         && text_equal(before->value.T_NAME.text, text_of(word));
}

static bool is_type_after_a(int kind) {
  return kind == T_NUMBER || kind == T_DURATION || kind == T_DATE
         || kind == T_RECORD;
}

/* `context value at most £50`: the verb is missing after a fact. */
static const char *help_verb(Parse *parse, const Token *token) {
  switch (token->kind) {
    case T_AT: case T_ABOVE: case T_BELOW: case T_BEFORE: case T_AFTER:
    case T_WITHIN: case T_MORE: case T_LESS: case T_ONE: case T_NOT:
    case T_A_SUM: case T_A_NUMBER: case T_A_DAY: case T_YES: case T_NO:
    case T_FROM:
      return parse_accepts(parse, T_IS) ? "Put `is` before it." : NULL;
    case T_ANY: case T_ALL: case T_NONE:
      return parse_accepts(parse, T_INCLUDES) ? "Put `includes` before it."
                                              : NULL;
    default:
      return NULL;
  }
}

/* ------------------------------------------------------- one habit each */

/* How to mend `token` if it is this habit; else NULL. */
typedef const char *Help(Parse *parse, const Token *token);

static bool is_amount(const Token *token) {
  return token->kind == T_A_SUM || token->kind == T_A_NUMBER;
}

/* `when the context gift` */
static const char *help_the(Parse *parse, const Token *token) {
  (void)token;
  return is_word_past(parse, "the") ? "Leave `the` out." : NULL;
}

/* `is token, handmade` */
static const char *help_values(Parse *parse, const Token *token) {
  return token->kind == T_COMMA && is_past(parse, T_IS)
                 && parse_accepts(parse, T_AND)
             ? "For several values, write `is one of token, handmade`."
             : NULL;
}

/* `consult manager or colleague` */
static const char *help_people(Parse *parse, const Token *token) {
  int asked = parse_past(parse, 1)->kind;
  Text one = parse_past(parse, 0)->value.T_NAME.text;

  if ((token->kind != T_AND && token->kind != T_OR)
      || !(is_past(parse, T_CONSULT) || is_past(parse, T_BY)
           || is_past(parse, T_OF)))
    return NULL;
  if ((asked == T_CONSULT || asked == T_BY)
      && parse_peek(parse, 1)->kind == T_NAME)
    return text_format(parse->arena, "Write `%s of %.*s, %.*s`.",
                       token->kind == T_AND ? "all" : "any", TEXT_ARG(one),
                       TEXT_ARG(parse_peek(parse, 1)->value.T_NAME.text)).at;
  return text_format(parse->arena, "Put a comma in place of `%s`.",
                     token->kind == T_AND ? "and" : "or").at;
}

/* `value is high` */
static const char *help_dimension(Parse *parse, const Token *token) {
  return (token->kind == T_IS || token->kind == T_INCLUDES)
                 && parse_past(parse, 0)->kind == T_NAME
                 && parse_accepts(parse, T_AND)
             ? "A fact is written with its dimension, such as"
               " `context value`."
             : NULL;
}

/* `is more than £50`, `is less than high`: only days are so compared. */
static const char *help_than(Parse *parse, const Token *token) {
  bool more = parse_past(parse, 1)->kind == T_MORE;

  if (parse_past(parse, 0)->kind != T_THAN
      || (token->kind != T_A_SUM && token->kind != T_NAME
          && token->kind != T_NONE))
    return NULL;
  return text_format(parse->arena, "Write `is %s %.*s`.",
                     more ? "above" : "below",
                     TEXT_ARG(parse_words(parse, token->span))).at;
}

/* `is between £5 and £50` */
static const char *help_between(Parse *parse, const Token *token) {
  return is_amount(token) && is_word_past(parse, "between")
             ? "For all that lies between, write `is from £5 to £50`."
             : NULL;
}

/* `from 2026-01-01 to 2026-12-31` */
static const char *help_until(Parse *parse, const Token *token) {
  return token->kind == T_TO && is_past(parse, T_FROM)
             ? "Write `until` on a line of its own."
             : NULL;
}

/* `is over 50` */
static const char *help_compared(Parse *parse, const Token *token) {
  static const struct {
    const char *word, *test;
  } tests[] = {{"over", "above"},   {"under", "below"},
               {"max", "at most"},  {"maximum", "at most"},
               {"min", "at least"}, {"minimum", "at least"}};

  if (!is_amount(token) || parse_past(parse, 0)->kind != T_NAME
      || !is_past(parse, T_IS))
    return NULL;
  for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
    if (is_word_past(parse, tests[i].word))
      return text_format(parse->arena, "Write `is %s %.*s`.", tests[i].test,
                         TEXT_ARG(parse_words(parse, token->span))).at;
  return "Compare amounts with `is above`, `is below`, `is at least` or"
         " `is at most`.";
}

/* `cites handbook section 4` */
static const char *help_cited(Parse *parse, const Token *token) {
  return parse_past(parse, 1)->kind == T_CITES && parse_accepts(parse, T_TEXT)
             ? text_format(parse->arena,
                           "Which part of it stands in quotes, such as"
                           " `cites %.*s \"%.*s …\"`.",
                           TEXT_ARG(parse_past(parse, 0)->value.T_NAME.text),
                           TEXT_ARG(parse_words(parse, token->span))).at
             : NULL;
}

/* `version 1.0` */
static const char *help_quoted(Parse *parse, const Token *token) {
  return token->kind == T_A_NUMBER && parse_accepts(parse, T_TEXT)
                 && !parse_accepts(parse, T_AND)
             ? text_format(parse->arena, "Put it in quotes: `\"%.*s\"`.",
                           TEXT_ARG(parse_words(parse, token->span))).at
             : NULL;
}

/* `is own car` */
static const char *help_two_names(Parse *parse, const Token *token) {
  return token->kind == T_NAME && parse_past(parse, 0)->kind == T_NAME
                 && (is_past(parse, T_IS) || parse_accepts(parse, T_COMMA))
             ? help_names(parse, token)
             : NULL;
}

/* `is yes/no` */
static const char *help_yes_no(Parse *parse, const Token *token) {
  return token->kind == T_FULL_NAME && parse_accepts(parse, T_MONEY)
                 && text_equal(token->value.T_FULL_NAME.text, TEXT("yes/no"))
             ? "Write `yes or no`."
             : NULL;
}

/* `is number from 0 to 20` */
static const char *help_article(Parse *parse, const Token *token) {
  return is_type_after_a(token->kind) && parse_accepts(parse, T_A)
             ? text_format(parse->arena, "Write `is a %.*s`.",
                           TEXT_ARG(token->value.T_NAME.text)).at
             : NULL;
}

bool habit_is_word(const Token *token) {
  return token->kind == T_NAME && help_word(token->value.T_NAME.text);
}

static const char *help_english(Parse *parse, const Token *token) {
  return habit_is_word(token) && !parse_accepts(parse, T_TEXT)
             ? help_word(token->value.T_NAME.text)
             : NULL;
}

const char *habit_help(Parse *parse, const Token *token) {
  static Help *const helps[] = {
      habit_date,     help_the,     help_values, help_people,
      help_dimension, help_than,    help_between, help_until,
      help_compared,  help_cited,   help_quoted, help_two_names,
      help_yes_no,    help_article, help_english, help_verb};

  for (size_t i = 0; i < sizeof helps / sizeof *helps; i++) {
    const char *help = helps[i](parse, token);

    if (help) return help;
  }
  return NULL;
}

bool habit_lacks_verb(Parse *parse) {
  int after;

  if (parse->next->kind != T_FROM || parse->next->fresh) return false;
  after = parse_peek(parse, 1)->kind;
  return (after == T_A_SUM || after == T_A_NUMBER)
         && parse_accepts(parse, T_AND) && parse_accepts(parse, T_IS);
}

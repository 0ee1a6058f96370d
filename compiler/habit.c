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
static const char *help_verb(Parse *parse, int kind) {
  switch (kind) {
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

const char *habit_help(Parse *parse, const Token *token) {
  bool joint = token->kind == T_AND || token->kind == T_OR;
  bool amount = token->kind == T_A_SUM || token->kind == T_A_NUMBER;
  int before = parse_past(parse, 0)->kind;

  if (token->kind == T_COMMA && is_past(parse, T_IS)
      && parse_accepts(parse, T_AND))
    return "For several values, write `is one of token, handmade`.";
  if (joint && (is_past(parse, T_CONSULT) || is_past(parse, T_BY)
                || is_past(parse, T_OF)))
    return "People are listed with commas, such as `all of supervisor,"
           " colleague`.";
  if ((token->kind == T_IS || token->kind == T_INCLUDES) && before == T_NAME
      && parse_accepts(parse, T_AND))
    return "A fact is written with its dimension, such as `context value`.";
  if (token->kind == T_A_SUM && before == T_THAN)
    return "Write `is above £50` or `is below £50`.";
  if (amount && is_word_past(parse, "between"))
    return "For all that lies between, write `is from £5 to £50`.";
  if (token->kind == T_TO && is_past(parse, T_FROM))
    return "Write `until` on a line of its own.";
  if (amount && before == T_NAME && is_past(parse, T_IS))
    return "Compare amounts with `is above`, `is below`, `is at least` or"
           " `is at most`.";
  if (token->kind == T_NAME && before == T_NAME
      && (is_past(parse, T_IS) || parse_accepts(parse, T_COMMA)))
    return help_names(parse, token);
  if (is_type_after_a(token->kind) && parse_accepts(parse, T_A))
    return text_format(parse->arena, "Write `is a %.*s`.",
                       TEXT_ARG(token->value.T_NAME.text)).at;
  if (token->kind == T_NAME && help_word(token->value.T_NAME.text))
    return help_word(token->value.T_NAME.text);
  return help_verb(parse, token->kind);
}

bool habit_lacks_verb(Parse *parse) {
  int after;

  if (parse->next->kind != T_FROM || parse->next->fresh) return false;
  after = parse_peek(parse, 1)->kind;
  return (after == T_A_SUM || after == T_A_NUMBER)
         && parse_accepts(parse, T_AND) && parse_accepts(parse, T_IS);
}

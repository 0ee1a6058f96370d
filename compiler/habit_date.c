/* Dates as people say them: `1 December 2026`, `Dec 1st, 2026`. */
#include "compiler/habit.h"

enum { SHORT_MONTH = 3, YEAR_LEAST = 1000, WORDS_MOST = 6 };

/* What could be read of a date; 0: not said. */
typedef struct WordedDate {
  int year, month, day;
} WordedDate;

/* The month of this name, or of its first letters; 0 if it is none. */
static int find_month(Text word) {
  static const char *const names[] = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};

  if (word.length < SHORT_MONTH) return 0;
  for (int i = 0; i < 12; i++)
    if (text_starts(text_of(names[i]), word)) return i + 1;
  return 0;
}

/* The digits that `text` starts with, as a number of up to four. */
static int leading_number(Text text) {
  int number = 0;

  for (uint32_t i = 0; i < text.length && i < 4; i++) {
    if (text.at[i] < '0' || text.at[i] > '9') break;
    number = number * 10 + (text.at[i] - '0');
  }
  return number;
}

/* Takes one word of a date; false if it is none, or comes twice. */
static bool take_word(Parse *parse, const Token *token, WordedDate *date) {
  bool name = token->kind == T_NAME || token->kind == T_MAY;
  int number = name ? find_month(token->value.T_NAME.text)
                    : leading_number(parse_words(parse, token->span));
  int *part = name                   ? &date->month
              : number >= YEAR_LEAST ? &date->year
                                     : &date->day;

  if (*part) return false;
  *part = number;
  return number != 0;
}

static bool is_filler(const Token *token) {
  return token->kind == T_COMMA || token->kind == T_OF
         || (token->kind == T_NAME
             && text_equal(token->value.T_NAME.text, TEXT("the")));
}

/* The date in the words from `token` on, and before it if that is a month. */
static WordedDate read_date(Parse *parse, Token token) {
  WordedDate date = {0};
  const Token *before = parse_past(parse, 0);

  for (uint32_t i = 1; i <= WORDS_MOST; i++) {
    if (!is_filler(&token) && !take_word(parse, &token, &date)) break;
    if (i == 1 && date.month && before->kind == T_A_NUMBER && !token.fresh)
      take_word(parse, before, &date);
    token = *parse_peek(parse, i);
    if (token.fresh) break;
  }
  return date;
}

const char *habit_date(Parse *parse, const Token *token) {
  bool after_number = parse_past(parse, 0)->kind == T_A_NUMBER;
  Buffer help = {.arena = parse->arena};
  WordedDate date;
  Day day;

  if (!after_number && !parse_accepts(parse, T_A_DAY)) return NULL;
  date = read_date(parse, *token);
  if (!date.month) return NULL;
  if (!date.day || !date.year)
    return "A date has a year, a month and a day, such as `2026-11-23`.";
  if (!day_make(date.year, date.month, date.day, &day))
    return "There is no such day in the calendar.";
  buffer_put_c(&help, "Write `");
  day_print(&help, day);
  buffer_put_c(&help, "`.");
  return buffer_text(&help).at;
}

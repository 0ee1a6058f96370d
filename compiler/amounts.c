#include "compiler/amounts.h"

#include <string.h>

/* ------------------------------------------------------------ the pieces */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static Text text_at(const Scan *scan, Span span) {
  return (Text){scan->text.at + span.start, span.end - span.start};
}

static Literal *make_literal(Scan *scan, LiteralKind kind, Span span) {
  Literal *literal = ARENA_NEW(scan->arena, Literal);

  literal->kind = kind;
  literal->span = span;
  literal->text = text_at(scan, span);
  return literal;
}

static void report(Scan *scan, uint16_t code, Span span, const char *help,
                   const char *message) {
  Text text = text_at(scan, span);
  Diagnostic *one = scan_report(scan, code, span,
                                "`%.*s` %s", TEXT_ARG(text), message);

  if (help) diagnostic_help(scan->diagnostics, one, "%s", help);
}

static Text without_commas(Arena *arena, Text number) {
  Buffer out = {.arena = arena};

  for (uint32_t i = 0; i < number.length; i++)
    if (number.at[i] != ',') buffer_put_char(&out, number.at[i]);
  return buffer_text(&out);
}

/* The first number in `text`, as "-1250.5": commas between digits left out.
 * Empty if there is none. */
static Text first_number(Scan *scan, Text text) {
  uint32_t i = 0, start;
  bool point = false, comma = false;

  while (i < text.length && !is_digit(text.at[i])) i++;
  start = i && text.at[i - 1] == '-' ? i - 1 : i;
  for (; i < text.length; i++) {
    bool more = i + 1 < text.length && is_digit(text.at[i + 1]);
    char c = text.at[i];

    if (c == ',' && more && !point) comma = true;
    else if (c == '.' && more && !point) point = true;
    else if (!is_digit(c)) break;
  }
  text = (Text){text.at + start, i - start};
  return comma ? without_commas(scan->arena, text) : text;
}

/* Reads into millionths; what cannot be is reported and leaves 0. */
static void read_number(Scan *scan, Text digits, Literal *literal) {
  switch (number_read(digits, &literal->amount)) {
    case NUMBER_FINE:
      return;
    case NUMBER_TOO_FINE:
      report(scan, 114, literal->span, "Numbers have up to six decimal places.",
             "has too many decimal places.");
      break;
    case NUMBER_TOO_LARGE:
      report(scan, 115, literal->span,
             "Numbers go up to 1000000000000 (a million million).",
             "is too large.");
      break;
    case NUMBER_MALFORMED:
      report(scan, 113, literal->span, "Write numbers like `12` or `1.5`.",
             "is not a number that can be read.");
      break;
  }
  literal->amount = 0;
  literal->poisoned = true;
}

/* --------------------------------------------------------------- numbers */

int amounts_number(Scan *scan, const char *text, Value *value, Span *span) {
  Literal *literal = make_literal(scan, LITERAL_NUMBER, *span);
  Text digits = first_number(scan, literal->text);
  Text help = TEXT_NONE;
  bool comma = strchr(text, ','), percent = strchr(text, '%');

  if (comma || percent)
    help = text_format(scan->arena, "Write `%.*s`.", TEXT_ARG(digits));
  if (comma)
    report(scan, 113, *span, help.at,
           "has a comma in it; numbers are written without.");
  if (percent)
    report(scan, 119, *span, help.at,
           "has a percent sign; Stile has plain numbers only.");
  read_number(scan, digits, literal);
  value->T_A_NUMBER = literal;
  return T_A_NUMBER;
}

/* The letters that stand last in `text`: "month" of "12-month". */
static Text tail_word(Text text) {
  uint32_t at = text.length;

  while (at && text.at[at - 1] >= 'a' && text.at[at - 1] <= 'z') at--;
  return (Text){text.at + at, text.length - at};
}

/* `12-month`, `12months`: a number, and a unit that waits to be the next. */
static int give_duration(Scan *scan, Value *value, Span *span, Text digits,
                         Text unit) {
  Span number = {span->file, span->start, span->start + digits.length};
  Text many = text_of(unit_name(unit_find(unit), true));
  Text help = text_format(scan->arena, "Write `%.*s %.*s`, with a space.",
                          TEXT_ARG(digits), TEXT_ARG(many));

  report(scan, 122, *span, help.at, "is not how a length of time is written.");
  value->T_A_NUMBER = make_literal(scan, LITERAL_NUMBER, number);
  read_number(scan, digits, value->T_A_NUMBER);
  scan->waiting.kind = text_equal(unit, TEXT("month")) ? T_MONTH : T_UNIT;
  scan->waiting.span = (Span){span->file, span->end - unit.length, span->end};
  scan->waiting.value.T_UNIT = (Word){unit, scan->waiting.span};
  scan->waiting.fresh = false;
  span->end = number.end;
  return T_A_NUMBER;
}

/* What is wrong with a number run into other things, by its look. */
static void report_mixed(Scan *scan, Span span, Text digits) {
  Text text = text_at(scan, span);
  Text rest = {text.at + digits.length, text.length - digits.length};
  Text help;

  if (rest.length > 1 && rest.at[0] == '-' && is_digit(rest.at[1])) {
    help = text_format(scan->arena, "Write `from %.*s to %.*s`.",
                       TEXT_ARG(digits), (int)rest.length - 1, rest.at + 1);
    report(scan, 118, span, help.at, "is not how a range is written.");
  } else if (memchr(text.at, ',', text.length)) {
    report(scan, 113, span,
           "Write `1.5` for one and a half, `1, 5` for two numbers, and"
           " thousands without commas.",
           "is not a number that can be read.");
  } else if (is_digit(text.at[text.length - 1]) && rest.at[0] == '.') {
    report(scan, 113, span, "Write numbers like `12` or `1.5`.",
           "is not a number that can be read.");
  } else {
    report(scan, 126, span,
           "A name starts with a letter; a number has a space after it.",
           "starts like a number and goes on like a name.");
  }
}

int amounts_mixed(Scan *scan, const char *text, Value *value, Span *span) {
  Text whole = text_at(scan, *span);
  Text digits = first_number(scan, whole);
  Text unit = tail_word(whole);
  bool hyphen = digits.length + unit.length + 1 == whole.length
                && whole.at[digits.length] == '-';

  (void)text;
  if (unit_find(unit) != UNIT_NONE
      && (hyphen || digits.length + unit.length == whole.length))
    return give_duration(scan, value, span, digits, unit);
  report_mixed(scan, *span, digits);
  value->T_A_NUMBER = make_literal(scan, LITERAL_NUMBER, *span);
  value->T_A_NUMBER->poisoned = true;
  return T_A_NUMBER;
}

/* ----------------------------------------------------------------- money */

static Currency currency_of_sign(const char *text) {
  if (strstr(text, "\xC2\xA3") || strstr(text, "GBP")) return GBP;
  if (strstr(text, "\xE2\x82\xAC") || strstr(text, "EUR")) return EUR;
  return USD;
}

static void read_sum(Scan *scan, Text digits, Literal *literal) {
  int64_t minor = 0;

  read_number(scan, digits, literal);
  if (literal->poisoned) return;
  if (literal->amount < 0) {
    report(scan, 117, literal->span, "Money is 0 or more.",
           "is below nothing.");
    literal->poisoned = true;
  } else if (!money_from_number(literal->amount, &minor)) {
    report(scan, 116, literal->span,
           "Money has up to two decimal places, such as `£12.50`.",
           "is not a whole number of pence or cents.");
    literal->poisoned = true;
  }
  literal->amount = literal->poisoned ? 0 : minor;
}

/* The sum as it should be written. */
static Text sum_text(Scan *scan, Currency currency, Text digits) {
  static const char *const sign[CURRENCY_COUNT] = {
      "", "\xC2\xA3", "\xE2\x82\xAC", "$"};

  return text_format(scan->arena, "%s%.*s", sign[currency],
                     TEXT_ARG(digits));
}

/* Reports a sum that is not written as `good`. */
static void check_sum(Scan *scan, Literal *literal, Text digits, Text good) {
  Text help = text_format(scan->arena, "Write `%.*s`.", TEXT_ARG(good));
  const char *dash = literal->text.length > 1
                         ? memchr(literal->text.at + 1, '-',
                                  literal->text.length - 1)
                         : NULL;

  if (text_equal(literal->text, good)) return;
  if (dash && digits.at[0] != '-')
    report(scan, 118, literal->span,
           "Write `from £50 to £100`, with your amounts.",
           "is not how a range is written.");
  else if (memchr(literal->text.at, ',', literal->text.length))
    report(scan, 113, literal->span, help.at,
           "has a comma in it; numbers are written without.");
  else
    report(scan, 117, literal->span, help.at,
           "is not how money is written.");
}

int amounts_sum(Scan *scan, const char *text, Value *value, Span *span) {
  Literal *literal = make_literal(scan, LITERAL_MONEY, *span);
  Text digits = first_number(scan, literal->text);

  value->T_A_SUM = literal;
  literal->currency = currency_of_sign(text);
  if (!digits.length) {
    report(scan, 117, *span, "Write the amount after it, such as `£50`.",
           "stands alone.");
    literal->poisoned = true;
    return T_A_SUM;
  }
  check_sum(scan, literal, digits,
            sum_text(scan, literal->currency, digits));
  read_sum(scan, digits, literal);
  return T_A_SUM;
}

int amounts_coded(Scan *scan, const char *text, Value *value, Span *span) {
  Literal *literal = make_literal(scan, LITERAL_MONEY, *span);
  Text code = {literal->text.at + literal->text.length - 3, 3};
  Text digits = first_number(scan, literal->text);

  literal->currency = currency_find(code);
  value->T_A_SUM = literal;
  if (literal->currency == CURRENCY_NONE) {
    literal->currency = GBP;
    literal->poisoned = true;
    report(scan, 125, *span, "Stile knows `GBP`, `EUR` and `USD`.",
           "is in a currency that Stile does not know.");
    return T_A_SUM;
  }
  if (strchr(text, ','))
    report(scan, 113, *span, "Leave the comma out.",
           "has a comma in it; numbers are written without.");
  read_sum(scan, digits, literal);
  return T_A_SUM;
}

int amounts_currency(Scan *scan, const char *text, Value *value) {
  (void)scan;
  value->T_CURRENCY = currency_find(text_of(text));
  return T_CURRENCY;
}

/* ----------------------------------------------------------------- dates */

/* Reads up to four digits at *at and steps over them. */
static int read_part(Text text, uint32_t *at) {
  int part = 0;

  while (*at < text.length && is_digit(text.at[*at]) && part < 10000)
    part = part * 10 + (text.at[(*at)++] - '0');
  ++*at;
  return part;
}

/* A date in another form, such as 2026-1-5, 5/1/2026 or 2026/01/05, in ours;
 * DAY_NONE if it cannot be told. */
static Day other_form(Text text) {
  uint32_t at = 0;
  int a = read_part(text, &at), b = read_part(text, &at);
  int c = read_part(text, &at);
  Day day = DAY_NONE;

  if (at < text.length || (a < 1000) == (c < 1000)) return DAY_NONE;
  if (a >= 1000) day_make(a, b, c, &day);
  else day_make(c, b, a, &day);
  return day;
}

int amounts_date(Scan *scan, const char *text, Value *value, Span *span) {
  Literal *literal = make_literal(scan, LITERAL_DATE, *span);
  bool formed = literal->text.length == 10 && text[4] == '-' && text[7] == '-';
  Day day = DAY_NONE;
  Buffer help = {.arena = scan->arena};

  value->T_A_DAY = literal;
  if (!day_read(literal->text, &day)) {
    day = formed ? DAY_NONE : other_form(literal->text);
    buffer_put_c(&help, "Write ");
    if (day) buffer_put_char(&help, '`'), day_print(&help, day);
    else buffer_put_c(&help, "year, month and day, such as `2026-11-23");
    buffer_put_c(&help, "`.");
    report(scan, formed ? 120 : 121, *span, buffer_text(&help).at,
           formed ? "is not a day of the calendar."
                  : "is not how a date is written.");
  }
  literal->amount = day;
  literal->poisoned = day == DAY_NONE;
  return T_A_DAY;
}

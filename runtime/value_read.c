/* One value of a fact from text: by the fact's type, never by its looks. */
#include "runtime/value_read.h"

#include <string.h>

#include "runtime/terms.h"

#define VALUES_SHOWN 20

Reading reading_make(Arena *arena, const Image *image, uint32_t fact,
                     Day as_of, Diagnostics *diagnostics)
{
  return (Reading){arena, image, fact, &image->facts.at[fact], as_of,
                   diagnostics};
}

Text fact_phrase(Arena *arena, const Image *image, uint32_t fact)
{
  const Fact *one = &image->facts.at[fact];
  return text_format(arena, "%s %.*s",
                     term_dimension((Dimension)one->dimension),
                     TEXT_ARG(image_text(image, one->name)));
}

static Text phrase(const Reading *reading)
{
  return fact_phrase(reading->arena, reading->image, reading->fact_index);
}

static Text value_name(const Reading *reading, uint32_t value)
{
  const Value *at = &reading->image->values.at[reading->fact->values.first];
  return image_text(reading->image, at[value].name);
}

Text reading_values(const Reading *reading)
{
  Buffer out = {.arena = reading->arena};
  uint32_t count = reading->fact->values.count;
  uint32_t shown = count > VALUES_SHOWN ? VALUES_SHOWN : count;
  const Speech *speech = reading->diagnostics->speech;
  if (reading->fact->type == TYPE_YES_NO)
    return speech_format(reading->arena, speech, "`yes` or `no`");
  for (uint32_t i = 0; i < shown; i++) {
    if (i > 0)
      buffer_put_c(&out, i + 1 == count ? speech_words(speech, N_(" or "))
                                        : ", ");
    buffer_format(&out, "`%.*s`", TEXT_ARG(value_name(reading, i)));
  }
  if (shown < count)
    buffer_put(&out, speech_format(reading->arena, speech, " or %u more",
                                   count - shown));
  return buffer_text(&out);
}

/* ---------------------------------------------------------- named values */

static bool tell_value(const Reading *reading, const Atom *atom)
{
  Text nearest = TEXT_NONE, list = reading_values(reading);
  uint32_t count = reading->fact->values.count;
  Text *names = ARENA_ARRAY(reading->arena, count, Text);
  for (uint32_t i = 0; i < count; i++) names[i] = value_name(reading, i);
  int near = text_nearest(atom->text, names, count);
  if (near >= 0) nearest = names[near];
  Diagnostic *one = diagnostic_error(
      reading->diagnostics, E_VALUE, atom->span,
      "`%.*s` is not a value of `%.*s`.", TEXT_ARG(atom->text),
      TEXT_ARG(phrase(reading)));
  if (atom->text.length && memchr(atom->text.at, ',', atom->text.length))
    diagnostic_help(reading->diagnostics, one,
                    "Write several values as a list: `[one, two]`. They can "
                    "be %.*s.", TEXT_ARG(list));
  else if (!text_is_none(nearest))
    diagnostic_help(reading->diagnostics, one,
                    "Did you mean `%.*s`? It can be %.*s.",
                    TEXT_ARG(nearest), TEXT_ARG(list));
  else
    diagnostic_help(reading->diagnostics, one, "It can be %.*s.",
                    TEXT_ARG(list));
  return false;
}

static bool read_named(const Reading *reading, const Atom *atom,
                       int64_t *value)
{
  for (uint32_t i = 0; i < reading->fact->values.count; i++) {
    if (!text_equal(atom->text, value_name(reading, i))) continue;
    *value = i;
    return true;
  }
  return tell_value(reading, atom);
}

static bool read_yes_no(const Reading *reading, const Atom *atom,
                        int64_t *value)
{
  bool yes = text_equal(atom->text, TEXT("yes")) ||
             text_equal(atom->text, TEXT("true"));
  bool no = text_equal(atom->text, TEXT("no")) ||
            text_equal(atom->text, TEXT("false"));
  *value = yes;
  return yes || no || tell_value(reading, atom);
}

/* --------------------------------------------------------------- amounts */

/* An example of how a value of this type is written. */
static Text example_of(const Reading *reading, FactType type)
{
  Buffer out = {.arena = reading->arena};
  if (type == TYPE_MONEY)
    money_print(&out, 1250, (Currency)reading->fact->currency);
  else if (type == TYPE_DURATION)
    buffer_format(&out, "6 %s",
                  unit_name((Unit)reading->fact->unit, true));
  else
    buffer_put_c(&out, type == TYPE_DATE ? "2026-11-23" : "12");
  return buffer_text(&out);
}

static bool tell_form(const Reading *reading, FactType type, const Atom *atom)
{
  static const char *const words[TYPE_COUNT] = {
    [TYPE_NUMBER] = N_("a number"), [TYPE_MONEY] = N_("an amount of money"),
    [TYPE_DURATION] = N_("a length of time"), [TYPE_DATE] = N_("a date"),
  };
  Diagnostic *one = diagnostic_error(
      reading->diagnostics, E_FORM, atom->span,
      "`%.*s` cannot be read as %s.", TEXT_ARG(atom->text),
      words[type] ? words[type] : N_("a value"));
  diagnostic_help(reading->diagnostics, one,
                  type == TYPE_DATE
                      ? N_("Write the year first, and two digits for the "
                           "month and the day: `%.*s`.")
                      : N_("Write it like `%.*s`, with no commas in the "
                           "number and no other words."),
                  TEXT_ARG(example_of(reading, type)));
  return false;
}

static bool tell_step(const Reading *reading, const Atom *atom,
                      const char *help)
{
  Diagnostic *one = diagnostic_error(
      reading->diagnostics, E_STEP, atom->span,
      "`%.*s` is finer than `%.*s` can be.", TEXT_ARG(atom->text),
      TEXT_ARG(phrase(reading)));
  diagnostic_help(reading->diagnostics, one, "%s", help);
  return false;
}

static bool read_number(const Reading *reading, FactType type,
                        const Atom *atom, Text text, int64_t *millionths)
{
  switch (number_read(text, millionths)) {
  case NUMBER_FINE: return true;
  case NUMBER_TOO_FINE:
    return tell_step(reading, atom, N_("Numbers have at most six places."));
  case NUMBER_TOO_LARGE:
    diagnostic_help(reading->diagnostics,
                    diagnostic_error(reading->diagnostics, E_BOUNDS,
                                     atom->span, "`%.*s` is too large.",
                                     TEXT_ARG(atom->text)),
                    "Numbers go up to 1000000000000.");
    return false;
  case NUMBER_MALFORMED:
  default: return tell_form(reading, type, atom);
  }
}

/* Takes a currency's sign or name off the amount. */
static Currency strip_currency(Text *text)
{
  static const struct { const char *sign; Currency currency; } signs[] = {
    {"£", GBP}, {"€", EUR}, {"$", USD},
  };
  for (int i = 0; i < 3; i++) {
    Text sign = text_of(signs[i].sign);
    if (!text_starts(*text, sign)) continue;
    text->at += sign.length;
    text->length -= sign.length;
    return signs[i].currency;
  }
  if (text->length < 5 || text->at[text->length - 4] != ' ')
    return CURRENCY_NONE;
  Currency currency =
      currency_find((Text){text->at + text->length - 3, 3});
  if (currency) text->length -= 4;
  return currency;
}

static bool read_money(const Reading *reading, const Atom *atom,
                       int64_t *minor)
{
  Text number = atom->text;
  int64_t millionths;
  Currency declared = (Currency)reading->fact->currency;
  Currency written = strip_currency(&number);
  if (!read_number(reading, TYPE_MONEY, atom, number, &millionths))
    return false;
  if (written && written != declared) {
    Diagnostic *one = diagnostic_error(
        reading->diagnostics, E_CURRENCY, atom->span,
        "`%.*s` is in %s, but `%.*s` is in %s.", TEXT_ARG(atom->text),
        currency_name(written), TEXT_ARG(phrase(reading)),
        currency_name(declared));
    diagnostic_help(reading->diagnostics, one,
                    "Give what it is worth in %s, like `%.*s`.",
                    currency_name(declared),
                    TEXT_ARG(example_of(reading, TYPE_MONEY)));
    return false;
  }
  return money_from_number(millionths, minor) ||
         tell_step(reading, atom, N_("Money has at most two places."));
}

static bool tell_unit(const Reading *reading, const Atom *atom)
{
  bool months = unit_family((Unit)reading->fact->unit) == FAMILY_MONTHS;
  Diagnostic *one = diagnostic_error(
      reading->diagnostics, E_UNIT, atom->span,
      "`%.*s` does not say a length of time that fits `%.*s`.",
      TEXT_ARG(atom->text), TEXT_ARG(phrase(reading)));
  diagnostic_help(reading->diagnostics, one,
                  "Give it in %s, like `%.*s`.",
                  months ? N_("months or years")
                         : N_("minutes, hours, days or weeks"),
                  TEXT_ARG(example_of(reading, TYPE_DURATION)));
  return false;
}

static bool read_duration(const Reading *reading, const Atom *atom,
                          int64_t *amount)
{
  Text number = atom->text, word = TEXT_NONE;
  int64_t count;
  const char *space =
      number.length ? memchr(number.at, ' ', number.length) : NULL;
  if (space) {
    number.length = (uint32_t)(space - number.at);
    word = (Text){space + 1, atom->text.length - number.length - 1};
  }
  if (!read_number(reading, TYPE_DURATION, atom, number, &count))
    return false;
  Unit unit = unit_find(word);
  if (unit == UNIT_NONE && word.length)
    return tell_form(reading, TYPE_DURATION, atom);
  Family family = unit_family((Unit)reading->fact->unit);
  if (unit == UNIT_NONE || unit_family(unit) != family)
    return tell_unit(reading, atom);
  return duration_make(count, unit, amount) ||
         tell_step(reading, atom,
                   family == FAMILY_MONTHS
                       ? N_("Give a whole number of months.")
                       : N_("Give a whole number of minutes."));
}

/* ----------------------------------------------------------------- dates */

static bool looks_like_date(Text text)
{
  for (uint32_t i = 0; i < text.length; i++) {
    bool dash = i == 4 || i == 7;
    char c = text.at[i];
    if (dash ? c != '-' : c < '0' || c > '9') return false;
  }
  return text.length == 10;
}

bool value_read_day(const Reading *reading, const Atom *atom, Day *day)
{
  if (day_read(atom->text, day)) return true;
  if (!looks_like_date(atom->text))
    return tell_form(reading, TYPE_DATE, atom);
  Diagnostic *one = diagnostic_error(reading->diagnostics, E_DATE, atom->span,
                                     "There is no such day as `%.*s`.",
                                     TEXT_ARG(atom->text));
  diagnostic_help(reading->diagnostics, one,
                  "Look at the month and the day.");
  return false;
}

static bool read_date(const Reading *reading, const Atom *atom,
                      int64_t *value)
{
  Day day;
  Buffer today = {.arena = reading->arena};
  if (!value_read_day(reading, atom, &day)) return false;
  *value = day;
  if (day <= reading->as_of || reading->fact->may_be_ahead) return true;
  day_print(&today, reading->as_of);
  Diagnostic *one = diagnostic_error(
      reading->diagnostics, E_AHEAD, atom->span,
      "`%.*s` is still ahead: the day asked about is %.*s.",
      TEXT_ARG(atom->text), TEXT_ARG(buffer_text(&today)));
  diagnostic_help(reading->diagnostics, one,
                  "`%.*s` says what has been; leave it out if it has not.",
                  TEXT_ARG(phrase(reading)));
  return false;
}

/* ---------------------------------------------------------------- bounds */

static Text amount_text(const Reading *reading, FactType type, int64_t value)
{
  Buffer out = {.arena = reading->arena};
  const Fact *fact = reading->fact;
  if (type == TYPE_MONEY)
    money_print(&out, value, (Currency)fact->currency);
  else if (type == TYPE_DURATION)
    speech_duration(&out, reading->diagnostics->speech, value,
                    (Unit)fact->unit);
  else
    number_print(&out, value);
  return buffer_text(&out);
}

static bool check_bounds(const Reading *reading, FactType type,
                         const Atom *atom, int64_t value)
{
  const Fact *fact = reading->fact;
  if (value >= fact->low && value <= fact->high) {
    if (fact->step <= 1 || (value - fact->low) % fact->step == 0) return true;
    Text step = amount_text(reading, type, fact->step);
    return tell_step(reading, atom,
                     speech_format(reading->arena,
                                   reading->diagnostics->speech,
                                   "It goes in steps of %.*s.",
                                   TEXT_ARG(step)).at);
  }
  Diagnostic *one = diagnostic_error(
      reading->diagnostics, E_BOUNDS, atom->span,
      "`%.*s` is outside what `%.*s` can be.", TEXT_ARG(atom->text),
      TEXT_ARG(phrase(reading)));
  diagnostic_help(reading->diagnostics, one, "It goes from %.*s to %.*s.",
                  TEXT_ARG(amount_text(reading, type, fact->low)),
                  TEXT_ARG(amount_text(reading, type, fact->high)));
  return false;
}

bool value_read_one(const Reading *reading, FactType type, const Atom *atom,
                    int64_t *value)
{
  switch (type) {
  case TYPE_YES_NO: return read_yes_no(reading, atom, value);
  case TYPE_SCALE:
  case TYPE_CHOICE:
  case TYPE_SET: return read_named(reading, atom, value);
  case TYPE_DATE: return read_date(reading, atom, value);
  case TYPE_NUMBER:
    return read_number(reading, type, atom, atom->text, value) &&
           check_bounds(reading, type, atom, *value);
  case TYPE_MONEY:
    return read_money(reading, atom, value) &&
           check_bounds(reading, type, atom, *value);
  case TYPE_DURATION:
    return read_duration(reading, atom, value) &&
           check_bounds(reading, type, atom, *value);
  case TYPE_RECORD:
  case TYPE_COUNT:
  default: return false;
  }
}

/* What is given for a fact: one value, several possible ones, a range, the
 * members of a set, the events of a record. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "runtime/value_read.h"

static Text phrase(const Reading *reading)
{
  return fact_phrase(reading->arena, reading->image, reading->fact_index);
}

static bool tell(const Reading *reading, uint16_t code, Span span,
                 const char *message, const char *help)
{
  Text name = phrase(reading);
  Diagnostic *one = diagnostic_error(reading->diagnostics, code, span,
                                     "`%.*s` %s.", TEXT_ARG(name), message);
  diagnostic_help(reading->diagnostics, one, "%s", help);
  return false;
}

/* ---------------------------------------------------------------- ranges */

/* Where " to " starts in the text; false if it is nowhere. */
static bool find_to(Text text, const char *word, uint32_t *at)
{
  Text wanted = text_of(word);
  for (uint32_t i = 0; i + wanted.length <= text.length; i++) {
    Text rest = {text.at + i, text.length - i};
    if (!text_starts(rest, wanted)) continue;
    *at = i;
    return true;
  }
  return false;
}

/* A part of an atom, with its own place if the atom has one. */
static Atom part_of(const Atom *atom, uint32_t start, uint32_t end)
{
  while (start < end && atom->text.at[start] == ' ') start++;
  while (end > start && atom->text.at[end - 1] == ' ') end--;
  Atom part = {{atom->text.at + start, end - start}, atom->span, false};
  if (atom->span.file &&
      atom->span.end - atom->span.start == atom->text.length) {
    part.span.end = atom->span.start + end;
    part.span.start = atom->span.start + start;
  }
  return part;
}

static bool has_order(uint32_t type)
{
  return type == TYPE_SCALE || type == TYPE_NUMBER || type == TYPE_MONEY ||
         type == TYPE_DURATION || type == TYPE_DATE;
}

static bool read_range(const Reading *reading, const Atom *atom, uint32_t at,
                       ValueSpan *span)
{
  FactType type = (FactType)reading->fact->type;
  Atom low = part_of(atom, 0, at);
  Atom high = part_of(atom, at + 4, atom->text.length);
  bool fine = value_read_one(reading, type, &low, &span->low);
  if (!value_read_one(reading, type, &high, &span->high) || !fine)
    return false;
  return span->low <= span->high ||
         tell(reading, E_RANGE, atom->span,
              N_("is given from more to less"),
              N_("Write the lower end first: `A to B`."));
}

bool value_read_span(const Reading *reading, const Atom *atom, ValueSpan *span)
{
  uint32_t at, type = reading->fact->type;
  bool range = type != TYPE_SET && find_to(atom->text, " to ", &at);
  if (range && !has_order(type))
    return tell(reading, E_RANGE, atom->span,
                N_("has no order, so it cannot be given as a range"),
                N_("Name every value that it may have: `[one, two]`."));
  if (range) return read_range(reading, atom, at, span);
  if (!value_read_one(reading, (FactType)type, atom, &span->low))
    return false;
  span->high = span->low;
  return true;
}

/* --------------------------------------------------------------- records */

static bool tell_later(const Reading *reading, const Atom *date)
{
  Buffer today = {.arena = reading->arena};
  day_print(&today, reading->as_of);
  Diagnostic *one = diagnostic_error(
      reading->diagnostics, E_LATER, date->span,
      "This happened on %.*s, after the day asked about, %.*s.",
      TEXT_ARG(date->text), TEXT_ARG(buffer_text(&today)));
  diagnostic_help(reading->diagnostics, one,
                  "Check the date, or set `as-of` to a later day.");
  return false;
}

bool event_make(const Reading *reading, const Atom *date, const Atom *amount,
                Event *event)
{
  int64_t value = 1;
  bool fine = true;
  if (amount)
    fine = value_read_one(reading, (FactType)reading->fact->item, amount,
                          &value);
  if (!value_read_day(reading, date, &event->day)) return false;
  event->amount = value;
  if (event->day > reading->as_of) return tell_later(reading, date);
  return fine;
}

bool event_read(const Reading *reading, const Atom *atom, Event *event)
{
  uint32_t at;
  bool dates = reading->fact->item == TYPE_DATE;
  bool on = find_to(atom->text, " on ", &at);
  if (dates && !on) return event_make(reading, atom, NULL, event);
  if (dates || !on)
    return tell(reading, E_EVENT, atom->span,
                dates ? N_("is a list of dates, without amounts")
                      : N_("needs an amount and a date for each event"),
                dates ? N_("Write only the date, like `2026-02-01`.")
                      : N_("Write `{date: 2026-02-01, amount: …}`."));
  Atom amount = part_of(atom, 0, at);
  Atom date = part_of(atom, at + 4, atom->text.length);
  return event_make(reading, &date, &amount, event);
}

static bool read_events(const Reading *reading, const Atom *atoms,
                        uint32_t count, Given *given)
{
  bool fine = true;
  given->events = ARENA_ARRAY(reading->arena, count, Event);
  for (uint32_t i = 0; i < count; i++)
    fine = event_read(reading, &atoms[i], &given->events[i]) && fine;
  given->event_count = count;
  return fine;
}

/* ------------------------------------------------------------------ sets */

static bool tell_again(const Reading *reading, const Atom *atom)
{
  Diagnostic *one = diagnostic_error(
      reading->diagnostics, E_AGAIN, atom->span,
      "`%.*s` is given twice for `%.*s`.", TEXT_ARG(atom->text),
      TEXT_ARG(phrase(reading)));
  diagnostic_help(reading->diagnostics, one, "Once is enough.");
  return false;
}

static bool read_members(const Reading *reading, const Atom *atoms,
                         uint32_t count, Given *given)
{
  bool fine = true;
  for (uint32_t i = 0; i < count; i++) {
    ValueSpan value;
    if (!value_read_span(reading, &atoms[i], &value)) {
      fine = false;
      continue;
    }
    uint64_t bit = UINT64_C(1) << value.low;
    if (given->members & bit) fine = tell_again(reading, &atoms[i]);
    given->members |= bit;
  }
  return fine;
}

/* ---------------------------------------------------------------- values */

typedef struct Found {
  ValueSpan value;
  const Atom *atom;
} Found;

static int compare_values(ValueSpan a, ValueSpan b)
{
  if (a.low != b.low) return a.low < b.low ? -1 : 1;
  if (a.high != b.high) return a.high < b.high ? -1 : 1;
  return 0;
}

static int compare_found(const void *a, const void *b)
{
  const Found *one = a, *other = b;
  int order = compare_values(one->value, other->value);
  if (order) return order;
  return one->atom < other->atom ? -1 : 1;
}

/* Sorted, and spans that touch each other made one. */
static bool keep_spans(const Reading *reading, Found *found, uint32_t count,
                       Given *given)
{
  bool fine = true;
  given->spans = ARENA_ARRAY(reading->arena, count, ValueSpan);
  qsort(found, count, sizeof *found, compare_found);
  for (uint32_t i = 0; i < count; i++) {
    ValueSpan value = found[i].value;
    ValueSpan *last = &given->spans[given->span_count - (i > 0)];
    if (i > 0 && compare_values(found[i - 1].value, value) == 0)
      fine = tell_again(reading, found[i].atom);
    if (i > 0 && value.low <= last->high) {
      if (value.high > last->high) last->high = value.high;
      continue;
    }
    given->spans[given->span_count++] = value;
  }
  return fine;
}

static bool read_values(const Reading *reading, const Atom *atoms,
                        uint32_t count, Given *given)
{
  uint32_t found_count = 0;
  Found *found = ARENA_ARRAY(reading->arena, count, Found);
  for (uint32_t i = 0; i < count; i++) {
    Found *one = &found[found_count];
    one->atom = &atoms[i];
    found_count += value_read_span(reading, &atoms[i], &one->value);
  }
  return keep_spans(reading, found, found_count, given) &&
         found_count == count;
}

/* ---------------------------------------------------------------- givens */

static bool is_support(const Reading *reading)
{
  return reading->fact->dimension == SUPPORT;
}

static bool tell_support(const Reading *reading, Span span)
{
  return tell(reading, E_SUPPORT, span,
              N_("says what has been done, so it is known"),
              N_("Say exactly what has been done. What is left out counts as "
                 "not done."));
}

static bool check_unknown(const Reading *reading, const Atom *atoms,
                          uint32_t count, bool list)
{
  for (uint32_t i = 0; i < count; i++) {
    if (!atoms[i].unknown) continue;
    if (is_support(reading)) return tell_support(reading, atoms[i].span);
    if (!list) return true;
    return tell(reading, E_MIXED, atoms[i].span,
                N_("cannot be unknown and have values at once"),
                N_("Name only what is possible, or say `unknown` alone."));
  }
  return true;
}

static bool check_count(const Reading *reading, const Atom *atoms,
                        uint32_t count, bool list)
{
  uint32_t type = reading->fact->type;
  if (type == TYPE_SET || type == TYPE_RECORD) return true;
  if (!count)
    return tell(reading, E_NOTHING, atoms[0].span,
                N_("is given no value at all"),
                N_("Give a value, or say `unknown`."));
  if (list && count > 1 && is_support(reading))
    return tell_support(reading, atoms[0].span);
  return true;
}

static bool is_none(const Reading *reading, const Atom *atom)
{
  uint32_t type = reading->fact->type;
  return (type == TYPE_SET || type == TYPE_RECORD) &&
         text_equal(atom->text, TEXT("none"));
}

static Text joined(const Reading *reading, const Atom *atoms, uint32_t count)
{
  Buffer out = {.arena = reading->arena};
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) buffer_put_c(&out, ", ");
    buffer_put(&out, atoms[i].text);
  }
  return count ? buffer_text(&out) : TEXT("none");
}

bool given_make(const Reading *reading, const Atom *atoms, uint32_t count,
                bool list, Given *given)
{
  *given = (Given){.given = false};
  if (!check_unknown(reading, atoms, count, list)) return false;
  if (count == 1 && atoms[0].unknown) return true;
  if (!check_count(reading, atoms, count, list)) return false;
  if (count == 1 && is_none(reading, &atoms[0])) count = 0;
  bool fine;
  if (reading->fact->type == TYPE_RECORD)
    fine = read_events(reading, atoms, count, given);
  else if (reading->fact->type == TYPE_SET)
    fine = read_members(reading, atoms, count, given);
  else
    fine = read_values(reading, atoms, count, given);
  given->given = fine;
  given->text = joined(reading, atoms, count);
  return fine;
}

/* ---------------------------------------------------------- a person's text */

static bool is_amount(uint32_t type)
{
  return type == TYPE_NUMBER || type == TYPE_MONEY || type == TYPE_DURATION;
}

/* Does a comma here part two values?  One inside a number, `£1,000`, does
 * not. */
static bool parts_here(const Reading *reading, Text text, uint32_t at)
{
  uint32_t type = reading->fact->type, item = reading->fact->item;
  if (at == text.length) return true;
  if (text.at[at] != ',') return false;
  bool amount = is_amount(type == TYPE_RECORD ? item : type);
  return !amount || (at + 1 < text.length && text.at[at + 1] == ' ');
}

static uint32_t split(const Reading *reading, const Atom *whole, Atom *atoms)
{
  uint32_t start = 0, count = 0;
  for (uint32_t i = 0; i <= whole->text.length; i++) {
    if (!parts_here(reading, whole->text, i)) continue;
    Atom *atom = &atoms[count++];
    *atom = part_of(whole, start, i);
    atom->unknown = text_equal(atom->text, TEXT("unknown"));
    start = i + 1;
  }
  return count;
}

static bool check_letters(const Reading *reading, const Atom *atom)
{
  uint32_t offset;
  if (utf8_check(atom->text, &offset) == UTF8_FINE) return true;
  Diagnostic *one =
      diagnostic_error(reading->diagnostics, E_LETTERS, atom->span,
                       "This value holds a hidden character.");
  diagnostic_help(reading->diagnostics, one, "Take it out.");
  return false;
}

bool given_read(Arena *arena, const Image *image, uint32_t fact, Text text,
                Day as_of, Span span, Diagnostics *diagnostics, Given *given)
{
  Reading reading = reading_make(arena, image, fact, as_of, diagnostics);
  Atom whole = {text, span, false};
  *given = (Given){.given = false};
  if (!check_letters(&reading, &whole)) return false;
  whole.text = utf8_nfc(arena, text);
  Atom *atoms = ARENA_ARRAY(arena, (size_t)text.length + 1, Atom);
  uint32_t count = split(&reading, &whole, atoms);
  return given_make(&reading, atoms, count, count > 1, given);
}

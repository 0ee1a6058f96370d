/* Reading the values of one fact; shared by situations and single values. */
#ifndef STILE_RUNTIME_VALUE_READ_H
#define STILE_RUNTIME_VALUE_READ_H

#include "runtime/document.h"
#include "runtime/situation_read.h"

/* The codes of mistakes in situations; see also runtime/document.h. */
enum {
  E_EMPTY = 506, E_SHAPE = 507, E_KEY = 508, E_FACT = 509, E_BOUNDARY = 510,
  E_VALUE = 511, E_FORM = 512, E_CURRENCY = 513, E_UNIT = 514,
  E_BOUNDS = 515, E_STEP = 516, E_DATE = 517, E_AHEAD = 518, E_LATER = 519,
  E_EVENT = 520, E_AGAIN = 521, E_MIXED = 522, E_RANGE = 523,
  E_SUPPORT = 524, E_NOTHING = 525, E_TENSE = 526, E_EXPECTS = 527,
  E_EXPECTED = 528, E_SEVERAL = 529, E_WHICH = 530, W_IMPACT = 531
};

/* The fact whose values are read, and where mistakes are told. */
typedef struct Reading {
  Arena *arena;
  const Image *image;
  uint32_t fact_index;
  const Fact *fact;
  Day as_of;
  Diagnostics *diagnostics;
} Reading;

/* One value as written, and its place. */
typedef struct Atom {
  Text text;
  Span span;
  bool unknown;
} Atom;

Reading reading_make(Arena *arena, const Image *image, uint32_t fact,
                     Day as_of, Diagnostics *diagnostics);

/* "context gift" */
Text fact_phrase(Arena *arena, const Image *image, uint32_t fact);
/* "`none`, `some` or `high`" */
Text reading_values(const Reading *reading);

/* The fact of a dimension by its name; NONE, with a message, if none. */
uint32_t fact_find_in(Arena *arena, const Image *image, Dimension dimension,
                      Text name, Span span, Diagnostics *diagnostics);

/* One value, or a range `A to B`, of any type but records.  Sets: a member. */
bool value_read_span(const Reading *reading, const Atom *atom, ValueSpan *span);
/* One value of `type`: the fact's own, or the item of a record. */
bool value_read_one(const Reading *reading, FactType type, const Atom *atom,
                    int64_t *value);
bool value_read_day(const Reading *reading, const Atom *atom, Day *day);

/* "£30 on 2026-02-01" or, in a record of dates, "2026-02-01". */
bool event_read(const Reading *reading, const Atom *atom, Event *event);
/* The two halves of an event. */
bool event_make(const Reading *reading, const Atom *date, const Atom *amount,
                Event *event);

/* A fact's values from one atom or, with `list`, from several.  Even where
 * `count` is 0, atoms[0].span says where the list stands. */
bool given_make(const Reading *reading, const Atom *atoms, uint32_t count,
                bool list, Given *given);

#endif

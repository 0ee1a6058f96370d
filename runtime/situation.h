/* A situation: for each fact, the values that it may have. */
#ifndef STILE_RUNTIME_SITUATION_H
#define STILE_RUNTIME_SITUATION_H

#include "runtime/image.h"

typedef enum Tense { TENSE_PROPOSED, TENSE_UNDER_WAY, TENSE_HAPPENED } Tense;

/* From low to high, both included.  A single value has low == high. */
typedef struct ValueSpan {
  int64_t low, high;
} ValueSpan;

typedef struct Event {
  Day day;
  int64_t amount; /* minor units or minutes/months; 1 in a record of dates */
} Event;

typedef struct Given {
  bool given;       /* false: unknown (support: not done) */
  Text text;        /* as the person wrote it; none if not given */
  uint64_t members; /* sets: bit i is value i */
  ValueSpan *spans; /* other types but records: distinct, rising, one or more */
  uint32_t span_count;
  Event *events;    /* records: any order, none after the day asked about */
  uint32_t event_count;
} Given;

/* Values are numbered as in the image; numbers count millionths, money minor
 * units, durations minutes or months, dates days. */
typedef struct Situation {
  Given *facts;      /* one for each fact of the image */
  uint32_t boundary; /* or NONE: not named and not the only one */
  Day as_of;         /* always set */
  Tense tense;
  Text title, intention; /* none if not given */
} Situation;

/* An empty situation for the image: nothing known. */
void situation_init(Arena *arena, const Image *image, Day as_of,
                    Situation *situation);

/* Is this one value: a single span of one value, or a set or record given? */
bool given_is_exact(const Given *given);

/* Is the value, of a scale, choice or set, among what is given? */
bool given_has_value(const Fact *fact, const Given *given, uint32_t value);

/* An amount, number or date of the fact, or of its records, as a person writes
 * it. */
void fact_put_amount(Buffer *out, const Fact *fact, int64_t value);

/* A value as a person writes it: "token", "£12.50", "8 months".  `type` is the
 * fact's, or of a record the item's. */
void situation_put_value(Buffer *out, const Image *image, const Fact *fact,
               uint32_t type, int64_t value);

/* The situation of an example of the policy. */
void situation_from_example(Arena *arena, const Image *image, uint32_t example,
                            Situation *situation);

#endif

/* Situations from YAML or JSON, and single values from a person's text. */
#ifndef STILE_RUNTIME_SITUATION_READ_H
#define STILE_RUNTIME_SITUATION_READ_H

#include "base/diagnostic.h"
#include "runtime/situation.h"

/* What a case file expects of its situation; all none/false if not said. */
typedef struct Expected {
  bool any;
  bool has_verdict, has_settled, settled, has_in_force, has_duties;
  bool has_holding_back;
  Verdict verdict;
  uint32_t *in_force; /* rules: exactly or at least these: these are in force */
  uint32_t in_force_count;
  Text *duties;       /* tags of which a duty must stand */
  uint32_t duty_count;
  uint8_t holding_back; /* Three */
  Span span;
} Expected;

typedef struct Case {
  Situation situation;
  Expected expected;
  Span span; /* where the case starts */
} Case;

typedef Vec(Case) Cases;

/* Reads every situation of a YAML or JSON text (source number `file`, already
 * added).  Wrong names, values, types, units, keys, dates are diagnostics with
 * their place.  `today` is the day asked about where a situation names none.
 * True if there was no error. */
bool situation_read(Arena *arena, const Image *image, const Sources *sources,
                    uint32_t file, Day today, bool expects_allowed,
                    Diagnostics *diagnostics, Cases *cases);

/* What the command line says of a situation; it counts before the text. */
typedef struct SituationInput {
  const Image *image;
  const Sources *sources;
  uint32_t file;        /* its number in `sources` */
  Day today;            /* the day asked about if nobody names one */
  bool expects_allowed; /* `expect:` is read, not a mistake */
  Day as_of;            /* DAY_NONE: as the text says */
  bool has_tense;
  Tense tense;
  uint32_t boundary;    /* NONE: as the text says */
  bool looks_back;      /* `account` and `asked-on` are the caller's to read */
} SituationInput;

/* situation_read, with what is said beside the text. */
bool situation_read_input(Arena *arena, const SituationInput *input,
                          Diagnostics *diagnostics, Cases *cases);

/* Warns that an impact fact is given of something that has not happened. */
void situation_warn_impact(Arena *arena, const Image *image, uint32_t fact,
                           const Situation *situation, Span span,
                           Diagnostics *diagnostics);

/* Reads one value as a person gives it: "yes", "£200 to £250", "none",
 * "token, handmade" (several possible, or the members of a set), "unknown",
 * "£30 on 2026-02-01, £5 on 2026-03-01".  `span` is where to report. */
bool given_read(Arena *arena, const Image *image, uint32_t fact, Text text,
                Day as_of, Span span, Diagnostics *diagnostics, Given *given);

/* Finds "context.gift" or "context gift"; NONE, with a message that names the
 * nearest, if there is none. */
uint32_t fact_find(Arena *arena, const Image *image, Text name, Span span,
                   Diagnostics *diagnostics);
uint32_t boundary_find(const Image *image, Text name); /* NONE if none */

/* Tells that there is no boundary of that name, with the names there are. */
void situation_tell_boundary(Arena *arena, const Image *image, Text name,
                             Span span, Diagnostics *diagnostics);

#endif

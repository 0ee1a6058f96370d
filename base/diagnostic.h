/* Diagnostics: what is wrong with a person's policy, situation or image,
 * where it is, and how to mend it.
 *
 * A code's number is permanent.  Each has a page in docs/messages, shown by
 * `stile help E0103`, and a test.
 */
#ifndef STILE_BASE_DIAGNOSTIC_H
#define STILE_BASE_DIAGNOSTIC_H

#include "base/source.h"
#include "base/speech.h"

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING } Severity;

typedef struct Related {
  Span span;
  Text message;
  struct Related *next;
} Related;

typedef struct Diagnostic {
  uint16_t code; /* 103 is shown as E0103 or W0103 */
  Severity severity;
  Span span;
  Text message; /* one sentence: what is wrong, by its name */
  Text help;    /* how to mend it; may be none */
  Related *related;
  const Speech *speech; /* as of its list */
} Diagnostic;

/* One mistake, one message: a second one of the same code at the same place is
 * dropped (with no place: of the same code and words).  After `most` errors
 * (0: 100) the rest are counted, not kept; so are warnings after as many. */
typedef struct Diagnostics {
  Arena *arena;
  Vec(Diagnostic) list;
  uint32_t errors, warnings, most;
  const Speech *speech; /* the language of all that is added; NULL: English */
  Span furthest;    /* of those kept, by file and start */
  Diagnostic spare; /* what is handed out for one that is not kept */
} Diagnostics;

/* Adds one.  The result takes help and related places and is valid until the
 * next is added; it is never NULL. */
Diagnostic *diagnostic_error(Diagnostics *all, uint16_t code, Span span,
                             const char *format, ...)
    __attribute__((format(printf, 4, 5)));
Diagnostic *diagnostic_warning(Diagnostics *all, uint16_t code, Span span,
                               const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diagnostic_help(Diagnostics *all, Diagnostic *one, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diagnostic_relate(Diagnostics *all, Diagnostic *one, Span span,
                       const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* "error" or "warning". */
const char *diagnostic_kind(const Diagnostic *one);
/* In order of file and place; errors before warnings at one place. */
void diagnostic_sort(Diagnostics *all);

/* As text for people:
 *
 *   error E0103: There is no fact called `context gfit`.
 *     gifts.stile:12:8
 *      12 | when context gfit is token
 *         |      ^^^^^^^^^^^^
 *     Help: did you mean `context gift`?
 *
 * Lines keep to 80 columns where they can: long ones are cut around the span,
 * and words are wrapped.  Everything is made safe to print; there is no blank
 * line after it.  With `color`, escape sequences repeat what the words say. */
void diagnostic_print(Buffer *out, const Sources *sources,
                      const Diagnostic *one, bool color);

#endif

/* Fixed words in the language of a reader.
 *
 * The libraries write plain English and know of no language.  Who owns the
 * diagnostics may lend them a Speech, which knows the same words in another;
 * without one everything stays as it is written here.
 *
 * A speech sees phrases as translators do: "There is no fact called `%.*s`."
 * is asked for as "There is no fact called `{1}`.", so that places may change
 * their order.  What fills a place:
 *
 *   %.*s   a text of a person or a policy; it is never translated
 *   %s     words of the program, which are asked for as well; between
 *          backquotes it is a name, and stays
 *   %u %d %c %llu %zu
 */
#ifndef STILE_BASE_SPEECH_H
#define STILE_BASE_SPEECH_H

#include "base/calendar.h"

typedef struct Speech {
  /* The words in the other language; `english` itself if it has none. */
  const char *(*words)(const char *english);
  /* "2 days": `amount` millionths of the unit, not below 0. */
  Text (*length)(Arena *arena, int64_t amount, Unit unit);
} Speech;

#define SPEECH_PLACES 9

/* Marks words that are asked for elsewhere, so that po/words.sh finds them;
 * by the name that gettext's own manual gives it. */
#define N_(english) english

/* Each takes NULL for plain English. */
const char *speech_words(const Speech *speech, const char *english);
Text speech_format(Arena *arena, const Speech *speech, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
Text speech_format_list(Arena *arena, const Speech *speech,
                        const char *format, va_list list)
    __attribute__((format(printf, 3, 0)));
/* As duration_print. */
void speech_duration(Buffer *out, const Speech *speech, int64_t amount,
                     Unit unit);

/* The phrase with {1}, {2} … filled in; a place without a part stays. */
Text speech_fill(Arena *arena, const char *phrase, const Text *parts,
                 uint32_t count);

#endif

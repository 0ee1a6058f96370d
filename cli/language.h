/* The language that answers are given in.
 *
 * Only the program knows of languages; the libraries keep plain English, or ask
 * for words where they were lent a Speech (base/speech.h).  What a program
 * reads (JSON, codes, names, numbers) is the same in every language.
 * docs/translating.md tells translators how.
 */
#ifndef STILE_CLI_LANGUAGE_H
#define STILE_CLI_LANGUAGE_H

#include <stdbool.h>

#include "base/text.h"

/* Takes `--lang LANGUAGE` out of the command line, wherever it stands before
 * `--`, and chooses that language; without one, that of LANGUAGE, LC_ALL,
 * LC_MESSAGES or LANG if Stile knows it, else English.  Returns -1, or the
 * exit status of wrong use, which it tells. */
int language_choose(int *argc, char **argv);
/* From here on English, for what programs read. */
void language_plain(void);
/* "en", "cy". */
const char *language_code(void);
/* The one that was chosen with `--lang`; NULL if none was. */
const char *language_said(void);
/* "Welsh" for "cy"; NULL if Stile does not know the language. */
const char *language_name(const char *code);
/* A speaker has looked through its words. */
bool language_reviewed(void);

/* The text in the chosen language; itself if there is none. */
const char *language_text(const char *english);
Text language_words(const char *english);
/* What the system says of an error, as strerror does. */
const char *language_error(int error);
/* The form of it that goes with a number. */
const char *language_plural(const char *one, const char *many,
                            unsigned long number);

#endif

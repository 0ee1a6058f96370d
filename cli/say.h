/* Printing a sentence in the language spoken (cli/language.h). */
#ifndef STILE_CLI_SAY_H
#define STILE_CLI_SAY_H

#include <stdio.h>

#include "base/speech.h"

/* Prints as fprintf does.  What may be filled in, and what of it is looked up
 * as well, stands in base/speech.h. */
void say(FILE *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void say_list(FILE *out, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

#endif

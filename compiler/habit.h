/* What people write who think of another language, or of English. */
#ifndef STILE_COMPILER_HABIT_H
#define STILE_COMPILER_HABIT_H

#include "compiler/parser.h"

/* How to mend `token`, which cannot stand after the words before it on its
 * line; NULL if it is no such habit. */
const char *habit_help(Parse *parse, const Token *token);

/* Whether it is a word of English that is known here, and so no slip of the
 * pen in a word of Stile. */
bool habit_is_word(const Token *token);

/* As habit_help for a date in words at `token`, such as `1 December 2026`,
 * where a date can stand or a number was taken for a value (habit_date.c). */
const char *habit_date(Parse *parse, const Token *token);

/* Whether the next word is the `from` of `context value from £5 to £50`: by
 * the grammar it would start a line of its own. */
bool habit_lacks_verb(Parse *parse);

#endif

/* What people write who think of another language, or of English. */
#ifndef STILE_COMPILER_HABIT_H
#define STILE_COMPILER_HABIT_H

#include "compiler/parser.h"

/* How to mend `token`, which cannot stand after the words before it on its
 * line; NULL if it is no such habit. */
const char *habit_help(Parse *parse, const Token *token);

/* Whether the next word is the `from` of `context value from £5 to £50`: by
 * the grammar it would start a line of its own. */
bool habit_lacks_verb(Parse *parse);

#endif

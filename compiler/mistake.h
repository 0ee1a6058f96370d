/* What is said of a word that the grammar cannot take. */
#ifndef STILE_COMPILER_MISTAKE_H
#define STILE_COMPILER_MISTAKE_H

#include "compiler/parser.h"

/* The word of the language that an unknown word was probably meant to be, of
 * those that could stand here; NULL if none is near. */
const Keyword *mistake_find_meant(Parse *parse, const Token *token);
void mistake_report_meant(Parse *parse, const Token *token,
                          const Keyword *meant);

/* Whether a reserved word stands where its author wants a name. */
bool mistake_is_name(Parse *parse, const Token *token);
void mistake_report_name(Parse *parse, const Token *token);

/* Reports any other word that cannot stand here. */
void mistake_report(Parse *parse, const Token *token);

#endif

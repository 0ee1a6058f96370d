/* Leading words: those that start a line, and what else they could be. */
#ifndef STILE_COMPILER_LEAD_H
#define STILE_COMPILER_LEAD_H

#include "compiler/parser.h"

/* Does this kind of word start an item, a rule, a line of one of them? */
bool lead_is_block(int kind);
bool lead_is_rule(int kind);
bool lead_is_clause(int kind);
/* Words that start a line in some block, but may also be names. */
bool lead_is_soft(int kind);

/* Does a condition that is still open end before this word? */
bool lead_is_new_line(const Token *token);

/* Makes `need`, `signs`, `promise` or `assume`, if it is the next word, the
 * start of a declaration where it is one. */
void lead_classify(Parse *parse);

/* Whether this leading word is meant as one: `expect never` is not. */
bool lead_is_meant(const Parse *parse, const Token *token);

#endif

/* The words of the language: one table for the scanner, the messages and the
 * dump of tokens. */
#ifndef STILE_COMPILER_KEYWORD_H
#define STILE_COMPILER_KEYWORD_H

#include "base/text.h"

typedef struct Keyword {
  const char *spelling;
  uint32_t length;
  int kind;            /* the grammar's number for it */
  const char *instead; /* reserved words: a name to use instead; else NULL */
} Keyword;

/* Finds a word of the language; NULL for any other word. */
const Keyword *keyword_find(Text word);

/* The same by a hash, for the scanner, which looks up every word. */
enum { KEYWORD_SLOTS = 512 };

typedef struct KeywordIndex {
  uint8_t slots[KEYWORD_SLOTS]; /* the number of a word, from 1; 0: none */
} KeywordIndex;

void keyword_index_make(KeywordIndex *index);
const Keyword *keyword_look_up(const KeywordIndex *index, Text word);

/* The whole table, in order of spelling. */
const Keyword *keyword_table(uint32_t *count);

#endif

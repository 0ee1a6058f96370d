/* Lines of JSON as cases.
 *
 * A line is a situation (docs/language.md), or has facts at its top:
 * `"context.gift": "token"`, or what the mapping calls a column.  Plain lines
 * are read in one pass, and what followed a key in an earlier line is expected
 * there again.  All that is out of the ordinary goes the long way, through the
 * reader of situations.
 */
#ifndef STILE_CLI_BATCH_LINE_H
#define STILE_CLI_BATCH_LINE_H

#include "cli/batch_read.h"

enum { NEXT_BYTES = 64, NEXT_WAYS = 2, LINE_KEYS_MOST = 4096,
       KEY_TABLE = 8192 };

typedef struct LineKey LineKey;

/* What stood between the value of a key and the next value. */
typedef struct NextKey {
  char bytes[NEXT_BYTES];
  uint32_t length; /* UINT32_MAX: not known yet */
  uint32_t steps;  /* of 16 bytes, before the last one … */
  uint32_t bits;   /* … and of the bytes of that one, see quick_bits */
  LineKey *key;
  int8_t opened;   /* the dimension that was opened on the way; -1: none */
  bool quoted;
} NextKey;

/* A key at its place, which is the top or a dimension. */
struct LineKey {
  Text name;
  int8_t inside;  /* a dimension, or -1: at the top */
  bool is_text;   /* title, intention, notes */
  bool flat;      /* a fact at the top, a kept or an ignored one */
  Column column;  /* if it is no text */
  uint32_t kept;  /* which of those that are kept */
  uint64_t *seen; /* the last line that had it, or the same fact elsewhere */
  uint64_t own_seen;
  NextKey next[NEXT_WAYS];
};

/* Belongs to one thread. */
typedef struct LineReader {
  Arena *arena;
  const BatchReader *reader; /* its columns are the kept ones */
  LineKey **keys;            /* the first two: LINE_START, LINE_END */
  uint32_t key_count;
  uint32_t *table;           /* KEY_TABLE numbers of keys, by hash */
  uint64_t lines;
  uint64_t opened[DIMENSION_COUNT]; /* the last line that had it */
  uint64_t *facts;           /* the same of each fact */
} LineReader;

void line_reader_make(Arena *arena, const BatchReader *reader,
                      LineReader *lines);

enum { LINE_START, LINE_END };

/* One line, with QUICK_ROOM bytes behind it; what it takes lives in `arena`.
 * Returns what is wrong, or none. */
Text batch_read_line(Arena *arena, LineReader *lines, Text line,
                     ReadCase *one);

/* The number of a key; NONE if it means nothing. */
uint32_t line_key_find(LineReader *lines, int inside, Text name);

/* One pass.  False, and nothing said, if anything is out of the ordinary. */
bool line_read_quickly(Arena *arena, LineReader *lines, Text line,
                       ReadCase *one);

/* The long way. */
Text line_read_slowly(Arena *arena, LineReader *lines, Text line,
                      ReadCase *one);

#endif

/* The scanner: from the text of a file to its words, one at a time. */
#ifndef STILE_COMPILER_SCAN_H
#define STILE_COMPILER_SCAN_H

#include "base/diagnostic.h"
#include "compiler/build.h"
#include "compiler/grammar.h"
#include "compiler/keyword.h"

typedef union GRAMMAR_STYPE Value;

enum { ERRORS_TOLD = 1000 }; /* past these, mistakes are only counted */

typedef struct Token {
  int kind;    /* the grammar's number; T_END at the end, again and again */
  Value value; /* words: T_NAME; amounts: T_A_NUMBER */
  Span span;
  bool fresh;  /* the first on its line */
} Token;

typedef struct Scan {
  Arena *arena;
  Diagnostics *diagnostics;
  uint32_t file;
  Text text;
  void *flex;
  KeywordIndex keywords;
  uint32_t given;      /* bytes that flex has been given */
  uint32_t offset;     /* of the next byte */
  uint32_t open;       /* where the long text being read started */
  bool fresh;          /* nothing but space on this line so far */
  int last;            /* the kind of the word given last */
  Token waiting;       /* a second word made of one, if its kind is not END */
  uint32_t stray_end;  /* where the last stray character ended */
  uint32_t space_line; /* the end of the line whose odd space was reported */
} Scan;

/* Starts on `text`, which is UTF-8 without controls, as file number `file`.
 * Everything lives in `arena`; nothing is to be given back. */
void scan_open(Scan *scan, Arena *arena, Diagnostics *diagnostics,
               uint32_t file, Text text);

/* As diagnostic_error; past a thousand mistakes it only counts. */
Diagnostic *scan_report(Scan *scan, uint16_t code, Span span,
                        const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The next word.  Mistakes are reported; what was meant is given back. */
void scan_next(Scan *scan, Token *token);

#endif

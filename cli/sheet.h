/* A sheet: plain text for a person, in lines of a given width. */
#ifndef STILE_CLI_SHEET_H
#define STILE_CLI_SHEET_H

#include "base/text.h"

typedef struct Sheet {
  Buffer out;
  uint32_t width; /* 0: lines are not broken */
  bool color;     /* headings are bold as well */
} Sheet;

/* A sheet as wide as the terminal on stdout, but at most 80 columns. */
Sheet sheet_make(Arena *arena, bool color);
/* The heading of a part, after an empty line unless it is the first. */
void sheet_heading(Sheet *sheet, Text heading);
/* A paragraph whose lines all start with `indent` spaces. */
void sheet_put(Sheet *sheet, uint32_t indent, Text text);
/* A paragraph that starts with `mark` ("- ", "[ ] "), later lines below its
 * words. */
void sheet_item(Sheet *sheet, uint32_t indent, const char *mark, Text text);
void sheet_gap(Sheet *sheet);

/* The text as a sentence: safe to print, with a full stop if it ends in
 * none. */
Text sentence(Arena *arena, Text text);

#endif

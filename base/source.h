/* Source files and places in them. */
#ifndef STILE_BASE_SOURCE_H
#define STILE_BASE_SOURCE_H

#include "base/text.h"

/* Bytes [start, end) of file number `file`.  All zero: no place. */
typedef struct Span {
  uint32_t file; /* 1 is the first file; 0 is no place */
  uint32_t start, end;
} Span;

typedef struct Source {
  Text name; /* as shown in messages */
  Text text;
  uint32_t *lines; /* byte offset at which each line starts */
  uint32_t line_count;
} Source;

typedef struct Sources {
  Vec(Source) files; /* file number 1 is files.at[0] */
} Sources;

typedef struct Position {
  uint32_t line, column; /* from 1; columns count code points */
} Position;

/* Adds a file and finds its lines (LF or CR LF); returns its number.  `name`
 * and `text` are borrowed. */
uint32_t source_add(Arena *arena, Sources *sources, Text name, Text text);
/* NULL if there is no such file. */
const Source *source_get(const Sources *sources, uint32_t file);
/* The number of the line that `offset` stands in; quick where it is line `near`
 * or one soon after it. */
uint32_t source_line_at(const Source *source, uint32_t offset, uint32_t near);
Position source_position(const Source *source, uint32_t offset);
/* Line number `line`, without its end; empty past the last. */
Text source_line(const Source *source, uint32_t line);
/* The span of both, where they are in one file; else a, or b if a is none. */
Span span_join(Span a, Span b);

#endif

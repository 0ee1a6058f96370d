/* Texts: borrowed runs of UTF-8 bytes, and a buffer that builds them. */
#ifndef STILE_BASE_TEXT_H
#define STILE_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"

/* A run of bytes that someone else owns; not ended by NUL.  `{NULL, 0}` means
 * "none", which text_is_none tells from an empty text. */
typedef struct Text {
  const char *at;
  uint32_t length;
} Text;

#define TEXT(literal) ((Text){"" literal, (uint32_t)(sizeof(literal) - 1)})
#define TEXT_NONE ((Text){0, 0})
/* For printf's "%.*s". */
#define TEXT_ARG(text) (int)(text).length, (text).at ? (text).at : ""

Text text_of(const char *c_string);
bool text_is_none(Text text);
bool text_equal(Text a, Text b);
/* By bytes, the shorter first: <0, 0, >0. */
int text_compare(Text a, Text b);
bool text_starts(Text text, Text prefix);
/* A copy in `arena`, followed by a NUL that does not count. */
Text text_copy(Arena *arena, Text text);
Text text_format(Arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
Text text_format_list(Arena *arena, const char *format, va_list list)
    __attribute__((format(printf, 2, 0), nonnull(2)));
/* How many single-letter steps (insert, drop, change, swap neighbours) lead
 * from a to b, counted by code point, as in Damerau's and Levenshtein's
 * distance (restricted form); stops at `most` + 1.  Texts that differ over a
 * stretch of more than 128 code points count as `most` + 1. */
uint32_t text_distance(Text a, Text b, uint32_t most);
/* The index of the candidate nearest to `wanted`, the first of equals; -1 if
 * none is near (more than a third of its letters differ, or more than 3). */
int text_nearest(Text wanted, const Text *candidates, uint32_t count);

/* A text being built.  `{.arena = arena}` starts an empty one. */
typedef struct Buffer {
  Arena *arena;
  char *at;
  uint32_t length, room;
} Buffer;

/* Makes room for `more` bytes at once. */
void buffer_reserve(Buffer *buffer, uint32_t more);
void buffer_put(Buffer *buffer, Text text);
/* Adds `size` bytes, zeroed, to be filled in before the buffer grows. */
char *buffer_put_room(Buffer *buffer, uint32_t size);
void buffer_put_c(Buffer *buffer, const char *c_string);
void buffer_put_char(Buffer *buffer, char c);
void buffer_format(Buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* What has been built; valid until the buffer grows. */
Text buffer_text(const Buffer *buffer);

#endif

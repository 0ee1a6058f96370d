#include "base/source.h"

#include <string.h>

uint32_t source_add(Arena *arena, Sources *sources, Text name, Text text) {
  Source *source = VEC_ADD(arena, &sources->files);
  Vec(uint32_t) lines = {0};

  VEC_PUSH(arena, &lines, 0);
  for (uint32_t i = 0; i < text.length; i++)
    if (text.at[i] == '\n') VEC_PUSH(arena, &lines, i + 1);
  *source = (Source){name, text, lines.at, lines.count};
  return sources->files.count;
}

const Source *source_get(const Sources *sources, uint32_t file) {
  if (!file || file > sources->files.count) return NULL;
  return &sources->files.at[file - 1];
}

/* The index of the last line that starts at or before `offset`. */
static uint32_t line_at(const Source *source, uint32_t offset) {
  uint32_t low = 0, high = source->line_count;

  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;

    if (source->lines[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  return low;
}

Position source_position(const Source *source, uint32_t offset) {
  uint32_t line, column = 1;

  if (offset > source->text.length) offset = source->text.length;
  line = line_at(source, offset);
  for (uint32_t i = source->lines[line]; i < offset; i++)
    if (((unsigned char)source->text.at[i] & 0xC0) != 0x80) column++;
  return (Position){line + 1, column};
}

Text source_line(const Source *source, uint32_t line) {
  uint32_t start, end;

  if (!line || line > source->line_count) return TEXT("");
  start = source->lines[line - 1];
  end = line < source->line_count ? source->lines[line] - 1
                                  : source->text.length;
  if (line < source->line_count && end > start
      && source->text.at[end - 1] == '\r')
    end--;
  if (start == end) return TEXT("");
  return (Text){source->text.at + start, end - start};
}

Span span_join(Span a, Span b) {
  if (!a.file) return b;
  if (b.file != a.file) return a;
  if (b.start < a.start) a.start = b.start;
  if (b.end > a.end) a.end = b.end;
  return a;
}

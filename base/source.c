#include "base/source.h"

#include <string.h>

uint32_t source_add(Arena *arena, Sources *sources, Text name, Text text) {
  Source *source = VEC_ADD(arena, &sources->files);
  Vec(uint32_t) lines = {0};

  VEC_PUSH(arena, &lines, 0);
  for (const char *at = text.at; at; at++) {
    uint32_t rest = text.length - (uint32_t)(at - text.at);

    at = rest ? memchr(at, '\n', rest) : NULL;
    if (!at) break;
    VEC_PUSH(arena, &lines, (uint32_t)(at - text.at) + 1);
  }
  *source = (Source){name, text, lines.at, lines.count};
  return sources->files.count;
}

const Source *source_get(const Sources *sources, uint32_t file) {
  if (!file || file > sources->files.count) return NULL;
  return &sources->files.at[file - 1];
}

#define SOON 8

uint32_t source_line_at(const Source *source, uint32_t offset, uint32_t near) {
  uint32_t low = 0, high = source->line_count;

  if (near && near <= high && source->lines[near - 1] <= offset) {
    low = near - 1;
    for (uint32_t next = near; next < high && next < near + SOON; next++) {
      if (source->lines[next] > offset) return next;
      low = next;
    }
  }
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;

    if (source->lines[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  return low + 1;
}

/* The characters of `length` bytes: those that go on with one do not count. */
static uint32_t count_characters(const char *at, uint32_t length) {
  const uint64_t tops = UINT64_C(0x8080808080808080);
  uint32_t count = length;
  uint64_t bytes;

  for (; length >= sizeof bytes; length -= (uint32_t)sizeof bytes) {
    memcpy(&bytes, at, sizeof bytes);
    at += sizeof bytes;
    bytes &= ~(bytes << 1) & tops;
    count -= (uint32_t)((bytes >> 7) * UINT64_C(0x0101010101010101) >> 56);
  }
  for (; length; length--, at++) count -= ((unsigned char)*at & 0xC0) == 0x80;
  return count;
}

Position source_position(const Source *source, uint32_t offset) {
  uint32_t line, start;

  if (offset > source->text.length) offset = source->text.length;
  line = source_line_at(source, offset, 1);
  start = source->lines[line - 1];
  if (offset == start) return (Position){line, 1};
  return (Position){
      line, 1 + count_characters(source->text.at + start, offset - start)};
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

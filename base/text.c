#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include "base/utf8.h"

Text text_of(const char *c_string) {
  if (!c_string) return TEXT_NONE;
  return (Text){c_string, (uint32_t)strlen(c_string)};
}

bool text_is_none(Text text) {
  return !text.at;
}

bool text_equal(Text a, Text b) {
  return a.length == b.length
         && (!a.length || memcmp(a.at, b.at, a.length) == 0);
}

int text_compare(Text a, Text b) {
  uint32_t shared = a.length < b.length ? a.length : b.length;
  int order = shared ? memcmp(a.at, b.at, shared) : 0;

  if (order) return order;
  return (a.length > b.length) - (a.length < b.length);
}

bool text_starts(Text text, Text prefix) {
  return prefix.length <= text.length
         && text_equal((Text){text.at, prefix.length}, prefix);
}

Text text_copy(Arena *arena, Text text) {
  char *copy;

  if (text_is_none(text)) return TEXT_NONE;
  copy = arena_make(arena, (size_t)text.length + 1);
  memcpy(copy, text.at, text.length);
  return (Text){copy, text.length};
}

Text text_format_list(Arena *arena, const char *format, va_list list) {
  va_list again;
  char *made;
  int length;

  va_copy(again, list);
  length = vsnprintf(NULL, 0, format, again);
  va_end(again);
  if (length < 0) length = 0;
  made = arena_make(arena, (size_t)length + 1);
  if (length) vsnprintf(made, (size_t)length + 1, format, list);
  return (Text){made, (uint32_t)length};
}

Text text_format(Arena *arena, const char *format, ...) {
  va_list list;
  Text text;

  va_start(list, format);
  text = text_format_list(arena, format, list);
  va_end(list);
  return text;
}

/* Buffers. */

/* And for a NUL. */
void buffer_reserve(Buffer *buffer, uint32_t more) {
  uint64_t need = (uint64_t)buffer->length + more + 1;
  uint64_t room = buffer->room < 64 ? 64 : (uint64_t)buffer->room * 2;

  if (need <= buffer->room) return;
  if (need > UINT32_MAX) arena_escape(buffer->arena);
  if (room < need) room = need;
  if (room > UINT32_MAX) room = UINT32_MAX;
  buffer->at = arena_grow(buffer->arena, buffer->at, buffer->room,
                          (size_t)room);
  buffer->room = (uint32_t)room;
}

void buffer_put(Buffer *buffer, Text text) {
  if (!text.length) return;
  buffer_reserve(buffer, text.length);
  memcpy(buffer->at + buffer->length, text.at, text.length);
  buffer->length += text.length;
}

char *buffer_put_room(Buffer *buffer, uint32_t size) {
  buffer_reserve(buffer, size);
  buffer->length += size;
  return memset(buffer->at + buffer->length - size, 0, size);
}

void buffer_put_c(Buffer *buffer, const char *c_string) {
  buffer_put(buffer, text_of(c_string));
}

void buffer_put_char(Buffer *buffer, char c) {
  buffer_put(buffer, (Text){&c, 1});
}

void buffer_format(Buffer *buffer, const char *format, ...) {
  va_list list, again;
  int length;

  va_start(list, format);
  va_copy(again, list);
  length = vsnprintf(NULL, 0, format, again);
  va_end(again);
  if (length > 0) {
    buffer_reserve(buffer, (uint32_t)length);
    vsnprintf(buffer->at + buffer->length, (size_t)length + 1, format, list);
    buffer->length += (uint32_t)length;
  }
  va_end(list);
}

Text buffer_text(const Buffer *buffer) {
  return (Text){buffer->at ? buffer->at : "", buffer->length};
}

/* Distances. */

#define LETTERS_MOST 128

/* The code points of a short text. */
typedef struct Letters {
  uint32_t at[LETTERS_MOST];
  uint32_t count;
} Letters;

static bool letters_read(Text text, Letters *letters) {
  uint32_t offset = 0;

  letters->count = 0;
  while (offset < text.length) {
    if (letters->count == LETTERS_MOST) return false;
    letters->at[letters->count++] = utf8_next(text, &offset);
  }
  return true;
}

/* Takes off whole code points that both texts start with. */
static void cut_same_start(Text *a, Text *b) {
  uint32_t same = 0, next = 0;

  while (same < a->length && same < b->length) {
    utf8_next(*a, &next);
    if (next > b->length || memcmp(a->at + same, b->at + same, next - same))
      break;
    same = next;
  }
  *a = (Text){a->at + same, a->length - same};
  *b = (Text){b->at + same, b->length - same};
}

/* Takes off whole code points that both texts end with. */
static void cut_same_end(Text *a, Text *b) {
  uint32_t same = 0, whole = 0;

  while (same < a->length && same < b->length) {
    char last = a->at[a->length - 1 - same];

    if (last != b->at[b->length - 1 - same]) break;
    same++;
    if (((unsigned char)last & 0xC0) != 0x80) whole = same;
  }
  a->length -= whole;
  b->length -= whole;
}

static uint32_t least(uint32_t a, uint32_t b) {
  return a < b ? a : b;
}

/* Three rows of the table: two back, one back, this one. */
typedef struct Rows {
  uint32_t at[3][LETTERS_MOST + 1];
} Rows;

/* Fills row `i`; returns its least number. */
static uint32_t distance_row(Rows *rows, const Letters *a, const Letters *b,
                             uint32_t i) {
  uint32_t *row = rows->at[i % 3], lowest = i;
  const uint32_t *above = rows->at[(i + 2) % 3];
  const uint32_t *higher = rows->at[(i + 1) % 3];

  row[0] = i;
  for (uint32_t j = 1; j <= b->count; j++) {
    uint32_t change = a->at[i - 1] != b->at[j - 1];
    uint32_t best = least(above[j] + 1, row[j - 1] + 1);

    best = least(best, above[j - 1] + change);
    if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2]
        && a->at[i - 2] == b->at[j - 1])
      best = least(best, higher[j - 2] + 1);
    row[j] = best;
    lowest = least(lowest, best);
  }
  return lowest;
}

static uint32_t letters_distance(const Letters *a, const Letters *b,
                                 uint32_t most) {
  Rows rows;

  for (uint32_t j = 0; j <= b->count; j++) rows.at[0][j] = j;
  /* No way passes by a row: what swaps over it could change in it as well. */
  for (uint32_t i = 1; i <= a->count; i++)
    if (distance_row(&rows, a, b, i) > most) return most + 1;
  return least(rows.at[a->count % 3][b->count], most + 1);
}

uint32_t text_distance(Text a, Text b, uint32_t most) {
  Letters from, to;

  if (most == UINT32_MAX) most--;
  cut_same_start(&a, &b);
  cut_same_end(&a, &b);
  if (!letters_read(a, &from) || !letters_read(b, &to)) return most + 1;
  return letters_distance(&from, &to, most);
}

int text_nearest(Text wanted, const Text *candidates, uint32_t count) {
  uint32_t best = 4;
  int nearest = -1;

  for (uint32_t i = 0; i < count && best; i++) {
    uint32_t steps = text_distance(wanted, candidates[i], best - 1);

    if (steps >= best || steps * 3 > utf8_length(candidates[i])) continue;
    best = steps;
    nearest = (int)i;
  }
  return nearest;
}

#include "base/utf8.h"

#include <errno.h>
#include <unictype.h>
#include <uninorm.h>
#include <uniwidth.h>

#define REPLACEMENT 0xFFFD

/* How many bytes a code point starting with `first` has; 0 if none starts so.
 * `*least` is the smallest code point that needs so many. */
static uint32_t sequence_length(unsigned char first, uint32_t *least) {
  *least = 0;
  if (first < 0x80) return 1;
  *least = 0x80;
  if (first >= 0xC2 && first < 0xE0) return 2;
  *least = 0x800;
  if (first >= 0xE0 && first < 0xF0) return 3;
  *least = 0x10000;
  return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

/* Reads the code point at `offset`; returns its length, or 0 if it is broken.
 * `offset` is within the text. */
static uint32_t decode(Text text, uint32_t offset, uint32_t *code) {
  static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  const unsigned char *at = (const unsigned char *)text.at + offset;
  uint32_t least, length = sequence_length(at[0], &least);

  if (!length || length > text.length - offset) return 0;
  *code = at[0] & masks[length];
  for (uint32_t i = 1; i < length; i++) {
    if ((at[i] & 0xC0) != 0x80) return 0;
    *code = *code << 6 | (at[i] & 0x3Fu);
  }
  if (*code < least || *code > 0x10FFFF) return 0;
  return *code >= 0xD800 && *code <= 0xDFFF ? 0 : length;
}

static bool is_control(uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

static bool is_bidi(uint32_t code) {
  return code == 0x061C || code == 0x200E || code == 0x200F
         || (code >= 0x202A && code <= 0x202E)
         || (code >= 0x2066 && code <= 0x2069);
}

static bool is_line_end(Text text, uint32_t offset) {
  return text.at[offset] == '\n'
         || (text.at[offset] == '\r' && offset + 1 < text.length
             && text.at[offset + 1] == '\n');
}

static Utf8Fault check_one(Text text, uint32_t offset, uint32_t code) {
  if (!code) return UTF8_NUL;
  if (is_bidi(code)) return UTF8_BIDI;
  if (!is_control(code) || code == '\t' || is_line_end(text, offset))
    return UTF8_FINE;
  return UTF8_CONTROL;
}

/* Whether all eight bytes stand for themselves: from space to tilde. */
static bool is_plain_run(const char *at) {
  const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
  uint64_t bytes, below, above;

  memcpy(&bytes, at, sizeof bytes);
  below = (bytes | high) - ones * 0x20; /* clears the top bit below a space */
  above = (bytes & ~high) + ones;       /* sets the top bit of DEL */
  return !((bytes | above | ~below) & high);
}

typedef uint8_t Bytes16 __attribute__((vector_size(16)));

/* The same of sixteen bytes, which may be line ends too. */
static bool is_plain_block(const char *at) {
  Bytes16 bytes;
  uint64_t wrong[2];

  memcpy(&bytes, at, sizeof bytes);
  bytes = (Bytes16)((bytes - ' ' > '~' - ' ') & (bytes != '\n'));
  memcpy(wrong, &bytes, sizeof wrong);
  return !(wrong[0] | wrong[1]);
}

Utf8Fault utf8_check(Text text, uint32_t *offset) {
  uint32_t at = 0, code;

  while (at < text.length) {
    if (text.length - at >= 16 && is_plain_block(text.at + at)) {
      at += 16;
      continue;
    }
    if (text.length - at >= 8 && is_plain_run(text.at + at)) {
      at += 8;
      continue;
    }
    if ((text.at[at] >= ' ' && text.at[at] <= '~') || text.at[at] == '\n') {
      at++;
      continue;
    }
    uint32_t length = decode(text, at, &code);
    Utf8Fault fault = length ? check_one(text, at, code) : UTF8_BROKEN;

    if (fault != UTF8_FINE) {
      *offset = at;
      return fault;
    }
    at += length;
  }
  return UTF8_FINE;
}

uint32_t utf8_next(Text text, uint32_t *offset) {
  uint32_t code, length = decode(text, *offset, &code);

  *offset += length ? length : 1;
  return length ? code : REPLACEMENT;
}

uint32_t utf8_length(Text text) {
  uint32_t count = 0, offset = 0;

  while (offset < text.length) {
    uint32_t run = text.length - offset >= 16 ? 16
                   : text.length - offset >= 8 ? 8 : 1;

    if (run == 16 && !is_plain_block(text.at + offset)) run = 8;
    if (run == 8 && !is_plain_run(text.at + offset)) run = 1;
    if (run == 1 && (unsigned char)text.at[offset] >= 0x80)
      utf8_next(text, &offset);
    else
      offset += run;
    count += run;
  }
  return count;
}

uint32_t utf8_columns(Text text) {
  uint32_t columns = 0, offset = 0;

  while (offset < text.length) {
    int width = uc_width(utf8_next(text, &offset), "UTF-8");

    if (width > 0) columns += (uint32_t)width;
  }
  return columns;
}

/* Nothing below U+0300, whose first byte is CC, changes in NFC. */
static bool is_plain(Text text) {
  for (uint32_t i = 0; i < text.length; i++)
    if ((unsigned char)text.at[i] >= 0xCC) return false;
  return true;
}

Text utf8_nfc(Arena *arena, Text text) {
  size_t room = (size_t)text.length * 3 + 64; /* NFC at most triples UTF-8 */

  if (is_plain(text)) return text;
  for (;;) {
    uint8_t *made = arena_make(arena, room);
    size_t length = room;
    const uint8_t *bytes = (const uint8_t *)text.at;
    uint8_t *result =
        u8_normalize(UNINORM_NFC, bytes, text.length, made, &length);

    if (!result && errno == ENOMEM) arena_escape(arena);
    if (!result) return text; /* not UTF-8: it has no other form */
    if (result == made) {
      Text normal = {(const char *)made, (uint32_t)length};

      return text_equal(normal, text) ? text : normal;
    }
    memory_plain.give(memory_plain.context, result, length);
    room = length + 64;
  }
}

bool utf8_is_letter(uint32_t code) {
  return uc_is_general_category_withtable(
             code, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M)
         && !uc_is_property_default_ignorable_code_point(code);
}

/* What `utf8_safe` does with the code point or broken byte at one place. */
static bool is_safe(Text text, uint32_t offset, bool lines, uint32_t *length) {
  uint32_t code;

  *length = decode(text, offset, &code);
  if (!*length) {
    *length = 1;
    return false;
  }
  if (lines && text.at[offset] == '\n') return true;
  return !is_control(code) && !is_bidi(code);
}

static void put_unsafe(Buffer *out, Text text, uint32_t offset, bool lines) {
  uint32_t code;

  if (text.at[offset] == '\t') {
    buffer_put_char(out, ' ');
    return;
  }
  if (lines && is_line_end(text, offset)) return; /* the CR of CR LF */
  if (!decode(text, offset, &code)) code = (unsigned char)text.at[offset];
  buffer_format(out, "\\u{%02X}", (unsigned)code);
}

/* Where the first unsafe place from `offset` on is; the end if none. */
static uint32_t safe_end(Text text, uint32_t offset, bool lines) {
  uint32_t length;

  while (offset < text.length && is_safe(text, offset, lines, &length))
    offset += length;
  return offset;
}

Text utf8_safe(Arena *arena, Text text, bool lines) {
  Buffer out = {.arena = arena};
  uint32_t offset = 0, length;

  if (safe_end(text, 0, lines) == text.length) return text;
  while (offset < text.length) {
    uint32_t end = safe_end(text, offset, lines);

    buffer_put(&out, (Text){text.at + offset, end - offset});
    if (end == text.length) break;
    put_unsafe(&out, text, end, lines);
    is_safe(text, end, lines, &length);
    offset = end + length;
  }
  return buffer_text(&out);
}

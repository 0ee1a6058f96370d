#include <string.h>

#include "base/utf8.h"
#include "compiler/parse.h"
#include "compiler/parser.h"

enum { FILE_MOST = 8 << 20 };

/* The bytes of the character at `at`, which may be no character at all. */
static uint32_t step(Text text, uint32_t at) {
  unsigned char first = (unsigned char)text.at[at];
  uint32_t length = first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;

  return length < text.length - at ? length : text.length - at;
}

/* Replaces a run of characters with the same fault by spaces; returns its
 * end. */
static uint32_t blank_run(char *bytes, Text text, uint32_t at,
                          Utf8Fault fault) {
  uint32_t next = 0;

  do {
    uint32_t length = step(text, at);
    Text rest = {text.at + at + length, text.length - at - length};

    memset(bytes + at, ' ', length);
    at += length;
    if (rest.length > 4) rest.length = 4;
    if (utf8_check(rest, &next) != fault) break;
  } while (next == 0);
  return at;
}

static void report_bytes(Diagnostics *all, Utf8Fault fault, Span span) {
  Diagnostic *one;

  if (fault == UTF8_BROKEN) {
    one = diagnostic_error(all, 101, span,
                           "The file is not UTF-8 text from here on.");
    diagnostic_help(all, one,
                    "Save it as UTF-8 in your editor; if it is not a text"
                    " file, it is not a policy.");
    return;
  }
  one = diagnostic_error(all, 102, span,
                         "There is a hidden character here.");
  diagnostic_help(all, one,
                  "Delete it and write the word again; it came along when"
                  " text was copied.");
}

static bool is_too_large(Diagnostics *all, uint32_t file, Text text) {
  Diagnostic *one;

  if (text.length <= FILE_MOST) return false;
  one = diagnostic_error(all, 144, (Span){file, 0, 0},
                         "This file is too large.");
  diagnostic_help(all, one,
                  "A policy file may have up to 8 MiB; split it, and bring"
                  " the parts together with `use`.");
  return true;
}

bool parse_check_text(Arena *arena, const Sources *sources, uint32_t file,
                      Diagnostics *diagnostics, Text *text) {
  uint32_t at = 0, offset = 0;
  Utf8Fault fault;
  char *bytes = NULL;

  *text = source_get(sources, file)->text;
  if (is_too_large(diagnostics, file, *text)) return false;
  while ((fault = utf8_check((Text){text->at + at, text->length - at},
                             &offset)) != UTF8_FINE) {
    uint32_t start = at + offset;

    if (!bytes) {
      bytes = arena_make(arena, text->length);
      memcpy(bytes, text->at, text->length);
      text->at = bytes;
    }
    at = blank_run(bytes, *text, start, fault);
    report_bytes(diagnostics, fault, (Span){file, start, at});
    if (fault == UTF8_BROKEN) return false;
  }
  return true;
}

/* Is there one space at most between words, and no comment? */
static bool is_tidy(Text text) {
  for (uint32_t i = 0; i < text.length; i++) {
    char c = text.at[i];

    if (c == '#' || c == '\t' || c == '\r' || c == '\n') return false;
    if (c == ' ' && (i == 0 || i + 1 == text.length || text.at[i + 1] == ' '))
      return false;
  }
  return true;
}

Text parse_words(const Parse *parse, Span span) {
  Text whole = {parse->text.at + span.start, span.end - span.start};
  Buffer out = {.arena = parse->arena};
  bool gap = false, comment = false;

  if (is_tidy(whole)) return whole;
  for (uint32_t i = span.start; i < span.end; i++) {
    char c = parse->text.at[i];

    if (c == '#') comment = true;
    if (c == '\n') comment = false;
    if (comment || c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      gap = true;
      continue;
    }
    if (gap && out.length) buffer_put_char(&out, ' ');
    gap = false;
    buffer_put_char(&out, c);
  }
  return buffer_text(&out);
}

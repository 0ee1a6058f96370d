#include "base/wrap.h"

#include "base/utf8.h"

static bool is_blank(char c) {
  return c == ' ' || c == '\n';
}

/* Is there a single space at `at`, and a percent sign after it? */
static bool before_percent(Text text, uint32_t at) {
  return at + 1 < text.length && text.at[at] == ' ' && text.at[at + 1] == '%';
}

/* The end of the word that starts at `start`; `whole` keeps backquoted words
 * together, if the quote is closed, and a number with its percent sign. */
static uint32_t word_end(Text text, uint32_t start, bool whole) {
  bool quoted = false;
  uint32_t end = start;

  while (end < text.length && (quoted || !is_blank(text.at[end]) ||
                               (whole && before_percent(text, end)))) {
    if (text.at[end] == '\n') break;
    if (whole && text.at[end] == '`') quoted = !quoted;
    end++;
  }
  return quoted ? word_end(text, start, false) : end;
}

/* The word at `start`, of no more than `room` columns if it can be split. */
static Text word_get(Text text, uint32_t start, uint32_t room) {
  uint32_t end = word_end(text, start, true);
  Text word = {text.at + start, end - start};

  if (utf8_columns(word) > room)
    word.length = word_end(text, start, false) - start;
  return word;
}

static void start_line(Buffer *out, uint32_t indent) {
  buffer_put_char(out, '\n');
  for (uint32_t i = 0; i < indent; i++) buffer_put_char(out, ' ');
}

/* Steps over blanks; true if there was a line feed among them. */
static bool skip_blanks(Text text, uint32_t *offset) {
  bool line = false;

  for (; *offset < text.length && is_blank(text.at[*offset]); ++*offset)
    if (text.at[*offset] == '\n') line = true;
  return line;
}

void wrap_put(Buffer *out, Text text, uint32_t column, uint32_t indent,
              uint32_t width) {
  uint32_t offset = 0, room = width > indent ? width - indent : 0;
  bool first = true; /* at the start of the text or of a line */

  skip_blanks(text, &offset);
  while (offset < text.length) {
    Text word = word_get(text, offset, room);
    uint32_t columns = utf8_columns(word);

    if (!first && column + 1 + columns > width) {
      start_line(out, indent);
      column = indent;
      first = true;
    }
    if (!first) buffer_put_char(out, ' ');
    buffer_put(out, word);
    column += columns + !first;
    first = false;
    offset += word.length;
    if (skip_blanks(text, &offset) && offset < text.length) {
      start_line(out, indent);
      column = indent;
      first = true;
    }
  }
}

#include "base/diagnostic.h"

#include "base/utf8.h"
#include "base/wrap.h"

#define INDENT 2
#define PART_MOST 1024 /* bytes of a line that are looked at on each side */

#define RED "\033[1;31m"
#define YELLOW "\033[1;33m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

/* A line in three parts: before the span, the span here, after it. */
typedef struct Excerpt {
  uint32_t line; /* its number */
  Text before, here, after;
  bool cut_before, cut_after; /* an ellipsis stands there */
} Excerpt;

typedef struct Printer {
  Buffer *out;
  const Sources *sources;
  bool color;
  const char *tint; /* for this severity */
} Printer;

static void put_spaces(Buffer *out, uint32_t count) {
  while (count--) buffer_put_char(out, ' ');
}

static void put_tinted(const Printer *printer, const char *tint, Text text) {
  if (printer->color) buffer_put_c(printer->out, tint);
  buffer_put(printer->out, text);
  if (printer->color) buffer_put_c(printer->out, PLAIN);
}

static Text safe(const Printer *printer, Text text) {
  return utf8_safe(printer->out->arena, text, false);
}

/* Cutting. */

static uint32_t least(uint32_t a, uint32_t b) {
  return a < b ? a : b;
}

/* The start of `text`, as far as it has at most `columns`. */
static Text first_columns(Text text, uint32_t columns) {
  uint32_t offset = 0, used = 0;

  while (offset < text.length) {
    uint32_t start = offset;

    utf8_next(text, &offset);
    used += utf8_columns((Text){text.at + start, offset - start});
    if (used > columns) return (Text){text.at, start};
  }
  return text;
}

/* The end of `text`, as far as it has at most `columns`; it does not start
 * with a combining mark. */
static Text last_columns(Text text, uint32_t columns) {
  uint32_t left = utf8_columns(text), offset = 0;

  while (offset < text.length) {
    uint32_t start = offset, width;

    utf8_next(text, &offset);
    width = utf8_columns((Text){text.at + start, offset - start});
    if (width && left <= columns)
      return (Text){text.at + start, text.length - start};
    left -= width;
  }
  return (Text){text.at + text.length, 0};
}

/* At most PART_MOST bytes, so that a huge line costs no more than a long one.
 * A code point is not split. */
static Text clip_start(Text text, bool *cut) {
  if (text.length <= PART_MOST) return text;
  *cut = true;
  text.length = PART_MOST;
  while (text.length > PART_MOST - 4
         && ((unsigned char)text.at[text.length] & 0xC0) == 0x80)
    text.length--;
  return text;
}

static Text clip_end(Text text, bool *cut) {
  uint32_t skip;

  if (text.length <= PART_MOST) return text;
  *cut = true;
  skip = text.length - PART_MOST;
  while (text.length - skip > PART_MOST - 4
         && ((unsigned char)text.at[skip] & 0xC0) == 0x80)
    skip++;
  return (Text){text.at + skip, text.length - skip};
}

/* The columns of the span; one that has none still gets a mark. */
static uint32_t marks(const Excerpt *excerpt) {
  uint32_t columns = utf8_columns(excerpt->here);

  return columns ? columns : 1;
}

/* Shortens a part to `room` columns, of which one is for the ellipsis. */
static void fit_before(Excerpt *excerpt, uint32_t room) {
  if (!excerpt->cut_before && utf8_columns(excerpt->before) <= room) return;
  excerpt->before = last_columns(excerpt->before, room ? room - 1 : 0);
  excerpt->cut_before = true;
}

static void fit_after(Excerpt *excerpt, uint32_t room) {
  if (!excerpt->cut_after && utf8_columns(excerpt->after) <= room) return;
  excerpt->after = first_columns(excerpt->after, room ? room - 1 : 0);
  excerpt->cut_after = true;
}

/* Shortens the parts until all fit into `width` columns: the span last. */
static void fit(Excerpt *excerpt, uint32_t width) {
  uint32_t before, after, rest;

  if (marks(excerpt) > width - 2) {
    excerpt->here = first_columns(excerpt->here, width - 2);
    excerpt->after = TEXT("");
    excerpt->cut_after = true;
  }
  before = utf8_columns(excerpt->before) + excerpt->cut_before;
  after = utf8_columns(excerpt->after) + excerpt->cut_after;
  rest = width - marks(excerpt);
  after = least(after, rest - least(before, rest / 2));
  before = least(before, rest - after);
  fit_before(excerpt, before);
  fit_after(excerpt, after);
}

/* Excerpts. */

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

static Text part(Text text, uint32_t start, uint32_t end) {
  return (Text){text.at + start, end - start};
}

/* Finds the line that the span starts in and parts it; blanks at its start
 * are left out. */
static Excerpt excerpt_make(const Printer *printer, const Source *source,
                            Span span) {
  Excerpt excerpt = {.line = source_position(source, span.start).line};
  Text line = source_line(source, excerpt.line);
  uint32_t offset = source->lines[excerpt.line - 1], skip = 0;
  uint32_t start = span.start > offset ? span.start - offset : 0;
  uint32_t end = span.end > offset ? span.end - offset : 0;

  start = least(start, line.length);
  end = least(end, line.length);
  if (end < start) end = start;
  while (skip < start && is_blank(line.at[skip])) skip++;
  excerpt.before = clip_end(part(line, skip, start), &excerpt.cut_before);
  excerpt.here = part(line, start, end);
  excerpt.after = clip_start(part(line, end, line.length), &excerpt.cut_after);
  if (excerpt.here.length > PART_MOST) {
    excerpt.here = clip_start(excerpt.here, &excerpt.cut_after);
    excerpt.after = TEXT("");
  }
  excerpt.before = safe(printer, excerpt.before);
  excerpt.here = safe(printer, excerpt.here);
  excerpt.after = safe(printer, excerpt.after);
  return excerpt;
}

static uint32_t digits(uint32_t number) {
  uint32_t count = 1;

  for (; number > 9; number /= 10) count++;
  return count;
}

static void put_marks(const Printer *printer, const Excerpt *excerpt,
                      uint32_t gutter) {
  Buffer line = {.arena = printer->out->arena};

  for (uint32_t i = marks(excerpt); i; i--) buffer_put_char(&line, '^');
  put_spaces(printer->out, gutter);
  buffer_put_c(printer->out, " | ");
  put_spaces(printer->out, utf8_columns(excerpt->before)
                               + excerpt->cut_before);
  put_tinted(printer, printer->tint, buffer_text(&line));
  buffer_put_char(printer->out, '\n');
}

static void put_excerpt(const Printer *printer, const Source *source,
                        Span span) {
  Excerpt excerpt = excerpt_make(printer, source, span);
  uint32_t width = digits(excerpt.line) < 3 ? 3 : digits(excerpt.line);
  uint32_t gutter = INDENT + width;
  Buffer *out = printer->out;

  if (!excerpt.before.length && !excerpt.here.length && !excerpt.after.length)
    return; /* a mark under an empty line says nothing */
  fit(&excerpt, WRAP_WIDTH - gutter - 3);
  put_spaces(out, gutter - digits(excerpt.line));
  buffer_format(out, "%u | %s", (unsigned)excerpt.line,
                excerpt.cut_before ? "…" : "");
  buffer_put(out, excerpt.before);
  buffer_put(out, excerpt.here);
  buffer_put(out, excerpt.after);
  buffer_put_c(out, excerpt.cut_after ? "…\n" : "\n");
  put_marks(printer, &excerpt, gutter);
}

/* "  gifts.stile:12:8" and the line. */
static void put_place(const Printer *printer, Span span) {
  const Source *source = source_get(printer->sources, span.file);
  Position position;

  if (!source) return;
  position = source_position(source, span.start);
  put_spaces(printer->out, INDENT);
  buffer_put(printer->out, safe(printer, source->name));
  buffer_format(printer->out, ":%u:%u\n", (unsigned)position.line,
                (unsigned)position.column);
  put_excerpt(printer, source, span);
}

static void put_words(const Printer *printer, Text text, uint32_t column,
                      uint32_t indent) {
  wrap_put(printer->out, safe(printer, text), column, indent, WRAP_WIDTH);
  buffer_put_char(printer->out, '\n');
}

void diagnostic_print(Buffer *out, const Sources *sources,
                      const Diagnostic *one, bool color) {
  bool is_error = one->severity == SEVERITY_ERROR;
  Printer printer = {out, sources, color, is_error ? RED : YELLOW};
  Text help = text_of(speech_words(one->speech, N_("Help:")));
  Text head = text_format(out->arena, "%s %c%04u:",
                          speech_words(one->speech, diagnostic_kind(one)),
                          is_error ? 'E' : 'W', (unsigned)one->code);

  put_tinted(&printer, printer.tint, head);
  buffer_put_char(out, ' ');
  put_words(&printer, one->message, utf8_columns(head) + 1, 2 * INDENT);
  put_place(&printer, one->span);
  for (const Related *related = one->related; related;
       related = related->next) {
    put_spaces(out, INDENT);
    put_words(&printer, related->message, INDENT, INDENT);
    put_place(&printer, related->span);
  }
  if (!one->help.length) return;
  put_spaces(out, INDENT);
  put_tinted(&printer, BOLD, help);
  buffer_put_char(out, ' ');
  put_words(&printer, one->help, INDENT + utf8_columns(help) + 1, INDENT);
}

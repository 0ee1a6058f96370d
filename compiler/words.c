#include "compiler/words.h"

#include <string.h>
#include <unicase.h>
#include <unistr.h>

#include "base/utf8.h"
#include "compiler/keyword.h"

enum { NAME_MOST = 100, TEXT_MOST = 65536 };

size_t words_give(Scan *scan, char *buffer, size_t most) {
  size_t left = scan->text.length - scan->given;
  size_t count = left < most ? left : most;

  if (count) memcpy(buffer, scan->text.at + scan->given, count);
  scan->given += (uint32_t)count;
  return count;
}

void *words_memory(Scan *scan, void *old, size_t size) {
  size_t head = sizeof(max_align_t), old_size = 0;
  char *block = old, *made;

  if (block) memcpy(&old_size, block - head, sizeof old_size);
  if (block && old_size >= size) return block;
  made = arena_make(scan->arena, size + head);
  memcpy(made, &size, sizeof size);
  if (block) memcpy(made + head, block, old_size);
  return made + head;
}

Diagnostic *scan_report(Scan *scan, uint16_t code, Span span,
                        const char *format, ...) {
  va_list list;
  Text message;

  if (scan->diagnostics->errors > ERRORS_TOLD) {
    scan->diagnostics->errors++;
    return &scan->diagnostics->spare;
  }
  va_start(list, format);
  message = text_format_list(scan->arena, format, list);
  va_end(list);
  return diagnostic_error(scan->diagnostics, code, span, "%.*s",
                          TEXT_ARG(message));
}

static Diagnostic *report(Scan *scan, uint16_t code, Span span,
                          const char *message) {
  return scan_report(scan, code, span, "%s", message);
}

/* ----------------------------------------------------------------- names */

static bool is_digit(uint32_t code) { return code >= '0' && code <= '9'; }

static bool fits_name(uint32_t code) {
  return code == '-' || is_digit(code) || utf8_is_letter(code);
}

/* The first character that no name has, as a text; none if all fit. */
static Text misfit(Text name) {
  uint32_t at = 0;

  while (at < name.length) {
    uint32_t start = at;

    if (!fits_name(utf8_next(name, &at)))
      return (Text){name.at + start, at - start};
  }
  return TEXT_NONE;
}

static bool has_capital(Text name) {
  uint32_t at = 0;

  while (at < name.length) {
    uint32_t code = utf8_next(name, &at);

    if (uc_tolower(code) != code) return true;
  }
  return false;
}

static void put_code(Buffer *out, uint32_t code) {
  uint8_t bytes[4];
  int length = u8_uctomb(bytes, code, 4);

  for (int i = 0; i < length; i++) buffer_put_char(out, (char)bytes[i]);
}

/* The name as it might have been meant: lower case, single hyphens. */
static Text mend(Scan *scan, Text name) {
  Buffer out = {.arena = scan->arena};
  uint32_t at = 0;
  bool gap = false;

  while (at < name.length) {
    uint32_t code = utf8_next(name, &at);

    if (code == '-' || !fits_name(code)) {
      gap = true;
      continue;
    }
    if (gap && out.length) buffer_put_char(&out, '-');
    gap = false;
    put_code(&out, uc_tolower(code));
  }
  return out.length ? buffer_text(&out) : TEXT("x");
}

static void report_name(Scan *scan, uint16_t code, Span span, Text name,
                        const char *why) {
  Text safe = utf8_safe(scan->arena, name, false);
  Text better = mend(scan, name);
  const char *what = keyword_find(better) ? "word" : "name";
  Diagnostic *one = scan_report(scan, code, span, "The %s `%.*s` %s", what,
                                TEXT_ARG(safe), why);

  diagnostic_help(scan->diagnostics, one, "Write `%.*s`.", TEXT_ARG(better));
}

static bool has_odd_hyphen(Text name) {
  if (name.at[name.length - 1] == '-') return true;
  for (uint32_t i = 1; i < name.length; i++)
    if (name.at[i] == '-' && name.at[i - 1] == '-') return true;
  return false;
}

/* Reports what is wrong with a name.  True if it was mended. */
static bool check_name(Scan *scan, Text name, Span span) {
  Text odd = misfit(name);
  Text why;

  if (odd.length) {
    why = text_format(scan->arena,
                      "has `%.*s` in it; a name is made of letters, digits and"
                      " hyphens.",
                      TEXT_ARG(odd));
    report_name(scan, 105, span, name, why.at);
  } else if (has_capital(name)) {
    report_name(scan, 103, span, name,
                "has a capital letter; names and words are written small.");
  } else if (has_odd_hyphen(name)) {
    report_name(scan, 104, span, name,
                "has a hyphen that does not stand between two letters or"
                " digits.");
  } else {
    return false;
  }
  return true;
}

/* Reads a name; one that is too long keeps its beginning. */
static Word read_name(Scan *scan, Text name, Span span) {
  Word word = {utf8_nfc(scan->arena, name), span};

  if (name.length > NAME_MOST && utf8_length(name) > NAME_MOST) {
    Diagnostic *one = report(scan, 106, span, "This name is too long.");

    diagnostic_help(scan->diagnostics, one,
                    "A name may have up to %d letters.", NAME_MOST);
    word.text = TEXT("too-long");
  } else if (check_name(scan, name, span)) {
    word.text = utf8_nfc(scan->arena, mend(scan, name));
  }
  return word;
}

int words_plain(Scan *scan, Value *value, Span *span) {
  const Keyword *keyword;
  Text name = {scan->text.at + span->start, span->end - span->start};

  if (name.length > NAME_MOST)
    value->T_NAME = read_name(scan, name, *span);
  else
    value->T_NAME = (Word){name, *span};
  keyword = keyword_look_up(&scan->keywords, value->T_NAME.text);
  return keyword ? keyword->kind : T_NAME;
}

/* `in SEK` */
static bool is_odd_currency(const Scan *scan, Text name) {
  for (uint32_t i = 0; i < name.length; i++)
    if (name.at[i] < 'A' || name.at[i] > 'Z') return false;
  return name.length == 3 && scan->last == T_IN;
}

static int give_currency(Scan *scan, Text name, Value *value, Span span) {
  Diagnostic *one = scan_report(scan, 125, span,
                                "Stile does not know the currency `%.*s`.",
                                TEXT_ARG(name));

  diagnostic_help(scan->diagnostics, one, "It knows `GBP`, `EUR` and `USD`.");
  value->T_CURRENCY = GBP;
  return T_CURRENCY;
}

int words_name(Scan *scan, const char *text, Value *value, Span *span) {
  Text name = {scan->text.at + span->start, span->end - span->start};
  const Keyword *keyword;

  (void)text;
  if (is_odd_currency(scan, name))
    return give_currency(scan, name, value, *span);
  value->T_NAME = read_name(scan, name, *span);
  keyword = keyword_look_up(&scan->keywords, value->T_NAME.text);
  return keyword ? keyword->kind : T_NAME;
}

int words_full(Scan *scan, const char *text, Value *value, Span *span) {
  const char *slash = strchr(text, '/');
  uint32_t cut = (uint32_t)(slash - text);
  const char *start = scan->text.at + span->start;
  Span first = {span->file, span->start, span->start + cut};
  Span second = {span->file, first.end + 1, span->end};
  Word boundary = read_name(scan, (Text){start, cut}, first);
  Word name = read_name(scan, (Text){start + cut + 1,
                                     second.end - second.start}, second);

  value->T_FULL_NAME.text =
      text_format(scan->arena, "%.*s/%.*s", TEXT_ARG(boundary.text),
                  TEXT_ARG(name.text));
  value->T_FULL_NAME.span = *span;
  return T_FULL_NAME;
}

/* ----------------------------------------------------------------- texts */

/* Puts what the escape at `at` stands for; returns what is after it. */
static uint32_t put_escape(Scan *scan, Buffer *out, Text raw, uint32_t at,
                           uint32_t start) {
  char letter = at + 1 < raw.length ? raw.at[at + 1] : '\0';
  Span span = {scan->file, start + at, start + at + (letter ? 2 : 1)};
  Diagnostic *one;

  if (letter == 'n') {
    buffer_put_char(out, '\n');
  } else if (letter == '"' || letter == '\\') {
    buffer_put_char(out, letter);
  } else {
    one = report(scan, 109, span,
                 "A backslash does not stand alone in a text.");
    diagnostic_help(scan->diagnostics, one,
                    "Write `\\\\` for a backslash, `\\\"` for a quote, `\\n`"
                    " for a new line.");
    return at + 1;
  }
  return at + 2;
}

/* `raw` without its escapes; its first byte is at `start` of the file. */
static Text unescape(Scan *scan, Text raw, uint32_t start) {
  Buffer out = {.arena = scan->arena};
  uint32_t at = 0;

  if (!raw.length || !memchr(raw.at, '\\', raw.length)) return raw;
  while (at < raw.length) {
    if (raw.at[at] == '\\')
      at = put_escape(scan, &out, raw, at, start);
    else
      buffer_put_char(&out, raw.at[at++]);
  }
  return out.length ? buffer_text(&out) : (Text){raw.at, 0};
}

static int give_text(Scan *scan, Value *value, Span span, Text text) {
  if (text.length > TEXT_MOST) {
    Diagnostic *one = report(scan, 110, span, "This text is too long.");

    diagnostic_help(scan->diagnostics, one,
                    "A text may have up to 64 KiB; split it in two.");
    text = TEXT("");
  }
  value->T_TEXT = (Word){text, span};
  return T_TEXT;
}

/* The bytes of the file from `skip` after the start to `cut` before the end. */
static Text inside(const Scan *scan, Span span, uint32_t skip, uint32_t cut) {
  return (Text){scan->text.at + span.start + skip,
                span.end - span.start - skip - cut};
}

int words_text(Scan *scan, const char *text, Value *value, Span *span) {
  (void)text;
  return give_text(scan, value, *span,
                   unescape(scan, inside(scan, *span, 1, 1), span->start + 1));
}

int words_unended(Scan *scan, const char *text, Value *value, Span *span) {
  Span quote = {span->file, span->start, span->start + 1};
  Diagnostic *one =
      report(scan, 107, quote,
             "The text that starts here is not ended on its line.");
  bool curly = strstr(text, "\xE2\x80\x9C") || strstr(text, "\xE2\x80\x9D");

  diagnostic_help(scan->diagnostics, one, "%s",
                  curly ? "End it with a straight `\"`; a curly quote does"
                          " not end it."
                        : "End it with `\"`; a text over several lines stands"
                          " between `\"\"\"` and `\"\"\"`.");
  return give_text(scan, value, *span, inside(scan, *span, 1, 0));
}

int words_quoted(Scan *scan, const char *text, Value *value, Span *span) {
  uint32_t open = text[0] == '\'' ? 1 : 3;
  uint32_t length = span->end - span->start;
  uint32_t shut = text[length - 1] == '\n' ? 0 : 0;
  Diagnostic *one = report(scan, 111, *span,
                           "A text stands between straight double quotes.");

  diagnostic_help(scan->diagnostics, one, "Write `\"…\"`.");
  if (text[length - 1] == '"' || text[length - 1] == '\'') shut = 1;
  else if (length >= 6 && !memcmp(text + length - 3, "\xE2\x80", 2)) shut = 3;
  return give_text(scan, value, *span, inside(scan, *span, open, shut));
}

void words_long_begin(Scan *scan, const Span *span) {
  scan->open = span->start;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/* The end of the line at `at`, at most `length`. */
static uint32_t line_end(Text raw, uint32_t at) {
  while (at < raw.length && raw.at[at] != '\n') at++;
  return at;
}

/* How many blanks all lines but the first begin with; empty ones aside. */
static uint32_t common_indent(Text raw) {
  uint32_t common = UINT32_MAX, at = line_end(raw, 0);

  while (at < raw.length) {
    uint32_t start = ++at;

    while (at < raw.length && is_blank(raw.at[at])) at++;
    if (at < raw.length && raw.at[at] != '\n' && at - start < common)
      common = at - start;
    at = line_end(raw, at);
  }
  return common == UINT32_MAX ? 0 : common;
}

/* A long text: a first line that is empty goes, and a last one; so does the
 * indentation that all lines share. */
static Text dedent(Scan *scan, Text raw) {
  Buffer out = {.arena = scan->arena};
  uint32_t indent = common_indent(raw), at = 0;
  bool first = true;

  while (at < raw.length) {
    uint32_t end = line_end(raw, at), skip = at;

    while (!first && skip < end && skip < at + indent && is_blank(raw.at[skip]))
      skip++;
    buffer_put(&out, (Text){raw.at + skip, end - skip});
    if (end < raw.length) buffer_put_char(&out, '\n');
    at = end + 1;
    first = false;
  }
  return out.length ? buffer_text(&out) : (Text){raw.at, 0};
}

static Text trim_lines(Text text) {
  uint32_t skip = 0;

  while (skip < text.length && is_blank(text.at[skip])) skip++;
  if (skip < text.length && text.at[skip] == '\n')
    text = (Text){text.at + skip + 1, text.length - skip - 1};
  while (text.length && is_blank(text.at[text.length - 1])) text.length--;
  if (text.length && text.at[text.length - 1] == '\n') text.length--;
  return text;
}

int words_long(Scan *scan, Value *value, Span *span) {
  Text raw;

  span->start = scan->open;
  scan->fresh = false;
  raw = inside(scan, *span, 3, 3);
  raw = unescape(scan, raw, span->start + 3);
  return give_text(scan, value, *span, trim_lines(dedent(scan, raw)));
}

int words_long_unended(Scan *scan, Value *value, Span *span) {
  Span quotes = {scan->file, scan->open, scan->open + 3};
  Diagnostic *one = report(scan, 108, quotes,
                           "The long text that starts here is never ended.");

  diagnostic_help(scan->diagnostics, one, "End it with `\"\"\"`.");
  *span = (Span){scan->file, scan->open, scan->text.length};
  return give_text(scan, value, *span, inside(scan, *span, 3, 0));
}

/* ------------------------------------------------------------ characters */

typedef struct Sign {
  const char *sign, *instead;
  int kind; /* what it is taken for */
} Sign;

static const Sign signs[] = {
    {"<=", "is at most", T_SIGN},      {">=", "is at least", T_SIGN},
    {">", "is above", T_SIGN},         {"==", "is", T_IS},
    {"=", "is", T_IS},                 {"!=", "is not", T_SIGN},
    {"<>", "is not", T_SIGN},          {"&&", "and", T_AND},
    {"&", "and", T_AND},               {"||", "or", T_OR},
    {"|", "or", T_OR},                 {"!", "not", T_NOT},
    {"\xE2\x89\xA0", "is not", T_SIGN}, {"\xE2\x89\xA4", "is at most", T_SIGN},
    {"\xE2\x89\xA5", "is at least", T_SIGN}};

int words_sign(Scan *scan, const char *text, Value *value, const Span *span) {
  const Sign *sign = signs;
  Diagnostic *one;

  while (strcmp(sign->sign, text) != 0) sign++;
  one = scan_report(scan, 123, *span,
                    "Stile has words for `%s`.", text);
  diagnostic_help(scan->diagnostics, one, "Write `%s`.", sign->instead);
  value->T_NAME = (Word){text_of(sign->instead), *span};
  return sign->kind;
}

void words_space(Scan *scan, const Span *span) {
  const char *end;
  Diagnostic *one;

  if (span->start == 0 && span->end == 3) return; /* a byte-order mark */
  if (span->start < scan->space_line) return;
  end = memchr(scan->text.at + span->end, '\n',
               scan->text.length - span->end);
  scan->space_line =
      end ? (uint32_t)(end - scan->text.at) : scan->text.length;
  one = report(scan, 112, *span,
               "There is a special space here that only looks like one.");
  diagnostic_help(scan->diagnostics, one,
                  "Replace it with a plain space; such spaces come along when"
                  " text is copied.");
}

void words_stray(Scan *scan, const Span *span) {
  Text text = inside(scan, *span, 0, 0);
  Diagnostic *one;

  if (scan->stray_end == span->start && span->start) {
    scan->stray_end = span->end;
    return;
  }
  scan->stray_end = span->end;
  one = scan_report(scan, 124, *span,
                    "The character `%.*s` has no meaning here.",
                    TEXT_ARG(text));
  diagnostic_help(scan->diagnostics, one,
                  "Leave it out, or put the text it belongs to in quotes.");
}

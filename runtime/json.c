/* JSON as a document: strict, one object, values as they are written. */
#include <string.h>

#include "runtime/document.h"

typedef struct Json {
  Text text;
  uint32_t file, at;
  uint32_t depth;
  PieceRoom room;
  Diagnostics *diagnostics;
  bool failed;
} Json;

static bool fail(Json *json, uint16_t code, const char *message,
                 const char *help)
{
  uint32_t end = json->at < json->text.length ? json->at + 1 : json->at;
  if (json->failed) return false;
  json->failed = true;
  Diagnostic *one = diagnostic_error(json->diagnostics, code,
                                     (Span){json->file, json->at, end}, "%s",
                                     message);
  diagnostic_help(json->diagnostics, one, "%s", help);
  return false;
}

static char peek(const Json *json)
{
  return json->at < json->text.length ? json->text.at[json->at] : 0;
}

static bool take(Json *json, char c)
{
  if (peek(json) != c || json->at == json->text.length) return false;
  json->at++;
  return true;
}

static void skip_space(Json *json)
{
  while (json->at < json->text.length && strchr(" \t\r\n", peek(json)))
    json->at++;
}

/* --------------------------------------------------------------- strings */

static void put_byte(Json *json, uint32_t byte)
{
  json->room.bytes[json->room.used++] = (char)(unsigned char)byte;
}

static void put_code(Json *json, uint32_t code)
{
  if (code < 0x80) {
    put_byte(json, code);
    return;
  }
  int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static const uint32_t lead[] = {0, 0xC0, 0xE0, 0xF0};
  put_byte(json, lead[more] | code >> (6 * more));
  while (more--) put_byte(json, 0x80 | (code >> (6 * more) & 0x3F));
}

static bool read_hex(Json *json, uint32_t *code)
{
  *code = 0;
  for (int i = 0; i < 4; i++, json->at++) {
    char c = peek(json);
    uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                     : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                     : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                            : 16;
    if (digit == 16)
      return fail(json, E_LAYOUT, N_("After `\\u` there must be four digits."),
                  N_("Write the letter itself."));
    *code = *code << 4 | digit;
  }
  return true;
}

static bool read_unicode(Json *json)
{
  uint32_t code, low;
  if (!read_hex(json, &code)) return false;
  bool half = code >= 0xD800 && code < 0xE000;
  if (half) {
    bool pair = code < 0xDC00 && take(json, '\\') && take(json, 'u');
    if (!pair || !read_hex(json, &low) || low < 0xDC00 || low > 0xDFFF)
      return fail(json, E_LAYOUT, N_("Here is half of a letter."),
                  N_("Write the letter itself."));
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  put_code(json, code);
  return true;
}

static bool read_escape(Json *json)
{
  static const char letters[] = "\"\\/bfnrt", codes[] = "\"\\/\b\f\n\r\t";
  char c = peek(json);
  if (take(json, 'u')) return read_unicode(json);
  const char *found = c ? strchr(letters, c) : NULL;
  if (!found)
    return fail(json, E_LAYOUT, N_("A backslash cannot stand before this."),
                N_("Write two backslashes for one."));
  put_byte(json, (unsigned char)codes[found - letters]);
  json->at++;
  return true;
}

static bool read_string(Json *json, Text *text, Span *span)
{
  uint32_t start = json->at, used = json->room.used;
  if (!take(json, '"'))
    return fail(json, E_LAYOUT,
                N_("Here a text in quotation marks is missing."),
                N_("In JSON, every name stands in quotation marks."));
  while (!take(json, '"')) {
    char c = peek(json);
    if (json->at == json->text.length || c == '\n' || c == '\r')
      return fail(json, E_LAYOUT, N_("This text is not closed."),
                  N_("End it with a quotation mark."));
    if (take(json, '\\')) {
      if (!read_escape(json)) return false;
    } else {
      put_byte(json, (unsigned char)c);
      json->at++;
    }
  }
  *text = (Text){json->room.bytes + used, json->room.used - used};
  *span = (Span){json->file, start, json->at};
  if (text->length <= DOCUMENT_TEXT_MOST) return true;
  json->at = start;
  return fail(json, E_LARGE, N_("This text is longer than 64 KiB."),
              N_("Make it shorter."));
}

/* ---------------------------------------------------------------- values */

static Piece *read_value(Json *json);

static Piece *new_piece(Json *json, PieceKind kind)
{
  Span span = {json->file, json->at, json->at + 1};
  Piece *piece = piece_add(&json->room, kind, span);
  if (!piece)
    fail(json, E_LARGE, N_("The file holds more than 100,000 values."),
         N_("Split it into several files."));
  return piece;
}

static Piece *read_quoted(Json *json)
{
  Piece *piece = new_piece(json, PIECE_TEXT);
  if (!piece || !read_string(json, &piece->text, &piece->span)) return NULL;
  piece->quoted = true;
  return piece;
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static bool skip_digits(Json *json)
{
  if (!is_digit(peek(json))) return false;
  while (is_digit(peek(json))) json->at++;
  return true;
}

static bool skip_number(Json *json)
{
  take(json, '-');
  bool fine = take(json, '0') || skip_digits(json);
  if (fine && take(json, '.')) fine = skip_digits(json);
  if (fine && (take(json, 'e') || take(json, 'E'))) {
    if (!take(json, '-')) take(json, '+');
    fine = skip_digits(json);
  }
  return fine;
}

static bool skip_word(Json *json)
{
  static const char *const words[] = {"true", "false", "null"};
  for (int i = 0; i < 3; i++) {
    Text rest = {json->text.at + json->at, json->text.length - json->at};
    Text word = text_of(words[i]);
    if (!text_starts(rest, word)) continue;
    json->at += word.length;
    return true;
  }
  return false;
}

static Piece *read_plain(Json *json)
{
  uint32_t start = json->at;
  Piece *piece = new_piece(json, PIECE_TEXT);
  if (!piece) return NULL;
  char c = peek(json);
  if (!(c == '-' || is_digit(c) ? skip_number(json) : skip_word(json))) {
    json->at = start;
    fail(json, E_LAYOUT, N_("This is not a value of JSON."),
         N_("Put words in quotation marks."));
    return NULL;
  }
  piece->span.end = json->at;
  piece->text = (Text){json->text.at + start, json->at - start};
  return piece;
}

static bool read_key(Json *json, Text *key, Span *span)
{
  skip_space(json);
  if (peek(json) == '}')
    return fail(json, E_LAYOUT, N_("Before this there is a comma too many."),
                N_("No comma stands after the last value."));
  if (!read_string(json, key, span)) return false;
  skip_space(json);
  return take(json, ':') ||
         fail(json, E_LAYOUT, N_("Here a `:` is missing."),
              N_("Write `\"name\": value`."));
}

/* The parts of a list or map whose opening bracket stands here. */
static bool read_parts(Json *json, Piece *whole, char close)
{
  Piece **link = &whole->first;
  Text key = TEXT_NONE;
  Span key_span = {0};
  json->at++;
  skip_space(json);
  if (take(json, close)) return true;
  do {
    if (close == '}' && !read_key(json, &key, &key_span)) return false;
    Piece *part = read_value(json);
    if (!part) return false;
    part->key = key;
    part->key_span = key_span;
    *link = part;
    link = &part->next;
    skip_space(json);
  } while (take(json, ','));
  return take(json, close) ||
         fail(json, E_LAYOUT,
              N_("Here a comma or a closing bracket is missing."),
              N_("Put a comma between two values, and none after the last."));
}

static Piece *read_whole(Json *json, PieceKind kind, char close)
{
  if (json->depth == DOCUMENT_DEPTH_MOST) {
    fail(json, E_LARGE,
         N_("There are more than 64 brackets in each other here."),
         N_("A situation needs three at most."));
    return NULL;
  }
  Piece *whole = new_piece(json, kind);
  json->depth++;
  bool fine = whole && read_parts(json, whole, close);
  json->depth--;
  return fine ? whole : NULL;
}

static Piece *read_value(Json *json)
{
  skip_space(json);
  switch (peek(json)) {
  case '{': return read_whole(json, PIECE_MAP, '}');
  case '[': return read_whole(json, PIECE_LIST, ']');
  case '"': return read_quoted(json);
  default: return read_plain(json);
  }
}

bool json_read(Arena *arena, const Source *source, uint32_t file,
               Diagnostics *diagnostics, Documents *documents)
{
  Json json = {source->text, file, 0, 0, {0}, diagnostics, false};
  document_room(arena, source, &json.room);
  skip_space(&json);
  if (json.at == json.text.length) return true;
  if (peek(&json) != '{')
    return fail(&json, E_LAYOUT, N_("A situation in JSON starts with `{`."),
                N_("Write it as one object."));
  Piece *piece = read_value(&json);
  if (!piece) return false;
  skip_space(&json);
  if (json.at < json.text.length)
    return fail(&json, E_LAYOUT, N_("The situation has ended before this."),
                N_("A JSON file holds one object and nothing after it."));
  *documents = (Documents){piece, 1};
  return document_finish(arena, source, &json.room, diagnostics);
}

#include "runtime/document.h"

#include <stdlib.h>

#include "base/utf8.h"

Piece *piece_add(PieceRoom *room, PieceKind kind, Span span)
{
  if (room->count == room->room) return NULL;
  Piece *piece = &room->at[room->count++];
  *piece = (Piece){.kind = kind, .span = span};
  return piece;
}

bool piece_is_unknown(const Piece *piece)
{
  if (piece->kind != PIECE_TEXT) return false;
  if (text_equal(piece->text, TEXT("unknown"))) return true;
  return !piece->quoted &&
         (!piece->text.length || text_equal(piece->text, TEXT("~")) ||
          text_equal(piece->text, TEXT("null")));
}

/* --------------------------------------------------------- before reading */

static bool check_letters(const Source *source, uint32_t file,
                          Diagnostics *diagnostics)
{
  static const char *const words[] = {
    [UTF8_FINE] = "",
    [UTF8_BROKEN] = N_("a letter that is not UTF-8"),
    [UTF8_NUL] = N_("a zero byte"),
    [UTF8_CONTROL] = N_("a hidden control character"),
    [UTF8_BIDI] = N_("a hidden mark that turns the direction of the text"),
  };
  uint32_t offset;
  Utf8Fault fault = utf8_check(source->text, &offset);
  if (fault == UTF8_FINE) return true;
  Span span = {file, offset, offset + 1};
  Diagnostic *one = diagnostic_error(diagnostics, E_LETTERS, span,
                                     "Here is %s.", words[fault]);
  diagnostic_help(diagnostics, one,
                  "Take it out, and save the file as UTF-8.");
  return false;
}

static bool check_size(const Source *source, uint32_t file,
                       Diagnostics *diagnostics)
{
  if (source->text.length <= DOCUMENT_FILE_MOST) return true;
  Diagnostic *one = diagnostic_error(diagnostics, E_LARGE, (Span){file, 0, 0},
                                     "The file is larger than 8 MiB.");
  diagnostic_help(diagnostics, one, "Split it into several files.");
  return false;
}

static bool text_ends(Text text, Text end)
{
  return text.length >= end.length &&
         text_equal((Text){text.at + text.length - end.length, end.length},
                    end);
}

/* Is the text JSON?  Its name tells, or else its first letter. */
static bool is_json(const Source *source)
{
  if (text_ends(source->name, TEXT(".json"))) return true;
  if (text_ends(source->name, TEXT(".yaml")) ||
      text_ends(source->name, TEXT(".yml")))
    return false;
  for (uint32_t i = 0; i < source->text.length; i++) {
    char c = source->text.at[i];
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') return c == '{';
  }
  return false;
}

bool document_read(Arena *arena, const Sources *sources, uint32_t file,
                   Diagnostics *diagnostics, Documents *documents)
{
  const Source *source = source_get(sources, file);
  *documents = (Documents){0};
  if (!check_size(source, file, diagnostics)) return false;
  if (!check_letters(source, file, diagnostics)) return false;
  return is_json(source)
             ? json_read(arena, source, file, diagnostics, documents)
             : yaml_read(arena, source, file, diagnostics, documents);
}

/* ---------------------------------------------------------- after reading */

/* Texts that came out of escapes can hold what the file itself cannot. */
static void check_text(Diagnostics *diagnostics, Piece *piece, Text text,
                       Span span)
{
  uint32_t offset;
  if (utf8_check(text, &offset) == UTF8_FINE) return;
  piece->refused = true;
  Diagnostic *one = diagnostic_error(diagnostics, E_LETTERS, span,
                                     "This text holds a hidden character.");
  diagnostic_help(diagnostics, one, "Take it out of the text.");
}

/* By key, then by place. */
static int compare_keys(const void *a, const void *b)
{
  const Piece *one = *(const Piece *const *)a;
  const Piece *other = *(const Piece *const *)b;
  int order = text_compare(one->key, other->key);
  if (order) return order;
  return one->key_span.start < other->key_span.start ? -1 : 1;
}

static void tell_twice(const Source *source, Diagnostics *diagnostics,
                       const Piece *first, Piece *second)
{
  Position position = source_position(source, first->key_span.start);
  Diagnostic *one = diagnostic_error(
      diagnostics, E_TWICE, second->key_span,
      "`%.*s` stands here a second time; the first is in line %u.",
      TEXT_ARG(second->key), position.line);
  diagnostic_relate(diagnostics, one, first->key_span, "The first is here.");
  diagnostic_help(diagnostics, one, "Keep the one that is right.");
  second->refused = true;
}

static void check_keys(Arena *arena, const Source *source, const Piece *map,
                       Diagnostics *diagnostics)
{
  uint32_t count = 0;
  for (const Piece *part = map->first; part; part = part->next) count++;
  if (count < 2) return;
  Piece **parts = ARENA_ARRAY(arena, count, Piece *);
  uint32_t i = 0;
  for (Piece *part = map->first; part; part = part->next) parts[i++] = part;
  qsort(parts, count, sizeof *parts, compare_keys);
  for (i = 1; i < count; i++)
    if (!parts[i]->refused && text_equal(parts[i - 1]->key, parts[i]->key))
      tell_twice(source, diagnostics, parts[i - 1], parts[i]);
}

bool document_finish(Arena *arena, const Source *source, PieceRoom *room,
                     Diagnostics *diagnostics)
{
  uint32_t before = diagnostics->errors;
  for (uint32_t i = 0; i < room->count; i++) {
    Piece *piece = &room->at[i];
    check_text(diagnostics, piece, piece->key, piece->key_span);
    check_text(diagnostics, piece, piece->text, piece->span);
    if (piece->refused) continue;
    piece->key = utf8_nfc(arena, piece->key);
    piece->text = utf8_nfc(arena, piece->text);
  }
  for (uint32_t i = 0; i < room->count; i++)
    if (room->at[i].kind == PIECE_MAP)
      check_keys(arena, source, &room->at[i], diagnostics);
  return diagnostics->errors == before;
}

void document_room(Arena *arena, const Source *source, PieceRoom *room)
{
  uint32_t length = source->text.length;
  uint32_t most = DOCUMENT_PIECES_MOST;
  room->room = length < most / 2 ? 2 * length + 8 : most;
  room->at = ARENA_ARRAY(arena, room->room, Piece);
  room->bytes_room = 2 * length + 16;
  room->bytes = ARENA_ARRAY(arena, room->bytes_room, char);
  room->count = room->used = 0;
}

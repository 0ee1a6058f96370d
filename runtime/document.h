/* Documents: YAML or JSON text as a tree of maps, lists and texts with places.
 *
 * Nothing is guessed: every value stays text until the type of its fact reads
 * it.  Shorthand that hides what a file says (anchors, aliases, tags, merge
 * keys) and keys that stand twice are mistakes.
 */
#ifndef STILE_RUNTIME_DOCUMENT_H
#define STILE_RUNTIME_DOCUMENT_H

#include "base/diagnostic.h"

#define DOCUMENT_FILE_MOST (8u << 20)  /* bytes */
#define DOCUMENT_TEXT_MOST (64u << 10) /* bytes of one value */
#define DOCUMENT_PIECES_MOST 100000u
#define DOCUMENT_DEPTH_MOST 64u

typedef enum PieceKind { PIECE_TEXT, PIECE_LIST, PIECE_MAP } PieceKind;

/* A value.  The parts of a map carry the key that they stand under. */
typedef struct Piece {
  PieceKind kind;
  bool quoted;  /* a text in quotation marks, or a block of lines */
  bool refused; /* a mistake in it has been told */
  Text text;    /* PIECE_TEXT: with its escapes taken out */
  Span span;
  Text key;     /* in a map */
  Span key_span;
  struct Piece *first; /* the parts of a list or map, */
  struct Piece *next;  /* in the order of the file */
} Piece;

typedef struct Documents {
  Piece *first; /* one for each document, by `next` */
  uint32_t count;
} Documents;

/* Reads source number `file`: JSON if its name ends in .json or the text
 * starts with `{` (and the name does not say YAML), else YAML.  True if there
 * was no mistake; what was read before a mistake in layout stays. */
bool document_read(Arena *arena, const Sources *sources, uint32_t file,
                   Diagnostics *diagnostics, Documents *documents);

/* Is it an unquoted `unknown`, `null`, `~` or nothing?  In JSON, also the
 * string "unknown". */
bool piece_is_unknown(const Piece *piece);

/* ---- the parts of document_read, each in a file of its own */

/* The codes of mistakes in documents. */
enum {
  E_LAYOUT = 501, E_SHORTHAND = 502, E_TWICE = 503, E_LETTERS = 504,
  E_LARGE = 505
};

/* What the readers fill.  All pieces are made beforehand, so that no memory is
 * taken while the YAML library holds its own. */
typedef struct PieceRoom {
  Piece *at;
  uint32_t count, room;
  char *bytes; /* of the texts */
  uint32_t used, bytes_room;
} PieceRoom;

/* Makes room for everything that a text of this length can hold. */
void document_room(Arena *arena, const Source *source, PieceRoom *room);
/* The next piece; NULL if there is no more room. */
Piece *piece_add(PieceRoom *room, PieceKind kind, Span span);
/* Checks the letters and keys of all pieces and brings them into NFC. */
bool document_finish(Arena *arena, const Source *source, PieceRoom *room,
                     Diagnostics *diagnostics);

bool yaml_read(Arena *arena, const Source *source, uint32_t file,
               Diagnostics *diagnostics, Documents *documents);
bool json_read(Arena *arena, const Source *source, uint32_t file,
               Diagnostics *diagnostics, Documents *documents);

#endif

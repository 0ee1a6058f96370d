/* Emitting code and nodes.  Only the generator's files include this. */
#ifndef STILE_COMPILER_EMIT_H
#define STILE_COMPILER_EMIT_H

#include "compiler/generate.h"

typedef struct NamedCode {
  Range parts;         /* its nodes */
  uint32_t *registers; /* of its parts */
} NamedCode;

/* The line that was looked at last: of places, the next is often there too. */
typedef struct Spot {
  const Source *source; /* NULL: none yet */
  uint32_t line;        /* its number */
  uint32_t start, end;  /* its bytes, to where the next one starts */
  bool plain;           /* each byte is a character */
} Spot;

typedef Vec(uint32_t) WordsList;

/* A register and its weight. */
typedef struct Weighed {
  uint32_t reg, weight;
} Weighed;

/* A text that is to be numbered, after those before it. */
typedef struct LateText {
  Text text;
  uint32_t hash;
  uint32_t *number; /* where its number is wanted */
} LateText;

#define LATE_MOST 32

typedef struct Emit {
  Arena *arena;
  const Checked *checked;
  const CutGrid *grid;
  const Sources *sources;
  Image *image;
  Table texts;
  LateText late[LATE_MOST]; /* texts that are not yet numbered */
  uint32_t late_count;
  Table instructions; /* the words of an instruction, or of a test, to its
                         register */
  WordsList words;    /* of the test or instruction being made */
  Vec(Weighed) parts; /* likewise */
  Vec(const Term *) queue; /* of the condition whose nodes are being made */
  uint32_t registers;
  NamedCode *named;
  uint32_t rule_places, node_places; /* the numbers of the first ones */
  uint32_t *file_numbers; /* of a source file: its number in the image */
  Spot spot;
  Span tidy; /* words that were taken as they are */
} Emit;

/* The number of a text, in order of first use; NONE for none. */
uint32_t emit_text(Emit *emit, Text text);

/* The same, but the number is set a little later, where it must still be wanted
 * then: many texts are looked for at once that way, which is quicker. */
void emit_text_later(Emit *emit, Text text, uint32_t *number);
/* Sets all numbers. */
void emit_late_texts(Emit *emit);

/* Adds the nodes of conditions, each after its whole, parts side by side, and
 * the code that they need.  Returns the nodes of the terms themselves.  Names
 * in them have been emitted before. */
Range emit_terms(Emit *emit, const Term *terms, uint32_t count);

/* The words that the author wrote there, spaces and comments made one space. */
Text emit_words(Emit *emit, Span span);

/* Adds the files, and room for the places of everything; finds those of all but
 * rules and nodes.  (places.c) */
void emit_places(Emit *emit);
/* Finds a place, of those that there is room for. */
void emit_place(Emit *emit, uint32_t number, Span span);

#endif

/* A policy that is kept small, to be asked: the library holds it so.
 *
 * Lists that grow with the rules stay in columns, much as in the file
 * (runtime/image_block.h); a column of one number takes no room.  Records are
 * made of them when they are wanted.  The other lists are records, as in every
 * Image.
 */
#ifndef STILE_RUNTIME_IMAGE_LEAN_H
#define STILE_RUNTIME_IMAGE_LEAN_H

#include "runtime/image_block.h"

typedef struct LeanImage {
  Image image;       /* lists in columns have only their count; so has code */
  const Column *columns[LIST_COUNT]; /* a column a word; NULL: records */
  Column code;
  Column registers;  /* of each node */
  const char *words; /* texts of lists in columns, each with a zero after it */
} LeanImage;

/* As image_read, and verifies as much, but borrows nothing of `bytes`, and
 * keeps only what is answered from: of conditions the registers of the whole
 * ones; places of rules; no source text, no examples.  Conditions and texts
 * have other numbers than in the file: in columns, a text is where it starts
 * among the words. */
bool image_read_lean(Arena *arena, Text bytes, LeanImage *lean,
                     ImageFault *fault);

/* The second half of image_read_lean: of lean->image, which has been read from
 * `bytes` into `scratch`, what is kept goes to `arena`.  (image_keep.c) */
void image_lean_keep(Arena *arena, Arena *scratch, Text bytes,
                     LeanImage *lean);

/* The whole of what evaluating needs, as records without texts.  It lives in
 * `arena` and borrows `lean`. */
void image_lean_unpack(Arena *arena, const LeanImage *lean, Image *image);

/* One record of a list in columns, its texts for image_lean_words. */
void image_lean_record(const LeanImage *lean, ListId list, uint32_t index,
                       void *record);
Text image_lean_words(const LeanImage *lean, uint32_t words);

/* Where a rule stands in the source; false if there are no places. */
bool image_lean_place(const LeanImage *lean, uint32_t rule, Place *place);

/* Is this list kept in columns? */
bool image_lean_in_columns(ListId list);

#endif

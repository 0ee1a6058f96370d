/* Columns of numbers, as in an image file, and records as structs: read field
 * by field, many at a time.
 *
 * A column is one word of every record of a list.  It stands in the file as a
 * base, the width of its numbers in bytes (0, 1, 2 or 4), and the numbers,
 * which are counted from the base; then zeros up to a multiple of 4.  With a
 * width of 0 all words are the base.
 */
#ifndef STILE_RUNTIME_IMAGE_BLOCK_H
#define STILE_RUNTIME_IMAGE_BLOCK_H

#include "runtime/image_schema.h"

#define COLUMN_HEAD_SIZE 8 /* base, width */
#define COLUMNS_MOST 32    /* words of a record */
#define BLOCK_MOST 64u     /* records of a block */
/* Of more records each word takes a byte at least: so a small file cannot stand
 * for a list that takes much memory. */
#define COLUMN_BARE_MOST 65536

typedef struct Column {
  const char *at; /* the number of the first record */
  uint32_t base, width;
} Column;

/* Finds the columns at the start of `bytes`.  Returns how many bytes they take;
 * or NONE, with *fault the byte at fault, if there are no such columns. */
uint32_t image_columns(Text bytes, uint32_t items, uint32_t words,
                       Column *columns, uint32_t *fault);

/* Reads `count` words from that of record `first` on. */
void image_column_read(const Column *column, uint32_t first, uint32_t count,
                       uint32_t *restrict words);

/* The columns of a list, or of the code, in an image file whose columns are
 * sound; nothing if it has no items. */
void image_list_columns(Text bytes, ListId list, Column *columns);
void image_code_column(Text bytes, Column *column);
/* The lengths of the texts; returns where the first text starts. */
uint32_t image_lengths_column(Text bytes, Column *column);

/* Where word `word` of record `index` of a list, or word `word` of the code,
 * stands in an image file whose columns are sound. */
uint32_t image_record_offset(Text bytes, ListId list, uint32_t index,
                             uint32_t word);
uint32_t image_code_offset(Text bytes, uint32_t word);

/* How the numbers of a column are told: from what, and in how many bytes. */
typedef struct ColumnShape {
  uint32_t base, width;
} ColumnShape;

/* The least and the most of some words, each with 1 added: NONE counts as one
 * below 0, so that it does not make a column wide. */
typedef struct ColumnSpread {
  uint32_t least, most;
} ColumnSpread;

#define COLUMN_SPREAD_NONE ((ColumnSpread){UINT32_MAX, 0})

/* Takes in as many words as a block has; if they are fewer, `words` has room
 * for the rest. */
void image_spread_add(ColumnSpread *spread, uint32_t words[BLOCK_MOST],
                      uint32_t count);
/* The shape in which so many such words take the least room. */
ColumnShape image_spread_shape(ColumnSpread spread, uint32_t count);
/* The same for the words themselves. */
ColumnShape image_column_shape(const uint32_t *words, uint32_t count);

/* How many bytes a column takes. */
uint64_t image_column_size(ColumnShape shape, uint32_t count);

/* Writes the numbers of a column one after another. */
void image_column_numbers(char *at, ColumnShape shape, const uint32_t *words,
                          uint32_t count);

/* Writes the head of a column of `size` bytes, and the zeros at its end.
 * Returns where its numbers start. */
char *image_column_head(char *at, ColumnShape shape, uint64_t size);

/* How a field of the file is checked: all kinds of one word come down to one
 * comparison, `word + bias < bound`, where a bias of 1 lets NONE in. */
typedef struct Plan {
  FieldKind kind;
  uint32_t at;   /* in the struct */
  uint32_t word; /* its column */
  uint32_t bias, bound;
} Plan;

/* Records next to each other: in columns, and as structs. */
typedef struct Block {
  const Column *columns;
  char *to;      /* NULL: they are only checked */
  uint32_t size; /* of one struct */
  uint32_t first, count;
  bool trusted;  /* nothing is checked */
} Block;

/* Reads records; the number of a field that is wrong in one, or NONE. */
uint32_t image_block_read(const Block *block, const Plan *plans,
                          uint32_t fields);

/* Do these columns have nothing but fine words for a field?  Quick, as it goes
 * by the largest number of each; false if that alone does not tell. */
bool image_columns_fit(const Column *columns, uint32_t items,
                       const Plan *plan);
/* Are all words of these columns 0? */
bool image_columns_zero(const Column *columns, uint32_t items,
                        uint32_t words);

/* Reads these records of a list from sound columns; if not the whole of them,
 * then all but their texts, into records that are all zero. */
void image_records_read(ListId list, const Column *columns, Range range,
                        bool whole, void *records);

static inline bool image_field_is_text(const Field *field) {
  return field->kind == FIELD_WORDS || field->kind == FIELD_WORDS_OPTION;
}

#endif

/* Rows of a case file as cases.
 *
 * Where every fact has one value, a case is packed: a number a fact, and no
 * memory taken.  Else, with ranges, several possible values or records, it is a
 * Situation.
 */
#ifndef STILE_CLI_BATCH_READ_H
#define STILE_CLI_BATCH_READ_H

#include "cli/batch_cell.h"
#include "cli/batch_mapping.h"
#include "cli/case_file.h"
#include "runtime/situation_read.h"

typedef enum ColumnKind {
  COLUMN_FACT, COLUMN_BOUNDARY, COLUMN_AS_OF, COLUMN_TENSE, COLUMN_KEPT,
  COLUMN_IGNORED
} ColumnKind;

enum { READ_BEFORE = 64, LETTERS_MOST = 32, SALTS_MOST = 256 };

/* A text of one column that was read before, and its one value. */
typedef struct ReadBefore {
  char letters[LETTERS_MOST];
  int64_t value;
  uint64_t known;  /* the fact's bit; 0: not known */
  uint32_t length; /* 0: nothing yet */
  uint32_t bits;   /* of its letters, see quick_bits */
} ReadBefore;

/* How a field is read where it is nothing out of the ordinary. */
typedef enum ColumnWay {
  WAY_CAREFUL, /* never in a hurry */
  WAY_WORD,    /* a text that was read before */
  WAY_AMOUNT   /* digits, with a unit if it is a length of time */
} ColumnWay;

typedef struct Column {
  ColumnKind kind;
  uint32_t fact;
  ColumnWay way;
  uint64_t known;             /* the fact's bit in its word */
  uint32_t salts;             /* how often `salt` was changed */
  uint64_t salt;              /* spreads the texts over `before` */
  Text name;
  const MappedColumn *mapped; /* NULL if nothing is said */
  ReadBefore *before;         /* READ_BEFORE of them; facts only */
  const Fact *about;          /* facts only */
  CellUnit unit;              /* of an amount; of time: the last one read */
} Column;

typedef struct BatchReader {
  const Image *image;
  const Image *other;     /* columns that only this has are passed over */
  const Mapping *mapping;
  uint32_t boundary;      /* where a case names none */
  Day as_of;
  Column *columns;
  uint32_t column_count, columns_room;
  uint32_t kept_count;
  bool late_day;          /* the day comes after a column that needs it */
} BatchReader;

typedef struct ReadCase {
  uint32_t boundary;
  Day as_of;
  Tense tense;
  int64_t *values; /* packed; see runtime/packed.h */
  uint64_t *known;
  bool wide;       /* `situation` says it instead */
  Situation situation;
  Text *kept;      /* one for each column that is kept */
} ReadCase;

void read_case_make(Arena *arena, const BatchReader *reader, ReadCase *one);

/* Adds a column by its name: a fact, `boundary`, `as-of`, `tense`, or what the
 * mapping says.  False, with what is wrong, if it is none of these or says what
 * another column says. */
bool batch_add_column(Arena *arena, Text name, Sources *sources,
                      Diagnostics *diagnostics, BatchReader *reader);

/* A copy for another thread, with memory of its own for what it has read. */
void batch_reader_copy(Arena *arena, const BatchReader *from,
                       BatchReader *to);

/* Forgets the last case. */
void batch_start_case(const BatchReader *reader, ReadCase *one);

/* One row, `count` fields; what it takes lives in `arena`.  Returns what is
 * wrong with it, naming the column, or none. */
Text batch_read_fields(Arena *arena, const BatchReader *reader,
                       const Text *fields, uint32_t count, ReadCase *one);

/* The same from the bytes of a row without quotation marks, in one pass, with
 * QUICK_ROOM bytes behind it.  False, and nothing said, if anything is out of
 * the ordinary: then the fields tell. */
bool batch_read_row(Arena *arena, const BatchReader *reader, Text row,
                    ReadCase *one);

/* What the other fields rest on: boundary, day or tense.  Returns what is
 * wrong, or none. */
Text batch_read_frame(Arena *arena, const BatchReader *reader,
                      const Column *column, Text text, ReadCase *one);

/* The first error as one line that is safe to print; none. */
Text batch_first_message(Arena *arena, const Diagnostics *diagnostics);

#endif

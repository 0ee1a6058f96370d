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

/* A text of up to 24 bytes as words, so that two can be compared quickly. */
typedef struct Letters {
  uint64_t first, middle, last;
} Letters;

/* A text of one column that was read before, and its one value. */
typedef struct ReadBefore {
  Letters letters;
  uint32_t length; /* 0: nothing yet */
  bool known;
  int64_t value;
} ReadBefore;

enum { READ_BEFORE = 64, LETTERS_MOST = 24 };

typedef struct Column {
  ColumnKind kind;
  uint32_t fact;
  Text name;
  const MappedColumn *mapped; /* NULL if nothing is said */
  ReadBefore *before;         /* READ_BEFORE of them; facts only */
  CellUnit unit;              /* the last unit of time that was read */
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

/* What the other fields rest on: boundary, day or tense.  Returns what is
 * wrong, or none. */
Text batch_read_frame(Arena *arena, const BatchReader *reader,
                      const Column *column, Text text, ReadCase *one);

/* One field as a packed value.  False, and nothing said, if it is wrong or more
 * than one value. */
bool batch_read_cell(Arena *arena, const BatchReader *reader, Column *column,
                     Text text, ReadCase *one);

/* The first error as one line that is safe to print; none. */
Text batch_first_message(Arena *arena, const Diagnostics *diagnostics);

#endif

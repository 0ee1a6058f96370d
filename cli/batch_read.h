/* Rows of a case file as situations. */
#ifndef STILE_CLI_BATCH_READ_H
#define STILE_CLI_BATCH_READ_H

#include "cli/case_file.h"
#include "cli/options.h"
#include "runtime/situation_read.h"

typedef enum ColumnKind {
  COLUMN_FACT, COLUMN_BOUNDARY, COLUMN_AS_OF, COLUMN_TENSE, COLUMN_KEPT
} ColumnKind;

/* A text of one column that was read before, and its one value. */
typedef struct ReadBefore {
  char text[24];
  uint32_t length; /* 0: nothing yet */
  Given given;
  ValueSpan span;
} ReadBefore;

enum { READ_BEFORE = 64 };

typedef struct Column {
  ColumnKind kind;
  uint32_t fact;
  Text name;
  ReadBefore *before; /* READ_BEFORE of them */
} Column;

typedef struct BatchReader {
  const Image *image;
  uint32_t boundary;  /* where a row names none */
  Day as_of;
  Column *columns;
  uint32_t column_count;
  Text *kept_names;
  uint32_t kept_count;
} BatchReader;

/* The columns of a header: facts by name, `boundary`, `as-of`, `tense`, those
 * listed in `keep`; `maps` says "COLUMN=FACT".  False, with what is wrong in
 * `diagnostics`, if a column is none of these or comes twice. */
bool batch_read_header(Arena *arena, const CaseFile *file, const Words *maps,
                       const Words *keep, Sources *sources,
                       Diagnostics *diagnostics, BatchReader *reader);

/* One row; its parts live in `arena`.  Returns what is wrong with it, naming
 * the column, or none.  `kept` gets the columns taken over. */
Text batch_read_fields(Arena *arena, BatchReader *reader,
                       const CaseFile *file, Situation *situation,
                       Text *kept);
/* One line of JSON. */
Text batch_read_line(Arena *arena, const BatchReader *reader,
                     const CaseFile *file, Situation *situation);

#endif

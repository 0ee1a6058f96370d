/* Where the rows of answers go: stdout, a new file, or a table of a new SQLite
 * database, filled in one transaction. */
#ifndef STILE_CLI_BATCH_OUTPUT_H
#define STILE_CLI_BATCH_OUTPUT_H

#include <stdio.h>

#include "base/text.h"
#include "cli/late.h"

typedef struct BatchOutput {
  const char *path;   /* NULL: stdout */
  FILE *file;         /* NULL: a database, or nothing */
  sqlite3 *db;
  sqlite3_stmt *insert;
  uint32_t columns;
  Text failure;       /* what went wrong; none */
  Arena *arena;
} BatchOutput;

/* Does the path name a database? */
bool batch_output_is_table(const char *path);

/* Makes the file, which must not be there yet; NULL is stdout.  False, with
 * `failure`. */
bool batch_output_open(Arena *arena, const char *path, BatchOutput *output);
/* The names of the columns as a row of CSV; a table has a note of `about` too,
 * lines of `name=value`. */
bool batch_output_head(BatchOutput *output, Text header, Text about);
/* Rows as they stand in the output; a database takes rows of CSV. */
bool batch_output_put(BatchOutput *output, Text rows);
/* Makes what was put last.  With `keep` false a database is left empty. */
bool batch_output_close(BatchOutput *output, bool keep);

#endif

/* Files of many cases: CSV (RFC 4180), a JSON object a line, or the rows of an
 * SQLite query.  However large the file, one block of rows is in memory at a
 * time.  The rows of a query come as CSV, so that all else is the same. */
#ifndef STILE_CLI_CASE_FILE_H
#define STILE_CLI_CASE_FILE_H

#include <signal.h>

#include "base/text.h"
#include "cli/batch_quick.h"

#define CASE_ROW_MOST (1u << 20)
#define CASE_FIELDS_MOST 4096u
#define CASE_BLOCK_GOOD (1u << 18) /* bytes read for one block, if there are */
#define CASE_BLOCK_ROOM (CASE_ROW_MOST + 2 * CASE_BLOCK_GOOD)
#define CASE_BLOCK_ROWS 16384u

typedef enum CaseRowKind {
  CASE_ROW,      /* a row without quotation marks, or a line */
  CASE_QUOTED,   /* a row with a quotation mark somewhere */
  CASE_TOO_LONG, /* a row of more than CASE_ROW_MOST bytes; passed over */
  CASE_UNCLOSED  /* a quotation mark that nothing closes; always the last */
} CaseRowKind;

typedef struct CaseRow {
  uint32_t start, end; /* in the block; without the end of the line */
  uint8_t kind;        /* CaseRowKind */
  uint64_t line;       /* the line that it starts on, from 1 */
} CaseRow;

/* Rows read together.  Rows without any byte are left out. */
typedef struct CaseBlock {
  char *bytes;   /* CASE_BLOCK_ROOM of them, and QUICK_ROOM more */
  CaseRow *rows; /* CASE_BLOCK_ROWS of them */
  uint32_t row_count;
  uint64_t first; /* how many rows came before this block */
} CaseBlock;

typedef struct CaseQuery CaseQuery;

/* Where the end of a row is looked for. */
typedef struct RowScan {
  bool quoted, quote_seen, in_field;
} RowScan;

typedef struct CaseFile {
  int file;          /* -1: a query */
  CaseQuery *query;
  bool lines;        /* a row is a line: no quotation marks */
  bool ended;
  bool starved;      /* what is left holds no whole row */
  bool skips;        /* within a row that is too long */
  RowScan scan;      /* of the row that is passed over */
  uint64_t skipped_line;
  char *rest;        /* read, but of the next block */
  uint32_t rest_length;
  uint32_t most;     /* rows for the next block */
  uint64_t line, rows; /* the next line; rows given so far */
  uint64_t taken, size; /* bytes; size 0: not known */
  int error;           /* an errno of reading, or 0 */
  Text query_error;    /* or what SQLite said; none */
  const volatile sig_atomic_t *stop; /* ends reading, if set and not 0 */
} CaseFile;

/* Opens it; "-" is stdin.  False if it cannot be had, see errno. */
bool case_file_open(Arena *arena, const char *path, bool lines,
                    CaseFile *file);
/* Opens a database to read from it, and prepares the query.  False, with the
 * reason. */
bool case_file_query(Arena *arena, const char *path, const char *query,
                     CaseFile *file, Text *reason);
void case_file_close(CaseFile *file);

void case_block_make(Arena *arena, CaseBlock *block);

/* The next rows, at least one; false at the end, or where reading failed. */
bool case_file_read(CaseFile *file, CaseBlock *block);

/* The first row alone, which names the columns and is not counted. */
bool case_file_read_head(CaseFile *file, CaseBlock *block);

/* The fields of a row that is CASE_ROW or CASE_QUOTED; quotation marks are
 * undone in place.  Returns how many there are; past `most` they are counted
 * only. */
uint32_t case_fields(CaseBlock *block, const CaseRow *row, Text *fields,
                     uint32_t most);

#endif

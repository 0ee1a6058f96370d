/* Files of many cases, row by row: CSV (RFC 4180) or a JSON object a line.
 * However large the file, one row is in memory at a time. */
#ifndef STILE_CLI_CASE_FILE_H
#define STILE_CLI_CASE_FILE_H

#include <stdio.h>

#include "base/text.h"

#define CASE_ROW_MOST (1u << 20)
#define CASE_FIELDS_MOST 4096u

typedef enum CaseRow {
  CASE_ROW,     /* a row has been read */
  CASE_END,     /* there are no more */
  CASE_TOO_LONG, /* a row of more than CASE_ROW_MOST bytes, or too many
                    fields; it has been passed over */
  CASE_UNCLOSED /* a quotation mark that nothing closes */
} CaseRow;

typedef struct CaseFile {
  FILE *file;
  char *bytes;        /* of the row, quotation marks undone */
  uint32_t length;
  uint32_t *starts;   /* of each field; starts[fields] is the end */
  uint32_t fields;
  uint64_t line;      /* the line that the row starts on, from 1 */
  uint64_t next_line;
} CaseFile;

/* Opens it; "-" is stdin.  False if it cannot be had, see errno. */
bool case_file_open(Arena *arena, const char *path, CaseFile *file);
void case_file_close(CaseFile *file);

/* The next row of fields; rows without any byte are passed over. */
CaseRow case_file_read_fields(CaseFile *file);
/* The next line, as one field; empty lines are passed over. */
CaseRow case_file_read_line(CaseFile *file);

static inline Text case_field(const CaseFile *file, uint32_t field) {
  uint32_t start = file->starts[field];
  return (Text){file->bytes + start, file->starts[field + 1] - start};
}

#endif

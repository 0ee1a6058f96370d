#include "cli/case_file.h"

#include <string.h>

bool case_file_open(Arena *arena, const char *path, CaseFile *file)
{
  *file = (CaseFile){.next_line = 1};
  file->bytes = ARENA_ARRAY(arena, CASE_ROW_MOST + 1, char);
  file->starts = ARENA_ARRAY(arena, CASE_FIELDS_MOST + 2, uint32_t);
  file->file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rbe");
  return file->file != NULL;
}

void case_file_close(CaseFile *file)
{
  if (file->file && file->file != stdin) fclose(file->file);
  file->file = NULL;
}

/* What has been read of one row. */
typedef struct Row {
  CaseFile *file;
  bool quoted, was_quoted, too_long, any;
} Row;

static void put(Row *row, int c)
{
  row->any = true;
  if (row->file->length == CASE_ROW_MOST)
    row->too_long = true;
  else
    row->file->bytes[row->file->length++] = (char)c;
}

static void end_field(Row *row)
{
  CaseFile *file = row->file;
  row->was_quoted = false;
  if (file->fields == CASE_FIELDS_MOST)
    row->too_long = true;
  else
    file->starts[++file->fields] = file->length;
}

static void start_row(Row *row)
{
  CaseFile *file = row->file;
  *row = (Row){.file = file};
  file->length = file->fields = 0;
  file->starts[0] = 0;
  file->line = file->next_line;
}

/* Within quotation marks: a doubled one is one, a single one closes. */
static void take_quoted(Row *row, int c)
{
  if (c == '\n') row->file->next_line++;
  if (c != '"') {
    put(row, c);
    return;
  }
  int next = getc_unlocked(row->file->file);
  if (next == '"') {
    put(row, c);
    return;
  }
  row->quoted = false;
  if (next != EOF) ungetc(next, row->file->file);
}

static void take_plain(Row *row, int c)
{
  const CaseFile *file = row->file;
  bool starts = file->length == file->starts[file->fields];
  if (c == '"' && starts && !row->was_quoted) {
    row->quoted = row->was_quoted = row->any = true;
  } else if (c == ',') {
    row->any = true;
    end_field(row);
  } else if (c != '\r') {
    put(row, c);
  }
}

static CaseRow finish(Row *row)
{
  if (row->quoted) return CASE_UNCLOSED;
  end_field(row);
  return row->too_long ? CASE_TOO_LONG : CASE_ROW;
}

CaseRow case_file_read_fields(CaseFile *file)
{
  Row row = {.file = file};
  start_row(&row);
  for (;;) {
    int c = getc_unlocked(file->file);
    if (c == EOF) return row.any ? finish(&row) : CASE_END;
    if (row.quoted) {
      take_quoted(&row, c);
    } else if (c != '\n') {
      take_plain(&row, c);
    } else {
      file->next_line++;
      if (row.any) return finish(&row);
      start_row(&row);
    }
  }
}

CaseRow case_file_read_line(CaseFile *file)
{
  Row row = {.file = file};
  start_row(&row);
  for (;;) {
    int c = getc_unlocked(file->file);
    if (c == EOF) return row.any ? finish(&row) : CASE_END;
    if (c != '\n') {
      if (c != '\r') put(&row, c);
      continue;
    }
    file->next_line++;
    if (row.any) return finish(&row);
    start_row(&row);
  }
}

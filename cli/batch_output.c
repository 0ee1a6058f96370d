#include "cli/batch_output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/case_file.h"

enum { COLUMNS_MOST = CASE_FIELDS_MOST + 32 };

static bool fail(BatchOutput *output, const char *why)
{
  if (text_is_none(output->failure))
    output->failure =
        utf8_safe(output->arena, text_format(output->arena, "%s", why), false);
  return false;
}

static bool fail_table(BatchOutput *output)
{
  return fail(output, sqlite.errmsg(output->db));
}

bool batch_output_is_table(const char *path)
{
  static const char *const ends[] = {".db", ".sqlite", ".sqlite3"};
  size_t length = path ? strlen(path) : 0;
  for (int i = 0; i < 3; i++) {
    size_t size = strlen(ends[i]);
    if (length > size && strcmp(path + length - size, ends[i]) == 0)
      return true;
  }
  return false;
}

/* ------------------------------------------------------------------ opening */

static bool run(BatchOutput *output, const char *sql)
{
  return sqlite.exec(output->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         fail_table(output);
}

bool batch_output_open(Arena *arena, const char *path, BatchOutput *output)
{
  *output = (BatchOutput){.path = path, .arena = arena, .file = stdout};
  if (!path) return true;
  output->file = NULL;
  if (batch_output_is_table(path) && !late_sqlite())
    return fail(output, LATE_NO_SQLITE);
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0)
    return fail(output, errno == EEXIST
                            ? "it is there already, and is left as it is"
                            : strerror(errno));
  if (!batch_output_is_table(path)) {
    output->file = fdopen(file, "w");
    return output->file || fail(output, strerror(errno));
  }
  close(file);
  if (sqlite.open_v2(path, &output->db,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, NULL) !=
      SQLITE_OK)
    return fail_table(output);
  return run(output, "PRAGMA journal_mode=DELETE; BEGIN IMMEDIATE");
}

/* ------------------------------------------------------------------ a table */

/* A row of CSV as fields; it is changed in place. */
static uint32_t split(char *at, uint32_t length, Text *fields)
{
  CaseBlock block = {.bytes = at};
  CaseRow row = {.end = length,
                 .kind = memchr(at, '"', length) ? CASE_QUOTED : CASE_ROW};
  return case_fields(&block, &row, fields, COLUMNS_MOST);
}

static bool is_number(Text name)
{
  return text_equal(name, TEXT("case")) || text_equal(name, TEXT("duties"));
}

static void put_name(Buffer *sql, Text name)
{
  buffer_put_char(sql, '"');
  for (uint32_t i = 0; i < name.length; i++) {
    if (name.at[i] == '"') buffer_put_char(sql, '"');
    buffer_put_char(sql, name.at[i]);
  }
  buffer_put_char(sql, '"');
}

static bool make_table(BatchOutput *output, const Text *names)
{
  Buffer sql = {.arena = output->arena};
  buffer_put_c(&sql, "CREATE TABLE cases(");
  for (uint32_t i = 0; i < output->columns; i++) {
    if (i) buffer_put_char(&sql, ',');
    put_name(&sql, names[i]);
    buffer_put_c(&sql, is_number(names[i]) ? " INTEGER" : " TEXT");
  }
  buffer_put_c(&sql, ");CREATE TABLE about(name TEXT, value TEXT)");
  buffer_put_char(&sql, '\0');
  return run(output, sql.at);
}

static bool prepare_insert(BatchOutput *output)
{
  Buffer sql = {.arena = output->arena};
  buffer_put_c(&sql, "INSERT INTO cases VALUES(");
  for (uint32_t i = 0; i < output->columns; i++)
    buffer_put_c(&sql, i ? ",?" : "?");
  buffer_put_char(&sql, ')');
  return sqlite.prepare_v2(output->db, sql.at, (int)sql.length,
                            &output->insert, NULL) == SQLITE_OK ||
         fail_table(output);
}

static bool put_about(BatchOutput *output, Text about)
{
  sqlite3_stmt *insert;
  if (sqlite.prepare_v2(output->db, "INSERT INTO about VALUES(?,?)", -1,
                         &insert, NULL) != SQLITE_OK)
    return fail_table(output);
  bool fine = true;
  const char *at = about.at, *end = about.at + about.length;
  while (at < end && fine) {
    const char *line = memchr(at, '\n', (size_t)(end - at));
    const char *equals = memchr(at, '=', (size_t)(line - at));
    sqlite.bind_text(insert, 1, at, (int)(equals - at), SQLITE_STATIC);
    sqlite.bind_text(insert, 2, equals + 1, (int)(line - equals - 1),
                      SQLITE_STATIC);
    fine = sqlite.step(insert) == SQLITE_DONE || fail_table(output);
    sqlite.reset(insert);
    at = line + 1;
  }
  sqlite.finalize(insert);
  return fine;
}

bool batch_output_head(BatchOutput *output, Text header, Text about)
{
  if (!output->db) return batch_output_put(output, header);
  Text *names = ARENA_ARRAY(output->arena, COLUMNS_MOST, Text);
  char *copy = ARENA_ARRAY(output->arena, (size_t)header.length + 1, char);
  memcpy(copy, header.at, header.length);
  output->columns = split(copy, header.length - 1, names);
  return make_table(output, names) && prepare_insert(output) &&
         put_about(output, about);
}

static bool put_row(BatchOutput *output, const Text *fields, uint32_t count)
{
  for (uint32_t i = 0; i < output->columns; i++) {
    Text field = i < count ? fields[i] : TEXT("");
    if (field.length)
      sqlite.bind_text(output->insert, (int)i + 1, field.at,
                        (int)field.length, SQLITE_STATIC);
    else
      sqlite.bind_null(output->insert, (int)i + 1);
  }
  bool fine = sqlite.step(output->insert) == SQLITE_DONE;
  sqlite.reset(output->insert);
  return fine || fail_table(output);
}

static bool put_rows(BatchOutput *output, Text rows)
{
  Text fields[COLUMNS_MOST];
  char *at = (char *)(uintptr_t)rows.at, *end = at + rows.length;
  while (at < end) {
    char *line = memchr(at, '\n', (size_t)(end - at));
    if (!line) line = end;
    uint32_t count = split(at, (uint32_t)(line - at), fields);
    if (!put_row(output, fields, count)) return false;
    at = line + 1;
  }
  return true;
}

/* --------------------------------------------------------------- either way */

bool batch_output_put(BatchOutput *output, Text rows)
{
  if (!rows.length || !text_is_none(output->failure))
    return text_is_none(output->failure);
  if (output->db) return put_rows(output, rows);
  if (fwrite(rows.at, 1, rows.length, output->file) == rows.length)
    return true;
  return fail(output, strerror(errno));
}

static bool close_table(BatchOutput *output, bool keep)
{
  sqlite.finalize(output->insert);
  bool fine = text_is_none(output->failure) &&
              run(output, keep ? "COMMIT" : "ROLLBACK");
  sqlite.close(output->db);
  output->db = NULL;
  return fine;
}

bool batch_output_close(BatchOutput *output, bool keep)
{
  if (output->db) return close_table(output, keep);
  if (!output->file) return text_is_none(output->failure);
  errno = 0;
  bool fine = fflush(output->file) == 0 && !ferror(output->file);
  if (output->path && fsync(fileno(output->file)) != 0) fine = false;
  if (!fine) fail(output, strerror(errno));
  if (output->path) fclose(output->file);
  output->file = NULL;
  return text_is_none(output->failure);
}

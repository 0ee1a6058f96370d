#include "cli/case_query.h"

#include "base/utf8.h"
#include "cli/late.h"

struct CaseQuery {
  Arena *arena;
  sqlite3 *db;
  sqlite3_stmt *rows;
  Arena row;       /* the row in hand lives here */
  Buffer line;     /* as CSV */
  uint32_t given;  /* of its bytes */
  bool ended, headed;
  Text error;
};

static Text words_of(CaseQuery *query)
{
  return utf8_safe(query->arena, text_of(sqlite.errmsg(query->db)), false);
}

static bool refuse(CaseQuery *query, Text why, Text *reason)
{
  *reason = why;
  case_query_close(query);
  return false;
}

bool case_query_open(Arena *arena, const char *path, const char *sql,
                     CaseQuery **result, Text *reason)
{
  const char *more = "";
  CaseQuery *query = ARENA_NEW(arena, CaseQuery);
  query->arena = arena;
  arena_init(&query->row, &memory_default, 0, arena->escape);
  if (!late_sqlite()) {
    *reason = TEXT(LATE_NO_SQLITE);
    return false;
  }
  if (sqlite.open_v2(path, &query->db, SQLITE_OPEN_READONLY, NULL) !=
          SQLITE_OK ||
      sqlite.prepare_v2(query->db, sql, -1, &query->rows, &more) !=
          SQLITE_OK)
    return refuse(query, words_of(query), reason);
  if (!query->rows || more[strspn(more, " \t\r\n;")] ||
      !sqlite.column_count(query->rows) ||
      !sqlite.stmt_readonly(query->rows))
    return refuse(query, TEXT("the query must be one `SELECT`"), reason);
  *result = query;
  return true;
}

void case_query_close(CaseQuery *query)
{
  sqlite.finalize(query->rows);
  sqlite.close(query->db);
  arena_clear(&query->row);
}

Text case_query_error(const CaseQuery *query) { return query->error; }

/* Always between quotation marks, so that no text is mistaken. */
static void put_field(Buffer *out, Text text)
{
  buffer_put_char(out, '"');
  for (uint32_t i = 0; i < text.length; i++) {
    if (text.at[i] == '"') buffer_put_char(out, '"');
    buffer_put_char(out, text.at[i]);
  }
  buffer_put_char(out, '"');
}

static bool is_plain(Text text)
{
  for (uint32_t i = 0; i < text.length; i++) {
    char c = text.at[i];
    if (c == ',' || c == '"' || c == '\n' || c == '\r') return false;
  }
  return true;
}

static void put_column(CaseQuery *query, Buffer *out, int column)
{
  Text text = TEXT("");
  if (column) buffer_put_char(out, ',');
  if (query->headed) {
    text.at = (const char *)sqlite.column_text(query->rows, column);
    text.length = (uint32_t)sqlite.column_bytes(query->rows, column);
    if (!text.at) text = TEXT("");
  } else {
    text = text_of(sqlite.column_name(query->rows, column));
  }
  if (is_plain(text))
    buffer_put(out, text);
  else
    put_field(out, text);
}

/* Puts the next row, or the names, on `line`. */
static void next_line(CaseQuery *query)
{
  arena_clear(&query->row);
  query->line = (Buffer){.arena = &query->row};
  query->given = 0;
  if (query->headed) {
    int code = sqlite.step(query->rows);
    query->ended = code != SQLITE_ROW;
    if (query->ended && code != SQLITE_DONE) query->error = words_of(query);
    if (query->ended) return;
  }
  for (int i = 0; i < sqlite.column_count(query->rows); i++)
    put_column(query, &query->line, i);
  buffer_put_char(&query->line, '\n');
  query->headed = true;
}

uint32_t case_query_read(CaseQuery *query, char *to, uint32_t room)
{
  uint32_t count = 0;
  while (count < room && !query->ended) {
    uint32_t part = query->line.length - query->given;
    if (part > room - count) part = room - count;
    if (part) memcpy(to + count, query->line.at + query->given, part);
    count += part;
    query->given += part;
    if (query->given == query->line.length) next_line(query);
  }
  return count;
}

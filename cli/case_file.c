#include "cli/case_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/case_query.h"

static void init(Arena *arena, CaseFile *file)
{
  *file = (CaseFile){.file = -1, .line = 1, .most = CASE_BLOCK_ROWS};
  file->rest = ARENA_ARRAY(arena, CASE_BLOCK_ROOM, char);
}

bool case_file_open(Arena *arena, const char *path, bool lines,
                    CaseFile *file)
{
  struct stat about;
  init(arena, file);
  file->lines = lines;
  file->file = strcmp(path, "-") == 0 ? STDIN_FILENO
                                      : open(path, O_RDONLY | O_CLOEXEC);
  if (file->file < 0 || fstat(file->file, &about) != 0) return false;
  if (S_ISREG(about.st_mode)) file->size = (uint64_t)about.st_size;
  return true;
}

bool case_file_query(Arena *arena, const char *path, const char *query,
                     CaseFile *file, Text *reason)
{
  init(arena, file);
  return case_query_open(arena, path, query, &file->query, reason);
}

void case_file_close(CaseFile *file)
{
  if (file->file > STDIN_FILENO) close(file->file);
  if (file->query) case_query_close(file->query);
  file->file = -1;
  file->query = NULL;
}

void case_block_make(Arena *arena, CaseBlock *block)
{
  *block = (CaseBlock){.bytes = ARENA_ARRAY(arena, CASE_BLOCK_ROOM + QUICK_ROOM,
                                           char),
                       .rows = ARENA_ARRAY(arena, CASE_BLOCK_ROWS, CaseRow)};
}

/* ------------------------------------------------------------ ends of rows */

/* Looks on for the end of a row of CSV.  True if it is in these bytes: then
 * *length is how many come before its line feed. */
static bool find_end(RowScan *scan, const char *at, uint32_t *length)
{
  for (uint32_t i = 0; i < *length; i++) {
    char c = at[i];
    if (scan->quoted && !scan->quote_seen) {
      scan->quote_seen = c == '"';
      continue;
    }
    if (scan->quoted) {
      scan->quote_seen = false;
      if (c == '"') continue;
      scan->quoted = false;
    }
    if (c == '\n') {
      *length = i;
      return true;
    }
    if (c == '"' && !scan->in_field) scan->quoted = true;
    scan->in_field = c != ',';
  }
  return false;
}

static uint32_t count_lines(const char *at, uint32_t length)
{
  uint32_t count = 0;
  const char *end = at + length;
  while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
    count++;
    at++;
  }
  return count;
}

static bool still_open(const RowScan *scan)
{
  return scan->quoted && !scan->quote_seen;
}

/* The row that starts here, as far as it is in the block.  False: its end is
 * not. */
static bool scan_row(CaseFile *file, const char *at, uint32_t *length,
                     uint8_t *kind)
{
  RowScan scan = {0};
  const char *end = memchr(at, '\n', *length);
  uint32_t line = end ? (uint32_t)(end - at) : *length;
  *kind = CASE_ROW;
  if (!file->lines && memchr(at, '"', line)) {
    *kind = CASE_QUOTED;
    bool found = find_end(&scan, at, length);
    file->scan = scan;
    return found;
  }
  file->scan = (RowScan){.in_field = line && at[line - 1] != ','};
  *length = line;
  return end != NULL;
}

/* --------------------------------------------------------- rows of a block */

static void add_row(CaseFile *file, CaseBlock *block, uint32_t start,
                    uint32_t length, uint8_t kind)
{
  uint32_t end = start + length;
  uint64_t line = file->line;
  file->line += 1 + (kind == CASE_QUOTED
                         ? count_lines(block->bytes + start, length)
                         : 0);
  if (end > start && block->bytes[end - 1] == '\r') end--;
  if (end == start) return;
  if (kind < CASE_TOO_LONG && end - start > CASE_ROW_MOST)
    kind = CASE_TOO_LONG;
  block->rows[block->row_count++] = (CaseRow){start, end, kind, line};
}

/* At the end of the file a row needs no line feed. */
static void add_last(CaseFile *file, CaseBlock *block, uint32_t start,
                     uint32_t length, uint8_t kind)
{
  if (still_open(&file->scan)) kind = CASE_UNCLOSED;
  if (length) add_row(file, block, start, length, kind);
}

/* Takes rows off the bytes; returns how many bytes are used up. */
static uint32_t take_rows(CaseFile *file, CaseBlock *block, uint32_t length)
{
  uint32_t at = 0;
  uint8_t kind;
  while (at < length && block->row_count < file->most) {
    uint32_t row = length - at;
    if (scan_row(file, block->bytes + at, &row, &kind)) {
      add_row(file, block, at, row, kind);
      at += row + 1;
      continue;
    }
    if (!file->ended) break;
    add_last(file, block, at, length - at, kind);
    return length;
  }
  return at;
}

/* ------------------------------------------------------------------ reading */

/* Fills up to `most` bytes; returns how many came. */
static uint32_t fill(CaseFile *file, char *to, uint32_t most)
{
  if (file->query) {
    uint32_t count = case_query_read(file->query, to, most);
    file->ended = count == 0;
    file->query_error = case_query_error(file->query);
    return count;
  }
  for (;;) {
    ssize_t count = read(file->file, to, most);
    if (count < 0 && errno == EINTR && !(file->stop && *file->stop))
      continue;
    if (count < 0 && errno != EINTR) file->error = errno;
    file->ended = count <= 0;
    file->taken += count > 0 ? (uint64_t)count : 0;
    return count > 0 ? (uint32_t)count : 0;
  }
}

/* Reads on to the end of a row that is too long; the rest is a block's start.
 * Returns the bytes then in the block. */
static uint32_t skip_row(CaseFile *file, CaseBlock *block, uint32_t length)
{
  uint8_t kind = CASE_TOO_LONG;
  for (;;) {
    uint32_t row = length;
    bool found;
    if (file->lines) {
      char *end = memchr(block->bytes, '\n', length);
      found = end != NULL;
      row = end ? (uint32_t)(end - block->bytes) : length;
    } else {
      found = find_end(&file->scan, block->bytes, &row);
    }
    file->line += count_lines(block->bytes, row) + found;
    if (!found && file->ended && still_open(&file->scan))
      kind = CASE_UNCLOSED;
    if (found || file->ended) {
      block->rows[block->row_count++] =
          (CaseRow){0, 0, kind, file->skipped_line};
      file->skips = false;
      row += found;
      memmove(block->bytes, block->bytes + row, length - row);
      return length - row;
    }
    length = fill(file, block->bytes, CASE_BLOCK_GOOD);
  }
}

/* One row fills the block, and more: from now on its end is looked for. */
static void start_skip(CaseFile *file, const CaseBlock *block,
                       uint32_t length)
{
  file->skips = true;
  file->skipped_line = file->line;
  file->line += count_lines(block->bytes, length);
}

static void keep_rest(CaseFile *file, const CaseBlock *block, uint32_t used,
                      uint32_t length)
{
  file->rest_length = length - used;
  memcpy(file->rest, block->bytes + used, file->rest_length);
}

static uint32_t read_block(CaseFile *file, CaseBlock *block)
{
  uint32_t length = file->rest_length;
  memcpy(block->bytes, file->rest, length);
  while (!file->ended && (length < CASE_BLOCK_GOOD || file->starved)) {
    length += fill(file, block->bytes + length, CASE_BLOCK_GOOD);
    file->starved = false;
  }
  return length;
}

bool case_file_read(CaseFile *file, CaseBlock *block)
{
  block->row_count = 0;
  block->first = file->rows;
  while (!block->row_count && !(file->ended && !file->rest_length)) {
    uint32_t length = read_block(file, block);
    if (file->error || !text_is_none(file->query_error)) break;
    if (file->skips) length = skip_row(file, block, length);
    uint32_t used = take_rows(file, block, length);
    if (!used && !file->ended && length > CASE_ROW_MOST) {
      start_skip(file, block, length);
      used = length;
    }
    keep_rest(file, block, used, length);
    file->starved = !used;
  }
  file->rows += block->row_count;
  return block->row_count != 0;
}

bool case_file_read_head(CaseFile *file, CaseBlock *block)
{
  file->most = 1;
  bool found = case_file_read(file, block);
  file->most = CASE_BLOCK_ROWS;
  file->rows = 0;
  return found;
}

/* Real use: the cases of a file, and the answers kept in a log. */
#include <errno.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/audit_cover.h"
#include "cli/batch_line.h"
#include "cli/log_visit.h"
#include "runtime/packed.h"

enum { E_USE_FILE = 602 };

/* ------------------------------------------------------------- case files */

/* How the rows of a case file become situations. */
typedef struct UseFile {
  Arena *arena;
  LoadedPolicy *policy;
  Use *use;
  CaseFile file;
  CaseBlock block;
  Mapping mapping;
  BatchReader reader;
  LineReader lines;
  ReadCase one;
  Text *fields;
} UseFile;

static bool ends_in(const char *path, const char *end)
{
  size_t length = strlen(path), size = strlen(end);
  return length >= size && strcmp(path + length - size, end) == 0;
}

static bool is_column(Arena *arena, const Image *image, Text name)
{
  Diagnostics ignored = {.arena = arena};
  return text_equal(name, TEXT("boundary")) ||
         text_equal(name, TEXT("as-of")) || text_equal(name, TEXT("tense")) ||
         fact_find(arena, image, name, (Span){0, 0, 0}, &ignored) != NONE;
}

/* Columns that are no facts are passed over, and told. */
static void find_kept(UseFile *file, uint32_t count)
{
  Buffer names = {.arena = file->arena};
  Words maps = {0}, keep = {0};
  keep.at = ARENA_ARRAY(file->arena, count + 1, const char *);
  for (uint32_t i = 0; i < count; i++) {
    Text name = file->fields[i];
    if (is_column(file->arena, &file->policy->image, name)) continue;
    keep.at[keep.count++] = name.at;
    buffer_format(&names, "%s%.*s", names.length ? ", " : "",
                  TEXT_ARG(utf8_safe(file->arena, name, false)));
  }
  mapping_add_words(file->arena, &maps, &keep, &file->mapping);
  file->use->columns = buffer_text(&names);
}

static bool read_header(UseFile *file)
{
  bool fine = true;
  if (file->file.lines) return true;
  if (!case_file_read_head(&file->file, &file->block) ||
      file->block.rows[0].kind >= CASE_TOO_LONG)
    return false;
  uint32_t count = case_fields(&file->block, &file->block.rows[0],
                               file->fields, CASE_FIELDS_MOST);
  if (count > CASE_FIELDS_MOST) return false;
  for (uint32_t i = 0; i < count; i++)
    file->fields[i] = text_copy(file->arena, file->fields[i]);
  find_kept(file, count);
  for (uint32_t i = 0; i < count; i++)
    fine &= batch_add_column(file->arena, file->fields[i],
                             &file->policy->sources,
                             &file->policy->diagnostics, &file->reader);
  return fine;
}

static Text read_row(Arena *scratch, UseFile *file, const CaseRow *row)
{
  if (row->kind >= CASE_TOO_LONG) return TEXT("It cannot be read.");
  if (file->file.lines) {
    Text line = {file->block.bytes + row->start, row->end - row->start};
    return batch_read_line(scratch, &file->lines, line, &file->one);
  }
  uint32_t count =
      case_fields(&file->block, row, file->fields, CASE_FIELDS_MOST);
  return batch_read_fields(scratch, &file->reader, file->fields, count,
                           &file->one);
}

static void take_row(Arena *scratch, UseFile *file, const CaseRow *row)
{
  ReadCase *one = &file->one;
  Situation situation;
  Text problem = read_row(scratch, file, row);
  if (!text_is_none(problem) || one->boundary == NONE) {
    file->use->unread++;
    return;
  }
  if (one->wide) {
    situation = one->situation;
  } else {
    Inquiry asked = {.image = file->reader.image, .boundary = one->boundary,
                     .grid = {.today = one->as_of}};
    packed_situation(scratch, &asked, one->values, one->known, &situation);
    situation.tense = one->tense;
  }
  use_add(file->use, scratch, &situation);
}

/* Each block has an arena of its own, so that memory stays flat. */
static bool take_block(UseFile *file)
{
  Arena scratch;
  jmp_buf escape;
  arena_init(&scratch, &memory_default, 0, &escape);
  if (setjmp(escape) != 0) {
    arena_clear(&scratch);
    return false;
  }
  for (uint32_t i = 0; i < file->block.row_count; i++) {
    take_row(&scratch, file, &file->block.rows[i]);
    arena_clear(&scratch);
  }
  return true;
}

static void make_readers(UseFile *file, const Audit *audit)
{
  file->reader.image = &file->policy->image;
  file->reader.mapping = &file->mapping;
  file->reader.as_of = audit->options.today;
  file->reader.boundary = audit->boundary_count == 1
                              ? audit->boundaries[0].boundary
                              : NONE;
  file->fields = ARENA_ARRAY(file->arena, CASE_FIELDS_MOST, Text);
  case_block_make(file->arena, &file->block);
}

static int tell_unread(Arena *arena, LoadedPolicy *policy, const char *path)
{
  uint32_t source =
      source_add(arena, &policy->sources, text_of(path), TEXT(""));
  diagnostic_error(&policy->diagnostics, E_USE_FILE, (Span){source, 0, 0},
                   "The file `%s` cannot be read: %s.", path,
                   strerror(errno));
  return EXIT_MACHINE;
}

int use_read_cases(Arena *arena, const char *path, LoadedPolicy *policy,
                   Audit *audit, Use *use)
{
  UseFile *file = ARENA_NEW(arena, UseFile);
  use_make(audit, text_of(path), use);
  *file = (UseFile){.arena = arena, .policy = policy, .use = use};
  make_readers(file, audit);
  if (!case_file_open(arena, path,
                      ends_in(path, ".jsonl") || ends_in(path, ".ndjson"),
                      &file->file))
    return tell_unread(arena, policy, path);
  bool fine = read_header(file);
  line_reader_make(arena, &file->reader, &file->lines);
  read_case_make(arena, &file->reader, &file->one);
  while (fine && case_file_read(&file->file, &file->block))
    if (!take_block(file)) arena_escape(arena);
  case_file_close(&file->file);
  use_finish(use);
  return fine ? EXIT_DONE : EXIT_MISFIT;
}

/* ---------------------------------------------------------------------- log */

typedef struct UseLog {
  const Image *image;
  Use *use;
} UseLog;

static void take_entry(Log *log, const LogEntry *entry, void *context)
{
  UseLog *own = context;
  Use *use = own->use;
  Situation situation;
  Lines left_out = {0};
  if (!entry->has_key)
    use->erased++;
  else if (!log_situation(log, entry, own->image, &left_out, &situation))
    use->unread++;
  else
    use_add(use, log->arena, &situation);
  use->left_out += left_out.count;
}

int use_read_log(Arena *arena, const char *path, LoadedPolicy *policy,
                 Audit *audit, Use *use)
{
  UseLog own = {&policy->image, use};
  use_make(audit, text_of(path), use);
  int status = log_visit_asked(arena, path, take_entry, &own);
  if (status == EXIT_DONE) use_finish(use);
  return status;
}

/* Real use: the cases of a file, and the answers kept in a log. */
#include <errno.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/audit_cover.h"
#include "cli/batch_read.h"
#include "cli/log.h"

enum { E_USE_FILE = 602 };

/* ------------------------------------------------------------- case files */

/* How the rows of a case file become situations. */
typedef struct UseFile {
  Arena *arena;
  LoadedPolicy *policy;
  Use *use;
  CaseFile file;
  BatchReader reader;
  Text *kept;
  bool lines;
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
static void find_kept(UseFile *file, Words *keep)
{
  Buffer names = {.arena = file->arena};
  keep->at = ARENA_ARRAY(file->arena, file->file.fields + 1, const char *);
  for (uint32_t i = 0; i < file->file.fields; i++) {
    Text name = text_copy(file->arena, case_field(&file->file, i));
    if (is_column(file->arena, &file->policy->image, name)) continue;
    keep->at[keep->count++] = name.at;
    buffer_format(&names, "%s%.*s", names.length ? ", " : "",
                  TEXT_ARG(utf8_safe(file->arena, name, false)));
  }
  file->use->columns = buffer_text(&names);
}

static bool read_header(UseFile *file)
{
  Words maps = {0}, keep = {0};
  if (file->lines) return true;
  if (case_file_read_fields(&file->file) != CASE_ROW) return false;
  find_kept(file, &keep);
  if (!batch_read_header(file->arena, &file->file, &maps, &keep,
                         &file->policy->sources, &file->policy->diagnostics,
                         &file->reader))
    return false;
  file->kept = ARENA_ARRAY(file->arena, file->reader.kept_count + 1, Text);
  return true;
}

static void take_row(Arena *scratch, UseFile *file, CaseRow row)
{
  Situation situation;
  Text problem = TEXT("It cannot be read.");
  if (row == CASE_ROW && file->lines)
    problem = batch_read_line(scratch, &file->reader, &file->file, &situation);
  else if (row == CASE_ROW)
    problem = batch_read_fields(scratch, &file->reader, &file->file,
                                &situation, file->kept);
  if (text_is_none(problem) && situation.boundary != NONE)
    use_add(file->use, scratch, &situation);
  else
    file->use->unread++;
}

/* Each row has an arena of its own, so that memory stays flat. */
static bool take_apart(UseFile *file, CaseRow row)
{
  Arena scratch;
  jmp_buf escape;
  arena_init(&scratch, &memory_default, 0, &escape);
  if (setjmp(escape) != 0) {
    arena_clear(&scratch);
    return false;
  }
  take_row(&scratch, file, row);
  arena_clear(&scratch);
  return true;
}

static bool take_rows(UseFile *file)
{
  CaseRow row = CASE_ROW;
  while (row != CASE_UNCLOSED) {
    row = file->lines ? case_file_read_line(&file->file)
                      : case_file_read_fields(&file->file);
    if (row == CASE_END) break;
    if (!take_apart(file, row)) return false;
  }
  return true;
}

int use_read_cases(Arena *arena, const char *path, LoadedPolicy *policy,
                   Audit *audit, Use *use)
{
  UseFile *file = ARENA_NEW(arena, UseFile);
  use_make(audit, text_of(path), use);
  *file = (UseFile){.arena = arena, .policy = policy, .use = use};
  file->lines = ends_in(path, ".jsonl") || ends_in(path, ".ndjson");
  file->reader.image = &policy->image;
  file->reader.as_of = audit->options.today;
  file->reader.boundary = audit->boundary_count == 1
                              ? audit->boundaries[0].boundary
                              : NONE;
  if (!case_file_open(arena, path, &file->file)) {
    Text reason = text_of(strerror(errno));
    uint32_t source =
        source_add(arena, &policy->sources, text_of(path), TEXT(""));
    diagnostic_error(&policy->diagnostics, E_USE_FILE, (Span){source, 0, 0},
                     "The file `%s` cannot be read: %.*s.", path,
                     TEXT_ARG(reason));
    return EXIT_MACHINE;
  }
  bool fine = read_header(file);
  if (fine && !take_rows(file)) arena_escape(arena);
  case_file_close(&file->file);
  use_finish(use);
  return fine ? EXIT_DONE : EXIT_MISFIT;
}

/* ---------------------------------------------------------------------- log */

static void set_facts(Log *log, const Image *image, json_t *facts,
                      Situation *situation, Use *use)
{
  const char *name;
  json_t *value;
  json_object_foreach(facts, name, value)
  {
    Diagnostics wrong = {.arena = log->arena};
    Text given = {json_string_value(value),
                  (uint32_t)json_string_length(value)};
    uint32_t fact =
        fact_find(log->arena, image, text_of(name), (Span){0, 0, 0}, &wrong);
    if (fact == NONE ||
        !given_read(log->arena, image, fact, text_copy(log->arena, given),
                    situation->as_of, (Span){0, 0, 0}, &wrong,
                    &situation->facts[fact]))
      use->left_out++;
  }
}

/* What was asked then, asked of today's policy on the day of then. */
static void take_entry(Log *log, const LogEntry *entry, const Image *image,
                       Use *use)
{
  Situation situation;
  Day day = use->audit->options.today;
  if (!entry->has_key) {
    use->erased++;
    return;
  }
  day_read(log_text(entry->json, "as-of"), &day);
  situation_init(log->arena, image, day, &situation);
  term_find_tense(log_text(entry->json, "tense"), &situation.tense);
  situation.boundary =
      boundary_find(image, log_text(entry->json, "boundary"));
  json_t *facts = log_part_json(log, entry, "facts");
  if (situation.boundary == NONE || !facts) {
    use->unread++;
  } else {
    set_facts(log, image, facts, &situation, use);
    use_add(use, log->arena, &situation);
  }
  json_decref(facts);
}

/* Each entry has an arena of its own too. */
static bool take_entry_apart(Log *log, uint64_t id, const Image *image,
                             Use *use)
{
  Arena scratch, *own = log->arena;
  jmp_buf escape;
  LogEntry entry;
  arena_init(&scratch, &memory_default, 0, &escape);
  if (setjmp(escape) != 0) {
    arena_clear(&scratch);
    return false;
  }
  log->arena = &scratch;
  if (log_find(&log->store, &scratch, id, &entry)) {
    if (log_is(&entry, "asked")) take_entry(log, &entry, image, use);
    log_entry_clear(&entry);
  }
  log->arena = own;
  arena_clear(&scratch);
  return true;
}

int use_read_log(Arena *arena, const char *path, LoadedPolicy *policy,
                 Audit *audit, Use *use)
{
  Log *log = ARENA_NEW(arena, Log);
  log->arena = arena;
  log->path = path;
  log->diagnostics.arena = arena;
  use_make(audit, text_of(path), use);
  int status = log_open_told(log, false);
  if (status != EXIT_DONE) return status;
  uint64_t last = log_last(&log->store);
  for (uint64_t id = 1; id <= last; id++)
    if (!take_entry_apart(log, id, &policy->image, use)) arena_escape(arena);
  log_close(&log->store);
  use_finish(use);
  return EXIT_DONE;
}

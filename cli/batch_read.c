#include "cli/batch_read.h"

#include <string.h>

#include "base/utf8.h"
#include "runtime/terms.h"

enum { E_COLUMN_TWICE = 605 };

/* ------------------------------------------------------------------- header */

/* The fact that `--map` gives for a column; none if it gives none. */
static Text mapped(const Words *maps, Text name)
{
  for (uint32_t i = 0; i < maps->count; i++) {
    const char *equals = strchr(maps->at[i], '=');
    Text column = {maps->at[i], (uint32_t)(equals - maps->at[i])};
    if (text_equal(column, name)) return text_of(equals + 1);
  }
  return TEXT_NONE;
}

static bool is_listed(const Words *words, Text name)
{
  for (uint32_t i = 0; i < words->count; i++)
    if (text_equal(text_of(words->at[i]), name)) return true;
  return false;
}

static Text without_mark(Text name)
{
  if (text_starts(name, TEXT("\xEF\xBB\xBF")))
    return (Text){name.at + 3, name.length - 3};
  return name;
}

static bool find_column(Arena *arena, const BatchReader *reader, Text name,
                        Span span, Diagnostics *diagnostics, Column *column)
{
  static const char *const words[] = {"boundary", "as-of", "tense"};
  uint32_t fault;
  for (int i = 0; i < 3; i++)
    if (text_equal(name, text_of(words[i]))) {
      column->kind = (ColumnKind)(COLUMN_BOUNDARY + i);
      return true;
    }
  if (utf8_check(name, &fault) != UTF8_FINE) name = utf8_safe(arena, name, 0);
  column->kind = COLUMN_FACT;
  column->fact = fact_find(arena, reader->image, utf8_nfc(arena, name), span,
                           diagnostics);
  column->before = ARENA_ARRAY(arena, READ_BEFORE, ReadBefore);
  return column->fact != NONE;
}

static bool is_new(const BatchReader *reader, const Column *column, Span span,
                   Diagnostics *diagnostics)
{
  for (uint32_t i = 0; i < reader->column_count; i++) {
    const Column *other = &reader->columns[i];
    if (other->kind != column->kind || other->kind == COLUMN_KEPT ||
        other->fact != column->fact)
      continue;
    Diagnostic *one = diagnostic_error(
        diagnostics, E_COLUMN_TWICE, span,
        "The column `%.*s` says the same thing as the column `%.*s`.",
        TEXT_ARG(column->name), TEXT_ARG(other->name));
    diagnostic_help(diagnostics, one, "Keep the one that is right.");
    return false;
  }
  return true;
}

bool batch_read_header(Arena *arena, const CaseFile *file, const Words *maps,
                       const Words *keep, Sources *sources,
                       Diagnostics *diagnostics, BatchReader *reader)
{
  bool fine = true;
  reader->columns = ARENA_ARRAY(arena, file->fields + 1, Column);
  reader->kept_names = ARENA_ARRAY(arena, file->fields + 1, Text);
  for (uint32_t i = 0; i < file->fields; i++) {
    Column column = {.kind = COLUMN_KEPT};
    Text name = text_copy(arena, without_mark(case_field(file, i)));
    Text fact = mapped(maps, name);
    Span span = {source_add(arena, sources, TEXT("columns"), name), 0,
                 name.length};
    column.name = utf8_safe(arena, name, false);
    if (is_listed(keep, name))
      reader->kept_names[reader->kept_count++] = column.name;
    else
      fine &= find_column(arena, reader, text_is_none(fact) ? name : fact,
                          span, diagnostics, &column) &&
              is_new(reader, &column, span, diagnostics);
    reader->columns[reader->column_count++] = column;
  }
  return fine;
}

/* ---------------------------------------------------------------- one field */

static Text first_message(Arena *arena, const Diagnostics *diagnostics)
{
  for (uint32_t i = 0; i < diagnostics->list.count; i++) {
    const Diagnostic *one = &diagnostics->list.at[i];
    if (one->severity == SEVERITY_ERROR)
      return utf8_safe(arena,
                       text_format(arena, "%.*s%s%.*s", TEXT_ARG(one->message),
                                   one->help.length ? " " : "",
                                   TEXT_ARG(one->help)),
                       false);
  }
  return TEXT_NONE;
}

static ReadBefore *find_before(const Column *column, Text text)
{
  uint32_t hash = text.length;
  for (uint32_t i = 0; i < text.length; i++)
    hash = hash * 31 + (unsigned char)text.at[i];
  return &column->before[hash % READ_BEFORE];
}

static void keep_given(ReadBefore *before, Text text, uint32_t type,
                       const Given *given)
{
  if (text.length > sizeof before->text || type == TYPE_RECORD ||
      (given->given && !given_is_exact(given)))
    return;
  memcpy(before->text, text.at, text.length);
  before->length = text.length;
  before->given = *given;
  before->given.text = TEXT_NONE;
  if (!given->span_count) return;
  before->span = given->spans[0];
  before->given.spans = &before->span;
}

/* A text means the same in every row of one day: what was read once is taken
 * from memory. */
static Text read_fact(Arena *arena, const BatchReader *reader,
                      const Column *column, Text text, Situation *situation)
{
  Diagnostics diagnostics = {.arena = arena};
  ReadBefore *before = find_before(column, text);
  Given *given = &situation->facts[column->fact];
  bool usual = situation->as_of == reader->as_of;
  if (usual && before->length == text.length &&
      memcmp(before->text, text.at, text.length) == 0) {
    *given = before->given;
    return TEXT_NONE;
  }
  Text own = text_copy(arena, text);
  if (!given_read(arena, reader->image, column->fact, own, situation->as_of,
                  (Span){0, 0, 0}, &diagnostics, given))
    return first_message(arena, &diagnostics);
  if (usual)
    keep_given(before, text, reader->image->facts.at[column->fact].type,
               given);
  return TEXT_NONE;
}

static Text read_boundary(Arena *arena, const BatchReader *reader, Text text,
                          Situation *situation)
{
  Diagnostics diagnostics = {.arena = arena};
  Text safe = utf8_nfc(arena, utf8_safe(arena, text, false));
  situation->boundary = boundary_find(reader->image, safe);
  if (situation->boundary != NONE) return TEXT_NONE;
  situation_tell_boundary(arena, reader->image, safe, (Span){0, 0, 0},
                          &diagnostics);
  return first_message(arena, &diagnostics);
}

/* What the other fields rest on. */
static Text read_frame(Arena *arena, const BatchReader *reader,
                       const Column *column, Text text, Situation *situation)
{
  if (column->kind == COLUMN_BOUNDARY)
    return read_boundary(arena, reader, text, situation);
  if (column->kind == COLUMN_AS_OF && !day_read(text, &situation->as_of))
    return TEXT("A day is written like 2026-11-23.");
  if (column->kind == COLUMN_TENSE && !term_find_tense(text, &situation->tense))
    return TEXT("It is one of `proposed`, `under-way` and `happened`.");
  return TEXT_NONE;
}

/* ------------------------------------------------------------------ one row */

static Text blame(Arena *arena, const Column *column, Text problem)
{
  return text_format(arena, "Column `%.*s`: %.*s", TEXT_ARG(column->name),
                     TEXT_ARG(problem));
}

static void start(Arena *arena, const BatchReader *reader,
                  Situation *situation)
{
  situation_init(arena, reader->image, reader->as_of, situation);
  if (reader->boundary != NONE) situation->boundary = reader->boundary;
}

static Text read_columns(Arena *arena, const BatchReader *reader,
                         const CaseFile *file, bool facts,
                         Situation *situation)
{
  for (uint32_t i = 0; i < reader->column_count; i++) {
    const Column *column = &reader->columns[i];
    Text text = case_field(file, i), problem;
    if (column->kind == COLUMN_KEPT || !text.length ||
        (column->kind == COLUMN_FACT) != facts)
      continue;
    problem = facts ? read_fact(arena, reader, column, text, situation)
                    : read_frame(arena, reader, column, text, situation);
    if (!text_is_none(problem)) return blame(arena, column, problem);
  }
  return TEXT_NONE;
}

Text batch_read_fields(Arena *arena, BatchReader *reader,
                       const CaseFile *file, Situation *situation,
                       Text *kept)
{
  uint32_t count = 0;
  start(arena, reader, situation);
  for (uint32_t i = 0; i < reader->column_count; i++)
    if (reader->columns[i].kind == COLUMN_KEPT)
      kept[count++] = i < file->fields
                          ? utf8_safe(arena, case_field(file, i), false)
                          : TEXT("");
  if (file->fields != reader->column_count)
    return text_format(arena, "The row has %u fields, and there are %u "
                              "columns.", file->fields, reader->column_count);
  Text problem = read_columns(arena, reader, file, false, situation);
  if (!text_is_none(problem)) return problem;
  return read_columns(arena, reader, file, true, situation);
}

Text batch_read_line(Arena *arena, const BatchReader *reader,
                     const CaseFile *file, Situation *situation)
{
  Diagnostics diagnostics = {.arena = arena};
  Sources sources = {0};
  Cases cases = {0};
  Text line = text_copy(arena, case_field(file, 0));
  SituationInput input = {
    .image = reader->image, .sources = &sources, .today = reader->as_of,
    .file = source_add(arena, &sources, TEXT("case"), line),
    .boundary = NONE};
  if (!situation_read_input(arena, &input, &diagnostics, &cases))
    return first_message(arena, &diagnostics);
  if (cases.count != 1) return TEXT("The line must hold one situation.");
  *situation = cases.at[0].situation;
  if (situation->boundary == NONE) situation->boundary = reader->boundary;
  return TEXT_NONE;
}

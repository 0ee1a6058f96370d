#include <string.h>

#include "base/utf8.h"
#include "cli/batch_field.h"
#include "runtime/terms.h"

enum { E_COLUMN_TWICE = 605, E_SEPARATOR = 607 };

/* ------------------------------------------------------------------ columns */

static Text without_mark(Text name)
{
  if (text_starts(name, TEXT("\xEF\xBB\xBF")))
    return (Text){name.at + 3, name.length - 3};
  return name;
}

static bool find_word(Text target, Column *column)
{
  static const struct { const char *word; ColumnKind kind; } words[] = {
    {"boundary", COLUMN_BOUNDARY}, {"as-of", COLUMN_AS_OF},
    {"tense", COLUMN_TENSE}, {"keep", COLUMN_KEPT},
    {"ignore", COLUMN_IGNORED},
  };
  /* Only a mapping can say that a column is kept or ignored. */
  int count = column->mapped ? 5 : 3;
  for (int i = 0; i < count; i++)
    if (text_equal(target, text_of(words[i].word))) {
      column->kind = words[i].kind;
      return true;
    }
  return false;
}

static uint32_t find_quietly(Arena *arena, const Image *image, Text name)
{
  Diagnostics unused = {.arena = arena};
  return image ? fact_find(arena, image, name, (Span){0, 0, 0}, &unused)
               : NONE;
}

/* A file that was saved with another sign than a comma has one long column,
 * which is its first. */
static bool tell_separator(Text name, Span span, Diagnostics *diagnostics)
{
  bool semicolon = name.length && memchr(name.at, ';', name.length);
  bool tab = name.length && memchr(name.at, '\t', name.length);
  if (!semicolon && !tab) return false;
  Diagnostic *one = diagnostic_error(
      diagnostics, E_SEPARATOR, span,
      semicolon ? "The columns of this file have semicolons between them."
                : "The columns of this file have tabs between them.");
  diagnostic_help(diagnostics, one, "Save it with commas between them.");
  return true;
}

static bool find_fact(Arena *arena, const BatchReader *reader, Text target,
                      Sources *sources, Diagnostics *diagnostics,
                      Column *column)
{
  uint32_t fault;
  Text name = target;
  Span span = {0, 0, 0};
  if (column->mapped) span = column->mapped->span;
  if (!span.file)
    span = (Span){source_add(arena, sources, TEXT("columns"), target), 0,
                  target.length};
  if (utf8_check(name, &fault) != UTF8_FINE) name = utf8_safe(arena, name, 0);
  name = utf8_nfc(arena, name);
  uint32_t fact = find_quietly(arena, reader->image, name);
  batch_field_describe(arena, reader->image, fact, column);
  if (column->fact != NONE) return true;
  if (find_quietly(arena, reader->other, name) != NONE) {
    column->kind = COLUMN_IGNORED;
    return true;
  }
  if (reader->column_count || !tell_separator(name, span, diagnostics))
    fact_find(arena, reader->image, name, span, diagnostics);
  return false;
}

static bool is_new(Arena *arena, const BatchReader *reader,
                   const Column *column, Sources *sources,
                   Diagnostics *diagnostics)
{
  for (uint32_t i = 0; i < reader->column_count; i++) {
    const Column *other = &reader->columns[i];
    if (other->kind != column->kind || column->kind >= COLUMN_KEPT ||
        other->fact != column->fact)
      continue;
    Span span = {source_add(arena, sources, TEXT("columns"), column->name),
                 0, column->name.length};
    Diagnostic *one = diagnostic_error(
        diagnostics, E_COLUMN_TWICE, span,
        "The column `%.*s` says the same thing as the column `%.*s`.",
        TEXT_ARG(column->name), TEXT_ARG(other->name));
    diagnostic_help(diagnostics, one, "Keep the one that is right.");
    return false;
  }
  return true;
}

/* A date may not lie after the day asked about. */
static bool comes_late(const BatchReader *reader, const Column *column)
{
  if (column->kind != COLUMN_AS_OF) return false;
  for (uint32_t i = 0; i < reader->column_count; i++)
    if (reader->columns[i].about &&
        reader->columns[i].about->type == TYPE_DATE)
      return true;
  return false;
}

static void push_column(Arena *arena, BatchReader *reader,
                        const Column *column)
{
  if (reader->column_count == reader->columns_room)
    reader->columns = arena_vec_grow(arena, reader->columns,
                                     &reader->columns_room,
                                     sizeof *reader->columns);
  reader->late_day |= comes_late(reader, column);
  reader->columns[reader->column_count++] = *column;
  reader->kept_count += column->kind == COLUMN_KEPT;
}

bool batch_add_column(Arena *arena, Text name, Sources *sources,
                      Diagnostics *diagnostics, BatchReader *reader)
{
  Column column = {.kind = COLUMN_IGNORED, .fact = NONE};
  bool fine = true;
  if (!reader->column_count) name = without_mark(name);
  name = text_copy(arena, name);
  column.mapped = mapping_find(reader->mapping, name);
  column.name = utf8_safe(arena, name, false);
  Text target = column.mapped ? column.mapped->target : name;
  if (!find_word(target, &column))
    fine = find_fact(arena, reader, target, sources, diagnostics, &column);
  fine = fine && is_new(arena, reader, &column, sources, diagnostics);
  push_column(arena, reader, &column);
  return fine;
}

void batch_reader_copy(Arena *arena, const BatchReader *from, BatchReader *to)
{
  *to = *from;
  to->columns_room = from->column_count;
  to->columns = ARENA_ARRAY(arena, from->column_count + 1, Column);
  for (uint32_t i = 0; i < from->column_count; i++) {
    to->columns[i] = from->columns[i];
    if (from->columns[i].before)
      to->columns[i].before = ARENA_ARRAY(arena, READ_BEFORE, ReadBefore);
  }
}

/* ------------------------------------------------------------- what is said */

Text batch_first_message(Arena *arena, const Diagnostics *diagnostics)
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

static Text read_boundary(Arena *arena, const BatchReader *reader, Text text,
                          ReadCase *one)
{
  Diagnostics diagnostics = {.arena = arena};
  one->boundary = boundary_find(reader->image, text);
  if (one->boundary != NONE) return TEXT_NONE;
  Text safe = utf8_nfc(arena, utf8_safe(arena, text, false));
  one->boundary = boundary_find(reader->image, safe);
  if (one->boundary != NONE) return TEXT_NONE;
  situation_tell_boundary(arena, reader->image, safe, (Span){0, 0, 0},
                          &diagnostics);
  return batch_first_message(arena, &diagnostics);
}

Text batch_read_frame(Arena *arena, const BatchReader *reader,
                      const Column *column, Text text, ReadCase *one)
{
  if (column->kind == COLUMN_BOUNDARY)
    return read_boundary(arena, reader, text, one);
  if (column->kind == COLUMN_AS_OF && !day_read(text, &one->as_of))
    return TEXT("A day is written like 2026-11-23.");
  if (column->kind == COLUMN_TENSE && !term_find_tense(text, &one->tense))
    return TEXT("It is one of `proposed`, `under-way` and `happened`.");
  return TEXT_NONE;
}

static Text meaning(const Column *column, Text text)
{
  return column->mapped ? mapping_value(column->mapped, text) : text;
}

/* ------------------------------------------------------------------ one row */

static Text blame(Arena *arena, const Column *column, Text problem)
{
  return text_format(arena, "Column `%.*s`: %.*s", TEXT_ARG(column->name),
                     TEXT_ARG(problem));
}

void read_case_make(Arena *arena, const BatchReader *reader, ReadCase *one)
{
  uint32_t facts = reader->image->facts.count;
  *one = (ReadCase){
    .values = ARENA_ARRAY(arena, facts + 1, int64_t),
    .known = ARENA_ARRAY(arena, facts / 64 + 1, uint64_t),
    .kept = ARENA_ARRAY(arena, reader->kept_count + 1, Text)};
}

void batch_start_case(const BatchReader *reader, ReadCase *one)
{
  memset(one->known, 0,
         (reader->image->facts.count / 64 + 1) * sizeof *one->known);
  one->boundary = reader->boundary;
  one->as_of = reader->as_of;
  one->tense = TENSE_PROPOSED;
  one->wide = false;
}

static bool reads_empty(const Column *column)
{
  return column->mapped && column->mapped->values.count;
}

/* The frame, and the columns that are kept. */
static Text read_frames(Arena *arena, const BatchReader *reader,
                        const Text *fields, ReadCase *one)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < reader->column_count; i++) {
    const Column *column = &reader->columns[i];
    if (column->kind == COLUMN_KEPT)
      one->kept[kept++] = utf8_safe(arena, fields[i], false);
    if (column->kind == COLUMN_FACT || column->kind >= COLUMN_KEPT) continue;
    Text text = meaning(column, fields[i]);
    if (!text.length) continue;
    Text problem = batch_read_frame(arena, reader, column, text, one);
    if (!text_is_none(problem)) return blame(arena, column, problem);
  }
  return TEXT_NONE;
}

/* Every fact anew, as a situation; says what is wrong. */
static Text read_widely(Arena *arena, const BatchReader *reader,
                        const Text *fields, ReadCase *one)
{
  Situation *situation = &one->situation;
  one->wide = true;
  situation_init(arena, reader->image, one->as_of, situation);
  situation->boundary = one->boundary;
  situation->tense = one->tense;
  for (uint32_t i = 0; i < reader->column_count; i++) {
    const Column *column = &reader->columns[i];
    Diagnostics diagnostics = {.arena = arena};
    if (column->kind != COLUMN_FACT) continue;
    Text text = text_copy(arena, meaning(column, fields[i]));
    if (text.length &&
        !given_read(arena, reader->image, column->fact, text, one->as_of,
                    (Span){0, 0, 0}, &diagnostics,
                    &situation->facts[column->fact]))
      return blame(arena, column, batch_first_message(arena, &diagnostics));
  }
  return TEXT_NONE;
}

Text batch_read_fields(Arena *arena, const BatchReader *reader,
                       const Text *fields, uint32_t count, ReadCase *one)
{
  batch_start_case(reader, one);
  for (uint32_t i = 0; i < reader->kept_count; i++) one->kept[i] = TEXT("");
  if (count != reader->column_count)
    return text_format(arena, "The row has %u field%s, and there are %u "
                              "columns.", count, count == 1 ? "" : "s",
                       reader->column_count);
  Text problem = read_frames(arena, reader, fields, one);
  if (!text_is_none(problem)) return problem;
  for (uint32_t i = 0; i < count; i++) {
    Column *column = &reader->columns[i];
    if (column->kind != COLUMN_FACT) continue;
    if (!fields[i].length && !reads_empty(column)) continue;
    if (!batch_field_read(arena, reader, column, fields[i], one))
      return read_widely(arena, reader, fields, one);
  }
  return TEXT_NONE;
}

/* ------------------------------------------------------ one row in a hurry */

/* The bytes up to the next comma or the end. */
static uint32_t field_length(const char *at, const char *end)
{
  uint32_t length = quick_find(at, QUICK_COMMAS), left = (uint32_t)(end - at);
  if (length == QUICK_REACH && left > QUICK_REACH) {
    const char *comma = memchr(at, ',', left);
    length = comma ? (uint32_t)(comma - at) : left;
  }
  return length < left ? length : left;
}

static bool read_field(Arena *arena, const BatchReader *reader, Column *column,
                       Text text, ReadCase *one)
{
  if (column->kind == COLUMN_FACT) {
    if (!text.length) return !reads_empty(column);
    return field_quickly(column, text.at, text.length, one) ||
           batch_field_read(arena, reader, column, text, one);
  }
  text = meaning(column, text);
  return column->kind == COLUMN_IGNORED || !text.length ||
         text_is_none(batch_read_frame(arena, reader, column, text, one));
}

bool batch_read_row(Arena *arena, const BatchReader *reader, Text row,
                    ReadCase *one)
{
  const char *at = row.at, *end = row.at + row.length;
  uint32_t kept = 0;
  if (reader->late_day) return false;
  batch_start_case(reader, one);
  for (uint32_t i = 0; i < reader->column_count; i++) {
    Column *column = &reader->columns[i];
    Text text = {at, field_length(at, end)};
    if (column->kind == COLUMN_KEPT)
      one->kept[kept++] = utf8_safe(arena, text, false);
    else if (!read_field(arena, reader, column, text, one))
      return false;
    at += text.length + 1;
    if ((at > end) != (i + 1 == reader->column_count)) return false;
  }
  return true;
}

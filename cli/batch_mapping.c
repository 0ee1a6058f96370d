#include "cli/batch_mapping.h"

#include <string.h>

#include "base/utf8.h"

enum { E_MAPPING = 606 };

void mapping_add_words(Arena *arena, const Words *maps, const Words *keep,
                       Mapping *mapping)
{
  for (uint32_t i = 0; i < maps->count; i++) {
    const char *equals = strchr(maps->at[i], '=');
    MappedColumn *one = VEC_ADD(arena, mapping);
    one->column = (Text){maps->at[i], (uint32_t)(equals - maps->at[i])};
    one->target = text_of(equals + 1);
  }
  for (uint32_t i = 0; i < keep->count; i++) {
    MappedColumn *one = VEC_ADD(arena, mapping);
    one->column = text_of(keep->at[i]);
    one->target = TEXT("keep");
  }
}

/* ---------------------------------------------------------- lines of a file */

typedef struct MappingReader {
  Arena *arena;
  Text text; /* of the file */
  uint32_t file;
  Diagnostics *diagnostics;
  Mapping *mapping;
} MappingReader;

static Text trimmed(Text text)
{
  while (text.length && (*text.at == ' ' || *text.at == '\t')) {
    text.at++;
    text.length--;
  }
  while (text.length && strchr(" \t\r", text.at[text.length - 1]))
    text.length--;
  return text;
}

static Span span_of(const MappingReader *reader, Text part)
{
  uint32_t start = (uint32_t)(part.at - reader->text.at);
  return (Span){reader->file, start, start + part.length};
}

static void tell(MappingReader *reader, Text line, const char *message)
{
  Diagnostic *one = diagnostic_error(reader->diagnostics, E_MAPPING,
                                     span_of(reader, line), "%s", message);
  diagnostic_help(reader->diagnostics, one,
                  "Write `Column = context.gift`; under it, further in, "
                  "`Yes = yes` for each value that is called otherwise.");
}

static bool is_column_twice(const MappingReader *reader, Text column)
{
  return mapping_find(reader->mapping, column) != NULL;
}

static void add_column(MappingReader *reader, Text line, Text from, Text to)
{
  if (!from.length || !to.length) {
    tell(reader, line, "This line must name a column and what it is.");
    return;
  }
  if (is_column_twice(reader, from)) {
    tell(reader, from, "This column has been said before.");
    return;
  }
  MappedColumn *one = VEC_ADD(reader->arena, reader->mapping);
  one->column = from;
  one->target = to;
  one->span = span_of(reader, to);
}

static void add_value(MappingReader *reader, Text line, Text from, Text to)
{
  Mapping *mapping = reader->mapping;
  MappedColumn *column =
      mapping->count ? &mapping->at[mapping->count - 1] : NULL;
  if (!column || !column->span.file) {
    tell(reader, line, "This value stands under no column.");
    return;
  }
  for (uint32_t i = 0; i < column->values.count; i++)
    if (text_equal(column->values.at[i].from, from)) {
      tell(reader, from, "This value has been said before.");
      return;
    }
  MappedValue value = {from, to};
  VEC_PUSH(reader->arena, &column->values, value);
}

static void read_line(MappingReader *reader, Text line)
{
  Text inner = trimmed(line);
  const char *equals = NULL;
  uint32_t fault;
  if (!inner.length || *inner.at == '#') return;
  if (utf8_check(line, &fault) != UTF8_FINE) {
    tell(reader, inner, "This line holds a character that cannot be read.");
    return;
  }
  for (uint32_t i = 0; i < inner.length; i++)
    if (inner.at[i] == '=') equals = inner.at + i;
  if (!equals) {
    tell(reader, inner, "This line has no `=`.");
    return;
  }
  uint32_t at = (uint32_t)(equals - inner.at);
  Text from = trimmed((Text){inner.at, at});
  Text to = trimmed((Text){equals + 1, inner.length - at - 1});
  if (*line.at == ' ' || *line.at == '\t')
    add_value(reader, inner, from, to);
  else
    add_column(reader, inner, from, to);
}

bool mapping_read(Arena *arena, const Sources *sources, uint32_t file,
                  Diagnostics *diagnostics, Mapping *mapping)
{
  const Source *source = source_get(sources, file);
  MappingReader reader = {.arena = arena, .text = source->text, .file = file,
                          .diagnostics = diagnostics, .mapping = mapping};
  uint32_t before = diagnostics->errors, start = 0;
  if (text_starts(source->text, TEXT("\xEF\xBB\xBF"))) start = 3;
  while (start < source->text.length) {
    const char *at = source->text.at + start;
    const char *end = memchr(at, '\n', source->text.length - start);
    uint32_t length = end ? (uint32_t)(end - at)
                          : source->text.length - start;
    if (length) read_line(&reader, (Text){at, length});
    start += length + 1;
  }
  return diagnostics->errors == before;
}

/* ------------------------------------------------------------------ finding */

const MappedColumn *mapping_find(const Mapping *mapping, Text column)
{
  for (uint32_t i = 0; i < mapping->count; i++)
    if (text_equal(mapping->at[i].column, column)) return &mapping->at[i];
  return NULL;
}

Text mapping_value(const MappedColumn *column, Text text)
{
  for (uint32_t i = 0; i < column->values.count; i++)
    if (text_equal(column->values.at[i].from, text))
      return column->values.at[i].to;
  return text;
}

#include "cli/po_read.h"

#include <string.h>

#include "base/speech.h"
#include "base/utf8.h"

typedef enum Part { PART_NONE, PART_WHERE, PART_ENGLISH, PART_WORDS } Part;

typedef struct Reader {
  Arena *arena;
  Catalogue *out;
  Part part; /* what the next quoted line goes on with */
  bool fuzzy;
  Buffer where, english, words;
  const char *wrong;
} Reader;

static Text key(Arena *arena, Text where, Text english)
{
  return text_format(arena, "%.*s\4%.*s", TEXT_ARG(where), TEXT_ARG(english));
}

static void keep_entry(Reader *reader)
{
  Arena *arena = reader->arena;
  Catalogue *out = reader->out;
  CatalogueEntry entry = {
    .where = text_copy(arena, buffer_text(&reader->where)),
    .english = text_copy(arena, buffer_text(&reader->english)),
    .words = text_copy(arena, buffer_text(&reader->words)),
    .fuzzy = reader->fuzzy,
  };
  if (!entry.fuzzy && !table_put(&out->table,
                                 key(arena, entry.where, entry.english),
                                 out->entries.count))
    reader->wrong = N_("This text is translated a second time.");
  VEC_PUSH(arena, &out->entries, entry);
}

/* Keeps the entry that has been read, and starts the next. */
static void end_entry(Reader *reader)
{
  if (reader->part == PART_WORDS) {
    if (reader->english.length && reader->words.length) keep_entry(reader);
    reader->fuzzy = false;
  }
  reader->where.length = reader->english.length = reader->words.length = 0;
  reader->part = PART_NONE;
}

/* What `\x` in quotation marks stands for; 0 if it is not known. */
static char escaped(char letter)
{
  switch (letter) {
  case 'n': return '\n';
  case 't': return '\t';
  case '"':
  case '\\': return letter;
  default: return 0;
  }
}

/* Adds what stands in quotation marks. */
static void read_quoted(Reader *reader, Text text, Buffer *out)
{
  if (text.length < 2 || text.at[0] != '"' ||
      text.at[text.length - 1] != '"') {
    reader->wrong = N_("Here a text in quotation marks was to stand.");
    return;
  }
  for (uint32_t i = 1; i + 1 < text.length; i++) {
    char letter = text.at[i];
    if (letter == '\\' && i + 2 < text.length)
      letter = escaped(text.at[++i]);
    else if (letter == '\\' || letter == '"')
      letter = 0;
    if (!letter) {
      reader->wrong = N_("A quotation mark or backslash inside a text has a "
                      "backslash before it.");
      return;
    }
    buffer_put_char(out, letter);
  }
}

static Buffer *part_buffer(Reader *reader)
{
  switch (reader->part) {
  case PART_WHERE: return &reader->where;
  case PART_ENGLISH: return &reader->english;
  case PART_WORDS: return &reader->words;
  case PART_NONE:
  default: return NULL;
  }
}

static bool read_keyword(Reader *reader, Text line, Text keyword, Part part)
{
  if (!text_starts(line, keyword)) return false;
  if (reader->part >= part) end_entry(reader);
  reader->part = part;
  line.at += keyword.length;
  line.length -= keyword.length;
  read_quoted(reader, line, part_buffer(reader));
  return true;
}

static void read_comment(Reader *reader, Text line)
{
  if (reader->part == PART_WORDS) end_entry(reader);
  if (text_starts(line, TEXT("#,")) &&
      strstr(text_copy(reader->arena, line).at, "fuzzy"))
    reader->fuzzy = true;
}

static void read_line(Reader *reader, Text line)
{
  while (line.length && strchr(" \t\r", line.at[line.length - 1]))
    line.length--;
  if (!line.length) return;
  if (line.at[0] == '#') {
    read_comment(reader, line);
    return;
  }
  if (line.at[0] == '"' && part_buffer(reader)) {
    read_quoted(reader, line, part_buffer(reader));
    return;
  }
  if (!read_keyword(reader, line, TEXT("msgctxt "), PART_WHERE) &&
      !read_keyword(reader, line, TEXT("msgid "), PART_ENGLISH) &&
      !read_keyword(reader, line, TEXT("msgstr "), PART_WORDS))
    reader->wrong = N_("A line starts with `msgctxt`, `msgid`, `msgstr`, a "
                       "text or `#`.");
}

bool po_read(Arena *arena, Text bytes, Catalogue *out, uint32_t *line,
             const char **wrong)
{
  Reader reader = {.arena = arena, .out = out,
                   .where = {.arena = arena}, .english = {.arena = arena},
                   .words = {.arena = arena}};
  uint32_t fault, start = 0;
  *out = (Catalogue){0};
  table_init(&out->table, arena, 0);
  *line = 0;
  if (utf8_check(bytes, &fault) != UTF8_FINE)
    reader.wrong = N_("It holds letters that are not UTF-8, or hidden ones.");
  while (start < bytes.length && !reader.wrong) {
    const char *end = memchr(bytes.at + start, '\n', bytes.length - start);
    uint32_t stop = end ? (uint32_t)(end - bytes.at) : bytes.length;
    ++*line;
    read_line(&reader, (Text){bytes.at + start, stop - start});
    start = stop + 1;
  }
  if (!reader.wrong) end_entry(&reader);
  *wrong = reader.wrong;
  return !reader.wrong;
}

Text catalogue_find(Arena *arena, const Catalogue *catalogue, Text where,
                    Text english)
{
  uint32_t number;
  if (!table_find(&catalogue->table, key(arena, where, english), &number))
    return TEXT_NONE;
  return catalogue->entries.at[number].words;
}

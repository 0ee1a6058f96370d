#include "cli/batch_line.h"

#include <string.h>

#include "cli/batch_field.h"
#include "runtime/terms.h"

/* -------------------------------------------------------------------- keys */

static LineKey *add_key(LineReader *lines, int inside, Text name)
{
  LineKey *key = ARENA_NEW(lines->arena, LineKey);
  key->name = text_copy(lines->arena, name);
  key->inside = (int8_t)inside;
  key->column = (Column){.kind = COLUMN_IGNORED, .fact = NONE};
  key->seen = &key->own_seen;
  for (int i = 0; i < NEXT_WAYS; i++) key->next[i].length = UINT32_MAX;
  lines->keys[lines->key_count++] = key;
  return key;
}

void line_reader_make(Arena *arena, const BatchReader *reader,
                      LineReader *lines)
{
  *lines = (LineReader){.arena = arena, .reader = reader};
  lines->keys = ARENA_ARRAY(arena, LINE_KEYS_MOST, LineKey *);
  lines->facts = ARENA_ARRAY(arena, reader->image->facts.count + 1, uint64_t);
  lines->table = ARENA_ARRAY(arena, KEY_TABLE, uint32_t);
  add_key(lines, -1, TEXT("start"));
  add_key(lines, -1, TEXT("end"));
}

static uint32_t find_fact(const LineReader *lines, int inside, Text name)
{
  const Image *image = lines->reader->image;
  for (uint32_t i = 0; i < image->facts.count; i++)
    if (image->facts.at[i].dimension == (uint32_t)inside &&
        text_equal(image_text(image, image->facts.at[i].name), name))
      return i;
  return NONE;
}

/* "context.gift" at the top. */
static uint32_t find_flat(const LineReader *lines, Text name)
{
  const char *dot = memchr(name.at, '.', name.length);
  Dimension dimension;
  if (!dot) return NONE;
  uint32_t at = (uint32_t)(dot - name.at);
  if (!term_find_dimension((Text){name.at, at}, &dimension)) return NONE;
  return find_fact(lines, (int)dimension,
                   (Text){dot + 1, name.length - at - 1});
}

static bool is_free_text(Text name)
{
  return text_equal(name, TEXT("title")) ||
         text_equal(name, TEXT("intention")) ||
         text_equal(name, TEXT("notes"));
}

static bool describe_fact(LineReader *lines, uint32_t fact, LineKey *key)
{
  batch_field_describe(lines->arena, lines->reader->image, fact,
                       &key->column);
  if (fact != NONE) key->seen = &lines->facts[fact];
  return fact != NONE;
}

/* What the mapping has made a column. */
static bool describe_column(LineReader *lines, LineKey *key)
{
  const BatchReader *reader = lines->reader;
  for (uint32_t i = 0; i < reader->column_count; i++) {
    const Column *column = &reader->columns[i];
    key->kept += column->kind == COLUMN_KEPT;
    if (!text_equal(column->name, key->name)) continue;
    key->kept -= column->kind == COLUMN_KEPT;
    key->column = *column;
    key->flat = true;
    if (column->kind == COLUMN_FACT)
      return describe_fact(lines, column->fact, key);
    return true;
  }
  return false;
}

static bool describe_top(LineReader *lines, LineKey *key)
{
  static const char *const words[] = {"boundary", "as-of", "tense"};
  key->column.name = key->name;
  if (describe_column(lines, key)) return true;
  for (int i = 0; i < 3; i++)
    if (text_equal(key->name, text_of(words[i]))) {
      key->column.kind = (ColumnKind)(COLUMN_BOUNDARY + i);
      return true;
    }
  key->is_text = is_free_text(key->name);
  key->flat = !key->is_text;
  return key->is_text || describe_fact(lines, find_flat(lines, key->name),
                                       key);
}

static uint32_t hash_of(int inside, Text name)
{
  uint32_t hash = (uint32_t)(inside + 3) * 2654435761u;
  for (uint32_t i = 0; i < name.length; i++)
    hash = (hash ^ (unsigned char)name.at[i]) * 16777619u;
  return hash % KEY_TABLE;
}

uint32_t line_key_find(LineReader *lines, int inside, Text name)
{
  uint32_t at = hash_of(inside, name);
  for (; lines->table[at]; at = (at + 1) % KEY_TABLE) {
    const LineKey *key = lines->keys[lines->table[at]];
    if (key->inside == inside && text_equal(key->name, name))
      return lines->table[at];
  }
  if (lines->key_count == LINE_KEYS_MOST) return NONE;
  LineKey *key = add_key(lines, inside, name);
  bool known = inside < 0 ? describe_top(lines, key)
                          : describe_fact(lines, find_fact(lines, inside,
                                                           name), key);
  if (!known) {
    lines->key_count--;
    return NONE;
  }
  return lines->table[at] = lines->key_count - 1;
}

/* --------------------------------------------------------------- one line */

Text batch_read_line(Arena *arena, LineReader *lines, Text line,
                     ReadCase *one)
{
  const BatchReader *reader = lines->reader;
  batch_start_case(reader, one);
  for (uint32_t i = 0; i < reader->kept_count; i++) one->kept[i] = TEXT("");
  if (line_read_quickly(arena, lines, line, one)) return TEXT_NONE;
  batch_start_case(reader, one);
  for (uint32_t i = 0; i < reader->kept_count; i++) one->kept[i] = TEXT("");
  return line_read_slowly(arena, lines, line, one);
}

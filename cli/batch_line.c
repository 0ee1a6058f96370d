#include "cli/batch_line.h"

#include <string.h>

#include "base/utf8.h"
#include "runtime/terms.h"

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

enum { START = 0, END = 1 };

/* -------------------------------------------------------------------- keys */

static LineKey *add_key(LineReader *lines, int inside, Text name)
{
  LineKey *key = ARENA_NEW(lines->arena, LineKey);
  key->name = text_copy(lines->arena, name);
  key->inside = (int8_t)inside;
  key->column = (Column){.kind = COLUMN_IGNORED, .fact = NONE};
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
  add_key(lines, -2, TEXT("start"));
  add_key(lines, -2, TEXT("end"));
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
  key->column.kind = COLUMN_FACT;
  key->column.fact = fact;
  key->column.before = ARENA_ARRAY(lines->arena, READ_BEFORE, ReadBefore);
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
      key->column.before = ARENA_ARRAY(lines->arena, READ_BEFORE, ReadBefore);
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

typedef struct LineParse {
  LineReader *lines;
  const char *at, *end;
  ReadCase *one;
  int inside;   /* a dimension, or -1 */
  bool first;   /* nothing has been read in this object */
  bool quoted;  /* the value that follows */
  bool dated;   /* a date has been read: the day may not change */
} LineParse;

static void skip_space(LineParse *line)
{
  while (line->at < line->end &&
         (*line->at == ' ' || *line->at == '\t' || *line->at == '\r'))
    line->at++;
}

static bool take(LineParse *line, char c)
{
  skip_space(line);
  if (line->at == line->end || *line->at != c) return false;
  line->at++;
  return true;
}

/* A high bit for each byte that is `c`; exact up to the first. */
static inline uint64_t matches(uint64_t word, char c)
{
  uint64_t other = word ^ ONES * (unsigned char)c;
  return (other - ONES) & ~other & HIGHS;
}

/* The place of the first quotation mark, backslash or comma. */
static const char *find_mark(const char *at, const char *end)
{
  for (; end - at >= 8; at += 8) {
    uint64_t word;
    memcpy(&word, at, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    uint64_t found =
        matches(word, '"') | matches(word, '\\') | matches(word, ',');
    if (found) return at + __builtin_ctzll(found) / 8;
  }
  while (at < end && *at != '"' && *at != '\\' && *at != ',') at++;
  return at;
}

/* The text up to a quotation mark.  False if it ends nowhere or has escapes. */
static bool take_text(LineParse *line, Text *text, bool *comma)
{
  const char *start = line->at, *at = find_mark(start, line->end);
  *comma = false;
  while (at < line->end && *at == ',') {
    *comma = true;
    at = find_mark(at + 1, line->end);
  }
  if (at == line->end || *at != '"') return false;
  *text = (Text){start, (uint32_t)(at - start)};
  line->at = at + 1;
  return true;
}

static bool open_object(LineParse *line, int dimension)
{
  uint64_t *opened = &line->lines->opened[dimension];
  if (*opened == line->lines->lines) return false;
  *opened = line->lines->lines;
  line->inside = dimension;
  return line->first = true;
}

/* A key and its colon.  Sets END at the end of the line; *opened is how many
 * dimensions were opened on the way.  False if it is out of the ordinary. */
static bool take_key(LineParse *line, uint32_t *found, int *opened)
{
  Dimension dimension;
  Text name;
  bool comma;
  for (;;) {
    if (take(line, '}')) {
      if (line->inside < 0) {
        skip_space(line);
        *found = END;
        return line->at == line->end;
      }
      line->inside = -1;
      line->first = false;
      continue;
    }
    if (!line->first && !take(line, ',')) return false;
    if (!take(line, '"') || !take_text(line, &name, &comma) ||
        !take(line, ':'))
      return false;
    skip_space(line);
    if (line->inside >= 0 || !term_find_dimension(name, &dimension)) break;
    if (!take(line, '{') || !open_object(line, (int)dimension)) return false;
    ++*opened;
  }
  *found = line_key_find(line->lines, line->inside, name);
  line->quoted = take(line, '"');
  line->first = false;
  return *found != NONE;
}

/* Do the bytes start with what stood there before? */
static bool same_bytes(const char *at, const NextKey *next)
{
  uint64_t one, other;
  uint32_t i = 0;
  if (next->length < 8) return memcmp(at, next->bytes, next->length) == 0;
  for (;; i += 8) {
    if (i + 8 > next->length) i = next->length - 8;
    memcpy(&one, at + i, 8);
    memcpy(&other, next->bytes + i, 8);
    if (one != other) return false;
    if (i + 8 == next->length) return true;
  }
}

/* The next key, as it stood after this one before, or anew. */
static bool next_key(LineParse *line, uint32_t *key)
{
  LineReader *lines = line->lines;
  NextKey *next = &lines->keys[*key]->next;
  const char *start = line->at;
  int opened = 0;
  if (next->length && (size_t)(line->end - start) >= next->length &&
      same_bytes(start, next)) {
    if (next->opened >= 0 && !open_object(line, next->opened)) return false;
    line->at += next->length;
    line->inside = next->inside;
    line->first = false;
    line->quoted = next->quoted;
    *key = next->key;
    return *key != END || line->at == line->end;
  }
  if (!take_key(line, key, &opened)) return false;
  size_t length = (size_t)(line->at - start);
  if (length > NEXT_BYTES || opened > 1) return true;
  memcpy(next->bytes, start, length);
  next->length = (uint32_t)length;
  next->key = *key;
  next->inside = (int8_t)line->inside;
  next->opened = (int8_t)(opened ? line->inside : -1);
  next->quoted = line->quoted;
  return true;
}

/* ------------------------------------------------------------------- values */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* As JSON writes numbers, but for exponents. */
static bool is_number(Text text)
{
  uint32_t i = text.length && text.at[0] == '-';
  uint32_t start = i;
  while (i < text.length && is_digit(text.at[i])) i++;
  if (i == start || (text.at[start] == '0' && i > start + 1)) return false;
  if (i == text.length) return true;
  if (text.at[i] != '.' || i + 1 == text.length) return false;
  for (i++; i < text.length; i++)
    if (!is_digit(text.at[i])) return false;
  return true;
}

static bool ends_word(char c)
{
  return c == ',' || c == '}' || c == ' ' || c == '\t' || c == '\r' ||
         c == ']';
}

/* A number, true or false; *text is empty for null. */
static bool take_word(LineParse *line, Text *text)
{
  const char *start = line->at;
  while (line->at < line->end && !ends_word(*line->at)) line->at++;
  *text = (Text){start, (uint32_t)(line->at - start)};
  if (text->length == 4 && memcmp(start, "null", 4) == 0) {
    text->length = 0;
    return true;
  }
  return (text->length == 4 && memcmp(start, "true", 4) == 0) ||
         (text->length == 5 && memcmp(start, "false", 5) == 0) ||
         is_number(*text);
}

static bool is_plain(Text text)
{
  return text.length && text.at[0] != ' ' && text.at[text.length - 1] != ' ';
}

static bool take_day(LineParse *line, Text text)
{
  Day day;
  if (!day_read(text, &day)) return false;
  if (line->dated && day != line->one->as_of) return false;
  line->one->as_of = day;
  return true;
}

static Text meaning(const LineKey *key, Text text)
{
  return key->column.mapped ? mapping_value(key->column.mapped, text) : text;
}

static bool take_frame(LineParse *line, const LineKey *key, Text text)
{
  const Image *image = line->lines->reader->image;
  text = meaning(key, text);
  if (key->column.kind == COLUMN_AS_OF) return take_day(line, text);
  if (key->column.kind == COLUMN_TENSE)
    return term_find_tense(text, &line->one->tense);
  line->one->boundary = boundary_find(image, text);
  return line->one->boundary != NONE;
}

static bool take_kept(Arena *arena, LineParse *line, const LineKey *key,
                      Text text)
{
  if (key->column.kind == COLUMN_KEPT)
    line->one->kept[key->kept] = utf8_safe(arena, text, false);
  return true;
}

static bool take_free_text(Text text)
{
  uint32_t fault;
  return utf8_check(text, &fault) == UTF8_FINE &&
         !memchr(text.at, '\t', text.length);
}

/* A fact may stand in a line once, at the top or within its dimension. */
static bool is_again(LineReader *lines, LineKey *key)
{
  uint64_t *seen = key->column.kind == COLUMN_FACT && !key->is_text
                       ? &lines->facts[key->column.fact]
                       : &key->seen;
  bool again = *seen == lines->lines;
  *seen = lines->lines;
  return again;
}

static bool take_value(Arena *arena, LineParse *line, LineKey *key)
{
  Text text;
  bool comma = false;
  const BatchReader *reader = line->lines->reader;
  if (is_again(line->lines, key)) return false;
  if (line->quoted ? !take_text(line, &text, &comma)
                   : !take_word(line, &text))
    return false;
  if (key->is_text) return line->quoted && take_free_text(text);
  if (key->column.kind >= COLUMN_KEPT)
    return take_kept(arena, line, key, text);
  if (!line->quoted && !text.length) return true;
  if (key->column.kind != COLUMN_FACT) return take_frame(line, key, text);
  if (!is_plain(text) || (comma && !key->flat)) return false;
  line->dated |=
      reader->image->facts.at[key->column.fact].type == TYPE_DATE;
  return batch_read_cell(arena, reader, &key->column, text, line->one);
}

static bool read_quickly(Arena *arena, LineReader *lines, Text text,
                         ReadCase *one)
{
  LineParse line = {.lines = lines, .at = text.at, .end = text.at + text.length,
               .one = one, .inside = -1, .first = true};
  uint32_t key = START;
  lines->lines++;
  if (!take(&line, '{')) return false;
  for (;;) {
    if (!next_key(&line, &key)) return false;
    if (key == END) return true;
    if (!take_value(arena, &line, lines->keys[key])) return false;
  }
}

Text batch_read_line(Arena *arena, LineReader *lines, Text line,
                     ReadCase *one)
{
  const BatchReader *reader = lines->reader;
  batch_start_case(reader, one);
  for (uint32_t i = 0; i < reader->kept_count; i++) one->kept[i] = TEXT("");
  if (read_quickly(arena, lines, line, one)) return TEXT_NONE;
  batch_start_case(reader, one);
  for (uint32_t i = 0; i < reader->kept_count; i++) one->kept[i] = TEXT("");
  return line_read_slowly(arena, lines, line, one);
}

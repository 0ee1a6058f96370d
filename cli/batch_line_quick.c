/* Lines of JSON in one pass, as long as they are plain. */
#include "base/utf8.h"
#include "cli/batch_field.h"
#include "cli/batch_line.h"
#include "runtime/terms.h"

/* What is known of a line where its bytes are not those expected. */
typedef struct LineParse {
  LineReader *lines;
  const char *at, *end;
  ReadCase *one;
  uint64_t number; /* of the line */
  int inside;   /* a dimension, or -1 */
  bool first;   /* nothing has been read in this object */
  bool quoted;  /* the value that follows */
  bool dated;   /* a date has been read: the day may not change */
} LineParse;

static void skip_space(LineParse *line)
{
  while (line->at < line->end && (*line->at == ' ' || *line->at == '\t'))
    line->at++;
}

static bool take(LineParse *line, char c)
{
  skip_space(line);
  if (line->at == line->end || *line->at != c) return false;
  line->at++;
  return true;
}

/* The place of the first quotation mark, backslash or comma. */
static const char *find_mark(const char *at, const char *end)
{
  for (; end - at >= 8; at += 8) {
    uint64_t word = quick_load(at);
    uint64_t found = quick_marks(word, '"') | quick_marks(word, '\\') |
                     quick_marks(word, ',');
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

/* -------------------------------------------------------------------- keys */

static bool open_object(LineParse *line, int dimension)
{
  uint64_t *opened = &line->lines->opened[dimension];
  if (*opened == line->number) return false;
  *opened = line->number;
  line->inside = dimension;
  return line->first = true;
}

/* Past the object that ends here.  True if it was the line's own, and nothing
 * follows. */
static bool close_object(LineParse *line)
{
  bool outer = line->inside < 0;
  line->inside = -1;
  line->first = false;
  if (!outer) return false;
  skip_space(line);
  return line->at == line->end;
}

/* A key and its colon; LINE_END at the end of the line.  *opened is how many
 * dimensions were opened on the way.  NONE if it is out of the ordinary. */
static uint32_t take_key(LineParse *line, int *opened)
{
  Dimension dimension;
  Text name;
  bool comma;
  for (;;) {
    if (take(line, '}')) {
      bool outer = line->inside < 0;
      if (close_object(line)) return LINE_END;
      if (outer) return NONE;
      continue;
    }
    if (!line->first && !take(line, ',')) return NONE;
    if (!take(line, '"') || !take_text(line, &name, &comma) ||
        !take(line, ':'))
      return NONE;
    skip_space(line);
    if (line->inside >= 0 || !term_find_dimension(name, &dimension)) break;
    if (!take(line, '{') || !open_object(line, (int)dimension)) return NONE;
    ++*opened;
  }
  line->quoted = take(line, '"');
  line->first = false;
  return line_key_find(line->lines, line->inside, name);
}

/* Do the bytes start with what stood there before? */
static inline bool same_bytes(const char *at, const NextKey *next)
{
  const char *there = next->bytes;
  for (uint32_t i = 0; i < next->steps; i++, at += 16, there += 16)
    if (!quick_equal(at, there, 0xffff)) return false;
  return quick_equal(at, there, next->bits);
}

/* What followed the key before and follows it now; or NULL. */
static inline const NextKey *expect(const LineKey *key, const char *at,
                                    const char *end)
{
  for (int i = 0; i < NEXT_WAYS; i++) {
    const NextKey *next = &key->next[i];
    if ((size_t)(end - at) >= next->length && same_bytes(at, next))
      return next;
  }
  return NULL;
}

/* Expects from now on what stood from `start` on: the first that followed this
 * key, or else the last. */
static void learn(LineParse *line, LineKey *from, const char *start,
                  LineKey *key, bool opened)
{
  NextKey *next = &from->next[from->next[0].length != UINT32_MAX];
  uint32_t length = (uint32_t)(line->at - start);
  *next = (NextKey){.length = length, .steps = (length - 1) / 16,
                    .bits = quick_bits((length - 1) % 16 + 1), .key = key,
                    .opened = (int8_t)(opened ? line->inside : -1),
                    .quoted = line->quoted};
  memcpy(next->bytes, start, length);
}

/* The next key anew. */
static LineKey *find_key(LineParse *line, LineKey *from)
{
  const char *start = line->at;
  int opened = 0;
  line->inside = from->inside;
  line->first = from == line->lines->keys[LINE_START];
  uint32_t found = take_key(line, &opened);
  if (found == NONE) return NULL;
  LineKey *key = line->lines->keys[found];
  if (line->at - start <= NEXT_BYTES && opened <= 1)
    learn(line, from, start, key, opened);
  return key;
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
  return c == ',' || c == '}' || c == ' ' || c == '\t' || c == ']';
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

static bool take_frame(LineParse *line, const LineKey *key, Text text)
{
  const Image *image = line->lines->reader->image;
  if (key->column.mapped) text = mapping_value(key->column.mapped, text);
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

static bool take_carefully(Arena *arena, LineParse *line, LineKey *key)
{
  Text text;
  bool comma = false;
  if (line->quoted ? !take_text(line, &text, &comma)
                   : !take_word(line, &text))
    return false;
  if (key->is_text) return line->quoted && take_free_text(text);
  if (key->column.kind >= COLUMN_KEPT)
    return take_kept(arena, line, key, text);
  if (!line->quoted && !text.length)
    return key->flat || key->column.kind != COLUMN_FACT ||
           key->column.about->dimension != SUPPORT;
  if (key->column.kind != COLUMN_FACT) return take_frame(line, key, text);
  if (!is_plain(text) || (comma && !key->flat)) return false;
  line->dated |= key->column.about->type == TYPE_DATE;
  return batch_field_read(arena, line->lines->reader, &key->column, text,
                          line->one);
}

#define LETTERS_TRUE UINT64_C(0x65757274)
#define LETTERS_FALSE UINT64_C(0x65736c6166)

/* How many bytes true, false or the digits of a whole number are; 0. */
static inline uint32_t word_length(const char *at)
{
  uint64_t word = quick_load(at);
  uint32_t digits = quick_digits(word);
  uint32_t is_true = (word & quick_masks[4][0]) == LETTERS_TRUE;
  uint32_t is_false = (word & quick_masks[5][0]) == LETTERS_FALSE;
  if (*at == '0' && digits > 1) return 0;
  return digits + is_true * 4 + is_false * 5;
}

/* Takes a value that is nothing out of the ordinary.  Returns the place after
 * it; NULL if it may be. */
static inline const char *take_quickly(const Column *column, const char *at,
                                       const char *end, bool quoted,
                                       ReadCase *one)
{
  uint32_t length =
      quoted ? quick_find(at, QUICK_QUOTES) : word_length(at);
  const char *after = at + length;
  if (after >= end || length == QUICK_REACH ||
      !(quoted || *after == ',' || *after == '}') ||
      !field_quickly(column, at, length, one))
    return NULL;
  return after + quoted;
}

/* The value whatever it is.  Returns the place after it, or NULL. */
static const char *take_value(Arena *arena, LineParse *line, LineKey *key,
                              const char *at)
{
  line->at = at;
  return take_carefully(arena, line, key) ? line->at : NULL;
}

/* The next key and its colon.  Returns the place after it, or NULL. */
static inline const char *next_key(LineParse *line, const char *at,
                                   LineKey **key)
{
  const NextKey *next = expect(*key, at, line->end);
  if (next && (next->opened < 0 || open_object(line, next->opened))) {
    line->quoted = next->quoted;
    *key = next->key;
    return at + next->length;
  }
  line->at = at;
  *key = find_key(line, *key);
  return *key ? line->at : NULL;
}

bool line_read_quickly(Arena *arena, LineReader *lines, Text text,
                       ReadCase *one)
{
  LineParse line = {.lines = lines, .at = text.at, .one = one,
                    .end = text.at + text.length, .number = ++lines->lines};
  LineKey *key = lines->keys[LINE_START], *last = lines->keys[LINE_END];
  if (!take(&line, '{')) return false;
  for (const char *at = line.at, *after; at; at = after) {
    at = next_key(&line, at, &key);
    if (!at || key == last) return at == line.end;
    if (*key->seen == line.number) return false;
    *key->seen = line.number;
    after = take_quickly(&key->column, at, line.end, line.quoted, one);
    if (!after) after = take_value(arena, &line, key, at);
  }
  return false;
}

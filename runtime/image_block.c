#include "runtime/image_block.h"

#include <endian.h>
#include <stddef.h>
#include <string.h>

/* ----------------------------------------------------------------- columns */

static uint64_t padded(uint64_t size) { return (size + 3) & ~UINT64_C(3); }

static bool width_fits(uint32_t width, uint32_t items) {
  return width == 1 || width == 2 || width == 4 ||
         (width == 0 && items <= COLUMN_BARE_MOST);
}

uint32_t image_columns(Text bytes, uint32_t items, uint32_t words,
                       Column *columns, uint32_t *fault) {
  uint32_t at = 0;
  if (items == 0) return 0;
  for (uint32_t i = 0; i < words; i++) {
    const char *head = bytes.at + at;
    *fault = at;
    if (bytes.length - at < COLUMN_HEAD_SIZE) return NONE;
    uint32_t base = image_word(head), width = image_word(head + 4);
    uint64_t size = padded((uint64_t)items * width);
    *fault = at + 4;
    if (!width_fits(width, items)) return NONE;
    if (size > bytes.length - at - COLUMN_HEAD_SIZE) return NONE;
    columns[i] = (Column){head + COLUMN_HEAD_SIZE, base, width};
    at += COLUMN_HEAD_SIZE + (uint32_t)size;
  }
  return at;
}

static inline uint32_t read_1(const char *at) { return (uint8_t)*at; }

static inline uint32_t read_2(const char *at) {
  uint16_t word;
  memcpy(&word, at, sizeof word);
  return le16toh(word);
}

static inline uint32_t read_4(const char *at) {
  uint32_t word;
  memcpy(&word, at, sizeof word);
  return le32toh(word);
}

/* Whole blocks have a length that the compiler knows: it takes many words in
 * one step there. */
#define READ_WORDS(read, width)                                   \
  do {                                                            \
    for (; count >= BLOCK_MOST; count -= BLOCK_MOST) {            \
      for (uint32_t i = 0; i < BLOCK_MOST; i++)                   \
        words[i] = base + read(at + (size_t)(width) * i);         \
      words += BLOCK_MOST;                                        \
      at += (width) * BLOCK_MOST;                                 \
    }                                                             \
    for (uint32_t i = 0; i < count; i++)                          \
      words[i] = base + read(at + (size_t)(width) * i);           \
  } while (0)

void image_column_read(const Column *column, uint32_t first, uint32_t count,
                       uint32_t *restrict words) {
  uint32_t base = column->base;
  const char *restrict at = column->at + (size_t)first * column->width;
  if (column->width == 1)
    READ_WORDS(read_1, 1);
  else if (column->width == 2)
    READ_WORDS(read_2, 2);
  else if (column->width == 4)
    READ_WORDS(read_4, 4);
  else
    for (uint32_t i = 0; i < count; i++) words[i] = base;
}

/* The columns of a section; returns its entry in the table. */
static const char *find_columns(Text bytes, uint32_t section, uint32_t words,
                                Column *columns) {
  const char *entry = bytes.at + IMAGE_HEADER_SIZE;
  uint32_t unused;
  while (image_word(entry) != section) entry += IMAGE_ENTRY_SIZE;
  Text within = {bytes.at + image_word(entry + 4), image_word(entry + 8)};
  image_columns(within, image_word(entry + 12), words, columns, &unused);
  return entry;
}

void image_list_columns(Text bytes, ListId list, Column *columns) {
  find_columns(bytes, image_lists[list].section, image_lists[list].words,
               columns);
}

void image_code_column(Text bytes, Column *column) {
  find_columns(bytes, SECTION_CODE, 1, column);
}

uint32_t image_lengths_column(Text bytes, Column *column) {
  const char *entry = find_columns(bytes, SECTION_TEXTS, 1, column);
  uint32_t items = image_word(entry + 12), start = image_word(entry + 4);
  if (items == 0) return start;
  return start + COLUMN_HEAD_SIZE +
         (uint32_t)padded((uint64_t)items * column->width);
}

/* Where word `word` of item `index` of a section stands: where all are the
 * same, that is the base. */
static uint32_t find_offset(Text bytes, uint32_t section, uint32_t words,
                            uint32_t index, uint32_t word) {
  Column columns[COLUMNS_MOST];
  const char *entry = find_columns(bytes, section, words, columns);
  if (image_word(entry + 12) == 0) return image_word(entry + 4);
  uint32_t at = (uint32_t)(columns[word].at - bytes.at);
  uint32_t width = columns[word].width;
  return width == 0 ? at - COLUMN_HEAD_SIZE : at + index * width;
}

uint32_t image_record_offset(Text bytes, ListId list, uint32_t index,
                             uint32_t word) {
  const List *one = &image_lists[list];
  return find_offset(bytes, one->section, one->words, index, word);
}

uint32_t image_code_offset(Text bytes, uint32_t word) {
  return find_offset(bytes, SECTION_CODE, 1, word, 0);
}

void image_spread_add(ColumnSpread *spread, uint32_t words[BLOCK_MOST],
                      uint32_t count) {
  uint32_t least = spread->least, most = spread->most;
  for (uint32_t i = count; i < BLOCK_MOST; i++) words[i] = words[0];
  for (uint32_t i = 0; i < BLOCK_MOST; i++) {
    uint32_t next = words[i] + 1;
    least = next < least ? next : least;
    most = next > most ? next : most;
  }
  *spread = (ColumnSpread){least, most};
}

ColumnShape image_spread_shape(ColumnSpread spread, uint32_t count) {
  uint32_t most = spread.most - spread.least;
  uint32_t width = most == 0 && count <= COLUMN_BARE_MOST ? 0
                   : most < 1u << 8                       ? 1
                   : most < 1u << 16                      ? 2
                                                          : 4;
  return (ColumnShape){spread.least - 1, width};
}

ColumnShape image_column_shape(const uint32_t *words, uint32_t count) {
  ColumnSpread spread = COLUMN_SPREAD_NONE;
  uint32_t block[BLOCK_MOST];
  for (uint32_t i = 0; i < count; i += BLOCK_MOST) {
    uint32_t part = count - i < BLOCK_MOST ? count - i : BLOCK_MOST;
    memcpy(block, words + i, part * sizeof *words);
    image_spread_add(&spread, block, part);
  }
  return image_spread_shape(spread, count);
}

uint64_t image_column_size(ColumnShape shape, uint32_t count) {
  if (count == 0) return 0;
  return COLUMN_HEAD_SIZE + padded((uint64_t)count * shape.width);
}

char *image_column_head(char *at, ColumnShape shape, uint64_t size) {
  if (size > COLUMN_HEAD_SIZE) image_put_word(at + size - 4, 0);
  image_put_word(at, shape.base);
  image_put_word(at + 4, shape.width);
  return at + COLUMN_HEAD_SIZE;
}

static inline void write_1(char *at, uint32_t word) {
  *at = (char)(uint8_t)word;
}

static inline void write_2(char *at, uint32_t word) {
  uint16_t bytes = htole16((uint16_t)word);
  memcpy(at, &bytes, sizeof bytes);
}

static inline void write_4(char *at, uint32_t word) {
  uint32_t bytes = htole32(word);
  memcpy(at, &bytes, sizeof bytes);
}

/* As READ_WORDS. */
#define WRITE_WORDS(write, width)                         \
  do {                                                    \
    for (; count >= BLOCK_MOST; count -= BLOCK_MOST) {    \
      for (uint32_t i = 0; i < BLOCK_MOST; i++)           \
        write(at + (size_t)(width) * i, words[i] - base); \
      words += BLOCK_MOST;                                \
      at += (width) * BLOCK_MOST;                         \
    }                                                     \
    for (uint32_t i = 0; i < count; i++)                  \
      write(at + (size_t)(width) * i, words[i] - base);   \
  } while (0)

void image_column_numbers(char *restrict at, ColumnShape shape,
                          const uint32_t *restrict words, uint32_t count) {
  uint32_t base = shape.base;
  if (shape.width == 1)
    WRITE_WORDS(write_1, 1);
  else if (shape.width == 2)
    WRITE_WORDS(write_2, 2);
  else if (shape.width == 4)
    WRITE_WORDS(write_4, 4);
}

/* ------------------------------------------------------------------ blocks */

static void put_words(const Block *block, uint32_t at, const uint32_t *words) {
  if (!block->to) return;
  char *to = block->to + at;
  for (uint32_t i = 0; i < block->count; i++, to += block->size)
    memcpy(to, &words[i], sizeof *words);
}

/* Of a block that is not full, the rest has the first word. */
static void read_block(const Block *block, const Column *column,
                       uint32_t words[BLOCK_MOST]) {
  image_column_read(column, block->first, block->count, words);
  for (uint32_t i = block->count; i < BLOCK_MOST; i++) words[i] = words[0];
}

/* True if each is fine; so below. */
static bool read_wide(const Block *block, const Column *column,
                      const Plan *plan) {
  uint32_t low[BLOCK_MOST], high[BLOCK_MOST];
  if (!block->to) return true;
  read_block(block, column, low);
  read_block(block, column + 1, high);
  for (uint32_t i = 0; i < block->count; i++) {
    uint64_t bits = low[i] | (uint64_t)high[i] << 32;
    memcpy(block->to + plan->at + (size_t)i * block->size, &bits, sizeof bits);
  }
  return true;
}

static bool read_range(const Block *block, const Column *column,
                       const Plan *plan) {
  uint32_t first[BLOCK_MOST], count[BLOCK_MOST];
  uint32_t bound = plan->bound, wrong = 0;
  read_block(block, column, first);
  read_block(block, column + 1, count);
  for (uint32_t i = 0; i < BLOCK_MOST; i++) {
    wrong |= first[i] > bound;
    wrong |= count[i] > bound - first[i];
  }
  put_words(block, plan->at + (uint32_t)offsetof(Range, first), first);
  put_words(block, plan->at + (uint32_t)offsetof(Range, count), count);
  return !wrong;
}

static bool read_one(const Block *block, const Column *column,
                     const Plan *plan) {
  uint32_t words[BLOCK_MOST];
  uint32_t bias = plan->bias, bound = plan->bound, wrong = 0;
  read_block(block, column, words);
  for (uint32_t i = 0; i < BLOCK_MOST; i++)
    wrong |= words[i] + bias >= bound;
  put_words(block, plan->at, words);
  return !wrong;
}

uint32_t image_block_read(const Block *block, const Plan *plans,
                          uint32_t fields) {
  for (const Plan *plan = plans; plan < plans + fields; plan++) {
    const Column *column = block->columns + plan->word;
    bool fine = plan->kind == FIELD_WIDE    ? read_wide(block, column, plan)
                : plan->kind == FIELD_RANGE ? read_range(block, column, plan)
                                            : read_one(block, column, plan);
    if (!fine && !block->trusted) return (uint32_t)(plan - plans);
  }
  return NONE;
}

#define TAKE_MOST(Number, read, i)                              \
  do {                                                          \
    Number next = (Number)read(at + sizeof(Number) * (i));      \
    each[i] = each[i] > next ? each[i] : next;                  \
  } while (0)

/* The largest number of a column, before its base is added; in blocks, as
 * above. */
#define FIND_MOST(Number, read)                                      \
  do {                                                               \
    Number each[BLOCK_MOST] = {0};                                   \
    for (; items >= BLOCK_MOST; items -= BLOCK_MOST) {               \
      for (uint32_t i = 0; i < BLOCK_MOST; i++)                      \
        TAKE_MOST(Number, read, i);                                  \
      at += sizeof(Number) * BLOCK_MOST;                             \
    }                                                                \
    for (uint32_t i = 0; i < items; i++) TAKE_MOST(Number, read, i); \
    for (uint32_t i = 0; i < BLOCK_MOST; i++)                        \
      most = each[i] > most ? each[i] : most;                        \
  } while (0)

/* The largest word of a column with `bias` added; UINT32_MAX if none can be
 * told. */
static uint32_t most_word(const Column *column, uint32_t items,
                          uint32_t bias) {
  const char *at = column->at;
  uint32_t start = column->base + bias, most = 0;
  if (column->width == 1)
    FIND_MOST(uint8_t, read_1);
  else if (column->width == 2)
    FIND_MOST(uint16_t, read_2);
  else if (column->width > 0)
    return UINT32_MAX;
  return most <= UINT32_MAX - start ? start + most : UINT32_MAX;
}

bool image_columns_fit(const Column *columns, uint32_t items,
                       const Plan *plan) {
  if (items == 0 || plan->kind == FIELD_WIDE) return true;
  uint32_t most = most_word(columns, items, plan->bias);
  if (plan->kind != FIELD_RANGE) return most < plan->bound;
  return most <= plan->bound &&
         most_word(columns + 1, items, 0) <= plan->bound - most;
}

bool image_columns_zero(const Column *columns, uint32_t items,
                        uint32_t words) {
  if (items == 0) return true;
  for (uint32_t i = 0; i < words; i++)
    if (columns[i].base > 0 || most_word(&columns[i], items, 0) > 0)
      return false;
  return true;
}

void image_records_read(ListId id, const Column *columns, Range range,
                        bool whole, void *records) {
  const List *list = &image_lists[id];
  Plan plans[COLUMNS_MOST];
  uint32_t count = 0, end = range.first + range.count;
  if (range.count == 0) return;
  for (uint32_t f = 0, word = 0; f < list->field_count; f++) {
    const Field *field = &list->fields[f];
    if (whole || !(image_field_is_text(field) ||
                   image_columns_zero(columns + word, range.count,
                                      image_field_words(field))))
      plans[count++] = (Plan){field->kind, field->at, word, 0, 0};
    word += image_field_words(field);
  }
  Block block = {.columns = columns, .to = records, .size = list->size,
                 .first = range.first, .trusted = true};
  for (; block.first < end; block.first += block.count) {
    block.count = end - block.first;
    if (block.count > BLOCK_MOST) block.count = BLOCK_MOST;
    image_block_read(&block, plans, count);
    block.to += (size_t)block.count * block.size;
  }
}

#include "runtime/image_block.h"

#include <string.h>

/* ----------------------------------------------------------------- columns */

static uint64_t padded(uint64_t size) { return (size + 3) & ~UINT64_C(3); }

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
    if (width != 1 && width != 2 && width != 4) return NONE;
    if (size > bytes.length - at - COLUMN_HEAD_SIZE) return NONE;
    columns[i] = (Column){head + COLUMN_HEAD_SIZE, base, width};
    at += COLUMN_HEAD_SIZE + (uint32_t)size;
  }
  return at;
}

void image_column_read(const Column *column, uint32_t first, uint32_t count,
                       uint32_t *words) {
  uint32_t base = column->base;
  const char *at = column->at + (size_t)first * column->width;
  if (column->width == 1)
    for (uint32_t i = 0; i < count; i++) words[i] = base + (uint8_t)at[i];
  else if (column->width == 2)
    for (uint32_t i = 0; i < count; i++, at += 2)
      words[i] = base + ((uint32_t)(uint8_t)at[0] |
                         (uint32_t)(uint8_t)at[1] << 8);
  else
    for (uint32_t i = 0; i < count; i++, at += 4)
      words[i] = base + image_word(at);
}

/* Where word `word` of item `index` of a section stands. */
static uint32_t find_offset(Text bytes, uint32_t section, uint32_t words,
                            uint32_t index, uint32_t word) {
  const char *entry = bytes.at + IMAGE_HEADER_SIZE;
  Column columns[COLUMNS_MOST];
  uint32_t unused;
  while (image_word(entry) != section) entry += IMAGE_ENTRY_SIZE;
  uint32_t start = image_word(entry + 4);
  Text within = {bytes.at + start, image_word(entry + 8)};
  uint32_t items = image_word(entry + 12);
  if (items == 0) return start;
  image_columns(within, items, words, columns, &unused);
  return (uint32_t)(columns[word].at - bytes.at) +
         index * columns[word].width;
}

uint32_t image_record_offset(Text bytes, ListId list, uint32_t index,
                             uint32_t word) {
  const List *one = &image_lists[list];
  return find_offset(bytes, one->section, one->words, index, word);
}

uint32_t image_code_offset(Text bytes, uint32_t word) {
  return find_offset(bytes, SECTION_CODE, 1, word, 0);
}

/* NONE counts as one below 0, so that it does not make a column wide. */
static uint32_t find_base(const uint32_t *words, uint32_t count) {
  uint32_t least = NONE, none = 0;
  for (uint32_t i = 0; i < count; i++) {
    none |= words[i] == NONE;
    least = words[i] < least ? words[i] : least;
  }
  return none ? NONE : least;
}

static uint32_t find_width(const uint32_t *words, uint32_t count,
                           uint32_t base) {
  uint32_t any = 0;
  for (uint32_t i = 0; i < count; i++) any |= words[i] - base;
  return any < 1u << 8 ? 1 : any < 1u << 16 ? 2 : 4;
}

uint64_t image_column_size(const uint32_t *words, uint32_t count) {
  if (count == 0) return 0;
  uint32_t width = find_width(words, count, find_base(words, count));
  return COLUMN_HEAD_SIZE + padded((uint64_t)count * width);
}

void image_column_put(Buffer *out, const uint32_t *words, uint32_t count) {
  if (count == 0) return;
  uint32_t base = find_base(words, count);
  uint32_t width = find_width(words, count, base);
  uint64_t size = COLUMN_HEAD_SIZE + padded((uint64_t)count * width);
  if (size > UINT32_MAX) arena_escape(out->arena);
  char *at = buffer_put_room(out, (uint32_t)size);
  image_put_word(at, base);
  image_put_word(at + 4, width);
  at += COLUMN_HEAD_SIZE;
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t byte = 0; byte < width; byte++)
      *at++ = (char)(uint8_t)((words[i] - base) >> 8 * byte);
}

/* ------------------------------------------------------------------ blocks */

static void read_wide(const Block *block, const Column *column,
                      const Plan *plan) {
  uint32_t low[BLOCK_MOST], high[BLOCK_MOST];
  image_column_read(column, block->first, block->count, low);
  image_column_read(column + 1, block->first, block->count, high);
  for (uint32_t i = 0; i < block->count; i++) {
    uint64_t bits = low[i] | (uint64_t)high[i] << 32;
    memcpy(block->to + plan->at + (size_t)i * block->size, &bits, sizeof bits);
  }
}

/* True if each is fine; so below. */
static bool read_range(const Block *block, const Column *column,
                       const Plan *plan) {
  uint32_t first[BLOCK_MOST], count[BLOCK_MOST];
  uint32_t bound = plan->bound, wrong = 0;
  image_column_read(column, block->first, block->count, first);
  image_column_read(column + 1, block->first, block->count, count);
  for (uint32_t i = 0; i < block->count; i++) {
    Range range = {first[i], count[i]};
    memcpy(block->to + plan->at + (size_t)i * block->size, &range,
           sizeof range);
    wrong |= range.first > bound;
    wrong |= range.count > bound - range.first;
  }
  return !wrong;
}

static bool read_one(const Block *block, const Column *column,
                     const Plan *plan) {
  uint32_t words[BLOCK_MOST];
  uint32_t bias = plan->bias, bound = plan->bound, wrong = 0;
  image_column_read(column, block->first, block->count, words);
  for (uint32_t i = 0; i < block->count; i++) {
    memcpy(block->to + plan->at + (size_t)i * block->size, &words[i],
           sizeof words[i]);
    wrong |= words[i] + bias >= bound;
  }
  return !wrong;
}

uint32_t image_block_read(const Block *block, const Plan *plans,
                          uint32_t fields) {
  const Column *column = block->columns;
  for (const Plan *plan = plans; plan < plans + fields; plan++) {
    bool wide = plan->kind == FIELD_WIDE, fine = true;
    if (wide)
      read_wide(block, column, plan);
    else if (plan->kind == FIELD_RANGE)
      fine = read_range(block, column, plan);
    else
      fine = read_one(block, column, plan);
    if (!fine) return (uint32_t)(plan - plans);
    column += wide || plan->kind == FIELD_RANGE ? 2 : 1;
  }
  return NONE;
}

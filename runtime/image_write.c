/* An Image as bytes. */
#include "runtime/image_block.h"

#include <endian.h>
#include <stddef.h>
#include <string.h>

/* ----------------------------------------------------------------- records */

/* What a section holds: records next to each other.  Each of their words makes
 * a column. */
typedef struct Records {
  const char *at;
  uint32_t count, size;        /* of one, in memory */
  uint32_t words;
  uint32_t places[COLUMNS_MOST]; /* of the words in a record */
} Records;

/* Where the first or second word of a field stands in memory. */
static uint32_t word_place(const Field *field, uint32_t half) {
  bool swapped = BYTE_ORDER == BIG_ENDIAN && field->kind == FIELD_WIDE;
  return field->at + (uint32_t)sizeof(uint32_t) * (swapped ? 1 - half : half);
}

static Records list_records(const Image *image, ListId id) {
  const List *list = &image_lists[id];
  Items items = image_items(image, id);
  Records records = {items.at, items.count, list->size, 0, {0}};
  for (uint32_t f = 0; f < list->field_count; f++) {
    const Field *field = &list->fields[f];
    for (uint32_t half = 0; half < image_field_words(field); half++)
      records.places[records.words++] = word_place(field, half);
  }
  return records;
}

/* The texts that follow the columns of a section; NULL if it has none. */
static const Text *section_texts(const Image *image, const Section *section) {
  if (section->kind != SECTION_OF_TEXTS) return NULL;
  return section->number == SECTION_TEXTS ? image->texts.at
                                          : image->place_texts.at;
}

/* Of texts the lengths. */
static Records section_records(const Image *image, const Section *section) {
  if (section->kind == SECTION_OF_RECORDS)
    return list_records(image, section->list);
  if (section->kind == SECTION_OF_CODE)
    return (Records){(const char *)image->code.at, image->code.count,
                     (uint32_t)sizeof(uint32_t), 1, {0}};
  return (Records){(const char *)section_texts(image, section),
                   section->number == SECTION_TEXTS ? image->texts.count
                                                    : image->place_texts.count,
                   (uint32_t)sizeof(Text), 1, {offsetof(Text, length)}};
}

/* A word of the records from number `first` on, as many as a block has; returns
 * how many there are. */
static uint32_t gather(const Records *records, uint32_t first, uint32_t word,
                       uint32_t words[BLOCK_MOST]) {
  uint32_t count = records->count - first, size = records->size;
  const char *from =
      records->at + (size_t)first * size + records->places[word];
  if (count > BLOCK_MOST) count = BLOCK_MOST;
  for (uint32_t i = 0; i < count; i++, from += size)
    memcpy(&words[i], from, sizeof words[i]);
  return count;
}

/* ----------------------------------------------------------------- writing */

/* Goes through the sections twice: at first only the shapes of columns and
 * their sizes are found, so that the bytes are put where there is room for
 * all.  Records are taken a block at a time, all columns of it together: they
 * are large, and are fetched from memory once that way. */
typedef struct Writer {
  const Image *image;
  Buffer *out;
  Vec(ColumnShape) shapes; /* of all columns, in order */
  uint32_t next;           /* column to be put */
  uint64_t size;           /* of the file, as far as it has been found */
} Writer;

static void size_columns(Writer *writer, const Records *records) {
  ColumnSpread spreads[COLUMNS_MOST];
  uint32_t words[BLOCK_MOST];
  if (records->count == 0) return;
  for (uint32_t w = 0; w < records->words; w++)
    spreads[w] = COLUMN_SPREAD_NONE;
  for (uint32_t first = 0; first < records->count; first += BLOCK_MOST)
    for (uint32_t w = 0; w < records->words; w++) {
      uint32_t count = gather(records, first, w, words);
      image_spread_add(&spreads[w], words, count);
    }
  for (uint32_t w = 0; w < records->words; w++) {
    ColumnShape shape = image_spread_shape(spreads[w], records->count);
    VEC_PUSH(writer->out->arena, &writer->shapes, shape);
    writer->size += image_column_size(shape, records->count);
  }
}

/* Room that was reserved for the whole file. */
static char *take_room(Buffer *out, uint64_t size) {
  char *at = out->at + out->length;
  out->length += (uint32_t)size;
  return at;
}

static void put_columns(Writer *writer, const Records *records) {
  const ColumnShape *shapes = writer->shapes.at + writer->next;
  char *numbers[COLUMNS_MOST];
  uint32_t words[BLOCK_MOST];
  if (records->count == 0) return;
  for (uint32_t w = 0; w < records->words; w++) {
    uint64_t size = image_column_size(shapes[w], records->count);
    char *at = take_room(writer->out, size);
    numbers[w] = image_column_head(at, shapes[w], size);
  }
  for (uint32_t first = 0; first < records->count; first += BLOCK_MOST)
    for (uint32_t w = 0; w < records->words; w++) {
      uint32_t count = gather(records, first, w, words);
      image_column_numbers(numbers[w], shapes[w], words, count);
      numbers[w] += count * shapes[w].width;
    }
  writer->next += records->words;
}

static uint64_t texts_size(const Text *texts, uint32_t count) {
  uint64_t length = 0;
  for (uint32_t i = 0; i < count; i++) length += texts[i].length;
  return (length + 3) & ~UINT64_C(3);
}

static void put_texts(Buffer *out, const Text *texts, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    char *at = take_room(out, texts[i].length);
    if (texts[i].length) memcpy(at, texts[i].at, texts[i].length);
  }
  while (out->length % 4 != 0) *take_room(out, 1) = '\0';
}

static void size_sections(Writer *writer) {
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
    const Section *section = &image_sections[i];
    if (!image_has_section(writer->image, section)) continue;
    Records records = section_records(writer->image, section);
    const Text *texts = section_texts(writer->image, section);
    size_columns(writer, &records);
    if (texts) writer->size += texts_size(texts, records.count);
  }
}

static void put_entry(Buffer *out, uint32_t at, uint32_t number,
                      uint32_t start, uint32_t items) {
  image_put_word(out->at + at, number);
  image_put_word(out->at + at + 4, start);
  image_put_word(out->at + at + 8, out->length - start);
  image_put_word(out->at + at + 12, items);
}

static void put_sections(Writer *writer) {
  uint32_t entry = IMAGE_HEADER_SIZE;
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
    const Section *section = &image_sections[i];
    uint32_t start = writer->out->length;
    if (!image_has_section(writer->image, section)) continue;
    Records records = section_records(writer->image, section);
    const Text *texts = section_texts(writer->image, section);
    put_columns(writer, &records);
    if (texts) put_texts(writer->out, texts, records.count);
    put_entry(writer->out, entry, section->number, start, records.count);
    entry += IMAGE_ENTRY_SIZE;
  }
}

void image_write(Buffer *out, const Image *image) {
  uint8_t hash[IMAGE_HASH_SIZE], digest[IMAGE_HASH_SIZE];
  uint32_t count = image_section_count(image);
  uint32_t head = IMAGE_HEADER_SIZE + IMAGE_ENTRY_SIZE * count;
  Writer writer = {.image = image, .out = out, .size = head};
  size_sections(&writer);
  if (writer.size > UINT32_MAX) arena_escape(out->arena);
  buffer_reserve(out, (uint32_t)writer.size);
  char *at = take_room(out, head);
  memcpy(at, IMAGE_MAGIC, IMAGE_VERSION_AT);
  image_put_word(at + IMAGE_VERSION_AT, IMAGE_VERSION);
  image_put_word(at + IMAGE_SECTIONS_AT, count);
  put_sections(&writer);
  image_digest(buffer_text(out), hash, digest);
  memcpy(out->at + IMAGE_DIGEST_AT, digest, sizeof digest);
}

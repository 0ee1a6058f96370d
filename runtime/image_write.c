/* An Image as bytes. */
#include "runtime/image_block.h"

#include <string.h>

static uint32_t section_items(const Image *image, const Section *section) {
  if (section->kind == SECTION_OF_RECORDS)
    return image_items(image, section->list).count;
  if (section->kind == SECTION_OF_CODE) return image->code.count;
  return section->number == SECTION_TEXTS ? image->texts.count
                                          : image->place_texts.count;
}

/* The first or second word of a field, of every record. */
static void gather(const Field *field, uint32_t half, const Items *items,
                   uint32_t size, uint32_t *words) {
  const char *from = items->at + field->at;
  uint64_t wide;
  if (field->kind == FIELD_WIDE)
    for (uint32_t i = 0; i < items->count; i++, from += size) {
      memcpy(&wide, from, sizeof wide);
      words[i] = (uint32_t)(wide >> 32 * half);
    }
  else
    for (uint32_t i = 0; i < items->count; i++, from += size)
      memcpy(&words[i], from + 4 * half, sizeof words[i]);
}

/* Goes through the sections twice: at first only the shapes of columns and
 * their sizes are found, so that the bytes are put where there is room for
 * all. */
typedef struct Writer {
  const Image *image;
  Buffer *out;
  uint32_t *words; /* as many as the longest list has items */
  bool sizing;
  Vec(ColumnShape) shapes; /* of all columns, in order */
  uint32_t next;           /* column to be put */
  uint64_t size; /* so far */
} Writer;

static void put_column(Writer *writer, const uint32_t *words,
                       uint32_t count) {
  if (!writer->sizing) {
    image_column_put(writer->out, writer->shapes.at[writer->next++], words,
                     count);
    return;
  }
  ColumnShape shape = image_column_shape(words, count);
  VEC_PUSH(writer->out->arena, &writer->shapes, shape);
  writer->size += image_column_size(shape, count);
}

static void put_records(Writer *writer, ListId id) {
  const List *list = &image_lists[id];
  Items items = image_items(writer->image, id);
  for (uint32_t f = 0; f < list->field_count; f++) {
    const Field *field = &list->fields[f];
    for (uint32_t half = 0; half < image_field_words(field); half++) {
      gather(field, half, &items, list->size, writer->words);
      put_column(writer, writer->words, items.count);
    }
  }
}

static void put_texts(Writer *writer, const Text *texts, uint32_t count) {
  uint64_t length = 0;
  for (uint32_t i = 0; i < count; i++) {
    writer->words[i] = texts[i].length;
    length += texts[i].length;
  }
  put_column(writer, writer->words, count);
  writer->size += (length + 3) & ~UINT64_C(3);
  if (writer->sizing) return;
  for (uint32_t i = 0; i < count; i++) buffer_put(writer->out, texts[i]);
  while (writer->out->length % 4 != 0) buffer_put_char(writer->out, '\0');
}

static void put_section(Writer *writer, const Section *section) {
  const Image *image = writer->image;
  if (section->kind == SECTION_OF_RECORDS)
    put_records(writer, section->list);
  else if (section->kind == SECTION_OF_CODE)
    put_column(writer, image->code.at, image->code.count);
  else if (section->number == SECTION_TEXTS)
    put_texts(writer, image->texts.at, image->texts.count);
  else
    put_texts(writer, image->place_texts.at, image->place_texts.count);
}

static void put_entry(Buffer *out, uint32_t at, uint32_t number,
                      uint32_t start, uint32_t items) {
  image_put_word(out->at + at, number);
  image_put_word(out->at + at + 4, start);
  image_put_word(out->at + at + 8, out->length - start);
  image_put_word(out->at + at + 12, items);
}

static void put_sections(Writer *writer, bool sizing) {
  uint32_t entry = IMAGE_HEADER_SIZE;
  writer->sizing = sizing;
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
    const Section *section = &image_sections[i];
    uint32_t start = writer->out->length;
    if (!image_has_section(writer->image, section)) continue;
    put_section(writer, section);
    if (sizing) continue;
    put_entry(writer->out, entry, section->number, start,
              section_items(writer->image, section));
    entry += IMAGE_ENTRY_SIZE;
  }
}

static uint32_t most_items(const Image *image) {
  uint32_t most = 0;
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
    uint32_t items = section_items(image, &image_sections[i]);
    most = items > most ? items : most;
  }
  return most;
}

void image_write(Buffer *out, const Image *image) {
  uint8_t hash[IMAGE_HASH_SIZE], digest[IMAGE_HASH_SIZE];
  uint32_t count = image_section_count(image);
  uint32_t head = IMAGE_HEADER_SIZE + IMAGE_ENTRY_SIZE * count;
  Writer writer = {.image = image, .out = out, .size = head};
  writer.words = ARENA_ARRAY(out->arena, most_items(image), uint32_t);
  put_sections(&writer, true);
  if (writer.size > UINT32_MAX) arena_escape(out->arena);
  buffer_reserve(out, (uint32_t)writer.size);
  char *at = buffer_put_room(out, head);
  memcpy(at, IMAGE_MAGIC, IMAGE_VERSION_AT);
  image_put_word(at + IMAGE_VERSION_AT, IMAGE_VERSION);
  image_put_word(at + IMAGE_SECTIONS_AT, count);
  put_sections(&writer, false);
  image_digest(buffer_text(out), hash, digest);
  memcpy(out->at + IMAGE_DIGEST_AT, digest, sizeof digest);
}

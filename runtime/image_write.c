/* An Image as bytes. */
#include "runtime/image_schema.h"

#include <string.h>

static void put_word(Buffer *out, uint32_t word) {
  char bytes[4];
  image_put_word(bytes, word);
  buffer_put(out, (Text){bytes, 4});
}

static uint32_t texts_length(const Text *texts, uint32_t count) {
  uint32_t length = 4 * count;
  for (uint32_t i = 0; i < count; i++) length += texts[i].length;
  return (length + 3) & ~UINT32_C(3);
}

/* The texts of section 51 or 103. */
static const Text *section_texts(const Image *image, uint32_t section,
                                 uint32_t *count) {
  bool places = section == SECTION_PLACE_TEXTS;
  *count = places ? image->place_texts.count : image->texts.count;
  return places ? image->place_texts.at : image->texts.at;
}

static uint32_t section_items(const Image *image, const Section *section) {
  uint32_t count = image->code.count;
  if (section->kind == SECTION_OF_RECORDS)
    return image_items(image, section->list).count;
  if (section->kind == SECTION_OF_TEXTS)
    section_texts(image, section->number, &count);
  return count;
}

static uint32_t section_length(const Image *image, const Section *section) {
  uint32_t count = section_items(image, section);
  if (section->kind == SECTION_OF_RECORDS)
    return 4 * image_lists[section->list].words * count;
  if (section->kind == SECTION_OF_CODE) return 4 * count;
  return texts_length(section_texts(image, section->number, &count), count);
}

static void put_header(Buffer *out, const Image *image) {
  uint32_t count = image_section_count(image);
  uint32_t offset = IMAGE_HEADER_SIZE + IMAGE_ENTRY_SIZE * count;
  buffer_put(out, TEXT(IMAGE_MAGIC));
  put_word(out, IMAGE_VERSION);
  put_word(out, count);
  for (int i = 0; i < IMAGE_HASH_SIZE / 4; i++) put_word(out, 0);
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
    const Section *section = &image_sections[i];
    uint32_t length = section_length(image, section);
    if (!image_has_section(image, section)) continue;
    put_word(out, section->number);
    put_word(out, offset);
    put_word(out, length);
    put_word(out, section_items(image, section));
    offset += length;
  }
}

/* Writes a field's words; returns where the next one goes. */
static char *put_field(char *to, const Field *field, const char *record) {
  uint32_t words[2];
  uint32_t count = 1;
  if (field->kind == FIELD_WIDE) {
    int64_t wide;
    memcpy(&wide, record + field->at, sizeof wide);
    words[0] = (uint32_t)(uint64_t)wide;
    words[1] = (uint32_t)((uint64_t)wide >> 32);
    count = 2;
  } else {
    if (field->kind == FIELD_RANGE) count = 2;
    memcpy(words, record + field->at, 4 * count);
  }
  for (uint32_t i = 0; i < count; i++) image_put_word(to + 4 * i, words[i]);
  return to + 4 * count;
}

static void put_records(Buffer *out, const Image *image, ListId id) {
  const List *list = &image_lists[id];
  Items items = image_items(image, id);
  char *to = buffer_put_room(out, 4 * list->words * items.count);
  for (uint32_t i = 0; i < items.count; i++)
    for (uint32_t f = 0; f < list->field_count; f++)
      to = put_field(to, &list->fields[f],
                     items.at + (size_t)i * list->size);
}

static void put_words(Buffer *out, const uint32_t *words, uint32_t count) {
  char *to = buffer_put_room(out, 4 * count);
  for (uint32_t i = 0; i < count; i++) image_put_word(to + 4 * i, words[i]);
}

static void put_texts(Buffer *out, const Text *texts, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) put_word(out, texts[i].length);
  for (uint32_t i = 0; i < count; i++) buffer_put(out, texts[i]);
  while (out->length % 4 != 0) buffer_put_char(out, '\0');
}

static void put_section(Buffer *out, const Image *image,
                        const Section *section) {
  uint32_t count;
  const Text *texts;
  switch (section->kind) {
    case SECTION_OF_RECORDS:
      put_records(out, image, section->list);
      break;
    case SECTION_OF_CODE:
      put_words(out, image->code.at, image->code.count);
      break;
    case SECTION_OF_TEXTS:
      texts = section_texts(image, section->number, &count);
      put_texts(out, texts, count);
      break;
  }
}

static uint64_t whole_length(const Image *image) {
  uint32_t count = image_section_count(image);
  uint64_t length = IMAGE_HEADER_SIZE + IMAGE_ENTRY_SIZE * count;
  for (uint32_t i = 0; i < count; i++)
    length += section_length(image, &image_sections[i]);
  return length;
}

void image_write(Buffer *out, const Image *image) {
  uint8_t hash[IMAGE_HASH_SIZE], digest[IMAGE_HASH_SIZE];
  uint64_t length = whole_length(image);
  if (length > UINT32_MAX) arena_escape(out->arena);
  buffer_reserve(out, (uint32_t)length);
  put_header(out, image);
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++)
    if (image_has_section(image, &image_sections[i]))
      put_section(out, image, &image_sections[i]);
  image_digest(buffer_text(out), hash, digest);
  memcpy(out->at + IMAGE_DIGEST_AT, digest, sizeof digest);
}

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
  for (uint32_t i = 0; i < items->count; i++) {
    const char *from = items->at + field->at + (size_t)i * size;
    uint64_t wide;
    if (field->kind == FIELD_WIDE) {
      memcpy(&wide, from, sizeof wide);
      words[i] = (uint32_t)(wide >> 32 * half);
    } else {
      memcpy(&words[i], from + 4 * half, sizeof words[i]);
    }
  }
}

static void put_records(Buffer *out, const Image *image, ListId id) {
  const List *list = &image_lists[id];
  Items items = image_items(image, id);
  uint32_t *words = ARENA_ARRAY(out->arena, items.count, uint32_t);
  for (uint32_t f = 0; f < list->field_count; f++) {
    const Field *field = &list->fields[f];
    for (uint32_t half = 0; half < image_field_words(field); half++) {
      gather(field, half, &items, list->size, words);
      image_column_put(out, words, items.count);
    }
  }
}

static void put_texts(Buffer *out, const Text *texts, uint32_t count) {
  uint32_t *lengths = ARENA_ARRAY(out->arena, count, uint32_t);
  for (uint32_t i = 0; i < count; i++) lengths[i] = texts[i].length;
  image_column_put(out, lengths, count);
  for (uint32_t i = 0; i < count; i++) buffer_put(out, texts[i]);
  while (out->length % 4 != 0) buffer_put_char(out, '\0');
}

static void put_section(Buffer *out, const Image *image,
                        const Section *section) {
  if (section->kind == SECTION_OF_RECORDS)
    put_records(out, image, section->list);
  else if (section->kind == SECTION_OF_CODE)
    image_column_put(out, image->code.at, image->code.count);
  else if (section->number == SECTION_TEXTS)
    put_texts(out, image->texts.at, image->texts.count);
  else
    put_texts(out, image->place_texts.at, image->place_texts.count);
}

static void put_sections(Buffer *out, const Image *image) {
  uint32_t entry = IMAGE_HEADER_SIZE;
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
    const Section *section = &image_sections[i];
    uint32_t start = out->length;
    if (!image_has_section(image, section)) continue;
    put_section(out, image, section);
    image_put_word(out->at + entry, section->number);
    image_put_word(out->at + entry + 4, start);
    image_put_word(out->at + entry + 8, out->length - start);
    image_put_word(out->at + entry + 12, section_items(image, section));
    entry += IMAGE_ENTRY_SIZE;
  }
}

void image_write(Buffer *out, const Image *image) {
  uint8_t hash[IMAGE_HASH_SIZE], digest[IMAGE_HASH_SIZE];
  uint32_t count = image_section_count(image);
  char *head =
      buffer_put_room(out, IMAGE_HEADER_SIZE + IMAGE_ENTRY_SIZE * count);
  memcpy(head, IMAGE_MAGIC, IMAGE_VERSION_AT);
  image_put_word(head + IMAGE_VERSION_AT, IMAGE_VERSION);
  image_put_word(head + IMAGE_SECTIONS_AT, count);
  put_sections(out, image);
  image_digest(buffer_text(out), hash, digest);
  memcpy(out->at + IMAGE_DIGEST_AT, digest, sizeof digest);
}

/* The tables of image.def, and the arithmetic of where things stand. */
#include "runtime/image_schema.h"

#include <endian.h>
#include <string.h>
#include "base/hash.h"

#define FIELD(Type, name, kind, bound, list) \
  {#name, kind, (uint32_t)offsetof(Type, name), (uint32_t)(bound), list},

/* clang-format off */
#define RECORD(Type, list, section) static const Field Type##_fields[] = {
#define PLACES(Type, list, section) static const Field Type##_fields[] = {
#define END(Type, list) };
#define NUMBER(Type, name, most) FIELD(Type, name, FIELD_NUMBER, (most) + 1, 0)
#define FLAG(Type, name) FIELD(Type, name, FIELD_FLAG, 2, 0)
#define ENUM(Type, name, count) FIELD(Type, name, FIELD_ENUM, count, 0)
#define DAY(Type, name) FIELD(Type, name, FIELD_DAY, DAY_LAST + 1, 0)
#define WIDE(Type, name) FIELD(Type, name, FIELD_WIDE, 0, 0)
#define WORDS(Type, name) FIELD(Type, name, FIELD_WORDS, 0, 0)
#define WORDS_OPTION(Type, name) FIELD(Type, name, FIELD_WORDS_OPTION, 0, 0)
#define PLACE_WORDS(Type, name) FIELD(Type, name, FIELD_PLACE_WORDS, 0, 0)
#define LINK(Type, name, list) FIELD(Type, name, FIELD_LINK, 0, LIST_##list)
#define LINK_OPTION(Type, name, list) \
  FIELD(Type, name, FIELD_LINK_OPTION, 0, LIST_##list)
#define RANGE(Type, name, list) FIELD(Type, name, FIELD_RANGE, 0, LIST_##list)
#define REGISTER(Type, name) FIELD(Type, name, FIELD_REGISTER, 0, 0)
#include "runtime/image.def"

#define LIST(Type, list, section)                                \
  {#list, section, Type##_WORDS, (uint32_t)sizeof(Type),         \
   (uint32_t)offsetof(Image, list), Type##_fields,               \
   (uint32_t)(sizeof Type##_fields / sizeof Type##_fields[0])},

const List image_lists[LIST_COUNT] = {
#define RECORD(Type, list, section) LIST(Type, list, section)
#define PLACES(Type, list, section) LIST(Type, list, section)
#include "runtime/image.def"
};

const Section image_sections[] = {
#define RECORD(Type, list, section) {section, SECTION_OF_RECORDS, LIST_##list},
#include "runtime/image.def"
  {SECTION_CODE, SECTION_OF_CODE, 0},
  {SECTION_TEXTS, SECTION_OF_TEXTS, 0},
#define PLACES(Type, list, section) {section, SECTION_OF_RECORDS, LIST_##list},
#include "runtime/image.def"
  {SECTION_PLACE_TEXTS, SECTION_OF_TEXTS, 0},
};
/* clang-format on */

Items image_items(const Image *image, ListId list) {
  Items items;
  memcpy(&items, (const char *)image + image_lists[list].at, sizeof items);
  return items;
}

void image_set_items(Image *image, ListId list, Items items) {
  memcpy((char *)image + image_lists[list].at, &items, sizeof items);
}

bool image_section_is_option(const Section *section) {
  return section->number >= SECTION_FIRST_PLACE ||
         (section->number >= SECTION_FIRST_OPTION &&
          section->number < SECTION_CODE);
}

bool image_has_section(const Image *image, const Section *section) {
  if (section->number >= SECTION_FIRST_PLACE) return image->files.count > 0;
  return !image_section_is_option(section) ||
         image_items(image, section->list).count > 0;
}

uint32_t image_section_count(const Image *image) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < IMAGE_SECTIONS; i++)
    count += image_has_section(image, &image_sections[i]);
  return count;
}

void image_put_word(char *at, uint32_t word) {
  at[0] = (char)(uint8_t)word;
  at[1] = (char)(uint8_t)(word >> 8);
  at[2] = (char)(uint8_t)(word >> 16);
  at[3] = (char)(uint8_t)(word >> 24);
}

/* The bytes of an entry's section. */
static Text section_bytes(Text bytes, const char *entry) {
  return (Text){bytes.at + image_word(entry + 4), image_word(entry + 8)};
}

/* A sum of 64 bits in which any word that changes alone is seen: each step can
 * be undone.  Four lanes, so that it goes as fast as bytes can be had: each a
 * variable, as vectors of the usual width cannot multiply such words. */
#define LANE_BYTES 8u
#define LANES_BYTES (4 * LANE_BYTES)

static uint64_t add_word(uint64_t sum, uint64_t word) {
  sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
  return sum ^ sum >> 29;
}

static uint64_t long_word(const char *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return le64toh(word);
}

/* What is left at the end counts as if zeros came after it. */
static uint64_t sum_bytes(Text bytes) {
  uint64_t a = bytes.length, b = 0, c = 0, d = 0;
  char rest[LANES_BYTES] = {0};
  const char *at = bytes.at, *end = at + bytes.length;
  size_t left = bytes.length % LANES_BYTES;
  if (left > 0) memcpy(rest, end - left, left);
  for (;; at += LANES_BYTES) {
    if (at == end - left) at = rest;
    a = add_word(a, long_word(at));
    b = add_word(b, long_word(at + LANE_BYTES));
    c = add_word(c, long_word(at + 2 * LANE_BYTES));
    d = add_word(d, long_word(at + 3 * LANE_BYTES));
    if (at == rest) break;
  }
  return add_word(add_word(add_word(add_word(0, a), b), c), d);
}

static void hash_sum(Hash *hash, Text section) {
  char bytes[8];
  uint64_t sum = sum_bytes(section);
  image_put_word(bytes, (uint32_t)sum);
  image_put_word(bytes + 4, (uint32_t)(sum >> 32));
  hash_add(hash, (Text){bytes, sizeof bytes});
}

void image_digest(Text bytes, uint8_t hash[IMAGE_HASH_SIZE],
                  uint8_t digest[IMAGE_HASH_SIZE]) {
  Hash meaning, whole;
  uint32_t count = image_word(bytes.at + IMAGE_SECTIONS_AT);
  Text table = {bytes.at + IMAGE_HEADER_SIZE, count * IMAGE_ENTRY_SIZE};
  const char *entry = table.at, *end = table.at + table.length;
  hash_init(&meaning);
  hash_add(&meaning, (Text){bytes.at, IMAGE_SECTIONS_AT});
  for (; entry < end && image_word(entry) < SECTION_FIRST_PLACE;
       entry += IMAGE_ENTRY_SIZE) {
    hash_add(&meaning, (Text){entry, 4});
    hash_add(&meaning, (Text){entry + 8, 4});
    hash_add(&meaning, section_bytes(bytes, entry));
  }
  hash_finish(&meaning, hash);
  hash_init(&whole);
  hash_add(&whole, (Text){(const char *)hash, IMAGE_HASH_SIZE});
  hash_add(&whole, (Text){bytes.at + IMAGE_SECTIONS_AT, 4});
  hash_add(&whole, table);
  for (; entry < end; entry += IMAGE_ENTRY_SIZE)
    hash_sum(&whole, section_bytes(bytes, entry));
  hash_finish(&whole, digest);
}

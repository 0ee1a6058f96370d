/* The shape of image files, generated from image.def: which sections there are,
 * which fields their records have, and how large they are.  The writer, the
 * reader, the verifier and the dump all work from these tables.
 */
#ifndef STILE_RUNTIME_IMAGE_SCHEMA_H
#define STILE_RUNTIME_IMAGE_SCHEMA_H

#include "runtime/image_file.h"

/* Magic, version, number of sections, digest; then the table of sections. */
#define IMAGE_VERSION 4
#define IMAGE_VERSION_AT 8
#define IMAGE_SECTIONS_AT 12
#define IMAGE_DIGEST_AT 16
#define IMAGE_HEADER_SIZE (IMAGE_DIGEST_AT + IMAGE_HASH_SIZE)
/* An entry of the table: number, offset, length in bytes, items. */
#define IMAGE_ENTRY_SIZE 16

#define SECTION_FIRST_OPTION 24 /* from here to the code: left out if empty */
#define SECTION_CODE 50
#define SECTION_TEXTS 51
#define SECTION_FIRST_PLACE 100 /* from here on: places, may be left out */
#define SECTION_PLACE_TEXTS 103

#define IMAGE_FACTS_MOST 10000
#define IMAGE_RULES_MOST 20000

/* clang-format off */
/* LIST_rules and so on, in the order of their sections. */
typedef enum ListId {
#define RECORD(Type, list, section) LIST_##list,
#define PLACES(Type, list, section) LIST_##list,
#include "runtime/image.def"
  LIST_COUNT
} ListId;

/* Rule_finding is the word at which a rule's finding stands in its record;
 * Rule_WORDS is how many words the record has. */
#define RECORD(Type, list, section) enum {
#define PLACES(Type, list, section) enum {
#define END(Type, list) Type##_WORDS };
#define NUMBER(Type, name, most) Type##_##name,
#define FLAG(Type, name) Type##_##name,
#define ENUM(Type, name, count) Type##_##name,
#define DAY(Type, name) Type##_##name,
#define WIDE(Type, name) Type##_##name, Type##_##name##_high,
#define WORDS(Type, name) Type##_##name,
#define WORDS_OPTION(Type, name) Type##_##name,
#define PLACE_WORDS(Type, name) Type##_##name,
#define LINK(Type, name, list) Type##_##name,
#define LINK_OPTION(Type, name, list) Type##_##name,
#define RANGE(Type, name, list) Type##_##name, Type##_##name##_count,
#define REGISTER(Type, name) Type##_##name,
#include "runtime/image.def"
/* clang-format on */

typedef enum FieldKind {
  FIELD_NUMBER, FIELD_FLAG, FIELD_ENUM, FIELD_DAY, FIELD_WIDE, FIELD_WORDS,
  FIELD_WORDS_OPTION, FIELD_PLACE_WORDS, FIELD_LINK, FIELD_LINK_OPTION,
  FIELD_RANGE, FIELD_REGISTER
} FieldKind;

typedef struct Field {
  const char *name;
  FieldKind kind;
  uint32_t at;    /* bytes from the start of the struct */
  uint32_t bound; /* NUMBER, FLAG, ENUM, DAY: values are below this */
  ListId list;    /* LINK, LINK_OPTION, RANGE */
} Field;

typedef struct List {
  const char *name; /* "rules" */
  uint32_t section;
  uint32_t words; /* of one record in the file, a column each */
  uint32_t size;  /* of one struct in memory */
  uint32_t at;    /* of its Vec in Image */
  const Field *fields;
  uint32_t field_count;
} List;

extern const List image_lists[LIST_COUNT];

/* How many words of the file a field has. */
static inline uint32_t image_field_words(const Field *field) {
  return field->kind == FIELD_WIDE || field->kind == FIELD_RANGE ? 2 : 1;
}

/* The records of a list, whatever their type. */
typedef struct Items {
  char *at;
  uint32_t count, room;
} Items;

Items image_items(const Image *image, ListId list);
/* Gives the image's list its records. */
void image_set_items(Image *image, ListId list, Items items);

typedef enum SectionKind {
  SECTION_OF_RECORDS, SECTION_OF_CODE, SECTION_OF_TEXTS
} SectionKind;

typedef struct Section {
  uint32_t number;
  SectionKind kind;
  ListId list; /* SECTION_OF_RECORDS */
} Section;

/* Every section, in the order of the file.  A file may lack those from
 * SECTION_FIRST_OPTION up to the code that are empty, and all places. */
#define IMAGE_SECTIONS ((uint32_t)LIST_COUNT + 3)
extern const Section image_sections[];

/* May a file do without it? */
bool image_section_is_option(const Section *section);
/* Does the file of this image have it? */
bool image_has_section(const Image *image, const Section *section);
uint32_t image_section_count(const Image *image);
/* A word of a file: the lowest byte first. */
static inline uint32_t image_word(const char *at) {
  return (uint32_t)(uint8_t)at[0] | (uint32_t)(uint8_t)at[1] << 8 |
         (uint32_t)(uint8_t)at[2] << 16 | (uint32_t)(uint8_t)at[3] << 24;
}
void image_put_word(char *at, uint32_t word);

/* The first half of image_read_lean: the code and lists that are to be columns
 * lie in `passing`; of texts, conditions and places there is only the number,
 * as they are read from the bytes. */
bool image_read_passing(Arena *arena, Arena *passing, Text bytes,
                        Image *image, ImageFault *fault);

/* The SHA-256 that names the policy, and the digest that the header holds.
 *
 * The first is over the magic, the version, and for each section below 100 its
 * number, its length and its bytes.  The second is over the first, the number
 * of sections, their table, and of each section from 100 up a sum of 64 bits.
 * So every byte of a file counts, and those that name nothing count quickly.
 * `bytes` has a header and a table whose sections lie within it. */
void image_digest(Text bytes, uint8_t hash[IMAGE_HASH_SIZE],
                  uint8_t digest[IMAGE_HASH_SIZE]);

#endif

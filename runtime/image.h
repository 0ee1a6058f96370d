/* A policy image: the compiled policy as lists of small records, the code, and
 * the texts.  runtime/image.def is the table of the records; this header turns
 * it into C structs.
 *
 * An Image in memory has been built by the compiler or read and verified by
 * image_read.  Everything in it may be trusted only in the second case, so the
 * compiler's result is always written and read back before it is used.
 */
#ifndef STILE_RUNTIME_IMAGE_H
#define STILE_RUNTIME_IMAGE_H

#include "base/calendar.h"
#include "base/words.h"

#define NONE UINT32_MAX
#define REGISTERS_MOST 1000000

typedef struct Range {
  uint32_t first, count;
} Range;

typedef enum CutBase { CUT_VALUE, CUT_DAYS_AGO, CUT_MONTHS_AGO } CutBase;

typedef enum NodeOp {
  NODE_TEST, NODE_AND, NODE_OR, NODE_NOT, NODE_COUNT, NODE_DEFINE, NODE_SIGNS,
  NODE_OP_COUNT
} NodeOp;

typedef enum LineKind {
  LINE_BECAUSE, LINE_WEIGH, LINE_REFLECT, LINE_INSTEAD, LINE_ACT,
  LINE_KIND_COUNT
} LineKind;

/* The structs of image.def.  Each field is 32 bits wide, but WIDE is int64_t
 * and RANGE is a Range; texts are indexes for image_text. */
/* clang-format off */
#define RECORD(Type, list, section) typedef struct Type {
#define PLACES(Type, list, section) typedef struct Type {
#define END(Type, list) } Type;
#define NUMBER(Type, name, most) uint32_t name;
#define FLAG(Type, name) uint32_t name;
#define ENUM(Type, name, count) uint32_t name;
#define DAY(Type, name) Day name;
#define WIDE(Type, name) int64_t name;
#define WORDS(Type, name) uint32_t name;
#define WORDS_OPTION(Type, name) uint32_t name;
#define PLACE_WORDS(Type, name) uint32_t name;
#define LINK(Type, name, list) uint32_t name;
#define LINK_OPTION(Type, name, list) uint32_t name;
#define RANGE(Type, name, list) Range name;
#define REGISTER(Type, name) uint32_t name;
#include "runtime/image.def"
/* clang-format on */

#define IMAGE_HASH_SIZE 32

typedef struct Image {
#define RECORD(Type, list, section) Vec(Type) list;
#define PLACES(Type, list, section) Vec(Type) list;
#define END(Type, list)
#define NUMBER(Type, name, most)
#define FLAG(Type, name)
#define ENUM(Type, name, count)
#define DAY(Type, name)
#define WIDE(Type, name)
#define WORDS(Type, name)
#define WORDS_OPTION(Type, name)
#define PLACE_WORDS(Type, name)
#define LINK(Type, name, list)
#define LINK_OPTION(Type, name, list)
#define RANGE(Type, name, list)
#define REGISTER(Type, name)
#include "runtime/image.def"
  Vec(uint32_t) code;      /* see opcodes.def */
  Vec(Text) texts;         /* what WORDS fields index; in order of first use */
  Vec(Text) place_texts;   /* what PLACE_WORDS fields index */
  Range order;             /* in links: every rule once, exceptions first */
  uint8_t hash[IMAGE_HASH_SIZE]; /* SHA-256 of the sections below 100 */
} Image;

/* Are such conditions told in words of their own?  The others are told by
 * their parts. */
static inline bool node_has_words(NodeOp op) {
  return op != NODE_AND && op != NODE_OR && op != NODE_NOT;
}

/* The text of a WORDS field; none for NONE. */
Text image_text(const Image *image, uint32_t text);
Text image_place_text(const Image *image, uint32_t text);

/* The conditions of promises and assumes are the last nodes: answers rest
 * on this many, which stand before them. */
uint32_t image_answer_nodes(const Image *image);

/* Where a fact, rule, node, example, source, promise or assume stands in
 * the source; NULL if the image was made without places, or its place was
 * not kept. */
const Place *image_fact_place(const Image *image, uint32_t fact);
const Place *image_rule_place(const Image *image, uint32_t rule);
const Place *image_node_place(const Image *image, uint32_t node);
const Place *image_example_place(const Image *image, uint32_t example);
const Place *image_source_place(const Image *image, uint32_t source);
const Place *image_promise_place(const Image *image, uint32_t promise);
const Place *image_assume_place(const Image *image, uint32_t assume);

#endif

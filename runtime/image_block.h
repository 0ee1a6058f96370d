/* Records of an image file, as structs: read field by field, many at a time.
 */
#ifndef STILE_RUNTIME_IMAGE_BLOCK_H
#define STILE_RUNTIME_IMAGE_BLOCK_H

#include "runtime/image_schema.h"

/* How a field of the file is read: all kinds of one word come down to one
 * comparison, `word + bias < bound`, where a bias of 1 lets NONE in. */
typedef struct Plan {
  FieldKind kind;
  uint32_t at;
  uint32_t bias, bound;
} Plan;

/* Records next to each other: in the file, and as structs. */
typedef struct Block {
  const char *from;
  char *to;
  uint32_t stride, size; /* of one in the file, of one struct */
  uint32_t count;
} Block;

/* Reads records; the number of a field that is wrong in one, or NONE. */
uint32_t image_block_read(const Block *block, const Plan *plans,
                          uint32_t fields);

#endif

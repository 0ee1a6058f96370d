/* Image files: an Image as bytes, and back.
 *
 * The bytes are the same for the same Image on every machine.  Reading verifies
 * everything: whatever the bytes, the result is a sound Image or a fault with
 * its offset.
 */
#ifndef STILE_RUNTIME_IMAGE_FILE_H
#define STILE_RUNTIME_IMAGE_FILE_H

#include "runtime/image.h"

/* The first bytes of every image file. */
#define IMAGE_MAGIC "\x89STILE\r\n"

/* The codes of image faults, each with a page in docs/messages. */
enum {
  E_IMAGE_UNSOUND = 601, /* no policy image, or a damaged one */
  E_IMAGE_VERSION = 604  /* made by another version of Stile */
};

typedef struct ImageFault {
  uint16_t code;
  uint32_t offset;     /* in the bytes */
  const char *message; /* what is wrong there, a plain sentence; a literal */
} ImageFault;

/* Writes the image; the bytes live in the arena of `out`. */
void image_write(Buffer *out, const Image *image);

/* Reads and verifies.  The image borrows `bytes`, which must stay as they are
 * while it is used.  False with *fault set if the bytes are no sound image. */
bool image_read(Arena *arena, Text bytes, Image *image, ImageFault *fault);

/* Checks the registers, order and references of an image whose records, read
 * from `bytes`, are in range; called by image_read.  (verify.c) */
bool image_verify(Arena *arena, const Image *image, Text bytes,
                  ImageFault *fault);

/* The code as text, an instruction a line, with the tests and texts. */
void image_disassemble(Buffer *out, const Image *image);

/* Every record as text: `stile dump --stage image`. */
void image_dump(Buffer *out, const Image *image);

#endif

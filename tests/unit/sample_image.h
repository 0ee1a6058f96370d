/* A small image built by hand, with every kind of record in it. */
#ifndef STILE_TESTS_SAMPLE_IMAGE_H
#define STILE_TESTS_SAMPLE_IMAGE_H

#include "runtime/image_file.h"

/* Numbers of the facts of the sample. */
enum {
  SAMPLE_ISOLATION, SAMPLE_REFUSABLE, SAMPLE_GIFT, SAMPLE_VALUE, SAMPLE_SCORE,
  SAMPLE_TOGETHER, SAMPLE_ENDED, SAMPLE_BEFORE, SAMPLE_CONSULTED,
  SAMPLE_AGREED, SAMPLE_FACTS
};

/* How many promises and assumes it has. */
enum { SAMPLE_PROMISES = 2, SAMPLE_ASSUMES = 1 };

/* Numbers of its rules. */
enum {
  SAMPLE_SMALL, SAMPLE_LARGE, SAMPLE_FAREWELL, SAMPLE_LONELY,
  SAMPLE_OTHERWISE, SAMPLE_TAKE, SAMPLE_DANGER, SAMPLE_APOLOGISE, SAMPLE_RULES
};

void sample_image(Arena *arena, bool places, Image *image);
/* The same as bytes. */
Text sample_bytes(Arena *arena, bool places);
/* Takes the promises and assumes out of a sample without places; then other
 * conditions can be added. */
void sample_drop_promises(Image *image);

#endif

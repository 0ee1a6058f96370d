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

/* Numbers of its rules. */
enum {
  SAMPLE_SMALL, SAMPLE_LARGE, SAMPLE_FAREWELL, SAMPLE_LONELY,
  SAMPLE_OTHERWISE, SAMPLE_TAKE, SAMPLE_DANGER, SAMPLE_APOLOGISE, SAMPLE_RULES
};

void sample_image(Arena *arena, bool places, Image *image);
/* The same as bytes. */
Text sample_bytes(Arena *arena, bool places);

#endif

/* What a case file expects of its situation. */
#ifndef STILE_RUNTIME_EXPECT_READ_H
#define STILE_RUNTIME_EXPECT_READ_H

#include "runtime/document.h"
#include "runtime/situation_read.h"

/* Reads the map under `expect:`; short names of rules belong to `boundary`.
 * Mistakes are told; what is sound stands in *expected. */
void expect_read(Arena *arena, const Image *image, uint32_t boundary,
                 const Piece *piece, Diagnostics *diagnostics,
                 Expected *expected);

#endif

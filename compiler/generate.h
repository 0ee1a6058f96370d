/* Generating: from the checked policy and its grid to the image. */
#ifndef STILE_COMPILER_GENERATE_H
#define STILE_COMPILER_GENERATE_H

#include "compiler/cut_grid.h"

/* Makes the image of a policy without errors.  The texts of the image borrow
 * those of the tree and the sources. */
void generate(Arena *arena, const CutGrid *grid, const Sources *sources,
              Image *image);

#endif

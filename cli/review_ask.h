/* The questions of a review, one at a time. */
#ifndef STILE_CLI_REVIEW_ASK_H
#define STILE_CLI_REVIEW_ASK_H

#include "cli/review.h"

/* Asks on stderr and reads lines from stdin, to its end at most.  What is
 * known already is not asked again. */
void review_ask(Arena *arena, const Image *image, Situation *situation,
                Account *account);

/* "`gifts`, `touch`" */
Text review_boundaries(Arena *arena, const Image *image);

#endif

/* Points and boxes in words, as authors and inspectors read them. */
#ifndef STILE_AUDIT_WORDS_H
#define STILE_AUDIT_WORDS_H

#include "audit/box.h"
#include "audit/count.h"
#include "audit/finding.h"

/* "need isolation: high; context value: above £50", the narrowest first; "every
 * situation". */
Text words_box(Arena *arena, const Space *space, const Box *box);
/* One side of it: "need isolation: high". */
void words_side(Buffer *out, const Space *space, uint32_t axis,
                const uint64_t *mask);
/* Cells of one variable, as words of the grid: "context value: above £50". */
void words_cells(Buffer *out, const Grid *grid, uint32_t variable,
                 const uint64_t *cells);
/* The axis: "context value", "total of context gifts-before in 12 months". */
Text words_axis(Arena *arena, const Space *space, uint32_t axis);
/* "context gift" */
Text words_fact(Arena *arena, const Image *image, uint32_t fact);
/* "proceed with care"; "no guidance" */
Text words_verdict(Verdict verdict);
/* What stands at the place in the policy's own text, up to the next blank line
 * or declaration, in one line and at most 120 bytes; none without a text. */
Text words_source(Arena *arena, const Image *image, const Place *place);
/* "gifts/small" */
Text words_rule(const Image *image, uint32_t rule);

/* The grid's cells of a point: several where no rule tells them apart. */
void point_cells(const Space *space, const AxisCell *point, Cells *cells);

/* The concrete situation that stands for a point. */
void witness_make(Arena *arena, const Space *space, const AxisCell *point,
                  Witness *witness);
/* The same as facts that can be asked about; false if a record's events could
 * not be found. */
bool witness_situation(Arena *arena, const Space *space, const AxisCell *point,
                       uint32_t boundary, Situation *situation);

#endif

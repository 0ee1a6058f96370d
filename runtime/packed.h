/* Packed situations: one 64-bit number a fact, decided by the index.
 *
 * A value is what ValueSpan holds of its fact: the number of a level or choice,
 * 0 or 1, millionths, minor units, minutes or months, a Day; of a set, bit i
 * for member i.  Records cannot be packed and are unknown.  A value outside its
 * fact's range is unknown too; support that is not known was not drawn on.
 */
#ifndef STILE_RUNTIME_PACKED_H
#define STILE_RUNTIME_PACKED_H

#include "runtime/index.h"

/* How the cell of one variable is found.  Values from `low` on are shifted into
 * buckets; a table has the first cell of each, and at most `width` cells start
 * or lie in one, between which a search decides. */
typedef struct Locator {
  const uint64_t *maps;   /* the bitmap of cell 0 */
  const uint64_t *none;
  const uint16_t *table;
  const uint64_t *starts; /* of each cell, counted from `low` */
  uint64_t low, span, last; /* the range's length; the last cell's start */
  uint32_t fact, width;
  uint8_t shift, member, support;
} Locator;

/* The cell of a value, given as its distance from the low end.  No branch hangs
 * on the value. */
static inline size_t locator_cell(const Locator *one, uint64_t offset) {
  uint64_t within = offset < one->last ? offset : one->last;
  size_t cell = one->table[within >> one->shift];
  for (uint32_t width = one->width; width > 1; width -= width / 2) {
    uint32_t half = width / 2;
    cell += one->starts[cell + half] <= within ? half : 0;
  }
  return cell;
}

/* The locators, by how they find: a level is its cell, a member is a bit, an
 * amount is searched for, a record is not known. */
typedef struct Packed Packed;
struct Packed {
  Inquiry inquiry;
  Index index;
  DecisionSpace space;
  Locator *locators;
  uint32_t levels, members, amounts, records; /* how many, in this order */
  uint64_t *mentioned;     /* a bit for each fact that a locator reads */
  uint32_t fact_words;
  uint32_t *support;       /* support facts that findings ask for */
  uint32_t support_count;
  Cells *cells;            /* for conditions that stay code */
  const uint64_t *(*match)(Packed *, const int64_t *);
};

/* Makes it for the boundary (NONE: emergencies only) and day; it lives in
 * `arena`.  `scratch` is needed only while it is made. */
void packed_make(Arena *arena, Arena *scratch, const Image *image,
                 uint32_t boundary, Day today, Packed *packed);

/* The same with less memory: the inquiry goes with `scratch`.  What is left of
 * it says the boundary, the day, and the facts and number of rules of `kept`,
 * an image of the same policy.  If the index needs a grid, or for more than
 * deciding and packed_situation, it must be completed. */
void packed_make_short(Arena *arena, Arena *scratch, const Image *image,
                       const Image *kept, uint32_t boundary, Day today,
                       Packed *packed);

/* Gives it its inquiry back; it borrows `image`. */
void packed_complete(Arena *arena, const Image *image, Packed *packed);

/* Decides; takes no memory.  `values` has one for each fact; `known` a bit for
 * each, or NULL if all are.  What is open may be settled: the masks are sound,
 * but may be too wide.  *decision stays until the next one. */
void packed_decide(Packed *packed, const int64_t *values,
                   const uint64_t *known, Decision *decision);

/* Was any support drawn on that a finding may ask for? */
bool packed_any_support(const Packed *packed, const int64_t *values,
                        const uint64_t *known);

/* The same situation as facts; of the inquiry image, day and boundary
 * count. */
void packed_situation(Arena *arena, const Inquiry *inquiry,
                      const int64_t *values, const uint64_t *known,
                      Situation *situation);

#endif

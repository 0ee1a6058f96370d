/* Which rows of an index hold of a packed situation. */
#ifndef STILE_RUNTIME_PACKED_MATCH_H
#define STILE_RUNTIME_PACKED_MATCH_H

#include "runtime/packed.h"

/* Fills space.possibly with the rows that hold of values that are all known,
 * and returns it; NULL, with nothing filled in, if one is out of range. */
typedef const uint64_t *PackedMatch(Packed *packed, const int64_t *values);

/* The fastest form for bitmaps of so many words. */
PackedMatch *packed_match_form(uint32_t words);

/* The forms one by one, for tests; NULL past the last, or where it does not fit
 * the processor or the words. */
PackedMatch *packed_match_number(int number, uint32_t words);

/* Fills space.possibly, and returns the rows that hold for sure. */
const uint64_t *packed_match_partly(Packed *packed, const int64_t *values,
                                    const uint64_t *known);

#endif

/* Bitmaps ANDed by lanes, with the widest vectors that the processor has. */
#ifndef STILE_RUNTIME_LANES_H
#define STILE_RUNTIME_LANES_H

#include <stddef.h>
#include <stdint.h>

/* result = maps[0] & maps[1] & … & maps[count - 1], by words.  `count` is at
 * least 1, `words` a multiple of 4.  `result` may be one of the maps. */
typedef void LanesAnd(uint64_t *result, const uint64_t *const *maps,
                      size_t count, size_t words);

/* The fastest form for this processor; all forms give the same. */
LanesAnd *lanes_and(void);
/* The forms one by one, for tests: NULL past the last, or where this processor
 * lacks it. */
LanesAnd *lanes_form(int number);

#endif

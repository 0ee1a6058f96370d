#include "runtime/packed_match.h"

#include <string.h>

typedef uint64_t Lane4 __attribute__((vector_size(32), aligned(8)));

/* ------------------------------------------------------------ all are known */

/* One bitmap a locator: `USE(map)` is done with each.  Values out of range set
 * `outside`, and count as the low end. */
#define EACH_MAP(packed, values, words, outside, USE)               \
  do {                                                              \
    const Locator *one = (packed)->locators;                        \
    const Locator *end = one + (packed)->levels;                    \
    for (; one < end; one++) {                                      \
      uint64_t value = (uint64_t)(values)[one->fact];               \
      (outside) |= value > one->span;                               \
      value = value > one->span ? 0 : value;                        \
      USE(one->maps + value * (words));                             \
    }                                                               \
    for (end += (packed)->members; one < end; one++) {              \
      uint64_t value = (uint64_t)(values)[one->fact];               \
      USE(one->maps + (value >> one->member & 1) * (words));        \
    }                                                               \
    for (end += (packed)->amounts; one < end; one++) {              \
      uint64_t offset = (uint64_t)(values)[one->fact] - one->low;   \
      (outside) |= offset > one->span;                              \
      USE(one->maps + locator_cell(one, offset) * (words));              \
    }                                                               \
  } while (0)

#define JOIN(map)                         \
  do {                                    \
    Lane4 joined_lane;                    \
    memcpy(&joined_lane, (map), sizeof joined_lane); \
    rows &= joined_lane;                  \
  } while (0)

/* Bitmaps of one lane: they are joined as they are found. */
#define SMALL_BODY                                                   \
  uint64_t outside = 0;                                              \
  Lane4 rows;                                                        \
  memcpy(&rows, packed->index.all, sizeof rows);                     \
  EACH_MAP(packed, values, (size_t)4, outside, JOIN);                \
  memcpy(packed->space.possibly, &rows, sizeof rows);                \
  return outside ? NULL : packed->space.possibly;

static const uint64_t *match_small(Packed *packed, const int64_t *values) {
  SMALL_BODY
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static const uint64_t *
match_small_avx2(Packed *packed, const int64_t *values) {
  SMALL_BODY
}
#endif

#define LIST(map) (maps[count++] = (map))

static const uint64_t *match_large(Packed *packed, const int64_t *values) {
  const uint64_t **maps = packed->space.maps;
  size_t count = 1, words = packed->index.words;
  uint64_t outside = 0;
  EACH_MAP(packed, values, words, outside, LIST);
  if (outside)
    return NULL;
  packed->space.join(packed->space.possibly, maps, count, words);
  return packed->space.possibly;
}

PackedMatch *packed_match_number(int number, uint32_t words) {
  if (number == 0)
    return match_large;
  if (number == 1 && words == 4)
    return match_small;
#if defined(__x86_64__)
  if (number == 2 && words == 4 && __builtin_cpu_supports("avx2"))
    return match_small_avx2;
#endif
  return NULL;
}

PackedMatch *packed_match_form(uint32_t words) {
  PackedMatch *best = match_large;
  for (int number = 0; packed_match_number(number, words); number++)
    best = packed_match_number(number, words);
  return best;
}

/* --------------------------------------------------------- some are unknown */

/* Lists the cell's bitmap, or the one of rows that do not mention the variable:
 * both are written, and one is counted. */
const uint64_t *packed_match_partly(Packed *packed, const int64_t *values,
                                    const uint64_t *known) {
  const uint64_t **maps = packed->space.maps;
  const uint64_t **sure = packed->space.sure_maps;
  size_t count = 1, unsure = 1, words = packed->index.words;
  uint32_t direct = packed->levels + packed->members;
  uint32_t found = direct + packed->amounts;
  for (uint32_t i = 0; i < found + packed->records; i++) {
    const Locator *one = &packed->locators[i];
    bool given = !known || (known[one->fact / 64] >> (one->fact % 64) & 1);
    uint64_t value = (uint64_t)values[one->fact];
    value = given ? value : 0;
    if (i >= packed->levels && i < direct)
      value = value >> one->member & 1;
    bool fine = (given | one->support) && i < found;
    uint64_t offset = value - one->low;
    fine &= offset <= one->span;
    offset = fine ? offset : 0;
    size_t cell = i < direct  ? offset
                  : i < found ? locator_cell(one, offset)
                              : 0;
    maps[count] = one->maps + cell * words;
    count += fine;
    sure[unsure] = one->none;
    unsure += !fine;
  }
  packed->space.join(packed->space.possibly, maps, count, words);
  if (unsure == 1)
    return packed->space.possibly;
  packed->space.join(packed->space.surely, sure, unsure, words);
  return packed->space.surely;
}

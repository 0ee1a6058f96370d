#include "runtime/lanes.h"

#include <string.h>

/* Vectors of the compiler: it makes of them what the target has. */
typedef uint64_t Lane4 __attribute__((vector_size(32), aligned(8)));
typedef uint64_t Lane8 __attribute__((vector_size(64), aligned(8)));

#define LOAD(Lane, from)                  \
  __extension__({                         \
    Lane loaded;                          \
    memcpy(&loaded, (from), sizeof loaded); \
    loaded;                               \
  })
#define STORE(to, lane) memcpy((to), &(lane), sizeof(lane))

/* Four lanes at once, so that each bitmap's address is loaded once for them. */
#define AND_FOUR(Lane, size)                                   \
  for (; words - at >= 4 * (size); at += 4 * (size)) {         \
    Lane a = LOAD(Lane, maps[0] + at), b, c, d;                \
    b = LOAD(Lane, maps[0] + at + (size));                     \
    c = LOAD(Lane, maps[0] + at + 2 * (size));                 \
    d = LOAD(Lane, maps[0] + at + 3 * (size));                 \
    for (size_t i = 1; i < count; i++) {                       \
      const uint64_t *map = maps[i] + at;                      \
      a &= LOAD(Lane, map);                                    \
      b &= LOAD(Lane, map + (size));                           \
      c &= LOAD(Lane, map + 2 * (size));                       \
      d &= LOAD(Lane, map + 3 * (size));                       \
    }                                                          \
    STORE(result + at, a);                                     \
    STORE(result + at + (size), b);                            \
    STORE(result + at + 2 * (size), c);                        \
    STORE(result + at + 3 * (size), d);                        \
  }

#define AND_ONE(Lane, size)                         \
  for (; words - at >= (size); at += (size)) {      \
    Lane a = LOAD(Lane, maps[0] + at);              \
    for (size_t i = 1; i < count; i++)              \
      a &= LOAD(Lane, maps[i] + at);                \
    STORE(result + at, a);                          \
  }

static void and_plain(uint64_t *result, const uint64_t *const *maps,
                      size_t count, size_t words) {
  for (size_t at = 0; at < words; at++) {
    uint64_t word = maps[0][at];
    for (size_t i = 1; i < count; i++)
      word &= maps[i][at];
    result[at] = word;
  }
}

static void and_vector(uint64_t *result, const uint64_t *const *maps,
                       size_t count, size_t words) {
  size_t at = 0;
  AND_ONE(Lane4, 4)
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void
and_avx2(uint64_t *result, const uint64_t *const *maps, size_t count,
         size_t words) {
  size_t at = 0;
  AND_FOUR(Lane4, 4)
  AND_ONE(Lane4, 4)
}

__attribute__((target("avx512f"))) static void
and_avx512(uint64_t *result, const uint64_t *const *maps, size_t count,
           size_t words) {
  size_t at = 0;
  AND_FOUR(Lane8, 8)
  AND_ONE(Lane8, 8)
  AND_ONE(Lane4, 4)
}
#endif

LanesAnd *lanes_form(int number) {
  if (number == 0)
    return and_plain;
  if (number == 1)
    return and_vector;
#if defined(__x86_64__)
  if (number == 2 && __builtin_cpu_supports("avx2"))
    return and_avx2;
  if (number == 3 && __builtin_cpu_supports("avx512f"))
    return and_avx512;
#endif
  return NULL;
}

LanesAnd *lanes_and(void) {
  LanesAnd *best = and_plain;
  for (int number = 0; lanes_form(number); number++)
    best = lanes_form(number);
  return best;
}

#include "runtime/lanes.h"

#include <string.h>

/* Four words at a time; the compiler makes of it what the target has. */
typedef uint64_t Lane __attribute__((vector_size(32), aligned(8)));

#define AND_BODY                                                          \
  for (size_t at = 0; at < words; at += 4) {                              \
    Lane lane = (Lane){~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0),          \
                       ~UINT64_C(0)};                                     \
    for (size_t i = 0; i < count; i++) {                                  \
      Lane one;                                                           \
      memcpy(&one, maps[i] + at, sizeof one);                             \
      lane &= one;                                                        \
    }                                                                     \
    memcpy(result + at, &lane, sizeof lane);                              \
  }

static void and_plain(uint64_t *result, const uint64_t *const *maps,
                      size_t count, size_t words) {
  for (size_t at = 0; at < words; at++) {
    uint64_t word = ~UINT64_C(0);
    for (size_t i = 0; i < count; i++)
      word &= maps[i][at];
    result[at] = word;
  }
}

static void and_vector(uint64_t *result, const uint64_t *const *maps,
                       size_t count, size_t words) {
  AND_BODY
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void
and_avx2(uint64_t *result, const uint64_t *const *maps, size_t count,
         size_t words) {
  AND_BODY
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
#endif
  return NULL;
}

LanesAnd *lanes_and(void) {
  LanesAnd *best = and_plain;
  for (int number = 0; lanes_form(number); number++)
    best = lanes_form(number);
  return best;
}

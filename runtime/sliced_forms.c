/* The forms of bit-sliced decisions: plain words, the compiler's vectors, and
 * those of processors that have wider ones. */
#include <string.h>

#include "runtime/sliced.h"

typedef uint64_t Lane4 __attribute__((vector_size(32), aligned(8)));
typedef uint64_t Lane8 __attribute__((vector_size(64), aligned(8)));
typedef int8_t Small4 __attribute__((vector_size(4), aligned(1)));
typedef int8_t Small8 __attribute__((vector_size(8), aligned(1)));
typedef int16_t Short4 __attribute__((vector_size(8), aligned(2)));
typedef int16_t Short8 __attribute__((vector_size(16), aligned(2)));
typedef int32_t Int4 __attribute__((vector_size(16), aligned(4)));
typedef int32_t Int8 __attribute__((vector_size(32), aligned(4)));
typedef int64_t Long4 __attribute__((vector_size(32), aligned(8)));
typedef int64_t Long8 __attribute__((vector_size(64), aligned(8)));
typedef uint8_t Bytes4 __attribute__((vector_size(4), aligned(1)));
typedef uint8_t Bytes8 __attribute__((vector_size(8), aligned(1)));

#define NARROW(Bytes, to, lane)                        \
  do {                                                 \
    Bytes narrowed = __builtin_convertvector(lane, Bytes); \
    memcpy((to), &narrowed, sizeof narrowed);          \
  } while (0)

#define WIDEN_TO(Long, Lanes, from, to)                  \
  do {                                                   \
    Lanes narrow;                                        \
    memcpy(&narrow, (from), sizeof narrow);              \
    Long wide = __builtin_convertvector(narrow, Long);   \
    memcpy((to), &wide, sizeof wide);                    \
  } while (0)

/* ------------------------------------------------------------- plain words */

#define Lane uint64_t
#define SLICE_LANE 1
#define SLICE_COUNTED 4
#define TARGET
#define FORM(name) name##_plain
#define SLICE_NARROW(to, lane) (*(to) = (uint8_t)(lane))
#define SLICE_WIDEN(Type, Lanes, from, to) (*(to) = *(from))
#include "runtime/sliced_body.h"
#include "runtime/sliced_rules.h"
#undef Lane
#undef SLICE_LANE
#undef SLICE_COUNTED
#undef TARGET
#undef FORM
#undef SLICE_NARROW
#undef SLICE_WIDEN

/* ------------------------------------------------- the compiler's vectors */

#define Lane Lane4
#define SLICE_LANE 4
#define SLICE_COUNTED 4
#define TARGET
#define FORM(name) name##_vector
#define SLICE_NARROW(to, lane) NARROW(Bytes4, to, lane)
#define SLICE_WIDEN(Type, Lanes, from, to) WIDEN_TO(Long4, Lanes, from, to)
#define SLICE_LANES_1 Small4
#define SLICE_LANES_2 Short4
#define SLICE_LANES_4 Int4
#include "runtime/sliced_body.h"
#include "runtime/sliced_rules.h"
#undef SLICE_COUNTED
#undef TARGET
#undef FORM

#if defined(__x86_64__)
#define SLICE_COUNTED 16
#define TARGET __attribute__((target("avx2")))
#define FORM(name) name##_avx2
#include "runtime/sliced_body.h"
#include "runtime/sliced_rules.h"
#undef Lane
#undef SLICE_LANE
#undef SLICE_COUNTED
#undef TARGET
#undef FORM
#undef SLICE_NARROW
#undef SLICE_WIDEN
#undef SLICE_LANES_1
#undef SLICE_LANES_2
#undef SLICE_LANES_4

#define Lane Lane8
#define SLICE_LANE 8
#define SLICE_COUNTED 32
#define TARGET __attribute__((target("avx512f")))
#define FORM(name) name##_avx512
#define SLICE_NARROW(to, lane) NARROW(Bytes8, to, lane)
#define SLICE_WIDEN(Type, Lanes, from, to) WIDEN_TO(Long8, Lanes, from, to)
#define SLICE_LANES_1 Small8
#define SLICE_LANES_2 Short8
#define SLICE_LANES_4 Int8
#include "runtime/sliced_body.h"
#include "runtime/sliced_rules.h"
#endif

SlicedForm *sliced_form(int number) {
  if (number == 0)
    return decide_plain;
  if (number == 1)
    return decide_vector;
#if defined(__x86_64__)
  if (number == 2 && __builtin_cpu_supports("avx2"))
    return decide_avx2;
  if (number == 3 && __builtin_cpu_supports("avx512f"))
    return decide_avx512;
#endif
  return NULL;
}

/* Two random policies to be compared, and the day. */
#ifndef STILE_TESTS_REFERENCE_DIFF_SUBJECT_H
#define STILE_TESTS_REFERENCE_DIFF_SUBJECT_H

#include "runtime/image.h"

typedef struct Subject Subject;

typedef struct DiffSubject {
  const Subject *subjects[2];
  const Image *images[2];
  const Text *texts[2];
  uint32_t text_counts[2];
  bool identical;
  Day today;
  bool modest;         /* with little work */
  uint64_t steps_most;
} DiffSubject;

/* Another policy of the same names, or the policy changed, or the same.  False
 * if the compiler refuses one. */
bool diff_subject_make(Arena *arena, uint64_t seed, DiffSubject *subject);

void diff_subject_show(Buffer *out, const DiffSubject *subject);

#endif

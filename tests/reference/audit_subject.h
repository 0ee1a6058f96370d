/* A random policy to be audited, and the day. */
#ifndef STILE_TESTS_REFERENCE_AUDIT_SUBJECT_H
#define STILE_TESTS_REFERENCE_AUDIT_SUBJECT_H

#include "runtime/image.h"
#include "tests/reference/random.h"

typedef struct Subject Subject;

typedef struct AuditSubject {
  const Subject *subject;
  const Image *image;
  Day today;
  const Text *texts;
  uint32_t text_count;
} AuditSubject;

/* False if the compiler refuses it. */
bool audit_subject_make(Arena *arena, Random *random, AuditSubject *subject);

void audit_subject_show(Buffer *out, const AuditSubject *subject);

#endif

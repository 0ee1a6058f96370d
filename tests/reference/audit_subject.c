#include "tests/reference/audit_subject.h"

#include "tests/reference/subject.h"

bool audit_subject_make(Arena *arena, Random *random, AuditSubject *audited) {
  Generated *files = ARENA_NEW(arena, Generated);
  Subject *subject = ARENA_NEW(arena, Subject);
  Situation situation;
  generate_policy(arena, random, false, files);
  if (!subject_make(arena, files, subject)) return false;
  generate_situation(arena, random, &subject->policy, true, &situation);
  *audited = (AuditSubject){subject, &subject->image, situation.as_of,
                            files->texts, files->count};
  return true;
}

void audit_subject_show(Buffer *out, const AuditSubject *subject) {
  for (uint32_t i = 0; i < subject->text_count; i++) {
    buffer_format(out, "-- file %u\n", (unsigned)i);
    buffer_put(out, subject->texts[i]);
  }
  buffer_put_c(out, "-- on ");
  day_print(out, subject->today);
  buffer_put_char(out, '\n');
}

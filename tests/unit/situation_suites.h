/* The suites of check_situation, and the policy that they ask. */
#ifndef STILE_TESTS_SITUATION_SUITES_H
#define STILE_TESTS_SITUATION_SUITES_H

#include "runtime/answer.h"
#include "runtime/situation_read.h"
#include "unit.h"

/* One fact of every type; two boundaries, gifts and visits. */
const Image *sample_policy(Arena *arena);

/* "2026-11-23" */
Day sample_today(void);

/* What was told, a line each: "E0509 3:5 There is no …". */
Text told_lines(Arena *arena, const Sources *sources, Diagnostics *told);

Suite *suite_document(void);
Suite *suite_value(void);
Suite *suite_situation(void);

#endif

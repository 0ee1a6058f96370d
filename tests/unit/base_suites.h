/* The suites of the room base, one a module. */
#ifndef STILE_TESTS_BASE_SUITES_H
#define STILE_TESTS_BASE_SUITES_H

#include "unit.h"

Suite *suite_arena(void);
Suite *suite_text(void);
Suite *suite_table(void);
Suite *suite_hash(void);
Suite *suite_utf8(void);
Suite *suite_natural(void);
Suite *suite_number(void);
Suite *suite_calendar(void);
Suite *suite_source(void);
Suite *suite_speech(void);
Suite *suite_wrap(void);
Suite *suite_diagnostic(void);
Suite *suite_diagnostic_print(void);

/* Against naive ways: check_base_naive. */
Suite *suite_calendar_naive(void);
Suite *suite_number_naive(void);
Suite *suite_text_naive(void);

#endif

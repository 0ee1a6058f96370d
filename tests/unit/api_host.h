/* A host program for the tests of the installed interface. */
#ifndef STILE_TESTS_API_HOST_H
#define STILE_TESTS_API_HOST_H

#include "include/stile.h"
#include "unit.h"

extern const StileDay host_today; /* 2026-11-23 */

/* Gives main.stile, harm.stile that it uses, and wrong.stile with a mistake in
 * line 4. */
bool host_read_file(void *context, const char *path, const char **bytes,
                    size_t *length);
/* main.stile, compiled and loaded. */
StilePolicy *host_load(void);
/* A small gift, in no danger. */
StileSituation *host_small_gift(const StilePolicy *policy);

bool host_is(StileText text, const char *expected);
/* These fail the test if there is none. */
uint32_t host_find_fact(const StilePolicy *policy, const char *name);
uint32_t host_find_rule(const StilePolicy *policy, const char *name);

Suite *suite_api_policies(void);
Suite *suite_api_answers(void);
Suite *suite_api_columns(void);
Suite *suite_api_decide(void);

#endif

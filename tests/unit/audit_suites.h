/* The suites of the room audit. */
#ifndef STILE_TESTS_AUDIT_SUITES_H
#define STILE_TESTS_AUDIT_SUITES_H

#include "runtime/image.h"
#include "unit.h"

Suite *suite_audit_scarce(void);

/* The image of a policy's text; the test fails if it does not compile.
 * (audit_image.c: the compiler's trees and the audit share names.) */
void audit_image(Arena *arena, Text policy, Image *image);

#endif

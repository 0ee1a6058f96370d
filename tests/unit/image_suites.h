/* The suites of check_image. */
#ifndef STILE_TESTS_IMAGE_SUITES_H
#define STILE_TESTS_IMAGE_SUITES_H

#include "unit.h"

Suite *suite_image_file(void);
Suite *suite_image_faults(void);
Suite *suite_image_limits(void);
Suite *suite_image_mutants(void);

#endif

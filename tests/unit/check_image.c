/* Policy images: as files, their faults, and what chance makes of them. */
#include "image_suites.h"

int main(void) {
  SuiteMake *const suites[] = {suite_image_file, suite_image_faults,
                               suite_image_limits, suite_image_mutants};

  return test_run(suites, sizeof suites / sizeof *suites);
}

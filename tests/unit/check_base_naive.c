/* Base against plain and slow ways of saying the same, on many inputs that
 * are the same in every run. */
#include "base_suites.h"

int main(void) {
  SuiteMake *const suites[] = {
    suite_calendar_naive, suite_number_naive, suite_text_naive,
  };

  return test_run(suites, sizeof suites / sizeof *suites);
}

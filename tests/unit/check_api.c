/* The installed interface, as a host program uses it: stile.h alone. */
#include "api_host.h"

int main(void) {
  SuiteMake *const suites[] = {suite_api_policies, suite_api_answers,
                               suite_api_columns, suite_api_decide};

  return test_run(suites, sizeof suites / sizeof *suites);
}

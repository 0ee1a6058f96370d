#include "audit_suites.h"

int main(void) {
  SuiteMake *const suites[] = {suite_audit_scarce};

  return test_run(suites, sizeof suites / sizeof *suites);
}

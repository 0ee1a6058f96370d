#include "situation_suites.h"

int main(void)
{
  SuiteMake *const suites[] = {suite_document, suite_value, suite_situation};

  return test_run(suites, sizeof suites / sizeof *suites);
}

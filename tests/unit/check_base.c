#include "base_suites.h"

int main(void) {
  SuiteMake *const suites[] = {
    suite_arena, suite_text, suite_table, suite_hash, suite_utf8,
    suite_natural, suite_number, suite_calendar, suite_source, suite_speech,
    suite_wrap, suite_diagnostic, suite_diagnostic_print,
  };

  return test_run(suites, sizeof suites / sizeof *suites);
}

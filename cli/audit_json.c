#include "cli/audit_report.h"

json_t *audit_report_json(Arena *arena, const Audit *audit)
{
  (void)arena;
  (void)audit;
  return json_object();
}

json_t *diff_report_json(Arena *arena, const Diff *diff)
{
  (void)arena;
  (void)diff;
  return json_object();
}

#include "cli/audit_cover.h"

int use_read_cases(Arena *arena, const char *path, LoadedPolicy *policy,
                   Audit *audit, Use *use)
{
  (void)arena; (void)path; (void)policy; (void)audit; (void)use;
  return EXIT_DONE;
}
int use_read_log(Arena *arena, const char *path, LoadedPolicy *policy,
                 Audit *audit, Use *use)
{
  (void)arena; (void)path; (void)policy; (void)audit; (void)use;
  return EXIT_DONE;
}

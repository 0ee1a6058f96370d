/* `stile audit`: what a policy covers, and where it is silent or at odds with
 * itself. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/audit_cover.h"
#include "cli/audit_report.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "runtime/situation_read.h"

typedef struct AuditCommand {
  Arena *arena;
  const char *policy_path;
  const char *boundary, *as_of, *fail_on;
  LoadOptions load;
  uint32_t format, color;
  LoadedPolicy policy;
  AuditOptions options;
  FindingLevel level; /* of --fail-on */
  CoverWish cover;
} AuditCommand;

static bool find_boundary(AuditCommand *command)
{
  const Image *image = &command->policy.image;
  Diagnostics diagnostics = {.arena = command->arena};
  command->options.boundary = NONE;
  if (!command->boundary) return true;
  Text name = utf8_nfc(command->arena,
                       utf8_safe(command->arena, text_of(command->boundary),
                                 false));
  command->options.boundary = boundary_find(image, name);
  if (command->options.boundary != NONE) return true;
  uint32_t file = source_add(command->arena, &command->policy.sources,
                             TEXT("--boundary"), name);
  situation_tell_boundary(command->arena, image, name,
                          (Span){file, 0, name.length}, &diagnostics);
  report_text(command->arena, &command->policy.sources, &diagnostics,
              report_color(command->color, STDERR_FILENO));
  return false;
}

static bool fails(const AuditCommand *command, const Audit *audit)
{
  if (!command->fail_on) return false;
  for (uint32_t i = 0; i < audit->findings.count; i++)
    if (audit->findings.at[i].level >= command->level) return true;
  return false;
}

static void tell(AuditCommand *command)
{
  report_print(command->arena, &command->policy.sources,
               &command->policy.diagnostics, command->format == 1,
               report_color(command->color, STDERR_FILENO));
}

static void print(AuditCommand *command, const Audit *audit,
                  const CoverResult *cover)
{
  Arena *arena = command->arena;
  bool color = report_color(command->color, STDOUT_FILENO);
  if (command->format == 1) {
    json_t *json = audit_report_json(arena, audit);
    if (cover) json_object_set_new(json, "coverage", cover_json(arena, cover));
    json_print(json);
    return;
  }
  audit_report_text(arena, audit, color);
  if (cover) cover_print(arena, cover, color);
}

static int run_audit(AuditCommand *command)
{
  Audit audit;
  CoverResult cover;
  bool covered = cover_wished(&command->cover);
  int status = policy_load(command->arena, command->policy_path,
                           &command->load, &command->policy);
  if (status != EXIT_DONE) {
    tell(command);
    return status;
  }
  if (!find_boundary(command)) return EXIT_MISFIT;
  audit_make(command->arena, &command->policy.image, &command->options,
             &audit);
  audit_run(&audit);
  if (covered)
    status = cover_collect(command->arena, &command->policy, &audit,
                           &command->cover, &cover);
  if (status != EXIT_DONE) {
    tell(command);
    return status;
  }
  print(command, &audit, covered ? &cover : NULL);
  return fails(command, &audit) ? EXIT_FINDINGS : EXIT_DONE;
}

static int check_options(AuditCommand *command, const Words *paths)
{
  if (paths->count != 1)
    return options_misuse(&command_audit, "Give one policy.");
  command->policy_path = paths->at[0];
  command->options.today = report_today();
  if (command->as_of &&
      !day_read(text_of(command->as_of), &command->options.today))
    return options_misuse(&command_audit,
                          "`--as-of` needs a day, like 2026-11-23.");
  if (command->fail_on &&
      !finding_find_level(text_of(command->fail_on), &command->level))
    return options_misuse(&command_audit,
                          "`--fail-on` is note, warning or error.");
  return cover_check(&command->cover);
}

static int run(Arena *arena, int argc, char **argv)
{
  AuditCommand *command = ARENA_NEW(arena, AuditCommand);
  const Option table[] = {
    {.name = "boundary", .value = "NAME", .text = &command->boundary,
     .help = "only this boundary; all if not said"},
    {.name = "as-of", .value = "DATE", .text = &command->as_of,
     .help = "the day that is asked about; today if not said"},
    {.name = "format", .value = "text|json", .choice = &command->format,
     .help = "how to print it"},
    {.name = "fail-on", .value = "note|warning|error",
     .text = &command->fail_on,
     .help = "exit with 1 if there is a finding of this level or above"},
    COVER_OPTIONS(command->cover),
    {.name = "root", .value = "FOLDER", .text = &command->load.root,
     .help = "the folder that `use` may read from"},
    {.name = "color", .value = "auto|always|never",
     .choice = &command->color, .help = "when to use colour"},
  };
  Words paths;
  command->arena = arena;
  int status = options_read(arena, &command_audit, table,
                            OPTION_COUNT(table), argc, argv, &paths);
  if (status == OPTIONS_FINE) status = check_options(command, &paths);
  if (status != OPTIONS_FINE) return status;
  return run_audit(command);
}

const Command command_audit = {
  "audit", "[OPTIONS] POLICY",
  "what a policy covers, and where it is silent or at odds with itself",
  NULL, run};

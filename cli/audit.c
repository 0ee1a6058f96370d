/* `stile audit`: what a policy covers, and where it is silent or at odds with
 * itself. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/audit_baseline.h"
#include "cli/audit_bounds.h"
#include "cli/audit_cover.h"
#include "cli/audit_report.h"
#include "cli/audit_translations.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "runtime/situation_read.h"

typedef struct AuditCommand {
  Arena *arena;
  const char *policy_path;
  const char *boundary, *as_of, *fail_on, *baseline_path, *output;
  LoadOptions load;
  uint32_t format, color;
  LoadedPolicy policy;
  AuditOptions options;
  FindingLevel level; /* of --fail-on */
  Bounds bounds;
  bool all;
  Baseline baseline;
  Audit audit;
  BoundaryMap *maps;
  AuditReport report;
  CoverWish cover;
  CoverResult *shown; /* NULL: not asked for */
  Words texts;
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

/* Against an earlier report only what is new counts.  What was ended early
 * could not rule out that there is more. */
static bool fails(const AuditCommand *command)
{
  const AuditReport *report = &command->report;
  if (!command->fail_on) return false;
  if (command->bounds.ended) return true;
  for (uint32_t i = 0; i < report->findings.count; i++) {
    const Reported *one = &report->findings.at[i];
    bool counts = one->since == SINCE_UNSAID || one->since == SINCE_NEW;
    if (counts && one->finding->level >= command->level) return true;
  }
  return false;
}

static int load(AuditCommand *command)
{
  int status = policy_load(command->arena, command->policy_path,
                           &command->load, &command->policy);
  if (status != EXIT_DONE) {
    report_print(command->arena, &command->policy.sources,
                 &command->policy.diagnostics,
                 command->format == AUDIT_JSON,
                 report_color(command->color, STDERR_FILENO));
    return status;
  }
  if (!find_boundary(command)) return EXIT_MISFIT;
  if (!command->baseline_path) return EXIT_DONE;
  return baseline_read(command->arena, command->baseline_path,
                       &command->baseline);
}

static void map_all(AuditCommand *command)
{
  Audit *audit = &command->audit;
  if (command->bounds.ended) return;
  command->maps = ARENA_ARRAY(command->arena, audit->boundary_count + 1,
                              BoundaryMap);
  for (uint32_t i = 0; i < audit->boundary_count; i++)
    map_make(audit, &audit->boundaries[i], &command->maps[i]);
}

static void look(void *context)
{
  AuditCommand *command = context;
  audit_make(command->arena, &command->policy.image, &command->options,
             &command->audit);
  audit_run(&command->audit);
  map_all(command);
}

/* What is wrong with the files that coverage reads. */
static int tell_mistakes(AuditCommand *command, int status)
{
  if (status != EXIT_DONE)
    report_print(command->arena, &command->policy.sources,
                 &command->policy.diagnostics, command->format == AUDIT_JSON,
                 report_color(command->color, STDERR_FILENO));
  return status;
}

/* What examples show of the rules, where it is asked for; within the bounds. */
static int look_at_coverage(AuditCommand *command)
{
  if (!cover_wished(&command->cover)) return EXIT_DONE;
  command->shown = ARENA_NEW(command->arena, CoverResult);
  return tell_mistakes(command,
                       cover_collect(command->arena, &command->policy,
                                     &command->audit, &command->cover,
                                     command->shown));
}

/* And what real use shows. */
static int add_coverage(AuditCommand *command)
{
  Arena *arena = command->arena;
  CoverResult *cover = command->shown;
  Page *page = ARENA_NEW(arena, Page);
  Sheet sheet = {{.arena = arena}, 76, false};
  if (!cover) return EXIT_DONE;
  int status = tell_mistakes(command,
                             cover_finish(arena, &command->audit,
                                          &command->cover, cover));
  if (status != EXIT_DONE) return status;
  *page = (Page){.arena = arena};
  cover_text(&sheet, cover);
  page_put(page, BLOCK_HEADING, TEXT("What examples and real use show"));
  page_put(page, BLOCK_CODE, buffer_text(&sheet.out));
  command->report.coverage = page;
  if (command->format == AUDIT_JSON)
    command->report.coverage_json = cover_json(arena, cover);
  return EXIT_DONE;
}

/* Where the steps for a question were used up, findings may be missing. */
static const char *why_ended(const AuditCommand *command)
{
  const Audit *audit = &command->audit;
  if (command->bounds.ended) return command->bounds.ended;
  for (uint32_t i = 0; i < audit->boundary_count; i++)
    if (audit->boundaries[i].search.ran_out)
      return "steps";
  return NULL;
}

static int run_audit(AuditCommand *command)
{
  AuditReport *report = &command->report;
  int status = load(command);
  if (status != EXIT_DONE) return status;
  bounds_start(&command->bounds, command->arena, &command->options);
  bounds_run(&command->bounds, look, command);
  status = look_at_coverage(command);
  bounds_finish(&command->bounds);
  if (status != EXIT_DONE) return status;
  status = audit_translations(&command->audit, &command->policy.image,
                              command->policy_path, &command->texts);
  if (status != EXIT_DONE) return status;
  audit_tell_ended(&command->audit, command->bounds.ended);
  audit_report_make(command->arena, &command->audit, report);
  report->maps = command->maps;
  report->ended = why_ended(command);
  report->policy_path = command->policy_path;
  report->all = command->all;
  if (command->baseline_path)
    baseline_compare(&command->baseline, report);
  status = add_coverage(command);
  if (status != EXIT_DONE) return status;
  status = audit_report_write(report, command->format, command->color,
                              command->output);
  if (status != EXIT_DONE) return status;
  return fails(command) ? EXIT_FINDINGS : EXIT_DONE;
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
  const char *wrong = bounds_read(&command->bounds, &command->options);
  if (wrong) return options_misuse(&command_audit, "%s", wrong);
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
    {.name = "format", .value = AUDIT_FORMATS, .choice = &command->format,
     .help = "how to print it"},
    {.name = "all", .flag = &command->all,
     .help = "as text: every finding, and the notes in full"},
    {.name = "output", .letter = 'o', .value = "FILE",
     .text = &command->output, .help = "write it there, not to the screen"},
    {.name = "baseline", .value = "REPORT.json",
     .text = &command->baseline_path,
     .help = "an earlier report: what is new since then, what is gone"},
    {.name = "fail-on", .value = "note|warning|error",
     .text = &command->fail_on,
     .help = "exit with 1 if there is a (new) finding of this level or above"},
    BOUNDS_OPTIONS(command->bounds),
    COVER_OPTIONS(command->cover),
    {.name = "texts", .value = "FILE.po", .words = &command->texts,
     .help = "a translation of its words; those beside it if not said"},
    POLICY_OPTIONS(command->load, command->color),
  };
  Words paths;
  command->arena = arena;
  int status = options_read(arena, &command_audit, table,
                            OPTION_COUNT(table), argc, argv, &paths);
  if (status == OPTIONS_FINE) status = check_options(command, &paths);
  if (status != OPTIONS_FINE) return status;
  status = run_audit(command);
  arena_clear(&command->bounds.scratch);
  return status;
}

const Command command_audit = {
  "audit", "[OPTIONS] POLICY",
  N_("what a policy covers, and where it is silent or at odds with itself"),
  N_(
  "Every kind of situation that the rules tell apart is looked at, for one\n"
  "day. Ctrl-C ends it early, with what is known by then.\n"
  "Exit status: 0 done, 1 a finding of the level of --fail-on, 2 wrong use.\n"),
  run};

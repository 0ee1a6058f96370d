/* `stile diff`: whose guidance a change changes, from what to what. */
#include <stdio.h>
#include <unistd.h>

#include "cli/audit_bounds.h"
#include "cli/audit_report.h"
#include "cli/log_visit.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "runtime/situation_read.h"

typedef struct DiffCommand {
  Arena *arena;
  const char *paths[2];
  const char *as_of, *fail_on, *output;
  LoadOptions load;
  Words cases;
  const char *log;
  uint32_t format, color;
  bool all;
  LoadedPolicy policies[2];
  AuditOptions options;
  Bounds bounds;
  DiffTurn turn;
  Diff diff;
  AuditReport report;
} DiffCommand;

static int load(DiffCommand *command, uint32_t side)
{
  LoadedPolicy *policy = &command->policies[side];
  int status = policy_load(command->arena, command->paths[side],
                           &command->load, policy);
  if (status != EXIT_DONE)
    report_print(command->arena, &policy->sources, &policy->diagnostics,
                 command->format == AUDIT_JSON,
                 report_color(command->color, STDERR_FILENO));
  return status;
}

/* ------------------------------------------------------------ case files */

static bool read_cases(DiffCommand *command, uint32_t side, Text name,
                       Text bytes, Cases *cases)
{
  LoadedPolicy *policy = &command->policies[side];
  Diagnostics diagnostics = {.arena = command->arena};
  uint32_t file = source_add(command->arena, &policy->sources, name, bytes);
  bool read = situation_read(command->arena, &policy->image, &policy->sources,
                             file, command->options.today, true, &diagnostics,
                             cases);
  if (!read)
    report_text(command->arena, &policy->sources, &diagnostics,
                report_color(command->color, STDERR_FILENO));
  return read;
}

static Text case_title(DiffCommand *command, const char *path,
                       const Case *one, uint32_t number)
{
  if (!text_is_none(one->situation.title)) return one->situation.title;
  return text_format(command->arena, "%s, case %u", path, number + 1);
}

/* A case that one of the policies cannot read is told, and nothing is
 * compared. */
static int compare_file(DiffCommand *command, Diff *diff, const char *path)
{
  Text bytes, reason;
  Cases cases[2] = {{0}, {0}};
  if (!file_read(command->arena, path, SITUATION_FILE_MOST, &bytes, &reason)) {
    fprintf(stderr, "stile: The file `%s` cannot be read: %.*s.\n", path,
            TEXT_ARG(reason));
    return EXIT_MACHINE;
  }
  for (uint32_t side = OLD; side <= NEW; side++) {
    if (read_cases(command, side, text_of(path), bytes, &cases[side])) continue;
    fprintf(stderr, "stile: The %s policy cannot be asked about `%s`.\n",
            side == OLD ? "old" : "new", path);
    return EXIT_MISFIT;
  }
  for (uint32_t i = 0; i < cases[OLD].count && i < cases[NEW].count; i++)
    diff_case(diff, case_title(command, path, &cases[NEW].at[i], i),
              &cases[OLD].at[i].situation, &cases[NEW].at[i].situation);
  return EXIT_DONE;
}

static int compare_files(DiffCommand *command, Diff *diff)
{
  for (uint32_t i = 0; i < command->cases.count; i++) {
    int status = compare_file(command, diff, command->cases.at[i]);
    if (status != EXIT_DONE) return status;
  }
  return EXIT_DONE;
}

/* ------------------------------------------------------------------- log */

typedef struct DiffLog {
  const DiffCommand *command;
  Diff *diff;
  uint64_t erased, unread; /* entries that both cannot be asked about */
} DiffLog;

static void compare_entry(Log *log, const LogEntry *entry, void *context)
{
  DiffLog *own = context;
  Situation situations[2];
  Lines left_out = {0};
  bool read = entry->has_key;
  own->erased += !entry->has_key;
  for (uint32_t side = OLD; side <= NEW && read; side++)
    read = log_situation(log, entry, &own->command->policies[side].image,
                         &left_out, &situations[side]);
  own->unread += entry->has_key && (!read || left_out.count);
  if (!read || left_out.count) return;
  Text title = text_format(own->command->arena, "%s, entry %llu",
                           own->command->log, (unsigned long long)entry->id);
  diff_case(own->diff, title, &situations[OLD], &situations[NEW]);
}

/* What was asked and kept; entries that one of the policies has no words for
 * are counted. */
static int compare_log(DiffCommand *command, Diff *diff)
{
  DiffLog own = {.command = command, .diff = diff};
  if (!command->log) return EXIT_DONE;
  int status =
      log_visit_asked(command->arena, command->log, compare_entry, &own);
  if (own.erased || own.unread)
    fprintf(stderr,
            "stile: Of `%s`, %llu entries are erased, and %llu have facts or"
            " values that one of the policies does not know. They are left"
            " out.\n",
            command->log, (unsigned long long)own.erased,
            (unsigned long long)own.unread);
  return status;
}

/* ---------------------------------------------------------------- the whole */

static void compare_policies(void *context)
{
  DiffCommand *command = context;
  diff_make(command->arena, &command->policies[OLD].image,
            &command->policies[NEW].image, &command->options, &command->diff);
}

static int compare(DiffCommand *command)
{
  bounds_start(&command->bounds, command->arena, &command->options);
  bounds_run(&command->bounds, compare_policies, command);
  if (!command->diff.audit.image) {
    fputs("stile: There is not enough memory to put the two policies side by "
          "side.\n", stderr);
    return EXIT_MACHINE;
  }
  int status = compare_files(command, &command->diff);
  if (status == EXIT_DONE) status = compare_log(command, &command->diff);
  bounds_finish(&command->bounds);
  return status;
}

/* Where the steps for a question were used up, changes may be missing. */
static const char *why_ended(const DiffCommand *command)
{
  const Diff *diff = &command->diff;
  if (command->bounds.ended) return command->bounds.ended;
  for (uint32_t i = 0; i < diff->boundary_count; i++)
    if (diff->boundaries[i].search.ran_out) return "steps";
  return NULL;
}

/* What was ended early could not rule out that something became so. */
static bool fails(const DiffCommand *command)
{
  return command->fail_on && (command->bounds.ended ||
                              diff_has(&command->diff, command->turn));
}

static int run_diff(DiffCommand *command)
{
  int status = EXIT_DONE;
  for (uint32_t side = OLD; side <= NEW && status == EXIT_DONE; side++)
    status = load(command, side);
  if (status == EXIT_DONE) status = compare(command);
  if (status != EXIT_DONE) return status;
  audit_tell_ended(&command->diff.audit, command->bounds.ended);
  audit_report_make(command->arena, &command->diff.audit, &command->report);
  command->report.diff = &command->diff;
  command->report.all = command->all;
  command->report.ended = why_ended(command);
  status = audit_report_write(&command->report, command->format,
                              command->color, command->output);
  if (status != EXIT_DONE) return status;
  return fails(command) ? EXIT_FINDINGS : EXIT_DONE;
}

static bool find_turn(DiffCommand *command)
{
  Text name = text_of(command->fail_on);
  if (text_equal(name, TEXT("changed"))) command->turn = DIFF_CHANGED;
  else if (text_equal(name, TEXT("stricter"))) command->turn = DIFF_STRICTER;
  else if (text_equal(name, TEXT("looser"))) command->turn = DIFF_LOOSER;
  else return false;
  return true;
}

static int check_options(DiffCommand *command, const Words *paths)
{
  if (paths->count != 2)
    return options_misuse(&command_diff,
                          "Give the old policy and the new one.");
  command->paths[OLD] = paths->at[0];
  command->paths[NEW] = paths->at[1];
  command->options.boundary = UINT32_MAX;
  command->options.changes_only = command->format != AUDIT_JSON;
  command->options.today = report_today();
  if (command->as_of &&
      !day_read(text_of(command->as_of), &command->options.today))
    return options_misuse(&command_diff,
                          "`--as-of` needs a day, like 2026-11-23.");
  if (command->fail_on && !find_turn(command))
    return options_misuse(&command_diff,
                          "`--fail-on` is changed, stricter or looser.");
  const char *wrong = bounds_read(&command->bounds, &command->options);
  if (wrong) return options_misuse(&command_diff, "%s", wrong);
  return OPTIONS_FINE;
}

static int run(Arena *arena, int argc, char **argv)
{
  DiffCommand *command = ARENA_NEW(arena, DiffCommand);
  const Option table[] = {
    {.name = "as-of", .value = "DATE", .text = &command->as_of,
     .help = "the day that is asked about; today if not said"},
    {.name = "cases", .value = "FILE", .words = &command->cases,
     .help = "a file of cases that both are asked about"},
    {.name = "log", .value = "FILE", .text = &command->log,
     .help = "a log of answers, whose questions both are asked again"},
    {.name = "format", .value = AUDIT_FORMATS, .choice = &command->format,
     .help = "how to print it"},
    {.name = "all", .flag = &command->all,
     .help = "as text: every finding"},
    {.name = "output", .letter = 'o', .value = "FILE",
     .text = &command->output, .help = "write it there, not to the screen"},
    {.name = "fail-on", .value = "looser|stricter|changed",
     .text = &command->fail_on,
     .help = "exit with 1 if something became so"},
    BOUNDS_OPTIONS(command->bounds),
    POLICY_OPTIONS(command->load, command->color),
  };
  Words paths;
  command->arena = arena;
  int status = options_read(arena, &command_diff, table, OPTION_COUNT(table),
                            argc, argv, &paths);
  if (status == OPTIONS_FINE) status = check_options(command, &paths);
  if (status != OPTIONS_FINE) return status;
  status = run_diff(command);
  arena_clear(&command->bounds.scratch);
  return status;
}

const Command command_diff = {
  "diff", "[OPTIONS] OLD NEW",
  N_("whose guidance a change changes, from what to what"),
  N_(
  "OLD and NEW are policies. Every situation that both can describe is\n"
  "compared, for one day. That nothing changed is proved, not assumed.\n"
  "Ctrl-C ends it early, with what is known by then.\n"
  "Exit status: 0 done, 1 something of --fail-on, 2 wrong use.\n"),
  run};

/* `stile check`: every error and warning of some policies. */
#include <stdio.h>
#include <unistd.h>

#include "base/table.h"
#include "base/utf8.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "cli/report.h"
#include "cli/sarif.h"

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_SARIF };

typedef struct Check {
  uint32_t format, color;
  bool strict, quiet;
  LoadOptions load;
  json_t *report; /* of all files, for programs; NULL when for people */
  Table told;     /* the mistakes told so far */
  int status;     /* the worst so far */
} Check;

static const char *plural(uint32_t count)
{
  return count == 1 ? "" : "s";
}

/* One line a file: "gifts.stile: no errors, 2 warnings". */
static void print_count(Arena *arena, const char *path, uint32_t errors,
                        uint32_t warnings)
{
  Text name = utf8_safe(arena, text_of(path), false);
  printf("%.*s: ", TEXT_ARG(name));
  if (errors)
    printf("%u error%s", errors, plural(errors));
  else
    fputs("no errors", stdout);
  if (warnings)
    printf(", %u warning%s", warnings, plural(warnings));
  putchar('\n');
}

/* A file that several policies use is told of once: what another policy has
 * told already is taken out. */
static void drop_told(Check *check, const Sources *sources, Diagnostics *found)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < found->list.count; i++) {
    const Diagnostic *one = &found->list.at[i];
    Text name = one->span.file ? source_get(sources, one->span.file)->name
                               : TEXT_NONE;
    Text key = text_format(found->arena, "%u %u %.*s", (unsigned)one->code,
                           one->span.start, TEXT_ARG(name));
    if (table_put(&check->told, key, i))
      found->list.at[kept++] = *one;
    else if (one->severity == SEVERITY_ERROR)
      found->errors--;
  }
  found->list.count = kept;
}

static void check_file(Arena *arena, Check *check, const char *path)
{
  LoadedPolicy *policy = ARENA_NEW(arena, LoadedPolicy);
  int status = policy_load(arena, path, &check->load, policy);
  Diagnostics *found = &policy->diagnostics;
  if (status == EXIT_DONE && check->strict && found->warnings)
    status = EXIT_FINDINGS;
  if (status > check->status) check->status = status;
  uint32_t errors = found->errors, warnings = found->warnings;
  drop_told(check, &policy->sources, found);
  if (check->report) {
    report_join(check->report, report_json(arena, &policy->sources, found));
    return;
  }
  report_text(arena, &policy->sources, found,
              report_color(check->color, STDERR_FILENO));
  if (!check->quiet) print_count(arena, path, errors, warnings);
}

static void finish(Arena *arena, Check *check)
{
  if (!check->report) return;
  if (check->format == FORMAT_JSON) {
    json_print(check->report);
    return;
  }
  json_t *sarif = sarif_make(arena, check->report);
  json_decref(check->report);
  json_print(sarif);
}

static int run(Arena *arena, int argc, char **argv)
{
  Check check = {.load = {.today = report_today()}};
  const Option table[] = {
      {.name = "format", .value = "text|json|sarif", .choice = &check.format,
       .help = "how to print what is found"},
      {.name = "strict", .flag = &check.strict,
       .help = "exit with 1 for warnings too"},
      {.name = "quiet", .letter = 'q', .flag = &check.quiet,
       .help = "print no line for each file"},
      POLICY_OPTIONS(check.load, check.color),
  };
  Words files;
  int status = options_read(arena, &command_check, table, OPTION_COUNT(table),
                            argc, argv, &files);
  if (status != OPTIONS_FINE) return status;
  if (files.count == 0)
    return options_misuse(&command_check, "Which policy is to be checked?");
  if (check.format != FORMAT_TEXT)
    check.report = json_pack("{s:[], s:[]}", "errors", "warnings");
  table_init(&check.told, arena, (uint64_t)(uintptr_t)arena);
  for (uint32_t i = 0; i < files.count; i++)
    check_file(arena, &check, files.at[i]);
  finish(arena, &check);
  return check.status;
}

const Command command_check = {
    "check", "[OPTIONS] FILE...",
    N_("find every error and warning of a policy"),
    N_("Exit status: 0 no errors, 1 errors, 4 a file could not be read.\n"),
    run};

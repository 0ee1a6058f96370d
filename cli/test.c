/* `stile test`: the examples of policies, and case files. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/options.h"
#include "cli/report.h"
#include "cli/trial_report.h"

typedef struct TestRun {
  uint32_t format, color;
  bool verbose;
  LoadOptions load;
  PolicyTrials **all;
  uint32_t count;
  int status; /* the worst so far */
} TestRun;

static bool ends_with(const char *word, const char *end)
{
  size_t length = strlen(word), size = strlen(end);
  return length >= size && strcmp(word + length - size, end) == 0;
}

static bool is_case_file(const char *path)
{
  return ends_with(path, ".yaml") || ends_with(path, ".yml") ||
         ends_with(path, ".json");
}

static void worsen(TestRun *test, int status)
{
  if (status > test->status) test->status = status;
}

static void try_file(Arena *arena, TestRun *test, const char *path)
{
  if (is_case_file(path)) {
    worsen(test, trial_cases(arena, path, test->load.today,
                             test->all[test->count - 1]));
    return;
  }
  PolicyTrials *one = ARENA_NEW(arena, PolicyTrials);
  test->all[test->count++] = one;
  worsen(test, trial_policy(arena, path, &test->load, one));
}

static Text span_text(const Sources *sources, Span span)
{
  const Source *source = source_get(sources, span.file);
  return source ? (Text){source->text.at + span.start, span.end - span.start}
                : TEXT_NONE;
}

/* For people, all sources that are not checked are one warning. */
static void join_unchecked(Arena *arena, LoadedPolicy *policy)
{
  enum { W_SOURCE_UNCHECKED = 450 };
  Diagnostics *all = &policy->diagnostics;
  Diagnostic *first = NULL;
  Buffer names = {.arena = arena};
  uint32_t kept = 0, count = 0;
  diagnostic_sort(all);
  for (uint32_t i = 0; i < all->list.count; i++) {
    Diagnostic *one = &all->list.at[i];
    bool joins = one->code == W_SOURCE_UNCHECKED;
    if (joins)
      buffer_format(&names, "%s`%.*s`", count++ ? ", " : "",
                    TEXT_ARG(span_text(&policy->sources, one->span)));
    if (joins && count > 1) continue;
    all->list.at[kept] = *one;
    if (joins) first = &all->list.at[kept];
    kept++;
  }
  all->list.count = kept;
  if (count > 1)
    first->message = text_format(arena, "%u sources are not checked: %.*s.",
                                 count, TEXT_ARG(buffer_text(&names)));
}

/* Tells what is wrong with the files: now for people, later for programs. */
static json_t *tell(Arena *arena, const TestRun *test)
{
  json_t *json = json_pack("{s:[], s:[]}", "errors", "warnings");
  for (uint32_t i = 0; i < test->count; i++) {
    LoadedPolicy *policy = &test->all[i]->policy;
    if (test->format != TRIALS_JSON) {
      join_unchecked(arena, policy);
      report_text(arena, &policy->sources, &policy->diagnostics,
                  report_color(test->color, STDERR_FILENO));
      continue;
    }
    report_join(json, report_json(arena, &policy->sources,
                                  &policy->diagnostics));
  }
  return json;
}

static int run_files(Arena *arena, TestRun *test, const Words *files)
{
  test->all = ARENA_ARRAY(arena, files->count, PolicyTrials *);
  for (uint32_t i = 0; i < files->count; i++) {
    if (test->count == 0 && is_case_file(files->at[i]))
      return options_misuse(&command_test,
                            "Name the policy before its case file.");
    try_file(arena, test, files->at[i]);
  }
  json_t *diagnostics = tell(arena, test);
  trials_print(arena, test->format, test->all, test->count, test->verbose,
               diagnostics);
  json_decref(diagnostics);
  for (uint32_t i = 0; i < test->count; i++)
    if (test->all[i]->counts[TRIAL_FAILED]) worsen(test, EXIT_FINDINGS);
  return test->status;
}

static int run(Arena *arena, int argc, char **argv)
{
  TestRun test = {.load = {.today = report_today()}};
  const Option table[] = {
      {.name = "format", .value = "text|tap|junit|json",
       .choice = &test.format, .help = "how to print the results"},
      {.name = "verbose", .letter = 'v', .flag = &test.verbose,
       .help = "name the examples that passed too"},
      POLICY_OPTIONS(test.load, test.color),
  };
  Words files;
  int status = options_read(arena, &command_test, table, OPTION_COUNT(table),
                            argc, argv, &files);
  if (status != OPTIONS_FINE) return status;
  if (files.count == 0)
    return options_misuse(&command_test, "Which policy is to be tested?");
  return run_files(arena, &test, &files);
}

const Command command_test = {
    "test", "[OPTIONS] FILE... [CASES.yaml...]",
    N_("try the examples of a policy, and case files"),
    N_(
    "A case file belongs to the last policy named before it.\n"
    "Exit status: 0 all as expected, 1 not, or a policy has errors, 3 a case\n"
    "does not fit its policy, 4 a file could not be read.\n"),
    run};

/* `stile batch`: many cases come in, an answer a line goes out. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/batch_print.h"
#include "cli/batch_read.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "cli/report.h"

enum { E_FILE = 602, PROBLEMS_SHOWN = 100, PROGRESS_EVERY = 20000 };
enum { INPUT_BY_NAME, INPUT_CSV, INPUT_JSONL };

typedef struct Batch {
  Arena *arena;
  const char *policy_path, *cases_path;
  const char *boundary, *as_of;
  Words maps, keep;
  LoadOptions load;
  uint32_t input, format, color;
  bool summary;
  Day day;
  LoadedPolicy policy;
  BatchReader reader;
  CaseDecider decider;
  CaseFile file;
  CaseRow row; /* what came of reading the last one */
  Text *kept;
  BatchTotals totals;
  bool progress, lines;
} Batch;

static void report(Batch *batch, Diagnostics *all)
{
  report_text(batch->arena, &batch->policy.sources, all,
              report_color(batch->color, STDERR_FILENO));
}

static void print(const Buffer *out)
{
  if (out->length) fwrite(out->at, 1, out->length, stdout);
}

/* ----------------------------------------------------------------- one case */

static void tell_problem(const Batch *batch, Text problem)
{
  if (batch->totals.problems > PROBLEMS_SHOWN) return;
  if (batch->progress) fputs("\r", stderr);
  fprintf(stderr, "%s:%" PRIu64 ": %.*s\n", batch->cases_path,
          batch->file.line, TEXT_ARG(problem));
  if (batch->totals.problems == PROBLEMS_SHOWN)
    fputs("Further ones are counted, and stand in the output.\n", stderr);
}

static Text read_case(Arena *arena, Batch *batch, Situation *situation)
{
  Text problem;
  if (batch->row == CASE_TOO_LONG) return TEXT("The row is too long.");
  if (batch->row == CASE_UNCLOSED)
    return TEXT("A quotation mark is not closed; the rest cannot be read.");
  if (batch->lines)
    problem = batch_read_line(arena, &batch->reader, &batch->file, situation);
  else
    problem = batch_read_fields(arena, &batch->reader, &batch->file,
                                situation, batch->kept);
  if (text_is_none(problem) && situation->boundary == NONE)
    return TEXT("The case does not say which boundary it is about.");
  return problem;
}

static void take_case(Arena *arena, Batch *batch)
{
  Situation situation;
  CaseAnswer answer;
  BatchTotals *totals = &batch->totals;
  CaseLine line = {.number = ++totals->cases, .kept = batch->kept,
                   .kept_names = batch->reader.kept_names,
                   .kept_count = batch->reader.kept_count};
  line.problem = read_case(arena, batch, &situation);
  if (text_is_none(line.problem)) {
    case_decide(arena, &batch->decider, &situation, &answer);
    batch_count(totals, &answer);
    line.answer = &answer;
  } else {
    totals->problems++;
    tell_problem(batch, line.problem);
  }
  if (batch->summary) return;
  Buffer out = {.arena = arena};
  batch_put_case(&out, batch->format, &batch->policy.image, &line);
  print(&out);
}

static void tell_progress(const Batch *batch, bool end)
{
  if (!batch->progress) return;
  if (end)
    fputs("\r                              \r", stderr);
  else if (batch->totals.cases % PROGRESS_EVERY == 0)
    fprintf(stderr, "\r%" PRIu64 " cases", batch->totals.cases);
}

/* ---------------------------------------------------------------- all cases */

static CaseRow next_row(Batch *batch)
{
  return batch->lines ? case_file_read_line(&batch->file)
                      : case_file_read_fields(&batch->file);
}

/* A case has an arena of its own, so that memory stays flat. */
static bool take_row(Batch *batch)
{
  Arena arena;
  jmp_buf escape;
  arena_init(&arena, &memory_default, 0, &escape);
  if (setjmp(escape) != 0) {
    arena_clear(&arena);
    return false;
  }
  take_case(&arena, batch);
  arena_clear(&arena);
  return true;
}

static bool take_cases(Batch *batch)
{
  while ((batch->row = next_row(batch)) != CASE_END) {
    if (!take_row(batch)) return false;
    tell_progress(batch, false);
    if (batch->row == CASE_UNCLOSED || ferror(stdout)) break;
  }
  return true;
}

static int read_header(Batch *batch)
{
  Diagnostics diagnostics = {.arena = batch->arena};
  CaseRow row;
  if (batch->lines) return EXIT_DONE;
  row = case_file_read_fields(&batch->file);
  if (row != CASE_ROW) {
    fprintf(stderr, "stile: The file `%s` has no row of column names.\n",
            batch->cases_path);
    return EXIT_MISFIT;
  }
  if (!batch_read_header(batch->arena, &batch->file, &batch->maps,
                         &batch->keep, &batch->policy.sources, &diagnostics,
                         &batch->reader)) {
    report(batch, &diagnostics);
    return EXIT_MISFIT;
  }
  batch->kept = ARENA_ARRAY(batch->arena, batch->reader.kept_count + 1, Text);
  return EXIT_DONE;
}

static int answer_cases(Batch *batch)
{
  Buffer out = {.arena = batch->arena};
  int status = read_header(batch);
  if (status != EXIT_DONE) return status;
  if (!batch->summary && batch->format == BATCH_CSV) {
    batch_put_header(&out, batch->reader.kept_names,
                     batch->reader.kept_count);
    print(&out);
  }
  if (!take_cases(batch)) arena_escape(batch->arena);
  tell_progress(batch, true);
  if (ferror(batch->file.file)) {
    fprintf(stderr, "stile: The file `%s` could not be read to its end.\n",
            batch->cases_path);
    return EXIT_MACHINE;
  }
  Buffer totals = {.arena = batch->arena};
  batch_put_totals(&totals, batch->format, &batch->totals);
  if (batch->summary) print(&totals);
  if (batch->totals.problems)
    fprintf(stderr, "%" PRIu64 " of %" PRIu64 " cases could not be read.\n",
            batch->totals.problems, batch->totals.cases);
  return batch->totals.problems ? EXIT_FINDINGS : EXIT_DONE;
}

/* -------------------------------------------------------------- the command */

static bool find_boundary(Batch *batch)
{
  const Image *image = &batch->policy.image;
  Diagnostics diagnostics = {.arena = batch->arena};
  batch->reader.boundary = image->boundaries.count == 1 ? 0 : NONE;
  if (!batch->boundary) return true;
  Text name = utf8_nfc(batch->arena, utf8_safe(batch->arena,
                                               text_of(batch->boundary),
                                               false));
  batch->reader.boundary = boundary_find(image, name);
  if (batch->reader.boundary != NONE) return true;
  uint32_t file = source_add(batch->arena, &batch->policy.sources,
                             TEXT("--boundary"), name);
  situation_tell_boundary(batch->arena, image, name,
                          (Span){file, 0, name.length}, &diagnostics);
  report(batch, &diagnostics);
  return false;
}

static void make_decider(Batch *batch)
{
  Arena scratch;
  jmp_buf escape;
  arena_init(&scratch, &memory_default, 0, &escape);
  if (setjmp(escape) != 0) {
    arena_clear(&scratch);
    arena_escape(batch->arena);
  }
  case_decider_make(batch->arena, &scratch, &batch->policy.image,
                    batch->reader.boundary, batch->day, &batch->decider);
  arena_clear(&scratch);
}

static int run_batch(Batch *batch)
{
  int status = policy_load(batch->arena, batch->policy_path, &batch->load,
                           &batch->policy);
  if (status != EXIT_DONE) {
    report(batch, &batch->policy.diagnostics);
    return status;
  }
  if (!find_boundary(batch)) return EXIT_MISFIT;
  batch->reader.image = &batch->policy.image;
  batch->reader.as_of = batch->day;
  make_decider(batch);
  if (!case_file_open(batch->arena, batch->cases_path, &batch->file)) {
    fprintf(stderr, "stile: The file `%s` cannot be read: %s.\n",
            batch->cases_path, strerror(errno));
    return EXIT_MACHINE;
  }
  status = answer_cases(batch);
  case_file_close(&batch->file);
  return status;
}

static bool ends_in(const char *path, const char *end)
{
  size_t length = strlen(path), size = strlen(end);
  return length >= size && strcmp(path + length - size, end) == 0;
}

static int check_options(Batch *batch, const Words *paths)
{
  if (paths->count != 2)
    return options_misuse(&command_batch,
                          "Give one policy and one file of cases.");
  batch->policy_path = paths->at[0];
  batch->cases_path = paths->at[1];
  batch->day = report_today();
  if (batch->as_of && !day_read(text_of(batch->as_of), &batch->day))
    return options_misuse(&command_batch,
                          "`--as-of` needs a day, like 2026-11-23.");
  for (uint32_t i = 0; i < batch->maps.count; i++)
    if (!strchr(batch->maps.at[i], '='))
      return options_misuse(&command_batch,
                            "`--map` needs a column and a fact, like "
                            "`--map Gift=context.gift`.");
  batch->lines = batch->input == INPUT_JSONL ||
                 (batch->input == INPUT_BY_NAME &&
                  (ends_in(batch->cases_path, ".jsonl") ||
                   ends_in(batch->cases_path, ".ndjson")));
  batch->progress = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
  return OPTIONS_FINE;
}

static int run(Arena *arena, int argc, char **argv)
{
  Batch *batch = ARENA_NEW(arena, Batch);
  const Option table[] = {
    {.name = "boundary", .value = "NAME", .text = &batch->boundary,
     .help = "which boundary the cases are about"},
    {.name = "as-of", .value = "DATE", .text = &batch->as_of,
     .help = "the day asked about; today if not said"},
    {.name = "map", .value = "COLUMN=FACT", .words = &batch->maps,
     .help = "a column that has another name than its fact"},
    {.name = "keep", .value = "COLUMN", .words = &batch->keep,
     .help = "a column that is no fact; it is copied to the output"},
    {.name = "input", .value = "auto|csv|jsonl", .choice = &batch->input,
     .help = "what the file of cases is; by its name if not said"},
    {.name = "format", .value = "csv|jsonl", .choice = &batch->format,
     .help = "how to print the answers"},
    {.name = "summary", .flag = &batch->summary,
     .help = "print only how many cases got which answer"},
    {.name = "root", .value = "FOLDER", .text = &batch->load.root,
     .help = "the folder that `use` may read from"},
    {.name = "color", .value = "auto|always|never", .choice = &batch->color,
     .help = "when to use colour"},
  };
  Words paths;
  batch->arena = arena;
  int status = options_read(arena, &command_batch, table,
                            OPTION_COUNT(table), argc, argv, &paths);
  if (status == OPTIONS_FINE) status = check_options(batch, &paths);
  if (status != OPTIONS_FINE) return status;
  return run_batch(batch);
}

const Command command_batch = {
  "batch", "[OPTIONS] POLICY CASES.csv|CASES.jsonl",
  "answer many cases at once",
  "The first row of a CSV file names its columns: facts such as\n"
  "`context.gift`, and `boundary`, `as-of` and `tense` if need be. An empty\n"
  "field says nothing. A line of JSON is a situation of its own. A case that\n"
  "cannot be read is told, and counted, and the exit status is then 1.\n",
  run};

/* `stile batch`: many cases come in, an answer a row goes out. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/batch_progress.h"
#include "cli/policy_load.h"
#include "cli/report.h"

enum { EXIT_STOPPED = 130 }; /* as shells say of Ctrl-C */
enum { INPUT_BY_NAME, INPUT_CSV, INPUT_JSONL, INPUT_SQLITE };
enum { FORMAT_USUAL, FORMAT_CSV, FORMAT_JSONL, FORMAT_JSON, FORMAT_TEXT };

typedef struct Batch {
  Arena *arena;
  const char *policy_path, *against_path, *cases_path;
  const char *boundary, *as_of, *mapping_path, *query, *output_path, *jobs;
  Words maps, keep, by;
  LoadOptions load;
  uint32_t input, format, color;
  bool summary;
  Day day;
  LoadedPolicy policies[2];
  Mapping mapping;
  BatchPlan plan;
  CaseFile file;
  CaseBlock block;
  BatchOutput output;
} Batch;

static volatile sig_atomic_t stopped;

static void stop(int number)
{
  (void)number;
  stopped = 1;
}

/* The first Ctrl-C ends the work in order; a second one ends it at once. */
static void watch_for_stop(void)
{
  struct sigaction action = {.sa_handler = stop,
                             .sa_flags = (int)SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
}

static void report(Batch *batch, Diagnostics *all)
{
  report_text(batch->arena, &batch->policies[0].sources, all,
              report_color(batch->color, STDERR_FILENO));
}

/* ----------------------------------------------------------------- policies */

static bool find_boundary(Batch *batch, BatchSide *side)
{
  const Image *image = side->image;
  Diagnostics diagnostics = {.arena = batch->arena};
  side->reader.boundary = image->boundaries.count == 1 ? 0 : NONE;
  if (!batch->boundary) return true;
  Text name = utf8_nfc(batch->arena, utf8_safe(batch->arena,
                                               text_of(batch->boundary),
                                               false));
  side->reader.boundary = boundary_find(image, name);
  if (side->reader.boundary != NONE) return true;
  uint32_t file = source_add(batch->arena, &batch->policies[0].sources,
                             TEXT("--boundary"), name);
  situation_tell_boundary(batch->arena, image, name,
                          (Span){file, 0, name.length}, &diagnostics);
  report(batch, &diagnostics);
  return false;
}

static int load_side(Batch *batch, const char *path, uint32_t number)
{
  LoadedPolicy *policy = &batch->policies[number];
  BatchSide *side = &batch->plan.sides[number];
  int status = policy_load(batch->arena, path, &batch->load, policy);
  if (status != EXIT_DONE) {
    report_text(batch->arena, &policy->sources, &policy->diagnostics,
                report_color(batch->color, STDERR_FILENO));
    return status;
  }
  side->image = side->reader.image = &policy->image;
  side->reader.as_of = batch->day;
  side->reader.mapping = &batch->mapping;
  batch->plan.side_count++;
  return find_boundary(batch, side) ? EXIT_DONE : EXIT_MISFIT;
}

static int load_policies(Batch *batch)
{
  BatchSide *sides = batch->plan.sides;
  int status = load_side(batch, batch->policy_path, 0);
  if (status == EXIT_DONE && batch->against_path) {
    status = load_side(batch, batch->against_path, 1);
    sides[0].reader.other = sides[1].image;
    sides[1].reader.other = sides[0].image;
  }
  return status;
}

static int read_mapping(Batch *batch)
{
  Diagnostics diagnostics = {.arena = batch->arena};
  Sources *sources = &batch->policies[0].sources;
  Text bytes, reason;
  mapping_add_words(batch->arena, &batch->maps, &batch->keep,
                    &batch->mapping);
  if (!batch->mapping_path) return EXIT_DONE;
  if (!file_read(batch->arena, batch->mapping_path, SITUATION_FILE_MOST,
                 &bytes, &reason)) {
    fprintf(stderr, "stile: The file `%s` cannot be read: %.*s.\n",
            batch->mapping_path, TEXT_ARG(reason));
    return EXIT_MACHINE;
  }
  uint32_t file = source_add(batch->arena, sources,
                             text_of(batch->mapping_path), bytes);
  if (mapping_read(batch->arena, sources, file, &diagnostics,
                   &batch->mapping))
    return EXIT_DONE;
  report(batch, &diagnostics);
  return EXIT_MISFIT;
}

/* ------------------------------------------------------------------ columns */

/* Says of each column that only one of two policies has what it is. */
static void tell_absent(const Batch *batch, Text name)
{
  const char *paths[2] = {batch->policy_path, batch->against_path};
  for (uint32_t i = 0; i < batch->plan.side_count; i++) {
    const BatchReader *reader = &batch->plan.sides[i].reader;
    const Column *column = &reader->columns[reader->column_count - 1];
    if (column->kind == COLUMN_IGNORED && !column->mapped)
      fprintf(stderr, "stile: The column `%.*s` is no fact of `%s`; there it "
                      "is not read.\n", TEXT_ARG(name), paths[i]);
  }
}

static bool add_column(Batch *batch, Text name, Diagnostics *diagnostics)
{
  bool fine = true;
  for (uint32_t i = 0; i < batch->plan.side_count; i++)
    fine = fine && batch_add_column(batch->arena, name,
                                    &batch->policies[0].sources, diagnostics,
                                    &batch->plan.sides[i].reader);
  if (fine) tell_absent(batch, utf8_safe(batch->arena, name, false));
  return fine;
}

static bool add_columns(Batch *batch, const Text *names, uint32_t count)
{
  Diagnostics diagnostics = {.arena = batch->arena};
  bool fine = true;
  for (uint32_t i = 0; i < count; i++)
    fine &= add_column(batch, names[i], &diagnostics);
  if (!fine) report(batch, &diagnostics);
  return fine;
}

/* In lines of JSON only what the mapping names is a column. */
static int read_columns(Batch *batch)
{
  Text *names = ARENA_ARRAY(batch->arena, CASE_FIELDS_MOST, Text);
  uint32_t count = 0;
  if (batch->plan.lines) {
    for (; count < batch->mapping.count; count++)
      names[count] = batch->mapping.at[count].column;
  } else if (!case_file_read_head(&batch->file, &batch->block) ||
             batch->block.rows[0].kind >= CASE_TOO_LONG) {
    if (!batch->file.error && text_is_none(batch->file.query_error)) {
      fprintf(stderr, "stile: The file `%s` has no row of column names.\n",
              batch->cases_path);
      return EXIT_MISFIT;
    }
    return EXIT_DONE; /* told when the work has ended */
  } else {
    count = case_fields(&batch->block, &batch->block.rows[0], names,
                        CASE_FIELDS_MOST);
  }
  if (count > CASE_FIELDS_MOST) count = CASE_FIELDS_MOST;
  return add_columns(batch, names, count) ? EXIT_DONE : EXIT_MISFIT;
}

static void name_kept(Batch *batch)
{
  const BatchReader *reader = &batch->plan.sides[0].reader;
  uint32_t count = 0;
  batch->plan.kept_names =
      ARENA_ARRAY(batch->arena, reader->kept_count + 1, Text);
  for (uint32_t i = 0; i < reader->column_count; i++)
    if (reader->columns[i].kind == COLUMN_KEPT)
      batch->plan.kept_names[count++] = reader->columns[i].name;
}

/* -------------------------------------------------------------------- files */

static int open_cases(Batch *batch)
{
  Text reason;
  if (batch->input == INPUT_SQLITE) {
    if (case_file_query(batch->arena, batch->cases_path, batch->query,
                        &batch->file, &reason))
      return EXIT_DONE;
    fprintf(stderr, "stile: The file `%s` cannot be asked: %.*s.\n",
            batch->cases_path, TEXT_ARG(reason));
    return EXIT_MACHINE;
  }
  if (!case_file_open(batch->arena, batch->cases_path, batch->plan.lines,
                      &batch->file)) {
    fprintf(stderr, "stile: The file `%s` cannot be read: %s.\n",
            batch->cases_path, strerror(errno));
    return EXIT_MACHINE;
  }
  batch->file.stop = &stopped;
  return EXIT_DONE;
}

static void put_about(Buffer *out, const char *name, Text value)
{
  buffer_format(out, "%s=%.*s\n", name, TEXT_ARG(value));
}

/* What an auditor needs to know of where the rows come from. */
static Text about(Batch *batch)
{
  static const char *const keys[2][3] = {
    {"policy", "version", "sha256"},
    {"against", "against-version", "against-sha256"}};
  Buffer out = {.arena = batch->arena}, day = {.arena = batch->arena};
  for (uint32_t i = 0; i < batch->plan.side_count; i++) {
    const Image *image = batch->plan.sides[i].image;
    const Policy *policy = &image->policy.at[0];
    Buffer hash = {.arena = batch->arena};
    for (int k = 0; k < IMAGE_HASH_SIZE; k++)
      buffer_format(&hash, "%02x", image->hash[k]);
    put_about(&out, keys[i][0], image_text(image, policy->name));
    put_about(&out, keys[i][1], image_text(image, policy->version));
    put_about(&out, keys[i][2], buffer_text(&hash));
  }
  day_print(&day, batch->day);
  put_about(&out, "as-of", buffer_text(&day));
  put_about(&out, "cases",
            utf8_safe(batch->arena, text_of(batch->cases_path), false));
  return buffer_text(&out);
}

static int open_output(Batch *batch)
{
  Buffer header = {.arena = batch->arena};
  CaseLine line = {.kept_names = batch->plan.kept_names,
                   .kept_count = batch->plan.sides[0].reader.kept_count,
                   .two = batch->plan.side_count == 2};
  if (!batch_output_open(batch->arena, batch->output_path, &batch->output)) {
    fprintf(stderr, "stile: The file `%s` cannot be made: %.*s.\n",
            batch->output_path, TEXT_ARG(batch->output.failure));
    return EXIT_MACHINE;
  }
  if (!batch->plan.rows || batch->plan.format != BATCH_CSV) return EXIT_DONE;
  batch_put_header(&header, &line);
  batch_output_head(&batch->output, buffer_text(&header), about(batch));
  return EXIT_DONE;
}

/* ------------------------------------------------------------------ the run */

static void print_summary(Batch *batch, const BatchRun *run)
{
  Buffer out = {.arena = batch->arena};
  uint32_t format = batch->format == FORMAT_CSV ? SUMMARY_CSV
                    : batch->format == FORMAT_JSON ||
                            batch->format == FORMAT_JSONL
                        ? SUMMARY_JSON
                        : SUMMARY_TEXT;
  count_print(&out, format, &batch->plan.count, run->numbers);
  fwrite(out.at, 1, out.length, stdout);
}

/* What went wrong with the machine; EXIT_DONE if nothing did. */
static int tell_failures(Batch *batch)
{
  const CaseFile *file = &batch->file;
  if (file->error || !text_is_none(file->query_error)) {
    Text why = file->error ? text_of(strerror(file->error))
                           : file->query_error;
    fprintf(stderr, "stile: The file `%s` could not be read to its end: "
                    "%.*s.\n", batch->cases_path, TEXT_ARG(why));
    return EXIT_MACHINE;
  }
  if (text_is_none(batch->output.failure)) return EXIT_DONE;
  fprintf(stderr, "stile: The answers could not be written: %.*s.\n",
          TEXT_ARG(batch->output.failure));
  return EXIT_MACHINE;
}

static int tell_end(const Batch *batch, const BatchRun *run)
{
  uint64_t cases = run->numbers[COUNTED_CASES];
  uint64_t problems = run->numbers[COUNTED_PROBLEMS];
  if (problems)
    fprintf(stderr, "%" PRIu64 " of %" PRIu64 " cases could not be read.\n",
            problems, cases);
  if (stopped) {
    fprintf(stderr, "Stopped. %" PRIu64 " cases were answered; the answers "
                    "are kept.\n", cases - problems);
    return EXIT_STOPPED;
  }
  if (!cases)
    fprintf(stderr, "stile: There is no case in `%s`.\n", batch->cases_path);
  return problems ? EXIT_FINDINGS : EXIT_DONE;
}

static int answer_cases(Batch *batch)
{
  uint32_t jobs = (uint32_t)(batch->jobs ? batch->jobs[0] - '0' : 1);
  BatchRun run = {.plan = &batch->plan, .file = &batch->file,
                  .output = &batch->output, .stop = &stopped};
  run.numbers = ARENA_ARRAY(batch->arena, batch->plan.count.size, uint64_t);
  if (batch->input == INPUT_SQLITE) jobs = 1; /* rows come one by one */
  if (!batch_work(&run, jobs)) arena_escape(batch->arena);
  batch_progress_clear(&run);
  batch_output_close(&batch->output, true);
  int status = tell_failures(batch);
  if (status != EXIT_DONE) return status;
  if (batch->summary) print_summary(batch, &run);
  return tell_end(batch, &run);
}

static int run_batch(Batch *batch)
{
  Diagnostics diagnostics = {.arena = batch->arena};
  int status = load_policies(batch);
  if (status == EXIT_DONE) status = read_mapping(batch);
  if (status != EXIT_DONE) return status;
  if (!count_plan_make(batch->arena, batch->plan.sides[0].image, batch->day,
                       &batch->by, batch->against_path != NULL,
                       &batch->policies[0].sources, &diagnostics,
                       &batch->plan.count)) {
    report(batch, &diagnostics);
    return EXIT_MISFIT;
  }
  case_block_make(batch->arena, &batch->block);
  watch_for_stop();
  status = open_cases(batch);
  if (status == EXIT_DONE) status = read_columns(batch);
  if (status == EXIT_DONE) name_kept(batch);
  if (status == EXIT_DONE) status = open_output(batch);
  if (status == EXIT_DONE) status = answer_cases(batch);
  case_file_close(&batch->file);
  return status;
}

/* ------------------------------------------------------------------ options */

static bool ends_in(const char *path, const char *end)
{
  size_t length = strlen(path), size = strlen(end);
  return length >= size && strcmp(path + length - size, end) == 0;
}

static bool names_lines(const char *path)
{
  return ends_in(path, ".jsonl") || ends_in(path, ".ndjson");
}

static int check_input(Batch *batch)
{
  if (batch->input == INPUT_BY_NAME && batch->query)
    batch->input = INPUT_SQLITE;
  if (batch->input == INPUT_BY_NAME)
    batch->input = batch_output_is_table(batch->cases_path) ? INPUT_SQLITE
                   : names_lines(batch->cases_path)         ? INPUT_JSONL
                                                            : INPUT_CSV;
  batch->plan.lines = batch->input == INPUT_JSONL;
  if ((batch->input == INPUT_SQLITE) == (batch->query != NULL))
    return OPTIONS_FINE;
  return options_misuse(&command_batch,
                        "A database and `--query` belong together, like "
                        "`--query 'SELECT * FROM visits'`.");
}

static int check_output(Batch *batch)
{
  bool json = batch->format == FORMAT_JSONL || batch->format == FORMAT_JSON;
  batch->plan.rows = !batch->summary || batch->output_path;
  if (batch->output_path)
    json = names_lines(batch->output_path) ||
           (json && !batch->summary &&
            !batch_output_is_table(batch->output_path));
  batch->plan.format = json ? BATCH_JSONL : BATCH_CSV;
  batch->plan.name = batch->cases_path;
  batch->plan.progress =
      isatty(STDERR_FILENO) && (batch->output_path || !isatty(STDOUT_FILENO));
  if (batch->by.count && !batch->summary)
    return options_misuse(&command_batch, "`--by` belongs to `--summary`.");
  if (batch->format == FORMAT_TEXT && !batch->summary)
    return options_misuse(&command_batch,
                          "`--format text` belongs to `--summary`.");
  if (batch->jobs && (strlen(batch->jobs) != 1 || batch->jobs[0] < '1' ||
                      batch->jobs[0] > '9'))
    return options_misuse(&command_batch,
                          "`--jobs` needs a number from 1 to 9.");
  return OPTIONS_FINE;
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
  int status = check_input(batch);
  return status == OPTIONS_FINE ? check_output(batch) : status;
}

static int run(Arena *arena, int argc, char **argv)
{
  Batch *batch = ARENA_NEW(arena, Batch);
  const Option table[] = {
    {.name = "boundary", .value = "NAME", .text = &batch->boundary,
     .help = "which boundary the cases are about"},
    {.name = "as-of", .value = "DATE", .text = &batch->as_of,
     .help = "the day asked about; today if not said"},
    {.name = "mapping", .value = "FILE", .text = &batch->mapping_path,
     .help = "what columns and values mean; see below"},
    {.name = "map", .value = "COLUMN=FACT", .words = &batch->maps,
     .help = "a column that has another name than its fact"},
    {.name = "keep", .value = "COLUMN", .words = &batch->keep,
     .help = "a column that is no fact; it is copied to the output"},
    {.name = "input", .value = "auto|csv|jsonl|sqlite",
     .choice = &batch->input,
     .help = "what the file of cases is; by its name if not said"},
    {.name = "query", .value = "SQL", .text = &batch->query,
     .help = "which rows of a database are the cases"},
    {.name = "format", .value = "auto|csv|jsonl|json|text",
     .choice = &batch->format,
     .help = "how to print the answers, or the summary"},
    {.name = "output", .letter = 'o', .value = "FILE",
     .text = &batch->output_path,
     .help = "a new file for the answers: .csv, .jsonl, or .db for SQLite"},
    {.name = "summary", .flag = &batch->summary,
     .help = "print how many cases got which answer"},
    {.name = "by", .value = "FACT", .words = &batch->by,
     .help = "in the summary, a table by a fact, or by all of a dimension"},
    {.name = "against", .value = "POLICY", .text = &batch->against_path,
     .help = "another policy: what it says, and what it changes"},
    {.name = "jobs", .value = "N", .text = &batch->jobs,
     .help = "how many cases to answer at once; 1 if not said"},
    POLICY_OPTIONS(batch->load, batch->color),
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
  "batch", "[OPTIONS] POLICY CASES.csv|CASES.jsonl|CASES.db",
  N_("answer many cases at once"),
  N_(
  "The first row of a CSV file names its columns: facts such as\n"
  "`context.gift`, and `boundary`, `as-of` and `tense` if need be. An empty\n"
  "field says nothing. A line of JSON is a situation of its own. A case that\n"
  "cannot be read is told, and counted, and the exit status is then 1.\n"
  "A mapping has a line for each column, `Gift given = context.gift`, and\n"
  "further in a line for each value that is called otherwise, `Y = yes`.\n"),
  run};

/* `stile dump`: what a stage of the compiler makes of a policy. */
#include <stdio.h>
#include <unistd.h>

#include "cli/options.h"
#include "cli/policy_load.h"
#include "cli/report.h"
#include "runtime/image_file.h"

/* The choices of --stage, in the order of Stage. */
#define STAGES "source|tokens|tree|checked|grid|image"

typedef struct Dump {
  uint32_t stage, color;
  LoadOptions load;
} Dump;

static void print(const Buffer *out)
{
  if (out->length) fwrite(out->at, 1, out->length, stdout);
}

static int dump_image(Arena *arena, const Dump *dump, const char *path,
                      LoadedPolicy *policy)
{
  Buffer out = {.arena = arena};
  int status = policy_load(arena, path, &dump->load, policy);
  if (status != EXIT_DONE) return status;
  image_dump(&out, &policy->image);
  print(&out);
  return EXIT_DONE;
}

static int dump_stage(Arena *arena, const Dump *dump, const char *path,
                      LoadedPolicy *policy)
{
  FolderReader reader;
  FileReader files;
  CompileInput input;
  Buffer out = {.arena = arena};
  if (!policy_input(arena, path, &dump->load, policy, &reader, &files, &input))
    return EXIT_MACHINE;
  if (text_starts(reader.main_bytes, TEXT(IMAGE_MAGIC)))
    return options_misuse(&command_dump, "A compiled policy can only be shown "
                                         "with `--stage image`.");
  bool fine = compile_dump(arena, &input, (Stage)dump->stage,
                           &policy->sources, &policy->diagnostics, &out);
  print(&out);
  return fine ? EXIT_DONE : EXIT_FINDINGS;
}

static int run(Arena *arena, int argc, char **argv)
{
  Dump dump = {.stage = STAGE_IMAGE};
  const Option table[] = {
      {.name = "stage", .value = STAGES, .choice = &dump.stage,
       .help = "which stage"},
      POLICY_OPTIONS(dump.load, dump.color),
  };
  Words files;
  int status = options_read(arena, &command_dump, table, OPTION_COUNT(table),
                            argc, argv, &files);
  if (status != OPTIONS_FINE) return status;
  if (files.count != 1)
    return options_misuse(&command_dump, "One policy is shown at a time.");
  LoadedPolicy *policy = ARENA_NEW(arena, LoadedPolicy);
  status = dump.stage == STAGE_IMAGE
               ? dump_image(arena, &dump, files.at[0], policy)
               : dump_stage(arena, &dump, files.at[0], policy);
  report_text(arena, &policy->sources, &policy->diagnostics,
              report_color(dump.color, STDERR_FILENO));
  return status;
}

const Command command_dump = {
    "dump", "[OPTIONS] FILE",
    N_("show what a stage of the compiler makes"), NULL, run};

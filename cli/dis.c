/* `stile dis`: the code of a compiled policy, an instruction a line. */
#include <stdio.h>
#include <unistd.h>

#include "cli/options.h"
#include "cli/policy_load.h"
#include "cli/report.h"
#include "runtime/image_file.h"

static int run(Arena *arena, int argc, char **argv)
{
  LoadOptions load = {0};
  uint32_t color = COLOR_AUTO;
  const Option table[] = {
      POLICY_OPTIONS(load, color),
  };
  Words files;
  int status = options_read(arena, &command_dis, table, OPTION_COUNT(table),
                            argc, argv, &files);
  if (status != OPTIONS_FINE) return status;
  if (files.count != 1)
    return options_misuse(&command_dis, "One policy is shown at a time.");
  LoadedPolicy *policy = ARENA_NEW(arena, LoadedPolicy);
  Buffer out = {.arena = arena};
  status = policy_load(arena, files.at[0], &load, policy);
  report_text(arena, &policy->sources, &policy->diagnostics,
              report_color(color, STDERR_FILENO));
  if (status != EXIT_DONE) return status;
  image_disassemble(&out, &policy->image);
  if (out.length) fwrite(out.at, 1, out.length, stdout);
  return EXIT_DONE;
}

const Command command_dis = {
    "dis", "[OPTIONS] FILE.stilec",
    N_("show the code of a compiled policy"), NULL, run};

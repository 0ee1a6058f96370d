/* `stile build`: compiles a policy into an image file. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/file_write.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "cli/report.h"
#include "runtime/image_file.h"

/* The image without the places and texts of its source. */
static Text bytes_without_source(Arena *arena, const Image *image)
{
  Image bare = *image;
  Buffer out = {.arena = arena};
  bare.places.count = bare.files.count = bare.place_texts.count = 0;
  image_write(&out, &bare);
  return buffer_text(&out);
}

static int write_image(Arena *arena, const char *path, Text bytes)
{
  if (file_write(arena, path, bytes)) return EXIT_DONE;
  int reason = errno;
  Text name = utf8_safe(arena, text_of(path), false);
  fprintf(stderr, "stile: `%.*s` could not be written: %s.\n", TEXT_ARG(name),
          strerror(reason));
  return EXIT_MACHINE;
}

static int run(Arena *arena, int argc, char **argv)
{
  LoadOptions load = {.today = report_today()};
  const char *output = NULL;
  bool bare = false;
  uint32_t color = COLOR_AUTO;
  const Option table[] = {
      {.name = "output", .letter = 'o', .value = "OUT.stilec",
       .text = &output, .help = "where to write it; `-` is stdout"},
      {.name = "without-source", .flag = &bare,
       .help = "leave out the places and texts of the source"},
      POLICY_OPTIONS(load, color),
  };
  Words files;
  int status = options_read(arena, &command_build, table, OPTION_COUNT(table),
                            argc, argv, &files);
  if (status != OPTIONS_FINE) return status;
  if (files.count != 1)
    return options_misuse(&command_build, "One policy is built at a time.");
  if (!output)
    return options_misuse(&command_build, "Where is it to be written? "
                                          "Say `-o NAME.stilec`.");
  LoadedPolicy *policy = ARENA_NEW(arena, LoadedPolicy);
  status = policy_load(arena, files.at[0], &load, policy);
  report_text(arena, &policy->sources, &policy->diagnostics,
              report_color(color, STDERR_FILENO));
  if (status != EXIT_DONE) return status;
  return write_image(arena, output,
                     bare ? bytes_without_source(arena, &policy->image)
                          : policy->bytes);
}

const Command command_build = {
    "build", "[OPTIONS] FILE -o OUT.stilec",
    N_("compile a policy into one file"),
    N_(
    "The compiled file is used wherever a policy is; it is the same, byte for\n"
    "byte, whenever the same policy is compiled.\n"),
    run};

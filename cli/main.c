/* The program: finds the command and runs it in an arena of its own. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/language.h"
#include "cli/say.h"

/* By name. */
static const Command *const commands[] = {
    &command_ask,  &command_audit, &command_batch, &command_build,
    &command_check, &command_diff, &command_dis,   &command_dump,
    &command_help, &command_i18n,  &command_log,   &command_review,
    &command_test, NULL};

#define COMMAND_COUNT (sizeof commands / sizeof *commands - 1)

const Command *const *command_list(void)
{
  return commands;
}

const Command *command_find(const char *name)
{
  for (size_t i = 0; i < COMMAND_COUNT; i++)
    if (strcmp(commands[i]->name, name) == 0) return commands[i];
  return NULL;
}

static int unknown_command(Arena *arena, const char *name)
{
  Text names[COMMAND_COUNT];
  for (size_t i = 0; i < COMMAND_COUNT; i++)
    names[i] = text_of(commands[i]->name);
  Text safe = utf8_safe(arena, text_of(name), false);
  int near = text_nearest(text_of(name), names, COMMAND_COUNT);
  fputs("stile: ", stderr);
  if (near >= 0)
    say(stderr, "There is no command `%.*s`. Did you mean `%.*s`?",
        TEXT_ARG(safe), TEXT_ARG(names[near]));
  else
    say(stderr, "There is no command `%.*s`.", TEXT_ARG(safe));
  putc('\n', stderr);
  say(stderr, "Try `stile --help`.\n");
  return EXIT_USAGE;
}

static int run(Arena *arena, int argc, char **argv)
{
  const char *first = argc > 1 ? argv[1] : "--help";
  if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
    puts("stile " PACKAGE_VERSION);
    return EXIT_DONE;
  }
  if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0) {
    command_help.run(arena, 1, argv);
    return argc > 1 ? EXIT_DONE : EXIT_USAGE;
  }
  const Command *command = command_find(first);
  if (!command) return unknown_command(arena, first);
  return command->run(arena, argc - 1, argv + 1);
}

/* What was printed must have arrived. */
static int finish(int status)
{
  if (fflush(stdout) == 0 && !ferror(stdout)) return status;
  say(stderr, "stile: Not all of the output could be written: %s.\n",
      language_error(errno));
  return EXIT_MACHINE;
}

int main(int argc, char **argv)
{
  Arena arena;
  jmp_buf escape;
  arena_init(&arena, &memory_default, 0, &escape);
  arena.passing = true;
  if (setjmp(escape) != 0) {
    say(stderr, "stile: There is not enough memory for this.\n");
    return finish(EXIT_MACHINE);
  }
  int status = language_choose(&argc, argv);
  if (status < 0) status = run(&arena, argc, argv);
  arena_clear(&arena);
  return finish(status);
}

/* Options and arguments of a command line, by one table a command.
 *
 *   bool quiet = false;
 *   uint32_t format = 0;
 *   const Option table[] = {
 *     {.name = "format", .value = "text|json", .choice = &format,
 *      .help = "how to print it"},
 *     {.name = "quiet", .letter = 'q', .flag = &quiet, .help = "say less"},
 *   };
 *   Words files;
 *   int status = options_read(arena, &command_check, table,
 *                             OPTION_COUNT(table), argc, argv, &files);
 *   if (status != OPTIONS_FINE) return status;
 *
 * Options and arguments may be mixed; after `--` everything is an argument,
 * and `-` alone always is.  `-h` and `--help` need no row in the table.
 */
#ifndef STILE_CLI_OPTIONS_H
#define STILE_CLI_OPTIONS_H

#include "base/text.h"
#include "cli/command.h"

typedef struct Words {
  const char **at;
  uint32_t count;
} Words;

typedef struct Option {
  const char *name;  /* "format", given as --format VALUE or --format=VALUE */
  char letter;       /* 'o' for -o as well; 0 for none */
  const char *value; /* what the help calls the value: "FILE"; the choices as
                        "text|json"; NULL if it takes none */
  const char *help;  /* what it does, one line */
  /* Where it goes; exactly one is set. */
  bool *flag;        /* becomes true */
  const char **text; /* becomes the value; the last one given counts */
  uint32_t *choice;  /* becomes the number of the value among the choices */
  Words *words;      /* every value given, in order */
} Option;

/* What all commands that read a policy have: `load` a LoadOptions, `colour` a
 * number of COLOR_. */
#define POLICY_OPTIONS(load, colour)                                       \
  {.name = "root", .value = "FOLDER", .text = &(load).root,                \
   .help = "the folder that `use` may read from"},                         \
  {.name = "color", .value = "auto|always|never", .choice = &(colour),     \
   .help = "when to use colour"}

#define OPTION_COUNT(table) ((uint32_t)(sizeof(table) / sizeof *(table)))
#define OPTIONS_FINE (-1)

/* Reads argv[1] and after.  Returns OPTIONS_FINE, or the exit status where the
 * help was asked for (and printed) or the use is wrong (and was told to
 * stderr).  `arguments` borrows from argv. */
int options_read(Arena *arena, const Command *command, const Option *table,
                 uint32_t count, int argc, char **argv, Words *arguments);

/* Tells wrong use of a command to stderr, with where to look; EXIT_USAGE. */
int options_misuse(const Command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

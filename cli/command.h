/* The commands of the program: one file each, found by name in main.c. */
#ifndef STILE_CLI_COMMAND_H
#define STILE_CLI_COMMAND_H

#include "base/arena.h"
#include "base/speech.h"

/* What the program's exit status says. */
enum {
  EXIT_DONE = 0,     /* done: an answer of any kind is done */
  EXIT_FINDINGS = 1, /* errors in a policy, a test that failed */
  EXIT_USAGE = 2,    /* the command was not used as it is meant */
  EXIT_MISFIT = 3,   /* a situation that does not fit the policy */
  EXIT_MACHINE = 4   /* a file, memory or disk failed */
};

typedef struct Command {
  const char *name;    /* "check" */
  const char *usage;   /* what follows the name: "FILE..." */
  const char *summary; /* one line, for `stile --help` */
  const char *details; /* lines for `stile check --help`; NULL for none */
  /* Runs it.  argv[0] is the command's name.  Everything it makes lives in
   * `arena`; if memory ends, main reports it.  Returns the exit status. */
  int (*run)(Arena *arena, int argc, char **argv);
} Command;

extern const Command command_ask;
extern const Command command_audit;
extern const Command command_batch;
extern const Command command_build;
extern const Command command_check;
extern const Command command_diff;
extern const Command command_dis;
extern const Command command_dump;
extern const Command command_help;
extern const Command command_i18n;
extern const Command command_log;
extern const Command command_review;
extern const Command command_test;

/* The command of that name; NULL if there is none. */
const Command *command_find(const char *name);
/* Every command, by name; the last is NULL. */
const Command *const *command_list(void);

#endif

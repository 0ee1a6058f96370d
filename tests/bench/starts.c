/* How long whole processes take: starts each command in turn, so that what else
 * the machine does falls on all of them alike.
 *
 *   starts TIMES COMMAND... [--- COMMAND...]...
 *
 * For each command the least, the middle and the middle of the processor's own
 * time, in microseconds.  What a command prints is thrown away.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS_MOST = 16, TIMES_MOST = 2000 };

extern char **environ;

typedef struct Command {
  char **words;
  int64_t took[TIMES_MOST], used[TIMES_MOST]; /* microseconds */
} Command;

static Command commands[COMMANDS_MOST];

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * INT64_C(1000000) + time.tv_nsec / 1000;
}

static int64_t micros(struct timeval time) {
  return time.tv_sec * INT64_C(1000000) + time.tv_usec;
}

static int compare(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int run(Command *command, int turn) {
  posix_spawn_file_actions_t files;
  struct rusage usage;
  pid_t process;
  int status;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  int64_t start = now();
  int error = posix_spawnp(&process, command->words[0], &files, NULL,
                           command->words, environ);
  posix_spawn_file_actions_destroy(&files);
  if (error || wait4(process, &status, 0, &usage) < 0) return 0;
  command->took[turn] = now() - start;
  command->used[turn] = micros(usage.ru_utime) + micros(usage.ru_stime);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Cuts the words at each `---`. */
static int read_commands(char **words) {
  int count = 0;
  while (*words && count < COMMANDS_MOST) {
    commands[count++].words = words;
    while (*words && strcmp(*words, "---") != 0) words++;
    if (*words) *words++ = NULL;
  }
  return count;
}

static void print(Command *command, int times) {
  size_t count = (size_t)times, size = sizeof(int64_t);
  qsort(command->took, count, size, compare);
  qsort(command->used, count, size, compare);
  printf("%8lld %8lld %8lld ", (long long)command->took[0],
         (long long)command->took[times / 2],
         (long long)command->used[times / 2]);
  for (char **word = command->words; *word; word++) printf(" %s", *word);
  putchar('\n');
}

int main(int argc, char **argv) {
  int times = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 0;
  if (times < 1 || times > TIMES_MOST) return 2;
  int count = read_commands(argv + 2);
  for (int turn = 0; turn < times; turn++)
    for (int i = 0; i < count; i++)
      if (!run(&commands[i], turn)) {
        fprintf(stderr, "%s failed\n", commands[i].words[0]);
        return 1;
      }
  puts("   least   middle processor");
  for (int i = 0; i < count; i++) print(&commands[i], times);
  return 0;
}

#include "cli/audit_bounds.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PROGRESS_WIDTH 40

/* Set by the signal alone. */
static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
  (void)number;
  interrupted = 1;
}

/* ------------------------------------------------------------------ reading */

/* Digits up to the end or `rest`; false if there are none or too many. */
static bool read_number(const char *text, uint64_t *number, const char **rest)
{
  uint32_t digits = 0;
  *number = 0;
  for (; text[digits] >= '0' && text[digits] <= '9'; digits++)
    *number = *number * 10 + (uint64_t)(text[digits] - '0');
  *rest = text + digits;
  return digits > 0 && digits <= 15;
}

static bool read_within(const char *text, int64_t *milliseconds)
{
  static const struct { const char *name; int64_t size; } units[] = {
    {"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}};
  uint64_t number;
  const char *unit;
  if (!read_number(text, &number, &unit) || number > 1000000) return false;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (strcmp(unit, units[i].name) == 0) {
      *milliseconds = (int64_t)number * units[i].size;
      return number > 0;
    }
  return false;
}

const char *bounds_read(Bounds *bounds, AuditOptions *options)
{
  uint64_t number = AUDIT_MEMORY_MOST;
  const char *rest;
  if (bounds->within && !read_within(bounds->within, &bounds->until))
    return "`--within` needs a time, like 10s, 500ms or 2m.";
  if (bounds->steps && (!read_number(bounds->steps, &options->steps_most,
                                     &rest) ||
                        *rest || options->steps_most == 0))
    return "`--steps` needs a number, like 5000000.";
  if (bounds->memory && (!read_number(bounds->memory, &number, &rest) ||
                         *rest || number == 0 || number > 1000000))
    return "`--memory` needs a number of megabytes, like 500.";
  bounds->bytes_most = (size_t)number << 20;
  return NULL;
}

/* ------------------------------------------------------------------ running */

static int64_t now(void)
{
  struct timespec time;
  if (clock_gettime(CLOCK_MONOTONIC, &time) != 0) return 0;
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* A fifth of the memory is kept for the report. */
static bool has_ended(void *context)
{
  Bounds *bounds = context;
  if (bounds->ended) return true;
  if (interrupted)
    bounds->ended = "interrupt";
  else if (bounds->until && now() >= bounds->until)
    bounds->ended = "time";
  else if ((bounds->arena->total + bounds->scratch.total) / 4 >
           bounds->bytes_most / 5)
    bounds->ended = "memory";
  return bounds->ended != NULL;
}

static void show(void *context, const char *what, uint32_t done, uint32_t of)
{
  const Bounds *bounds = context;
  if (bounds->shows) fprintf(stderr, "\r%s: %u of %u   ", what, done, of);
}

void bounds_start(Bounds *bounds, Arena *arena, AuditOptions *options)
{
  struct sigaction action = {.sa_handler = on_interrupt,
                             .sa_flags = (int)SA_RESETHAND};
  const char *term = getenv("TERM");
  bounds->arena = arena;
  arena_init(&bounds->scratch, arena->memory, bounds->bytes_most,
             arena->escape);
  if (bounds->until) bounds->until += now();
  bounds->shows = isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
  interrupted = 0;
  sigaction(SIGINT, &action, NULL);
  options->scratch = &bounds->scratch;
  options->stop = has_ended;
  options->progress = show;
  options->context = bounds;
}

void bounds_run(Bounds *bounds, void (*work)(void *), void *context)
{
  Arena *arena = bounds->arena;
  jmp_buf *before = arena->escape, escape;
  arena->limit = bounds->bytes_most;
  arena->escape = bounds->scratch.escape = &escape;
  if (setjmp(escape) == 0)
    work(context);
  else
    bounds->ended = "memory";
  arena->limit = bounds->scratch.limit = 0;
  arena->escape = bounds->scratch.escape = before;
}

void bounds_finish(Bounds *bounds)
{
  struct sigaction action = {.sa_handler = SIG_DFL};
  sigaction(SIGINT, &action, NULL);
  if (interrupted && !bounds->ended) bounds->ended = "interrupt";
  if (bounds->shows) fprintf(stderr, "\r%*s\r", PROGRESS_WIDTH, "");
}

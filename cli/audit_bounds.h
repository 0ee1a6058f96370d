/* What bounds an audit: time, steps and memory, and Ctrl-C.  What was known by
 * then is still told. */
#ifndef STILE_CLI_AUDIT_BOUNDS_H
#define STILE_CLI_AUDIT_BOUNDS_H

#include "audit/audit.h"

#define AUDIT_MEMORY_MOST 2048 /* megabytes, if --memory does not say */

typedef struct Bounds {
  const char *within, *steps, *memory; /* as typed; NULL: not */
  Arena *arena;       /* of the work */
  Arena scratch;      /* what one question needs; cleared by the owner */
  size_t bytes_most;  /* of both together */
  int64_t until;      /* milliseconds of the steady clock; 0: no bound */
  bool shows;         /* progress, on the terminal */
  const char *ended;  /* "time", "memory", "interrupt"; NULL: not ended */
} Bounds;

/* Rows for the table of options. */
#define BOUNDS_OPTIONS(bounds)                                               \
  {.name = "within", .value = "TIME", .text = &(bounds).within,              \
   .help = "end by then, with what is known: 10s, 500ms, 2m"},               \
  {.name = "steps", .value = "N", .text = &(bounds).steps,                   \
   .help = "how much to look at for one question; 5000000 if not said"},     \
  {.name = "memory", .value = "MEGABYTES", .text = &(bounds).memory,         \
   .help = "end when so much is used, with what is known; 2048 if not said"}

/* Reads what was typed: "10s", "500ms", "2m"; a number of steps; megabytes.
 * Returns what is wrong with it as a sentence; NULL if nothing. */
const char *bounds_read(Bounds *bounds, AuditOptions *options);
/* Starts the clock, listens to Ctrl-C, and puts itself into the options. */
void bounds_start(Bounds *bounds, Arena *arena, AuditOptions *options);
/* Does work that takes memory.  Where that ends, the work ends there, and what
 * it had put down by then stays. */
void bounds_run(Bounds *bounds, void (*work)(void *), void *context);
/* Takes the progress from the terminal; Ctrl-C ends the program again. */
void bounds_finish(Bounds *bounds);

#endif

/* What bounds an audit: time, steps and memory, and Ctrl-C.  What was known by
 * then is still told. */
#ifndef STILE_CLI_AUDIT_BOUNDS_H
#define STILE_CLI_AUDIT_BOUNDS_H

#include "audit/audit.h"

#define AUDIT_MEMORY_MOST 2048 /* megabytes, if --memory does not say */

typedef struct Bounds {
  const char *within, *steps, *memory; /* as typed; NULL: not */
  Arena *arena, *scratch; /* whose memory counts */
  size_t bytes_most;
  int64_t until;      /* milliseconds of the steady clock; 0: no bound */
  bool shows;         /* progress, on the terminal */
  const char *ended;  /* "time", "memory", "interrupt"; NULL: not ended */
} Bounds;

/* Reads what was typed: "10s", "500ms", "2m"; a number of steps; megabytes.
 * Returns what is wrong with it as a sentence; NULL if nothing. */
const char *bounds_read(Bounds *bounds, AuditOptions *options);
/* Starts the clock, listens to Ctrl-C, and puts itself into the options. */
void bounds_start(Bounds *bounds, Arena *arena, AuditOptions *options);
/* Takes the progress from the terminal; Ctrl-C ends the program again. */
void bounds_finish(Bounds *bounds);

#endif

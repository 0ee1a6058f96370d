/* Every answer of a log, one after the other. */
#ifndef STILE_CLI_LOG_VISIT_H
#define STILE_CLI_LOG_VISIT_H

#include "cli/log.h"

/* An answer that was kept; lives in log->arena until the visit ends.  An entry
 * without its key has been erased. */
typedef void LogVisit(Log *log, const LogEntry *entry, void *context);

/* Shows every answer of the log at `path`, oldest first.  What is wrong with
 * the log is told; returns the exit status. */
int log_visit_asked(Arena *arena, const char *path, LogVisit *visit,
                    void *context);

#endif

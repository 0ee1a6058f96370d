/* Every answer of a log, one after the other. */
#include "cli/log_visit.h"
#include "cli/wording.h"

/* Each entry has an arena of its own, so that memory stays flat. */
static bool visit_entry(Log *log, uint64_t id, LogVisit *visit, void *context)
{
  Arena scratch, *own = log->arena;
  jmp_buf escape;
  LogEntry entry;
  arena_init(&scratch, &memory_default, 0, &escape);
  if (setjmp(escape) != 0) {
    arena_clear(&scratch);
    return false;
  }
  log->arena = &scratch;
  if (log_find(&log->store, &scratch, id, &entry)) {
    if (log_is(&entry, "asked")) visit(log, &entry, context);
    log_entry_clear(&entry);
  }
  log->arena = own;
  arena_clear(&scratch);
  return true;
}

int log_visit_asked(Arena *arena, const char *path, LogVisit *visit,
                    void *context)
{
  Log *log = ARENA_NEW(arena, Log);
  log->arena = arena;
  log->path = path;
  log->diagnostics.arena = arena;
  log->diagnostics.speech = wording_speech();
  int status = log_open_told(log, false);
  if (status != EXIT_DONE) return status;
  uint64_t last = log_last(&log->store);
  for (uint64_t id = 1; id <= last; id++)
    if (!visit_entry(log, id, visit, context)) arena_escape(arena);
  log_close(&log->store);
  return EXIT_DONE;
}

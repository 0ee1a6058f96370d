#include "cli/review_log.h"
#include "cli/wording.h"

static Text own_text(Log *log, const json_t *json, const char *key)
{
  Text text = log_text(json, key);
  return text_is_none(text) ? text : text_copy(log->arena, text);
}

/* Every decision on the entry, in the order in which they were kept. */
static void read_decisions(Log *log, uint64_t id, KeptDecisions *decisions)
{
  uint64_t next = id;
  while ((next = log_next_about(&log->store, id, next))) {
    LogEntry entry;
    if (!log_find(&log->store, log->arena, next, &entry)) continue;
    json_t *json = log_is(&entry, "decided")
                       ? log_part_json(log, &entry, "decision")
                       : NULL;
    if (json)
      VEC_PUSH(log->arena, decisions,
               ((KeptDecision){own_text(log, json, "did"),
                               own_text(log, json, "because")}));
    json_decref(json);
    log_entry_clear(&entry);
  }
}

static int tell(Log *log, const char *what)
{
  diagnostic_error(&log->diagnostics, E_LOG_NO_ENTRY, (Span){0}, "%s", what);
  return log_tell(log, EXIT_FINDINGS);
}

/* The policy of that day, and what it said. */
static int read_then(Log *log, const LogEntry *entry, Kept *kept)
{
  Lines none = {0};
  if (!log_is(entry, "asked"))
    return tell(log, N_("This entry is not an answer that was kept."));
  if (!entry->has_key) return tell(log, N_("This entry has been erased."));
  if (!log_load_image(log, entry, &kept->image) ||
      !log_situation(log, entry, &kept->image, &none, &kept->then))
    return tell(log,
                N_("The policy that was asked is not sound in the log."));
  answer_make(log->arena, &kept->image, &kept->then,
              log_number(entry->json, "work"), &kept->answer);
  return EXIT_DONE;
}

/* The same facts for today's policy, as something that has happened. */
static int read_now(Log *log, const LogEntry *entry, const Image *image,
                    Kept *kept)
{
  if (!log_situation(log, entry, image, &kept->left_out, &kept->now))
    return tell(log, N_("Today's policy has no such boundary."));
  kept->now.tense = TENSE_HAPPENED;
  return EXIT_DONE;
}

static int read_kept(Log *log, const KeptWish *wish, const Image *image,
                     Kept *kept)
{
  LogEntry entry;
  uint64_t id;
  if (!log_read_number(log, wish->id, &id)) return EXIT_USAGE;
  int status = log_open_told(log, false);
  if (status == EXIT_DONE) status = log_find_told(log, id, &entry);
  if (status != EXIT_DONE) return status;
  status = read_then(log, &entry, kept);
  log->as_of = wish->as_of;
  if (status == EXIT_DONE) status = read_now(log, &entry, image, kept);
  log_entry_clear(&entry);
  if (status == EXIT_DONE) read_decisions(log, id, &kept->decisions);
  return status;
}

int review_from_log(Arena *arena, const KeptWish *wish, const Image *image,
                    Kept *kept)
{
  Log *log = ARENA_NEW(arena, Log);
  log->arena = log->diagnostics.arena = arena;
  log->diagnostics.speech = wording_speech();
  log->path = wish->path;
  log->format = wish->format;
  log->color = wish->color;
  log->store.mask = 077;
  *kept = (Kept){0};
  int status = read_kept(log, wish, image, kept);
  if (log->store.db) log_close(&log->store);
  return status;
}

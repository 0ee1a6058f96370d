/* `stile log forget` and `stile log retain`: destroying keys. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/log.h"

typedef struct Erase {
  Log *log;
  Vec(uint64_t) entries;
} Erase;

static int by_number(const void *a, const void *b)
{
  uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
  return (one > other) - (one < other);
}

/* Was it decided on one of those chosen already?  They come in order. */
static bool decided_on_chosen(const Erase *erase, const LogEntry *entry)
{
  uint64_t about = log_number(entry->json, "about");
  return log_is(entry, "decided") && erase->entries.count &&
         bsearch(&about, erase->entries.at, erase->entries.count,
                 sizeof about, by_number);
}

/* Walks all entries with a key; `chosen` picks. */
static bool choose(Erase *erase,
                   bool (*chosen)(const Erase *, const LogEntry *, void *),
                   void *context)
{
  LogStore *store = &erase->log->store;
  sqlite3_stmt *rows = NULL;
  int code;
  if (sqlite.prepare_v2(store->db, "SELECT entry FROM keys.key ORDER BY 1",
                         -1, &rows, NULL) != SQLITE_OK)
    return log_failed(store);
  while ((code = sqlite.step(rows)) == SQLITE_ROW) {
    LogEntry entry;
    uint64_t id = (uint64_t)sqlite.column_int64(rows, 0);
    if (!log_find(store, erase->log->arena, id, &entry)) continue;
    if (chosen(erase, &entry, context) || decided_on_chosen(erase, &entry))
      VEC_PUSH(erase->log->arena, &erase->entries, id);
    log_entry_clear(&entry);
  }
  sqlite.finalize(rows);
  return code == SQLITE_DONE || log_failed(store);
}

/* --------------------------------------------------------------- erasing */

/* The log says itself what was erased, so that nobody takes it for a
 * change. */
static bool add_record(Erase *erase)
{
  LogStore *store = &erase->log->store;
  json_t *body = json_object(), *list = json_array();
  uint64_t id;
  Text now = log_now(erase->log->arena);
  for (uint32_t i = 0; i < erase->entries.count; i++)
    json_array_append_new(
        list, json_integer((json_int_t)erase->entries.at[i]));
  json_object_set_new(body, "kind", json_string("forgot"));
  json_object_set_new(body, "time", json_stringn(now.at, now.length));
  json_object_set_new(body, "entries", list);
  bool fine = log_append(store, body, NULL, 0, 0, &id);
  json_decref(body);
  return fine;
}

static bool destroy_all(Erase *erase)
{
  LogStore *store = &erase->log->store;
  for (uint32_t i = 0; i < erase->entries.count; i++)
    if (!log_destroy(store, erase->entries.at[i])) return false;
  return log_drop_subjects(store) && add_record(erase);
}

/* Within a transaction; ends it. */
static int finish(Erase *erase)
{
  Log *log = erase->log;
  if (!destroy_all(erase) || !log_commit(&log->store)) {
    Text why = log->store.why;
    log_cancel(&log->store);
    log->store.why = why;
    return log_tell_store(log);
  }
  if (!log_tidy(&log->store)) {
    log_say(log, stderr, WORDING_LOG_TRACES, TEXT_NONE);
    return log_tell_store(log);
  }
  uint32_t count = erase->entries.count;
  log_say(log, stdout,
          count == 1 ? WORDING_LOG_GONE_ONE
                     : WORDING_LOG_GONE,
          text_format(log->arena, "%u", count));
  return EXIT_DONE;
}

/* Opens and begins; EXIT_DONE or a status that was told. */
static int start(Log *log)
{
  int status = log_open_told(log, true);
  if (status != EXIT_DONE) return status;
  return log_begin(&log->store) ? EXIT_DONE : log_tell_store(log);
}

/* ---------------------------------------------------------------- forget */

static bool of_subject(const Erase *erase, const LogEntry *entry,
                       void *context)
{
  return log_subject_of(&erase->log->store, entry->id) ==
         *(int64_t *)context;
}

static bool of_number(const Erase *erase, const LogEntry *entry,
                      void *context)
{
  (void)erase;
  return entry->id == *(uint64_t *)context;
}

static int tell_nobody(Log *log, const char *name)
{
  diagnostic_error(&log->diagnostics, E_LOG_NO_ENTRY, (Span){0},
                   "Nothing is kept of `%s` in this log.", name);
  log_cancel(&log->store);
  return log_tell(log, EXIT_FINDINGS);
}

int log_forget(Log *log)
{
  Erase erase = {.log = log};
  uint64_t id = 0;
  int64_t subject = 0;
  if (log->words.count != (log->entry ? 0 : 1))
    return options_misuse(&command_log, "Say whom to forget, by the name that "
                          "was given with `--subject`, or `--entry ID`.");
  if (log->entry && !log_read_number(log, log->entry, &id)) return EXIT_USAGE;
  int status = start(log);
  if (status != EXIT_DONE) return status;
  const char *name = log->entry ? log->entry : log->words.at[0];
  if (!log->entry)
    subject = log_subject(&log->store, utf8_nfc(log->arena, text_of(name)));
  bool fine = log->entry ? choose(&erase, of_number, &id)
                         : choose(&erase, of_subject, &subject);
  if (!fine) return log_tell_store(log);
  if (!erase.entries.count || (!log->entry && !subject))
    return tell_nobody(log, name);
  return finish(&erase);
}

/* ---------------------------------------------------------------- retain */

static bool older(const Erase *erase, const LogEntry *entry, void *context)
{
  (void)erase;
  Day day;
  Text time = log_text(entry->json, "time");
  if (time.length < 10 || !day_read((Text){time.at, 10}, &day)) return false;
  return day < *(Day *)context;
}

/* "6 months" before today. */
static bool read_since(const char *words, Day *since)
{
  Text text = text_of(words);
  const char *blank = strchr(words, ' ');
  int64_t number, amount;
  if (!blank) return false;
  uint32_t at = (uint32_t)(blank - words);
  Unit unit = unit_find((Text){words + at + 1, text.length - at - 1});
  if (unit == UNIT_NONE ||
      number_read((Text){words, at}, &number) != NUMBER_FINE || number < 0 ||
      !duration_make(number, unit, &amount))
    return false;
  *since = unit_family(unit) == FAMILY_MONTHS
               ? day_add_months(report_today(), -amount)
               : day_add_days(report_today(), -(amount / (24 * 60)));
  return true;
}

int log_retain(Log *log)
{
  Erase erase = {.log = log};
  Day since;
  if (log->words.count || !log->older || !read_since(log->older, &since))
    return options_misuse(&command_log, "Say how long entries are kept, like "
                                        "`--older-than \"6 months\"`.");
  int status = start(log);
  if (status != EXIT_DONE) return status;
  if (!choose(&erase, older, &since)) return log_tell_store(log);
  if (erase.entries.count) return finish(&erase);
  log_cancel(&log->store);
  log_say(log, stdout, WORDING_LOG_NONE_OLD, TEXT_NONE);
  return EXIT_DONE;
}

/* `stile log`: reading, deciding on, proving and erasing what was kept. */
#include "cli/log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/wrap.h"
#include "cli/language.h"
#include "cli/wording.h"

typedef struct Part {
  const char *name;
  int (*run)(Log *log);
} Part;

static const Part parts[] = {
  {"checkpoint", log_checkpoint}, {"decide", log_decide},
  {"export", log_export}, {"forget", log_forget}, {"list", log_list},
  {"replay", log_replay}, {"retain", log_retain}, {"show", log_show},
  {"verify", log_verify},
};

#define PART_COUNT (sizeof parts / sizeof *parts)

/* --------------------------------------------------------- what is wrong */

int log_tell(Log *log, int status)
{
  report_print(log->arena, &log->sources, &log->diagnostics, log->format == 1,
               report_color(log->color, STDERR_FILENO));
  return status;
}

static const char *help_for(LogFault fault)
{
  if (fault == LOG_FOREIGN)
    return N_("Nothing was changed in it. Check the name of the log.");
  if (fault == LOG_UNREACHED)
    return N_("Check the name and where the file is.");
  return N_("What was kept before is still there. Try again, or use another "
            "place for the log.");
}

void log_store_wrong(const LogStore *store, const char *path, bool writing,
                     Diagnostics *diagnostics)
{
  uint16_t code = store->fault == LOG_FOREIGN ? E_LOG_FOREIGN
                  : writing                   ? E_LOG_NOT_KEPT
                                              : E_LOG_UNREACHED;
  Diagnostic *one = diagnostic_error(
      diagnostics, code, (Span){0},
      writing ? N_("This was not kept in the log `%s`: %.*s.")
              : N_("The log `%s` cannot be used: %.*s."),
      path, TEXT_ARG(store->why));
  diagnostic_help(diagnostics, one, "%s", help_for(store->fault));
}

int log_tell_store(Log *log)
{
  log_store_wrong(&log->store, log->path, false, &log->diagnostics);
  return log_tell(log, EXIT_MACHINE);
}

int log_open_told(Log *log, bool make)
{
  /* Only `stile ask` starts a log. */
  if (make && access(log->path, F_OK) != 0) make = false;
  if (log_open(log->arena, log->path, make, &log->store)) return EXIT_DONE;
  return log_tell_store(log);
}

void log_say(Log *log, FILE *out, Wording words, Text one)
{
  Buffer lines = {.arena = log->arena};
  wrap_put(&lines, wording_fill(log->arena, words, one, TEXT_NONE), 0, 0,
           WRAP_WIDTH);
  fprintf(out, "%.*s\n", TEXT_ARG(buffer_text(&lines)));
}

bool log_read_number(Log *log, const char *word, uint64_t *id)
{
  int64_t number;
  bool fine = number_read(text_of(word), &number) == NUMBER_FINE &&
              number >= NUMBER_ONE && number % NUMBER_ONE == 0;
  if (fine) *id = (uint64_t)(number / NUMBER_ONE);
  else
    options_misuse(&command_log, "The number of an entry is needed, like 3, "
                                 "as `stile log list` shows it.");
  (void)log;
  return fine;
}

int log_find_told(Log *log, uint64_t id, LogEntry *entry)
{
  if (log_find(&log->store, log->arena, id, entry)) return EXIT_DONE;
  if (log->store.fault != LOG_FINE) return log_tell_store(log);
  Diagnostic *one = diagnostic_error(
      &log->diagnostics, E_LOG_NO_ENTRY, (Span){0},
      "There is no entry %llu in this log.", (unsigned long long)id);
  diagnostic_help(&log->diagnostics, one,
                  "`stile log list` shows the entries that there are.");
  return log_tell(log, EXIT_FINDINGS);
}

bool log_is(const LogEntry *entry, const char *kind)
{
  Text is = log_text(entry->json, "kind");
  return !text_is_none(is) && text_equal(is, text_of(kind));
}

json_t *log_part_json(Log *log, const LogEntry *entry, const char *name)
{
  Text plain;
  if (log_part(&log->store, log->arena, entry, name, &plain) !=
      LOG_PART_FINE)
    return NULL;
  return json_loadb(plain.at, plain.length, 0, NULL);
}

/* ------------------------------------------------------------ the command */

static const Part *find_part(const char *name)
{
  for (size_t i = 0; i < PART_COUNT; i++)
    if (strcmp(parts[i].name, name) == 0) return &parts[i];
  return NULL;
}

static int unknown_part(Log *log, const char *name)
{
  Text names[PART_COUNT];
  for (size_t i = 0; i < PART_COUNT; i++) names[i] = text_of(parts[i].name);
  int near = text_nearest(text_of(name), names, PART_COUNT);
  Text safe = utf8_safe(log->arena, text_of(name), false);
  if (near < 0)
    return options_misuse(&command_log, "`stile log` has no `%.*s`.",
                          TEXT_ARG(safe));
  return options_misuse(&command_log,
                        "`stile log` has no `%.*s`. Did you mean `%.*s`?",
                        TEXT_ARG(safe), TEXT_ARG(names[near]));
}

static bool is_fine(const char *text)
{
  uint32_t at;
  return !text || utf8_check(text_of(text), &at) == UTF8_FINE;
}

static int run_part(Log *log)
{
  if (!log->words.count)
    return options_misuse(&command_log, "What is to be done with the log?");
  const Part *part = find_part(log->words.at[0]);
  if (!part) return unknown_part(log, log->words.at[0]);
  if (!log->path)
    return options_misuse(&command_log, "Which log? Say `--log FILE`.");
  bool fine = is_fine(log->did) && is_fine(log->because) &&
              is_fine(log->subject);
  for (uint32_t i = 0; i < log->words.count; i++)
    fine = fine && is_fine(log->words.at[i]);
  if (!fine)
    return options_misuse(&command_log, "The words hold letters that are not "
                                        "UTF-8, or hidden ones.");
  log->words.at++;
  log->words.count--;
  log->store.mask = 077;
  int status = part->run(log);
  if (log->store.db) log_close(&log->store);
  return status;
}

static int run(Arena *arena, int argc, char **argv)
{
  Log *log = ARENA_NEW(arena, Log);
  const Option table[] = {
    {.name = "log", .value = "FILE", .text = &log->path, .help = "the log"},
    {.name = "did", .value = "TEXT", .text = &log->did,
     .help = "decide: what you decided to do"},
    {.name = "because", .value = "TEXT", .text = &log->because,
     .help = "decide: why"},
    {.name = "subject", .value = "NAME", .text = &log->subject,
     .help = "list: only what is about this person"},
    {.name = "entry", .value = "ID", .text = &log->entry,
     .help = "forget: one entry, with what was decided on it"},
    {.name = "older-than", .value = "TIME", .text = &log->older,
     .help = "retain: erase what is older, like \"6 months\""},
    {.name = "key", .value = "FILE", .text = &log->key,
     .help = "checkpoint, verify: the signing key, else LOG-sign"},
    {.name = "against", .value = "CHECKPOINT", .text = &log->against,
     .help = "verify: a checkpoint that was put elsewhere"},
    {.name = "as-of", .value = "DATE", .text = &log->as_of,
     .help = "replay: the day to ask today's policy about"},
    {.name = "texts", .value = "FILE.po", .text = &log->texts,
     .help = "show, export, replay: the policy's words in another language"},
    {.name = "format", .value = "text|json", .choice = &log->format,
     .help = "how to print it"},
    POLICY_OPTIONS(log->load, log->color),
  };
  log->arena = log->lasting = log->diagnostics.arena = arena;
  int status = options_read(arena, &command_log, table, OPTION_COUNT(table),
                            argc, argv, &log->words);
  log->diagnostics.speech = wording_speech();
  return status == OPTIONS_FINE ? run_part(log) : status;
}

const Command command_log = {
  "log", "COMMAND --log FILE [OPTIONS] [ID|NAME]",
  N_("read, decide on, prove and erase what was kept"),
  N_(
  "`stile ask --log FILE` keeps an answer; nothing is kept without it.\n\n"
  "  list              what was kept\n"
  "  show ID           one entry in full\n"
  "  decide ID         keep what you decided to do, and why\n"
  "  replay ID [POLICY]  ask again: the policy of that day, and today's\n"
  "  export NAME       all that is kept of a person, in plain words\n"
  "  forget NAME       erase all that is kept of a person\n"
  "  retain            erase what is older than a time\n"
  "  checkpoint        print a signed line of the state, to put elsewhere\n"
  "  verify            look for changes made behind the log's back\n\n"
  "Exit status: 0 done, 1 something was found or there is no such entry, 2\n"
  "wrong use, 4 the log could not be read or written.\n"),
  run};

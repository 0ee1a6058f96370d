/* `stile log`: what was kept of answers, and only because it was asked for. */
#ifndef STILE_CLI_LOG_H
#define STILE_CLI_LOG_H

#include <stdio.h>

#include "cli/answer_text.h"
#include "cli/log_store.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "cli/report.h"
#include "cli/wording.h"

/* The codes of what can be wrong with a log, each with a page. */
enum {
  E_LOG_UNREACHED = 701, /* it cannot be opened */
  E_LOG_FOREIGN = 702,   /* no log, or one from another version */
  E_LOG_NOT_KEPT = 703,  /* nothing could be written */
  E_LOG_NO_ENTRY = 704,  /* there is no such entry or person in it */
  E_LOG_KEY = 705        /* the key or the checkpoint cannot be used */
};

/* What `stile ask` is asked to keep. */
typedef struct LogWish {
  const char *path;    /* NULL: nothing is kept */
  const char *subject; /* whom it is about; NULL if not said */
  bool notes;          /* title and intention too */
} LogWish;

/* Keeps an answer before it is printed.  `image` is the policy as bytes, `work`
 * the budget asked with.  False with a diagnostic: it was not kept. */
bool log_keep(const View *view, const LogWish *wish, Text image,
              uint64_t work, Diagnostics *diagnostics);

/* One run of the command. */
typedef struct LogPolicy LogPolicy;

typedef struct Log {
  Arena *arena;
  const char *path, *subject, *entry; /* --log, --subject, --entry */
  const char *did, *because, *older, *key, *against, *as_of, *texts;
  LogPolicy *policy; /* the last one */
  Arena *lasting;    /* what is kept from entry to entry */
  LoadOptions load;
  uint32_t format, color;
  Words words; /* what follows the name of the subcommand */
  LogStore store;
  Sources sources;
  Diagnostics diagnostics;
} Log;

/* Tells the diagnostics so far; returns `status`. */
int log_tell(Log *log, int status);
/* Prints words with {1} filled in, on lines of their own. */
void log_say(Log *log, FILE *out, Wording words, Text one);
/* Tells why the store failed; EXIT_MACHINE. */
int log_tell_store(Log *log);
/* The diagnostic for the store's last failure. */
void log_store_wrong(const LogStore *store, const char *path, bool writing,
                     Diagnostics *diagnostics);
/* Opens the log; EXIT_DONE, or a status that was told. */
int log_open_told(Log *log, bool make);
/* Reads the number of an entry; false if that was told. */
bool log_read_number(Log *log, const char *word, uint64_t *id);
/* Finds an entry of that number; EXIT_DONE, or a status that was told. */
int log_find_told(Log *log, uint64_t id, LogEntry *entry);
bool log_is(const LogEntry *entry, const char *kind);
/* A part as JSON; NULL if it cannot be read. */
json_t *log_part_json(Log *log, const LogEntry *entry, const char *name);

/* The facts that were given and that the rules of this boundary read, as they
 * were written; what no rule reads is not kept. */
json_t *log_facts_json(const View *view);
/* The policy that an entry was asked of; false if it is not sound. */
bool log_load_image(Log *log, const LogEntry *entry, Image *image);

/* The policies of entries, each loaded once as long as they are the same. */
struct LogPolicy {
  Text hash;    /* of its image; none: nothing is loaded */
  bool sound;
  Image own;    /* in its own words */
  Image spoken; /* in the language that is spoken, with --texts */
};

/* The policy of an entry; NULL if it is not sound. */
const LogPolicy *log_policy(Log *log, const LogEntry *entry);
/* A reason or duty that a rule gave, in the language that is spoken. */
Text log_rule_words(const LogPolicy *policy, Text rule, Text text);

/* The situation that an entry was asked about, as a policy's: what no longer
 * fits it is left out, and told in `left_out`.  False if the policy has no such
 * boundary. */
bool log_situation(Log *log, const LogEntry *entry, const Image *image,
                   Lines *left_out, Situation *situation);

/* The subcommands. */
int log_decide(Log *log);
int log_list(Log *log);
int log_show(Log *log);
int log_export(Log *log);
int log_replay(Log *log);
int log_checkpoint(Log *log);
int log_verify(Log *log);
int log_forget(Log *log);
int log_retain(Log *log);

#endif

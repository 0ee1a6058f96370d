/* The store of a log: an SQLite file with the entries, and a second one,
 * FILE-keys, with the keys to what is sensitive in them.
 *
 * docs/log-format.md tells what stands where.  One writer at a time; what is
 * written in one transaction is in both files or in neither. */
#ifndef STILE_CLI_LOG_STORE_H
#define STILE_CLI_LOG_STORE_H

#include <jansson.h>

#include "cli/late.h"
#include "cli/log_seal.h"
#include "cli/log_tree.h"

#define LOG_APPLICATION 1400138092 /* "Stil" as SQLite's application id */
#define LOG_VERSION 1
#define LOG_STATEMENTS 32

typedef enum LogFault {
  LOG_FINE,
  LOG_UNREACHED, /* no such file, no leave to read it */
  LOG_FOREIGN,   /* no log, or one from another version */
  LOG_FAILED     /* could not be written, or read to its end */
} LogFault;

typedef struct LogStore {
  Arena *arena;
  sqlite3 *db;
  sqlite3_stmt *statements[LOG_STATEMENTS];
  bool has_keys;   /* FILE-keys is there */
  Text id;         /* of the log: 32 hexadecimal digits */
  LogTree tree;    /* as the log's head has it */
  LogFault fault;  /* the last one */
  Text why;        /* it in plain words: "there is no such file" */
  unsigned mask;   /* the umask before */
} LogStore;

/* One entry.  `body` is what the tree holds. */
typedef struct LogEntry {
  uint64_t id;
  Text body;
  uint8_t leaf[HASH_SIZE]; /* as stored */
  bool has_leaf;
  json_t *json; /* the body; NULL if it does not read as one */
  bool has_key;
  uint8_t key[LOG_KEY_SIZE];
} LogEntry;

typedef enum LogPartState {
  LOG_PART_FINE, LOG_PART_NONE, LOG_PART_SEALED, LOG_PART_BROKEN
} LogPartState;

/* A part to keep: "facts", "answer", "notes", "decision". */
typedef struct LogPart {
  const char *name;
  Text plain;
} LogPart;

/* Opens the log; with `make`, makes what is missing, in private mode.  False
 * with `fault` and `why`; log_close in every case. */
bool log_open(Arena *arena, const char *path, bool make, LogStore *store);
void log_close(LogStore *store);

/* Between the two, nothing that is read changes; writers wait, so it is for
 * short. */
void log_read_begin(LogStore *store);
void log_read_end(LogStore *store);

/* A transaction over both files; with it, `tree` is the newest. */
bool log_begin(LogStore *store);
bool log_commit(LogStore *store);
void log_cancel(LogStore *store);

/* Adds an entry: fills "id", "log" and "parts" into `body` and seals the parts
 * under a new key, filed under `subject` (0: none).  Within a transaction.
 * Takes no reference to `body`. */
bool log_append(LogStore *store, json_t *body, const LogPart *parts,
                uint32_t part_count, int64_t subject, uint64_t *id);
/* Keeps an image, once, by the hash of its bytes. */
bool log_keep_image(LogStore *store, Text bytes, Text hash);
/* False if there is none of that hash, or a failure (`fault`). */
bool log_find_image(LogStore *store, Arena *arena, Text hash, Text *bytes);

/* How many entries the highest id counts. */
uint64_t log_last(LogStore *store);
/* False if there is none of that id, or a failure.  Owns entry->json until
 * log_entry_clear. */
bool log_find(LogStore *store, Arena *arena, uint64_t id, LogEntry *entry);
void log_entry_clear(LogEntry *entry);
/* A part in plain, checked against its commitment in the body. */
LogPartState log_part(LogStore *store, Arena *arena, const LogEntry *entry,
                      const char *name, Text *plain);

/* Opens what is sealed; false if it is not what `wanted`, its commitment in
 * the body, says. */
bool log_part_open(Arena *arena, const LogEntry *entry, Text wanted,
                   Text sealed, Text *plain);

/* The number of a subject; 0 if there is none of that name. */
int64_t log_subject(LogStore *store, Text name);
/* Makes it if need be; 0 is a failure. */
int64_t log_subject_make(LogStore *store, Text name);
/* The subject of an entry; 0 for none. */
int64_t log_subject_of(LogStore *store, uint64_t id);
/* The next entry after `after` of a subject, or that was decided on entry
 * `about`; 0 if there is none. */
uint64_t log_next_of(LogStore *store, int64_t subject, uint64_t after);
uint64_t log_next_about(LogStore *store, uint64_t about, uint64_t after);
/* Destroys the key of an entry and its sealed parts; within a transaction. */
bool log_destroy(LogStore *store, uint64_t id);
/* Removes the name of every subject that has no key left. */
bool log_drop_subjects(LogStore *store);
/* Rewrites FILE-keys so that no trace of a destroyed key stays in it. */
bool log_tidy(LogStore *store);

/* The words for the database's last failure go to `why`; returns false. */
bool log_failed(LogStore *store);

/* A column of the row, as it is until the statement goes on. */
Text log_borrow(sqlite3_stmt *statement, int at);
/* A string of the body; none if it has no such key. */
Text log_text(const json_t *json, const char *key);
uint64_t log_number(const json_t *json, const char *key);
/* The body in its one form: keys sorted, no blanks. */
Text log_canonical(Arena *arena, const json_t *json);
bool log_is_canonical(Arena *arena, const json_t *json, Text body);
Text log_hex(Arena *arena, const uint8_t *bytes, size_t size);
/* Now, as "2026-11-23T20:18:00Z". */
Text log_now(Arena *arena);

#endif

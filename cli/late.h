/* Libraries that few commands need.  They are opened when one of those does, so
 * that all others start without them.
 *
 * Each has a table of the calls that are made to it: `sqlite.step(...)` is
 * sqlite3_step, and `edit.el_line(...)` el_line.  A table is filled by
 * late_sqlite and so on, and may be used once that has returned true.
 * configure finds the files of the libraries; with --disable-late they are
 * linked as any other, and the tables hold their calls from the start. */
#ifndef STILE_CLI_LATE_H
#define STILE_CLI_LATE_H

#include <histedit.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdbool.h>

#define SQLITE_CALLS(CALL)                                                \
  CALL(bind_blob) CALL(bind_int64) CALL(bind_null) CALL(bind_text)        \
  CALL(busy_timeout) CALL(clear_bindings) CALL(close) CALL(column_blob)   \
  CALL(column_bytes) CALL(column_count) CALL(column_int64)                \
  CALL(column_name) CALL(column_text) CALL(errcode) CALL(errmsg)          \
  CALL(exec) CALL(finalize) CALL(last_insert_rowid) CALL(open_v2)         \
  CALL(prepare_v2) CALL(reset) CALL(step) CALL(stmt_readonly)

#define SODIUM_CALLS(CALL)                                                \
  CALL(crypto_secretbox_easy) CALL(crypto_secretbox_keygen)               \
  CALL(crypto_secretbox_open_easy) CALL(crypto_sign_detached)             \
  CALL(crypto_sign_seed_keypair) CALL(crypto_sign_verify_detached)        \
  CALL(randombytes_buf) CALL(sodium_hex2bin) CALL(sodium_init)            \
  CALL(sodium_memzero)

#define EDIT_CALLS(CALL)                                                  \
  CALL(el_end) CALL(el_get) CALL(el_gets) CALL(el_init)                   \
  CALL(el_insertstr) CALL(el_line) CALL(el_set)

#define SQLITE_CALL(name) __typeof__(sqlite3_##name) *name;
#define SODIUM_CALL(name) __typeof__(name) *name;
#define EDIT_CALL(name) __typeof__(name) *name;

typedef struct SqliteCalls { SQLITE_CALLS(SQLITE_CALL) } SqliteCalls;
typedef struct SodiumCalls { SODIUM_CALLS(SODIUM_CALL) } SodiumCalls;
typedef struct EditCalls { EDIT_CALLS(EDIT_CALL) } EditCalls;

extern SqliteCalls sqlite; /* keeps logs, and reads and writes tables */
extern SodiumCalls sodium; /* seals and signs what a log keeps */
extern EditCalls edit;     /* edits a line on a terminal */

/* What to tell where one is not there. */
#define LATE_NO_SQLITE "SQLite, which this needs, is not installed"
#define LATE_NO_SODIUM "libsodium, which this needs, is not installed"

/* Opens the library if that was not done yet; false if it is not there, or
 * lacks a call. */
bool late_sqlite(void);
bool late_sodium(void);
bool late_edit(void);

#endif

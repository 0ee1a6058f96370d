/* Opening a log, its transactions, and failures in plain words. */
#include "cli/log_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/language.h"

#define BUSY_MILLISECONDS 20000

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS main.head(id INTEGER PRIMARY KEY"
    " CHECK(id=1), log TEXT NOT NULL, size INTEGER NOT NULL,"
    " peaks BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS main.entry(id INTEGER PRIMARY KEY,"
    " body TEXT NOT NULL, leaf BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS main.part(entry INTEGER NOT NULL,"
    " name TEXT NOT NULL, sealed BLOB NOT NULL,"
    " PRIMARY KEY(entry, name)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS main.image(hash TEXT PRIMARY KEY,"
    " bytes BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS keys.state(id INTEGER PRIMARY KEY"
    " CHECK(id=1), log TEXT NOT NULL, tidy INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS keys.subject(id INTEGER PRIMARY KEY,"
    " name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE IF NOT EXISTS keys.key(entry INTEGER PRIMARY KEY,"
    " subject INTEGER, bytes BLOB NOT NULL);"
    "INSERT OR IGNORE INTO main.head VALUES(1, lower(hex(randomblob(16))),"
    " 0, x'');"
    "INSERT OR IGNORE INTO keys.state SELECT 1, log, 1 FROM main.head;"
    "PRAGMA main.application_id=1400138092;"
    "PRAGMA keys.application_id=1400138092;"
    "PRAGMA main.user_version=1;"
    "PRAGMA keys.user_version=1";

/* synchronous=FULL: a commit has reached the disk.  A rollback journal, so
 * that both files change together and no third one stays behind. */
static const char settings[] =
    "PRAGMA main.synchronous=FULL; PRAGMA keys.synchronous=FULL;"
    "PRAGMA main.secure_delete=ON; PRAGMA keys.secure_delete=ON;"
    "PRAGMA temp_store=MEMORY";

/* --------------------------------------------------------------- failures */

static bool fault(LogStore *store, LogFault which, Text why)
{
  store->fault = which;
  store->why = why;
  return false;
}

static Text words_of(int code)
{
  switch (code & 255) {
  case SQLITE_FULL: return language_words("the disk is full");
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return language_words("someone else is writing to it");
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_AUTH: return language_words("you may not write to it");
  case SQLITE_CANTOPEN:
    return language_words("you may not write to it, or to its folder");
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB: return language_words("the file is damaged");
  case SQLITE_NOMEM: return language_words("there is not enough memory");
  case SQLITE_CONSTRAINT:
    return language_words("what it holds does not fit together");
  case SQLITE_ERROR:
    return language_words("what it holds is not as it should be");
  default: return language_words("the disk could not be read or written");
  }
}

bool log_failed(LogStore *store)
{
  return fault(store, LOG_FAILED, words_of(sqlite.errcode(store->db)));
}

static bool run(LogStore *store, const char *sql)
{
  if (sqlite.exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK) return true;
  return log_failed(store);
}

/* ---------------------------------------------------------------- opening */

static Text path_words(int error)
{
  switch (error) {
  case ENOENT:
  case ENOTDIR: return language_words("there is no such file or folder");
  case EACCES:
  case EPERM: return language_words("you may not read or write it");
  case EROFS: return language_words("nothing can be written there");
  case EISDIR: return language_words("it is a folder, not a file");
  case ENOSPC:
  case EDQUOT: return language_words("the disk is full");
  default: return language_words("it could not be opened");
  }
}

/* Is it there, as a plain file?  With `make`, makes it for its owner alone. */
static bool ready_file(const char *path, bool make)
{
  int flags = make ? O_RDWR | O_CREAT : O_RDONLY;
  int file = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
  struct stat about;
  if (file < 0 && make && errno == EACCES) { /* perhaps it may be read */
    file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) errno = EACCES;
  }
  if (file < 0) return false;
  bool fine = fstat(file, &about) == 0 && S_ISREG(about.st_mode);
  if (fine && make && about.st_size == 0) fchmod(file, 0600);
  close(file);
  if (!fine) errno = EISDIR;
  return fine;
}

static int64_t pragma(LogStore *store, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  int64_t value = -1;
  if (sqlite.prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite.step(statement) == SQLITE_ROW)
    value = sqlite.column_int64(statement, 0);
  sqlite.finalize(statement);
  return value;
}

static bool tell_unlike(LogStore *store)
{
  int code = sqlite.errcode(store->db) & 255;
  if (code == SQLITE_NOTADB || code == SQLITE_OK || code == SQLITE_ROW ||
      code == SQLITE_DONE)
    return fault(store, LOG_FOREIGN,
                 language_words("it is not a log of Stile"));
  return log_failed(store);
}

/* Looks at the main file before anything is written to it. */
static bool check_kind(LogStore *store, bool make)
{
  int64_t pages = pragma(store, "PRAGMA main.page_count");
  if (pages == 0 && make) return true;
  if (pages <= 0) return tell_unlike(store);
  if (pragma(store, "PRAGMA main.application_id") != LOG_APPLICATION)
    return tell_unlike(store);
  if (pragma(store, "PRAGMA main.user_version") == LOG_VERSION) return true;
  return fault(store, LOG_FOREIGN,
               language_words("it was made by another version of Stile"));
}

static bool attach(LogStore *store, const char *keys, bool make)
{
  sqlite3_stmt *statement = NULL;
  store->has_keys = ready_file(keys, make);
  if (!store->has_keys && make)
    return fault(store, LOG_FAILED, path_words(errno));
  const char *path = store->has_keys ? keys : ":memory:";
  if (sqlite.prepare_v2(store->db, "ATTACH ?1 AS keys", -1, &statement,
                         NULL) != SQLITE_OK)
    return log_failed(store);
  sqlite.bind_text(statement, 1, path, -1, SQLITE_STATIC);
  int code = sqlite.step(statement);
  sqlite.finalize(statement);
  return code == SQLITE_DONE || log_failed(store);
}

/* Are the keys those of this log? */
static bool check_keys(LogStore *store)
{
  if (!store->has_keys) {
    return run(store, "CREATE TABLE keys.subject(id INTEGER PRIMARY KEY,"
                      " name TEXT); CREATE TABLE keys.key(entry INTEGER"
                      " PRIMARY KEY, subject INTEGER, bytes BLOB)");
  }
  if (pragma(store, "SELECT count(*) FROM keys.state, main.head"
                    " WHERE state.log = head.log") == 1)
    return true;
  return fault(store, LOG_FOREIGN,
               language_words("the file of keys beside it is not that of "
                              "this log"));
}

static bool make_tables(LogStore *store)
{
  if (pragma(store, "PRAGMA main.user_version") == LOG_VERSION &&
      pragma(store, "PRAGMA keys.user_version") == LOG_VERSION)
    return true;
  return run(store, "PRAGMA main.journal_mode=DELETE;"
                    "PRAGMA keys.journal_mode=DELETE;"
                    "BEGIN IMMEDIATE") &&
         run(store, schema) && run(store, "COMMIT");
}

static bool read_head(LogStore *store)
{
  sqlite3_stmt *statement = NULL;
  bool fine = false;
  if (sqlite.prepare_v2(store->db, "SELECT log, size, peaks FROM main.head",
                         -1, &statement, NULL) == SQLITE_OK &&
      sqlite.step(statement) == SQLITE_ROW) {
    const char *id = (const char *)sqlite.column_text(statement, 0);
    const void *peaks = sqlite.column_blob(statement, 2);
    size_t length = (size_t)sqlite.column_bytes(statement, 2);
    store->tree = (LogTree){.size = (uint64_t)
                                sqlite.column_int64(statement, 1)};
    fine = id && length % HASH_SIZE == 0 &&
           length / HASH_SIZE ==
               (size_t)__builtin_popcountll(store->tree.size);
    if (fine) {
      store->id = text_copy(store->arena, text_of(id));
      store->tree.peak_count = (uint32_t)(length / HASH_SIZE);
      if (length) memcpy(store->tree.peaks, peaks, length);
    }
  }
  int code = sqlite.errcode(store->db) & 255;
  sqlite.finalize(statement);
  if (fine) return true;
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return fault(store, LOG_FAILED, words_of(code));
  return fault(store, LOG_FAILED, language_words("its head is damaged"));
}

static bool open_all(LogStore *store, const char *path, bool make)
{
  Text keys = text_format(store->arena, "%s-keys", path);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE;
  if (!late_sqlite()) return fault(store, LOG_FAILED, TEXT(LATE_NO_SQLITE));
  if (!late_sodium()) return fault(store, LOG_FAILED, TEXT(LATE_NO_SODIUM));
  if (!log_seal_ready())
    return fault(store, LOG_FAILED,
                 language_words("the machine gives no random bytes"));
  if (!ready_file(path, make))
    return fault(store, LOG_UNREACHED, path_words(errno));
  if (sqlite.open_v2(path, &store->db, flags, NULL) != SQLITE_OK)
    return fault(store, LOG_UNREACHED, path_words(errno));
  sqlite.busy_timeout(store->db, BUSY_MILLISECONDS);
  if (!check_kind(store, make) || !attach(store, keys.at, make) ||
      !run(store, settings) || (make && !make_tables(store)) ||
      !check_keys(store) || !read_head(store))
    return false;
  if (make && pragma(store, "SELECT tidy FROM keys.state") == 0)
    return log_tidy(store);
  return true;
}

bool log_open(Arena *arena, const char *path, bool make, LogStore *store)
{
  *store = (LogStore){.arena = arena};
  store->mask = umask(077); /* journals are private too */
  const char *plain = path;
  if (path[0] != '/') plain = text_format(arena, "./%s", path).at;
  return open_all(store, plain, make);
}

void log_close(LogStore *store)
{
  umask((mode_t)store->mask);
  if (!store->db) return;
  for (uint32_t i = 0; i < LOG_STATEMENTS; i++)
    sqlite.finalize(store->statements[i]);
  sqlite.close(store->db);
  store->db = NULL;
}

/* ----------------------------------------------------------- transactions */

void log_read_begin(LogStore *store)
{
  sqlite.exec(store->db, "BEGIN", NULL, NULL, NULL);
}

void log_read_end(LogStore *store)
{
  sqlite.exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

bool log_begin(LogStore *store)
{
  if (!run(store, "BEGIN IMMEDIATE")) return false;
  if (read_head(store)) return true;
  log_cancel(store);
  return false;
}

bool log_commit(LogStore *store)
{
  if (run(store, "COMMIT")) return true;
  log_cancel(store);
  return false;
}

void log_cancel(LogStore *store)
{
  log_read_end(store);
}

bool log_tidy(LogStore *store)
{
  return run(store, "VACUUM keys") &&
         run(store, "UPDATE keys.state SET tidy=1");
}

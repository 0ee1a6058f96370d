/* The rows of a log: entries, their parts, keys, subjects, images. */
#include <string.h>
#include <time.h>

#include "cli/log_store.h"

typedef enum Row {
  ROW_ADD_ENTRY, ROW_ADD_PART, ROW_ADD_KEY, ROW_SET_HEAD, ROW_ADD_IMAGE,
  ROW_GET_IMAGE, ROW_LAST, ROW_GET_ENTRY, ROW_GET_KEY, ROW_GET_PART,
  ROW_SUBJECT, ROW_ADD_SUBJECT, ROW_SUBJECT_OF, ROW_CLEAR_KEY, ROW_DROP_KEY,
  ROW_DROP_PARTS, ROW_UNTIDY, ROW_DROP_SUBJECTS, ROW_NEXT_ABOUT,
  ROW_NEXT_OF, ROW_COUNT
} Row;

_Static_assert(ROW_COUNT <= LOG_STATEMENTS, "room for every statement");

static const char *const texts[ROW_COUNT] = {
  [ROW_ADD_ENTRY] = "INSERT INTO main.entry VALUES(?1, ?2, ?3)",
  [ROW_ADD_PART] = "INSERT INTO main.part VALUES(?1, ?2, ?3)",
  [ROW_ADD_KEY] = "INSERT OR REPLACE INTO keys.key VALUES(?1, ?2, ?3)",
  [ROW_SET_HEAD] = "UPDATE main.head SET size=?1, peaks=?2",
  [ROW_ADD_IMAGE] = "INSERT OR IGNORE INTO main.image VALUES(?1, ?2)",
  [ROW_GET_IMAGE] = "SELECT bytes FROM main.image WHERE hash=?1",
  [ROW_LAST] = "SELECT coalesce(max(id), 0) FROM main.entry",
  [ROW_GET_ENTRY] = "SELECT body, leaf FROM main.entry WHERE id=?1",
  [ROW_GET_KEY] = "SELECT bytes FROM keys.key WHERE entry=?1",
  [ROW_GET_PART] = "SELECT sealed FROM main.part WHERE entry=?1 AND name=?2",
  [ROW_SUBJECT] = "SELECT id FROM keys.subject WHERE name=?1",
  [ROW_ADD_SUBJECT] = "INSERT INTO keys.subject(name) VALUES(?1)",
  [ROW_SUBJECT_OF] = "SELECT coalesce(subject, 0) FROM keys.key"
                     " WHERE entry=?1",
  /* Overwritten in place first, then deleted. */
  [ROW_CLEAR_KEY] = "UPDATE keys.key SET bytes=zeroblob(32) WHERE entry=?1",
  [ROW_DROP_KEY] = "DELETE FROM keys.key WHERE entry=?1",
  [ROW_DROP_PARTS] = "DELETE FROM main.part WHERE entry=?1",
  [ROW_UNTIDY] = "UPDATE keys.state SET tidy=0",
  [ROW_DROP_SUBJECTS] = "DELETE FROM keys.subject WHERE id NOT IN"
                        " (SELECT subject FROM keys.key"
                        " WHERE subject IS NOT NULL)",
  /* Of all keys of a body, "about" comes first. */
  [ROW_NEXT_ABOUT] = "SELECT id FROM main.entry WHERE id>?1"
                     " AND substr(body, 1, length(?2))=?2"
                     " ORDER BY id LIMIT 1",
  [ROW_NEXT_OF] = "SELECT entry FROM keys.key WHERE entry>?1 AND subject=?2"
                  " ORDER BY entry LIMIT 1",
};

/* A statement ready to be bound; NULL is a failure. */
static sqlite3_stmt *get(LogStore *store, Row row)
{
  sqlite3_stmt **slot = &store->statements[row];
  if (!*slot && sqlite.prepare_v2(store->db, texts[row], -1, slot, NULL) !=
                    SQLITE_OK) {
    log_failed(store);
    return NULL;
  }
  sqlite.reset(*slot);
  sqlite.clear_bindings(*slot);
  return *slot;
}

static void bind_text(sqlite3_stmt *statement, int at, Text text)
{
  sqlite.bind_text(statement, at, text.at ? text.at : "", (int)text.length,
                    SQLITE_STATIC);
}

static void bind_blob(sqlite3_stmt *statement, int at, Text bytes)
{
  sqlite.bind_blob(statement, at, bytes.at ? bytes.at : "",
                    (int)bytes.length, SQLITE_STATIC);
}

/* Runs a statement that gives no rows. */
static bool finish(LogStore *store, sqlite3_stmt *statement)
{
  bool fine = sqlite.step(statement) == SQLITE_DONE;
  if (!fine) log_failed(store);
  sqlite.reset(statement);
  return fine;
}

/* Steps to the one row; false without one (after a failure `fault` is set). */
static bool step(LogStore *store, sqlite3_stmt *statement)
{
  int code = sqlite.step(statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) log_failed(store);
  sqlite.reset(statement);
  return false;
}

Text log_borrow(sqlite3_stmt *statement, int at)
{
  const void *bytes = sqlite.column_blob(statement, at);
  int length = sqlite.column_bytes(statement, at);
  if (!bytes || length <= 0) return TEXT("");
  return (Text){bytes, (uint32_t)length};
}

static Text column(sqlite3_stmt *statement, int at, Arena *arena)
{
  return text_copy(arena, log_borrow(statement, at));
}

/* ---------------------------------------------------------------- entries */

static bool add_part(LogStore *store, uint64_t id, const LogPart *part,
                     const uint8_t *key, json_t *commitments)
{
  uint8_t commitment[HASH_SIZE];
  Text sealed = log_seal_close(store->arena, key, part->plain, commitment);
  Text hex = log_hex(store->arena, commitment, HASH_SIZE);
  sqlite3_stmt *statement = get(store, ROW_ADD_PART);
  json_object_set_new(commitments, part->name,
                      json_stringn(hex.at, hex.length));
  if (!statement) return false;
  sqlite.bind_int64(statement, 1, (sqlite3_int64)id);
  bind_text(statement, 2, text_of(part->name));
  bind_blob(statement, 3, sealed);
  return finish(store, statement);
}

static bool add_key(LogStore *store, uint64_t id, int64_t subject,
                    const uint8_t *key)
{
  sqlite3_stmt *statement = get(store, ROW_ADD_KEY);
  if (!statement) return false;
  sqlite.bind_int64(statement, 1, (sqlite3_int64)id);
  if (subject) sqlite.bind_int64(statement, 2, subject);
  bind_blob(statement, 3, (Text){(const char *)key, LOG_KEY_SIZE});
  return finish(store, statement);
}

static bool add_entry(LogStore *store, uint64_t id, Text body)
{
  uint8_t leaf[HASH_SIZE];
  sqlite3_stmt *statement = get(store, ROW_ADD_ENTRY);
  if (!statement) return false;
  log_tree_leaf(body, leaf);
  sqlite.bind_int64(statement, 1, (sqlite3_int64)id);
  bind_text(statement, 2, body);
  bind_blob(statement, 3, (Text){(char *)leaf, HASH_SIZE});
  log_tree_add(&store->tree, leaf);
  return finish(store, statement);
}

static bool set_head(LogStore *store)
{
  const LogTree *tree = &store->tree;
  sqlite3_stmt *statement = get(store, ROW_SET_HEAD);
  if (!statement) return false;
  sqlite.bind_int64(statement, 1, (sqlite3_int64)tree->size);
  bind_blob(statement, 2, (Text){(const char *)tree->peaks,
                                 tree->peak_count * HASH_SIZE});
  return finish(store, statement);
}

bool log_append(LogStore *store, json_t *body, const LogPart *parts,
                uint32_t part_count, int64_t subject, uint64_t *id)
{
  uint8_t key[LOG_KEY_SIZE];
  *id = store->tree.size + 1;
  json_object_set_new(body, "id", json_integer((json_int_t)*id));
  json_object_set_new(body, "log",
                      json_stringn(store->id.at, store->id.length));
  json_t *commitments = json_object();
  bool fine = true;
  sodium.crypto_secretbox_keygen(key);
  for (uint32_t i = 0; fine && i < part_count; i++)
    fine = add_part(store, *id, &parts[i], key, commitments);
  if (fine && part_count) fine = add_key(store, *id, subject, key);
  sodium.sodium_memzero(key, sizeof key);
  json_object_set_new(body, "parts", commitments);
  return fine &&
         add_entry(store, *id, log_canonical(store->arena, body)) &&
         set_head(store);
}

uint64_t log_last(LogStore *store)
{
  sqlite3_stmt *statement = get(store, ROW_LAST);
  if (!statement || !step(store, statement)) return 0;
  sqlite3_int64 last = sqlite.column_int64(statement, 0);
  sqlite.reset(statement);
  return last > 0 ? (uint64_t)last : 0;
}

static void find_key(LogStore *store, LogEntry *entry)
{
  sqlite3_stmt *statement = get(store, ROW_GET_KEY);
  if (!statement) return;
  sqlite.bind_int64(statement, 1, (sqlite3_int64)entry->id);
  if (!step(store, statement)) return;
  const void *bytes = sqlite.column_blob(statement, 0);
  entry->has_key =
      bytes && sqlite.column_bytes(statement, 0) == (int)LOG_KEY_SIZE;
  if (entry->has_key) memcpy(entry->key, bytes, LOG_KEY_SIZE);
  sqlite.reset(statement);
}

bool log_find(LogStore *store, Arena *arena, uint64_t id, LogEntry *entry)
{
  *entry = (LogEntry){.id = id};
  sqlite3_stmt *statement = get(store, ROW_GET_ENTRY);
  if (!statement || id > INT64_MAX) return false;
  sqlite.bind_int64(statement, 1, (sqlite3_int64)id);
  if (!step(store, statement)) return false;
  entry->body = column(statement, 0, arena);
  Text leaf = column(statement, 1, arena);
  entry->has_leaf = leaf.length == HASH_SIZE;
  if (entry->has_leaf) memcpy(entry->leaf, leaf.at, HASH_SIZE);
  sqlite.reset(statement);
  entry->json = json_loadb(entry->body.at, entry->body.length,
                           JSON_REJECT_DUPLICATES, NULL);
  find_key(store, entry);
  return true;
}

void log_entry_clear(LogEntry *entry)
{
  json_decref(entry->json);
  entry->json = NULL;
  sodium.sodium_memzero(entry->key, sizeof entry->key);
}

bool log_part_open(Arena *arena, const LogEntry *entry, Text wanted,
                   Text sealed, Text *plain)
{
  uint8_t commitment[HASH_SIZE];
  return log_seal_open(arena, entry->key, sealed, plain, commitment) &&
         text_equal(log_hex(arena, commitment, HASH_SIZE), wanted);
}

LogPartState log_part(LogStore *store, Arena *arena, const LogEntry *entry,
                      const char *name, Text *plain)
{
  Text wanted = log_text(json_object_get(entry->json, "parts"), name);
  if (text_is_none(wanted)) return LOG_PART_NONE;
  if (!entry->has_key) return LOG_PART_SEALED;
  sqlite3_stmt *statement = get(store, ROW_GET_PART);
  if (!statement) return LOG_PART_BROKEN;
  sqlite.bind_int64(statement, 1, (sqlite3_int64)entry->id);
  bind_text(statement, 2, text_of(name));
  bool fine = step(store, statement) &&
              log_part_open(arena, entry, wanted, log_borrow(statement, 0),
                            plain);
  sqlite.reset(statement);
  return fine ? LOG_PART_FINE : LOG_PART_BROKEN;
}

/* ----------------------------------------------------------------- images */

bool log_keep_image(LogStore *store, Text bytes, Text hash)
{
  sqlite3_stmt *statement = get(store, ROW_ADD_IMAGE);
  if (!statement) return false;
  bind_text(statement, 1, hash);
  bind_blob(statement, 2, bytes);
  return finish(store, statement);
}

bool log_find_image(LogStore *store, Arena *arena, Text hash, Text *bytes)
{
  sqlite3_stmt *statement = get(store, ROW_GET_IMAGE);
  if (!statement) return false;
  bind_text(statement, 1, hash);
  if (!step(store, statement)) return false;
  *bytes = column(statement, 0, arena);
  sqlite.reset(statement);
  return true;
}

/* --------------------------------------------------------------- subjects */

static int64_t number_of(LogStore *store, sqlite3_stmt *statement)
{
  if (!step(store, statement)) return 0;
  int64_t number = sqlite.column_int64(statement, 0);
  sqlite.reset(statement);
  return number;
}

int64_t log_subject(LogStore *store, Text name)
{
  sqlite3_stmt *statement = get(store, ROW_SUBJECT);
  if (!statement) return 0;
  bind_text(statement, 1, name);
  return number_of(store, statement);
}

int64_t log_subject_make(LogStore *store, Text name)
{
  int64_t subject = log_subject(store, name);
  if (subject) return subject;
  sqlite3_stmt *statement = get(store, ROW_ADD_SUBJECT);
  if (!statement) return 0;
  bind_text(statement, 1, name);
  return finish(store, statement) ? sqlite.last_insert_rowid(store->db) : 0;
}

int64_t log_subject_of(LogStore *store, uint64_t id)
{
  sqlite3_stmt *statement = get(store, ROW_SUBJECT_OF);
  if (!statement) return 0;
  sqlite.bind_int64(statement, 1, (sqlite3_int64)id);
  return number_of(store, statement);
}

uint64_t log_next_of(LogStore *store, int64_t subject, uint64_t after)
{
  sqlite3_stmt *statement = get(store, ROW_NEXT_OF);
  if (!statement) return 0;
  sqlite.bind_int64(statement, 1, (sqlite3_int64)after);
  sqlite.bind_int64(statement, 2, subject);
  return (uint64_t)number_of(store, statement);
}

uint64_t log_next_about(LogStore *store, uint64_t about, uint64_t after)
{
  sqlite3_stmt *statement = get(store, ROW_NEXT_ABOUT);
  if (!statement) return 0;
  sqlite.bind_int64(statement, 1, (sqlite3_int64)after);
  bind_text(statement, 2,
            text_format(store->arena, "{\"about\":%llu,",
                        (unsigned long long)about));
  return (uint64_t)number_of(store, statement);
}

static bool change(LogStore *store, Row row, uint64_t id)
{
  sqlite3_stmt *statement = get(store, row);
  if (!statement) return false;
  if (id) sqlite.bind_int64(statement, 1, (sqlite3_int64)id);
  return finish(store, statement);
}

bool log_destroy(LogStore *store, uint64_t id)
{
  return change(store, ROW_CLEAR_KEY, id) &&
         change(store, ROW_DROP_KEY, id) &&
         change(store, ROW_DROP_PARTS, id);
}

bool log_drop_subjects(LogStore *store)
{
  return change(store, ROW_DROP_SUBJECTS, 0) && change(store, ROW_UNTIDY, 0);
}

/* ------------------------------------------------------------------ texts */

Text log_text(const json_t *json, const char *key)
{
  const json_t *value = json_object_get(json, key);
  if (!json_is_string(value)) return TEXT_NONE;
  return (Text){json_string_value(value),
                (uint32_t)json_string_length(value)};
}

uint64_t log_number(const json_t *json, const char *key)
{
  json_int_t value = json_integer_value(json_object_get(json, key));
  return value > 0 ? (uint64_t)value : 0;
}

Text log_canonical(Arena *arena, const json_t *json)
{
  size_t flags = JSON_COMPACT | JSON_SORT_KEYS;
  size_t length = json_dumpb(json, NULL, 0, flags);
  char *bytes = arena_make(arena, length + 1);
  json_dumpb(json, bytes, length, flags);
  return (Text){bytes, (uint32_t)length};
}

bool log_is_canonical(Arena *arena, const json_t *json, Text body)
{
  char *bytes = arena_make(arena, (size_t)body.length + 1);
  size_t length = json_dumpb(json, bytes, body.length,
                             JSON_COMPACT | JSON_SORT_KEYS);
  return length == body.length && memcmp(bytes, body.at, length) == 0;
}

Text log_hex(Arena *arena, const uint8_t *bytes, size_t size)
{
  static const char digits[] = "0123456789abcdef";
  char *out = arena_make(arena, size * 2 + 1);
  for (size_t i = 0; i < size; i++) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 15];
  }
  return (Text){out, (uint32_t)(size * 2)};
}

Text log_now(Arena *arena)
{
  time_t now = time(NULL);
  struct tm parts;
  if (!gmtime_r(&now, &parts)) memset(&parts, 0, sizeof parts);
  return text_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ",
                     parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

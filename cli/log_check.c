/* `stile log verify`: is the log what was written to it? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/file_read.h"
#include "cli/log_head.h"
#include "cli/sheet.h"

#define TOLD_MOST 100

typedef struct Finding {
  uint64_t entry; /* 0: the whole log */
  const char *what; /* for programs */
  Wording words;
} Finding;

typedef struct Check {
  Log *log;
  Arena scratch; /* for one entry */
  LogTree tree;  /* over the entries as they are */
  uint64_t count, last;
  bool has_head;
  LogHead head;  /* the checkpoint */
  uint8_t root[HASH_SIZE]; /* of the first head.size entries */
  Vec(Finding) findings;
  Vec(uint64_t) keyless;   /* entries with parts and no key */
  Vec(uint64_t) forgotten; /* entries that the log says were erased */
  Vec(uint64_t) keyed;     /* entries with parts and a key */
  Text image;              /* the last one that was found sound */
  uint64_t erased;
  sqlite3_stmt *parts; /* the rows of parts, in order */
  bool more_parts;     /* it stands on one */
} Check;

static void find(Check *check, uint64_t entry, const char *what,
                 Wording words)
{
  Finding finding = {entry, what, words};
  VEC_PUSH(check->log->arena, &check->findings, finding);
}

/* ----------------------------------------------------------- one entry */

static void check_image(Check *check, const LogEntry *entry)
{
  uint8_t hash[HASH_SIZE];
  Text bytes, name = log_text(json_object_get(entry->json, "policy"), "image");
  if (text_is_none(name) || text_equal(name, check->image)) return;
  if (!log_find_image(&check->log->store, &check->scratch, name, &bytes)) {
    find(check, entry->id, "image-missing",
         WORDING_LOG_IMAGE_MISSING);
    return;
  }
  hash_sha256(bytes, hash);
  if (text_equal(log_hex(&check->scratch, hash, HASH_SIZE), name))
    check->image = text_copy(check->log->arena, name);
  else
    find(check, entry->id, "image-changed",
         WORDING_LOG_IMAGE_CHANGED);
}

/* The rows of parts come in the order of entries, like the entries: to look
 * each one up would read it many times. */
static bool next_part(Check *check, uint64_t id)
{
  if (!check->parts) return false;
  sqlite3_int64 at = sqlite.column_int64(check->parts, 0);
  while (check->more_parts && (at < 0 || (uint64_t)at < id)) {
    check->more_parts = sqlite.step(check->parts) == SQLITE_ROW;
    at = sqlite.column_int64(check->parts, 0);
  }
  return check->more_parts && (uint64_t)at == id;
}

static size_t count_sound(Check *check, const LogEntry *entry,
                          const json_t *parts)
{
  size_t count = 0;
  Text plain;
  while (next_part(check, entry->id)) {
    const char *name = (const char *)sqlite.column_text(check->parts, 1);
    Text wanted = name ? log_text(parts, name) : TEXT_NONE;
    count += !text_is_none(wanted) &&
             log_part_open(&check->scratch, entry, wanted,
                           log_borrow(check->parts, 2), &plain);
    check->more_parts = sqlite.step(check->parts) == SQLITE_ROW;
  }
  return count;
}

static void check_parts(Check *check, const LogEntry *entry)
{
  const json_t *parts = json_object_get(entry->json, "parts");
  if (!check->log->store.has_keys || json_object_size(parts) == 0) return;
  if (!entry->has_key) {
    VEC_PUSH(check->log->arena, &check->keyless, entry->id);
    return;
  }
  VEC_PUSH(check->log->arena, &check->keyed, entry->id);
  if (count_sound(check, entry, parts) != json_object_size(parts))
    find(check, entry->id, "part-changed", WORDING_LOG_PART_CHANGED);
}

static void note_forgotten(Check *check, const LogEntry *entry)
{
  const json_t *list = json_object_get(entry->json, "entries");
  for (size_t i = 0; i < json_array_size(list); i++) {
    json_int_t id = json_integer_value(json_array_get(list, i));
    VEC_PUSH(check->log->arena, &check->forgotten, (uint64_t)id);
  }
}

static void check_body(Check *check, const LogEntry *entry,
                       const uint8_t *leaf)
{
  if (!entry->has_leaf || memcmp(leaf, entry->leaf, HASH_SIZE) != 0 ||
      !entry->json ||
      !log_is_canonical(&check->scratch, entry->json, entry->body))
    find(check, entry->id, "edited", WORDING_LOG_EDITED);
  else if (log_number(entry->json, "id") != entry->id)
    find(check, entry->id, "moved", WORDING_LOG_MOVED);
  else if (!text_equal(log_text(entry->json, "log"), check->log->store.id))
    find(check, entry->id, "foreign", WORDING_LOG_FOREIGN_ENTRY);
  if (log_is(entry, "asked")) check_image(check, entry);
  if (log_is(entry, "forgot")) note_forgotten(check, entry);
  check_parts(check, entry);
}

static void check_entry(Check *check, uint64_t id)
{
  LogEntry entry;
  uint8_t leaf[HASH_SIZE];
  if (!log_find(&check->log->store, &check->scratch, id, &entry)) return;
  log_tree_leaf(entry.body, leaf);
  log_tree_add(&check->tree, leaf);
  if (check->has_head && check->tree.size == check->head.size)
    log_tree_root(&check->tree, check->root);
  check_body(check, &entry, leaf);
  log_entry_clear(&entry);
  check->count++;
}

/* Every row in order; a gap is a deletion. */
static bool check_entries(Check *check)
{
  LogStore *store = &check->log->store;
  sqlite3_stmt *rows = NULL;
  uint64_t next = 1;
  int code;
  if (sqlite.prepare_v2(store->db, "SELECT id FROM main.entry ORDER BY id",
                         -1, &rows, NULL) != SQLITE_OK ||
      sqlite.prepare_v2(store->db,
                         "SELECT entry, name, sealed FROM main.part"
                         " ORDER BY entry, name",
                         -1, &check->parts, NULL) != SQLITE_OK)
    return log_failed(store);
  check->more_parts = sqlite.step(check->parts) == SQLITE_ROW;
  while ((code = sqlite.step(rows)) == SQLITE_ROW) {
    sqlite3_int64 id = sqlite.column_int64(rows, 0);
    if (id > 0 && (uint64_t)id > next)
      find(check, next, "missing", WORDING_LOG_MISSING);
    if (id <= 0 || (uint64_t)id > store->tree.size)
      find(check, id > 0 ? (uint64_t)id : 0, "added",
           WORDING_LOG_ADDED);
    if (id <= 0) continue;
    check_entry(check, (uint64_t)id);
    next = (uint64_t)id + 1;
    arena_clear(&check->scratch);
  }
  sqlite.finalize(rows);
  sqlite.finalize(check->parts);
  check->last = next - 1;
  return code == SQLITE_DONE || log_failed(store);
}

/* ------------------------------------------------------------- the whole */

static int by_number(const void *a, const void *b)
{
  uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
  return (one > other) - (one < other);
}

static bool holds(const uint64_t *list, uint32_t count, uint64_t id)
{
  return count && bsearch(&id, list, count, sizeof id, by_number);
}

static void check_erased(Check *check)
{
  uint64_t *list = check->forgotten.at;
  uint32_t count = check->forgotten.count;
  if (count) qsort(list, count, sizeof *list, by_number);
  for (uint32_t i = 0; i < check->keyless.count; i++) {
    if (holds(list, count, check->keyless.at[i]))
      check->erased++;
    else
      find(check, check->keyless.at[i], "key-missing",
           WORDING_LOG_KEY_MISSING);
  }
  for (uint32_t i = 0; i < check->keyed.count; i++)
    if (holds(list, count, check->keyed.at[i]))
      find(check, check->keyed.at[i], "key-returned",
           WORDING_LOG_KEY_RETURNED);
}

static void check_own_head(Check *check)
{
  uint8_t wanted[HASH_SIZE], root[HASH_SIZE];
  const LogTree *tree = &check->log->store.tree;
  if (check->last < tree->size) {
    find(check, check->last + 1, "cut",
         WORDING_LOG_CUT);
    return;
  }
  log_tree_root(tree, wanted);
  log_tree_root(&check->tree, root);
  if (!check->findings.count && memcmp(wanted, root, HASH_SIZE) != 0)
    find(check, 0, "head-wrong",
         WORDING_LOG_HEAD_WRONG);
}

/* Does the log grow from the checkpoint? */
static bool check_against(Check *check)
{
  if (!text_equal(check->head.log, check->log->store.id)) {
    find(check, 0, "replaced", WORDING_LOG_REPLACED);
    return false;
  }
  if (check->tree.size < check->head.size) {
    find(check, check->last + 1, "cut",
         WORDING_LOG_CUT_CHECKPOINT);
    return false;
  }
  if (!check->head.size) return true;
  if (memcmp(check->root, check->head.root, HASH_SIZE) == 0) return true;
  find(check, 0, "rewritten",
       WORDING_LOG_REWRITTEN);
  return false;
}

/* ---------------------------------------------------------------- telling */

static const char *words_of(const Finding *finding)
{
  return wording(finding->words).at;
}

static json_t *range_json(uint64_t from, uint64_t to)
{
  if (from > to) return json_null();
  return json_pack("[I,I]", (json_int_t)from, (json_int_t)to);
}

static void print_json(const Check *check, uint64_t anchored)
{
  json_t *json = json_object(), *list = json_array();
  for (uint32_t i = 0; i < check->findings.count; i++) {
    const Finding *one = &check->findings.at[i];
    json_t *entry = one->entry ? json_integer((json_int_t)one->entry)
                               : json_null();
    json_array_append_new(list, json_pack("{s:o,s:s,s:s}", "entry", entry,
                                          "what", one->what, "words",
                                          words_of(one)));
  }
  json_object_set_new(json, "sound", json_boolean(!check->findings.count));
  json_object_set_new(json, "entries", json_integer((json_int_t)check->count));
  json_object_set_new(json, "erased", json_integer((json_int_t)check->erased));
  json_object_set_new(json, "keys-here",
                      json_boolean(check->log->store.has_keys));
  json_object_set_new(json, "anchored", range_json(1, anchored));
  json_object_set_new(json, "not-anchored",
                      range_json(anchored + 1, check->last));
  json_object_set_new(json, "findings", list);
  json_print(json);
}

static Text number_words(const Check *check, uint64_t number)
{
  return text_format(check->log->arena, "%llu", (unsigned long long)number);
}

static void say(const Check *check, Sheet *sheet, Wording words, Text one,
                Text two)
{
  sheet_put(sheet, 0, wording_fill(check->log->arena, words, one, two));
}

static void put_range(const Check *check, uint64_t anchored, Sheet *sheet)
{
  if (anchored)
    say(check, sheet, WORDING_LOG_ANCHORED,
        number_words(check, anchored), check->head.time);
  if (anchored < check->last)
    say(check, sheet, WORDING_LOG_NOT_ANCHORED,
        number_words(check, anchored + 1), number_words(check, check->last));
}

static void put_findings(const Check *check, Sheet *sheet)
{
  uint32_t count = check->findings.count;
  for (uint32_t i = 0; i < count && i < TOLD_MOST; i++) {
    const Finding *one = &check->findings.at[i];
    Text words = wording(one->words);
    if (one->entry)
      say(check, sheet, WORDING_LOG_AT_ENTRY,
          number_words(check, one->entry), words);
    else
      say(check, sheet, WORDING_LOG_AT_LOG, words, TEXT_NONE);
  }
  if (count > TOLD_MOST)
    say(check, sheet, WORDING_AND_MORE,
        number_words(check, count - TOLD_MOST), TEXT_NONE);
}

static void print_text(const Check *check, uint64_t anchored)
{
  Sheet sheet = sheet_make(check->log->arena, false);
  say(check, &sheet,
      check->count == 1 ? WORDING_LOG_LOOKED_ONE
                        : WORDING_LOG_LOOKED,
      number_words(check, check->count), TEXT_NONE);
  put_findings(check, &sheet);
  if (check->erased)
    say(check, &sheet,
        check->erased == 1 ? WORDING_LOG_ERASED_ONE
                           : WORDING_LOG_ERASED,
        number_words(check, check->erased), TEXT_NONE);
  if (!check->log->store.has_keys)
    sheet_put(&sheet, 0, wording(WORDING_LOG_NO_KEYS));
  put_range(check, anchored, &sheet);
  sheet_put(&sheet, 0, wording(check->findings.count ? WORDING_LOG_NOT_SOUND
                                                     : WORDING_LOG_SOUND));
  fwrite(sheet.out.at, 1, sheet.out.length, stdout);
}

/* ------------------------------------------------------------ the command */

/* Of the checkpoint, or else of the key. */
static bool tell_key(Log *log, bool checkpoint, Text why)
{
  diagnostic_error(&log->diagnostics, E_LOG_KEY, (Span){0},
                   checkpoint ? N_("The checkpoint cannot be used: %.*s.")
                              : N_("The key cannot be used: %.*s."),
                   TEXT_ARG(why));
  return false;
}

/* The checkpoint, and whether the log's own key signed it. */
static bool read_head(Check *check)
{
  Log *log = check->log;
  Text bytes, why;
  uint8_t seed[crypto_sign_SEEDBYTES], key[crypto_sign_PUBLICKEYBYTES];
  uint8_t secret[crypto_sign_SECRETKEYBYTES];
  check->has_head = log->against != NULL;
  if (!check->has_head) return true;
  if (!file_read(log->arena, log->against, 1u << 20, &bytes, &why) ||
      !log_head_read(log->arena, bytes, &check->head, &why))
    return tell_key(log, true, why);
  if (!log_head_seed(log, false, seed, &why))
    return log->key ? tell_key(log, false, why) : true;
  sodium.crypto_sign_seed_keypair(key, secret, seed);
  sodium.sodium_memzero(secret, sizeof secret);
  sodium.sodium_memzero(seed, sizeof seed);
  if (memcmp(key, check->head.key, sizeof key) != 0)
    find(check, 0, "other-key",
         WORDING_LOG_OTHER_KEY);
  return true;
}

static bool check_all(Check *check)
{
  Log *log = check->log;
  arena_init(&check->scratch, log->arena->memory, 0, log->arena->escape);
  bool fine = check_entries(check);
  arena_clear(&check->scratch);
  if (!fine) return false;
  check_erased(check);
  check_own_head(check);
  return true;
}

int log_verify(Log *log)
{
  Check *check = ARENA_NEW(log->arena, Check);
  check->log = log;
  if (log->words.count)
    return options_misuse(&command_log, "The whole log is looked at.");
  int status = log_open_told(log, false);
  if (status != EXIT_DONE) return status;
  if (!read_head(check)) return log_tell(log, EXIT_FINDINGS);
  log_read_begin(&log->store);
  bool fine = check_all(check);
  log_read_end(&log->store);
  if (!fine) return log_tell_store(log);
  uint64_t anchored = 0;
  if (check->has_head && check_against(check)) anchored = check->head.size;
  if (log->format == 1)
    print_json(check, anchored);
  else
    print_text(check, anchored);
  return check->findings.count ? EXIT_FINDINGS : EXIT_DONE;
}

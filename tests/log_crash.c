/* A log whose disk fails, fills up, or whose machine stops, at each write.
 *
 * A VFS of SQLite counts the writes, syncs, cuts and deletions of files, and at
 * the n-th one kills the process (half of a write done), or says that the disk
 * is full, or that it is broken.  Whatever n is, what was acknowledged before
 * must be in the log, and the log must be sound.
 *
 *   log_crash FOLDER
 */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/log.h"

typedef enum Way { WAY_KILL, WAY_FULL, WAY_BROKEN, WAY_COUNT } Way;

static struct {
  sqlite3_vfs vfs, *real;
  sqlite3_io_methods methods;
  Way way;
  long at, now; /* fail when `now` reaches `at`; 0: never */
} shim;

typedef struct ShimFile {
  sqlite3_file file;
  sqlite3_file *real;
} ShimFile;

/* SQLITE_OK, or how the disk fails now. */
static int turn(void)
{
  if (!shim.at || ++shim.now < shim.at) return SQLITE_OK;
  if (shim.way == WAY_KILL) kill(getpid(), SIGKILL);
  return shim.way == WAY_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
  return ((ShimFile *)file)->real;
}

/* ------------------------------------------------------------------ files */

static int shim_write(sqlite3_file *file, const void *bytes, int size,
                      sqlite3_int64 at)
{
  sqlite3_file *real = real_of(file);
  if (shim.at && shim.now + 1 == shim.at && shim.way == WAY_KILL)
    real->pMethods->xWrite(real, bytes, size / 2, at);
  int code = turn();
  return code ? code : real->pMethods->xWrite(real, bytes, size, at);
}

static int shim_sync(sqlite3_file *file, int flags)
{
  sqlite3_file *real = real_of(file);
  int code = turn();
  return code ? code : real->pMethods->xSync(real, flags);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
  sqlite3_file *real = real_of(file);
  int code = turn();
  return code ? code : real->pMethods->xTruncate(real, size);
}

static int shim_close(sqlite3_file *file)
{
  sqlite3_file *real = real_of(file);
  int code = real->pMethods->xClose(real);
  sqlite3_free(real);
  return code;
}

static int shim_read(sqlite3_file *file, void *bytes, int size,
                     sqlite3_int64 at)
{
  sqlite3_file *real = real_of(file);
  return real->pMethods->xRead(real, bytes, size, at);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
  sqlite3_file *real = real_of(file);
  return real->pMethods->xFileSize(real, size);
}

static int shim_lock(sqlite3_file *file, int level)
{
  sqlite3_file *real = real_of(file);
  return real->pMethods->xLock(real, level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
  sqlite3_file *real = real_of(file);
  return real->pMethods->xUnlock(real, level);
}

static int shim_reserved(sqlite3_file *file, int *out)
{
  sqlite3_file *real = real_of(file);
  return real->pMethods->xCheckReservedLock(real, out);
}

static int shim_control(sqlite3_file *file, int what, void *argument)
{
  sqlite3_file *real = real_of(file);
  return real->pMethods->xFileControl(real, what, argument);
}

static int shim_sector(sqlite3_file *file)
{
  sqlite3_file *real = real_of(file);
  return real->pMethods->xSectorSize(real);
}

static int shim_traits(sqlite3_file *file)
{
  sqlite3_file *real = real_of(file);
  return real->pMethods->xDeviceCharacteristics(real);
}

/* -------------------------------------------------------------- the disk */

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
                     int flags, int *out)
{
  ShimFile *own = (ShimFile *)file;
  (void)vfs;
  own->file.pMethods = NULL;
  own->real = sqlite3_malloc(shim.real->szOsFile);
  memset(own->real, 0, (size_t)shim.real->szOsFile);
  int code = shim.real->xOpen(shim.real, name, own->real, flags, out);
  if (code == SQLITE_OK) own->file.pMethods = &shim.methods;
  else sqlite3_free(own->real);
  return code;
}

static int shim_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
  (void)vfs;
  int code = turn();
  return code ? code : shim.real->xDelete(shim.real, name, sync);
}

static void install(void)
{
  shim.real = sqlite3_vfs_find(NULL);
  shim.vfs = *shim.real;
  shim.vfs.zName = "shim";
  shim.vfs.szOsFile = (int)sizeof(ShimFile);
  shim.vfs.xOpen = shim_open;
  shim.vfs.xDelete = shim_delete;
  shim.methods = (sqlite3_io_methods){
    .iVersion = 1, .xClose = shim_close, .xRead = shim_read,
    .xWrite = shim_write, .xTruncate = shim_truncate, .xSync = shim_sync,
    .xFileSize = shim_size, .xLock = shim_lock, .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_reserved, .xFileControl = shim_control,
    .xSectorSize = shim_sector, .xDeviceCharacteristics = shim_traits,
  };
  sqlite3_vfs_register(&shim.vfs, 1);
}

/* ---------------------------------------------------------------- the log */

static int run_log(Arena *arena, char *path, char **words, int count)
{
  char *argv[8] = {(char[]){"log"}};
  int argc = 1;
  for (int i = 0; i < count; i++) argv[argc++] = words[i];
  argv[argc++] = (char[]){"--log"};
  argv[argc++] = path;
  return command_log.run(arena, argc, argv);
}

/* Adds one entry about `subject`; true if it was acknowledged.  Else *told is
 * what a person is told. */
static bool add(Arena *arena, const char *path, const char *subject,
                Text *told)
{
  LogStore store;
  uint64_t id;
  json_t *body = json_pack("{s:s,s:s}", "kind", "asked", "time",
                           "2026-11-23T20:00:00Z");
  LogPart part = {"facts", TEXT("{\"context.gift\":\"token\"}")};
  bool fine = log_open(arena, path, true, &store) && log_begin(&store);
  if (fine) {
    int64_t about = log_subject_make(&store, text_of(subject));
    fine = about && log_append(&store, body, &part, 1, about, &id) &&
           log_commit(&store);
  }
  Diagnostics wrong = {.arena = arena};
  if (!fine) {
    log_store_wrong(&store, path, true, &wrong);
    *told = wrong.list.at[0].message;
  }
  log_close(&store);
  json_decref(body);
  return fine;
}

static int passed, failed;

static void judge(bool fine, Way way, long at, const char *what)
{
  static const char *const ways[] = {"killed", "full", "broken"};
  if (fine) passed++;
  else failed++;
  if (!fine) printf("FAIL: %s at write %ld: %s\n", ways[way], at, what);
}

/* What the child does: an entry, then an erasure.  Each acknowledgement is a
 * byte on `told`; so is a full disk that was not called so. */
static void act(Arena *arena, char *path, int told)
{
  char *forget[] = {(char[]){"forget"}, (char[]){"first"}};
  Text words = TEXT_NONE;
  bool fine = add(arena, path, "second", &words);
  if (fine && write(told, "a", 1) != 1) return;
  if (!fine && shim.way == WAY_FULL && !strstr(words.at, "the disk is full") &&
      write(told, "x", 1) != 1)
    return;
  if (run_log(arena, path, forget, 2) == EXIT_DONE && write(told, "f", 1) != 1)
    return;
}

/* Runs it with the failure at `at`; the acknowledgements, and whether the end
 * was reached before the failure. */
static bool child(Arena *arena, char *path, Way way, long at, char told[8])
{
  int ends[2], status;
  if (pipe(ends) != 0) exit(2);
  fflush(NULL);
  pid_t id = fork();
  if (id == 0) {
    if (!freopen("/dev/null", "w", stdout)) _exit(2);
    if (!freopen("/dev/null", "w", stderr)) _exit(2);
    shim.way = way;
    shim.at = at;
    act(arena, path, ends[1]);
    _exit(shim.now >= shim.at ? 1 : 0);
  }
  close(ends[1]);
  ssize_t got = read(ends[0], told, 2);
  if (got == 1) got += read(ends[0], told + 1, 1) > 0;
  told[got > 0 ? got : 0] = 0;
  close(ends[0]);
  waitpid(id, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* What the log holds now: its size, and whether `first` is still there. */
static bool look(Arena *arena, char *path, uint64_t *size, bool *first)
{
  LogStore store;
  char *words[] = {(char[]){"verify"}};
  bool fine = log_open(arena, path, true, &store);
  if (fine) *size = store.tree.size;
  if (fine) *first = log_subject(&store, TEXT("first")) != 0;
  log_close(&store);
  return fine && run_log(arena, path, words, 1) == EXIT_DONE;
}

/* One failure at write `at`; false when there were fewer writes. */
static bool try_at(Arena *arena, char *path, Way way, long at)
{
  char told[8], keys[4096];
  Text words;
  uint64_t size = 0;
  bool first = false;
  snprintf(keys, sizeof keys, "%s-keys", path);
  unlink(path);
  unlink(keys);
  judge(add(arena, path, "first", &words), way, at, "the first entry");
  bool ended = child(arena, path, way, at, told);
  judge(look(arena, path, &size, &first), way, at, "the log is sound");
  uint64_t least = 1u + (told[0] == 'a') + (strchr(told, 'f') != NULL);
  judge(size >= least && size <= 3, way, at, "what was acknowledged is there");
  judge(!strchr(told, 'x'), way, at, "a full disk is called so");
  judge(!(strchr(told, 'f') && first), way, at, "what was erased is gone");
  return !ended;
}

int main(int argc, char **argv)
{
  Arena arena;
  jmp_buf escape;
  char path[4000];
  arena_init(&arena, &memory_default, 0, &escape);
  if (setjmp(escape) != 0 || argc != 2) return 2;
  snprintf(path, sizeof path, "%s/crash", argv[1]);
  if (!freopen("/dev/null", "w", stderr)) return 2;
  install();
  for (int way = 0; way < WAY_COUNT; way++)
    for (long at = 1; at < 10000; at++) {
      bool more = try_at(&arena, path, (Way)way, at);
      arena_clear(&arena);
      if (!more) break;
    }
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}

#include "cli/file_read.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/language.h"
#include "cli/wording.h"

#ifdef SYS_openat2
#include <linux/openat2.h>
#endif

#define CHUNK 65536u

/* Why a file could not be had, in plain words. */
static Text reason_of(int error)
{
  switch (error) {
  case ENOENT:
  case ENOTDIR: return language_words("there is no such file");
  case EACCES:
  case EPERM: return language_words("you may not read it");
  case EISDIR: return language_words("it is a folder, not a file");
  case EXDEV:
  case ELOOP: return language_words("it lies outside the policy's folder");
  default: return language_words("it could not be read");
  }
}

/* Room for the whole of a plain file and the read that finds its end. */
static size_t first_room(int file, size_t most)
{
  struct stat about;
  if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode) ||
      about.st_size < 0 || (uint64_t)about.st_size > most)
    return CHUNK;
  return (size_t)about.st_size + 1;
}

/* Reads to the end into the arena, at most `most` bytes and one more; the
 * length, or -1 with errno set.  Allocates only before a read, so that the
 * caller's file is closed by the caller or by the end of the program. */
static ssize_t read_all(Arena *arena, int file, size_t most, char **bytes)
{
  size_t length = 0, room = 0;
  *bytes = NULL;
  for (;;) {
    if (length == room) {
      size_t wider = room ? room * 2 : first_room(file, most);
      *bytes = arena_grow(arena, *bytes, room, wider);
      room = wider;
    }
    ssize_t got = read(file, *bytes + length, room - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    length += (size_t)got;
    if (got == 0 || length > most) return (ssize_t)length;
  }
}

static bool read_open(Arena *arena, int file, size_t most, Text *bytes,
                      Text *reason)
{
  char *at;
  ssize_t length = read_all(arena, file, most, &at);
  if (length < 0) {
    *reason = reason_of(errno);
    return false;
  }
  if ((size_t)length > most) {
    *reason = speech_format(arena, wording_speech(),
                            "it is larger than %zu MiB", most >> 20);
    return false;
  }
  *bytes = (Text){at, (uint32_t)length};
  return true;
}

bool file_read(Arena *arena, const char *path, size_t most, Text *bytes,
               Text *reason)
{
  bool is_stdin = strcmp(path, "-") == 0;
  int file = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    *reason = reason_of(errno);
    return false;
  }
  bool fine = read_open(arena, file, most, bytes, reason);
  if (!is_stdin) close(file);
  return fine;
}

/* --------------------------------------------------------- beneath a root */

#define OPEN_FLAGS (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

/* Opens one folder after the other without following any link. */
static int open_by_steps(int folder, const char *path)
{
  int here = dup(folder);
  while (here >= 0) {
    const char *slash = strchr(path, '/');
    char name[256];
    size_t length = slash ? (size_t)(slash - path) : strlen(path);
    int next = -1;
    errno = ENOENT;
    if (length < sizeof name) {
      memcpy(name, path, length);
      name[length] = 0;
      next = openat(here, name,
                    OPEN_FLAGS | O_NOFOLLOW | (slash ? O_DIRECTORY : 0));
    }
    int error = errno;
    close(here);
    errno = error;
    if (!slash) return next;
    here = next;
    path = slash + 1;
  }
  return here;
}

static int open_beneath(int folder, const char *path)
{
#ifdef SYS_openat2
  struct open_how how = {
    .flags = OPEN_FLAGS,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
  };
  long file = syscall(SYS_openat2, folder, path, &how, sizeof how);
  if (file >= 0 || (errno != ENOSYS && errno != EPERM)) return (int)file;
#endif
  return open_by_steps(folder, path);
}

/* Is the path plain: no empty, `.` or `..` part, and no leading slash? */
static bool path_is_plain(Text path)
{
  uint32_t start = 0;
  for (uint32_t i = 0; i <= path.length; i++) {
    if (i < path.length && path.at[i] != '/') continue;
    Text part = {path.at + start, i - start};
    if (!part.length || memchr(part.at, 0, part.length) ||
        text_equal(part, TEXT(".")) || text_equal(part, TEXT("..")))
      return false;
    start = i + 1;
  }
  return true;
}

static bool read_beneath(Arena *arena, int folder, Text path, Text *bytes,
                         Text *reason)
{
  struct stat about;
  int file = open_beneath(folder, path.at);
  if (file < 0) {
    *reason = reason_of(errno);
    return false;
  }
  bool fine = fstat(file, &about) == 0 && S_ISREG(about.st_mode);
  if (fine)
    fine = read_open(arena, file, POLICY_FILE_MOST, bytes, reason);
  else
    *reason = S_ISDIR(about.st_mode) ? reason_of(EISDIR)
                                     : TEXT("it is not a plain file");
  close(file);
  return fine;
}

bool folder_read(void *context, Arena *arena, Text path, Text *bytes,
                 Text *reason)
{
  const FolderReader *reader = context;
  if (text_equal(path, reader->main_path)) {
    *bytes = reader->main_bytes;
    return true;
  }
  if (!path_is_plain(path)) {
    *reason = TEXT("it lies outside the policy's folder");
    return false;
  }
  const char *root = reader->root[0] ? reader->root : ".";
  Text copy = text_copy(arena, path);
  int folder = open(root, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
  if (folder < 0) {
    *reason = reason_of(errno);
    return false;
  }
  bool fine = read_beneath(arena, folder, copy, bytes, reason);
  close(folder);
  return fine;
}

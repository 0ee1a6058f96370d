#include "cli/file_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int file, Text bytes)
{
  size_t done = 0;
  while (done < bytes.length) {
    ssize_t size = write(file, bytes.at + done, bytes.length - done);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return false;
    done += (size_t)size;
  }
  return true;
}

/* The usual permissions of a new file, which mkstemp does not give. */
static mode_t usual_mode(void)
{
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

/* Fills, flushes and closes `file`. */
static bool fill(int file, Text bytes)
{
  bool fine = write_all(file, bytes) && fchmod(file, usual_mode()) == 0 &&
              fsync(file) == 0;
  int reason = errno;
  if (close(file) != 0 && fine) return false;
  errno = reason;
  return fine;
}

bool file_write(Arena *arena, const char *path, Text bytes)
{
  if (strcmp(path, "-") == 0)
    return fwrite(bytes.at, 1, bytes.length, stdout) == bytes.length;
  Buffer name = {.arena = arena};
  buffer_put_c(&name, path);
  buffer_put(&name, (Text){".XXXXXX", 8}); /* with its NUL */
  int file = mkstemp(name.at);
  if (file < 0) return false;
  if (fill(file, bytes) && rename(name.at, path) == 0) return true;
  int reason = errno;
  unlink(name.at);
  errno = reason;
  return false;
}

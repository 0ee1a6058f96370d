#include "config.h"

#include "cli/late.h"

#include <stddef.h>
#include <string.h>

#ifdef LATE
#include <dlfcn.h>

#define SQLITE_NAME(name) "sqlite3_" #name,
#define SODIUM_NAME(name) #name,
#define EDIT_NAME(name) #name,

SqliteCalls sqlite;
SodiumCalls sodium;
EditCalls edit;

_Static_assert(sizeof(void *) == sizeof sqlite.step,
               "a table of calls is filled as one of addresses");

/* Fills `calls` with the addresses of `names`, unless that was done.  The
 * library stays open to the end. */
static bool load(const char *file, const char *const *names, size_t count,
                 void *calls)
{
  void *address, *library;
  memcpy(&address, calls, sizeof address);
  if (address) return true;
  library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!library) return false;
  for (size_t i = count; i-- > 0;) { /* the first one last: all are there */
    address = dlsym(library, names[i]);
    if (!address) return false;
    memcpy((char *)calls + i * sizeof address, &address, sizeof address);
  }
  return true;
}

#define LOAD(file, calls, CALLS, NAME)                        \
  static const char *const names[] = {CALLS(NAME)};           \
  return load(file, names, sizeof names / sizeof *names, calls)

bool late_sqlite(void)
{
  LOAD(SQLITE_FILE, &sqlite, SQLITE_CALLS, SQLITE_NAME);
}

bool late_sodium(void)
{
  LOAD(SODIUM_FILE, &sodium, SODIUM_CALLS, SODIUM_NAME);
}

bool late_edit(void)
{
  LOAD(EDIT_FILE, &edit, EDIT_CALLS, EDIT_NAME);
}

#else
#define SQLITE_LINKED(name) sqlite3_##name,
#define SODIUM_LINKED(name) name,
#define EDIT_LINKED(name) name,

SqliteCalls sqlite = {SQLITE_CALLS(SQLITE_LINKED)};
SodiumCalls sodium = {SODIUM_CALLS(SODIUM_LINKED)};
EditCalls edit = {EDIT_CALLS(EDIT_LINKED)};

bool late_sqlite(void)
{
  return true;
}

bool late_sodium(void)
{
  return true;
}

bool late_edit(void)
{
  return true;
}
#endif

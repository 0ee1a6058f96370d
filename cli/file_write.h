/* Writing files so that a reader never sees half of one. */
#ifndef STILE_CLI_FILE_WRITE_H
#define STILE_CLI_FILE_WRITE_H

#include "base/text.h"

/* Writes the whole file under another name beside `path`, then renames it;
 * "-" is stdout.  False, with errno set and nothing left behind, if it cannot
 * be written. */
bool file_write(Arena *arena, const char *path, Text bytes);

#endif

/* Files for the commands: whole, with a limit, and only what may be read. */
#ifndef STILE_CLI_FILE_READ_H
#define STILE_CLI_FILE_READ_H

#include "base/text.h"
#include "compiler/compile.h"

#define POLICY_FILE_MOST (8u << 20)
#define IMAGE_FILE_MOST (64u << 20)
#define SITUATION_FILE_MOST (8u << 20)

/* Reads a whole file that the person named; "-" is stdin.  False with a short
 * reason ("there is no such file") if it cannot be had or holds more than
 * `most` bytes. */
bool file_read(Arena *arena, const char *path, size_t most, Text *bytes,
               Text *reason);

/* Gives the files of one root folder, and nothing outside it: regular files
 * only, whatever links and `..` say.  The main file is given from memory. */
typedef struct FolderReader {
  const char *root; /* the folder as a path; "" is the working folder */
  Text main_path;   /* relative to the root */
  Text main_bytes;
} FolderReader;

/* The `read` of a FileReader whose context is a FolderReader. */
bool folder_read(void *context, Arena *arena, Text path, Text *bytes,
                 Text *reason);

#endif

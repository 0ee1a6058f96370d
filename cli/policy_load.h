/* A policy from the command line: a `.stile` file, compiled in memory, or a
 * `.stilec` image.  Both come out as a verified image. */
#ifndef STILE_CLI_POLICY_LOAD_H
#define STILE_CLI_POLICY_LOAD_H

#include "cli/file_read.h"

typedef struct LoadOptions {
  const char *root; /* as given with --root; NULL: the policy's own folder */
  Day today;        /* for "next review passed"; DAY_NONE: not checked */
} LoadOptions;

typedef struct LoadedPolicy {
  Sources sources;         /* the policy's files; others may be added */
  Diagnostics diagnostics; /* errors and warnings so far; others may be added */
  bool is_image;           /* it was a `.stilec` */
  Text bytes;              /* the image as bytes */
  Image image;             /* verified; only when the status is EXIT_DONE */
} LoadedPolicy;

/* Reads, compiles if need be, writes and reads back.  Prints nothing: what is
 * wrong stands in `out->diagnostics`.  Returns EXIT_DONE, EXIT_FINDINGS (the
 * policy has errors) or EXIT_MACHINE (a file could not be read). */
int policy_load(Arena *arena, const char *path, const LoadOptions *options,
                LoadedPolicy *out);

/* For commands that compile without an image: reads the main file and fills
 * in `input` (with `reader` and `files` as its file reader).  False, with a
 * diagnostic, if the file cannot be read or does not lie beneath the root. */
bool policy_input(Arena *arena, const char *path, const LoadOptions *options,
                  LoadedPolicy *out, FolderReader *reader, FileReader *files,
                  CompileInput *input);

#endif

/* The compiler: from the text of a policy to its image, one stage a call. */
#ifndef STILE_COMPILER_COMPILE_H
#define STILE_COMPILER_COMPILE_H

#include "base/diagnostic.h"
#include "runtime/image.h"

/* How the host gives files.  `path` is relative to the root folder, with `/`
 * and without `.` or `..`.  Returns false with a short reason (a plain phrase:
 * "there is no such file") if the file cannot be had.  The bytes live in
 * `arena`. */
typedef struct FileReader {
  bool (*read)(void *context, Arena *arena, Text path, Text *bytes,
               Text *reason);
  void *context;
} FileReader;

typedef struct CompileInput {
  Text main_path;           /* relative to the root folder */
  Text folder;              /* how messages name the root folder: put before
                               every path shown, "" or ending in `/` */
  const FileReader *files;
  Day today;                /* for "next review passed"; DAY_NONE: not
                               checked */
} CompileInput;

typedef enum Stage {
  STAGE_SOURCE, STAGE_TOKENS, STAGE_TREE, STAGE_CHECKED, STAGE_GRID, STAGE_IMAGE
} Stage;

/* Compiles.  True if there was no error; then *image is complete (write it and
 * read it back before use).  Warnings and errors stand in `diagnostics`, with
 * places in `sources`. */
bool compile(Arena *arena, const CompileInput *input, Sources *sources,
             Diagnostics *diagnostics, Image *image);

/* Compiles as far as `stage` and prints what that stage made, one line an item.
 * False if there was an error on the way. */
bool compile_dump(Arena *arena, const CompileInput *input, Stage stage,
                  Sources *sources, Diagnostics *diagnostics, Buffer *out);

#endif

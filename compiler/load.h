/* The files of a policy: the main one and all that it uses. */
#ifndef STILE_COMPILER_LOAD_H
#define STILE_COMPILER_LOAD_H

#include "base/diagnostic.h"
#include "compiler/compile.h"
#include "compiler/tree.h"

#define FILES_MOST 200

typedef struct LoadedFile {
  uint32_t number; /* in Sources */
  Text path;       /* relative to the root folder */
  Tree tree;
  const Item *heading; /* its policy heading, or NULL */
  Layer layer;
} LoadedFile;

/* An item that is not a `use` or a policy heading, with its file's layer. */
typedef struct LoadedItem {
  const Item *item;
  Layer layer;
} LoadedItem;

typedef struct Loaded {
  Vec(LoadedFile) files; /* the main file first, then in order of `use` */
  Vec(LoadedItem) items; /* in declared order, used files at their `use` */
  bool incomplete;       /* a file could not be had: names may be missing */
  bool broken;           /* a file has a mistake that the parser reported */
} Loaded;

/* Reads and parses the main file and every file it uses, each once.  Mistakes
 * go to `diagnostics`. */
void load(Arena *arena, const CompileInput *input, Sources *sources,
          Diagnostics *diagnostics, Loaded *loaded);

/* The path of `used`, written in the file `from`, with `.` and `..` resolved;
 * none if it is absolute or leaves the root folder. */
Text load_resolve(Arena *arena, Text from, Text used);

#endif

/* The pipeline. */
#include "compiler/compile.h"

#include "compiler/checked.h"
#include "compiler/generate.h"
#include "compiler/load.h"
#include "compiler/parse.h"
#include "runtime/image_file.h"

bool compile(Arena *arena, const CompileInput *input, Sources *sources,
             Diagnostics *diagnostics, Image *image) {
  Loaded loaded;
  Checked checked;
  CutGrid grid;
  uint32_t before = diagnostics->errors;
  load(arena, input, sources, diagnostics, &loaded);
  check(arena, &loaded, sources, input->today, diagnostics, &checked);
  if (loaded.broken || diagnostics->errors > before) return false;
  cut_grid_make(arena, &checked, diagnostics, &grid);
  if (diagnostics->errors > before) return false;
  generate(arena, &grid, sources, image);
  return true;
}

/* ----------------------------------------------------------------- printing */

typedef struct Dump {
  Arena *arena;
  Sources *sources;
  Diagnostics *diagnostics;
  Buffer *out;
  uint32_t before; /* errors */
} Dump;

static void dump_source(const Dump *dump, const Loaded *loaded) {
  for (uint32_t i = 0; i < loaded->files.count; i++) {
    const Source *source =
        source_get(dump->sources, loaded->files.at[i].number);
    buffer_format(dump->out, "file %.*s: %u bytes, %u lines\n",
                  TEXT_ARG(source->name), source->text.length,
                  source->line_count);
  }
}

/* The mistakes of the words have been reported by the parser. */
static void dump_tokens(const Dump *dump, const Loaded *loaded) {
  Diagnostics again = {.arena = dump->arena, .most = 1};
  for (uint32_t i = 0; i < loaded->files.count; i++)
    tokens_print(dump->arena, dump->sources, loaded->files.at[i].number,
                 &again, dump->out);
}

static void dump_tree(const Dump *dump, const Loaded *loaded) {
  for (uint32_t i = 0; i < loaded->files.count; i++)
    tree_print(dump->out, &loaded->files.at[i].tree);
}

static void dump_files(const Dump *dump, Stage stage, const Loaded *loaded) {
  if (stage == STAGE_SOURCE) dump_source(dump, loaded);
  if (stage == STAGE_TOKENS) dump_tokens(dump, loaded);
  if (stage == STAGE_TREE) dump_tree(dump, loaded);
}

static void dump_meaning(const Dump *dump, Stage stage,
                         const Checked *checked) {
  CutGrid grid;
  Image image;
  if (stage == STAGE_CHECKED) {
    checked_print(dump->out, checked);
    return;
  }
  cut_grid_make(dump->arena, checked, dump->diagnostics, &grid);
  if (dump->diagnostics->errors > dump->before) return;
  if (stage == STAGE_GRID) {
    cut_grid_print(dump->out, &grid);
    return;
  }
  generate(dump->arena, &grid, dump->sources, &image);
  image_dump(dump->out, &image);
}

bool compile_dump(Arena *arena, const CompileInput *input, Stage stage,
                  Sources *sources, Diagnostics *diagnostics, Buffer *out) {
  Loaded loaded;
  Checked checked;
  Dump dump = {arena, sources, diagnostics, out, diagnostics->errors};
  load(arena, input, sources, diagnostics, &loaded);
  if (stage <= STAGE_TREE) {
    dump_files(&dump, stage, &loaded);
    return diagnostics->errors == dump.before;
  }
  check(arena, &loaded, sources, input->today, diagnostics, &checked);
  if (loaded.broken || diagnostics->errors > dump.before) return false;
  dump_meaning(&dump, stage, &checked);
  return diagnostics->errors == dump.before;
}

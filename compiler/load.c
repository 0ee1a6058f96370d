#include "compiler/load.h"

#include "compiler/codes.h"
#include "compiler/parse.h"

typedef struct Loader {
  Arena *arena;
  const CompileInput *input;
  Sources *sources;
  Diagnostics *diagnostics;
  Loaded *loaded;
} Loader;

/* ----------------------------------------------------------------- paths */

typedef Vec(Text) Steps;

/* Adds the steps of `path`; false if it climbs out of the root. */
static bool add_steps(Arena *arena, Steps *steps, Text path) {
  uint32_t start = 0;
  for (uint32_t i = 0; i <= path.length; i++) {
    if (i < path.length && path.at[i] != '/') continue;
    Text step = {path.at + start, i - start};
    start = i + 1;
    if (step.length == 0 || text_equal(step, TEXT("."))) continue;
    if (!text_equal(step, TEXT(".."))) {
      VEC_PUSH(arena, steps, step);
      continue;
    }
    if (steps->count == 0) return false;
    steps->count--;
  }
  return true;
}

/* The folder part of a path, without the slash. */
static Text folder_of(Text path) {
  while (path.length > 0 && path.at[path.length - 1] != '/') path.length--;
  if (path.length > 0) path.length--;
  return path;
}

Text load_resolve(Arena *arena, Text from, Text used) {
  Steps steps = {0};
  if (used.length == 0 || used.at[0] == '/') return TEXT_NONE;
  if (!add_steps(arena, &steps, folder_of(from))) return TEXT_NONE;
  if (!add_steps(arena, &steps, used)) return TEXT_NONE;
  if (steps.count == 0) return TEXT_NONE;
  Buffer out = {.arena = arena};
  for (uint32_t i = 0; i < steps.count; i++) {
    if (i > 0) buffer_put_char(&out, '/');
    buffer_put(&out, steps.at[i]);
  }
  return buffer_text(&out);
}

/* ----------------------------------------------------------------- files */

static bool is_loaded(const Loaded *loaded, Text path) {
  for (uint32_t i = 0; i < loaded->files.count; i++)
    if (text_equal(loaded->files.at[i].path, path)) return true;
  return false;
}

/* Takes the file's policy heading; there may be one. */
static void take_heading(Loader *loader, uint32_t file, const Item *item) {
  LoadedFile *one = &loader->loaded->files.at[file];
  if (!one->heading) {
    one->heading = item;
    if (item->policy && item->policy->has_layer)
      one->layer = item->policy->layer;
    return;
  }
  Diagnostic *d = diagnostic_error(
      loader->diagnostics, E_HEADING_TWICE, item->span,
      "This file has two `policy` headings; a file has one.");
  diagnostic_relate(loader->diagnostics, d, one->heading->span,
                    "The first one is here.");
  diagnostic_help(loader->diagnostics, d,
                  "Put what they say into one heading.");
}

static void take_headings(Loader *loader, uint32_t file) {
  const Item *item = loader->loaded->files.at[file].tree.items;
  for (; item; item = item->next)
    if (item->kind == ITEM_POLICY) take_heading(loader, file, item);
}

/* Reads and parses one file; NONE if it cannot be had.  `at` is the path in
 * the `use`, or no place for the main file. */
static uint32_t read_file(Loader *loader, Text path, Span at) {
  Text bytes = TEXT_NONE;
  Text reason = TEXT_NONE;
  const FileReader *files = loader->input->files;
  if (!files->read(files->context, loader->arena, path, &bytes, &reason)) {
    loader->loaded->incomplete = true;
    Diagnostic *d = diagnostic_error(
        loader->diagnostics, E_FILE_UNREADABLE, at,
        "The file `%.*s` cannot be read: %.*s.", TEXT_ARG(path),
        TEXT_ARG(reason));
    if (at.file)
      diagnostic_help(loader->diagnostics, d,
                      "Correct the path: it starts from the folder of the "
                      "file that uses it.");
    return NONE;
  }
  LoadedFile *file = VEC_ADD(loader->arena, &loader->loaded->files);
  Text shown = text_format(loader->arena, "%.*s%.*s",
                           TEXT_ARG(loader->input->folder), TEXT_ARG(path));
  file->path = path;
  file->layer = LAYER_ORGANISATION;
  file->number = source_add(loader->arena, loader->sources, shown, bytes);
  if (!parse(loader->arena, loader->sources, file->number,
             loader->diagnostics, &file->tree)) {
    loader->loaded->broken = true;
    if (!file->tree.items) loader->loaded->incomplete = true;
  }
  uint32_t index = loader->loaded->files.count - 1;
  take_headings(loader, index);
  return index;
}

static void add_items(Loader *loader, uint32_t file);

static void use_file(Loader *loader, Text from, const Item *item) {
  if (item->poisoned || text_is_none(item->title.text)) {
    loader->loaded->incomplete = true;
    return;
  }
  Text path = load_resolve(loader->arena, from, item->title.text);
  if (text_is_none(path)) {
    loader->loaded->incomplete = true;
    Diagnostic *d = diagnostic_error(
        loader->diagnostics, E_PATH_OUTSIDE, item->title.span,
        "The path `%.*s` leads out of the policy's folder.",
        TEXT_ARG(item->title.text));
    diagnostic_help(loader->diagnostics, d,
                    "Write the way to the file from this one, and keep all "
                    "files of a policy in one folder or in folders in it.");
    return;
  }
  if (is_loaded(loader->loaded, path)) return;
  if (loader->loaded->files.count >= FILES_MOST) {
    loader->loaded->incomplete = true;
    diagnostic_error(loader->diagnostics, E_FILES_MANY, item->span,
                     "The policy uses more than %d files.", FILES_MOST);
    return;
  }
  uint32_t file = read_file(loader, path, item->title.span);
  if (file != NONE) add_items(loader, file);
}

/* Adds a file's items, those of the files it uses at their `use`.  As deep as
 * there are files at most, since each is read once. */
static void add_items(Loader *loader, uint32_t file) {
  Text path = loader->loaded->files.at[file].path;
  Layer layer = loader->loaded->files.at[file].layer;
  const Item *item = loader->loaded->files.at[file].tree.items;
  for (; item; item = item->next) {
    if (item->kind == ITEM_USE)
      use_file(loader, path, item);
    else if (item->kind != ITEM_POLICY)
      VEC_PUSH(loader->arena, &loader->loaded->items,
               ((LoadedItem){item, layer}));
  }
}

static void require_heading(Loader *loader) {
  const LoadedFile *main = &loader->loaded->files.at[0];
  if (main->heading || loader->loaded->incomplete) return;
  Diagnostic *d = diagnostic_error(
      loader->diagnostics, E_HEADING_NONE, (Span){main->number, 0, 0},
      "The policy has no heading.");
  diagnostic_help(loader->diagnostics, d,
                  "Start the file with a line such as "
                  "`policy our-gifts \"Our gifts policy\"`.");
}

void load(Arena *arena, const CompileInput *input, Sources *sources,
          Diagnostics *diagnostics, Loaded *loaded) {
  Loader loader = {arena, input, sources, diagnostics, loaded};
  *loaded = (Loaded){0};
  uint32_t main = read_file(&loader, input->main_path, (Span){0});
  if (main == NONE) return;
  add_items(&loader, main);
  require_heading(&loader);
}

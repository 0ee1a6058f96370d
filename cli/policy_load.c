#include "cli/policy_load.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/wording.h"
#include "runtime/image_file.h"

enum { E_FILE = 602, E_OUTSIDE = 603 };

static void init(Arena *arena, LoadedPolicy *out)
{
  *out = (LoadedPolicy){
    .diagnostics = {.arena = arena, .speech = wording_speech()}};
}

/* A place to point at in a file that has no text to show. */
static Span name_span(Arena *arena, LoadedPolicy *out, const char *path)
{
  Text name = strcmp(path, "-") == 0 ? TEXT("stdin") : text_of(path);
  uint32_t file = source_add(arena, &out->sources, name, TEXT(""));
  return (Span){file, 0, 0};
}

static bool tell_file(Arena *arena, LoadedPolicy *out, const char *path,
                      Text reason)
{
  Diagnostic *one = diagnostic_error(
      &out->diagnostics, E_FILE, name_span(arena, out, path),
      "The file `%s` cannot be read: %.*s.", path, TEXT_ARG(reason));
  diagnostic_help(&out->diagnostics, one,
                  "Check the name and where the file is.");
  return false;
}

/* ------------------------------------------------------------- the root */

/* How many bytes of `path` name its folder, the last slash included. */
static size_t folder_length(const char *path)
{
  const char *slash = strrchr(path, '/');
  return slash ? (size_t)(slash - path) + 1 : 0;
}

/* What is left of `path` beneath `root` when both are followed to their ends;
 * none if it lies elsewhere. */
static Text path_beneath(Arena *arena, const char *root, const char *path)
{
  char *true_root = arena_make(arena, PATH_MAX);
  char *true_path = arena_make(arena, PATH_MAX);
  if (!realpath(root, true_root) || !realpath(path, true_path))
    return TEXT_NONE;
  size_t length = strlen(true_root);
  if (length == 1) length = 0; /* the root of the whole disk: "/" */
  if (strncmp(true_root, true_path, length) != 0 || true_path[length] != '/')
    return TEXT_NONE;
  return text_of(true_path + length + 1);
}

static void own_folder(Arena *arena, const char *path, FolderReader *reader,
                       CompileInput *input)
{
  size_t length = folder_length(path);
  input->folder = text_copy(arena, (Text){path, (uint32_t)length});
  input->main_path = text_of(path + length);
  reader->root = input->folder.at;
}

static bool given_root(Arena *arena, const char *path, const char *root,
                       FolderReader *reader, CompileInput *input)
{
  size_t length = strlen(root);
  bool slash = length && root[length - 1] == '/';
  input->main_path = path_beneath(arena, root, path);
  input->folder = text_format(arena, "%s%s", root, slash ? "" : "/");
  reader->root = root;
  return !text_is_none(input->main_path);
}

static bool input_from(Arena *arena, const char *path, Text bytes,
                       const LoadOptions *options, LoadedPolicy *out,
                       FolderReader *reader, CompileInput *input)
{
  bool fine = true;
  if (options->root && strcmp(path, "-") != 0)
    fine = given_root(arena, path, options->root, reader, input);
  else
    own_folder(arena, path, reader, input);
  if (!fine) {
    Diagnostic *one = diagnostic_error(
        &out->diagnostics, E_OUTSIDE, name_span(arena, out, path),
        "The file `%s` does not lie in the folder `%s`.", path, options->root);
    diagnostic_help(&out->diagnostics, one,
                    "Give a `--root` folder that holds the policy.");
    return false;
  }
  input->today = options->today;
  reader->main_path = input->main_path;
  reader->main_bytes = bytes;
  return true;
}

bool policy_input(Arena *arena, const char *path, const LoadOptions *options,
                  LoadedPolicy *out, FolderReader *reader, FileReader *files,
                  CompileInput *input)
{
  Text bytes, reason;
  init(arena, out);
  if (!file_read(arena, path, POLICY_FILE_MOST, &bytes, &reason))
    return tell_file(arena, out, path, reason);
  *files = (FileReader){folder_read, reader};
  *input = (CompileInput){.files = files};
  return input_from(arena, path, bytes, options, out, reader, input);
}

/* ------------------------------------------------------------- the image */

static bool is_image(Text bytes)
{
  Text magic = {IMAGE_MAGIC, sizeof IMAGE_MAGIC - 1};
  return text_starts(bytes, magic);
}

static int read_image(Arena *arena, const char *path, Text bytes,
                      LoadedPolicy *out)
{
  ImageFault fault;
  out->bytes = bytes;
  if (image_read(arena, bytes, &out->image, &fault)) return EXIT_DONE;
  Diagnostic *one = diagnostic_error(
      &out->diagnostics, fault.code, name_span(arena, out, path),
      "The file `%s` is not a sound policy image. At byte %u: %s", path,
      fault.offset, fault.message);
  diagnostic_help(&out->diagnostics, one,
                  "Make it again from the policy with `stile build`.");
  return EXIT_FINDINGS;
}

static int compile_image(Arena *arena, const char *path, Text bytes,
                         const LoadOptions *options, LoadedPolicy *out)
{
  Image image = {0};
  FolderReader reader;
  FileReader files = {folder_read, &reader};
  CompileInput input = {.files = &files};
  if (!input_from(arena, path, bytes, options, out, &reader, &input))
    return EXIT_MACHINE;
  out->diagnostics.speech = NULL; /* authors are told in English */
  if (!compile(arena, &input, &out->sources, &out->diagnostics, &image))
    return EXIT_FINDINGS;
  Buffer written = {.arena = arena};
  image_write(&written, &image);
  return read_image(arena, path, buffer_text(&written), out);
}

int policy_load(Arena *arena, const char *path, const LoadOptions *options,
                LoadedPolicy *out)
{
  Text bytes, reason;
  init(arena, out);
  if (!file_read(arena, path, IMAGE_FILE_MOST, &bytes, &reason)) {
    tell_file(arena, out, path, reason);
    return EXIT_MACHINE;
  }
  out->is_image = is_image(bytes);
  if (out->is_image) return read_image(arena, path, bytes, out);
  return compile_image(arena, path, bytes, options, out);
}

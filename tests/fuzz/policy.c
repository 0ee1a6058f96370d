/* Any bytes as a policy: the compiler says yes or no, and what it accepts is
 * written, read back and asked with nothing known.
 *
 * The input is the main file; lines `# file: NAME` start further files that it
 * may use.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/compile.h"
#include "runtime/answer.h"
#include "runtime/image_file.h"

#define FILES_MOST 8
#define MEMORY_MOST ((size_t)1 << 30)
#define WORK 3000
#define TODAY 739782 /* 2026-06-15 */

typedef struct Files {
  Text names[FILES_MOST], texts[FILES_MOST];
  uint32_t count;
} Files;

static const char *find_mark(const char *from, const char *end) {
  return memmem(from, (size_t)(end - from), "\n# file: ", 9);
}

static void split(const char *at, const char *end, Files *files) {
  files->names[0] = TEXT("main.stile");
  for (files->count = 1; files->count <= FILES_MOST; files->count++) {
    const char *mark =
        files->count < FILES_MOST ? find_mark(at, end) : NULL;
    files->texts[files->count - 1] =
        (Text){at, (uint32_t)((mark ? mark : end) - at)};
    if (!mark) return;
    const char *name = mark + 9;
    const char *line = memchr(name, '\n', (size_t)(end - name));
    if (!line) return;
    files->names[files->count] = (Text){name, (uint32_t)(line - name)};
    at = line + 1;
  }
}

static bool read_file(void *context, Arena *arena, Text path, Text *bytes,
                      Text *reason) {
  const Files *files = context;
  (void)arena;
  *reason = TEXT("there is no such file");
  for (uint32_t i = 0; i < files->count; i++)
    if (text_equal(files->names[i], path)) {
      *bytes = files->texts[i];
      return true;
    }
  return false;
}

/* What the compiler accepts must be a sound image, the same when written
 * again. */
static void read_back(Arena *arena, const Image *image, Image *read) {
  Buffer bytes = {.arena = arena}, again = {.arena = arena};
  ImageFault fault = {0};
  image_write(&bytes, image);
  if (!image_read(arena, buffer_text(&bytes), read, &fault)) abort();
  image_write(&again, read);
  if (!text_equal(buffer_text(&bytes), buffer_text(&again))) abort();
}

static void ask_nothing(Arena *arena, const Image *image) {
  for (uint32_t b = 0; b < image->boundaries.count && b < 4; b++) {
    Situation situation;
    Answer answer;
    situation_init(arena, image, TODAY, &situation);
    situation.boundary = b;
    situation.tense = b % 2 ? TENSE_HAPPENED : TENSE_PROPOSED;
    answer_make(arena, image, &situation, WORK, &answer);
    if (answer.low > answer.high) abort();
  }
}

static void print_all(Arena *arena, const Sources *sources,
                      const Diagnostics *diagnostics) {
  Buffer out = {.arena = arena};
  for (uint32_t i = 0; i < diagnostics->list.count; i++)
    diagnostic_print(&out, sources, &diagnostics->list.at[i], false);
}

static void try_policy(Arena *arena, const uint8_t *data, size_t size) {
  Files files = {0};
  FileReader reader = {read_file, &files};
  Sources sources = {0};
  Diagnostics diagnostics = {.arena = arena};
  Image image = {0}, read = {0};
  CompileInput input = {
      .main_path = TEXT("main.stile"), .files = &reader, .today = TODAY};
  split((const char *)data, (const char *)data + size, &files);
  bool sound = compile(arena, &input, &sources, &diagnostics, &image);
  if (sound == (diagnostics.errors > 0)) abort();
  print_all(arena, &sources, &diagnostics);
  if (!sound) return;
  read_back(arena, &image, &read);
  ask_nothing(arena, &read);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  jmp_buf escape;
  Arena arena;
  if (size > (1 << 20) + 4096) return 0;
  arena_init(&arena, &memory_default, MEMORY_MOST, &escape);
  if (setjmp(escape) == 0) try_policy(&arena, data, size);
  arena_clear(&arena);
  return 0;
}

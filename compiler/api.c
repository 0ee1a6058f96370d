/* The compiler's half of the installed interface. */
#include "runtime/api.h"

#include "compiler/compile.h"
#include "runtime/image_file.h"

struct StileImage {
  Owner owner;
  Text bytes;
};

/* What compiling needs and throws away. */
typedef struct Work {
  Owner owner;
  StileReadFile *read_file;
  void *context;
} Work;

static bool read_host(void *context, Arena *arena, Text path, Text *bytes,
                      Text *reason) {
  const Work *work = context;
  Text name = text_copy(arena, path);
  const char *at = NULL;
  size_t length = 0;
  *reason = TEXT("there is no such file");
  if (!work->read_file(work->context, name.at, &at, &length)) return false;
  *reason = TEXT("it is too large");
  if (length >= UINT32_MAX) return false;
  *bytes = text_copy(arena, (Text){at ? at : "", (uint32_t)length});
  return true;
}

/* The bytes alone, in an object of their own. */
static StileStatus keep_bytes(const Memory *memory, const Image *made,
                              StileImage **result) {
  StileImage *image = api_create(memory, sizeof *image);
  if (!image) return STILE_NO_MEMORY;
  if (setjmp(image->owner.escape) != 0) {
    api_destroy(image);
    return STILE_NO_MEMORY;
  }
  Buffer out = {.arena = &image->owner.arena};
  image_write(&out, made);
  image->bytes = buffer_text(&out);
  *result = image;
  return STILE_OK;
}

static StileStatus make(Work *work, const CompileInput *input,
                        StileImage **image, StileMessages **messages) {
  Arena *arena = &work->owner.arena;
  Diagnostics diagnostics = {.arena = arena};
  Sources sources = {{0}};
  Image made = {0};
  StileStatus status;
  bool fine;
  if (setjmp(work->owner.escape) != 0) return STILE_NO_MEMORY;
  fine = compile(arena, input, &sources, &diagnostics, &made);
  status = api_messages(&work->owner.memory, &sources, &diagnostics, messages);
  if (status != STILE_OK) return status;
  if (!fine) return STILE_ERROR_IN_POLICY;
  return keep_bytes(&work->owner.memory, &made, image);
}

StileStatus stile_compile(const StileMemory *memory, const char *main_path,
                          StileReadFile *read_file, void *context,
                          StileDay today, StileImage **image,
                          StileMessages **messages) {
  Memory from = api_memory(memory);
  Work *work;
  StileStatus status;
  Day day = DAY_NONE;
  *image = NULL;
  if (messages) *messages = NULL;
  if (today.year != 0 && !api_read_day(today, &day)) return STILE_WRONG_USE;
  work = api_create(&from, sizeof *work);
  if (!work) return STILE_NO_MEMORY;
  work->owner.arena.passing = true;
  work->read_file = read_file;
  work->context = context;
  FileReader files = {read_host, work};
  CompileInput input = {.main_path = text_of(main_path),
                        .folder = TEXT(""),
                        .files = &files,
                        .today = day};
  status = make(work, &input, image, messages);
  if (status == STILE_NO_MEMORY && messages) {
    stile_messages_destroy(*messages);
    *messages = NULL;
  }
  api_destroy(work);
  return status;
}

const void *stile_image_bytes(const StileImage *image, size_t *length) {
  *length = image->bytes.length;
  return image->bytes.at;
}

void stile_image_destroy(StileImage *image) { api_destroy(image); }

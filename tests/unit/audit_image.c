#include "audit_suites.h"
#include "compiler/compile.h"
#include "runtime/image_file.h"

static bool read_policy(void *context, Arena *arena, Text path, Text *bytes,
                        Text *reason) {
  (void)arena;
  (void)path;
  (void)reason;
  *bytes = *(const Text *)context;
  return true;
}

void audit_image(Arena *arena, Text policy, Image *image) {
  FileReader reader = {read_policy, &policy};
  CompileInput input = {.main_path = TEXT("policy.stile"), .files = &reader};
  Sources sources = {0};
  Diagnostics diagnostics = {.arena = arena};
  Buffer bytes = {.arena = arena};
  ImageFault fault = {0};
  Image compiled = {0};
  ck_assert(compile(arena, &input, &sources, &diagnostics, &compiled));
  image_write(&bytes, &compiled);
  ck_assert(image_read(arena, buffer_text(&bytes), image, &fault));
}

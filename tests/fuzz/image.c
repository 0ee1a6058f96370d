/* Any bytes as an image: refused, or sound enough to be asked and shown. */
#include "tests/fuzz/fuzz.h"

#include "include/stile.h"
#include "runtime/image_file.h"

static void show(const char *bytes, size_t length)
{
  Arena arena;
  jmp_buf escape;
  Image image;
  ImageFault fault;
  arena_init(&arena, &memory_default, 64u << 20, &escape);
  if (setjmp(escape) == 0) {
    Buffer out = {.arena = &arena};
    if (image_read(&arena, (Text){bytes, (uint32_t)length}, &image, &fault)) {
      image_dump(&out, &image);
      image_disassemble(&out, &image);
    }
  }
  arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  StilePolicy *policy = stile_policy_read(bytes, length);
  if (stile_policy_status(policy) == STILE_DONE) {
    StileAnswer *answer =
        stile_ask(policy, "tense: happened\n", 16, "2026-11-23");
    stile_answer_destroy(answer);
    show((const char *)bytes, length);
  }
  stile_policy_destroy(policy);
  return 0;
}

/* Any text as a policy: it compiles or is told what is wrong; what compiles
 * can be loaded and asked. */
#include "tests/fuzz/fuzz.h"

#include "include/stile.h"

typedef struct Input {
  const char *bytes;
  size_t length;
} Input;

/* Every file that is asked for is the same one. */
static bool read_file(void *context, const char *path, const char **bytes,
                      size_t *length)
{
  const Input *input = context;
  (void)path;
  *bytes = input->bytes;
  *length = input->length;
  return true;
}

static void ask(const StilePolicy *policy)
{
  StileSituation *situation;
  StileAnswer *answer;
  if (stile_situation_create(policy, (StileDay){2026, 11, 23}, &situation) !=
      STILE_OK)
    return;
  stile_situation_set_tense(situation, STILE_HAPPENED);
  if (stile_ask(situation, 1000, &answer) == STILE_OK)
    stile_answer_destroy(answer);
  stile_situation_destroy(situation);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  Input input = {(const char *)bytes, length};
  StileImage *image;
  StilePolicy *policy;
  StileMessages *messages;
  stile_compile(NULL, "fuzz.stile", read_file, &input,
                (StileDay){2026, 11, 23}, &image, &messages);
  stile_messages_destroy(messages);
  if (!image) return 0;
  const void *made = stile_image_bytes(image, &length);
  /* What the compiler makes is always sound. */
  if (stile_policy_load(NULL, made, length, &policy, NULL) != STILE_OK)
    __builtin_trap();
  ask(policy);
  stile_policy_destroy(policy);
  stile_image_destroy(image);
  return 0;
}

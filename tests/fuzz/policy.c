/* Any text as a policy: it compiles or is told what is wrong; what compiles
 * can be asked. */
#include "tests/fuzz/fuzz.h"

#include "include/stile.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  StilePolicy *policy = stile_policy_compile(
      "fuzz.stile", (const char *)bytes, length, "2026-11-23", NULL, NULL);
  if (stile_policy_status(policy) == STILE_DONE) {
    StileAnswer *answer =
        stile_ask(policy, "tense: happened\n", 16, "2026-11-23");
    stile_answer_destroy(answer);
  }
  stile_policy_destroy(policy);
  return 0;
}

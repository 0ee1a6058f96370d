/* Any text as a situation for one policy that has a fact of every type. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "include/stile.h"

static const char text[] =
    "policy every \"Every type of fact\"\n"
    "need isolation \"?\" is one of none < some < high\n"
    "context gift \"?\" is one of token, cash\n"
    "context value \"?\" is money in GBP up to 10000\n"
    "context score \"?\" is a number from 0 to 50 in steps of 0.5\n"
    "context together \"?\" is a duration in months up to 20 years\n"
    "context ended \"?\" is a date\n"
    "context before \"?\" is a record of money in GBP\n"
    "context days \"?\" is a record of dates\n"
    "support consulted \"?\" is any of supervisor, colleague\n"
    "boundary gifts \"Accepting a gift\"\n"
    "  rule all \"All\"\n"
    "    when need isolation is high and context gift is cash\n"
    "     and context value is at most £50 and context score is above 3\n"
    "     and context together is at least 6 months\n"
    "     and context ended is within 2 years\n"
    "     and total of context before in 12 months is above £50\n"
    "     and count of context days in 3 weeks is at least 2\n"
    "    then consult supervisor\n"
    "    because \"It depends.\"\n";

static bool read_text(void *context, const char *path, const char **bytes,
                      size_t *length)
{
  (void)context, (void)path;
  *bytes = text;
  *length = strlen(text);
  return true;
}

static const StileDay today = {2026, 11, 23};

static StilePolicy *make_policy(void)
{
  StileImage *image;
  StilePolicy *policy;
  size_t length;
  if (stile_compile(NULL, "every.stile", read_text, NULL, today, &image,
                    NULL) != STILE_OK)
    abort();
  const void *made = stile_image_bytes(image, &length);
  if (stile_policy_load(NULL, made, length, &policy, NULL) != STILE_OK)
    abort();
  stile_image_destroy(image);
  return policy;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  static StilePolicy *policy;
  StileSituation *situation;
  StileMessages *messages;
  StileAnswer *answer;
  if (!policy) policy = make_policy();
  stile_situation_read(policy, (const char *)bytes, length, today, &situation,
                       &messages);
  stile_messages_destroy(messages);
  if (!situation) return 0;
  if (stile_ask(situation, 1000, &answer) == STILE_OK)
    stile_answer_destroy(answer);
  stile_situation_destroy(situation);
  return 0;
}

#include "api_host.h"

#include <string.h>

const StileDay host_today = {2026, 11, 23};

static const char policy_text[] =
    "policy gifts-policy \"Gifts\"\n"
    "  version \"2.1\"\n"
    "  owner \"Practice Standards\"\n"
    "  in force from 2026-01-01\n"
    "  next review 2027-01-01\n"
    "  if unsure \"Ring the duty manager.\"\n"
    "use \"harm.stile\"\n"
    "source nhse \"Managing conflicts of interest (2024)\"\n"
    "  clause \"gifts-2\" \"Gifts over 50 pounds\"\n"
    "need isolation \"How cut off is this person?\"\n"
    "  is one of none \"sees people\" < some < high\n"
    "context gift \"What is offered?\" is one of token, cash\n"
    "context value \"What is it worth?\" is money in GBP up to 10000\n"
    "context before \"What came before?\" is a record of money in GBP\n"
    "support agreed \"Who has agreed?\" is any of manager who agree\n"
    "boundary gifts \"Accepting a gift\" or \"Saying no to a gift\"\n"
    "  rule small \"A small gift\"\n"
    "    when context gift is token and context value is at most £50\n"
    "    then proceed with care\n"
    "    because \"Refusing can feel like a rejection.\"\n"
    "    must record \"Write it down\" within 2 days by \"worker\"\n"
    "    weigh context gift \"What does it mean?\"\n"
    "    cites nhse \"gifts-2\"\n"
    "  rule large \"A large gift\"\n"
    "    when context value is above £50\n"
    "      or total of context before in 12 months is above £50\n"
    "    then hold unless agreed by manager\n"
    "    because \"It can create a debt.\"\n"
    "    instead \"Thank them.\"\n"
    "    cites nhse\n"
    "  holding-back lonely \"A no may hurt\"\n"
    "    when need isolation is high\n"
    "    because \"A refusal weighs more.\"\n"
    "    cites nhse\n"
    "boundary visits \"Visiting\"\n"
    "  otherwise hold\n"
    "    because \"Nothing is agreed.\"\n";

static const char harm_text[] =
    "risk danger \"Is anyone in danger?\" is yes or no\n"
    "emergency danger \"Danger\"\n"
    "  when risk danger\n"
    "  act \"Call 999.\"\n";

static const char wrong_text[] =
    "policy p \"P\"\n"
    "boundary b \"B\"\n"
    "  rule r\n"
    "    when context gfit is token\n"
    "    then hold\n"
    "    because \"Why.\"\n";

bool host_read_file(void *context, const char *path, const char **bytes,
                      size_t *length) {
  (void)context;
  *bytes = NULL;
  if (strcmp(path, "main.stile") == 0) *bytes = policy_text;
  if (strcmp(path, "harm.stile") == 0) *bytes = harm_text;
  if (strcmp(path, "wrong.stile") == 0) *bytes = wrong_text;
  if (!*bytes) return false;
  *length = strlen(*bytes);
  return true;
}

bool host_is(StileText text, const char *expected) {
  return text.bytes && text.length == strlen(expected) &&
         memcmp(text.bytes, expected, text.length) == 0;
}

StilePolicy *host_load(void) {
  StileImage *image;
  StilePolicy *policy;
  StileMessages *messages;
  size_t length;
  ck_assert_int_eq(stile_compile(NULL, "main.stile", host_read_file, NULL,
                                 host_today, &image, &messages),
                   STILE_OK);
  stile_messages_destroy(messages);
  const void *bytes = stile_image_bytes(image, &length);
  ck_assert_int_eq(stile_policy_load(NULL, bytes, length, &policy, NULL),
                   STILE_OK);
  stile_image_destroy(image);
  return policy;
}

uint32_t host_find_fact(const StilePolicy *policy, const char *name) {
  StileFact fact;
  for (uint32_t i = 0; stile_policy_fact(policy, i, &fact); i++)
    if (host_is(fact.name, name)) return i;
  ck_abort_msg("no fact %s", name);
  return STILE_NONE;
}

uint32_t host_find_rule(const StilePolicy *policy, const char *name) {
  StileRule rule;
  for (uint32_t i = 0; stile_policy_rule(policy, i, &rule); i++)
    if (host_is(rule.name, name)) return i;
  ck_abort_msg("no rule %s", name);
  return STILE_NONE;
}

static void set(StileSituation *situation, const char *fact,
                const char *value) {
  StileMessages *messages;
  StileMessage one;
  if (stile_situation_set(situation, fact, value, &messages) == STILE_OK)
    return;
  ck_assert(stile_messages_get(messages, 0, &one));
  ck_abort_msg("%s: %.*s", fact, STILE_TEXT(one.whole));
}

StileSituation *host_small_gift(const StilePolicy *policy) {
  StileSituation *situation;
  ck_assert_int_eq(stile_situation_create(policy, host_today, &situation),
                   STILE_OK);
  ck_assert_int_eq(stile_situation_set_boundary(situation, "gifts"),
                   STILE_OK);
  set(situation, "context.gift", "token");
  set(situation, "context.value", "£8");
  set(situation, "context.before", "£30 on 2026-02-01");
  set(situation, "risk danger", "no");
  return situation;
}

/* A host without the compiler: reads a compiled policy from stdin and asks it
 * the situation of its first argument. */
#include <stdio.h>
#include <string.h>

#include "include/stile.h"

#define BYTES_MOST (8u << 20)

static char bytes[BYTES_MOST];

static const StileDay today = {2026, 11, 23};

static void tell(StileMessages *messages)
{
  StileMessage one;
  for (uint32_t i = 0; stile_messages_get(messages, i, &one); i++)
    printf("%.*s", STILE_TEXT(one.whole));
  stile_messages_destroy(messages);
}

static void print(const StilePolicy *policy, const StileAnswer *answer)
{
  StileSummary summary;
  StileRule rule;
  stile_answer_summary(answer, &summary);
  printf("verdict %d, settled %d\n", (int)summary.high,
         (int)summary.settled);
  for (uint32_t i = 0; i < summary.deciding; i++)
    if (stile_policy_rule(policy, stile_answer_deciding(answer, i), &rule))
      printf("deciding %.*s\n", STILE_TEXT(rule.name));
}

static StileStatus ask(const StilePolicy *policy, const char *text)
{
  StileSituation *situation;
  StileMessages *messages;
  StileAnswer *answer = NULL;
  StileStatus status = stile_situation_read(policy, text, strlen(text), today,
                                            &situation, &messages);
  tell(messages);
  if (status == STILE_OK) status = stile_ask(situation, 0, &answer);
  if (status == STILE_OK) print(policy, answer);
  stile_answer_destroy(answer);
  stile_situation_destroy(situation);
  return status;
}

int main(int argc, char **argv)
{
  StilePolicy *policy;
  StileMessages *messages;
  StileStatus status;
  if (argc != 2) return 99;
  size_t length = fread(bytes, 1, sizeof bytes, stdin);
  status = stile_policy_load(NULL, bytes, length, &policy, &messages);
  tell(messages);
  if (status == STILE_OK) status = ask(policy, argv[1]);
  stile_policy_destroy(policy);
  return (int)status;
}

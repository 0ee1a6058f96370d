/* A host without the compiler: loads a compiled policy from stdin and asks it
 * the situation of its argument, on 2026-11-23. */
#include <stdio.h>
#include <string.h>

#include "include/stile.h"

#define BYTES_MOST (8u << 20)

static char bytes[BYTES_MOST];

static void print_messages(StileMessages *messages)
{
  StileMessage one;
  for (uint32_t i = 0; i < stile_messages_count(messages); i++)
    if (stile_messages_get(messages, i, &one))
      printf("%.*s", STILE_TEXT(one.whole));
  stile_messages_destroy(messages);
}

static void print_answer(const StilePolicy *policy, const StileAnswer *answer)
{
  StileSummary summary;
  StileRule rule;
  stile_answer_summary(answer, &summary);
  printf("verdict %d, settled %d\n", (int)summary.high, (int)summary.settled);
  for (uint32_t i = 0; i < summary.deciding; i++)
    if (stile_policy_rule(policy, stile_answer_deciding(answer, i), &rule))
      printf("deciding %.*s\n", STILE_TEXT(rule.name));
}

static StileStatus ask(const StilePolicy *policy, const char *text)
{
  StileSituation *situation;
  StileMessages *messages;
  StileAnswer *answer;
  StileDay today = {2026, 11, 23};
  StileStatus status = stile_situation_read(policy, text, strlen(text), today,
                                            &situation, &messages);
  print_messages(messages);
  if (status != STILE_OK) return status;
  status = stile_ask(situation, 0, &answer);
  if (status == STILE_OK) print_answer(policy, answer);
  stile_answer_destroy(answer);
  stile_situation_destroy(situation);
  return status;
}

int main(int argc, char **argv)
{
  StilePolicy *policy;
  StileMessages *messages;
  if (argc != 2) return 99;
  size_t length = fread(bytes, 1, sizeof bytes, stdin);
  StileStatus status =
      stile_policy_load(NULL, bytes, length, &policy, &messages);
  print_messages(messages);
  if (status == STILE_OK) status = ask(policy, argv[1]);
  stile_policy_destroy(policy);
  return (int)status;
}

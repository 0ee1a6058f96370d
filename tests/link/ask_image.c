/* A host without the compiler: reads a compiled policy from stdin and asks it
 * the situation of its first argument, on the day of its second. */
#include <stdio.h>
#include <string.h>

#include "include/stile.h"

#define BYTES_MOST (8u << 20)

static char bytes[BYTES_MOST];

static int print(const StileAnswer *answer)
{
  StileRule rule;
  printf("verdict %d, settled %d\n", (int)stile_answer_verdict(answer),
         (int)stile_answer_settled(answer));
  for (size_t i = 0; stile_answer_rule(answer, i, &rule); i++)
    if (rule.deciding) printf("deciding %s\n", rule.name);
  return 0;
}

static int ask(const StilePolicy *policy, const char *situation,
               const char *today)
{
  StileAnswer *answer =
      stile_ask(policy, situation, strlen(situation), today);
  int status = (int)stile_answer_status(answer);
  fputs(stile_answer_messages(answer), stdout);
  if (status == STILE_DONE) print(answer);
  stile_answer_destroy(answer);
  return status;
}

int main(int argc, char **argv)
{
  if (argc != 3) return 2;
  size_t length = fread(bytes, 1, sizeof bytes, stdin);
  StilePolicy *policy = stile_policy_read(bytes, length);
  int status = (int)stile_policy_status(policy);
  fputs(stile_policy_messages(policy), stdout);
  if (status == STILE_DONE) status = ask(policy, argv[1], argv[2]);
  stile_policy_destroy(policy);
  return status;
}

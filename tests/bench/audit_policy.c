/* Prints a made-up policy to be audited:
 *
 *   audit_policy topics|skewed|flat RULES FACTS SEED
 *
 * topics   like real policies: nearly every rule names a topic, and beside it
 *          facts of all topics or of its own, 3 to 6 tests
 * skewed   no topics; few facts are in most rules
 * flat     no topics; all facts alike: the hardest
 *
 * One rule in five is an exception to 1 to 4 others, one in seven has an `or`.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FACTS_MOST = 400, RULES_MOST = 20000, TESTS_MOST = 6, CORE = 8 };

typedef enum Family { TOPICS, SKEWED, FLAT } Family;
typedef enum Type { YES_NO, SCALE, CHOICE, SET, MONEY } Type;

typedef struct Fact {
  Type type;
  uint32_t values; /* SCALE CHOICE SET */
  const char *dimension;
} Fact;

static Family family;
static Fact facts[FACTS_MOST];
static uint32_t fact_count, topic_count, rule_count;
static uint32_t topics[RULES_MOST]; /* of each rule; topic_count: none */
static bool nevers[RULES_MOST];
static uint64_t state;

/* Steele, Lea and Flood's SplitMix64. */
static uint32_t some(uint32_t most) {
  uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return (uint32_t)((z ^ z >> 31) >> 16) % most;
}

/* ------------------------------------------------------------------- facts */

static void make_fact(Fact *fact) {
  static const Type types[] = {YES_NO, YES_NO, YES_NO, SCALE, SCALE, SCALE,
                               CHOICE, CHOICE, SET,    MONEY};
  static const char *const dimensions[] = {"context", "context", "context",
                                           "need",    "risk",    "capability"};
  fact->type = types[some(10)];
  fact->values = 3 + some(3);
  fact->dimension = dimensions[some(6)];
}

static void put_values(const Fact *fact, const char *between) {
  for (uint32_t i = 0; i < fact->values; i++)
    printf("%sv%u", i ? between : "", (unsigned)i);
}

static void put_fact(uint32_t number) {
  const Fact *fact = &facts[number];
  printf("%s f%u \"?\" is ", fact->dimension, (unsigned)number);
  if (fact->type == YES_NO) printf("yes or no");
  if (fact->type == MONEY) printf("money in GBP up to 10000");
  if (fact->type == SCALE || fact->type == CHOICE) printf("one of ");
  if (fact->type == SET) printf("any of ");
  if (fact->type == SCALE) put_values(fact, " < ");
  if (fact->type == CHOICE || fact->type == SET) put_values(fact, ", ");
  putchar('\n');
}

static void put_facts(void) {
  printf("context topic \"?\" is one of ");
  for (uint32_t i = 0; i < topic_count; i++)
    printf("%st%u", i ? ", " : "", (unsigned)i);
  putchar('\n');
  for (uint32_t i = 0; i < fact_count; i++) put_fact(i);
  puts("support asked \"?\" is any of supervisor, colleague\n"
       "support agreed \"?\" is any of manager, lead who agree");
}

/* ------------------------------------------------------------------- tests */

static void put_test(uint32_t number) {
  static const char *const ways[] = {"at least", "at most"};
  const Fact *fact = &facts[number];
  uint32_t up = some(2), at = some(fact->values - 1);
  const char *name = fact->dimension;
  switch (fact->type) {
    case YES_NO:
      printf("%s%s f%u", up ? "" : "not ", name, (unsigned)number);
      break;
    case SCALE:
      printf("%s f%u is %s v%u", name, (unsigned)number, ways[up],
             (unsigned)(at + !up));
      break;
    case CHOICE:
      printf("%s f%u is %sv%u", name, (unsigned)number, up ? "" : "not ",
             (unsigned)at);
      break;
    case SET:
      printf("%s f%u includes v%u", name, (unsigned)number, (unsigned)at);
      break;
    case MONEY:
      printf("%s f%u is %s £%u", name, (unsigned)number,
             up ? "above" : "at most", (unsigned)(10u << some(5)));
      break;
  }
}

/* Core facts come first; every topic has some of the others. */
static uint32_t pick_fact(uint32_t topic) {
  if (family == FLAT) return some(fact_count);
  if (family == SKEWED) {
    uint32_t span = 1 + some(fact_count);
    return some(1 + some(span));
  }
  if (fact_count <= CORE || some(2)) return some(fact_count < CORE ? fact_count
                                                                  : CORE);
  uint32_t local = fact_count - CORE;
  return CORE + (topic * 5 + some(8)) % local;
}

static uint32_t pick_facts(uint32_t topic, uint32_t wanted, uint32_t *picked) {
  uint32_t count = 0;
  for (uint32_t tries = 0; tries < 40 && count < wanted; tries++) {
    uint32_t fact = pick_fact(topic);
    bool known = false;
    for (uint32_t i = 0; i < count; i++) known |= picked[i] == fact;
    if (!known) picked[count++] = fact;
  }
  return count;
}

static void put_when(uint32_t topic) {
  uint32_t picked[TESTS_MOST];
  bool topical = topic < topic_count, either = some(100) < 15;
  uint32_t wanted = 3 + some(4) - topical;
  uint32_t count = pick_facts(topic, wanted, picked);
  printf("    when ");
  if (topical) printf("context topic is t%u", (unsigned)topic);
  for (uint32_t i = 0; i < count; i++) {
    bool pair = either && i + 2 == count;
    if (topical || i) printf(" and ");
    if (pair) putchar('(');
    put_test(picked[i]);
    if (!pair) continue;
    printf(" or ");
    put_test(picked[++i]);
    putchar(')');
  }
  putchar('\n');
}

/* ------------------------------------------------------------------- rules */

static void put_finding(void) {
  static const char *const findings[] = {
      "proceed",
      "proceed with care",
      "proceed with care",
      "consult supervisor",
      "consult any of supervisor, colleague",
      "consult colleague",
      "hold",
      "hold",
      "hold unless agreed by manager",
      "hold unless agreed by any of manager, lead"};
  printf("    then %s\n", findings[some(10)]);
}

/* Rules of the same topic, so that there is something to set aside. */
static bool put_displaced(uint32_t number) {
  uint32_t wanted = 1 + some(4), found = 0, from = some(number);
  for (uint32_t i = 0; i < number && found < wanted; i++) {
    uint32_t other = (from + i) % number;
    if (nevers[other] || topics[other] != topics[number]) continue;
    printf("%s r%u", found++ ? "," : " to", (unsigned)other);
  }
  return found > 0;
}

static bool may_except(uint32_t number) {
  for (uint32_t i = 0; i < number; i++)
    if (!nevers[i] && topics[i] == topics[number]) return true;
  return false;
}

static void put_rule(uint32_t number) {
  bool topical = family == TOPICS && some(100) >= 5;
  topics[number] = topical ? some(topic_count) : topic_count;
  bool exception = some(5) == 0 && may_except(number);
  nevers[number] = !exception && some(20) == 0;
  printf("  %s r%u", exception ? "exception" : nevers[number] ? "never"
                                                              : "rule",
         (unsigned)number);
  if (exception) put_displaced(number);
  printf(" \"Rule\"\n");
  put_when(topics[number]);
  if (!nevers[number]) put_finding();
  puts("    because \"It is so.\"\n    instead \"Try this.\"");
}

int main(int count, char **words) {
  static const char *const names[] = {"topics", "skewed", "flat"};
  uint32_t found = 3;
  for (uint32_t i = 0; i < 3 && count == 5; i++)
    if (strcmp(words[1], names[i]) == 0) found = i;
  if (found == 3) {
    fputs("usage: audit_policy topics|skewed|flat RULES FACTS SEED\n", stderr);
    return 2;
  }
  family = (Family)found;
  rule_count = (uint32_t)strtoul(words[2], NULL, 10);
  fact_count = (uint32_t)strtoul(words[3], NULL, 10);
  state = strtoull(words[4], NULL, 10);
  if (rule_count > RULES_MOST || fact_count > FACTS_MOST || !fact_count)
    return 2;
  topic_count = 3 + rule_count / 40 < 40 ? 3 + rule_count / 40 : 40;
  for (uint32_t i = 0; i < fact_count; i++) make_fact(&facts[i]);
  puts("policy bench \"Made up\"\n  if unsure \"Ask.\"");
  put_facts();
  puts("boundary all \"Going ahead\" or \"Holding back\"");
  for (uint32_t i = 0; i < rule_count; i++) put_rule(i);
  return 0;
}

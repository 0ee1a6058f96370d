/* What the parts of the generator share. */
#ifndef STILE_TESTS_REFERENCE_GENERATE_PARTS_H
#define STILE_TESTS_REFERENCE_GENERATE_PARTS_H

#include "tests/reference/generate.h"

#define PART_FACTS_MOST 40
#define PART_RULES_MOST 80
#define PART_NAMED_MOST 12
#define PART_BOUNDARIES_MOST 3

#define BLOCK_EVERYWHERE (-1)
#define BLOCK_REVIEW (-2)
#define BLOCK_EMERGENCY (-3)

typedef struct PartFact {
  Dimension dimension;
  Text name;
  FactType type, item;
  uint32_t value_count;
  Text values[4];
  int64_t low, high, step; /* amounts */
  int64_t constants[2];    /* that tests compare with */
  int64_t between;         /* what may be added to them, finer than the step */
  Unit unit;
  bool ahead, no_excuse, who_agree;
  int added; /* records: the fact that totals may add, or -1 */
  uint32_t file;
} PartFact;

/* What a condition touches, and what it may. */
typedef struct Touches {
  bool support, no_excuse, impact;
} Touches;

typedef struct PartNamed {
  Text name;
  bool signs;
  int64_t total;
  Touches touches;
  Text text; /* its declaration */
  uint32_t file;
} PartNamed;

typedef struct PartRule {
  RuleKind kind;
  int block; /* a boundary's number, or BLOCK_... */
  Layer layer;
  bool open;
  Text name;
  Text text; /* its declaration */
  uint32_t file;
} PartRule;

typedef struct Generator {
  Arena *arena;
  Random *random;
  bool large;
  bool tricky; /* words of the language as names */
  bool shared; /* the third of those who agree may be talked to as well */
  Day base;
  PartFact facts[PART_FACTS_MOST];
  uint32_t fact_count;
  PartNamed named[PART_NAMED_MOST];
  uint32_t named_count;
  PartRule rules[PART_RULES_MOST];
  uint32_t rule_count;
  uint32_t boundary_count;
  uint32_t file_count;
  Layer layers[GENERATED_FILES_MOST];
  const char *windows[2]; /* of records */
} Generator;

#define PICK(g, list) \
  (list)[random_below((g)->random, (uint32_t)(sizeof(list) / sizeof(*(list))))]

/* Writes a condition that touches nothing it may not.  False if there is no
 * fact to test; nothing is written then. */
bool part_condition(Generator *g, Buffer *out, uint32_t depth, Touches may,
                    Touches *does);
/* Writes `dimension name`. */
void part_fact_name(Buffer *out, const PartFact *fact);
/* An amount in the words of the fact's type. */
void part_amount(Generator *g, Buffer *out, const PartFact *fact,
                 int64_t amount);

void part_facts(Generator *g);
void part_fact_declare(Generator *g, Buffer *out, const PartFact *fact);
void part_rules(Generator *g);
/* Writes a file's promises and assumes, if it has any. */
void part_promises(Generator *g, Buffer *out);

extern const char *const part_dimensions[DIMENSION_COUNT];

#endif

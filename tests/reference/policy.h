/* The reference's own view of a policy: the syntax trees with their names
 * looked up, and nothing more.
 *
 * It is made without the checker, so it trusts that the policy has no error.
 */
#ifndef STILE_TESTS_REFERENCE_POLICY_H
#define STILE_TESTS_REFERENCE_POLICY_H

#include "compiler/tree.h"

#define REF_NONE UINT32_MAX

typedef struct RefFact {
  Dimension dimension;
  Text name;
  FactType type, item; /* item: of a record */
  ValueNode *values;   /* scale, choice, set */
  uint32_t value_count;
  int64_t low, high, step; /* amounts */
  Currency currency;
  Family family;
  bool may_be_ahead, fixed, no_excuse, who_agree;
} RefFact;

typedef enum RefKind {
  REF_AND, REF_OR, REF_NOT, REF_COUNT, REF_TEST, REF_RECORD, REF_DEFINE,
  REF_SIGNS
} RefKind;

typedef struct RefCondition {
  RefKind kind;
  struct RefCondition **parts; /* AND OR NOT COUNT */
  uint32_t part_count;
  Bound bound;     /* COUNT */
  int64_t number;  /* COUNT, `includes at least` */
  uint32_t fact;   /* TEST RECORD */
  uint32_t with;   /* RECORD; or REF_NONE */
  uint32_t named;  /* DEFINE SIGNS */
  Aggregate aggregate; /* RECORD */
  WindowKind window;
  int64_t length;  /* the window's days or months */
  Relation relation;
  bool none;       /* `is none` of a set or record */
  bool months;     /* `ago` tests: the value counts months, else days */
  int64_t *values;
  uint32_t value_count;
} RefCondition;

typedef struct RefNamed {
  Text name;
  bool signs;
  RefCondition **parts; /* a define has one */
  int64_t *weights;     /* signs */
  uint32_t part_count;
} RefNamed;

typedef struct RefMember {
  uint32_t fact, value;
} RefMember;

typedef struct RefRule {
  RuleKind kind;
  Layer layer;
  uint32_t boundary; /* REF_NONE: everywhere, emergency or review */
  Text name;         /* "otherwise" for an otherwise */
  Text full_name;
  const RuleNode *node;
  RefCondition *condition; /* NULL: always */
  Day from, until;
  Verdict finding; /* SILENT: none */
  bool unless_agreed;
  uint32_t need; /* how many of `who` */
  RefMember *who;
  uint32_t who_count;
  uint32_t *displaces;
  uint32_t displaces_count;
  bool *duty_always; /* one for each `must` */
  uint32_t first_duty, duty_count;
} RefRule;

typedef struct RefPromise {
  const PromiseNode *node;
  RefCondition *condition; /* NULL: of every situation */
} RefPromise;

typedef Vec(RefFact) RefFacts;
typedef Vec(RefNamed) RefNameds;
typedef Vec(RefRule) RefRules;
typedef Vec(Text) RefNames;
typedef Vec(RefCondition *) RefConditions;
typedef Vec(RefPromise) RefPromises;

typedef struct RefPolicy {
  RefFacts facts; /* as declared, a used file at the place of its `use` */
  RefNameds named;
  RefNames boundaries;
  RefRules rules;
  uint32_t duty_count;
  RefPromises promises;  /* as declared; they change no answer */
  RefConditions assumes; /* nor do these */
} RefPolicy;

typedef struct RefFile {
  Text path;
  const Tree *tree;
} RefFile;

/* Looks up every name.  The first file is the main one; paths are those that
 * `use` names.  False if something has no meaning (a checker would have
 * refused it). */
bool ref_policy_make(Arena *arena, const RefFile *files, uint32_t count,
                     RefPolicy *policy);

uint32_t ref_fact_find(const RefPolicy *policy, Dimension dimension, Text name);
uint32_t ref_value_find(const RefFact *fact, Text name);
/* The name of value number `value`; "no" and "yes" of a yes/no fact. */
Text ref_value_name(const RefFact *fact, uint32_t value);

#endif

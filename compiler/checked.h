/* The checked policy: every name resolved, every value read on its fact's
 * lattice, every condition a tree of tests over facts.
 *
 * Facts, named conditions, sources, boundaries and rules are numbered from 0
 * in declared order, those of used files at the place of their `use`.  What
 * had a mistake is kept, marked `poisoned` or TERM_NOTHING, so that the rest
 * can be checked; a policy with an error goes no further than this stage.
 */
#ifndef STILE_COMPILER_CHECKED_H
#define STILE_COMPILER_CHECKED_H

#include "base/diagnostic.h"
#include "base/table.h"
#include "compiler/load.h"
#include "runtime/image.h"

#define FACTS_MOST 10000
#define RULES_MOST 20000
#define LEVELS_MOST 1000  /* levels of a scale, values of a choice */
#define MEMBERS_MOST 64   /* members of a set */
#define CELLS_MOST 5000   /* cells of a variable */
#define WINDOWS_MOST 8    /* different windows of a record */
#define WINDOW_LONGEST 1000000 /* days or months */
#define WEIGHT_MOST 1000  /* of a sign */
#define NAMED_DEPTH_MOST 100
#define EXPANDED_MOST 10000 /* nodes of a condition, defines written out */
#define AMOUNT_MOST INT64_C(1000000000000000) /* where there is no `up to` */

/* A seed for tables in `arena`, from where it lies in memory; nothing that is
 * printed or written depends on it. */
static inline uint64_t table_seed(const Arena *arena) {
  return (uint64_t)(uintptr_t)arena->blocks * UINT64_C(0x9E3779B97F4A7C15);
}

/* ----------------------------------------------------------------- facts */

typedef struct CheckedFact {
  const FactNode *node;
  Span span;
  FactType type, item; /* item: of a record */
  Family family;       /* of a duration or a record of durations */
  int64_t low, high, step; /* amounts; records: of one event */
  const ValueNode **values;
  uint32_t value_count;
  Table value_names; /* name to number */
  struct VariableKey *windows; /* the different ones asked about */
  uint32_t window_count;
  bool poisoned;     /* its declaration is wrong: tests on it are not judged */
} CheckedFact;

/* ------------------------------------------------------------ conditions */

/* A place between two neighbouring values: just below `value` (side 0) or just
 * above it (side 1); or, if `open`, the end of the range. */
typedef struct Edge {
  bool open;
  uint8_t side;
  CutBase base;
  int64_t value;
} Edge;

/* The values between two edges. */
typedef struct Stretch {
  Edge from, to;
} Stretch;

/* What makes a variable of the grid, but for the members of sets. */
typedef struct VariableKey {
  uint32_t fact;
  Aggregate aggregate; /* records */
  WindowKind window;
  uint32_t length;     /* days or months */
  uint32_t with;       /* a fact, or NONE */
} VariableKey;

typedef struct Sums {
  uint32_t from, to; /* both included */
} Sums;

typedef enum TermKind {
  TERM_NOTHING, /* had a mistake, reported */
  TERM_TEST,    /* the variable of `key` lies in one of `stretches` */
  TERM_MEMBERS, /* from `from` to `to` of `members` of the set hold */
  TERM_AND, TERM_OR, TERM_NOT,
  TERM_COUNT,   /* from `from` to `to` of `parts` are true */
  TERM_DEFINE,
  TERM_SIGNS    /* the weight of the signs lies in one of `sums` */
} TermKind;

/* Most of a large policy is made of these: what no kind has together shares
 * its room. */
typedef struct Term {
  TermKind kind;
  Span span;
  uint32_t part_count; /* AND, OR, NOT, COUNT; else 0 */
  uint32_t count;      /* of stretches, members or sums */
  uint32_t from, to;   /* MEMBERS, COUNT */
  union {
    VariableKey key; /* TEST; MEMBERS: its fact */
    uint32_t named;  /* DEFINE, SIGNS */
  };
  union {
    struct Term *parts;
    const Stretch *stretches; /* TEST */
    const uint32_t *members;  /* MEMBERS */
    const Sums *sums;         /* SIGNS */
  };
} Term;

/* What some conditions may not touch. */
typedef enum Touch {
  TOUCH_SUPPORT, TOUCH_IMPACT, TOUCH_NO_EXCUSE, TOUCH_COUNT
} Touch;

/* A define, or signs. */
typedef struct CheckedNamed {
  const Item *item;
  bool signs;
  bool poisoned;
  Term *parts; /* a define has one */
  uint32_t *weights; /* signs */
  uint32_t part_count;
  uint32_t total;  /* of the weights */
  uint32_t size;   /* nodes, written out in full */
  uint32_t depth;  /* of names within names */
  const Term *touches[TOUCH_COUNT]; /* the first test that does, or NULL */
  bool *parts_true, *parts_false; /* can `no excuse` facts alone make the part
                                     so? */
} CheckedNamed;

/* ----------------------------------------------------------------- rules */

typedef struct CheckedMember {
  uint32_t fact, value;
} CheckedMember;

typedef struct CheckedLine {
  LineKind kind;
  Text text;
  uint32_t fact; /* weigh; or NONE */
} CheckedLine;

typedef struct CheckedCite {
  uint32_t source;
  Text clause; /* none if not said */
} CheckedCite;

typedef struct CheckedRule {
  const RuleNode *node;
  Text name, full_name, title;
  Term *condition; /* NULL: always */
  CheckedMember *who;
  uint32_t *displaces; /* rules */
  uint32_t who_count, displace_count, need_number;
  uint32_t boundary; /* NONE: everywhere, emergency, review */
  Range lines, duties, cites; /* in the policy's lists */
  RuleKind kind;
  Layer layer;
  Verdict finding;
  WhoNeed need;
  Day from, until;
  Span head;
  bool poisoned;
  bool spoiled;     /* it, or a clause of it, is poisoned */
  bool wants_cites; /* no clause of it names a source, known or not */
  bool unless_agreed, open_to_exceptions;
} CheckedRule;

typedef struct CheckedBoundary {
  Word name, title, refusal;
  uint32_t otherwise[LAYER_COUNT]; /* rules, or NONE */
  bool poisoned;
} CheckedBoundary;

typedef struct CheckedSource {
  const SourceNode *node;
  Span span;
  Table clauses; /* key to number */
  Vec(Word) keys;
  bool poisoned;
} CheckedSource;

/* -------------------------------------------------------------- examples */

typedef struct CheckedGiven {
  uint32_t fact;
  Vec(GivenSpan) spans; /* as in the image */
} CheckedGiven;

typedef struct CheckedExpect {
  ExpectKind kind;
  Verdict verdict;
  uint32_t rule; /* or NONE */
  ExpectStanding standing;
  Text tag;
} CheckedExpect;

typedef struct CheckedExample {
  const ExampleNode *node;
  Span span;
  uint32_t boundary;
  Day day;
  Vec(CheckedGiven) givens;
  Vec(CheckedExpect) expects;
} CheckedExample;

/* -------------------------------------------------------------- promises */

/* A promise, or an assume. */
typedef struct CheckedPromise {
  const Item *item;
  Vec(uint32_t) boundaries; /* rising; none: all */
  Term *condition;          /* NULL: always */
} CheckedPromise;

/* ---------------------------------------------------------------- policy */

/* What is known of one kind of name. */
typedef struct Names {
  Table table;    /* name to number */
  Vec(Text) list; /* in order of number, for the nearest */
  bool doubtful;  /* some could not be read: an unknown one is not judged */
} Names;

/* Someone who can be asked. */
typedef struct Supporter {
  CheckedMember member;
  uint32_t also; /* another set with the same name in it; or NONE */
  const CheckedRule *seen; /* the last rule that asks for them */
} Supporter;

typedef struct Supporters {
  Names names; /* to number in `members` */
  Vec(Supporter) members;
} Supporters;

typedef struct Checked {
  const Loaded *loaded;
  Word review_title;
  Vec(CheckedFact) facts;
  Vec(CheckedNamed) named;
  Vec(CheckedSource) sources;
  Vec(CheckedBoundary) boundaries;
  Vec(CheckedRule) rules;
  Vec(CheckedLine) lines; /* those of a rule side by side; so below */
  Vec(const Clause *) duties;
  Vec(CheckedCite) cites;
  Vec(CheckedExample) examples;
  Vec(CheckedPromise) promises, assumes;
  uint32_t terms; /* of all conditions together: of names, rules, promises and
                     assumes */
  Names fact_names[DIMENSION_COUNT];
  Names define_names, signs_names, source_names, boundary_names, rule_names;
  Names tag_names; /* of duties */
  Supporters talking, agreeing; /* all support sets; those `who agree` */
  uint32_t *named_order; /* each name after those it rests on */
  uint32_t *order; /* every rule once, each after every exception to it */
} Checked;

/* Checks the loaded files as one policy.  Mistakes go to `diagnostics`. */
void check(Arena *arena, const Loaded *loaded, const Sources *sources,
           Day today, Diagnostics *diagnostics, Checked *checked);

/* Prints it, an item a line, for `stile dump --stage checked`. */
void checked_print(Buffer *out, const Checked *checked);

#endif

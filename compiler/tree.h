/* The syntax tree: what the author wrote, node by node, before any name is
 * looked up.  The grammar builds it, the checker reads it, the reference
 * interpreter of the tests runs it.
 *
 * Lists are chains by `next`, in the order of the file.  Everything lives in
 * the compiler's arena.  A node marked `poisoned` had a mistake reported
 * already: later stages pass over it in silence.
 */
#ifndef STILE_COMPILER_TREE_H
#define STILE_COMPILER_TREE_H

#include "base/calendar.h"
#include "base/source.h"
#include "base/words.h"

/* A name in NFC, or a quoted text with its escapes taken out. */
typedef struct Word {
  Text text;
  Span span;
} Word;

typedef struct WordList {
  Word word;
  struct WordList *next;
} WordList;

/* `context gift` */
typedef struct FactRef {
  Word name; /* no text: there is no fact here */
  Dimension dimension;
  uint32_t start; /* of the dimension's word: it ends where the name does */
} FactRef;

static inline Span fact_ref_span(const FactRef *ref) {
  return (Span){ref->name.span.file, ref->start, ref->name.span.end};
}

typedef enum LiteralKind {
  LITERAL_NAME,     /* a level or value; also `none`, `yes`, `no` */
  LITERAL_NUMBER,   /* amount in millionths */
  LITERAL_MONEY,    /* amount in minor units */
  LITERAL_DURATION, /* amount in minutes or months, by family */
  LITERAL_DATE      /* amount is a Day */
} LiteralKind;

typedef struct Literal {
  LiteralKind kind : 8;
  Currency currency : 8;
  Family family : 8;
  Unit unit : 7;
  bool poisoned : 1; /* a mistake in it was reported; `amount` is then 0 */
  Span span;
  Text text;     /* the name in NFC; else as written */
  int64_t amount;
  int64_t count; /* durations: millionths of `unit`, as written */
  struct Literal *next;
  Day day;       /* events of a record in an example: `£30 on 2026-01-02` */
} Literal;

/* ------------------------------------------------------------ conditions */

typedef enum ConditionKind {
  CONDITION_AND, CONDITION_OR, /* two or more parts */
  CONDITION_NOT,               /* one part */
  CONDITION_COUNT,             /* `at least 2 of (…)`: bound, number, parts */
  CONDITION_TEST,              /* subject, relation, values */
  CONDITION_NAME               /* a define */
} ConditionKind;

typedef enum Bound { BOUND_AT_LEAST, BOUND_AT_MOST, BOUND_EXACTLY } Bound;

typedef enum Relation {
  RELATION_HOLDS,       /* a yes/no fact or a define standing alone */
  RELATION_IS, RELATION_IS_NOT,
  RELATION_ONE_OF, RELATION_NOT_ONE_OF,
  RELATION_AT_LEAST, RELATION_AT_MOST, RELATION_ABOVE, RELATION_BELOW,
  RELATION_FROM_TO,     /* two values */
  RELATION_INCLUDES, RELATION_INCLUDES_ANY, RELATION_INCLUDES_ALL,
  RELATION_INCLUDES_NONE, RELATION_INCLUDES_AT_LEAST, /* with `number` */
  RELATION_BEFORE, RELATION_AFTER, RELATION_ON_OR_BEFORE, RELATION_ON_OR_AFTER,
  RELATION_WITHIN, RELATION_MORE_THAN_AGO, RELATION_AT_LEAST_AGO,
  RELATION_LESS_THAN_AGO,
  RELATION_COUNT
} Relation;

typedef struct Window {
  WindowKind kind;      /* as written: WINDOW_DAYS for the minutes family */
  Literal *length;      /* the duration; NULL for calendar months */
  Span span;
} Window;

typedef enum SubjectKind {
  SUBJECT_FACT, SUBJECT_RECORD, SUBJECT_SIGNS
} SubjectKind;

/* What `total of … with … in …` says beside its fact. */
typedef struct RecordSubject {
  Aggregate aggregate;
  FactRef with; /* empty if none */
  Window window;
} RecordSubject;

typedef struct Condition {
  ConditionKind kind : 8;
  SubjectKind subject : 8; /* TEST */
  Relation relation : 8;
  Bound bound : 7;         /* COUNT */
  bool poisoned : 1;
  Span span;
  struct Condition *next;  /* in the list this is a part of */
  Literal *number;         /* COUNT, INCLUDES_AT_LEAST: a plain number */
  struct Condition *parts; /* AND, OR, NOT, COUNT */
  Literal *values;         /* TEST */
  RecordSubject *record;   /* TEST of SUBJECT_RECORD */
  union {                  /* most of a large tree is made of these */
    FactRef fact;          /* TEST of SUBJECT_FACT, SUBJECT_RECORD */
    Word name;             /* NAME; TEST of SUBJECT_SIGNS */
  };
} Condition;

/* ----------------------------------------------------------------- rules */

typedef struct Who {
  WhoNeed need;
  Literal *number; /* AT_LEAST */
  WordList *names;
  Span span;
} Who;

typedef struct Finding {
  Verdict verdict;     /* PROCEED, CARE, CONSULT or HOLD */
  bool unless_agreed;  /* HOLD unless agreed by `who` */
  Who *who;            /* CONSULT; HOLD unless agreed; else NULL */
  Span span;
} Finding;

typedef enum ClauseKind {
  CLAUSE_WHEN, CLAUSE_THEN, CLAUSE_BECAUSE, CLAUSE_MUST, CLAUSE_WEIGH,
  CLAUSE_REFLECT, CLAUSE_INSTEAD, CLAUSE_CITES, CLAUSE_FROM, CLAUSE_UNTIL,
  CLAUSE_OPEN_TO_EXCEPTIONS, CLAUSE_ACT, CLAUSE_KIND_COUNT
} ClauseKind;

typedef struct Clause {
  ClauseKind kind : 8;
  DutyWhen duty_when : 8; /* MUST */
  bool poisoned : 1;
  bool always : 1;        /* MUST */
  Span span;
  struct Clause *next;
  Word text;              /* BECAUSE MUST WEIGH REFLECT INSTEAD ACT */
  union {
    Condition *condition; /* WHEN */
    Finding *finding;     /* THEN */
    Literal *date;        /* FROM UNTIL */
    Literal *duration;    /* MUST within, every */
  };
  union {
    FactRef fact;         /* WEIGH; empty if none */
    struct {              /* MUST */
      Word tag, by;       /* `by` is empty if none */
    };
    struct {              /* CITES */
      Word source, clause; /* `clause` is empty if none */
    };
  };
} Clause;

typedef struct RuleNode {
  RuleKind kind;
  Word name;           /* empty for otherwise */
  Word title;          /* empty if none */
  WordList *displaces; /* exceptions: as written, "gifts/large" or "large" */
  Clause *clauses;     /* otherwise has its finding as a CLAUSE_THEN */
  Span span;           /* the whole rule */
  Span head;           /* `rule small "A small gift"` */
  bool poisoned;
  struct RuleNode *next;
} RuleNode;

/* ----------------------------------------------------------------- items */

typedef struct ValueNode { /* a level, choice or member, with its plain words */
  Word name, words;
  struct ValueNode *next;
} ValueNode;

typedef struct FactNode {
  Dimension dimension;
  Word name, question, help;
  FactType type;
  ValueNode *values;       /* SCALE CHOICE SET */
  Literal *low, *high; /* NUMBER; MONEY and DURATION: `high` or NULL */
  Literal *step;       /* NUMBER; or NULL */
  Currency currency;       /* MONEY, RECORD of money */
  Unit unit;               /* DURATION, RECORD of durations */
  FactType item;           /* RECORD: MONEY, DURATION or DATE */
  bool may_be_ahead, fixed, no_excuse, who_agree;
  Span type_span;
} FactNode;

typedef struct SourceNode {
  Word name, title;
  bool not_checked;
  struct ClauseText { Word key, text; struct ClauseText *next; } *clauses;
} SourceNode;

typedef struct SignNode {
  Literal *weight;
  Condition *condition;
  Span span;
  struct SignNode *next;
} SignNode;

typedef struct PolicyNode {
  Word name, title, version, owner, if_unsure;
  bool has_layer;
  Layer layer;
  Literal *in_force_from, *next_review;
} PolicyNode;

typedef struct GivenNode {
  FactRef fact;
  Relation relation;  /* HOLDS IS ONE_OF FROM_TO INCLUDES (`includes only`) */
  bool negated;       /* `not context refusable` */
  Literal *values;    /* events carry `day`; `none` is a LITERAL_NAME */
  Span span;
  bool poisoned;
  struct GivenNode *next;
} GivenNode;

typedef enum ExpectKind {
  EXPECT_VERDICT, EXPECT_NOT_SETTLED, EXPECT_RULE, EXPECT_MUST,
  EXPECT_NO_MUST, EXPECT_MAY_HARM, EXPECT_TENSION, EXPECT_EMERGENCY,
  EXPECT_KIND_COUNT
} ExpectKind;

typedef enum ExpectStanding {
  EXPECT_IN_FORCE, EXPECT_DISPLACED, EXPECT_NOT_MET, EXPECT_OPEN,
  EXPECT_STANDING_COUNT
} ExpectStanding;

typedef struct ExpectNode {
  ExpectKind kind;
  Verdict verdict;
  Word name; /* a rule or a tag */
  ExpectStanding standing;
  Span span;
  bool poisoned;
  struct ExpectNode *next;
} ExpectNode;

typedef struct ExampleNode {
  Word title, boundary; /* boundary may be empty if the policy has one */
  Literal *date;        /* may be NULL */
  GivenNode *givens;
  ExpectNode *expects;
} ExampleNode;

typedef struct PromiseNode {
  PromiseKind kind;
  Verdict verdict;      /* SILENT where the kind is about something else */
  Word tag;             /* PROMISE_MUST */
  WordList *boundaries; /* NULL: all */
} PromiseNode;

typedef enum ItemKind {
  ITEM_POLICY, ITEM_USE, ITEM_SOURCE, ITEM_FACT, ITEM_DEFINE, ITEM_SIGNS,
  ITEM_EMERGENCY, ITEM_EVERYWHERE, ITEM_BOUNDARY, ITEM_REVIEW, ITEM_EXAMPLE,
  ITEM_PROMISE, ITEM_ASSUME, ITEM_KIND_COUNT
} ItemKind;

typedef struct Item {
  ItemKind kind;
  Span span;
  bool poisoned;
  struct Item *next;
  Word name, title;        /* USE: the path in `title` */
  Word refusal;            /* BOUNDARY: the second title; empty if none */
  Word because;            /* PROMISE ASSUME; empty if none */
  Condition *condition;    /* DEFINE ASSUME; PROMISE: or NULL */
  SignNode *signs;         /* SIGNS */
  RuleNode *rules;         /* EVERYWHERE BOUNDARY REVIEW; EMERGENCY: one */
  PolicyNode *policy;
  FactNode *fact;
  SourceNode *source;
  ExampleNode *example;
  PromiseNode *promise;
} Item;

/* One file. */
typedef struct Tree {
  uint32_t file;       /* its number in Sources */
  uint32_t rule_count; /* in all its items, lost ones among them */
  Item *items;
} Tree;

#endif

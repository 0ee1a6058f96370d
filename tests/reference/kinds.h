/* Every kind of situation of one boundary, and what the reference interpreter
 * says of it: brute force, for the audit to be compared with.
 *
 * All combinations of the representative values of tests/reference/domain.h are
 * put on the audit's axes.  Each combination is asked of the interpreter; those
 * that fall on one point must all be answered alike, and every point must be
 * reached.  Facts, rules and duties are numbered as in the image.
 */
#ifndef STILE_TESTS_REFERENCE_KINDS_H
#define STILE_TESTS_REFERENCE_KINDS_H

#include "audit/space.h"
#include "runtime/outcome.h"

#define KINDS_MOST 20000      /* points that are looked at one by one */
#define KINDS_TRIED_MOST 200000 /* combinations that are asked */
#define KINDS_RULES_MOST 64

/* Bit r is rule r (emergencies apart), bit d duty d. */
typedef struct Kind {
  bool seen;
  bool possible;      /* no assume that is about it rules it out */
  bool harm;
  uint8_t verdict;
  uint64_t holds;    /* within its dates, and its condition is true */
  uint64_t applies;  /* an exception: and what it names applies */
  uint64_t in_force;
  uint64_t decides;  /* in force, and what it finds is the verdict */
  uint64_t duties;
  uint64_t promises;  /* bit p: the condition of promise p is true */
  uint64_t fails, fails_not; /* bit a: assume a does not hold, or does */
} Kind;

/* What the policy's text says of a rule. */
typedef struct KindRule {
  uint32_t boundary;  /* or NONE */
  RuleKind kind;
  Verdict finding;
  bool gives_finding; /* on the first question, the `otherwise`s apart */
  bool in_scope;      /* of the boundary or everywhere */
  bool in_time;
  bool who, instead;
} KindRule;

typedef struct Subject Subject;

typedef struct Kinds {
  const Subject *subject;
  const Space *space;
  uint32_t boundary;
  Day today;
  Kind *at;
  uint32_t count;
  uint32_t possible;  /* of these; only they are compared with findings */
  uint64_t assumes;   /* bit a: assume a is about what the axes read */
  Kind any;           /* what holds at some possible point */
  uint32_t *strides;  /* for each axis */
  KindRule *rules;
  uint32_t rule_count, duty_count;
  uint64_t tried;     /* combinations */
  Cells *cells;       /* workspace */
} Kinds;

typedef enum KindsMade {
  KINDS_MADE, KINDS_TOO_MANY, KINDS_DIFFER /* the report says how */
} KindsMade;

/* `boundary` is the image's. */
KindsMade kinds_make(Arena *arena, const Subject *subject, const Space *space,
                     uint32_t boundary, Day today, Kinds *kinds,
                     Buffer *report);

/* The point that a situation falls on; NONE if it falls on none, or if not all
 * facts that the axes read are given. */
uint32_t kinds_point(const Kinds *kinds, const Situation *situation);
/* The cell of a point on an axis. */
uint32_t kinds_cell(const Kinds *kinds, uint32_t point, uint32_t axis);

/* What the interpreter says of a situation; facts that are not given are taken
 * as their first value. */
void kinds_ask(Arena *arena, const Kinds *kinds, const Situation *situation,
               Kind *kind);

/* Is the promise about this boundary?  Which form has it?  Does a kind keep it,
 * as the language reference says? */
bool kinds_concerned(const Kinds *kinds, uint32_t promise);
PromiseKind kinds_form(const Kinds *kinds, uint32_t promise);
bool kinds_keeps(const Kinds *kinds, uint32_t promise, const Kind *kind);

/* Does any condition, `who` or factor of the policy name the fact? */
bool kinds_reads(const Subject *subject, uint32_t fact);
/* Can the policy's tests not tell two values of a scale or choice apart, though
 * there are tests? */
bool kinds_idle_values(Arena *arena, const Subject *subject, uint32_t fact,
                       Day today);

#endif

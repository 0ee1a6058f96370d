/* Coverage: what asked situations show of a policy, goal by goal.
 *
 *   cover_make     the goals of each boundary, and of the emergencies
 *   cover_ask      takes in a situation that was asked about
 *   cover_judge    says of each goal whether some asked situation shows it; if
 *                  none does, whether one could
 *   cover_combine  how many combinations of cells were asked about
 *   cover_suggest  few situations that show what no asked one shows
 *
 * An asked situation may leave facts open.  It shows what is settled of it
 * whatever they are.  Coverage says what was looked at.  It never says that
 * what the policy answers there is good.
 */
#ifndef STILE_AUDIT_COVER_H
#define STILE_AUDIT_COVER_H

#include "audit/audit.h"
#include "audit/events.h"
#include "audit/words.h"

typedef enum GoalKind {
  GOAL_IN_FORCE,  /* the rule is in force */
  GOAL_DECIDES,   /* its finding is the verdict */
  GOAL_DISPLACES, /* the exception `rule` sets `other` aside */
  GOAL_TEST,      /* the test of node `other` is true (value 1) or false (0) */
  GOAL_MATTERS,   /* two situations that differ on `axis` alone: in one the
                     rule is in force, in the other its condition is not met,
                     and the guidance differs.  Axis NONE: the condition says
                     the same without the test of node `other` */
  GOAL_CELL,      /* variable `other` lies between limits with cell `value` */
  GOAL_EDGE,      /* variable `other` is exactly `value`, the last or first
                     value at a limit */
  GOAL_VERDICT,   /* the verdict is `value` */
  GOAL_DUTY,      /* duty `other` stands */
  GOAL_SECOND,    /* of holding back, `value`: see Second */
  GOAL_KIND_COUNT
} GoalKind;

typedef enum Second {
  SECOND_NO_HARM, SECOND_MAY_HARM, SECOND_TENSION, SECOND_COUNT
} Second;

typedef enum GoalState {
  GOAL_OPEN,       /* possible, and no asked situation shows it */
  GOAL_MET,
  GOAL_IMPOSSIBLE, /* proved: no situation could show it */
  GOAL_NOT_PROVED, /* not shown, and the work did not suffice to tell */
  GOAL_STATE_COUNT
} GoalState;

typedef struct Goal {
  uint8_t kind, state;
  uint32_t rule, other, axis;
  int64_t value;
  uint32_t by[2];      /* the asked situations that show it; NONE */
  AxisCell *points[2]; /* of an open goal: points that would show it; of
                          GOAL_MATTERS both, of others the first */
} Goal;

typedef Vec(Goal) Goals;

/* What is settled of a situation. */
typedef struct Asked {
  Text title;
  Situation situation;
  bool own;           /* an example of the policy, or from a case file */
  const uint8_t *masks; /* as an outcome: exact, or too wide if `exhausted` */
  uint8_t *deciding;  /* 1 for each rule that decides */
  uint8_t *registers; /* Three of each */
  const Inquiry *inquiry; /* of its day */
  Cells *cells;       /* on that day's grid */
  uint64_t **sides;   /* for each axis the cells that it may be in; NULL: it
                         cannot be told */
  uint64_t dates;     /* stands for which rules are in force that day */
  bool exhausted;
} Asked;

typedef Vec(Asked *) AskedList;

/* Combinations of the cells of `ways` axes. */
typedef struct CoverWays {
  uint32_t ways;
  uint64_t met[2], all[2]; /* of axes that some rule reads together; of all */
  bool counted[2];
} CoverWays;

/* One boundary, or (NONE) the emergencies. */
typedef struct CoverUnit {
  uint32_t boundary;
  BoundaryAudit *one;
  OutsideSearch search;
  Goals goals;
  AskedList asked;
  Boxes *above;        /* for each verdict, what finds more; see make_levels */
  Boxes harm, alarm;   /* holding-back rules, and emergencies, in force */
  uint32_t counts[GOAL_KIND_COUNT][GOAL_STATE_COUNT];
  CoverWays pairs, ways;
  Text *missing;       /* some pairs of cells that were not asked about */
  uint32_t missing_count;
  struct Probe *probe; /* see cover_ask.c */
  struct Known *known; /* for each rule, see cover_near.c */
  struct Beside *beside;
} CoverUnit;

typedef struct Cover {
  Audit *audit;
  CoverUnit *units;
  uint32_t unit_count;
  uint32_t unasked;    /* situations that were of no unit */
} Cover;

void cover_make(Audit *audit, Cover *cover);

/* Lives in the audit's arena; `situation` is copied, its parts are borrowed. */
void cover_ask(Cover *cover, const Situation *situation, Text title, bool own);
void cover_judge(Cover *cover);
/* Combinations of two, and of `ways` (0: of two only). */
void cover_combine(Cover *cover, uint32_t ways);

/* "gifts/small is in force"; for lists. */
Text goal_words(Arena *arena, const CoverUnit *unit, const Goal *goal);
/* The id of a goal, the same while what it is about is: "matters/gifts/small/
 * context value". */
Text goal_id(Arena *arena, const CoverUnit *unit, const Goal *goal);
/* "rules in force"; "in-force" */
Text goal_kind_words(GoalKind kind);
Text goal_kind_id(GoalKind kind);
Text goal_state_id(GoalState state);

typedef Vec(uint32_t) GoalNumbers; /* of a unit */

/* A suggested situation. */
typedef struct Suggestion {
  CoverUnit *unit;
  uint32_t number;      /* within the unit, from 1 */
  const struct Suggester *suggester; /* for suggestion_situation */
  const struct Try *one;
  uint8_t verdict;      /* what the policy says of it today, as a mask */
  GoalNumbers goals;    /* it shows them, alone or with another listed one */
  uint32_t half;        /* if there are none: what it shows with another */
  uint32_t closes;      /* goals that it closes with those before */
} Suggestion;

typedef struct Suggestions {
  Vec(Suggestion) list;  /* those that close most come first */
  uint32_t all;          /* how many there are, listed or not */
  uint32_t open, closed; /* goals that were open; of these, all can show */
  uint32_t closed_by_first; /* and those that are listed show */
  uint32_t at_least;     /* proved: no fewer situations could do */
  bool bare;             /* facts that do not matter were left out */
  bool ended;            /* early: there may be more, and fewer may do */
} Suggestions;

/* Situations that show the open goals of all units but GOAL_TEST's, few of
 * them: each is needed, but no smaller set was looked for.  Only the first
 * `most` (0: all) are listed. */
void cover_suggest(Cover *cover, uint32_t most, Suggestions *suggestions);
/* The situation of a suggestion, made in the arena. */
void suggestion_situation(Arena *arena, const Suggestion *suggestion,
                          Situation *situation);

/* ----------------------------------------------- for the files of this part */

/* What is so at a point, from the evaluator that answers `stile ask`. */
typedef struct Probe Probe;
const uint8_t *probe_point(CoverUnit *unit, const AxisCell *point);
bool probe_decides(const CoverUnit *unit, const uint8_t *masks, uint32_t rule);
const uint8_t *probe_registers(const CoverUnit *unit);

void asked_make(Cover *cover, CoverUnit *unit, const Situation *situation,
                Asked *asked);
/* The cells of an axis that cells of an inquiry's grid may lie in; NULL if that
 * day's grid is cut otherwise than the audit's. */
uint64_t *cover_locate(Arena *arena, const BoundaryAudit *one,
                       const Inquiry *inquiry, const Cells *cells,
                       uint32_t axis);
/* Does the situation show the goal?  Not for GOAL_MATTERS. */
bool asked_shows(const CoverUnit *unit, const Asked *asked, const Goal *goal);
/* Do the two show it, the first with the rule in force? */
bool asked_pair_shows(const CoverUnit *unit, const Asked *first,
                      const Asked *second, const Goal *goal);

/* A point that shows the goal, or the proof that there is none. */
PointFound cover_find(Cover *cover, CoverUnit *unit, Goal *goal);
PointFound cover_find_pair(Cover *cover, CoverUnit *unit, Goal *goal);
/* The guidance that a rule is there for. */
typedef struct Guided {
  bool verdict, harm, alarm;
} Guided;

Guided cover_guided(const CoverUnit *unit, uint32_t rule);
/* Does it differ, whatever is open?  Of both: the masks of the verdict, of harm
 * and of an emergency. */
bool cover_differs(Guided guided, const uint8_t *a, const uint8_t *b);
/* Do outcomes at two points show it?  The first has the rule in force. */
bool cover_pair_shows(const CoverUnit *unit, uint32_t rule,
                      const uint8_t *first, const uint8_t *second);

/* Keeps a point, for the rules that are in force there. */
void cover_know(Cover *cover, CoverUnit *unit, AxisCell *point);
/* A pair of which the first is such a point; true if there is one. */
bool cover_find_near(Cover *cover, CoverUnit *unit, Goal *goal);

/* The tests that a rule's condition rests on, as nodes, found for one rule
 * after another. */
typedef struct RuleTests {
  const Image *image;
  uint32_t *found, count;    /* the tests of the rule asked about last */
  uint32_t turn;             /* rules asked about so far */
  uint32_t *seen, *visited;  /* registers of tests, and nodes: in which turn */
  uint32_t *stack, depth;
} RuleTests;

void rule_tests_make(Arena *arena, const Image *image, RuleTests *tests);
void rule_tests_find(RuleTests *tests, uint32_t rule);
/* The cells around one of a variable that the unit's rules do not part. */
void cover_run(const CoverUnit *unit, uint32_t variable, uint32_t cell,
               uint32_t *first, uint32_t *last);
/* Do the rules read all that the test reads?  Not where a condition says the
 * same without it. */
bool cover_test_in_space(const CoverUnit *unit, uint32_t node);
/* Marks the axes that a test reads. */
void cover_test_axes(const CoverUnit *unit, uint32_t node, uint8_t *axes);

#endif

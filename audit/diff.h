/* The difference of two policies: which situations change guidance, from what
 * to what, exactly, on a given day.
 *
 * Both are charted on one space, cut by the limits of both, so that counts can
 * be compared.  Where boxes of both are the same nothing can differ, and two
 * policies without any other boxes are proved to say the same.
 */
#ifndef STILE_AUDIT_DIFF_H
#define STILE_AUDIT_DIFF_H

#include "audit/audit.h"
#include "audit/join.h"
#include "audit/pair.h"

typedef struct BoundaryDiff {
  uint32_t boundary;  /* of the joint image: the new policy's */
  uint32_t of[2];     /* in each image */
  Inquiry inquiries[2];
  Space space;
  Chart charts[2];
  Pair pair;
  OutsideSearch search;
  Limb *counts[VERDICT_COUNT * VERDICT_COUNT]; /* old * VERDICT_COUNT + new */
  Boxes regions[VERDICT_COUNT * VERDICT_COUNT]; /* those listed */
  Limb *all, *changed, *stricter, *looser;
  /* Where they were not counted: at least and at most so many, proved; NULL:
   * not known. */
  Limb *changed_between[2], *stricter_between[2], *looser_between[2];
  bool counted;       /* false: nothing more is said of the counts */
  bool unchanged_counted; /* those of both finding the same too */
  bool same;          /* proved: no situation changes its verdict */
  bool done;          /* false: it was ended before all of it was compared */
} BoundaryDiff;

typedef struct Diff {
  Joined joined;
  Grid grid;          /* of the joint image */
  RowTable rows;
  Audit audit;        /* keeps the findings; its image is the joint one */
  BoundaryDiff *boundaries;
  uint32_t boundary_count;
  uint32_t cases, changed_cases; /* examples and cases asked of both */
  uint32_t cases_left;           /* that were not, as it was ended before */
} Diff;

/* Compares.  Lives in `arena` and borrows both images. */
void diff_make(Arena *arena, const Image *before, const Image *after,
               const AuditOptions *options, Diff *diff);

/* Asks both policies about one case, each in its own terms; a difference is a
 * finding.  Where the host has asked to end, it is left out and counted. */
void diff_case(Diff *diff, Text title, const Situation *before,
               const Situation *after);

/* Is a finding that guidance became looser, stricter, or changed at all?  For
 * --fail-on. */
typedef enum DiffTurn { DIFF_CHANGED, DIFF_STRICTER, DIFF_LOOSER } DiffTurn;
bool diff_has(const Diff *diff, DiffTurn turn);

/* From more to less cautious; silence counts as the loosest, as it leaves
 * people alone. */
DiffTurn diff_turn(Verdict before, Verdict after);

/* ----------------------------------------- for the files of the comparison */

/* The joint situation of a point, asked of both policies' evaluators; false if
 * one of them answers otherwise than the charts. */
bool diff_witness(Diff *diff, BoundaryDiff *one, const AxisCell *point,
                  Witness *witness);
/* The space of what the rows and variables read, and the points of it that are
 * not compared.  (diff_values.c) */
void diff_space(Diff *diff, RowLists *lists, uint32_t *variables,
                uint32_t count, Space *space);
void diff_impossible(Diff *diff, Space *space, Boxes *impossible);
/* What was not counted lies between two numbers, once the changes that were
 * found are told.  (diff_between.c) */
void diff_between(const Diff *diff, BoundaryDiff *one);
/* The second finding, emergencies and duties.  (diff_beside.c) */
void diff_beside(Diff *diff, BoundaryDiff *one);
void diff_emergencies(Diff *diff);
/* Facts, values, rules and words that only one has.  (diff_words.c) */
void diff_words(Diff *diff);
/* The examples of both.  (diff_examples.c) */
void diff_examples(Diff *diff);

#endif

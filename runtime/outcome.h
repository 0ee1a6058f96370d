/* Outcomes: what the rules of one boundary make of a set of cells.
 *
 * An Inquiry is the fixed part of one question: policy, day, boundary, tense.
 * An Outcome is a row of masks, one for each thing that an answer states (a
 * "point"): which values it may still have.  In the outcome of a completion
 * every mask has one bit.  For a wider set of cells the masks are sound but
 * may be too wide: three-valued logic does not see that two open tests of one
 * fact hang together.  runtime/search.h makes them exact.
 */
#ifndef STILE_RUNTIME_OUTCOME_H
#define STILE_RUNTIME_OUTCOME_H

#include "runtime/answer.h"

/* The points of an outcome, in order: the verdict (bit v: Verdict v), the
 * second finding, the tension, the emergency (Three each), then for each rule
 * of the image its standing (bit s: Standing s) and its condition (Three), and
 * for each duty its state (Three).  A point outside the boundary has mask 0. */
enum {
  POINT_VERDICT, POINT_MAY_HARM, POINT_TENSION, POINT_EMERGENCY, POINT_RULES
};

typedef struct Inquiry {
  const Image *image;
  Grid grid;
  Program program;
  uint32_t boundary;  /* NONE: emergencies only */
  bool happened;      /* review rules too */
  uint32_t *rules;    /* those in scope, each after every exception to it */
  uint32_t rule_count;
  bool has_otherwise;
  Vec(uint32_t) otherwise; /* the otherwise rules among them */
  uint8_t *in_scope;  /* for each rule of the image */
  uint8_t *dates;     /* for each rule: IN_FORCE, or NOT_YET or ENDED today */
  uint32_t points;    /* how many an outcome has */
} Inquiry;

/* Binds everything that does not depend on the situation's facts. */
void inquiry_make(Arena *arena, const Image *image, const Situation *situation,
                  Inquiry *inquiry);
/* The same but for the program, which an index is made without. */
void inquiry_bind(Arena *arena, const Image *image, const Situation *situation,
                  Inquiry *inquiry);

static inline uint32_t point_standing(uint32_t rule) {
  return POINT_RULES + rule * 2;
}
static inline uint32_t point_condition(uint32_t rule) {
  return POINT_RULES + rule * 2 + 1;
}
static inline uint32_t point_duty(const Inquiry *inquiry, uint32_t duty) {
  return POINT_RULES + inquiry->image->rules.count * 2 + duty;
}

/* The findings as they count with the support that the situation has: `counts`
 * a Verdict and `agreed` 0 or 1 for each rule of the image. */
void findings_count(const Inquiry *inquiry, const Situation *situation,
                    uint8_t *counts, uint8_t *agreed);

/* Room for one evaluation; made once for an inquiry. */
typedef struct Workspace {
  uint8_t *registers;
  uint8_t *applies;   /* Three, for each rule */
  uint8_t *displaced; /* Three */
  uint8_t *in_force;  /* Three */
  uint8_t surely;     /* the highest finding surely in force; else SILENT */
} Workspace;

void workspace_make(Arena *arena, const Inquiry *inquiry, Workspace *space);

/* Evaluates: takes no memory.  `outcome` has `inquiry->points` masks. */
void outcome_evaluate(const Inquiry *inquiry, const uint8_t *counts,
                      const Cells *cells, Workspace *space, uint8_t *outcome);

/* Does a rule of this kind and form give a finding of its own (a rule, never or
 * exception with a `then`)? */
static inline bool rule_gives_finding(const Rule *rule) {
  return rule->finding != SILENT &&
         (rule->kind == RULE || rule->kind == RULE_NEVER ||
          rule->kind == RULE_EXCEPTION);
}

/* Is this mask a single value? */
static inline bool mask_single(uint8_t mask) {
  return mask != 0 && (mask & (mask - 1)) == 0;
}

/* Going ahead (proceed, care, consult), not (hold, never), or neither. */
typedef enum Side { SIDE_NEITHER, SIDE_AHEAD, SIDE_NOT } Side;
Side verdict_side(Verdict verdict);
/* The verdicts of a side, as a mask. */
uint8_t side_mask(Side side);

#endif

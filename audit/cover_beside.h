/* What the chart says at a point and beside it, by bits: for the points that
 * differ on one axis it takes a few operations each.  It only tells where to
 * look: what is claimed of a point is asked of the evaluator. */
#ifndef STILE_AUDIT_COVER_BESIDE_H
#define STILE_AUDIT_COVER_BESIDE_H

#include "audit/cover.h"

typedef enum BesideKind {
  BESIDE_HOLDS, /* the rule's condition is met */
  BESIDE_FORCE, /* it is in force */
  BESIDE_PART,  /* a finding that counts as `verdict` is in force */
  BESIDE_HARM,  /* holding back may harm; of the emergencies: there is one */
  BESIDE_KIND_COUNT
} BesideKind;

typedef struct BesideBox {
  uint32_t rule;
  uint8_t kind, verdict, layer;
} BesideBox;

typedef struct Beside {
  Boxes boxes;    /* with an index */
  BesideBox *of;  /* for each box */
  uint32_t words; /* of a set of boxes */
  uint64_t *kinds[BESIDE_KIND_COUNT], *verdicts[VERDICT_COUNT];
  uint32_t force[2]; /* the words in which the BESIDE_FORCE are */
  uint32_t *holds; /* for each rule where its BESIDE_HOLDS begin; one more */
  bool otherwise;  /* an `otherwise` may be the verdict */
  uint64_t *missed, *twice; /* boxes that the point is outside of: on an axis;
                               on two or more */
} Beside;

/* Of the unit, made once. */
Beside *beside_of(Cover *cover, CoverUnit *unit);

/* Sets the point of which the others ask. */
void beside_set(const CoverUnit *unit, Beside *beside, const AxisCell *point);
/* The boxes that hold it with another cell of the axis (or its own: `own`). */
void beside_boxes(const Beside *beside, uint32_t axis, AxisCell own,
                  AxisCell cell, uint64_t *bits);
/* Is some rule in force there in a box that does not hold the point? */
bool beside_gains(const Beside *beside, uint32_t axis, AxisCell own,
                  AxisCell cell);
bool beside_holds(const Beside *beside, const uint64_t *bits, uint32_t rule);
/* Might guidance that the rule is there for differ? */
bool beside_differs(const CoverUnit *unit, const Beside *beside, uint32_t rule,
                    const uint64_t *a, const uint64_t *b);

#endif

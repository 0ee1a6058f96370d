/* Thresholds: what the files share that look for holes between two limits, on
 * axes of one variable and on those of several. */
#ifndef STILE_AUDIT_THRESHOLDS_H
#define STILE_AUDIT_THRESHOLDS_H

#include "audit/audit.h"

/* A value that was told of, whatever else the axis's cell has. */
typedef struct Told {
  FindingKind kind;
  uint32_t fact;
  const uint64_t *value; /* the axis's class */
  uint32_t finding;
} Told;

typedef Vec(Told) ToldList;

typedef struct Limit {
  Audit *audit;
  BoundaryAudit *one;
  ToldList *told;
  uint32_t below, above; /* rules */
  uint32_t axis, place, cell; /* of which of the axis's variables */
} Limit;

/* A box of a rule that has a side on the axis. */
typedef struct Band {
  uint32_t rule;
  const Box *box;
} Band;

typedef Vec(Band) Bands;

/* Is the axis's variable an amount, or a day? */
bool threshold_is_amount(const Space *space, uint32_t axis, uint32_t place);
uint32_t threshold_fact(const Space *space, uint32_t axis, uint32_t place);
/* Has the cell one value only of the axis's variable? */
bool threshold_is_exact(const Space *space, uint32_t axis, uint32_t place,
                        uint32_t cell);

/* The boxes of rules in force that have a side on the axis, into `bands`. */
void threshold_bands(const BoundaryAudit *one, uint32_t axis, Bands *bands);
bool threshold_has_cell(const Space *space, const Box *box, uint32_t axis,
                        uint32_t cell);
/* The box without its side on the axis. */
Box threshold_bare(Space *space, const Box *box, uint32_t axis);

/* Two rules are told of once for a fact. */
bool threshold_told(const Limit *limit, FindingKind kind);
void threshold_tell(const Limit *limit, FindingKind kind,
                    const AxisCell *point);

/* Where an amount shares its axis with totals that it is added to. */
void threshold_joint_axes(Audit *audit, BoundaryAudit *one, const Boxes *all,
                          ToldList *told);

#endif

/* Regions: few large boxes that hold the points outside a list. */
#ifndef STILE_AUDIT_REGION_H
#define STILE_AUDIT_REGION_H

#include "audit/count.h"

typedef struct AreaBox {
  Box box;
  Limb *count;  /* its points that no box before it has; NULL: not counted */
  AxisCell *point; /* one of these */
} AreaBox;

typedef struct Area {
  Vec(AreaBox) boxes; /* the largest first */
  bool whole;         /* they hold every point */
} Area;

/* Finds at most `most` boxes of points that lie in `within` and outside `list`.
 * From a point a box is grown to all sides as far as it meets no box of the
 * list, as prime implicants are (Quine 1955); boxes whose points all lie in
 * larger ones are left out. */
void area_find(OutsideSearch *search, const Boxes *list, const Box *within,
               uint32_t most, Area *area);

/* The largest box found that has the point, lies in `within` and meets no box
 * of the list. */
Box area_grow(OutsideSearch *search, const Boxes *list, const Box *within,
              const AxisCell *point);

#endif

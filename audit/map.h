/* Maps: what guidance there is for each value of the facts that tell most.
 *
 * Of the facts of a dimension the one tells most whose values leave most
 * verdicts out and keep the rest apart: see map_facts.  All counts are exact;
 * a map takes a bounded number of steps, and is left out where they do not
 * suffice.
 */
#ifndef STILE_AUDIT_MAP_H
#define STILE_AUDIT_MAP_H

#include "audit/audit.h"

#define MAP_CELLS_MOST 8 /* of one side; a fact with more is not shown */

/* What is so of the situations of one field. */
typedef struct MapField {
  Limb *counts[VERDICT_COUNT];
  Limb *all;     /* that can occur */
  Limb *unruled; /* in which no rule speaks, or only an `otherwise` */
} MapField;

/* One side of a map: a fact and its values. */
typedef struct MapSide {
  uint32_t axis;   /* NONE: there is no such side */
  uint32_t fact;
  Dimension dimension;
  uint32_t count;  /* values; 1 if there is no such side */
  Text name;       /* "need isolation" */
  Text *values;    /* "high" */
  uint32_t *sides; /* of the space */
} MapSide;

typedef struct Map {
  MapSide rows, columns;
  MapField *fields; /* row by row */
} Map;

typedef struct BoundaryMap {
  MapField whole;      /* of all situations */
  Map facts[DIMENSION_COUNT];   /* of one side: the fact of each dimension that
                                   tells most; rows.axis is NONE if none does */
  Map both;            /* rows: a need or capability; columns: a risk or a
                          context.  Either may be missing */
  bool made;           /* false: the steps did not suffice */
} BoundaryMap;

void map_make(Audit *audit, BoundaryAudit *one, BoundaryMap *map);

const MapField *map_field(const Map *map, uint32_t row, uint32_t column);

#endif

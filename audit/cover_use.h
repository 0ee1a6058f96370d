/* Real use: what cases that happened reach of a policy.  Cases are taken in one
 * by one, so however many there are, memory stays flat. */
#ifndef STILE_AUDIT_COVER_USE_H
#define STILE_AUDIT_COVER_USE_H

#include "audit/audit.h"

#define USE_REGIONS_MOST 12

/* A region that cases fall in and that no rule answers: no finding is in force
 * in it, whatever else is so. */
typedef struct UseRegion {
  Box box;
  Text words;
  uint64_t cases;
} UseRegion;

typedef struct UseBoundary {
  BoundaryAudit *one;
  uint64_t cases, unsettled;
  uint64_t silent, otherwise;       /* no guidance; only an `otherwise` spoke */
  uint64_t verdicts[VERDICT_COUNT]; /* settled */
  uint64_t *in_force, *decides;     /* for each rule of the image */
  UseRegion regions[USE_REGIONS_MOST]; /* the one with most cases first */
  uint32_t region_count, tried;
  uint64_t elsewhere;               /* such cases that no region holds */
  Boxes answered;                   /* where some finding is in force */
  Workspace space;
  uint8_t *counts, *agreed, *masks;
  Cells *cells;
} UseBoundary;

typedef struct Use {
  Text name;
  Audit *audit;
  UseBoundary *boundaries; /* one for each of the audit */
  uint32_t boundary_count;
  uint64_t cases, unread, outside; /* `outside`: of boundaries not audited */
  uint64_t left_out; /* values that no longer fit */
  uint64_t erased;   /* entries of a log */
  Text columns;      /* of a file, that are no facts and were not read */
} Use;

void use_make(Audit *audit, Text name, Use *use);
/* Takes in one case; `scratch` is needed only meanwhile. */
void use_add(Use *use, Arena *scratch, const Situation *situation);
/* Puts the regions in order. */
void use_finish(Use *use);

#endif

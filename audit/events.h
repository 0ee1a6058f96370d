/* Events that make a record's totals and counts what a point says. */
#ifndef STILE_AUDIT_EVENTS_H
#define STILE_AUDIT_EVENTS_H

#include "audit/space.h"

/* Gives the records of an axis events (and facts that are added to them a
 * value) such that the axis has this cell.  True if the axis has no record.
 * False if none were found among those that were tried. */
bool events_find(Arena *arena, const Space *space, uint32_t axis,
                 uint32_t cell, Situation *situation);

/* A value of one of the cells, round where it can be.  (witness.c) */
int64_t witness_value(const Grid *grid, uint32_t variable,
                      const uint64_t *cells);

#endif

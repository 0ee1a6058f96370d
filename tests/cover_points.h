/* Every point of a small space, and what the reference says of it. */
#ifndef STILE_TESTS_COVER_POINTS_H
#define STILE_TESTS_COVER_POINTS_H

#include "audit/cover.h"
#include "audit/words.h"
/* The syntax trees and the audit both have a Finding. */
#define Finding TreeFinding
#include "tests/reference/subject.h"
#undef Finding
#include "tests/campaign.h"

#define POINTS_MOST 20000
#define ASKED_MOST 6

typedef struct Truth {
  Verdict verdict;
  bool may_harm, tension, emergency, possible;
  uint8_t *standing, *condition, *decides; /* for each rule of the image */
  bool *duties;                            /* for each duty of the image */
} Truth;

typedef struct Asking {
  uint8_t *among; /* for each point: 1 if it completes the situation */
  Situation situation;
} Asking;

typedef struct CoverTally {
  uint64_t units, skipped, goals, pairs, impossible, open, met, combinations;
  uint64_t not_proved, suggested, left, ended;
} CoverTally;

typedef struct Check {
  Arena *arena;
  Random *random;
  const Subject *subject;
  Cover *cover;
  CoverUnit *unit;
  AxisCell *cells; /* of all points, one after the other */
  Truth *truths;
  uint32_t points;
  Asking asked[ASKED_MOST];
  uint32_t asked_count, index;
  uint64_t seed;
  Campaign *campaign;
  CoverTally *tally;
} Check;

/* Counts a difference, and tells it. */
void check_differs(const Check *check, Text what);

/* The cells of a point. */
const AxisCell *cells_at(const Check *check, uint32_t point);
/* False if there are more than POINTS_MOST. */
bool count_points(Check *check);
void list_points(Check *check);
/* The point that differs from this one by a cell of an axis. */
uint32_t moved(const Check *check, uint32_t point, uint32_t axis,
               uint32_t cell);
/* Asks the reference about all points; false where some record cannot be
 * written down. */
bool ask_all(Check *check);

/* Looks whether suggested situations show what is claimed of them, and in which
 * order.  (cover_suggested.c) */
void check_suggestions(Check *check);

#endif

/* Updates: an outcome that follows its cells.
 *
 * A search changes one variable at a time, on which few rules rest.  An update
 * keeps what an outcome was evaluated from, sees which variables differ since,
 * and evaluates again what rests on these and nothing else.  Whatever was
 * changed, and by whom, the outcome is that of outcome_evaluate: where much
 * differs, it is evaluated whole.
 */
#ifndef STILE_RUNTIME_UPDATE_H
#define STILE_RUNTIME_UPDATE_H

#include "runtime/resting.h"

/* A set of steps or places. */
typedef struct Pending {
  uint64_t *bits;
  uint32_t low, high; /* the words that may have some; low > high: none */
} Pending;

/* How many rules may be in force, and how many surely are. */
typedef struct InForce {
  uint32_t possibly, surely;
} InForce;

/* What a rule in force adds to: findings by layer and verdict, then these. */
enum {
  TALLY_EMERGENCY = LAYER_COUNT * VERDICT_COUNT, TALLY_HARM, TALLY_NOTHING,
  TALLY_COUNT
};

typedef struct Update {
  const Resting *resting;
  Workspace space;
  uint8_t *outcome;
  bool made;       /* the outcome is that of `cells` and `counts` … */
  bool tallied;    /* … and so are the tallies and `open` */
  Cells *cells;
  uint8_t *counts;
  uint8_t *kinds;  /* for each place: its tally */
  InForce tallies[TALLY_COUNT];
  uint64_t *open;  /* places of rules in force by date, their condition open */
  Pending steps;                       /* to be done again … */
  Pending applying, standing, dutiful; /* … and places */
} Update;

void update_make(Arena *arena, const Resting *resting, Update *update);

/* Brings the outcome and the workspace up to date.  Takes no memory. */
void update_evaluate(Update *update, const uint8_t *counts,
                     const Cells *cells);

/* Makes an update the same as another of the same inquiry. */
void update_copy(Update *to, const Update *from);

/* The places of rules whose condition is open, as a set of bits. */
const uint64_t *update_open(Update *update);

void pending_add(Pending *pending, uint32_t item);
void pending_add_all(Pending *pending, const Lists *lists, uint32_t key);
/* Takes out the lowest item; false if there is none. */
bool pending_take(Pending *pending, uint32_t *item);

#endif

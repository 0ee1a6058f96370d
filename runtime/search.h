/* The search: is there a completion that …?
 *
 * A completion gives every fact one of its possible values.  The search halves
 * the cells of a variable in an open test, evaluates, and goes on where the
 * wanted thing is still possible: backtracking with three-valued evaluation as
 * the bound (as in Davis, Logemann and Loveland 1962).  It is exact: it ends
 * with a completion, with the proof that there is none, or when the work budget
 * is used up.
 */
#ifndef STILE_RUNTIME_SEARCH_H
#define STILE_RUNTIME_SEARCH_H

#include "runtime/bearing.h"
#include "runtime/outcome.h"
#include "runtime/part.h"
#include "runtime/records.h"
#include "runtime/update.h"

typedef struct SearchFrame SearchFrame;

typedef enum Found { FOUND, FOUND_NONE, FOUND_BUDGET_USED } Found;

/* Points that are looked at together. */
typedef struct Concern {
  const uint32_t *points;
  uint32_t count;
  uint8_t *relevant; /* for each rule: not 0 if one of them rests on it */
} Concern;

typedef struct Search {
  const Inquiry *inquiry;
  Parts parts;              /* of the inquiry */
  Records records;
  uint8_t *counts, *agreed; /* findings as they count, for each rule */
  Cells *start;             /* the situation's own cells */
  Cells *cells[2];          /* the cells looked at; two completions at a time
                               when asking what one fact changes */
  Resting resting;          /* of the inquiry */
  Update updates[2];        /* evaluated from cells[0] and [1] … */
  Workspace space[2];       /* … and what they evaluate into; a part is */
  uint8_t *outcome[2];      /* evaluated into room of its own */
  Workspace part_space;
  uint8_t *part_outcome;
  uint64_t *part_open;      /* workspace: places of a part */
  uint8_t *seen;            /* for each point: values seen while settling */
  uint8_t *own;             /* for each variable: 1 if it follows the fact */
  uint8_t *follows;         /* for each rule: 1 if its condition rests on
                               them … */
  uint32_t *followers;      /* … and the places of these rules */
  uint32_t follower_count;
  uint8_t *marks;           /* for each rule, of this bearing: */
  Bearing bearing;
  bool marked;              /* if there is one */
  uint64_t *marked_places[MARK_COUNT]; /* of the whole inquiry, by mark */
  SearchFrame *frames;
  uint32_t depth;
  uint64_t *saved;
  uint32_t saved_count;
  uint64_t work, budget;    /* evaluations made, and the most allowed */
  uint32_t rule_count;      /* of the whole inquiry … */
  uint32_t evaluated;       /* … and rules evaluated towards the next piece of
                               work */
  uint64_t chance;          /* state of the sampler: fixed, so that the same
                               question gets the same work everywhere */
} Search;

/* Prepares a search about the situation. */
void search_make(Arena *arena, const Inquiry *inquiry,
                 const Situation *situation, uint64_t budget, Search *search);

/* The same for another situation of the same inquiry; work goes on counting. */
void search_renew(Arena *arena, const Situation *situation, Search *search);

/* Evaluates cells[copy] into outcome[copy].  To evaluate as many rules as the
 * inquiry has is one piece of work, also where few had to be evaluated again:
 * work tells nothing of how it is done. */
void search_evaluate(Search *search, uint32_t copy);

/* Gives each variable of cells[copy] one of its cells, chosen by the sampler,
 * and evaluates it.  Of cells[1], with `fact` what it may differ in from
 * cells[0].  False if nothing fits. */
bool search_complete(Search *search, uint32_t copy, uint32_t fact);

/* Looks for a completion whose `point` has the one value `bit` (a mask of one
 * bit).  When FOUND, cells[0] and outcome[0] are that completion. */
Found search_value(Search *search, uint32_t point, uint8_t bit);

/* Whether some completion has that value, by evaluating `part` alone, a part of
 * the inquiry on which the point rests.  Not where records are looked at; what
 * is in outcome[0] afterwards does not count. */
Found search_value_in(Search *search, const Inquiry *part, uint32_t point,
                      uint8_t bit);

/* Makes these points a concern of the search; it borrows them. */
void search_concern(Arena *arena, const Search *search, const uint32_t *points,
                    uint32_t count, Concern *concern);

/* Looks for two completions that differ in `fact` alone and in one of the
 * points of the concern.  `own` must have been set by search_own. */
Found search_difference(Search *search, uint32_t fact, const Concern *concern);

/* Marks the variables that follow a fact: its own, and sums that add it. */
void search_own(Search *search, uint32_t fact);

/* Makes cells[0] a completion of the start, chosen by the sampler, and
 * evaluates it.  False if there is none (then the situation contradicts
 * itself, which a fitting situation does not). */
bool search_sample(Search *search);

/* After search_sample: makes cells[1] the same completion but for `fact`, and
 * evaluates it. */
bool search_sample_other(Search *search, uint32_t fact);

#endif

/* The index: decisions by bitmaps, for many situations of one policy.
 *
 * For every cell of every variable a bitmap says which rows (runtime/rows.h)
 * that cell does not refute.  The rows that are true of a situation are the AND
 * of one bitmap a variable, whatever the number of rules.  An unknown variable
 * refutes nothing, and makes sure only of rows that do not mention it; one with
 * several possible cells takes the OR and the AND of theirs.  Conditions with
 * too many rows stay code.
 *
 * An index is made for one inquiry (policy, day, boundary).  Its answers are
 * those of outcome_evaluate, or sharper (see runtime/rows.h); tests compare.
 */
#ifndef STILE_RUNTIME_INDEX_H
#define STILE_RUNTIME_INDEX_H

#include "runtime/outcome.h"

/* Where a variable is: its one cell, or one of these. */
enum { CELL_ANY = 0xffff, CELL_SEVERAL = 0xfffe };

typedef struct IndexVariable {
  uint32_t variable;
  uint32_t maps; /* bitmap of cell c: words from maps + c * words on */
  uint32_t none; /* the bitmap of rows that do not mention the variable */
} IndexVariable;

/* What a rule in force adds to a decision, as bits: bit v for Verdict v, these,
 * and EFFECT_LAYER << l for a finding of Layer l. */
enum {
  EFFECT_VERDICTS = 0x3f,
  EFFECT_HARM = 0x40,
  EFFECT_EMERGENCY = 0x80,
  EFFECT_LAYER = 0x100,
  EFFECT_ASKS = 0x8000 /* the finding is CARE where `who` is met */
};

typedef struct Index {
  const Inquiry *inquiry;
  uint64_t *maps;
  uint32_t map_count;
  uint64_t *all;               /* a bitmap of all rows */
  uint32_t rows, words;        /* a bitmap's words: a multiple of 4 */
  uint16_t *row_rule;          /* for each row its rule; rising */
  IndexVariable *variables;    /* those that rows mention */
  uint32_t variable_count;
  Program coded;               /* for the conditions that stay code … */
  uint32_t *coded_rules;       /* … of these rules */
  uint32_t coded_count;
  uint16_t *effects;           /* of each rule, with nobody asked */
  uint32_t *ask_first;         /* of each rule, and past the last: its part of
                                  `asks`; NULL where no rule asks */
  uint32_t *asks;              /* how many must be met, then INDEX_MEMBERs */
  bool has_exceptions;         /* only then: */
  uint32_t *ranks;             /* of each rule: its place in the order */
  uint32_t *displaced_first;   /* likewise: its part of `displaced` */
  uint32_t *displaced;         /* rules */
  uint32_t *otherwise;         /* rules */
  uint8_t *otherwise_layers;   /* and their Layers */
  uint32_t otherwise_count;
} Index;

/* Someone to be asked: a fact, and the value of its set, or yes. */
#define INDEX_MEMBER(fact, value) ((fact) << 7 | (value))
#define INDEX_MEMBER_YES 64u

/* Makes the index; it lives in `arena` and borrows the inquiry.  `scratch` is
 * needed only while it is made. */
void index_make(Arena *arena, Arena *scratch, const Inquiry *inquiry,
                Index *index);

/* Room for a bitmap, or more, that starts where a line of the cache does. */
uint64_t *index_lanes(Arena *arena, size_t words);

/* What a decision needs of each rule; called by index_make once the rows are
 * known.  (index_rules.c) */
void index_describe_rules(Arena *arena, Index *index);

/* Does it need the grid and the image of its inquiry to decide?  Else of the
 * inquiry only the boundary counts, and how many rules there are. */
static inline bool index_needs_grid(const Index *index) {
  return index->coded_count > 0;
}

/* What a decision is taken from.  Cells are needed only where a code says
 * CELL_SEVERAL, and by conditions that stay code; else it may be NULL. */
typedef struct IndexPlace {
  const uint16_t *codes; /* for each variable of the image */
  const Cells *cells;
  const uint8_t *agreed; /* 1 for each rule whose `who` is met; or NULL, then */
  bool support;          /* if this is set, it is found from */
  const int64_t *values; /* packed values (runtime/packed.h) */
  const uint64_t *known;
} IndexPlace;

/* Codes for a set of cells. */
void index_codes(const Grid *grid, const Cells *cells, uint16_t *codes);

typedef struct Decision {
  uint8_t verdict;   /* a mask, as POINT_VERDICT */
  uint8_t may_harm, tension, emergency; /* Three */
  uint32_t in_force_count, open_count;
  uint32_t *in_force; /* rules surely in force, rising (otherwise last) */
  uint32_t *open;     /* rules that may or may not be, rising */
} Decision;

/* Room for decisions; made once for an index.  What only some need is NULL
 * where it is not needed. */
typedef struct DecisionSpace {
  uint64_t *surely, *possibly, *several;
  const uint64_t **maps, **sure_maps; /* the first of each is fixed: all rows,
                                         and `possibly` */
  uint32_t *applying;    /* rules that may apply, rising */
  uint32_t *exceptions;
  uint8_t *applies;      /* Three, for each rule: all NO between decisions */
  uint8_t *displaced;
  uint8_t *registers;
  uint32_t *in_force, *open;
  void (*join)(uint64_t *, const uint64_t *const *, size_t, size_t);
} DecisionSpace;

void decision_space_make(Arena *arena, const Index *index,
                         DecisionSpace *space);
/* The same, with what index_decide needs. */
void decision_space_make_wide(Arena *arena, const Index *index,
                              DecisionSpace *space);

/* Decides in a wide space, while the whole inquiry is there.  Takes no memory;
 * *decision borrows `space`. */
void index_decide(const Index *index, const IndexPlace *place,
                  DecisionSpace *space, Decision *decision);

/* The Verdict of a rule's finding as it counts at this place, as in
 * findings_count. */
uint8_t index_counts(const Index *index, const IndexPlace *place,
                     uint32_t rule);

/* The rest of a decision, once space->possibly and `surely` (which may be the
 * same) say which rows hold. */
void index_conclude(const Index *index, const IndexPlace *place,
                    const uint64_t *surely, DecisionSpace *space,
                    Decision *decision);

#endif

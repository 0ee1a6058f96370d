/* What is left of a list of boxes when some axes have been decided.
 *
 * Asking for the points outside a list of boxes goes axis by axis: once the
 * cell on an axis is chosen, a box that does not have it is out of reach, and
 * of the others one side less is left to keep out of.  A box with no side left
 * holds every remaining point.  Lists that share no axis are independent parts.
 */
#ifndef STILE_AUDIT_RESIDUAL_H
#define STILE_AUDIT_RESIDUAL_H

#include "audit/box.h"

typedef struct Residual {
  uint64_t hash[2]; /* the sum of the hashes of its sides left */
  uint32_t row;     /* of search->sides: where they stand */
  uint32_t left;    /* how many they are */
  uint64_t axes[];  /* theirs */
} Residual;

/* In a row, each search->residual_words long. */
typedef struct Residuals {
  uint64_t *at;
  uint32_t count, room;
} Residuals;

/* Cells of one axis that the residuals do not tell apart. */
typedef struct CellClass {
  uint32_t cell;  /* the first of them */
  uint32_t cells; /* how many */
} CellClass;

/* Workspace for one step of a recursion, and for its steps inside. */
typedef struct Level {
  Residuals child, sorted; /* what is left in one class; its parts in a row */
  uint32_t *part_end;      /* where each part of `sorted` ends */
  uint32_t part_count, room;
  uint32_t *side;          /* of each residual, the side on `axis`; NONE */
  CellClass *classes;
  uint32_t class_count;
  uint32_t axis;
  uint64_t *used, *child_used; /* the axes of all that is left; of the child */
  Limb *sum, *product, *part, *space;
  Limb *sum_high, *product_high, *part_high; /* see count_between.c */
} Level;

/* Shared workspace, and what bounds the work. */
typedef struct OutsideSearch {
  Arena *arena;
  Space *space;
  Level **levels;       /* made as they are reached */
  uint32_t words;       /* for a set of axes */
  uint32_t residual_words;
  uint32_t *sides;      /* a row for each box: its side on each of its axes */
  uint32_t rows, row_room;
  uint32_t *part_of;    /* for each residual of a level, its part */
  uint32_t part_room;
  uint64_t *part_axes;  /* of the part that is being gathered */
  uint64_t *score;      /* for each axis */
  uint64_t *shut_axes;  /* where a residual with one side left shuts cells */
  uint64_t **shut;      /* for each of these, which */
  uint64_t *class_masks; /* of each class of cells of an axis */
  uint64_t steps, most; /* steps taken, and the most allowed */
  uint64_t spent;       /* steps taken for all questions so far */
  uint64_t spent_most;  /* of these */
  bool together;        /* what is asked now is part of one question */
  bool (*stop)(void *); /* asked now and then; NULL: never */
  void *context;
  bool stopped;         /* this question */
  bool ran_out;         /* some question, for want of steps */
  uint32_t cache_bits;      /* counts remembered, as a power of 2 */
  struct CountCache *cache; /* see count_cache.c */
  uint32_t few_most;        /* boxes that are few, see few.h */
  struct FewBoxes *few;     /* see few.c */
} OutsideSearch;

/* `boxes`: about how many boxes will be asked about. */
void outside_make(Arena *arena, Space *space, uint32_t boxes,
                  OutsideSearch *search);
Level *outside_level(OutsideSearch *search, uint32_t depth);
/* Begins a question: its steps are counted from 0. */
void outside_ask(OutsideSearch *search);

/* All that is asked between beginning and end is one question, of `most` steps
 * or as many as any question has, if that is fewer.  What it wants of steps is
 * told by `end` only: true if they did not suffice. */
typedef struct QuestionBefore {
  uint64_t most;
  bool ran_out;
} QuestionBefore;
QuestionBefore outside_begin(OutsideSearch *search, uint64_t most);
/* Of questions that are asked as one, and may be answered without a step: takes
 * a step, and tells whether there are no more. */
bool outside_step_together(OutsideSearch *search);
bool outside_end(OutsideSearch *search, QuestionBefore before);

/* Counts a step; true if the search has to end here. */
bool outside_step(OutsideSearch *search);
/* Has the host asked to end? */
bool outside_has_to_stop(const OutsideSearch *search);

static inline Residual *residual_at(const OutsideSearch *search,
                                    const Residuals *list, uint32_t i) {
  return (Residual *)(list->at + (size_t)i * search->residual_words);
}
/* A residual's side on an axis that it has. */
static inline uint32_t residual_side(const OutsideSearch *search,
                                     const Residual *one, uint32_t axis) {
  return search->sides[(size_t)one->row * search->space->axis_count + axis];
}

/* Begins a list; those that were made before end. */
void residuals_begin(OutsideSearch *search, Residuals *list);
/* Adds what is left of a box; bit i of `left`: side i is.  It is not 0. */
void residuals_add_box(OutsideSearch *search, Residuals *list, const Box *box,
                       uint64_t left);
static inline bool axes_have(const uint64_t *axes, uint32_t axis) {
  return axes[axis / 64] >> (axis % 64) & 1;
}
static inline bool axes_meet(const uint64_t *a, const uint64_t *b,
                             uint32_t words) {
  uint64_t any = 0;
  for (uint32_t w = 0; w < words; w++) any |= a[w] & b[w];
  return any != 0;
}
/* The i-th part of level->sorted, which starts where the one before ends. */
Residuals residuals_part(const OutsideSearch *search, const Level *level,
                         uint32_t i);
/* The axes of all that is left. */
void residuals_used(const OutsideSearch *search, const Residuals *list,
                    uint64_t *used);

/* The axis on which most depends: each residual weighs less on its axes the
 * more sides it has left (after Jeroslow and Wang 1990).  Into level->axis, and
 * level->used. */
void residuals_axis(OutsideSearch *search, const Residuals *list,
                    Level *level);
/* Splits the cells of level->axis by the sides on it. */
void residuals_classes(OutsideSearch *search, const Residuals *list,
                       Level *level);
/* What is left in one cell of level->axis, into level->child; false if a box
 * holds all. */
bool residuals_in_cell(OutsideSearch *search, const Residuals *list,
                       uint32_t cell, Level *level);
/* A residual with one side left shuts the cells of that side.  Others lose the
 * sides that hold all cells left open, and are out of reach where they hold
 * none (unit propagation, as in Davis, Logemann and Loveland 1962).  In
 * level->child; false if a box holds all.  level->child_used has the axes then.
 */
bool residuals_shut(OutsideSearch *search, Level *level);
/* Sorts level->child into parts that share no axis, in level->sorted. */
void residuals_parts(OutsideSearch *search, Level *level);
#endif

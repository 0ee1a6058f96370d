/* Every kind of situation of a comparison, and what the reference interpreter
 * says of it by each of the two policies: brute force, for `stile diff` to be
 * compared with.
 *
 * All combinations of what joint.h has to try are put on the comparison's axes;
 * those on one point must be answered alike by each policy.
 */
#ifndef STILE_TESTS_REFERENCE_PAIRS_H
#define STILE_TESTS_REFERENCE_PAIRS_H

#include "audit/count.h"
#include "audit/join.h"

#define PAIRS_MOST 20000       /* points */
#define PAIRS_TRIED_MOST 60000 /* combinations */
#define PAIRS_TAGS_MOST 32

/* One policy's answer. */
typedef struct Reply {
  uint8_t verdict;
  bool harm, emergency;
  uint32_t duties;    /* bit t: a duty of tag t stands */
  uint32_t fails;     /* bit a: its assume a does not hold */
  uint32_t fails_not; /* bit a: it holds (both: it is not about the point) */
} Reply;

typedef struct PointPair {
  bool seen, possible;
  Reply of[2];
} PointPair;

typedef struct Subject Subject;
typedef struct Joint Joint;

/* What is compared: both policies, and how `stile diff` sees them. */
typedef struct Compared {
  const Subject *subjects[2];
  const Joined *joined;
  const Space *space;
  uint32_t boundary[2]; /* each image's */
  Day today;
} Compared;

typedef struct Pairs {
  Compared of;
  Joint *joint;
  uint32_t boundaries[2]; /* each reference's number */
  uint32_t *facts;        /* for each joint fact its number in the diff's */
  Text tags[PAIRS_TAGS_MOST];
  uint32_t tag_count;
  PointPair *at;
  uint32_t count;
  uint32_t *strides;
  uint64_t tried;
  bool emergency[2];      /* somewhere one only by this policy */
  Cells *cells;
} Pairs;

typedef enum PairsMade {
  PAIRS_MADE, PAIRS_TOO_MANY, PAIRS_NOTHING, /* can be, as both assume */
  PAIRS_DIFFER
} PairsMade;

PairsMade pairs_make(Arena *arena, const Compared *of, Pairs *pairs,
                     Buffer *report);

/* The cells of a point. */
void pairs_point(const Pairs *pairs, uint32_t point, AxisCell *cells);

/* A fact of the joint image, and its value in words. */
typedef struct FactWords {
  uint32_t fact;
  Text value;
} FactWords;

/* What the policy of this side says of a situation that is told in words; false
 * if it has amounts or records. */
bool pairs_ask_words(Arena *arena, const Pairs *pairs, uint32_t side,
                     const FactWords *words, uint32_t count, Reply *reply);

#endif

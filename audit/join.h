/* Joining two images: one image that holds the facts of both, each once where
 * both have it, and the rules of both, side by side.
 *
 * A fact is the same in both if dimension, name and type are.  Values and
 * members are matched by name.  Of amounts, what both can say is compared.
 * The joint image is for asking about pairs of policies; it is never written,
 * and its examples, promises and assumptions are left out.
 */
#ifndef STILE_AUDIT_JOIN_H
#define STILE_AUDIT_JOIN_H

#include "runtime/situation.h"

enum { OLD, NEW };

typedef struct JoinedFact {
  uint32_t of[2];      /* the number of the fact in each image; NONE */
  bool other_type;     /* the other image has the name, but of another type */
  bool narrowed;       /* its range or steps differ: only what both can say is
                          compared */
  uint32_t *values[2]; /* for each joint value its number in each image; NONE */
} JoinedFact;

typedef struct Joined {
  const Image *of[2];
  Image image;
  JoinedFact *facts;     /* for each fact of the joint image */
  uint32_t *facts_of[2]; /* for each fact of an image: its joint number */
  uint32_t rules[2];     /* where each image's rules start */
  uint32_t registers[2]; /* and its registers */
  uint32_t duties[2];
  bool too_many;         /* a set has more than 64 members between the two */
} Joined;

/* Lives in `arena` and borrows both images. */
void join_images(Arena *arena, const Image *before, const Image *after,
                 Joined *joined);

/* The facts, variables, cuts and tests of both.  (join_facts.c) */
void join_facts(Arena *arena, Joined *joined);

/* The joint situation as one image's own: facts and values that it does not
 * have are left out. */
void joined_situation(Arena *arena, const Joined *joined, uint32_t side,
                      const Situation *situation, Situation *own);

#endif

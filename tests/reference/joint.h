/* Two policies in the reference's own terms, seen as one: the facts of both,
 * each once where both have it, and what both can say of it.
 *
 * It is made from names alone and shares nothing with audit/join.c.
 */
#ifndef STILE_TESTS_REFERENCE_JOINT_H
#define STILE_TESTS_REFERENCE_JOINT_H

#include "audit/join.h"
#include "tests/reference/domain.h"

typedef struct JointFact {
  uint32_t of[2];      /* its number in each policy; or REF_NONE */
  uint32_t count;      /* values that both have, or that its one policy has */
  uint32_t *values[2]; /* for each of these its number in each policy */
} JointFact;

typedef struct Joint {
  const RefPolicy *of[2];
  JointFact *facts;
  RefPolicy policy; /* joint facts; the rules of both, and as further rules
                       what they assume, so that its tests are those of both */
  RefValues *domains; /* for each joint fact what is to be tried; for names the
                         joint value's number, for sets a bit for each */
} Joint;

void joint_make(Arena *arena, const RefPolicy *before, const RefPolicy *after,
                Joint *joint);

/* What is to be tried for one of the new policy's boundaries.  False if the
 * representatives do not reach. */
bool joint_domains(Arena *arena, Joint *joint, const Image *image,
                   uint32_t boundary, Day today);

/* The value of a joint fact as one policy has it. */
RefValue joint_value(const Joint *joint, uint32_t side, uint32_t fact,
                     const RefValue *value);

#endif

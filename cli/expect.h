/* Expectations: what an example or a case says its answer will be. */
#ifndef STILE_CLI_EXPECT_H
#define STILE_CLI_EXPECT_H

#include "runtime/answer.h"
#include "runtime/situation_read.h"

/* What did not come out as expected, a sentence each. */
typedef Vec(Text) Faults;

/* Compares the answer with what the example of the policy expects. */
void expect_example(Arena *arena, const Image *image, uint32_t example,
                    const Answer *answer, Faults *faults);

/* The same for a case of a case file. */
void expect_case(Arena *arena, const Image *image, const Expected *expected,
                 const Answer *answer, Faults *faults);

#endif

/* Natural numbers of any size that is fixed beforehand.
 *
 * Counts of situations are products of many small numbers and soon pass 64
 * bits.  A natural is `limbs` 64-bit words, the least significant first; all
 * numbers of one calculation have the same number of limbs, which is chosen so
 * that nothing can overflow.  An overflow is a mistake of ours (an assert).
 */
#ifndef STILE_BASE_NATURAL_H
#define STILE_BASE_NATURAL_H

#include "base/text.h"

typedef uint64_t Limb;

/* Limbs for numbers of up to `bits` bits, with one limb to spare. */
uint32_t natural_limbs(uint64_t bits);

void natural_set(Limb *to, uint64_t value, uint32_t limbs);
void natural_copy(Limb *to, const Limb *from, uint32_t limbs);
bool natural_is_zero(const Limb *a, uint32_t limbs);
/* <0, 0, >0 */
int natural_compare(const Limb *a, const Limb *b, uint32_t limbs);
void natural_add(Limb *to, const Limb *more, uint32_t limbs);
/* `less` must not be larger than `to`. */
void natural_subtract(Limb *to, const Limb *less, uint32_t limbs);
void natural_multiply_small(Limb *to, uint64_t factor, uint32_t limbs);
/* to = to * factor; `space` has room for `limbs`. */
void natural_multiply(Limb *to, const Limb *factor, Limb *space,
                      uint32_t limbs);
/* Divides by a number that is not 0; returns the remainder. */
uint64_t natural_divide_small(Limb *to, uint64_t by, uint32_t limbs);

/* "1,234,567"; `space` has room for `limbs`. */
void natural_print(Buffer *out, const Limb *a, Limb *space, uint32_t limbs);
/* Without commas, for programs. */
void natural_print_plain(Buffer *out, const Limb *a, Limb *space,
                         uint32_t limbs);

/* The share a / all in parts of 10^6 (so a percentage of four places), rounded
 * down; `all` is not 0 and a is at most `all`. */
uint32_t natural_share(Arena *arena, const Limb *a, const Limb *all,
                       uint32_t limbs);
/* The same, rounded up. */
uint32_t natural_share_up(Arena *arena, const Limb *a, const Limb *all,
                          uint32_t limbs);
/* "12.5 %", at most two places and rounded half up, but never 0 % where a is
 * not 0 and never 100 % where a is less than all: then "less than 0.01 %" and
 * "over 99.99 %". */
void natural_print_percent(Buffer *out, const Limb *a, const Limb *all,
                           uint32_t limbs);

#endif

/* Exact numbers: fixed-point decimals with six places, and checked arithmetic.
 *
 * Every amount in Stile is a 64-bit integer on a stated lattice: plain numbers
 * count millionths, money counts minor units (pence, cents), durations count
 * whole minutes or whole months, dates count days.  There is no binary
 * floating point.
 */
#ifndef STILE_BASE_NUMBER_H
#define STILE_BASE_NUMBER_H

#include "base/text.h"

#define NUMBER_ONE INT64_C(1000000)      /* the number 1, in millionths */
#define NUMBER_MOST INT64_C(1000000000000000000) /* 10^12, in millionths */

typedef enum NumberFault {
  NUMBER_FINE,
  NUMBER_MALFORMED,   /* not digits, one point, digits, with an optional sign */
  NUMBER_TOO_FINE,    /* more than six places that are not 0 */
  NUMBER_TOO_LARGE
} NumberFault;

/* Reads "12", "-3", "1.5" into millionths.  "1.", ".5", "+1", "1e3" and
 * anything trailing are malformed. */
NumberFault number_read(Text text, int64_t *millionths);
/* "1.5": no trailing zeros, no exponent. */
void number_print(Buffer *out, int64_t millionths);

/* All return false, and leave *result alone, where the result does not fit. */
bool number_add(int64_t a, int64_t b, int64_t *result);
bool number_subtract(int64_t a, int64_t b, int64_t *result);
bool number_multiply(int64_t a, int64_t b, int64_t *result);

typedef enum Currency { CURRENCY_NONE, GBP, EUR, USD, CURRENCY_COUNT } Currency;

/* Money: millionths of the whole unit into minor units; false if not whole. */
bool money_from_number(int64_t millionths, int64_t *minor);
/* "£12.50", "£8", "€5", "$5". */
void money_print(Buffer *out, int64_t minor, Currency currency);
const char *currency_name(Currency currency); /* "GBP" */
/* "GBP"; CURRENCY_NONE if unknown. */
Currency currency_find(Text name);

#endif

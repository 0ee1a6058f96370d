/* Stile: many situations at a time.  Part of stile.h, which includes it. */
#ifndef STILE_COLUMNS_H
#define STILE_COLUMNS_H

#include "stile.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Columns: what many situations have for one fact, laid out as Apache Arrow
 * lays out arrays of fixed width, so that those can be handed in as they are.
 * What a number means is said above, at packed values.  Numbers of other
 * standing are brought there by `times` and `add`: with the number v in the
 * column the value is v * times + add.  So whole numbers have `times` 1000000,
 * and days counted from 1970-01-01 have `add` stile_day_number of that day.
 * What becomes too large is taken as unknown. */
typedef enum StileWidth {
  STILE_BITS, /* one bit each, the lowest of a byte first */
  STILE_INT8, STILE_INT16, STILE_INT32, STILE_INT64
} StileWidth;

typedef struct StileColumn {
  uint32_t fact;
  StileWidth width;
  const void *values;
  const uint8_t *validity; /* a bit each, as STILE_BITS, 1 where the value is
                              known; NULL: all are */
  size_t offset;           /* where row 0 is, in both */
  int64_t times, add;      /* times 0 counts as 1 */
} StileColumn;

/* Where the answers go: arrays of the caller's, NULL for what is not asked. */
typedef struct StileColumnAnswers {
  uint8_t *low, *high; /* StileVerdict, as in StileDecision */
  uint8_t *may_harm, *tension, *emergency; /* StileState */
  uint8_t *open; /* 1 where one of these is open, or with `rules` where a rule
                    may or may not be in force: stile_decide_exactly settles */
  /* The rules surely in force, by rising number, those of row i from
   * rule_offsets[i] up to rule_offsets[i + 1]: an Arrow list.  There is room
   * for one offset more than rows, and for rule_room rules. */
  int32_t *rule_offsets;
  uint32_t *rules;
  size_t rule_room;
} StileColumnAnswers;

/* Decides rows 0 to rows - 1, each as stile_decide does: facts without a column
 * are unknown.  Sets *done to the rows that were decided: fewer than `rows`
 * only where the rules of the next have no more room.  The first call takes
 * memory, as the decider itself did (STILE_NO_MEMORY if there is none); a fact
 * that the policy lacks, or that has two columns, is STILE_WRONG_USE. */
STILE_API StileStatus stile_decide_columns(StileDecider *decider,
                                           const StileColumn *columns,
                                           uint32_t count, size_t rows,
                                           const StileColumnAnswers *answers,
                                           size_t *done);

#ifdef __cplusplus
}
#endif
#endif

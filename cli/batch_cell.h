/* Plain amounts in a hurry: numbers, money, lengths of time and dates as they
 * mostly stand in files. */
#ifndef STILE_CLI_BATCH_CELL_H
#define STILE_CLI_BATCH_CELL_H

#include "base/calendar.h"
#include "cli/batch_quick.h"
#include "runtime/image.h"

/* What one of a unit is, as in "3 weeks": minutes or months. */
typedef struct CellUnit {
  char word[16];
  uint32_t length; /* 0: none yet */
  uint32_t bits;   /* of its letters, see quick_bits */
  int64_t each;
} CellUnit;

/* The value that given_read would find.  False, and nothing said, if the text
 * is anything but one plain amount that fits the fact. */
bool cell_amount(const Fact *fact, Day as_of, Text text, CellUnit *unit,
                 int64_t *value);

#endif

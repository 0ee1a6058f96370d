/* Counting where few boxes are left.
 *
 * Most of a count is spent where some ten boxes are left on some ten axes.
 * There each box is a bit of a word, and a word for each axis says which boxes
 * have a side on it: so choosing a cell, what is shut, which parts hang
 * together and on which axis most depends are a few words each, whatever the
 * boxes are.  It counts as count.c does.
 */
#ifndef STILE_AUDIT_FEW_H
#define STILE_AUDIT_FEW_H

#include "audit/residual.h"

typedef enum FewAnswer {
  FEW_NOT, /* they are too many, or on too many cells */
  FEW_STOPPED,
  FEW_COUNTED
} FewAnswer;

/* Counts the points outside of all in the list, over its own axes, into
 * *count. */
FewAnswer few_count(OutsideSearch *search, const Residuals *list,
                    uint64_t *count);
/* The same, but where there are some, *count is any number of them but 0. */
FewAnswer few_find(OutsideSearch *search, const Residuals *list,
                   uint64_t *count);

#endif

/* Settling: from what quick evaluation leaves open to what is so. */
#ifndef STILE_RUNTIME_SETTLE_H
#define STILE_RUNTIME_SETTLE_H

#include "runtime/search.h"

/* Makes every mask exact: which values a point has over all completions.
 * `masks` has inquiry->points entries.  False when the budget was used up; the
 * masks are then sound, but may be too wide. */
bool settle(Search *search, uint8_t *masks);

/* The verdicts that completions have; exact if *exact.  With `only` not 0 the
 * search stops as soon as a verdict outside it is found. */
uint8_t settle_verdict(Search *search, uint8_t only, bool *exact);

/* Questions: the facts, support apart, that are not known to one value and
 * whose value alone can change the verdict, the second finding, an emergency or
 * a duty.  `masks` are settle's.  Returns how many; at most one a fact.  A fact
 * of which the budget did not suffice to tell is asked about too. */
uint32_t questions_find(Arena *arena, Search *search,
                        const Situation *situation, const uint8_t *masks,
                        Question **questions);

/* Reasons: given facts without which the verdict would not be settled, found by
 * dropping them one at a time, the last declared first. */
uint32_t reasons_find(Arena *arena, Search *search, const Situation *situation,
                      Verdict verdict, uint32_t **facts);

/* What would change a settled verdict: see changes.c. */
uint32_t changes_find(Arena *arena, Search *search, const Situation *situation,
                      Verdict verdict, Change **changes);

/* Each cell of a fact's one variable in words, as fact_choices gives them, but
 * always as many as there are cells.  Not for sets and records. */
void fact_cell_names(Arena *arena, const Grid *grid, uint32_t fact,
                     Text **names);

/* One value of an amount in words, or all from one to another: "exactly £20",
 * "at most £14.99", "below £50". */
Text fact_value_name(Arena *arena, const Fact *fact, int64_t value);
Text fact_span_name(Arena *arena, const Grid *grid, uint32_t fact,
                    ValueSpan span);

/* The name of a fact as a person gives it: "context.gift". */
Text fact_name(Arena *arena, const Image *image, uint32_t fact);

#endif

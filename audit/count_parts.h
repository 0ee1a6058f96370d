/* What counting exactly (count.c) and between two numbers (count_between.c)
 * share.  For these files only. */
#ifndef STILE_AUDIT_COUNT_PARTS_H
#define STILE_AUDIT_COUNT_PARTS_H

#include "audit/count.h"

/* What is left, whatever it is left of; see cache_key. */
typedef struct CacheKey {
  uint64_t half[2];
  uint32_t count; /* of residuals */
} CacheKey;

/* Makes room for counts, if that was not done before. */
void cache_make(OutsideSearch *search);
CacheKey cache_key(const OutsideSearch *search, const Residuals *list);
/* NULL: not known, or not any more. */
const Limb *cache_find(const OutsideSearch *search, CacheKey key);
void cache_put(OutsideSearch *search, CacheKey key, const Limb *count);

/* Of what is left for points of `within`, see count.c. */
bool count_restrict(OutsideSearch *search, const Boxes *list,
                    const Box *within, Level *level);
/* Multiply the axes that nothing is left on into *to: when points of `within`
 * are asked of, and when the level's axis has been decided. */
void count_decided_axes(const OutsideSearch *search, const Level *level,
                        const Box *within, Limb *to);
void count_free_axes(const OutsideSearch *search, const Level *level, Limb *to);

/* Outside one or two of what is left, over their own axes. */
void count_one(OutsideSearch *search, const Residual *one, Limb *to);
bool count_two(const OutsideSearch *search, const Residuals *list, Limb *to);

#endif

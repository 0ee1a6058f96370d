/* Counts of what was left before, remembered as long as there is room. */
#include "audit/count_parts.h"

/* In sets of two entries, the newer one first. */
typedef struct CountCache {
  uint64_t *entries; /* each a key and a count */
  uint32_t sets;     /* a power of 2 */
  uint32_t words;    /* of an entry */
} CountCache;

void cache_make(OutsideSearch *search) {
  if (search->cache) return;
  CountCache *cache = ARENA_NEW(search->arena, CountCache);
  cache->sets = UINT32_C(1) << (search->cache_bits - 1);
  cache->words = 2 + search->space->limbs;
  cache->entries = ARENA_ARRAY(search->arena,
                               2 * (size_t)cache->sets * cache->words,
                               uint64_t);
  search->cache = cache;
}

static uint64_t mix(uint64_t x) {
  x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93);
  return x ^ x >> 32;
}

/* The sum over residuals of a mix of the sum of their sides' hashes: in no
 * order, and the same whichever boxes they are left of. */
CacheKey cache_key(const OutsideSearch *search, const Residuals *list) {
  CacheKey key = {{list->count, ~(uint64_t)list->count}, list->count};
  for (uint32_t i = 0; i < list->count; i++) {
    const Residual *one = residual_at(search, list, i);
    key.half[0] += mix(one->hash[0]);
    key.half[1] += mix(one->hash[1]);
  }
  return key;
}

/* Short lists, which come by far most often, have few sets to themselves, so
 * that these stay at hand; they are soon counted again. */
static uint64_t *cache_set(const CountCache *cache, CacheKey key) {
  uint64_t last = cache->sets - 1;
  if (key.count < 10) last &= (UINT64_C(256) << key.count) - 1;
  return cache->entries + 2 * (size_t)(key.half[0] & last) * cache->words;
}

const Limb *cache_find(const OutsideSearch *search, CacheKey key) {
  const CountCache *cache = search->cache;
  const uint64_t *entry = cache_set(cache, key);
  for (uint32_t i = 0; i < 2; i++, entry += cache->words)
    if (entry[0] == key.half[0] && entry[1] == key.half[1]) return entry + 2;
  return NULL;
}

void cache_put(OutsideSearch *search, CacheKey key, const Limb *count) {
  CountCache *cache = search->cache;
  uint64_t *entry = cache_set(cache, key);
  memcpy(entry + cache->words, entry, cache->words * sizeof *entry);
  entry[0] = key.half[0];
  entry[1] = key.half[1];
  natural_copy(entry + 2, count, search->space->limbs);
}

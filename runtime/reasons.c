#include "runtime/settle.h"

#include <string.h>

static const char *const dimension_names[DIMENSION_COUNT] = {
    "need", "capability", "context", "risk", "support", "impact"};

Text fact_name(Arena *arena, const Image *image, uint32_t fact) {
  const Fact *one = &image->facts.at[fact];
  return text_format(arena, "%s.%.*s", dimension_names[one->dimension],
                     TEXT_ARG(image_text(image, one->name)));
}

/* Is the verdict still settled, and the same, in this situation? */
static bool still_settled(Arena *arena, Search *search,
                          const Situation *situation, Verdict verdict) {
  bool exact;
  uint8_t wanted = (uint8_t)(1u << verdict);
  search_renew(arena, situation, search);
  return settle_verdict(search, wanted, &exact) == wanted;
}

static void sort_by_name(Arena *arena, const Image *image, uint32_t *facts,
                         uint32_t count) {
  for (uint32_t i = 1; i < count; i++)
    for (uint32_t j = i; j > 0; j--) {
      Text before = fact_name(arena, image, facts[j - 1]);
      Text after = fact_name(arena, image, facts[j]);
      if (text_compare(before, after) <= 0)
        break;
      uint32_t swapped = facts[j];
      facts[j] = facts[j - 1];
      facts[j - 1] = swapped;
    }
}

uint32_t reasons_find(Arena *arena, Search *search, const Situation *situation,
                      Verdict verdict, uint32_t **facts) {
  const Image *image = search->inquiry->image;
  uint32_t total = image->facts.count, count = 0;
  Situation trial = *situation;
  trial.facts = ARENA_ARRAY(arena, total + 1, Given);
  memcpy(trial.facts, situation->facts, total * sizeof(Given));
  *facts = ARENA_ARRAY(arena, total + 1, uint32_t);
  for (uint32_t i = total; i-- > 0;) {
    if (!trial.facts[i].given)
      continue;
    trial.facts[i] = (Given){0};
    if (still_settled(arena, search, &trial, verdict))
      continue;
    trial.facts[i] = situation->facts[i];
    (*facts)[count++] = i;
  }
  sort_by_name(arena, image, *facts, count);
  return count;
}

#include "runtime/settle.h"

#include <string.h>

#define SAMPLES 24

static void note_outcome(const Search *search, uint8_t *seen) {
  for (uint32_t i = 0; i < search->inquiry->points; i++)
    seen[i] |= search->outcome[0][i];
}

/* Evaluates the situation as it is: sound masks. */
static void evaluate_start(Search *search, uint8_t *masks) {
  memcpy(search->cells[0], search->start,
         search->inquiry->grid.words * sizeof(Cells));
  search_evaluate(search, 0);
  memcpy(masks, search->outcome[0], search->inquiry->points);
}

static bool all_single(const uint8_t *masks, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (masks[i] && !mask_single(masks[i]))
      return false;
  return true;
}

/* Settles one value of a point: seen, or struck off.  False: not known. */
static bool settle_value(Search *search, uint32_t point, uint8_t bit,
                         uint8_t *masks, uint8_t *seen) {
  if (!(masks[point] & bit) || (seen[point] & bit))
    return true;
  switch (search_value(search, point, bit)) {
  case FOUND:
    note_outcome(search, seen);
    return true;
  case FOUND_NONE:
    masks[point] &= (uint8_t)~bit;
    return true;
  case FOUND_BUDGET_USED:
    break;
  }
  return false;
}

bool settle(Search *search, uint8_t *masks) {
  uint32_t points = search->inquiry->points;
  evaluate_start(search, masks);
  if (all_single(masks, points))
    return true;
  /* Past the evaluations, the second outcome has no use here: it collects. */
  uint8_t *seen = search->outcome[1];
  memset(seen, 0, points);
  for (int i = 0; i < SAMPLES && search->work < search->budget; i++)
    if (search_sample(search))
      note_outcome(search, seen);
  bool known = true;
  for (uint32_t point = 0; point < points; point++)
    for (int bit = 0; bit < 8; bit++)
      known &= settle_value(search, point, (uint8_t)(1u << bit), masks, seen);
  return known && !search->records.unsure;
}

uint8_t settle_verdict(Search *search, uint8_t only, bool *exact) {
  memcpy(search->cells[0], search->start,
         search->inquiry->grid.words * sizeof(Cells));
  search_evaluate(search, 0);
  uint8_t masks = search->outcome[0][POINT_VERDICT];
  *exact = true;
  for (int bit = 0; bit < VERDICT_COUNT && !mask_single(masks); bit++) {
    uint8_t one = (uint8_t)(1u << bit);
    if (!(masks & one) || (only && (one & only)))
      continue;
    Found found = search_value(search, POINT_VERDICT, one);
    *exact &= found != FOUND_BUDGET_USED;
    if (found == FOUND_NONE)
      masks &= (uint8_t)~one;
    else if (only)
      break;
  }
  *exact &= !search->records.unsure;
  return masks;
}

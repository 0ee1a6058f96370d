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

/* What is being made exact, and what was seen of it. */
typedef struct Settling {
  Search *search;
  uint8_t *masks, *seen;
} Settling;

/* Where a point rests on few rules, only these are evaluated: it is seen alone
 * then. */
static Found look_for(const Settling *one, uint32_t point, uint8_t bit) {
  Search *search = one->search;
  const Inquiry *part = search->records.any ? search->inquiry
                                            : parts_find(&search->parts, point);
  if (part != search->inquiry)
    return search_value_in(search, part, point, bit);
  Found found = search_value(search, point, bit);
  if (found == FOUND) note_outcome(search, one->seen);
  return found;
}

/* Settles one value of a point: seen, or struck off.  False: not known. */
static bool settle_value(const Settling *one, uint32_t point, uint8_t bit) {
  if (!(one->masks[point] & bit) || (one->seen[point] & bit))
    return true;
  Found found = look_for(one, point, bit);
  if (found == FOUND_NONE)
    one->masks[point] &= (uint8_t)~bit;
  return found != FOUND_BUDGET_USED;
}

bool settle(Search *search, uint8_t *masks) {
  uint32_t points = search->inquiry->points;
  evaluate_start(search, masks);
  if (all_single(masks, points))
    return true;
  Settling one = {search, masks, search->seen};
  memset(one.seen, 0, points);
  for (int i = 0; i < SAMPLES && search->work < search->budget; i++)
    if (search_sample(search))
      note_outcome(search, one.seen);
  bool known = true;
  for (uint32_t point = 0; point < points; point++)
    for (int bit = 0; bit < 8; bit++)
      known &= settle_value(&one, point, (uint8_t)(1u << bit));
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

/* How many situations change, as far as it is proved where the steps did not
 * suffice to count them. */
#include "audit/diff.h"

#define BETWEEN_STEPS 80000

static Limb *limbs(const Diff *diff, const BoundaryDiff *one) {
  return ARENA_ARRAY(diff->audit.arena, one->space.limbs, Limb);
}

/* The points that can occur where some difference may lie: at most so many
 * change. */
static void most_changed(const Diff *diff, BoundaryDiff *one, Limb *most) {
  uint64_t steps = diff->audit.options.steps_most;
  uint32_t count = one->space.limbs;
  Limb *least = limbs(diff, one), *outside = limbs(diff, one);
  Boxes list = {0};
  Box whole = {0};
  natural_copy(most, one->all, count);
  if (!one->charts[OLD].whole || !one->charts[NEW].whole) return;
  boxes_add_all(&one->space, &list, &one->charts[NEW].impossible);
  boxes_add_all(&one->space, &list, &one->pair.differ);
  list.too_many |= one->pair.differ.too_many;
  count_between(&one->search, &list, &whole,
                steps < BETWEEN_STEPS ? steps : BETWEEN_STEPS, least, outside);
  natural_subtract(most, least, count);
}

/* The situations of the regions that were told: none of them is counted
 * twice. */
static void least_changed(const Diff *diff, BoundaryDiff *one) {
  uint32_t count = one->space.limbs;
  for (uint32_t i = 0; i < diff->audit.findings.count; i++) {
    const Finding *finding = &diff->audit.findings.at[i];
    bool looser = finding->kind == FINDING_LOOSER;
    if (finding->boundary != one->boundary ||
        (!looser && finding->kind != FINDING_STRICTER))
      continue;
    for (uint32_t k = 0; k < finding->regions.count; k++) {
      const Limb *some = finding->regions.at[k].count;
      if (!some) continue;
      natural_add(looser ? one->looser_between[0] : one->stricter_between[0],
                  some, count);
      natural_add(one->changed_between[0], some, count);
    }
  }
}

void diff_between(const Diff *diff, BoundaryDiff *one) {
  Limb **of[] = {one->changed_between, one->looser_between,
                 one->stricter_between};
  uint32_t count = one->space.limbs;
  if (!count_outside(&one->search, &one->charts[NEW].impossible, one->all))
    return;
  for (uint32_t i = 0; i < 3; i++)
    for (uint32_t k = 0; k < 2; k++) of[i][k] = limbs(diff, one);
  least_changed(diff, one);
  most_changed(diff, one, one->changed_between[1]);
  /* What surely turned one way did not turn the other. */
  for (uint32_t i = 1; i < 3; i++) {
    natural_copy(of[i][1], one->changed_between[1], count);
    natural_subtract(of[i][1], of[3 - i][0], count);
  }
}

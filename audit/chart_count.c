/* Counting the points of a chart by what is found there.
 *
 * In one scene: the rules find at most a verdict, and every `otherwise` above
 * it is silent, as a rule of its layer or a more authoritative one is in force.
 * Those are the points outside what is found above, less the points outside
 * that and of those rules too. */
#include "audit/chart.h"

static bool count_in_scene(const Chart *chart, OutsideSearch *search,
                           const Scene *scene, const Box *box, Verdict verdict,
                           Limb *to) {
  Space *space = chart->space;
  Box both;
  Boxes list = {0};
  uint32_t loud = chart_loud_layer(scene, (int)verdict);
  natural_set(to, 0, space->limbs);
  if (!box_both(space, &scene->box, box, &both)) return true;
  chart_list(chart, (int)verdict, 0, &list);
  if (!count_outside_within(search, &list, &both, to)) return false;
  if (loud == LAYER_COUNT) return true;
  Limb *less = ARENA_ARRAY(space->arena, space->limbs, Limb);
  chart_list(chart, (int)verdict, loud + 1, &list);
  if (!count_outside_within(search, &list, &both, less)) return false;
  natural_subtract(to, less, space->limbs);
  return true;
}

bool chart_count_at_most(const Chart *chart, OutsideSearch *search,
                        const Box *box, Verdict verdict, Limb *to) {
  uint32_t limbs = chart->space->limbs;
  Limb *one = ARENA_ARRAY(chart->space->arena, limbs, Limb);
  natural_set(to, 0, limbs);
  for (uint32_t i = 0; i < chart->scenes.count; i++) {
    if (!count_in_scene(chart, search, &chart->scenes.at[i], box, verdict, one))
      return false;
    natural_add(to, one, limbs);
  }
  return true;
}

bool chart_count_verdicts(const Chart *chart, OutsideSearch *search,
                         const Box *box, Limb *counts[VERDICT_COUNT],
                         Limb *all) {
  uint32_t limbs = chart->space->limbs;
  for (uint32_t v = VERDICT_COUNT; v-- > 0;) /* few rules find the most */
    if (!chart_count_at_most(chart, search, box, (Verdict)v, counts[v]))
      return false;
  natural_copy(all, counts[VERDICT_COUNT - 1], limbs);
  for (uint32_t v = VERDICT_COUNT - 1; v > 0; v--)
    natural_subtract(counts[v], counts[v - 1], limbs);
  return true;
}

/* ------------------------------------------------------ between two numbers */

/* Where the one is less than the other, 0. */
static void subtract_or_none(Limb *to, const Limb *less, uint32_t limbs) {
  if (natural_compare(to, less, limbs) < 0)
    natural_set(to, 0, limbs);
  else
    natural_subtract(to, less, limbs);
}

static void between_in_scene(const Chart *chart, OutsideSearch *search,
                             const Scene *scene, Verdict verdict,
                             uint64_t steps, Limb *low, Limb *high) {
  Space *space = chart->space;
  Boxes list = {0};
  uint32_t loud = chart_loud_layer(scene, (int)verdict);
  chart_list(chart, (int)verdict, 0, &list);
  count_between(search, &list, &scene->box, steps, low, high);
  if (loud == LAYER_COUNT) return;
  Limb *less = ARENA_ARRAY(space->arena, space->limbs, Limb);
  Limb *more = ARENA_ARRAY(space->arena, space->limbs, Limb);
  chart_list(chart, (int)verdict, loud + 1, &list);
  count_between(search, &list, &scene->box, steps, less, more);
  subtract_or_none(low, more, space->limbs);
  natural_subtract(high, less, space->limbs);
}

static void between_at_most(const Chart *chart, OutsideSearch *search,
                            Verdict verdict, uint64_t steps, Limb *low,
                            Limb *high) {
  uint32_t limbs = chart->space->limbs;
  Limb *least = ARENA_ARRAY(chart->space->arena, limbs, Limb);
  Limb *most = ARENA_ARRAY(chart->space->arena, limbs, Limb);
  natural_set(low, 0, limbs);
  natural_set(high, 0, limbs);
  for (uint32_t i = 0; i < chart->scenes.count; i++) {
    between_in_scene(chart, search, &chart->scenes.at[i], verdict,
                     steps / chart->scenes.count, least, most);
    natural_add(low, least, limbs);
    natural_add(high, most, limbs);
  }
}

void chart_between_verdicts(const Chart *chart, OutsideSearch *search,
                            uint64_t steps, Limb *least[VERDICT_COUNT],
                            Limb *most[VERDICT_COUNT]) {
  uint32_t limbs = chart->space->limbs;
  for (uint32_t v = VERDICT_COUNT; v-- > 0;)
    between_at_most(chart, search, (Verdict)v, steps / VERDICT_COUNT, least[v],
                    most[v]);
  for (uint32_t v = VERDICT_COUNT - 1; v > 0; v--) {
    subtract_or_none(least[v], most[v - 1], limbs);
    subtract_or_none(most[v], least[v - 1], limbs);
  }
}

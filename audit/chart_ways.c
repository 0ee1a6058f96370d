/* The ways in which a verdict comes about. */
#include "audit/chart.h"

typedef struct WayMaker {
  const Chart *chart;
  const Scene *scene;
  Verdict verdict;
  Ways *ways;
} WayMaker;

static void add_way(WayMaker *maker, Way one) {
  Space *space = maker->chart->space;
  Box both;
  if (!box_both(space, &maker->scene->box, &one.box, &both)) return;
  one.box = both;
  one.verdict = (uint8_t)maker->verdict;
  VEC_PUSH(space->arena, maker->ways, one);
}

/* Every `otherwise` above the verdict has to be silent: a rule of its layer or
 * a more authoritative one, itself not above the verdict, is in force. */
static void add_quiet(WayMaker *maker, Way one) {
  const Chart *chart = maker->chart;
  uint32_t loud = chart_loud_layer(maker->scene, (int)maker->verdict);
  if (loud == LAYER_COUNT || one.layer <= loud) {
    add_way(maker, one);
    return;
  }
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    if (part->layer > loud || part->verdict > maker->verdict) continue;
    for (uint32_t k = 0; k < part->boxes.count; k++) {
      Way quiet = one;
      if (!box_both(chart->space, &one.box, &part->boxes.at[k], &quiet.box))
        continue;
      add_way(maker, quiet);
    }
  }
}

/* Does no `otherwise` above the verdict ever speak beside the part? */
static bool is_quiet(const Chart *chart, const Part *part) {
  for (uint32_t i = 0; i < chart->scenes.count; i++) {
    uint32_t loud = chart_loud_layer(&chart->scenes.at[i], part->verdict);
    if (loud < LAYER_COUNT && part->layer > loud) return false;
  }
  return true;
}

/* The ways of a part; only in the scene, or if there is none, in all. */
static void add_part_ways(WayMaker *maker, uint32_t index, const Boxes *list) {
  const Part *part = &maker->chart->parts.at[index];
  for (uint32_t k = 0; k < part->boxes.count; k++) {
    Way one = {part->boxes.at[k], list,          index,      k,
               part->layer,       part->verdict, LAYER_COUNT};
    if (maker->scene)
      add_quiet(maker, one);
    else
      VEC_PUSH(maker->chart->space->arena, maker->ways, one);
  }
}

/* The ways of parts, scene by scene only where it matters. */
static void add_parts(WayMaker *maker, bool quiet, const Boxes *list) {
  const Chart *chart = maker->chart;
  for (uint32_t i = 0; i < chart->parts.count; i++)
    if (chart->parts.at[i].verdict == maker->verdict &&
        is_quiet(chart, &chart->parts.at[i]) == quiet)
      add_part_ways(maker, i, list);
}

void chart_part_ways(const Chart *chart, uint32_t part, Ways *ways) {
  Boxes *list = ARENA_NEW(chart->space->arena, Boxes);
  Verdict verdict = (Verdict)chart->parts.at[part].verdict;
  WayMaker maker = {chart, NULL, verdict, ways};
  bool quiet = is_quiet(chart, &chart->parts.at[part]);
  *ways = (Ways){0};
  chart_list(chart, (int)verdict, 0, list);
  if (quiet) add_part_ways(&maker, part, list);
  for (uint32_t i = 0; i < chart->scenes.count && !quiet; i++) {
    maker.scene = &chart->scenes.at[i];
    add_part_ways(&maker, part, list);
  }
}

/* Where this layer's `otherwise` gives the verdict, or (LAYER_COUNT) nothing
 * speaks. */
static void add_otherwise(WayMaker *maker, uint32_t layer) {
  const Chart *chart = maker->chart;
  Boxes *list = ARENA_NEW(chart->space->arena, Boxes);
  chart_list(chart, (int)maker->verdict,
            layer == LAYER_COUNT ? layer : layer + 1, list);
  add_quiet(maker, (Way){(Box){0}, list, NONE, 0, LAYER_COUNT, 0,
                         (uint8_t)layer});
}

void chart_ways(const Chart *chart, Verdict verdict, Ways *ways) {
  Boxes *list = ARENA_NEW(chart->space->arena, Boxes);
  *ways = (Ways){0};
  chart_list(chart, (int)verdict, 0, list);
  WayMaker maker = {chart, NULL, verdict, ways};
  if (verdict != SILENT) add_parts(&maker, true, list);
  for (uint32_t i = 0; i < chart->scenes.count; i++) {
    const Scene *scene = maker.scene = &chart->scenes.at[i];
    if (verdict == SILENT) {
      add_otherwise(&maker, LAYER_COUNT);
      continue;
    }
    add_parts(&maker, false, list);
    for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
      if (scene->finding[layer] == verdict) add_otherwise(&maker, layer);
  }
}

PointFound chart_find(const Chart *chart, OutsideSearch *search, const Box *box,
                     const Boxes *list, Verdict verdict, AxisCell *point) {
  PointFound result = chart->whole ? POINT_NONE : POINT_UNKNOWN;
  Ways ways;
  chart_ways(chart, verdict, &ways);
  for (uint32_t i = 0; i < ways.count; i++) {
    Box both;
    Boxes all = {0};
    if (!box_both(chart->space, box, &ways.at[i].box, &both)) continue;
    boxes_add_all(chart->space, &all, ways.at[i].list);
    boxes_add_all(chart->space, &all, list);
    PointFound found = find_outside(search, &all, &both, point);
    if (found == POINT_FOUND) return found;
    if (found == POINT_UNKNOWN) result = found;
  }
  return result;
}

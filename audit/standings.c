#include "audit/standings.h"

static bool has_tag(const Image *image, const Rule *rule, Text tag,
                    bool *always) {
  bool has = false;
  *always = rule->kind == RULE_HOLDING_BACK;
  for (uint32_t i = 0; i < rule->duties.count; i++) {
    const Duty *duty = &image->duties.at[rule->duties.first + i];
    if (!text_equal(image_text(image, duty->tag), tag)) continue;
    has = true;
    *always |= duty->always;
  }
  return has;
}

static void add_stand(const Chart *chart, Verdict finding, bool always,
                      const Boxes *boxes, Standings *stands) {
  boxes_add_all(chart->space,
                always || finding >= HOLD ? &stands->always : &stands->ahead,
                boxes);
}

/* Where the `otherwise` of this layer speaks in a scene: no rule of it or a
 * more authoritative one is in force. */
static void gather_otherwise(const Chart *chart, const Scene *scene,
                             uint32_t layer, bool always, Standings *stands) {
  Boxes within = {0}, loud = {0}, speaks;
  boxes_add(chart->space, &within, scene->box);
  for (uint32_t i = 0; i < chart->parts.count; i++)
    if (chart->parts.at[i].layer <= layer)
      boxes_add_all(chart->space, &loud, &chart->parts.at[i].boxes);
  boxes_without(chart->space, &within, &loud, &speaks);
  add_stand(chart, (Verdict)scene->finding[layer], always, &speaks, stands);
  stands->too_many |= speaks.too_many;
}

static void gather_scene(const Chart *chart, Text tag, const Scene *scene,
                         Standings *stands) {
  const Image *image = chart->image;
  for (uint32_t layer = 0; layer < LAYER_COUNT; layer++) {
    bool always;
    uint32_t rule = scene->rule[layer];
    if (rule != NONE && has_tag(image, &image->rules.at[rule], tag, &always))
      gather_otherwise(chart, scene, layer, always, stands);
  }
}

void standings_make(const Chart *chart, Text tag, Standings *stands) {
  *stands = (Standings){.too_many = false};
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    bool always;
    const Rule *rule = &chart->image->rules.at[chart->rules[i]];
    if (rule->kind != RULE_OTHERWISE &&
        has_tag(chart->image, rule, tag, &always) && always)
      boxes_add_all(chart->space, &stands->always,
                    &chart->in_force[chart->rules[i]]);
  }
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    bool always;
    const Part *part = &chart->parts.at[i];
    if (has_tag(chart->image, &chart->image->rules.at[part->rule], tag,
                &always))
      add_stand(chart, (Verdict)part->verdict, false, &part->boxes, stands);
  }
  for (uint32_t i = 0; i < chart->scenes.count; i++)
    gather_scene(chart, tag, &chart->scenes.at[i], stands);
}

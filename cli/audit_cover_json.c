/* Coverage for programs. */
#include "audit/words.h"
#include "cli/audit_cover.h"

static json_t *text_json(Text text)
{
  return json_stringn(text.at ? text.at : "", text.length);
}

static json_t *counts_json(const uint32_t *counts)
{
  json_t *json = json_object();
  static const char *const names[GOAL_STATE_COUNT] = {
    "open", "met", "impossible", "not-proved"};
  for (int state = 0; state < GOAL_STATE_COUNT; state++)
    json_object_set_new(json, names[state], json_integer(counts[state]));
  return json;
}

static json_t *ways_json(const CoverWays *ways, int all)
{
  if (!ways->counted[all]) return json_null();
  return json_pack("{s:i, s:I, s:I}", "ways", (int)ways->ways, "met",
                   (json_int_t)ways->met[all], "all",
                   (json_int_t)ways->all[all]);
}

static json_t *goal_json(Arena *arena, const CoverUnit *unit,
                         const Goal *goal)
{
  json_t *json = json_object();
  json_t *by = json_array();
  json_object_set_new(json, "id", text_json(goal_id(arena, unit, goal)));
  json_object_set_new(json, "kind",
                      text_json(goal_kind_id((GoalKind)goal->kind)));
  json_object_set_new(json, "state",
                      text_json(goal_state_id((GoalState)goal->state)));
  json_object_set_new(json, "words", text_json(goal_words(arena, unit, goal)));
  for (int i = 0; i < 2 && goal->by[i] != NONE; i++)
    json_array_append_new(by,
                          text_json(unit->asked.at[goal->by[i]]->title));
  json_object_set_new(json, "shown-by", by);
  return json;
}

static json_t *unit_json(Arena *arena, const CoverUnit *unit)
{
  const Image *image = unit->one->inquiry.image;
  json_t *json = json_object(), *goals = json_array(), *kinds = json_object();
  json_object_set_new(
      json, "boundary",
      unit->boundary == NONE
          ? json_null()
          : text_json(image_text(
                image, image->boundaries.at[unit->boundary].name)));
  json_object_set_new(json, "too-large",
                      json_boolean(unit->one->space.too_large));
  json_object_set_new(json, "asked", json_integer(unit->asked.count));
  for (int kind = 0; kind < GOAL_KIND_COUNT; kind++) {
    Text id = goal_kind_id((GoalKind)kind);
    json_object_setn_new(kinds, id.at, id.length,
                         counts_json(unit->counts[kind]));
  }
  for (uint32_t i = 0; i < unit->goals.count; i++)
    json_array_append_new(goals, goal_json(arena, unit, &unit->goals.at[i]));
  json_object_set_new(json, "counts", kinds);
  json_object_set_new(json, "pairs-read-together", ways_json(&unit->pairs, 0));
  json_object_set_new(json, "pairs", ways_json(&unit->pairs, 1));
  if (unit->ways.ways) {
    json_object_set_new(json, "ways-read-together", ways_json(&unit->ways, 0));
    json_object_set_new(json, "ways", ways_json(&unit->ways, 1));
  }
  json_object_set_new(json, "goals", goals);
  return json;
}

/* -------------------------------------------------------------- real use */

static json_t *rules_json(const Image *image, const UseBoundary *use)
{
  json_t *json = json_array();
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const Rule *rule = &image->rules.at[i];
    bool here = rule->boundary == NONE || rule->boundary == use->one->boundary;
    if (!here || rule->kind == RULE_REVIEW) continue;
    json_array_append_new(
        json, json_pack("{s:o, s:I, s:I}", "rule",
                        text_json(words_rule(image, i)), "in-force",
                        (json_int_t)use->in_force[i], "decides",
                        (json_int_t)use->decides[i]));
  }
  return json;
}

static json_t *use_boundary_json(const Image *image, const UseBoundary *use)
{
  json_t *verdicts = json_object(), *regions = json_array();
  for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
    Text name = words_verdict((Verdict)v);
    json_object_setn_new(verdicts, name.at, name.length,
                         json_integer((json_int_t)use->verdicts[v]));
  }
  for (uint32_t i = 0; i < use->region_count; i++)
    json_array_append_new(
        regions, json_pack("{s:o, s:I}", "words",
                           text_json(use->regions[i].words), "cases",
                           (json_int_t)use->regions[i].cases));
  Text name = image_text(image, image->boundaries.at[use->one->boundary].name);
  return json_pack("{s:o, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "boundary",
                   text_json(name), "cases", (json_int_t)use->cases,
                   "not-settled", (json_int_t)use->unsettled, "silent",
                   (json_int_t)use->silent, "otherwise",
                   (json_int_t)use->otherwise, "elsewhere",
                   (json_int_t)use->elsewhere, "verdicts", verdicts, "regions",
                   regions, "rules", rules_json(image, use));
}

static json_t *use_json(const CoverResult *result, const Use *use)
{
  const Image *image = &result->policy->image;
  json_t *boundaries = json_array();
  for (uint32_t i = 0; i < use->boundary_count; i++)
    json_array_append_new(boundaries,
                          use_boundary_json(image, &use->boundaries[i]));
  return json_pack("{s:o, s:I, s:I, s:I, s:I, s:I, s:o}", "source",
                   text_json(use->name), "cases", (json_int_t)use->cases,
                   "outside", (json_int_t)use->outside, "unread",
                   (json_int_t)use->unread, "erased",
                   (json_int_t)use->erased, "left-out",
                   (json_int_t)use->left_out, "boundaries", boundaries);
}

json_t *cover_json(Arena *arena, const CoverResult *result)
{
  const Suggestions *suggestions = &result->suggestions;
  json_t *json = json_object(), *units = json_array(), *uses = json_array();
  for (uint32_t i = 0; i < result->cover.unit_count; i++)
    json_array_append_new(units, unit_json(arena, &result->cover.units[i]));
  for (uint32_t i = 0; i < result->use_count; i++)
    json_array_append_new(uses, use_json(result, result->uses[i]));
  json_object_set_new(json, "boundaries", units);
  json_object_set_new(json, "use", uses);
  if (result->suggest)
    json_object_set_new(
        json, "suggestions",
        json_pack("{s:i, s:i, s:i, s:i, s:i, s:i}", "situations",
                  (int)suggestions->list.count, "all", (int)suggestions->all,
                  "open", (int)suggestions->open, "closed",
                  (int)suggestions->closed, "closed-by-first",
                  (int)suggestions->closed_by_first, "at-least",
                  (int)suggestions->at_least));
  return json;
}

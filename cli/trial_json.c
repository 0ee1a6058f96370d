#include "cli/report.h"
#include "cli/trial_report.h"
#include "runtime/terms.h"

static json_t *trial_json(Arena *arena, const Trial *trial)
{
  static const char *const results[] = {"passed", "failed", "not-tested"};
  json_t *faults = json_array();
  for (uint32_t i = 0; i < trial->faults.count; i++)
    json_array_append_new(faults, json_text(arena, trial->faults.at[i]));
  json_t *at = trial->line
                   ? json_pack("{s:o, s:i, s:i}", "file",
                               json_text(arena, trial->file), "line",
                               (int)trial->line, "column", (int)trial->column)
                   : json_null();
  return json_pack("{s:o, s:s, s:o, s:s, s:o}", "title",
                   json_text(arena, trial->title), "kind",
                   trial->is_case ? "case" : "example", "at", at, "result",
                   results[trial->result], "faults", faults);
}

static Text boundary_name(const Image *image, uint32_t i)
{
  return image_text(image, image->boundaries.at[i].name);
}

static Text rule_name(const Image *image, uint32_t i)
{
  return image_text(image, image->rules.at[i].full_name);
}

/* "gifts/small must record" */
static Text duty_name(Arena *arena, const Image *image, uint32_t i)
{
  const Duty *duty = &image->duties.at[i];
  return text_format(arena, "%.*s must %.*s",
                     TEXT_ARG(rule_name(image, duty->rule)),
                     TEXT_ARG(image_text(image, duty->tag)));
}

typedef enum Part { PART_BOUNDARIES, PART_RULES, PART_DUTIES } Part;

static Text part_name(Arena *arena, const Image *image, Part part, uint32_t i)
{
  if (part == PART_BOUNDARIES) return boundary_name(image, i);
  if (part == PART_RULES) return rule_name(image, i);
  return duty_name(arena, image, i);
}

/* {"reached": [names], "not-reached": [names]} */
static json_t *share_json(Arena *arena, const Image *image, Part part,
                          const uint8_t *marks, uint32_t count)
{
  json_t *reached = json_array(), *other = json_array();
  for (uint32_t i = 0; i < count; i++)
    json_array_append_new(
        marks[i] ? reached : other,
        json_text(arena, part_name(arena, image, part, i)));
  return json_pack("{s:o, s:o}", "reached", reached, "not-reached", other);
}

static json_t *coverage_json(Arena *arena, const PolicyTrials *one)
{
  const Image *image = &one->policy.image;
  const Coverage *coverage = &one->coverage;
  json_t *verdicts = json_array();
  for (int i = 0; i < VERDICT_COUNT; i++)
    if (coverage->verdicts[i])
      json_array_append_new(verdicts, json_string(term_verdict((Verdict)i)));
  return json_pack("{s:o, s:o, s:o, s:o}", "boundaries",
                   share_json(arena, image, PART_BOUNDARIES,
                              coverage->boundaries, image->boundaries.count),
                   "rules",
                   share_json(arena, image, PART_RULES, coverage->rules,
                              image->rules.count),
                   "duties",
                   share_json(arena, image, PART_DUTIES, coverage->duties,
                              image->duties.count),
                   "verdicts", verdicts);
}

static json_t *policy_json(Arena *arena, const PolicyTrials *one)
{
  json_t *trials = json_array();
  json_t *name = json_null(), *coverage = json_null();
  for (uint32_t i = 0; i < one->trials.count; i++)
    json_array_append_new(trials, trial_json(arena, &one->trials.at[i]));
  if (one->loaded) {
    const Image *image = &one->policy.image;
    name = json_text(arena, image_text(image, image->policy.at[0].name));
    coverage = coverage_json(arena, one);
  }
  return json_pack("{s:o, s:o, s:o, s:i, s:o}", "file",
                   json_text(arena, text_of(one->path)), "policy", name,
                   "tests", trials, "elsewhere", (int)one->elsewhere,
                   "coverage", coverage);
}

void trials_print_json(Arena *arena, PolicyTrials *const *all, uint32_t count,
                       json_t *diagnostics)
{
  uint32_t counts[3] = {0};
  json_t *policies = json_array();
  for (uint32_t i = 0; i < count; i++) {
    json_array_append_new(policies, policy_json(arena, all[i]));
    for (int result = 0; result < 3; result++)
      counts[result] += all[i]->counts[result];
  }
  json_t *json = json_pack("{s:o, s:i, s:i, s:i}", "policies", policies,
                           "passed", (int)counts[TRIAL_PASSED], "failed",
                           (int)counts[TRIAL_FAILED], "not-tested",
                           (int)counts[TRIAL_SKIPPED]);
  json_object_update(json, diagnostics);
  json_print(json);
}

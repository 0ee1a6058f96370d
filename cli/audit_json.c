/* The report as JSON: docs/audit-json.md names every key. */
#include "audit/words.h"
#include "cli/audit_baseline.h"
#include "cli/audit_report.h"
#include "runtime/terms.h"

static json_t *text_json(const AuditReport *report, Text text)
{
  return json_text(report->arena, text);
}

static json_t *words_json(const AuditReport *report, uint32_t text)
{
  return text_json(report, image_text(report->audit->image, text));
}

static json_t *day_json(const AuditReport *report, Day day)
{
  Buffer out = {.arena = report->arena};
  if (day == DAY_NONE) return json_null();
  day_print(&out, day);
  return text_json(report, buffer_text(&out));
}

static json_t *place_json(const AuditReport *report, const Place *place)
{
  const Image *image = report->audit->image;
  if (!place || place->file >= image->files.count) return json_null();
  json_t *json = json_object();
  json_object_set_new(
      json, "file",
      text_json(report, image_place_text(image,
                                         image->files.at[place->file].name)));
  json_object_set_new(json, "line", json_integer(place->line));
  json_object_set_new(json, "column", json_integer(place->column));
  return json;
}

/* ----------------------------------------------------------------- findings */

/* "count", "of", "share" and "percent"; null where it was not counted. */
static void put_counts(const AuditReport *report, json_t *json,
                       const Limb *count, const Limb *all, uint32_t limbs)
{
  Arena *arena = report->arena;
  Text some = TEXT_NONE, of = TEXT_NONE, share = TEXT_NONE;
  Text percent = TEXT_NONE;
  if (count) some = audit_plain_number(arena, count, limbs);
  if (all) of = audit_plain_number(arena, all, limbs);
  if (count && all) {
    share = text_format(arena, "%.*s/%.*s", TEXT_ARG(some), TEXT_ARG(of));
    percent = audit_percent(arena, count, all, limbs);
  }
  json_object_set_new(json, "count", text_json(report, some));
  json_object_set_new(json, "of", text_json(report, of));
  json_object_set_new(json, "share", text_json(report, share));
  json_object_set_new(json, "percent", text_json(report, percent));
}

json_t *audit_between_json(const AuditReport *report, const Limb *least,
                           const Limb *most, uint32_t limbs)
{
  Arena *arena = report->arena;
  if (!least) return json_null();
  json_t *json = json_object();
  json_object_set_new(
      json, "at-least",
      json_text(arena, audit_plain_number(arena, least, limbs)));
  json_object_set_new(
      json, "at-most",
      json_text(arena, audit_plain_number(arena, most, limbs)));
  return json;
}

static json_t *region_json(const AuditReport *report, const Finding *finding,
                           const Region *region)
{
  json_t *json = json_object();
  json_object_set_new(json, "words", text_json(report, region->words));
  json_object_set_new(json, "cause", text_json(report, region->cause));
  put_counts(report, json, region->count, finding->all, finding->limbs);
  json_object_set_new(json, "witness",
                      audit_witness_json(report, &region->witness,
                                         finding->boundary));
  return json;
}

static json_t *rules_json(const AuditReport *report, const Finding *finding)
{
  const Image *image = report->audit->image;
  json_t *list = json_array();
  for (uint32_t i = 0; i < finding->rules.count; i++) {
    uint32_t number = finding->rules.at[i];
    const Rule *rule = &image->rules.at[number];
    json_t *json = json_object();
    json_object_set_new(json, "rule", words_json(report, rule->full_name));
    json_object_set_new(json, "title", words_json(report, rule->title));
    json_object_set_new(json, "at",
                        place_json(report, image_rule_place(image, number)));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *facts_json(const AuditReport *report, const Finding *finding)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < finding->facts.count; i++) {
    const Image *image = report->audit->image;
    const Fact *fact = &image->facts.at[finding->facts.at[i]];
    json_array_append_new(
        list, json_sprintf("%s.%.*s",
                           term_dimension((Dimension)fact->dimension),
                           TEXT_ARG(image_text(image, fact->name))));
  }
  return list;
}

static void put_parts(const AuditReport *report, json_t *json,
                      const Finding *finding)
{
  json_t *regions = json_array(), *witnesses = json_array();
  for (uint32_t i = 0; i < finding->regions.count; i++)
    json_array_append_new(regions, region_json(report, finding,
                                               &finding->regions.at[i]));
  for (uint32_t i = 0; i < finding->witnesses.count; i++)
    json_array_append_new(
        witnesses, audit_witness_json(report, &finding->witnesses.at[i],
                                      finding->boundary));
  json_object_set_new(json, "regions", regions);
  json_object_set_new(json, "regions-whole",
                      json_boolean(finding->regions_whole));
  json_object_set_new(json, "witnesses", witnesses);
}

static json_t *since_json(Since since)
{
  static const char *const names[] = {
    [SINCE_UNSAID] = NULL, [SINCE_NEW] = "new", [SINCE_CHANGED] = "changed",
    [SINCE_SAME] = "same",
  };
  return names[since] ? json_string(names[since]) : json_null();
}

static json_t *finding_json(const AuditReport *report, const Reported *one)
{
  const Finding *finding = one->finding;
  json_t *json = json_object();
  Text boundary = audit_boundary_name(report, finding->boundary);
  json_object_set_new(json, "id", text_json(report, one->id));
  json_object_set_new(json, "kind",
                      text_json(report, finding_id(finding->kind)));
  json_object_set_new(json, "level",
                      text_json(report, finding_level_name(finding->level)));
  json_object_set_new(json, "since", since_json(one->since));
  json_object_set_new(json, "proved", json_boolean(finding->proved));
  json_object_set_new(json, "message", text_json(report, finding->message));
  json_object_set_new(json, "help", text_json(report, finding->help));
  json_object_set_new(json, "boundary", text_json(report, boundary));
  json_object_set_new(json, "rules", rules_json(report, finding));
  json_object_set_new(json, "facts", facts_json(report, finding));
  json_object_set_new(json, "at", place_json(report, finding->place));
  put_counts(report, json, finding->count, finding->all, finding->limbs);
  json_object_set_new(json, "count-between",
                      audit_between_json(report, finding->least, finding->most,
                                         finding->limbs));
  put_parts(report, json, finding);
  return json;
}

json_t *audit_findings_json(const AuditReport *report)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->findings.count; i++)
    json_array_append_new(list,
                          finding_json(report, &report->findings.at[i]));
  return list;
}

/* ---------------------------------------------------------------- the whole */

static json_t *policy_json(const AuditReport *report)
{
  const Image *image = report->audit->image;
  const Policy *policy = &image->policy.at[0];
  Buffer hash = {.arena = report->arena};
  json_t *json = json_object();
  for (int i = 0; i < IMAGE_HASH_SIZE; i++)
    buffer_format(&hash, "%02x", image->hash[i]);
  json_object_set_new(json, "name", words_json(report, policy->name));
  json_object_set_new(json, "title", words_json(report, policy->title));
  json_object_set_new(json, "version", words_json(report, policy->version));
  json_object_set_new(json, "owner", words_json(report, policy->owner));
  json_object_set_new(json, "layer",
                      json_string(term_layer((Layer)policy->layer)));
  json_object_set_new(json, "sha256", text_json(report, buffer_text(&hash)));
  json_object_set_new(json, "next-review",
                      day_json(report, policy->next_review));
  return json;
}

/* The kinds that occur, with what they mean. */
static json_t *kinds_json(const AuditReport *report)
{
  json_t *list = json_array();
  for (int kind = 0; kind < FINDING_COUNT; kind++) {
    bool occurs = false;
    for (uint32_t i = 0; i < report->findings.count; i++)
      occurs |= report->findings.at[i].finding->kind == (FindingKind)kind;
    if (!occurs) continue;
    json_t *json = json_object();
    json_object_set_new(json, "kind",
                        text_json(report, finding_id((FindingKind)kind)));
    json_object_set_new(json, "title",
                        text_json(report, finding_title((FindingKind)kind)));
    json_object_set_new(json, "means",
                        text_json(report, finding_means((FindingKind)kind)));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *levels_json(const AuditReport *report)
{
  json_t *json = json_object();
  for (int level = LEVEL_ERROR; level >= LEVEL_NOTE; level--) {
    Text name = text_copy(report->arena,
                          finding_level_name((FindingLevel)level));
    json_object_set_new(json, name.at, json_integer(report->levels[level]));
  }
  return json;
}

json_t *audit_report_json(const AuditReport *report)
{
  const AuditOptions *options = &report->audit->options;
  json_t *json = json_object();
  json_object_set_new(json, report->diff ? "stile-diff" : "stile-audit",
                      json_integer(1));
  json_object_set_new(json, "policy", policy_json(report));
  json_object_set_new(json, "as-of", day_json(report, options->today));
  json_object_set_new(
      json, "only",
      text_json(report, audit_boundary_name(report, options->boundary)));
  json_object_set_new(json, "ended-early",
                      report->ended ? json_string(report->ended)
                                    : json_null());
  json_object_set_new(json, "summary", levels_json(report));
  json_object_set_new(json, "boundaries",
                      report->diff ? audit_changes_json(report)
                                   : audit_boundaries_json(report));
  json_object_set_new(json, "kinds", kinds_json(report));
  json_object_set_new(json, "findings", audit_findings_json(report));
  json_object_set_new(json, "baseline",
                      report->baseline ? baseline_json(report) : json_null());
  json_object_set_new(json, "coverage", report->coverage_json);
  if (!report->coverage_json)
    json_object_set_new(json, "coverage", json_null());
  return json;
}

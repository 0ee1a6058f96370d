/* The report as SARIF 2.1.0. */
#include "cli/audit_baseline.h"
#include "cli/audit_report.h"
#include "cli/sarif.h"

static json_t *text_json(const AuditReport *report, Text text)
{
  return json_text(report->arena, text);
}

static json_t *rules_of(const AuditReport *report)
{
  json_t *rules = json_array();
  for (int kind = 0; kind < FINDING_COUNT; kind++) {
    bool occurs = false;
    for (uint32_t i = 0; i < report->findings.count; i++)
      occurs |= report->findings.at[i].finding->kind == (FindingKind)kind;
    if (!occurs) continue;
    json_array_append_new(
        rules,
        json_pack("{s:o, s:{s:o}, s:{s:o}, s:{s:o}}", "id",
                  text_json(report, finding_id((FindingKind)kind)),
                  "shortDescription", "text",
                  text_json(report, finding_title((FindingKind)kind)),
                  "fullDescription", "text",
                  text_json(report, finding_means((FindingKind)kind)),
                  "defaultConfiguration", "level",
                  text_json(report,
                            finding_level_name(
                                finding_level((FindingKind)kind)))));
  }
  return rules;
}

/* The places of the other rules. */
static json_t *related_of(const AuditReport *report, const json_t *rules)
{
  json_t *list = json_array();
  for (size_t i = 1; i < json_array_size(rules); i++) {
    const json_t *rule = json_array_get(rules, i);
    json_t *location = sarif_location(report->arena,
                                      json_object_get(rule, "at"));
    if (!location) continue;
    json_object_set_new(location, "message",
                        json_pack("{s:O}", "text",
                                  json_object_get(rule, "rule")));
    json_array_append_new(list, location);
  }
  return list;
}

static const char *state_of(Since since)
{
  switch (since) {
  case SINCE_NEW: return "new";
  case SINCE_CHANGED: return "updated";
  case SINCE_SAME: return "unchanged";
  case SINCE_UNSAID:
  default: return NULL;
  }
}

static json_t *result_of(const AuditReport *report, const Reported *one,
                         const json_t *finding)
{
  json_t *location = sarif_location(report->arena,
                                    json_object_get(finding, "at"));
  json_t *result = json_pack(
      "{s:O, s:O, s:o, s:[], s:o, s:{s:O}}", "ruleId",
      json_object_get(finding, "kind"), "level",
      json_object_get(finding, "level"), "message", sarif_message(finding),
      "locations", "relatedLocations",
      related_of(report, json_object_get(finding, "rules")),
      "partialFingerprints", "stileFinding/v1",
      json_object_get(finding, "id"));
  if (location)
    json_array_append_new(json_object_get(result, "locations"), location);
  if (state_of(one->since))
    json_object_set_new(result, "baselineState",
                        json_string(state_of(one->since)));
  return result;
}

json_t *audit_report_sarif(const AuditReport *report)
{
  json_t *findings = audit_findings_json(report), *results = json_array();
  for (uint32_t i = 0; i < report->findings.count; i++)
    json_array_append_new(results,
                          result_of(report, &report->findings.at[i],
                                    json_array_get(findings, i)));
  json_decref(findings);
  if (report->baseline) baseline_put_absent(report, results);
  return sarif_log(rules_of(report), results);
}

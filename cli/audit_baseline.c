#include "cli/audit_baseline.h"

#include <stdio.h>

#include "base/utf8.h"
#include "cli/command.h"
#include "cli/file_read.h"
#include "cli/sarif.h"

/* ------------------------------------------------------------------ reading */

static Text text_in(Arena *arena, const json_t *json, const char *key)
{
  const json_t *value = json_object_get(json, key);
  if (!json_is_string(value)) return TEXT_NONE;
  Text text = {json_string_value(value),
               (uint32_t)json_string_length(value)};
  return text_copy(arena, utf8_safe(arena, text, false));
}

static bool read_finding(Arena *arena, const json_t *json, Baseline *baseline)
{
  BaselineFinding one = {
    text_in(arena, json, "id"),      text_in(arena, json, "kind"),
    text_in(arena, json, "level"),   text_in(arena, json, "message"),
    text_in(arena, json, "boundary"), text_in(arena, json, "count"), false};
  if (!one.id.length || !one.level.length || text_is_none(one.message))
    return false;
  if (!table_put(&baseline->ids, one.id, baseline->findings.count))
    return false;
  VEC_PUSH(arena, &baseline->findings, one);
  return true;
}

static bool read_all(Arena *arena, const json_t *json, Baseline *baseline)
{
  const json_t *list = json_object_get(json, "findings");
  const json_t *policy = json_object_get(json, "policy");
  size_t i;
  json_t *one;
  if (json_integer_value(json_object_get(json, "stile-audit")) != 1 ||
      !json_is_array(list))
    return false;
  baseline->name = text_in(arena, policy, "name");
  baseline->version = text_in(arena, policy, "version");
  baseline->day = text_in(arena, json, "as-of");
  baseline->comparable =
      json_is_null(json_object_get(json, "ended-early"));
  json_array_foreach(list, i, one)
    if (!read_finding(arena, one, baseline)) return false;
  return true;
}

int baseline_read(Arena *arena, const char *path, Baseline *baseline)
{
  Text bytes, reason, name = utf8_safe(arena, text_of(path), false);
  json_error_t error;
  *baseline = (Baseline){0};
  table_init(&baseline->ids, arena, (uint64_t)(uintptr_t)arena);
  if (!file_read(arena, path, IMAGE_FILE_MOST, &bytes, &reason)) {
    fprintf(stderr, "stile: `%.*s` cannot be read: %.*s.\n", TEXT_ARG(name),
            TEXT_ARG(reason));
    return EXIT_MACHINE;
  }
  json_t *json = json_loadb(bytes.at, bytes.length, JSON_REJECT_DUPLICATES,
                            &error);
  bool fine = json && read_all(arena, json, baseline);
  json_decref(json);
  if (fine) return EXIT_DONE;
  fprintf(stderr, "stile: `%.*s` is no report of `stile audit --format "
                  "json`.\n", TEXT_ARG(name));
  return EXIT_USAGE;
}

/* ---------------------------------------------------------------- comparing */

static Text count_of(const AuditReport *report, const Finding *finding)
{
  if (!finding->count) return TEXT_NONE;
  return audit_plain_number(report->arena, finding->count, finding->limbs);
}

static void compare_one(Baseline *baseline, const AuditReport *report,
                        Reported *one)
{
  uint32_t number;
  if (!table_find(&baseline->ids, one->id, &number)) {
    one->since = SINCE_NEW;
    baseline->fresh++;
    return;
  }
  BaselineFinding *before = &baseline->findings.at[number];
  before->met = true;
  Text count = count_of(report, one->finding);
  if (text_is_none(before->count) || text_is_none(count) ||
      text_equal(before->count, count)) {
    one->since = SINCE_SAME;
    baseline->same++;
    return;
  }
  one->since = SINCE_CHANGED;
  one->count_before = before->count;
  baseline->changed++;
}

/* Where only one boundary is looked at, the others' findings are not gone. */
static bool is_gone(const AuditReport *report, const BaselineFinding *one)
{
  uint32_t only = report->audit->options.boundary;
  if (one->met || !report->baseline->comparable) return false;
  return only == NONE ||
         text_equal(one->boundary, audit_boundary_name(report, only));
}

void baseline_compare(Baseline *baseline, AuditReport *report)
{
  const Image *image = report->audit->image;
  report->baseline = baseline;
  baseline->same_policy =
      text_equal(baseline->name, image_text(image, image->policy.at[0].name));
  baseline->comparable &= !report->ended;
  for (uint32_t i = 0; i < report->findings.count; i++)
    compare_one(baseline, report, &report->findings.at[i]);
  for (uint32_t i = 0; i < baseline->findings.count; i++)
    baseline->gone += is_gone(report, &baseline->findings.at[i]);
}

/* ------------------------------------------------------------------ telling */

static void put(Page *page, BlockKind kind, Text text)
{
  page_put(page, kind, text);
}

static void put_numbers(const AuditReport *report, Page *page)
{
  const Baseline *baseline = report->baseline;
  Arena *arena = report->arena;
  put(page, BLOCK_WORDS,
      text_format(arena,
                  "Against the report of %.*s (%.*s%s%.*s): %u new, %u gone, "
                  "%u in another number of situations, %u as before.",
                  TEXT_ARG(baseline->day), TEXT_ARG(baseline->name),
                  baseline->version.length ? ", version " : "",
                  TEXT_ARG(baseline->version), (unsigned)baseline->fresh,
                  (unsigned)baseline->gone, (unsigned)baseline->changed,
                  (unsigned)baseline->same));
  if (!baseline->same_policy)
    put(page, BLOCK_WORDS,
        TEXT("That report is about a policy of another name."));
  if (!baseline->comparable)
    put(page, BLOCK_WORDS,
        TEXT("One of the two was ended early. So nothing is said of what is "
             "gone."));
}

void baseline_put(const AuditReport *report, Page *page)
{
  const Baseline *baseline = report->baseline;
  put(page, BLOCK_HEADING, TEXT("Since the earlier report"));
  put_numbers(report, page);
  for (uint32_t i = 0; i < baseline->findings.count; i++) {
    const BaselineFinding *one = &baseline->findings.at[i];
    if (is_gone(report, one))
      put(page, BLOCK_ITEM,
          text_format(report->arena, "Gone: %.*s", TEXT_ARG(one->message)));
  }
}

static json_t *gone_json(const AuditReport *report)
{
  static const char *const keys[] = {"id", "kind", "level", "message"};
  const Baseline *baseline = report->baseline;
  json_t *list = json_array();
  for (uint32_t i = 0; i < baseline->findings.count; i++) {
    const BaselineFinding *one = &baseline->findings.at[i];
    const Text values[] = {one->id, one->kind, one->level, one->message};
    if (!is_gone(report, one)) continue;
    json_t *json = json_object();
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
      json_object_set_new(json, keys[k], json_text(report->arena, values[k]));
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *changed_json(const AuditReport *report)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->findings.count; i++) {
    const Reported *one = &report->findings.at[i];
    if (one->since != SINCE_CHANGED) continue;
    json_t *json = json_object();
    json_object_set_new(json, "id", json_text(report->arena, one->id));
    json_object_set_new(json, "before",
                        json_text(report->arena, one->count_before));
    json_object_set_new(json, "now",
                        json_text(report->arena,
                                  count_of(report, one->finding)));
    json_array_append_new(list, json);
  }
  return list;
}

json_t *baseline_json(const AuditReport *report)
{
  const Baseline *baseline = report->baseline;
  Arena *arena = report->arena;
  json_t *json = json_object();
  json_object_set_new(json, "policy", json_text(arena, baseline->name));
  json_object_set_new(json, "version", json_text(arena, baseline->version));
  json_object_set_new(json, "as-of", json_text(arena, baseline->day));
  json_object_set_new(json, "new", json_integer(baseline->fresh));
  json_object_set_new(json, "same", json_integer(baseline->same));
  json_object_set_new(json, "changed", changed_json(report));
  json_object_set_new(json, "gone", baseline->comparable ? gone_json(report)
                                                         : json_null());
  return json;
}

void baseline_put_absent(const AuditReport *report, json_t *results)
{
  json_t *list = gone_json(report), *one;
  size_t i;
  json_array_foreach(list, i, one) {
    json_t *kind = json_object_get(one, "kind");
    json_array_append_new(
        results,
        json_pack("{s:O, s:O, s:o, s:[], s:s, s:{s:O}}", "ruleId", kind,
                  "level", json_object_get(one, "level"), "message",
                  sarif_message(one), "locations", "baselineState", "absent",
                  "partialFingerprints", "stileFinding/v1",
                  json_object_get(one, "id")));
  }
  json_decref(list);
}

/* What a comparison of two policies says of each boundary. */
#include "cli/audit_report.h"
#include "runtime/terms.h"

static void put_count(Buffer *out, const BoundaryDiff *one, const Limb *count)
{
  Arena *arena = out->arena;
  uint32_t limbs = one->space.limbs;
  Text percent = audit_percent(arena, count, one->all, limbs);
  Text some = audit_number(arena, count, limbs);
  Text all = audit_number(arena, one->all, limbs);
  buffer_format(out, "%.*s (%.*s of %.*s)", TEXT_ARG(percent), TEXT_ARG(some),
                TEXT_ARG(all));
}

static Text change_words(const AuditReport *report, const BoundaryDiff *one)
{
  Buffer out = {.arena = report->arena};
  Text name = audit_boundary_name(report, one->boundary);
  buffer_format(&out, "%.*s: ", TEXT_ARG(name));
  if (one->same) {
    buffer_put_c(&out, "no situation changes its guidance. This is proved.");
  } else if (!one->counted) {
    buffer_put_c(&out, one->done ? "what changes was not counted."
                                 : "not all of it was compared.");
  } else {
    buffer_put_c(&out, "the guidance changes in ");
    put_count(&out, one, one->changed);
    buffer_put_c(&out, " of the situations: looser in ");
    put_count(&out, one, one->looser);
    buffer_put_c(&out, ", stricter in ");
    put_count(&out, one, one->stricter);
    buffer_put_c(&out, ".");
    if (!one->done) buffer_put_c(&out, " Not all else was compared.");
  }
  return buffer_text(&out);
}

static Text case_words(Arena *arena, const Diff *diff)
{
  Buffer out = {.arena = arena};
  if (!diff->cases && !diff->cases_left)
    return TEXT("There is no example or case to ask.");
  buffer_format(&out, "Of %u examples and cases, %u get%s another answer.",
                (unsigned)diff->cases,
                (unsigned)diff->changed_cases,
                diff->changed_cases == 1 ? "s" : "");
  if (diff->cases_left)
    buffer_format(&out, " %u more %s not asked.", (unsigned)diff->cases_left,
                  diff->cases_left == 1 ? "was" : "were");
  return buffer_text(&out);
}

void audit_put_changes(const AuditReport *report, Page *page)
{
  if (!report->diff) return;
  for (uint32_t i = 0; i < report->diff->boundary_count; i++)
    page_put(page, BLOCK_ITEM,
             change_words(report, &report->diff->boundaries[i]));
  page_put(page, BLOCK_ITEM, case_words(report->arena, report->diff));
}

/* --------------------------------------------------------------------- JSON */

static json_t *number_json(const AuditReport *report, const BoundaryDiff *one,
                           const Limb *count)
{
  if (!one->counted) return json_null();
  return json_text(report->arena,
                   audit_plain_number(report->arena, count,
                                      one->space.limbs));
}

/* The pairs of verdicts that occur. */
static json_t *pairs_json(const AuditReport *report, const BoundaryDiff *one)
{
  json_t *list = json_array();
  for (uint32_t i = 0; one->counted && i < VERDICT_COUNT * VERDICT_COUNT; i++) {
    if (natural_is_zero(one->counts[i], one->space.limbs)) continue;
    json_t *json = json_object();
    json_object_set_new(json, "before",
                        json_string(term_verdict(i / VERDICT_COUNT)));
    json_object_set_new(json, "after",
                        json_string(term_verdict(i % VERDICT_COUNT)));
    json_object_set_new(json, "count",
                        number_json(report, one, one->counts[i]));
    json_array_append_new(list, json);
  }
  return list;
}

json_t *audit_changes_json(const AuditReport *report)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->diff->boundary_count; i++) {
    const BoundaryDiff *one = &report->diff->boundaries[i];
    json_t *json = json_object();
    json_object_set_new(
        json, "boundary",
        json_text(report->arena, audit_boundary_name(report, one->boundary)));
    json_object_set_new(json, "same", json_boolean(one->same));
    json_object_set_new(json, "counted", json_boolean(one->counted));
    json_object_set_new(json, "compared", json_boolean(one->done));
    json_object_set_new(json, "situations",
                        number_json(report, one, one->all));
    json_object_set_new(json, "changed",
                        number_json(report, one, one->changed));
    json_object_set_new(json, "looser", number_json(report, one, one->looser));
    json_object_set_new(json, "stricter",
                        number_json(report, one, one->stricter));
    json_object_set_new(json, "verdicts", pairs_json(report, one));
    json_array_append_new(list, json);
  }
  return list;
}

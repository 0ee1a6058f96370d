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

/* ": looser in 0 to 12 of 64" */
static void put_between(Buffer *out, const BoundaryDiff *one,
                        const char *what, Limb *const between[2])
{
  uint32_t limbs = one->space.limbs;
  Text least = audit_number(out->arena, between[0], limbs);
  Text most = audit_number(out->arena, between[1], limbs);
  buffer_format(out, "%s %.*s", what, TEXT_ARG(least));
  if (natural_compare(between[0], between[1], limbs) != 0)
    buffer_format(out, " to %.*s", TEXT_ARG(most));
}

/* "0 to all of them" */
static bool says_nothing(const BoundaryDiff *one)
{
  uint32_t limbs = one->space.limbs;
  return natural_is_zero(one->changed_between[0], limbs) &&
         natural_compare(one->changed_between[1], one->all, limbs) == 0;
}

static void put_not_counted(Buffer *out, const BoundaryDiff *one)
{
  buffer_put_c(out, one->done ? "what changes was not counted."
                              : "not all of it was compared.");
  if (!one->changed_between[0] || says_nothing(one)) return;
  Text all = audit_number(out->arena, one->all, one->space.limbs);
  put_between(out, one, " The guidance changes in", one->changed_between);
  buffer_format(out, " of %.*s situations", TEXT_ARG(all));
  put_between(out, one, ": looser in", one->looser_between);
  put_between(out, one, ", stricter in", one->stricter_between);
  buffer_put_c(out, ". This is proved.");
}

static Text change_words(const AuditReport *report, const BoundaryDiff *one)
{
  Buffer out = {.arena = report->arena};
  Text name = audit_boundary_name(report, one->boundary);
  buffer_format(&out, "%.*s: ", TEXT_ARG(name));
  if (one->same) {
    buffer_put_c(&out, "no situation changes its guidance. This is proved.");
  } else if (!one->counted) {
    put_not_counted(&out, one);
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

/* The pairs of verdicts that occur, those of the same two only where they were
 * counted. */
static json_t *pairs_json(const AuditReport *report, const BoundaryDiff *one)
{
  json_t *list = json_array();
  for (uint32_t i = 0; one->counted && i < VERDICT_COUNT * VERDICT_COUNT; i++) {
    if (natural_is_zero(one->counts[i], one->space.limbs) ||
        (i / VERDICT_COUNT == i % VERDICT_COUNT && !one->unchanged_counted))
      continue;
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

/* Null where it was counted, or where nothing is known. */
static void between_json(const AuditReport *report, const BoundaryDiff *one,
                         json_t *json)
{
  uint32_t limbs = one->space.limbs;
  json_object_set_new(json, "changed-between",
                      audit_between_json(report, one->changed_between[0],
                                         one->changed_between[1], limbs));
  json_object_set_new(json, "looser-between",
                      audit_between_json(report, one->looser_between[0],
                                         one->looser_between[1], limbs));
  json_object_set_new(json, "stricter-between",
                      audit_between_json(report, one->stricter_between[0],
                                         one->stricter_between[1], limbs));
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
    between_json(report, one, json);
    json_array_append_new(list, json);
  }
  return list;
}

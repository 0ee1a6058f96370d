/* The report as comma-separated values: a row a finding, or a row a region. */
#include "audit/words.h"
#include "base/utf8.h"
#include "cli/audit_report.h"
#include "cli/csv.h"
#include "runtime/terms.h"

static void put(const AuditReport *report, Buffer *out, Text field)
{
  csv_put(out, utf8_safe(report->arena, field, false));
}

static void put_line(Buffer *out, const char *const *names, size_t count)
{
  for (size_t i = 0; i < count; i++) csv_put(out, text_of(names[i]));
  csv_put_line_end(out);
}

static Text rules_of(const AuditReport *report, const Finding *finding)
{
  Buffer out = {.arena = report->arena};
  for (uint32_t i = 0; i < finding->rules.count; i++) {
    if (i) buffer_put_char(&out, ' ');
    buffer_put(&out, words_rule(report->audit->image, finding->rules.at[i]));
  }
  return buffer_text(&out);
}

static void put_counts(const AuditReport *report, Buffer *out,
                       const Finding *finding, const Limb *count)
{
  Text empty = {"", 0};
  uint32_t limbs = finding->limbs;
  bool both = count && finding->all;
  csv_put(out, count ? audit_plain_number(report->arena, count, limbs)
                     : empty);
  csv_put(out, finding->all
                   ? audit_plain_number(report->arena, finding->all, limbs)
                   : empty);
  csv_put(out, both ? audit_percent(report->arena, count, finding->all, limbs)
                    : empty);
}

static void put_place(const AuditReport *report, Buffer *out,
                      const Place *place)
{
  const Image *image = report->audit->image;
  if (!place || place->file >= image->files.count) {
    csv_put(out, TEXT(""));
    csv_put(out, TEXT(""));
    return;
  }
  put(report, out, image_place_text(image, image->files.at[place->file].name));
  csv_put(out, text_format(report->arena, "%u", (unsigned)place->line));
}

static Text since_name(Since since)
{
  switch (since) {
  case SINCE_NEW: return TEXT("new");
  case SINCE_CHANGED: return TEXT("changed");
  case SINCE_SAME: return TEXT("same");
  case SINCE_UNSAID:
  default: return TEXT("");
  }
}

void audit_report_csv(const AuditReport *report, Buffer *out)
{
  static const char *const names[] = {
    "id", "kind", "level", "since", "proved", "boundary", "rules", "count",
    "of", "percent", "file", "line", "message", "help"};
  put_line(out, names, sizeof names / sizeof *names);
  for (uint32_t i = 0; i < report->findings.count; i++) {
    const Reported *one = &report->findings.at[i];
    const Finding *finding = one->finding;
    put(report, out, one->id);
    csv_put(out, finding_id(finding->kind));
    csv_put(out, finding_level_name(finding->level));
    csv_put(out, since_name(one->since));
    csv_put(out, finding->proved ? TEXT("yes") : TEXT("no"));
    put(report, out, audit_boundary_name(report, finding->boundary));
    put(report, out, rules_of(report, finding));
    put_counts(report, out, finding, finding->count);
    put_place(report, out, finding->place);
    put(report, out, finding->message);
    put(report, out, finding->help);
    csv_put_line_end(out);
  }
}

/* ------------------------------------------------------------------ regions */

static Text witness_words(const AuditReport *report, const Witness *witness)
{
  Buffer out = {.arena = report->arena};
  for (uint32_t i = 0; i < witness->count; i++)
    buffer_format(&out, "%s%.*s=%.*s", i ? "; " : "",
                  TEXT_ARG(witness->facts[i].name),
                  TEXT_ARG(witness->facts[i].value));
  return buffer_text(&out);
}

static void put_region(const AuditReport *report, Buffer *out,
                       const Reported *one, const Region *region)
{
  const Witness *witness = &region->witness;
  put(report, out, one->id);
  put(report, out, audit_boundary_name(report, one->finding->boundary));
  put(report, out, region->words);
  put_counts(report, out, one->finding, region->count);
  csv_put(out, report->diff
                   ? text_of(term_verdict((Verdict)witness->before))
                   : TEXT(""));
  csv_put(out, text_of(term_verdict((Verdict)witness->verdict)));
  put(report, out, witness_words(report, witness));
  csv_put_line_end(out);
}

/* What was not found out has a row of its own, without an example. */
static void put_unknown(const AuditReport *report, Buffer *out,
                        const Reported *one)
{
  put(report, out, one->id);
  put(report, out, audit_boundary_name(report, one->finding->boundary));
  put(report, out, one->finding->message);
  put_counts(report, out, one->finding, NULL);
  for (int i = 0; i < 3; i++) csv_put(out, TEXT(""));
  csv_put_line_end(out);
}

void audit_report_csv_regions(const AuditReport *report, Buffer *out)
{
  static const char *const names[] = {"id", "boundary", "region", "count",
                                      "of", "percent", "before", "verdict",
                                      "example"};
  put_line(out, names, sizeof names / sizeof *names);
  for (uint32_t i = 0; i < report->findings.count; i++) {
    const Reported *one = &report->findings.at[i];
    if (!one->finding->proved && !one->finding->regions.count &&
        !one->finding->witnesses.count)
      put_unknown(report, out, one);
    for (uint32_t k = 0; k < one->finding->regions.count; k++)
      put_region(report, out, one, &one->finding->regions.at[k]);
    for (uint32_t k = 0; k < one->finding->witnesses.count; k++) {
      Region bare = {.words = {"", 0},
                     .witness = one->finding->witnesses.at[k]};
      put_region(report, out, one, &bare);
    }
  }
}

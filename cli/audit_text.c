/* The report for people, as plain text: short first, then what needs doing. */
#include "audit/words.h"
#include "cli/audit_baseline.h"
#include "cli/audit_report.h"

/* Without --all, of one kind and of one finding. */
enum { FINDINGS_SHOWN = 5, REGIONS_SHOWN = 3 };

/* ----------------------------------------------------------------- findings */

static void put_witness(Sheet *sheet, const AuditReport *report,
                        uint32_t boundary, const Witness *witness,
                        uint32_t indent)
{
  sheet_put(sheet, indent, audit_example_words(report, witness));
  buffer_put(&sheet->out,
             audit_witness_yaml(report, witness, boundary, indent + 2));
}

static void put_region(Sheet *sheet, const AuditReport *report,
                       const Finding *finding, const Region *region)
{
  Buffer out = {.arena = report->arena};
  buffer_put(&out, region->words);
  if (region->count) {
    buffer_put_c(&out, " (");
    if (finding->all)
      buffer_format(&out, "%.*s, ",
                    TEXT_ARG(audit_percent(report->arena, region->count,
                                           finding->all, finding->limbs)));
    buffer_put(&out, audit_number(report->arena, region->count,
                                  finding->limbs));
    buffer_put_c(&out, ")");
  }
  if (!text_is_none(region->cause))
    buffer_format(&out, "; %.*s", TEXT_ARG(region->cause));
  sheet_item(sheet, 4, "- ", buffer_text(&out));
  put_witness(sheet, report, finding->boundary, &region->witness, 6);
}

static uint32_t shown(const AuditReport *report, uint32_t count,
                      uint32_t usual)
{
  return report->all || count <= usual + 1 ? count : usual;
}

static void put_more(Sheet *sheet, const AuditReport *report, uint32_t indent,
                     uint32_t count)
{
  if (!count) return;
  sheet_put(sheet, indent,
            text_format(report->arena, "And %u more: see `--all`.",
                        (unsigned)count));
}

static void put_regions(Sheet *sheet, const AuditReport *report,
                        const Finding *finding)
{
  uint32_t regions = shown(report, finding->regions.count, REGIONS_SHOWN);
  uint32_t witnesses = finding->regions.count && !report->all
                           ? 0
                           : finding->witnesses.count;
  for (uint32_t i = 0; i < regions; i++)
    put_region(sheet, report, finding, &finding->regions.at[i]);
  put_more(sheet, report, 4, finding->regions.count - regions);
  if (finding->regions.count && !finding->regions_whole)
    sheet_put(sheet, 4, TEXT("These are the largest parts, not all of it."));
  for (uint32_t i = 0; i < witnesses; i++)
    put_witness(sheet, report, finding->boundary, &finding->witnesses.at[i],
                4);
}

static Text since_words(const AuditReport *report, const Reported *one)
{
  const Finding *finding = one->finding;
  if (one->since == SINCE_NEW)
    return text_format(report->arena, "New: %.*s", TEXT_ARG(finding->message));
  if (one->since != SINCE_CHANGED) return finding->message;
  return text_format(report->arena, "Changed (%.*s situations before): %.*s",
                     TEXT_ARG(one->count_before), TEXT_ARG(finding->message));
}

/* `help`: what has been said last; the same is not said again. */
static void put_finding(Sheet *sheet, const AuditReport *report,
                        const Reported *one, Text *help)
{
  const Finding *finding = one->finding;
  Text place = audit_place_words(report, finding->place);
  sheet_item(sheet, 2, "- ", since_words(report, one));
  if (place.length) sheet_put(sheet, 4, place);
  if (!finding->proved)
    sheet_put(sheet, 4, audit_not_proved_words(report, finding));
  put_regions(sheet, report, finding);
  if (text_is_none(finding->help) || text_equal(finding->help, *help)) return;
  sheet_put(sheet, 4, finding->help);
  *help = finding->help;
}

/* Those of one level and kind stand together: where they end. */
static uint32_t group_end(const AuditReport *report, uint32_t from)
{
  const Finding *first = report->findings.at[from].finding;
  uint32_t end = from;
  while (end < report->findings.count &&
         report->findings.at[end].finding->kind == first->kind &&
         report->findings.at[end].finding->level == first->level)
    end++;
  return end;
}

static void put_group(Sheet *sheet, const AuditReport *report, uint32_t from,
                      uint32_t end)
{
  const Finding *first = report->findings.at[from].finding;
  uint32_t count = shown(report, end - from, FINDINGS_SHOWN);
  Text help = TEXT_NONE;
  sheet_heading(sheet,
                text_format(report->arena, "%.*s (%u %.*s%s)",
                            TEXT_ARG(finding_title(first->kind)),
                            (unsigned)(end - from),
                            TEXT_ARG(finding_level_name(first->level)),
                            end - from == 1 ? "" : "s"));
  sheet_put(sheet, 2, finding_means(first->kind));
  for (uint32_t i = from; i < from + count; i++)
    put_finding(sheet, report, &report->findings.at[i], &help);
  put_more(sheet, report, 2, end - from - count);
}

/* Notes are counted, unless all is asked for.  What changes is what a
 * comparison is for, whichever way it changes. */
static bool shows_notes(const AuditReport *report)
{
  return report->all || report->diff;
}

static void put_findings(Sheet *sheet, const AuditReport *report,
                         bool notes)
{
  for (uint32_t i = 0, end; i < report->findings.count; i = end) {
    const Finding *first = report->findings.at[i].finding;
    end = group_end(report, i);
    if ((first->level == LEVEL_NOTE) == notes)
      put_group(sheet, report, i, end);
  }
}

static void count_notes(Sheet *sheet, const AuditReport *report)
{
  if (!report->levels[LEVEL_NOTE]) return;
  sheet_heading(sheet, TEXT("Notes"));
  for (uint32_t i = 0, end; i < report->findings.count; i = end) {
    const Finding *first = report->findings.at[i].finding;
    end = group_end(report, i);
    if (first->level == LEVEL_NOTE)
      sheet_item(sheet, 2, "- ",
                 text_format(report->arena, "%.*s: %u",
                             TEXT_ARG(finding_title(first->kind)),
                             (unsigned)(end - i)));
  }
  sheet_put(sheet, 2, TEXT("`--all` shows them."));
}

/* ------------------------------------------------------------------ summary */

static void put_title(Sheet *sheet, const AuditReport *report)
{
  const Image *image = report->audit->image;
  const Policy *policy = &image->policy.at[0];
  Text version = image_text(image, policy->version);
  Buffer out = {.arena = report->arena};
  buffer_put_c(&out, report->diff ? "What changes in " : "Audit of ");
  buffer_put(&out, image_text(image, policy->name));
  if (!text_is_none(version))
    buffer_format(&out, ", version %.*s", TEXT_ARG(version));
  buffer_put_c(&out, ", on ");
  day_print(&out, report->audit->options.today);
  sheet_heading(sheet, buffer_text(&out));
}

static void put_summary(Sheet *sheet, const AuditReport *report)
{
  Text ended = audit_ended_words(report);
  put_title(sheet, report);
  if (ended.length) sheet_put(sheet, 2, ended);
  sheet_put(sheet, 2,
            text_format(report->arena, "Found: %.*s.",
                        TEXT_ARG(audit_levels_words(report))));
  if (report->diff) {
    Page page = {.arena = report->arena};
    audit_put_changes(report, &page);
    page_text(sheet, &page);
  }
  if (report->baseline) {
    Page page = {.arena = report->arena};
    baseline_put(report, &page);
    page_text(sheet, &page);
  }
}

static void put_table(Sheet *sheet, const Ledger *ledger)
{
  if (!ledger) return;
  sheet_gap(sheet);
  sheet_put(sheet, 2, ledger->caption);
  ledger_text(sheet, 4, ledger);
}

static void put_shares(Sheet *sheet, const AuditReport *report)
{
  if (report->audit->boundary_count == 0) return;
  put_table(sheet, audit_share_table(report));
  put_table(sheet, audit_open_table(report));
  put_table(sheet, audit_harm_table(report));
}

/* --------------------------------------------------------------------- maps */

static void put_maps(Sheet *sheet, const AuditReport *report)
{
  uint32_t printed = 0;
  for (uint32_t i = 0; i < report->audit->boundary_count; i++) {
    const Ledger *ledger = audit_map_table(report, i, true);
    if (!ledger) continue;
    if (!printed++) {
      sheet_heading(sheet, TEXT("Maps"));
      sheet_put(sheet, 2, TEXT(
          "P proceed, C care, T talk first (consult), H hold, N never, - no "
          "guidance. A dot: not here. A share is what no rule speaks of."));
    }
    put_table(sheet, ledger);
  }
}

void audit_report_text(const AuditReport *report, Buffer *out, bool color)
{
  Sheet sheet = sheet_make(report->arena, color);
  put_summary(&sheet, report);
  put_shares(&sheet, report);
  put_findings(&sheet, report, false);
  put_maps(&sheet, report);
  if (report->coverage) page_text(&sheet, report->coverage);
  if (shows_notes(report))
    put_findings(&sheet, report, true);
  else
    count_notes(&sheet, report);
  sheet_gap(&sheet);
  sheet_put(&sheet, 0, TEXT(
      "This says what the policy says, and where it says nothing. Whether that "
      "is right is for people. Full coverage is not safety."));
  buffer_put(out, buffer_text(&sheet.out));
}

/* The report as one HTML page that stands alone, to print and to file. */
#include "audit/words.h"
#include "cli/answer_page.h"
#include "cli/answer_text.h"
#include "cli/audit_baseline.h"
#include "cli/audit_report.h"

static void put(Page *page, BlockKind kind, Text text)
{
  if (text.length) page_put(page, kind, text);
}

/* ------------------------------------------------------------------ summary */

static void put_title(Page *page, const AuditReport *report)
{
  const Image *image = report->audit->image;
  Text title = image_text(image, image->policy.at[0].title);
  put(page, BLOCK_TITLE,
      text_format(report->arena, "%s: %.*s",
                  report->diff ? "What changes" : "Audit", TEXT_ARG(title)));
}

static void put_named(Page *page, const char *name, Text value)
{
  if (!value.length) return;
  put(page, BLOCK_ITEM,
      text_format(page->arena, "%s: %.*s", name, TEXT_ARG(value)));
}

static void put_policy(Page *page, const AuditReport *report)
{
  const Image *image = report->audit->image;
  const Policy *policy = &image->policy.at[0];
  Buffer day = {.arena = report->arena}, hash = {.arena = report->arena};
  day_print(&day, report->audit->options.today);
  for (int i = 0; i < IMAGE_HASH_SIZE; i++)
    buffer_format(&hash, "%02x", image->hash[i]);
  put(page, BLOCK_HEADING, TEXT("In short"));
  put(page, BLOCK_WORDS, audit_ended_words(report));
  put(page, BLOCK_WORDS,
      text_format(report->arena, "Found: %.*s.",
                  TEXT_ARG(audit_levels_words(report))));
  put_named(page, "Policy", image_text(image, policy->name));
  put_named(page, "Version", image_text(image, policy->version));
  put_named(page, "Owner", image_text(image, policy->owner));
  put_named(page, "Day looked at", buffer_text(&day));
  put_named(page, "SHA-256 of what it means", buffer_text(&hash));
  audit_put_changes(report, page);
  put(page, BLOCK_WORDS, TEXT(
      "This says what the policy says, and where it says nothing. Whether that "
      "is right is for people. Full coverage is not safety."));
  if (report->baseline) baseline_put(report, page);
}

static void put_shares(Page *page, const AuditReport *report)
{
  if (report->audit->boundary_count == 0) return;
  put(page, BLOCK_HEADING, TEXT("What people are told"));
  put(page, BLOCK_WORDS, TEXT(
      "Situations are counted as kinds: those that the rules can tell apart. A "
      "share is a share of kinds, not of what happens on a working day."));
  page_put_table(page, audit_share_table(report));
  page_put_table(page, audit_open_table(report));
  page_put_table(page, audit_harm_table(report));
}

static void put_maps(Page *page, const AuditReport *report)
{
  put(page, BLOCK_HEADING, TEXT("Maps"));
  put(page, BLOCK_WORDS, TEXT(
      "Each field says which guidance there is, from the mildest to the "
      "strictest, and in what share of the field no rule speaks."));
  for (uint32_t i = 0; i < report->audit->boundary_count; i++) {
    const Ledger *both = audit_map_table(report, i, false);
    const Ledger *facts = audit_facts_table(report, i);
    if (!both && !facts) continue;
    put(page, BLOCK_PART,
        audit_boundary_name(report, report->audit->boundaries[i].boundary));
    page_put_table(page, both);
    page_put_table(page, facts);
  }
}

/* ----------------------------------------------------------------- findings */

static void put_witness(Page *page, const AuditReport *report,
                        const Finding *finding, const Witness *witness)
{
  put(page, BLOCK_WORDS, audit_example_words(report, witness));
  put(page, BLOCK_CODE,
      audit_witness_yaml(report, witness, finding->boundary, 0));
}

static void put_region_table(Page *page, const AuditReport *report,
                             const Finding *finding)
{
  const Text heads[] = {TEXT("share"), TEXT("kinds of situation")};
  Ledger *ledger = ledger_make(
      report->arena,
      TEXT("Where: each situation counts once, in the first part that has it"),
      TEXT("part"), heads, 2);
  for (uint32_t i = 0; i < finding->regions.count; i++) {
    const Region *region = &finding->regions.at[i];
    Text words = region->words, cells[2] = {TEXT("?"), TEXT("not counted")};
    if (!text_is_none(region->cause))
      words = text_format(report->arena, "%.*s; %.*s", TEXT_ARG(words),
                          TEXT_ARG(region->cause));
    if (region->count)
      cells[1] = audit_number(report->arena, region->count, finding->limbs);
    if (region->count && finding->all)
      cells[0] = audit_percent(report->arena, region->count, finding->all,
                               finding->limbs);
    ledger_row(ledger, words, cells);
  }
  if (finding->regions.count) page_put_table(page, ledger);
  if (finding->regions.count && !finding->regions_whole)
    put(page, BLOCK_WORDS, TEXT("These are the largest parts, not all of it."));
}

/* The rule in its own words: title, reasons, sources, place. */
static void put_rule(Page *page, const AuditReport *report, uint32_t number)
{
  const Image *image = report->audit->image;
  View view = {report->arena, image, NULL, NULL};
  const Rule *rule = &image->rules.at[number];
  Text title = image_text(image, rule->title);
  const Line *line;
  uint32_t at = 0;
  put(page, BLOCK_ITEM,
      text_format(report->arena, "%.*s%s%.*s",
                  TEXT_ARG(image_text(image, rule->full_name)),
                  title.length ? ": " : "", TEXT_ARG(title)));
  while ((line = view_next_line(&view, number, LINE_BECAUSE, &at)))
    put(page, BLOCK_NOTE,
        sentence(report->arena,
                 text_format(report->arena, "Because: %.*s",
                             TEXT_ARG(image_text(image, line->text)))));
  for (uint32_t i = 0; i < answer_source_count(&view, number); i++)
    put(page, BLOCK_NOTE, answer_source_words(&view, number, i));
  put(page, BLOCK_NOTE,
      audit_place_words(report, image_rule_place(image, number)));
}

/* Pairs of rules may name one several times: its words stand once. */
static void put_rules(Page *page, const AuditReport *report,
                      const Finding *finding)
{
  for (uint32_t i = 0; i < finding->rules.count; i++) {
    uint32_t first = 0;
    while (finding->rules.at[first] != finding->rules.at[i]) first++;
    if (first == i) put_rule(page, report, finding->rules.at[i]);
  }
}

static Text title_of(const AuditReport *report, const Reported *one)
{
  if (one->since == SINCE_NEW)
    return text_format(report->arena, "%.*s (new)", TEXT_ARG(one->id));
  if (one->since == SINCE_CHANGED)
    return text_format(report->arena, "%.*s (%.*s situations before)",
                       TEXT_ARG(one->id), TEXT_ARG(one->count_before));
  return one->id;
}

static void put_finding(Page *page, const AuditReport *report,
                        const Reported *one)
{
  const Finding *finding = one->finding;
  put(page, BLOCK_PART, title_of(report, one));
  put(page, BLOCK_WORDS, finding->message);
  if (!finding->proved)
    put(page, BLOCK_WORDS, audit_not_proved_words(report, finding));
  put(page, BLOCK_WORDS, finding->help);
  if (finding->rules.count == 0)
    put(page, BLOCK_WORDS, audit_place_words(report, finding->place));
  put_rules(page, report, finding);
  put_region_table(page, report, finding);
  for (uint32_t i = 0; i < finding->regions.count; i++)
    put_witness(page, report, finding, &finding->regions.at[i].witness);
  for (uint32_t i = 0; i < finding->witnesses.count; i++)
    put_witness(page, report, finding, &finding->witnesses.at[i]);
}

static bool starts_group(const AuditReport *report, uint32_t i)
{
  if (i == 0) return true;
  const Finding *one = report->findings.at[i].finding;
  const Finding *before = report->findings.at[i - 1].finding;
  return one->kind != before->kind || one->level != before->level;
}

static void put_findings(Page *page, const AuditReport *report)
{
  for (uint32_t i = 0; i < report->findings.count; i++) {
    const Finding *finding = report->findings.at[i].finding;
    if (starts_group(report, i)) {
      put(page, BLOCK_HEADING,
          text_format(report->arena, "%.*s (%.*s)",
                      TEXT_ARG(finding_title(finding->kind)),
                      TEXT_ARG(finding_level_name(finding->level))));
      put(page, BLOCK_WORDS, finding_means(finding->kind));
    }
    put_finding(page, report, &report->findings.at[i]);
  }
}

void audit_report_html(const AuditReport *report, Buffer *out)
{
  Page page = {.arena = report->arena, .contents = true};
  put_title(&page, report);
  put_policy(&page, report);
  put_shares(&page, report);
  if (report->audit->boundary_count) put_maps(&page, report);
  put_findings(&page, report);
  if (report->coverage) page_join(&page, report->coverage);
  page_finish(&page);
  page_html(out, &page, "en");
}

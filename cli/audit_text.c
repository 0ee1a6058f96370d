#include <stdio.h>
#include <unistd.h>

#include "cli/audit_report.h"
#include "cli/sheet.h"

#include "audit/words.h"

static void put_witness(Sheet *sheet, const Witness *witness)
{
  Buffer out = {.arena = sheet->out.arena};
  for (uint32_t i = 0; i < witness->count; i++)
    buffer_format(&out, "%s%.*s: %.*s", i ? "; " : "",
                  TEXT_ARG(witness->facts[i].name),
                  TEXT_ARG(witness->facts[i].value));
  sheet_put(sheet, 6, text_format(sheet->out.arena,
                                  "For example %.*s. There it is: %.*s.",
                                  TEXT_ARG(buffer_text(&out)),
                                  TEXT_ARG(words_verdict(
                                      (Verdict)witness->verdict))));
}

static void put_region(Sheet *sheet, const Finding *finding,
                       const Region *region)
{
  Arena *arena = sheet->out.arena;
  Buffer out = {.arena = arena};
  buffer_put(&out, region->words);
  if (region->count) {
    Limb *space = ARENA_ARRAY(arena, finding->limbs, Limb);
    buffer_put_c(&out, ": ");
    if (finding->all) {
      natural_print_percent(&out, region->count, finding->all,
                            finding->limbs);
      buffer_put_c(&out, ", ");
    }
    natural_print(&out, region->count, space, finding->limbs);
  }
  if (!text_is_none(region->cause)) {
    buffer_put_c(&out, "; ");
    buffer_put(&out, region->cause);
  }
  sheet_item(sheet, 4, "- ", buffer_text(&out));
  put_witness(sheet, &region->witness);
}

static void put_finding(Sheet *sheet, const Finding *finding)
{
  sheet_item(sheet, 2, "- ", finding->message);
  for (uint32_t i = 0; i < finding->regions.count; i++)
    put_region(sheet, finding, &finding->regions.at[i]);
  for (uint32_t i = 0; i < finding->witnesses.count; i++)
    put_witness(sheet, &finding->witnesses.at[i]);
  if (!text_is_none(finding->help)) sheet_put(sheet, 4, finding->help);
}

static void put_summary(Sheet *sheet, const Audit *audit,
                        const BoundaryAudit *one)
{
  Arena *arena = sheet->out.arena;
  Text name = image_text(audit->image,
                         audit->image->boundaries.at[one->boundary].name);
  sheet_heading(sheet, text_format(arena, "Boundary %.*s", TEXT_ARG(name)));
  if (!one->counted) {
    sheet_put(sheet, 2, TEXT("Not counted."));
    return;
  }
  for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
    Buffer out = {.arena = arena};
    buffer_put(&out, words_verdict((Verdict)v));
    buffer_put_c(&out, ": ");
    natural_print_percent(&out, one->counts[v], one->all, one->space.limbs);
    buffer_put_c(&out, " (");
    Limb *space = ARENA_ARRAY(arena, one->space.limbs, Limb);
    natural_print(&out, one->counts[v], space, one->space.limbs);
    buffer_put_c(&out, ")");
    sheet_put(sheet, 2, buffer_text(&out));
  }
}

static void put_findings(Sheet *sheet, const Audit *audit)
{
  for (int kind = 0; kind < FINDING_COUNT; kind++) {
    bool first = true;
    for (uint32_t i = 0; i < audit->findings.count; i++) {
      if (audit->findings.at[i].kind != (FindingKind)kind) continue;
      if (first) sheet_heading(sheet, finding_title((FindingKind)kind));
      first = false;
      put_finding(sheet, &audit->findings.at[i]);
    }
  }
}

void audit_report_text(Arena *arena, const Audit *audit, bool color)
{
  Sheet sheet = sheet_make(arena, color);
  for (uint32_t i = 0; i < audit->boundary_count; i++)
    put_summary(&sheet, audit, &audit->boundaries[i]);
  put_findings(&sheet, audit);
  fwrite(sheet.out.at ? sheet.out.at : "", 1, sheet.out.length, stdout);
}

static void put_count(Buffer *out, const BoundaryDiff *one, const Limb *count)
{
  Limb *space = ARENA_ARRAY(out->arena, one->space.limbs, Limb);
  natural_print_percent(out, count, one->all, one->space.limbs);
  buffer_put_c(out, " (");
  natural_print(out, count, space, one->space.limbs);
  buffer_put_c(out, " of ");
  natural_print(out, one->all, space, one->space.limbs);
  buffer_put_c(out, ")");
}

static void put_diff_summary(Sheet *sheet, const Diff *diff,
                             const BoundaryDiff *one)
{
  const Image *image = &diff->joined.image;
  Buffer out = {.arena = sheet->out.arena};
  Text name = image_text(image, image->boundaries.at[one->boundary].name);
  buffer_format(&out, "%.*s: ", TEXT_ARG(name));
  if (one->same) {
    buffer_put_c(&out, "no situation changes its guidance. This is proved");
  } else if (!one->counted) {
    buffer_put_c(&out, "what changes was not counted");
  } else {
    buffer_put_c(&out, "the guidance changes in ");
    put_count(&out, one, one->changed);
    buffer_put_c(&out, " of the situations: looser in ");
    put_count(&out, one, one->looser);
    buffer_put_c(&out, ", stricter in ");
    put_count(&out, one, one->stricter);
  }
  buffer_put_c(&out, ".");
  sheet_item(sheet, 2, "- ", buffer_text(&out));
}

void diff_report_text(Arena *arena, const Diff *diff, bool color)
{
  Sheet sheet = sheet_make(arena, color);
  sheet_heading(&sheet, TEXT("What changes"));
  for (uint32_t i = 0; i < diff->boundary_count; i++)
    put_diff_summary(&sheet, diff, &diff->boundaries[i]);
  sheet_item(&sheet, 2, "- ",
             text_format(arena, "Of %u examples and cases, %u get another "
                                "answer.",
                         (unsigned)diff->cases,
                         (unsigned)diff->changed_cases));
  put_findings(&sheet, &diff->audit);
  fwrite(sheet.out.at ? sheet.out.at : "", 1, sheet.out.length, stdout);
}

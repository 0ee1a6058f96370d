#include "cli/audit_report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/words.h"
#include "base/table.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/file_write.h"

/* -------------------------------------------------------------------- order */

static int compare_reported(const void *a, const void *b)
{
  const Finding *x = ((const Reported *)a)->finding;
  const Finding *y = ((const Reported *)b)->finding;
  if (x->level != y->level) return x->level > y->level ? -1 : 1;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  return (x > y) - (x < y); /* as they were found */
}

/* An id that two findings share gets a number behind it. */
static void name_findings(AuditReport *report)
{
  Table ids;
  table_init(&ids, report->arena, (uint64_t)(uintptr_t)report->arena);
  for (uint32_t i = 0; i < report->findings.count; i++) {
    Reported *one = &report->findings.at[i];
    one->id = one->finding->id;
    for (uint32_t n = 2; !table_put(&ids, one->id, i); n++)
      one->id = text_format(report->arena, "%.*s/%u",
                            TEXT_ARG(one->finding->id), (unsigned)n);
  }
}

void audit_report_make(Arena *arena, const Audit *audit, AuditReport *report)
{
  *report = (AuditReport){.arena = arena, .audit = audit};
  for (uint32_t i = 0; i < audit->findings.count; i++) {
    const Finding *finding = &audit->findings.at[i];
    /* One that was being made when the audit had to end. */
    if (text_is_none(finding->message)) continue;
    VEC_ADD(arena, &report->findings)->finding = finding;
    report->levels[finding->level]++;
  }
  if (report->findings.count)
    qsort(report->findings.at, report->findings.count,
          sizeof *report->findings.at, compare_reported);
  name_findings(report);
}

/* ------------------------------------------------------------------ numbers */

Text audit_number(Arena *arena, const Limb *count, uint32_t limbs)
{
  Buffer out = {.arena = arena};
  natural_print(&out, count, ARENA_ARRAY(arena, limbs, Limb), limbs);
  return buffer_text(&out);
}

Text audit_plain_number(Arena *arena, const Limb *count, uint32_t limbs)
{
  Buffer out = {.arena = arena};
  natural_print_plain(&out, count, ARENA_ARRAY(arena, limbs, Limb), limbs);
  return buffer_text(&out);
}

Text audit_percent(Arena *arena, const Limb *count, const Limb *all,
                   uint32_t limbs)
{
  Buffer out = {.arena = arena};
  if (natural_is_zero(all, limbs)) return TEXT("0 %");
  natural_print_percent(&out, count, all, limbs);
  return buffer_text(&out);
}

Text audit_short_percent(Arena *arena, const Limb *count, const Limb *all,
                         uint32_t limbs)
{
  Text long_form = audit_percent(arena, count, all, limbs);
  if (text_equal(long_form, TEXT("less than 0.01 %"))) return TEXT("<0.01 %");
  if (text_equal(long_form, TEXT("over 99.99 %"))) return TEXT(">99.99 %");
  return long_form;
}

/* -------------------------------------------------------------------- words */

Text audit_place_words(const AuditReport *report, const Place *place)
{
  const Image *image = report->audit->image;
  if (!place || place->file >= image->files.count) return TEXT_NONE;
  Text name = image_place_text(image, image->files.at[place->file].name);
  return text_format(report->arena, "%.*s, line %u", TEXT_ARG(name),
                     (unsigned)place->line);
}

Text audit_boundary_name(const AuditReport *report, uint32_t boundary)
{
  const Image *image = report->audit->image;
  if (boundary == NONE) return TEXT_NONE;
  return image_text(image, image->boundaries.at[boundary].name);
}

Text audit_levels_words(const AuditReport *report)
{
  Buffer out = {.arena = report->arena};
  for (int level = LEVEL_ERROR; level >= LEVEL_NOTE; level--) {
    Text name = finding_level_name((FindingLevel)level);
    uint32_t count = report->levels[level];
    const char *join = level == LEVEL_ERROR  ? ""
                       : level == LEVEL_NOTE ? " and "
                                             : ", ";
    if (count)
      buffer_format(&out, "%s%u %.*s%s", join, (unsigned)count,
                    TEXT_ARG(name), count == 1 ? "" : "s");
    else
      buffer_format(&out, "%sno %.*ss", join, TEXT_ARG(name));
  }
  return buffer_text(&out);
}

static Text ended_words(Arena *arena, const char *ended)
{
  const char *why = "as it was stopped (Ctrl-C)";
  if (ended[0] == 't') why = "as the time it was given was over";
  if (ended[0] == 's')
    why = "as the steps it was given were used up (see `--steps`)";
  if (ended[0] == 'm') why = "as the memory it was given was used up";
  return text_format(arena,
                     "This was ended early, %s. What is listed was found. "
                     "There may be more.", why);
}

Text audit_ended_words(const AuditReport *report)
{
  if (!report->ended) return TEXT_NONE;
  return ended_words(report->arena, report->ended);
}

void audit_tell_ended(Audit *audit, const char *ended)
{
  if (ended)
    audit_not_proved(audit, NONE, TEXT("ended-early"),
                     ended_words(audit->arena, ended));
}

/* Is something in the boundary too large to look at, however many steps there
 * are? */
static bool is_too_large(const AuditReport *report, uint32_t boundary)
{
  for (uint32_t i = 0; i < report->audit->boundary_count; i++) {
    const BoundaryAudit *one = &report->audit->boundaries[i];
    if (one->boundary == boundary)
      return one->space.too_large || !one->chart.whole;
  }
  return false;
}

Text audit_not_proved_words(const AuditReport *report, const Finding *finding)
{
  if (report->ended)
    return TEXT("Not proved: it was ended before all of it was looked at.");
  if (is_too_large(report, finding->boundary))
    return TEXT("Not proved: there is too much to look at all of it.");
  return text_format(report->arena,
                     "Not proved: not all of it was looked at within %" PRIu64
                     " steps. `--steps` gives it more.",
                     report->audit->options.steps_most);
}

Text audit_example_words(const AuditReport *report, const Witness *witness)
{
  Text after = words_verdict((Verdict)witness->verdict);
  const char *whole = witness->whole ? "" : " (its records are left out)";
  if (!report->diff)
    return text_format(report->arena,
                       "For example%s, with this it is \"%.*s\":", whole,
                       TEXT_ARG(after));
  return text_format(report->arena,
                     "For example%s, with this it was \"%.*s\" and is "
                     "\"%.*s\":", whole,
                     TEXT_ARG(words_verdict((Verdict)witness->before)),
                     TEXT_ARG(after));
}

/* -------------------------------------------------------------------- forms */

static void put_json(Buffer *out, json_t *json)
{
  char *text = json_dumps(json, JSON_INDENT(2));
  json_decref(json);
  if (!text) arena_escape(out->arena);
  buffer_put_c(out, text);
  buffer_put_char(out, '\n');
  free(text);
}

void audit_report_put(const AuditReport *report, uint32_t format, bool color,
                      Buffer *out)
{
  switch (format) {
  case AUDIT_JSON: put_json(out, audit_report_json(report)); break;
  case AUDIT_SARIF: put_json(out, audit_report_sarif(report)); break;
  case AUDIT_CSV: audit_report_csv(report, out); break;
  case AUDIT_CSV_REGIONS: audit_report_csv_regions(report, out); break;
  case AUDIT_HTML: audit_report_html(report, out); break;
  case AUDIT_TEXT:
  default: audit_report_text(report, out, color); break;
  }
}

int audit_report_write(const AuditReport *report, uint32_t format,
                       uint32_t color, const char *path)
{
  Buffer out = {.arena = report->arena};
  audit_report_put(report, format, !path && report_color(color, STDOUT_FILENO),
                   &out);
  if (file_write(report->arena, path ? path : "-", buffer_text(&out)))
    return EXIT_DONE;
  int reason = errno;
  Text name = utf8_safe(report->arena, text_of(path ? path : "-"), false);
  fprintf(stderr, "stile: `%.*s` cannot be written: %s.\n", TEXT_ARG(name),
          strerror(reason));
  return EXIT_MACHINE;
}

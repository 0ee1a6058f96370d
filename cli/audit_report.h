/* The report of an audit, or of a comparison of two policies: one list of
 * findings, in the forms that people and programs read.
 *
 *   audit_report_make     orders the findings and gives each an id of its own
 *   audit_report_text     and the other forms print it into a buffer
 *
 * All forms follow the table of kinds (audit/findings.def); none of them knows
 * a kind by name.
 */
#ifndef STILE_CLI_AUDIT_REPORT_H
#define STILE_CLI_AUDIT_REPORT_H

#include "audit/diff.h"
#include "audit/map.h"
#include "cli/page.h"
#include "cli/report.h"

/* What an earlier report says of a finding. */
typedef enum Since {
  SINCE_UNSAID, /* there is no earlier report */
  SINCE_NEW, SINCE_CHANGED, SINCE_SAME
} Since;

typedef struct Reported {
  const Finding *finding;
  Text id;           /* no other finding of the report has it */
  Since since;
  Text count_before; /* SINCE_CHANGED: how many situations it was */
} Reported;

typedef struct AuditReport {
  Arena *arena;
  const Audit *audit;   /* the findings, and the image that they name */
  const Diff *diff;     /* NULL: the audit of one policy */
  const char *policy_path;
  bool all;             /* as text: everything, not the first of each kind */
  const char *ended;    /* early: "time", "steps", "memory" or "interrupt" */
  BoundaryMap *maps;    /* for each of the audit's boundaries; or NULL */
  Vec(Reported) findings; /* errors first; those of one kind together */
  uint32_t levels[LEVEL_ERROR + 1]; /* how many of each */
  const struct Baseline *baseline;  /* an earlier report; or NULL */
  /* Coverage of the rules by examples and by real use, where it was asked for:
   * blocks that start with a BLOCK_HEADING, and the same for programs. */
  const Page *coverage;
  json_t *coverage_json;
} AuditReport;

/* Adds a finding that it was ended early, if it was, so that no form of the
 * report looks like a whole one. */
void audit_tell_ended(Audit *audit, const char *ended);
/* Lists the audit's findings.  The other members are the caller's to set. */
void audit_report_make(Arena *arena, const Audit *audit, AuditReport *report);

void audit_report_text(const AuditReport *report, Buffer *out, bool color);
void audit_report_html(const AuditReport *report, Buffer *out);
void audit_report_csv(const AuditReport *report, Buffer *out);
/* A row for each region and each further example. */
void audit_report_csv_regions(const AuditReport *report, Buffer *out);
json_t *audit_report_json(const AuditReport *report);
json_t *audit_report_sarif(const AuditReport *report);

/* The parts that an audit and a comparison share. */
json_t *audit_findings_json(const AuditReport *report);
json_t *audit_witness_json(const AuditReport *report, const Witness *witness,
                           uint32_t boundary);
/* The situation as YAML, a line for each dimension, each after `indent`
 * blanks. */
Text audit_witness_yaml(const AuditReport *report, const Witness *witness,
                        uint32_t boundary, uint32_t indent);

/* "1,234"; "1234"; "12.5 %"; "12/96". */
Text audit_number(Arena *arena, const Limb *count, uint32_t limbs);
Text audit_plain_number(Arena *arena, const Limb *count, uint32_t limbs);
Text audit_percent(Arena *arena, const Limb *count, const Limb *all,
                   uint32_t limbs);
/* "<0.01 %" for tables. */
Text audit_short_percent(Arena *arena, const Limb *count, const Limb *all,
                         uint32_t limbs);
/* "gifts.stile, line 53"; none if it is not known. */
Text audit_place_words(const AuditReport *report, const Place *place);
Text audit_boundary_name(const AuditReport *report, uint32_t boundary);
/* "2 errors, 1 warning and 3 notes" */
Text audit_levels_words(const AuditReport *report);
/* Why it was ended early; none if it was not. */
Text audit_ended_words(const AuditReport *report);
/* What is said of a finding that is not proved. */
Text audit_not_proved_words(const AuditReport *report, const Finding *finding);
/* "For example, here the guidance is hold:" */
Text audit_example_words(const AuditReport *report, const Witness *witness);

/* Tables of the boundaries' shares.  (audit_shares.c) */
Ledger *audit_share_table(const AuditReport *report);
/* The same, of the situations without a `never`; NULL: no boundary has one. */
Ledger *audit_open_table(const AuditReport *report);
Ledger *audit_harm_table(const AuditReport *report);
/* The map of one boundary, in letters or in words; NULL if there is none. */
Ledger *audit_map_table(const AuditReport *report, uint32_t number,
                        bool letters);
Ledger *audit_facts_table(const AuditReport *report, uint32_t number);
/* Two numbers that a count lies between; null if there is no `least`. */
json_t *audit_between_json(const AuditReport *report, const Limb *least,
                           const Limb *most, uint32_t limbs);
json_t *audit_boundaries_json(const AuditReport *report);

/* What a comparison says of each boundary; no items for an audit. */
void audit_put_changes(const AuditReport *report, Page *page);
json_t *audit_changes_json(const AuditReport *report); /* of a comparison */

/* The forms, in the order of --format. */
#define AUDIT_FORMATS "text|json|sarif|csv|csv-regions|html"
enum {
  AUDIT_TEXT, AUDIT_JSON, AUDIT_SARIF, AUDIT_CSV, AUDIT_CSV_REGIONS, AUDIT_HTML
};
void audit_report_put(const AuditReport *report, uint32_t format, bool color,
                      Buffer *out);
/* Writes it to the file, or to the screen if that is NULL; `color` is the
 * choice of --color.  EXIT_DONE, or EXIT_MACHINE, which it tells. */
int audit_report_write(const AuditReport *report, uint32_t format,
                       uint32_t color, const char *path);

#endif

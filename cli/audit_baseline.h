/* An earlier report, to tell what is new from what was known. */
#ifndef STILE_CLI_AUDIT_BASELINE_H
#define STILE_CLI_AUDIT_BASELINE_H

#include "base/table.h"
#include "cli/audit_report.h"

typedef struct BaselineFinding {
  Text id, kind, level, message, boundary, count;
  bool met; /* the new report has it too */
} BaselineFinding;

typedef struct Baseline {
  Text name, version, day; /* of the policy then, and the day looked at */
  bool same_policy;  /* its name is that of the policy now */
  bool comparable;   /* false: one of the two was ended early, so nothing is
                        said of what is gone */
  Vec(BaselineFinding) findings;
  Table ids;
  uint32_t fresh, changed, same, gone;
} Baseline;

/* Reads what `stile audit --format json` has written.  Says on stderr what is
 * wrong with it and gives an exit status; EXIT_DONE if it is fine. */
int baseline_read(Arena *arena, const char *path, Baseline *baseline);

/* Compares by id: sets `since` of the report's findings, and the counts. */
void baseline_compare(Baseline *baseline, AuditReport *report);

/* In words; as JSON; what is gone as SARIF results. */
void baseline_put(const AuditReport *report, Page *page);
json_t *baseline_json(const AuditReport *report);
void baseline_put_absent(const AuditReport *report, json_t *results);

#endif

/* The report of an audit, for people and for programs. */
#ifndef STILE_CLI_AUDIT_REPORT_H
#define STILE_CLI_AUDIT_REPORT_H

#include "audit/diff.h"
#include "cli/report.h"
#include "cli/sheet.h"

void audit_report_text(Arena *arena, const Audit *audit, bool color);
json_t *audit_report_json(Arena *arena, const Audit *audit);

void diff_report_text(Arena *arena, const Diff *diff, bool color);
json_t *diff_report_json(Arena *arena, const Diff *diff);

#endif

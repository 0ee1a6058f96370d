/* Coverage, as `stile audit` shows it: by examples and case files, and by real
 * use. */
#ifndef STILE_CLI_AUDIT_COVER_H
#define STILE_CLI_AUDIT_COVER_H

#include "audit/cover.h"
#include "audit/cover_use.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "cli/report.h"
#include "cli/sheet.h"

/* What the command line asks of coverage. */
typedef struct CoverWish {
  bool coverage;       /* by the policy's own examples, at least */
  Words examples;      /* and by these case files */
  const char *ways;    /* combinations of so many facts too */
  const char *cases, *log; /* real use */
  const char *suggest; /* write suggestions to this file */
  const char *most;    /* of these only so many */
  uint32_t ways_number, most_number;
} CoverWish;

typedef struct CoverResult {
  LoadedPolicy *policy;
  Cover cover;
  uint32_t own, given;   /* situations: examples, and of case files */
  Use *uses[2];
  uint32_t use_count;
  Suggestions suggestions;
  const char *suggest;   /* where these went; NULL if not asked for */
} CoverResult;

/* Rows for the table of options. */
#define COVER_OPTIONS(wish)                                                 \
  {.name = "coverage", .flag = &(wish).coverage,                            \
   .help = "what the policy's own examples show of it"},                    \
  {.name = "examples", .value = "CASES.yaml", .words = &(wish).examples,    \
   .help = "and what the situations in this file show"},                    \
  {.name = "ways", .value = "N", .text = &(wish).ways,                      \
   .help = "count combinations of so many facts too, 2 to 6"},              \
  {.name = "cases", .value = "FILE", .text = &(wish).cases,                 \
   .help = "what real cases (CSV or JSON Lines) reach of it"},              \
  {.name = "log", .value = "FILE", .text = &(wish).log,                     \
   .help = "what the answers kept in a log reach of it"},                   \
  {.name = "suggest", .value = "FILE", .text = &(wish).suggest,             \
   .help = "write situations that show the rest, as .yaml or .stile"},       \
  {.name = "most", .value = "N", .text = &(wish).most,                      \
   .help = "of these only the N that show most, 1 to 1000000"}

/* Is any of it asked for? */
bool cover_wished(const CoverWish *wish);
/* Checks the options; OPTIONS_FINE or a status that was told. */
int cover_check(CoverWish *wish);

/* Makes what examples show, and suggestions, as far as the audit's bounds
 * allow.  What is wrong with the files goes to the policy's diagnostics.
 * EXIT_DONE, or why not. */
int cover_collect(Arena *arena, LoadedPolicy *policy, Audit *audit,
                  const CoverWish *wish, CoverResult *result);
/* Reads real use to its end, and writes the suggestions.  Likewise. */
int cover_finish(Arena *arena, Audit *audit, const CoverWish *wish,
                 CoverResult *result);

void cover_text(Sheet *sheet, const CoverResult *result);
void cover_print(Arena *arena, const CoverResult *result, bool color);
json_t *cover_json(Arena *arena, const CoverResult *result);

/* Real use, read by the other commands' own readers. */
int use_read_cases(Arena *arena, const char *path, LoadedPolicy *policy,
                   Audit *audit, Use *use);
int use_read_log(Arena *arena, const char *path, LoadedPolicy *policy,
                 Audit *audit, Use *use);

/* Writes suggestions as a case file, or (FILE.stile) as examples. */
int suggest_write(Arena *arena, const char *path, const CoverResult *result);

#endif

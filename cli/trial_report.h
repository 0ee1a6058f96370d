/* What `stile test` prints: for people, as TAP, as JUnit's XML, as JSON. */
#ifndef STILE_CLI_TRIAL_REPORT_H
#define STILE_CLI_TRIAL_REPORT_H

#include <jansson.h>
#include "cli/trial.h"

/* The choices of --format, in the order "text|tap|junit|json". */
enum { TRIALS_TEXT, TRIALS_TAP, TRIALS_JUNIT, TRIALS_JSON };

/* Prints everything to stdout.  `diagnostics` is what report_json gives for
 * all the policies together, and is only borrowed; NULL but for JSON. */
void trials_print(Arena *arena, uint32_t format, PolicyTrials *const *all,
                  uint32_t count, bool verbose, json_t *diagnostics);

/* The JSON of it.  (trial_json.c) */
void trials_print_json(Arena *arena, PolicyTrials *const *all, uint32_t count,
                       json_t *diagnostics);

#endif

/* Trials: the examples of a policy and the cases of case files, asked and
 * compared with what they expect, and what they reached of the policy. */
#ifndef STILE_CLI_TRIAL_H
#define STILE_CLI_TRIAL_H

#include "cli/expect.h"
#include "cli/policy_load.h"

typedef enum TrialResult {
  TRIAL_PASSED,
  TRIAL_FAILED,
  TRIAL_SKIPPED /* it expects nothing */
} TrialResult;

typedef struct Trial {
  Text title;
  Text file; /* where it stands; none if the image has no places */
  uint32_t line, column;
  bool is_case; /* from a case file, not an example */
  TrialResult result;
  Faults faults;
} Trial;

/* What the trials of a policy reached: 1 for each thing that was reached. */
typedef struct Coverage {
  uint8_t *boundaries; /* it was asked about */
  uint8_t *rules;      /* it was in force */
  uint8_t *duties;     /* it stood */
  bool verdicts[VERDICT_COUNT]; /* it was the settled answer */
} Coverage;

typedef struct PolicyTrials {
  const char *path; /* as on the command line */
  LoadedPolicy policy;
  bool loaded; /* false: the policy has errors, and no trials */
  Vec(Trial) trials;
  Coverage coverage;
  uint32_t counts[3]; /* by TrialResult */
  uint32_t elsewhere; /* examples of files that it uses: not tried here */
} PolicyTrials;

/* Loads the policy and tries the examples in its main file.  Returns the exit
 * status of loading; what is wrong stands in `out->policy.diagnostics`. */
int trial_policy(Arena *arena, const char *path, const LoadOptions *options,
                 PolicyTrials *out);

/* Tries every case of a case file.  Returns EXIT_DONE, EXIT_MISFIT (a case does
 * not fit the policy) or EXIT_MACHINE. */
int trial_cases(Arena *arena, const char *path, Day today, PolicyTrials *out);

/* How many of `count` marks are 1. */
uint32_t coverage_count(const uint8_t *marks, uint32_t count);

#endif

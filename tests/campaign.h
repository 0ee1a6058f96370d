/* A campaign: random policies, one for each seed, each of them compared with
 * brute force.
 *
 *     NAME [--seed N] [--policies N] [--situations N] [--show N] [--verbose]
 *
 * The same seed gives the same comparisons.
 */
#ifndef STILE_TESTS_CAMPAIGN_H
#define STILE_TESTS_CAMPAIGN_H

#include "base/text.h"

/* The first member of what a test keeps of its run. */
typedef struct Campaign {
  const char *name;
  uint64_t seed;       /* of the first policy */
  uint32_t policies;
  uint32_t situations; /* for each policy; 0: there is no such option */
  uint32_t show;       /* so many differences at most */
  bool verbose;        /* with the policies */
  uint32_t refused;    /* policies that do not compile */
  uint32_t differences;
  /* Compares one policy, in an arena of its own. */
  void (*try_policy)(struct Campaign *campaign, Arena *arena, uint64_t seed);
  void (*summary)(const struct Campaign *campaign);
} Campaign;

/* Reads the options over what the members say, tries all policies and prints
 * the summary.  The exit status: 0, 1 on a difference, 2 wrong use, 4 no
 * memory. */
int campaign_run(Campaign *campaign, int count, char **words);
/* Counts a difference; true if it is to be shown. */
bool campaign_differs(Campaign *campaign);
void campaign_print(Text text);

#endif

#include "tests/campaign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool campaign_differs(Campaign *campaign) {
  return campaign->differences++ < campaign->show;
}

void campaign_print(Text text) {
  fwrite(text.at ? text.at : "", 1, text.length, stdout);
}

static bool read_number(Campaign *campaign, const char *name,
                        const char *value) {
  unsigned long long number = value ? strtoull(value, NULL, 10) : 0;
  if (!value) return false;
  if (strcmp(name, "--seed") == 0)
    campaign->seed = number;
  else if (strcmp(name, "--policies") == 0)
    campaign->policies = (uint32_t)number;
  else if (strcmp(name, "--situations") == 0 && campaign->situations)
    campaign->situations = (uint32_t)number;
  else if (strcmp(name, "--show") == 0)
    campaign->show = (uint32_t)number;
  else
    return false;
  return true;
}

static bool read_options(Campaign *campaign, int count, char **words) {
  for (int i = 1; i < count; i++) {
    if (strcmp(words[i], "--verbose") == 0)
      campaign->verbose = true;
    else if (read_number(campaign, words[i],
                         i + 1 < count ? words[i + 1] : NULL))
      i++;
    else
      return false;
  }
  return true;
}

static void try_policies(Campaign *campaign, jmp_buf *escape) {
  for (uint32_t i = 0; i < campaign->policies; i++) {
    Arena arena;
    arena_init(&arena, &memory_default, 0, escape);
    campaign->try_policy(campaign, &arena, campaign->seed + i);
    arena_clear(&arena);
  }
}

int campaign_run(Campaign *campaign, int count, char **words) {
  jmp_buf escape;
  if (!read_options(campaign, count, words)) {
    fprintf(stderr, "usage: %s [--seed N] [--policies N]%s [--show N] "
                    "[--verbose]\n",
            campaign->name, campaign->situations ? " [--situations N]" : "");
    return 2;
  }
  if (setjmp(escape)) {
    fprintf(stderr, "%s: no memory\n", campaign->name);
    return 4;
  }
  try_policies(campaign, &escape);
  campaign->summary(campaign);
  return campaign->differences ? 1 : 0;
}

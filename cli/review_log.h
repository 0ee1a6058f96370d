/* A review of an answer that was kept in a log: what was known on that day,
 * what the policy of that day said, and what was decided. */
#ifndef STILE_CLI_REVIEW_LOG_H
#define STILE_CLI_REVIEW_LOG_H

#include "cli/log.h"
#include "cli/review.h"

typedef struct KeptWish {
  const char *path; /* of the log */
  const char *id;   /* of the entry */
  const char *as_of; /* the day of looking back; NULL: the day that was asked
                        about */
  uint32_t format, color;
} KeptWish;

typedef struct Kept {
  Image image;       /* the policy of that day */
  Situation then;    /* as it was known, for that policy */
  Answer answer;     /* what that policy said, with the work of that day */
  Situation now;     /* the same for today's policy */
  Lines left_out;    /* what does not fit today's policy */
  KeptDecisions decisions;
} Kept;

/* Reads the entry; `image` is today's policy.  EXIT_DONE, or a status that was
 * told. */
int review_from_log(Arena *arena, const KeptWish *wish, const Image *image,
                    Kept *kept);

#endif

#include "cli/batch_progress.h"

#include <inttypes.h>

enum { BAR = 30 };

void batch_progress(const BatchRun *run)
{
  char bar[BAR + 1] = {0};
  uint64_t cases = run->numbers[COUNTED_CASES];
  if (!run->plan->progress) return;
  if (!run->file->size) {
    fprintf(stderr, "\r%" PRIu64 " cases", cases);
    return;
  }
  uint64_t share = run->file->taken * 100 / run->file->size;
  if (share > 100) share = 100;
  for (uint64_t i = 0; i < BAR; i++)
    bar[i] = i * 100 < share * BAR ? '#' : '.';
  fprintf(stderr, "\r[%s] %3" PRIu64 " %%  %" PRIu64 " cases", bar, share,
          cases);
}

void batch_progress_clear(const BatchRun *run)
{
  if (run->plan->progress)
    fputs("\r                                                            \r",
          stderr);
}

/* A bar on a terminal while cases are answered. */
#ifndef STILE_CLI_BATCH_PROGRESS_H
#define STILE_CLI_BATCH_PROGRESS_H

#include "cli/batch_work.h"

/* Draws how far it has come; nothing where no terminal looks on. */
void batch_progress(const BatchRun *run);
/* Takes the bar away, before something else is told. */
void batch_progress_clear(const BatchRun *run);

#endif

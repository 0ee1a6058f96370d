/* Errors and warnings as SARIF 2.1.0, which code review tools read. */
#ifndef STILE_CLI_SARIF_H
#define STILE_CLI_SARIF_H

#include <jansson.h>
#include "base/text.h"

/* A whole log from what report_json gives; the result is the caller's. */
json_t *sarif_make(Arena *arena, const json_t *report);

#endif

/* Errors, warnings and findings as SARIF 2.1.0, for tools of code review. */
#ifndef STILE_CLI_SARIF_H
#define STILE_CLI_SARIF_H

#include <jansson.h>
#include "base/text.h"

/* A whole log from what report_json gives; the result is the caller's. */
json_t *sarif_make(Arena *arena, const json_t *report);

/* The same from rules and results, which become its own. */
json_t *sarif_log(json_t *rules, json_t *results);
/* Of what has "file", "line" and "column"; NULL if there is no file. */
json_t *sarif_location(Arena *arena, const json_t *at);
/* Of what has "message" and perhaps "help". */
json_t *sarif_message(const json_t *one);

#endif

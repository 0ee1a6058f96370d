/* Errors and warnings, for people and for programs. */
#ifndef STILE_CLI_REPORT_H
#define STILE_CLI_REPORT_H

#include <jansson.h>
#include "base/calendar.h"
#include "base/diagnostic.h"

/* The choices of --color, in the order "auto|always|never". */
enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Is colour wanted on file descriptor `fd`?  NO_COLOR and TERM count. */
bool report_color(uint32_t choice, int fd);

/* As text to stderr, in order of place; nothing if there are none. */
void report_text(Arena *arena, const Sources *sources, Diagnostics *all,
                 bool color);

/* {"errors": [...], "warnings": [...]}, in order of place. */
json_t *report_json(Arena *arena, const Sources *sources, Diagnostics *all);

/* Puts the errors and warnings of `one` after those of `all`, and gives `one`
 * back. */
void report_join(json_t *all, json_t *one);

/* As text to stderr, or as JSON to stdout. */
void report_print(Arena *arena, const Sources *sources, Diagnostics *all,
                  bool json, bool color);

/* Today in the machine's time zone. */
Day report_today(void);

/* A text as a JSON string; null for none. */
json_t *json_text(Arena *arena, Text text);

/* Prints with 2-space indent and a line feed to stdout; gives `json` back. */
void json_print(json_t *json);

#endif

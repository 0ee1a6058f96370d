/* An answer as JSON: docs/answer-json.md is its table of keys. */
#ifndef STILE_CLI_ANSWER_JSON_H
#define STILE_CLI_ANSWER_JSON_H

#include <jansson.h>

#include "cli/answer_view.h"

/* The whole answer; every key is always there, in a fixed order. */
json_t *answer_json(const View *view);

/* {"state", "rules", "act"}: also given when no boundary was named. */
json_t *answer_emergency_json(const View *view);

/* {"verdict", "set"} */
json_t *answer_change_json(const View *view, const Change *change);

/* ---- parts, in answer_rules_json.c */

/* A rule with its standing and condition. */
json_t *answer_rule_json(const View *view, uint32_t rule);
/* {"file", "line", "column"}; null without a place. */
json_t *answer_place_json(const View *view, const Place *place);
/* The texts of one kind of line, as a list. */
json_t *answer_lines_json(const View *view, uint32_t rule, LineKind kind);
json_t *answer_cites_json(const View *view, uint32_t rule);
/* {"need", "n", "of"}; null if nobody is named. */
json_t *answer_who_json(const View *view, uint32_t rule);
/* "true", "false" or "open" */
json_t *answer_truth_json(uint8_t three);
json_t *answer_text_json(const View *view, Text text);

#endif

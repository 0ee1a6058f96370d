/* One rule alone: what it says here, and why it applies or not. */
#ifndef STILE_CLI_ANSWER_RULE_H
#define STILE_CLI_ANSWER_RULE_H

#include "base/diagnostic.h"
#include "cli/answer_json.h"
#include "cli/answer_text.h"

/* The rule called "gifts/small" or, where that is clear, "small".  NONE, with a
 * message at `span`, if there is none or there are several. */
uint32_t answer_find_rule(Arena *arena, const Image *image, Text name,
                          Span span, Diagnostics *diagnostics);

/* After an emergency: the rule's standing, its condition part by part with the
 * facts it met, what set it aside, its reasons and sources. */
void answer_rule(Sheet *sheet, const View *view, uint32_t rule);

/* {"stile", "emergency", "why"} */
json_t *answer_why_json(const View *view, uint32_t rule);

#endif

/* What stands between a situation and a rule, in words and as JSON. */
#ifndef STILE_CLI_ANSWER_WHY_NOT_H
#define STILE_CLI_ANSWER_WHY_NOT_H

#include "cli/answer_json.h"
#include "cli/answer_text.h"
#include "runtime/why_not.h"

/* After an emergency: the rule, and the fewest facts that stand in between. */
void answer_why_not(Sheet *sheet, const View *view, uint32_t rule,
                    const WhyNot *why_not);
/* All smallest sets: docs/answer-json.md has the keys. */
json_t *answer_why_not_json(const View *view, uint32_t rule,
                            const WhyNot *why_not);

#endif

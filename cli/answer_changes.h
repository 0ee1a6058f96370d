/* What would change the guidance, and how a change is said. */
#ifndef STILE_CLI_ANSWER_CHANGES_H
#define STILE_CLI_ANSWER_CHANGES_H

#include "cli/answer_json.h"
#include "cli/answer_text.h"
#include "runtime/every_change.h"

/* After an emergency and the verdict: every smallest change, by the guidance
 * that it leads to.  Milder guidance is told only where talking or agreement
 * leads to it. */
void answer_every_change(Sheet *sheet, const View *view,
                         const EveryChange *every);
/* All of them: {"stile", "emergency", "settled", "verdict", "complete",
 * "not-complete-for", "changes"} */
json_t *answer_every_change_json(const View *view, const EveryChange *every);

/* What a step leads to, in the value's plain words; *without says that it is
 * taken away. */
Text answer_to_words(const View *view, const Step *step, bool *without);
/* Is it talking with someone, or someone's yes? */
bool answer_is_talk(const View *view, const Step *step);

#endif

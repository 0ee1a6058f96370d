/* Two answers side by side: as it is, and as it would be. */
#ifndef STILE_CLI_ANSWER_WHAT_IF_H
#define STILE_CLI_ANSWER_WHAT_IF_H

#include "cli/answer_json.h"
#include "cli/answer_text.h"

/* Two views of one policy and one day; only facts differ. */
typedef struct WhatIf {
  const View *now, *then;
} WhatIf;

/* The facts that differ, both verdicts and second findings, the rules whose
 * standing would be another, and what there would be to do. */
void answer_what_if(Sheet *sheet, const WhatIf *both);

/* {"stile", "facts", "now", "then", "rules", "duties"}; `now` and `then` are
 * whole answers. */
json_t *answer_what_if_json(const WhatIf *both);

#endif

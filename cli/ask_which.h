/* What to say when a policy has several boundaries and none is named. */
#ifndef STILE_CLI_ASK_WHICH_H
#define STILE_CLI_ASK_WHICH_H

#include "base/diagnostic.h"
#include "cli/answer_json.h"

/* Tells that one has to be named, and which there are. */
void which_tell(const View *view, Diagnostics *diagnostics);

/* [{"name", "title"}] */
json_t *which_json(const View *view);

#endif

/* Every fixed word that an answer says to a person, in one place.
 *
 * cli/wording.def is the table.  Reading age 9 to 12; short sentences; nothing
 * says that the program allows or forbids.
 */
#ifndef STILE_CLI_WORDING_H
#define STILE_CLI_WORDING_H

#include "base/text.h"

typedef enum Wording {
#define WORDING(name, text) WORDING_##name,
#include "cli/wording.def"
#undef WORDING
  WORDING_COUNT
} Wording;

/* The words as they are. */
Text wording(Wording id);
/* With {1} and {2} filled in. */
Text wording_fill(Arena *arena, Wording id, Text one, Text two);
/* One of a run of wordings that follow each other in the table. */
Text wording_of(Wording first, uint32_t offset);

#endif

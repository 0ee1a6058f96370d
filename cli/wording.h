/* Every fixed word that an answer says to a person, in one place.
 *
 * cli/wording.def is the table.  Reading age 9 to 12; short sentences; nothing
 * says that the program allows or forbids.  All of it comes in the language
 * that was chosen (cli/language.h).
 */
#ifndef STILE_CLI_WORDING_H
#define STILE_CLI_WORDING_H

#include "base/calendar.h"
#include "base/number.h"
#include "base/speech.h"

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
/* "2 days": `amount` millionths of the unit, not below 0. */
Text wording_length(Arena *arena, int64_t amount, Unit unit);
/* The unit that a word means in the language spoken, in any of its forms;
 * UNIT_NONE if none. */
Unit wording_unit(Arena *arena, Text word);
/* For the messages of libraries: NULL where English is spoken. */
const Speech *wording_speech(void);

#endif

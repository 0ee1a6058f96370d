/* What the files of the installed interface share.
 *
 * Every object of stile.h starts with an Owner: the arena that holds the
 * object itself and all that it has.  Where an arena has no more memory, it
 * jumps back into the function of the interface, which gives the arena back
 * and returns STILE_NO_MEMORY.
 */
#ifndef STILE_RUNTIME_API_H
#define STILE_RUNTIME_API_H

#include "base/diagnostic.h"
#include "include/stile.h"
#include "runtime/answer.h"
#include "runtime/image_lean.h"

typedef struct Owner {
  Memory memory;
  Arena arena;
  jmp_buf escape;
} Owner;

struct StilePolicy {
  Owner owner;
  LeanImage lean;
};

struct StileSituation {
  Owner owner;
  const StilePolicy *policy;
  Situation situation;
};

struct StileAnswer {
  Owner owner;
  const StilePolicy *policy;
  Day as_of;
  Answer answer;
};

/* The host's memory as the library's; NULL is the C library's. */
Memory api_memory(const StileMemory *memory);

/* An object of `size` bytes, all zero but its owner; NULL without memory. */
void *api_create(const Memory *memory, size_t size);
/* Gives an object and all that it has back. */
void api_destroy(void *object);

/* Sets *result, which may be NULL to ask for nothing, to the diagnostics as
 * messages; to NULL if there are none.  STILE_OK or STILE_NO_MEMORY. */
StileStatus api_messages(const Memory *memory, const Sources *sources,
                         Diagnostics *diagnostics, StileMessages **result);

StileText api_text(Text text);
/* DAY_NONE becomes all zero. */
StileDay api_day(Day day);
/* False if there is no such day. */
bool api_read_day(StileDay day, Day *result);

#endif

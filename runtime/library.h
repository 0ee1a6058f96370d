/* What stands behind the installed header's types.  The compiler's half of the
 * library (compiler/library.c) makes policies too. */
#ifndef STILE_RUNTIME_LIBRARY_H
#define STILE_RUNTIME_LIBRARY_H

#include "base/diagnostic.h"
#include "include/stile.h"
#include "runtime/answer.h"

/* It lives in its own arena. */
struct StilePolicy {
  Arena arena;
  jmp_buf escape;
  StileStatus status;
  Sources sources;
  Diagnostics diagnostics;
  Text bytes; /* the image as bytes; sound when the status is STILE_DONE */
  Image image;
  const char *messages;
};

/* A new policy that is STILE_MACHINE until something better is known; NULL if
 * there is no memory. */
StilePolicy *library_policy_create(void);

/* What the host gets when memory ended on the way. */
StilePolicy *library_no_memory(StilePolicy *policy);

/* Reads and verifies `policy->bytes`; sets the status. */
void library_policy_finish(StilePolicy *policy);

/* All diagnostics as text. */
const char *library_messages(Arena *arena, const Sources *sources,
                             Diagnostics *diagnostics);

#endif

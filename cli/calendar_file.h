/* Duties with a date as a calendar file (RFC 5545). */
#ifndef STILE_CLI_CALENDAR_FILE_H
#define STILE_CLI_CALENDAR_FILE_H

#include "cli/answer_view.h"

/* One all-day event for each duty that stands and is due on a day.  The same
 * answer gives the same bytes; nothing that a person wrote is in them.
 * Returns how many events there are; 0 makes no calendar. */
uint32_t calendar_file(const View *view, Buffer *out);

#endif

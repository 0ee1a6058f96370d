/* Fields of comma-separated values (RFC 4180). */
#ifndef STILE_CLI_CSV_H
#define STILE_CLI_CSV_H

#include "base/text.h"

/* A field, in quotes where it needs them; a comma before it unless it is the
 * first of its line. */
void csv_put(Buffer *out, Text field);
void csv_put_line_end(Buffer *out);

#endif

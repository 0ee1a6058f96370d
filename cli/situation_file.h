/* Writing what is known as a situation file that `stile ask` reads again. */
#ifndef STILE_CLI_SITUATION_FILE_H
#define STILE_CLI_SITUATION_FILE_H

#include "base/text.h"
#include "runtime/situation.h"

/* The situation as YAML.  Free text that is no part of a Situation is not in
 * it. */
void situation_file(const Image *image, const Situation *situation,
                    Buffer *out);
/* A line `key: "text"`, or nothing if there is no text. */
void situation_put_line(Buffer *out, const char *key, Text text);
/* What is given for a fact, as a situation file has it: values by name. */
void situation_given(const Image *image, const Fact *fact,
                     const Given *given, Buffer *out);

#endif

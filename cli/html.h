/* The signs of HTML, so that no text can become a part of a page's build. */
#ifndef STILE_CLI_HTML_H
#define STILE_CLI_HTML_H

#include "base/text.h"

/* Words of a policy or a person, made safe. */
void html_words(Buffer *out, Text text);
/* The words between `start` and `end`, which are put as they are. */
void html_element(Buffer *out, const char *start, Text text, const char *end);
/* The same, with what stands in `backquotes` set as code. */
void html_prose(Buffer *out, const char *start, Text text, const char *end);

#endif

/* Setting words in lines of a given width. */
#ifndef STILE_BASE_WRAP_H
#define STILE_BASE_WRAP_H

#include "base/text.h"

#define WRAP_WIDTH 80

/* Puts the words of `text`, which is safe to print, with one space between and
 * no space or line end after the last.  The line so far has `column` columns;
 * later lines start with `indent` spaces.  A line feed in the text starts a
 * new line.  What stands in `backquotes` stays in one piece if a line can hold
 * it, and so do a number and its percent sign; a word that is too long for a
 * line gets one of its own. */
void wrap_put(Buffer *out, Text text, uint32_t column, uint32_t indent,
              uint32_t width);

#endif

/* Asking for one line: with editing and completion on a terminal, plainly
 * anywhere else.  Nothing is drawn twice, so that a screen reader can follow,
 * and nothing is kept. */
#ifndef STILE_CLI_PROMPT_H
#define STILE_CLI_PROMPT_H

#include <stdio.h>

#include "base/text.h"

typedef struct Prompt Prompt;

/* `out` is where the prompt goes.  Ctrl-C ends the line that is read, and those
 * after it. */
Prompt *prompt_open(Arena *arena, FILE *out);
void prompt_close(Prompt *prompt);

/* Reads a line, without its end and the blanks around it; false at the end of
 * what is typed.  `words` complete a word where there is an editor; they are
 * borrowed until the next line. */
bool prompt_line(Prompt *prompt, const Text *words, uint32_t count,
                 Text *line);

#endif

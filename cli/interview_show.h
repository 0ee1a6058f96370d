/* What the interview prints: questions, what is known, how settled it is. */
#ifndef STILE_CLI_INTERVIEW_SHOW_H
#define STILE_CLI_INTERVIEW_SHOW_H

#include <stdio.h>

#include "base/diagnostic.h"
#include "cli/answer_view.h"

/* A paragraph after an empty line. */
void show_text(Arena *arena, FILE *out, Text text);
/* What was wrong with an answer, and how to mend it. */
void show_mistakes(const View *view, FILE *out, uint32_t fact,
                   const Diagnostics *wrong);
/* What to do in an emergency that is there. */
void show_acts(const View *view, FILE *out);

/* A fact's question with the answers to choose from.  Returns how many words
 * complete an answer, with them in *words. */
uint32_t show_question(const View *view, FILE *out, uint32_t fact,
                       Text **words);
/* A fact's help text and how an answer is written. */
void show_help(const View *view, FILE *out, uint32_t fact);
/* The boundaries with their numbers; *names has their names. */
uint32_t show_boundaries(Arena *arena, const Image *image, FILE *out,
                         Text **names);

/* One line: what the guidance can still be, and how many questions are
 * left. */
void show_so_far(const View *view, FILE *out, uint32_t left);
/* That, and all that was said, numbered. */
void show_known(const View *view, FILE *out, uint32_t left);
/* The given fact of that number in show_known's list; NONE if none. */
uint32_t show_known_fact(const Image *image, const Situation *situation,
                         Text number);
/* "1" to "COUNT" as 0 to COUNT - 1; else NONE. */
uint32_t show_numbered(Text typed, uint32_t count);

#endif

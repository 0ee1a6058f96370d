/* The interview: one plain question at a time, until nothing left can change
 * the guidance (runtime/telling.h has the order). */
#ifndef STILE_CLI_INTERVIEW_H
#define STILE_CLI_INTERVIEW_H

#include <stdio.h>

#include "cli/prompt.h"
#include "runtime/telling.h"

typedef struct InterviewInput {
  const Image *image;
  const char *save; /* where to save; NULL: nowhere */
  uint64_t budget;
  FILE *out;        /* what is asked goes there */
} InterviewInput;

/* Asks about the situation and puts in what is said, `boundary` as well if
 * it is not known.  False if a file was to be saved and could not be: that has
 * been told. */
bool interview(Arena *arena, const InterviewInput *input,
               Situation *situation);

/* What a person typed for a fact, as given_read reads it: numbers of choices,
 * plain words of values, "or" and "and" become names and commas. */
Text interview_answer(Arena *arena, const Image *image, uint32_t fact,
                      Text typed);

#endif

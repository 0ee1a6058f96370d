/* A policy seen both ways: as the reference's trees and as a verified image,
 * with what belongs together. */
#ifndef STILE_TESTS_REFERENCE_SUBJECT_H
#define STILE_TESTS_REFERENCE_SUBJECT_H

#include "compiler/compile.h"
#include "runtime/image_file.h"
#include "tests/reference/generate.h"

typedef struct Subject {
  Sources sources;
  Diagnostics diagnostics;
  Image image;
  RefPolicy policy;
  uint32_t *facts;      /* the image's number of each of the reference's */
  uint32_t *rules;
  uint32_t *boundaries;
  Text problem;         /* why there is no subject */
} Subject;

/* Compiles, writes, reads back, and parses anew for the reference.  False, with
 * `problem` set, if any of it fails. */
bool subject_make(Arena *arena, const Generated *files, Subject *subject);

/* The situation in the image's numbers. */
Situation subject_situation(Arena *arena, const Subject *subject,
                            const Situation *situation);

/* The image's number of duty `duty` of the reference's rule `rule`. */
uint32_t subject_duty(const Subject *subject, uint32_t rule, uint32_t duty);

#endif

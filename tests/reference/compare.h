/* The evaluator's answer against the reference's. */
#ifndef STILE_TESTS_REFERENCE_COMPARE_H
#define STILE_TESTS_REFERENCE_COMPARE_H

#include "tests/reference/changes.h"
#include "tests/reference/random.h"
#include "tests/reference/subject.h"

/* What has been compared. */
typedef struct Tally {
  uint64_t complete;  /* complete situations, against the interpreter */
  uint64_t partial;   /* partial ones, against all completions */
  uint64_t exhausted; /* answers with a small budget, for soundness */
  uint64_t skipped;   /* too many completions */
  uint64_t completions;
  uint64_t why_nots, every_changes; /* compared with all that can be tried */
  uint64_t incomplete;  /* of those, said not to be complete */
} Tally;

/* Asks both.  `budget` 0 compares everything exactly; else only that nothing
 * is claimed that is not so.  Differences are written a line each. */
bool compare_answers(Arena *arena, const Subject *subject,
                     const Situation *situation, uint64_t budget,
                     Tally *tally, Buffer *report);

/* A complete situation against the interpreter alone. */
bool compare_complete(Arena *arena, const Subject *subject,
                      const Situation *situation, Tally *tally,
                      Buffer *report);

/* Decisions by the index against plain evaluation.  (compare_index.c) */
bool compare_index(Arena *arena, const Subject *subject,
                   const Situation *situation, bool complete,
                   Buffer *report);

/* Outcomes brought up to date, change by change, against whole evaluations.
 * (compare_update.c) */
bool compare_update(Arena *arena, const Subject *subject,
                    const Situation *situation, Random *random,
                    Buffer *report);

/* Why rules are not in force, and every change, against all that can be tried.
 * (compare_smallest.c) */
bool compare_smallest(Arena *arena, const Subject *subject,
                      const Situation *situation, Tally *tally,
                      Buffer *report);

/* The situation written as YAML and read again, against itself.
 * (compare_reading.c) */
bool compare_reading(Arena *arena, const Subject *subject,
                     const Situation *situation, Buffer *report);

/* The values that a cell's words stand for; what they leave open stays as it
 * is.  (cell_words.c) */
bool cell_words_read(const RefFact *fact, Text text, ValueSpan *span);

/* Does the listed change name the cell that the move goes to?
 * (cell_words.c) */
bool step_names_move(const RefUniverse *universe, Text to,
                     const RefMove *move, uint64_t members_before);

/* Many situations that go out from these packed values, bit-sliced, against
 * `packed` one by one. */
struct Packed;
bool compare_sliced(Arena *arena, const Image *image, struct Packed *packed,
                    const int64_t *values, const uint64_t *known,
                    Buffer *report);

#endif

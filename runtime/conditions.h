/* The conditions of rules as rows: what an index is made from.
 *
 * Most conditions are a few tests joined by and, or and not.  Such a condition
 * is written out at once: a way through it takes one part of each alternative,
 * and the tests on the way are a row.  The others go through the table of
 * runtime/rows.h, or stay code.
 */
#ifndef STILE_RUNTIME_CONDITIONS_H
#define STILE_RUNTIME_CONDITIONS_H

#include "runtime/outcome.h"
#include "runtime/rows.h"

/* How the condition of a rule gets into the index. */
typedef enum Form {
  FORM_NONE,     /* the rule does not matter here, or cannot apply */
  FORM_LISTED,   /* rows of `literals` */
  FORM_EXPANDED, /* rows of the table */
  FORM_CODED     /* too many of them: it stays code */
} Form;

/* A test that holds, or one that fails. */
typedef uint32_t Literal;
#define LITERAL(test, turned) ((uint32_t)(test) << 1 | (turned))

static inline uint32_t literal_test(Literal literal) { return literal >> 1; }
static inline bool literal_turned(Literal literal) { return literal & 1; }

/* The cells of a test: those from one on, up to another. */
typedef struct TestRun {
  uint32_t variable;
  uint16_t from, to;
  uint8_t cells;   /* TestCells */
  bool in_pieces;  /* then only the grid has its cells */
} TestRun;

typedef struct Conditions {
  const Inquiry *inquiry;
  TestRun *runs;         /* of each test */
  uint8_t *mentioned;    /* of each variable: does a row mention it? */
  uint8_t *forms;        /* of each rule */
  uint32_t *first;       /* of each rule, and past the last: its rows … */
  Vec(uint32_t) ends;    /* … of which each ends here, … */
  Vec(Literal) literals; /* … after those that refute something */
  RowTable table;        /* of the conditions that are expanded */
} Conditions;

/* Reads the conditions of all rules.  They live in `scratch`. */
void conditions_read(Arena *scratch, const Inquiry *inquiry,
                     Conditions *conditions);

/* The register of a rule's condition. */
static inline uint32_t condition_register(const Image *image, uint32_t rule) {
  return image->nodes.at[image->rules.at[rule].condition].reg;
}

/* The rows of a condition that was expanded. */
static inline RowList condition_expanded(const Conditions *conditions,
                                         uint32_t rule) {
  return rows_hold(&conditions->table,
                   condition_register(conditions->inquiry->image, rule));
}

/* How many rows a rule has. */
uint32_t condition_rows(const Conditions *conditions, uint32_t rule);

#endif

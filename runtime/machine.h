/* The machine: runs the code of an image over three-valued registers. */
#ifndef STILE_RUNTIME_MACHINE_H
#define STILE_RUNTIME_MACHINE_H

#include "runtime/grid.h"
#include "runtime/opcode.h"

/* What something may be: yes, no, or either; a register's two bits. */
typedef enum Three { THREE_YES = 1, THREE_NO = 2, THREE_OPEN = 3 } Three;

static inline Three three_not(Three a) {
  return (Three)((a >> 1 | a << 1) & 3);
}
static inline Three three_and(Three a, Three b) {
  return (Three)((a & b & THREE_YES) | ((a | b) & THREE_NO));
}
static inline Three three_or(Three a, Three b) {
  return (Three)(((a | b) & THREE_YES) | (a & b & THREE_NO));
}

/* The instructions that matter for some conditions, and where each register is
 * written. */
typedef struct Program {
  uint32_t *instructions; /* offsets in the code, rising */
  uint32_t count;
  uint32_t *writes; /* for each register, the offset of its instruction */
} Program;

/* Finds the instructions that the marked registers (`wanted[r]` not 0) rest on.
 * `wanted` is changed. */
void program_make(Arena *arena, const Image *image, uint8_t *wanted,
                  Program *program);

/* How many words the instruction at `at` takes. */
static inline uint32_t instruction_length(const uint32_t *at) {
  switch ((Opcode)at[0]) {
  case OP_TEST:
  case OP_NOT:
    return 3;
  case OP_ALL:
  case OP_ANY:
    return 3 + at[2];
  case OP_COUNT:
    return 5 + 2 * at[4];
  }
  return 1;
}

/* The registers that an instruction reads: `count` of them from `at` on, each
 * `stride` words after the one before. */
typedef struct Inputs {
  const uint32_t *at;
  uint32_t count, stride;
} Inputs;

Inputs instruction_inputs(const uint32_t *at);
/* The test of an instruction; NONE if it is not a test. */
uint32_t instruction_test(const uint32_t *at);
/* Does the instruction read a register that is marked? */
bool instruction_uses(const uint32_t *at, const uint8_t *marked);

/* Writes every register of the program: a Three each. */
void machine_run(const Grid *grid, const Program *program, const Cells *cells,
                 uint8_t *registers);

/* What one instruction gives. */
Three machine_step(const Grid *grid, const uint32_t *at, const Cells *cells,
                   const uint8_t *registers);

/* From an open register down to an open test that it rests on.  *turned is
 * flipped at every `not` on the way. */
uint32_t machine_open_test(const Grid *grid, const Program *program,
                           const uint8_t *registers, uint32_t reg,
                           bool *turned);

#endif

#include "runtime/machine.h"

#include "runtime/opcode.h"

/* ---------------------------------------------------------------- programs */

uint32_t instruction_test(const uint32_t *at) {
  return at[0] == OP_TEST ? at[2] : NONE;
}

Inputs instruction_inputs(const uint32_t *at) {
  switch ((Opcode)at[0]) {
  case OP_TEST:
    break;
  case OP_NOT:
    return (Inputs){at + 2, 1, 1};
  case OP_ALL:
  case OP_ANY:
    return (Inputs){at + 3, at[2], 1};
  case OP_COUNT:
    return (Inputs){at + 5, at[4], 2};
  }
  return (Inputs){at, 0, 1};
}

bool instruction_uses(const uint32_t *at, const uint8_t *marked) {
  Inputs inputs = instruction_inputs(at);
  for (uint32_t i = 0; i < inputs.count; i++)
    if (marked[inputs.at[i * inputs.stride]])
      return true;
  return false;
}

static void want_operands(const uint32_t *at, uint8_t *wanted) {
  Inputs inputs = instruction_inputs(at);
  for (uint32_t i = 0; i < inputs.count; i++)
    wanted[inputs.at[i * inputs.stride]] = 1;
}

void program_make(Arena *arena, const Image *image, uint8_t *wanted,
                  Program *program) {
  uint32_t registers = image->policy.at[0].registers;
  const uint32_t *code = image->code.at;
  uint32_t *offsets = ARENA_ARRAY(arena, registers + 1, uint32_t);
  program->writes = ARENA_ARRAY(arena, registers + 1, uint32_t);
  program->count = 0;
  uint32_t count = 0;
  for (uint32_t at = 0; at < image->code.count;
       at += instruction_length(code + at)) {
    offsets[count++] = at;
    program->writes[code[at + 1]] = at;
  }
  for (uint32_t i = count; i-- > 0;)
    if (wanted[code[offsets[i] + 1]])
      want_operands(code + offsets[i], wanted);
  for (uint32_t i = 0; i < count; i++)
    if (wanted[code[offsets[i] + 1]])
      offsets[program->count++] = offsets[i];
  program->instructions = offsets;
}

/* ----------------------------------------------------------------- running */

static Three run_test(const Grid *grid, uint32_t test, const Cells *cells) {
  const GridVariable *variable =
      &grid->variables[grid->image->tests.at[test].variable];
  const uint64_t *mask = grid->masks + grid->mask_at[test];
  const Cells *own = cells + variable->word;
  uint64_t in = 0, out = 0;
  for (uint32_t i = 0; i < variable->words; i++) {
    in |= own[i] & mask[i];
    out |= own[i] & ~mask[i];
  }
  return (Three)((in != 0) | (out != 0) << 1);
}

static Three run_all(const uint32_t *at, const uint8_t *registers) {
  unsigned yes = THREE_YES, no = 0;
  for (uint32_t i = 0; i < at[2]; i++) {
    yes &= registers[at[3 + i]];
    no |= registers[at[3 + i]];
  }
  return (Three)((yes & THREE_YES) | (no & THREE_NO));
}

static Three run_any(const uint32_t *at, const uint8_t *registers) {
  unsigned yes = 0, no = THREE_NO;
  for (uint32_t i = 0; i < at[2]; i++) {
    yes |= registers[at[3 + i]];
    no &= registers[at[3 + i]];
  }
  return (Three)((yes & THREE_YES) | (no & THREE_NO));
}

static Three run_count(const uint32_t *at, const uint8_t *registers) {
  uint64_t least = 0, most = 0;
  for (uint32_t i = 0; i < at[4]; i++) {
    unsigned value = registers[at[5 + 2 * i]];
    uint32_t weight = at[6 + 2 * i];
    most += value & THREE_YES ? weight : 0;
    least += value & THREE_NO ? 0 : weight;
  }
  if (most < at[2] || least > at[3])
    return THREE_NO;
  return least >= at[2] && most <= at[3] ? THREE_YES : THREE_OPEN;
}

Three machine_step(const Grid *grid, const uint32_t *at, const Cells *cells,
                   const uint8_t *registers) {
  switch ((Opcode)at[0]) {
  case OP_TEST:
    return run_test(grid, at[2], cells);
  case OP_NOT:
    return three_not((Three)registers[at[2]]);
  case OP_ALL:
    return run_all(at, registers);
  case OP_ANY:
    return run_any(at, registers);
  case OP_COUNT:
    return run_count(at, registers);
  }
  return THREE_OPEN;
}

void machine_run(const Grid *grid, const Program *program, const Cells *cells,
                 uint8_t *registers) {
  const uint32_t *code = grid->image->code.at;
  for (uint32_t i = 0; i < program->count; i++) {
    const uint32_t *at = code + program->instructions[i];
    registers[at[1]] = (uint8_t)machine_step(grid, at, cells, registers);
  }
}

/* The first open register that an instruction reads, or the last. */
static uint32_t open_operand(Inputs inputs, const uint8_t *registers) {
  for (uint32_t i = 0; i + 1 < inputs.count; i++)
    if (registers[inputs.at[i * inputs.stride]] == THREE_OPEN)
      return inputs.at[i * inputs.stride];
  return inputs.at[(inputs.count - 1) * inputs.stride];
}

uint32_t machine_open_test(const Grid *grid, const Program *program,
                           const uint8_t *registers, uint32_t reg,
                           bool *turned) {
  const uint32_t *at = grid->image->code.at + program->writes[reg];
  while (at[0] != OP_TEST) {
    if (at[0] == OP_NOT) *turned = !*turned;
    reg = open_operand(instruction_inputs(at), registers);
    at = grid->image->code.at + program->writes[reg];
  }
  return at[2];
}

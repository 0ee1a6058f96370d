/* The instructions of the machine as a table, from opcodes.def. */
#ifndef STILE_RUNTIME_OPCODE_H
#define STILE_RUNTIME_OPCODE_H

#include <stdint.h>

typedef enum Opcode {
#define OP(number, NAME, name, operands, gives) NAME = number,
#include "runtime/opcodes.def"
} Opcode;

typedef struct OpcodeInfo {
  uint32_t number;
  const char *name;     /* "test" */
  const char *operands; /* a letter each, see opcodes.def */
} OpcodeInfo;

/* NULL if there is no such instruction. */
const OpcodeInfo *opcode_find(uint32_t number);

#endif

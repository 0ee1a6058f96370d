#include "runtime/opcode.h"

#include <stddef.h>

static const OpcodeInfo opcodes[] = {
#define OP(number, NAME, name, operands, gives) {number, name, operands},
#include "runtime/opcodes.def"
};

const OpcodeInfo *opcode_find(uint32_t number) {
  for (size_t i = 0; i < sizeof opcodes / sizeof opcodes[0]; i++)
    if (opcodes[i].number == number) return &opcodes[i];
  return NULL;
}

/* The code: known instructions, operands that exist, every register written
 * once and before it is read. */
#include "runtime/opcode.h"
#include "runtime/verify.h"

#define WEIGHTS_MOST 1000000000 /* of one instruction, together */

typedef struct Walk {
  const Verifier *verifier;
  const OpcodeInfo *opcode;
  const uint32_t *code;
  uint32_t count;    /* of its words */
  uint32_t registers;
  uint32_t at;       /* the word that is looked at */
  uint8_t *written;  /* for each register */
  uint32_t target;   /* the register that the instruction writes */
  uint32_t writes;   /* how many so far */
} Walk;

static bool refuse(const Walk *walk, const char *message) {
  *walk->verifier->fault = (ImageFault){
      E_IMAGE_UNSOUND, image_code_offset(walk->verifier->bytes, walk->at),
      message};
  return false;
}

/* Takes the next word of the code. */
static inline bool take(Walk *walk, uint32_t *word) {
  if (walk->at == walk->count)
    return refuse(walk, "The code ends within an instruction.");
  *word = walk->code[walk->at];
  return true;
}

static bool take_target(Walk *walk) {
  if (!take(walk, &walk->target)) return false;
  if (walk->target >= walk->registers)
    return refuse(walk, "There is no register with this number.");
  if (walk->written[walk->target])
    return refuse(walk, "This register has been written before.");
  walk->at++;
  return true;
}

static inline bool take_register(Walk *walk) {
  uint32_t reg;
  if (!take(walk, &reg)) return false;
  if (reg >= walk->registers || !walk->written[reg])
    return refuse(walk, "This register has not been written yet.");
  walk->at++;
  return true;
}

static bool take_test(Walk *walk) {
  uint32_t test;
  if (!take(walk, &test)) return false;
  if (test >= walk->verifier->image->tests.count)
    return refuse(walk, "There is no test with this number.");
  walk->at++;
  return true;
}

static bool take_number(Walk *walk) {
  uint32_t number;
  if (!take(walk, &number)) return false;
  walk->at++;
  return true;
}

/* A count, then registers; with `weights`, each followed by its weight. */
static bool take_registers(Walk *walk, bool weights) {
  uint32_t count, weight;
  uint64_t sum = 0;
  if (!take(walk, &count)) return false;
  if (count > walk->count - walk->at - 1)
    return refuse(walk, "The code is too short for so many operands.");
  walk->at++;
  for (uint32_t i = 0; i < count; i++) {
    if (!take_register(walk)) return false;
    if (!weights) continue;
    if (!take(walk, &weight)) return false;
    sum += weight;
    if (sum > WEIGHTS_MOST) return refuse(walk, "The weights are too large.");
    walk->at++;
  }
  return true;
}

static bool take_operand(Walk *walk, char letter) {
  switch (letter) {
    case 'd': return take_target(walk);
    case 'r': return take_register(walk);
    case 't': return take_test(walk);
    case 'n': return take_number(walk);
    case '*': return take_registers(walk, false);
    case '#': return take_registers(walk, true);
    default: return refuse(walk, "This operand has no meaning.");
  }
}

/* The two numbers of a count are its least and its most. */
static bool verify_bounds(Walk *walk, uint32_t start) {
  const uint32_t *words = walk->code + start;
  if (walk->opcode->number != OP_COUNT || words[2] <= words[3]) return true;
  walk->at = start + 3;
  return refuse(walk, "The most must not be below the least.");
}

static bool verify_instruction(Walk *walk) {
  uint32_t start = walk->at;
  walk->opcode = opcode_find(walk->code[start]);
  if (!walk->opcode)
    return refuse(walk, "There is no instruction with this number.");
  walk->at++;
  for (const char *letter = walk->opcode->operands; *letter; letter++)
    if (!take_operand(walk, *letter)) return false;
  if (!verify_bounds(walk, start)) return false;
  walk->written[walk->target] = 1;
  walk->writes++;
  return true;
}

bool verify_code(const Verifier *verifier) {
  const Image *image = verifier->image;
  uint32_t registers = image->policy.at[0].registers;
  Walk walk = {.verifier = verifier, .code = image->code.at,
               .count = image->code.count, .registers = registers};
  walk.written = ARENA_ARRAY(verifier->arena, registers, uint8_t);
  while (walk.at < walk.count)
    if (!verify_instruction(&walk)) return false;
  if (walk.writes != registers)
    return verify_refuse(verifier, LIST_policy, 0, Policy_registers,
                         "The code does not write every register.");
  return true;
}

#include "runtime/image_block.h"

#include <string.h>

static void read_wide(const Block *block, uint32_t at, const Plan *plan) {
  for (uint32_t i = 0; i < block->count; i++) {
    const char *from = block->from + at + (size_t)i * block->stride;
    uint64_t bits = image_word(from) | (uint64_t)image_word(from + 4) << 32;
    memcpy(block->to + plan->at + (size_t)i * block->size, &bits, sizeof bits);
  }
}

/* True if each is fine; so below. */
static bool read_range(const Block *block, uint32_t at, const Plan *plan) {
  uint32_t bound = plan->bound, wrong = 0;
  for (uint32_t i = 0; i < block->count; i++) {
    const char *from = block->from + at + (size_t)i * block->stride;
    Range range = {image_word(from), image_word(from + 4)};
    memcpy(block->to + plan->at + (size_t)i * block->size, &range,
           sizeof range);
    wrong |= range.first > bound;
    wrong |= range.count > bound - range.first;
  }
  return !wrong;
}

static bool read_one(const Block *block, uint32_t at, const Plan *plan) {
  uint32_t bias = plan->bias, bound = plan->bound, wrong = 0;
  for (uint32_t i = 0; i < block->count; i++) {
    uint32_t word = image_word(block->from + at + (size_t)i * block->stride);
    memcpy(block->to + plan->at + (size_t)i * block->size, &word,
           sizeof word);
    wrong |= word + bias >= bound;
  }
  return !wrong;
}

uint32_t image_block_read(const Block *block, const Plan *plans,
                          uint32_t fields) {
  uint32_t at = 0;
  for (const Plan *plan = plans; plan < plans + fields; plan++) {
    bool wide = plan->kind == FIELD_WIDE, fine = true;
    if (wide)
      read_wide(block, at, plan);
    else if (plan->kind == FIELD_RANGE)
      fine = read_range(block, at, plan);
    else
      fine = read_one(block, at, plan);
    if (!fine) return (uint32_t)(plan - plans);
    at += wide || plan->kind == FIELD_RANGE ? 8 : 4;
  }
  return NONE;
}

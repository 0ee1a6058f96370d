/* Runs a fuzzer on files, and on each of them cut short and with single bytes
 * changed: what a build without libFuzzer can do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

#define BYTES_MOST (4u << 20)
#define CHANGES 200

static uint8_t bytes[BYTES_MOST];

/* The same numbers on every machine (a 32-bit xorshift). */
static uint32_t next_number(uint32_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

/* A copy of exactly this size, so that reading past its end is seen. */
static void run(const uint8_t *from, size_t length)
{
  uint8_t *copy = malloc(length ? length : 1);
  if (!copy) exit(4);
  memcpy(copy, from, length);
  LLVMFuzzerTestOneInput(copy, length);
  free(copy);
}

static void run_changed(size_t length)
{
  uint32_t state = 2463534242u;
  for (int i = 0; i < CHANGES && length; i++) {
    size_t place = next_number(&state) % length;
    uint8_t kept = bytes[place];
    bytes[place] = (uint8_t)next_number(&state);
    run(bytes, length);
    bytes[place] = kept;
    run(bytes, place);
  }
}

int main(int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    FILE *file = fopen(argv[i], "rb");
    if (!file) return 4;
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    run(bytes, length);
    run_changed(length);
  }
  return 0;
}

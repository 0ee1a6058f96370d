/* What every fuzzer offers: libFuzzer calls it, and so does replay.c. */
#ifndef STILE_TESTS_FUZZ_H
#define STILE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#endif

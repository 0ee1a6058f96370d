/* The hash that names a policy: SHA-256 (FIPS 180-4). */
#ifndef STILE_BASE_HASH_H
#define STILE_BASE_HASH_H

#include <nettle/sha2.h>
#include "base/text.h"

#define HASH_SIZE 32

/* A hash in the making. */
typedef struct Hash {
  struct sha256_ctx state;
} Hash;

void hash_init(Hash *hash);
void hash_add(Hash *hash, Text bytes);
void hash_finish(Hash *hash, uint8_t out[HASH_SIZE]);

/* The hash of one run of bytes. */
void hash_sha256(Text bytes, uint8_t out[HASH_SIZE]);
/* As 64 lower-case hexadecimal digits. */
void hash_print(Buffer *out, const uint8_t hash[HASH_SIZE]);

#endif

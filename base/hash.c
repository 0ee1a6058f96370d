#include "base/hash.h"

#include <sodium/crypto_hash_sha256.h>

_Static_assert(HASH_SIZE == crypto_hash_sha256_BYTES, "one size of hash");

void hash_sha256(Text bytes, uint8_t out[HASH_SIZE]) {
  const char *at = bytes.at ? bytes.at : "";

  crypto_hash_sha256(out, (const unsigned char *)at, bytes.length);
}

void hash_print(Buffer *out, const uint8_t hash[HASH_SIZE]) {
  static const char digits[] = "0123456789abcdef";

  for (int i = 0; i < HASH_SIZE; i++) {
    buffer_put_char(out, digits[hash[i] >> 4]);
    buffer_put_char(out, digits[hash[i] & 15]);
  }
}

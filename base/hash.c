#include "base/hash.h"

/* Nettle, because it uses the processor's own instructions: an image is hashed
 * whenever it is loaded. */
_Static_assert(HASH_SIZE == SHA256_DIGEST_SIZE, "one size of hash");

void hash_init(Hash *hash) {
  sha256_init(&hash->state);
}

void hash_add(Hash *hash, Text bytes) {
  if (!bytes.length) return;
  sha256_update(&hash->state, bytes.length, (const uint8_t *)bytes.at);
}

void hash_finish(Hash *hash, uint8_t out[HASH_SIZE]) {
  sha256_digest(&hash->state, HASH_SIZE, out);
}

void hash_sha256(Text bytes, uint8_t out[HASH_SIZE]) {
  Hash hash;

  hash_init(&hash);
  hash_add(&hash, bytes);
  hash_finish(&hash, out);
}

void hash_print(Buffer *out, const uint8_t hash[HASH_SIZE]) {
  static const char digits[] = "0123456789abcdef";

  for (int i = 0; i < HASH_SIZE; i++) {
    buffer_put_char(out, digits[hash[i] >> 4]);
    buffer_put_char(out, digits[hash[i] & 15]);
  }
}

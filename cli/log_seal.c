#include "cli/log_seal.h"

#include <string.h>

#define NONCE crypto_secretbox_NONCEBYTES
#define MAC crypto_secretbox_MACBYTES

bool log_seal_ready(void)
{
  return sodium.sodium_init() >= 0;
}

/* SHA-256(0x02 || salt || plain): `salted` holds the two. */
static void commit(Text salted, uint8_t commitment[HASH_SIZE])
{
  Hash hash;
  hash_init(&hash);
  hash_add(&hash, (Text){"\2", 1});
  hash_add(&hash, salted);
  hash_finish(&hash, commitment);
}

Text log_seal_close(Arena *arena, const uint8_t key[LOG_KEY_SIZE], Text plain,
                    uint8_t commitment[HASH_SIZE])
{
  uint32_t inner = LOG_SALT_SIZE + plain.length;
  uint8_t *salted = arena_make(arena, inner);
  uint32_t length = (uint32_t)(NONCE + MAC) + inner;
  uint8_t *sealed = arena_make(arena, length);
  sodium.randombytes_buf(salted, LOG_SALT_SIZE);
  sodium.randombytes_buf(sealed, NONCE);
  if (plain.length) memcpy(salted + LOG_SALT_SIZE, plain.at, plain.length);
  commit((Text){(char *)salted, inner}, commitment);
  sodium.crypto_secretbox_easy(sealed + NONCE, salted, inner, sealed, key);
  sodium.sodium_memzero(salted, inner);
  return (Text){(char *)sealed, length};
}

bool log_seal_open(Arena *arena, const uint8_t key[LOG_KEY_SIZE], Text sealed,
                   Text *plain, uint8_t commitment[HASH_SIZE])
{
  if (sealed.length < NONCE + MAC + LOG_SALT_SIZE) return false;
  const uint8_t *bytes = (const uint8_t *)sealed.at;
  uint32_t inner = sealed.length - (uint32_t)(NONCE + MAC);
  uint8_t *salted = arena_make(arena, inner + 1);
  if (sodium.crypto_secretbox_open_easy(salted, bytes + NONCE,
                                        sealed.length - NONCE, bytes,
                                        key) != 0)
    return false;
  commit((Text){(char *)salted, inner}, commitment);
  *plain = (Text){(char *)salted + LOG_SALT_SIZE, inner - LOG_SALT_SIZE};
  return true;
}

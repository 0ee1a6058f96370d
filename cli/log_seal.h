/* Sealing what is sensitive: each part of an entry is encrypted under the
 * entry's own key, and the tree holds only a salted commitment to it.
 *
 * The salt is sealed with the part.  So when the key is gone, the commitment
 * says nothing of the part, however few values it could have had. */
#ifndef STILE_CLI_LOG_SEAL_H
#define STILE_CLI_LOG_SEAL_H

#include "base/hash.h"
#include "cli/late.h"

#define LOG_KEY_SIZE crypto_secretbox_KEYBYTES
#define LOG_SALT_SIZE 32u

/* Readies the library, which late_sodium has opened; false if the machine gives
 * no random bytes. */
bool log_seal_ready(void);
/* Seals `plain`: nonce, then the secret box of salt and plain text. */
Text log_seal_close(Arena *arena, const uint8_t key[LOG_KEY_SIZE], Text plain,
                    uint8_t commitment[HASH_SIZE]);
/* Opens it again, with its commitment; false if it was changed or the key is
 * another. */
bool log_seal_open(Arena *arena, const uint8_t key[LOG_KEY_SIZE], Text sealed,
                   Text *plain, uint8_t commitment[HASH_SIZE]);

#endif

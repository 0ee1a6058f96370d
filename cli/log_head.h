/* A signed head of a log: `stile log checkpoint` prints one, to be put where
 * nobody who can change the log can change it. */
#ifndef STILE_CLI_LOG_HEAD_H
#define STILE_CLI_LOG_HEAD_H

#include "cli/log.h"

typedef struct LogHead {
  Text log;
  uint64_t size;
  uint8_t root[HASH_SIZE];
  Text time;
  uint8_t key[crypto_sign_PUBLICKEYBYTES];
} LogHead;

/* Reads a checkpoint and checks its signature; false with why not. */
bool log_head_read(Arena *arena, Text bytes, LogHead *head, Text *why);
/* The key that signs for the log, as a seed: from --key or FILE-sign.  With
 * `make`, made if there is none.  False with why not. */
bool log_head_seed(Log *log, bool make,
                   uint8_t seed[crypto_sign_SEEDBYTES], Text *why);

#endif

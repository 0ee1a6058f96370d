#include "cli/log_head.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/file_read.h"
#include "cli/language.h"
#include "cli/wording.h"

#define KEY_START "stile log key 1\n"
#define HEAD_FILE_MOST (1u << 20)

/* ---------------------------------------------------------------- the key */

static bool read_hex(Text text, uint8_t *out, size_t size)
{
  size_t length = 0;
  return text.length == size * 2 &&
         sodium.sodium_hex2bin(out, size, text.at, text.length, NULL, &length,
                        NULL) == 0 &&
         length == size;
}

static bool read_seed(Arena *arena, const char *path,
                      uint8_t seed[crypto_sign_SEEDBYTES], Text *why)
{
  Text bytes, start = TEXT(KEY_START);
  if (!file_read(arena, path, HEAD_FILE_MOST, &bytes, why)) return false;
  uint32_t most = start.length + crypto_sign_SEEDBYTES * 2;
  *why = language_words("it is not a key that signs for a log");
  return bytes.length >= most && text_starts(bytes, start) &&
         read_hex((Text){bytes.at + start.length, most - start.length}, seed,
                  crypto_sign_SEEDBYTES);
}

static bool fill(int file, Text bytes)
{
  bool fine = write(file, bytes.at, bytes.length) == (ssize_t)bytes.length &&
              fsync(file) == 0;
  return close(file) == 0 && fine;
}

/* Whole or not at all, and never over another one. */
static bool make_seed(Arena *arena, const char *path)
{
  uint8_t seed[crypto_sign_SEEDBYTES];
  sodium.randombytes_buf(seed, sizeof seed);
  Text hex = log_hex(arena, seed, sizeof seed);
  Text bytes = text_format(arena, KEY_START "%.*s\n", TEXT_ARG(hex));
  char *name = arena_make(arena, strlen(path) + 8);
  memcpy(name, path, strlen(path));
  memcpy(name + strlen(path), ".XXXXXX", 8);
  int file = mkstemp(name); /* for its owner alone */
  if (file < 0) return false;
  bool fine = fill(file, bytes);
  if (fine && link(name, path) != 0) fine = errno == EEXIST;
  unlink(name);
  sodium.sodium_memzero(seed, sizeof seed);
  return fine;
}

bool log_head_seed(Log *log, bool make,
                   uint8_t seed[crypto_sign_SEEDBYTES], Text *why)
{
  const char *path = log->key;
  if (!path) path = text_format(log->arena, "%s-sign", log->path).at;
  if (make && access(path, F_OK) != 0 && !make_seed(log->arena, path)) {
    *why = speech_format(log->arena, wording_speech(),
                         "`%s` could not be written: %s", path,
                         language_error(errno));
    return false;
  }
  return read_seed(log->arena, path, seed, why);
}

/* --------------------------------------------------------------- the head */

static Text head_words(Arena *arena, const LogHead *head)
{
  return text_format(
      arena,
      "stile log checkpoint 1\nlog %.*s\nsize %llu\nroot %.*s\ntime %.*s\n"
      "key %.*s\n",
      TEXT_ARG(head->log), (unsigned long long)head->size,
      TEXT_ARG(log_hex(arena, head->root, HASH_SIZE)), TEXT_ARG(head->time),
      TEXT_ARG(log_hex(arena, head->key, sizeof head->key)));
}

/* The rest of the line that starts with `name`; steps past it. */
static Text take(Text *bytes, Text name)
{
  const char *end = bytes->length ? memchr(bytes->at, '\n', bytes->length)
                                  : NULL;
  if (!end || !text_starts(*bytes, name)) return TEXT_NONE;
  uint32_t length = (uint32_t)(end - bytes->at);
  Text rest = {bytes->at + name.length, length - name.length};
  bytes->at += length + 1;
  bytes->length -= length + 1;
  return rest;
}

static bool read_lines(Text bytes, LogHead *head, uint8_t *signature)
{
  int64_t size = -1;
  Text first = take(&bytes, TEXT("stile log checkpoint 1"));
  head->log = take(&bytes, TEXT("log "));
  if (number_read(take(&bytes, TEXT("size ")), &size) != NUMBER_FINE)
    return false;
  Text root = take(&bytes, TEXT("root "));
  head->time = take(&bytes, TEXT("time "));
  Text key = take(&bytes, TEXT("key "));
  Text signed_by = take(&bytes, TEXT("signature "));
  head->size = (uint64_t)(size / NUMBER_ONE);
  return !text_is_none(first) && !first.length && size >= 0 &&
         !text_is_none(head->time) && !text_is_none(head->log) &&
         read_hex(root, head->root, HASH_SIZE) &&
         read_hex(key, head->key, sizeof head->key) &&
         read_hex(signed_by, signature, crypto_sign_BYTES);
}

bool log_head_read(Arena *arena, Text bytes, LogHead *head, Text *why)
{
  uint8_t signature[crypto_sign_BYTES];
  *why = language_words("it is not a checkpoint as `stile log checkpoint` "
                        "prints it");
  if (!read_lines(bytes, head, signature)) return false;
  *why = language_words("its signature does not fit: it was changed");
  Text words = head_words(arena, head);
  return text_starts(bytes, words) &&
         sodium.crypto_sign_verify_detached(
             signature, (const uint8_t *)words.at, words.length,
             head->key) == 0;
}

static Text signed_words(Arena *arena, LogHead *head, const uint8_t *seed)
{
  uint8_t secret[crypto_sign_SECRETKEYBYTES], signature[crypto_sign_BYTES];
  sodium.crypto_sign_seed_keypair(head->key, secret, seed);
  Text words = head_words(arena, head);
  sodium.crypto_sign_detached(signature, NULL, (const uint8_t *)words.at,
                       words.length, secret);
  sodium.sodium_memzero(secret, sizeof secret);
  return text_format(arena, "%.*ssignature %.*s\n", TEXT_ARG(words),
                     TEXT_ARG(log_hex(arena, signature, sizeof signature)));
}

int log_checkpoint(Log *log)
{
  uint8_t seed[crypto_sign_SEEDBYTES];
  Text why;
  if (log->words.count)
    return options_misuse(&command_log, "A checkpoint is of the whole log.");
  int status = log_open_told(log, false);
  if (status != EXIT_DONE) return status;
  if (!log_head_seed(log, true, seed, &why)) {
    diagnostic_error(&log->diagnostics, E_LOG_KEY, (Span){0},
                     "The key cannot be used: %.*s.", TEXT_ARG(why));
    return log_tell(log, EXIT_MACHINE);
  }
  LogHead head = {.log = log->store.id, .size = log->store.tree.size,
                  .time = log_now(log->arena)};
  log_tree_root(&log->store.tree, head.root);
  Text words = signed_words(log->arena, &head, seed);
  sodium.sodium_memzero(seed, sizeof seed);
  fwrite(words.at, 1, words.length, stdout);
  return EXIT_DONE;
}

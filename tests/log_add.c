/* Adds an entry to a log as if it had been kept at another time.
 *
 *   log_add FILE TIME SUBJECT
 */
#include "config.h"

#include <stdio.h>

#include "cli/log.h"

static bool add(LogStore *store, json_t *body, const char *subject)
{
  LogPart part = {"facts", TEXT("{\"context.gift\":\"token\"}")};
  uint64_t id;
  int64_t about;
  if (!log_begin(store)) return false;
  about = log_subject_make(store, text_of(subject));
  return about && log_append(store, body, &part, 1, about, &id) &&
         log_commit(store);
}

int main(int argc, char **argv)
{
  Arena arena;
  jmp_buf escape;
  LogStore store;
  arena_init(&arena, &memory_default, 0, &escape);
  if (setjmp(escape) != 0 || argc != 4) return 2;
  json_t *body = json_pack("{s:s,s:s}", "kind", "asked", "time", argv[2]);
  bool fine = log_open(&arena, argv[1], true, &store) &&
              add(&store, body, argv[3]);
  if (!fine) fprintf(stderr, "log_add: %s\n", store.why.at);
  log_close(&store);
  json_decref(body);
  arena_clear(&arena);
  return fine ? 0 : 1;
}

/* Makes a log long: keeps the answer of its first entry again and again, each
 * time with another name and key, and now and then a decision on it.
 *
 *   log_fill FILE COUNT
 *
 * Afterwards the log has COUNT entries more.  The names are person-0 to
 * person-999; each tenth entry is a decision, and half of them are old.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/log.h"

#define AT_ONCE 1000 /* entries in one transaction */
#define PEOPLE 1000

static const char *const times[] = {"2020-04-01T10:00:00Z",
                                    "2096-04-01T10:00:00Z"};

typedef struct Fill {
  LogStore store;
  LogEntry entry; /* the one that is kept again */
  LogPart parts[2];
} Fill;

static bool read_first(Fill *fill, Arena *arena)
{
  static const char *const names[] = {"answer", "facts"};
  bool fine = log_find(&fill->store, arena, 1, &fill->entry);
  for (uint32_t i = 0; fine && i < 2; i++) {
    fill->parts[i].name = names[i];
    fine = log_part(&fill->store, arena, &fill->entry, names[i],
                    &fill->parts[i].plain) == LOG_PART_FINE;
  }
  return fine;
}

static bool add_again(Fill *fill, const char *time, int64_t subject)
{
  uint64_t id;
  json_object_set_new(fill->entry.json, "time", json_string(time));
  return log_append(&fill->store, fill->entry.json, fill->parts, 2, subject,
                    &id);
}

static bool add_decision(Fill *fill)
{
  uint64_t about = fill->store.tree.size, id;
  LogPart part = {"decision",
                  TEXT("{\"because\":null,\"did\":\"We talked.\"}")};
  json_t *body = json_pack("{s:s,s:s,s:I}", "kind", "decided", "time",
                           "2020-05-01T10:00:00Z", "about", (json_int_t)about);
  int64_t subject = log_subject_of(&fill->store, about);
  bool fine = log_append(&fill->store, body, &part, 1, subject, &id);
  json_decref(body);
  return fine;
}

static bool add_some(Fill *fill, uint64_t from, uint64_t to)
{
  bool fine = log_begin(&fill->store);
  for (uint64_t i = from; fine && i < to; i++) {
    Text name = text_format(fill->store.arena, "person-%u",
                            (unsigned)(i % PEOPLE));
    fine = i % 10 == 9
               ? add_decision(fill)
               : add_again(fill, times[i % 2],
                           log_subject_make(&fill->store, name));
  }
  return fine && log_commit(&fill->store);
}

static bool add_all(Fill *fill, uint64_t count)
{
  Arena *own = fill->store.arena, scratch;
  bool fine = true;
  arena_init(&scratch, own->memory, 0, own->escape);
  fill->store.arena = &scratch;
  for (uint64_t i = 0; fine && i < count; i += AT_ONCE) {
    uint64_t to = i + AT_ONCE < count ? i + AT_ONCE : count;
    fine = add_some(fill, i, to);
    arena_clear(&scratch);
  }
  fill->store.arena = own;
  return fine;
}

int main(int argc, char **argv)
{
  Arena arena;
  jmp_buf escape;
  Fill fill = {0};
  arena_init(&arena, &memory_default, 0, &escape);
  if (setjmp(escape) != 0 || argc != 3) return 2;
  uint64_t count = strtoull(argv[2], NULL, 10);
  bool fine = log_open(&arena, argv[1], true, &fill.store) &&
              read_first(&fill, &arena) && add_all(&fill, count);
  if (!fine) fprintf(stderr, "log_fill: the log was not filled\n");
  log_entry_clear(&fill.entry);
  log_close(&fill.store);
  arena_clear(&arena);
  return fine ? 0 : 1;
}

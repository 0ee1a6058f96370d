/* Keeping an answer, and what was decided on it. */
#include <stdio.h>

#include "base/utf8.h"
#include "cli/answer_json.h"
#include "cli/log.h"
#include "runtime/image_file.h"

static void put(json_t *json, const char *key, Text text)
{
  json_object_set_new(json, key, text_is_none(text)
                                     ? json_null()
                                     : json_stringn(text.at, text.length));
}

static Text hash_text(Arena *arena, Text bytes)
{
  uint8_t hash[HASH_SIZE];
  hash_sha256(bytes, hash);
  return log_hex(arena, hash, HASH_SIZE);
}

static json_t *policy_json(const View *view, json_t *answer, Text image)
{
  static const char *const keys[] = {"name", "version", "sha256"};
  json_t *policy = json_object();
  const json_t *said = json_object_get(answer, "policy");
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    json_object_set(policy, keys[i], json_object_get(said, keys[i]));
  put(policy, "image", hash_text(view->arena, image));
  return policy;
}

static json_t *body_json(const View *view, json_t *answer, Text image,
                         uint64_t work)
{
  json_t *body = json_object();
  put(body, "kind", TEXT("asked"));
  put(body, "time", log_now(view->arena));
  json_object_set_new(body, "policy", policy_json(view, answer, image));
  json_object_set(body, "boundary", json_object_get(answer, "boundary"));
  json_object_set(body, "as-of", json_object_get(answer, "as-of"));
  json_object_set(body, "tense", json_object_get(answer, "tense"));
  json_object_set_new(body, "work", json_integer((json_int_t)work));
  return body;
}

static Text notes_text(const View *view)
{
  json_t *notes = json_object();
  put(notes, "title", view->situation->title);
  put(notes, "intention", view->situation->intention);
  Text text = log_canonical(view->arena, notes);
  json_decref(notes);
  return text;
}

/* Within one transaction; false is a failure. */
static bool keep(LogStore *store, const LogWish *wish, json_t *body,
                 const LogPart *parts, uint32_t count, Text image)
{
  int64_t subject = 0;
  uint64_t id;
  if (!log_begin(store)) return false;
  if (wish->subject) {
    Text name = utf8_nfc(store->arena, text_of(wish->subject));
    subject = log_subject_make(store, name);
  }
  Text hash = log_text(json_object_get(body, "policy"), "image");
  if ((wish->subject && !subject) || !log_keep_image(store, image, hash) ||
      !log_append(store, body, parts, count, subject, &id)) {
    log_cancel(store);
    return false;
  }
  return log_commit(store);
}

static void say_kept(Arena *arena, const json_t *body)
{
  Text id = text_format(arena, "%llu",
                        (unsigned long long)log_number(body, "id"));
  Text words = wording_fill(arena, WORDING_LOG_KEPT, id, TEXT_NONE);
  fprintf(stderr, "%.*s\n", TEXT_ARG(words));
}

bool log_keep(const View *view, const LogWish *wish, Text image,
              uint64_t work, Diagnostics *diagnostics)
{
  Situation bare = *view->situation;
  bare.title = bare.intention = TEXT_NONE;
  View kept = *view;
  Image plain; /* in the policy's own language */
  ImageFault fault;
  kept.situation = &bare;
  if (image_read(view->arena, image, &plain, &fault)) kept.image = &plain;
  json_t *answer = answer_json(&kept), *facts = log_facts_json(view);
  json_t *body = body_json(view, answer, image, work);
  LogPart parts[] = {
    {"answer", log_canonical(view->arena, answer)},
    {"facts", log_canonical(view->arena, facts)},
    {"notes", wish->notes ? notes_text(view) : TEXT_NONE},
  };
  LogStore store;
  bool fine = log_open(view->arena, wish->path, true, &store) &&
              keep(&store, wish, body, parts, wish->notes ? 3 : 2, image);
  if (!fine) log_store_wrong(&store, wish->path, true, diagnostics);
  log_close(&store);
  if (fine) say_kept(view->arena, body);
  json_decref(facts);
  json_decref(answer);
  json_decref(body);
  return fine;
}

/* ---------------------------------------------------------------- decide */

/* Can something be filed with this entry? */
static int check_about(Log *log, uint64_t about)
{
  LogEntry entry;
  int status = log_find_told(log, about, &entry);
  if (status != EXIT_DONE) return status;
  bool asked = log_is(&entry, "asked"), has_key = entry.has_key;
  log_entry_clear(&entry);
  if (asked && has_key) return EXIT_DONE;
  diagnostic_error(&log->diagnostics, E_LOG_NO_ENTRY, (Span){0},
                   asked ? N_("Entry %llu has been erased.")
                         : N_("Entry %llu is not an answer that was kept."),
                   (unsigned long long)about);
  return log_tell(log, EXIT_FINDINGS);
}

static json_t *decision_json(const Log *log)
{
  json_t *decision = json_object();
  put(decision, "did", text_of(log->did));
  put(decision, "because",
      log->because ? text_of(log->because) : TEXT_NONE);
  return decision;
}

static bool add_decision(Log *log, uint64_t about, json_t *body)
{
  json_t *decision = decision_json(log);
  LogPart part = {"decision", log_canonical(log->arena, decision)};
  uint64_t id;
  json_decref(decision);
  put(body, "kind", TEXT("decided"));
  put(body, "time", log_now(log->arena));
  json_object_set_new(body, "about", json_integer((json_int_t)about));
  int64_t subject = log_subject_of(&log->store, about);
  return log_append(&log->store, body, &part, 1, subject, &id) &&
         log_commit(&log->store);
}

int log_decide(Log *log)
{
  uint64_t about;
  if (log->words.count != 1 || !log->did)
    return options_misuse(&command_log, "Write, for instance, `stile log "
                          "decide 3 --log FILE --did \"…\" --because \"…\"`.");
  if (!log_read_number(log, log->words.at[0], &about)) return EXIT_USAGE;
  int status = log_open_told(log, true);
  if (status != EXIT_DONE) return status;
  if (!log_begin(&log->store)) return log_tell_store(log);
  status = check_about(log, about);
  if (status != EXIT_DONE) {
    log_cancel(&log->store);
    return status;
  }
  json_t *body = json_object();
  bool fine = add_decision(log, about, body);
  if (fine) say_kept(log->arena, body);
  json_decref(body);
  if (fine) return EXIT_DONE;
  log_cancel(&log->store);
  return log_tell_store(log);
}

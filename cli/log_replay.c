/* `stile log replay`: the same question again, of the policy of that day and
 * of today's. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/answer_json.h"
#include "cli/answer_text.h"
#include "cli/log.h"
#include "cli/policy_texts.h"
#include "cli/wording.h"
#include "runtime/image_file.h"
#include "runtime/situation_read.h"

/* One fact as it was written then. */
static void set_fact(Log *log, const Image *image, const char *name,
                     Text given, Lines *left_out, Situation *situation)
{
  Diagnostics wrong = {.arena = log->arena, .speech = wording_speech()};
  uint32_t fact =
      fact_find(log->arena, image, text_of(name), (Span){0}, &wrong);
  if (fact != NONE &&
      given_read(log->arena, image, fact, given, situation->as_of, (Span){0},
                 &wrong, &situation->facts[fact]))
    return;
  for (uint32_t i = 0; i < wrong.list.count; i++)
    VEC_PUSH(log->arena, left_out,
             text_format(log->arena, "%s: %.*s", name,
                         TEXT_ARG(wrong.list.at[i].message)));
}

bool log_situation(Log *log, const LogEntry *entry, const Image *image,
                   Lines *left_out, Situation *situation)
{
  const char *name;
  json_t *facts, *value;
  Day day = report_today();
  Text as_of = log->as_of ? text_of(log->as_of)
                          : log_text(entry->json, "as-of");
  day_read(as_of, &day);
  situation_init(log->arena, image, day, situation);
  term_find_tense(log_text(entry->json, "tense"), &situation->tense);
  situation->boundary =
      boundary_find(image, log_text(entry->json, "boundary"));
  if (situation->boundary == NONE) return false;
  facts = log_part_json(log, entry, "facts");
  json_object_foreach(facts, name, value)
  {
    Text given = {json_string_value(value),
                  (uint32_t)json_string_length(value)};
    set_fact(log, image, name, text_copy(log->arena, given), left_out,
             situation);
  }
  json_decref(facts);
  return true;
}

static json_t *ask_again(Log *log, const LogEntry *entry, const Image *image,
                         Situation *situation, Answer *answer)
{
  uint64_t work = log_number(entry->json, "work");
  Lines left_out = {0};
  if (!log_situation(log, entry, image, &left_out, situation)) return NULL;
  for (uint32_t i = 0; i < left_out.count; i++)
    log_say(log, stdout, WORDING_LOG_LEFT_OUT, left_out.at[i]);
  answer_make(log->arena, image, situation, work, answer);
  View view = {log->arena, image, situation, answer};
  return answer_json(&view);
}

/* The policy of that day: does it still answer the same? */
static int replay_then(Log *log, const LogEntry *entry)
{
  Image image;
  Situation situation;
  Answer answer;
  const char *as_of = log->as_of;
  if (!log_load_image(log, entry, &image)) {
    diagnostic_error(&log->diagnostics, E_LOG_NO_ENTRY, (Span){0},
                     "The policy that was asked is not sound in the log.");
    return log_tell(log, EXIT_FINDINGS);
  }
  log->as_of = NULL;
  json_t *again = ask_again(log, entry, &image, &situation, &answer);
  json_t *kept = log_part_json(log, entry, "answer");
  bool same = again && kept && json_equal(again, kept);
  log->as_of = as_of;
  log_say(log, stdout,
          same ? WORDING_LOG_SAME
               : WORDING_LOG_NOT_SAME, TEXT_NONE);
  json_decref(again);
  json_decref(kept);
  return same ? EXIT_DONE : EXIT_FINDINGS;
}

static void print_now(Log *log, const View *view)
{
  Sheet sheet =
      sheet_make(log->arena, report_color(log->color, STDOUT_FILENO));
  answer_text(&sheet, view);
  fwrite(sheet.out.at, 1, sheet.out.length, stdout);
}

static int replay_now(Log *log, const LogEntry *entry, const char *path)
{
  LoadedPolicy *policy = ARENA_NEW(log->arena, LoadedPolicy);
  Situation situation;
  Answer answer;
  int status = policy_load(log->arena, path, &log->load, policy);
  if (status != EXIT_DONE) {
    report_text(log->arena, &policy->sources, &policy->diagnostics,
                report_color(log->color, STDERR_FILENO));
    return status;
  }
  json_t *again =
      ask_again(log, entry, &policy->image, &situation, &answer);
  if (!again) {
    log_say(log, stdout, WORDING_LOG_NO_BOUNDARY, TEXT_NONE);
    return EXIT_FINDINGS;
  }
  json_t *kept = log_part_json(log, entry, "answer");
  bool same = json_equal(json_object_get(again, "verdict"),
                         json_object_get(kept, "verdict"));
  log_say(log, stdout,
          same ? WORDING_LOG_TODAY_SAME
               : WORDING_LOG_TODAY_OTHER, TEXT_NONE);
  putchar('\n');
  json_decref(again);
  json_decref(kept);
  if (!policy_translate(log->arena, &policy->image, path, log->texts))
    return EXIT_MACHINE;
  View view = {log->arena, &policy->image, &situation, &answer};
  print_now(log, &view);
  return EXIT_DONE;
}

static int replay(Log *log, const LogEntry *entry)
{
  if (!log_is(entry, "asked") || !entry->has_key) {
    diagnostic_error(&log->diagnostics, E_LOG_NO_ENTRY, (Span){0},
                     log_is(entry, "asked")
                         ? N_("Entry %llu has been erased.")
                         : N_("Entry %llu is not an answer that was kept."),
                     (unsigned long long)entry->id);
    return log_tell(log, EXIT_FINDINGS);
  }
  int status = replay_then(log, entry);
  if (log->words.count == 1) return status;
  int now = replay_now(log, entry, log->words.at[1]);
  return now == EXIT_DONE ? status : now;
}

int log_replay(Log *log)
{
  uint64_t id;
  Day day;
  LogEntry entry;
  if (log->words.count < 1 || log->words.count > 2)
    return options_misuse(&command_log, "Write `stile log replay ID --log "
                                        "FILE`, and a policy if you wish.");
  if (!log_read_number(log, log->words.at[0], &id)) return EXIT_USAGE;
  if (log->as_of && !day_read(text_of(log->as_of), &day))
    return options_misuse(&command_log,
                          "`--as-of` needs a day, like 2026-11-23.");
  int status = log_open_told(log, false);
  if (status == EXIT_DONE) status = log_find_told(log, id, &entry);
  if (status != EXIT_DONE) return status;
  status = replay(log, &entry);
  log_entry_clear(&entry);
  return status;
}

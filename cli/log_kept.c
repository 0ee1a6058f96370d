/* `stile log list`, `show` and `export`: what was kept, in plain words. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/answer_text.h"
#include "cli/log.h"
#include "runtime/situation_read.h"

typedef unsigned long long Wide;

static bool is_erased(const LogEntry *entry)
{
  return !entry->has_key &&
         json_object_size(json_object_get(entry->json, "parts")) > 0;
}

/* Words with a colon, and what was kept. */
static void put_line(Log *log, Sheet *sheet, Wording what, Text text)
{
  if (text_is_none(text)) return;
  sheet_put(sheet, 2,
            sentence(log->arena,
                     wording_fill(log->arena, what, text, TEXT_NONE)));
}

static Text number_words(Log *log, Wide number)
{
  return text_format(log->arena, "%llu", number);
}

static void print_sheet(const Sheet *sheet)
{
  if (sheet->out.length) fwrite(sheet->out.at, 1, sheet->out.length, stdout);
}

/* ------------------------------------------------------------ one entry */

/* "Entry 3: asked, 2026-11-23T20:18:00Z" */
static Wording heading_of(const LogEntry *entry)
{
  if (log_is(entry, "asked")) return WORDING_LOG_ENTRY_ASKED;
  if (log_is(entry, "decided")) return WORDING_LOG_ENTRY_DECIDED;
  return WORDING_LOG_ENTRY_ERASED;
}

static void put_heading(Log *log, Sheet *sheet, const LogEntry *entry)
{
  Text time = log_text(entry->json, "time");
  sheet_heading(sheet, wording_fill(log->arena, heading_of(entry),
                                    number_words(log, entry->id), time));
}

static void put_asked_of(Log *log, Sheet *sheet, const LogEntry *entry)
{
  const json_t *policy = json_object_get(entry->json, "policy");
  put_line(log, sheet, WORDING_LOG_POLICY, log_text(policy, "name"));
  put_line(log, sheet, WORDING_LOG_VERSION, log_text(policy, "version"));
  put_line(log, sheet, WORDING_LOG_BOUNDARY, log_text(entry->json, "boundary"));
  put_line(log, sheet, WORDING_LOG_ASKED_FOR, log_text(entry->json, "as-of"));
}

/* A fact as the policy asks for it, or by its name, and what was said. */
static void put_fact(Log *log, Sheet *sheet, const View *view,
                     const char *name, Text given)
{
  Diagnostics unused = {.arena = log->arena};
  uint32_t fact = view ? fact_find(log->arena, view->image, text_of(name),
                                   (Span){0}, &unused)
                       : NONE;
  Text question = text_of(name);
  if (fact != NONE) question = answer_question(view, fact);
  if (fact != NONE && view->situation->facts[fact].given)
    given = answer_given_words(view, fact);
  sheet_item(sheet, 2, "- ",
             text_format(log->arena, "%.*s %.*s", TEXT_ARG(question),
                         TEXT_ARG(sentence(log->arena, given))));
}

static void put_facts(Log *log, Sheet *sheet, const LogEntry *entry)
{
  const LogPolicy *policy = log_policy(log, entry);
  Situation situation;
  Lines left_out = {0};
  View view = {log->arena, policy ? &policy->spoken : NULL, &situation, NULL};
  bool fine = policy && log_situation(log, entry, &policy->own, &left_out,
                                      &situation);
  json_t *facts = log_part_json(log, entry, "facts"), *value;
  const char *name;
  sheet_put(sheet, 2, wording(WORDING_LOG_KNOWN));
  json_object_foreach(facts, name, value)
  {
    Text given = {json_string_value(value),
                  (uint32_t)json_string_length(value)};
    put_fact(log, sheet, fine ? &view : NULL, name,
             text_copy(log->arena, given));
  }
  if (!json_object_size(facts))
    sheet_item(sheet, 2, "- ", wording(WORDING_LOG_NOTHING));
  json_decref(facts);
}

static bool decides(const json_t *answer, const json_t *rule)
{
  const json_t *list = json_object_get(answer, "deciding");
  for (size_t i = 0; i < json_array_size(list); i++)
    if (json_equal(json_array_get(list, i), json_object_get(rule, "rule")))
      return true;
  return false;
}

/* The words that a rule gave, as they are or in the language spoken. */
static Text spoken(const LogPolicy *policy, const json_t *rule, Text words)
{
  return policy ? log_rule_words(policy, log_text(rule, "rule"), words)
                : words;
}

static void put_reasons(Log *log, Sheet *sheet, const LogPolicy *policy,
                        const json_t *rule)
{
  const json_t *list = json_object_get(rule, "because");
  for (size_t i = 0; i < json_array_size(list); i++) {
    const char *words = json_string_value(json_array_get(list, i));
    if (words)
      sheet_item(sheet, 2, "- ",
                 sentence(log->arena, spoken(policy, rule, text_of(words))));
  }
}

/* Does an earlier duty say the same, by the same day? */
static bool said_before(const json_t *list, size_t at)
{
  const json_t *duty = json_array_get(list, at);
  for (size_t i = 0; i < at; i++) {
    const json_t *one = json_array_get(list, i);
    if (json_equal(json_object_get(one, "text"),
                   json_object_get(duty, "text")) &&
        json_equal(json_object_get(one, "due"), json_object_get(duty, "due")))
      return true;
  }
  return false;
}

static void put_duties(Log *log, Sheet *sheet, const LogPolicy *policy,
                       const json_t *answer)
{
  const json_t *list = json_object_get(answer, "duties");
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *duty = json_array_get(list, i);
    Text state = log_text(duty, "state"), due = log_text(duty, "due");
    Text text = sentence(log->arena,
                         spoken(policy, duty, log_text(duty, "text")));
    if (text_is_none(state) || !text_equal(state, TEXT("yes")) ||
        said_before(list, i))
      continue;
    if (!text_is_none(due))
      text = text_format(log->arena, "%.*s %.*s", TEXT_ARG(text),
                         TEXT_ARG(wording_fill(log->arena,
                                               WORDING_DUTY_BY_DAY, due,
                                               TEXT_NONE)));
    sheet_item(sheet, 2, "[ ] ", text);
  }
}

/* The guidance in the words of the answer itself. */
static Text verdict_words(Log *log, const LogEntry *entry,
                          const json_t *json)
{
  const json_t *range = json_object_get(json, "range");
  const char *low = json_string_value(json_array_get(range, 0));
  const char *high = json_string_value(json_array_get(range, 1));
  Situation situation = {.tense = TENSE_PROPOSED};
  Answer answer = {.in_scope = true};
  View view = {log->arena, NULL, &situation, &answer};
  answer.settled = json_is_true(json_object_get(json, "settled"));
  term_find_tense(log_text(entry->json, "tense"), &situation.tense);
  if (!low || !high || !term_find_verdict(text_of(low), &answer.low) ||
      !term_find_verdict(text_of(high), &answer.high))
    return wording(WORDING_LOG_UNSETTLED);
  return answer_verdict_words(&view);
}

static void put_answer(Log *log, Sheet *sheet, const LogEntry *entry)
{
  const LogPolicy *policy = log_policy(log, entry);
  json_t *answer = log_part_json(log, entry, "answer");
  const json_t *rules = json_object_get(answer, "rules");
  sheet_put(sheet, 2, wording(WORDING_LOG_GUIDANCE));
  sheet_item(sheet, 2, "- ", verdict_words(log, entry, answer));
  for (size_t i = 0; i < json_array_size(rules); i++) {
    const json_t *rule = json_array_get(rules, i);
    if (decides(answer, rule)) put_reasons(log, sheet, policy, rule);
  }
  put_duties(log, sheet, policy, answer);
  json_decref(answer);
}

static void put_notes(Log *log, Sheet *sheet, const LogEntry *entry)
{
  json_t *notes = log_part_json(log, entry, "notes");
  put_line(log, sheet, WORDING_LOG_TITLE, log_text(notes, "title"));
  put_line(log, sheet, WORDING_LOG_MEANT, log_text(notes, "intention"));
  json_decref(notes);
}

static void put_decision(Log *log, Sheet *sheet, const LogEntry *entry)
{
  json_t *decision = log_part_json(log, entry, "decision");
  Text about = number_words(log, log_number(entry->json, "about"));
  put_line(log, sheet, WORDING_LOG_ABOUT, about);
  put_line(log, sheet, WORDING_LOG_DID, log_text(decision, "did"));
  put_line(log, sheet, WORDING_LOG_BECAUSE, log_text(decision, "because"));
  json_decref(decision);
}

static void put_entry(Log *log, Sheet *sheet, const LogEntry *entry)
{
  put_heading(log, sheet, entry);
  bool asked = log_is(entry, "asked");
  if (asked) put_asked_of(log, sheet, entry);
  if (is_erased(entry)) {
    sheet_put(sheet, 2, wording(WORDING_LOG_WORDS_ERASED));
    return;
  }
  if (asked) {
    put_notes(log, sheet, entry);
    put_facts(log, sheet, entry);
    put_answer(log, sheet, entry);
  } else if (log_is(entry, "decided")) {
    put_decision(log, sheet, entry);
  } else {
    char *list = json_dumps(json_object_get(entry->json, "entries"), 0);
    if (list) put_line(log, sheet, WORDING_LOG_ENTRIES, text_copy(log->arena,
                                                        text_of(list)));
    free(list);
  }
}

/* What is not in the language spoken, and who has looked through it. */
static void put_language(Log *log, Sheet *sheet)
{
  View view = {.arena = log->arena};
  Text words = answer_language_words(&view);
  if (!words.length) return;
  sheet_gap(sheet);
  sheet_put(sheet, 0, words);
}

/* The body with its parts in plain, as JSON. */
static json_t *entry_json(Log *log, const LogEntry *entry)
{
  static const char *const names[] = {"facts", "answer", "notes", "decision"};
  json_t *json = json_copy(entry->json);
  if (!json) return json_null();
  json_object_del(json, "parts");
  json_object_set_new(json, "erased", json_boolean(is_erased(entry)));
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    json_t *part = log_part_json(log, entry, names[i]);
    if (part) json_object_set_new(json, names[i], part);
  }
  return json;
}

/* What the list says of an entry, on a line. */
static void put_row(Log *log, Sheet *sheet, const LogEntry *entry)
{
  const json_t *json = entry->json;
  Text time = log_text(json, "time"), what = TEXT_NONE;
  if (log_is(entry, "asked"))
    what = text_format(
        log->arena, "%.*s %.*s",
        TEXT_ARG(wording_fill(
            log->arena, WORDING_LOG_ROW_ASKED,
            log_text(json_object_get(json, "policy"), "name"),
            log_text(json, "boundary"))),
        TEXT_ARG(wording_fill(log->arena, WORDING_LOG_ROW_FOR,
                              log_text(json, "as-of"), TEXT_NONE)));
  else if (log_is(entry, "decided"))
    what = wording_fill(log->arena, WORDING_LOG_ROW_DECIDED,
                        number_words(log, log_number(json, "about")),
                        TEXT_NONE);
  else
    what = wording(WORDING_LOG_ROW_ERASED);
  if (is_erased(entry))
    what = text_format(log->arena, "%.*s %.*s", TEXT_ARG(what),
                       TEXT_ARG(wording(WORDING_LOG_ROW_GONE)));
  sheet_put(sheet, 0,
            text_format(log->arena, "%llu. %.*s: %.*s", (Wide)entry->id,
                        TEXT_ARG(time), TEXT_ARG(what)));
}

static void walk_entry(Log *log, uint64_t id, bool full, Sheet *sheet,
                       json_t *list)
{
  LogEntry entry;
  if (!log_find(&log->store, log->arena, id, &entry)) return;
  if (log->format == 1)
    json_array_append_new(list, full ? entry_json(log, &entry)
                                     : json_incref(entry.json));
  else if (full)
    put_entry(log, sheet, &entry);
  else
    put_row(log, sheet, &entry);
  log_entry_clear(&entry);
}

/* ---------------------------------------------------------- the commands */

int log_show(Log *log)
{
  uint64_t id;
  LogEntry entry;
  if (log->words.count != 1)
    return options_misuse(&command_log, "Which entry? `stile log list` shows "
                                        "them.");
  if (!log_read_number(log, log->words.at[0], &id)) return EXIT_USAGE;
  int status = log_open_told(log, false);
  if (status == EXIT_DONE) status = log_find_told(log, id, &entry);
  if (status != EXIT_DONE) return status;
  Sheet sheet =
      sheet_make(log->arena, report_color(log->color, STDOUT_FILENO));
  json_t *list = json_array();
  log_entry_clear(&entry);
  for (uint64_t next = id; next;
       next = log_next_about(&log->store, id, next))
    walk_entry(log, next, true, &sheet, list);
  if (log->format == 1) {
    json_print(list);
    return EXIT_DONE;
  }
  json_decref(list);
  put_language(log, &sheet);
  print_sheet(&sheet);
  return EXIT_DONE;
}

/* All entries, or those of `subject`; in short or in full.  Each is made in
 * memory of its own, so that a long log needs little. */
static void walk(Log *log, int64_t subject, bool full, Sheet *sheet,
                 json_t *list)
{
  Arena *own = log->arena, scratch;
  arena_init(&scratch, own->memory, 0, own->escape);
  log_read_begin(&log->store);
  uint64_t last = log_last(&log->store), id = 0;
  log->arena = log->store.arena = &scratch;
  while (id < last) {
    id = subject ? log_next_of(&log->store, subject, id) : id + 1;
    if (!id) break;
    walk_entry(log, id, full, sheet, list);
    arena_clear(&scratch);
  }
  log->arena = log->store.arena = own;
  log_read_end(&log->store);
}

static int print_all(Log *log, const char *name, bool full)
{
  int64_t subject = 0;
  int status = log_open_told(log, false);
  if (status != EXIT_DONE) return status;
  if (name)
    subject = log_subject(&log->store, utf8_nfc(log->arena, text_of(name)));
  if (name && !subject) {
    diagnostic_error(&log->diagnostics, E_LOG_NO_ENTRY, (Span){0},
                     "Nothing is kept of `%s` in this log.", name);
    return log_tell(log, EXIT_FINDINGS);
  }
  Sheet sheet =
      sheet_make(log->arena, report_color(log->color, STDOUT_FILENO));
  json_t *list = json_array();
  if (full)
    sheet_put(&sheet, 0,
              wording_fill(log->arena, WORDING_LOG_ALL, text_of(name),
                           TEXT_NONE));
  walk(log, subject, full, &sheet, list);
  if (log->format == 1) {
    json_print(list);
    return EXIT_DONE;
  }
  json_decref(list);
  if (full) put_language(log, &sheet);
  print_sheet(&sheet);
  return EXIT_DONE;
}

int log_list(Log *log)
{
  if (log->words.count)
    return options_misuse(&command_log, "To list what is about one person, "
                                        "say `--subject NAME`.");
  return print_all(log, log->subject, false);
}

int log_export(Log *log)
{
  if (log->words.count != 1)
    return options_misuse(&command_log, "Of whom? Give the name that was "
                                        "given with `--subject`.");
  return print_all(log, log->words.at[0], true);
}

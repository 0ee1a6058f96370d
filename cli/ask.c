/* `stile ask`: a situation comes in, guidance goes out. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/answer_json.h"
#include "cli/answer_page.h"
#include "cli/answer_rule.h"
#include "cli/answer_text.h"
#include "cli/ask_facts.h"
#include "cli/ask_part.h"
#include "cli/ask_situation.h"
#include "cli/ask_which.h"
#include "cli/calendar_file.h"
#include "cli/file_write.h"
#include "cli/interview.h"
#include "cli/language.h"
#include "cli/log.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "cli/policy_texts.h"
#include "cli/report.h"
#include "cli/say.h"
#include "cli/wording.h"
#include "runtime/situation_read.h"
#include "runtime/value_read.h"

typedef struct Ask {
  Arena *arena;
  const char *policy_path, *situation_path;
  const char *boundary, *as_of, *work, *texts, *calendar, *save;
  AskPart part;
  Words sets, what_if;
  LoadOptions load;
  uint32_t format, color, tense; /* tense: NONE if not said */
  bool trace, agenda, brief, exit_verdict, interview;
  Day as_of_day;
  uint64_t budget;
  LogWish log;
  LoadedPolicy policy;
  Diagnostics diagnostics; /* of the situation */
  Situation situation, other; /* other: with what --what-if says */
} Ask;

static bool is_json(const Ask *ask)
{
  return ask->format == 1;
}

static void report(Ask *ask, Diagnostics *all)
{
  report_print(ask->arena, &ask->policy.sources, all, is_json(ask),
               report_color(ask->color, STDERR_FILENO));
}

/* ----------------------------------------------------- --set, --what-if */

static void set_facts(Ask *ask, const FactWords *given, Situation *situation)
{
  FactInput input = {ask->arena, &ask->policy.image, &ask->policy.sources,
                     &ask->diagnostics};
  fact_words_set(&input, given, situation);
}

/* The situation as it would be; ask->situation stays. */
static void set_what_if(Ask *ask)
{
  uint32_t count = ask->policy.image.facts.count;
  Given *facts = ARENA_ARRAY(ask->arena, count + 1, Given);
  for (uint32_t i = 0; i < count; i++) facts[i] = ask->situation.facts[i];
  ask->other = ask->situation;
  ask->other.facts = facts;
  set_facts(ask, &(FactWords){"--what-if", &ask->what_if}, &ask->other);
}

/* ---------------------------------------------------------------- answers */

static void print_sheet(const Sheet *sheet)
{
  if (sheet->out.length)
    fwrite(sheet->out.at, 1, sheet->out.length, stdout);
}

static bool is_html(const Ask *ask)
{
  return ask->format == 2;
}

static void put_agenda(const Ask *ask, const View *view, Sheet *sheet)
{
  Page page;
  answer_agenda(view, &page);
  if (is_html(ask))
    page_html(&sheet->out, &page, language_code());
  else
    page_markdown(sheet, &page);
}

/* Writes the duties with a day; EXIT_DONE or EXIT_MACHINE. */
static int write_calendar(const Ask *ask, const View *view)
{
  Buffer out = {.arena = ask->arena};
  if (!ask->calendar) return EXIT_DONE;
  if (!calendar_file(view, &out)) {
    say(stderr, "stile: Nothing there is to do has a day, so there is no "
                "calendar.\n");
    return EXIT_DONE;
  }
  if (file_write(ask->arena, ask->calendar, buffer_text(&out)))
    return EXIT_DONE;
  say(stderr, "stile: The calendar `%s` could not be written: %s.\n",
      ask->calendar, language_error(errno));
  return EXIT_MACHINE;
}

static void print_text(const Ask *ask, const View *view)
{
  Sheet sheet =
      sheet_make(ask->arena, report_color(ask->color, STDOUT_FILENO));
  if (ask->agenda && view->answer->in_scope)
    put_agenda(ask, view, &sheet);
  else if (ask->brief)
    answer_brief(&sheet, view);
  else
    answer_text(&sheet, view);
  if (ask->trace && view->answer->in_scope) answer_trace(&sheet, view);
  print_sheet(&sheet);
}

/* One rule alone, or what would change; false if not asked for. */
static bool print_part(Ask *ask, const View *view)
{
  Sheet sheet =
      sheet_make(ask->arena, report_color(ask->color, STDOUT_FILENO));
  if (!ask_part_count(&ask->part)) return false;
  ask->part.json = is_json(ask);
  ask->part.budget = ask->budget;
  ask->part.other = &ask->other;
  ask_part_print(view, &ask->part, &sheet);
  print_sheet(&sheet);
  return true;
}

static int exit_status(const Ask *ask, const Answer *answer)
{
  static const int statuses[VERDICT_COUNT] = {
    [SILENT] = 13, [PROCEED] = 0, [CARE] = 0,
    [CONSULT] = 10, [HOLD] = 11, [NEVER] = 12,
  };
  if (!ask->exit_verdict) return EXIT_DONE;
  return answer->settled ? statuses[answer->low] : 14;
}

/* ------------------------------------------------------------- no answer */

/* The mistakes, the emergency and, with `which`, the boundaries' names. */
static void print_mistakes_json(Ask *ask, const View *view, bool which)
{
  json_t *json =
      report_json(ask->arena, &ask->policy.sources, &ask->diagnostics);
  if (which) json_object_set_new(json, "boundaries", which_json(view));
  json_object_set_new(json, "emergency", answer_emergency_json(view));
  json_print(json);
}

/* The names of the boundaries, and the emergency all the same. */
static int answer_without_boundary(Ask *ask, const View *view)
{
  which_tell(view, &ask->diagnostics);
  if (is_json(ask)) {
    print_mistakes_json(ask, view, true);
  } else {
    print_text(ask, view);
    fflush(stdout);
    report(ask, &ask->diagnostics);
  }
  return EXIT_MISFIT;
}

/* Where something that was said cannot be read, only an emergency is answered,
 * by what could be read. */
static void answer_emergency(Ask *ask)
{
  Answer made;
  Sheet sheet =
      sheet_make(ask->arena, report_color(ask->color, STDOUT_FILENO));
  ask->situation.boundary = NONE;
  answer_make(ask->arena, &ask->policy.image, &ask->situation, ask->budget,
              &made);
  View view = {ask->arena, &ask->policy.image, &ask->situation, &made};
  if (is_json(ask)) {
    print_mistakes_json(ask, &view, false);
    return;
  }
  answer_brief(&sheet, &view);
  print_sheet(&sheet);
  fflush(stdout);
  report(ask, &ask->diagnostics);
}

/* Someone at a terminal who gave nothing yet wants to be asked. */
static bool wants_interview(const Ask *ask)
{
  bool alone = !ask->situation_path && !ask->sets.count && !is_json(ask) &&
               !ask_part_count(&ask->part) && !ask->exit_verdict;
  return ask->interview || ask->save ||
         (alone && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO));
}

static int answer(Ask *ask)
{
  Answer made;
  InterviewInput input = {&ask->policy.image, ask->save, ask->budget,
                          is_json(ask) ? stderr : stdout};
  bool kept = !wants_interview(ask) ||
              interview(ask->arena, &input, &ask->situation);
  answer_make(ask->arena, &ask->policy.image, &ask->situation, ask->budget,
              &made);
  View view = {ask->arena, &ask->policy.image, &ask->situation, &made};
  if (!made.in_scope) return answer_without_boundary(ask, &view);
  bool logged = !ask->log.path ||
                log_keep(&view, &ask->log, ask->policy.bytes, ask->budget,
                         &ask->diagnostics);
  report_text(ask->arena, &ask->policy.sources, &ask->diagnostics,
              report_color(ask->color, STDERR_FILENO));
  if (print_part(ask, &view))
    fflush(stdout);
  else if (is_json(ask))
    json_print(answer_json(&view));
  else
    print_text(ask, &view);
  int status = write_calendar(ask, &view);
  if (!kept || !logged) status = EXIT_MACHINE;
  return status == EXIT_DONE ? exit_status(ask, &made) : status;
}

/* ------------------------------------------------------------ the command */

static bool find_boundary(Ask *ask, SituationInput *input)
{
  const Image *image = &ask->policy.image;
  if (!ask->boundary) return true;
  Text name = utf8_nfc(ask->arena, text_of(ask->boundary));
  input->boundary = boundary_find(image, name);
  if (input->boundary != NONE) return true;
  uint32_t file = source_add(ask->arena, &ask->policy.sources,
                             TEXT("--boundary"), name);
  situation_tell_boundary(ask->arena, image, name,
                          (Span){file, 0, name.length}, &ask->diagnostics);
  return false;
}

static void find_rule(Ask *ask)
{
  const char *said = ask->part.why ? ask->part.why : ask->part.why_not;
  if (!said) return;
  Text option = ask->part.why ? TEXT("--why") : TEXT("--why-not");
  Text name = utf8_nfc(ask->arena, text_of(said));
  uint32_t file = source_add(ask->arena, &ask->policy.sources, option, name);
  ask->part.rule = answer_find_rule(ask->arena, &ask->policy.image, name,
                               (Span){file, 0, name.length},
                               &ask->diagnostics);
}

/* A practitioner cannot mend the policy, so its warnings are left out. */
static void drop_warnings(Diagnostics *all)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < all->list.count; i++)
    if (all->list.at[i].severity == SEVERITY_ERROR)
      all->list.at[kept++] = all->list.at[i];
  all->list.count = kept;
  all->warnings = 0;
}

static int ask_policy(Ask *ask)
{
  Diagnostics *wrong = &ask->diagnostics;
  int status = policy_load(ask->arena, ask->policy_path, &ask->load,
                           &ask->policy);
  if (status != EXIT_DONE) {
    drop_warnings(&ask->policy.diagnostics);
    report(ask, &ask->policy.diagnostics);
    return status;
  }
  if (!is_json(ask) &&
      !policy_translate(ask->arena, &ask->policy.image, ask->policy_path,
                        ask->texts))
    return EXIT_MACHINE;
  SituationInput input = {
    .image = &ask->policy.image, .sources = &ask->policy.sources,
    .today = report_today(), .as_of = ask->as_of_day,
    .has_tense = ask->tense != NONE, .boundary = NONE,
    .tense = (Tense)(ask->tense == NONE ? TENSE_PROPOSED : ask->tense),
  };
  bool named = find_boundary(ask, &input);
  AskSituation said = {ask->arena, ask->situation_path, &input,
                       &ask->policy.sources, &ask->diagnostics};
  status = ask_situation_read(&said, &ask->situation);
  find_rule(ask);
  set_facts(ask, &(FactWords){"--set", &ask->sets}, &ask->situation);
  set_what_if(ask);
  if (status == EXIT_DONE && named && !wrong->errors) return answer(ask);
  answer_emergency(ask);
  return status == EXIT_DONE ? EXIT_MISFIT : status;
}

static int check_name(const char *option, const char *name)
{
  uint32_t fault;
  if (!name || utf8_check(text_of(name), &fault) == UTF8_FINE)
    return OPTIONS_FINE;
  return options_misuse(&command_ask, "The `%s` holds letters that are not "
                                      "UTF-8, or hidden ones.", option);
}

static int check_names(const Ask *ask)
{
  int status = check_name("--boundary", ask->boundary);
  if (status == OPTIONS_FINE) status = check_name("--why", ask->part.why);
  if (status == OPTIONS_FINE)
    status = check_name("--why-not", ask->part.why_not);
  if (status == OPTIONS_FINE)
    status = check_name("--subject", ask->log.subject);
  return status;
}

static int check_sets(const Ask *ask)
{
  int status = check_names(ask);
  if (status == OPTIONS_FINE)
    status = fact_words_check(&command_ask,
                              &(FactWords){"--set", &ask->sets});
  if (status != OPTIONS_FINE) return status;
  return fact_words_check(&command_ask,
                          &(FactWords){"--what-if", &ask->what_if});
}

static bool read_work(Ask *ask)
{
  int64_t work;
  if (!ask->work) return true;
  if (number_read(text_of(ask->work), &work) != NUMBER_FINE) return false;
  ask->budget = (uint64_t)(work / NUMBER_ONE);
  return work >= NUMBER_ONE && work % NUMBER_ONE == 0;
}

static int check_options(Ask *ask, const Words *paths)
{
  ask->part.what_if = ask->what_if.count > 0;
  if (paths->count == 0)
    return options_misuse(&command_ask, "Which policy is to be asked?");
  if (paths->count > 2)
    return options_misuse(&command_ask,
                          "Give one policy and at most one situation.");
  ask->policy_path = paths->at[0];
  if (paths->count == 2) ask->situation_path = paths->at[1];
  if (paths->count == 2 && strcmp(paths->at[0], "-") == 0 &&
      strcmp(paths->at[1], "-") == 0)
    return options_misuse(&command_ask,
                          "Only one of the two can come from stdin.");
  if (ask->as_of && !day_read(text_of(ask->as_of), &ask->as_of_day))
    return options_misuse(&command_ask,
                          "`--as-of` needs a day, like 2026-11-23.");
  if (is_html(ask) && !ask->agenda)
    return options_misuse(&command_ask,
                          "`--format html` is for the page that `--agenda` "
                          "makes.");
  int parts = ask_part_count(&ask->part);
  if (parts > 1 || (parts && (ask->trace || ask->agenda || ask->brief ||
                              wants_interview(ask))))
    return options_misuse(&command_ask,
                          "`--why`, `--why-not`, `--changes` and `--what-if` "
                          "are each asked alone, about a situation that is "
                          "given.");
  if (ask->calendar && strcmp(ask->calendar, "-") == 0)
    return options_misuse(&command_ask,
                          "`--calendar` needs the name of a file.");
  if (wants_interview(ask) && ((ask->situation_path &&
                                strcmp(ask->situation_path, "-") == 0) ||
                               strcmp(ask->policy_path, "-") == 0))
    return options_misuse(&command_ask,
                          "The answers of an interview come from stdin, so "
                          "nothing else can.");
  if (!read_work(ask))
    return options_misuse(&command_ask,
                          "`--work` needs a whole number above 0.");
  if ((ask->log.subject || ask->log.notes) && !ask->log.path)
    return options_misuse(&command_ask, "Keep it where? Say `--log FILE`.");
  return check_sets(ask);
}

static int run(Arena *arena, int argc, char **argv)
{
  Ask *ask = ARENA_NEW(arena, Ask);
  const Option table[] = {
    {.name = "set", .value = "FACT=VALUE", .words = &ask->sets,
     .help = "give a fact: context.gift=token"},
    {.name = "boundary", .value = "NAME", .text = &ask->boundary,
     .help = "which boundary it is about"},
    {.name = "as-of", .value = "DATE", .text = &ask->as_of,
     .help = "the day asked about; today if not said"},
    {.name = "tense", .value = "proposed|under-way|happened",
     .choice = &ask->tense, .help = "whether it is still ahead"},
    {.name = "format", .value = "text|json|html", .choice = &ask->format,
     .help = "how to print the answer"},
    {.name = "trace", .flag = &ask->trace,
     .help = "show every rule, and the facts it met"},
    {.name = "why", .value = "RULE", .text = &ask->part.why,
     .help = "show one rule: why it applies here or not"},
    {.name = "why-not", .value = "RULE", .text = &ask->part.why_not,
     .help = "show what stands between this and that rule"},
    {.name = "changes", .flag = &ask->part.changes,
     .help = "show every smallest change that gives other guidance"},
    {.name = "what-if", .value = "FACT=VALUE", .words = &ask->what_if,
     .help = "show beside it what would be if a fact were so"},
    {.name = "agenda", .flag = &ask->agenda,
     .help = "print a page for supervision (Markdown, or HTML)"},
    {.name = "brief", .flag = &ask->brief,
     .help = "print three lines only"},
    {.name = "calendar", .value = "FILE", .text = &ask->calendar,
     .help = "write what has a date as a calendar (.ics)"},
    {.name = "interview", .flag = &ask->interview,
     .help = "be asked, one question at a time"},
    {.name = "save", .value = "FILE", .text = &ask->save,
     .help = "save what was said in an interview, to go on later"},
    {.name = "exit-verdict", .flag = &ask->exit_verdict,
     .help = "exit with a status that tells the verdict"},
    {.name = "work", .value = "N", .text = &ask->work,
     .help = "how many evaluations to make at most"},
    {.name = "texts", .value = "FILE.po", .text = &ask->texts,
     .help = "the policy's words in another language"},
    {.name = "log", .value = "FILE", .text = &ask->log.path,
     .help = "keep the answer in this log"},
    {.name = "subject", .value = "NAME", .text = &ask->log.subject,
     .help = "log: whom it is about, to find or erase it by"},
    {.name = "keep-notes", .flag = &ask->log.notes,
     .help = "log: keep the title and the intention too"},
    POLICY_OPTIONS(ask->load, ask->color),
  };
  Words paths;
  ask->arena = arena;
  ask->tense = NONE;
  ask->diagnostics.arena = arena;
  int status = options_read(arena, &command_ask, table, OPTION_COUNT(table),
                            argc, argv, &paths);
  if (status == OPTIONS_FINE) status = check_options(ask, &paths);
  if (status != OPTIONS_FINE) return status;
  ask->diagnostics.speech = wording_speech();
  return ask_policy(ask);
}

const Command command_ask = {
  "ask", "[OPTIONS] POLICY [SITUATION.yaml]",
  N_("get guidance on a situation, with its reasons"),
  N_(
  "A SITUATION is YAML or JSON; - is stdin. Without one, what --set gives is\n"
  "all that is known. Nothing is kept, but with --log.\n\n"
  "Exit status: 0 answered, 1 errors in the policy, 3 the situation does not\n"
  "fit the policy, 4 a file could not be read. With --exit-verdict: 0 go\n"
  "ahead (also with care), 10 talk first, 11 do not go ahead, 12 never, 13\n"
  "the policy does not cover it, 14 not settled.\n"),
  run};

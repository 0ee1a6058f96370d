/* `stile review`: when something has gone wrong. */
#include "cli/review.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/file_write.h"
#include "cli/language.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "cli/policy_texts.h"
#include "cli/report.h"
#include "cli/review_ask.h"
#include "cli/review_log.h"
#include "cli/say.h"
#include "cli/wording.h"
#include "runtime/value_read.h"

enum { E_CANNOT_READ = 602 };
enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_MARKDOWN, FORMAT_HTML };

typedef struct Looking {
  Arena *arena;
  const char *policy_path, *review_path, *boundary, *as_of, *save;
  const char *texts;
  const char *log_path, *log_id;
  LoadOptions load;
  uint32_t format, color;
  bool interview;
  Day as_of_day, asked_on;
  LoadedPolicy policy;
  Diagnostics diagnostics;
  Account account;
  Situation now, then;
  bool has_then;
  Kept kept; /* with a log */
} Looking;

static void report(Looking *looking, Diagnostics *all)
{
  report_print(looking->arena, &looking->policy.sources, all,
               looking->format == FORMAT_JSON,
               report_color(looking->color, STDERR_FILENO));
}

/* ------------------------------------------------------------ the review */

static void tell_file(Looking *looking, Text reason)
{
  uint32_t file = source_add(looking->arena, &looking->policy.sources,
                             text_of(looking->review_path), TEXT(""));
  Diagnostic *one = diagnostic_error(
      &looking->diagnostics, E_CANNOT_READ, (Span){file, 0, 0},
      "The file `%s` cannot be read: %.*s.", looking->review_path,
      TEXT_ARG(reason));
  diagnostic_help(&looking->diagnostics, one,
                  "Check the name and where the file is.");
}

static void tell_several(Looking *looking, const Cases *cases)
{
  Diagnostic *one = diagnostic_error(
      &looking->diagnostics, E_SEVERAL, cases->at[2].span,
      "A third situation starts here; a review has at most two.");
  diagnostic_help(&looking->diagnostics, one,
                  "The first says what happened, the second what was known "
                  "before.");
}

/* What was known before: the second situation, or the first on the day that
 * was asked about, without its impact. */
static void take_then(Looking *looking, const Cases *cases)
{
  const Image *image = &looking->policy.image;
  looking->has_then = cases->count > 1 || looking->asked_on != DAY_NONE;
  if (!looking->has_then) return;
  looking->then = cases->at[cases->count > 1].situation;
  looking->then.tense = TENSE_PROPOSED;
  if (looking->asked_on != DAY_NONE) looking->then.as_of = looking->asked_on;
  if (looking->then.boundary == NONE)
    looking->then.boundary = looking->now.boundary;
  Given *facts = ARENA_ARRAY(looking->arena, image->facts.count + 1, Given);
  for (uint32_t i = 0; i < image->facts.count; i++)
    if (image->facts.at[i].dimension != IMPACT)
      facts[i] = looking->then.facts[i];
  looking->then.facts = facts;
}

static int read_file(Looking *looking, SituationInput *input)
{
  Text bytes, reason;
  Cases cases = {0};
  if (!file_read(looking->arena, looking->review_path, SITUATION_FILE_MOST,
                 &bytes, &reason)) {
    tell_file(looking, reason);
    return EXIT_MACHINE;
  }
  bool is_stdin = strcmp(looking->review_path, "-") == 0;
  input->file = source_add(looking->arena, &looking->policy.sources,
                           is_stdin ? TEXT("stdin")
                                    : text_of(looking->review_path),
                           bytes);
  bool fine = situation_read_input(looking->arena, input,
                                   &looking->diagnostics, &cases);
  if (!fine || !cases.count) return EXIT_MISFIT;
  fine = review_read(looking->arena, &looking->policy.sources, input->file,
                     &looking->diagnostics, &looking->account,
                     &looking->asked_on);
  if (cases.count > 2) tell_several(looking, &cases);
  looking->now = cases.at[0].situation;
  take_then(looking, &cases);
  return fine && cases.count <= 2 ? EXIT_DONE : EXIT_MISFIT;
}

static bool find_boundary(Looking *looking, SituationInput *input)
{
  const Image *image = &looking->policy.image;
  if (!looking->boundary) return true;
  Text name = utf8_nfc(looking->arena, text_of(looking->boundary));
  input->boundary = boundary_find(image, name);
  if (input->boundary != NONE) return true;
  uint32_t file = source_add(looking->arena, &looking->policy.sources,
                             TEXT("--boundary"), name);
  situation_tell_boundary(looking->arena, image, name,
                          (Span){file, 0, name.length},
                          &looking->diagnostics);
  return false;
}

/* Into the language that is spoken; programs read the policy's own. */
static bool translate(Looking *looking, Image *image)
{
  return looking->format == FORMAT_JSON ||
         policy_translate(looking->arena, image, looking->policy_path,
                          looking->texts);
}

/* What was kept is what was known then; what is known now is the same, unless a
 * review says more. */
static int read_kept(Looking *looking)
{
  KeptWish wish = {looking->log_path, looking->log_id, looking->as_of,
                   looking->format == FORMAT_JSON, looking->color};
  int status = review_from_log(looking->arena, &wish, &looking->policy.image,
                               &looking->kept);
  if (status != EXIT_DONE) return status;
  looking->now = looking->kept.now;
  return translate(looking, &looking->kept.image) ? EXIT_DONE : EXIT_MACHINE;
}

/* The reason and the facts that were kept, where the review says nothing of
 * them. */
static void add_kept(Looking *looking)
{
  const KeptDecisions *all = &looking->kept.decisions;
  Text *reasons = &looking->account.parts[ACCOUNT_REASONS];
  if (text_is_none(*reasons) && all->count)
    *reasons = all->at[all->count - 1].because;
  if (!looking->log_path || !looking->review_path) return;
  for (uint32_t i = 0; i < looking->policy.image.facts.count; i++)
    if (!looking->now.facts[i].given)
      looking->now.facts[i] = looking->kept.now.facts[i];
}

static int read_review(Looking *looking)
{
  SituationInput input = {
    .image = &looking->policy.image, .sources = &looking->policy.sources,
    .today = report_today(), .as_of = looking->as_of_day,
    .has_tense = true, .tense = TENSE_HAPPENED, .boundary = NONE,
    .looks_back = true,
  };
  if (!find_boundary(looking, &input)) return EXIT_MISFIT;
  if (looking->log_path) {
    int status = read_kept(looking);
    if (status != EXIT_DONE) return status;
    if (!looking->review_path) return EXIT_DONE;
    if (input.boundary == NONE) input.boundary = looking->now.boundary;
  }
  if (looking->review_path) return read_file(looking, &input);
  Day day = input.as_of == DAY_NONE ? input.today : input.as_of;
  situation_init(looking->arena, input.image, day, &looking->now);
  looking->now.tense = TENSE_HAPPENED;
  if (input.boundary != NONE) looking->now.boundary = input.boundary;
  return EXIT_DONE;
}

/* --------------------------------------------------------------- printing */

/* Only its owner can read it. */
static bool save(const Looking *looking, const Review *review)
{
  if (!looking->save) return true;
  mode_t mask = umask(077);
  bool fine = file_write(looking->arena, looking->save, review_file(review));
  int reason = errno;
  umask(mask);
  if (!fine)
    say(stderr, "stile: The review `%s` could not be written: %s.\n",
        looking->save, language_error(reason));
  return fine;
}

static void print(const Looking *looking, const Review *review)
{
  Page page;
  Sheet sheet = sheet_make(looking->arena,
                           report_color(looking->color, STDOUT_FILENO));
  if (looking->format == FORMAT_JSON) {
    json_print(review_json(review));
    return;
  }
  review_page(review, &page);
  if (looking->format == FORMAT_HTML)
    page_html(&sheet.out, &page, language_code());
  else if (looking->format == FORMAT_MARKDOWN)
    page_markdown(&sheet, &page);
  else
    page_text(&sheet, &page);
  fwrite(sheet.out.at, 1, sheet.out.length, stdout);
}

static int tell_which(Looking *looking)
{
  Diagnostic *one =
      diagnostic_error(&looking->diagnostics, E_WHICH, (Span){0}, "%.*s",
                       TEXT_ARG(wording(WORDING_WHICH)));
  diagnostic_help(&looking->diagnostics, one, N_("%.*s There are %.*s."),
                  TEXT_ARG(wording(WORDING_WHICH_HELP)),
                  TEXT_ARG(review_boundaries(looking->arena,
                                             &looking->policy.image)));
  report(looking, &looking->diagnostics);
  return EXIT_MISFIT;
}

static int look_back(Looking *looking)
{
  Answer now, then;
  const Image *image = &looking->policy.image;
  const Kept *kept = looking->log_path ? &looking->kept : NULL;
  View view_now = {looking->arena, image, &looking->now, &now};
  View view_then = {looking->arena, image, &looking->then, &then};
  if (kept)
    view_then = (View){looking->arena, &kept->image, &kept->then,
                       &kept->answer};
  Review review = {looking->account, &view_now,
                   kept || looking->has_then ? &view_then : NULL,
                   kept != NULL, looking->kept.decisions,
                   looking->kept.left_out};
  answer_make(looking->arena, image, &looking->now, 0, &now);
  if (looking->has_then && !kept)
    answer_make(looking->arena, image, &looking->then, 0, &then);
  if (!now.in_scope) return tell_which(looking);
  report_text(looking->arena, &looking->policy.sources,
              &looking->diagnostics,
              report_color(looking->color, STDERR_FILENO));
  if (!save(looking, &review)) return EXIT_MACHINE;
  print(looking, &review);
  return EXIT_DONE;
}

/* ------------------------------------------------------------ the command */

static int review_policy(Looking *looking)
{
  int status = policy_load(looking->arena, looking->policy_path,
                           &looking->load, &looking->policy);
  if (status != EXIT_DONE) {
    report(looking, &looking->policy.diagnostics);
    return status;
  }
  if (!translate(looking, &looking->policy.image)) return EXIT_MACHINE;
  status = read_review(looking);
  if (status == EXIT_DONE && !looking->diagnostics.errors) {
    add_kept(looking);
    if (looking->interview)
      review_ask(looking->arena, &looking->policy.image, &looking->now,
                 &looking->account);
    return look_back(looking);
  }
  if (looking->diagnostics.list.count)
    report(looking, &looking->diagnostics);
  return status == EXIT_DONE ? EXIT_MISFIT : status;
}

/* POLICY [REVIEW.yaml], and with a log the number of an entry at the end. */
static int take_words(Looking *looking, const Words *words)
{
  uint32_t count = words->count;
  if (count == 0)
    return options_misuse(&command_review, "Which policy is it about?");
  if (looking->log_path && count < 2)
    return options_misuse(&command_review,
                          "Which entry of the log is it about? `stile log "
                          "list` shows their numbers.");
  if (looking->log_path) looking->log_id = words->at[--count];
  if (count > 2)
    return options_misuse(&command_review,
                          "Give one policy and at most one review.");
  looking->policy_path = words->at[0];
  if (count == 2) looking->review_path = words->at[1];
  return OPTIONS_FINE;
}

static int check_options(Looking *looking, const Words *words)
{
  uint32_t fault;
  int status = take_words(looking, words);
  if (status != OPTIONS_FINE) return status;
  if (looking->as_of && !day_read(text_of(looking->as_of),
                                  &looking->as_of_day))
    return options_misuse(&command_review,
                          "`--as-of` needs a day, like 2026-11-23.");
  if (looking->boundary &&
      utf8_check(text_of(looking->boundary), &fault) != UTF8_FINE)
    return options_misuse(&command_review,
                          "The `--boundary` holds letters that are not "
                          "UTF-8, or hidden ones.");
  if (!looking->review_path && isatty(STDIN_FILENO))
    looking->interview = true;
  if (!looking->review_path && !looking->interview && !looking->log_path)
    return options_misuse(&command_review,
                          "Name a review file, or add `--interview` to be "
                          "asked.");
  if (looking->interview && looking->review_path &&
      strcmp(looking->review_path, "-") == 0)
    return options_misuse(&command_review,
                          "The review and the answers cannot both come from "
                          "stdin.");
  return OPTIONS_FINE;
}

static int run(Arena *arena, int argc, char **argv)
{
  Looking *looking = ARENA_NEW(arena, Looking);
  const Option table[] = {
    {.name = "interview", .flag = &looking->interview,
     .help = "be asked, one question at a time"},
    {.name = "boundary", .value = "NAME", .text = &looking->boundary,
     .help = "which boundary it is about"},
    {.name = "as-of", .value = "DATE", .text = &looking->as_of,
     .help = "the day of looking back; today if not said"},
    {.name = "format", .value = "text|json|markdown|html",
     .choice = &looking->format, .help = "how to print it"},
    {.name = "save", .value = "FILE", .text = &looking->save,
     .help = "keep the review in a file that only you can read"},
    {.name = "texts", .value = "FILE.po", .text = &looking->texts,
     .help = "the policy's words in another language"},
    {.name = "log", .value = "FILE", .text = &looking->log_path,
     .help = "look back at an answer that this log keeps: its ID comes last"},
    POLICY_OPTIONS(looking->load, looking->color),
  };
  Words paths;
  looking->arena = arena;
  looking->diagnostics.arena = arena;
  int status = options_read(arena, &command_review, table,
                            OPTION_COUNT(table), argc, argv, &paths);
  if (status == OPTIONS_FINE) status = check_options(looking, &paths);
  if (status != OPTIONS_FINE) return status;
  looking->diagnostics.speech = wording_speech();
  return review_policy(looking);
}

const Command command_review = {
  "review", "[OPTIONS] POLICY [REVIEW.yaml] [--log FILE ID]",
  N_("look back, when something has gone wrong"),
  N_(
  "What happened, why, what can be put right, what could be done differently;\n"
  "and what the policy can learn. Nothing is kept unless --save names a file.\n"
  "Without a REVIEW, a terminal asks. With --log, the policy of that day is\n"
  "asked again about what was kept, beside today's.\n\n"
  "Exit status: 0 done, 1 errors in the policy, 3 the review does not fit the\n"
  "policy, 4 a file could not be read or written.\n"),
  run,
};

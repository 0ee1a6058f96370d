#include "cli/ask_situation.h"

#include <string.h>

#include "cli/command.h"
#include "cli/file_read.h"
#include "runtime/value_read.h"

enum { E_CANNOT_READ = 602 };

static void tell_file(const AskSituation *said, Text reason)
{
  uint32_t file = source_add(said->arena, said->sources,
                             text_of(said->path), TEXT(""));
  Diagnostic *one = diagnostic_error(
      said->diagnostics, E_CANNOT_READ, (Span){file, 0, 0},
      "The file `%s` cannot be read: %.*s.", said->path, TEXT_ARG(reason));
  if (strchr(said->path, '='))
    diagnostic_help(said->diagnostics, one,
                    "A fact comes after `--set`: `--set %s`.", said->path);
  else
    diagnostic_help(said->diagnostics, one,
                    "Check the name and where the file is.");
}

static void tell_several(const AskSituation *said, const Cases *cases)
{
  Diagnostic *one = diagnostic_error(
      said->diagnostics, E_SEVERAL, cases->at[1].span,
      "A second situation starts here; this file holds %u.", cases->count);
  diagnostic_help(said->diagnostics, one,
                  "Ask about one at a time. `stile test` reads them all.");
}

static bool read_cases(const AskSituation *said, Text bytes,
                       Situation *situation)
{
  SituationInput input = *said->input;
  Cases cases = {0};
  bool is_stdin = strcmp(said->path, "-") == 0;
  Text name = is_stdin ? TEXT("stdin") : text_of(said->path);
  input.file = source_add(said->arena, said->sources, name, bytes);
  bool fine =
      situation_read_input(said->arena, &input, said->diagnostics, &cases);
  if (cases.count > 1) tell_several(said, &cases);
  if (cases.count) *situation = cases.at[0].situation;
  return fine && cases.count == 1;
}

/* What the options say alone. */
static void start(const AskSituation *said, Situation *situation)
{
  const SituationInput *input = said->input;
  situation_init(said->arena, input->image, input->today, situation);
  if (input->boundary != NONE) situation->boundary = input->boundary;
  if (input->has_tense) situation->tense = input->tense;
  if (input->as_of != DAY_NONE) situation->as_of = input->as_of;
}

int ask_situation_read(const AskSituation *said, Situation *situation)
{
  Text bytes, reason;
  start(said, situation);
  if (!said->path) return EXIT_DONE;
  if (!file_read(said->arena, said->path, SITUATION_FILE_MOST, &bytes,
                 &reason)) {
    tell_file(said, reason);
    return EXIT_MACHINE;
  }
  return read_cases(said, bytes, situation) ? EXIT_DONE : EXIT_MISFIT;
}

#include "cli/trial.h"

#include <string.h>

#include "cli/command.h"

/* ------------------------------------------------------------- coverage */

static void coverage_init(Arena *arena, const Image *image, Coverage *coverage)
{
  *coverage = (Coverage){
      .boundaries = ARENA_ARRAY(arena, image->boundaries.count, uint8_t),
      .rules = ARENA_ARRAY(arena, image->rules.count, uint8_t),
      .duties = ARENA_ARRAY(arena, image->duties.count, uint8_t)};
}

static void coverage_add(Coverage *coverage, const Image *image,
                         const Situation *situation, const Answer *answer)
{
  if (situation->boundary != NONE)
    coverage->boundaries[situation->boundary] = 1;
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (answer->rules[i].standing == STANDING_IN_FORCE)
      coverage->rules[i] = 1;
  for (uint32_t i = 0; i < image->duties.count; i++)
    if (answer->duties[i] == THREE_YES) coverage->duties[i] = 1;
  if (answer->settled)
    coverage->verdicts[answer->low] = true;
}

uint32_t coverage_count(const uint8_t *marks, uint32_t count)
{
  uint32_t reached = 0;
  for (uint32_t i = 0; i < count; i++) reached += marks[i];
  return reached;
}

/* --------------------------------------------------------------- trials */

/* Fills in the result of `trial` from its faults. */
static void finish(PolicyTrials *all, Trial *trial, bool expects)
{
  trial->result = trial->faults.count ? TRIAL_FAILED
                  : expects           ? TRIAL_PASSED
                                      : TRIAL_SKIPPED;
  all->counts[trial->result]++;
}

/* The folder of the policy, with its slash: what places are relative to. */
static Text folder_of(const char *path)
{
  const char *slash = strrchr(path, '/');
  return (Text){path, slash ? (uint32_t)(slash - path) + 1 : 0};
}

static void place_example(Arena *arena, PolicyTrials *all, uint32_t example,
                          Trial *trial)
{
  const Image *image = &all->policy.image;
  const Place *place = image_example_place(image, example);
  if (!place) return;
  Text name = image_place_text(image, image->files.at[place->file].name);
  trial->file = text_format(arena, "%.*s%.*s", TEXT_ARG(folder_of(all->path)),
                            TEXT_ARG(name));
  trial->line = place->line;
  trial->column = place->column;
}

static void try_example(Arena *arena, PolicyTrials *all, uint32_t example)
{
  const Image *image = &all->policy.image;
  Trial *trial = VEC_ADD(arena, &all->trials);
  Situation situation;
  Answer answer;
  trial->title = image_text(image, image->examples.at[example].title);
  place_example(arena, all, example, trial);
  situation_from_example(arena, image, example, &situation);
  answer_make(arena, image, &situation, 0, &answer);
  coverage_add(&all->coverage, image, &situation, &answer);
  expect_example(arena, image, example, &answer, &trial->faults);
  finish(all, trial, image->examples.at[example].expects.count > 0);
}

/* The examples of a file that is used say what that file answers by itself:
 * with more rules around it, more may be asked.  Without places all are own. */
static bool is_own_example(const Image *image, uint32_t example)
{
  const Place *place = image_example_place(image, example);
  return !place || place->file == 0;
}

int trial_policy(Arena *arena, const char *path, const LoadOptions *options,
                 PolicyTrials *out)
{
  out->path = path;
  int status = policy_load(arena, path, options, &out->policy);
  if (status != EXIT_DONE) return status;
  const Image *image = &out->policy.image;
  out->loaded = true;
  coverage_init(arena, image, &out->coverage);
  for (uint32_t i = 0; i < image->examples.count; i++) {
    if (is_own_example(image, i))
      try_example(arena, out, i);
    else
      out->elsewhere++;
  }
  return EXIT_DONE;
}

/* ---------------------------------------------------------------- cases */

static void try_case(Arena *arena, PolicyTrials *all, const Case *one)
{
  const Image *image = &all->policy.image;
  const Source *source = source_get(&all->policy.sources, one->span.file);
  Position position = source_position(source, one->span.start);
  Trial *trial = VEC_ADD(arena, &all->trials);
  Answer answer;
  *trial = (Trial){.title = one->situation.title, .file = source->name,
                   .line = position.line, .column = position.column,
                   .is_case = true};
  if (text_is_none(trial->title))
    trial->title = text_format(arena, "the case at line %u", position.line);
  answer_make(arena, image, &one->situation, 0, &answer);
  if (answer.in_scope) {
    coverage_add(&all->coverage, image, &one->situation, &answer);
    expect_case(arena, image, &one->expected, &answer, &trial->faults);
  } else {
    VEC_PUSH(arena, &trial->faults,
             TEXT("It names no boundary, and the policy has several."));
  }
  finish(all, trial, one->expected.any);
}

static int tell_unread(Arena *arena, const char *path, Text reason,
                       PolicyTrials *out)
{
  enum { E_FILE = 602 };
  uint32_t file =
      source_add(arena, &out->policy.sources, text_of(path), TEXT(""));
  diagnostic_error(&out->policy.diagnostics, E_FILE, (Span){file, 0, 0},
                   "The file `%s` cannot be read: %.*s.", path,
                   TEXT_ARG(reason));
  return EXIT_MACHINE;
}

int trial_cases(Arena *arena, const char *path, Day today, PolicyTrials *out)
{
  Text bytes, reason;
  Cases cases = {0};
  LoadedPolicy *policy = &out->policy;
  if (!out->loaded) return EXIT_DONE;
  if (!file_read(arena, path, SITUATION_FILE_MOST, &bytes, &reason))
    return tell_unread(arena, path, reason, out);
  Text name = strcmp(path, "-") == 0 ? TEXT("stdin") : text_of(path);
  uint32_t file = source_add(arena, &policy->sources, name, bytes);
  if (!situation_read(arena, &policy->image, &policy->sources, file, today,
                      true, &policy->diagnostics, &cases))
    return EXIT_MISFIT;
  for (uint32_t i = 0; i < cases.count; i++)
    try_case(arena, out, &cases.at[i]);
  return EXIT_DONE;
}

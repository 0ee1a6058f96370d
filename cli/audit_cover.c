#include "cli/audit_cover.h"

#include <string.h>

#include "base/number.h"
#include "cli/file_read.h"
#include "runtime/situation_read.h"

enum {
  E_COVER_FILE = 602, WAYS_LEAST = 2, WAYS_MOST = 6, SUGGESTED_MOST = 1000000
};

bool cover_wished(const CoverWish *wish)
{
  return wish->coverage || wish->examples.count || wish->ways || wish->cases ||
         wish->log || wish->suggest;
}

static bool read_most(CoverWish *wish)
{
  int64_t most;
  if (!wish->most) return true;
  if (number_read(text_of(wish->most), &most) != NUMBER_FINE ||
      most % NUMBER_ONE != 0 || most < NUMBER_ONE ||
      most / NUMBER_ONE > SUGGESTED_MOST)
    return false;
  wish->most_number = (uint32_t)(most / NUMBER_ONE);
  return true;
}

int cover_check(CoverWish *wish)
{
  const char *ways = wish->ways;
  if (ways && (ways[0] < '0' + WAYS_LEAST || ways[0] > '0' + WAYS_MOST ||
               ways[1]))
    return options_misuse(&command_audit, "`--ways` is a number from 2 to 6.");
  if (!read_most(wish))
    return options_misuse(&command_audit, "`--most` is a whole number from 1 "
                                          "to 1000000.");
  if (wish->most && !wish->suggest)
    return options_misuse(&command_audit, "`--most` belongs to `--suggest`.");
  wish->ways_number = ways ? (uint32_t)(ways[0] - '0') : 0;
  return OPTIONS_FINE;
}

/* Examples of a file that is used belong to that file. */
static bool is_own(const Image *image, uint32_t example)
{
  const Place *place = image_example_place(image, example);
  return !place || place->file == 0;
}

static void ask_examples(Arena *arena, const Image *image, CoverResult *result)
{
  for (uint32_t i = 0; i < image->examples.count; i++) {
    Situation situation;
    if (!is_own(image, i)) continue;
    situation_from_example(arena, image, i, &situation);
    cover_ask(&result->cover, &situation,
              image_text(image, image->examples.at[i].title), true);
    result->own++;
  }
}

static int tell_unread(Arena *arena, const char *path, Text reason,
                       LoadedPolicy *policy)
{
  uint32_t file =
      source_add(arena, &policy->sources, text_of(path), TEXT(""));
  diagnostic_error(&policy->diagnostics, E_COVER_FILE, (Span){file, 0, 0},
                   "The file `%s` cannot be read: %.*s.", path,
                   TEXT_ARG(reason));
  return EXIT_MACHINE;
}

static int ask_file(Arena *arena, const char *path, Day today,
                    CoverResult *result)
{
  LoadedPolicy *policy = result->policy;
  Text bytes, reason;
  Cases cases = {0};
  if (!file_read(arena, path, SITUATION_FILE_MOST, &bytes, &reason))
    return tell_unread(arena, path, reason, policy);
  uint32_t file = source_add(arena, &policy->sources, text_of(path), bytes);
  if (!situation_read(arena, &policy->image, &policy->sources, file, today,
                      true, &policy->diagnostics, &cases))
    return EXIT_MISFIT;
  for (uint32_t i = 0; i < cases.count; i++) {
    Situation *situation = &cases.at[i].situation;
    cover_ask(&result->cover, situation, situation->title, false);
    result->given++;
  }
  return EXIT_DONE;
}

static int read_uses(Arena *arena, Audit *audit, const CoverWish *wish,
                     CoverResult *result)
{
  int status = EXIT_DONE;
  if (wish->cases) {
    Use *use = ARENA_NEW(arena, Use);
    status = use_read_cases(arena, wish->cases, result->policy, audit, use);
    result->uses[result->use_count++] = use;
  }
  if (wish->log && status == EXIT_DONE) {
    Use *use = ARENA_NEW(arena, Use);
    status = use_read_log(arena, wish->log, result->policy, audit, use);
    result->uses[result->use_count++] = use;
  }
  return status;
}

int cover_collect(Arena *arena, LoadedPolicy *policy, Audit *audit,
                  const CoverWish *wish, CoverResult *result)
{
  *result = (CoverResult){.policy = policy, .suggest = wish->suggest};
  cover_make(audit, &result->cover);
  ask_examples(arena, &policy->image, result);
  for (uint32_t i = 0; i < wish->examples.count; i++) {
    int status = ask_file(arena, wish->examples.at[i], audit->options.today,
                          result);
    if (status != EXIT_DONE) return status;
  }
  cover_judge(&result->cover);
  cover_combine(&result->cover, wish->ways_number);
  if (wish->suggest)
    cover_suggest(&result->cover, wish->most_number, &result->suggestions);
  return EXIT_DONE;
}

int cover_finish(Arena *arena, Audit *audit, const CoverWish *wish,
                 CoverResult *result)
{
  int status = read_uses(arena, audit, wish, result);
  if (status != EXIT_DONE || !wish->suggest) return status;
  return suggest_write(arena, wish->suggest, result);
}

/* Suggested situations as a file: a case file that `stile test` reads, or
 * examples in the policy's language.  What is expected is left to a person:
 * what the policy says today stands in a comment only. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/audit_cover.h"
#include "cli/file_write.h"
#include "cli/review.h"
#include "cli/situation_file.h"

typedef struct SuggestFile {
  Arena *arena; /* what one situation needs, given up after each */
  const CoverResult *result;
  Buffer out;
  bool examples; /* blocks of the policy's language */
} SuggestFile;

static Text suggested_of(const CoverUnit *unit)
{
  const Image *image = unit->one->inquiry.image;
  return unit->boundary == NONE
             ? TEXT("emergency")
             : image_text(image, image->boundaries.at[unit->boundary].name);
}

static Text title_of(Arena *arena, const Suggestion *one)
{
  uint32_t number = one->goals.count ? one->goals.at[0] : one->half;
  const Goal *goal = &one->unit->goals.at[number];
  Text words = goal_words(arena, one->unit, goal);
  if (goal->kind == GOAL_MATTERS)
    words = text_format(arena, "what a change of %.*s does",
                        TEXT_ARG(words));
  Buffer out = {.arena = arena};
  buffer_format(&out, "%.*s %u: ", TEXT_ARG(suggested_of(one->unit)),
                one->number);
  for (uint32_t i = 0; i < words.length; i++)
    if (words.at[i] != '`') buffer_put_char(&out, words.at[i]);
  return buffer_text(&out);
}

/* Amounts and days as a person writes them. */
static void write_values(Arena *arena, const Image *image,
                         Situation *situation)
{
  Given *facts = ARENA_ARRAY(arena, image->facts.count + 1, Given);
  memcpy(facts, situation->facts, image->facts.count * sizeof *facts);
  situation->facts = facts;
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Fact *fact = &image->facts.at[i];
    Buffer out = {.arena = arena};
    if (!facts[i].given || !facts[i].span_count) continue;
    situation_put_value(&out, image, fact, fact->type, facts[i].spans[0].low);
    facts[i].text = buffer_text(&out);
    /* Support that was not drawn on need not be said. */
    if (fact->dimension == SUPPORT && fact->type == TYPE_YES_NO &&
        facts[i].spans[0].low == 0)
      facts[i].given = false;
  }
  for (uint32_t i = 0; i < image->facts.count; i++)
    if (image->facts.at[i].dimension == SUPPORT &&
        image->facts.at[i].type == TYPE_SET && !facts[i].members)
      facts[i].given = false;
}

static void put_goal(SuggestFile *file, Buffer *out, const Suggestion *one,
                     uint32_t number)
{
  const Goal *goal = &one->unit->goals.at[number];
  Text kind = goal_kind_words((GoalKind)goal->kind);
  Text words = goal_words(file->arena, one->unit, goal);
  buffer_format(out, "# %.*s: %.*s\n", TEXT_ARG(kind), TEXT_ARG(words));
}

static void put_comments(SuggestFile *file, Buffer *out, const Suggestion *one)
{
  static const char *const verdicts[VERDICT_COUNT] = {
    "nothing", "proceed", "proceed with care", "consult", "hold", "never"};
  for (uint32_t i = 0; i < one->goals.count; i++)
    put_goal(file, out, one, one->goals.at[i]);
  if (!one->goals.count) {
    buffer_put_c(out, "# Only with another situation, which is not here:\n");
    put_goal(file, out, one, one->half);
  }
  if (one->unit->boundary == NONE || !one->verdict) return;
  buffer_format(out, "# Today the policy says: %s. Should it?\n",
                verdicts[__builtin_ctz(one->verdict)]);
}

static void put_suggestion(SuggestFile *file, const Suggestion *one)
{
  const Image *image = &file->result->policy->image;
  Buffer out = {.arena = file->arena};
  Situation situation;
  suggestion_situation(file->arena, one, &situation);
  situation.title = title_of(file->arena, one);
  write_values(file->arena, image, &situation);
  if (!file->examples) buffer_put_c(&out, "---\n");
  put_comments(file, &out, one);
  if (file->examples) {
    View view = {.arena = file->arena, .image = image,
                 .situation = &situation};
    buffer_put(&out, review_example_open(&view));
    buffer_put_c(&out, "  # expect … (yours to say)\n\n");
  } else {
    situation_file(image, &situation, &out);
    buffer_put_c(&out, "# expect:\n#   verdict: (yours to say)\n");
  }
  buffer_put(&file->out, buffer_text(&out));
}

static void put_head(Buffer *out, const Suggestions *suggestions)
{
  buffer_put_c(out,
               "# Situations that nobody has asked about yet. What the answer\n"
               "# should be is for a person to say: write it under `expect`.\n"
               "# Those that show most come first.\n");
  if (suggestions->ended)
    buffer_put_c(out, "# This was ended early. There may be more to show.\n");
  if (suggestions->bare && suggestions->list.count)
    buffer_put_c(out, "# Facts that do not matter here are left out.\n");
  if (suggestions->list.count == suggestions->all) return;
  if (suggestions->list.count == 1)
    buffer_format(out, "# This is the first of %u.\n", suggestions->all);
  else
    buffer_format(out, "# These are the first %u of %u.\n",
                  suggestions->list.count, suggestions->all);
}

static void put_all(SuggestFile *file)
{
  const Suggestions *suggestions = &file->result->suggestions;
  put_head(&file->out, suggestions);
  for (uint32_t i = 0; i < suggestions->list.count; i++) {
    ArenaMark mark = arena_mark(file->arena);
    put_suggestion(file, &suggestions->list.at[i]);
    arena_back(file->arena, mark);
  }
}

static bool ends_in(const char *path, const char *end)
{
  size_t length = strlen(path), size = strlen(end);
  return length >= size && strcmp(path + length - size, end) == 0;
}

int suggest_write(Arena *arena, const char *path, const CoverResult *result)
{
  SuggestFile file = {.arena = result->cover.audit->options.scratch,
                      .result = result, .out = {.arena = arena},
                      .examples = ends_in(path, ".stile")};
  put_all(&file);
  if (file_write(arena, path, buffer_text(&file.out))) return EXIT_DONE;
  int reason = errno;
  Text name = utf8_safe(arena, text_of(path), false);
  fprintf(stderr, "stile: `%.*s` could not be written: %s.\n", TEXT_ARG(name),
          strerror(reason));
  return EXIT_MACHINE;
}

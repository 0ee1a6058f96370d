#include "tests/reference/shrink.h"

#include <string.h>

#include "tests/reference/show.h"

static Text first_word(Text text) {
  uint32_t start = 0, end;
  while (start < text.length && text.at[start] == ' ') start++;
  end = start;
  while (end < text.length && text.at[end] != ' ') end++;
  return (Text){text.at + start, end - start};
}

/* The situation in the numbers of a policy that has been made anew. */
static Situation renumber(Arena *arena, const RefPolicy *from,
                          const RefPolicy *to, const Situation *situation) {
  Situation result = *situation;
  result.facts = ARENA_ARRAY(arena, to->facts.count + 1, Given);
  for (uint32_t i = 0; i < to->facts.count; i++) {
    const RefFact *fact = &to->facts.at[i];
    uint32_t old = ref_fact_find(from, fact->dimension, fact->name);
    if (old != REF_NONE) result.facts[i] = situation->facts[old];
  }
  if (situation->boundary == REF_NONE) return result;
  result.boundary = REF_NONE;
  for (uint32_t i = 0; i < to->boundaries.count; i++)
    if (text_equal(to->boundaries.at[i],
                   from->boundaries.at[situation->boundary]))
      result.boundary = i;
  return result;
}

static bool is_complete(const RefPolicy *policy, const Situation *situation) {
  for (uint32_t i = 0; i < policy->facts.count; i++)
    if (policy->facts.at[i].dimension != SUPPORT &&
        !given_is_exact(&situation->facts[i]))
      return false;
  return true;
}

static bool compare_all(Arena *arena, const Disagreement *one,
                        const Subject *subject, const Situation *situation,
                        Buffer *out) {
  Tally tally = {0};
  bool complete = is_complete(&subject->policy, situation);
  bool same =
      compare_answers(arena, subject, situation, one->budget, &tally, out);
  if (complete)
    same &= compare_complete(arena, subject, situation, &tally, out);
  same &= compare_index(arena, subject, situation, complete, out);
  return compare_reading(arena, subject, situation, out) && same;
}

static bool ask_both(Arena *arena, const Disagreement *one, Text *report) {
  Subject subject;
  Buffer out = {.arena = arena};
  if (!subject_make(arena, &one->files, &subject)) return false;
  Situation situation =
      renumber(arena, &one->policy, &subject.policy, &one->situation);
  if (situation.boundary == REF_NONE && one->situation.boundary != REF_NONE)
    return false;
  if (compare_all(arena, one, &subject, &situation, &out)) return false;
  *report = buffer_text(&out);
  return text_is_none(one->kind) || text_equal(first_word(*report), one->kind);
}

bool disagreement_holds(Arena *arena, const Disagreement *disagreement,
                        Text *report) {
  Arena trial;
  Text found = TEXT_NONE;
  /* Where memory ends here, it has ended for the owner of `arena` too. */
  arena_init(&trial, &memory_default, 0, arena->escape);
  bool holds = ask_both(&trial, disagreement, &found);
  if (holds) *report = text_copy(arena, found);
  arena_clear(&trial);
  return holds;
}

/* ---------------------------------------------------------------- blocks */

static uint32_t line_end(Text text, uint32_t start) {
  const char *end = memchr(text.at + start, '\n', text.length - start);
  return end ? (uint32_t)(end - text.at) + 1 : text.length;
}

static uint32_t indentation(Text text, uint32_t start) {
  uint32_t i = start;
  while (i < text.length && text.at[i] == ' ') i++;
  return i - start;
}

/* A line and the deeper lines after it. */
static uint32_t block_end(Text text, uint32_t start) {
  uint32_t end = line_end(text, start);
  while (end < text.length &&
         indentation(text, end) > indentation(text, start))
    end = line_end(text, end);
  return end;
}

static bool drop_blocks(Arena *arena, Disagreement *one, uint32_t file) {
  bool progress = false;
  uint32_t at = 0;
  while (at < one->files.texts[file].length) {
    Text text = one->files.texts[file];
    uint32_t end = block_end(text, at);
    Text report;
    one->files.texts[file] =
        text_format(arena, "%.*s%.*s", (int)at, text.at,
                    (int)(text.length - end), text.at + end);
    if (disagreement_holds(arena, one, &report)) {
      one->report = report;
      progress = true;
      continue;
    }
    one->files.texts[file] = text;
    at = line_end(text, at);
  }
  return progress;
}

static bool drop_givens(Arena *arena, Disagreement *one) {
  bool progress = false;
  for (uint32_t i = 0; i < one->policy.facts.count; i++) {
    Given given = one->situation.facts[i];
    Text report;
    if (!given.given) continue;
    one->situation.facts[i] = (Given){0};
    if (disagreement_holds(arena, one, &report)) {
      one->report = report;
      progress = true;
    } else {
      one->situation.facts[i] = given;
    }
  }
  return progress;
}

void shrink(Arena *arena, Disagreement *disagreement) {
  bool progress = true;
  disagreement->kind = first_word(disagreement->report);
  for (uint32_t round = 0; progress && round < 6; round++) {
    progress = drop_givens(arena, disagreement);
    for (uint32_t i = 0; i < disagreement->files.count; i++)
      progress |= drop_blocks(arena, disagreement, i);
  }
}

void disagreement_show(Buffer *out, const Disagreement *disagreement) {
  const Generated *files = &disagreement->files;
  for (uint32_t i = 0; i < files->count; i++)
    buffer_format(out, "# file: %.*s\n%.*s", TEXT_ARG(files->paths[i]),
                  TEXT_ARG(files->texts[i]));
  buffer_put_c(out, "---\n");
  show_situation(out, &disagreement->policy, &disagreement->situation);
  if (disagreement->budget)
    buffer_format(out, "# budget %llu\n",
                  (unsigned long long)disagreement->budget);
  buffer_format(out, "---\n%.*s", TEXT_ARG(disagreement->report));
}

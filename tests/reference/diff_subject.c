#include "tests/reference/diff_subject.h"

#include <string.h>

#include "tests/reference/mutate.h"
#include "tests/reference/subject.h"

#define ATTEMPTS 12

enum { OLD, NEW };

typedef struct TestPair {
  Generated files[2];
  Subject subjects[2];
  bool identical;
} TestPair;

static void mutate(Arena *arena, Random *random, const Generated *from,
                   Generated *to) {
  uint32_t changes = 1 + random_below(random, 3);
  *to = *from;
  for (uint32_t i = 0; i < changes; i++) {
    uint32_t file = random_below(random, to->count);
    to->texts[file] = mutate_text(arena, random, to->texts[file]);
  }
}

static bool same_texts(const Generated *a, const Generated *b) {
  for (uint32_t i = 0; i < a->count; i++)
    if (!text_equal(a->texts[i], b->texts[i])) return false;
  return true;
}

static bool make_other(Arena *arena, Random *random, TestPair *pair) {
  uint32_t way = random_below(random, 12);
  for (uint32_t i = 0; i < ATTEMPTS; i++) {
    if (way == 0)
      generate_policy(arena, random, false, &pair->files[NEW]);
    else if (way == 1)
      pair->files[NEW] = pair->files[OLD];
    else
      mutate(arena, random, &pair->files[OLD], &pair->files[NEW]);
    pair->identical = way != 0 && same_texts(&pair->files[OLD],
                                             &pair->files[NEW]);
    if (pair->identical && way > 1) continue;
    if (subject_make(arena, &pair->files[NEW], &pair->subjects[NEW]))
      return true;
  }
  return false;
}

/* Duties with more than one tag. */
static void vary_duties(Arena *arena, Random *random, Generated *files) {
  for (uint32_t f = 0; f < files->count; f++) {
    Buffer out = {.arena = arena};
    Text text = files->texts[f];
    for (uint32_t i = 0; i < text.length; i++) {
      bool duty = i + 4 < text.length && memcmp(text.at + i, "do \"D", 5) == 0;
      buffer_put_c(&out, duty && random_chance(random, 50) ? "log-" : "");
      buffer_put_char(&out, text.at[i]);
    }
    files->texts[f] = buffer_text(&out);
  }
}

static bool make_pair(Arena *arena, Random *random, TestPair *pair) {
  generate_policy(arena, random, false, &pair->files[OLD]);
  vary_duties(arena, random, &pair->files[OLD]);
  return subject_make(arena, &pair->files[OLD], &pair->subjects[OLD]) &&
         make_other(arena, random, pair);
}

bool diff_subject_make(Arena *arena, uint64_t seed, DiffSubject *subject) {
  Random random = {seed};
  Situation situation;
  TestPair *pair = ARENA_NEW(arena, TestPair);
  if (!make_pair(arena, &random, pair)) return false;
  generate_situation(arena, &random, &pair->subjects[OLD].policy, true,
                     &situation);
  *subject = (DiffSubject){.identical = pair->identical,
                           .today = situation.as_of,
                           .modest = random_chance(&random, 20)};
  if (subject->modest)
    subject->steps_most =
        1 + random_below(&random, random_below(&random, 2) ? 60 : 3);
  for (uint32_t k = OLD; k <= NEW; k++) {
    subject->subjects[k] = &pair->subjects[k];
    subject->images[k] = &pair->subjects[k].image;
    subject->texts[k] = pair->files[k].texts;
    subject->text_counts[k] = pair->files[k].count;
  }
  return true;
}

void diff_subject_show(Buffer *out, const DiffSubject *subject) {
  for (uint32_t k = OLD; k <= NEW; k++)
    for (uint32_t i = 0; i < subject->text_counts[k]; i++)
      buffer_format(out, "-- %s, file %u\n%.*s", k == NEW ? "new" : "old",
                    (unsigned)i, TEXT_ARG(subject->texts[k][i]));
  buffer_put_c(out, "-- on ");
  day_print(out, subject->today);
  buffer_put_char(out, '\n');
}

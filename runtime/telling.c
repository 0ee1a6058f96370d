#include "runtime/telling.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/settle.h"

/* The most evaluations for one question about support. */
#define QUESTION_WORK 100000
#define SAMPLES 400 /* ways in which things may be, by chance */

/* Ways in which everything may be, each with what the policy answers. */
typedef struct Samples {
  const Search *search;
  uint32_t count;
  uint32_t *cells;   /* for each sample, the cell of each variable */
  uint32_t *answers; /* for each sample, its answer as a number */
  uint64_t *keys;    /* workspace */
} Samples;

/* FNV-1a (Fowler, Noll, Vo). */
static uint32_t mix(uint32_t hash, uint32_t value) {
  return (hash ^ value) * UINT32_C(16777619);
}

/* What an interview is to settle, as a number: two answers that differ have the
 * same one only by a rare chance, and that bears on the order alone. */
static uint32_t answer_number(const Search *search) {
  const Inquiry *inquiry = search->inquiry;
  uint32_t hash = UINT32_C(2166136261);
  for (uint32_t p = 0; p < POINT_RULES; p++)
    hash = mix(hash, search->outcome[0][p]);
  for (uint32_t p = point_duty(inquiry, 0); p < inquiry->points; p++)
    hash = mix(hash, search->outcome[0][p]);
  return hash;
}

static void take_samples(Arena *arena, Search *search, Samples *samples) {
  const Grid *grid = &search->inquiry->grid;
  uint32_t variables = grid->image->variables.count;
  *samples = (Samples){.search = search};
  samples->cells = ARENA_ARRAY(arena, (size_t)SAMPLES * (variables + 1),
                               uint32_t);
  samples->answers = ARENA_ARRAY(arena, SAMPLES, uint32_t);
  samples->keys = ARENA_ARRAY(arena, SAMPLES, uint64_t);
  for (uint32_t i = 0; i < SAMPLES; i++) {
    if (!search_sample(search))
      continue;
    uint32_t *cells = samples->cells + samples->count * variables;
    for (uint32_t v = 0; v < variables; v++)
      cells[v] = grid_run_first(&grid->variables[v],
                                cells_next(search->cells[0],
                                           &grid->variables[v], 0));
    samples->answers[samples->count++] = answer_number(search);
  }
}

static int compare_keys(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* The pairs of a run of samples whose answers are the same; the run ends where
 * the upper halves of the keys change. */
static uint64_t same_pairs(const uint64_t *keys, uint32_t from, uint32_t to) {
  uint64_t same = 0;
  for (uint32_t i = from, start = from; i < to; i++) {
    if (i > from && keys[i] != keys[i - 1])
      start = i;
    same += i - start;
  }
  return same;
}

/* How much is left open, in millionths: the chance that two samples which agree
 * in the fact have different answers. */
static uint64_t left_open(const Samples *samples, uint64_t whole) {
  const uint64_t *keys = samples->keys;
  uint64_t sum = 0;
  for (uint32_t from = 0, to; from < samples->count; from = to) {
    for (to = from; to < samples->count && keys[to] >> 32 == keys[from] >> 32;)
      to++;
    uint64_t n = to - from, pairs = n * (n - 1) / 2;
    sum += pairs ? n * ((pairs - same_pairs(keys, from, to)) * 1000000 / pairs)
                 : whole;
  }
  return sum / samples->count;
}

static uint64_t weigh_fact(const Samples *samples, uint32_t fact,
                           uint64_t whole) {
  const Image *image = samples->search->inquiry->image;
  Range own = {0, 0};
  if (fact != NONE)
    own = image->facts.at[fact].variables;
  for (uint32_t i = 0; i < samples->count; i++) {
    const uint32_t *cells = samples->cells + i * image->variables.count;
    uint32_t hash = UINT32_C(2166136261);
    for (uint32_t k = 0; k < own.count; k++)
      hash = mix(hash, cells[own.first + k]);
    samples->keys[i] = (uint64_t)hash << 32 | samples->answers[i];
  }
  qsort(samples->keys, samples->count, sizeof *samples->keys, compare_keys);
  return left_open(samples, whole);
}

static bool is_emergency(const Question *question) {
  return question->matters >> MATTERS_EMERGENCY & 1;
}

/* The first that an emergency rests on, else the one that leaves least open. */
static void choose(Arena *arena, Search *search, const bool *passed,
                   Telling *telling) {
  Samples samples;
  uint64_t best = 0, whole = 0;
  take_samples(arena, search, &samples);
  if (samples.count)
    whole = weigh_fact(&samples, NONE, 0);
  for (uint32_t i = 0; i < telling->answer.question_count; i++) {
    const Question *question = &telling->answer.questions[i];
    if (passed[question->fact])
      continue;
    telling->left++;
    if (telling->is_emergency)
      continue;
    telling->is_emergency = is_emergency(question);
    uint64_t weight = 0;
    if (!telling->is_emergency && samples.count)
      weight = weigh_fact(&samples, question->fact, whole);
    if (telling->fact == NONE || telling->is_emergency || weight < best) {
      best = weight;
      telling->fact = question->fact;
    }
  }
}

/* ------------------------------------------------------------------ support */

typedef struct Trial {
  Arena *arena;
  Search *search;
  Situation situation;
  uint8_t *now, *then; /* masks */
} Trial;

/* Would the answer to what is asked be another one? */
static bool trial_differs(Trial *trial) {
  const Inquiry *inquiry = trial->search->inquiry;
  search_renew(trial->arena, &trial->situation, trial->search);
  settle(trial->search, trial->then);
  if (memcmp(trial->now, trial->then, POINT_RULES) != 0)
    return true;
  for (uint32_t i = 0; i < inquiry->image->duties.count; i++)
    if (trial->now[point_duty(inquiry, i)] !=
        trial->then[point_duty(inquiry, i)])
      return true;
  return false;
}

static bool set_matters(Trial *trial, const Fact *fact, Given *given) {
  uint64_t all = 0;
  for (uint32_t i = 0; i < fact->values.count; i++) {
    given->members = UINT64_C(1) << i;
    all |= given->members;
    if (trial_differs(trial))
      return true;
  }
  given->members = all;
  return trial_differs(trial);
}

static bool support_matters(Trial *trial, uint32_t index) {
  static ValueSpan yes = {1, 1};
  const Fact *fact = &trial->search->inquiry->image->facts.at[index];
  Given *given = &trial->situation.facts[index], kept = *given;
  *given = (Given){.given = true, .spans = &yes, .span_count = 1};
  bool matters = fact->type == TYPE_SET ? set_matters(trial, fact, given)
                                        : trial_differs(trial);
  *given = kept;
  return matters;
}

static void choose_support(Arena *arena, Search *search,
                           const Situation *situation, const bool *passed,
                           Telling *telling) {
  const Inquiry *inquiry = search->inquiry;
  uint32_t count = inquiry->image->facts.count;
  Trial trial = {arena, search, *situation,
                 ARENA_ARRAY(arena, inquiry->points + 1, uint8_t),
                 ARENA_ARRAY(arena, inquiry->points + 1, uint8_t)};
  trial.situation.facts = ARENA_ARRAY(arena, count + 1, Given);
  memcpy(trial.situation.facts, situation->facts, count * sizeof(Given));
  settle(search, trial.now);
  for (uint32_t i = 0; i < count; i++) {
    if (inquiry->image->facts.at[i].dimension != SUPPORT || passed[i] ||
        situation->facts[i].given || !support_matters(&trial, i))
      continue;
    telling->fact = i;
    telling->is_support = true;
    return;
  }
}

void telling_next(Arena *arena, const Image *image, const Situation *situation,
                  const bool *passed, uint64_t budget, Telling *telling) {
  Inquiry inquiry;
  Search search;
  *telling = (Telling){.fact = NONE};
  answer_make(arena, image, situation, budget, &telling->answer);
  inquiry_make(arena, image, situation, &inquiry);
  search_make(arena, &inquiry, situation, QUESTION_WORK, &search);
  choose(arena, &search, passed, telling);
  if (telling->fact != NONE || situation->boundary == NONE)
    return;
  search.budget = search.work + QUESTION_WORK;
  choose_support(arena, &search, situation, passed, telling);
}

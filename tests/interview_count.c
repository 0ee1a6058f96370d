/* How many questions an interview asks, and that it asks no needless one.
 *
 *     interview_count [--situations N] [--seed N] POLICY...
 *
 * For every boundary of every policy, whole situations are made by chance.  An
 * interview is answered from each.  It must come to the same answer as the
 * whole situation, and for each of its questions there must be two complete
 * situations that fit what was said, differ in that fact alone, and have
 * different answers.  Prints a line for each policy; exit status 1 on a fault.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/policy_load.h"
#include "runtime/settle.h"
#include "runtime/telling.h"

typedef struct Counts {
  uint64_t interviews, all, told, declared, needed; /* sums of questions */
  uint32_t most, boundaries, faults;
} Counts;

typedef struct Run {
  Arena *arena;
  const Image *image;
  const char *path;
  uint64_t state;    /* of the sampler */
  uint32_t boundary;
  Counts counts;
} Run;

static const char day[] = "2026-11-23";

/* xorshift64 (Marsaglia 2003). */
static uint32_t some(Run *run, uint64_t below) {
  run->state ^= run->state << 13;
  run->state ^= run->state >> 7;
  run->state ^= run->state << 17;
  return (uint32_t)((run->state >> 33) % below);
}

/* -------------------------------------------------------- a whole situation */

static void give_value(Run *run, const Grid *grid, uint32_t index,
                       Given *given) {
  const Fact *fact = &grid->image->facts.at[index];
  given->spans = ARENA_NEW(run->arena, ValueSpan);
  given->span_count = 1;
  if (!fact->variables.count) {
    given->spans[0] = (ValueSpan){fact->low, fact->low};
    return;
  }
  const GridVariable *variable = &grid->variables[fact->variables.first];
  uint32_t cell = some(run, variable->cells);
  int64_t low = grid_cell_low(variable, cell);
  int64_t high = grid_cell_high(variable, cell);
  int64_t value = some(run, 2) ? low : high;
  given->spans[0] = (ValueSpan){value, value};
}

static void give_events(Run *run, const Grid *grid, uint32_t index,
                        Given *given) {
  const Fact *fact = &grid->image->facts.at[index];
  const GridVariable *variable = &grid->variables[fact->variables.first];
  given->event_count = some(run, 4);
  given->events = ARENA_ARRAY(run->arena, given->event_count + 1, Event);
  for (uint32_t i = 0; i < given->event_count; i++) {
    Event *event = &given->events[i];
    event->day = grid->today - (Day)some(run, 500);
    event->amount = 1;
    if (grid->image->variables.at[fact->variables.first].aggregate !=
        AGGREGATE_COUNT)
      event->amount = grid_cell_low(variable, some(run, variable->cells));
  }
}

/* A set has few of its members, and mostly nobody has been talked to. */
static void give(Run *run, const Grid *grid, uint32_t index, Given *given) {
  const Fact *fact = &grid->image->facts.at[index];
  given->given = true;
  given->text = TEXT("made up");
  if (fact->type == TYPE_SET) {
    for (uint32_t i = 0; i < fact->values.count; i++)
      given->members |= (uint64_t)(some(run, 5) == 0) << i;
  } else if (fact->type == TYPE_RECORD) {
    if (fact->variables.count) give_events(run, grid, index, given);
  } else {
    give_value(run, grid, index, given);
  }
}

/* Looking back apart, harm is not asked about. */
static bool is_asked(const Image *image, uint32_t fact) {
  return image->facts.at[fact].dimension != IMPACT;
}

static void make_whole(Run *run, const Grid *grid, Situation *whole) {
  for (uint32_t i = 0; i < run->image->facts.count; i++)
    if (is_asked(run->image, i)) give(run, grid, i, &whole->facts[i]);
}

/* ---------------------------------------------------------------- questions */

/* The facts that a rule of the boundary reads, or asks for. */
static uint64_t count_all(Run *run, const Inquiry *inquiry) {
  const Image *image = run->image;
  uint8_t *read = ARENA_ARRAY(run->arena, image->facts.count + 1, uint8_t);
  uint64_t count = 0;
  for (uint32_t i = 0; i < inquiry->program.count; i++) {
    uint32_t test =
        instruction_test(image->code.at + inquiry->program.instructions[i]);
    for (uint32_t f = 0; test != NONE && f < image->facts.count; f++)
      read[f] |= grid_follows(&inquiry->grid,
                              image->tests.at[test].variable, f);
  }
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    Range who = image->rules.at[inquiry->rules[i]].who;
    for (uint32_t k = 0; k < who.count; k++)
      read[image->members.at[who.first + k].fact] = 1;
  }
  for (uint32_t f = 0; f < image->facts.count; f++)
    count += read[f] && is_asked(image, f);
  return count;
}

static bool same_answer(const Run *run, const Answer *one,
                        const Answer *other) {
  return one->low == other->low && one->high == other->high &&
         one->may_harm == other->may_harm && one->tension == other->tension &&
         one->emergency == other->emergency &&
         memcmp(one->duties, other->duties, run->image->duties.count) == 0;
}

static void fault(Run *run, const char *what, uint32_t fact) {
  Text name = image_text(run->image,
                         run->image->boundaries.at[run->boundary].name);
  Text about =
      fact == NONE ? TEXT("") : fact_name(run->arena, run->image, fact);
  run->counts.faults++;
  printf("%s, %.*s: %s %.*s\n", run->path, TEXT_ARG(name), what,
         TEXT_ARG(about));
}

/* Makes both completions whole, and looks whether their answers differ. */
static bool pair_differs(Search *search, uint32_t fact) {
  const Inquiry *inquiry = search->inquiry;
  for (int i = 0; i < 2000; i++) {
    if (!search_sample(search) || !search_sample_other(search, fact)) continue;
    for (uint32_t p = 0; p < inquiry->points; p++) {
      bool standing = p >= POINT_RULES && p < point_duty(inquiry, 0);
      if (!standing && search->outcome[0][p] != search->outcome[1][p])
        return true;
    }
  }
  return false;
}

/* Two complete situations that show the question to matter: by chance, or,
 * where they are rare, by search. */
static bool is_needed(Run *run, const Situation *situation, uint32_t fact) {
  Inquiry inquiry;
  Search search;
  inquiry_make(run->arena, run->image, situation, &inquiry);
  search_make(run->arena, &inquiry, situation, WORK_BUDGET, &search);
  search_own(&search, fact);
  if (pair_differs(&search, fact)) return true;
  uint32_t *points = ARENA_ARRAY(run->arena, inquiry.points, uint32_t);
  uint32_t count = 0;
  for (uint32_t p = 0; p < inquiry.points; p++)
    if (p < POINT_TENSION || p >= point_duty(&inquiry, 0)) points[count++] = p;
  for (uint32_t i = 0; i < inquiry.rule_count; i++)
    if (run->image->rules.at[inquiry.rules[i]].kind == RULE_EMERGENCY)
      points[count++] = point_standing(inquiry.rules[i]);
  Concern concern;
  search_concern(run->arena, &search, points, count, &concern);
  return search_difference(&search, fact, &concern) == FOUND;
}

/* Would some of this support change the answer? */
static bool support_needed(Run *run, const Situation *situation,
                           const Answer *now, uint32_t fact) {
  const Fact *one = &run->image->facts.at[fact];
  Situation trial = *situation;
  Answer then;
  uint64_t all = one->values.count < 64
                     ? (UINT64_C(1) << one->values.count) - 1 : UINT64_MAX;
  trial.facts = ARENA_ARRAY(run->arena, run->image->facts.count + 1, Given);
  memcpy(trial.facts, situation->facts,
         run->image->facts.count * sizeof(Given));
  static ValueSpan yes = {1, 1};
  for (uint32_t i = 0; i <= one->values.count; i++) {
    uint64_t members = i < one->values.count ? UINT64_C(1) << i : all;
    trial.facts[fact] = (Given){.given = true, .members = members,
                                .spans = &yes, .span_count = 1};
    if (one->type == TYPE_SET) trial.facts[fact].span_count = 0;
    answer_make(run->arena, run->image, &trial, 0, &then);
    if (!same_answer(run, now, &then)) return true;
  }
  return false;
}

static void check_question(Run *run, const Situation *situation,
                           const Telling *telling) {
  bool needed = telling->is_support
                    ? support_needed(run, situation, &telling->answer,
                                     telling->fact)
                    : is_needed(run, situation, telling->fact);
  if (!needed) fault(run, "a needless question", telling->fact);
}

/* -------------------------------------------------------------- interviews */

/* Of the questions that matter, the one that the policy declares first. */
static uint32_t declared_first(const Telling *telling) {
  uint32_t first = telling->is_support ? telling->fact : NONE;
  for (uint32_t i = 0; i < telling->answer.question_count; i++)
    if (telling->answer.questions[i].fact < first)
      first = telling->answer.questions[i].fact;
  return first;
}

static uint32_t hold_interview(Run *run, const Situation *whole, bool declared,
                               bool check) {
  Situation known;
  Telling telling;
  uint32_t asked = 0, count = run->image->facts.count;
  bool *passed = ARENA_ARRAY(run->arena, count + 1, bool);
  situation_init(run->arena, run->image, whole->as_of, &known);
  known.boundary = run->boundary;
  for (;;) {
    telling_next(run->arena, run->image, &known, passed, 0, &telling);
    uint32_t fact = declared ? declared_first(&telling) : telling.fact;
    if (fact == NONE) break;
    if (check) check_question(run, &known, &telling);
    known.facts[fact] = whole->facts[fact];
    passed[fact] = true;
    asked++;
  }
  Answer answer;
  answer_make(run->arena, run->image, whole, 0, &answer);
  if (!same_answer(run, &answer, &telling.answer))
    fault(run, declared ? "another answer, as declared" : "another answer",
          NONE);
  return asked;
}

/* What an interview settles: the rules' standings are not asked for. */
static bool same_points(const Inquiry *inquiry, const uint8_t *one,
                        const uint8_t *other) {
  uint32_t duties = point_duty(inquiry, 0);
  return memcmp(one, other, POINT_RULES) == 0 &&
         memcmp(one + duties, other + duties, inquiry->points - duties) == 0;
}

/* Does one evaluation show it already? */
static bool quick_same(Search *search, const uint8_t *masks) {
  memcpy(search->cells[0], search->start,
         search->inquiry->grid.words * sizeof(Cells));
  search_evaluate(search, 0);
  return same_points(search->inquiry, masks, search->outcome[0]);
}

/* Of a whole situation, how many facts are left if one after the other is
 * dropped, the last declared first, where the answer stays settled: no order of
 * questions can do with fewer than the fewest of such sets. */
static uint32_t count_needed(Run *run, const Situation *whole) {
  Situation known = *whole;
  Inquiry inquiry;
  Search search;
  uint32_t count = run->image->facts.count, needed = 0;
  known.facts = ARENA_ARRAY(run->arena, count + 1, Given);
  memcpy(known.facts, whole->facts, count * sizeof(Given));
  inquiry_make(run->arena, run->image, whole, &inquiry);
  search_make(run->arena, &inquiry, whole, UINT64_MAX, &search);
  uint8_t *masks = ARENA_ARRAY(run->arena, inquiry.points + 1, uint8_t);
  uint8_t *less = ARENA_ARRAY(run->arena, inquiry.points + 1, uint8_t);
  settle(&search, masks);
  for (uint32_t i = count; i-- > 0;) {
    if (!known.facts[i].given) continue;
    known.facts[i] = (Given){0};
    search_renew(run->arena, &known, &search);
    if (quick_same(&search, masks) ||
        (settle(&search, less) && same_points(&inquiry, masks, less)))
      continue;
    known.facts[i] = whole->facts[i];
    needed++;
  }
  return needed;
}

static void count_situation(Run *run, uint32_t number) {
  Situation whole;
  Inquiry inquiry;
  Day today;
  day_read(text_of(day), &today);
  situation_init(run->arena, run->image, today, &whole);
  whole.boundary = run->boundary;
  inquiry_make(run->arena, run->image, &whole, &inquiry);
  make_whole(run, &inquiry.grid, &whole);
  uint32_t told = hold_interview(run, &whole, false, number < 3);
  run->counts.interviews++;
  run->counts.told += told;
  run->counts.declared += hold_interview(run, &whole, true, false);
  run->counts.all += count_all(run, &inquiry);
  run->counts.needed += count_needed(run, &whole);
  if (told > run->counts.most) run->counts.most = told;
}

/* ---------------------------------------------------------------------- all */

static void add_counts(Counts *sum, const Counts *one) {
  sum->interviews += one->interviews;
  sum->all += one->all;
  sum->told += one->told;
  sum->declared += one->declared;
  sum->needed += one->needed;
  sum->boundaries += one->boundaries;
  sum->faults += one->faults;
  if (one->most > sum->most) sum->most = one->most;
}

static void print_tenths(uint64_t sum, uint64_t count) {
  uint64_t tenths = (sum * 20 + count) / (2 * count);
  printf(" %llu.%llu |", (unsigned long long)(tenths / 10),
         (unsigned long long)(tenths % 10));
}

static void print_line(const char *name, const Counts *counts) {
  const char *slash = strrchr(name, '/');
  printf("| %s | %u |", slash ? slash + 1 : name, (unsigned)counts->boundaries);
  print_tenths(counts->all, counts->interviews);
  print_tenths(counts->declared, counts->interviews);
  print_tenths(counts->told, counts->interviews);
  print_tenths(counts->needed, counts->interviews);
  printf(" %u | %llu %% |\n", (unsigned)counts->most,
         (unsigned long long)((counts->told * 200 + counts->all) /
                              (2 * counts->all)));
}

/* Each boundary has arenas of its own, for each situation. */
static bool count_policy(Run *run, uint32_t situations, jmp_buf *escape) {
  Arena own;
  LoadedPolicy *policy = ARENA_NEW(run->arena, LoadedPolicy);
  LoadOptions options = {NULL, DAY_NONE};
  policy->diagnostics.arena = run->arena;
  if (policy_load(run->arena, run->path, &options, policy) != EXIT_DONE)
    return false;
  run->image = &policy->image;
  run->counts = (Counts){.boundaries = run->image->boundaries.count};
  for (uint32_t b = 0; b < run->image->boundaries.count; b++)
    for (uint32_t i = 0; i < situations; i++) {
      Arena *outer = run->arena;
      arena_init(&own, &memory_default, 0, escape);
      run->arena = &own;
      run->boundary = b;
      count_situation(run, i);
      run->arena = outer;
      arena_clear(&own);
    }
  print_line(run->path, &run->counts);
  return true;
}

typedef struct Options {
  uint32_t situations;
  uint64_t seed;
} Options;

static int count_policies(char **paths, uint32_t count, const Options *options,
                          jmp_buf *escape) {
  Counts sum = {0};
  printf("| Policy | Boundaries | All facts | As declared | Interview | "
         "Needed | At most | Share |\n|---|---|---|---|---|---|---|---|\n");
  for (uint32_t i = 0; i < count; i++) {
    Arena arena;
    arena_init(&arena, &memory_default, 0, escape);
    Run run = {.arena = &arena, .path = paths[i],
               .state = UINT64_C(0x9e3779b97f4a7c15) * (options->seed | 1)};
    if (!count_policy(&run, options->situations, escape)) return 4;
    add_counts(&sum, &run.counts);
    arena_clear(&arena);
  }
  print_line("All", &sum);
  return sum.faults != 0;
}

int main(int count, char **words) {
  static Options options = {20, 1};
  jmp_buf escape;
  int first = 1;
  for (; first + 1 < count && words[first][0] == '-'; first += 2) {
    if (strcmp(words[first], "--situations") == 0)
      options.situations = (uint32_t)strtoul(words[first + 1], NULL, 10);
    if (strcmp(words[first], "--seed") == 0)
      options.seed = strtoull(words[first + 1], NULL, 10);
  }
  if (setjmp(escape)) return 4;
  return count_policies(words + first, (uint32_t)(count - first), &options,
                        &escape);
}

#include "runtime/settle.h"

#define TRIES 6

typedef struct Points {
  uint32_t *at;
  uint32_t count;
} Points;

static void add_point(Points *points, const uint8_t *masks, uint32_t point) {
  if (masks[point] && !mask_single(masks[point]))
    points->at[points->count++] = point;
}

/* The points of each matter that are not settled. */
static void find_points(const Inquiry *inquiry, const uint8_t *masks,
                        Points *points) {
  const Image *image = inquiry->image;
  add_point(&points[MATTERS_VERDICT], masks, POINT_VERDICT);
  add_point(&points[MATTERS_HOLDING_BACK], masks, POINT_MAY_HARM);
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (image->rules.at[i].kind == RULE_EMERGENCY)
      add_point(&points[MATTERS_EMERGENCY], masks, point_standing(i));
  for (uint32_t i = 0; i < image->duties.count; i++)
    add_point(&points[MATTERS_DUTIES], masks, point_duty(inquiry, i));
}

/* What each matter is about; returns how many points are not settled. */
static uint32_t make_concerns(Arena *arena, const Search *search,
                              const uint8_t *masks, Concern *concerns) {
  Points points[MATTER_COUNT];
  uint32_t open = 0;
  for (int m = 0; m < MATTER_COUNT; m++)
    points[m] =
        (Points){ARENA_ARRAY(arena, search->inquiry->points, uint32_t), 0};
  find_points(search->inquiry, masks, points);
  for (int m = 0; m < MATTER_COUNT; m++) {
    search_concern(arena, search, points[m].at, points[m].count, &concerns[m]);
    open += points[m].count;
  }
  return open;
}

static bool differs(const Search *search, const Concern *concern) {
  for (uint32_t i = 0; i < concern->count; i++)
    if (search->outcome[0][concern->points[i]] !=
        search->outcome[1][concern->points[i]])
      return true;
  return false;
}

/* What a fact is seen to matter for in a few pairs taken by chance. */
static uint32_t matters_by_chance(Search *search, uint32_t fact,
                                  const Concern *concerns) {
  uint32_t matters = 0;
  for (int i = 0; i < TRIES && search->work < search->budget; i++) {
    if (!search_sample(search) || !search_sample_other(search, fact))
      continue;
    for (int m = 0; m < MATTER_COUNT; m++)
      if (differs(search, &concerns[m]))
        matters |= 1u << m;
  }
  return matters;
}

static uint32_t matters_of(Search *search, uint32_t fact,
                           const Concern *concerns) {
  search_own(search, fact);
  uint32_t matters = matters_by_chance(search, fact, concerns);
  for (int m = 0; m < MATTER_COUNT; m++) {
    if (matters >> m & 1 || !concerns[m].count)
      continue;
    if (search_difference(search, fact, &concerns[m]) != FOUND_NONE)
      matters |= 1u << m;
  }
  return matters;
}

/* Can the policy tell values of this fact apart, and are there several? */
static bool may_matter(const Search *search, const Situation *situation,
                       uint32_t index) {
  const Image *image = search->inquiry->image;
  const Fact *fact = &image->facts.at[index];
  const Given *given = &situation->facts[index];
  if (fact->dimension == SUPPORT || (given->given && given_is_exact(given)))
    return false;
  const Grid *grid = &search->inquiry->grid;
  for (uint32_t i = 0; i < image->variables.count; i++)
    if (grid_follows(grid, i, index) &&
        cells_count(search->start, &grid->variables[i]) > 1)
      return true;
  return false;
}

/* By what they matter for first, then as declared. */
static void sort_questions(Question *questions, uint32_t count) {
  for (uint32_t i = 1; i < count; i++)
    for (uint32_t j = i; j > 0; j--) {
      int before = __builtin_ctz(questions[j - 1].matters);
      int after = __builtin_ctz(questions[j].matters);
      if (before <= after)
        break;
      Question swapped = questions[j];
      questions[j] = questions[j - 1];
      questions[j - 1] = swapped;
    }
}

uint32_t questions_find(Arena *arena, Search *search,
                        const Situation *situation, const uint8_t *masks,
                        Question **questions) {
  const Image *image = search->inquiry->image;
  Concern concerns[MATTER_COUNT];
  uint32_t open = make_concerns(arena, search, masks, concerns), count = 0;
  *questions = ARENA_ARRAY(arena, image->facts.count + 1, Question);
  for (uint32_t i = 0; open && i < image->facts.count; i++) {
    if (!may_matter(search, situation, i))
      continue;
    uint32_t matters = matters_of(search, i, concerns);
    if (matters)
      (*questions)[count++] = (Question){i, matters};
  }
  sort_questions(*questions, count);
  return count;
}

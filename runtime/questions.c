#include "runtime/settle.h"

#define TRIES 6

/* The points of one matter that are not settled. */
typedef struct Group {
  uint32_t *points;
  uint32_t count;
} Group;

static void add_point(Group *group, const uint8_t *masks, uint32_t point) {
  if (masks[point] && !mask_single(masks[point]))
    group->points[group->count++] = point;
}

static void make_groups(Arena *arena, const Inquiry *inquiry,
                        const uint8_t *masks, Group *groups) {
  for (int m = 0; m < MATTER_COUNT; m++)
    groups[m] = (Group){ARENA_ARRAY(arena, inquiry->points, uint32_t), 0};
  add_point(&groups[MATTERS_VERDICT], masks, POINT_VERDICT);
  add_point(&groups[MATTERS_HOLDING_BACK], masks, POINT_MAY_HARM);
  const Image *image = inquiry->image;
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (image->rules.at[i].kind == RULE_EMERGENCY)
      add_point(&groups[MATTERS_EMERGENCY], masks, point_standing(i));
  for (uint32_t i = 0; i < image->duties.count; i++)
    add_point(&groups[MATTERS_DUTIES], masks, point_duty(inquiry, i));
}

static bool differs(const Search *search, const Group *group) {
  for (uint32_t i = 0; i < group->count; i++)
    if (search->outcome[0][group->points[i]] !=
        search->outcome[1][group->points[i]])
      return true;
  return false;
}

/* What a fact is seen to matter for in a few pairs taken by chance. */
static uint32_t matters_by_chance(Search *search, uint32_t fact,
                                  const Group *groups) {
  uint32_t matters = 0;
  for (int i = 0; i < TRIES && search->work < search->budget; i++) {
    if (!search_sample(search) || !search_sample_other(search, fact))
      continue;
    for (int m = 0; m < MATTER_COUNT; m++)
      if (differs(search, &groups[m]))
        matters |= 1u << m;
  }
  return matters;
}

static uint32_t matters_of(Search *search, uint32_t fact, const Group *groups) {
  search_own(search, fact);
  uint32_t matters = matters_by_chance(search, fact, groups);
  for (int m = 0; m < MATTER_COUNT; m++) {
    if (matters >> m & 1 || !groups[m].count)
      continue;
    if (search_difference(search, fact, groups[m].points, groups[m].count) !=
        FOUND_NONE)
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
  Group groups[MATTER_COUNT];
  make_groups(arena, search->inquiry, masks, groups);
  uint32_t open = 0, count = 0;
  for (int m = 0; m < MATTER_COUNT; m++)
    open += groups[m].count;
  *questions = ARENA_ARRAY(arena, image->facts.count + 1, Question);
  for (uint32_t i = 0; open && i < image->facts.count; i++) {
    if (!may_matter(search, situation, i))
      continue;
    uint32_t matters = matters_of(search, i, groups);
    if (matters)
      (*questions)[count++] = (Question){i, matters};
  }
  sort_questions(*questions, count);
  return count;
}

/* Coverage of random small policies against brute force: every point of the
 * space is asked of the reference interpreter, and every goal, pair of points
 * and combination of cells looked for among all of them.
 *
 *     cover_random [--seed N] [--policies N] [--show N]
 *
 * The same seed gives the same comparisons.  Exit status 1 on a difference.
 */
#include <stdio.h>
#include <string.h>

#include "tests/cover_points.h"

typedef struct Run {
  Campaign campaign;
  CoverTally tally;
} Run;

/* -------------------------------------------------------------------- goals */

static bool in_force(const Truth *truth, uint32_t rule) {
  return truth->standing[rule] == STANDING_IN_FORCE;
}

static bool has_cell(const Check *check, uint32_t point, const Goal *goal) {
  const BoundaryAudit *one = check->unit->one;
  uint32_t cell = (uint32_t)goal->value;
  if (goal->kind == GOAL_EDGE)
    cell = grid_cell_of(&one->inquiry.grid.variables[goal->other], goal->value);
  const uint64_t *own =
      space_class(&one->space.axes[goal->axis],
                  cells_at(check, point)[goal->axis],
                  one->space.place_of[goal->other]);
  return own[cell / 64] >> (cell % 64) & 1;
}

/* Does this point show it, as the reference sees it? */
static bool shown(const Check *check, uint32_t point, const Goal *goal) {
  const Truth *truth = &check->truths[point];
  switch ((GoalKind)goal->kind) {
  case GOAL_IN_FORCE:
    return in_force(truth, goal->rule);
  case GOAL_DECIDES:
    return truth->decides[goal->rule];
  case GOAL_DISPLACES:
    return in_force(truth, goal->rule) &&
           truth->standing[goal->other] == STANDING_DISPLACED;
  case GOAL_CELL:
  case GOAL_EDGE:
    return has_cell(check, point, goal);
  case GOAL_VERDICT:
    return truth->verdict == (Verdict)goal->value;
  case GOAL_DUTY:
    return truth->duties[goal->other];
  case GOAL_SECOND:
    if (goal->value == SECOND_TENSION) return truth->tension;
    return truth->may_harm == (goal->value == SECOND_MAY_HARM);
  case GOAL_TEST:
  case GOAL_MATTERS:
  case GOAL_KIND_COUNT:
    break;
  }
  return false;
}

static bool names_kind(const Image *image, const Rule *rule, bool harm) {
  for (uint32_t i = 0; i < rule->displaces.count; i++) {
    const Rule *named =
        &image->rules.at[image->links.at[rule->displaces.first + i].rule];
    if ((named->kind == RULE_HOLDING_BACK) == harm &&
        (harm || named->finding != SILENT))
      return true;
  }
  return false;
}

/* The guidance that a rule is there for: which parts of it differ? */
static bool guidance_differs(const Check *check, uint32_t index,
                             const Truth *a, const Truth *b) {
  const Image *image = &check->subject->image;
  const Rule *rule = &image->rules.at[index];
  bool verdict = rule->kind != RULE_HOLDING_BACK &&
                 (rule->finding != SILENT || names_kind(image, rule, false));
  bool harm = rule->kind == RULE_HOLDING_BACK || names_kind(image, rule, true);
  if (rule->kind == RULE_EMERGENCY) return a->emergency != b->emergency;
  if (!verdict && !harm) return true;
  return (verdict && a->verdict != b->verdict) ||
         (harm && a->may_harm != b->may_harm);
}

static bool pair_shown(const Check *check, uint32_t first, uint32_t second,
                       const Goal *goal) {
  const Truth *a = &check->truths[first], *b = &check->truths[second];
  return in_force(a, goal->rule) && !b->condition[goal->rule] &&
         guidance_differs(check, goal->rule, a, b);
}

static bool can_be_shown(const Check *check, const Goal *goal) {
  const Space *space = &check->unit->one->space;
  for (uint32_t i = 0; i < check->points; i++) {
    if (!check->truths[i].possible) continue;
    if (goal->kind != GOAL_MATTERS) {
      if (shown(check, i, goal)) return true;
      continue;
    }
    if (!in_force(&check->truths[i], goal->rule)) continue;
    for (uint32_t cell = 0; cell < space->axes[goal->axis].cells; cell++) {
      uint32_t other = moved(check, i, goal->axis, cell);
      if (check->truths[other].possible && pair_shown(check, i, other, goal))
        return true;
    }
  }
  return false;
}

/* ------------------------------------------------------------------- asking */

/* Leaves some facts open; those of joint axes and support stay. */
static void leave_open(Check *check, Situation *situation, uint8_t *open) {
  const Space *space = &check->unit->one->space;
  const Image *image = &check->subject->image;
  for (uint32_t axis = 0; axis < space->axis_count; axis++) {
    uint32_t fact = image->variables.at[space->axes[axis].variables[0]].fact;
    const Fact *one = &image->facts.at[fact];
    bool may = space->axes[axis].count == 1 && one->dimension != SUPPORT &&
               one->type != TYPE_RECORD && one->type != TYPE_SET;
    if (!may || !random_chance(check->random, 25)) continue;
    situation->facts[fact].given = false;
    open[axis] = 1;
  }
}

static void mark_completions(Check *check, uint32_t point, const uint8_t *open,
                             Asking *asking) {
  uint32_t axes = check->unit->one->space.axis_count;
  const AxisCell *own = cells_at(check, point);
  asking->among = ARENA_ARRAY(check->arena, check->points, uint8_t);
  for (uint32_t i = 0; i < check->points; i++) {
    bool completes = true;
    for (uint32_t axis = 0; axis < axes; axis++)
      completes &= open[axis] || cells_at(check, i)[axis] == own[axis];
    asking->among[i] = completes;
  }
}

static void ask_some(Check *check) {
  const BoundaryAudit *one = check->unit->one;
  check->asked_count = random_below(check->random, ASKED_MOST + 1);
  for (uint32_t i = 0; i < check->asked_count; i++) {
    Asking *asking = &check->asked[i];
    uint32_t point = random_below(check->random, check->points);
    uint8_t *open =
        ARENA_ARRAY(check->arena, one->space.axis_count + 1, uint8_t);
    /* Every other one near the one before, so that pairs come about. */
    if (i % 2 && one->space.axis_count) {
      uint32_t axis = random_below(check->random, one->space.axis_count);
      for (point = 0; !check->asked[i - 1].among[point];) point++;
      point = moved(check, point, axis,
                    random_below(check->random, one->space.axes[axis].cells));
    }
    witness_situation(check->arena, &one->space, cells_at(check, point),
                      check->unit->boundary, &asking->situation);
    leave_open(check, &asking->situation, open);
    mark_completions(check, point, open, asking);
    cover_ask(check->cover, &asking->situation, TEXT("asked"), false);
  }
}

static bool all_show(const Check *check, const Asking *asking,
                     const Goal *goal) {
  for (uint32_t i = 0; i < check->points; i++)
    if (asking->among[i] && !shown(check, i, goal)) return false;
  return true;
}

/* Every completion of the one against every completion of the other: settled,
 * different, and two of them differ on the axis alone. */
static bool both_show(const Check *check, const Asking *a, const Asking *b,
                      const Goal *goal) {
  const Space *space = &check->unit->one->space;
  bool adjacent = false;
  for (uint32_t i = 0; i < check->points; i++) {
    if (!a->among[i]) continue;
    for (uint32_t k = 0; k < check->points; k++)
      if (b->among[k] && !pair_shown(check, i, k, goal)) return false;
    for (uint32_t cell = 0; cell < space->axes[goal->axis].cells; cell++)
      adjacent |= b->among[moved(check, i, goal->axis, cell)];
  }
  return adjacent;
}

static bool was_shown(const Check *check, const Goal *goal) {
  for (uint32_t i = 0; i < check->asked_count; i++) {
    if (goal->kind != GOAL_MATTERS) {
      if (all_show(check, &check->asked[i], goal)) return true;
      continue;
    }
    for (uint32_t k = 0; k < check->asked_count; k++)
      if (both_show(check, &check->asked[i], &check->asked[k], goal))
        return true;
  }
  return false;
}

/* -------------------------------------------------------------- comparisons */

static void differ(const Check *check, const char *what, const Goal *goal) {
  Text words = goal_words(check->arena, check->unit, goal);
  Text id = goal_kind_id((GoalKind)goal->kind);
  Text state = goal_state_id((GoalState)goal->state);
  check_differs(check, text_format(check->arena, "%s: %.*s %.*s is %.*s", what,
                                   TEXT_ARG(id), TEXT_ARG(words),
                                   TEXT_ARG(state)));
}

static void compare_goal(const Check *check, const Goal *goal) {
  /* Of values within a cell a point says nothing. */
  bool exact = goal->kind != GOAL_EDGE && goal->kind != GOAL_CELL;
  CoverTally *tally = check->tally;
  if (goal->kind == GOAL_TEST ||
      (goal->kind == GOAL_MATTERS && goal->axis == NONE))
    return;
  tally->goals++;
  tally->pairs += goal->kind == GOAL_MATTERS;
  tally->not_proved += goal->state == GOAL_NOT_PROVED;
  tally->impossible += goal->state == GOAL_IMPOSSIBLE;
  tally->open += goal->state == GOAL_OPEN;
  tally->met += goal->state == GOAL_MET;
  bool met = goal->state == GOAL_MET;
  if ((exact || met) && met != was_shown(check, goal))
    differ(check, "asked", goal);
  if (met || goal->state == GOAL_NOT_PROVED) return;
  if ((goal->state == GOAL_OPEN) != can_be_shown(check, goal))
    differ(check, "all points", goal);
}

/* Combinations of cells of two axes (and a third, unless NONE). */
static void count_combinations(const Check *check, const uint32_t *axes,
                               uint32_t ways, uint64_t *all, uint64_t *met) {
  const Space *space = &check->unit->one->space;
  uint32_t most = 1;
  for (uint32_t i = 0; i < ways; i++) most *= space->axes[axes[i]].cells;
  for (uint32_t number = 0; number < most; number++) {
    bool any = false, asked = false;
    for (uint32_t point = 0; point < check->points && !any; point++) {
      uint32_t own = 0;
      for (uint32_t i = 0; i < ways; i++)
        own = own * space->axes[axes[i]].cells +
              cells_at(check, point)[axes[i]];
      any = own == number && check->truths[point].possible;
    }
    for (uint32_t k = 0; k < check->asked_count && !asked; k++) {
      asked = true;
      for (uint32_t point = 0; point < check->points && asked; point++) {
        uint32_t own = 0;
        if (!check->asked[k].among[point]) continue;
        for (uint32_t i = 0; i < ways; i++)
          own = own * space->axes[axes[i]].cells +
                cells_at(check, point)[axes[i]];
        asked = own == number;
      }
    }
    *all += any || asked;
    *met += asked;
  }
}

static void compare_ways(const Check *check, const CoverWays *ways) {
  uint32_t count = check->unit->one->space.axis_count;
  uint64_t all = 0, met = 0;
  for (uint32_t a = 0; a < count; a++)
    for (uint32_t b = a + 1; b < count; b++) {
      uint32_t axes[3] = {a, b, b};
      if (ways->ways == 2) count_combinations(check, axes, 2, &all, &met);
      for (uint32_t c = b + 1; c < count && ways->ways == 3; c++) {
        axes[2] = c;
        count_combinations(check, axes, 3, &all, &met);
      }
    }
  check->tally->combinations += all;
  if (ways->counted[1] && (ways->all[1] != all || ways->met[1] != met))
    check_differs(check,
                  text_format(check->arena,
                              "%u ways: %llu of %llu, all points %llu of %llu",
                              (unsigned)ways->ways,
                              (unsigned long long)ways->met[1],
                              (unsigned long long)ways->all[1],
                              (unsigned long long)met,
                              (unsigned long long)all));
}

static void compare_unit(Check *check) {
  for (uint32_t i = 0; i < check->unit->goals.count; i++)
    compare_goal(check, &check->unit->goals.at[i]);
  if (check->points > 600) return;
  compare_ways(check, &check->unit->pairs);
  compare_ways(check, &check->unit->ways);
}

static void try_unit(Check *check) {
  check->tally->units++;
  if (check->unit->one->space.too_large || !check->unit->one->chart.whole ||
      !count_points(check)) {
    check->tally->skipped++;
    return;
  }
  list_points(check);
  if (!ask_all(check)) {
    check->tally->skipped++;
    return;
  }
  if (check->unit->boundary != NONE) ask_some(check);
  cover_judge(check->cover);
  cover_combine(check->cover, 3);
  compare_unit(check);
  check_suggestions(check);
}

static void try_policy(Campaign *campaign, Arena *arena, uint64_t seed) {
  Random random = {seed};
  Generated files;
  Subject subject;
  Audit audit;
  AuditOptions options = {.boundary = NONE};
  day_read(TEXT("2026-11-23"), &options.today);
  generate_policy(arena, &random, false, &files);
  if (!subject_make(arena, &files, &subject)) {
    campaign->refused++;
    return;
  }
  subject.image.promises.count = subject.image.assumes.count = 0;
  audit_make(arena, &subject.image, &options, &audit);
  for (uint32_t i = 0; i <= audit.boundary_count; i++) {
    Cover cover;
    cover_make(&audit, &cover);
    if (i >= cover.unit_count) break;
    Check check = {.arena = arena, .random = &random, .subject = &subject,
                   .cover = &cover, .unit = &cover.units[i], .index = i,
                   .seed = seed, .campaign = campaign,
                   .tally = &((Run *)campaign)->tally};
    cover.units += i;
    cover.unit_count = 1;
    try_unit(&check);
  }
}

/* ------------------------------------------------------------------ the run */

static void summary(const Campaign *campaign) {
  const CoverTally *tally = &((const Run *)campaign)->tally;
  printf("%u policies (%u refused by the compiler), %llu units (%llu too large "
         "to try), %llu goals (%llu pairs; %llu met, %llu open, "
         "%llu impossible, %llu not proved), %llu combinations, "
         "%llu suggested situations leave %llu open (%llu times ended early); "
         "%u differences\n",
         (unsigned)campaign->policies, (unsigned)campaign->refused,
         (unsigned long long)tally->units, (unsigned long long)tally->skipped,
         (unsigned long long)tally->goals, (unsigned long long)tally->pairs,
         (unsigned long long)tally->met, (unsigned long long)tally->open,
         (unsigned long long)tally->impossible,
         (unsigned long long)tally->not_proved,
         (unsigned long long)tally->combinations,
         (unsigned long long)tally->suggested,
         (unsigned long long)tally->left, (unsigned long long)tally->ended,
         (unsigned)campaign->differences);
}

int main(int count, char **words) {
  static Run run = {.campaign = {.name = "cover_random", .seed = 1,
                                 .policies = 300, .show = 10,
                                 .try_policy = try_policy,
                                 .summary = summary}};
  return campaign_run(&run.campaign, count, words);
}

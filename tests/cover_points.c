#include "tests/cover_points.h"

const AxisCell *cells_at(const Check *check, uint32_t point) {
  return check->cells + (size_t)point * check->unit->one->space.axis_count;
}

bool count_points(Check *check) {
  const Space *space = &check->unit->one->space;
  uint64_t count = 1;
  for (uint32_t i = 0; i < space->axis_count; i++) {
    count *= space->axes[i].cells;
    if (count > POINTS_MOST) return false;
  }
  check->points = (uint32_t)count;
  return true;
}

void list_points(Check *check) {
  const Space *space = &check->unit->one->space;
  check->cells = ARENA_ARRAY(
      check->arena, (size_t)check->points * space->axis_count + 1, AxisCell);
  for (uint32_t point = 0; point < check->points; point++) {
    uint32_t rest = point;
    for (uint32_t i = space->axis_count; i-- > 0;) {
      check->cells[(size_t)point * space->axis_count + i] =
          rest % space->axes[i].cells;
      rest /= space->axes[i].cells;
    }
  }
}

uint32_t moved(const Check *check, uint32_t point, uint32_t axis,
               uint32_t cell) {
  const Space *space = &check->unit->one->space;
  uint32_t step = 1;
  for (uint32_t i = axis + 1; i < space->axis_count; i++)
    step *= space->axes[i].cells;
  return point + step * cell - step * cells_at(check, point)[axis];
}

static void interpret(Check *check, const Situation *situation, Truth *truth) {
  const RefPolicy *policy = &check->subject->policy;
  const Image *image = &check->subject->image;
  RefValue *facts =
      ARENA_ARRAY(check->arena, policy->facts.count + 1, RefValue);
  RefCase one = {.policy = policy, .boundary = REF_NONE,
                 .as_of = situation->as_of, .facts = facts};
  RefResult result = {0};
  for (uint32_t i = 0; i < policy->facts.count; i++) {
    facts[i].amount = policy->facts.at[i].low;
    if (situation->facts[i].given)
      facts[i] = ref_exact_value(&situation->facts[i]);
  }
  for (uint32_t i = 0; i < policy->boundaries.count; i++)
    if (check->subject->boundaries[i] == check->unit->boundary)
      one.boundary = i;
  result.rules =
      ARENA_ARRAY(check->arena, policy->rules.count + 1, RefRuleResult);
  result.duties = ARENA_ARRAY(check->arena, policy->duty_count + 1, bool);
  ref_interpret(&one, &result);
  truth->verdict = result.verdict;
  truth->may_harm = result.may_harm;
  truth->tension = result.tension;
  truth->emergency = result.emergency;
  truth->standing = ARENA_ARRAY(check->arena, image->rules.count + 1, uint8_t);
  truth->condition = ARENA_ARRAY(check->arena, image->rules.count + 1, uint8_t);
  truth->decides = ARENA_ARRAY(check->arena, image->rules.count + 1, uint8_t);
  truth->duties = ARENA_ARRAY(check->arena, image->duties.count + 1, bool);
  for (uint32_t i = 0; i < policy->rules.count; i++) {
    uint32_t rule = check->subject->rules[i];
    const RefRuleResult *own = &result.rules[i];
    truth->standing[rule] =
        own->in_scope ? (uint8_t)own->standing : STANDING_ELSEWHERE;
    truth->condition[rule] = own->condition;
    truth->decides[rule] = own->in_scope &&
                           own->standing == STANDING_IN_FORCE &&
                           own->counts == result.verdict;
    for (uint32_t k = 0; k < policy->rules.at[i].duty_count; k++)
      truth->duties[subject_duty(check->subject, i, k)] =
          result.duties[policy->rules.at[i].first_duty + k];
  }
}

bool ask_all(Check *check) {
  const BoundaryAudit *one = check->unit->one;
  check->truths = ARENA_ARRAY(check->arena, check->points, Truth);
  for (uint32_t i = 0; i < check->points; i++) {
    Situation situation;
    const AxisCell *point = cells_at(check, i);
    check->truths[i].possible =
        !point_within_any(&one->space, point, &one->chart.impossible);
    if (!witness_situation(check->arena, &one->space, point,
                           check->unit->boundary, &situation))
      return false;
    interpret(check, &situation, &check->truths[i]);
  }
  return true;
}

void check_differs(const Check *check, Text what) {
  if (!campaign_differs(check->campaign)) return;
  campaign_print(text_format(check->arena, "seed %llu, unit %u: %.*s\n",
                             (unsigned long long)check->seed,
                             (unsigned)check->unit->boundary, TEXT_ARG(what)));
}

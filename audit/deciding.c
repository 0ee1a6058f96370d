/* Deciding facts: which decide most, and which never do. */
#include <stdlib.h>

#include "audit/audit.h"
#include "audit/pair.h"
#include "audit/random.h"
#include "audit/words.h"

enum { FACTS_TOLD = 5, SAMPLES = 200, SHARES_MOST = 3 };

/* Steps for counting, and where that did not do, for proving of facts that no
 * sample shows to matter that they never do. */
#define COUNT_STEPS_MOST 300000
#define PROVE_STEPS_MOST 200000 /* with as many boxes as these: */
#define PROVE_BOXES 1000

/* How often a step on the axis changes the verdict. */
typedef struct Weight {
  uint32_t axis;
  Limb *changed, *steps; /* steps that change it, of all steps */
  uint32_t share;        /* in millionths */
} Weight;

static bool count_changed(Audit *audit, BoundaryAudit *one, const Pair *pair,
                          Limb *to) {
  Turns turns = {audit_limbs(audit, one), audit_limbs(audit, one),
                 audit_limbs(audit, one), audit_limbs(audit, one)};
  natural_set(to, 0, one->space.limbs);
  if (pair->differ.count == 0) return true;
  if (!pair_count_turns(pair, &one->search, &turns)) return false;
  natural_add(to, turns.looser, one->space.limbs);
  natural_add(to, turns.stricter, one->space.limbs);
  return true;
}

/* Where holding back may harm, with the axis at a cell. */
static void harmful_at(const BoundaryAudit *one, uint32_t axis, uint32_t cell,
                       Boxes *harmful) {
  const Chart *chart = &one->chart;
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    Boxes boxes;
    if (chart->image->rules.at[chart->rules[i]].kind != RULE_HOLDING_BACK)
      continue;
    boxes_at_cell(chart->space, &chart->in_force[chart->rules[i]], axis, cell,
                  &boxes);
    boxes_add_all(chart->space, harmful, &boxes);
  }
}

/* Can a point of `a` be that is neither of `b` nor impossible? */
static bool goes_beyond(BoundaryAudit *one, const Boxes *a, const Boxes *b,
                        const Boxes *impossible, AxisCell *point) {
  Boxes list = {0};
  boxes_add_all(&one->space, &list, b);
  boxes_add_all(&one->space, &list, impossible);
  for (uint32_t i = 0; i < a->count; i++)
    if (find_outside(&one->search, &list, &a->at[i], point) != POINT_NONE)
      return true;
  return a->too_many;
}

/* Does a step on the axis change whether holding back may harm? */
static bool harm_changes(Audit *audit, BoundaryAudit *one, uint32_t axis) {
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  for (uint32_t cell = 0; cell + 1 < one->space.axes[axis].cells; cell++) {
    Boxes before = {0}, after = {0}, impossible, more;
    boxes_at_cell(&one->space, &one->chart.impossible, axis, cell,
                  &impossible);
    boxes_at_cell(&one->space, &one->chart.impossible, axis, cell + 1, &more);
    boxes_add_all(&one->space, &impossible, &more);
    harmful_at(one, axis, cell, &before);
    harmful_at(one, axis, cell + 1, &after);
    if (goes_beyond(one, &before, &after, &impossible, point) ||
        goes_beyond(one, &after, &before, &impossible, point))
      return true;
  }
  return false;
}

/* The steps between two situations that can both occur. */
static bool count_steps(BoundaryAudit *one, const Pair *pair, Limb *to) {
  Boxes impossible = {0};
  if (one->chart.impossible.count == 0) {
    natural_copy(to, one->space.points, one->space.limbs);
    return true;
  }
  for (uint32_t i = 0; i < 2; i++)
    boxes_add_all(&one->space, &impossible, &pair->charts[i]->impossible);
  return count_outside(&one->search, &impossible, to);
}

static bool weigh_axis(Audit *audit, BoundaryAudit *one, Weight *weight) {
  uint32_t cells = one->space.axes[weight->axis].cells;
  Limb *some = audit_limbs(audit, one), *steps = audit_limbs(audit, one);
  weight->changed = audit_limbs(audit, one);
  weight->steps = audit_limbs(audit, one);
  for (uint32_t cell = 0; cell + 1 < cells; cell++) {
    Chart charts[2];
    Pair pair;
    ArenaMark mark = space_mark(&one->space);
    chart_at_cell(&one->chart, weight->axis, cell, &charts[0]);
    chart_at_cell(&one->chart, weight->axis, cell + 1, &charts[1]);
    pair_make(&charts[0], &charts[1], &pair);
    bool counted = count_changed(audit, one, &pair, some) &&
                   count_steps(one, &pair, steps);
    space_back(&one->space, mark);
    if (!counted) return false;
    natural_add(weight->changed, some, one->space.limbs);
    natural_add(weight->steps, steps, one->space.limbs);
  }
  if (!natural_is_zero(weight->steps, one->space.limbs))
    weight->share = natural_share(audit->arena, weight->changed,
                                  weight->steps, one->space.limbs);
  return true;
}

static int compare_weights(const void *a, const void *b) {
  const Weight *x = a, *y = b;
  if (x->share != y->share) return x->share > y->share ? -1 : 1;
  return (x->axis > y->axis) - (x->axis < y->axis);
}

static void tell_weights(Audit *audit, BoundaryAudit *one,
                         const Weight *weights, uint32_t count,
                         uint32_t samples) {
  Buffer out = {.arena = audit->arena};
  Finding *finding = audit_find(audit, FINDING_DECISIVE, one->boundary);
  buffer_format(&out, "How often one step of a fact alone changes the guidance "
                      "in `%.*s`",
                TEXT_ARG(audit_boundary(audit, one)));
  if (samples)
    buffer_format(&out, ", in %u situations drawn at random",
                  (unsigned)samples);
  buffer_put_c(&out, ": ");
  for (uint32_t i = 0; i < count && i < FACTS_TOLD; i++) {
    if (weights[i].share == 0) break;
    if (i) buffer_put_c(&out, "; ");
    buffer_put(&out, words_axis(audit->arena, &one->space, weights[i].axis));
    buffer_put_c(&out, " ");
    natural_print_percent(&out, weights[i].changed, weights[i].steps,
                          one->space.limbs);
    VEC_PUSH(audit->arena, &finding->facts,
             space_fact(&one->space, weights[i].axis));
  }
  buffer_put_c(&out, samples ? ". This is a sample, not a proof." : ".");
  finding->message = buffer_text(&out);
  if (finding->facts.count == 0) audit->findings.count--;
}

static void tell_idle(Audit *audit, BoundaryAudit *one, const Weight *weight) {
  Text name = words_axis(audit->arena, &one->space, weight->axis);
  if (!natural_is_zero(weight->changed, one->space.limbs) ||
      natural_is_zero(weight->steps, one->space.limbs) ||
      harm_changes(audit, one, weight->axis))
    return;
  Finding *finding = audit_find(audit, FINDING_IDLE_FACT, one->boundary);
  VEC_PUSH(audit->arena, &finding->facts,
           space_fact(&one->space, weight->axis));
  audit_name(audit, finding, name);
  finding->message = text_format(
      audit->arena, "`%.*s` is read by rules, but never changes the guidance.",
      TEXT_ARG(name));
  finding->help = TEXT("Look at the rules that read it: something stricter or "
                       "wider always goes with them.");
}

/* ---------------------------------------------------------------- counting */

/* No axis may take far more than its share: if one does, all together take more
 * steps than there are, and a sample is told. */
static uint64_t most_of_axis(const BoundaryAudit *one, uint32_t axis) {
  uint64_t cells = 0;
  for (uint32_t i = 0; i < one->space.axis_count; i++)
    cells += one->space.axes[i].cells;
  return SHARES_MOST * (uint64_t)COUNT_STEPS_MOST *
         one->space.axes[axis].cells / cells;
}

static bool weigh_all(Audit *audit, BoundaryAudit *one, Weight *weights) {
  OutsideSearch *search = &one->search;
  bool counted = one->counted;
  QuestionBefore before = outside_begin(search, COUNT_STEPS_MOST);
  uint64_t all = search->most;
  for (uint32_t i = 0; i < one->space.axis_count && counted; i++) {
    uint64_t most = search->steps + most_of_axis(one, i);
    search->most = most < all ? most : all;
    weights[i].axis = i;
    counted = weigh_axis(audit, one, &weights[i]);
  }
  outside_end(search, before);
  return counted;
}

/* ---------------------------------------------------------------- sampling */

/* What a step from the point on each axis changes. */
static void weigh_point(BoundaryAudit *one, uint64_t *state, AxisCell *point,
                        Weight *weights) {
  const Chart *chart = &one->chart;
  Verdict verdict = chart_verdict(chart, point);
  for (uint32_t i = 0; i < one->space.axis_count; i++) {
    uint32_t cells = one->space.axes[i].cells, cell = point[i];
    if (cells < 2) continue;
    point[i] = cell == 0           ? 1
               : cell + 1 == cells ? cell - 1
                                   : cell + 2 * random_below(state, 2) - 1;
    if (!point_within_any(chart->space, point, &chart->impossible)) {
      weights[i].steps[0]++;
      weights[i].changed[0] += chart_verdict(chart, point) != verdict;
    }
    point[i] = cell;
  }
}

/* Returns how many situations were drawn that can occur. */
static uint32_t weigh_samples(Audit *audit, BoundaryAudit *one,
                              Weight *weights) {
  uint64_t state = RANDOM_START;
  uint32_t count = one->space.axis_count, samples = 0;
  AxisCell *point = ARENA_ARRAY(audit->arena, count + 1, AxisCell);
  for (uint32_t i = 0; i < count; i++)
    weights[i] = (Weight){.axis = i,
                          .changed = audit_limbs(audit, one),
                          .steps = audit_limbs(audit, one)};
  for (uint32_t i = 0; i < SAMPLES; i++) {
    random_point(&one->space, &state, point);
    if (point_within_any(&one->space, point, &one->chart.impossible)) continue;
    weigh_point(one, &state, point, weights);
    samples++;
  }
  for (uint32_t i = 0; i < count; i++)
    if (!natural_is_zero(weights[i].steps, one->space.limbs))
      weights[i].share = natural_share(audit->arena, weights[i].changed,
                                       weights[i].steps, one->space.limbs);
  return samples;
}

static void tell_not_proved(Audit *audit, const BoundaryAudit *one,
                            uint32_t count) {
  Text message = text_format(
      audit->arena,
      count == 1 ? "It was not found out whether %u of the facts ever changes "
                   "the guidance in `%.*s`."
                 : "It was not found out whether %u of the facts ever change "
                   "the guidance in `%.*s`.",
      (unsigned)count, TEXT_ARG(audit_boundary(audit, one)));
  audit_not_proved(audit, one->boundary, TEXT("deciding-facts"), message)
      ->level = LEVEL_NOTE;
}

/* Does some step on the axis turn the guidance, as far as is soon found?  To
 * find one such step is far less work than to count them all. */
static bool turns_somewhere(Audit *audit, BoundaryAudit *one, uint32_t axis) {
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  bool found = false;
  uint32_t cells = one->space.axes[axis].cells;
  for (uint32_t cell = 0; cell + 1 < cells && !found; cell++) {
    if (outside_step_together(&one->search)) return false;
    Chart charts[2];
    Pair pair;
    ArenaMark mark = space_mark(&one->space);
    chart_at_cell(&one->chart, axis, cell, &charts[0]);
    chart_at_cell(&one->chart, axis, cell + 1, &charts[1]);
    pair_make(&charts[0], &charts[1], &pair);
    for (unsigned looser = 0; looser < 2 && !found; looser++)
      found = pair_find_turn(&pair, &one->search, looser, point) == POINT_FOUND;
    space_back(&one->space, mark);
  }
  return found;
}

/* A step looks at all boxes, so there are fewer where there are many. */
static uint64_t prove_steps(const BoundaryAudit *one) {
  const Chart *chart = &one->chart;
  uint64_t boxes = PROVE_BOXES;
  for (uint32_t i = 0; i < chart->parts.count; i++)
    boxes += chart->parts.at[i].boxes.count;
  return (uint64_t)PROVE_STEPS_MOST * 2 * PROVE_BOXES / boxes;
}

/* Of facts that no sample showed to matter. */
static void prove_idle(Audit *audit, BoundaryAudit *one,
                       const Weight *weights) {
  uint32_t unknown = 0;
  QuestionBefore before = outside_begin(&one->search, prove_steps(one));
  for (uint32_t i = 0; i < one->space.axis_count; i++) {
    Weight exact = {.axis = weights[i].axis};
    if (weights[i].share || turns_somewhere(audit, one, exact.axis)) continue;
    if (weigh_axis(audit, one, &exact))
      tell_idle(audit, one, &exact);
    else
      unknown++;
  }
  outside_end(&one->search, before);
  if (unknown) tell_not_proved(audit, one, unknown);
}

void audit_deciding(Audit *audit, BoundaryAudit *one) {
  uint32_t count = one->space.axis_count;
  Weight *weights = ARENA_ARRAY(audit->arena, count + 1, Weight);
  if (!one->chart.whole) {
    tell_not_proved(audit, one, count);
    return;
  }
  bool exact = weigh_all(audit, one, weights);
  uint32_t samples = exact ? 0 : weigh_samples(audit, one, weights);
  if (!exact) prove_idle(audit, one, weights);
  for (uint32_t i = 0; i < count && exact; i++)
    tell_idle(audit, one, &weights[i]);
  if (count) qsort(weights, count, sizeof *weights, compare_weights);
  tell_weights(audit, one, weights, count, samples);
}

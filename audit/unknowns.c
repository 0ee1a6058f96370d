/* Unknowns: which facts decide most, which never do, and how many questions it
 * takes. */
#include <stdlib.h>

#include "audit/audit.h"
#include "audit/pair.h"
#include "audit/words.h"
#include "runtime/telling.h"

enum { FACTS_TOLD = 5, SAMPLES = 24, QUESTIONS_MOST = 500 };

/* ----------------------------------------------------------- deciding facts */

/* How often a step on the axis changes the verdict. */
typedef struct Weight {
  uint32_t axis;
  Limb *changed, *steps; /* steps that change it, of all steps */
  uint32_t share;        /* in millionths */
} Weight;

static bool count_changed(Audit *audit, BoundaryAudit *one, const Pair *pair,
                          Limb *to) {
  Limb *counts[VERDICT_COUNT * VERDICT_COUNT];
  natural_set(to, 0, one->space.limbs);
  if (pair->differ.count == 0) return true;
  for (uint32_t i = 0; i < VERDICT_COUNT * VERDICT_COUNT; i++)
    counts[i] = audit_limbs(audit, one);
  if (!pair_count(pair, &one->search, counts)) return false;
  for (uint32_t x = 0; x < VERDICT_COUNT; x++)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++)
      if (x != y)
        natural_add(to, counts[x * VERDICT_COUNT + y], one->space.limbs);
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

static bool weigh_axis(Audit *audit, BoundaryAudit *one, Weight *weight) {
  uint32_t cells = one->space.axes[weight->axis].cells;
  Limb *some = audit_limbs(audit, one);
  weight->changed = audit_limbs(audit, one);
  weight->steps = audit_limbs(audit, one);
  for (uint32_t cell = 0; cell + 1 < cells; cell++) {
    Chart charts[2];
    Pair pair;
    chart_at_cell(&one->chart, weight->axis, cell, &charts[0]);
    chart_at_cell(&one->chart, weight->axis, cell + 1, &charts[1]);
    pair_make(&charts[0], &charts[1], &pair);
    if (!count_changed(audit, one, &pair, some)) return false;
    natural_add(weight->changed, some, one->space.limbs);
    natural_add(weight->steps, one->space.points, one->space.limbs);
  }
  if (cells > 1)
    weight->share = natural_share(audit->arena, weight->changed,
                                  weight->steps, one->space.limbs);
  return true;
}

static int compare_weights(const void *a, const void *b) {
  const Weight *x = a, *y = b;
  if (x->share != y->share) return x->share > y->share ? -1 : 1;
  return (x->axis > y->axis) - (x->axis < y->axis);
}

static uint32_t axis_fact(const BoundaryAudit *one, uint32_t axis) {
  return one->chart.image->variables.at[one->space.axes[axis].variables[0]]
      .fact;
}

static void tell_weights(Audit *audit, BoundaryAudit *one,
                         const Weight *weights, uint32_t count) {
  Buffer out = {.arena = audit->arena};
  Finding *finding = audit_find(audit, FINDING_DECISIVE, one->boundary);
  buffer_put_c(&out, "How often one step of a fact alone changes the guidance: ");
  for (uint32_t i = 0; i < count && i < FACTS_TOLD; i++) {
    if (weights[i].share == 0) break;
    if (i) buffer_put_c(&out, "; ");
    buffer_put(&out, words_axis(audit->arena, &one->space, weights[i].axis));
    buffer_put_c(&out, " ");
    natural_print_percent(&out, weights[i].changed, weights[i].steps,
                          one->space.limbs);
    VEC_PUSH(audit->arena, &finding->facts,
             axis_fact(one, weights[i].axis));
  }
  buffer_put_c(&out, ".");
  finding->message = buffer_text(&out);
  if (finding->facts.count == 0) audit->findings.count--;
}

static void tell_idle(Audit *audit, BoundaryAudit *one, const Weight *weight) {
  Text name = words_axis(audit->arena, &one->space, weight->axis);
  if (!natural_is_zero(weight->changed, one->space.limbs) ||
      one->space.axes[weight->axis].cells < 2 ||
      harm_changes(audit, one, weight->axis))
    return;
  Finding *finding = audit_find(audit, FINDING_IDLE_FACT, one->boundary);
  VEC_PUSH(audit->arena, &finding->facts, axis_fact(one, weight->axis));
  audit_name(audit, finding, name);
  finding->message = text_format(
      audit->arena, "`%.*s` is read by rules, but never changes the guidance.",
      TEXT_ARG(name));
  finding->help = TEXT("Look at the rules that read it: something stricter or "
                       "wider always goes with them.");
}

static void weigh_facts(Audit *audit, BoundaryAudit *one) {
  uint32_t count = one->space.axis_count;
  Weight *weights = ARENA_ARRAY(audit->arena, count + 1, Weight);
  if (!one->counted) return;
  for (uint32_t i = 0; i < count; i++) {
    weights[i].axis = i;
    if (!weigh_axis(audit, one, &weights[i])) return;
  }
  for (uint32_t i = 0; i < count; i++) tell_idle(audit, one, &weights[i]);
  if (count) qsort(weights, count, sizeof *weights, compare_weights);
  tell_weights(audit, one, weights, count);
}

/* ------------------------------------------------------------------ questions */

/* The same numbers everywhere: xorshift64* (Vigna 2016). */
static uint32_t next_random(uint64_t *state, uint32_t below) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return (uint32_t)((*state * UINT64_C(0x2545f4914f6cdd1d)) >> 33) % below;
}

static void sample_point(const Space *space, uint64_t *state, AxisCell *point) {
  for (uint32_t i = 0; i < space->axis_count; i++)
    point[i] = next_random(state, space->axes[i].cells);
}

/* Questions until nothing left matters, answered from `whole`; what it does not
 * say is passed over. */
static uint32_t ask(Arena *arena, const Image *image, const Situation *whole) {
  Situation known;
  bool *passed = ARENA_ARRAY(arena, image->facts.count + 1, bool);
  uint32_t asked = 0;
  situation_init(arena, image, whole->as_of, &known);
  known.boundary = whole->boundary;
  for (uint32_t i = 0; i < image->facts.count; i++)
    passed[i] = !whole->facts[i].given;
  for (; asked < QUESTIONS_MOST; asked++) {
    Telling telling;
    telling_next(arena, image, &known, passed, 0, &telling);
    if (telling.fact == NONE) break;
    known.facts[telling.fact] = whole->facts[telling.fact];
    passed[telling.fact] = true;
  }
  return asked;
}

/* Each sample has an arena of its own. */
static bool ask_sample(Audit *audit, const BoundaryAudit *one,
                       const AxisCell *point, uint32_t *asked) {
  Arena arena;
  jmp_buf escape;
  Situation whole;
  arena_init(&arena, audit->arena->memory, 0, &escape);
  if (setjmp(escape) != 0) {
    arena_clear(&arena);
    arena_escape(audit->arena);
  }
  bool found = witness_situation(&arena, &one->space, point, one->boundary,
                                 &whole);
  if (found) *asked = ask(&arena, audit->image, &whole);
  arena_clear(&arena);
  return found;
}

static void count_questions(Audit *audit, BoundaryAudit *one) {
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
  uint32_t total = 0, worst = 0, samples = 0;
  for (uint32_t i = 0; i < SAMPLES; i++) {
    uint32_t asked;
    sample_point(&one->space, &state, point);
    if (point_within_any(&one->space, point, &one->chart.impossible) ||
        !ask_sample(audit, one, point, &asked))
      continue;
    samples++;
    total += asked;
    if (asked > worst) worst = asked;
  }
  if (samples == 0) return;
  Finding *finding = audit_find(audit, FINDING_QUESTIONS, one->boundary);
  uint32_t tenths = (total * 10 + samples / 2) / samples;
  finding->message = text_format(
      audit->arena,
      "In %u sampled situations it took %u.%u questions on average and %u at "
      "worst, of %u facts and other axes. This is a sample, not a proof.",
      (unsigned)samples, (unsigned)(tenths / 10), (unsigned)(tenths % 10),
      (unsigned)worst, (unsigned)one->space.axis_count);
}

void audit_unknowns(Audit *audit, BoundaryAudit *one) {
  weigh_facts(audit, one);
  count_questions(audit, one);
}

/* Unknowns: which facts decide most, which never do, and how many questions it
 * takes. */
#include <stdlib.h>

#include "audit/audit.h"
#include "audit/pair.h"
#include "audit/words.h"

enum { FACTS_TOLD = 5, SAMPLES = 200, PIECES_MOST = 4000 };

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
  if (!pair_count_changes(pair, &one->search, counts)) return false;
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

/* Adds to *pieces how much was counted. */
static bool weigh_axis(Audit *audit, BoundaryAudit *one, uint32_t *pieces,
                       Weight *weight) {
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
    *pieces += pair.pieces.count;
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
  buffer_put_c(&out,
               "How often one step of a fact alone changes the guidance: ");
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

static void tell_not_weighed(Audit *audit, BoundaryAudit *one) {
  Finding *finding = audit_find(audit, FINDING_NOT_PROVED, one->boundary);
  audit_name(audit, finding, TEXT("deciding-facts"));
  finding->proved = false;
  finding->level = LEVEL_NOTE;
  finding->message = TEXT("Which facts decide most was not counted: the rules "
                          "hang together in too many ways.");
}

static void weigh_facts(Audit *audit, BoundaryAudit *one) {
  uint32_t count = one->space.axis_count, pieces = 0;
  Weight *weights = ARENA_ARRAY(audit->arena, count + 1, Weight);
  if (!one->counted) return;
  for (uint32_t i = 0; i < count; i++) {
    weights[i].axis = i;
    if (pieces > PIECES_MOST || !weigh_axis(audit, one, &pieces, &weights[i])) {
      tell_not_weighed(audit, one);
      return;
    }
  }
  for (uint32_t i = 0; i < count; i++) tell_idle(audit, one, &weights[i]);
  if (count) qsort(weights, count, sizeof *weights, compare_weights);
  tell_weights(audit, one, weights, count);
}

/* ------------------------------------------------------------- questions */

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

/* One walk from nothing known to a settled verdict.  The boxes of stricter
 * parts that what is known does not refute are what is left. */
typedef struct Walk {
  const BoundaryAudit *one;
  const AxisCell *point;
  uint8_t *known;   /* for each axis */
  uint64_t *weight; /* for each fact, of what is left */
} Walk;

/* Does what is known keep the point out of the box?  *open is how many of its
 * sides are not known yet. */
static bool is_refuted(const Walk *walk, const Box *box, uint32_t *open) {
  const Space *space = &walk->one->space;
  *open = 0;
  for (uint32_t i = 0; i < box->count; i++) {
    const CellSet *side = &space->sides.at[box->sides[i]];
    if (!walk->known[side->axis])
      ++*open;
    else if (!side_has(side, walk->point[side->axis]))
      return true;
  }
  return false;
}

/* The verdict that parts surely in force reach. */
static uint32_t sure_verdict(const Walk *walk) {
  const Chart *chart = &walk->one->chart;
  uint32_t sure = SILENT, open;
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    for (uint32_t k = 0; k < part->boxes.count && part->verdict > sure; k++)
      if (!is_refuted(walk, &part->boxes.at[k], &open) && open == 0)
        sure = part->verdict;
  }
  return sure;
}

/* Weighs each fact by the stricter boxes that it is still open in: those with
 * few open sides most. */
static void weigh_open(Walk *walk, uint32_t sure) {
  const Chart *chart = &walk->one->chart;
  const Space *space = &walk->one->space;
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    for (uint32_t k = 0; k < part->boxes.count && part->verdict > sure; k++) {
      const Box *box = &part->boxes.at[k];
      uint32_t open;
      if (is_refuted(walk, box, &open)) continue;
      for (uint32_t n = 0; n < box->count; n++) {
        uint32_t axis = space->sides.at[box->sides[n]].axis;
        if (!walk->known[axis])
          walk->weight[axis_fact(walk->one, axis)] +=
              UINT64_C(1) << (open < 40 ? 40 - open : 0);
      }
    }
  }
}

/* The heaviest fact; NONE if nothing stricter is left. */
static uint32_t next_fact(Walk *walk) {
  const Image *image = walk->one->chart.image;
  uint32_t best = NONE;
  memset(walk->weight, 0, image->facts.count * sizeof *walk->weight);
  weigh_open(walk, sure_verdict(walk));
  for (uint32_t i = 0; i < image->facts.count; i++)
    if (walk->weight[i] && (best == NONE || walk->weight[i] >
                                                walk->weight[best]))
      best = i;
  return best;
}

/* How many questions it takes; support is not asked about but known. */
static uint32_t walk_to_verdict(Audit *audit, const BoundaryAudit *one,
                                const AxisCell *point) {
  const Image *image = audit->image;
  Walk walk = {.one = one, .point = point};
  uint32_t asked = 0, fact;
  walk.known = ARENA_ARRAY(audit->arena, one->space.axis_count + 1, uint8_t);
  walk.weight = ARENA_ARRAY(audit->arena, image->facts.count + 1, uint64_t);
  for (uint32_t i = 0; i < one->space.axis_count; i++)
    walk.known[i] =
        image->facts.at[axis_fact(one, i)].dimension == SUPPORT;
  while ((fact = next_fact(&walk)) != NONE) {
    asked++;
    for (uint32_t i = 0; i < one->space.axis_count; i++)
      walk.known[i] |= axis_fact(one, i) == fact;
  }
  return asked;
}

static uint32_t facts_to_ask(const BoundaryAudit *one) {
  const Image *image = one->chart.image;
  uint32_t count = 0;
  for (uint32_t i = 0; i < one->space.axis_count; i++) {
    uint32_t fact = axis_fact(one, i);
    bool first = image->facts.at[fact].dimension != SUPPORT;
    for (uint32_t k = 0; k < i; k++) first &= axis_fact(one, k) != fact;
    count += first;
  }
  return count;
}

static void count_questions(Audit *audit, BoundaryAudit *one) {
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
  uint32_t total = 0, worst = 0, samples = 0;
  for (uint32_t i = 0; i < SAMPLES; i++) {
    sample_point(&one->space, &state, point);
    if (point_within_any(&one->space, point, &one->chart.impossible)) continue;
    uint32_t asked = walk_to_verdict(audit, one, point);
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
      "worst until the guidance was settled, of %u facts that the rules read. "
      "This is a sample, not a proof.",
      (unsigned)samples, (unsigned)(tenths / 10), (unsigned)(tenths % 10),
      (unsigned)worst, (unsigned)facts_to_ask(one));
}

void audit_unknowns(Audit *audit, BoundaryAudit *one) {
  weigh_facts(audit, one);
  count_questions(audit, one);
}

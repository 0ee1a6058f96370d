/* Questions: how many it takes until the guidance is settled. */
#include "audit/audit.h"
#include "audit/random.h"

enum { SAMPLES = 200 };

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
          walk->weight[space_fact(space, axis)] +=
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
  Arena *arena = one->space.arena;
  uint32_t asked = 0, fact;
  walk.known = ARENA_ARRAY(arena, one->space.axis_count + 1, uint8_t);
  walk.weight = ARENA_ARRAY(arena, image->facts.count + 1, uint64_t);
  for (uint32_t i = 0; i < one->space.axis_count; i++)
    walk.known[i] =
        image->facts.at[space_fact(&one->space, i)].dimension == SUPPORT;
  while ((fact = next_fact(&walk)) != NONE) {
    asked++;
    for (uint32_t i = 0; i < one->space.axis_count; i++)
      walk.known[i] |= space_fact(&one->space, i) == fact;
  }
  return asked;
}

static uint32_t facts_to_ask(const BoundaryAudit *one) {
  const Image *image = one->chart.image;
  uint32_t count = 0;
  for (uint32_t i = 0; i < one->space.axis_count; i++) {
    uint32_t fact = space_fact(&one->space, i);
    bool first = image->facts.at[fact].dimension != SUPPORT;
    for (uint32_t k = 0; k < i; k++)
      first &= space_fact(&one->space, k) != fact;
    count += first;
  }
  return count;
}

void audit_questions(Audit *audit, BoundaryAudit *one) {
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  uint64_t state = RANDOM_START;
  uint32_t total = 0, worst = 0, samples = 0;
  if (!one->chart.whole) return;
  for (uint32_t i = 0; i < SAMPLES; i++) {
    random_point(&one->space, &state, point);
    if (point_within_any(&one->space, point, &one->chart.impossible)) continue;
    ArenaMark mark = space_mark(&one->space);
    uint32_t asked = walk_to_verdict(audit, one, point);
    space_back(&one->space, mark);
    samples++;
    total += asked;
    if (asked > worst) worst = asked;
  }
  if (samples == 0) return;
  Finding *finding = audit_find(audit, FINDING_QUESTIONS, one->boundary);
  uint32_t facts = facts_to_ask(one);
  uint32_t tenths = (total * 10 + samples / 2) / samples;
  finding->message = text_format(
      audit->arena,
      "In %u sampled situations in `%.*s` it took %u.%u questions on average "
      "and %u at worst until the guidance was settled, of %u fact%s that the "
      "rules read. This is a sample, not a proof.",
      (unsigned)samples, TEXT_ARG(audit_boundary(audit, one)),
      (unsigned)(tenths / 10), (unsigned)(tenths % 10), (unsigned)worst,
      (unsigned)facts, facts == 1 ? "" : "s");
}

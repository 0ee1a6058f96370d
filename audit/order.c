/* Order: does more risk ever loosen the guidance, or more support, capability
 * or time since an ending ever tighten it? */
#include "audit/audit.h"
#include "audit/pair.h"
#include "audit/words.h"

typedef enum Turn { TURN_NONE, TURN_LOOSENS, TURN_TIGHTENS } Turn;

/* What must not happen as the axis's cells rise. */
static Turn unwanted_turn(const Space *space, uint32_t axis) {
  const Image *image = space->grid->image;
  if (space->axes[axis].count != 1) return TURN_NONE;
  const Fact *fact =
      &image->facts.at[image->variables.at[space->axes[axis].variables[0]]
                           .fact];
  if (fact->type == TYPE_DATE)
    /* A later day is a shorter time since; the same with an ending ahead. */
    return fact->dimension == CONTEXT ? TURN_LOOSENS : TURN_NONE;
  if (fact->type == TYPE_CHOICE) return TURN_NONE;
  if (fact->dimension == RISK) return TURN_LOOSENS;
  if (fact->dimension == SUPPORT || fact->dimension == CAPABILITY)
    return TURN_TIGHTENS;
  return TURN_NONE;
}

typedef struct OrderStep {
  Audit *audit;
  BoundaryAudit *one;
  uint32_t axis, cell; /* from this cell to the next */
  Turn turn;
  Pair pair;
  Verdict before, after;
} OrderStep;

/* The first wrong turn of this step; of verdicts, silence apart. */
static bool find_turn(OrderStep *step, AxisCell *point) {
  Box whole = {0};
  Boxes nothing = {0};
  for (int low = PROCEED; low <= NEVER; low++)
    for (int high = NEVER; high > low; high--) {
      bool loosens = step->turn == TURN_LOOSENS;
      step->before = (Verdict)(loosens ? high : low);
      step->after = (Verdict)(loosens ? low : high);
      if (pair_find(&step->pair, &step->one->search, &whole, &nothing,
                    step->before, step->after, point) == POINT_FOUND)
        return true;
    }
  return false;
}

/* All wrong turns of this step, counted. */
static bool count_turns(const OrderStep *step, Limb *to) {
  const Space *space = &step->one->space;
  Limb *counts[VERDICT_COUNT * VERDICT_COUNT];
  natural_set(to, 0, space->limbs);
  for (uint32_t i = 0; i < VERDICT_COUNT * VERDICT_COUNT; i++)
    counts[i] = audit_limbs(step->audit, step->one);
  if (!pair_count_changes(&step->pair, &step->one->search, counts))
    return false;
  for (uint32_t x = PROCEED; x < VERDICT_COUNT; x++)
    for (uint32_t y = PROCEED; y < VERDICT_COUNT; y++)
      if (step->turn == TURN_LOOSENS ? y < x : y > x)
        natural_add(to, counts[x * VERDICT_COUNT + y], space->limbs);
  /* Both charts leave the axis free, so each was counted once a cell. */
  natural_divide_small(to, space->axes[step->axis].cells, space->limbs);
  return true;
}

static Text cell_words(const OrderStep *step, uint32_t cell) {
  uint64_t mask[SPACE_CELLS_MOST / 64] = {0};
  Buffer out = {.arena = step->audit->arena};
  mask[cell / 64] = UINT64_C(1) << (cell % 64);
  words_side(&out, &step->one->space, step->axis, mask);
  return buffer_text(&out);
}

static Text message(const OrderStep *step, const Finding *finding) {
  Arena *arena = step->audit->arena;
  Text from = cell_words(step, step->cell);
  Text to = cell_words(step, step->cell + 1);
  Buffer out = {.arena = arena};
  buffer_format(&out, "From \"%.*s\" to \"%.*s\", with all else the same, the "
                      "guidance goes from %.*s to %.*s",
                TEXT_ARG(from), TEXT_ARG(to),
                TEXT_ARG(words_verdict(step->before)),
                TEXT_ARG(words_verdict(step->after)));
  if (finding->count) {
    Limb *space = audit_limbs(step->audit, step->one);
    buffer_put_c(&out, ". Guidance turns this way at ");
    natural_print(&out, finding->count, space, finding->limbs);
    buffer_put_c(&out, " such steps");
  }
  buffer_put_c(&out, ".");
  return buffer_text(&out);
}

static void tell(OrderStep *step, AxisCell *point) {
  Audit *audit = step->audit;
  BoundaryAudit *one = step->one;
  Finding *finding = audit_find(audit, FINDING_ORDER, one->boundary);
  uint32_t variable = one->space.axes[step->axis].variables[0];
  VEC_PUSH(audit->arena, &finding->facts,
           audit->image->variables.at[variable].fact);
  audit_name(audit, finding, cell_words(step, step->cell + 1));
  finding->limbs = one->space.limbs;
  finding->count = audit_limbs(audit, one);
  if (!count_turns(step, finding->count)) finding->count = NULL;
  finding->proved = finding->count != NULL;
  finding->message = message(step, finding);
  finding->help = TEXT("If this is meant, say so in the rule's `because`. If "
                       "not, look at the limits of the rules that differ.");
  for (uint32_t i = 0; i < 2; i++) {
    Witness witness;
    point[step->axis] = step->cell + i;
    if (audit_witness(audit, one, point, &witness))
      VEC_PUSH(audit->arena, &finding->witnesses, witness);
  }
}

static void check_step(OrderStep *step) {
  BoundaryAudit *one = step->one;
  Chart charts[2];
  AxisCell *point =
      ARENA_ARRAY(step->audit->arena, one->space.axis_count + 1, AxisCell);
  chart_at_cell(&one->chart, step->axis, step->cell, &charts[0]);
  chart_at_cell(&one->chart, step->axis, step->cell + 1, &charts[1]);
  pair_make(&charts[0], &charts[1], &step->pair);
  if (step->pair.differ.count && find_turn(step, point)) tell(step, point);
}

void audit_order(Audit *audit, BoundaryAudit *one) {
  for (uint32_t axis = 0; axis < one->space.axis_count; axis++) {
    OrderStep step = {.audit = audit, .one = one, .axis = axis};
    step.turn = unwanted_turn(&one->space, axis);
    if (step.turn == TURN_NONE) continue;
    for (step.cell = 0; step.cell + 1 < one->space.axes[axis].cells;
         step.cell++)
      check_step(&step);
  }
}

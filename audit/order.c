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

/* The steps for counting all wrong turns of a boundary.  That they are wrong is
 * proved without. */
#define COUNT_STEPS_MOST 300000

typedef struct OrderStep {
  Audit *audit;
  BoundaryAudit *one;
  uint32_t axis, cell; /* from this cell to the next */
  Turn turn;
  Pair pair;
  Verdict before, after;
  uint64_t left; /* steps for counting */
} OrderStep;

/* All wrong turns of this step, counted; of verdicts, silence apart. */
static bool count_turns(OrderStep *step, Limb *to) {
  const Space *space = &step->one->space;
  Turns turns = {audit_limbs(step->audit, step->one),
                 audit_limbs(step->audit, step->one),
                 audit_limbs(step->audit, step->one),
                 audit_limbs(step->audit, step->one)};
  bool loosens = step->turn == TURN_LOOSENS;
  OutsideSearch *search = &step->one->search;
  QuestionBefore before = outside_begin(search, step->left);
  bool counted = step->left && pair_count_turns(&step->pair, search, &turns);
  step->left -= search->steps < step->left ? search->steps : step->left;
  outside_end(search, before);
  if (!counted) return false;
  natural_copy(to, loosens ? turns.looser : turns.stricter, space->limbs);
  natural_subtract(to, loosens ? turns.to_silence : turns.from_silence,
                   space->limbs);
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
    buffer_put_c(&out, " such steps.");
  } else {
    buffer_put_c(&out, ". How often it does was not counted.");
  }
  return buffer_text(&out);
}

static bool is_capability(const OrderStep *step) {
  uint32_t variable = step->one->space.axes[step->axis].variables[0];
  const Image *image = step->audit->image;
  return image->facts.at[image->variables.at[variable].fact].dimension ==
         CAPABILITY;
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
  finding->message = message(step, finding);
  finding->help =
      is_capability(step)
          ? TEXT("If more of this makes it harder, as strain does, it is as it "
                 "should be. If not, look at the limits of the rules that "
                 "differ.")
          : TEXT("If this is meant, say so in the rule's `because`. If not, "
                 "look at the limits of the rules that differ.");
  for (uint32_t i = 0; i < 2; i++) {
    Witness witness;
    point[step->axis] = step->cell + i;
    if (audit_witness(audit, one, point, &witness))
      VEC_PUSH(audit->arena, &finding->witnesses, witness);
  }
}

static PointFound check_step(OrderStep *step) {
  BoundaryAudit *one = step->one;
  Chart charts[2];
  AxisCell *point =
      ARENA_ARRAY(step->audit->arena, one->space.axis_count + 1, AxisCell);
  chart_at_cell(&one->chart, step->axis, step->cell, &charts[0]);
  chart_at_cell(&one->chart, step->axis, step->cell + 1, &charts[1]);
  pair_make(&charts[0], &charts[1], &step->pair);
  PointFound found = pair_find_turn(&step->pair, &one->search,
                                    step->turn == TURN_LOOSENS, point);
  if (found != POINT_FOUND) return found;
  step->before = chart_verdict(&charts[0], point);
  step->after = chart_verdict(&charts[1], point);
  tell(step, point);
  return found;
}

static void tell_unknown(Audit *audit, const BoundaryAudit *one,
                         uint32_t count) {
  Text message = text_format(
      audit->arena, "Of %u step%s of a fact in `%.*s` it was not found out "
                    "whether the guidance turns the wrong way there.",
      (unsigned)count, count == 1 ? "" : "s",
      TEXT_ARG(audit_boundary(audit, one)));
  audit_not_proved(audit, one->boundary, TEXT("order"), message)->level =
      LEVEL_NOTE;
}

void audit_order(Audit *audit, BoundaryAudit *one) {
  OrderStep step = {.audit = audit, .one = one, .left = COUNT_STEPS_MOST};
  uint32_t unknown = 0;
  for (uint32_t axis = 0; axis < one->space.axis_count; axis++) {
    step.axis = axis;
    step.turn = unwanted_turn(&one->space, axis);
    if (step.turn == TURN_NONE) continue;
    for (step.cell = 0; step.cell + 1 < one->space.axes[axis].cells;
         step.cell++) {
      ArenaMark mark = space_mark(&one->space);
      unknown += check_step(&step) == POINT_UNKNOWN;
      space_back(&one->space, mark);
    }
  }
  if (unknown) tell_unknown(audit, one, unknown);
}

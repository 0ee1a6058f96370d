#include "audit/cover_use.h"

#include "audit/cover.h"
#include "audit/words.h"
#include "runtime/settle.h"

#define TRIED_MOST 1000 /* cases from which a region is grown */

static void make_boundary(Audit *audit, BoundaryAudit *one, UseBoundary *use) {
  Arena *arena = audit->arena;
  const Inquiry *inquiry = &one->inquiry;
  uint32_t rules = audit->image->rules.count + 1;
  *use = (UseBoundary){.one = one};
  use->in_force = ARENA_ARRAY(arena, rules, uint64_t);
  use->decides = ARENA_ARRAY(arena, rules, uint64_t);
  use->counts = ARENA_ARRAY(arena, rules, uint8_t);
  use->agreed = ARENA_ARRAY(arena, rules, uint8_t);
  use->masks = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
  use->cells = ARENA_ARRAY(arena, inquiry->grid.words + 1, Cells);
  workspace_make(arena, inquiry, &use->space);
  if (!one->space.too_large)
    chart_list(&one->chart, SILENT, 0, &use->answered);
}

void use_make(Audit *audit, Text name, Use *use) {
  *use = (Use){.name = name, .audit = audit,
               .boundary_count = audit->boundary_count};
  use->boundaries =
      ARENA_ARRAY(audit->arena, audit->boundary_count + 1, UseBoundary);
  for (uint32_t i = 0; i < audit->boundary_count; i++)
    make_boundary(audit, &audit->boundaries[i], &use->boundaries[i]);
}

/* ----------------------------------------------------------------- one case */

typedef struct UseCase {
  Arena *scratch;
  const Situation *situation;
  const Inquiry *inquiry; /* of its day */
  const uint8_t *masks, *counts;
  const Cells *cells;
} UseCase;

/* Is anything open that is counted? */
static bool is_open(const Inquiry *inquiry, const uint8_t *masks) {
  if (!mask_single(masks[POINT_VERDICT])) return true;
  for (uint32_t i = 0; i < inquiry->rule_count; i++)
    if (!mask_single(masks[point_standing(inquiry->rules[i])])) return true;
  return false;
}

static void settle_case(UseCase *one) {
  Search *search = ARENA_NEW(one->scratch, Search);
  uint8_t *masks =
      ARENA_ARRAY(one->scratch, one->inquiry->points + 1, uint8_t);
  search_make(one->scratch, one->inquiry, one->situation, WORK_BUDGET, search);
  settle(search, masks);
  one->masks = masks;
  one->counts = search->counts;
  one->cells = search->start;
}

static void decide(UseBoundary *use, UseCase *one) {
  const Inquiry *usual = &use->one->inquiry;
  Inquiry *own;
  one->inquiry = usual;
  if (one->situation->as_of != usual->grid.today ||
      one->situation->tense == TENSE_HAPPENED) {
    own = ARENA_NEW(one->scratch, Inquiry);
    inquiry_make(one->scratch, usual->image, one->situation, own);
    one->inquiry = own;
    settle_case(one);
    return;
  }
  grid_locate(&usual->grid, one->situation, use->cells);
  findings_count(usual, one->situation, use->counts, use->agreed);
  outcome_evaluate(usual, use->counts, use->cells, &use->space, use->masks);
  one->masks = use->masks;
  one->counts = use->counts;
  one->cells = use->cells;
  if (is_open(usual, use->masks)) settle_case(one);
}

/* ------------------------------------------------------------------ regions */

static bool meets_any(const Space *space, const Boxes *list, const Box *box) {
  for (uint32_t i = 0; i < list->count; i++)
    if (box_meets(space, &list->at[i], box)) return true;
  return list->too_many;
}

/* The cells of each axis that the case may be in; false if its day is cut
 * otherwise than the audit's. */
static bool locate(const UseBoundary *use, const UseCase *one,
                   uint64_t **masks) {
  const Space *space = &use->one->space;
  for (uint32_t axis = 0; axis < space->axis_count; axis++) {
    masks[axis] = cover_locate(one->scratch, use->one, one->inquiry,
                               one->cells, axis);
    if (!masks[axis]) return false;
  }
  return true;
}

static bool lies_within(const Space *space, uint64_t **masks, const Box *box) {
  for (uint32_t i = 0; i < box->count; i++) {
    const CellSet *side = &space->sides.at[box->sides[i]];
    for (uint32_t k = 0; k < space->axes[side->axis].words; k++)
      if (masks[side->axis][k] & ~side->mask[k]) return false;
  }
  return true;
}

static void box_of_masks(Space *space, uint64_t **masks, Box *box) {
  *box = (Box){0};
  for (uint32_t axis = 0; axis < space->axis_count; axis++) {
    uint32_t side = space_side(space, axis, masks[axis]);
    if (side == SIDE_ALL || side == SIDE_NONE) continue;
    Box own = box_of_side(space, side), both;
    box_both(space, box, &own, &both);
    *box = both;
  }
}

/* The box with another side on the axis (SIDE_ALL: none). */
static Box with_side(Space *space, const Box *box, uint32_t axis,
                     uint32_t side) {
  uint32_t *sides = ARENA_ARRAY(space->arena, box->count + 1, uint32_t);
  Box bare = {sides, 0}, both;
  for (uint32_t i = 0; i < box->count; i++)
    if (space->sides.at[box->sides[i]].axis != axis)
      sides[bare.count++] = box->sides[i];
  if (side == SIDE_ALL) return bare;
  Box own = box_of_side(space, side);
  box_both(space, &bare, &own, &both);
  return both;
}

static void widen(UseBoundary *use, uint32_t axis, Box *box) {
  Space *space = &use->one->space;
  uint64_t mask[SPACE_CELLS_MOST / 64];
  uint32_t side = box_side(space, box, axis);
  if (side == SIDE_ALL) return;
  Box wider = with_side(space, box, axis, SIDE_ALL);
  if (!meets_any(space, &use->answered, &wider)) {
    *box = wider;
    return;
  }
  memcpy(mask, space->sides.at[side].mask,
         space->axes[axis].words * sizeof *mask);
  for (uint32_t cell = 0; cell < space->axes[axis].cells; cell++) {
    if (mask[cell / 64] >> (cell % 64) & 1) continue;
    mask[cell / 64] |= UINT64_C(1) << (cell % 64);
    wider = with_side(space, box, axis, space_side(space, axis, mask));
    if (meets_any(space, &use->answered, &wider))
      mask[cell / 64] &= ~(UINT64_C(1) << (cell % 64));
    else
      *box = wider;
  }
}

/* A case that no rule answers: into the first region that has it, else a new
 * one is grown from it as far as no rule answers. */
static void place(UseBoundary *use, const UseCase *one) {
  Space *space = &use->one->space;
  uint64_t **masks =
      ARENA_ARRAY(one->scratch, space->axis_count + 1, uint64_t *);
  bool located = !space->too_large && locate(use, one, masks);
  for (uint32_t i = 0; i < use->region_count && located; i++)
    if (lies_within(space, masks, &use->regions[i].box)) {
      use->regions[i].cases++;
      return;
    }
  if (!located || use->region_count == USE_REGIONS_MOST ||
      use->tried++ > TRIED_MOST) {
    use->elsewhere++;
    return;
  }
  Box box;
  box_of_masks(space, masks, &box);
  if (meets_any(space, &use->answered, &box)) {
    use->elsewhere++;
    return;
  }
  for (uint32_t axis = 0; axis < space->axis_count; axis++)
    widen(use, axis, &box);
  use->regions[use->region_count++] =
      (UseRegion){box, words_box(space->arena, space, &box), 1};
}

/* ---------------------------------------------------------------- counting */

static void count_rules(UseBoundary *use, const UseCase *one) {
  const Image *image = one->inquiry->image;
  bool answered = false, open = false;
  uint8_t verdict = one->masks[POINT_VERDICT];
  for (uint32_t i = 0; i < one->inquiry->rule_count; i++) {
    uint32_t rule = one->inquiry->rules[i];
    uint8_t standing = one->masks[point_standing(rule)];
    bool gives = rule_gives_finding(&image->rules.at[rule]);
    bool speaks = gives || image->rules.at[rule].kind == RULE_OTHERWISE;
    bool in_force = standing == 1u << STANDING_IN_FORCE;
    open |= gives && !in_force && standing >> STANDING_IN_FORCE & 1;
    answered |= gives && in_force;
    use->in_force[rule] += in_force;
    use->decides[rule] += in_force && speaks && verdict != 1u << SILENT &&
                          verdict == 1u << one->counts[rule];
  }
  if (!mask_single(verdict)) {
    use->unsettled++;
    return;
  }
  use->verdicts[__builtin_ctz(verdict)]++;
  if (answered || open) return;
  *(verdict == 1u << SILENT ? &use->silent : &use->otherwise) += 1;
  place(use, one);
}

void use_add(Use *use, Arena *scratch, const Situation *situation) {
  use->cases++;
  for (uint32_t i = 0; i < use->boundary_count; i++) {
    UseBoundary *boundary = &use->boundaries[i];
    UseCase one = {.scratch = scratch, .situation = situation};
    if (boundary->one->boundary != situation->boundary) continue;
    boundary->cases++;
    decide(boundary, &one);
    count_rules(boundary, &one);
    return;
  }
  use->outside++;
}

void use_finish(Use *use) {
  for (uint32_t i = 0; i < use->boundary_count; i++) {
    UseBoundary *one = &use->boundaries[i];
    for (uint32_t k = 1; k < one->region_count; k++)
      for (uint32_t n = k; n > 0 && one->regions[n - 1].cases <
                                        one->regions[n].cases; n--) {
        UseRegion swapped = one->regions[n];
        one->regions[n] = one->regions[n - 1];
        one->regions[n - 1] = swapped;
      }
  }
}

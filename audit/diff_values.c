/* What both policies can say of a situation: values that only one has, and what
 * both take as impossible, are left out. */
#include "audit/diff.h"

/* ------------------------------------------------------------------- values */

/* Values and members that one of the policies does not know cannot be asked of
 * both. */
static void leave_out_values(const Diff *diff, Space *space, uint32_t axis,
                             Boxes *impossible) {
  const Axis *own = &space->axes[axis];
  const Image *image = &diff->joined.image;
  const Variable *variable = &image->variables.at[own->variables[0]];
  const JoinedFact *joint = &diff->joined.facts[variable->fact];
  bool set = image->facts.at[variable->fact].type == TYPE_SET;
  if (!joint->values[OLD] || joint->of[OLD] == NONE || joint->of[NEW] == NONE)
    return;
  for (uint32_t v = 0; v < image->facts.at[variable->fact].values.count; v++) {
    if (joint->values[OLD][v] != NONE && joint->values[NEW][v] != NONE)
      continue;
    if (set && v != variable->member) continue;
    uint64_t mask[4] = {0};
    uint32_t bit = set ? 1 : v;
    mask[bit / 64] = UINT64_C(1) << (bit % 64);
    uint32_t side = space_side_of_variable(space, own->variables[0], mask);
    if (side < SIDE_ALL)
      boxes_add(space, impossible, box_of_side(space, side));
  }
}

/* The values that one policy lacks have cells of their own. */
static void read_values(const Diff *diff, const RowLists *lists,
                        uint32_t **variables, uint32_t *count) {
  const Image *image = &diff->joined.image;
  uint32_t *all = ARENA_ARRAY(diff->audit.arena,
                              *count + image->variables.count + 1, uint32_t);
  uint8_t *read = ARENA_ARRAY(diff->audit.arena, image->variables.count + 1,
                              uint8_t);
  memcpy(all, *variables, *count * sizeof *all);
  for (uint32_t n = 0; n < lists->count; n++)
    for (uint32_t i = 0; i < lists->at[n]->count; i++)
      for (uint32_t k = 0; k < lists->at[n]->rows[i].count; k++)
        read[lists->at[n]->rows[i].literals[k].variable] = 1;
  for (uint32_t v = 0; v < image->variables.count; v++) {
    const JoinedFact *joint = &diff->joined.facts[image->variables.at[v].fact];
    bool lacks = false;
    if (!read[v] || !joint->values[OLD] || joint->of[OLD] == NONE ||
        joint->of[NEW] == NONE)
      continue;
    Range values = image->facts.at[image->variables.at[v].fact].values;
    for (uint32_t i = 0; i < values.count; i++)
      lacks |= joint->values[OLD][i] == NONE || joint->values[NEW][i] == NONE;
    if (lacks) all[(*count)++] = v;
  }
  *variables = all;
}

/* ---------------------------------------------------------- what is assumed */

static const RowList *fails_of(const Diff *diff, uint32_t side,
                               uint32_t assume) {
  const Image *image = diff->joined.of[side];
  uint32_t condition = image->assumes.at[assume].condition;
  return &diff->rows.fails[image->nodes.at[condition].reg +
                           diff->joined.registers[side]];
}

/* What both take as impossible. */
static void assume_both(Diff *diff, Space *space, Boxes *impossible) {
  Boxes sides[2], both;
  for (uint32_t k = OLD; k <= NEW; k++) {
    const Image *image = diff->joined.of[k];
    sides[k] = (Boxes){0};
    for (uint32_t i = 0; i < image->assumes.count; i++) {
      const RowList *fails = fails_of(diff, k, i);
      Boxes boxes;
      if (fails->too_many || !rows_in_space(space, fails)) continue;
      boxes_from_rows(space, fails, &boxes);
      boxes_add_all(space, &sides[k], &boxes);
    }
  }
  boxes_both(space, &sides[OLD], &sides[NEW], &both);
  if (both.too_many) return;
  boxes_simplify(space, &both);
  boxes_add_all(space, impossible, &both);
}

/* Can it never hold?  Then it is about everything. */
static bool never_holds(const Diff *diff, uint32_t side, uint32_t assume) {
  const Image *image = diff->joined.of[side];
  uint32_t condition = image->assumes.at[assume].condition;
  const RowList *holds = &diff->rows.holds[image->nodes.at[condition].reg +
                                           diff->joined.registers[side]];
  return holds->count == 0 && !holds->too_many;
}

/* What both take as impossible of what the rules read has cells of its own.
 * What only one does is not left out, so it is not read. */
static void read_assumes(const Diff *diff, const uint32_t *variables,
                         uint32_t count, RowLists *lists) {
  const Joined *joined = &diff->joined;
  RowLists assumes = {0};
  if (!joined->of[OLD]->assumes.count || !joined->of[NEW]->assumes.count)
    return;
  for (uint32_t side = OLD; side <= NEW; side++)
    for (uint32_t i = 0; i < joined->of[side]->assumes.count; i++)
      VEC_PUSH(diff->audit.arena,
               never_holds(diff, side, i) ? lists : &assumes,
               fails_of(diff, side, i));
  rows_read_along(&assumes, &joined->image, variables, count,
                  diff->audit.arena, lists);
}

/* ---------------------------------------------------------------- the space */

void diff_space(Diff *diff, RowLists *lists, uint32_t *variables,
                uint32_t count, Space *space) {
  read_assumes(diff, variables, count, lists);
  read_values(diff, lists, &variables, &count);
  space_make(diff->audit.arena, &diff->grid, lists, variables, count, space);
}

void diff_impossible(Diff *diff, Space *space, Boxes *impossible) {
  *impossible = (Boxes){0};
  for (uint32_t axis = 0; axis < space->axis_count; axis++)
    leave_out_values(diff, space, axis, impossible);
  assume_both(diff, space, impossible);
}

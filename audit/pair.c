#include "audit/pair.h"

enum { PIECES_MOST = 128 }; /* that what differs is cut into */

/* ------------------------------------------------------------------- making */

/* The boxes of a chart, each with what is found in it. */
typedef struct FoundBox {
  const Part *part; /* NULL: a free slot */
  const Box *box;
} FoundBox;

typedef struct BoxTable {
  FoundBox *slots;
  uint32_t last; /* of them; one less than a power of 2 */
} BoxTable;

/* The slot of the box, or the free one where it belongs. */
static FoundBox *box_slot(const BoxTable *table, const Part *part,
                          const Box *box) {
  uint64_t hash = part->verdict * (uint64_t)LAYER_COUNT + part->layer;
  for (uint32_t i = 0; i < box->count; i++)
    hash = (hash ^ hash >> 32 ^ box->sides[i]) * UINT64_C(0xd6e8feb86659fd93);
  for (uint32_t at = (uint32_t)(hash >> 32);; at++) {
    FoundBox *slot = &table->slots[at & table->last];
    if (!slot->part ||
        (slot->part->verdict == part->verdict &&
         slot->part->layer == part->layer && box_equal(slot->box, box)))
      return slot;
  }
}

static void table_make(const Chart *chart, BoxTable *table) {
  uint32_t boxes = 0;
  for (uint32_t i = 0; i < chart->parts.count; i++)
    boxes += chart->parts.at[i].boxes.count;
  for (table->last = 15; table->last < 2 * boxes;)
    table->last = 2 * table->last + 1;
  table->slots =
      ARENA_ARRAY(chart->space->arena, (size_t)table->last + 1, FoundBox);
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    for (uint32_t k = 0; k < part->boxes.count; k++)
      *box_slot(table, part, &part->boxes.at[k]) =
          (FoundBox){part, &part->boxes.at[k]};
  }
}

static void find_changed(Pair *pair, uint32_t side) {
  const Chart *chart = pair->charts[side];
  Space *space = chart->space;
  BoxTable other;
  table_make(pair->charts[!side], &other);
  pair->changed[side] =
      ARENA_ARRAY(space->arena, chart->parts.count + 1, uint8_t *);
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    pair->changed[side][i] =
        ARENA_ARRAY(space->arena, part->boxes.count + 1, uint8_t);
    for (uint32_t k = 0; k < part->boxes.count; k++) {
      if (box_slot(&other, part, &part->boxes.at[k])->part) continue;
      pair->changed[side][i][k] = 1;
      VEC_PUSH(space->arena, &pair->differ, part->boxes.at[k]);
    }
  }
}

static bool same_scenes(const Chart *a, const Chart *b) {
  if (a->scenes.count != b->scenes.count) return false;
  for (uint32_t i = 0; i < a->scenes.count; i++) {
    const Scene *x = &a->scenes.at[i], *y = &b->scenes.at[i];
    if (!box_equal(&x->box, &y->box) ||
        memcmp(x->finding, y->finding, sizeof x->finding) != 0)
      return false;
  }
  return true;
}

/* The boxes of a part that the other chart has not, or, where they are fewer,
 * those that they were cut out of. */
static void add_cover(const Pair *pair, uint32_t side, uint32_t index,
                      Boxes *cover) {
  const Part *part = &pair->charts[side]->parts.at[index];
  Space *space = pair->charts[side]->space;
  Boxes changed = {0};
  for (uint32_t k = 0; k < part->boxes.count; k++)
    if (pair->changed[side][index][k])
      boxes_add(space, &changed, part->boxes.at[k]);
  bool fewer = !part->whole.too_many && part->whole.count < changed.count;
  boxes_add_all(space, cover, fewer ? &part->whole : &changed);
}

/* Larger boxes first, so that less is cut. */
static void make_pieces(Pair *pair) {
  Space *space = pair->charts[0]->space;
  Boxes cover = {0}, sorted = {0};
  if (!pair->same_otherwise) boxes_add(space, &cover, (Box){0});
  for (uint32_t side = 0; side < 2 && pair->same_otherwise; side++)
    for (uint32_t i = 0; i < pair->charts[side]->parts.count; i++)
      add_cover(pair, side, i, &cover);
  boxes_simplify(space, &cover);
  for (uint32_t sides = 0; sides <= BOX_SIDES_MOST; sides++)
    for (uint32_t i = 0; i < cover.count; i++)
      if (cover.at[i].count == sides) boxes_add(space, &sorted, cover.at[i]);
  boxes_set_apart(space, &sorted, PIECES_MOST, &pair->pieces);
  if (!pair->pieces.too_many) return;
  pair->pieces = (Boxes){0};
  boxes_add(space, &pair->pieces, (Box){0});
}

void pair_make(const Chart *before, const Chart *after, Pair *pair) {
  *pair = (Pair){.charts = {before, after}};
  pair->same_otherwise = same_scenes(before, after);
  find_changed(pair, 0);
  find_changed(pair, 1);
  if (!pair->same_otherwise) {
    pair->differ.count = 0;
    VEC_PUSH(before->space->arena, &pair->differ, ((Box){0}));
  }
  make_pieces(pair);
}

/* -------------------------------------------------------- one cell fixed */

void boxes_at_cell(Space *space, const Boxes *from, uint32_t axis,
                   uint32_t cell, Boxes *to) {
  *to = (Boxes){.too_many = from->too_many};
  for (uint32_t i = 0; i < from->count; i++) {
    const Box *box = &from->at[i];
    uint32_t side = box_side(space, box, axis);
    if (side != SIDE_ALL && !side_has(&space->sides.at[side], cell)) continue;
    uint32_t *sides = ARENA_ARRAY(space->arena, box->count + 1, uint32_t);
    Box bare = {sides, 0};
    for (uint32_t k = 0; k < box->count; k++)
      if (space->sides.at[box->sides[k]].axis != axis)
        sides[bare.count++] = box->sides[k];
    VEC_PUSH(space->arena, to, side == SIDE_ALL ? *box : bare);
  }
}

void chart_at_cell(const Chart *chart, uint32_t axis, uint32_t cell,
                   Chart *at) {
  Space *space = chart->space;
  *at = *chart;
  at->parts.at = NULL;
  at->parts.count = at->parts.room = 0;
  at->scenes.at = NULL;
  at->scenes.count = at->scenes.room = 0;
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    Part part = chart->parts.at[i];
    boxes_at_cell(space, &chart->parts.at[i].boxes, axis, cell, &part.boxes);
    part.whole = part.boxes; /* nothing more is asked of it */
    if (part.boxes.count) VEC_PUSH(space->arena, &at->parts, part);
  }
  for (uint32_t i = 0; i < chart->scenes.count; i++) {
    Boxes one = {0}, left;
    Scene scene = chart->scenes.at[i];
    boxes_add(space, &one, scene.box);
    boxes_at_cell(space, &one, axis, cell, &left);
    if (!left.count) continue;
    scene.box = left.at[0];
    VEC_PUSH(space->arena, &at->scenes, scene);
  }
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    boxes_at_cell(space, &chart->above[v], axis, cell, &at->above[v]);
  boxes_at_cell(space, &chart->impossible, axis, cell, &at->impossible);
}

/* ------------------------------------------------------------------ finding */

/* Can the two ways not be of one point?  The higher verdict's box must be one
 * that the other chart has not; and where an `otherwise` speaks, no rule of its
 * layer or a more authoritative one can be in force that both have. */
static bool cannot_meet(const Pair *pair, const Way *before,
                        const Way *after) {
  const Way *ways[2] = {before, after};
  uint32_t higher = after->verdict > before->verdict;
  const Way *high = ways[higher], *low = ways[!higher];
  if (high->part != NONE)
    return !pair->changed[higher][high->part][high->of_part];
  return low->part != NONE && low->layer <= high->otherwise &&
         !pair->changed[!higher][low->part][low->of_part];
}

static PointFound find_in_ways(const Pair *pair, OutsideSearch *search,
                                const Way *before, const Way *after,
                                const Box *box, const Boxes *list,
                                AxisCell *point) {
  Space *space = pair->charts[0]->space;
  ArenaMark mark = space_mark(space);
  PointFound found = POINT_NONE;
  Box both, all;
  Boxes avoid = {0};
  if (!cannot_meet(pair, before, after) &&
      box_both(space, &before->box, &after->box, &both) &&
      box_both(space, &both, box, &all)) {
    boxes_add_all(space, &avoid, before->list);
    boxes_add_all(space, &avoid, after->list);
    boxes_add_all(space, &avoid, list);
    found = find_outside(search, &avoid, &all, point);
  }
  space_back(space, mark);
  return found;
}

PointFound pair_find_ways(const Pair *pair, OutsideSearch *search,
                          const Ways ways[2], const Box *box,
                          const Boxes *list, const Way **x, const Way **y,
                          AxisCell *point) {
  PointFound result = POINT_NONE;
  for (uint32_t i = 0; i < ways[0].count; i++)
    for (uint32_t k = 0; k < ways[1].count; k++) {
      *x = &ways[0].at[i];
      *y = &ways[1].at[k];
      PointFound found =
          find_in_ways(pair, search, *x, *y, box, list, point);
      if (found == POINT_FOUND) return found;
      if (found == POINT_UNKNOWN) result = found;
    }
  return result;
}

PointFound pair_find(const Pair *pair, OutsideSearch *search, const Box *box,
                     const Boxes *list, Verdict before, Verdict after,
                     AxisCell *point) {
  const Way *x, *y;
  Ways ways[2];
  bool whole = pair->charts[0]->whole && pair->charts[1]->whole;
  if (!whole) return POINT_UNKNOWN;
  if (pair->differ.count == 0) return POINT_NONE;
  chart_ways(pair->charts[0], before, &ways[0]);
  chart_ways(pair->charts[1], after, &ways[1]);
  return pair_find_ways(pair, search, ways, box, list, &x, &y, point);
}

/* ------------------------------------------------------------------ turning */

/* Looking for a point where one chart finds more than the other. */
typedef struct TurnSearch {
  const Pair *pair;
  OutsideSearch *search;
  uint32_t high;     /* which chart finds more */
  Ways more;         /* in which it does, the strictest first */
  uint8_t *possible; /* for each of them */
  Ways low;          /* of the other chart, for what it finds now */
  AxisCell *point;
  PointFound result;
} TurnSearch;

/* Every way of the chart that finds more, of which there can be a point. */
static void gather_more(TurnSearch *turn) {
  const Chart *chart = turn->pair->charts[turn->high];
  for (uint32_t v = NEVER; v > PROCEED; v--) {
    Ways ways;
    chart_ways(chart, (Verdict)v, &ways);
    for (uint32_t i = 0; i < ways.count; i++)
      if (ways.at[i].part == NONE ||
          turn->pair->changed[turn->high][ways.at[i].part][ways.at[i].of_part])
        VEC_PUSH(chart->space->arena, &turn->more, ways.at[i]);
  }
  turn->possible = ARENA_ARRAY(chart->space->arena, turn->more.count + 1,
                               uint8_t);
}

/* Can the other chart's rules find no more than `most` there?  That its
 * `otherwise` is silent, or that it says anything, is not asked. */
static PointFound find_beside(TurnSearch *turn, const Way *way,
                              uint32_t most) {
  const Chart *other = turn->pair->charts[!turn->high];
  ArenaMark mark = space_mark(other->space);
  Boxes avoid;
  chart_list(other, (int)most, 0, &avoid);
  boxes_add_all(other->space, &avoid,
                &turn->pair->charts[turn->high]->impossible);
  if (way->part == NONE) boxes_add_all(other->space, &avoid, way->list);
  PointFound found =
      find_outside(turn->search, &avoid, &way->box, turn->point);
  space_back(other->space, mark);
  return found;
}

static bool is_possible(TurnSearch *turn, uint32_t i) {
  const Way *way = &turn->more.at[i];
  PointFound found = find_beside(turn, way, way->verdict - 1u);
  if (found == POINT_UNKNOWN) turn->result = POINT_UNKNOWN;
  return found != POINT_NONE;
}

/* A point of both ways outside `avoid`. */
static PointFound find_in_both(TurnSearch *turn, const Way *way,
                               const Way *low, const Boxes *avoid) {
  Space *space = turn->pair->charts[0]->space;
  const Way *before = turn->high ? low : way, *after = turn->high ? way : low;
  Box both;
  if (cannot_meet(turn->pair, before, after) ||
      !box_both(space, &before->box, &after->box, &both))
    return POINT_NONE;
  return find_outside(turn->search, avoid, &both, turn->point);
}

/* Points of the way where the other finds exactly `most`.  Of the lists only
 * what meets the way is looked at. */
static bool find_in_low(TurnSearch *turn, const Way *way) {
  Space *space = turn->pair->charts[0]->space;
  ArenaMark mark = space_mark(space);
  PointFound found = POINT_NONE;
  const Boxes *list = NULL;
  Boxes avoid = {0};
  for (uint32_t i = 0; i < turn->low.count && found != POINT_FOUND; i++) {
    const Way *low = &turn->low.at[i];
    if (low->list != list) {
      avoid = (Boxes){0};
      boxes_add_meeting(space, way->list, &way->box, &avoid);
      boxes_add_meeting(space, low->list, &way->box, &avoid);
      boxes_index(space, &avoid);
    }
    list = low->list;
    found = find_in_both(turn, way, low, &avoid);
    if (found == POINT_UNKNOWN) turn->result = POINT_UNKNOWN;
  }
  space_back(space, mark);
  return found == POINT_FOUND;
}

static bool find_at(TurnSearch *turn, uint32_t i, uint32_t most) {
  const Chart *other = turn->pair->charts[!turn->high];
  const Way *way = &turn->more.at[i];
  PointFound found = find_beside(turn, way, most);
  if (found == POINT_UNKNOWN) turn->result = POINT_UNKNOWN;
  if (found == POINT_NONE) return false;
  if (found == POINT_FOUND && chart_verdict(other, turn->point) == most)
    return true;
  return find_in_low(turn, way);
}

PointFound pair_find_turn(const Pair *pair, OutsideSearch *search, bool looser,
                          AxisCell *point) {
  TurnSearch turn = {.pair = pair, .search = search, .high = !looser,
                     .point = point, .result = POINT_NONE};
  bool any = false;
  if (!pair->charts[0]->whole || !pair->charts[1]->whole) return POINT_UNKNOWN;
  if (pair->differ.count == 0) return POINT_NONE;
  gather_more(&turn);
  for (uint32_t i = 0; i < turn.more.count; i++) {
    if (outside_step_together(search)) return POINT_UNKNOWN;
    any |= turn.possible[i] = is_possible(&turn, i);
  }
  for (uint32_t most = PROCEED; most < NEVER && any; most++) {
    chart_ways(pair->charts[!turn.high], (Verdict)most, &turn.low);
    for (uint32_t i = 0; i < turn.more.count; i++) {
      if (outside_step_together(search)) return POINT_UNKNOWN;
      if (turn.possible[i] && turn.more.at[i].verdict > most &&
          find_at(&turn, i, most))
        return POINT_FOUND;
    }
  }
  return turn.result;
}

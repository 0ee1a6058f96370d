/* Does a condition matter?  Two points that differ on one axis alone: at the
 * first the rule is in force, at the second its condition is not met, and the
 * guidance differs.  (Unique-cause MC/DC, observed at the policy's answer:
 * Chilenski and Miller 1994.)
 *
 * The search is exact.  Guidance differs where, for some level of caution, one
 * of the two points is above it and the other is not.  The one above lies in a
 * box that has its cell of the axis and not the other's, or where an
 * `otherwise` above the level speaks; the other lies outside all boxes above.
 * So each question is for a point outside a list of boxes.
 */
#include "audit/cover_beside.h"

/* A box near the rule's, without its side on the axis. */
typedef struct Near {
  Box box;
  uint32_t side;   /* on the axis; SIDE_ALL */
  uint8_t verdict, layer;
  bool holds;      /* the rule's own condition: to be kept out of */
  bool impossible;
} Near;

typedef Vec(Near) Nears;

typedef struct PairSearch {
  Cover *cover;
  CoverUnit *unit;
  const Goal *goal;
  Nears near;       /* boxes of what is looked at, that meet the rule's */
  Box own;          /* a box in which the rule is in force, without the axis */
  uint32_t own_side;
  uint32_t *class_of, *seen, *first; /* classes of the axis's cells */
  uint32_t classes;
  uint32_t cells[2];/* where the rule is in force, and where it is not */
  bool scenes;      /* whether an `otherwise` may speak */
  bool doubt;       /* some question was not answered by "none" */
  Boxes list;
  const Beside *beside;
  uint64_t *bits;   /* workspace: boxes of `beside` */
  AxisCell *point, *other;
  uint8_t *masks;
  PointFound result;
} PairSearch;

static bool on_side(const PairSearch *search, uint32_t side, uint32_t cell) {
  return side == SIDE_ALL ||
         side_has(&search->unit->one->space.sides.at[side], cell);
}

/* ------------------------------------------------------------- what is near */

static Box without_axis(PairSearch *search, const Box *box) {
  Space *space = &search->unit->one->space;
  uint32_t axis = search->goal->axis;
  if (box_side(space, box, axis) == SIDE_ALL) return *box;
  uint32_t *sides = ARENA_ARRAY(space->arena, box->count, uint32_t);
  Box bare = {sides, 0};
  for (uint32_t i = 0; i < box->count; i++)
    if (space->sides.at[box->sides[i]].axis != axis)
      sides[bare.count++] = box->sides[i];
  return bare;
}

static void add_near(PairSearch *search, const Box *box, Near near) {
  Space *space = &search->unit->one->space;
  near.side = box_side(space, box, search->goal->axis);
  near.box = without_axis(search, box);
  if (!box_meets(space, &near.box, &search->own)) return;
  VEC_PUSH(space->arena, &search->near, near);
}

static void add_nears(PairSearch *search, const Boxes *boxes, Near near) {
  for (uint32_t i = 0; i < boxes->count; i++)
    add_near(search, &boxes->at[i], near);
  if (boxes->too_many) search->result = POINT_UNKNOWN;
}

/* Those boxes of the chart that meet the rule's without the axis. */
static void add_kind(PairSearch *search, BesideKind kind) {
  Space *space = &search->unit->one->space;
  const Beside *beside = search->beside;
  boxes_meeting(space, &beside->boxes, &search->own, search->bits);
  for (uint32_t i = 0; i < beside->words; i++)
    for (uint64_t left = search->bits[i] & beside->kinds[kind][i]; left;
         left &= left - 1) {
      uint32_t number = i * 64 + (uint32_t)__builtin_ctzll(left);
      const BesideBox *of = &beside->of[number];
      const Box *box = &beside->boxes.at[number];
      Near near = {.verdict = of->verdict, .layer = of->layer,
                   .side = box_side(space, box, search->goal->axis),
                   .box = without_axis(search, box)};
      VEC_PUSH(space->arena, &search->near, near);
    }
}

/* What makes the guidance of this kind: `harm` looks at holding back. */
static void gather(PairSearch *search, bool harm) {
  CoverUnit *unit = search->unit;
  const Chart *chart = &unit->one->chart;
  search->near.count = 0;
  add_nears(search, &chart->holds[search->goal->rule], (Near){.holds = true});
  add_nears(search, &chart->impossible, (Near){.impossible = true});
  add_kind(search, harm ? BESIDE_HARM : BESIDE_PART);
  bool whole = harm ? !unit->harm.too_many && !unit->alarm.too_many : true;
  for (uint32_t i = 0; i < chart->parts.count && !harm; i++)
    whole &= !chart->parts.at[i].boxes.too_many;
  if (!whole) search->result = POINT_UNKNOWN;
}

static void split_by(PairSearch *search, uint32_t side) {
  const Space *space = &search->unit->one->space;
  uint32_t cells = space->axes[search->goal->axis].cells, next = 0;
  if (side == SIDE_ALL) return;
  for (uint32_t i = 0; i < 2 * search->classes; i++) search->seen[i] = NONE;
  for (uint32_t cell = 0; cell < cells; cell++) {
    uint32_t key =
        search->class_of[cell] * 2 + side_has(&space->sides.at[side], cell);
    if (search->seen[key] == NONE) search->seen[key] = next++;
    search->class_of[cell] = search->seen[key];
  }
  search->classes = next;
}

/* Cells that nothing near tells apart are looked at once. */
static void classify(PairSearch *search) {
  const Chart *chart = &search->unit->one->chart;
  const Space *space = &search->unit->one->space;
  uint32_t cells = space->axes[search->goal->axis].cells;
  memset(search->class_of, 0, cells * sizeof *search->class_of);
  search->classes = 1;
  split_by(search, search->own_side);
  for (uint32_t i = 0; i < search->near.count; i++)
    split_by(search, search->near.at[i].side);
  for (uint32_t i = 0; i < chart->scenes.count && search->scenes; i++)
    split_by(search, box_side(space, &chart->scenes.at[i].box,
                              search->goal->axis));
  for (uint32_t cell = cells; cell-- > 0;)
    search->first[search->class_of[cell]] = cell;
}

/* ------------------------------------------------------------- one question */

/* True once the evaluator sees the two points show the goal. */
static bool confirm(PairSearch *search) {
  CoverUnit *unit = search->unit;
  uint32_t axes = unit->one->space.axis_count, axis = search->goal->axis;
  uint32_t points = unit->one->inquiry.points;
  search->point[axis] = search->cells[0];
  memcpy(search->other, search->point, axes * sizeof *search->other);
  search->other[axis] = search->cells[1];
  memcpy(search->masks, probe_point(unit, search->point), points);
  return cover_pair_shows(unit, search->goal->rule, search->masks,
                          probe_point(unit, search->other));
}

/* A point of the region outside search->list; true once the goal is shown. */
static bool ask(PairSearch *search, const Box *region, PointFound *found) {
  *found = find_outside(&search->unit->search, &search->list, region,
                        search->point);
  search->doubt |= *found != POINT_NONE;
  if (*found != POINT_FOUND || !confirm(search)) return false;
  search->result = POINT_FOUND;
  return true;
}

/* Lists what the points must keep out of: the rule's condition at the second,
 * what is impossible at both, and at the point `low` what is above the level.
 * False if the region lies within one of these. */
static bool list_avoided(PairSearch *search, const Box *region, int level,
                         uint32_t low) {
  const Space *space = &search->unit->one->space;
  search->list.count = 0;
  for (uint32_t i = 0; i < search->near.count; i++) {
    const Near *near = &search->near.at[i];
    bool first = on_side(search, near->side, search->cells[0]);
    bool second = on_side(search, near->side, search->cells[1]);
    bool avoid = near->holds        ? second
                 : near->impossible ? first || second
                                    : near->verdict > level &&
                                          (low ? second : first);
    if (!avoid || !box_meets(space, &near->box, region)) continue;
    if (box_within(space, region, &near->box)) return false;
    VEC_PUSH(space->arena, &search->list, near->box);
  }
  return true;
}

/* ------------------------------------------------------------- otherwise */

typedef struct LevelAsked {
  int above;          /* this verdict */
  uint32_t low;       /* which of the two points is not above it */
  uint32_t loud[2];   /* for each point the layer whose `otherwise` is above */
  Box scenes;         /* where the `otherwise`s are so */
} LevelAsked;

/* The low point is at most at the level only if a finding of the loud layer or
 * one before it is in force there. */
static bool ask_quiet(PairSearch *search, const LevelAsked *level,
                      const Box *region) {
  uint32_t loud = level->loud[level->low], cell = search->cells[level->low];
  PointFound found;
  if (ask(search, region, &found)) return true;
  if (found == POINT_NONE) return false;
  if (found == POINT_UNKNOWN || loud == LAYER_COUNT) {
    search->result = POINT_UNKNOWN;
    return false;
  }
  for (uint32_t i = 0; i < search->near.count; i++) {
    const Near *near = &search->near.at[i];
    Box both;
    if (near->holds || near->impossible || near->layer > loud ||
        near->verdict > level->above || !on_side(search, near->side, cell) ||
        !box_both(&search->unit->one->space, region, &near->box, &both))
      continue;
    if (ask(search, &both, &found)) return true;
    if (found != POINT_NONE) search->result = POINT_UNKNOWN;
  }
  return false;
}

/* Below its own level a box leaves less to look at.  So where there is nothing
 * at that level, there is nothing at the levels below. */
static bool was_asked(const PairSearch *search, const Near *near, int above) {
  return near->verdict > above + 1 && !search->scenes && !search->doubt;
}

/* The high point is above as it lies in a box that the low one has not. */
static bool ask_boxes(PairSearch *search, const LevelAsked *level,
                      const Box *region) {
  uint32_t high = search->cells[!level->low], low = search->cells[level->low];
  for (uint32_t i = 0; i < search->near.count; i++) {
    Near near = search->near.at[i];
    Box both;
    if (near.holds || near.impossible || near.verdict <= level->above ||
        was_asked(search, &near, level->above) ||
        !on_side(search, near.side, high) || on_side(search, near.side, low) ||
        !box_both(&search->unit->one->space, region, &near.box, &both) ||
        !list_avoided(search, &both, level->above, level->low))
      continue;
    if (ask_quiet(search, level, &both)) return true;
  }
  return false;
}

/* The high point is above as an `otherwise` speaks there. */
static bool ask_otherwise(PairSearch *search, const LevelAsked *level,
                          const Box *region) {
  const Space *space = &search->unit->one->space;
  uint32_t loud = level->loud[!level->low], high = search->cells[!level->low];
  if (loud == LAYER_COUNT ||
      !list_avoided(search, region, level->above, level->low))
    return false;
  for (uint32_t i = 0; i < search->near.count; i++) {
    const Near *near = &search->near.at[i];
    if (near->holds || near->impossible || near->layer > loud ||
        !on_side(search, near->side, high) ||
        !box_meets(space, &near->box, region))
      continue;
    if (box_within(space, region, &near->box)) return false;
    VEC_PUSH(space->arena, &search->list, near->box);
  }
  return ask_quiet(search, level, region);
}

/* ----------------------------------------------------------- all of them */

static bool try_level(PairSearch *search, LevelAsked *level) {
  Box region = search->own;
  if (search->scenes &&
      !box_both(&search->unit->one->space, &search->own, &level->scenes,
                &region))
    return false;
  for (level->low = 0; level->low < 2; level->low++)
    if (ask_boxes(search, level, &region) ||
        (search->scenes && ask_otherwise(search, level, &region)))
      return true;
  return false;
}

static bool scene_at(PairSearch *search, const Scene *scene, uint32_t cell,
                     Box *box) {
  const Space *space = &search->unit->one->space;
  *box = (Box){0};
  if (!search->scenes) return true;
  *box = without_axis(search, &scene->box);
  return on_side(search, box_side(space, &scene->box, search->goal->axis),
                 cell);
}

/* Levels from the top: the strictest guidance is the rarest to be hidden. */
static bool try_scenes(PairSearch *search, int levels) {
  const Chart *chart = &search->unit->one->chart;
  uint32_t count = search->scenes ? chart->scenes.count : 1;
  for (uint32_t i = 0; i < count * count; i++) {
    const Scene *first = &chart->scenes.at[i / count];
    const Scene *second = &chart->scenes.at[i % count];
    LevelAsked level = {.loud = {LAYER_COUNT, LAYER_COUNT}};
    Box a, b;
    if (!scene_at(search, first, search->cells[0], &a) ||
        !scene_at(search, second, search->cells[1], &b) ||
        !box_both(&search->unit->one->space, &a, &b, &level.scenes))
      continue;
    for (level.above = levels - 1; level.above >= 0; level.above--) {
      if (search->scenes) {
        level.loud[0] = chart_loud_layer(first, level.above);
        level.loud[1] = chart_loud_layer(second, level.above);
      }
      if (try_level(search, &level)) return true;
    }
  }
  return false;
}

/* Where in force at the first and not met at the second is all there is. */
static bool try_alone(PairSearch *search) {
  PointFound found;
  if (!list_avoided(search, &search->own, NEVER, 0)) return false;
  if (ask(search, &search->own, &found)) return true;
  if (found != POINT_NONE) search->result = POINT_UNKNOWN;
  return false;
}

typedef enum Looked { LOOK_VERDICT, LOOK_HARM, LOOK_ALONE } Looked;

static bool try_cells(PairSearch *search, Looked looked) {
  for (uint32_t i = 0; i < search->classes; i++)
    for (uint32_t k = 0; k < search->classes; k++) {
      search->cells[0] = search->first[i];
      search->cells[1] = search->first[k];
      if (i == k || !on_side(search, search->own_side, search->cells[0]))
        continue;
      bool shown = looked == LOOK_ALONE
                       ? try_alone(search)
                       : try_scenes(search, looked == LOOK_HARM ? 1 : NEVER);
      if (shown) return true;
    }
  return false;
}

static bool try_looked(PairSearch *search, Looked looked) {
  CoverUnit *unit = search->unit;
  const Chart *chart = &unit->one->chart;
  const Boxes *in_force = &chart->in_force[search->goal->rule];
  search->scenes = false;
  for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
    search->scenes |=
        looked == LOOK_VERDICT && chart->scenes.at[0].rule[layer] != NONE;
  if (in_force->too_many) search->result = POINT_UNKNOWN;
  for (uint32_t i = 0; i < in_force->count; i++) {
    search->own_side =
        box_side(&unit->one->space, &in_force->at[i], search->goal->axis);
    search->own = without_axis(search, &in_force->at[i]);
    gather(search, looked == LOOK_HARM);
    classify(search);
    if (try_cells(search, looked)) return true;
  }
  return false;
}

static void look_at_all(PairSearch *search) {
  const Image *image = search->cover->audit->image;
  const Rule *rule = &image->rules.at[search->goal->rule];
  bool verdict = rule_gives_finding(rule);
  bool harm = rule->kind == RULE_HOLDING_BACK || rule->kind == RULE_EMERGENCY;
  for (uint32_t i = 0; i < rule->displaces.count; i++) {
    const Rule *named =
        &image->rules.at[image->links.at[rule->displaces.first + i].rule];
    verdict |= rule_gives_finding(named);
    harm |= named->kind == RULE_HOLDING_BACK;
  }
  if (verdict && try_looked(search, LOOK_VERDICT)) return;
  if (harm && try_looked(search, LOOK_HARM)) return;
  if (!verdict && !harm) try_looked(search, LOOK_ALONE);
}

/* What is only needed meanwhile. */
static void make_room(PairSearch *search, Arena *arena) {
  const CoverUnit *unit = search->unit;
  uint32_t cells = unit->one->space.axes[search->goal->axis].cells;
  search->class_of = ARENA_ARRAY(arena, cells, uint32_t);
  search->seen = ARENA_ARRAY(arena, 2 * (size_t)cells, uint32_t);
  search->first = ARENA_ARRAY(arena, cells, uint32_t);
  search->bits = ARENA_ARRAY(arena, search->beside->words, uint64_t);
  search->masks = ARENA_ARRAY(arena, unit->one->inquiry.points + 1, uint8_t);
}

PointFound cover_find_pair(Cover *cover, CoverUnit *unit, Goal *goal) {
  Arena *arena = cover->audit->arena;
  Space *space = &unit->one->space;
  PairSearch search = {.cover = cover, .unit = unit, .goal = goal,
                       .result = unit->one->chart.whole ? POINT_NONE
                                                        : POINT_UNKNOWN};
  search.beside = beside_of(cover, unit);
  search.point = ARENA_ARRAY(arena, space->axis_count + 1, AxisCell);
  search.other = ARENA_ARRAY(arena, space->axis_count + 1, AxisCell);
  ArenaMark mark = space_mark(space);
  make_room(&search, space->arena);
  look_at_all(&search);
  space_back(space, mark);
  if (search.result == POINT_FOUND) {
    goal->points[0] = search.point;
    goal->points[1] = search.other;
  }
  return search.result;
}

/* Thresholds: amounts between two limits that no rule has, and amounts that
 * two bands share. */
#include <stdlib.h>

#include "audit/thresholds.h"
#include "audit/words.h"

bool threshold_is_amount(const Space *space, uint32_t axis, uint32_t place) {
  const Image *image = space->grid->image;
  const Variable *variable =
      &image->variables.at[space->axes[axis].variables[place]];
  switch ((FactType)image->facts.at[variable->fact].type) {
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_DURATION:
  case TYPE_DATE:
  case TYPE_RECORD:
    return true;
  case TYPE_YES_NO:
  case TYPE_SCALE:
  case TYPE_CHOICE:
  case TYPE_SET:
  case TYPE_COUNT:
    break;
  }
  return false;
}

uint32_t threshold_fact(const Space *space, uint32_t axis, uint32_t place) {
  return space->grid->image->variables.at[space->axes[axis].variables[place]]
      .fact;
}

bool threshold_is_exact(const Space *space, uint32_t axis, uint32_t place,
                        uint32_t cell) {
  const Axis *own = &space->axes[axis];
  const GridVariable *variable =
      &space->grid->variables[own->variables[place]];
  const uint64_t *cells = space_class(own, cell, place);
  uint32_t first = 0, count = 0;
  for (uint32_t i = variable->cells; i-- > 0;)
    if (cells[i / 64] >> (i % 64) & 1) {
      first = i;
      count++;
    }
  return count == 1 &&
         grid_cell_low(variable, first) == grid_cell_high(variable, first);
}

/* --------------------------------------------------------------- telling */

bool threshold_told(const Limit *limit, FindingKind kind) {
  uint32_t fact =
      threshold_fact(&limit->one->space, limit->axis, limit->place);
  for (uint32_t i = 0; i < limit->told->count; i++) {
    const Told *told = &limit->told->at[i];
    const Finding *finding = &limit->audit->findings.at[told->finding];
    if (told->kind != kind || told->fact != fact) continue;
    for (uint32_t k = 0; k < finding->rules.count; k += 2)
      if (finding->rules.at[k] == limit->below &&
          finding->rules.at[k + 1] == limit->above)
        return true;
  }
  return false;
}

/* The finding of the same value between other rules; NULL if there is none. */
static Finding *find_told(const Limit *limit, FindingKind kind,
                          const uint64_t *value) {
  for (uint32_t i = 0; i < limit->told->count; i++) {
    const Told *told = &limit->told->at[i];
    if (told->kind == kind && told->value == value)
      return &limit->audit->findings.at[told->finding];
  }
  return NULL;
}

/* The amount, whatever else the axis's cell has. */
static Text value_words(const Limit *limit) {
  const Space *space = &limit->one->space;
  const Axis *axis = &space->axes[limit->axis];
  const uint64_t *own = space_class(axis, limit->cell, limit->place);
  uint64_t mask[SPACE_CELLS_MOST / 64] = {0};
  Buffer value = {.arena = limit->audit->arena};
  for (uint32_t cell = 0; cell < axis->cells; cell++)
    if (space_class(axis, cell, limit->place) == own)
      mask[cell / 64] |= UINT64_C(1) << (cell % 64);
  words_side(&value, space, limit->axis, mask);
  return buffer_text(&value);
}

static Text message(const Limit *limit, const Finding *finding) {
  const Image *image = limit->audit->image;
  const uint32_t *rules = finding->rules.at;
  uint32_t more = finding->rules.count / 2 - 1;
  Buffer out = {.arena = limit->audit->arena};
  buffer_format(&out,
                finding->kind == FINDING_THRESHOLD_HOLE
                    ? "`%.*s` stops before %.*s, and `%.*s` starts after it. "
                      "No rule has it."
                    : "`%.*s` still has %.*s, and `%.*s` has it already.",
                TEXT_ARG(words_rule(image, rules[0])),
                TEXT_ARG(value_words(limit)),
                TEXT_ARG(words_rule(image, rules[1])));
  if (!more) return buffer_text(&out);
  buffer_format(&out, " So it is between `%.*s` and `%.*s`",
                TEXT_ARG(words_rule(image, rules[2])),
                TEXT_ARG(words_rule(image, rules[3])));
  if (more > 1)
    buffer_format(&out, ", and between %u more pair%s of rules",
                  (unsigned)more - 1, more > 2 ? "s" : "");
  buffer_put_char(&out, '.');
  return buffer_text(&out);
}

void threshold_tell(const Limit *limit, FindingKind kind,
                    const AxisCell *point) {
  Audit *audit = limit->audit;
  Space *space = &limit->one->space;
  uint32_t fact = threshold_fact(space, limit->axis, limit->place);
  const uint64_t *value =
      space_class(&space->axes[limit->axis], limit->cell, limit->place);
  Finding *finding = find_told(limit, kind, value);
  if (finding) {
    VEC_PUSH(audit->arena, &finding->rules, limit->below);
    VEC_PUSH(audit->arena, &finding->rules, limit->above);
    finding->message = message(limit, finding);
    return;
  }
  finding = audit_find(audit, kind, limit->one->boundary);
  audit_name_rule(audit, finding, limit->below);
  audit_name_rule(audit, finding, limit->above);
  VEC_PUSH(audit->arena, &finding->facts, fact);
  audit_name(audit, finding, value_words(limit));
  VEC_PUSH(audit->arena, limit->told,
           ((Told){kind, fact, value, audit->findings.count - 1}));
  finding->message = message(limit, finding);
  finding->help = TEXT("Look at `above`, `at least`, `at most` and `below` in "
                       "both: one of the two should take this value.");
  Witness witness;
  if (audit_witness(audit, limit->one, point, &witness))
    VEC_PUSH(audit->arena, &finding->witnesses, witness);
}

/* --------------------------------------------------------------- looking */

/* Going up on the axis with all else the same, so that the lower rule is in
 * force last at one cell and the upper one first at another.  Each is then in
 * force in one of its boxes there, and in none of those that have a cell past
 * its end. */
typedef struct Ends {
  Limit *limit;
  const Boxes *below, *above; /* where the rules are in force */
  const Box *low, *high;
  uint32_t last, first; /* of the lower rule; of the upper one */
} Ends;

bool threshold_has_cell(const Space *space, const Box *box, uint32_t axis,
                        uint32_t cell) {
  uint32_t side = box_side(space, box, axis);
  return side == SIDE_ALL || side_has(&space->sides.at[side], cell);
}

/* A cell of the box on the axis from `from` up to, not including, `to`. */
static bool has_cell_from(const Space *space, const Box *box, uint32_t axis,
                          uint32_t from, uint32_t to) {
  for (uint32_t cell = from; cell < to; cell++)
    if (threshold_has_cell(space, box, axis, cell)) return true;
  return false;
}

Box threshold_bare(Space *space, const Box *box, uint32_t axis) {
  uint32_t *sides = ARENA_ARRAY(space->arena, box->count + 1, uint32_t);
  Box bare = {sides, 0};
  for (uint32_t i = 0; i < box->count; i++)
    if (space->sides.at[box->sides[i]].axis != axis)
      sides[bare.count++] = box->sides[i];
  return bare;
}

/* Adds the boxes that have a cell from `from` up to `to`, whatever they have
 * on the axis. */
static void add_bare(Space *space, const Boxes *boxes, uint32_t axis,
                     uint32_t from, uint32_t to, Boxes *list) {
  for (uint32_t i = 0; i < boxes->count; i++)
    if (has_cell_from(space, &boxes->at[i], axis, from, to))
      VEC_PUSH(space->arena, list, threshold_bare(space, &boxes->at[i], axis));
  list->too_many |= boxes->too_many;
}

/* A point of `box` at the cell where both ends are as they should. */
static bool find_ends(const Ends *ends, const Box *box, const Boxes *silent,
                      AxisCell *point) {
  const Limit *limit = ends->limit;
  Space *space = &limit->one->space;
  uint32_t axis = limit->axis, cells = space->axes[axis].cells;
  Boxes avoid = {0};
  Box one = box_of_side(space, space_side_one(space, axis, limit->cell)), all;
  if (!box_both(space, box, &one, &all)) return false;
  boxes_add_all(space, &avoid, &limit->one->chart.impossible);
  add_bare(space, ends->below, axis, ends->last + 1, cells, &avoid);
  add_bare(space, ends->above, axis, 0, ends->first, &avoid);
  if (silent) boxes_add_all(space, &avoid, silent);
  return find_outside(&limit->one->search, &avoid, &all, point) == POINT_FOUND;
}

/* The two rules leave out one cell between them, and nothing else has it. */
static void check_hole(const Ends *ends, const Boxes *all) {
  Limit *limit = ends->limit;
  Space *space = &limit->one->space;
  AxisCell *point = ARENA_ARRAY(space->arena, space->axis_count + 1, AxisCell);
  Box low = threshold_bare(space, ends->low, limit->axis), both;
  Box high = threshold_bare(space, ends->high, limit->axis);
  limit->cell = ends->last + 1;
  if (threshold_told(limit, FINDING_THRESHOLD_HOLE)) return;
  if (box_both(space, &low, &high, &both) &&
      find_ends(ends, &both, all, point))
    threshold_tell(limit, FINDING_THRESHOLD_HOLE, point);
}

/* Both have one exact value, and each goes on to its own side: perhaps in
 * another of its boxes. */
static void check_overlap(const Ends *ends) {
  Limit *limit = ends->limit;
  Space *space = &limit->one->space;
  uint32_t axis = limit->axis, cells = space->axes[axis].cells;
  AxisCell *point = ARENA_ARRAY(space->arena, space->axis_count + 1, AxisCell);
  Box low = threshold_bare(space, ends->low, axis), both;
  Box high = threshold_bare(space, ends->high, axis);
  limit->cell = ends->last;
  if (threshold_told(limit, FINDING_THRESHOLD_OVERLAP) ||
      !box_both(space, &low, &high, &both))
    return;
  for (uint32_t i = 0; i < ends->below->count; i++)
    for (uint32_t k = 0; k < ends->above->count; k++) {
      const Box *x = &ends->below->at[i], *y = &ends->above->at[k];
      Box lower = threshold_bare(space, x, axis), more, rest;
      Box upper = threshold_bare(space, y, axis);
      if (has_cell_from(space, x, axis, 0, ends->last) &&
          has_cell_from(space, y, axis, ends->first + 1, cells) &&
          box_both(space, &both, &lower, &more) &&
          box_both(space, &more, &upper, &rest) &&
          find_ends(ends, &rest, NULL, point)) {
        threshold_tell(limit, FINDING_THRESHOLD_OVERLAP, point);
        return;
      }
    }
}

void threshold_bands(const BoundaryAudit *one, uint32_t axis, Bands *bands) {
  const Chart *chart = &one->chart;
  bands->count = 0;
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    const Boxes *boxes = &chart->in_force[chart->rules[i]];
    if (!rule_gives_finding(&chart->image->rules.at[chart->rules[i]]))
      continue;
    for (uint32_t k = 0; k < boxes->count; k++)
      if (box_side(chart->space, &boxes->at[k], axis) != SIDE_ALL)
        VEC_PUSH(chart->space->arena, bands,
                 ((Band){chart->rules[i], &boxes->at[k]}));
  }
}

/* ----------------------------------------------------------- single axes */

/* An axis of one variable, and where the bands start on it. */
typedef struct BandLine {
  uint32_t axis, cells;
  Bands bands;
  uint32_t *first;  /* for each cell, the first of those that start at it; */
  uint32_t *starts; /* bands, by cell and then in their order */
  uint8_t *exact;   /* for each cell: has it one value only? */
} BandLine;

static bool starts_at(const Space *space, const Box *box, uint32_t axis,
                      uint32_t cell) {
  return threshold_has_cell(space, box, axis, cell) &&
         (cell == 0 || !threshold_has_cell(space, box, axis, cell - 1));
}

static bool ends_at(const Space *space, const Box *box, uint32_t axis,
                    uint32_t cell) {
  return threshold_has_cell(space, box, axis, cell) &&
         !threshold_has_cell(space, box, axis, cell + 1);
}

static void find_starts(const Space *space, BandLine *line) {
  Vec(uint32_t) starts = {0};
  line->first = ARENA_ARRAY(space->arena, line->cells + 1, uint32_t);
  line->exact = ARENA_ARRAY(space->arena, line->cells, uint8_t);
  for (uint32_t cell = 0; cell < line->cells; cell++) {
    line->first[cell] = starts.count;
    line->exact[cell] = threshold_is_exact(space, line->axis, 0, cell);
    for (uint32_t i = 0; i < line->bands.count; i++)
      if (starts_at(space, line->bands.at[i].box, line->axis, cell))
        VEC_PUSH(space->arena, &starts, i);
  }
  line->first[line->cells] = starts.count;
  line->starts = starts.at;
}

/* A band that may follow another one: it starts two cells past the end of
 * that, or at it. */
typedef struct Follower {
  uint32_t band, last;
  bool shared;
} Follower;

typedef Vec(Follower) Followers;

static void add_followers(const Space *space, const BandLine *line,
                          uint32_t last, bool shared, Followers *followers) {
  uint32_t cell = shared ? last : last + 2;
  for (uint32_t i = line->first[cell]; i < line->first[cell + 1]; i++)
    VEC_PUSH(space->arena, followers,
             ((Follower){line->starts[i], last, shared}));
}

static int compare_followers(const void *a, const void *b) {
  const Follower *x = a, *y = b;
  if (x->band != y->band) return x->band < y->band ? -1 : 1;
  if (x->last != y->last) return x->last < y->last ? -1 : 1;
  return (int)x->shared - (int)y->shared;
}

static void find_followers(const Space *space, const BandLine *line,
                           const Band *low, Followers *followers) {
  followers->count = 0;
  for (uint32_t cell = 0; cell + 1 < line->cells; cell++) {
    if (!ends_at(space, low->box, line->axis, cell)) continue;
    if (cell + 2 < line->cells)
      add_followers(space, line, cell, false, followers);
    if (cell > 0 && line->exact[cell])
      add_followers(space, line, cell, true, followers);
  }
  if (followers->count)
    qsort(followers->at, followers->count, sizeof *followers->at,
          compare_followers);
}

static void check_follower(Limit *limit, const BandLine *line, const Band *low,
                           const Follower *follower, const Boxes *all) {
  const Chart *chart = &limit->one->chart;
  const Band *high = &line->bands.at[follower->band];
  uint32_t last = follower->last;
  limit->below = low->rule;
  limit->above = high->rule;
  Ends ends = {limit,
               &chart->in_force[low->rule],
               &chart->in_force[high->rule],
               low->box,
               high->box,
               last,
               follower->shared ? last : last + 2};
  ArenaMark mark = space_mark(&limit->one->space);
  if (follower->shared)
    check_overlap(&ends);
  else
    check_hole(&ends, all);
  space_back(&limit->one->space, mark);
}

static void check_line(Audit *audit, BoundaryAudit *one, BandLine *line,
                       const Boxes *all, ToldList *told) {
  Followers followers = {0};
  Limit limit = {audit, one, told, NONE, NONE, line->axis, 0, 0};
  threshold_bands(one, line->axis, &line->bands);
  find_starts(&one->space, line);
  for (uint32_t i = 0; i < line->bands.count; i++) {
    const Band *low = &line->bands.at[i];
    find_followers(&one->space, line, low, &followers);
    for (uint32_t k = 0; k < followers.count; k++)
      if (line->bands.at[followers.at[k].band].rule != low->rule)
        check_follower(&limit, line, low, &followers.at[k], all);
  }
}

static void check_single_axes(Audit *audit, BoundaryAudit *one,
                              const Boxes *all, ToldList *told) {
  Bands bands = {0};
  for (uint32_t axis = 0; axis < one->space.axis_count; axis++) {
    BandLine line = {axis, one->space.axes[axis].cells, bands, NULL, NULL,
                     NULL};
    if (one->space.axes[axis].count != 1 ||
        !threshold_is_amount(&one->space, axis, 0))
      continue;
    check_line(audit, one, &line, all, told);
    bands = line.bands;
  }
}

void audit_thresholds(Audit *audit, BoundaryAudit *one) {
  Boxes all = {0};
  ToldList told = {0};
  chart_list(&one->chart, SILENT, 0, &all);
  check_single_axes(audit, one, &all, &told);
  threshold_joint_axes(audit, one, &all, &told);
}

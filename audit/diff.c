#include "audit/diff.h"

#include "audit/words.h"

#define REGIONS_MOST 12

DiffTurn diff_turn(Verdict before, Verdict after) {
  if (before == after) return DIFF_CHANGED;
  return after > before ? DIFF_STRICTER : DIFF_LOOSER;
}

/* ------------------------------------------------------------------- making */

static void side_rules(Diff *diff, BoundaryDiff *one, uint32_t side,
                       uint32_t **rules, uint32_t *count) {
  chart_rules(diff->audit.arena, &one->inquiries[side], rules, count);
  for (uint32_t i = 0; i < *count; i++)
    (*rules)[i] += diff->joined.rules[side];
}

static void make_space(Diff *diff, BoundaryDiff *one, uint32_t *rules[2],
                       uint32_t counts[2]) {
  Arena *arena = diff->audit.arena;
  const Image *image = &diff->joined.image;
  RowLists lists = {0};
  uint32_t *variables[2], variable_count[2];
  uint32_t *all = ARENA_ARRAY(arena, 2 * image->members.count + 2, uint32_t);
  for (uint32_t k = OLD; k <= NEW; k++)
    chart_reads(arena, image, &diff->rows, rules[k], counts[k], &lists,
                &variables[k], &variable_count[k]);
  memcpy(all, variables[OLD], variable_count[OLD] * sizeof *all);
  memcpy(all + variable_count[OLD], variables[NEW],
         variable_count[NEW] * sizeof *all);
  uint32_t count = variable_count[OLD] + variable_count[NEW];
  diff_space(diff, &lists, all, count, &one->space);
}

static void make_charts(Diff *diff, BoundaryDiff *one) {
  uint32_t *rules[2], counts[2], boxes = 0;
  Boxes impossible;
  for (uint32_t k = OLD; k <= NEW; k++)
    side_rules(diff, one, k, &rules[k], &counts[k]);
  make_space(diff, one, rules, counts);
  if (one->space.too_large) return;
  if (diff->audit.options.scratch)
    one->space.arena = diff->audit.options.scratch;
  diff_impossible(diff, &one->space, &impossible);
  for (uint32_t k = OLD; k <= NEW; k++) {
    chart_make(&one->space, &diff->joined.image, &diff->rows, rules[k],
               counts[k], &one->charts[k]);
    one->charts[k].impossible = impossible;
    for (uint32_t i = 0; i < one->charts[k].parts.count; i++)
      boxes += one->charts[k].parts.at[i].boxes.count;
  }
  pair_make(&one->charts[OLD], &one->charts[NEW], &one->pair);
  outside_make(diff->audit.arena, &one->space, boxes, &one->search);
  one->search.most = diff->audit.options.steps_most;
  one->search.stop = diff->audit.options.stop;
  one->search.context = diff->audit.options.context;
}

/* ----------------------------------------------------------------- counting */

static Limb *limbs(const Diff *diff, const BoundaryDiff *one) {
  return ARENA_ARRAY(diff->audit.arena, one->space.limbs, Limb);
}

/* Where both find the same: the old verdict's points, less those that
 * change. */
static bool count_unchanged(const Diff *diff, BoundaryDiff *one) {
  Limb *counts[VERDICT_COUNT], *all = limbs(diff, one);
  Box whole = {0};
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    counts[v] = one->counts[v * VERDICT_COUNT + v];
  if (!chart_count_verdicts(&one->charts[OLD], &one->search, &whole, counts,
                            all))
    return false;
  for (uint32_t x = 0; x < VERDICT_COUNT; x++)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++)
      if (x != y)
        natural_subtract(counts[x], one->counts[x * VERDICT_COUNT + y],
                         one->space.limbs);
  return true;
}

static void add_up(BoundaryDiff *one) {
  for (uint32_t x = 0; x < VERDICT_COUNT; x++)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++) {
      const Limb *count = one->counts[x * VERDICT_COUNT + y];
      if (x == y) continue;
      natural_add(one->changed, count, one->space.limbs);
      natural_add(diff_turn((Verdict)x, (Verdict)y) == DIFF_STRICTER
                      ? one->stricter
                      : one->looser,
                  count, one->space.limbs);
    }
}

static void count_boundary(const Diff *diff, BoundaryDiff *one) {
  bool whole = one->charts[OLD].whole && one->charts[NEW].whole;
  one->all = limbs(diff, one);
  one->changed = limbs(diff, one);
  one->stricter = limbs(diff, one);
  one->looser = limbs(diff, one);
  for (uint32_t i = 0; i < VERDICT_COUNT * VERDICT_COUNT; i++)
    one->counts[i] = limbs(diff, one);
  one->same = whole && one->pair.differ.count == 0;
  one->counted =
      (one->same ||
       pair_count_changes(&one->pair, &one->search, one->counts)) &&
      count_outside(&one->search, &one->charts[NEW].impossible, one->all);
  if (!one->counted) return;
  add_up(one);
  one->unchanged_counted =
      !diff->audit.options.changes_only && count_unchanged(diff, one);
  one->same |= natural_is_zero(one->changed, one->space.limbs);
}

/* ------------------------------------------------------------- witnesses */

/* What no rule can be told apart by has any one cell; else three values could
 * leave open what is settled. */
static void pin_unread(const Grid *grid, const Situation *own, Cells *cells) {
  const Image *image = grid->image;
  for (uint32_t v = 0; v < image->variables.count; v++) {
    const Variable *variable = &image->variables.at[v];
    if (!own->facts[variable->fact].given ||
        (variable->with != NONE && !own->facts[variable->with].given))
      cells_set_one(cells, &grid->variables[v],
                    cells_next(cells, &grid->variables[v], 0));
  }
}

static uint8_t ask(Diff *diff, const BoundaryDiff *one, uint32_t side,
                   const Situation *joint) {
  Arena *arena = diff->audit.arena;
  Situation own;
  Workspace space;
  const Inquiry *inquiry = &one->inquiries[side];
  uint32_t rules = inquiry->image->rules.count + 1;
  uint8_t *counts = ARENA_ARRAY(arena, rules, uint8_t);
  uint8_t *agreed = ARENA_ARRAY(arena, rules, uint8_t);
  uint8_t *outcome = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
  Cells *cells = ARENA_ARRAY(arena, inquiry->grid.words + 1, Cells);
  joined_situation(arena, &diff->joined, side, joint, &own);
  own.boundary = one->of[side];
  grid_locate(&inquiry->grid, &own, cells);
  pin_unread(&inquiry->grid, &own, cells);
  findings_count(inquiry, &own, counts, agreed);
  workspace_make(arena, inquiry, &space);
  outcome_evaluate(inquiry, counts, cells, &space, outcome);
  return outcome[POINT_VERDICT];
}

bool diff_witness(Diff *diff, BoundaryDiff *one, const AxisCell *point,
                  Witness *witness) {
  Situation joint;
  witness_make(diff->audit.arena, &one->space, point, witness);
  witness->before = (uint8_t)chart_verdict(&one->charts[OLD], point);
  witness->verdict = (uint8_t)chart_verdict(&one->charts[NEW], point);
  if (!witness_situation(diff->audit.arena, &one->space, point, NONE, &joint))
    return true; /* no events were found to ask with */
  return ask(diff, one, OLD, &joint) == 1u << witness->before &&
         ask(diff, one, NEW, &joint) == 1u << witness->verdict;
}

/* ------------------------------------------------------------------ changes */

static void put_decider(const Diff *diff, const BoundaryDiff *one,
                        uint32_t side, const Way *way, const AxisCell *point,
                        Buffer *out) {
  const Chart *chart = &one->charts[side];
  uint32_t rule = way->part == NONE ? chart_otherwise(chart, point)
                                    : chart->parts.at[way->part].rule;
  if (rule == NONE)
    buffer_put_c(out, "nothing");
  else
    buffer_format(out, "`%.*s`",
                  TEXT_ARG(words_rule(&diff->joined.image, rule)));
}

static Text cause_of(const Diff *diff, const BoundaryDiff *one, const Way *x,
                     const Way *y, const AxisCell *point) {
  Buffer out = {.arena = diff->audit.arena};
  buffer_put_c(&out, "decided by ");
  put_decider(diff, one, OLD, x, point, &out);
  buffer_put_c(&out, " before, by ");
  put_decider(diff, one, NEW, y, point, &out);
  buffer_put_c(&out, " now");
  return buffer_text(&out);
}

/* One more region around the point: of these two ways, and of nothing that is
 * stricter. */
static void add_region(Diff *diff, BoundaryDiff *one, const Way *x,
                       const Way *y, const AxisCell *point, Boxes *told,
                       Finding *finding) {
  Space *space = &one->space;
  Box within;
  Boxes avoid = {0};
  Region region = {0};
  if (!box_both(space, &x->box, &y->box, &within)) return;
  boxes_add_all(space, &avoid, x->list);
  boxes_add_all(space, &avoid, y->list);
  Box box = area_grow(&one->search, &avoid, &within, point);
  region.words = words_box(diff->audit.arena, space, &box);
  region.cause = cause_of(diff, one, x, y, point);
  if (!diff_witness(diff, one, point, &region.witness)) {
    finding->proved = false;
  } else {
    region.count = limbs(diff, one);
    if (!count_outside_within(&one->search, told, &box, region.count))
      region.count = NULL;
    VEC_PUSH(diff->audit.arena, &finding->regions, region);
  }
  VEC_PUSH(space->arena, told, box);
}

static void find_regions(Diff *diff, BoundaryDiff *one, Verdict before,
                         Verdict after, Finding *finding) {
  const Way *x, *y;
  Ways ways[2];
  Boxes *told = &one->regions[(uint32_t)before * VERDICT_COUNT + after];
  Box whole = {0};
  AxisCell *point =
      ARENA_ARRAY(diff->audit.arena, one->space.axis_count + 1, AxisCell);
  chart_ways(&one->charts[OLD], before, &ways[0]);
  chart_ways(&one->charts[NEW], after, &ways[1]);
  for (uint32_t i = 0; i <= diff->audit.options.regions_most; i++) {
    PointFound found = pair_find_ways(&one->pair, &one->search, ways, &whole,
                                      told, &x, &y, point);
    finding->regions_whole = found == POINT_NONE;
    if (found == POINT_UNKNOWN && !one->counted) finding->proved = false;
    if (found != POINT_FOUND || i == diff->audit.options.regions_most) return;
    add_region(diff, one, x, y, point, told, finding);
  }
}

/* "12 of 64 situations in `gifts` (18.75 %)" */
static Text how_many(const Diff *diff, const BoundaryDiff *one,
                     const Limb *count) {
  Buffer out = {.arena = diff->audit.arena};
  Limb *space = limbs(diff, one);
  Text name = image_text(diff->audit.image,
                         diff->audit.image->boundaries.at[one->boundary].name);
  if (!count)
    return text_format(diff->audit.arena,
                       "situations in `%.*s` that were not counted",
                       TEXT_ARG(name));
  natural_print(&out, count, space, one->space.limbs);
  buffer_put_c(&out, " of ");
  natural_print(&out, one->all, space, one->space.limbs);
  buffer_format(&out, " situations in `%.*s` (", TEXT_ARG(name));
  natural_print_percent(&out, count, one->all, one->space.limbs);
  buffer_put_c(&out, ")");
  return buffer_text(&out);
}

/* Tells the change, if it is found.  POINT_UNKNOWN: nothing is known of it. */
static PointFound tell_change(Diff *diff, BoundaryDiff *one, Verdict before,
                              Verdict after) {
  Audit *audit = &diff->audit;
  uint32_t index = (uint32_t)before * VERDICT_COUNT + after;
  bool stricter = diff_turn(before, after) == DIFF_STRICTER;
  if (one->counted &&
      natural_is_zero(one->counts[index], one->space.limbs))
    return POINT_NONE;
  Finding *finding =
      audit_find(audit, stricter ? FINDING_STRICTER : FINDING_LOOSER,
                 one->boundary);
  audit_name(audit, finding, words_verdict(before));
  audit_name(audit, finding, words_verdict(after));
  finding->limbs = one->space.limbs;
  find_regions(diff, one, before, after, finding);
  if (!one->counted && finding->regions.count == 0) {
    audit->findings.count--;
    return finding->proved ? POINT_NONE : POINT_UNKNOWN;
  }
  finding->count = one->counted ? one->counts[index] : NULL;
  finding->all = one->counted ? one->all : NULL;
  Text count = how_many(diff, one, finding->count);
  finding->message = text_format(
      audit->arena, "From %.*s to %.*s: %.*s.%s",
      TEXT_ARG(words_verdict(before)), TEXT_ARG(words_verdict(after)),
      TEXT_ARG(count),
      finding->regions.count ? "" : " Where they are was not found out.");
  return POINT_FOUND;
}

static void tell_unknown(Diff *diff, const BoundaryDiff *one, bool found) {
  Audit *audit = &diff->audit;
  Text name = image_text(audit->image,
                         audit->image->boundaries.at[one->boundary].name);
  audit_not_proved(
      audit, one->boundary, TEXT("guidance"),
      text_format(audit->arena,
                  "Whether the guidance in `%.*s` changes %swas not found out.",
                  TEXT_ARG(name),
                  found ? "in other ways than those listed " : ""));
}

/* Where nothing was counted, each change is looked for; that none is found
 * proves that there is none. */
static void tell_changes(Diff *diff, BoundaryDiff *one) {
  bool found = false, unknown = false;
  for (uint32_t x = 0; x < VERDICT_COUNT && !one->same; x++)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++) {
      if (x == y) continue;
      if (audit_has_to_stop(&diff->audit)) return;
      PointFound of = tell_change(diff, one, (Verdict)x, (Verdict)y);
      found |= of == POINT_FOUND;
      unknown |= of == POINT_UNKNOWN;
    }
  if (unknown) tell_unknown(diff, one, found);
  one->same |= !found && !unknown && one->charts[OLD].whole &&
               one->charts[NEW].whole;
}

static void tell_boundary(Diff *diff, BoundaryDiff *one) {
  Audit *audit = &diff->audit;
  if (one->space.too_large) {
    Finding *finding = audit_find(audit, FINDING_NOT_PROVED, one->boundary);
    finding->message = TEXT("This boundary has more facts or limits than are "
                            "compared. Nothing is claimed of it.");
    finding->proved = false;
    return;
  }
  tell_changes(diff, one);
  if (!one->counted && !one->same) diff_between(diff, one);
  if (!audit_has_to_stop(&diff->audit)) diff_beside(diff, one);
}

/* ------------------------------------------------------------------- all */

static void bind(Diff *diff, BoundaryDiff *one, uint32_t side) {
  Situation situation;
  situation_init(diff->audit.arena, diff->joined.of[side],
                 diff->audit.options.today, &situation);
  situation.boundary = one->of[side];
  inquiry_make(diff->audit.arena, diff->joined.of[side], &situation,
               &one->inquiries[side]);
}

static uint32_t find_boundary(const Image *image, Text name) {
  for (uint32_t i = 0; i < image->boundaries.count; i++)
    if (text_equal(image_text(image, image->boundaries.at[i].name), name))
      return i;
  return NONE;
}

static void compare_boundary(Diff *diff, BoundaryDiff *one) {
  bind(diff, one, OLD);
  bind(diff, one, NEW);
  make_charts(diff, one);
  if (!one->space.too_large) count_boundary(diff, one);
  tell_boundary(diff, one);
  one->done = !audit_has_to_stop(&diff->audit);
}

static void compare_all(Diff *diff) {
  for (uint32_t i = 0; i < diff->boundary_count; i++) {
    if (audit_has_to_stop(&diff->audit)) return;
    audit_tell_progress(&diff->audit, "comparing", i, diff->boundary_count);
    compare_boundary(diff, &diff->boundaries[i]);
  }
}

static void tell_lonely(Diff *diff, FindingKind kind, uint32_t boundary) {
  Audit *audit = &diff->audit;
  Finding *finding = audit_find(audit, kind, boundary);
  finding->message = text_format(
      audit->arena, "The boundary `%.*s`.",
      TEXT_ARG(image_text(audit->image,
                          audit->image->boundaries.at[boundary].name)));
}

static void add_boundary(Diff *diff, uint32_t old, uint32_t new) {
  diff->boundaries[diff->boundary_count++] = (BoundaryDiff){
      .of = {[OLD] = old, [NEW] = new},
      .boundary = new + diff->joined.of[OLD]->boundaries.count};
}

static void list_boundaries(Diff *diff) {
  const Image *old = diff->joined.of[OLD], *new = diff->joined.of[NEW];
  diff->boundaries = ARENA_ARRAY(diff->audit.arena, new->boundaries.count + 1,
                                 BoundaryDiff);
  for (uint32_t i = 0; i < old->boundaries.count; i++)
    if (find_boundary(new, image_text(old, old->boundaries.at[i].name)) ==
        NONE)
      tell_lonely(diff, FINDING_ONLY_OLD, i);
  for (uint32_t i = 0; i < new->boundaries.count; i++) {
    uint32_t same =
        find_boundary(old, image_text(new, new->boundaries.at[i].name));
    if (same == NONE)
      tell_lonely(diff, FINDING_ONLY_NEW, i + old->boundaries.count);
    else
      add_boundary(diff, same, i);
  }
}

void diff_make(Arena *arena, const Image *before, const Image *after,
               const AuditOptions *options, Diff *diff) {
  *diff = (Diff){.audit = {.arena = arena, .options = *options}};
  AuditOptions *own = &diff->audit.options;
  if (!own->regions_most) own->regions_most = REGIONS_MOST;
  if (!own->steps_most) own->steps_most = AUDIT_STEPS_MOST;
  join_images(arena, before, after, &diff->joined);
  diff->audit.image = &diff->joined.image;
  grid_bind(arena, &diff->joined.image, options->today, &diff->grid);
  rows_make(arena, &diff->grid, BOXES_MOST, &diff->rows);
  list_boundaries(diff);
  compare_all(diff);
  if (!audit_has_to_stop(&diff->audit)) diff_emergencies(diff);
  diff_words(diff);
  diff_examples(diff);
}

bool diff_has(const Diff *diff, DiffTurn turn) {
  for (uint32_t i = 0; i < diff->audit.findings.count; i++) {
    const Finding *finding = &diff->audit.findings.at[i];
    bool looser = finding->kind == FINDING_LOOSER || !finding->proved;
    bool stricter = finding->kind == FINDING_STRICTER || !finding->proved;
    if ((turn == DIFF_LOOSER && looser) ||
        (turn == DIFF_STRICTER && stricter) || turn == DIFF_CHANGED)
      return true;
  }
  return false;
}

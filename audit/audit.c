#include "audit/audit.h"

#include "audit/words.h"

#define REGIONS_MOST 12
#define QUESTIONS_MOST 3 /* of so many steps, for one boundary */
#define BETWEEN_STEPS 80000 /* for bounds of one count */

/* ------------------------------------------------------------------- making */

static void make_chart(Audit *audit, BoundaryAudit *one) {
  uint32_t *rules, count, *variables, variable_count;
  RowLists lists = {0};
  chart_rules(audit->arena, &one->inquiry, &rules, &count);
  chart_reads(audit->arena, audit->image, one->rows, rules, count, &lists,
             &variables, &variable_count);
  promises_read(audit->arena, audit->image, one->rows, one->boundary,
                variables, variable_count, &lists);
  space_make(audit->arena, &one->inquiry.grid, &lists, variables,
             variable_count, &one->space);
  if (one->space.too_large) return;
  if (audit->options.scratch) one->space.arena = audit->options.scratch;
  chart_make(&one->space, audit->image, one->rows, rules, count, &one->chart);
  promises_impossible(&one->space, audit->image, one->rows,
                      &one->chart.impossible);
}

static void make_search(Audit *audit, BoundaryAudit *one) {
  uint32_t boxes = 0;
  for (uint32_t i = 0; i < one->chart.parts.count; i++)
    boxes += one->chart.parts.at[i].boxes.count;
  outside_make(audit->arena, &one->space, boxes, &one->search);
  one->search.most = audit->options.steps_most;
  if (audit->options.steps_most < UINT64_MAX / QUESTIONS_MOST)
    one->search.spent_most = QUESTIONS_MOST * audit->options.steps_most;
  one->search.stop = audit->options.stop;
  one->search.context = audit->options.context;
}

/* NULL if it was not counted. */
static Limb *if_counted(bool counted, Limb *count) {
  return counted ? count : NULL;
}

/* Where holding back may harm, and of that what is hold or never: all less what
 * is mild; which is what is mild, less what is mild and does no harm. */
static void count_tension(Audit *audit, BoundaryAudit *one) {
  Boxes harmful = {0};
  Box whole = {0};
  uint32_t limbs = one->space.limbs;
  Limb *mild = audit_limbs(audit, one), *harmless = audit_limbs(audit, one);
  for (uint32_t i = 0; i < one->chart.rule_count; i++) {
    uint32_t rule = one->chart.rules[i];
    if (audit->image->rules.at[rule].kind == RULE_HOLDING_BACK)
      boxes_add_all(&one->space, &harmful, &one->chart.in_force[rule]);
  }
  if (harmful.count == 0 && !harmful.too_many) return;
  bool counted = count_inside(&one->search, &harmful, &one->chart.impossible,
                              one->harmful);
  one->harmful = if_counted(counted, one->harmful);
  Chart rest = one->chart;
  rest.impossible = (Boxes){0};
  boxes_add_all(&one->space, &rest.impossible, &one->chart.impossible);
  boxes_add_all(&one->space, &rest.impossible, &harmful);
  counted = counted && chart_count_at_most(&rest, &one->search, &whole, CONSULT,
                                           harmless);
  one->tension = if_counted(counted, one->tension);
  if (!counted) return;
  for (uint32_t v = 0; v <= CONSULT; v++)
    natural_add(mild, one->counts[v], limbs);
  natural_subtract(mild, harmless, limbs);
  natural_copy(one->tension, one->harmful, limbs);
  natural_subtract(one->tension, mild, limbs);
}

static uint64_t bound_steps(const Audit *audit) {
  uint64_t most = audit->options.steps_most;
  return most < BETWEEN_STEPS ? most : BETWEEN_STEPS;
}

/* No more than all that can occur: a bound may have counted what cannot. */
static void bound_by_all(const BoundaryAudit *one, Limb *most) {
  if (one->all && natural_compare(most, one->all, one->space.limbs) > 0)
    natural_copy(most, one->all, one->space.limbs);
}

/* Without an `otherwise`, that is silence. */
static bool unruled_is_silent(const BoundaryAudit *one) {
  return one->counted && one->chart.scenes.count == 1 &&
         chart_loud_layer(&one->chart.scenes.at[0], SILENT) == LAYER_COUNT;
}

static void count_unruled(Audit *audit, BoundaryAudit *one) {
  Boxes list = {0};
  Box whole = {0};
  uint32_t limbs = one->space.limbs;
  if (unruled_is_silent(one)) {
    natural_copy(one->unruled, one->counts[SILENT], limbs);
    return;
  }
  chart_list(&one->chart, SILENT, 0, &list);
  if (count_outside(&one->search, &list, one->unruled)) return;
  one->unruled_least = audit_limbs(audit, one);
  one->unruled_most = audit_limbs(audit, one);
  count_between(&one->search, &list, &whole, bound_steps(audit),
                one->unruled_least, one->unruled_most);
  bound_by_all(one, one->unruled_most);
  if (natural_compare(one->unruled_least, one->unruled_most, limbs) != 0) {
    one->unruled = NULL;
    return;
  }
  one->unruled = one->unruled_least;
  one->unruled_least = one->unruled_most = NULL;
}

/* Where both bounds are the same, that is the count. */
static void bound_verdicts(Audit *audit, BoundaryAudit *one) {
  bool same = true;
  for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
    one->least[v] = audit_limbs(audit, one);
    one->most[v] = audit_limbs(audit, one);
  }
  chart_between_verdicts(&one->chart, &one->search,
                         VERDICT_COUNT * bound_steps(audit), one->least,
                         one->most);
  for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
    bound_by_all(one, one->most[v]);
    same &= natural_compare(one->least[v], one->most[v],
                            one->space.limbs) == 0;
    natural_copy(one->counts[v], one->least[v], one->space.limbs);
  }
  one->counted = same;
}

static void count_boundary(Audit *audit, BoundaryAudit *one) {
  Box whole = {0};
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    one->counts[v] = audit_limbs(audit, one);
  one->all = audit_limbs(audit, one);
  one->unruled = audit_limbs(audit, one);
  one->harmful = audit_limbs(audit, one);
  one->tension = audit_limbs(audit, one);
  one->all = if_counted(
      count_outside(&one->search, &one->chart.impossible, one->all), one->all);
  one->counted = one->all && chart_count_verdicts(&one->chart, &one->search,
                                                  &whole, one->counts,
                                                  one->all);
  if (one->all && !one->counted) bound_verdicts(audit, one);
  count_unruled(audit, one);
  if (one->counted)
    count_tension(audit, one);
  else
    one->harmful = one->tension = NULL;
}

static void make_boundary(Audit *audit, uint32_t boundary, RowTable *rows,
                          BoundaryAudit *one) {
  Situation situation;
  one->boundary = boundary;
  situation_init(audit->arena, audit->image, audit->options.today, &situation);
  situation.boundary = boundary;
  inquiry_make(audit->arena, audit->image, &situation, &one->inquiry);
  if (!rows->holds)
    rows_make(audit->arena, &one->inquiry.grid, BOXES_MOST, rows);
  one->rows = rows;
  make_chart(audit, one);
  if (one->space.too_large) return;
  make_search(audit, one);
  count_boundary(audit, one);
}

void audit_make(Arena *arena, const Image *image, const AuditOptions *options,
                Audit *audit) {
  *audit = (Audit){.arena = arena, .image = image, .options = *options};
  RowTable *rows = ARENA_NEW(arena, RowTable);
  if (!audit->options.regions_most) audit->options.regions_most = REGIONS_MOST;
  if (!audit->options.steps_most) audit->options.steps_most = AUDIT_STEPS_MOST;
  audit->boundaries =
      ARENA_ARRAY(arena, image->boundaries.count + 1, BoundaryAudit);
  for (uint32_t i = 0; i < image->boundaries.count; i++) {
    if (options->boundary != NONE && options->boundary != i) continue;
    audit_tell_progress(audit, "counting", i, image->boundaries.count);
    make_boundary(audit, i, rows, &audit->boundaries[audit->boundary_count]);
    audit->boundary_count++;
  }
}

/* -------------------------------------------------------------- findings */

Finding *audit_find(Audit *audit, FindingKind kind, uint32_t boundary) {
  Finding *finding = VEC_ADD(audit->arena, &audit->findings);
  finding->kind = kind;
  finding->level = finding_level(kind);
  finding->id = finding_id(kind);
  finding->boundary = boundary;
  finding->proved = true;
  if (boundary != NONE)
    audit_name(audit, finding,
               image_text(audit->image,
                          audit->image->boundaries.at[boundary].name));
  return finding;
}

void audit_name(Audit *audit, Finding *finding, Text name) {
  finding->id = text_format(audit->arena, "%.*s/%.*s", TEXT_ARG(finding->id),
                            TEXT_ARG(name));
}

void audit_name_rule(Audit *audit, Finding *finding, uint32_t rule) {
  if (finding->rules.count == 0)
    finding->place = image_rule_place(audit->image, rule);
  VEC_PUSH(audit->arena, &finding->rules, rule);
  audit_name(audit, finding,
             image_text(audit->image, audit->image->rules.at[rule].name));
}

Text audit_boundary(const Audit *audit, const BoundaryAudit *one) {
  return image_text(audit->image,
                    audit->image->boundaries.at[one->boundary].name);
}

Limb *audit_limbs(Audit *audit, const BoundaryAudit *one) {
  return ARENA_ARRAY(audit->arena, one->space.limbs, Limb);
}

Text audit_share(Audit *audit, const BoundaryAudit *one, const Limb *count) {
  Buffer out = {.arena = audit->arena};
  Limb *space = audit_limbs(audit, one);
  if (!one->all) {
    natural_print(&out, count, space, one->space.limbs);
    return buffer_text(&out);
  }
  natural_print_percent(&out, count, one->all, one->space.limbs);
  buffer_put_c(&out, " (");
  natural_print(&out, count, space, one->space.limbs);
  buffer_put_c(&out, " of ");
  natural_print(&out, one->all, space, one->space.limbs);
  buffer_put_c(&out, ")");
  return buffer_text(&out);
}

/* "1.25", of hundredths. */
static void put_hundredths(Buffer *out, uint32_t number) {
  buffer_format(out, "%u", (unsigned)(number / 100));
  if (number % 100)
    buffer_format(out, ".%02u", (unsigned)(number % 100));
}

Text audit_share_between(Audit *audit, const BoundaryAudit *one,
                         const Limb *least, const Limb *most) {
  Buffer out = {.arena = audit->arena};
  uint32_t limbs = one->space.limbs;
  if (!least || !one->all || natural_is_zero(one->all, limbs)) return TEXT_NONE;
  uint32_t low = natural_share(audit->arena, least, one->all, limbs) / 100;
  uint32_t high =
      (natural_share_up(audit->arena, most, one->all, limbs) + 99) / 100;
  if (low == 0 && high == 10000) return TEXT_NONE;
  buffer_put_c(&out, low == 0         ? "at most "
                     : high == 10000 ? "at least "
                                      : "between ");
  if (low) put_hundredths(&out, low);
  if (low && high < 10000) buffer_put_c(&out, " % and ");
  if (high < 10000) put_hundredths(&out, high);
  buffer_put_c(&out, " %");
  return buffer_text(&out);
}

/* ------------------------------------------------------------- witnesses */

/* Variables that no rule can be told apart by have any one cell; else three
 * values could leave open what is settled. */
static void pin_unread(const Space *space, Cells *cells) {
  const Grid *grid = space->grid;
  for (uint32_t v = 0; v < grid->image->variables.count; v++) {
    const GridVariable *variable = &grid->variables[v];
    if (space->axis_of[v] != NONE) continue;
    cells_set_one(cells, variable, cells_next(cells, variable, 0));
  }
}

bool audit_witness(Audit *audit, const BoundaryAudit *one,
                   const AxisCell *point, Witness *witness) {
  Situation situation;
  Workspace space;
  const Inquiry *inquiry = &one->inquiry;
  uint32_t rules = audit->image->rules.count + 1;
  uint8_t *counts = ARENA_ARRAY(audit->arena, rules, uint8_t);
  uint8_t *agreed = ARENA_ARRAY(audit->arena, rules, uint8_t);
  uint8_t *outcome = ARENA_ARRAY(audit->arena, inquiry->points + 1, uint8_t);
  Cells *cells = ARENA_ARRAY(audit->arena, inquiry->grid.words + 1, Cells);
  witness_make(audit->arena, &one->space, point, witness);
  witness->verdict = (uint8_t)chart_verdict(&one->chart, point);
  bool whole = witness_situation(audit->arena, &one->space, point,
                                 one->boundary, &situation);
  grid_locate(&inquiry->grid, &situation, cells);
  if (!whole) point_cells(&one->space, point, cells);
  pin_unread(&one->space, cells);
  findings_count(inquiry, &situation, counts, agreed);
  workspace_make(audit->arena, inquiry, &space);
  outcome_evaluate(inquiry, counts, cells, &space, outcome);
  return outcome[POINT_VERDICT] == 1u << witness->verdict;
}

void audit_regions(Audit *audit, const BoundaryAudit *one, const Area *area,
                   Finding *finding) {
  for (uint32_t i = 0; i < area->boxes.count; i++) {
    const AreaBox *box = &area->boxes.at[i];
    Region region = {0};
    if (box->count) {
      region.count = audit_limbs(audit, one);
      natural_copy(region.count, box->count, one->space.limbs);
    }
    region.words = words_box(audit->arena, &one->space, &box->box);
    if (!audit_witness(audit, one, box->point, &region.witness)) {
      finding->proved = false;
      continue;
    }
    VEC_PUSH(audit->arena, &finding->regions, region);
  }
  finding->regions_whole = area->whole;
}

/* ------------------------------------------------------------------- all */

static void tell_too_large(Audit *audit, const BoundaryAudit *one) {
  Finding *finding = audit_find(audit, FINDING_NOT_PROVED, one->boundary);
  finding->message = TEXT("This boundary has more facts or limits than are "
                          "looked at together. Nothing is claimed of it.");
  finding->proved = false;
}

static void tell_too_many(Audit *audit, const BoundaryAudit *one) {
  uint32_t rule = one->chart.too_many;
  Finding *finding = audit_find(audit, FINDING_NOT_PROVED, one->boundary);
  audit_name_rule(audit, finding, rule);
  finding->message = text_format(
      audit->arena,
      "`%.*s` can apply in thousands of ways. They are not looked at one by "
      "one, so what rests on it is neither counted nor proved.",
      TEXT_ARG(words_rule(audit->image, rule)));
  finding->help = TEXT("Fewer facts in one `at least … of`, or one fact for "
                       "several of them, lets the audit look at all of it.");
  finding->proved = false;
}

bool audit_has_to_stop(Audit *audit) {
  const AuditOptions *options = &audit->options;
  audit->stopped |= options->stop && options->stop(options->context);
  return audit->stopped;
}

void audit_tell_progress(const Audit *audit, const char *what, uint32_t done,
                         uint32_t of) {
  const AuditOptions *options = &audit->options;
  if (options->progress) options->progress(options->context, what, done, of);
}

Finding *audit_not_proved(Audit *audit, uint32_t boundary, Text name,
                          Text message) {
  Finding *finding = audit_find(audit, FINDING_NOT_PROVED, boundary);
  audit_name(audit, finding, name);
  finding->message = message;
  finding->proved = false;
  return finding;
}

static void run_boundary(Audit *audit, BoundaryAudit *one, uint32_t number) {
  static void (*const checks[])(Audit *, BoundaryAudit *) = {
      audit_silence,    audit_contradictions, audit_duties,
      audit_dead_rules, audit_thresholds,     audit_sides,
      audit_order,      audit_deciding,       audit_questions,
      audit_promises};
  const uint32_t count = sizeof checks / sizeof *checks;
  if (one->space.too_large) {
    tell_too_large(audit, one);
    return;
  }
  if (!one->chart.whole) tell_too_many(audit, one);
  for (uint32_t i = 0; i < count; i++) {
    if (audit_has_to_stop(audit)) return;
    audit_tell_progress(audit, "asking", number * count + i,
                        audit->boundary_count * count);
    ArenaMark mark = space_mark(&one->space);
    checks[i](audit, one);
    space_back(&one->space, mark);
  }
}

void audit_run(Audit *audit) {
  for (uint32_t i = 0; i < audit->boundary_count; i++)
    run_boundary(audit, &audit->boundaries[i], i);
  audit_facts(audit);
  audit_sources(audit);
  audit_assumes(audit);
}
